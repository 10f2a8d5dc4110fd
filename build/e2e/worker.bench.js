// How long an answer takes, from our shim and from the library's own, in one
// run on one machine: `node build/e2e/worker.bench.js`.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root, startStock, startWorker } from './worker.host.js';

// compare measures both with the same file and lists, one request at a time
// and 64 at once, and gives the percentiles in milliseconds.
export async function compare(file, { trust, ours, stock, log }) {
  const found = {};
  for (const [name, start, count] of [['ours', startWorker, ours], ['stock', startStock, stock]]) {
    const worker = await start({ trust });
    try {
      const ask = async () => {
        const begin = performance.now();
        const response = await fetch(`${worker.origin}/verify?offline=1`, { method: 'POST', body: file });
        if (response.status !== 200) throw new Error(`${name}: ${response.status} ${await response.text()}`);
        await response.arrayBuffer();
        return performance.now() - begin;
      };
      const cold = await ask();
      for (let i = 0; i < count / 5; i += 1) await ask();
      const alone = [];
      for (let i = 0; i < count; i += 1) alone.push(await ask());
      const together = await crowd(ask, 64, Math.max(count, 128));
      found[name] = { alone: percentiles(alone), together: percentiles(together) };
      log(`${name.padEnd(6)} first ${show(cold)}; one at a time ${say(found[name].alone)}; 64 at once ${say(found[name].together)}; workerd ${worker.resident() >> 20} MiB`);
    } finally {
      await worker.close();
    }
  }
  return found;
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

const show = (milliseconds) => `${milliseconds.toFixed(1)} ms`;
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
