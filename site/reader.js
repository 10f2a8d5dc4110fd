// The worker that reads QR codes, for browsers that do not do it themselves
// and for pictures in which they find none. The build puts the decoder before
// it, in the same file. It fetches nothing, and is started only when there is
// something to look at.

/* global decodeQRBatch */
'use strict';

const patience = 1000; // milliseconds for what the decoder tries at second sight

// What a code holds is bytes: only one that names an encoding of its own (AIM
// ECI assignments, of which 26 is UTF-8) is text. The bytes go through the
// decoder as characters of the same numbers.
const asBytes = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const encodings = { 20: 'shift-jis', 21: 'windows-1250', 22: 'windows-1251', 23: 'windows-1252', 24: 'windows-1256', 25: 'utf-16be', 28: 'big5', 29: 'gbk', 30: 'euc-kr' };
const textDecoder = (bytes, eci) => {
  const encoding = encodings[eci] ?? (eci > 3 && eci < 19 && eci !== 14 ? `iso-8859-${eci - 2}` : undefined);
  return asBytes(encoding ? new TextEncoder().encode(new TextDecoder(encoding).decode(bytes)) : bytes);
};

self.onmessage = async ({ data: { number, image } }) => {
  try {
    const { width, height } = image;
    const [found] = await decodeQRBatch([image], { maxSize: { width, height }, effort: Infinity, timeLimit: patience, textDecoder });
    const contents = found.filter((one) => typeof one === 'string').map((one) => Uint8Array.from(one, (character) => character.charCodeAt(0)));
    self.postMessage({ number, contents });
  } catch (problem) {
    self.postMessage({ number, problem: String(problem?.message ?? problem) });
  }
};
