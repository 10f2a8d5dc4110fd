// verifyFile gives the report of one file. The core runs in a worker, so that
// the page stays alive whatever the file makes it do; this module starts the
// worker, hands it files, and answers what it asks.

import { wasm } from './artefacts.js';
import { Network } from './network.js';

const patience = 60_000; // milliseconds without a sign of life

let engine;

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
//
// It rejects only where the checker itself does not work.
export async function verifyFile(bytes, options = {}) {
  const { network = new Network(), hosts = [], ...rest } = options;
  const { worker } = await prepare();
  return new Promise((resolve, reject) => {
    const { port1: port, port2: theirs } = new MessageChannel();
    let watchdog;
    const settle = (how, what) => {
      clearTimeout(watchdog);
      worker.removeEventListener('error', failed);
      port.close();
      how(what);
    };
    const giveUp = (problem) => {
      worker.terminate();
      engine = undefined;
      settle(reject, problem);
    };
    const failed = (event) => giveUp(new Error(event.message || 'the worker failed'));
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => giveUp(new Error('no answer for too long')), patience);
    };
    port.onmessage = async ({ data }) => {
      alive();
      if ('report' in data) return settle(resolve, JSON.parse(data.report));
      if ('problem' in data) return data.dead ? giveUp(new Error(data.problem)) : settle(reject, new Error(data.problem));
      try {
        port.postMessage({ number: data.number, answer: await network.ask(data.address, hosts) });
      } catch (problem) {
        port.postMessage({ number: data.number, problem: String(problem) });
      }
      return alive();
    };
    worker.addEventListener('error', failed);
    alive();
    worker.postMessage({ bytes, options: { ...rest, hosts }, port: theirs }, [theirs]);
  });
}

async function start() {
  const worker = new Worker(trusted('worker.js'));
  // Fetched and compiled here, under the page's own policy; the worker gets
  // the finished module and has no need of the network.
  const module = await compile();
  await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.ready ? resolve() : reject(new Error(data.problem)));
    worker.onerror = (event) => reject(new Error(event.message || 'the worker did not start'));
    worker.postMessage({ module });
  }).catch((problem) => {
    worker.terminate();
    throw problem;
  });
  worker.onmessage = null;
  worker.onerror = null;
  return { worker };
}

async function compile() {
  const response = await fetch(wasm.path, { integrity: wasm.integrity });
  if (!response.ok) throw new Error(`${wasm.path}: ${response.status}`);
  // A host that serves the file as another type cannot stream it.
  if (response.headers.get('content-type')?.startsWith('application/wasm')) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

// trusted is the only script address that this page ever makes.
function trusted(address) {
  if (!globalThis.trustedTypes) return address;
  policy ??= globalThis.trustedTypes.createPolicy('sealcheck-worker', {
    createScriptURL(input) {
      if (input !== 'worker.js') throw new TypeError('not our worker');
      return input;
    },
  });
  return policy.createScriptURL(address);
}

let policy;
