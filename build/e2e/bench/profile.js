// Where the time of a verification goes, natively and in wasm under node:
//
//	node build/e2e/bench/profile.js NAME...
//
// where each NAME is part of the name of one of the bench's files.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { root } from '../browser.js';
import { doors } from '../doors.js';
import { expect } from './expect.js';
import { at, gather, lay, trust as makeTrust } from './files.js';
import { buildNative } from './process.js';

const warming = 1500; // milliseconds
const looking = 5000;

const files = await gather();
const trust = makeTrust(files);
const description = lay(join(root, '.cache/bench'), files, trust);
const wanted = process.argv.slice(2).map((part) => files.find(({ name }) => name.includes(part)) ?? fail(`no file is called ${part}`));
if (wanted.length === 0) fail(`say a part of a name: ${files.map(({ name }) => name).join('; ')}`);

const native = buildNative();
await startCore();
for (const file of wanted) {
  console.log(`\nNatively, ${execFileSync(native, ['-profile', file.name, description], { encoding: 'utf8' })}`);
  await profile(file);
}
process.exit();

// startCore runs the page's core, compiled with the same flags but with its
// functions' names left in.
async function startCore() {
  const named = join(root, '.cache/bench/named.wasm');
  const flags = readFileSync(join(root, 'build/wasm.go'), 'utf8').match(/"-gcflags=[^"]*"/g).map((flag) => flag.slice(1, -1));
  execFileSync('go', ['build', '-trimpath', '-ldflags=-w', ...flags, '-o', named, './wasm/browser'], { cwd: root, stdio: 'inherit', env: { ...process.env, GOOS: 'js', GOARCH: 'wasm', CGO_ENABLED: '0' } });
  const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
  for (const script of [join(goroot, 'lib/wasm/wasm_exec.js'), ...doors]) createRequire(import.meta.url)(script); // sets globalThis.Go and openDoor
  const go = new globalThis.Go();
  const { instance } = await WebAssembly.instantiate(readFileSync(named), go.importObject);
  globalThis.openDoor(go, instance);
}

async function profile({ name, bytes, headlines }) {
  const repeat = async (least) => {
    const begin = performance.now();
    let count = 0;
    for (; performance.now() - begin < least; count += 1) {
      expect(JSON.parse(await globalThis.verify(bytes, { at, online: false, trust })), headlines);
    }
    return (performance.now() - begin) / count;
  };
  await repeat(warming);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  const each = await repeat(looking);
  const { profile: found } = await session.post('Profiler.stop');
  session.disconnect();

  console.log(`In wasm, ${name}: ${each.toFixed(3)} ms each`);
  const { self, all, packages } = sum(found);
  for (const [title, lines, times] of [
    ['by package', 25, packages],
    ['by function, by itself', 25, self],
    // What everything runs in is no news.
    ['by function of ours or of the adapter, with all that it calls', 60, new Map([...all].filter(([what, share]) => share < 0.9 && /sealcheck|^main\.|^encoding_json/.test(what)))],
    ["by function of Go's runtime, with all that it calls", 15, new Map([...all].filter(([what, share]) => share < 0.9 && /^runtime\./.test(what)))],
  ]) {
    console.log(`\n  ${title}`);
    for (const [what, share] of [...times].sort(([, a], [, b]) => b - a).slice(0, lines)) {
      console.log(`  ${(100 * share).toFixed(1).padStart(5)} %  ${(share * each).toFixed(3)} ms  ${what}`);
    }
  }
}

// sum gives the shares of the samples: every function's, by itself and with
// all that it calls (one that calls itself counts once), and every package's.
function sum({ nodes, samples }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) for (const child of node.children ?? []) byId.get(child).parent = node;
  const [self, all, packages] = [new Map(), new Map(), new Map()];
  const add = (map, name) => map.set(name, (map.get(name) ?? 0) + 1 / samples.length);
  for (const id of samples) {
    const node = byId.get(id);
    add(self, nameOf(node));
    add(packages, packageOf(nameOf(node)));
    const names = new Set();
    for (let at = node; at; at = at.parent) names.add(nameOf(at));
    for (const name of names) add(all, name);
  }
  return { self, all, packages };
}

// In wasm, Go's slashes are underscores.
function nameOf({ callFrame: { functionName, url } }) {
  return (functionName || url || '(nameless)').replace('github.com_sealcheck_sealcheck_', 'sealcheck/');
}

function packageOf(name) {
  return /^sealcheck|^[a-z0-9_/]+\.|^github\.com/.test(name) ? name.replace(/^(github\.com_)?([^.]*)\..*$/, '$1$2') : 'JavaScript';
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
