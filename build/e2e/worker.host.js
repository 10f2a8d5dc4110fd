// workerd, with the worker as it is built, and the recorded hosts behind its
// only way out.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import workerd from 'workerd'; // the path of the program

import { entryOf } from './hosts.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const built = join(root, 'build/dist/worker');
const scraps = join(root, '.cache/workerd');

// startWorker runs the built worker: by the configuration that is shipped,
// with the lists that are shipped or the given ones; or, given a port, by the
// tests' own entry, whose requests to other hosts all go to that port of this
// machine.
export async function startWorker({ port, trust } = {}) {
  if (!existsSync(join(built, 'config.capnp'))) throw new Error('build/dist/worker is not there: run `make worker`');
  if (!port && !trust) return serve(built, 'config.capnp');
  const folder = fresh(port ? 'worker' : 'listing');
  cpSync(built, folder, { recursive: true });
  if (trust) writeFileSync(join(folder, 'lists.mjs'), `export const trust = ${JSON.stringify(trust)};\nexport const keys = [];\n`);
  if (!port) return serve(folder, 'config.capnp');
  cpSync(join(root, 'build/e2e/worker.entry.js'), join(folder, 'worker.mjs'));
  const config = readFileSync(join(folder, 'config.capnp'), 'utf8');
  writeFileSync(join(folder, 'config.capnp'), config
    .replace(/\(name = "internet".*\n/, `(name = "recorded", external = (address = "127.0.0.1:${port}", http = (style = proxy))),\n`)
    .replace('v8Flags = [', 'v8Flags = ["--expose-gc", ')
    .replace('compatibilityDate', 'globalOutbound = "recorded",\n  compatibilityDate'));
  return serve(folder, 'config.capnp');
}

// startStock runs the same handler, with the given lists, the way the
// library's template has it.
export async function startStock({ trust }) {
  const folder = fresh('stock');
  // workers-assets-gen empties its folder.
  const go = (args, env) => execFileSync('go', args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  go(['run', 'github.com/syumai/workers/cmd/workers-assets-gen', '-mode=go', '-o', folder]);
  go(['build', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-tags=stock', '-o', join(folder, 'app.wasm'), './wasm/worker'], { GOOS: 'js', GOARCH: 'wasm' });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ trust }));
  writeFileSync(join(folder, 'config.capnp'), `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "stock", worker = (
    modules = [
      (name = "worker.mjs", esModule = embed "worker.mjs"),
      (name = "runtime.mjs", esModule = embed "runtime.mjs"),
      (name = "wasm_exec.js", esModule = embed "wasm_exec.js"),
      (name = "app.wasm", wasm = embed "app.wasm"),
    ],
    compatibilityDate = "2026-06-01",
    bindings = [(name = "SETTINGS", text = embed "settings.json")],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "stock")],
);
`);
  return serve(folder, 'config.capnp');
}

// startEmpty runs a worker that does nothing but to read the body and to answer
// with so many bytes.
export async function startEmpty(length) {
  const folder = fresh('empty');
  writeFileSync(join(folder, 'worker.mjs'), `const body = ' '.repeat(${length});
export default { async fetch(request) {
  await request.arrayBuffer();
  return new Response(body, { headers: { 'Content-Type': 'application/json' } });
} };
`);
  writeFileSync(join(folder, 'config.capnp'), `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "empty", worker = (modules = [(name = "worker.mjs", esModule = embed "worker.mjs")], compatibilityDate = "2026-06-01"))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "empty")],
);
`);
  return serve(folder, 'config.capnp');
}

function fresh(name) {
  const folder = join(scraps, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

export async function serve(folder, config) {
  const child = spawn(workerd.default, ['serve', config, '--socket-addr', 'http=127.0.0.1:0', '--control-fd=3'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  process.once('exit', () => child.kill());
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { said = (said + data).slice(-100_000); });
  const port = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`workerd ended with ${code}: ${said}`)));
    createInterface(child.stdio[3]).on('line', (line) => {
      const { event, port } = JSON.parse(line);
      if (event === 'listen') resolve(port);
    });
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    port,
    said: () => said,
    state: async () => (await fetch(`${origin}/-/state`)).json(),
    set: (settings, time) => fetch(`${origin}/-/settings`, { method: 'PUT', body: JSON.stringify({ settings, time }) }),
    // resident is how much memory the whole of workerd takes, in bytes.
    resident: () => 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]),
    async close() {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

// serveRecorded answers for every host, as a proxy does, from a folder of
// testdata/network. answer may answer a request itself, by returning true.
export async function serveRecorded() {
  const state = { folder: '', index: {}, led: new Map(), missing: [], seen: [], answer: () => false };
  const server = createServer({ requireHostHeader: false }, (request, response) => {
    const address = request.url;
    state.seen.push({ method: request.method, address, headers: request.headers });
    if (state.answer(request, response)) return;
    const entry = entryOf(state, address);
    if (!entry) state.missing.push(address);
    if (entry?.error === 'timeout') return; // until the other side has had enough
    if (!entry || entry.status === 0 || ['unreachable', 'name'].includes(entry.error)) return void request.socket.destroy();
    response.writeHead(entry.status ?? 200, {
      'Content-Type': entry.contentType ?? 'application/json',
      ...(entry.location ? { Location: entry.location } : {}),
    });
    response.end(entry.body ?? (entry.file ? readFileSync(join(state.folder, entry.file)) : ''));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    state,
    record(name) {
      const folder = name ? join(root, 'testdata/network', name) : '';
      Object.assign(state, { folder, led: new Map(), missing: [], seen: [], answer: () => false });
      state.index = folder ? JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) : {};
    },
    close: () => { server.closeAllConnections(); server.close(); },
  };
}
