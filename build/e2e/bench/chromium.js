// Hosts in Chromium: the page as it is built, a bare page with a peer, and a
// bare page with our core. All are served so that they may use the fine clock,
// which a page has only where it is isolated; nothing else about them is
// changed.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';

import { doors } from '../doors.js';
import { expect } from './expect.js';

const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

// serve passes the built site on from its own server, under the name
// localhost, and serves the peers under 127.0.0.1, and the core and what it
// needs under another port of that: origins of their own, which Chromium keeps
// in a process each, since they are isolated.
export async function serve(site, peers, core) {
  const page = (title) => ['text/html', `<!doctype html><link rel="icon" href="data:,"><title>${title}</title>`];
  const bare = await listen({
    '/': page('core'),
    '/core.wasm': ['application/wasm', readFileSync(core.wasm)],
    '/core.js': ['text/javascript', Buffer.concat([core.runtime, ...doors].map((path) => readFileSync(path)))],
  });
  const others = await listen({
    '/': page('peer'),
    ...Object.fromEntries(Object.entries(peers).map(([peer, path]) => [`/${peer}.js`, ['text/javascript', readFileSync(path)]])),
  }, site);
  return {
    ours: `http://localhost:${others.port}/`, peers: `http://127.0.0.1:${others.port}/`, core: `http://127.0.0.1:${bare.port}/`,
    close: () => [bare, others].forEach(({ close }) => close()),
  };
}

async function listen(files, site) {
  const server = createServer((request, response) => {
    if (!site || !request.headers.host.startsWith('localhost')) {
      const [kind, body] = files[request.url] ?? [];
      return response.writeHead(body ? 200 : 404, { ...isolated, 'Content-Type': kind ?? 'text/plain' }).end(body);
    }
    return ask(site + request.url, { method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode, { ...answer.headers, ...isolated });
      answer.pipe(response);
    }).end();
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address();
  return { port, close: () => { server.closeAllConnections(); server.close(); } };
}

// startPage opens the built page, times what it does by itself to start its
// worker, and verifies by its own verify.js.
export async function startPage(context, address, { at, trust }, files) {
  const page = await open(context, address, watch);
  await page.waitForFunction(() => globalThis.bench.address());
  const took = await page.evaluate(async () => {
    const { verify } = globalThis.bench;
    await (await verify()).prepare();
    const { begin, compiled, ready } = globalThis.bench;
    return { compile: compiled - begin, start: ready - compiled };
  });
  return {
    took,
    times: async (which, count, most = 0) => {
      const { taken, wrong } = await page.evaluate(async ({ file, headlines, count, most, options }) => {
        const { verifyFile } = await globalThis.bench.verify();
        const bytes = Uint8Array.from(atob(file), (character) => character.charCodeAt(0));
        const taken = [];
        for (let sum = 0; taken.length < count && (!most || sum < most || taken.length < 3);) {
          const begin = performance.now();
          const found = await verifyFile(bytes, options);
          taken.push(performance.now() - begin);
          sum += taken.at(-1);
          if (found.credentials.map(({ headline }) => headline).join() !== headlines.join()) return { wrong: found };
        }
        return { taken };
      }, { file: files[which].bytes.toString('base64'), headlines: files[which].headlines, count, most, options: { at, online: false, trust } });
      if (wrong) expect(wrong, files[which].headlines);
      return taken;
    },
    close: () => page.close(),
  };
}

// watch runs before the page's own scripts. The module's name may carry a
// digest: it is found among what the page has loaded.
function watch() {
  const bench = globalThis.bench = {
    address: () => performance.getEntriesByType('resource').map(({ name }) => name).find((name) => /\/verify[^/]*\.js$/.test(name)),
    verify: () => import(bench.address()),
  };
  for (const name of ['compileStreaming', 'compile']) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      bench.begin = performance.now();
      const module = await original.apply(WebAssembly, given);
      bench.compiled = performance.now();
      return module;
    };
  }
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => { if (data.ready) bench.ready ??= performance.now(); });
    }
  };
}

// startCore runs the core that the page ships on a bare page's main thread, as
// the peers run: by its one function, and until its report has been parsed.
export async function startCore(context, address, { at, trust }, files) {
  const page = await open(context, address);
  await page.addScriptTag({ url: `${address}core.js` });
  const took = await page.evaluate(async () => {
    const binary = await (await fetch('core.wasm')).arrayBuffer();
    const begin = performance.now();
    const module = await WebAssembly.compile(binary);
    const compiled = performance.now();
    const go = new globalThis.Go();
    globalThis.openDoor(go, await WebAssembly.instantiate(module, go.importObject));
    return { compile: compiled - begin, start: performance.now() - compiled };
  });
  return {
    took,
    times: async (which, count, most = 0) => {
      const { taken, wrong } = await page.evaluate(async ({ file, headlines, count, most, options }) => {
        const bytes = Uint8Array.from(atob(file), (character) => character.charCodeAt(0));
        const taken = [];
        for (let sum = 0; taken.length < count && (!most || sum < most || taken.length < 3);) {
          const begin = performance.now();
          const found = JSON.parse(await globalThis.verify(bytes, options));
          taken.push(performance.now() - begin);
          sum += taken.at(-1);
          if (found.credentials.map(({ headline }) => headline).join() !== headlines.join()) return { wrong: found };
        }
        return { taken };
      }, { file: files[which].bytes.toString('base64'), headlines: files[which].headlines, count, most, options: { at, online: false, trust } });
      if (wrong) expect(wrong, files[which].headlines);
      return taken;
    },
    close: () => page.close(),
  };
}

// startPeer loads a peer, on the page's main thread: it has no worker to
// reach.
export async function startPeer(context, address, { peer, at, cold }, files) {
  const page = await open(context, address);
  const took = await page.evaluate(async (peer) => {
    const begin = performance.now();
    globalThis.peer = await import(`/${peer}.js`);
    globalThis.checks = [];
    return { start: performance.now() - begin };
  }, peer);
  return {
    took,
    times: (which, count, most = 1e9) => page.evaluate(async ({ which, peer, text, at, cold, count, most }) => {
      const { prepare, refuses, times } = globalThis.peer;
      if (!globalThis.checks[which]) {
        if (!cold && !await refuses(prepare, text, at)) throw new Error(`${peer} does not refuse a changed file`);
        globalThis.checks[which] = await prepare(text, at);
      }
      return times(globalThis.checks[which], count, most);
    }, { which, peer, text: String(files[which].bytes), at, cold, count, most }),
    close: () => page.close(),
  };
}

// startPrimitives verifies signatures by the browser's WebCrypto and does nothing
// else: so many, by one key that is at hand, all at once. Whoever verifies a file
// in this browser takes at least as long.
export async function startPrimitives(context, address, files) {
  const page = await open(context, address);
  return {
    took: {},
    times: (which, count, most = 1e9) => page.evaluate(async ({ primitive: { scheme, count: signatures }, count, most }) => {
      const curve = scheme !== 'Ed25519';
      const verifies = curve ? { name: 'ECDSA', hash: scheme === 'P-384' ? 'SHA-384' : 'SHA-256' } : { name: scheme };
      const data = new Uint8Array(64);
      const { publicKey, privateKey } = await crypto.subtle.generateKey(curve ? { name: 'ECDSA', namedCurve: scheme } : verifies, false, ['sign', 'verify']);
      const values = await Promise.all(Array.from({ length: signatures }, () => crypto.subtle.sign(verifies, privateKey, data)));
      const taken = [];
      for (let sum = 0; taken.length < count && (sum < most || taken.length < 3);) {
        const begin = performance.now();
        const good = await Promise.all(values.map((value) => crypto.subtle.verify(verifies, publicKey, value, data)));
        taken.push(performance.now() - begin);
        sum += taken.at(-1);
        if (!good.every((yes) => yes === true)) throw new Error('a signature does not hold');
      }
      return taken;
    }, { primitive: files[which].primitive, count, most }),
    close: () => page.close(),
  };
}

async function open(context, address, script) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  if (script) await page.addInitScript(script);
  await page.goto(address, { waitUntil: 'load' });
  if (!await page.evaluate(() => globalThis.crossOriginIsolated)) throw new Error(`${address} has no fine clock`);
  return page;
}
