// What each entry about a credential's standing was found to say, and on what
// that rests: which list, of when, how it came here, and who signed it.

import { checkRows } from './checks.js';
import { element, foreign } from './dom.js';
import { ago, date, has, say, text, time } from './words.js';

const minute = 60; // seconds, as ages are

// evidence has one item for each entry. A list that was read may be older
// than the answer: consulted is what the report says was asked, and when.
export function evidence(credential, consulted = []) {
  if (!credential.standing?.length) return null;
  return element('ul', { class: 'evidence', 'aria-label': text('page.evidence') }, credential.standing.map((entry) => item(entry, credential, consulted)));
}

function item(entry, credential, consulted) {
  const host = hostOf(entry.address);
  return element('li', { 'data-standing': state(entry) },
    element('p', { class: 'found' }, element('strong', {}, found(entry))),
    entry.from ? element('p', {}, source(entry, host, consulted)) : host ? element('p', {}, say('page.evidence_unread', { host })) : null,
    entry.list ? element('p', {}, signer(entry.list, credential)) : null,
    entry.reason && entry.purpose !== 'message' ? element('p', {}, say('page.evidence_reason', { reason: entry.reason })) : null,
    element('details', { class: 'more' },
      element('summary', {}, say('page.evidence_place')),
      element('dl', { class: 'facts' },
        fact('page.fact.address', entry.address && foreign(entry.address, { tag: 'code', dir: 'ltr' })),
        fact('page.evidence_index', entry.index && foreign(entry.index, { tag: 'code' })),
        fact('page.evidence_value', entry.value !== undefined && element('code', {}, String(entry.value))),
        fact('page.evidence_bits', entry.bits && element('code', {}, String(entry.bits))),
        fact('page.fact.purpose', entry.purpose && foreign(entry.purpose, { tag: 'code' })),
        fact('page.fact.type', foreign(entry.mechanism, { tag: 'code' })),
        fact('page.evidence_entry', entry.path && foreign(entry.path, { tag: 'code', dir: 'ltr' })),
        fact('page.code', element('code', {}, entry.code)))),
    entry.list ? element('details', { class: 'more list-report' },
      element('summary', {}, say('page.evidence_checks')), checkRows({ checks: entry.list.checks.filter(({ name }) => !notOfLists.has(name)) })) : null);
}

// notOfLists are the checks that a list does not go through.
const notOfLists = new Set(['status', 'trust', 'holder', 'schema']);

const clear = new Set(['status.good', 'status.good_since', 'status.certificate_good', 'status.hosted_good']);
const marked = new Set(['status.revoked', 'status.hosted_withdrawn', 'status.suspended', 'status.certificate_revoked', 'status.certificate_on_hold', 'status.refresh_set', 'status.message_set']);

function state({ code }) {
  return clear.has(code) ? 'clear' : marked.has(code) ? 'set' : 'open';
}

// found is what the entry is about and what it says, in words. A list that
// marks several things at once is about whatever it says.
function found(entry) {
  const about = { 'status.revoked': 'revocation', 'status.suspended': 'suspension', 'status.certificate_on_hold': 'hold' }[entry.code]
    ?? (['crl', 'ocsp'].includes(entry.mechanism) ? 'certificate' : entry.purpose ? entry.purpose : 'any');
  const key = `page.standing.${about}_${state(entry)}`;
  return /^[a-z]+$/.test(about) && has(key) ? say(key) : say(`page.standing.other_${state(entry)}`, { purpose: entry.purpose });
}

function source(entry, host, consulted) {
  return [
    host ? [say(entry.mechanism === 'HostedBadge' ? 'page.evidence_badge' : 'page.evidence_list', { host: foreign(host, { tag: 'strong' }) }), ' '] : null,
    entry.issued ? [say('page.evidence_of', { time: date(entry.issued) }), ' '] : null,
    came(entry, consulted), ' ',
    entry.until ? say('page.list_expires', { time: time(entry.until) }) : null,
  ];
}

// came is the way that the list took, and how long ago.
function came(entry, consulted) {
  if (entry.from === 'file' || entry.from === 'supplied') return say(`page.evidence_from.${entry.from}`);
  // A list that was slow to come was read a little after the instant judged at;
  // one that was read long after it was read to judge the past.
  const age = consulted.findLast((one) => one.address === entry.address && !one.error)?.age;
  if (!(age > -minute)) return say('page.evidence_from.network');
  if (age < minute) return say('page.evidence_from.now');
  return say(`page.evidence_from.${entry.from === 'memory' ? 'memory' : 'ago'}`, { ago: ago(age) });
}

// signer names who signed the list, as far as the report on it says so.
function signer(list, credential) {
  const outcome = (name) => list.checks.find((check) => check.name === name)?.outcome;
  if (list.securing === 'none') return say('page.evidence_unsigned');
  if (outcome('signature') !== 'pass' || outcome('issuer') !== 'pass') return say('page.evidence_signer_open');
  const [its, ours] = [list, credential].map(signing);
  if (its.key && its.key === ours.key) return say('page.evidence_signer_same');
  const name = its.name ?? its.host ?? its.signer ?? its.did ?? its.issuer;
  return name ? say('page.evidence_signer', { name }) : say('page.evidence_signer_named');
}

// signing are the facts about a signer.
function signing({ checks }) {
  return Object.assign({}, ...checks.filter(({ name }) => name === 'key' || name === 'issuer').flatMap((check) => (check.findings ?? []).map((finding) => finding.facts ?? {})));
}

// asOf is how old what is said about a good standing is: the oldest list that
// it rests on.
export function asOf(credential) {
  const dated = (credential.standing ?? []).filter((entry) => clear.has(entry.code) && entry.issued && !['crl', 'ocsp'].includes(entry.mechanism));
  const oldest = dated.sort((a, b) => (a.issued < b.issued ? -1 : 1))[0];
  return oldest ? say('page.as_of_list', { time: time(oldest.issued), host: hostOf(oldest.address) }) : null;
}

function fact(key, value) {
  return value ? element('div', {}, element('dt', {}, say(key)), element('dd', {}, value)) : null;
}

function hostOf(address) {
  try {
    return new URL(address).host;
  } catch {
    return '';
  }
}
