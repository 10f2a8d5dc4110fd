// Pictures of codes, for the tests: made by an encoder that shares nothing with
// the page's reader, and spoilt as a telephone's camera spoils them.

import { createRequire } from 'node:module';
import { deflateSync, crc32 } from 'node:zlib';

const require = createRequire(new URL('../npm/package.json', import.meta.url));
const { create } = require('qrcode');
const jpeg = require('jpeg-js');
const BitBuffer = require('qrcode/lib/core/bit-buffer.js');

// modulesOf is a code; of a set where its {place, last, parity} is given, which
// the encoder knows nothing of: it stands before everything else (ISO/IEC 18004
// 8.2), and needs room that the encoder does not see.
export function modulesOf(content, { level = 'M', set } = {}) {
  const { put } = BitBuffer.prototype;
  if (set) {
    BitBuffer.prototype.put = function first(number, length) {
      if (this.length === 0) {
        put.call(this, 3, 4);
        put.call(this, set.place << 4 | set.last, 8);
        put.call(this, set.parity, 8);
      }
      put.call(this, number, length);
    };
  }
  try {
    const make = (version) => create(typeof content === 'string' ? content : [{ data: content, mode: 'byte' }], { errorCorrectionLevel: level, version });
    return make(set && make().version + 1).modules;
  } finally {
    BitBuffer.prototype.put = put;
  }
}

const margin = 4; // modules of paper around a code

// Photograph is a grey picture. Each step changes it.
export class Photograph {
  constructor(width, height, paper = 235) {
    Object.assign(this, { width, height, grey: new Float32Array(width * height).fill(paper) });
    this.paper = paper;
  }

  // code puts a code with its margin into the four corners, clockwise from its
  // own top left one.
  code(content, corners, { ink = 25, paper = 245, level = 'M', set } = {}) {
    const { size, data } = modulesOf(content, { level, set });
    const whole = size + 2 * margin;
    const into = unproject(corners);
    const xs = corners.map(([x]) => x);
    const ys = corners.map(([, y]) => y);
    const parts = [0.125, 0.375, 0.625, 0.875];
    for (let y = Math.max(0, Math.floor(Math.min(...ys))); y < Math.min(this.height, Math.max(...ys)); y += 1) {
      for (let x = Math.max(0, Math.floor(Math.min(...xs))); x < Math.min(this.width, Math.max(...xs)); x += 1) {
        let sum = 0;
        for (const dy of parts) {
          for (const dx of parts) {
            const [u, v] = into(x + dx, y + dy);
            if (u < 0 || v < 0 || u >= 1 || v >= 1) sum += this.grey[y * this.width + x];
            else {
              const column = Math.floor(u * whole) - margin;
              const row = Math.floor(v * whole) - margin;
              const dark = column >= 0 && row >= 0 && column < size && row < size && data[row * size + column];
              sum += dark ? ink : paper;
            }
          }
        }
        this.grey[y * this.width + x] = sum / parts.length ** 2;
      }
    }
    return this;
  }

  // light falls from one side: what is black and what is white changes over
  // the picture.
  light(left, right) {
    return this.#each((value, x) => value * (left + (right - left) * x / this.width));
  }

  // blur is that of a lens out of focus, or nearly.
  blur(radius) {
    for (const [step, line, length] of [[1, this.width, this.height], [this.width, 1, this.width]]) {
      const count = this.grey.length / length;
      const out = new Float32Array(this.grey.length);
      for (let row = 0; row < length; row += 1) {
        for (let at = 0; at < count; at += 1) {
          let sum = 0;
          let weight = 0;
          for (let d = -3 * radius; d <= 3 * radius; d += 1) {
            const there = Math.round(at + d);
            if (there < 0 || there >= count) continue;
            const share = Math.exp(-d * d / (2 * radius * radius));
            sum += share * this.grey[row * line + there * step];
            weight += share;
          }
          out[row * line + at * step] = sum / weight;
        }
      }
      this.grey = out;
    }
    return this;
  }

  // noise is the same one each time.
  noise(amount) {
    let state = 7;
    return this.#each((value) => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return value + (state / 2147483648 - 0.5) * 2 * amount;
    });
  }

  invert() {
    return this.#each((value) => 255 - value);
  }

  jpeg(quality = 75) {
    const { width, height } = this;
    const rgba = Buffer.alloc(width * height * 4, 255);
    this.bytes().forEach((value, index) => rgba.fill(value, index * 4, index * 4 + 3));
    return jpeg.encode({ width, height, data: rgba }, quality).data;
  }

  png() {
    const { width, height } = this;
    const bytes = this.bytes();
    const rows = Buffer.alloc((width + 1) * height);
    for (let y = 0; y < height; y += 1) Buffer.from(bytes.buffer).copy(rows, y * (width + 1) + 1, y * width, (y + 1) * width);
    return png(width, height, rows);
  }

  bytes() {
    return Uint8Array.from(this.grey, (value) => Math.max(0, Math.min(255, Math.round(value))));
  }

  #each(change) {
    this.grey.forEach((value, index) => { this.grey[index] = change(value, index % this.width); });
    return this;
  }
}

// png is a grey PNG of what is said to be its size and of rows that need not
// fit that.
export function png(width, height, rows) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), body.length + 4);
    return out;
  };
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

// video is one picture as a film that a browser takes for a camera
// (YUV4MPEG2).
export function video(photograph) {
  const { width, height } = photograph;
  const frame = Buffer.concat([Buffer.from('FRAME\n'), photograph.bytes(), Buffer.alloc(width * height / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

// square are the corners of a code that lies straight, or turned by degrees.
export function square(x, y, side, degrees = 0) {
  const angle = degrees * Math.PI / 180;
  const centre = [x + side / 2, y + side / 2];
  return [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([a, b]) => [
    centre[0] + side / 2 * (a * Math.cos(angle) - b * Math.sin(angle)),
    centre[1] + side / 2 * (a * Math.sin(angle) + b * Math.cos(angle)),
  ]);
}

// unproject leads from a picture's points back into the unit square that was
// projected into four corners (Heckbert 1989, chapter 2).
function unproject([[x0, y0], [x1, y1], [x2, y2], [x3, y3]]) {
  const sx = x0 - x1 + x2 - x3;
  const sy = y0 - y1 + y2 - y3;
  const below = (x1 - x2) * (y3 - y2) - (x3 - x2) * (y1 - y2);
  const g = (sx * (y3 - y2) - (x3 - x2) * sy) / below;
  const h = ((x1 - x2) * sy - sx * (y1 - y2)) / below;
  const [a, b, c] = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0];
  const [d, e, f] = [y1 - y0 + g * y1, y3 - y0 + h * y3, y0];
  const inverse = [e - f * h, c * h - b, b * f - c * e, f * g - d, a - c * g, c * d - a * f, d * h - e * g, b * g - a * h, a * e - b * d];
  return (x, y) => {
    const w = inverse[6] * x + inverse[7] * y + inverse[8];
    return [(inverse[0] * x + inverse[1] * y + inverse[2]) / w, (inverse[3] * x + inverse[4] * y + inverse[5]) / w];
  };
}
