// The lists that the scenario files fill and generate.mjs writes down: files
// to be signed, recorded networks, trust lists, policies and scenarios.
import {mkdirSync, readFileSync, writeFileSync, existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'testdata');

export const files = [];      // {path, make}: written only when missing or asked for
export const documents = [];  // {path, text}: written whenever they differ
export const scenarios = [];

// A scenario's `keys` and `lists` are files that are handed in beside its own:
// keys of the issuer, and lists of what was withdrawn.

// The instant at which a scenario is judged unless it says otherwise.
export const NOW = '2026-06-15T12:00:00Z';

export const read = path => readFileSync(join(root, path));

export function write(path, data) {
  const target = join(root, path);
  mkdirSync(dirname(target), {recursive: true});
  if (existsSync(target) && readFileSync(target).equals(Buffer.from(data))) return false;
  writeFileSync(target, data);
  return true;
}

export const json = value => JSON.stringify(value, null, 1) + '\n';

const taken = new Set();
function claim(path) {
  if (taken.has(path)) throw new Error(`${path} is made twice`);
  taken.add(path);
}

// file makes credentials/<name>; make gives a string, bytes or an object.
export function file(name, make) {
  const path = name.includes('/') ? name : `credentials/${name}`;
  claim(path);
  files.push({path, make});
  return path;
}

export function document(path, value) {
  claim(path);
  documents.push({path, text: typeof value === 'string' ? value : json(value)});
  return path;
}

// network makes network/<name>/ from {address: value}, where value is a
// document (200, JSON) or an answer: {status, body, contentType}. Besides, an
// answer may have `name` and `make` instead of a body, for a file that is
// signed and kept once made; `error`, why none came (timeout, name, closed);
// `address`, where redirects led; and `consent`, that somebody agreed to ask
// an address which gives away whose credential is checked.
export function network(name, answers) {
  const index = {};
  let n = 0;
  for (const [address, answer] of Object.entries(answers)) {
    const plain = answer !== null && typeof answer === 'object' && ['status', 'body', 'make', 'error'].some(member => member in answer);
    const {status = 200, body, make, name: called, contentType = 'application/json', ...more} = plain ? answer : {body: answer};
    const stray = Object.keys(more).filter(member => !['error', 'address', 'consent'].includes(member));
    if (stray.length) throw new Error(`${address} has ${stray}`);
    const entry = {};
    if (make) {
      entry.file = called;
      file(`network/${name}/${called}`, make);
      entry.contentType = contentType;
    } else if (body !== undefined) {
      const text = typeof body === 'string' ? body : json(body);
      const kind = contentType.includes('html') ? 'html' : 'json';
      entry.file = called ?? `${String(++n).padStart(2, '0')}.${kind}`;
      document(`network/${name}/${entry.file}`, text);
      entry.contentType = contentType;
    }
    if (status !== 200) entry.status = status;
    index[address] = {...entry, ...more};
  }
  document(`network/${name}/index.json`, index);
  return name;
}

const verdicts = {
  unreadable: 'invalid', not_signed: 'indeterminate', refused: 'invalid', altered: 'invalid',
  mismatch: 'invalid', wrong_key: 'invalid', revoked: 'invalid', delisted: 'invalid',
  expired: 'invalid', not_yet_valid: 'invalid', suspended: 'indeterminate',
  incomplete: 'indeterminate', unlisted: 'indeterminate', identified: 'indeterminate', verified: 'valid',
};

const order = ['envelope', 'credential', 'proof', 'key', 'signature', 'issuer', 'validity', 'status', 'trust', 'holder', 'schema'];

const good = {
  envelope: 'pass', credential: 'pass', proof: 'pass', key: 'pass', signature: 'pass', issuer: 'pass',
  validity: 'pass', status: 'none', trust: 'pass', holder: 'none', schema: 'none',
};

// entries say what became of each entry of the report, those that stand in
// others after them: "path: role aside headline code code", where "aside" and
// codes stand only if they must be there; a credential by itself has no role.
function expect(headline, checks, codes, verdict, entries) {
  const kept = {};
  for (const name of order) if (checks[name] !== undefined) kept[name] = checks[name];
  const stray = Object.keys(checks).filter(name => !order.includes(name));
  if (stray.length) throw new Error(`no check is called ${stray}`);
  if (!verdicts[headline]) throw new Error(`no headline is called ${headline}`);
  return {verdict: verdict ?? verdicts[headline], headline, checks: kept, codes, ...entries && {entries}};
}

const from = (name, value) => Object.fromEntries(order.slice(order.indexOf(name)).map(n => [n, value]));
const unjudged = {validity: 'skipped', status: 'skipped', trust: 'skipped'};

// What a seal changes in every row: its time is only claimed, and a European
// Digital Credential always names a schema, which is not looked at.
export const sealed = {proof: 'warn', schema: 'skipped'};

// Each of these is one way for a verification to end. A check left out of the
// expectation (undefined) is one on which the rules say nothing.
export const ends = {
  verified: (codes, checks = {}) => expect('verified', {...good, ...checks}, codes),
  identified: (codes, checks = {}, verdict) => expect('identified', {...good, trust: 'warn', ...checks}, codes, verdict),
  unlisted: (codes, checks = {}, verdict) => expect('unlisted', {...good, trust: 'warn', ...checks}, codes, verdict),
  delisted: (codes, checks = {}) => expect('delisted', {...good, trust: 'fail', ...checks}, codes),
  revoked: (codes, checks = {}) => expect('revoked', {...good, status: 'fail', ...checks}, codes),
  suspended: (codes, checks = {}) => expect('suspended', {...good, status: 'fail', ...checks}, codes),
  expired: (codes, checks = {}) => expect('expired', {...good, validity: 'fail', ...checks}, codes),
  notYet: (codes, checks = {}) => expect('not_yet_valid', {...good, validity: 'fail', ...checks}, codes),
  incomplete: (codes, checks = {}) => expect('incomplete', {...good, ...checks}, codes),
  altered: (checks = {}) => expect('altered', {...good, signature: 'fail', ...unjudged, ...checks}, ['signature.altered']),
  mismatch: (checks = {}) => expect('mismatch', {...good, signature: 'fail', ...unjudged, ...checks}, ['signature.mismatch']),
  badSignature: (codes, checks = {}) => expect('refused', {...good, signature: 'fail', ...unjudged, ...checks}, codes),
  wrongKey: (codes, checks = {}) => expect('wrong_key', {...good, issuer: 'fail', ...unjudged, ...checks}, codes),
  unreadable: (...codes) => expect('unreadable', {...from('credential', 'skipped'), envelope: 'fail'}, codes),
  refusedEnvelope: (...codes) => expect('refused', {...from('credential', 'skipped'), envelope: 'fail'}, codes),
  refusedCredential: (codes, checks = {}) => expect('refused', {...good, credential: 'fail', issuer: 'skipped', ...unjudged, holder: 'skipped', schema: 'skipped', ...checks}, codes),
  refusedProof: (codes, checks = {}) => expect('refused', {...good, proof: 'fail', key: 'skipped', signature: 'skipped', issuer: 'skipped', ...unjudged, ...checks}, codes),
  unknownProof: (codes, checks = {}) => expect('incomplete', {...good, proof: 'unknown', key: 'skipped', signature: 'skipped', issuer: 'skipped', ...unjudged, ...checks}, codes),
  notSigned: (codes, checks = {}) => expect('not_signed', {...good, proof: 'none', key: 'skipped', signature: 'skipped', issuer: 'skipped', ...unjudged, ...checks}, codes),
  // What issuer says while no key is known depends on how far the look-up got.
  unknownKey: (codes, checks = {}) => expect('incomplete', {...good, key: 'unknown', signature: 'skipped', issuer: undefined, ...unjudged, ...checks}, codes),
  badKey: (headline, codes, checks = {}) => expect(headline, {...good, key: 'fail', signature: 'skipped', issuer: undefined, ...unjudged, ...checks}, codes),
  only: (headline, codes = [], checks = {}, verdict, entries) => expect(headline, checks, codes, verdict, entries),
};

const ids = new Set();
export function scenario(id, about, file, expectation, options = {}) {
  if (ids.has(id)) throw new Error(`scenario ${id} twice`);
  ids.add(id);
  const {at = NOW, policy = 'strict', network = '', trust = ['trust/main.json'], keys = [], lists = [], offline = network === ''} = options;
  scenarios.push({id, file, at, policy, network, trust, keys, lists, offline, about, expect: expectation});
}
