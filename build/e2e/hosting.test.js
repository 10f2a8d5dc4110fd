// The built site on hosts that do less than ours: below some path, without any
// header of ours, packing some files or none.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { built, root } from './browser.js';
import { choose, desktop, press, session } from './session.js';

const { visit } = session();
const folder = join(root, 'build/dist/site');
const path = '/some/sub/path';
const kinds = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' };

// A host as simple as they come; `packs` are the endings of files that it
// sends packed; `unpacks` has it say of packed files that they are; `lacks`
// endings are not there.
async function host({ packs = [], unpacks = false, lacks = [] } = {}) {
  const sent = [];
  const server = createServer((request, response) => {
    const name = normalize(request.url.slice(path.length + 1) || 'index.html');
    const file = join(folder, name);
    if (!request.url.startsWith(path + '/') || name.startsWith('..') || lacks.includes(extname(name)) || !existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
    const packed = packs.includes(extname(name)) && existsSync(file + '.gz');
    const body = readFileSync(packed ? file + '.gz' : file);
    const bytes = { name, whole: body.length, sent: 0 };
    sent.push(bytes);
    response.writeHead(200, {
      'Content-Type': kinds[extname(name)] ?? 'application/octet-stream',
      ...(packed || (unpacks && name.endsWith('.gz')) ? { 'Content-Encoding': 'gzip' } : {}),
    });
    // In pieces, as a network would: what nobody wants any more is not sent.
    const next = (at) => {
      if (response.destroyed || at >= body.length) return response.end();
      bytes.sent += Math.min(65536, body.length - at);
      response.write(body.subarray(at, at + 65536));
      return setTimeout(next, 8, at + 65536); // some 60 Mbit/s
    };
    return next(0);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://127.0.0.1:${server.address().port}${path}`, sent, close: () => { server.closeAllConnections(); server.close(); } };
}

const sorts = {
  'that packs nothing': { options: {}, expect: ['.wasm', '.gz'], limit: 3e6 },
  'that packs everything': { options: { packs: ['.html', '.js', '.css', '.json', '.svg', '.wasm'] }, expect: ['.wasm'], limit: 3e6 },
  'that packs texts only': { options: { packs: ['.html', '.js', '.css'] }, expect: ['.wasm', '.gz'], limit: 3e6 },
  'that says packed files are packed': { options: { unpacks: true }, expect: ['.wasm', '.gz'], limit: 3e6 },
  'that has no packed files': { options: { lacks: ['.gz', '.br'] }, expect: ['.wasm', '.wasm'], limit: 13e6 },
};

describe('below a path', () => {
  for (const [about, { options, expect, limit }] of Object.entries(sorts)) {
    describe(`of a host ${about}`, () => {
      let simple;
      before(async () => { simple = await host(options); });
      after(() => simple?.close());
      visit('the page works', { ...desktop, origin: () => simple.origin, complaints: about.includes('no packed') }, async (page) => {
        assert.equal(await press(page, 'good'), 'verified');
        await page.click('.bar button');
        assert.equal(await choose(page, 'samples/altered.json'), 'altered');
        const core = simple.sent.filter(({ name }) => name.includes('.wasm'));
        assert.deepEqual(core.map(({ name }) => extname(name)), expect);
        const total = core.reduce((sum, { sent }) => sum + sent, 0);
        assert.ok(total < limit, `${total} bytes`);
        console.log(`# the core cost ${(total / 1e6).toFixed(2)} MB on a host ${about}`);
      });
    });
  }

  test('without a header the page still has its policy, and no inline code', () => {
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    assert.match(html, /http-equiv="Content-Security-Policy" content="default-src 'none';/);
    assert.ok(!/<style|style=|<script(?![^>]*\bsrc=)|\son[a-z]+=/i.test(html));
    const loading = [...html.matchAll(/<(?:script|link rel="(?:stylesheet|modulepreload)")[^>]*>/g)].map(([tag]) => tag);
    assert.ok(loading.length > 15);
    for (const tag of loading) assert.match(tag, /(?:src|href)="static\/[a-z]+\.[0-9a-f]{12}\.(?:js|css)" integrity="sha384-/);
    assert.ok(!/(?:src|href)="\//.test(html), 'an address that begins at the root');
  });

  test('every part is there packed too, and the core is small enough', () => {
    for (const name of Object.values(built())) {
      for (const ending of ['.gz', '.br']) assert.ok(existsSync(join(folder, name + ending)), name + ending);
    }
    assert.ok(statSync(join(folder, `${built()['sealcheck.wasm']}.br`)).size < 1_950_000);
  });
});
