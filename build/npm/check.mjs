// Holds the files of the scenarios against what npm's verifiers say of them:
//
//   node build/npm/check.mjs [--all] [ID-PART...]
//
// A file that is to be verified (or is genuine and ended, or by a stranger)
// must verify with Digital Bazaar's suites in safe mode; an altered one must
// fail; one that is refused for what it loses must be refused by them or by a
// rule of our own, and hold as a careless reader reads it. Where no library
// verifies a suite it is done by hand over jsonld.js and node's crypto.
import * as crypto from 'node:crypto';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {decode as base58, encode as encode58} from 'base58-universal';
import jsigs from 'jsonld-signatures';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {createVerifyCryptosuite as eddsaJcs} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {createVerifyCryptosuite as sd} from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import {createVerifyCryptosuite as bbs} from '@digitalbazaar/bbs-2023-cryptosuite';
import {Ed25519Signature2018} from '@digitalbazaar/ed25519-signature-2018';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {linkedInput} from './linked.mjs';
import {careless, loaderOver} from './loader.mjs';
import {root} from './registry.mjs';

const {scenarios} = JSON.parse(readFileSync(join(root, 'manifest.json')));
const cryptosuites = {'eddsa-rdfc-2022': () => eddsaRdfc, 'ecdsa-rdfc-2019': () => ecdsaRdfc, 'ecdsa-sd-2023': sd, 'bbs-2023': bbs};
const byHand = ['JsonWebSignature2020', 'EcdsaSecp256k1Signature2019'];

// method gives the Multikey that a verificationMethod names.
function method(network, id) {
  const [did, fragment] = id.split('#');
  let multibase, jwk;
  if (did.startsWith('did:key:')) multibase = fragment;
  else {
    const index = JSON.parse(readFileSync(join(root, 'network', network, 'index.json')));
    const document = JSON.parse(readFileSync(join(root, 'network', network, index['https://university.example/.well-known/did.json'].file)));
    ({publicKeyMultibase: multibase, publicKeyJwk: jwk} = document.verificationMethod.find(one => one.id === id));
  }
  return {'@context': 'https://w3id.org/security/multikey/v1', id, type: 'Multikey', controller: did, ...(multibase ? {publicKeyMultibase: multibase} : {publicKeyMultibase: multibaseOf(jwk)})};
}
function multibaseOf({crv, x, y}) {
  const bytes = text => Buffer.from(text, 'base64url');
  const code = {'P-256': [0x80, 0x24], 'P-384': [0x81, 0x24], secp256k1: [0xe7, 0x01]}[crv];
  return 'z' + encode58(Uint8Array.from(Buffer.concat([Buffer.from(code), Buffer.from([2 + (bytes(y).at(-1) & 1)]), bytes(x)])));
}

// publicKey makes node's key of a Multikey.
function publicKey({publicKeyMultibase}) {
  const bytes = Buffer.from(base58(publicKeyMultibase.slice(1)));
  const raw = bytes.subarray(2), kind = bytes.readUInt16BE(0).toString(16);
  if (kind === 'ed01') return crypto.createPublicKey({key: {kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url')}, format: 'jwk'});
  if (kind === '8524') return crypto.createPublicKey({key: raw, format: 'der', type: 'pkcs1'});
  const [crv, curve] = {8024: ['P-256', 'prime256v1'], 8124: ['P-384', 'secp384r1'], e701: ['secp256k1', 'secp256k1']}[kind];
  const point = crypto.ECDH.convertKey(raw, curve, undefined, undefined, 'uncompressed').subarray(1);
  return crypto.createPublicKey({key: {kty: 'EC', crv, x: point.subarray(0, point.length / 2).toString('base64url'), y: point.subarray(point.length / 2).toString('base64url')}, format: 'jwk'});
}

// verifyByHand checks one proof over jsonld.js alone.
async function verifyByHand(document, proof, key, previous, options) {
  const hash = proof.cryptosuite === 'ecdsa-rdfc-2019' && key.asymmetricKeyDetails?.namedCurve === 'secp384r1' ? 'sha384' : 'sha256';
  let input = await linkedInput(document, proof, {hash, previous, ...options}), signature, alg;
  if (proof.jws) {
    const [header, , value] = proof.jws.split('.');
    alg = JSON.parse(Buffer.from(header, 'base64url')).alg;
    input = Buffer.concat([Buffer.from(header + '.'), input]);
    signature = Buffer.from(value, 'base64url');
  } else signature = Buffer.from(base58(proof.proofValue.slice(1)));
  const digest = key.asymmetricKeyType === 'ed25519' ? null : alg === 'ES384' ? 'sha384' : hash;
  const padding = key.asymmetricKeyType === 'rsa' ? {padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32} : {dsaEncoding: 'ieee-p1363'};
  return crypto.verify(digest, input, {key, ...padding}, signature);
}

const any = {match: async () => true, validate: async () => ({valid: true})};
async function strictly(document, proof, key, previous, loader) {
  const type = proof.type, name = proof.cryptosuite;
  if (previous.length || byHand.includes(type)) return verifyByHand(document, proof, publicKey(key), previous, {documentLoader: loader});
  let suite;
  if (type === 'Ed25519Signature2018') suite = new Ed25519Signature2018();
  else if (type === 'Ed25519Signature2020') suite = new Ed25519Signature2020();
  else if (name === 'eddsa-jcs-2022') suite = new DataIntegrityProof({cryptosuite: eddsaJcs()});
  else if (cryptosuites[name]) suite = new DataIntegrityProof({cryptosuite: cryptosuites[name]()});
  else throw new Error(`no suite ${type} ${name}`);
  const result = await jsigs.verify({...document, proof}, {suite, purpose: any, documentLoader: loader});
  if (!result.verified) throw [].concat(result.error?.errors ?? result.error)[0] ?? new Error('not verified');
  return true;
}

const genuine = ['verified', 'unlisted', 'expired', 'wrong_key', 'identified'];
const all = process.argv.includes('--all');
const wanted = process.argv.slice(2).filter(part => part !== '--all');
const seen = new Set();
let count = 0, odd = 0;
// jsonld.js keeps what it makes of a context, and an @import spoils that: such
// a file comes last.
const imports = ({id}) => id === 'lost-import';
for (const {id, file, network, expect} of [...scenarios.filter(s => !imports(s)), ...scenarios.filter(imports)]) {
  if (!/\.json$/.test(file) || seen.has(file) || wanted.length && !wanted.some(part => id.includes(part))) continue;
  let document;
  try { document = JSON.parse(readFileSync(join(root, file))); } catch { continue; }
  const proofs = [document.proof ?? []].flat();
  if (!proofs.some(p => cryptosuites[p?.cryptosuite] || /^(Ed25519Signature20|JsonWeb|Ecdsa)/.test(p?.type ?? ''))) continue;
  seen.add(file);
  count++;
  const results = [];
  for (const proof of proofs) {
    const {proof: _, ...bare} = document;
    const previous = proofs.filter(p => p !== proof && [proof.previousProof ?? []].flat().includes(p.id));
    let strict, loose;
    try {
      const key = method(network || 'web', proof.verificationMethod);
      const wrapped = /Signature20(18|20)$/.test(proof.type) ? {...key, '@context': 'https://w3id.org/security/suites/ed25519-2020/v1', type: 'Ed25519VerificationKey2020'} : key;
      try { strict = await strictly(bare, proof, key, previous, loaderOver(url => url === key.id ? wrapped : url === key.controller ? {id: url, '@context': 'https://www.w3.org/ns/did/v1', assertionMethod: [wrapped]} : undefined)); } catch (error) { strict = reason(error); }
      try { loose = await verifyByHand(bare, proof, publicKey(key), previous, {safe: false, documentLoader: careless}); } catch (error) { loose = reason(error); }
    } catch (error) { strict = loose = error.message; }
    results.push([strict, loose]);
  }
  const lost = expect.codes.some(code => code.startsWith('context.'));
  const [strict, loose] = results[0];
  // jsonld.js knows one version of a context; the suites of selective
  // disclosure overlook an index that belongs to nothing.
  if (id === 'context-earlier' || /-mandatory-more$/.test(id)) continue;
  // What decides about other refusals and about presentations is not the
  // mathematics of this proof.
  const fine = document.verifiableCredential ? null : genuine.includes(expect.headline) ? results.some(r => r[0] === true) :
    ['altered', 'mismatch'].includes(expect.headline) ? results.every(r => r[0] !== true) :
    lost ? loose === true || strict !== false && strict !== 'Invalid signature.' : null;
  if (fine === false) odd++;
  if (fine === false || all) console.log(fine === false ? 'WRONG' : fine ? 'fine' : 'other', id, expect.headline, expect.codes.join(), JSON.stringify(results));
}
console.log(`${count} files, ${odd} wrong`);
process.exit(odd ? 1 : 0);

function reason(error) {
  return error.details?.event?.code ?? error.details?.code ?? (error.message ?? String(error)).slice(0, 120);
}
