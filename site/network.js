// The one door to other hosts. The worker never asks anything by itself: what
// the core would like to read is asked here, of hosts that the person has
// allowed, with nothing sent but the address.

// Enough for the largest document that the core reads, and one byte to tell
// that there is more (fetch.MaxBody in verifier/fetch).
const most = (1 << 20) + 1;
const patience = 10_000; // milliseconds for one answer, redirects and body included

const allowed = new Set(); // hosts, until the tab is closed or reloaded

export function allow(hosts) {
  for (const host of hosts) allowed.add(host);
}

export function allowedHosts() {
  return [...allowed];
}

// wantedOf lists what a report would have asked and was not allowed to.
export function wantedOf(report) {
  return (report?.wanted ?? []).filter((entry) => entry.refused === 'not_allowed');
}

// Network is one file's view of the network: each address is asked once,
// however often the file is verified again.
export class Network {
  #answers = new Map();
  #closed = new Set();

  // ask answers {status, contentType, body, address, time}, or rejects where
  // no answer came.
  async ask(address, hosts) {
    const url = new URL(address);
    if (url.protocol !== 'https:' || !hosts.includes(url.host)) throw new Error('not allowed');
    if (!this.#answers.has(address)) this.#answers.set(address, this.#request(address));
    return this.#answers.get(address);
  }

  // closed says whether a host answered and its answer may probably not be
  // read by other websites' pages.
  closed(address) {
    return this.#closed.has(address);
  }

  async #request(address) {
    try {
      return await request(address);
    } catch (problem) {
      if (problem instanceof TypeError && await answers(address)) this.#closed.add(address);
      throw problem;
    }
  }
}

// Any header of our own would make the browser ask the host for leave first,
// which many static hosts refuse.
const bare = { credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'follow' };

async function request(address) {
  const response = await fetch(address, { ...bare, mode: 'cors', signal: AbortSignal.timeout(patience) });
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: await read(response),
    address: response.url,
    time: new Date().toISOString(),
  };
}

// answers asks once more, without a wish to read: a browser does not say why
// an answer was kept from us, but this much can be found out. What comes is
// dropped unread.
async function answers(address) {
  const enough = new AbortController();
  const late = setTimeout(() => enough.abort(), patience / 2);
  try {
    await fetch(address, { ...bare, mode: 'no-cors', signal: enough.signal });
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(late);
    enough.abort();
  }
}

async function read(response) {
  if (!response.body) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks = [];
  let length = 0;
  while (length < most) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value.subarray(0, most - length));
    length += chunks.at(-1).length;
  }
  if (length >= most) await reader.cancel();
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
