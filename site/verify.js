// verifyFile gives the report of one file. The core runs in a worker, so that
// the page stays alive whatever the file makes it do; this module starts the
// worker, hands it files one after another, answers what it asks, and ends it
// where it does not come back.

import { worker as script } from './artefacts.js';
import { compileCore } from './core.js';
import { Network } from './network.js';

const patience = 20_000; // milliseconds of work without a sign of life

let compiled; // the core, once and for every worker
let engine;
let last = Promise.resolve(); // of the files that were handed in

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
//   network  the Network to ask through
//   trust    [{name, text}] trust lists, {name, error} for one that did not load
//   policy   name of a preset, or a policy as JSON text
//   given    keys that the user hands in, texts or Uint8Arrays
//   signal   an AbortSignal
//
// It rejects with Unchecked only where the checker does not work or does not
// come back, and with the signal's reason where that is aborted.
export function verifyFile(bytes, options = {}) {
  const mine = last.then(() => run(bytes, options));
  last = mine.catch(() => {});
  return mine;
}

async function run(bytes, { network = new Network(), hosts = [], signal, ...rest }) {
  signal?.throwIfAborted();
  const worker = await prepare();
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const { port1: port, port2: theirs } = new MessageChannel();
    let watchdog;
    let waiting = 0; // answers of the network, each of which has its own deadline
    const settle = (how, what) => {
      clearTimeout(watchdog);
      worker.removeEventListener('error', failed);
      signal?.removeEventListener('abort', aborted);
      port.close();
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
    port.onmessage = async ({ data }) => {
      if ('report' in data) return settle(resolve, JSON.parse(data.report));
      if ('problem' in data) {
        const problem = new Unchecked('broken', data.problem);
        return data.dead ? giveUp(problem) : settle(reject, problem);
      }
      waiting += 1;
      watch();
      const answer = await network.ask(data.address, hosts)
        .then((found) => ({ number: data.number, answer: found }), (problem) => ({ number: data.number, problem: String(problem) }));
      waiting -= 1;
      port.postMessage(answer);
      return signal?.aborted || watch();
    };
    worker.addEventListener('error', failed);
    signal?.addEventListener('abort', aborted);
    watch();
    worker.postMessage({ bytes, options: { ...rest, hosts }, port: theirs }, [theirs]);
  });
}

async function start() {
  // Fetched and compiled here, under the page's own policy; the worker gets
  // the finished module and has no need of the network.
  compiled ??= compileCore();
  const module = await compiled.catch((problem) => {
    compiled = undefined;
    throw new Unchecked('broken', problem.message);
  });
  const worker = new Worker(trusted(script));
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

// trusted is the only script address that this page ever makes.
function trusted(address) {
  if (!globalThis.trustedTypes) return address;
  policy ??= globalThis.trustedTypes.createPolicy('sealcheck-worker', {
    createScriptURL(input) {
      if (input !== script) throw new TypeError('not our worker');
      return input;
    },
  });
  return policy.createScriptURL(address);
}

let policy;
