// The panels that ask the person something before the work can go on.

import { element, foreign } from './dom.js';
import { count, has, say, text } from './words.js';

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
        foreign(entry.address, { tag: 'code', dir: 'ltr' }))),
      element('div', { class: 'learns' }, learns(first.filter((entry) => entry.host === host)))))),
    element('p', { class: 'hint' }, say('page.wanted_learns')),
    element('button', {
      type: 'button',
      id: 'finish',
      onclick: ({ currentTarget }) => { currentTarget.disabled = true; finish(hosts); },
    }, count('page.finish', hosts.length, { host: hosts[0] })));
}

// learns is what a host gets to know by what it is asked.
function learns(entries) {
  const kinds = [...new Set(entries.map(({ kind }) => (['status-list', 'revocation'].includes(kind) ? kind : 'document')))];
  return kinds.flatMap((kind, index) => [index > 0 ? ' ' : '', ...say(`page.learns.${kind}`)]);
}

// tellingPanel asks, one by one, for what would show its host which record is
// checked (tellingOf). Many files are asked about by host.
export function tellingPanel(entries, agree, files = 1) {
  if (entries.length === 0) return null;
  const questions = new Map();
  for (const { address, host } of entries) {
    const name = files > 1 ? host : address;
    const question = questions.get(name) ?? { host, addresses: new Set() };
    question.addresses.add(address);
    questions.set(name, question);
  }
  return element('section', { class: 'panel telling', 'aria-labelledby': 'telling-title' },
    element('h2', { id: 'telling-title' }, count('page.telling', questions.size)),
    element('p', {}, say(entries.every(({ kind }) => kind === 'badge') ? 'page.telling_badge_why' : 'page.telling_why')),
    element('ul', {}, [...questions.values()].map(({ host, addresses }, index) => element('li', {},
      element('p', { id: `telling-${index}` }, count('page.telling_shows', addresses.size, { host: foreign(host, { tag: 'strong' }) })),
      listed([...addresses]),
      element('button', {
        type: 'button',
        class: 'quiet',
        'aria-describedby': `telling-${index}`,
        onclick: ({ currentTarget }) => { currentTarget.disabled = true; agree([...addresses]); },
      }, say('page.telling_ask', { host }))))));
}

const few = 3; // addresses that are shown without being asked for

function listed(addresses) {
  const all = addresses.map((address) => foreign(address, { tag: 'code', dir: 'ltr' }));
  return all.length <= few ? all : element('details', { class: 'more' }, element('summary', {}, count('page.addresses', all.length)), all);
}

// listPanel takes lists as files, where a report lacks some (lackingLists).
// Their addresses are there to be opened, by the person and not by us.
export function listPanel(lacking, use, { open = false, files = 1 } = {}) {
  if (lacking.length === 0) return null;
  const hosts = [...new Set(lacking.map(({ host }) => host).filter(Boolean))];
  return element('details', { class: 'more give lists', open },
    element('summary', {}, say('page.list_give')),
    element('p', {}, files > 1 ? count('page.list_where_files', files) : say('page.list_where')),
    element('ul', { class: 'addresses' }, lacking.slice(0, mostShown).map(({ address }) => element('li', {}, foreign(address, { tag: 'code', dir: 'ltr' }), ' ', opener(address)))),
    lacking.length > mostShown ? element('p', { class: 'hint' }, count('page.more_addresses', lacking.length - mostShown)) : null,
    element('p', { class: 'hint' }, hosts.length === 1 ? say('page.list_opening', { host: hosts[0] }) : say('page.list_opening_any')),
    element('div', { class: 'drop-here' },
      element('label', { for: 'status-list' }, say('page.list_drop')),
      element('input', { type: 'file', id: 'status-list', multiple: true, 'aria-describedby': 'status-list-help', onchange: ({ target }) => target.files.length > 0 && use([...target.files]) }),
      element('p', { class: 'hint', id: 'status-list-help' }, say('page.list_hint'))));
}

const mostShown = 20; // addresses of lists

// opener leads to an address as the person's own browser does, telling it as
// little as that can. Only an address that is one for sure can be opened.
export function opener(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' || url.username || url.password || url.href !== address) return null;
  return element('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow', 'aria-label': text('page.list_open_this', { address }) }, say('page.list_open'));
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

const shownOfCode = 120; // characters of what a code holds

// codesPanel lists what the codes of a picture hold, so that one can be chosen,
// or another one than was.
export function codesPanel({ code, search }, choose) {
  const chosen = search.contents.indexOf(code);
  return element('section', { class: 'panel codes', 'aria-labelledby': 'codes-title' },
    element('h2', { id: 'codes-title' }, say(chosen < 0 ? 'page.codes_found' : 'page.codes_others')),
    element('ol', {}, search.contents.map((content, index) => element('li', {},
      foreign(beginning(content), { tag: 'code', id: `code-${index}`, dir: 'ltr' }),
      index === chosen ? element('p', { class: 'hint' }, say('page.code_shown')) : element('button', {
        type: 'button',
        class: 'quiet',
        'aria-describedby': `code-${index}`,
        onclick: ({ currentTarget }) => { currentTarget.disabled = true; choose(content); },
      }, say('page.code_check', { number: String(index + 1) }))))));
}

function beginning(content) {
  const text = new TextDecoder().decode(content.subarray(0, 4 * shownOfCode));
  return text.length > shownOfCode ? `${text.slice(0, shownOfCode)}…` : text;
}
