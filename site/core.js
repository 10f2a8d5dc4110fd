// The core on its way into the page: whichever way it comes, it runs only if
// it is, byte for byte, the one that this page was built with.

import { core } from './artefacts.js';

// compileCore gives the core as a WebAssembly.Module.
export async function compileCore() {
  const bytes = await fetchCore();
  return WebAssembly.compile(bytes);
}

// fetchCore asks for the core as it is. A host that sends it packed says so in
// the head of its answer; from one that does not, the body is not taken, and
// the packed file beside it is fetched and unpacked here: a quarter of the
// bytes. (A question beforehand would cost every other host's readers one more
// round trip; a few thousand bytes that come too late cost nearly nothing.)
async function fetchCore() {
  // Without a digest of our own (the page is not on https) the browser's has
  // to do, which there is only for what is sent as it is.
  if (!globalThis.crypto?.subtle || !globalThis.DecompressionStream) return body(await fetch(core.path, { integrity: core.integrity }));
  const refusal = new AbortController();
  const plain = await fetch(core.path, { signal: refusal.signal });
  if (!plain.ok || plain.headers.has('content-encoding')) return checked(await body(plain));
  refusal.abort();
  const packed = await fetch(`${core.path}.gz`);
  if (packed.ok) return checked(await unpack(await body(packed)));
  return checked(await body(await fetch(core.path)));
}

async function body(response) {
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

// unpack leaves alone what some host has unpacked already.
async function unpack(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function checked(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', bytes));
  if (`sha384-${btoa(String.fromCharCode(...digest))}` !== core.integrity) throw new Error('the checker is not the one that belongs to this page');
  return bytes;
}
