// Who, what, by whom and when: what the file says, kept apart from what is
// proven.

import { element, foreign } from './dom.js';
import { bytes, date, has, say } from './words.js';

export function awarded(credential) {
  const file = credential.description;
  if (!file || credential.headline === 'unreadable') return null;
  const rows = [
    row('page.what', shown(best(file.title))),
    row(isBundle(credential) ? 'page.holder' : 'page.who', learner(credential, file), ofLearner(credential) && 'page.who_missing'),
    row('page.by', issuer(credential, file)),
    row('page.awarder', all(file.awarder)),
    row('page.results', [has(`claim.${file.claim}`) && element('div', {}, say(`claim.${file.claim}`)), all(file.results)].filter(Boolean).flat()),
    row('page.issued', dates(file.issued)),
    row('page.from', dates(file.from)),
    row('page.until', dates(file.until)),
    isEndorsement(credential) && row('page.comment', all(file.details)),
    row('page.mandate', all(file.mandate)),
    row('page.kind', file.marks?.filter((mark) => has(`mark.${mark}`)).map((mark) => element('div', {}, say(`mark.${mark}`)))),
    row('page.files', file.files?.map(carried)),
  ].filter(Boolean);
  if (rows.length === 0) return null;
  const proven = ['verified', 'identified', 'unlisted', 'expired', 'not_yet_valid', 'revoked', 'delisted', 'suspended'].includes(credential.headline)
    || ['signature', 'issuer'].every((name) => ['pass', 'warn'].includes(outcome(credential, name)));
  return element('div', {},
    element('p', { class: 'says' }, say(proven ? 'page.says' : 'page.says_unproven')),
    element('dl', { class: 'awarded' }, rows), details(file));
}

// isEndorsement says whether it is somebody's word about something else, within
// that or by itself.
export const isEndorsement = ({ role, format }) => role === 'endorsement' || format === 'endorsement-3.0';

const isBundle = ({ role }) => role === 'presentation' || role === 'wrapper';

// ofLearner says whether a file of that kind names a learner.
function ofLearner(credential) {
  return !isBundle(credential) && !isEndorsement(credential);
}

// learner is who it was awarded to. An identifier is no name that one could
// compare with a person's.
function learner(credential, { learner = [] }) {
  const nameless = ofLearner(credential) && learner.length > 0 && learner.every(({ value }) => /^(did|urn|https?):\S*$/i.test(value));
  return [all(learner), nameless && element('div', { class: 'faint' }, say('page.who_identifier'))].flat().filter(Boolean);
}

// carried is a file inside the credential: named, and never opened.
function carried(file) {
  return element('div', {}, file.name ? [foreign(file.name), ' · '] : null, file.type ? [foreign(file.type), ' · '] : null, bytes(file.bytes),
    ' ', element('small', { class: 'faint' }, say('page.file_digest', { digest: element('code', { dir: 'ltr' }, file.sha256) })));
}

// summary is the gist of a credential as texts: what and who, by the file's
// word, and by whom only where that is proven (a listed name, a host).
export function summary(credential) {
  const file = credential.description ?? {};
  const { listed, host } = proven(credential);
  return { what: best(file.title)?.value, who: best(file.learner)?.value, by: listed?.facts?.name ?? host };
}

// proven is who signed: the finding that a list names them, or the host.
function proven(credential) {
  const passed = (name) => ['pass', 'warn'].includes(outcome(credential, name));
  const findings = credential.checks.flatMap((check) => check.findings ?? []);
  // What is not signed is its website's word.
  const answered = findings.some(({ code }) => code === 'proof.hosted_match' || code === 'proof.hosted_withdrawn');
  if (!passed('issuer') || !(passed('signature') || answered)) return {};
  return {
    listed: findings.find((finding) => finding.code === 'trust.listed'),
    host: findings.find((finding) => finding.code.startsWith('issuer.') && finding.facts?.host)?.facts.host,
  };
}

function row(key, value, otherwise) {
  const none = !value || value.length === 0;
  if (none && !otherwise) return null;
  return element('div', { 'data-row': key.slice('page.'.length) },
    element('dt', {}, say(key)),
    element('dd', {}, none ? element('span', { class: 'faint' }, say(otherwise)) : value));
}

// issuer says first who it is proven to be, by a list or at least by a domain
// name; the name that the file gives is its own word, in quotation marks.
function issuer(credential, file) {
  const { listed, host } = proven(credential);
  const claimed = best(file.issuer)?.value;
  const lines = [];
  if (listed?.facts?.name) {
    lines.push(element('div', {}, foreign(listed.facts.name, { tag: 'strong' })),
      element('div', { class: 'faint' }, say('page.by_list', { list: listed.facts.list })));
  } else if (host) {
    lines.push(element('div', {}, say('page.by_host', { host: strong(host) })));
  }
  if (claimed && claimed !== listed?.facts?.name) {
    lines.push(element('div', { class: 'claimed' }, say('page.by_claim', { name: shown(best(file.issuer)) })));
  }
  if (file.issuerId) lines.push(element('div', {}, foreign(file.issuerId, { tag: 'code', dir: 'ltr' })));
  return lines;
}

function outcome(credential, name) {
  return credential.checks.find((check) => check.name === name)?.outcome;
}

function strong(value) {
  return foreign(value, { tag: 'strong' });
}

function details(file) {
  const rows = [
    row('page.criteria', all(file.criteria)),
    row('page.details', file.details?.map((text) => element('div', {}, shown(text), ' ', foreign(text.path, { tag: 'code', class: 'faint', dir: 'ltr' })))),
    row('page.types', file.types?.map((type) => element('div', {}, foreign(type, { tag: 'code' })))),
    row('page.id', file.id && foreign(file.id, { tag: 'code', dir: 'ltr' })),
  ].filter(Boolean);
  if (rows.length === 0) return null;
  return element('details', { class: 'more' }, element('summary', {}, say('page.more')), element('dl', { class: 'awarded' }, rows));
}

function dates(texts) {
  return texts?.map((text) => element('div', {}, date(text.value)));
}

// all shows every text; where they are one text in several languages, the one
// that the reader understands best.
function all(texts = []) {
  const languages = new Set(texts.map((text) => text.language));
  if (texts.length > 1 && languages.size === texts.length) return shown(best(texts));
  return texts.map((text) => element('div', {}, shown(text)));
}

function best(texts = []) {
  const wanted = [document.documentElement.lang, ...(navigator.languages ?? [])];
  for (const language of wanted) {
    const found = texts.find((text) => text.language?.toLowerCase().split('-')[0] === language.toLowerCase().split('-')[0]);
    if (found) return found;
  }
  return texts.find((text) => !text.language) ?? texts[0];
}

function shown(text) {
  const value = text && foreign(text.value, { language: text.language });
  // What the learner could have kept back is marked: there may be more of it.
  return text?.chosen ? element('span', {}, value, ' ', element('small', { class: 'faint' }, say('page.chosen'))) : value;
}
