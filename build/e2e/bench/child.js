// One runtime under node: our core, from the wasm that the page ships, or the
// peers. It answers what its parent asks for; see process.js.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

const hosts = {
  async ours({ wasm, runtime, trust, at }) {
    const binary = readFileSync(wasm);
    require(runtime); // sets globalThis.Go
    const begin = performance.now();
    const module = await WebAssembly.compile(binary);
    const compiled = performance.now();
    const go = new globalThis.Go();
    const instance = await WebAssembly.instantiate(module, go.importObject);
    go.run(instance);
    const started = performance.now();
    const prepare = ({ bytes }) => async () => {
      const { headline } = JSON.parse(await globalThis.verify(bytes, { at, online: false, trust }));
      if (headline !== 'verified') throw new Error(`${headline} instead of verified`);
    };
    return { prepare, took: { compile: compiled - begin, start: started - compiled } };
  },
  async peers({ peers, at, cold }) {
    const begin = performance.now();
    const { prepare, refuses } = require(peers);
    const took = { start: performance.now() - begin };
    return {
      took,
      async prepare({ peer, bytes }) {
        const text = new TextDecoder().decode(bytes);
        if (!cold && !await refuses(peer, text, at)) throw new Error(`${peer} does not refuse a changed file`);
        return prepare(peer, text, at);
      },
    };
  },
};

let host;
const checks = [];

process.on('message', async ({ begin, which, file, count }) => {
  try {
    if (begin) {
      host = await hosts[begin.kind](begin);
      return process.send({ took: host.took });
    }
    checks[which] ??= await host.prepare(file);
    const taken = [];
    for (let i = 0; i < count; i += 1) {
      const start = performance.now();
      await checks[which]();
      taken.push(performance.now() - start);
    }
    return process.send({ taken });
  } catch (problem) {
    return process.send({ problem: String(problem?.stack ?? problem) });
  }
});
