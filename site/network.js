// The one door to other hosts. The worker never asks anything by itself: what
// the core would like to read is asked here, of hosts that the person has
// allowed, with nothing sent but the address.

// What is read of an answer where the core does not say how much it reads
// (Kind.MaxBody in verifier/fetch), and what is never exceeded. One byte more
// is read, which tells that there is more.
const document = 1 << 20;
const largest = 16 << 20;

const patience = { answer: 10_000, list: 30_000 }; // milliseconds: until a host answers; for all of a list, redirects and body included

const remembered = 60_000; // milliseconds that what a host said about a list is used again

const allowed = new Set(); // hosts, until the tab is closed or reloaded
const consented = new Set(); // addresses, likewise

export function allow(hosts) {
  for (const host of hosts) allowed.add(host);
}

export function allowedHosts() {
  return [...allowed];
}

// consent is the person's leave to ask addresses that show which credential is
// checked: these and no other.
export function consent(addresses) {
  for (const address of addresses) consented.add(address);
}

export function consentedAddresses() {
  return [...consented];
}

// wantedOf lists what a report would have asked and was not allowed to.
export function wantedOf(report) {
  return (report?.wanted ?? []).filter((entry) => entry.refused === 'not_allowed');
}

// tellingOf lists what a report did not ask because the address alone shows
// which credential is checked.
export function tellingOf(report) {
  return (report?.wanted ?? []).filter((entry) => entry.refused === 'identifies');
}

// Answers are what hosts have just said about lists. Those who check many
// files share one: a list of many credentials is asked for once, whether its
// host answers or not.
export class Answers {
  #found = new Map();

  get(name, ask) {
    let answer = this.#found.get(name);
    if (!answer) {
      answer = ask();
      this.#found.set(name, answer);
      const forget = () => setTimeout(() => this.#found.delete(name), remembered);
      answer.then(forget, forget);
    }
    return answer;
  }
}

// Network is one file's view of the network: each address is asked once,
// however often the file is verified again; that of a list once in a while,
// since it is there to change.
export class Network {
  #answers = new Map();
  #lists;
  #closed = new Set();

  constructor(lists = new Answers()) {
    this.#lists = lists;
  }

  // ask asks for an address whose host is allowed, or which the person has
  // agreed to itself, and reads at most `most` bytes and one more. It answers
  //
  //   {status, contentType, body, address, time}  whatever the status is
  //   {error: 'timeout'}  no answer, or not all of it, in time
  //   {error: 'closed'}   the host answers, and probably keeps it from pages
  //
  // and rejects where no answer came. A browser does not tell whether there
  // is a host of that name.
  async ask(address, { hosts = [], consented: agreed = [], kind, most = document } = {}) {
    const url = new URL(address);
    if (url.protocol !== 'https:' || !(hosts.includes(url.host) || agreed.includes(address))) throw new Error('not allowed');
    const bytes = Math.min(most, largest) + 1;
    const ask = () => request(address, bytes);
    const name = `${bytes} ${address}`;
    let answer;
    if (kind === 'status-list') answer = this.#lists.get(name, ask);
    else {
      answer = this.#answers.get(name) ?? ask();
      this.#answers.set(name, answer);
    }
    const found = await answer;
    if (found.error === 'closed') this.#closed.add(address);
    return found;
  }

  // closed says whether a host answered and its answer may probably not be
  // read by other websites' pages.
  closed(address) {
    return this.#closed.has(address);
  }
}

// Any header of our own would make the browser ask the host for leave first,
// which many static hosts refuse.
const bare = { credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'follow' };

async function request(address, most) {
  const late = new AbortController();
  const whole = setTimeout(() => late.abort(), most > document + 1 ? patience.list : patience.answer);
  const silent = setTimeout(() => late.abort(), patience.answer);
  let response;
  try {
    response = await fetch(address, { ...bare, mode: 'cors', signal: late.signal });
    clearTimeout(silent);
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      body: await read(response, most),
      address: response.url,
      time: new Date().toISOString(),
    };
  } catch (problem) {
    if (late.signal.aborted) return { error: 'timeout' };
    // What began to be read was not kept from us: it broke off.
    if (!response && problem instanceof TypeError && await answers(address)) return { error: 'closed' };
    throw problem;
  } finally {
    clearTimeout(whole);
    clearTimeout(silent);
  }
}

// answers asks once more, without a wish to read: a browser does not say why
// an answer was kept from us, but this much can be found out. What comes is
// dropped unread.
async function answers(address) {
  const enough = new AbortController();
  const late = setTimeout(() => enough.abort(), patience.answer / 2);
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

async function read(response, most) {
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
