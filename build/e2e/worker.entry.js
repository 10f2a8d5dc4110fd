// The entry that the tests run in workerd in place of worker.mjs: the shipped
// shim and core, with settings that a test may change between requests, a
// clock that it may stop, and a way to look inside.

import module from './sealcheck.wasm';
import { Host } from './shim.mjs';

let settings = { offline: '1', policy: '', trust: [], given: [] };
let time;
const host = new Host(module, () => settings, () => (time ? new Date(time) : new Date()));

// The Go program that was started last.
let last;
const { Go } = globalThis;
globalThis.Go = class extends Go {
  constructor() {
    super();
    last = this;
  }
};

// How the host verifies signatures: as it does, or not so well.
const { verify } = SubtleCrypto.prototype;
const ways = {
  plainly: (subtle, given) => verify.apply(subtle, given),
  never: async () => false,
  badly() { throw new Error('planted'); },
  late: (subtle, given) => new Promise((resolve) => { setTimeout(resolve, 20 + Math.random() * 100); }).then(() => verify.apply(subtle, given)),
};
let way = 'plainly';
const verified = { asked: 0, held: 0 };
SubtleCrypto.prototype.verify = function (...given) {
  verified.asked += 1;
  const answer = ways[way](this, given);
  answer.then((held) => { verified.held += held; });
  return answer;
};

const doors = {
  async '/-/settings'(request) {
    ({ settings, time } = await request.json());
  },
  async '/-/signatures'(request) {
    way = await request.text();
    Object.assign(verified, { asked: 0, held: 0 });
  },
  // All that nobody needs any more goes.
  '/-/rest'() {
    globalThis.gc();
  },
  // The next request makes Go panic, in the library's own code.
  '/-/panic'() {
    const { from } = Array;
    Array.from = () => {
      Array.from = from;
      throw new Error('planted');
    };
  },
  // The next event meets a fault of WebAssembly's own, such as no memory.
  '/-/trap'() {
    last._inst = { exports: { ...last._inst.exports, resume() { throw new WebAssembly.RuntimeError('planted'); } } };
  },
};

export default {
  async fetch(request, env, ctx) {
    const door = doors[new URL(request.url).pathname];
    if (new URL(request.url).pathname === '/-/state') return Response.json({ ...host.state(), verified });
    if (!door) return host.fetch(request, env, ctx);
    await door(request);
    return new Response();
  },
};
