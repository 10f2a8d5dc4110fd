// The edge worker as it is built, in the runtime that it is built for: every
// scenario byte for byte as natively, and what holds only of an instance that
// many requests share.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { request as open } from 'node:http';
import { basename, join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

import { agreedIn, untold } from './hosts.js';
import { compare, register } from './worker.bench.js';
import { root, serveRecorded, startWorker } from './worker.host.js';

const data = (name) => readFileSync(join(root, 'testdata', name));
const { scenarios } = JSON.parse(data('manifest.json'));
const named = (id) => scenarios.find((scenario) => scenario.id === id);
const signed = named('vc-jwt-es256');
const asking = named('did-web-p256');

// How often is "in a row"; TIMES=1000 for a shorter run.
const times = Number(process.env.TIMES ?? 10_000);

let hosts, worker, native;

before(async () => {
  native = join(root, '.cache/native');
  rmSync(native, { recursive: true, force: true });
  mkdirSync(native, { recursive: true });
  execFileSync('go', ['test', './wasm/worker', '-count=1', '-run', '^TestManifest$', '-reports', native], { cwd: root, stdio: 'inherit' });
  hosts = await serveRecorded();
  worker = await startWorker({ port: hosts.port });
});

after(async () => {
  await worker?.close();
  hosts?.close();
});

// settings are those of a worker that judges as a scenario has it.
function settings(scenario) {
  const own = scenario.policy.endsWith('.json');
  return {
    offline: scenario.offline || !scenario.network ? '1' : '0',
    contactIssuer: agreedIn(hosts.state.index).length > 0 ? '1' : '0',
    policy: own ? String(data(scenario.policy)) : scenario.policy,
    trust: scenario.trust.map((name) => ({ name: basename(name), text: String(data(name)) })),
    given: scenario.keys.map((name) => String(data(name))),
  };
}

async function prepare(scenario) {
  hosts.record(scenario.network);
  await worker.set(settings(scenario), scenario.at);
}

const verify = (body, { at = signed.at, signal } = {}) => fetch(`${worker.origin}/verify?at=${encodeURIComponent(at)}`, { method: 'POST', body, signal });

async function report(body, options) {
  const response = await verify(body, options);
  const text = await response.text();
  assert.equal(response.status, 200, text);
  return text;
}

async function isProblem(response, status, name) {
  const text = await response.text();
  assert.equal(response.status, status, text);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  const problem = JSON.parse(text);
  assert.equal(problem.status, status);
  assert.ok(problem.type.endsWith(`#${name}`), text);
  return problem;
}

// idle waits until nothing is under way in the worker.
async function idle() {
  for (let i = 0; i < 100; i += 1) {
    const state = await worker.state();
    if (state.pending === 0 && state.held === 0 && state.calls === 0) return state;
    await wait(50);
  }
  assert.fail(`something stays under way: ${JSON.stringify(await worker.state())}`);
}

// Here all hosts stand behind one proxy, which cannot say that there is no such
// host; and to whom other websites may not read it is of no matter.
const apart = scenarios.filter(({ expect }) => ['status.list_name_unknown', 'status.list_closed', 'proof.hosted_name_unknown', 'proof.hosted_closed'].some((code) => expect.codes?.includes(code)));

// The worker takes no lists beside a file: these are compared as they are
// without.
const listed = scenarios.filter(({ lists }) => lists.length > 0);

const ids = (some) => some.map(({ id }) => id).join(', ');

describe('scenarios', () => {
  test('there are some', () => assert.ok(scenarios.length > 100));
  test(`${apart.length} that cannot be here: ${ids(apart)}`, { skip: true }, () => {});
  test(`${listed.length} without their lists: ${ids(listed)}`, () => assert.ok(listed.length > 0));
  for (const scenario of scenarios.filter((one) => !apart.includes(one))) {
    test(scenario.id, async () => {
      await prepare(scenario);
      const text = await report(data(scenario.file), { at: scenario.at });
      assert.equal(text, readFileSync(join(native, `${scenario.id}.json`), 'utf8'));
      assert.deepEqual(hosts.state.missing, [], 'asked for what is not recorded');
      assert.deepEqual(untold(hosts.state, JSON.parse(text)), [], 'asked, and the report does not say so');
      for (const { method, headers } of hosts.state.seen) {
        assert.equal(method, 'GET');
        const sent = Object.keys(headers).filter((name) => !['host', 'accept-encoding', 'connection'].includes(name));
        assert.deepEqual(sent, [], 'a header was sent');
      }
    });
  }
});

describe('answers', () => {
  beforeEach(() => prepare(signed));

  test('what is asked wrongly is a problem', async () => {
    await isProblem(await fetch(`${worker.origin}/nothing`), 404, 'not-found');
    const response = await fetch(`${worker.origin}/verify`);
    assert.equal(response.headers.get('allow'), 'POST, OPTIONS');
    await isProblem(response, 405, 'wrong-method');
    await isProblem(await fetch(`${worker.origin}/verify?at=soon`, { method: 'POST', body: 'x' }), 400, 'bad-option');
    await isProblem(await fetch(`${worker.origin}/verify`, { method: 'POST', body: new FormData() }), 415, 'wrapped-body');
  });

  test('a page may ask', async () => {
    const response = await fetch(`${worker.origin}/verify`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://jobs.example', 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' },
    });
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.equal(response.headers.get('access-control-allow-methods'), 'POST, OPTIONS');
    assert.equal(response.headers.get('access-control-allow-headers'), 'Content-Type');
    assert.equal(response.headers.get('access-control-allow-credentials'), null);
  });

  test('GET and HEAD describe the service', async () => {
    const { policies, bytes } = await (await fetch(worker.origin)).json();
    assert.equal(bytes, 16 << 20);
    assert.ok(policies.includes('strict'));
    const response = await fetch(worker.origin, { method: 'HEAD' });
    assert.equal(response.status, 200);
    assert.equal(await response.text(), '');
    assert.equal((await (await fetch(`${worker.origin}/health`)).json()).status, 'ok');
  });

  test('16 MiB are read, and one byte more is too much', async () => {
    const largest = Buffer.alloc(16 << 20, ' ');
    await report(largest);
    // A client that still sends when it is refused may find the connection
    // closed before it comes to read why.
    for (const response of [await pour((16 << 20) + 1, { told: true }), await pour(64 << 20)]) {
      if (response) await isProblem(response, 413, 'too-large');
    }
    await idle();
  });

  test('settings without sense are said at once', async () => {
    await worker.set({ offline: 'perhaps', policy: '', trust: [], given: [] });
    const { detail } = await isProblem(await fetch(`${worker.origin}/health`), 500, 'wrong-settings');
    assert.match(detail, /offline/);
  });

  test('a list that cannot be read is never no list', async () => {
    await worker.set({ ...settings(signed), trust: [{ name: 'torn.json', text: '{' }] });
    const { credentials: [{ checks }] } = JSON.parse(await report(data(signed.file)));
    assert.equal(checks.find((check) => check.name === 'trust').outcome, 'unknown');
  });
});

describe('other hosts', () => {
  beforeEach(() => prepare(asking));

  const asked = () => hosts.state.seen.map(({ address }) => address);
  const body = () => data(asking.file);

  test('are not asked when offline', async () => {
    const response = await fetch(`${worker.origin}/verify?offline=1`, { method: 'POST', body: body() });
    const { wanted } = await response.json();
    assert.deepEqual(asked(), []);
    assert.equal(wanted[0].refused, 'offline');
  });

  // A redirect is followed where a request might go, three times at most.
  for (const [about, hops, followed, ok] of [
    ['three redirects', ['/1', 'https://other.example/2', '/3'], 4, true],
    ['four redirects', ['/1', '/2', '/3', '/4'], 4, false],
    ['to http', ['http://issuer.example/x'], 1, false],
    ['to this machine', [`https://127.0.0.1/x`], 1, false],
    ['to a name of this machine', ['https://localhost/x'], 1, false],
    ['to a private network', ['https://10.0.0.1/x'], 1, false],
    ['to an address in figures', ['https://2130706433/x'], 1, false],
    ['to the metadata of a cloud', ['https://169.254.169.254/x', 'https://metadata.internal/x'], 1, false],
    ['with a user', ['https://a@other.example/x'], 1, false],
    ['to a file', ['file:///etc/passwd'], 1, false],
  ]) {
    test(about, async () => {
      const left = [...hops];
      hosts.state.answer = (request, response) => {
        const location = left.shift();
        if (location) response.writeHead(302, { Location: location }).end();
        else response.end(readFileSync(join(hosts.state.folder, Object.values(hosts.state.index)[0].file)));
        return true;
      };
      const { consulted } = JSON.parse(await report(body()));
      assert.equal(asked().length, followed, asked().join(' '));
      assert.equal(consulted[0].error ?? '', ok ? '' : 'unreachable');
    });
  }

  test('what never ends is not read to the end', async () => {
    let sent = 0;
    hosts.state.answer = (request, response) => {
      const more = () => {
        while (!response.destroyed && sent < 64 << 20) {
          sent += 1 << 16;
          if (!response.write(Buffer.alloc(1 << 16, ' '))) return void response.once('drain', more);
        }
      };
      more();
      return true;
    };
    const { consulted } = JSON.parse(await report(body()));
    assert.equal(consulted[0].bytes, (1 << 20) + 1);
    assert.ok(sent < 32 << 20, `${sent} bytes were sent`);
  });

  test('one that is silent costs eight seconds and no verdict', async () => {
    hosts.state.answer = () => true;
    const start = Date.now();
    const { headline, consulted } = JSON.parse(await report(body()));
    assert.equal(headline, 'incomplete');
    assert.equal(consulted[0].error, 'timeout');
    assert.ok(Date.now() - start < 12_000, `${Date.now() - start} ms`);
    await idle();
  });
});

describe('one instance for all', () => {
  beforeEach(() => prepare(signed));

  test(`${times} verifications in a row, without growth`, async (t) => {
    const files = ['vc-jwt-es256', 'file-unsigned-badge.json'].map((id) => data(named(id).file));
    const run = async (count) => {
      for (let i = 0; i < count; i += 1) await report(files[i % files.length]);
    };
    const rest = async () => {
      const state = await idle();
      await fetch(`${worker.origin}/-/rest`);
      return { ...state, resident: worker.resident() };
    };
    await run(Math.max(1000, times / 5));
    const warm = await rest();
    await run(times);
    const done = await rest();
    t.diagnostic(`core ${warm.memory >> 10} KiB, then ${done.memory >> 10}; workerd ${warm.resident >> 10} KiB, then ${done.resident >> 10}`);
    assert.equal(done.started, warm.started, 'an instance was replaced');
    assert.equal(done.memory, warm.memory, 'the core grows');
    assert.ok(done.resident - warm.resident < 8 << 20, 'workerd grows');
  });

  test('64 at once', async () => {
    const files = scenarios.filter((scenario) => scenario.offline && scenario.policy === 'strict' && scenario.at === signed.at).slice(0, 64);
    const alone = [];
    for (const scenario of files) alone.push(await report(data(scenario.file)));
    for (let round = 0; round < 4; round += 1) {
      const together = await Promise.all(files.map((scenario) => report(data(scenario.file))));
      assert.deepEqual(together, alone);
    }
    await idle();
  });

  const signatures = (way) => fetch(`${worker.origin}/-/signatures`, { method: 'POST', body: way });

  // The host's own way to verify is asked; without it, answers are the same.
  test('signatures are verified by the host, and by Go code where it does not say yes', async () => {
    const files = ['vc-jwt-es256', 'vc-jwt-eddsa', 'altered-payload'].map((id) => data(named(id).file));
    const expected = [];
    for (const file of files) expected.push(await report(file));
    for (const [way, held] of [['plainly', 2], ['never', 0], ['badly', 0], ['late', 2]]) {
      await signatures(way);
      for (const [i, file] of files.entries()) assert.equal(await report(file), expected[i], way);
      const { verified } = await idle();
      assert.ok(verified.asked >= 2, `${way}: asked ${verified.asked} times`);
      assert.equal(verified.held, held, way);
    }
    await signatures('plainly');
  });

  // Here, the host's answers come in turns of their own, mixed with those of
  // other requests, some of which have gone.
  test('64 at once with a host that takes its time, and one goes away', async () => {
    const files = scenarios.filter((scenario) => scenario.offline && scenario.policy === 'strict' && scenario.at === signed.at).slice(0, 63);
    const alone = [];
    for (const scenario of files) alone.push(await report(data(scenario.file)));
    await signatures('late');
    const before = await idle();
    for (let round = 0; round < 3; round += 1) {
      const [gone, ...together] = await Promise.all([leave(data(signed.file), 15), ...files.map((scenario) => report(data(scenario.file)))]);
      assert.equal(gone, 'gone');
      assert.deepEqual(together, alone);
    }
    const after = await idle();
    assert.equal(after.started, before.started);
    assert.ok(after.verified.asked > 30, `asked ${after.verified.asked} times`);
    await signatures('plainly');
  });

  // Each asks a host of its own, whose answers come late and in disorder.
  test('64 at once that wait for hosts, and none hears of another', async () => {
    await worker.set({ ...settings(asking), trust: [], given: [] });
    hosts.state.answer = (request, response) => {
      setTimeout(() => response.end(JSON.stringify({ id: 'did:web:none.example' })), 20 + Math.random() * 200);
      return true;
    };
    const markers = Array.from({ length: 64 }, (_, i) => `planted-${String(i).padStart(2, '0')}-${Math.random().toString(36).slice(2)}`);
    const texts = await Promise.all(markers.map((marker) => report(claiming(marker))));
    for (const [i, text] of texts.entries()) {
      const found = new Set(text.match(/planted-\d\d-[a-z0-9]+/g));
      assert.deepEqual([...found], [markers[i]]);
      const { consulted } = JSON.parse(text);
      assert.equal(consulted[0].address, `https://${markers[i]}.example/.well-known/did.json`);
      assert.equal(consulted[0].error, undefined);
    }
    await idle();
  });

  // However one of 64 goes away, the others are answered by the same
  // instance, and nothing of it stays.
  const goers = {
    'at once': (body) => leave(body, 0),
    'during its upload': (body) => leave(body, 30, { half: true }),
    'while a host is asked': (body) => leave(body, 60),
  };
  for (const [how, go] of Object.entries(goers)) {
    test(`one of 64 goes away ${how}`, async () => {
      await worker.set({ ...settings(asking), trust: [], given: [] });
      hosts.state.answer = (request, response) => {
        setTimeout(() => response.end('{}'), 150);
        return true;
      };
      const before = await idle();
      for (let round = 0; round < 3; round += 1) {
        const others = Array.from({ length: 63 }, (_, i) => report(claiming(`stays-${round}-${i}`)));
        const [gone, ...texts] = await Promise.all([go(claiming(`goes-${round}`)), ...others]);
        assert.equal(gone, 'gone');
        for (const [i, text] of texts.entries()) assert.equal(JSON.parse(text).consulted[0].address, `https://stays-${round}-${i}.example/.well-known/did.json`);
      }
      assert.equal((await idle()).started, before.started);
    });
  }

  for (const door of ['panic', 'trap']) {
    test(`a ${door} costs one answer, and the next instance has the next`, async () => {
      await report(data(signed.file));
      const before = await idle();
      await fetch(`${worker.origin}/-/${door}`);
      await isProblem(await verify(data(signed.file)), 500, 'internal');
      assert.equal(JSON.parse(await report(data(signed.file))).headline, 'verified');
      assert.equal((await idle()).started, before.started + 1);
    });
  }

  test('those that wait in an instance that breaks are told at once', async () => {
    await worker.set(settings(asking));
    hosts.state.answer = () => true;
    const waiting = Array.from({ length: 8 }, () => verify(data(asking.file)));
    await wait(300);
    const start = Date.now();
    await fetch(`${worker.origin}/-/panic`);
    await isProblem(await verify('x'), 500, 'internal');
    for (const response of await Promise.all(waiting)) await isProblem(response, 500, 'internal');
    assert.ok(Date.now() - start < 4000, `${Date.now() - start} ms`);
    hosts.record('');
    await idle();
  });

  test('bodies under way are held within bounds', async () => {
    // A client that still sends when it is refused may find the connection
    // closed before it comes to read why.
    const cut = (error) => { if (['EPIPE', 'ECONNRESET', 'UND_ERR_SOCKET'].includes(error.cause?.code)) return undefined; throw error; };
    const responses = await Promise.all(Array.from({ length: 12 }, () => verify(Buffer.alloc(8 << 20, '[')).catch(cut)));
    const found = new Map();
    for (const response of responses.filter(Boolean)) {
      found.set(response.status, (found.get(response.status) ?? 0) + 1);
      if (response.status === 503) assert.equal(response.headers.get('retry-after'), '1');
      await response.arrayBuffer();
    }
    assert.deepEqual([...found.keys()].filter((status) => status !== 200 && status !== 503), []);
    assert.ok(found.get(200) >= 1, 'none was answered');
    const state = await idle();
    assert.ok(state.memory < 128 << 20, `${state.memory} bytes`);
    assert.equal(JSON.parse(await report(data(signed.file))).headline, 'verified');
  });
});

test('nothing of a body is logged', () => assert.doesNotMatch(worker.said(), /planted-|stays-|eyJ/));

test('the configuration that is shipped runs, and reaches nothing of this machine', async () => {
  const shipped = await startWorker();
  try {
    const response = await fetch(`${shipped.origin}/verify`, { method: 'POST', body: data(signed.file) });
    assert.equal(response.status, 200);
    assert.equal((await fetch(`${shipped.origin}/-/state`)).status, 404);
    const { consulted } = await (await fetch(`${shipped.origin}/verify`, { method: 'POST', body: claiming('nowhere') })).json();
    assert.equal(consulted[0].error, 'unreachable');
  } finally {
    await shipped.close();
  }
});

// Both verify the same file by the same lists, in turns. The stock shim's
// instance reads them for each request; without any, it is still slower by its
// start.
test('half the verifications are answered in a tenth of the time that the stock shim takes', async (t) => {
  const log = (line) => t.diagnostic(line);
  const listing = await compare(data(signed.file), { trust: register(2000), ours: 300, stock: 30, log });
  assert.ok(listing.ours.alone.p50 * 10 <= listing.stock.alone.p50, 'one at a time');
  assert.ok(listing.ours.together.p50 * 10 <= listing.stock.together.p50, '64 at once');
  // Of an ES256 signature, reading the key takes as long as the signature.
  for (const [scenario, times] of [[named('vc-jwt-eddsa'), 10], [signed, 8]]) {
    const bare = await compare(data(scenario.file), { trust: [], ours: 600, stock: 60, log });
    assert.ok(bare.ours.alone.p50 * times <= bare.stock.alone.p50, `${scenario.id}: one at a time, no list`);
    assert.ok(bare.ours.together.p50 * 5 <= bare.stock.together.p50, `${scenario.id}: 64 at once, no list`);
  }
});

// claiming is a credential that makes the core ask a host of that name: its
// signature is never looked at.
function claiming(name) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const issuer = `did:web:${name}.example`;
  const vc = { '@context': ['https://www.w3.org/2018/credentials/v1'], type: ['VerifiableCredential'], issuer: { id: issuer, name }, credentialSubject: { id: `did:example:${name}` } };
  return `${part({ alg: 'ES256', kid: `${issuer}#key`, typ: 'JWT' })}.${part({ iss: issuer, nbf: 1767225600, vc })}.${Buffer.alloc(64, 1).toString('base64url')}`;
}

// leave sends a body, or half of it, and goes away after some milliseconds.
function leave(body, after, { half = false } = {}) {
  return new Promise((resolve, reject) => {
    const request = open(`${worker.origin}/verify`, { method: 'POST', agent: false, headers: { 'Content-Length': body.length } });
    request.on('response', () => reject(new Error('it was answered')));
    request.on('error', () => resolve('gone'));
    if (half) request.write(body.slice(0, body.length / 2));
    else request.end(body);
    setTimeout(() => request.destroy(new Error('left')), after);
  });
}

// pour sends a body, which says how long it is if told, until it is answered.
// Where the connection is closed instead, it gives undefined.
function pour(length, { told = false } = {}) {
  return new Promise((resolve, reject) => {
    const request = open(`${worker.origin}/verify`, { method: 'POST', agent: false, headers: told ? { 'Content-Length': length } : {} });
    let left = length;
    const more = () => {
      while (left > 0 && !request.destroyed) {
        const piece = Math.min(left, 1 << 16);
        left -= piece;
        if (!request.write(Buffer.alloc(piece, ' '))) return void request.once('drain', more);
      }
      if (left <= 0) reject(new Error('all of it was taken'));
    };
    request.on('response', (response) => {
      let text = '';
      response.on('data', (piece) => { text += piece; });
      response.on('close', () => resolve(response.complete ? new Response(text, { status: response.statusCode, headers: Object.entries(response.headers) }) : undefined));
    });
    request.on('error', () => {}); // the worker hangs up when it has answered
    request.on('close', () => setTimeout(resolve, 1000));
    more();
  });
}
