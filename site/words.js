// Every word that this page says comes from locales/<language>.json: a flat
// map from keys to texts with {gaps}.

import { locales } from './artefacts.js';
import { element, foreign, plain } from './dom.js';

const language = document.documentElement.lang || 'en';
let words = {};

// Dates and numbers are written as in the reader's place, where that place
// speaks the page's language: 10 January here, January 10 there.
const place = [...(navigator.languages ?? [])].find((tag) => tag.split('-')[0] === language.split('-')[0]) ?? language;

// load reads the words of the page's own language.
export async function load() {
  const address = locales[language] ?? locales.en;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  words = await answer.json();
}

export function has(key) {
  return Object.hasOwn(words, key);
}

// text is a text as a string; what fills its gaps is made safe for places
// that hold no elements.
export function text(key, facts = {}) {
  return split(key, facts).map((part) => (part.gap ? plain(readable(facts[part.gap])) : part.words)).join('');
}

// say is a text as nodes; what fills its gaps stands in elements of its own.
export function say(key, facts = {}) {
  return split(key, facts).map((part) => (part.gap ? fill(facts[part.gap]) : part.words));
}

// saying is the key of a headline's sentence: the one asked for, or its
// variant for facts that are missing, or else the headline's plainest one.
export function saying({ key, facts = {} }, headline) {
  const wanted = [`saying.${key}`, `saying.${headline}`].flatMap((base) => [base, `${base}_nameless`, `${base}_plain`]);
  return wanted.find((name) => has(name) && gaps(words[name]).every((gap) => facts[gap]))
    ?? wanted.find(has) ?? `saying.${key}`;
}

// title is what a report or a part of one is headed by: the headline's words,
// or those for its kind of sentence, where the headline's would not be true.
export function title({ headline, saying: sentence }) {
  const own = `headline.${sentence?.key}.title`;
  return has(own) ? own : `headline.${headline}.title`;
}

// count chooses between key.one, key.other and so on.
export function count(key, number, facts = {}) {
  const form = new Intl.PluralRules(language).select(number);
  return say(has(`${key}.${form}`) ? `${key}.${form}` : `${key}.other`, { ...facts, number: number.toLocaleString(place) });
}

const gap = /\{[a-z]+\}/g;

function gaps(sentence) {
  return [...sentence.matchAll(gap)].map(([found]) => found.slice(1, -1));
}

// split takes a text apart at its gaps. A gap that nothing fills is closed
// up, as package locales does. A text that is missing shows its key: ugly, and
// seen at once.
function split(key, facts) {
  if (!has(key)) return [{ words: key }];
  return gaps(words[key]).filter((name) => !facts[name]).reduce(closeUp, words[key])
    .split(/(\{[a-z]+\})/).filter(Boolean)
    .map((part) => (/^\{.*\}$/.test(part) ? { gap: part.slice(1, -1) } : { words: part }));
}

// closeUp takes an empty gap away together with what it would leave over: the
// quotation marks or brackets around it, and the space before it where none
// is needed.
function closeUp(sentence, name) {
  return sentence.replace(new RegExp(`“\\{${name}\\}”|\\(\\{${name}\\}\\)|\\{${name}\\}`), '\0')
    .replace(/ ?\0(?=$|[\s.,:;)])|\0/, '');
}

function fill(value) {
  if (value instanceof Node) return value;
  return instant.test(value) ? time(value) : foreign(value);
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

function readable(value) {
  return instant.test(value) ? format(value) : String(value);
}

function format(value) {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return String(value);
  return new Intl.DateTimeFormat(place, { dateStyle: 'long', timeStyle: 'short' }).format(date);
}

// date shows a day or an instant as the file states it. A day without time is
// that day everywhere.
export function date(value) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return time(value);
  const day = new Date(value + 'T00:00:00Z');
  if (Number.isNaN(day.getTime())) return foreign(value);
  return element('time', { datetime: value }, new Intl.DateTimeFormat(place, { dateStyle: 'long', timeZone: 'UTC' }).format(day));
}

// time shows an instant as people of this language and place write it. What
// is no instant is shown as it is written.
export function time(value) {
  const date = new Date(value);
  if (!instant.test(value) || Number.isNaN(date.getTime())) return foreign(value);
  return element('time', { datetime: date.toISOString(), title: value }, format(value));
}

// ago says how long before now something was, in seconds, roughly.
export function ago(seconds) {
  const [unit, number] = seconds < 60 ? ['second', 0] : seconds < 3600 ? ['minute', seconds / 60] : seconds < 86_400 ? ['hour', seconds / 3600] : ['day', seconds / 86_400];
  return new Intl.RelativeTimeFormat(place, { numeric: 'auto' }).format(-Math.max(0, Math.floor(number)), unit);
}

// bytes shows a size.
export function bytes(number) {
  const [unit, size] = number < 1000 ? ['byte', number] : number < 1e6 ? ['kilobyte', number / 1e3] : ['megabyte', number / 1e6];
  return new Intl.NumberFormat(place, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: 1 }).format(size);
}
