// How fast a verification is, in the page, under node and natively, beside
// peers that do the same work, or part of it, on the same file: `make bench`.
// All take turns in one run, so that whatever else the machine does is shared
// out evenly; what counts are the ratios. Whoever comes to another result than
// it must ends the run.

import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';

import { bundle, peers } from './bench/bundle.js';
import { serve, startCore, startPage, startPeer, startPrimitives } from './bench/chromium.js';
import { at, gather, lay, trust as makeTrust } from './bench/files.js';
import { buildNative, startNative, startNode } from './bench/process.js';
import { columns, median, print, say } from './bench/table.js';
import { launch, root, serveSite } from './browser.js';

// Milliseconds, but for counts.
const cold = { rounds: 7, least: 3, most: 50_000 };
// Warm is what no longer gets faster. Whatever runs in a browser is compiled
// anew, and better, the more often it runs; what is compiled to WebAssembly
// needs some thousand times for that.
const warm = { rounds: 40, least: 5, most: 80_000, before: { count: 3_000, most: 3_000 }, turn: { count: 10, most: 100 } };

const files = await gather();
const trust = makeTrust(files);
const description = lay(join(root, '.cache/bench'), files, trust);
const hosts = await prepareHosts();

// prepareHosts builds what is missing and gives a way to start each host.
async function prepareHosts() {
  const [forBrowser, forNode] = await Promise.all(['browser', 'node'].map(bundle));
  const native = buildNative();
  const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
  const wasm = readdirSync(join(root, 'build/dist/site'), { recursive: true }).find((name) => name.endsWith('.wasm'));
  const core = { kind: 'ours', wasm: join(root, 'build/dist/site', wasm), runtime: join(goroot, 'lib/wasm/wasm_exec.js'), trust, at };
  const site = await serveSite();
  const pages = await serve(site.origin, forBrowser, core);
  const browser = await launch();
  const { context } = browser;
  return {
    all: [
      { host: 'Chromium', who: 'ours', start: () => startCore(context, pages.core, { at, trust }, files) },
      { host: 'Chromium', who: 'page', start: () => startPage(context, pages.ours, { at, trust }, files) },
      { host: 'Chromium', who: 'primitives', start: () => startPrimitives(context, pages.core, files) },
      ...peers.map((peer) => ({ host: 'Chromium', who: peer, start: (cold) => startPeer(context, pages.peers, { peer, at, cold }, files) })),
      { host: 'node', who: 'ours', start: () => startNode(core, files) },
      ...peers.map((peer) => ({ host: 'node', who: peer, start: (cold) => startNode({ kind: 'peer', peer, bundle: forNode[peer], at, cold }, files) })),
      ...['ours', 'json-gold'].map((who) => ({ host: 'native', who, start: () => startNative(native, description, who) })),
    ],
    async close() {
      await browser.close();
      pages.close();
      site.close();
    },
  };
}

// able says whether a host can verify a file: not every file has every peer.
function able({ who }, file) {
  if (who === 'json-gold') return Boolean(file.canonical);
  if (who === 'primitives') return Boolean(file.primitive);
  return ['ours', 'page'].includes(who) || file.peers.includes(who);
}

// runCold starts every host anew for every file, in turns, and takes the
// first verification.
async function runCold() {
  const first = new Map();
  const took = new Map();
  const end = performance.now() + cold.most;
  let rounds = 0;
  for (; rounds < cold.rounds && (rounds < cold.least || performance.now() < end); rounds += 1) {
    for (const [which, file] of files.entries()) {
      if (!file.cold) continue;
      for (const entry of hosts.all.filter((entry) => entry.host !== 'native' && entry.who !== 'primitives' && able(entry, file))) {
        const host = await entry.start(true);
        try {
          const [taken] = await host.times(which, 1);
          add(first, key(entry, which), taken);
          for (const [what, milliseconds] of Object.entries(host.took)) add(took, `${entry.host} ${entry.who} ${what}`, milliseconds);
        } finally {
          await host.close();
        }
      }
    }
  }
  const title = `the first verification after the start, medians (90th percentiles) of ${rounds}`;
  for (const host of ['Chromium', 'node']) report(`Cold, ${host}: ${title}`, host, first);
  print('Starting, before that', ['', 'compile our wasm', 'start it', ...peers.map((peer) => `load ${columns[peer]}`)], ['Chromium', 'node'].map((host) => [
    host, ...['compile', 'start'].map((what) => say(took.get(`${host} ${host === 'Chromium' ? 'page' : 'ours'} ${what}`))), ...peers.map((peer) => say(took.get(`${host} ${peer} start`))),
  ]));
}

// runWarm keeps all hosts running and has them take turns.
async function runWarm() {
  const taken = new Map();
  const running = [];
  try {
    for (const entry of hosts.all) running.push({ ...entry, ...await entry.start(false) });
    for (const [which, file] of files.entries()) {
      for (const entry of running) if (able(entry, file)) await entry.times(which, warm.before.count, warm.before.most);
    }
    const end = performance.now() + warm.most;
    for (let round = 0; round < warm.rounds && (round < warm.least || performance.now() < end); round += 1) {
      for (const [which, file] of files.entries()) {
        for (const entry of running.filter((entry) => able(entry, file))) {
          for (const one of await entry.times(which, warm.turn.count, warm.turn.most)) add(taken, key(entry, which), one);
        }
      }
    }
  } finally {
    for (const entry of running) await entry.close();
  }
  const title = `medians (90th percentiles), after up to ${warm.before.count} verifications or ${warm.before.most / 1000} s, in turns of up to ${warm.turn.count}`;
  report(`Warm, Chromium: ${title}`, 'Chromium', taken, true);
  report(`Warm, node: ${title}`, 'node', taken);
  print(`Warm, natively: ${title}. json-gold canonicalises document and proof options, and does no more`, ['', 'ours, all', 'json-gold, that', 'times as fast'], files.map(({ name }, which) => {
    const [ours, theirs] = ['ours', 'json-gold'].map((who) => taken.get(key({ host: 'native', who }, which)));
    return [name, say(ours), say(theirs), theirs ? (median(theirs) / median(ours)).toFixed(1) : ''];
  }));
}

// runWorker has the worker's own bench measure the edge worker, where it is
// built.
async function runWorker() {
  console.log('\nThe edge worker in workerd, the way that it is shipped (ours) and the library\'s (stock)\n');
  try {
    const { compare } = await import('./worker.bench.js');
    for (const { name, bytes } of files.slice(0, 2)) {
      console.log(name);
      await compare(bytes, { trust, ours: 300, stock: 60, log: (line) => console.log(`  ${line}`) });
    }
  } catch (problem) {
    console.log(`not measured: ${problem.message}`);
    process.exitCode = 1;
  }
}

const key = ({ host, who }, which) => `${host} ${who} ${which}`;

function add(map, name, value) {
  if (!map.has(name)) map.set(name, []);
  map.get(name).push(value);
}

// report prints a row for each file: ours, the peers, and how many times as
// fast as the fastest peer ours is; in Chromium also ours through the page; and
// where asked for, what the goal is, whether ours, called as the peers are, comes
// up to it, and how many times as fast a verifier could be at the most.
function report(title, host, taken, goals = false) {
  const ways = host === 'Chromium' ? ['ours', 'page'] : ['ours'];
  const rows = [];
  for (const [which, { name, less, goal }] of files.entries()) {
    const [ours, ...paged] = ways.map((who) => taken.get(key({ host, who }, which)));
    if (!ours) continue;
    const primitives = taken.get(key({ host, who: 'primitives' }, which));
    const theirs = peers.map((peer) => ({ peer, times: taken.get(key({ host, who: peer }, which)) }));
    const [fastest] = theirs.filter(({ peer, times }) => times && !less.includes(peer)).map(({ times }) => median(times)).sort((a, b) => a - b);
    const ratio = (times) => fastest / median(times);
    const judge = (times) => (ratio(times) >= goal.aim ? 'reached' : ratio(times) >= goal.least ? 'met' : 'NOT MET');
    rows.push([
      name, say(ours), ...paged.map(say), ...theirs.map(({ peer, times }) => say(times) + (times && less.includes(peer) ? ' *' : '')), ...(goals ? [say(primitives)] : []),
      ...[ours, ...paged].map((times) => (fastest ? ratio(times).toFixed(2) : '')),
      ...(goals ? goal ? [goal.least.toFixed(goal.least < 1 ? 2 : 0), String(goal.aim), ...[ours, ...paged].map(judge), ratio(primitives).toFixed(1)] : ['', '', ...ways.map(() => ''), ''] : []),
    ]);
  }
  const two = ways.length > 1;
  print(title, [
    '', 'ours', ...(two ? ['ours, page'] : []), ...peers.map((peer) => columns[peer]), ...(goals ? ['signatures alone'] : []), 'times as fast', ...(two ? ['page'] : []),
    ...(goals ? ['goal', 'aim', '', ...(two ? ['page'] : []), 'none can be'] : []),
  ], rows);
}

console.log(`Milliseconds on ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}. Ours is the whole verification with its report, parsed, by a trust list. "Ours" is`);
console.log('called as the peers are: on a bare page\'s main thread, with nothing else in it. "Ours, page" is what the page does, which keeps its main thread free:');
console.log('the same core in a Web Worker, with the way there and back. vc (@digitalbazaar/vc) and verifier-core (@digitalcredentials) verify wholly, with contexts and');
console.log('keys at hand, but know no trust list; verifier-core is also asked about issuers, of an empty registry. Of a presentation it cannot verify the proof for');
console.log('authentication (*): what it takes for the rest is shown and not compared. jsigs (Digital Bazaar\'s JCS suites) checks signature and purpose; jose a JWT\'s');
console.log('signature and dates. "Times as fast" is the fastest peer\'s median by ours. A trust list is read once, as long as it is the same. "Signatures alone" is');
console.log('this browser\'s WebCrypto on the file\'s signatures and nothing else: no verifier in it can take less time, nor be more times as fast than "none can be" says.');

const begin = performance.now();
try {
  await runCold();
  await runWarm();
} finally {
  await hosts.close();
}
await runWorker();
console.log(`\n${Math.round((performance.now() - begin) / 1000)} s in all`);
