// The panels that ask the person something before the work can go on.

import { element, foreign } from './dom.js';
import { count, has, say } from './words.js';

// wantedPanel is what the page would ask, of whom and why, and the one button
// that asks it. Entries are those of reports (wantedOf), of any number of
// files.
export function wantedPanel(entries, finish, files = 1) {
  if (entries.length === 0) return null;
  const hosts = [...new Set(entries.map((entry) => entry.host))];
  const first = [...new Map(entries.map((entry) => [entry.address, entry])).values()];
  return element('section', { class: 'panel wanted', 'aria-labelledby': 'wanted-title' },
    element('h2', { id: 'wanted-title' }, say('page.wanted')),
    element('p', {}, files > 1 ? count('page.wanted_files', files) : say('page.wanted_why')),
    element('ul', {}, hosts.map((host) => element('li', {}, foreign(host, { tag: 'strong' }),
      first.filter((entry) => entry.host === host).map((entry) => element('div', {},
        say(has(`page.kind.${entry.kind}`) ? `page.kind.${entry.kind}` : 'page.kind.other', { reason: entry.reason }),
        foreign(entry.address, { tag: 'code', dir: 'ltr' })))))),
    element('p', { class: 'hint' }, say('page.wanted_learns')),
    element('button', {
      type: 'button',
      id: 'finish',
      onclick: ({ currentTarget }) => { currentTarget.disabled = true; finish(hosts); },
    }, count('page.finish', hosts.length, { host: hosts[0] })));
}

// keysOffer asks whether files that hold keys are the issuer's. They are
// listed by the name of the file and by whose keys it says they are.
export function keysOffer(files, number, use) {
  return element('section', { class: 'panel offer', 'aria-labelledby': 'offer-title' },
    element('h2', { id: 'offer-title' }, say('page.offer')),
    element('ul', {}, files.map((file) => element('li', {}, foreign(file.name ?? '', { tag: 'strong' }),
      element('div', {}, say(file.of ? 'page.keys_of' : 'page.keys_any', { name: file.of }))))),
    element('p', { class: 'hint' }, say('page.offer_hint')),
    element('button', {
      type: 'button',
      id: 'use-keys',
      onclick: ({ currentTarget }) => { currentTarget.disabled = true; use(files); },
    }, count('page.offer_use', number)));
}

// closedNote says of addresses that answered, and that this page may probably
// not read, what can be done instead.
export function closedNote(addresses) {
  if (addresses.length === 0) return null;
  return element('section', { class: 'panel closed', 'aria-labelledby': 'closed-title' },
    element('h2', { id: 'closed-title' }, say('page.closed')),
    element('p', {}, say('page.closed_why', { host: new URL(addresses[0]).host })),
    element('ul', {}, addresses.map((address) => element('li', {}, foreign(address, { tag: 'code', dir: 'ltr' })))),
    element('p', { class: 'next' }, element('strong', {}, say('page.next')), ' ', say('page.closed_next')));
}
