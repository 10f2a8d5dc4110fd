// One Go instance answers all requests of an isolate. The library's own shim
// starts one for each request, which costs many times what a verification
// does. What makes sharing safe:
//
//   - Bodies are read here, before Go hears of a request: a client that goes
//     away in the middle of its upload leaves nothing waiting in Go.
//   - A request's outgoing requests are made by a function of its own, and all
//     end by AbortSignal.timeout, so whatever Go waits for does come. Go itself
//     starts no timer: that would belong to whichever request happens to run.
//   - An instance that has broken or grown is left to those requests that it
//     still answers; the next request gets a new one.

import './wasm_exec.js';

const patience = {
  upload: 30_000, // milliseconds for a body to arrive
  asking: 8_000, // for one answer of another host
  verifying: 20_000, // for all answers of other hosts together
  answering: 25_000, // for Go to answer, whatever happens
};

// Go reads this much and says so of anything larger: mostBytes in handler.go;
// of other hosts' answers, by what is asked for, Kind.MaxBody
// in verifier/fetch.
const mostBytes = 16 << 20;
const mostAnswer = { 'status-list': 12 << 20, revocation: 8 << 20 };
const mostDocument = 1 << 20;

// A host gives an isolate about 128 MiB. Bodies under way, both those of
// requests and large answers to what they make us ask, may take a quarter;
// an instance whose memory has grown to half, which Go never gives back, is
// replaced.
const mostHeld = 32 << 20;
const mostSmall = 64 << 10; // is read in one piece, as nearly all credentials are
const mostMemory = 64 << 20;

// The headers of a request that Go may see (call.go).
const known = ['content-type', 'content-encoding', 'content-length'];

// A call is a request on its way through Go, which knows it by its number.
const calls = new Map();
let callNumber = 0;

// The function by which a call asks other hosts (call.go).
globalThis.sealcheck = { asker: (number) => calls.get(number)?.ask };

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const nothing = new Uint8Array();
const none = { entries: () => [] };

// Host answers requests by a WebAssembly module. configure(env) gives the
// settings (settings.go); while it gives the same object, nothing is read
// again. now is the clock that stamps other hosts' answers.
export class Host {
  #module;
  #configure;
  #now;
  #settings = { id: 0 };
  #instance;
  #started = 0;
  #held = 0; // bytes of bodies under way

  constructor(module, configure, now = () => new Date()) {
    this.#module = module;
    this.#configure = configure;
    this.#now = now;
  }

  fetch(request, env, ctx) {
    const answer = this.#answer(request, env).catch(() => problem('internal'));
    // The host would otherwise stop a request whose client has gone, and Go
    // would wait for ever for what it was asking for.
    ctx.waitUntil(answer);
    return answer;
  }

  // state tells how the host is doing.
  state() {
    return { started: this.#started, memory: this.#instance?.memory() ?? 0, pending: this.#instance?.pending.size ?? 0, calls: calls.size, held: this.#held };
  }

  async #answer(request, env) {
    const settings = this.#read(env);
    const room = this.#room();
    let body = nothing;
    try {
      const length = request.body ? Number(request.headers.get('content-length') ?? NaN) : 0;
      if (length > 0 && length <= mostSmall) {
        room.take(length);
        body = await readSmall(request, patience.upload);
      } else if (request.body && !(length > mostBytes)) {
        body = await read(request.body, mostBytes + 1, { hold: room.take, within: patience.upload });
      } // What says that it is too large is not read at all; Go refuses it.
      return await this.#call(request, body, settings, room);
    } catch (error) {
      return problem(error instanceof Trouble ? error.message : 'internal');
    } finally {
      room.end();
    }
  }

  // room is what one request takes of the memory for bodies, until it ends.
  #room() {
    let held = 0;
    let ended = false;
    const change = (bytes) => {
      held += bytes;
      this.#held += bytes;
    };
    return {
      take: (bytes) => {
        if (ended) throw new Trouble('late'); // it was given up, and Go goes on
        if (this.#held + bytes > mostHeld) throw new Trouble('busy');
        change(bytes);
      },
      give: (bytes) => {
        if (!ended) change(-bytes);
      },
      end: () => {
        ended = true;
        change(-held);
      },
    };
  }

  #read(env) {
    const settings = this.#configure(env);
    if (settings !== this.#settings.of) this.#settings = { id: this.#settings.id + 1, of: settings, text: encoder.encode(JSON.stringify(settings)) };
    return this.#settings;
  }

  async #call(request, body, settings, room) {
    this.#instance ??= this.#start();
    const instance = this.#instance;
    callNumber = (callNumber + 1) & 0x7fffffff;
    const number = callNumber;
    const headers = encoder.encode(known.map((header) => request.headers.get(header) ?? '').join('\n'));
    const call = { parts: [headers, body, settings.text], settings: settings.id };
    call.ask = this.#asker(call, room);
    calls.set(number, call);
    try {
      // The library makes a value of everything that it sees of a request, and
      // pays for each. It is shown what is needed to find the way.
      const path = request.url.indexOf('/', request.url.indexOf('://') + 3);
      const end = request.url.indexOf('#');
      const url = `${request.url.slice(path, end < 0 ? undefined : end)}#${number}`;
      await instance.handle({ url, method: request.method, headers: none, body: null }, call);
      return new Response(call.answer, { status: call.status, headers: call.headers });
    } finally {
      calls.delete(number);
      if (this.#instance === instance && (instance.broken || instance.memory() > mostMemory)) this.#instance = undefined;
    }
  }

  #start() {
    this.#started += 1;
    return new Instance(this.#module);
  }

  // asker makes the function by which one verification asks other hosts: bare
  // requests, each redirect handed back to Go, which knows where it may lead.
  // What is known of why no answer came is an answer with an error.
  #asker(call, room) {
    let whole;
    let taken = 0; // by the last answer
    const hold = (bytes) => {
      room.take(bytes);
      taken += bytes;
    };
    return async (address, kind) => {
      if (!whole) {
        // Only a program that asks can be made to wait.
        whole = AbortSignal.timeout(patience.verifying);
        AbortSignal.timeout(patience.answering).addEventListener('abort', () => call.giveUp('late'));
      }
      const signal = AbortSignal.any([whole, AbortSignal.timeout(patience.asking)]);
      const most = mostAnswer[kind] ?? mostDocument;
      room.give(taken); // Go has it by now
      taken = 0;
      try {
        const response = await fetch(address, { redirect: 'manual', signal });
        const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
        if (location) {
          await response.body?.cancel();
          return { status: response.status, location };
        }
        return {
          status: response.status,
          contentType: response.headers.get('content-type') ?? '',
          body: response.body ? await read(response.body, most + 1, most > mostDocument ? { hold } : {}) : nothing,
          time: this.#now().toISOString().replace(/\.\d+Z$/, 'Z'),
        };
      } catch (error) {
        // That there is no room says nothing of the host that was asked: the
        // request itself has to come again.
        if (error instanceof Trouble) call.giveUp(error.message);
        if (signal.aborted) return { error: 'timeout' };
        throw error;
      }
    };
  }
}

// Instance is one running Go program.
class Instance {
  pending = new Set(); // what to call for each open request if the program ends
  broken = false;
  #exports;
  #binding = {};

  constructor(module) {
    const go = new globalThis.Go();
    // The runtime's own timers (its memory scavenger has some) go off with
    // the next request instead: it looks at them whenever it is woken.
    let timers = 0;
    go.importObject.gojs['runtime.scheduleTimeoutEvent'] = (sp) => go.mem.setInt32((sp >>> 0) + 16, ++timers, true);
    go.importObject.gojs['runtime.clearTimeoutEvent'] = () => {};
    go.exit = () => this.#break();
    // Every event enters Go here. What is thrown out of it is a fault of the
    // program's, after which it cannot go on.
    const resume = go._resume.bind(go);
    go._resume = () => {
      try {
        resume();
      } catch (error) {
        this.#break();
        throw error;
      }
    };
    let ready = false;
    const instance = new WebAssembly.Instance(module, { ...go.importObject, workers: { ready: () => { ready = true; } }, sealcheck: this.#doors() });
    this.#exports = instance.exports;
    globalThis.context = { binding: this.#binding }; // where the library looks, while it starts
    try {
      // This runs Go until it waits for requests.
      go.run(instance).catch(() => this.#break());
    } finally {
      delete globalThis.context;
    }
    if (!ready || this.broken) throw new Error('the Go program did not start');
  }

  memory() {
    return this.#exports.mem.buffer.byteLength;
  }

  // handle has Go answer a request: it resolves when call has the answer.
  // call.giveUp ends it without one.
  handle(request, call) {
    return new Promise((resolve, reject) => {
      const end = () => {
        this.pending.delete(end);
        if (!call.status) reject(new Trouble('internal'));
      };
      call.done = resolve;
      call.giveUp = (why) => reject(new Trouble(why));
      this.pending.add(end);
      this.#binding.handleRequest(request).then(end, end);
      if (this.broken) end();
    });
  }

  // Doors are what Go calls (call.go). Bytes are copied from one memory to the
  // other; nothing of one call is ever found by the number of another.
  #doors() {
    const bytes = (at, length) => new Uint8Array(this.#exports.mem.buffer, at >>> 0, length >>> 0);
    return {
      size: (number, part) => calls.get(number)?.parts[part]?.length ?? -1,
      read: (number, part, to) => {
        const data = calls.get(number)?.parts[part] ?? nothing;
        bytes(to, data.length).set(data);
      },
      settings: (number) => calls.get(number)?.settings ?? -1,
      answer: (number, status, headers, headersLength, body, bodyLength) => {
        const call = calls.get(number);
        if (!call) return; // it was given up
        call.headers = headersOf(bytes(headers, headersLength));
        call.answer = bodyLength ? bytes(body, bodyLength).slice() : null;
        call.status = status;
        call.done();
      },
    };
  }

  #break() {
    this.broken = true;
    for (const end of this.pending) end();
    this.pending.clear();
  }
}

// readSmall reads a body that says that it is small, and then cannot be more.
// A stream would take longer than all else that is done here.
function readSmall(request, within) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Trouble('slow-body')), within);
    const settle = (how) => (what) => {
      clearTimeout(timer);
      how(what);
    };
    request.arrayBuffer().then(settle((buffer) => resolve(new Uint8Array(buffer))), settle(reject));
  });
}

// headersOf reads lines of names and values. Nearly all answers have the same.
const headersSeen = new Map();

function headersOf(bytes) {
  const text = decoder.decode(bytes);
  let headers = headersSeen.get(text);
  if (!headers) {
    headers = new Headers(text.split('\n').map((line) => line.split(/: (.*)/s, 2)));
    if (headersSeen.size < 16) headersSeen.set(text, headers);
  }
  return headers;
}

// read reads a stream up to a number of bytes. hold is told the size of each
// piece and may throw. What an AbortSignal keeps, it keeps until its time has
// come, and a request needs thousands of bytes: so this, which nearly always
// ends early, has a timer that ends with it.
async function read(stream, most, { hold = () => {}, within } = {}) {
  const reader = stream.getReader();
  let late = false;
  const timer = within && setTimeout(() => {
    late = true;
    reader.cancel().catch(() => {});
  }, within);
  const pieces = [];
  let length = 0;
  try {
    while (length < most) {
      const { done, value } = await reader.read();
      if (late) throw new Trouble('slow-body');
      if (done) break;
      const piece = value.subarray(0, most - length);
      hold(piece.length);
      pieces.push(piece);
      length += piece.length;
    }
    if (length >= most) await reader.cancel();
  } catch (error) {
    await reader.cancel().catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
  if (pieces.length === 1) return pieces[0];
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

// Trouble is an error that has words for the client: a name in problems.
class Trouble extends Error {}

// What can go wrong where no Go code runs; problem.go has the others, of the
// same form.
const problems = {
  'slow-body': [408, 'The body did not arrive in time'],
  internal: [500, 'A fault of the worker'],
  busy: [503, 'Too much is under way; try again'],
  late: [504, 'No answer was found in time'],
};

function problem(name) {
  const [status, title] = problems[name] ?? problems.internal;
  const type = `https://github.com/sealcheck/sealcheck/blob/main/wasm/worker/README.md#${name}`;
  return new Response(JSON.stringify({ type, title, status }), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      ...(status === 503 ? { 'Retry-After': '1' } : {}),
    },
  });
}
