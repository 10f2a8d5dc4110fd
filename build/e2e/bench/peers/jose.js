// jose checks the signature and the registered dates; who the issuer is, the
// credential's own rules, trust and the report are left to its user. The key
// is imported once.

import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { importJWK, jwtVerify } from 'jose';

export { refuses, times } from './run.js';

const decode = (part) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))));

export async function prepare(text, at) {
  const { kid, alg } = decode(text.split('.')[0]);
  const [controller, publicKeyMultibase] = kid.split('#');
  const kind = alg === 'EdDSA' ? Ed25519Multikey : EcdsaMultikey;
  const jwk = await kind.toJwk({ keyPair: await kind.from({ type: 'Multikey', id: kid, controller, publicKeyMultibase }) });
  delete jwk.key_ops;
  const key = await importJWK(jwk, alg);
  const currentDate = new Date(at);
  return () => jwtVerify(text, key, { currentDate });
}
