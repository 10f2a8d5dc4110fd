// The worker that runs the core. The build puts Go's wasm_exec.js and the core's
// doors before it, in the same file. It fetches nothing: the module is handed
// in, and what the core asks for goes to the page. Every message but the first
// two bears the number of the file that it is about.

/* global Go, openDoor, pieces, verify */
'use strict';

(() => {
  const open = new Map(); // the files being worked on, by number: what each waits for
  let dead = '';
  let options; // of the file before, and of the next one unless it brings its own

  // The core is started once and stays.
  async function start(module) {
    const go = new Go();
    const instance = await WebAssembly.instantiate(module, go.importObject);
    // The core never ends by itself: if it does, nobody waits in vain.
    const over = () => {
      dead = 'the checker has stopped';
      for (const file of open.keys()) self.postMessage({ file, problem: dead, dead: true });
    };
    openDoor(go, instance).then(over, over);
    if (typeof verify !== 'function') throw new Error('the checker did not start');
  }

  async function work(file, bytes) {
    const waiting = new Map();
    let asked = 0;
    const ask = (address, kind, reason, most) => new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      self.postMessage({ file, number: asked, address, kind, reason, most });
    });
    open.set(file, waiting);
    try {
      if (dead) throw new Error(dead);
      self.postMessage({ file, report: await verify(bytes, { ...options, fetch: ask }) });
    } catch (problem) {
      self.postMessage({ file, problem: String(problem?.message ?? problem), dead: Boolean(dead) });
    } finally {
      open.delete(file);
    }
  }

  // take takes a file apart, and hands over what it holds.
  function take(file, bytes, kind) {
    try {
      if (dead) throw new Error(dead);
      const held = pieces(bytes, kind);
      self.postMessage({ file, pieces: held }, held.map((piece) => piece.bytes.buffer));
    } catch (problem) {
      self.postMessage({ file, problem: String(problem?.message ?? problem), dead: Boolean(dead) });
    }
  }

  // answered settles what a file has asked for.
  function answered(data) {
    const waiting = open.get(data.file);
    const settle = waiting?.get(data.number);
    waiting?.delete(data.number);
    if ('answer' in data) settle?.resolve(data.answer);
    else settle?.reject(new Error(data.problem));
  }

  self.onmessage = ({ data }) => {
    if (data.module) {
      start(data.module).then(
        () => self.postMessage({ ready: true }),
        (problem) => self.postMessage({ problem: String(problem?.message ?? problem) }),
      );
    } else if (data.pieces) {
      take(data.file, data.bytes, data.pieces);
    } else if ('bytes' in data) {
      options = data.options ?? options;
      work(data.file, data.bytes);
    } else {
      answered(data);
    }
  };
})();
