// The files that are verified, and which of the peers can verify each.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../browser.js';

export const at = '2026-06-15T12:00:00Z';
export const list = 'testdata/trust/main.json';

const jose = 'jose';
const suites = 'jsigs';

// gather gives {name, bytes, peer, text} for each. All are signed by issuers
// of the one trust list, so that every check has its work to do and the
// headline is "verified".
export async function gather() {
  const kept = (name, file, peer) => ({ name, peer, bytes: readFileSync(join(root, 'testdata/credentials', file)) });
  return [
    { name: 'Open Badge, JWT, EdDSA', peer: jose, bytes: Buffer.from(await badge()) },
    kept('credential, JWT, ES256', 'vc-jwt-es256.jwt', jose),
    kept('Open Badge, eddsa-jcs-2022', 'badge-eddsa-jcs.json', suites),
    kept('Open Badge, ecdsa-jcs-2019', 'badge-ecdsa-jcs-p256.json', suites),
    kept('European Digital Credential', 'edc-seal.jsonld', ''),
  ];
}

// badge is the one badge that the test data lacks, newly signed by jose with
// the test key of an issuer that the list names.
async function badge() {
  const { jwtBadge } = await import('../../npm/sign.mjs');
  const { badge, profile } = await import('../../npm/content.mjs');
  const { didKey } = await import('../../npm/keys.mjs');
  const key = 'university-ed25519';
  return jwtBadge(badge(profile(didKey(key))), key);
}
