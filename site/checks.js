// One row for each check, always all eleven and always in the same order.
// The parts on standing come with the evidence (standing.js).

import { element, foreign } from './dom.js';
import { outcomeIcon } from './icons.js';
import { has, say, time } from './words.js';

export function checkRows(credential, evidence = {}) {
  return element('ol', { class: 'rows' }, credential.checks.map((check) => row(check, evidence[check.name])));
}

function row(check, evidence) {
  const serious = check.outcome === 'fail' || check.outcome === 'unknown';
  return element('li', { 'data-check': check.name, 'data-outcome': check.outcome },
    element('details', { open: serious },
      element('summary', {}, outcomeIcon(check.outcome),
        element('span', { class: 'check' }, say(`check.${check.name}`)), ' ',
        element('span', { class: 'outcome' }, say(`outcome.${check.outcome}`)), ' ',
        element('span', { class: 'why' }, say('page.why'))),
      element('div', { class: 'reasons' },
        element('p', { class: 'question' }, say(`check.${check.name}.question`)),
        (check.findings ?? []).map((finding) => reason(finding, Boolean(evidence))), evidence)));
}

// reason puts a finding into words. Its facts are left out where the evidence
// has them.
function reason(finding, evident) {
  const next = nextStep(finding.code);
  return element('div', { class: 'reason' },
    element('p', {}, say(`code.${finding.code}`, finding.facts)),
    next ? element('p', { class: 'next' }, element('strong', {}, say('page.next')), ' ', say(next, finding.facts)) : null,
    element('dl', { class: 'facts' },
      fact('page.code', element('code', {}, finding.code)),
      !evident && Object.entries(finding.facts ?? {}).map(([name, value]) => fact(null, valueOf(value), name)),
      finding.detail ? fact('page.detail', foreign(finding.detail, { tag: 'code', dir: 'ltr' })) : null));
}

// nextStep is the key of what can be done about a finding, on this page, or
// nothing.
export function nextStep(code) {
  return [`page.next.${code}`, `next.${code}`].find(has);
}

function valueOf(value) {
  return /^\d{4}-\d{2}-\d{2}T/.test(value) ? time(value) : foreign(value, { tag: 'code' });
}

function fact(key, value, name) {
  return element('div', {}, element('dt', {}, key ? say(key) : say(has(`page.fact.${name}`) ? `page.fact.${name}` : name)), element('dd', {}, value));
}
