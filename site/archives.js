// Files that hold others are given one by one, as a folder is: archives and
// e-mails. A document stays whole, whatever is attached to it.

import { bytesOf } from './judge.js';
import { most } from './intake.js';
import { piecesOf } from './verify.js';

const mostPacked = 32 << 20; // limits.PackedBytes
const mostUnpacked = 256 << 20; // of all archives together: this much the page keeps

// unpacked gives {subjects, left} with what is in archives in their place. What
// cannot be taken apart stays, and the core says why.
export async function unpacked({ subjects, left }, signal) {
  const all = [];
  let room = mostUnpacked;
  for (const subject of subjects) {
    const parts = room > 0 && all.length < most && await mayHold(subject) ? await piecesOf(await bytesOf(subject), 'parts', signal) : [];
    const size = parts.reduce((sum, part) => sum + part.bytes.length, 0);
    if (parts.length === 0 || size > room) {
      all.push(subject);
      continue;
    }
    room -= size;
    all.push(...parts.map(({ name, bytes }) => ({ name: [subject.name, name].filter(Boolean).join(' / '), bytes })));
  }
  return { subjects: all.slice(0, most), left: left + Math.max(0, all.length - most) };
}

// mayHold looks at how a file begins: PK, gzip's two bytes, a tar's first
// header, or a line that a message may begin with. What it is, the core knows.
async function mayHold({ bytes, file, sample }) {
  if (sample || (file?.size ?? bytes.length) > mostPacked) return false;
  const head = bytes?.subarray(0, 300) ?? new Uint8Array(await file.slice(0, 300).arrayBuffer());
  return (head[0] === 0x50 && head[1] === 0x4b) || (head[0] === 0x1f && head[1] === 0x8b)
    || String.fromCharCode(...head.subarray(257, 262)) === 'ustar' || /^\s*[A-Za-z][A-Za-z-]*:/.test(new TextDecoder().decode(head));
}
