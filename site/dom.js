// The few lines through which everything reaches the document. Text only:
// nothing here, or anywhere on this page, turns a string into markup.

const vector = 'http://www.w3.org/2000/svg';

// element makes one. Properties are attributes, `class` included; `on…`
// functions are listeners; false, null and undefined leave one out. Children
// are nodes or texts of our own; a text of somebody else's goes through
// foreign().
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') node.addEventListener(key.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// drawing makes an icon of paths on a 24 by 24 grid. It says nothing that the
// words beside it do not say, so it is hidden from screen readers.
export function drawing(kind, shapes) {
  const svg = document.createElementNS(vector, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${kind}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  for (const [part, path] of shapes) {
    const node = document.createElementNS(vector, 'path');
    node.setAttribute('class', part);
    node.setAttribute('d', path);
    svg.append(node);
  }
  return svg;
}

// foreign shows a text that somebody else wrote: isolated, so that it cannot
// change the direction of ours, and with its invisible characters made
// visible, so that two different names never look the same.
export function foreign(text, { language, tag = 'bdi', ...properties } = {}) {
  return element(tag, { lang: wellFormed(language), ...properties }, pieces(text));
}

// pieces splits a text into what is shown as it is and what is named instead.
export function pieces(text) {
  const parts = [];
  let last = 0;
  for (const found of String(text).matchAll(invisible)) {
    if (harmless(text, found)) continue;
    parts.push(text.slice(last, found.index), element('span', { class: 'unseen' }, name(found[0])));
    last = found.index + found[0].length;
  }
  parts.push(text.slice(last));
  return parts;
}

// plain is foreign() for places that hold no elements, such as what a screen
// reader is told: isolates stand around, names stand for what is invisible.
export function plain(text) {
  return '\u2068' + named(text) + '\u2069';
}

// named is a text in which names stand for what is invisible.
export function named(text) {
  return text.replace(invisible, (character, index) => (harmless(text, { 0: character, index }) ? character : `[${name(character)}]`));
}

// Control and format characters (which include those that turn the direction
// of a text), private ones, and letters and marks that show nothing.
const invisible = /[\p{Cc}\p{Cf}\p{Co}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2800\u3164\uffa0\u{e0100}-\u{e01ef}]/gu;

// Joiners are part of correct spelling in some scripts, and of emoji. (Two
// patterns: Chromium 156 misses emoji in a class that also has other letters.)
const script = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Mongolian}]$/u;
const picture = /\p{Extended_Pictographic}\ufe0f?$/u;

function harmless(text, found) {
  const character = found[0];
  if (character === '\n' || character === '\t' || character === '\r') return true;
  const before = text.slice(0, found.index);
  return (character === '\u200c' && script.test(before)) || (character === '\u200d' && (script.test(before) || picture.test(before)));
}

function name(character) {
  return 'U+' + character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
}

// wellFormed admits a language tag only if it is one; the file says what it
// likes.
function wellFormed(language) {
  return language && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(language) ? language : undefined;
}
