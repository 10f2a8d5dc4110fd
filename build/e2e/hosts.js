// The recorded hosts: one real https server for every name that a scenario
// knows, answering from testdata/network. A real server sees what a mock in
// the browser does not: preflights, cookies, referrers.

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';

import { root } from './browser.js';

export async function serveHosts() {
  const { key, cert } = await certificate();
  const state = { folder: '', index: {}, led: new Map(), missing: [], seen: [] };
  const server = createServer({ key, cert }, (request, response) => {
    const address = `https://${request.headers.host}${request.url}`;
    state.seen.push({ method: request.method, address, headers: request.headers });
    // Many static hosts refuse the question that a browser asks before a
    // request that is not bare.
    if (request.method === 'OPTIONS') return response.writeHead(405).end();
    const entry = entryOf(state, address);
    if (!entry) state.missing.push(address);
    if (entry?.error === 'timeout') return undefined; // until the other side has had enough
    if (!entry || entry.status === 0 || ['unreachable', 'name'].includes(entry.error)) return request.socket.destroy();
    response.writeHead(entry.status ?? 200, {
      'Content-Type': entry.contentType ?? 'application/json',
      ...(entry.location ? { Location: entry.location } : {}),
      ...(entry.closed || entry.error === 'closed' ? {} : { 'Access-Control-Allow-Origin': '*' }),
    });
    const body = entry.body ?? (entry.file ? readFileSync(join(state.folder, entry.file)) : '');
    return entry.late ? setTimeout(() => response.end(body), entry.late) : response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    state,
    // record makes the hosts answer from a folder of testdata/network; ''
    // has none that answers.
    record(folder) {
      state.folder = folder;
      state.missing = [];
      state.seen = [];
      state.led = new Map();
      state.index = folder ? JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) : {};
    },
    answer(index) {
      Object.assign(state, { folder: '', index, led: new Map(), missing: [], seen: [] });
    },
    close: () => { server.closeAllConnections(); server.close(); },
  };
}

// entryOf is how recorded hosts answer an address (fetch.Static): by what is
// recorded of it, or of the did:web whose document it may be. An address that
// led elsewhere does so, and what was recorded of it is what lies there.
export function entryOf({ index, led }, address) {
  if (led.has(address)) return { ...led.get(address), address: undefined };
  const entry = index[address] ?? index[didOf(address)];
  if (!entry?.address) return entry;
  led.set(entry.address, entry);
  return { status: 302, location: entry.address };
}

// agreedIn lists the addresses of an index that somebody agreed to have asked,
// although they show which credential is checked.
export function agreedIn(index) {
  return Object.keys(index).filter((address) => index[address].consent);
}

// untold holds a log of requests against the report: it lists the addresses that
// were asked and do not stand there, and those that hold the identifier of a
// credential although nobody had agreed to that.
export function untold({ seen, index }, { consulted, credentials }) {
  const told = new Set(consulted.filter(({ memory }) => !memory).map(({ address }) => address));
  for (const address of [...told]) if (index[address]?.address) told.add(index[address].address);
  const agreed = agreedIn(index);
  const names = credentials.flatMap(({ description }) => description?.id ?? []).flatMap((id) => [id, id.split(/[:/=]/).at(-1)]).filter((name) => name.length >= 8);
  return seen.map(({ address }) => address)
    .filter((address) => !told.has(address) || (!agreed.includes(address) && names.some((name) => decodeURIComponent(address).includes(name))));
}

// namesIn lists the hosts that an index answers for.
export function namesIn(index) {
  return [...new Set(Object.keys(index).map((name) => (name.startsWith('did:web:') ? new URL(addressOf(name)) : name.startsWith('https://') ? new URL(name) : { host: '' })).map((url) => url.host).filter(Boolean))];
}

// addressOf is where the document of a did:web lies.
function addressOf(did) {
  const [host, ...path] = did.slice('did:web:'.length).split(':').map(decodeURIComponent);
  return `https://${host}/${path.length > 0 ? path.join('/') : '.well-known'}/did.json`;
}

// didOf is the did:web whose document an address may be: recordings are named
// by either.
export function didOf(address) {
  const url = new URL(address);
  if (!url.pathname.endsWith('/did.json')) return '';
  const path = url.pathname.slice(1, -'/did.json'.length);
  return ['did:web', url.host.replace(':', '%3A'), ...(path === '.well-known' ? [] : path.split('/'))].join(':');
}

// certificate is made by Go's own little program, once. It proves nothing and
// need not: the browser is told to take it. Test files run side by side, so it
// is made aside and put in place whole.
async function certificate() {
  const folder = join(root, '.cache/e2e');
  if (!existsSync(folder)) {
    const aside = await mkdtemp(join(root, '.cache/e2e-'));
    const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
    execFileSync('go', ['run', join(goroot, 'src/crypto/tls/generate_cert.go'), '--host', 'localhost', '--ecdsa-curve', 'P256', '--duration', '87600h'], { cwd: aside, stdio: 'pipe' });
    await rename(aside, folder).catch(() => rm(aside, { recursive: true }));
  }
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder, name)));
  return { key, cert };
}
