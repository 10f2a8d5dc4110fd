// Hosts in Chromium: the page as it is built, and a bare page with the peers.
// Both are served so that they may use the fine clock, which a page has only
// where it is isolated; nothing else about them is changed.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';

const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

// serve passes the built site on from its own server, under the name
// localhost, and serves the peers under 127.0.0.1: two sites, which Chromium
// keeps in two processes.
export async function serve(site, peers) {
  const files = {
    '/': ['text/html', '<!doctype html><link rel="icon" href="data:,"><title>peers</title>'],
    '/peers.js': ['text/javascript', readFileSync(peers)],
  };
  const server = createServer((request, response) => {
    if (!request.headers.host.startsWith('localhost')) {
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
  return { ours: `http://localhost:${port}/`, peers: `http://127.0.0.1:${port}/`, close: () => { server.closeAllConnections(); server.close(); } };
}

// startPage opens the built page, times what it does by itself to start its
// worker, and verifies by its own verify.js.
export async function startPage(context, address, { at, trust }, files) {
  const page = await open(context, address, watch);
  const took = await page.evaluate(async () => {
    const { verify } = globalThis.bench;
    await (await verify()).prepare();
    const { begin, compiled, ready } = globalThis.bench;
    return { compile: compiled - begin, start: ready - compiled };
  });
  return {
    took,
    times: (which, count) => page.evaluate(async ({ file, count, options }) => {
      const { verifyFile } = await globalThis.bench.verify();
      const bytes = Uint8Array.from(atob(file), (character) => character.charCodeAt(0));
      const taken = [];
      for (let i = 0; i < count; i += 1) {
        const begin = performance.now();
        const { headline } = await verifyFile(bytes, options);
        taken.push(performance.now() - begin);
        if (headline !== 'verified') throw new Error(`${headline} instead of verified`);
      }
      return taken;
    }, { file: Buffer.from(files[which].bytes).toString('base64'), count, options: { at, online: false, trust } }),
    close: () => page.close(),
  };
}

// watch runs before the page's own scripts. The module's name may carry a
// digest: it is found among what the page has loaded.
function watch() {
  const bench = globalThis.bench = {
    verify: () => import(performance.getEntriesByType('resource').map(({ name }) => name).find((name) => /\/verify[^/]*\.js$/.test(name))),
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

// startPeers loads the peers, on the page's main thread: they have no worker
// to reach.
export async function startPeers(context, address, { at, cold }, files) {
  const page = await open(context, address);
  const took = await page.evaluate(async () => {
    const begin = performance.now();
    globalThis.peers = await import('/peers.js');
    globalThis.checks = [];
    return { start: performance.now() - begin };
  });
  return {
    took,
    times: (which, count) => page.evaluate(async ({ which, peer, text, at, cold, count }) => {
      const { prepare, refuses, times } = globalThis.peers;
      if (!globalThis.checks[which]) {
        if (!cold && !await refuses(peer, text, at)) throw new Error(`${peer} does not refuse a changed file`);
        globalThis.checks[which] = await prepare(peer, text, at);
      }
      return times(globalThis.checks[which], count);
    }, { which, peer: files[which].peer, text: String(files[which].bytes), at, cold, count }),
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
