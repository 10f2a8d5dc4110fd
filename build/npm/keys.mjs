// Test keys, made once and then read from testdata/keys. They are published:
// whoever trusts one of them trusts everybody.
import * as crypto from 'node:crypto';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {encode as base58} from 'base58-universal';
import {json, read, root, write} from './registry.mjs';

const kinds = {
  ed25519: ['ed25519', {}], x25519: ['x25519', {}],
  p256: ['ec', {namedCurve: 'P-256'}], p384: ['ec', {namedCurve: 'P-384'}], p521: ['ec', {namedCurve: 'P-521'}],
  secp256k1: ['ec', {namedCurve: 'secp256k1'}],
  rsa: ['rsa', {modulusLength: 2048}], rsa1024: ['rsa', {modulusLength: 1024}],
};

const cache = new Map();

// jwk gives the private JWK of, say, "university-ed25519".
export function jwk(name) {
  if (cache.has(name)) return cache.get(name);
  const path = `keys/${name}.json`;
  let key;
  if (existsSync(join(root, path))) {
    key = JSON.parse(read(path));
    delete key.note;
  } else {
    const [kind, options] = kinds[name.slice(name.lastIndexOf('-') + 1)];
    const {privateKey} = crypto.generateKeyPairSync(kind, options);
    key = privateKey.export({format: 'jwk'});
    write(path, json({note: 'TEST KEY, published with its private part: it proves nothing and must never be trusted', kid: `test-${name}`, ...key}));
    key.kid = `test-${name}`;
  }
  cache.set(name, key);
  return key;
}

export function publicJwk(name, extra = {}) {
  const {kty, crv, x, y, n, e} = jwk(name);
  return JSON.parse(JSON.stringify({kty, crv, x, y, n, e, ...extra}));
}

export const privateKey = name => crypto.createPrivateKey({key: jwk(name), format: 'jwk'});
export const publicKey = name => crypto.createPublicKey({key: publicJwk(name), format: 'jwk'});

const codecs = {
  'Ed25519': [0xed, 0x01], 'X25519': [0xec, 0x01], 'secp256k1': [0xe7, 0x01],
  'P-256': [0x80, 0x24], 'P-384': [0x81, 0x24], 'P-521': [0x82, 0x24], 'RSA': [0x85, 0x24],
};
const bytes = text => Buffer.from(text, 'base64url');

// raw is the key as multicodec wants it: the point compressed, RSA as PKCS #1.
function raw(name) {
  const key = publicJwk(name);
  if (key.kty === 'OKP') return bytes(key.x);
  if (key.kty === 'RSA') return publicKey(name).export({type: 'pkcs1', format: 'der'});
  const y = bytes(key.y);
  return Buffer.concat([Buffer.from([2 + (y[y.length - 1] & 1)]), bytes(key.x)]);
}

export function multikey(name) {
  const key = publicJwk(name);
  return 'z' + base58(Uint8Array.from(Buffer.concat([Buffer.from(codecs[key.crv ?? key.kty]), raw(name)])));
}
export function secretMultikey(name) {
  const key = jwk(name);
  const code = {'Ed25519': [0x80, 0x26], 'P-256': [0x86, 0x26], 'P-384': [0x87, 0x26]}[key.crv];
  return 'z' + base58(Uint8Array.from(Buffer.concat([Buffer.from(code), bytes(key.d)])));
}

export const didKey = name => `did:key:${multikey(name)}`;
export const didKeyMethod = name => `${didKey(name)}#${multikey(name)}`;
export const didJwk = (name, extra) => 'did:jwk:' + Buffer.from(JSON.stringify(publicJwk(name, extra))).toString('base64url');

// A raw did:key of any JWK-shaped content, for types that jwk() does not make.
export const multibaseOf = (code, content) => 'z' + base58(Uint8Array.from(Buffer.concat([Buffer.from(code), content])));
