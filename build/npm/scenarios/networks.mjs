// Recorded answers of hosts that do not exist. Each folder below network/ is
// one state of the world; most differ from `web` in one thing.
import {didKeyMethod, multikey, publicJwk} from '../keys.mjs';
import {V2, WEB, profile} from '../content.mjs';
import {blsKey} from '../linked.mjs';
import {network} from '../registry.mjs';

const CID = 'https://www.w3.org/ns/cid/v1';
const DID = 'https://www.w3.org/ns/did/v1';
const DID_JSON = 'https://university.example/.well-known/did.json';

const multi = (id, key, controller, more = {}) => ({id, type: 'Multikey', controller, publicKeyMultibase: multikey(key), ...more});
const jose = (id, key, controller, more = {}) => ({id, type: 'JsonWebKey', controller, publicKeyJwk: publicJwk(key), ...more});

// universityDocument is did:web:university.example in good order: a key of
// every type for assertion, and one example of everything that is no use.
export function universityDocument(change = document => document) {
  const id = WEB;
  const embedded = multi(`${id}#embedded`, 'faculty-ed25519', id);
  return change({
    '@context': [DID, 'https://w3id.org/security/multikey/v1', 'https://w3id.org/security/jwk/v1'],
    id,
    verificationMethod: [
      multi(`${id}#ed25519`, 'university-ed25519', id),
      multi(`${id}#multi-p256`, 'university-p256', id),
      jose(`${id}#p256`, 'university-p256', id),
      jose(`${id}#p384`, 'university-p384', id),
      jose(`${id}#p521`, 'university-p521', id),
      jose(`${id}#secp256k1`, 'university-secp256k1', id),
      jose(`${id}#rsa`, 'university-rsa', id),
      {id: '#relative', type: 'Multikey', controller: id, publicKeyMultibase: multikey('faculty-p256')},
      {id: `${id}#2020`, type: 'Ed25519VerificationKey2020', controller: id, publicKeyMultibase: multikey('university-ed25519')},
      multi(`${id}#login`, 'login-ed25519', id),
      multi(`${id}#idle`, 'idle-ed25519', id),
      multi(`${id}#revoked`, 'revoked-ed25519', id, {revoked: '2025-09-01T00:00:00Z'}),
      multi(`${id}#expired`, 'retired-ed25519', id, {expires: '2025-09-01T00:00:00Z'}),
      multi(`${id}#expires-later`, 'faculty-ed25519', id, {expires: '2028-09-01T00:00:00Z'}),
      multi(`${id}#lent`, 'lent-ed25519', 'did:web:attacker.example'),
      jose(`${id}#weak`, 'weak-rsa1024', id),
    ],
    assertionMethod: [
      `${id}#ed25519`, `${id}#multi-p256`, `${id}#p256`, `${id}#p384`, `${id}#p521`, `${id}#secp256k1`, `${id}#rsa`, '#relative', embedded, `${id}#2020`,
      `${id}#revoked`, `${id}#expired`, `${id}#expires-later`, `${id}#lent`, `${id}#weak`,
    ],
    authentication: [`${id}#login`],
    keyAgreement: [multi(`${id}#agreement`, 'university-x25519', id)],
  });
}

const controlled = (id, key, more = {}) => ({
  '@context': [CID], id,
  verificationMethod: [jose(`${id}#key-1`, key, id)], assertionMethod: [`${id}#key-1`], ...more,
});

const small = (id, key, more = {}) => ({
  '@context': [DID], id, verificationMethod: [multi(`${id}#key-1`, key, id)], assertionMethod: [`${id}#key-1`], ...more,
});

const university = {
  [DID_JSON]: universityDocument(),
  'https://university.example/faculty/did.json': small('did:web:university.example:faculty', 'faculty-ed25519'),
  'https://university.example:8443/.well-known/did.json': small('did:web:university.example%3A8443', 'faculty-ed25519'),
  'https://university.example/issuers/1': controlled('https://university.example/issuers/1', 'university-p256'),
  // An Open Badges profile that is a controlled identifier document as well.
  'https://university.example/issuers/badges': {
    '@context': [V2, 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    ...profile('https://university.example/issuers/badges'), ...controlled('https://university.example/issuers/badges', 'university-ed25519'),
    '@context': [V2, CID],
  },
  // A profile that keeps its keys as a JWK Set.
  'https://university.example/issuers/set': {
    ...profile('https://university.example/issuers/set'), jwks: {keys: [publicJwk('university-p256', {kid: 'p256'}), publicJwk('university-rsa', {kid: 'rsa'})]},
  },
  // A controlled identifier document that lists a did:key as its own.
  'https://university.example/issuers/lists-did-key': {'@context': [CID], id: 'https://university.example/issuers/lists-did-key', assertionMethod: [didKeyMethod('faculty-ed25519')]},
  // A profile that names no key at all.
  'https://university.example/issuers/bare': profile('https://university.example/issuers/bare'),
  'https://university.example/issuers/gone': {status: 404},
  'https://university.example/issuers/down': {status: 503},
  'https://university.example/': controlled('https://university.example/', 'university-p256'),
  'https://university.example/keys/p256': publicJwk('university-p256', {kid: 'https://university.example/keys/p256'}),
  'https://university.example/keys/rsa': publicJwk('university-rsa', {kid: 'https://university.example/keys/rsa'}),
  'https://university.example/keys/guest': publicJwk('idle-p256', {kid: 'https://university.example/keys/guest'}),
  'https://university.example/jwks.json': {keys: [publicJwk('university-p384', {kid: 'p384'}), publicJwk('university-p256', {kid: 'p256'})]},
  'https://university.example/people/mara/did.json': small('did:web:university.example:people:mara', 'attacker-ed25519'),
  'https://university.example/people/mara': controlled('https://university.example/people/mara', 'attacker-p256'),
};

const others = {
  'https://brightwork.example/.well-known/did.json': small('did:web:brightwork.example', 'company-ed25519'),
  'https://attacker.example/.well-known/did.json': small('did:web:attacker.example', 'attacker-ed25519'),
  'https://attacker.example/keys/1': publicJwk('attacker-p256', {kid: 'https://attacker.example/keys/1'}),
  'https://attacker.example/issuers/1': controlled('https://attacker.example/issuers/1', 'attacker-p256'),
  // A document that gives itself a foreign name.
  'https://impostor.example/.well-known/did.json': {...small('did:web:university.example', 'attacker-ed25519')},
  'https://impostor.example/issuers/1': controlled('https://university.example/issuers/1', 'attacker-p256'),
  'https://unlisted.example/.well-known/did.json': small('did:web:unlisted.example', 'company-p256'),
};

network('web', {...university, ...others});

// The university's DID document, and what can become of asking for it.
const alone = answer => ({[DID_JSON]: answer});
network('web-500', alone({status: 500, body: '{"error":"internal"}'}));
network('web-404', alone({status: 404, body: '<html><body>Not found</body></html>', contentType: 'text/html'}));
network('web-410', alone({status: 410}));
network('web-silent', alone({status: 0}));
network('web-html', alone({body: '<!DOCTYPE html>\n<html lang="en"><title>Welcome</title><body><p>Welcome to our new site.</p></body></html>\n', contentType: 'text/html; charset=utf-8'}));
network('web-login', alone({body: '<!DOCTYPE html>\n<html lang="en"><title>Sign in</title><form method="post" action="/login"><input name="user"><input type="password" name="password"></form></html>\n', contentType: 'text/html'}));
network('web-empty', alone({status: 200, body: ''}));
network('web-broken', alone({body: '{"id": "did:web:university.example", "verificationMethod": [', contentType: 'application/json'}));
network('web-twice', alone({body: `{"id": "${WEB}", "assertionMethod": [], "assertionMethod": ["${WEB}#ed25519"], "verificationMethod": []}`, contentType: 'application/json'}));
network('web-array', alone([universityDocument()]));
network('web-foreign-id', alone(universityDocument(d => ({...d, id: 'did:web:attacker.example'}))));
network('web-no-id', alone(universityDocument(({id, ...d}) => d)));
network('web-case-id', alone(universityDocument(d => ({...d, id: 'did:web:University.example'}))));
network('web-without-key', alone(universityDocument(d => ({...d, verificationMethod: d.verificationMethod.filter(m => !m.id.endsWith('#ed25519')), assertionMethod: d.assertionMethod.filter(m => m !== `${WEB}#ed25519`)}))));
network('web-replaced', alone(universityDocument(d => ({...d, verificationMethod: d.verificationMethod.map(m => m.id === `${WEB}#ed25519` ? {...m, publicKeyMultibase: multikey('idle-ed25519')} : m)}))));
network('web-deactivated', alone({'@context': [DID], id: WEB, deactivated: true}));
network('web-private', alone(universityDocument(d => ({...d, verificationMethod: d.verificationMethod.map(m => m.id === `${WEB}#p256` ? {...m, publicKeyJwk: {...m.publicKeyJwk, d: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}} : m)}))));
network('web-twins', alone(universityDocument(d => ({...d, verificationMethod: [...d.verificationMethod, multi(`${WEB}#ed25519`, 'attacker-ed25519', WEB)]}))));
const withJwk = jwk => alone(universityDocument(d => ({...d, verificationMethod: d.verificationMethod.map(m => m.id === `${WEB}#p256` ? {...m, publicKeyJwk: jwk} : m)})));
network('web-off-curve', withJwk({...publicJwk('university-p256'), y: publicJwk('university-p256').x}));
network('web-ed448', withJwk({kty: 'OKP', crv: 'Ed448', x: Buffer.alloc(57, 9).toString('base64url')}));
network('web-symmetric', withJwk({kty: 'oct', k: 'c2VjcmV0'}));
// The DID document lists a did:key as one of its own keys.
network('web-lists-did-key', alone(universityDocument(d => ({...d, assertionMethod: [...d.assertionMethod, didKeyMethod('faculty-ed25519')]}))));
// The DID document has a key for selective disclosure as well.
network('web-bls', alone(universityDocument(d => ({...d, verificationMethod: [...d.verificationMethod, {id: `${WEB}#bls12381`, type: 'Multikey', controller: WEB, publicKeyMultibase: blsKey('university-bls12381').publicKeyMultibase}], assertionMethod: [...d.assertionMethod, `${WEB}#bls12381`]}))));
