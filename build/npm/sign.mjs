// Signing: with jose and Digital Bazaar's libraries wherever they can, with
// node's own crypto for what no library will do: ES256K, seals with b64:false,
// and headers that are wrong on purpose.
import * as crypto from 'node:crypto';
import {CompactSign, FlattenedSign, GeneralSign, importJWK} from 'jose';
import canonicalize from 'canonicalize';
import {encode as base58} from 'base58-universal';
import jsigs from 'jsonld-signatures';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import {createSignCryptosuite as eddsaJcs} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {createSignCryptosuite as ecdsaJcs} from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {Ed25519VerificationKey2020} from '@digitalbazaar/ed25519-verification-key-2020';
import {didKeyMethod, jwk, multikey, privateKey, secretMultikey} from './keys.mjs';
import {loader} from './loader.mjs';
import {base64 as certificateBase64, certificate, sealKey, thumbprint} from './certificates.mjs';

export const b64 = data => Buffer.from(data).toString('base64url');
export const text = value => typeof value === 'string' ? value : JSON.stringify(value);
export const seconds = date => Math.floor(Date.parse(date) / 1000);

const usual = {'Ed25519': 'EdDSA', 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512', 'secp256k1': 'ES256K', 'RSA': 'RS256'};
export const algorithm = key => usual[jwk(key).crv ?? jwk(key).kty];

const hash = alg => alg === 'EdDSA' ? null : `sha${{256: 256, '56K': 256, 384: 384, 512: 512}[alg.slice(-3)]}`;

// signRaw gives the signature's bytes over any input, for any algorithm.
export function signRaw(alg, key, input) {
  const secret = {key: privateKey(key)};
  if (alg.startsWith('ES')) secret.dsaEncoding = 'ieee-p1363';
  if (alg.startsWith('PS')) Object.assign(secret, {padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: crypto.constants.RSA_PSS_SALTLEN_DIGEST});
  return crypto.sign(hash(alg), Buffer.from(input), secret);
}

// byHand is a compact JWS of exactly these texts, whatever they say.
export function byHand(header, payload, key, alg = header.alg) {
  const input = `${b64(text(header))}.${b64(text(payload))}`;
  return `${input}.${b64(signRaw(alg, key, input))}`;
}

export async function compact(header, payload, key) {
  if (header.alg === 'ES256K') return byHand(header, payload, key);
  return new CompactSign(Buffer.from(text(payload))).setProtectedHeader(header).sign(await importJWK(jwk(key), header.alg));
}

export async function flattened(header, payload, key) {
  return new FlattenedSign(Buffer.from(text(payload))).setProtectedHeader(header).sign(await importJWK(jwk(key), header.alg));
}

export async function general(payload, ...signers) {
  const jws = new GeneralSign(Buffer.from(text(payload)));
  for (const [header, key] of signers) jws.addSignature(await importJWK(jwk(key), header.alg)).setProtectedHeader(header);
  return jws.sign();
}

// tidy leaves out members that are null or undefined.
const tidy = header => Object.fromEntries(Object.entries(header).filter(([, value]) => value !== null && value !== undefined));

// jwt1 is a VC-JWT of data model 1.1: the credential under `vc`, the
// registered claims beside it.
export function claims1(credential, more = {}) {
  const issuer = credential.issuer?.id ?? credential.issuer;
  const claims = {iss: issuer, nbf: seconds(credential.issuanceDate), jti: credential.id, sub: credential.credentialSubject?.id, vc: credential};
  if (credential.expirationDate) claims.exp = seconds(credential.expirationDate);
  return JSON.parse(JSON.stringify({...claims, ...more}));
}
export function jwt1(credential, key, {alg = algorithm(key), kid = didKeyMethod(key), header = {}, claims = {}} = {}) {
  return compact(tidy({alg, typ: 'JWT', kid, ...header}), claims1(credential, claims), key);
}

// jwt2 is vc+jwt of data model 2.0: the credential is the payload.
export function jwt2(credential, key, {alg = algorithm(key), kid = didKeyMethod(key), header = {}, claims = {}} = {}) {
  return compact(tidy({alg, typ: 'vc+jwt', cty: 'vc', kid, ...header}), {...credential, ...claims}, key);
}

// jwtBadge is an Open Badge 3.0 as 1EdTech signs it: the credential at the
// root with registered claims beside it, typ JWT.
export function jwtBadge(credential, key, {alg = algorithm(key), kid = didKeyMethod(key), header = {}, claims = {}} = {}) {
  const issuer = credential.issuer?.id ?? credential.issuer;
  const from = credential.validFrom ?? credential.issuanceDate;
  const until = credential.validUntil ?? credential.expirationDate;
  const registered = {iss: issuer, jti: credential.id, sub: credential.credentialSubject.id, nbf: seconds(from)};
  if (until) registered.exp = seconds(until);
  return compact(tidy({alg, typ: 'JWT', kid, ...header}), {...credential, ...JSON.parse(JSON.stringify(registered)), ...claims}, key);
}

// dataIntegrity adds a proof to a document. With an array of proofs in the
// document the new one joins the set.
export async function dataIntegrity(document, key, {suite, method = didKeyMethod(key), created = '2026-01-10T09:00:00Z', proof = {}} = {}) {
  const ed = jwk(key).crv === 'Ed25519';
  suite ??= ed ? 'eddsa-jcs-2022' : 'ecdsa-jcs-2019';
  const pair = {id: method, type: 'Multikey', controller: method.split('#')[0], publicKeyMultibase: multikey(key), secretKeyMultibase: secretMultikey(key)};
  const signer = (ed ? await Ed25519Multikey.from(pair) : await EcdsaMultikey.from(pair)).signer();
  const cryptosuite = {'eddsa-jcs-2022': eddsaJcs, 'ecdsa-jcs-2019': ecdsaJcs, 'eddsa-rdfc-2022': () => eddsaRdfc, 'ecdsa-rdfc-2019': () => ecdsaRdfc}[suite]();
  const maker = new DataIntegrityProof({signer, date: created, cryptosuite});
  maker.proof = proof;
  const purpose = new jsigs.purposes.AssertionProofPurpose();
  return jsigs.sign(structuredClone(document), {suite: maker, purpose, documentLoader: loader});
}

export async function signature2020(document, key, {method = didKeyMethod(key)} = {}) {
  const pair = await Ed25519VerificationKey2020.from({id: method, controller: method.split('#')[0], type: 'Ed25519VerificationKey2020', publicKeyMultibase: multikey(key),
    privateKeyMultibase: 'z' + base58(Uint8Array.from(Buffer.concat([Buffer.from([0x80, 0x26]), Buffer.from(jwk(key).d, 'base64url'), Buffer.from(jwk(key).x, 'base64url')])))});
  const suite = new Ed25519Signature2020({key: pair, date: '2026-01-10T09:00:00Z'});
  return jsigs.sign(structuredClone(document), {suite, purpose: new jsigs.purposes.AssertionProofPurpose(), documentLoader: loader});
}

// jcsByHand signs with proof options that the libraries will not write.
export function jcsByHand(document, key, options) {
  const name = jwk(key).crv === 'P-384' ? 'sha384' : 'sha256';
  const digest = value => crypto.createHash(name).update(canonicalize(value)).digest();
  const proof = {type: 'DataIntegrityProof', cryptosuite: jwk(key).crv === 'Ed25519' ? 'eddsa-jcs-2022' : 'ecdsa-jcs-2019', created: '2026-01-10T09:00:00Z', verificationMethod: didKeyMethod(key), proofPurpose: 'assertionMethod', '@context': document['@context'], ...options};
  const kept = JSON.parse(JSON.stringify(proof));
  const value = signRaw(algorithm(key), key, Buffer.concat([digest(kept), digest(document)]));
  return {...kept, proofValue: 'z' + base58(Uint8Array.from(value))};
}

// A DER IssuerSerial, which European Digital Credentials put into `kid`.
function issuerSerial(name) {
  const tlv = (tag, ...parts) => {
    const content = Buffer.concat(parts);
    const length = content.length < 128 ? [content.length] : content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 255];
    return Buffer.concat([Buffer.from([tag, ...length]), content]);
  };
  const string = value => tlv(0x0c, Buffer.from(value));
  const oid = {C: [0x55, 4, 6], O: [0x55, 4, 10], CN: [0x55, 4, 3]};
  const names = certificate(name).issuer.split('\n').filter(line => oid[line.split('=')[0]]).map(line => {
    const [type, value] = line.split('=');
    return tlv(0x31, tlv(0x30, tlv(0x06, Buffer.from(oid[type])), type === 'C' ? tlv(0x13, Buffer.from(value)) : string(value)));
  });
  const serial = Buffer.from(certificate(name).serialNumber, 'hex');
  return tlv(0x30, tlv(0x30, tlv(0xa4, tlv(0x30, ...names))), tlv(0x02, serial)).toString('base64');
}

// seal makes a JAdES seal as the Commission's issuer writes it: JSON general
// serialisation, the payload unencoded (RFC 7797), the signing time claimed
// in the protected header. `header` overrides; a member set to undefined goes.
export function seal(document, name, {alg, time = '2026-01-10T09:00:00Z', chain = [], header = {}, unprotected = {}, form = 'general', key = sealKey(name), protectedText} = {}) {
  alg ??= algorithm(key);
  const payload = typeof document === 'string' ? document : JSON.stringify(document);
  const claims = JSON.parse(JSON.stringify({
    alg, cty: 'octet-stream', typ: 'jose+json', kid: issuerSerial(name), 'x5t#S256': thumbprint(name),
    x5c: [name, ...chain].map(certificateBase64), sigT: time, b64: false, crit: ['b64', 'sigT'], ...header,
  }));
  const protectedPart = b64(protectedText ?? JSON.stringify(claims));
  const content = claims.b64 === false ? payload : b64(payload);
  const signature = b64(signRaw(alg, key, `${protectedPart}.${content}`));
  const one = {protected: protectedPart, ...(unprotected && Object.keys(unprotected).length ? {header: unprotected} : {}), signature};
  return JSON.stringify(form === 'flattened' ? {payload: content, ...one} : {payload: content, signatures: [one]});
}
// etsiU carries certificates along, unsigned, each entry base64url.
export const along = (...names) => ({etsiU: [b64(JSON.stringify({xVals: names.map(name => ({x509Cert: {val: certificateBase64(name)}}))}))]});
