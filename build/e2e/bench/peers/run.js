// What is done with every peer. Each module beside this one gives
// prepare(text, at): a function that verifies the text once, the way that the
// peer's own documentation has it and with all that can be had beforehand
// already there, and that rejects where the peer does not find it good.

// refuses says whether a peer finds a text that was changed no longer good:
// else it is not doing the work that is timed.
export async function refuses(prepare, text, at) {
  const changed = change(text);
  if (changed === text) return false;
  return prepare(changed, at).then((check) => check()).then(() => false, () => true);
}

function change(text) {
  if (text.startsWith('{')) return text.replace('Reading', 'Writing');
  return text.replace(/\.(.*)\./, (_, payload) => `.${btoa(atob(payload.replaceAll('-', '+').replaceAll('_', '/')).replace('20', '21')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.`);
}

// times verifies so often, or until so many milliseconds are over, and gives
// the milliseconds of each.
export async function times(check, count, most = Infinity) {
  const taken = [];
  for (let sum = 0; taken.length < count && (sum < most || taken.length < 3);) {
    const begin = performance.now();
    await check();
    taken.push(performance.now() - begin);
    sum += taken.at(-1);
  }
  return taken;
}
