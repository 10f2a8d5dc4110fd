// How the answer was worked out: what was asked, which lists and rules were in
// use, and the report itself to take away.

import { element, foreign } from './dom.js';
import { save } from './table.js';
import { bytes as size, has, say, time } from './words.js';

export function about(report, subject) {
  return element('section', { class: 'about', 'aria-labelledby': 'about-title' },
    element('h2', { id: 'about-title' }, say('page.about')),
    asked(report, subject), unasked(report), lists(report),
    element('details', { class: 'more' },
      element('summary', {}, say('page.method')),
      element('dl', { class: 'awarded' },
        entry('page.judged_at', time(report.at)),
        entry('page.policy', foreign(report.policy)),
        entry('page.core', foreign(report.core)),
        entry('page.formats_found', report.credentials.map((credential) => element('div', {}, foreign(credential.format, { tag: 'code' }), ' · ', foreign(credential.securing, { tag: 'code' })))),
        entry(subject.code ? 'page.digest_code' : 'page.digest', foreign(report.sha256, { tag: 'code' }))),
      tools(report)));
}

function entry(key, value) {
  return element('div', {}, element('dt', {}, say(key)), element('dd', {}, value));
}

function asked(report, subject) {
  const all = report.consulted ?? [];
  if (all.length === 0) return element('p', { class: 'asked' }, say('page.asked_nobody'));
  return [
    element('h3', {}, say('page.asked')),
    element('ul', { class: 'addresses' }, all.map((one) => element('li', {},
      foreign(one.address, { tag: 'code', dir: 'ltr' }),
      element('div', { class: 'faint' }, answer(one, subject))))),
  ];
}

function answer(one, subject) {
  if (one.memory) return say('page.read_before', { time: time(one.time) });
  if (!one.error) return say('page.answer', { status: String(one.status), size: size(one.bytes), time: time(one.time) });
  const why = subject.network?.closed(one.address) ? 'closed' : one.error;
  return say({ closed: 'page.closed_answer', timeout: 'page.late_answer' }[why] ?? 'page.no_answer', { time: time(one.time) });
}

function unasked(report) {
  const all = (report.wanted ?? []).filter((one) => !['not_allowed', 'identifies'].includes(one.refused)) // those, the panels ask for;
  if (all.length === 0) return null;
  return [
    element('h3', {}, say('page.unasked')),
    element('ul', { class: 'addresses' }, all.map((one) => element('li', {},
      foreign(one.address, { tag: 'code', dir: 'ltr' }),
      element('div', { class: 'faint' }, say(`page.refused.${one.refused}`))))),
  ];
}

function lists(report) {
  const all = report.lists ?? [];
  if (all.length === 0) return element('p', { class: 'asked' }, say('page.no_lists'));
  return [
    element('h3', {}, say('page.lists')),
    element('ul', { class: 'addresses' }, all.map((list) => element('li', {},
      foreign(list.name, { tag: 'strong' }),
      element('div', { class: 'faint' },
        list.test ? [say('page.list_test'), ' '] : null,
        list.issued ? [say('page.list_issued', { time: time(list.issued) }), ' '] : null,
        list.expires ? say('page.list_expires', { time: time(list.expires) }) : null,
        list.problem ? say(has(`code.${list.problem}`) ? `code.${list.problem}` : 'page.list_problem', { list: list.name }) : null)))),
  ];
}

function tools(report) {
  const json = () => JSON.stringify(report, null, 2);
  const done = element('span', { class: 'done', role: 'status' });
  return element('p', { class: 'tools' },
    element('button', {
      type: 'button',
      class: 'quiet',
      onclick: async () => {
        const copied = await navigator.clipboard.writeText(json()).then(() => true, () => false);
        done.replaceChildren(...say(copied ? 'page.copied' : 'page.not_copied'));
      },
    }, say('page.copy')),
    element('button', { type: 'button', class: 'quiet', onclick: () => save('sealcheck-report.json', 'application/json', json()) }, say('page.save')), done);
}
