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
  const state = { folder: '', index: {}, missing: [], seen: [] };
  const server = createServer({ key, cert }, (request, response) => {
    const address = `https://${request.headers.host}${request.url}`;
    state.seen.push({ method: request.method, address, headers: request.headers });
    // Many static hosts refuse the question that a browser asks before a
    // request that is not bare.
    if (request.method === 'OPTIONS') return response.writeHead(405).end();
    const entry = state.index[address] ?? state.index[didOf(address)];
    if (!entry) state.missing.push(address);
    if (!entry || entry.status === 0) return request.socket.destroy();
    response.writeHead(entry.status ?? 200, {
      'Content-Type': entry.contentType ?? 'application/json',
      ...(entry.location ? { Location: entry.location } : {}),
      ...(entry.closed ? {} : { 'Access-Control-Allow-Origin': '*' }),
    });
    return response.end(entry.body ?? (entry.file ? readFileSync(join(state.folder, entry.file)) : ''));
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
      state.index = folder ? JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) : {};
    },
    answer(index) {
      Object.assign(state, { folder: '', index, missing: [], seen: [] });
    },
    close: () => { server.closeAllConnections(); server.close(); },
  };
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
