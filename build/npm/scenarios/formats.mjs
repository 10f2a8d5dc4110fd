// Every format and every proof that the verifier reads, once in good order.
import {dataIntegrity, flattened, general, jwt1, jwt2, jwtBadge, claims1, seal, along} from '../sign.mjs';
import {badge, edc, plain1, plain2, university, V1, V2} from '../content.mjs';
import {didKey, didKeyMethod, publicJwk} from '../keys.mjs';
import {ends, file, read, scenario, sealed} from '../registry.mjs';

const good = (codes, checks) => ends.verified(['trust.listed', ...codes], checks);

// VC-JWT 1.1 and vc+jwt with every algorithm.
const algorithms = [
  ['ES256', 'p256'], ['ES384', 'p384'], ['ES512', 'p521'], ['EdDSA', 'ed25519'], ['ES256K', 'secp256k1'],
  ['RS256', 'rsa'], ['RS384', 'rsa'], ['RS512', 'rsa'], ['PS256', 'rsa'], ['PS384', 'rsa'], ['PS512', 'rsa'],
];
for (const [alg, kind] of algorithms) {
  const key = `university-${kind}`;
  const name = alg.toLowerCase();
  const path = file(`vc-jwt-${name}.jwt`, () => jwt1(plain1({id: didKey(key), name: 'Westerlund University'}), key, {alg}));
  scenario(`vc-jwt-${name}`, `VC-JWT 1.1 signed with ${alg} by the did:key that it names`, path,
    good(['envelope.jws_compact', 'credential.vcdm_1_1', 'proof.jws', 'key.did_key', 'signature.verified', 'issuer.is_key', 'validity.in_force', 'status.none_published']));
}
for (const [alg, kind] of [['ES256', 'p256'], ['ES384', 'p384'], ['EdDSA', 'ed25519'], ['ES256K', 'secp256k1'], ['PS256', 'rsa'], ['Ed25519', 'ed25519']]) {
  const key = `university-${kind}`;
  const name = alg === 'Ed25519' ? 'rfc9864-ed25519' : alg.toLowerCase();
  const path = file(`vc-plus-jwt-${name}.jwt`, () => jwt2(plain2({id: didKey(key), name: 'Westerlund University'}), key, {alg}));
  scenario(`vc-plus-jwt-${name}`, `vc+jwt of data model 2.0 signed with ${alg}`, path,
    good(['envelope.jws_compact', 'credential.vcdm_2_0', 'proof.jws', 'key.did_key', 'issuer.is_key']));
}

const p256 = 'university-p256', ed = 'university-ed25519';

// Open Badges 3.0 as a JWT.
scenario('badge-jwt-root', 'Open Badge 3.0 as a JWT: credential at the root, registered claims beside it',
  file('badge-jwt-root.jwt', () => jwtBadge(badge(didKey(p256)), p256)),
  good(['credential.open_badge_3', 'proof.jws', 'issuer.is_key']));
scenario('badge-jwt-rs256', 'Open Badge 3.0 as a JWT with RS256, the algorithm that every consumer must know',
  file('badge-jwt-rs256.jwt', () => jwtBadge(badge(didKey('university-rsa')), 'university-rsa')),
  good(['credential.open_badge_3']));
scenario('badge-jwt-vc-claim', 'Open Badge 3.0 on data model 1.1 under the vc claim',
  file('badge-jwt-vc-claim.jwt', () => {
    const {validFrom, validUntil, ...rest} = badge(didKey(p256));
    return jwt1({...rest, '@context': [V1, 'https://purl.imsglobal.org/spec/ob/v3p0/context.json'], issuanceDate: validFrom, expirationDate: validUntil}, p256);
  }), good(['credential.open_badge_3'], {credential: undefined}));
scenario('badge-jwt-no-until', 'Open Badge without an end',
  file('badge-jwt-no-until.jwt', () => jwtBadge(badge(didKey(p256), {validUntil: undefined}), p256)),
  good(['validity.no_end']));
scenario('badge-no-dates', 'Open Badge with no date at all: data model 2.0 allows it',
  file('badge-no-dates.json', () => dataIntegrity(badge(didKey(ed), {validFrom: undefined, validUntil: undefined}), ed)),
  good(['validity.no_dates'], {validity: 'none'}));

// Data Integrity over JCS.
scenario('badge-eddsa-jcs', 'Open Badge with eddsa-jcs-2022',
  file('badge-eddsa-jcs.json', () => dataIntegrity(badge(didKey(ed)), ed)),
  good(['envelope.json', 'credential.open_badge_3', 'proof.data_integrity', 'key.did_key', 'signature.verified', 'issuer.is_key', 'holder.not_bound', 'schema.none']));
for (const kind of ['p256', 'p384']) {
  const key = `university-${kind}`;
  scenario(`badge-ecdsa-jcs-${kind}`, `Open Badge with ecdsa-jcs-2019 on ${kind}`,
    file(`badge-ecdsa-jcs-${kind}.json`, () => dataIntegrity(badge(didKey(key)), key)),
    good(['proof.data_integrity', 'key.did_key', 'issuer.is_key']));
}
scenario('plain-eddsa-jcs-v1', 'data model 1.1 with eddsa-jcs-2022',
  file('plain-eddsa-jcs-v1.json', () => dataIntegrity(plain1(didKey(ed), {'@context': [V1, 'https://w3id.org/security/data-integrity/v2']}), ed)),
  good(['credential.vcdm_1_1', 'proof.data_integrity']));
scenario('badge-jcs-text', 'names in many scripts, escapes and numbers survive canonicalisation',
  file('badge-jcs-text.json', async () => {
    const signed = await dataIntegrity(badge(didKey(ed), {name: 'Böden & Daten – «Почва» 土壤 🌱 \u20ac \u0001', credentialSubject: {
      id: 'did:example:mara', type: ['AchievementSubject'], result: [{type: ['Result'], value: '1.0'}],
      achievement: {id: 'urn:uuid:1', type: ['Achievement'], name: 'ﬁﬀ é e\u0301', description: '"\\/\b\f\n\r\t', criteria: {narrative: '\u2028'}, creditsAvailable: 0.1, '1': 1e21, '10': -0.000001, 'ő': 333333333.33333329},
    }}), ed);
    // Other white space and other escapes than the signer wrote.
    return JSON.stringify(signed, null, '\t').replaceAll('🌱', '\\ud83c\\udf31').replace('1e+21', '1E21').replaceAll('\n', '\r\n');
  }), good(['proof.data_integrity']));
scenario('proof-set-good', 'two proofs by the same issuer, both good',
  file('proof-set-good.json', async () => {
    const first = await dataIntegrity(badge(didKey(ed)), ed);
    const second = await dataIntegrity(badge(didKey(ed)), ed, {created: '2026-02-10T09:00:00Z'});
    return {...first, proof: [first.proof, second.proof]};
  }), good(['proof.data_integrity']));
scenario('proof-array-of-one', 'a proof array with one member',
  file('proof-array-of-one.json', async () => {
    const signed = await dataIntegrity(badge(didKey(ed)), ed);
    return {...signed, proof: [signed.proof]};
  }), good(['proof.data_integrity']));

// Other ways of wrapping.
scenario('jws-flattened', 'vc+jwt in flattened JSON serialisation',
  file('jws-flattened.json', () => flattened({alg: 'ES256', typ: 'vc+jwt', cty: 'vc', kid: didKeyMethod(p256)}, plain2(didKey(p256)), p256)),
  good(['envelope.jws_json', 'proof.jws']));
scenario('jws-general', 'VC-JWT claims in general JSON serialisation with one signature',
  file('jws-general.json', () => general(claims1(plain1(didKey(p256))), [{alg: 'ES256', typ: 'JWT', kid: didKeyMethod(p256)}, p256])),
  good(['envelope.jws_json', 'proof.jws']));
const jwt = file('enveloped-inner.jwt', () => jwt2(plain2({id: didKey(p256), name: 'Westerlund University'}), p256));
scenario('enveloped', 'EnvelopedVerifiableCredential with a data: address',
  file('enveloped.json', () => ({'@context': V2, id: `data:application/vc+jwt,${read(jwt)}`, type: 'EnvelopedVerifiableCredential'})),
  good(['envelope.data_address']));
scenario('data-address', 'the data: address alone',
  file('data-address.txt', () => `data:application/vc+jwt,${read(jwt)}`),
  good(['envelope.data_address'], {envelope: undefined}));
scenario('jwt-member', 'a JSON object whose only member holds the JWT',
  file('jwt-member.json', () => ({jwt: String(read(jwt))})), good(['envelope.jwt_member'], {envelope: 'warn'}));
scenario('jwt-white-space', 'a JWT with spaces and line ends around it, as every editor leaves them',
  file('jwt-white-space.txt', () => `  \r\n${read(jwt)}\n\n`), good(['envelope.jws_compact']));
scenario('jwt-invisible', 'a JWT with invisible characters around it, as copied from a web page',
  file('jwt-invisible.txt', () => `\u200b${read(jwt)}\u00a0\n`), good(['envelope.whitespace'], {envelope: 'warn'}));
scenario('jwt-broken-lines', 'a JWT that a mail program broke into lines',
  file('jwt-broken-lines.txt', () => String(read(jwt)).replace(/.{76}/g, '$&\r\n')), good(['envelope.whitespace'], {envelope: 'warn'}));
scenario('jwt-quoted', 'a JWT in quotation marks',
  file('jwt-quoted.txt', () => `"${read(jwt)}"`), good(['envelope.whitespace'], {envelope: 'warn'}));
scenario('json-byte-order-mark', 'a badge file that begins with a byte order mark',
  file('json-byte-order-mark.json', async () => '\ufeff' + JSON.stringify(await dataIntegrity(badge(didKey(ed)), ed), null, 2)),
  good(['envelope.whitespace'], {envelope: 'warn'}));
scenario('json-indented', 'the same badge, indented: Data Integrity signs values, not bytes',
  file('json-indented.json', async () => '\n' + JSON.stringify(await dataIntegrity(badge(didKey(ed)), ed), null, 4) + '\n'),
  good(['proof.data_integrity'], {envelope: undefined}));

scenario('badge-holder-key', 'a credential bound to the holder\'s key, of which nothing is shown here',
  file('badge-holder-key.jwt', () => jwt2(plain2(didKey(p256)), p256, {claims: {cnf: {jwk: publicJwk('holder-p256')}}})), good(['holder.not_checked']));
scenario('badge-schema', 'a badge that names a schema, which is not looked at',
  file('badge-schema.json', () => dataIntegrity(badge(didKey(ed), {credentialSchema: [{id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json', type: '1EdTechJsonSchemaValidator2019'}]}), ed)), good(['schema.not_checked'], {schema: 'skipped'}));

// Sealed European Digital Credentials.
const edcGood = (codes, checks) => good(['envelope.jws_json', 'credential.european_digital_credential', 'proof.jades', 'proof.seal_time_claimed', 'key.certificate', 'issuer.certificate_matches', 'holder.not_bound', 'schema.not_checked', ...codes], {...sealed, ...checks});
scenario('edc-seal', 'a sealed European Digital Credential as the Commission\'s issuer writes it', file('edc-seal.jsonld', () => seal(edc(), 'university')), edcGood([]));
scenario('edc-seal-pretty', 'the payload string of the seal is itself indented JSON', file('edc-seal-pretty.jsonld', () => seal(JSON.stringify(edc(), null, 2), 'university')), edcGood([]));
scenario('edc-seal-es256', 'a seal with an ECDSA key', file('edc-seal-es256.jsonld', () => seal(edc(), 'university-p256')), edcGood([]));
scenario('edc-seal-ps256', 'a seal with RSASSA-PSS', file('edc-seal-ps256.jsonld', () => seal(edc(), 'university', {alg: 'PS256'})), edcGood([]));
scenario('edc-seal-chain', 'a seal that carries its authority in x5c', file('edc-seal-chain.jsonld', () => seal(edc(), 'university', {chain: ['ca']})), edcGood([]));
scenario('edc-seal-etsiu', 'a seal with unsigned properties beside it', file('edc-seal-etsiu.jsonld', () => seal(edc(), 'university', {unprotected: along('ca')})), edcGood([]));
scenario('edc-seal-flattened', 'a seal in flattened serialisation', file('edc-seal-flattened.jsonld', () => seal(edc(), 'university', {form: 'flattened'})), edcGood([]));
scenario('edc-seal-iat', 'a seal that tells its time by iat, as ETSI asks since July 2025',
  file('edc-seal-iat.jsonld', () => seal(edc(), 'university', {header: {sigT: undefined, iat: 1768035600, crit: ['b64']}})), edcGood([]));
scenario('edc-seal-encoded', 'a seal over a base64url payload',
  file('edc-seal-encoded.jsonld', () => seal(edc(), 'university', {header: {b64: undefined, crit: ['sigT']}})), edcGood([]));
scenario('edc-seal-scalar', 'single values instead of arrays, as the Commission\'s own files have them',
  file('edc-seal-scalar.jsonld', () => {
    const document = edc({...university, location: university.location[0]});
    document.credentialSubject.hasClaim = document.credentialSubject.hasClaim[0];
    document.credentialSchema = document.credentialSchema[0];
    return seal(document, 'university');
  }), edcGood([]));
scenario('edc-seal-bare-number', 'the payload gives the register number without its prefix, as VeloCert does',
  file('edc-seal-bare-number.jsonld', () => seal(edc({...university, eIDASIdentifier: {...university.eIDASIdentifier, notation: '12345678'}}), 'university')), edcGood([]));

