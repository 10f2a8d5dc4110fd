// Lists of issuers that a person relies on. They are chosen one by one, never
// taken from what is dropped to be checked, and kept for the tab.

import { element, foreign } from './dom.js';
import { verifyFile } from './verify.js';
import { has, say, text, time } from './words.js';

const mostBytes = 32 << 20;

let lists = []; // {name, text, about}

// trustLists are the lists in use, as verifyFile takes them.
export function trustLists() {
  return lists.map(({ name, text }) => ({ name, text }));
}

// showLists keeps the section of the start page up to date.
export function showLists(section) {
  const input = section.querySelector('input');
  const shown = section.querySelector('ul');
  const state = section.querySelector('[role="status"]');
  const draw = () => {
    shown.replaceChildren(...lists.map((list) => element('li', {},
      element('div', {}, foreign(list.about.name, { tag: 'strong' }), element('div', { class: 'faint' }, dates(list.about))),
      element('button', { type: 'button', class: 'quiet', 'aria-label': text('page.rely_remove_this', { name: list.about.name }), onclick: () => remove(list) }, say('page.rely_remove')))));
    section.toggleAttribute('data-some', lists.length > 0);
  };
  const remove = (list) => {
    lists = lists.filter((other) => other !== list);
    draw();
    tell('page.rely_removed', list.about);
    input.focus();
  };
  const tell = (key, facts) => state.replaceChildren(...say(key, facts));
  input.addEventListener('change', async () => {
    const files = [...input.files];
    input.value = '';
    for (const file of files) {
      const list = await read(file).catch((problem) => ({ problem: 'page.rely_unread', detail: String(problem?.message ?? problem) }));
      if (list.problem) {
        tell(list.problem, { name: file.name, list: file.name, what: list.detail });
        continue;
      }
      lists = [...lists.filter((other) => other.about.name !== list.about.name), list];
      draw();
      tell('page.rely_added', list.about);
    }
  });
}

// read has the core read the list: what it does not understand is not used.
async function read(file) {
  if (file.size > mostBytes) return { problem: 'page.rely_unread' };
  const content = await file.text();
  const report = await verifyFile(new Uint8Array(), { trust: [{ name: file.name, text: content }] });
  const [about] = report.lists ?? [];
  if (!about) return { problem: 'page.rely_unread' };
  if (about.problem) return { problem: has(`code.${about.problem}`) ? `code.${about.problem}` : 'page.rely_unread' };
  return { name: file.name, text: content, about };
}

function dates({ issued, expires, test }) {
  return [
    test ? [say('page.list_test'), ' '] : null,
    issued ? [say('page.list_issued', { time: time(issued) }), ' '] : null,
    expires ? say('page.list_expires', { time: time(expires) }) : null,
  ];
}
