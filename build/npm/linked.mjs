// Signing linked data: what Digital Bazaar's suites make, and, from jsonld.js,
// rdf-canonize and node's own crypto, what no library would make: other proof
// options, proof chains, older suites, and signatures over a form from which
// something was lost (safe: false).
import * as crypto from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import jsonld from 'jsonld';
import * as rdfCanonize from 'rdf-canonize';
import jsigs from 'jsonld-signatures';
import {encode as base58} from 'base58-universal';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Bls from '@digitalbazaar/bls12-381-multikey';
import * as sd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as bbs from '@digitalbazaar/bbs-2023-cryptosuite';
import {Ed25519Signature2018} from '@digitalbazaar/ed25519-signature-2018';
import {Ed25519VerificationKey2018} from '@digitalbazaar/ed25519-verification-key-2018';
import {V2} from './content.mjs';
import {didKeyMethod, jwk, multikey, secretMultikey} from './keys.mjs';
import {loader} from './loader.mjs';
import {json, root, write} from './registry.mjs';
import {algorithm, b64, signRaw} from './sign.mjs';

export const DATE = '2026-01-10T09:00:00Z';
export const SECURITY = 'https://w3id.org/security/';

// canonical gives the canonical N-Quads of a document. With safe off, whatever
// RDF has no place for is dropped without a word.
export async function canonical(document, {safe = true, hash = 'sha256', documentLoader = loader, ...more} = {}) {
  const dataset = await jsonld.toRDF(structuredClone(document), {documentLoader, base: null, safe, rdfDirection: safe ? 'i18n-datatype' : null, produceGeneralizedRdf: false, ...more});
  return rdfCanonize.canonize(dataset, {algorithm: 'RDFC-1.0', format: 'application/n-quads', messageDigestAlgorithm: hash});
}

const legacy = type => type !== 'DataIntegrityProof' && type !== 'Ed25519Signature2020';
const digest = (hash, text) => crypto.createHash(hash).update(text).digest();
const without = (object, ...members) => Object.fromEntries(Object.entries(object).filter(([name]) => !members.includes(name)));

// linkedInput is what a proof over linked data signs: the hash of its options,
// read under the document's contexts, and that of the document together with
// the proofs that it builds on.
export async function linkedInput(document, proof, {safe = true, hash = 'sha256', previous = [], documentLoader = loader} = {}) {
  const bare = without(document, 'proof');
  const options = {'@context': suiteContexts(bare['@context'], proof.type), ...without(proof, 'proofValue', 'jws')};
  const unsecured = previous.length ? {...bare, proof: previous} : bare;
  const [first, second] = await Promise.all([options, unsecured].map(value => canonical(value, {safe, hash, documentLoader})));
  return Buffer.concat([digest(hash, first), digest(hash, second)]);
}

// suiteContexts adds the suite's context to those of the options, as Digital
// Bazaar's library does, where the document's own do not define its words.
const DATA_INTEGRITY = SECURITY + 'data-integrity/v2';
function suiteContexts(context, type) {
  const all = [context].flat();
  return type !== 'DataIntegrityProof' || all.includes(V2) || all.includes(DATA_INTEGRITY) ? context : [...all, DATA_INTEGRITY];
}

const suiteOf = key => ({Ed25519: 'eddsa-rdfc-2022', 'P-256': 'ecdsa-rdfc-2019', 'P-384': 'ecdsa-rdfc-2019'}[jwk(key).crv]);

// linkedByHand gives a proof with exactly these options.
export async function linkedByHand(document, key, {type = 'DataIntegrityProof', safe = true, previous = [], header = {}, documentLoader = loader, alg = jwk(key).kty === 'RSA' ? 'PS256' : algorithm(key), hash = type === 'DataIntegrityProof' && jwk(key).crv === 'P-384' ? 'sha384' : 'sha256', ...options} = {}) {
  const proof = JSON.parse(JSON.stringify({type, cryptosuite: type === 'DataIntegrityProof' ? suiteOf(key) : undefined, created: DATE, verificationMethod: didKeyMethod(key), proofPurpose: 'assertionMethod', ...options}));
  const input = await linkedInput(document, proof, {safe, hash, previous, documentLoader});
  if (!legacy(type)) return {...proof, proofValue: 'z' + base58(Uint8Array.from(signRaw(alg, key, input)))};
  const protectedPart = b64(JSON.stringify({alg, b64: false, crit: ['b64'], ...header}));
  return {...proof, jws: `${protectedPart}..${b64(signRaw(alg, key, Buffer.concat([Buffer.from(protectedPart + '.'), input])))}`};
}
export const linked = async (document, key, options) => ({...document, proof: await linkedByHand(document, key, options)});

const purposeOf = term => new jsigs.purposes.ControllerProofPurpose({term});
const sign = (document, suite, purpose = 'assertionMethod') => jsigs.sign(structuredClone(document), {suite, purpose: purposeOf(purpose), documentLoader: loader});
const derive = (document, cryptosuite) => jsigs.derive(structuredClone(document), {suite: new DataIntegrityProof({cryptosuite}), purpose: purposeOf(document.proof.proofPurpose), documentLoader: loader});

export async function signature2018(document, key, {method = didKeyMethod(key)} = {}) {
  const pair = new Ed25519VerificationKey2018({
    id: method, controller: method.split('#')[0], publicKeyBase58: base58(Uint8Array.from(Buffer.from(jwk(key).x, 'base64url'))),
    privateKeyBase58: base58(Uint8Array.from(Buffer.concat([Buffer.from(jwk(key).d, 'base64url'), Buffer.from(jwk(key).x, 'base64url')]))),
  });
  return sign(document, new Ed25519Signature2018({key: pair, date: DATE}));
}

// ecdsa-sd-2023: the issuer's base proof, and what a holder derives from it.
export async function sdBase(document, key, {mandatory = [], method = didKeyMethod(key), proof = {}, purpose} = {}) {
  const pair = await EcdsaMultikey.from({id: method, type: 'Multikey', controller: method.split('#')[0], publicKeyMultibase: multikey(key), secretKeyMultibase: secretMultikey(key)});
  const suite = new DataIntegrityProof({signer: pair.signer(), date: DATE, cryptosuite: sd.createSignCryptosuite({mandatoryPointers: mandatory})});
  suite.proof = proof;
  return sign(document, suite, purpose);
}
export const sdReveal = (signed, selective) => derive(signed, sd.createDiscloseCryptosuite({selectivePointers: selective}));

// bbs-2023 and its keys, which no JWK library makes.
export function blsKey(name) {
  const path = `keys/${name}.json`;
  if (!existsSync(join(root, path))) throw new Error(`${name} has to be made first: await makeBlsKey('${name}')`);
  return JSON.parse(readFileSync(join(root, path)));
}
export async function makeBlsKey(name) {
  if (existsSync(join(root, `keys/${name}.json`))) return;
  const pair = await Bls.generateBbsKeyPair({algorithm: Bls.ALGORITHMS.BBS_BLS12381_SHA256});
  const {publicKeyMultibase, secretKeyMultibase} = await pair.export({publicKey: true, secretKey: true});
  write(`keys/${name}.json`, json({note: 'TEST KEY, published with its private part: it proves nothing and must never be trusted', kid: `test-${name}`, publicKeyMultibase, secretKeyMultibase}));
}
export const blsDid = name => `did:key:${blsKey(name).publicKeyMultibase}`;
export const blsMethod = name => `${blsDid(name)}#${blsKey(name).publicKeyMultibase}`;

export async function bbsBase(document, name, {mandatory = [], method = blsMethod(name), proof = {}, purpose} = {}) {
  const {publicKeyMultibase, secretKeyMultibase} = blsKey(name);
  const pair = await Bls.from({'@context': `${SECURITY}multikey/v1`, id: method, type: 'Multikey', controller: method.split('#')[0], publicKeyMultibase, secretKeyMultibase}, {algorithm: Bls.ALGORITHMS.BBS_BLS12381_SHA256});
  const suite = new DataIntegrityProof({signer: pair.signer(), date: DATE, cryptosuite: bbs.createSignCryptosuite({mandatoryPointers: mandatory})});
  suite.proof = proof;
  return sign(document, suite, purpose);
}
export const bbsReveal = (signed, selective, presentationHeader = new Uint8Array()) => derive(signed, bbs.createDiscloseCryptosuite({selectivePointers: selective, presentationHeader}));
