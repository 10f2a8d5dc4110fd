// The file itself, as it is, and what a signed message in it says.

import { element, foreign } from './dom.js';
import { bytes as size, say } from './words.js';

const most = 200_000; // characters shown; a page of many megabytes helps nobody

export function rawView(bytes) {
  const text = decode(bytes);
  const parts = text === undefined
    ? [element('p', {}, say('page.raw_binary')), block(hexadecimal(bytes.subarray(0, 512)))]
    : [...message(text), element('h4', {}, say('page.raw_as_is')), block(text)];
  return element('details', { class: 'raw' },
    element('summary', {}, say('page.raw', { size: size(bytes.length) })), parts);
}

function block(text) {
  const cut = text.length > most;
  return [
    foreign(cut ? text.slice(0, most) : text, { tag: 'pre', dir: 'ltr', tabindex: '0' }),
    cut ? element('p', { class: 'hint' }, say('page.raw_cut')) : null,
  ];
}

// message shows the parts of a compact JWS, for reading only: what counts was
// read by the core.
function message(text) {
  const parts = text.trim().split('.');
  if (parts.length !== 3) return [];
  const [header, payload] = parts.slice(0, 2).map(unpack);
  if (header === undefined || payload === undefined) return [];
  return [
    element('h4', {}, say('page.raw_header')), block(indent(header)),
    element('h4', {}, say('page.raw_payload')), block(indent(payload)),
  ];
}

function unpack(part) {
  if (!/^[A-Za-z0-9_-]+$/.test(part)) return undefined;
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    return decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

function decode(bytes) {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

// indent lays JSON out in lines without reading it: every character of it
// stays, doubled keys and odd numbers included.
export function indent(json) {
  let depth = 0;
  let out = '';
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|"/gs)) {
    if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1);
      out += /[{[]$/.test(out) ? token : line(depth) + token;
    } else {
      if (/[{[]$/.test(out)) out += line(depth);
      out += token;
      if (token === '{' || token === '[') depth += 1;
      else if (token === ',') out += line(depth);
      else if (token === ':') out += ' ';
    }
  }
  return out;
}

function line(depth) {
  return '\n' + '  '.repeat(Math.min(depth, 40));
}

function hexadecimal(bytes) {
  const rows = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    rows.push(at.toString(16).padStart(4, '0') + '  '
      + row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ').padEnd(49)
      + row.map((byte) => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join(''));
  }
  return rows.join('\n');
}
