// verifyFile gives the report of one file. The core runs in a worker, so that
// the page stays alive whatever the file makes it do; this module starts the
// worker, hands it files one after another, answers what it asks, and ends it
// where it does not come back.

import { compileCore } from './core.js';
import { Network } from './network.js';
import { startWorker } from './scripts.js';

const patience = 20_000; // milliseconds of work without a sign of life

let compiled; // the core, once and for every worker
let engine;
let last = Promise.resolve(); // of the files that were handed in
let lastFile = 0; // files are numbered

// Unchecked says why there is no report: `stuck`, or `broken` where the
// checker itself does not work. It is never a word about the file.
export class Unchecked extends Error {
  constructor(reason, message) {
    super(message);
    this.reason = reason;
  }
}

// prepare starts the worker before the first file is there.
export function prepare() {
  engine ??= start().catch((problem) => {
    engine = undefined;
    throw problem;
  });
  return engine;
}

// verifyFile verifies bytes (a Uint8Array). Options:
//
//   at       instant to judge at (RFC 3339); now where it is left out
//   online   whether hosts may be asked at all
//   hosts    hosts that may be asked
//   consented  addresses that may be asked although they show which
//            credential is checked
//   network  the Network to ask through
//   trust    [{name, text}] trust lists, {name, error} for one that did not load
//   policy   name of a preset, or a policy as JSON text
//   given    keys that the user hands in, texts or Uint8Arrays
//   lists    status lists that the user hands in, Uint8Arrays
//   signal   an AbortSignal
//
// It rejects with Unchecked only where the checker does not work or does not
// come back, and with the signal's reason where that is aborted.
export function verifyFile(bytes, options = {}) {
  const mine = last.then(() => run(bytes, options));
  last = mine.catch(() => {});
  return mine;
}

// piecesOf gives what a file holds, as {name, bytes, width, height}: of the kind
// "parts" the files in an archive or an e-mail; of the kind
// "pictures" those on the pages of a PDF that could hold a code, name being
// their media type. It rejects as verifyFile does.
export function piecesOf(bytes, kind, signal) {
  const mine = last.then(() => run(bytes, { pieces: kind, signal }));
  last = mine.catch(() => {});
  return mine;
}

async function run(bytes, { network = new Network(), hosts = [], consented = [], signal, pieces, ...rest }) {
  signal?.throwIfAborted();
  const worker = await prepare();
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const file = lastFile += 1;
    let watchdog;
    let waiting = 0; // answers of the network, each of which has its own deadline
    let over = false;
    const settle = (how, what) => {
      over = true;
      clearTimeout(watchdog);
      worker.removeEventListener('message', heard);
      worker.removeEventListener('error', failed);
      signal?.removeEventListener('abort', aborted);
      how(what);
    };
    // A worker that is in the middle of something cannot be told to leave it.
    const giveUp = (problem) => {
      worker.terminate();
      engine = undefined;
      settle(reject, problem);
      prepare().catch(() => {}); // told when the next file is there
    };
    const failed = (event) => giveUp(new Unchecked('broken', event.message || 'the worker failed'));
    const aborted = () => giveUp(signal.reason);
    const watch = () => {
      clearTimeout(watchdog);
      if (waiting === 0) watchdog = setTimeout(() => giveUp(new Unchecked('stuck', 'no answer for too long')), patience);
    };
    const heard = async ({ data }) => {
      if (data.file !== file) return;
      if ('pieces' in data) return settle(resolve, data.pieces);
      if ('report' in data) return settle(resolve, JSON.parse(data.report));
      if ('problem' in data) {
        const problem = new Unchecked('broken', data.problem);
        return data.dead ? giveUp(problem) : settle(reject, problem);
      }
      waiting += 1;
      watch();
      const answer = await network.ask(data.address, { hosts, consented, kind: data.kind, most: data.most })
        .then((found) => ({ file, number: data.number, answer: found }), (problem) => ({ file, number: data.number, problem: String(problem) }));
      waiting -= 1;
      if (over) return undefined; // nobody waits for it any more
      worker.postMessage(answer);
      return watch();
    };
    worker.addEventListener('message', heard);
    worker.addEventListener('error', failed);
    signal?.addEventListener('abort', aborted);
    watch();
    worker.postMessage(pieces ? { file, bytes, pieces } : { file, bytes, ...unlessSent(worker, { ...rest, hosts, consented }) });
  });
}

let sent = {}; // which worker was told which options last

// unlessSent gives the options if they are not those that the worker has: trust
// lists are far larger than most files.
function unlessSent(worker, options) {
  if (sent.worker === worker && same(sent.options, options)) return {};
  sent = { worker, options: copy(options) };
  return { options };
}

// copy keeps plain data as they are now. What is not plain it leaves: same knows
// no such thing.
function copy(value) {
  if (Array.isArray(value)) return value.map(copy);
  if (!plain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copy(member)]));
}

// same compares plain data. Bytes are not, and never the same: what they hold
// can have been changed.
function same(one, other) {
  if (typeof one !== 'object' || one === null) return Object.is(one, other);
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((item, i) => same(item, other[i]));
  if (!plain(one) || !plain(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]));
}

function plain(value) {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

async function start() {
  // Fetched and compiled here, under the page's own policy; the worker gets
  // the finished module and has no need of the network.
  compiled ??= compileCore();
  const module = await compiled.catch((problem) => {
    compiled = undefined;
    throw new Unchecked('broken', problem.message);
  });
  const worker = startWorker('worker');
  try {
    await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.ready ? resolve() : reject(new Unchecked('broken', data.problem)));
      worker.onerror = (event) => reject(new Unchecked('broken', event.message || 'the worker did not start'));
      setTimeout(() => reject(new Unchecked('broken', 'the worker did not start in time')), patience);
      worker.postMessage({ module });
    });
  } catch (problem) {
    worker.terminate();
    throw problem;
  }
  worker.onmessage = null;
  worker.onerror = null;
  return worker;
}
