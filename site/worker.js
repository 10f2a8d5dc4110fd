// The worker that runs the core. The build puts Go's wasm_exec.js before it,
// in the same file. It fetches nothing: the module is handed in, and what the
// core asks for goes to the page, over the port that came with the file.

/* global Go, verify */
'use strict';

(() => {
  const open = new Set(); // ports of the files being worked on
  let dead = '';

  // The core is started once and stays.
  async function start(module) {
    const go = new Go();
    const instance = await WebAssembly.instantiate(module, go.importObject);
    // The core never ends by itself: if it does, nobody waits in vain.
    const over = () => {
      dead = 'the checker has stopped';
      for (const port of open) port.postMessage({ problem: dead, dead: true });
    };
    go.run(instance).then(over, over);
    if (typeof verify !== 'function') throw new Error('the checker did not start');
  }

  async function work(bytes, options, port) {
    const waiting = new Map();
    let asked = 0;
    port.onmessage = ({ data }) => {
      const settle = waiting.get(data.number);
      waiting.delete(data.number);
      if ('answer' in data) settle?.resolve(data.answer);
      else settle?.reject(new Error(data.problem));
    };
    const ask = (address, kind, reason) => new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      port.postMessage({ number: asked, address, kind, reason });
    });
    open.add(port);
    try {
      if (dead) throw new Error(dead);
      port.postMessage({ report: await verify(bytes, { ...options, fetch: ask }) });
    } catch (problem) {
      port.postMessage({ problem: String(problem?.message ?? problem), dead: Boolean(dead) });
    } finally {
      open.delete(port);
    }
  }

  self.onmessage = ({ data }) => {
    if (data.module) {
      start(data.module).then(
        () => self.postMessage({ ready: true }),
        (problem) => self.postMessage({ problem: String(problem?.message ?? problem) }),
      );
    } else {
      work(data.bytes, data.options, data.port);
    }
  };
})();
