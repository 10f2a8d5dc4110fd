// The file itself, as it is, and what a signed message in it says.

import { element, foreign } from './dom.js';
import { bytes as size, say } from './words.js';

const most = 100_000; // characters shown; a page of many megabytes helps nobody
const piece = 4_000; // characters laid out at a time

// rawView shows nothing before it is opened: to lay out a large file takes
// time, and few look at it. Even then it goes part by part. What was read from
// a code is called that; what the core unpacked from one stands first.
export function rawView(bytes, code, unpacked) {
  const view = element('details', { class: 'raw', ontoggle: () => view.open && view.children.length === 1 && fill(view, bytes, unpacked) },
    element('summary', {}, say(code ? 'page.raw_code' : 'page.raw', { size: size(bytes.length) })));
  return view;
}

async function fill(view, bytes, unpacked) {
  const text = decode(bytes);
  const parts = text === undefined
    ? [...signed(bytes), ['page.raw_binary', () => hexadecimal(bytes.subarray(0, 512))]]
    : [...message(text), ['page.raw_as_is', () => text]];
  if (unpacked) parts.unshift(['page.raw_unpacked', () => indent(unpacked)]);
  for (const [title, content] of parts) {
    view.append(element('h3', {}, say(title)));
    await block(view, content());
  }
  view.toggleAttribute('data-filled', true);
}

const rest = () => new Promise((resolve) => { setTimeout(resolve); });

// block adds a text in a box of its own, piece by piece; of a long one, each
// is laid out only as it is scrolled to.
async function block(view, text) {
  const box = element('pre', { dir: 'ltr', tabindex: '0' });
  view.append(box);
  await rest();
  for (let at = 0; at < Math.min(text.length, most);) {
    let end = Math.min(text.length, most, at + piece);
    const next = text.lastIndexOf('\n', end);
    if (end < text.length && next > at) end = next + 1; // at the end of a line, where there is one
    else if (end < text.length && /[\ud800-\udbff]/.test(text[end - 1])) end += 1;
    box.append(foreign(text.slice(at, end), { tag: 'span', class: text.length > piece && 'piece' }));
    at = end;
    await rest();
  }
  if (text.length > most) view.append(element('p', { class: 'hint' }, say('page.raw_cut')));
}

// message gives the parts of a compact JWS, for reading only: what counts was
// read by the core.
function message(text) {
  const parts = text.trim().split('.');
  if (parts.length !== 3) return [];
  const [header, payload] = parts.slice(0, 2).map(unpack);
  if (header === undefined || payload === undefined) return [];
  return [
    ['page.raw_header', () => indent(header.slice(0, most))],
    ['page.raw_payload', () => indent(payload.slice(0, most))],
  ];
}

// signed gives what a message in CBOR signs (COSE_Sign1, RFC 9052 4.2), where
// that is a text, for reading only as well: the third of its four parts.
function signed(bytes) {
  let at = bytes[0] === 0xd2 ? 1 : 0;
  const head = () => {
    const type = bytes[at] >> 5;
    let number = bytes[at++] & 31;
    if (number > 23) {
      const more = bytes.subarray(at, at += 2 ** (number - 24));
      number = more.reduce((sum, byte) => sum * 256 + byte, 0);
    }
    return [type, number];
  };
  const skip = () => {
    const [type, number] = head();
    if (type === 2 || type === 3) at += number;
    for (let left = type === 4 ? number : type === 5 ? 2 * number : Number(type === 6); left > 0 && at < bytes.length; left -= 1) skip();
  };
  try {
    if (head().join() !== '4,4') return [];
    skip();
    skip();
    const [type, number] = head();
    const text = type === 2 && number > 0 ? decode(bytes.subarray(at, at + number)) : undefined;
    return text === undefined ? [] : [['page.raw_payload', () => indent(text.slice(0, most))]];
  } catch {
    return []; // nested too deep
  }
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
  let before = '';
  const out = [];
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|"/gs)) {
    const opened = before === '{' || before === '[';
    if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1);
      out.push(opened ? token : line(depth) + token);
    } else {
      if (opened) out.push(line(depth));
      out.push(token);
      if (token === '{' || token === '[') depth += 1;
      else if (token === ',') out.push(line(depth));
      else if (token === ':') out.push(' ');
    }
    before = token;
  }
  return out.join('');
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
