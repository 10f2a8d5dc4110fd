// How long an answer takes, from our shim and from the library's own, in one
// run on one machine: `node build/e2e/worker.bench.js`.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root, startStock, startWorker } from './worker.host.js';

// compare measures both, one request at a time and 64 at once, and gives the
// percentiles in milliseconds.
export async function compare(file, { ours, stock, log }) {
  const found = {};
  for (const [name, start, count] of [['ours', startWorker, ours], ['stock', startStock, stock]]) {
    const worker = await start();
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

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const name of ['vc-jwt-es256.jwt', 'vc-jwt-eddsa.jwt']) {
    console.log(name);
    await compare(readFileSync(join(root, 'testdata/credentials', name)), { ours: 2000, stock: 100, log: console.log });
  }
}
