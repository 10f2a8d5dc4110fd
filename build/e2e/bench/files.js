// The files that are verified, which of the peers can verify each, and how
// much faster than they we mean to be.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import jsonld from 'jsonld';

import { signaturesOf } from '../../npm/derived.mjs';
import { root } from '../browser.js';
import { contexts, loader } from './contexts.js';
import { aligned, bbs, disclosed, onP256, onP384, presentation, signature2020, small } from './issue.js';

export const at = '2026-06-15T12:00:00Z';

// What the issue demands, in Chromium, warm: how many times as fast as the
// fastest peer that does the same, at least and to aim for.
const goals = {
  badge: { least: 3, aim: 5 },
  large: { least: 5, aim: 10 },
  jwt: { least: 1 / 3, aim: 1 },
};

const both = ['vc', 'core'];

// gather gives, for each file,
//
//	name, bytes
//	peers      that can verify it
//	less       peers that do less with it than all that there is to do
//	goal       {least, aim}
//	cold       whether the first verification after a start is timed as well
//	headlines  that our report must have for each credential in it
//	primitive  {scheme, count}: the signatures that have to be verified, whoever
//	           does it
//	canonical  SHA-256 of its canonical N-Quads by jsonld.js, for the native
//	           peer. Not of the presentation: json-gold puts what that holds
//	           into the default graph, and comes to another form
//
// Issuers stand in the one trust list, so that every check has its work to do
// and the headline is "verified"; the holder of the presentation does not, and
// of what a holder derived nobody knows whether a way to look up that it was
// withdrawn was left out (T21).
export async function gather() {
  const kept = (name, file, peers, more) => ({ name, peers, bytes: readFileSync(join(root, 'testdata/credentials', file)), ...more });
  const issued = (name, peers, document, more) => ({ name, peers, document, bytes: Buffer.from(JSON.stringify(document)), ...more });
  const [ed25519, p256, p384] = ['Ed25519', 'P-256', 'P-384'].map((scheme) => ({ scheme, count: 1 }));
  const derived = await disclosed();
  const files = [
    { name: 'Open Badge, JWT, EdDSA', peers: ['jose'], primitive: ed25519, goal: goals.jwt, cold: true, bytes: Buffer.from(await jwt()) },
    kept('credential, JWT, ES256', 'vc-jwt-es256.jwt', ['jose'], { primitive: p256, goal: goals.jwt }),
    issued('Open Badge, eddsa-rdfc-2022', both, await small(), { primitive: ed25519, goal: goals.badge, cold: true }),
    issued('Open Badge, Ed25519Signature2020', both, await signature2020(), { primitive: ed25519, goal: goals.badge }),
    issued('Open Badge with 20 alignments, eddsa-rdfc-2022', both, await aligned(), { primitive: ed25519, goal: goals.large, cold: true }),
    issued('Open Badge, ecdsa-rdfc-2019, P-256', ['vc'], await onP256(), { primitive: p256, goal: goals.badge }),
    issued('Open Badge, ecdsa-rdfc-2019, P-384', ['vc'], await onP384(), { primitive: p384 }),
    issued('Open Badge, ecdsa-sd-2023, derived', ['vc'], derived, { primitive: { scheme: 'P-256', count: signaturesOf(derived.proof.proofValue) }, goal: goals.badge, cold: true, headlines: ['incomplete'] }),
    issued('Open Badge, bbs-2023, derived', ['vc'], await bbs(), { headlines: ['incomplete'] }),
    issued('presentation of 30 badges, eddsa-rdfc-2022', both, await presentation(30), { primitive: { scheme: 'Ed25519', count: 31 }, less: ['core'], goal: goals.large, cold: true, headlines: ['unlisted', ...Array(30).fill('verified')] }),
    kept('Open Badge, eddsa-jcs-2022', 'badge-eddsa-jcs.json', ['jsigs']),
    kept('Open Badge, ecdsa-jcs-2019', 'badge-ecdsa-jcs-p256.json', ['jsigs']),
    kept('European Digital Credential', 'edc-seal.jsonld', [], { cold: true }),
    { name: 'an empty object: what every file costs', peers: [], bytes: Buffer.from('{}'), headlines: ['unreadable'] },
  ];
  for (const file of files) {
    file.less ??= [];
    file.headlines ??= ['verified'];
    if (file.document && !file.document.verifiableCredential) file.canonical = await canonical(file.document);
  }
  return files;
}

// jwt is the one badge that the test data lacks, newly signed by jose with the
// test key of an issuer that the list names.
async function jwt() {
  const { jwtBadge } = await import('../../npm/sign.mjs');
  const { badge, profile } = await import('../../npm/content.mjs');
  const { didKey } = await import('../../npm/keys.mjs');
  const key = 'university-ed25519';
  return jwtBadge(badge(profile(didKey(key))), key);
}

// trust is the test data's list with the issuers that this run has made.
export function trust(files) {
  const list = JSON.parse(readFileSync(join(root, 'testdata/trust/main.json')));
  const { identifiers } = list.issuers[0];
  for (const { document } of files) {
    if (!document?.issuer || identifiers.some(({ did }) => did === document.issuer.id)) continue;
    identifiers.push({ did: document.issuer.id });
  }
  return [{ name: 'bench.json', text: JSON.stringify(list) }];
}

// canonical is a digest of what a verifier must canonicalise: the statements
// of the document without its proof, then those of the proof's options.
async function canonical({ proof: { proofValue, ...options }, ...rest }) {
  const hash = createHash('sha256');
  for (const value of [rest, { '@context': rest['@context'], ...options }]) {
    hash.update(await jsonld.canonize(value, { algorithm: 'RDFC-1.0', format: 'application/n-quads', documentLoader: loader(), safe: true }));
  }
  return hash.digest('hex');
}

// lay writes all that a program needs that is not this one, and gives the path
// of its description.
export function lay(folder, files, lists) {
  mkdirSync(folder, { recursive: true });
  const described = files.map(({ name, bytes, headlines, canonical: digest = '' }, i) => {
    const path = join(folder, `file${i}`);
    writeFileSync(path, bytes);
    return { name, path, headlines, canonical: digest };
  });
  const path = join(folder, 'bench.json');
  writeFileSync(path, JSON.stringify({ at, trust: lists, contexts: Object.fromEntries(contexts), files: described }, null, 1));
  return path;
}
