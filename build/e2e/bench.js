// How fast a verification is, in the page, under node and natively, beside
// npm peers that do the same work, or part of it, on the same file: `make
// bench`. All take turns in one run, so that whatever else the machine does
// is shared out evenly; what counts are the ratios.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { basename, join } from 'node:path';

import { bundle } from './bench/bundle.js';
import { serve, startPage, startPeers } from './bench/chromium.js';
import { at, gather, list } from './bench/files.js';
import { buildNative, startNative, startNode } from './bench/process.js';
import { median, print, quantile, show } from './bench/table.js';
import { launch, root, serveSite } from './browser.js';

const cold = { rounds: 7, seconds: 60 };
const warm = { rounds: 30, turn: 10, seconds: 45, before: 150 };

const scraps = join(root, '.cache/bench');
mkdirSync(scraps, { recursive: true });

const files = await gather();
const paths = files.map(({ bytes }, i) => {
  const path = join(scraps, `file${i}`);
  writeFileSync(path, bytes);
  return path;
});
const trust = [{ name: basename(list), text: readFileSync(join(root, list), 'utf8') }];
const hosts = await prepareHosts();

// prepareHosts builds what is missing and gives a way to start each host.
async function prepareHosts() {
  const [forBrowser, forNode] = await Promise.all(['browser', 'node'].map(bundle));
  const native = buildNative();
  const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
  const wasm = readdirSync(join(root, 'dist/site'), { recursive: true }).find((name) => name.endsWith('.wasm'));
  const core = { kind: 'ours', wasm: join(root, 'dist/site', wasm), runtime: join(goroot, 'lib/wasm/wasm_exec.js'), trust, at };
  const site = await serveSite();
  const pages = await serve(site.origin, forBrowser);
  const browser = await launch();
  const { context } = browser;
  return {
    all: [
      { host: 'Chromium', who: 'ours', start: () => startPage(context, pages.ours, { at, trust }, files) },
      { host: 'Chromium', who: 'peer', start: (cold) => startPeers(context, pages.peers, { at, cold }, files) },
      { host: 'node', who: 'ours', start: () => startNode(core, files) },
      { host: 'node', who: 'peer', start: (cold) => startNode({ kind: 'peers', peers: forNode, at, cold }, files) },
      { host: 'native', who: 'ours', start: () => startNative(native, at, list, paths) },
    ],
    async close() {
      await browser.close();
      pages.close();
      site.close();
    },
  };
}

// able says whether a host can verify a file: not every file has a peer.
const able = ({ who }, file) => who === 'ours' || Boolean(file.peer);

// runCold starts every host anew for every file, in turns, and takes the
// first verification.
async function runCold() {
  const first = new Map();
  const compile = new Map();
  const start = new Map();
  const end = performance.now() + cold.seconds * 1000;
  let rounds = 0;
  for (; rounds < cold.rounds && (rounds < 3 || performance.now() < end); rounds += 1) {
    for (const [which, file] of files.entries()) {
      for (const entry of hosts.all.filter((entry) => able(entry, file))) {
        const host = await entry.start(true);
        try {
          const [taken] = await host.times(which, 1);
          add(first, key(entry, which), taken);
          if (host.took.compile) add(compile, entry.host, host.took.compile);
          if (host.took.start) add(start, `${entry.host} ${entry.who}`, host.took.start);
        } finally {
          await host.close();
        }
      }
    }
  }
  report(`Cold: the first verification after the start, medians (90th percentiles) of ${rounds}`, first);
  const starts = (name) => say(start.get(name));
  print('Starting, before that', ['', 'compile wasm', 'start it', 'load peers', 'n'], ['Chromium', 'node'].map((host) => [
    host, say(compile.get(host)), starts(`${host} ours`), starts(`${host} peer`), String(compile.get(host).length),
  ]));
}

// runWarm keeps all hosts running and has them take turns.
async function runWarm() {
  const taken = new Map();
  const running = [];
  try {
    for (const entry of hosts.all) running.push({ ...entry, ...await entry.start(false) });
    for (const entry of running) {
      for (const [which, file] of files.entries()) if (able(entry, file)) await entry.times(which, warm.before);
    }
    const end = performance.now() + warm.seconds * 1000;
    for (let round = 0; round < warm.rounds && (round < 5 || performance.now() < end); round += 1) {
      for (const [which, file] of files.entries()) {
        for (const entry of running.filter((entry) => able(entry, file))) {
          for (const one of await entry.times(which, warm.turn)) add(taken, key(entry, which), one);
        }
      }
    }
  } finally {
    for (const entry of running) await entry.close();
  }
  report(`Warm: medians (90th percentiles) of ${[...taken.values()][0].length}, in turns of ${warm.turn}`, taken);
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

function say(values) {
  return values ? `${show(median(values))} (${show(quantile(values, 0.9))})` : '';
}

function report(title, taken) {
  const head = ['', 'peer', ...['Chromium', 'node'].flatMap((host) => [`${host}: ours`, 'peer', 'ours/peer']), 'native'];
  print(title, head, files.map(({ name, peer }, which) => [
    name, peer || 'none',
    ...['Chromium', 'node'].flatMap((host) => {
      const [ours, theirs] = ['ours', 'peer'].map((who) => taken.get(`${host} ${who} ${which}`));
      return [say(ours), say(theirs), theirs ? (median(ours) / median(theirs)).toFixed(2) : ''];
    }),
    say(taken.get(`native ours ${which}`)),
  ]));
}

console.log(`Milliseconds on ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}. Ours is the whole verification with its report, a trust list read each time;`);
console.log('in the page that includes the way to the worker and back. jose checks a JWT\'s signature and dates only;');
console.log('jsigs (Digital Bazaar\'s JCS suites) the key\'s purpose besides. Neither looks at issuer, trust or the credential\'s rules.');

try {
  await runCold();
  await runWarm();
} finally {
  await hosts.close();
}
await runWorker();
