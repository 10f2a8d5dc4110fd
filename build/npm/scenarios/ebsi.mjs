// Credentials of the European Blockchain Services Infrastructure: legal
// entities have a did:ebsi, whose document stands in a register, and natural
// persons a did:key that holds a JWK (interop a.3, c).
import * as crypto from 'node:crypto';
import canonicalize from 'canonicalize';
import {UNIVERSITY, V1, edc, plain1, university} from '../content.mjs';
import {multibaseOf, publicJwk} from '../keys.mjs';
import {list2021} from '../lists.mjs';
import {compact, jwt1, seconds} from '../sign.mjs';
import {document, ends, file, network, scenario} from '../registry.mjs';
import {list} from './trust.mjs';

const p256 = 'university-p256', koblitz = 'university-secp256k1', attacker = 'attacker-p256', person = 'holder-p256';
const entity = (seed, version = 1, length = 16) => `did:ebsi:${multibaseOf([version], crypto.createHash('sha256').update(seed).digest().subarray(0, length))}`;
const U = entity('university'), other = entity('other'), gone = entity('gone'), imposed = entity('imposed'), login = entity('login');
const core = ({crv, kty, x, y}) => canonicalize({crv, kty, x, y});
const thumb = key => crypto.createHash('sha256').update(core(publicJwk(key))).digest('base64url');
const natural = (key, content = core(publicJwk(key))) => `did:key:${multibaseOf([0xd1, 0xd6, 0x03], Buffer.from(content))}`;
const naturalMethod = (key, did = natural(key)) => `${did}#${did.slice('did:key:'.length)}`;

const register = did => `https://api-pilot.ebsi.eu/did-registry/v5/identifiers/${did}`;
// The keys of the university: that on P-256 is for credentials, the other for
// the register. Some list both.
const controlled = (did, forCredentials = [p256]) => ({
  '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'], id: did, controller: [did],
  verificationMethod: [p256, koblitz].map(key => ({id: `${did}#${thumb(key)}`, type: 'JsonWebKey2020', controller: did, publicKeyJwk: JSON.parse(core(publicJwk(key)))})),
  authentication: [`${did}#${thumb(p256)}`, `${did}#${thumb(koblitz)}`],
  assertionMethod: forCredentials.map(key => `${did}#${thumb(key)}`),
  capabilityInvocation: [`${did}#${thumb(koblitz)}`],
});
const answer = body => ({body, contentType: 'application/did+ld+json'});
const proxy = `https://api-pilot.ebsi.eu/trusted-issuers-registry/v5/issuers/${U}/proxies/0x5f3c1a9be27d4408c6f1d2e35a7b90c84d6e1f20a3b4c5d6e7f8091a2b3c4d5e/credentials/status/1`;
const by = (did, key = p256) => ({kid: `${did}#${thumb(key)}`});
network('ebsi', {
  [register(U)]: answer(controlled(U)),
  [register(other)]: answer(controlled(other, [p256, koblitz])),
  [register(imposed)]: answer(controlled(U)),
  [register(login)]: answer(controlled(login, [])),
  [register(gone)]: {status: 404, body: '{"title":"Identifier Not Found","status":404,"type":"about:blank"}', contentType: 'application/problem+json'},
  [proxy]: {name: 'list.jwt', make: async () => jwt1(await list2021(proxy, U, {set: [52311, 52304]}), p256, by(U)), contentType: 'application/jwt', consent: true},
});
document('trust/ebsi.json', list('Register of EBSI issuers', [{names: {en: UNIVERSITY}, country: 'XX', vouches: ['identity'], source: 'https://register.example/entries/1', identifiers: [{did: U}, {did: other}, {did: imposed}, {did: gone}, {did: login}, {did: natural(person)}]}]));

const attestation = (issuer, more) => plain1(issuer, {
  type: ['VerifiableCredential', 'VerifiableAttestation'], issued: '2026-01-09T12:00:00Z', validFrom: '2026-01-10T09:00:00Z', validUntil: '2031-01-10T09:00:00Z',
  credentialSubject: {id: natural(person), name: 'Mara Lindqvist'},
  credentialSchema: {id: 'https://api-pilot.ebsi.eu/trusted-schemas-registry/v3/schemas/z3MgUFUkb722uq4x3dv5yAJmnNmzDFeK5UC8x83QoeLJM', type: 'FullJsonSchemaValidator2021'},
  termsOfUse: {id: `https://api-pilot.ebsi.eu/trusted-issuers-registry/v5/issuers/${issuer}/attributes/b40fd9b404418a44d2d9911377a03130dde450eb546c755b5b80acd782902e6d`, type: 'IssuanceCertificate'}, ...more,
});
const signed = (issuer, key = p256, how = {}, more) => jwt1(attestation(issuer, more), key, {...by(issuer, key), claims: {iat: seconds('2026-01-09T12:00:00Z')}, ...how});
const schema = {schema: 'skipped'};
const ebsi = (id, about, make, end, options = {}) => scenario(`ebsi-${id}`, about, file(`ebsi-${id}.jwt`, make), end, {network: 'ebsi', trust: ['trust/ebsi.json'], ...options});

ebsi('good', 'an attestation by a did:ebsi that is listed', () => signed(U), ends.verified(['credential.vcdm_1_1', 'credential.accreditation_claimed', 'key.did_document', 'issuer.lists_key', 'trust.listed'], schema));
scenario('ebsi-unlisted', 'the same, and nobody lists the issuer: the accreditation that it refers to gives no trust', 'credentials/ebsi-good.jwt', ends.unlisted(['credential.accreditation_claimed', 'trust.not_listed'], schema), {network: 'ebsi'});
scenario('ebsi-offline', 'the same, and the register cannot be asked', 'credentials/ebsi-good.jwt', ends.unknownKey(['key.offline'], schema), {offline: true, trust: ['trust/ebsi.json']});
ebsi('es256k', 'with ES256K, by an issuer whose document lists that key for credentials', () => signed(other, koblitz), ends.verified(['issuer.lists_key'], schema));
ebsi('es256k-register', 'with the key that the issuer has for the register', () => signed(U, koblitz), ends.badKey('refused', ['key.not_for_assertion'], schema));
ebsi('authentication', 'with a key that is for authentication only', () => signed(login), ends.badKey('refused', ['key.not_for_assertion'], schema));
ebsi('other-document', 'the register answers with the document of another issuer', () => signed(imposed), ends.unknownKey(['key.document_mismatch'], schema));
ebsi('gone', 'the register does not know the issuer', () => signed(gone), ends.unknownKey(['key.unreachable'], schema));
ebsi('no-key', 'the document does not list the key', () => signed(U, p256, {kid: `${U}#${thumb(attacker)}`}), ends.unknownKey(['key.not_published'], schema));
ebsi('stranger', 'signed by a stranger who names the university\'s key', () => signed(U, attacker, by(U)), ends.mismatch(schema));
ebsi('foreign', 'another issuer\'s key in the university\'s name', () => signed(U, p256, by(other)), ends.wrongKey(['issuer.foreign_key'], schema));
ebsi('altered', 'the payload was changed', async () => { const [h, p, s] = (await signed(U)).split('.'); return [h, Buffer.from(Buffer.from(p, 'base64url').toString().replace('Mara', 'Nora')).toString('base64url'), s].join('.'); }, ends.mismatch(schema));
ebsi('malformed', 'an identifier of no version', () => signed(entity('university', 7)), ends.badKey('refused', ['key.identifier_malformed'], schema));
ebsi('version-2', 'the identifier that natural persons had before', () => signed(entity('person', 2, 32)), ends.unknownKey(['key.method_unsupported'], schema));
ebsi('accreditation-other', 'it refers to somebody else\'s accreditation: that gives no trust either', () => signed(U, p256, {}, {termsOfUse: [{id: `https://api-pilot.ebsi.eu/trusted-issuers-registry/v5/issuers/${other}/attributes/00`, type: ['IssuanceCertificate']}]}), ends.unlisted(['credential.accreditation_claimed'], schema), {trust: ['trust/main.json']});
ebsi('narrower', 'the end that readers of EBSI look at is over', () => signed(U, p256, {}, {validUntil: '2026-03-01T00:00:00Z'}), ends.expired(['validity.expired'], schema));

// Natural persons.
ebsi('person', 'by a natural person who is listed', () => jwt1(attestation(natural(person)), person, {kid: naturalMethod(person)}), ends.verified(['key.did_key', 'issuer.is_key'], schema));
const loose = natural(person, `{"kty":"EC","crv":"P-256",${core(publicJwk(person)).slice(26)}`);
ebsi('person-loose', 'the same key in a JWK that is not in its canonical form', () => jwt1(attestation(loose), person, {kid: naturalMethod(person, loose)}), ends.badKey('refused', ['key.identifier_malformed'], schema));
ebsi('person-altered', 'a stranger in the name of a natural person', () => jwt1(attestation(natural(person)), attacker, {kid: naturalMethod(person)}), ends.altered(schema));
ebsi('presented', 'presented by a natural person', async () => compact({alg: 'ES256', typ: 'JWT', kid: naturalMethod(person)}, {iss: natural(person), sub: natural(person), aud: U, nonce: '7d1c', iat: seconds('2026-06-15T00:00:00Z'), vp: {'@context': [V1], id: 'urn:did:123456', type: ['VerifiablePresentation'], holder: natural(person), verifiableCredential: [await signed(U)]}}, person), ends.only('unlisted', []), {trust: ['trust/main.json']});

// Standing: the register's proxy hands on a list that the issuer signs.
const listed = index => ({credentialStatus: {id: `${proxy}#${index}`, type: 'StatusList2021Entry', statusPurpose: 'revocation', statusListIndex: String(index), statusListCredential: proxy}});
ebsi('standing', 'the issuer\'s list, behind a proxy of the register, says that it stands', () => signed(U, p256, {}, listed(12)), ends.verified(['status.good'], {...schema, status: 'pass'}));
ebsi('revoked', 'the same list says that it was withdrawn', () => signed(U, p256, {}, listed(52311)), ends.revoked(['status.revoked'], schema));

// A micro-credential of the DC4EU pilot: European terms in an EBSI token.
ebsi('microcredential', 'a European higher education micro-credential by a did:ebsi', () => jwt1({...edc({...university, id: U}), type: ['VerifiableCredential', 'VerifiableAttestation', 'EuropeanDigitalCredential', 'EuropeanHigherEducationMicrocredential']}, p256, by(U)), ends.verified(['credential.european_digital_credential'], schema));
ebsi('microcredential-other', 'the same in another body\'s name', () => jwt1({...edc({...university, id: U}), type: ['VerifiableCredential', 'VerifiableAttestation', 'EuropeanDigitalCredential', 'EuropeanHigherEducationMicrocredential']}, p256, by(other)), ends.wrongKey(['issuer.foreign_key'], schema));
