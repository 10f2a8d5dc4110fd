// What a person has set: whether other websites may be asked. It is the one
// thing that this page keeps on the computer, and only where it differs from
// what it is without.

const key = 'sealcheck-asking';
const choices = ['ask', 'always', 'never'];

let chosen = read();

// asking is `ask` (each host, by the button), `always` or `never`: nobody is
// contacted.
export function asking() {
  return chosen;
}

// setAsking keeps a choice; `ask` leaves nothing behind.
export function setAsking(choice) {
  if (!choices.includes(choice)) return;
  chosen = choice;
  try {
    if (choice === 'ask') localStorage.removeItem(key);
    else localStorage.setItem(key, choice);
  } catch {
    // Then it lasts as long as the page.
  }
}

function read() {
  try {
    const kept = localStorage.getItem(key);
    return choices.includes(kept) ? kept : 'ask';
  } catch {
    return 'ask';
  }
}
