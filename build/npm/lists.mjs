// Lists of what was withdrawn, as their issuers publish them. The libraries of
// Digital Bazaar and of the SD-JWT project make them wherever they can; what
// they will not write (two bits for an entry, odd packings, CWT) is made here
// with node's zlib and cborg.
import 'reflect-metadata';
import * as crypto from 'node:crypto';
import {deflateSync, gzipSync} from 'node:zlib';
import * as cborg from 'cborg';
import * as x509 from '@peculiar/x509';
import * as ocsp from '@peculiar/asn1-ocsp';
import {AsnConvert, OctetString} from '@peculiar/asn1-schema';
import {AlgorithmIdentifier, CRLReason, Certificate} from '@peculiar/asn1-x509';
import * as bitstring from '@digitalbazaar/vc-bitstring-status-list';
import * as statusList2021 from '@digitalbazaar/vc-status-list';
import * as revocationList2020 from '@digitalbazaar/vc-revocation-list';
import {Bitstring} from '@digitalbazaar/bitstring';
import {StatusList, createHeaderAndPayload} from '@sd-jwt/jwt-status-list';
import {didKey, didKeyMethod, privateKey} from './keys.mjs';
import {algorithm, compact, seconds, signRaw} from './sign.mjs';
import {certificate, crlOf, der, sealKey} from './certificates.mjs';

const drop = value => JSON.parse(JSON.stringify(value));

// A list of the shortest length allowed. Whoever counts its bits from the
// wrong end of each byte reads CLEAR as set and SET as clear.
export const LENGTH = 131072;
export const CLEAR = '94567', SET = '52311';
export const USUAL = [94560, 52311];

// Lists are from the day before the instant of the scenarios and hold for ten
// years, so that no clock on which a test runs decides anything.
export const dates = {validFrom: '2026-06-14T00:00:00Z', validUntil: '2036-06-14T00:00:00Z'};
const dates1 = {issuanceDate: dates.validFrom, expirationDate: dates.validUntil};

const filled = (list, set, mark) => { for (const index of set) list[mark](index, true); return list; };

// bitstringList is a BitstringStatusListCredential; encoded, if given, stands
// for the list's own text, subject changes its subject, the rest itself.
export async function bitstringList(id, issuer, {purpose = 'revocation', set = USUAL, length = LENGTH, encoded, subject = {}, ...more} = {}) {
  const list = filled(await bitstring.createList({length}), set, 'setStatus');
  const made = await bitstring.createCredential({id, list, statusPurpose: 'revocation'});
  const credentialSubject = {...made.credentialSubject, statusPurpose: purpose, ...(encoded === undefined ? {} : {encodedList: encoded}), ...subject};
  return drop({...made, issuer, ...dates, credentialSubject, ...more});
}

// bitstringList1 is the same on data model 1.1.
export async function bitstringList1(id, issuer, {purpose = 'revocation', set = USUAL, ...more} = {}) {
  const list = filled(await bitstring.createList({length: LENGTH}), set, 'setStatus');
  return drop({...await bitstring.createCredential({id, list, statusPurpose: purpose, context: bitstring.VC_BSL_VC_V1_CONTEXT}), issuer, ...dates1, ...more});
}

// list2021 and list2020 are the older kinds, whose libraries once counted from
// the right: `right` makes them so.
export async function list2021(id, issuer, {purpose = 'revocation', set = [], length = LENGTH, right = false, encoded, ...more} = {}) {
  const list = filled(await statusList2021.createList({length}), set, 'setStatus');
  const made = drop({...await statusList2021.createCredential({id, list, statusPurpose: purpose}), issuer, ...dates1, ...more});
  if (right) made.credentialSubject.encodedList = await filled(new Bitstring({length, leftToRightIndexing: false}), set, 'set').encodeBits();
  if (encoded) made.credentialSubject.encodedList = encoded;
  return made;
}
export async function list2020(id, issuer, {set = [], encoded, ...more} = {}) {
  const list = filled(await revocationList2020.createList({length: LENGTH}), set, 'setRevoked');
  const made = drop({...await revocationList2020.createCredential({id, list}), issuer, ...dates1, ...more});
  if (encoded) made.credentialSubject.encodedList = encoded;
  return made;
}

// sized packs entries of several bits, the first bit of each the highest.
export function sized(size, length, values) {
  const bytes = Buffer.alloc(length * size / 8);
  for (const [index, value] of Object.entries(values)) {
    for (let i = 0; i < size; i++) {
      const bit = index * size + i;
      if (value >> (size - 1 - i) & 1) bytes[bit >> 3] |= 0x80 >> (bit & 7);
    }
  }
  return bytes;
}
export const bits = (set = USUAL, length = LENGTH) => sized(1, length, Object.fromEntries(set.map(index => [index, 1])));

export const gzip = bytes => gzipSync(bytes, {level: 9});
export const zlib = bytes => deflateSync(bytes, {level: 9});
export const url = bytes => Buffer.from(bytes).toString('base64url');
export const u = bytes => 'u' + url(bytes);

// Bits whose packed form takes both signs on which the alphabets of base64
// differ, and a filling sign at its end.
export function telling() {
  for (let n = 1; n < 10000; n++) {
    const packed = gzip(bits([...USUAL, 7 * n, 11 * n, 13 * n]));
    const text = packed.toString('base64');
    if (text.includes('+') && text.includes('/') && text.endsWith('=')) return packed;
  }
  throw new Error('no such list');
}

// What the entries of a token list say: every value that has a meaning, some
// that have none, and entries beside them that a wrong bit order would read.
const values = {1000: 0, 1001: 1, 1002: 2, 1003: 3, 1004: 5, 1005: 12, 1007: 1};
function tokenList(size) {
  const list = new StatusList(new Array(LENGTH).fill(0), size);
  for (const [index, value] of Object.entries(values)) if (value < 2 ** size) list.setStatus(Number(index), value);
  return list;
}

// token is a Token Status List as a JWT; claims or header members that are
// null go.
const tidy = value => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
export function tokenParts(sub, key, {size = 1, claims = {}, header = {}, list = {}} = {}) {
  const made = createHeaderAndPayload(tokenList(size), {sub, iat: seconds(dates.validFrom), exp: seconds(dates.validUntil), ttl: 43200}, {alg: algorithm(key), typ: 'statuslist+jwt', kid: didKeyMethod(key)});
  return {header: tidy({...made.header, ...header}), payload: tidy({...made.payload, status_list: {...made.payload.status_list, ...list}, ...claims})};
}
export function token(sub, key, options) {
  const {header, payload} = tokenParts(sub, key, options);
  return compact(header, payload, key);
}

// cwtToken is the same as a CWT: COSE_Sign1 with its tag (RFC 9052, RFC 9596).
export function cwtToken(sub, key, {size = 1, claims = [], type = 'application/statuslist+cwt', kid = didKeyMethod(key), change = bytes => bytes} = {}) {
  const protectedPart = cborg.encode(new Map([[1, {ES256: -7, EdDSA: -8}[algorithm(key)]], [4, kid && Buffer.from(kid)], [16, type]].filter(([, value]) => value !== null)));
  const list = new Map([['bits', size], ['lst', Uint8Array.from(zlib(Buffer.from(tokenList(size).encodeStatusList())))]]);
  const payload = cborg.encode(new Map([[2, sub], [6, seconds(dates.validFrom)], [4, seconds(dates.validUntil)], [65534, 43200], [65533, list], ...claims]));
  const signature = signRaw(algorithm(key), key, cborg.encode(['Signature1', protectedPart, new Uint8Array(), payload]));
  const bytes = cborg.encode([protectedPart, new Map(), payload, Uint8Array.from(signature)]);
  return Buffer.concat([Buffer.from([0xd2]), change(Buffer.from(bytes))]); // tag 18
}

// hmacToken is a token signed with a secret that anybody knows: the issuer's
// own public name.
export function hmacToken(sub, key) {
  const {header, payload} = tokenParts(sub, key, {header: {alg: 'HS256'}});
  const input = `${url(JSON.stringify(header))}.${url(JSON.stringify(payload))}`;
  return `${input}.${crypto.createHmac('sha256', didKey(key)).update(input).digest('base64url')}`;
}
export function bareToken(sub, key) {
  const {header, payload} = tokenParts(sub, key, {header: {alg: 'none', kid: null}});
  return `${url(JSON.stringify(header))}.${url(JSON.stringify(payload))}.`;
}

// revocations is a certificate revocation list (RFC 5280 5) by an authority of
// certificates.mjs; revoked is [[certificate's name, date, reason]].
export async function revocations(authority, revoked = [], {from = '2026-06-14', until = '2026-07-10'} = {}) {
  const {subject, signingKey, signingAlgorithm, identifier} = await crlOf(authority);
  const list = await x509.X509CrlGenerator.create({
    issuer: subject, thisUpdate: new Date(from), nextUpdate: until ? new Date(until) : undefined, signingAlgorithm, signingKey, extensions: [identifier],
    entries: revoked.map(([name, date, reason]) => ({serialNumber: certificate(name).serialNumber, revocationDate: new Date(date), reason: x509.X509CrlReason[reason]})),
  });
  return Buffer.from(list.rawData);
}

// statement is an answer about one certificate (RFC 6960 4.2), signed by the
// authority itself, whose key is on P-256. revoked is [date, reason].
export function statement(authority, name, {revoked, from = '2026-06-14', until = '2026-07-10'} = {}) {
  const parse = raw => AsnConvert.parse(raw, Certificate);
  const issuer = parse(der(authority)).tbsCertificate, subject = parse(der(name)).tbsCertificate;
  const sha1 = data => new OctetString(crypto.createHash('sha1').update(Buffer.from(data)).digest());
  const status = revoked ? new ocsp.RevokedInfo({revocationTime: new Date(revoked[0]), revocationReason: new CRLReason(x509.X509CrlReason[revoked[1]])}) : undefined;
  const data = new ocsp.ResponseData({
    responderID: new ocsp.ResponderID({byName: issuer.subject}), producedAt: new Date(from),
    responses: [new ocsp.SingleResponse({
      certID: new ocsp.CertID({
        hashAlgorithm: new AlgorithmIdentifier({algorithm: '1.3.14.3.2.26', parameters: null}),
        issuerNameHash: sha1(AsnConvert.serialize(issuer.subject)), issuerKeyHash: sha1(issuer.subjectPublicKeyInfo.subjectPublicKey), serialNumber: subject.serialNumber,
      }),
      certStatus: new ocsp.CertStatus(status ? {revoked: status} : {good: null}), thisUpdate: new Date(from), nextUpdate: until ? new Date(until) : undefined,
    })],
  });
  const signed = new ocsp.BasicOCSPResponse({tbsResponseData: data, signatureAlgorithm: new AlgorithmIdentifier({algorithm: '1.2.840.10045.4.3.2'})});
  signed.signature = crypto.sign('sha256', Buffer.from(AsnConvert.serialize(data)), privateKey(sealKey(authority)));
  return Buffer.from(AsnConvert.serialize(new ocsp.OCSPResponse({
    responseStatus: ocsp.OCSPResponseStatus.successful,
    responseBytes: new ocsp.ResponseBytes({responseType: ocsp.id_pkix_ocsp_basic, response: new OctetString(AsnConvert.serialize(signed))}),
  })));
}
