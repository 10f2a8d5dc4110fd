// QR codes: what the codes in a picture or before the camera hold. The browser
// is asked first, where it can read them; the decoder that comes with this
// page, in a worker of its own, looks at what is left. Nothing leaves the page.

import { sizeOf } from './pictures.js';
import { startWorker } from './scripts.js';

const patience = 10_000; // milliseconds for one picture, after which it has none
const patienceBrowser = 3000; // of them for the browser's own reader

const mostPixels = 64e6; // of a picture that is opened: 256 MB as a browser holds it
const few = 4e6; // of what the decoder gets at once
const side = 2048; // of the parts of a larger picture
const headBytes = 1 << 20; // in which a picture says how large it is

// codesIn looks for codes in a picture (a Blob) and gives {end, contents}:
//
//   found     contents are what the codes hold, each once, as Uint8Arrays
//   none      there is none that could be read
//   late      nor was there until it took too long
//   large     the picture has too many pixels to be opened
//   unopened  the browser does not open it, or it does not say how many it has
//   stopped   `stop` (an AbortSignal) was aborted
//
// It rejects with the reason of `signal`, and where the file cannot be read.
export async function codesIn(picture, signal, stop) {
  const size = sizeOf(new Uint8Array(await picture.slice(0, headBytes).arrayBuffer()));
  if (!size) return { end: 'unopened', contents: [] };
  if (size.width * size.height > mostPixels) return { end: 'large', contents: [] };
  const ends = new AbortController();
  const end = (reason) => ends.abort(reason);
  const left = () => end('left');
  const stopped = () => end('stopped');
  signal?.addEventListener('abort', left);
  stop?.addEventListener('abort', stopped);
  const late = setTimeout(end, patience, 'late');
  const over = new Promise((resolve) => {
    ends.signal.addEventListener('abort', () => resolve({ end: ends.signal.reason, contents: [] }));
  });
  const reader = new Reader();
  try {
    if (signal?.aborted) left();
    const result = await Promise.race([over, search(picture, reader, ends.signal).catch(() => ({ end: 'unopened', contents: [] }))]);
    signal?.throwIfAborted();
    return result;
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', left);
    stop?.removeEventListener('abort', stopped);
    ends.abort('left');
    reader.close();
  }
}

async function search(picture, reader, ends) {
  const bitmap = await createImageBitmap(picture);
  try {
    const own = ends.aborted ? [] : await byBrowser(bitmap);
    if (own.length > 0) return { end: 'found', contents: own };
    for (const parts of views(bitmap)) {
      const contents = [];
      for (const part of parts) {
        if (ends.aborted) return { end: 'left', contents: [] };
        contents.push(...await reader.read(pixels(bitmap, part)));
      }
      const codes = distinct(contents);
      if (codes.length > 0) return { end: 'found', contents: codes };
    }
    return { end: 'none', contents: [] };
  } finally {
    bitmap.close();
  }
}

// views are the ways in which the decoder gets to see a picture, one after the
// other until it finds something: as it is, enlarged (for codes of few pixels),
// each part of it (for small codes in large pictures), and mirrored, as some
// cameras leave it. Each is a list of parts, all of which are looked at: two
// codes that stand side by side are both found.
function* views({ width, height }) {
  const whole = { x: 0, y: 0, width, height };
  const scale = Math.min(1, Math.sqrt(few / (width * height)));
  yield [{ ...whole, scale }];
  const larger = Math.min(4, Math.sqrt(few / (width * height)));
  if (larger > 1.2) yield [{ ...whole, scale: larger }];
  if (scale < 1) yield tiles(width, height);
  yield [{ ...whole, scale, mirrored: true }];
}

function tiles(width, height) {
  const starts = (length) => {
    const number = length <= side ? 1 : Math.ceil((length - side / 2) / (side / 2));
    return Array.from({ length: number }, (_, index) => (number === 1 ? 0 : Math.round((length - side) * index / (number - 1))));
  };
  return starts(height).flatMap((y) => starts(width).map((x) => ({ x, y, width: Math.min(side, width), height: Math.min(side, height), scale: 1 })));
}

// pixels draws a part of a picture, on white where it lets the ground through.
function pixels(source, { x, y, width, height, scale, mirrored }) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  if (mirrored) context.setTransform(-1, 0, 0, 1, canvas.width, 0);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

const most = 1280; // pixels, the longer side of what the decoder gets of a camera's frame

// frameReader gives a function that reads the codes in what a video shows, and
// one that ends it.
export function frameReader(video) {
  const reader = new Reader();
  return {
    async read() {
      const { videoWidth: width, videoHeight: height } = video;
      if (!width || !height || video.readyState < 2) return [];
      const own = await byBrowser(video);
      if (own.length > 0) return own;
      return distinct(await reader.read(pixels(video, { x: 0, y: 0, width, height, scale: Math.min(1, most / Math.max(width, height)) })));
    },
    close: () => reader.close(),
  };
}

let detector; // the browser's own reader, or null

async function byBrowser(source) {
  if (detector === undefined) {
    const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []) ?? [];
    detector = formats.includes('qr_code') ? new globalThis.BarcodeDetector({ formats: ['qr_code'] }) : null;
  }
  if (!detector) return [];
  const late = new Promise((resolve) => { setTimeout(resolve, patienceBrowser, []); });
  const found = await Promise.race([late, detector.detect(source).catch(() => [])]);
  // What it cannot show as text it leaves empty.
  return distinct(found.map(({ rawValue }) => new TextEncoder().encode(rawValue)));
}

// distinct leaves out what is there twice, and what is empty.
function distinct(contents) {
  const same = (one, other) => one.length === other.length && one.every((byte, index) => byte === other[index]);
  return contents.filter((one, index) => one.length > 0 && contents.findIndex((other) => same(one, other)) === index);
}

// Reader is a worker that reads codes, started when it is first needed. What
// is asked of it is never so much that it could not be ended in the middle.
class Reader {
  #worker;
  #asked = 0;
  #waiting;

  // read gives what the codes in pixels (ImageData) hold.
  read({ width, height, data }) {
    if (!this.#worker) {
      this.#worker = startWorker('reader');
      this.#worker.onmessage = ({ data: answer }) => answer.number === this.#asked && this.#waiting(answer.contents ?? []);
      this.#worker.onerror = () => this.#waiting([]);
    }
    this.#asked += 1;
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#worker.postMessage({ number: this.#asked, image: { width, height, data } }, [data.buffer]);
    });
  }

  close() {
    this.#worker?.terminate();
    this.#waiting?.([]);
  }
}
