// How large a picture says it is, read from its first bytes: a browser asked
// to open one lays out all of it, and a few hundred bytes can claim gigabytes.

// sizeOf gives {width, height} of a picture's bytes (a Uint8Array; the first
// part of the file is enough), and nothing of one that does not say or is of no
// kind that browsers open.
export function sizeOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const is = (at, text) => [...text].every((character, index) => bytes[at + index] === character.charCodeAt(0));
  try {
    if (is(1, 'PNG\r\n')) return { width: view.getUint32(16), height: view.getUint32(20) };
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpeg(view);
    if (is(0, 'GIF8')) return gif(view);
    if (is(0, 'RIFF') && is(8, 'WEBP')) return webp(view, is);
    if (is(0, 'BM')) return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
    if (is(4, 'ftyp')) return boxed(view);
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem; // the file ends before
  }
  return undefined;
}

// jpeg reads the frame's header (ISO/IEC 10918-1 B.2.2): markers C0 to CF but
// for those of tables.
function jpeg(view) {
  for (let at = 2; ;) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff || marker === 0xff) at += 1; // fill, and what readers pass over
    else if (marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2; // without a length
    else if (marker === 0xd9 || marker === 0xda) return undefined; // no frame before the end or the first scan
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else at += 2 + Math.max(2, view.getUint16(at + 2));
  }
}

// gif reads the screen and the first frame, which may be larger than it.
function gif(view) {
  const table = (flags) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  let width = view.getUint16(6, true);
  let height = view.getUint16(8, true);
  let at = 13 + table(view.getUint8(10));
  while (view.getUint8(at) === 0x21) {
    for (at += 2; view.getUint8(at) > 0;) at += 1 + view.getUint8(at);
    at += 1;
  }
  if (view.getUint8(at) !== 0x2c) return undefined;
  width = Math.max(width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
  height = Math.max(height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
  return { width, height };
}

// webp knows three kinds of first chunk (RFC 9649 2.5 to 2.7).
function webp(view, is) {
  if (is(12, 'VP8X')) {
    const three = (at) => 1 + view.getUint16(at, true) + (view.getUint8(at + 2) << 16);
    return { width: three(24), height: three(27) };
  }
  if (is(12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + (bits >>> 14 & 0x3fff) };
  }
  return is(12, 'VP8 ') ? { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff } : undefined;
}

const ispe = 0x69737065;

// boxed pictures (HEIC, AVIF) are made of items, each with its size in a box of
// that name (ISO/IEC 23008-12 6.5.3): the largest is that of the whole.
function boxed(view) {
  let width = 0;
  let height = 0;
  for (let at = 4; at + 16 <= Math.min(view.byteLength, 1 << 18); at += 1) {
    if (view.getUint32(at) !== ispe) continue;
    width = Math.max(width, view.getUint32(at + 8));
    height = Math.max(height, view.getUint32(at + 12));
  }
  return width > 0 ? { width, height } : undefined;
}
