// The worker that reads QR codes, for browsers that do not do it themselves
// and for pictures in which they find none. The build puts the decoder before
// it, in the same file. It fetches nothing, and is started only when there is
// something to look at.

/* global decodeQRBatch */
'use strict';

const patience = 1000; // milliseconds for what the decoder tries at second sight
const atOnce = 4e6; // pixels that it gets, at most
const side = 2048; // of the parts of a larger picture

// views are the ways in which the decoder gets to see a picture, one after the
// other until it finds something: as it is, enlarged (for codes of few pixels),
// each part of it (for small codes in large pictures), and mirrored, as some
// cameras leave it. Each is a list of parts, all of which are looked at: two
// codes that stand side by side are both found.
function* views({ width, height }, few) {
  const whole = { x: 0, y: 0, width, height };
  const scale = Math.min(1, Math.sqrt(few / (width * height)));
  yield [{ ...whole, scale }];
  const larger = Math.min(4, Math.sqrt(few / (width * height)));
  if (larger > 1.2) yield [{ ...whole, scale: larger }];
  if (scale < 1) yield tiles(width, height);
  yield [{ ...whole, scale, mirrored: true }];
}

// tiles overlap by half, so that a code lies whole in one.
function tiles(width, height) {
  const starts = (length) => {
    const number = Math.max(1, Math.ceil(length / (side / 2)) - 1);
    return Array.from({ length: number }, (_, index) => (number === 1 ? 0 : Math.round((length - side) * index / (number - 1))));
  };
  return starts(height).flatMap((y) => starts(width).map((x) => ({ x, y, width: Math.min(side, width), height: Math.min(side, height), scale: 1 })));
}

// pixels draws a part of a picture, on white where it lets the ground through.
function pixels(bitmap, { x, y, width, height, scale, mirrored }) {
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  if (mirrored) context.setTransform(-1, 0, 0, 1, canvas.width, 0);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

// What a code holds is bytes: only one that names an encoding of its own (AIM
// ECI assignments, of which 26 is UTF-8) is text. The bytes go through the
// decoder as characters of the same numbers. What a code says of the set to
// which it belongs comes as if it were in an encoding of its own, see the build.
const asBytes = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const encodings = { 20: 'shift-jis', 21: 'windows-1250', 22: 'windows-1251', 23: 'windows-1252', 24: 'windows-1256', 25: 'utf-16be', 28: 'big5', 29: 'gbk', 30: 'euc-kr' };
const set = { eci: -3, mark: '\ue000' };
const textDecoder = (bytes, eci) => {
  if (eci === set.eci) return set.mark + asBytes(bytes);
  const encoding = encodings[eci] ?? (eci > 3 && eci < 19 && eci !== 14 ? `iso-8859-${eci - 2}` : undefined);
  return asBytes(encoding ? new TextEncoder().encode(new TextDecoder(encoding).decode(bytes)) : bytes);
};

// heard gives what a code holds as {bytes}, and of one in a set its {place,
// last, parity} as well.
function heard(text) {
  const own = text.startsWith(set.mark) ? text.charCodeAt(1) : undefined;
  const bytes = Uint8Array.from(own === undefined ? text : text.slice(3), (character) => character.charCodeAt(0));
  return own === undefined ? { bytes } : { bytes, place: own >> 4, last: own & 15, parity: text.charCodeAt(2) };
}

// codes looks for codes in pixels.
async function codes({ width, height, data }) {
  const [found] = await decodeQRBatch([{ width, height, data }], { maxSize: { width, height }, effort: Infinity, timeLimit: patience, textDecoder });
  return found.filter((one) => typeof one === 'string' && one !== '').map(heard);
}

async function look(bitmap, few, once) {
  const contents = [];
  for (const parts of views(bitmap, few)) {
    for (const part of parts) contents.push(...await codes(pixels(bitmap, part)));
    if (once || contents.length > 0) break;
  }
  return contents;
}

// A picture comes as a Blob. Of a camera's frame the next one comes at once, so
// one look is enough.
self.onmessage = async ({ data: { number, picture, frame } }) => {
  let bitmap = frame;
  try {
    bitmap ??= await createImageBitmap(picture);
    self.postMessage({ number, contents: await look(bitmap, frame ? atOnce / 4 : atOnce, Boolean(frame)) });
  } catch (problem) {
    self.postMessage({ number, problem: String(problem?.message ?? problem) });
  } finally {
    bitmap?.close();
  }
};
