// The peers, bundled for the browser and for node. Each is used as its own
// documentation has it, with all that can be had beforehand already there:
// modules loaded, key or DID document at hand, no network.

import jsigs from 'jsonld-signatures';
import { importJWK, jwtVerify } from 'jose';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite as ecdsaJcs } from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import { createVerifyCryptosuite as eddsaJcs } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';

const decode = (part) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))));

const verifiers = { jose: joseVerifier, jsigs: suiteVerifier };

// prepare gives a function that verifies the text once, and rejects where the
// peer does not find it good.
export function prepare(peer, text, at) {
  return verifiers[peer](text, at);
}

// refuses says whether the peer finds a text that was changed no longer good:
// else it is not doing the work that is timed.
export async function refuses(peer, text, at) {
  const changed = peer === 'jose' ? text.replace(/\.(.*)\./, (_, payload) => `.${btoa(atob(payload.replaceAll('-', '+').replaceAll('_', '/')).replace('20', '21')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.`) : text.replace('Reading', 'Writing');
  if (changed === text) return false;
  return prepare(peer, changed, at).then((check) => check()).then(() => false, () => true);
}

// jose checks the signature and the registered dates; who the issuer is, the
// credential's own rules, trust and the report are left to its user. The key
// is imported once.
async function joseVerifier(text, at) {
  const { kid, alg } = decode(text.split('.')[0]);
  const publicKeyMultibase = kid.split('#')[1];
  const kind = alg === 'EdDSA' ? Ed25519Multikey : EcdsaMultikey;
  const jwk = await kind.toJwk({ keyPair: await kind.from({ type: 'Multikey', id: kid, controller: kid.split('#')[0], publicKeyMultibase }) });
  delete jwk.key_ops;
  const key = await importJWK(jwk, alg);
  const currentDate = new Date(at);
  return () => jwtVerify(text, key, { currentDate });
}

// jsonld-signatures parses, takes the key from the DID, makes the canonical
// form, checks the signature and whether the key may assert.
async function suiteVerifier(text) {
  const suites = { 'eddsa-jcs-2022': eddsaJcs, 'ecdsa-jcs-2019': ecdsaJcs };
  const { cryptosuite, verificationMethod } = JSON.parse(text).proof;
  const id = verificationMethod.split('#')[0];
  const method = { '@context': 'https://w3id.org/security/multikey/v1', id: verificationMethod, type: 'Multikey', controller: id, publicKeyMultibase: verificationMethod.split('#')[1] };
  const controller = { '@context': 'https://www.w3.org/ns/did/v1', id, assertionMethod: [verificationMethod], verificationMethod: [method] };
  const documentLoader = async (url) => {
    const document = { [id]: controller, [verificationMethod]: method }[url];
    if (!document) throw new Error(`${url} was asked for`);
    return { contextUrl: null, documentUrl: url, document };
  };
  return async () => {
    const suite = new DataIntegrityProof({ cryptosuite: suites[cryptosuite]() });
    const purpose = new jsigs.purposes.AssertionProofPurpose();
    const { verified, error } = await jsigs.verify(JSON.parse(text), { suite, purpose, documentLoader });
    if (!verified) throw error;
  };
}

// times verifies so often and gives the milliseconds of each.
export async function times(check, count) {
  const taken = [];
  for (let i = 0; i < count; i += 1) {
    const begin = performance.now();
    await check();
    taken.push(performance.now() - begin);
  }
  return taken;
}
