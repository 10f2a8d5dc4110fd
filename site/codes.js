// QR codes: what the codes in a picture or before the camera hold. The browser
// is asked first, where it can read them; the decoder that comes with this
// page, in a worker of its own, looks at what is left. Nothing leaves the page.

import { sizeOf } from './pictures.js';
import { startWorker } from './scripts.js';

const patience = { first: 10_000, further: 1500 }; // milliseconds for a picture, and for each one more
const patienceBrowser = 3000; // of them for the browser's own reader

const mostPixels = 64e6; // of a picture that is opened: 256 MB as a browser holds it
const mostOfBrowser = 12e6; // of what the browser's own reader gets
const headBytes = 1 << 20; // in which a picture says how large it is

// codesIn looks for codes in pictures (Blobs), in all of them, and gives {end,
// contents, lacking}. Contents are what the codes hold, each once, as
// Uint8Arrays; those of a set hold one thing together. Lacking says of a set
// that is not complete how many of its codes are there, as {have, all}. The end
// is how the search came to its own:
//
//   found     all that can be opened was looked through, and there is something
//   none      there is none that could be read
//   parts     there are only some codes of a set
//   late      it took too long
//   stopped   `stop` (an AbortSignal) was aborted
//   large     the last picture has too many pixels to be opened
//   unopened  the browser does not open it, or it does not say how many it has
//
// It rejects with the reason of `signal`, and where a file cannot be read.
export async function codesIn(pictures, signal, stop) {
  const ends = new AbortController();
  const left = () => ends.abort('left');
  const stopped = () => ends.abort('stopped');
  signal?.addEventListener('abort', left);
  stop?.addEventListener('abort', stopped);
  const late = setTimeout(() => ends.abort('late'), patience.first + patience.further * (pictures.length - 1));
  const over = new Promise((resolve) => { ends.signal.addEventListener('abort', () => resolve(ends.signal.reason)); });
  const reader = new Reader();
  const found = [];
  const all = async () => {
    let end = 'none';
    for (const picture of pictures) {
      if (!ends.signal.aborted) end = await search(picture, reader, ends.signal, found);
    }
    const { contents, lacking } = joined(found);
    return contents.length > 0 ? 'found' : lacking ? 'parts' : end;
  };
  try {
    if (signal?.aborted) left();
    const end = await Promise.race([over, all()]);
    signal?.throwIfAborted();
    return { end, ...joined(found) };
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', left);
    stop?.removeEventListener('abort', stopped);
    ends.abort('left');
    reader.close();
  }
}

// search adds what the codes in one picture hold to what was found, and says
// how it ended.
async function search(given, reader, ends, found) {
  try {
    const picture = await drawn(given) ?? given;
    const size = sizeOf(new Uint8Array(await picture.slice(0, headBytes).arrayBuffer()));
    if (!size) return 'unopened';
    if (size.width * size.height > mostPixels) return 'large';
    const own = await byBrowser(() => opened(picture, size));
    const contents = own.length > 0 || ends.aborted ? own : await reader.read({ picture });
    found.push(...contents);
    return contents.length > 0 ? 'found' : 'none';
  } catch {
    return 'unopened';
  }
}

// opened is a picture as the browser's own reader takes it, which is no file.
function opened(picture, { width, height }) {
  const scale = Math.sqrt(mostOfBrowser / (width * height));
  return createImageBitmap(picture, scale < 1 ? { resizeWidth: Math.round(width * scale), resizeQuality: 'high' } : {});
}

// frameReader gives what reads the codes in what a video shows, until it is
// closed.
export function frameReader(video) {
  const reader = new Reader();
  const seen = []; // codes of sets come one after the other
  return {
    async read() {
      if (!video.videoWidth || video.readyState < 2) return [];
      const own = await byBrowser(() => video);
      if (own.length > 0) return joined(own).contents;
      const frame = await createImageBitmap(video);
      const found = await reader.read({ frame }, [frame]);
      seen.push(...found.filter((one) => 'place' in one && !seen.some((other) => other.place === one.place && sameSet(one, other))));
      return joined([...found.filter((one) => !('place' in one)), ...seen]).contents;
    },
    close: () => reader.close(),
  };
}

let detector; // the browser's own reader, or null

// byBrowser has the browser read the codes in what `open` gives, a bitmap (which
// is gone then) or a video. What goes wrong there is left to the decoder.
async function byBrowser(open) {
  if (detector === undefined) {
    const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []) ?? [];
    detector = formats.includes('qr_code') ? new globalThis.BarcodeDetector({ formats: ['qr_code'] }) : null;
  }
  if (!detector) return [];
  let source;
  try {
    source = await open();
    const late = new Promise((resolve) => { setTimeout(resolve, patienceBrowser, []); });
    const found = await Promise.race([late, detector.detect(source)]);
    // What it cannot show as text it leaves empty.
    return found.map(({ rawValue }) => ({ bytes: new TextEncoder().encode(rawValue) })).filter(({ bytes }) => bytes.length > 0);
  } catch {
    return [];
  } finally {
    source?.close?.();
  }
}

const sameSet = (one, other) => one.last === other.last && one.parity === other.parity;

// joined puts together what the codes of a set hold (ISO/IEC 18004 8.2): in the
// order of their places, and only where all bytes together have the parity that
// each of them states.
function joined(found) {
  const contents = found.filter((one) => !('place' in one)).map(({ bytes }) => bytes);
  const parts = found.filter((one) => 'place' in one);
  let lacking;
  for (const first of parts.filter((one, index) => parts.findIndex((other) => sameSet(one, other)) === index)) {
    const set = Array.from({ length: first.last + 1 }, (_, place) => parts.find((one) => one.place === place && sameSet(one, first)));
    const bytes = set.flatMap((one) => [...one?.bytes ?? []]);
    const have = set.filter(Boolean).length;
    if (have === set.length && bytes.reduce((sum, byte) => sum ^ byte, 0) === first.parity) contents.push(Uint8Array.from(bytes));
    else lacking = { have: String(have), all: String(set.length) };
  }
  return { contents: distinct(contents), lacking };
}

const mostDrawing = 2 << 20; // bytes of a drawing
const drawingSide = 1600; // pixels of it

// drawn has the browser draw an SVG, as a picture: as such it runs no scripts and
// loads nothing. What could keep a browser busy for long is not drawn. It gives
// nothing of any other file.
async function drawn(picture) {
  const head = await picture.slice(0, 4096).text();
  if (picture.size > mostDrawing || !/^\ufeff?\s*</.test(head) || !/<([\w-]+:)?svg[\s>]/.test(head)) return undefined;
  const text = await picture.text();
  const number = (pattern) => text.match(pattern)?.length ?? 0;
  if (/<!ENTITY|<([\w-]+:)?(filter|image|foreignObject|animate|set|pattern|mask)\b|filter\s*:/i.test(text)) return undefined;
  // What is used several times may be used there as well, and so on.
  if (number(/<([\w-]+:)?use\b/gi) > 12 && number(/\sid\s*=/gi) > 1) return undefined;
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const scale = drawingSide / Math.max(image.naturalWidth, image.naturalHeight, 1);
    const canvas = new OffscreenCanvas(Math.max(1, image.naturalWidth * scale), Math.max(1, image.naturalHeight * scale));
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob();
  } finally {
    URL.revokeObjectURL(address);
  }
}

// distinct leaves out what is there twice, and what is empty.
function distinct(contents) {
  const same = (one, other) => one.length === other.length && one.every((byte, index) => byte === other[index]);
  return contents.filter((one, index) => one.length > 0 && contents.findIndex((other) => same(one, other)) === index);
}

// Reader is a worker that reads codes (reader.js), started when it is first
// needed. It can be ended in the middle of its work.
class Reader {
  #worker;
  #asked = 0;
  #waiting;
  #closed = false;

  // read gives what the codes in a picture (a Blob) hold, or those in a frame
  // (an ImageBitmap, which is given away). It rejects where the worker cannot
  // look at it.
  read(what, given = []) {
    if (this.#closed) return Promise.resolve([]);
    if (!this.#worker) {
      this.#worker = startWorker('reader');
      this.#worker.onmessage = ({ data: { number, contents, problem } }) => {
        if (number !== this.#asked) return;
        if (contents) this.#waiting.resolve(contents);
        else this.#waiting.reject(new Error(problem));
      };
      this.#worker.onerror = () => this.#waiting.reject(new Error('the worker failed'));
    }
    this.#asked += 1;
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#worker.postMessage({ number: this.#asked, ...what }, given);
    });
  }

  close() {
    this.#closed = true;
    this.#worker?.terminate();
    this.#waiting?.resolve([]);
  }
}
