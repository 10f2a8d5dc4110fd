// What a report looks like. The words come from words.js, everything foreign
// goes through foreign(), and nothing is decided here: headline, sentence and
// rows are the core's.

import { checkRows, nextStep } from './checks.js';
import { element, foreign } from './dom.js';
import { drawingOf, family, headlineIcon } from './icons.js';
import { about as basis } from './about.js';
import { lacksKeys } from './keys.js';
import { tellingOf, wantedOf } from './network.js';
import { closedNote, codesPanel, listPanel, opener, tellingPanel, wantedPanel } from './panels.js';
import { rawView } from './raw.js';
import { awarded, isEndorsement } from './awarded.js';
import { asOf, evidence } from './standing.js';
import { lackingLists } from './statuslists.js';
import { counting, endorses, entries, said, tree, worstOf } from './tree.js';
import { count, has, say, saying, text, time, title } from './words.js';

// show puts a report into the result section. The subject is what was
// checked (judge.js), with its bytes. The actions are again(), finish(hosts),
// agree(addresses), give(file), hand(files) and choose(content).
export function show(section, report, subject, actions) {
  const about = counting(report);
  const single = about.length === 1 ? about[0] : null;
  section.replaceChildren(...[
    bar(subject, actions, single?.file),
    subject.sample ? sampleNote() : null,
    card(report, subject, single, actions),
    single ? [credentialParts(single, 'h2', report), ...around(report, single)] : credentialList(report),
    besides(report),
    basis(report, subject),
    rawView(subject.bytes, Boolean(subject.code), report.unpacked),
  ].flat().filter(Boolean));
  section.toggleAttribute('data-sample', Boolean(subject.sample));
}

// besides are the files in the file that are no credentials, and what they are.
function besides(report) {
  if (!report.besides?.length) return null;
  return element('details', { class: 'more besides' },
    element('summary', {}, count('page.besides', report.besides.length)),
    element('ul', {}, report.besides.map(({ file, code }) => element('li', {}, foreign(file, { class: 'name' }), ' ', element('span', { class: 'faint' }, say(kindOf(code)))))));
}

// kindOf is the text of a code that names nothing in particular.
function kindOf(code) {
  return has(`code.${code}_plain`) ? `code.${code}_plain` : `code.${code}`;
}

function bar(subject, actions, within) {
  return element('div', { class: 'bar' },
    element('button', { type: 'button', class: 'quiet', onclick: actions.again }, say(subject.sample ? 'page.end_sample' : subject.row ? 'page.back' : 'page.again')),
    subject.name || within ? element('p', { class: 'file' }, foreign([subject.name, within].filter(Boolean).join(' / '))) : null);
}

// choice puts the question which of a subject's codes is meant into the
// section. The actions are again() and choose(content).
export function choice(section, subject, actions) {
  section.replaceChildren(bar(subject, actions),
    element('article', { class: 'card', 'data-family': 'open', 'data-headline': 'codes' },
      element('div', { class: 'headline' }, drawingOf('codes'),
        element('div', {},
          element('h1', { id: 'result-title', tabindex: '-1' }, say('page.choose')),
          element('p', { class: 'saying' }, count(`page.codes.${subject.search.from}`, subject.search.contents.length), ' ', say(subject.search.end === 'found' ? 'page.choose_why' : 'page.choose_rest')))),
      codesPanel(subject, actions.choose)));
  section.removeAttribute('data-sample');
}

// announcement is the one sentence that a screen reader hears at once.
export function announcement(report, subject) {
  return [
    subject.sample ? text('page.sample_mark') + ':' : '',
    text(title(report)) + '.',
    ...[worstOf(report)].filter(Boolean).map((found) => text(...found)),
    text(...sentence(report)),
    ...[report.headline === 'refused' && ruling(report)].filter(Boolean).map(({ code, facts }) => text(`code.${code}`, facts)),
    subject.code ? text(...origin(subject)) : '',
  ].join(' ').trim();
}

// origin says where a code was read, as the arguments of say() and text().
function origin({ search, name }) {
  return [`page.code_from.${search.from}`, { name }];
}

function sampleNote() {
  return element('p', { class: 'sample-note' }, element('strong', {}, say('page.sample_mark')), ' ', say('page.sample_note'));
}

function card(report, subject, single, actions) {
  const credential = single;
  const closed = closedOf(report, subject);
  const lacking = lackingLists(report);
  return element('article', { class: 'card', 'data-family': family(report.headline), 'data-headline': report.headline },
    headline(report, 'h1', { id: 'result-title', tabindex: '-1' }, subject.sample),
    subject.code ? element('p', { class: 'origin' }, say(...origin(subject)), ' ', say('page.code_around')) : null,
    subject.code && subject.search?.contents.length > 1 ? codesPanel(subject, actions.choose) : null,
    wantedPanel(wantedOf(report), actions.finish),
    tellingPanel(tellingOf(report), actions.agree),
    closedNote(closed),
    single ? rule(credential, closed.length > 0) : element('p', { class: 'counts' }, tally(report)),
    subject.search && !subject.code ? element('p', { class: 'origin' }, say(`page.search.${subject.search.from}.${subject.search.end}`, subject.search.lacking)) : null,
    give(report, actions, closed.length > 0),
    listPanel(lacking, actions.hand, { open: lacking.some(({ code }) => code === 'status.list_closed') }),
    single ? body(credential, 'h2') : null,
    element('p', { class: 'as-of' }, say('page.as_of', { time: time(report.at) }), single && signedWell.has(credential.headline) ? [' ', asOf(credential)] : null));
}

function body(credential, level) {
  const parts = [awarded(credential), notes(credential, level)].filter(Boolean);
  return parts.length > 0 && element('div', { class: 'card-body' }, parts);
}

function headline(judged, level, properties, sample, role) {
  return element('div', { class: 'headline' }, headlineIcon(judged.headline),
    element('div', {},
      role,
      sample ? element('p', { class: 'stamp' }, say('page.sample_mark')) : null,
      element(level, properties, say(title(judged))),
      element('p', { class: 'saying' }, several(judged), say(...sentence(judged)))));
}

function several(judged) {
  const found = judged.credentials && worstOf(judged);
  return found && [say(...found), ' '];
}

// sentence is what a headline says, as the arguments of say(). While the page
// has not asked yet, that is what it says: nothing has failed.
function sentence(judged) {
  const unasked = (judged.credentials ?? [judged]).flatMap((credential) => decisive(credential))
    .find((finding) => finding.code === 'key.not_allowed' && finding.facts?.host);
  if (judged.headline === 'incomplete' && unasked) return ['page.not_asked_yet', unasked.facts];
  const why = judged.headline === 'unreadable' && ruling(judged);
  if (why) return [`code.${why.code}`, why.facts];
  return [saying(judged.saying, judged.headline), judged.saying.facts];
}

// ruling is the finding that a headline stands for which itself names no more
// than that there is one.
function ruling(judged) {
  if (!['refused', 'unreadable'].includes(judged.headline)) return undefined;
  const found = (judged.credentials ?? [judged]).filter(({ headline }) => headline === judged.headline).flatMap(decisive);
  return found.find(({ code }) => code === judged.saying.facts?.code) ?? found[0];
}

// rule says in words what decided a headline that names no more than a rule,
// and what can be done.
function rule(credential, told) {
  const deciding = decisive(credential);
  const named = credential.headline === 'refused' && ruling(credential);
  const steps = [...new Map(deciding
    .filter(({ code, detail }) => nextStep(code) && !asked.has(code) && !asked.has(detail) && !(told && code.endsWith('.unreachable'))) // a panel says it
    .map((finding) => [text(nextStep(finding.code), finding.facts), finding])).values()].slice(0, 2);
  return [
    named && element('p', { class: 'rule' }, say(`code.${named.code}`, named.facts)),
    ruling(credential) && credential.checks[0].codes.includes('envelope.pdf_signed') && element('p', { class: 'rule' }, say('code.envelope.pdf_signed')),
    steps.length > 0 && element('div', { class: 'next' }, element('strong', {}, say('page.next')),
      steps.map(({ code, facts }) => element('p', {}, say(nextStep(code), facts))),
      leads(deciding[0])),
  ];
}

// leads shows the address to go to, where that is what can be done: of a link
// that was given in the place of a file, or of what was written into a public
// register. Nothing is asked here; only the person may open it.
function leads({ code, facts }) {
  // The address of an OpenCerts document is not the link that its holder has.
  if (!facts?.address || code === 'envelope.link_opencerts' || !(code.startsWith('envelope.link') || code === 'signature.anchor_unchecked')) return null;
  const link = opener(facts.address);
  return element('p', { class: 'address' }, foreign(facts.address, { tag: 'code', dir: 'ltr' }), ' ', link,
    link && element('span', { class: 'hint' }, ' ', say('page.list_opening', { host: new URL(facts.address).host })));
}

const asked = new Set(['key.not_allowed', 'status.list_not_allowed', 'status.would_identify', 'proof.hosted_not_allowed', 'proof.hosted_would_identify']);

// decisive findings are those that keep a credential from being more: the
// worst ones, in the order of the checks.
function decisive(credential) {
  const of = (outcome, names) => credential.checks
    .filter((check) => check.outcome === outcome && (!names || names.includes(check.name)))
    .flatMap((check) => check.findings ?? []);
  switch (credential.headline) {
    case 'verified': return [];
    case 'identified':
    case 'unlisted': return [...of('warn', ['issuer', 'trust']), ...of('none', ['trust'])];
    case 'not_signed': return [...of('fail'), ...of('none', ['proof', 'signature'])];
    default: return [of('fail'), of('unknown'), of('warn')].find((found) => found.length > 0) ?? [];
  }
}

// notes are what is always said of a good signature: what nobody could check,
// and what a person should know.
function notes(credential, level) {
  if (!signedWell.has(credential.headline) && credential.headline !== 'suspended' || credential.role === 'endorsement') return null;
  const spoken = isEndorsement(credential); // it is handed to nobody
  const found = credential.checks
    .filter((check) => check.name !== 'schema' && (check.outcome === 'none' || check.outcome === 'warn' || check.outcome === 'pass'))
    .flatMap((check) => (check.findings ?? []).filter((finding) => noteworthy.has(finding.code) && !(spoken && check.name === 'holder')));
  if (found.length === 0) return null;
  return element('div', { class: 'notes' }, element(level, {}, say('page.notes')),
    element('ul', {}, found.map((finding) => element('li', {}, say(`code.${finding.code}`, finding.facts)))));
}

const signedWell = new Set(['verified', 'identified', 'unlisted']);

const noteworthy = new Set([
  'validity.no_end', 'validity.end_not_shown', 'validity.no_dates', 'validity.within_tolerance',
  'status.none_published', 'status.not_shown', 'status.good_since', 'status.message_set', 'status.refresh_set', 'status.refresh_offered', 'status.list_rollback', 'status.list_host_only',
  'envelope.picture_unsigned', 'envelope.attached_pdf', 'envelope.pdf_signed', 'envelope.pdf_repaired', 'proof.selective_disclosure', 'proof.sd_shown', 'proof.sd_all_shown',
  'holder.key_signed', 'holder.binding_time', 'holder.binding_unsupported', 'holder.not_bound', 'holder.not_checked', 'holder.presented', 'holder.is_subject', 'holder.other', 'trust.name_differs',
  'holder.recipient_hashed', 'credential.endorsement', 'credential.twice', 'credential.check_results',
]);

function tally(report) {
  return report.counts.flatMap(({ headline: name, number }, index) => [
    index > 0 ? ' · ' : '', ...count('page.counted', number, { headline: element('span', {}, say(`headline.${name}.title`)) }),
  ]);
}

// give takes the issuer's keys from a file, where they could not be read.
function give(report, actions, closed) {
  if (!lacksKeys(report)) return null;
  return element('details', { class: 'more give', open: closed },
    element('summary', {}, say('page.give')),
    element('p', {}, element('label', { for: 'keys' }, say('page.give_label'))),
    element('input', { type: 'file', id: 'keys', onchange: ({ target }) => target.files.length > 0 && actions.give(target.files[0]) }),
    element('p', { class: 'hint' }, say('page.give_hint')));
}

// closedOf lists the addresses that answered and may not be read.
function closedOf(report, subject) {
  return lacksKeys(report) ? report.consulted.filter((one) => one.error && subject.network?.closed(one.address)).map((one) => one.address) : [];
}

function credentialParts(credential, level, report) {
  return element('section', { class: 'checks', 'aria-label': text('page.checks') },
    element(level, {}, say('page.checks')), rows(credential, report));
}

function rows(credential, report) {
  return checkRows(credential, { status: evidence(credential, report.consulted) });
}

function credentialList(report) {
  return element('section', { class: 'several', 'aria-labelledby': 'several-title' },
    element('h2', { id: 'several-title' }, count('page.several', counting(report).length)),
    entries(tree(report.credentials), (...what) => entry(report, ...what)));
}

// entry is one of several credentials.
function entry(report, credential, level, role) {
  const about = endorses(credential);
  const bundled = credential.aside && !about; // what is in it counts
  return element('article', { class: 'card small', 'data-family': family(credential.headline), 'data-headline': credential.headline, 'data-role': credential.role ?? '' },
    credential.file ? element('p', { class: 'file' }, foreign(credential.file)) : null,
    headline(credential, level, {}, false, role),
    about ? element('p', { class: 'rule' }, say(`code.${about.code}`, about.facts)) : null,
    bundled ? null : [rule(credential), body(credential, below(level))],
    element('details', { class: 'more' },
      element('summary', {}, say('page.checks')), rows(credential, report),
      credential.path ? element('p', { class: 'hint' }, say('page.stands_at', { path: credential.path })) : null));
}

// below is the level of a heading under one of that level.
function below(level) {
  return `h${Math.min(Number(level[1]) + 1, 6)}`;
}

// around is what came with the one credential that the answer is about: what
// others say of it, and what it came in.
function around(report, single) {
  const show = (...what) => entry(report, ...what);
  const others = tree(report.credentials.filter((credential) => credential !== single));
  const endorsements = others.filter(({ credential }) => credential.role === 'endorsement');
  const wrappings = others.filter((node) => !endorsements.includes(node));
  return [
    said(endorsements, show, 2),
    wrappings.length > 0 && element('section', { class: 'several', 'data-wrapping': '' }, element('h2', {}, say('page.came_in')), entries(wrappings, show)),
  ];
}
