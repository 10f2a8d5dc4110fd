// The host's own signatures against Go code, in the hosts that have them: the
// tests of wasm/internal/webcrypto, which run under node by `make test-wasm`,
// in a Web Worker of Chromium and in workerd; and where the host opens a door
// for them, as the page does, also by that.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { launch, root } from './browser.js';
import { doors } from './doors.js';
import { serve } from './worker.host.js';

const folder = join(root, '.cache/webcrypto');
const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
const runtime = readFileSync(join(goroot, 'lib/wasm/wasm_exec.js'), 'utf8');
const door = readFileSync(doors[0], 'utf8');
const wycheproof = join(root, '../shared/vectors/wycheproof');

// BENCH=. for how long it takes, instead.
const flags = ['-test.v', ...(process.env.BENCH ? ['-test.run=^$', `-test.bench=${process.env.BENCH}`] : [])];

// What is left out: nothing but in a host without some of what it needs.
const leaving = (...names) => (names.length ? [`-test.skip=${names.join('|')}`] : []);

before(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync('go', ['test', '-c', '-trimpath', '-o', join(folder, 'test.wasm'), './wasm/internal/webcrypto'], { cwd: root, env: { ...process.env, GOOS: 'js', GOARCH: 'wasm' }, stdio: 'inherit' });
});

// vectors are handed over as texts. Where they are not there, that is a fault
// in continuous integration only.
function vectors() {
  const names = ['ed25519_test.json', 'ecdsa_secp256r1_sha256_p1363_test.json', 'rsa_signature_2048_sha256_test.json'];
  if (!existsSync(wycheproof)) {
    assert.ok(!process.env.CI, 'the vectors are not there');
    return undefined;
  }
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(wycheproof, name), 'utf8')]));
}

// run is what every host does with the program: its exit code, what it wrote,
// and how often it came by the door.
const run = `async (module, vectors, flags) => {
  globalThis.vectors = vectors;
  let said = '', code;
  globalThis.fs.writeSync = (_, data) => { said += new TextDecoder().decode(data); return data.length; };
  const go = new Go();
  go.argv = ['webcrypto', ...flags];
  go.exit = (with_) => { code = with_; };
  const instance = await WebAssembly.instantiate(module, go.importObject);
  let asked = 0;
  if (globalThis.signatureDoor) {
    globalThis.signatureDoorTo = (subtle) => globalThis.signatureDoor(go, instance, subtle);
    const { verifySignature } = globalThis.signatureDoorTo();
    globalThis.sealcheck = { verifySignature: (at) => { asked += 1; verifySignature(at); } };
  }
  await go.run(instance);
  return { code, said, asked };
}`;

function judge(t, { code, said }) {
  if (process.env.BENCH) console.log(said);
  const skipped = said.match(/^ *--- SKIP.*$/gm) ?? [];
  for (const line of skipped) t.diagnostic(line);
  assert.equal(code, 0, said);
  assert.ok((said.match(/^--- PASS/gm) ?? []).length > 5 || process.env.BENCH, said);
}

for (const by of ['', 'by the door']) test(`in Chromium ${by}`.trim(), { timeout: 120_000 }, async (t) => {
  const given = vectors();
  const script = `${runtime}\n${by && door}\nonmessage = async ({ data }) => postMessage(await (${run})(await WebAssembly.compileStreaming(fetch('/test.wasm')), data.vectors, data.flags));`;
  const files = { '/': ['text/html', '<!doctype html><link rel="icon" href="data:,">'], '/worker.js': ['text/javascript', script], '/test.wasm': ['application/wasm', readFileSync(join(folder, 'test.wasm'))] };
  const server = createServer((request, response) => {
    const [type, body] = files[request.url] ?? ['text/plain', ''];
    response.writeHead(200, { 'Content-Type': type, 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }).end(body);
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const browser = await launch();
  try {
    const page = await browser.context.newPage();
    await page.goto(`http://localhost:${server.address().port}/`);
    const found = await page.evaluate((message) => new Promise((resolve, reject) => {
      const worker = new Worker('/worker.js');
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message: text }) => reject(new Error(text));
      worker.postMessage(message);
    }), { vectors: given, flags: [...flags, ...leaving(...(given ? [] : ['Wycheproof']))] });
    judge(t, found);
    assert.equal(found.asked > 100, by !== '', `asked ${found.asked} times`);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
});

// Its clock stands still while anything runs: there, nothing can be timed.
test('in workerd', { timeout: 120_000, skip: Boolean(process.env.BENCH) }, async (t) => {
  const given = vectors();
  writeFileSync(join(folder, 'runtime.js'), runtime);
  writeFileSync(join(folder, 'worker.mjs'), `import './runtime.js';
import module from './test.wasm';
const run = ${run};
export default { async fetch(request) {
  const { vectors, flags } = await request.json();
  return Response.json(await run(module, vectors, flags));
} };
`);
  writeFileSync(join(folder, 'config.capnp'), `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "test", worker = (
    modules = [
      (name = "worker.mjs", esModule = embed "worker.mjs"),
      (name = "runtime.js", esModule = embed "runtime.js"),
      (name = "test.wasm", wasm = embed "test.wasm"),
    ],
    compatibilityDate = "2026-06-01",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "test")],
);
`);
  const worker = await serve(folder, 'config.capnp');
  try {
    // It makes no code of texts, as those two do to be bad hosts.
    const left = leaving('TestHoldsOfBrokenHosts', 'TestHoldsAsksOnce', ...(given ? [] : ['Wycheproof']));
    const response = await fetch(worker.origin, { method: 'POST', body: JSON.stringify({ vectors: given, flags: [...flags, ...left] }) });
    const text = await response.text();
    assert.equal(response.status, 200, text + worker.said());
    judge(t, JSON.parse(text));
  } finally {
    await worker.close();
  }
});
