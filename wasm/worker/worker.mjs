// The entry: the core, the lists and keys that lie beside it, and the
// settings of whoever runs it.

import { keys, trust } from './lists.mjs';
import module from './sealcheck.wasm';
import { Host } from './shim.mjs';

let settings;

// OFFLINE=1 forbids every outgoing request, CONTACT_ISSUER=1 allows those that
// show their host which credential is checked. POLICY is a preset's name or a
// policy as JSON. A value that makes no sense is a problem in every answer,
// never taken for none.
const configure = (env) =>
  (settings ??= { offline: text(env.OFFLINE), contactIssuer: text(env.CONTACT_ISSUER), policy: text(env.POLICY), trust, given: keys });

const text = (value) => (value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));

const host = new Host(module, configure);

export default {
  fetch: (request, env, ctx) => host.fetch(request, env, ctx),
};
