// Several files at once: how far the work has come, what came out, and each
// file's way to its full answer. Files with the same headline stand together,
// each headline in its own place, those first that need somebody's attention.

import { summary } from './awarded.js';
import { element, foreign } from './dom.js';
import { drawingOf, headlineIcon, family } from './icons.js';
import { keyFile, lacksKeys } from './keys.js';
import { judge } from './judge.js';
import { allowedHosts, Answers, consentedAddresses, Network, tellingOf, wantedOf } from './network.js';
import { keysOffer, listPanel, tellingPanel, wantedPanel } from './panels.js';
import { asking } from './settings.js';
import { lackingLists, listFile, mostLists } from './statuslists.js';
import { saveReports, saveTable } from './table.js';
import { counting } from './tree.js';
import { count, say, text, title } from './words.js';

const order = [
  'altered', 'mismatch', 'wrong_key', 'refused', 'revoked', 'delisted', 'expired', 'not_yet_valid', 'suspended',
  'incomplete', 'unlisted', 'identified', 'verified', 'not_signed', 'unreadable',
  'codes', 'list', 'keys', 'failed', 'waiting',
];

// besides are the states that are no headline.
const besides = ['codes', 'list', 'keys', 'failed', 'waiting'];

// signed are the headlines under which what a file says is what its issuer, or
// whoever holds that name, has signed.
const signed = new Set(['verified', 'identified', 'unlisted', 'expired', 'not_yet_valid', 'suspended', 'revoked', 'delisted']);

const pause = 4_000; // milliseconds between two announcements

// Batch is one list of files. Its items are subjects (see judge.js) with a
// `state`: a headline of the report, or waiting, failed, keys, list or codes.
export class Batch {
  #items;
  #parts = {};
  #groups = new Map();
  #actions;
  #signal;
  #said = 0;
  #running = false;
  #opened; // the item whose full answer was shown last

  // The actions are again(), open(item), say(text), allow(hosts),
  // agree(addresses), hand(files) and stop().
  constructor(section, { subjects, left }, actions, signal) {
    const answers = new Answers(); // about lists, which many files may name
    this.#items = subjects.map((subject) => ({ ...subject, network: new Network(answers), state: 'waiting' }));
    this.#actions = actions;
    this.#signal = signal;
    this.#build(section, left);
  }

  get items() {
    return this.#items;
  }

  // run checks every file that waits, one after another: first without asking
  // anybody, since what would be asked for may lie among the files.
  async run() {
    this.#running = true;
    this.#draw();
    const first = this.#items.filter((item) => item.state === 'waiting');
    for (const item of first) {
      if (this.#signal.aborted) break;
      await this.#check(item, { ask: false });
    }
    // A list that came with them is for those that lack one.
    const lists = this.#items.map((item) => item.list?.bytes).filter(Boolean).slice(0, mostLists);
    for (const item of lists.length > 0 ? this.#items : []) {
      if (lackingLists(item.report ?? item.first).length > 0 && lists.some((list) => !item.lists?.includes(list))) {
        item.lists = [...new Set([...(item.lists ?? []), ...lists])].slice(0, mostLists);
        this.#put(item, 'waiting');
      }
    }
    for (const item of this.#items) {
      if (item.state !== 'waiting') continue;
      if (this.#signal.aborted) break;
      await this.#check(item);
    }
    this.#running = false;
    this.#draw();
    this.#announce(true);
  }

  async #check(item, how = {}) {
    try {
      item.first = undefined;
      const report = await judge(item, this.#signal, how);
      if (how.ask === false && mayAsk(report)) {
        item.first = report; // and waits
        return;
      }
      item.report = report;
      item.list = report && await listFile(item, report);
      item.keys = report?.headline === 'unreadable' && !item.list ? await keyFile(item) : undefined;
      this.#put(item, !report ? 'codes' : item.list ? 'list' : item.keys ? 'keys' : report.headline);
    } catch (problem) {
      if (this.#signal.aborted) return;
      item.report = undefined;
      item.problem = problem;
      this.#put(item, 'failed');
    }
    this.#progress();
    this.#announce(false);
  }

  // take has lists that are handed in now used for the files that lack some. It
  // says whether any does.
  take(lists) {
    const lacking = this.#items.filter((item) => lackingLists(item.report).length > 0);
    for (const item of lacking) item.lists = [...(item.lists ?? []), ...lists.map((list) => list.bytes)].slice(-mostLists);
    if (lacking.length > 0) this.#recheck((item) => lacking.includes(item));
    return lacking.length > 0;
  }

  // lacks says whether any file lacks a list.
  get lacks() {
    return !this.#running && this.#items.some((item) => lackingLists(item.report).length > 0);
  }

  // again has files checked once more: those that the question is about.
  #recheck(which) {
    for (const item of this.#items.filter(which)) this.#put(item, 'waiting');
    this.#parts.title.focus();
    return this.run();
  }

  // refresh takes over what came out of an item's full answer.
  refresh(item) {
    this.#put(item, item.report.headline);
    this.#draw();
  }

  // back leads to the row that one came from.
  back() {
    const row = this.#opened?.row?.querySelector('button');
    (row ?? this.#parts.title).focus();
  }

  #build(section, left) {
    const parts = this.#parts;
    parts.title = element('h1', { id: 'batch-title', tabindex: '-1' }, count('page.files', this.#items.length));
    parts.bar = element('progress', { max: String(this.#items.length), value: '0', 'aria-labelledby': 'batch-done' });
    parts.done = element('p', { id: 'batch-done', class: 'faint' });
    parts.stop = element('button', { type: 'button', class: 'quiet', id: 'stop', onclick: () => this.#stop() }, say('page.stop'));
    parts.counts = element('ul', { class: 'tallies', 'aria-label': text('page.counts') });
    parts.panels = element('div', { class: 'panels' });
    parts.lists = element('div', { class: 'groups' });
    parts.tools = element('p', { class: 'tools' },
      element('button', { type: 'button', class: 'quiet', id: 'save-table', onclick: () => saveTable(this.#items) }, say('page.save_table')),
      element('button', { type: 'button', class: 'quiet', id: 'save-reports', onclick: () => saveReports(this.#items) }, say('page.save_reports')));
    section.replaceChildren(
      element('div', { class: 'bar' },
        element('button', { type: 'button', class: 'quiet', onclick: this.#actions.again }, say('page.again_files')), parts.stop),
      element('div', { class: 'so-far' }, parts.title, left > 0 ? element('p', { class: 'notice', id: 'too-many' }, count('page.too_many', this.#items.length)) : '', parts.bar, parts.done, parts.counts),
      parts.panels, parts.lists, parts.tools);
    for (const state of order) {
      const list = element('ul', {});
      const number = element('span', { class: 'number' });
      const group = element('section', { class: 'group', id: `group-${state}`, 'data-group': state, 'data-family': familyOf(state), 'aria-labelledby': `title-${state}`, hidden: true },
        element('h2', { id: `title-${state}` }, iconOf(state), element('span', {}, titleOf(state)), ' ', number), list);
      this.#groups.set(state, { group, list, number, items: 0 });
      parts.lists.append(group);
    }
    for (const item of this.#items) {
      item.row = element('li', {});
      this.#put(item, 'waiting', true);
    }
  }

  // put moves an item's row to where it belongs.
  #put(item, state, first) {
    const from = this.#groups.get(item.state);
    if (!first) from.items -= 1;
    const to = this.#groups.get(state);
    to.items += 1;
    item.state = state;
    item.row.replaceChildren(...this.#row(item));
    item.row.dataset.state = state;
    to.list.append(item.row);
    for (const one of [from, to]) {
      one.group.hidden = one.items === 0;
      one.number.textContent = String(one.items);
    }
  }

  #row(item) {
    const name = foreign(item.name ?? '', { class: 'name' });
    const icon = iconOf(item.state);
    if (item.state === 'waiting') return [element('div', { class: 'row' }, icon, element('span', {}, name))];
    if (item.state === 'failed') {
      return [element('div', { class: 'row' }, icon, element('span', {}, name, element('span', { class: 'word' }, say(`page.failed.${item.problem?.reason ?? 'unread'}`))))];
    }
    const lines = item.state === 'codes' ? [element('span', { class: 'word' }, count(`page.codes.${item.search.from}`, item.search.contents.length))] : item.state === 'list' ? [element('span', { class: 'word' }, say('code.credential.status_list'))] : item.state === 'keys'
      ? [element('span', { class: 'word' }, say(item.keys.of ? 'page.keys_of' : 'page.keys_any', { name: item.keys.of }))]
      : [element('span', { class: 'word' }, say(title(item.report))), element('span', { class: 'gist' }, ...gist(item.report))];
    return [element('button', { type: 'button', class: 'row', onclick: () => { this.#opened = item; this.#actions.open(item); } },
      icon, element('span', {}, name, ' ', lines))];
  }

  #stop() {
    this.#actions.stop();
    this.#running = false;
    this.#draw();
    this.#parts.title.focus();
    this.#actions.say(text('page.stopped', { done: String(this.#done()), number: String(this.#items.length) }));
  }

  #done() {
    return this.#items.filter((item) => item.state !== 'waiting').length;
  }

  #progress() {
    const { bar, done } = this.#parts;
    bar.value = this.#done();
    done.replaceChildren(...say('page.done', { done: String(this.#done()), number: String(this.#items.length) }));
    this.#parts.counts.replaceChildren(...this.#counts().map(([state, number]) => element('li', { 'data-family': familyOf(state), 'data-count': state },
      iconOf(state), element('span', {}, element('strong', {}, String(number)), ' ', titleOf(state)))));
  }

  #counts() {
    return order.filter((state) => state !== 'waiting').map((state) => [state, this.#groups.get(state).items]).filter(([, number]) => number > 0);
  }

  // draw brings everything up to date that is not a row.
  #draw() {
    this.#progress();
    const { panels, stop, tools, bar } = this.#parts;
    const finished = !this.#running;
    stop.hidden = finished;
    bar.hidden = finished;
    tools.hidden = !finished || this.#done() === 0;
    document.body.toggleAttribute('data-working', this.#running);
    panels.replaceChildren(...(finished && !this.#signal.aborted ? this.#panels() : []));
  }

  #panels() {
    const found = this.#items.filter((item) => item.report && !besides.includes(item.state));
    const telling = found.filter((item) => tellingOf(item.report).length > 0);
    const listless = found.filter((item) => lackingLists(item.report).length > 0);
    const wanting = found.filter((item) => wantedOf(item.report).length > 0);
    const lacking = found.filter((item) => lacksKeys(item.report) && !item.given);
    const keys = this.#items.filter((item) => item.state === 'keys');
    return [
      wantedPanel(wanting.flatMap((item) => wantedOf(item.report)), (hosts) => {
        this.#actions.allow(hosts);
        return this.#recheck((item) => wanting.includes(item));
      }, wanting.length),
      tellingPanel(telling.flatMap((item) => tellingOf(item.report)), (addresses) => {
        this.#actions.agree(addresses);
        return this.#recheck((item) => telling.includes(item) && tellingOf(item.report).some((entry) => addresses.includes(entry.address)));
      }, telling.length),
      framed(listPanel([...new Map(listless.flatMap((item) => lackingLists(item.report)).map((one) => [one.address, one])).values()], this.#actions.hand, { files: listless.length })),
      keys.length > 0 && lacking.length > 0 ? keysOffer(keys.map((item) => item.keys), lacking.length, (files) => {
        for (const item of lacking) item.given = files.map((file) => file.bytes);
        return this.#recheck((item) => lacking.includes(item));
      }) : null,
    ].filter(Boolean);
  }

  // announce tells those who do not see the list how far it is, but not at
  // every file.
  #announce(end) {
    if (this.#signal.aborted) return;
    const now = performance.now();
    if (!end && now - this.#said < pause) return;
    this.#said = now;
    const done = text('page.done', { done: String(this.#done()), number: String(this.#items.length) });
    const counts = this.#counts().map(([state, number]) => `${number} × ${text(wordsOf(state))}.`);
    this.#actions.say(end ? [done, ...counts].join(' ') : done);
  }
}

// mayAsk says whether there is anything that a file lacks and that may be asked
// for.
function mayAsk(report) {
  if (asking() === 'never') return false;
  const hosts = allowedHosts();
  const agreed = consentedAddresses();
  return wantedOf(report).some((entry) => asking() === 'always' || hosts.includes(entry.host)) || tellingOf(report).some((entry) => agreed.includes(entry.address));
}

function framed(panel) {
  return panel && element('section', { class: 'panel slim', 'aria-label': text('page.list_give') }, panel);
}

function wordsOf(state) {
  return besides.includes(state) ? `page.group.${state}` : `headline.${state}.title`;
}

function titleOf(state) {
  return say(wordsOf(state));
}

function familyOf(state) {
  return besides.includes(state) ? 'open' : family(state);
}

function iconOf(state) {
  return besides.includes(state) ? drawingOf(state) : headlineIcon(state);
}

// gist is what a row says of a file besides its headline.
function gist(report) {
  const about = counting(report);
  if (about.length !== 1) return count('page.several', about.length);
  const { what, who, by } = summary(about[0]);
  const said = [what, who, by].filter(Boolean).flatMap((value, index) => [index > 0 ? ' · ' : '', foreign(value)]);
  // What nobody has proven is not told as if it were so.
  return said.length > 0 && !signed.has(report.headline) ? [...say('page.row_claims'), ' ', ...said] : said;
}
