// How long an answer takes, from our shim and from the library's own, in one
// run on one machine: `node build/e2e/worker.bench.js`.

import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root, startEmpty, startStock, startWorker } from './worker.host.js';

// compare measures both with the same file and lists, one request at a time
// and 64 at once, and gives the percentiles in milliseconds. They take turns,
// so that whatever else the machine does is shared out evenly. A third, which
// reads the body and answers with the same number of bytes, tells what of it
// is the way there and back.
export async function compare(file, { trust, ours, stock, log }) {
  const running = {};
  try {
    let length; // of an answer
    for (const [name, start, count] of [['ours', () => startWorker({ trust }), ours], ['stock', () => startStock({ trust }), stock], ['empty', () => startEmpty(length), ours]]) {
      const worker = running[name] = { ...await start(), count, agent: new Agent({ keepAlive: true, maxSockets: 64 }) };
      worker.ask = async () => {
        const begin = performance.now();
        ({ length } = await post(worker, file));
        return performance.now() - begin;
      };
      worker.first = await worker.ask();
      for (let i = 0; i < before[name]; i += 1) await worker.ask();
    }
    for (const [how, measure] of [['alone', inRow], ['together', (ask, count) => crowd(ask, 64, Math.max(count, 64))]]) {
      for (let turn = 0; turn < turns; turn += 1) {
        for (const worker of Object.values(running)) {
          (worker[how] ??= []).push(...await measure(worker.ask, Math.ceil(worker.count / turns)));
        }
      }
    }
    const found = {};
    for (const [name, worker] of Object.entries(running)) {
      found[name] = { alone: percentiles(worker.alone), together: percentiles(worker.together) };
      log(`${name.padEnd(6)} first ${show(worker.first)}; one at a time ${say(found[name].alone)}; 64 at once ${say(found[name].together)}; workerd ${worker.resident() >> 20} MiB`);
    }
    log(`stock / ours: ${(found.stock.alone.p50 / found.ours.alone.p50).toFixed(1)} one at a time, ${(found.stock.together.p50 / found.ours.together.p50).toFixed(1)} at 64`);
    return found;
  } finally {
    for (const { agent, close } of Object.values(running)) {
      agent?.destroy();
      await close();
    }
  }
}

const turns = 5;

// How many answers go before: so many that none gets faster any more, as V8
// comes to compile what is used most. (The stock shim's instances share what
// is compiled.)
const before = { ours: 2000, stock: 150, empty: 1000 };

// post gives the body of the answer. It is node's plain client: what fetch
// does besides takes longer than some of the answers.
function post({ port, agent }, file) {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, agent, path: '/verify?offline=1', method: 'POST', headers: { 'Content-Length': file.length } }, (response) => {
      const pieces = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(pieces);
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`${response.statusCode} ${body}`));
      });
    });
    asked.on('error', reject);
    asked.end(file);
  });
}

async function inRow(ask, count) {
  const taken = [];
  for (let i = 0; i < count; i += 1) taken.push(await ask());
  return taken;
}

// register is a list of so many issuers by DID, as a national register might
// have them.
export function register(count) {
  const issuers = Array.from({ length: count }, (_, i) => ({
    names: { en: `Provider of Learning ${i}` },
    country: 'XX',
    vouches: ['identity'],
    source: `https://register.example/entries/${i}`,
    identifiers: [{ did: `did:web:provider-${i}.example` }],
  }));
  return [{ name: 'register.json', text: JSON.stringify({ sealcheckTrustList: 1, name: 'Register', issued: '2026-01-01T00:00:00Z', issuers }) }];
}

// crowd keeps so many requests under way until the count is reached.
async function crowd(ask, width, count) {
  const taken = [];
  let left = count;
  await Promise.all(Array.from({ length: width }, async () => {
    while (left-- > 0) taken.push(await ask());
  }));
  return taken;
}

function percentiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { p50: at(0.5), p99: at(0.99) };
}

const show = (milliseconds) => `${milliseconds.toFixed(milliseconds < 10 ? 2 : 1)} ms`;
const say = ({ p50, p99 }) => `p50 ${show(p50)}, p99 ${show(p99)}`;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const name of ['vc-jwt-es256.jwt', 'vc-jwt-eddsa.jwt']) {
    for (const count of [0, 2000]) {
      console.log(`${name}, ${count ? `a list of ${count} issuers` : 'no list'}`);
      const trust = count ? register(count) : [];
      await compare(readFileSync(join(root, 'testdata/credentials', name)), { trust, ours: 1000, stock: 100, log: console.log });
    }
  }
}
