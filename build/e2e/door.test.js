// The core by its door (wasm/browser/door.js), as the page runs it, against the
// core by its own function, as any host may run it: whatever is asked, in
// whatever order, and however much at once, they say the same.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { built, root } from './browser.js';
import { doors } from './doors.js';

const require = createRequire(import.meta.url);
const data = (name) => readFileSync(join(root, 'testdata', name));
const text = (name) => String(data(name));
const file = (name) => new Uint8Array(data(`credentials/${name}`));

const at = '2026-06-15T12:00:00Z';
const trust = () => [{ name: 'main.json', text: text('trust/main.json') }];
const document = new Uint8Array(data('network/web/01.json'));
const answering = async () => ({ status: 200, contentType: 'application/json', body: document });
const online = { online: true, hosts: ['university.example'] };

let own; // the function of a core that nobody opened a door to
let door; // the function by the door
let long; // how often that has gone the long way

before(async () => {
  const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
  for (const script of [join(goroot, 'lib/wasm/wasm_exec.js'), ...doors]) require(script);
  const module = await WebAssembly.compile(readFileSync(join(root, 'build/dist/site', built()['sealcheck.wasm'])));
  const start = async (run) => {
    const go = new globalThis.Go();
    const instance = await WebAssembly.instantiate(module, go.importObject);
    run(go, instance);
    return { verify: globalThis.verify, instance };
  };
  own = (await start((go, instance) => go.run(instance))).verify;
  const opened = await start((go, instance) => globalThis.openDoor(go, instance));
  door = opened.verify;
  long = () => opened.instance.exports.options();
});

// The same in fresh objects each time, as a message to a worker has them.
const askings = {
  nothing: () => ({ at }),
  'no list': () => ({ at, trust: [], given: [], hosts: [], online: false }),
  null: () => ({ at, trust: null, given: null, hosts: null, policy: null, online: null, fetch: null }),
  'a list': () => ({ at, trust: trust() }),
  'a list of another name': () => ({ at, trust: [{ ...trust()[0], name: 'other.json' }] }),
  'a list with a space': () => ({ at, trust: [{ name: 'main.json', text: `${text('trust/main.json')} ` }] }),
  'a list that did not load': () => ({ at, trust: [{ name: 'main.json', error: 'gone' }] }),
  'a list, twice': () => ({ at, trust: [...trust(), ...trust()] }),
  'a host': () => ({ at, trust: trust(), ...online, fetch: answering }),
  'a host that does not answer': () => ({ at, trust: trust(), ...online, fetch: async () => { throw new Error('no'); } }),
  'a host and no way to ask it': () => ({ at, trust: trust(), ...online }),
  'another host': () => ({ at, trust: trust(), online: true, hosts: ['other.example'], fetch: answering }),
  offline: () => ({ at, trust: trust(), ...online, online: false, fetch: answering }),
  'a key': () => ({ at, trust: trust(), given: [text('keys/given/university-ed25519.json')] }),
  'the wrong key': () => ({ at, trust: trust(), given: [text('keys/given/wrong-ed25519.json')] }),
  'a key in bytes': () => ({ at, trust: trust(), given: [new Uint8Array(data('keys/given/university-ed25519.json'))] }),
  'the wrong key in bytes': () => ({ at, trust: trust(), given: [new Uint8Array(data('keys/given/wrong-ed25519.json'))] }),
  'a policy': () => ({ at, trust: trust(), policy: 'accept-unlisted' }),
  'another time': () => ({ at: '2016-06-15T12:00:00Z', trust: trust() }),
  'a wrong list': () => ({ at, trust: [{ name: 'a', text: 1 }] }),
  'lists that are none': () => ({ at, trust: 'main.json' }),
  'a list of null': () => ({ at, trust: [null] }),
  'a wrong key': () => ({ at, given: ['no key'] }),
  'a wrong policy': () => ({ at, policy: 'unknown' }),
  'a wrong time': () => ({ at: 'today' }),
  'a wrong host': () => ({ at, hosts: [1] }),
  'a number': () => 1,
};

const told = (promise) => promise.then((report) => report, (problem) => `${problem.constructor.name}: ${problem.message}`);

test('in whatever order it is asked', { timeout: 120_000 }, async () => {
  const bytes = file('did-web-ed25519.jwt');
  const expected = {};
  for (const [name, options] of Object.entries(askings)) expected[name] = await told(own(bytes, options()));
  assert.ok(new Set(Object.values(expected)).size > 15);
  for (const [first, before] of Object.entries(askings)) {
    for (const [second, after] of Object.entries(askings)) {
      for (const [name, options] of [[first, before], [first, before], [second, after]]) {
        assert.equal(await told(door(bytes, options())), expected[name], `${name}, in ${first}, ${second}`);
      }
    }
  }
});

test('what is asked again goes the short way, and nothing else does', async () => {
  const bytes = file('did-web-ed25519.jwt');
  const ways = async (options) => {
    const count = long();
    await told(door(bytes, options));
    return long() - count;
  };
  const wrong = /^(a wrong|lists that|a list of null|a number)/;
  for (const [name, options] of Object.entries(askings)) {
    await ways({ at: '2020-01-01T00:00:00Z' });
    assert.equal(await ways(options()), wrong.test(name) ? 0 : 1, name);
    if (!wrong.test(name)) assert.equal(await ways(options()), name.includes('in bytes') ? 1 : 0, `${name}, again`);
  }
});

test('whatever the file is', { timeout: 120_000 }, async () => {
  const options = { at, trust: trust() };
  await door(file('vc-jwt-eddsa.jwt'), options);
  const { scenarios } = JSON.parse(data('manifest.json'));
  const count = long();
  for (const name of new Set(scenarios.map((scenario) => scenario.file))) {
    const bytes = new Uint8Array(data(name));
    assert.equal(await door(bytes, options), await own(bytes, options), name);
  }
  for (const bytes of [new Uint8Array(), new Uint8Array(20 << 20), new Uint8Array([0xff, 0xfe]), file('vc-jwt-eddsa.jwt').subarray(3)]) {
    assert.equal(await door(bytes, options), await own(bytes, options), `${bytes.length} bytes`);
  }
  assert.equal(long(), count, 'some went the long way');
  for (const wrong of [undefined, null, 'text', 7, {}, [1, 2], new ArrayBuffer(3), new Uint16Array(3), new Uint8ClampedArray(3)]) {
    assert.equal(await told(door(wrong, options)), await told(own(wrong, options)), String(wrong));
  }
  assert.equal(await told(door()), await told(own()));
});

test('many at once, each by its own hosts', { timeout: 120_000 }, async () => {
  const bytes = file('did-web-ed25519.jwt');
  const late = (answer) => () => new Promise((resolve) => { setTimeout(() => resolve(answer), Math.random() * 20); });
  const good = { status: 200, contentType: 'application/json', body: document };
  const other = { ...good, body: new TextEncoder().encode('{"id":"did:web:university.example"}') };
  const kinds = [
    { headline: 'verified', options: () => ({ at, trust: trust(), ...online, fetch: late(good) }) },
    { headline: 'incomplete', options: () => ({ at, trust: trust(), ...online, fetch: late(other) }) },
    { headline: 'unlisted', options: () => ({ at, ...online, fetch: late(good) }) },
    { headline: 'incomplete', options: () => ({ at, trust: trust() }) },
    { headline: 'verified', file: file('vc-jwt-eddsa.jwt'), options: () => ({ at, trust: trust() }) },
    { headline: 'verified', file: file('vc-jwt-es256.jwt'), options: () => ({ at, trust: trust() }) },
  ];
  await Promise.all(Array.from({ length: 400 }, async (_, i) => {
    const { headline, options, file: mine = bytes } = kinds[(i * i + (i >> 3)) % kinds.length];
    const report = JSON.parse(await door(mine, options()));
    assert.equal(report.headline, headline, `call ${i}`);
  }));
});

// What a call asks for is what the options were when it was made.
test('options that change', async () => {
  const bytes = file('vc-jwt-eddsa.jwt');
  const options = { at, trust: trust(), hosts: [] };
  const first = await door(bytes, options);
  assert.equal(await door(bytes, options), first);
  options.trust[0].text = '{}';
  const changed = await told(door(bytes, options));
  assert.equal(changed, await told(own(bytes, options)));
  assert.notEqual(changed, first);
  options.trust = trust();
  assert.equal(await door(bytes, options), first);
  const buffer = bytes.slice();
  const pending = door(buffer, options);
  buffer.fill(0);
  assert.equal(await pending, first);
});

// An instance that has verified much is as good as a new one.
test('again and again', { timeout: 120_000 }, async () => {
  const options = { at, trust: trust() };
  const files = ['vc-jwt-eddsa.jwt', 'vc-jwt-es256.jwt', 'badge-eddsa-jcs.json'].map(file);
  const expected = await Promise.all(files.map((bytes) => own(bytes, options)));
  for (let round = 0; round < 1500; round += 1) {
    const found = round % 3 ? await Promise.all(files.map((bytes) => door(bytes, options))) : [await door(files[0], options), await door(files[1], options), await door(files[2], options)];
    assert.deepEqual(found, expected, `round ${round}`);
  }
});

test('the pictures on the pages of a PDF', () => {
  const dots = 'ff'.repeat(3 * 23) + '00ff00';
  const pdf = new TextEncoder().encode(`%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] >> endobj
3 0 obj << /Type /Page /Resources << /XObject << /A 4 0 R /B 5 0 R >> >> >> endobj
4 0 obj << /Subtype /Image /Width 30 /Height 40 /Filter [/ASCIIHexDecode /DCTDecode] /Length 5 >> stream
ffd8>
endstream endobj
5 0 obj << /Subtype /Image /Width 24 /Height 24 /ImageMask true /Filter /ASCIIHexDecode >> stream
${dots}>
endstream endobj
trailer << /Root 1 0 R >>`);
  for (let round = 0; round < 3; round += 1) {
    const [photo, code, ...more] = globalThis.pieces(pdf, 'pictures');
    assert.deepEqual({ ...photo, bytes: [...photo.bytes] }, { name: 'image/jpeg', bytes: [0xff, 0xd8], width: 30, height: 40 });
    assert.deepEqual([code.name, code.width, code.height, String.fromCharCode(...code.bytes.subarray(1, 4)), more.length], ['image/png', 24, 24, 'PNG', 0]);
  }
  assert.deepEqual(globalThis.pieces(new Uint8Array([1, 2, 3]), 'pictures'), []);
  assert.deepEqual(globalThis.pieces(pdf, 'nothing'), []);
  assert.deepEqual(globalThis.pieces(pdf.subarray(0, 30), 'pictures'), []);
});
