// One runtime under node: our core, from the wasm that the page ships, or a
// peer. It answers what its parent asks for; see process.js.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import { doors } from '../doors.js';
import { expect } from './expect.js';
import { times } from './peers/run.js';

const require = createRequire(import.meta.url);

const hosts = {
  async ours({ wasm, runtime, trust, at }) {
    const binary = readFileSync(wasm);
    for (const script of [runtime, ...doors]) require(script); // sets globalThis.Go and openDoor
    const begin = performance.now();
    const module = await WebAssembly.compile(binary);
    const compiled = performance.now();
    const go = new globalThis.Go();
    const instance = await WebAssembly.instantiate(module, go.importObject);
    globalThis.openDoor(go, instance);
    const started = performance.now();
    const prepare = ({ bytes, headlines }) => async () => {
      expect(JSON.parse(await globalThis.verify(bytes, { at, online: false, trust })), headlines);
    };
    return { prepare, took: { compile: compiled - begin, start: started - compiled } };
  },
  async peer({ peer, bundle, at, cold }) {
    const begin = performance.now();
    const { prepare, refuses } = await import(pathToFileURL(bundle));
    const took = { start: performance.now() - begin };
    return {
      took,
      async prepare({ bytes }) {
        const text = new TextDecoder().decode(bytes);
        if (!cold && !await refuses(prepare, text, at)) throw new Error(`${peer} does not refuse a changed file`);
        return prepare(text, at);
      },
    };
  },
};

let host;
const checks = [];

process.on('message', async ({ begin, which, file, count, most }) => {
  try {
    if (begin) {
      host = await hosts[begin.kind](begin);
      return process.send({ took: host.took });
    }
    checks[which] ??= await host.prepare(file);
    return process.send({ taken: await times(checks[which], count, most) });
  } catch (problem) {
    return process.send({ problem: String(problem?.stack ?? problem) });
  }
});
