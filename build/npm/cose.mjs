// Credentials and presentations as COSE_Sign1 (RFC 9052, VC-JOSE-COSE 3.3),
// with cborg and node's own crypto.
import * as cborg from 'cborg';
import {didKeyMethod} from './keys.mjs';
import {algorithm, signRaw, text} from './sign.mjs';

const numbers = {ES256: -7, ES384: -35, ES512: -36, EdDSA: -8, ES256K: -47, PS256: -37, RS256: -257};
const map = labels => new Map(Object.entries(labels).filter(([, value]) => value !== null && value !== undefined).map(([label, value]) => [/^-?\d+$/.test(label) ? Number(label) : label, value]));
export const bytes = value => Uint8Array.from(Buffer.from(value));

// sign1 signs a payload (a text, an object as JSON, bytes, or null for none in
// the message). Labels that are null go; claims are those of RFC 9597.
export function sign1(payload, key, {alg = algorithm(key), head = {}, open = {}, claims, untagged = false, signed = payload} = {}) {
  const content = value => value === null ? null : value instanceof Uint8Array ? value : bytes(text(value));
  const head15 = claims && map(claims);
  const protectedPart = cborg.encode(map({1: numbers[alg], 3: 'application/vc', 4: bytes(didKeyMethod(key)), 16: 'application/vc+cose', 15: head15, ...head}));
  const signature = signRaw(alg, key, cborg.encode(['Signature1', protectedPart, new Uint8Array(), content(signed)]));
  const message = Buffer.from(cborg.encode([protectedPart, map(open), content(payload), Uint8Array.from(signature)]));
  return untagged ? message : Buffer.concat([Buffer.from([0xd2]), message]);
}

export const presentation = {3: 'application/vp', 16: 'application/vp+cose'};

// change takes a message apart and lets its four parts be changed.
export function change(message, how) {
  const parts = cborg.decode(Uint8Array.from(message.subarray(1)), {useMaps: true});
  return Buffer.concat([message.subarray(0, 1), Buffer.from(cborg.encode(how(parts)))]);
}

export const dataAddress = (message, type = 'vc+cose') => `data:application/${type};base64,${message.toString('base64')}`;
