// Rules of the formats: broken ones are refused although the mathematics may
// hold (T1, T7, T19, T37).
import {OB, V1, V2, badge, edc, plain1, plain2, profile, university} from '../content.mjs';
import {didKey, didKeyMethod, jwk, publicJwk, publicKey} from '../keys.mjs';
import {base64, thumbprint} from '../certificates.mjs';
import {b64, byHand, dataIntegrity, general, jcsByHand, jwt1, jwt2, jwtBadge, seal, signRaw, signature2020} from '../sign.mjs';
import {createHash, createHmac} from 'node:crypto';
import {ends, file, read, scenario, sealed} from '../registry.mjs';

const ed = 'university-ed25519', p256 = 'university-p256';
const did = didKey(p256), kid = didKeyMethod(p256);
const header = more => ({alg: 'ES256', typ: 'vc+jwt', kid, ...more});
const refused = (...codes) => ends.refusedProof(codes);

// Algorithms.
const unsigned = (alg, name = alg) => file(`alg-${name || 'empty'}.jwt`, () => `${b64(JSON.stringify(header({alg})))}.${b64(JSON.stringify(plain2(did)))}.`);
scenario('alg-none', 'alg none, no signature', unsigned('none'), refused('proof.algorithm_none'));
scenario('alg-None', 'alg None: names are compared exactly', unsigned('None', 'none-capital'), refused());
scenario('alg-nOnE', 'alg nOnE', unsigned('nOnE', 'none-mixed'), refused());
scenario('alg-empty', 'alg is empty', unsigned('', 'empty'), refused());
scenario('alg-none-signed', 'alg none with somebody\'s signature', file('alg-none-signed.jwt', () => byHand(header({alg: 'none'}), plain2(did), p256, 'ES256')), refused('proof.algorithm_none'));
scenario('alg-missing', 'no alg', file('alg-missing.jwt', () => byHand({typ: 'vc+jwt', kid}, plain2(did), p256, 'ES256')), refused('proof.algorithm_missing'));
scenario('alg-number', 'alg is a number', file('alg-number.jwt', () => byHand(header({alg: 256}), plain2(did), p256, 'ES256')), refused());
scenario('alg-lower-case', 'alg es256: names are compared exactly', file('alg-lower-case.jwt', () => byHand(header({alg: 'es256'}), plain2(did), p256, 'ES256')), refused('proof.algorithm_unknown'));
scenario('alg-unknown', 'an algorithm that nobody knows', file('alg-unknown.jwt', () => byHand(header({alg: 'ES256X'}), plain2(did), p256, 'ES256')), refused('proof.algorithm_unknown'));
scenario('alg-other-case-member', 'ALG none beside alg ES256: readers that ignore case disagree (T1)', file('alg-other-case-member.jwt', () => byHand(`{"alg":"ES256","typ":"vc+jwt","kid":"${kid}","ALG":"none"}`, plain2(did), p256, 'ES256')), refused('proof.header_malformed'));
for (const [name, secret] of [['pem', key => publicKey(key).export({type: 'spki', format: 'pem'})], ['der', key => publicKey(key).export({type: 'spki', format: 'der'})], ['jwk', key => JSON.stringify(publicJwk(key))]]) {
  scenario(`alg-hs256-${name}`, `HS256 with the public key (${name}) as secret`, file(`alg-hs256-${name}.jwt`, () => {
    const input = `${b64(JSON.stringify(header({alg: 'HS256'})))}.${b64(JSON.stringify(plain2(did)))}`;
    return `${input}.${createHmac('sha256', secret(p256)).update(input).digest('base64url')}`;
  }), refused('proof.algorithm_symmetric'));
}

// crit and b64 (RFC 7515 4.1.11, RFC 7797).
const crit = (name, about, more, codes) => scenario(`crit-${name}`, about, file(`crit-${name}.jwt`, () => byHand(header(more), plain2(did), p256, 'ES256')), refused(...codes));
crit('unknown', 'crit names an extension that nobody knows', {crit: ['https://attacker.example/ext'], 'https://attacker.example/ext': true}, ['proof.crit_unknown']);
crit('empty', 'crit is an empty array', {crit: []}, ['proof.crit_empty']);
crit('text', 'crit is text', {crit: 'exp', exp: 1}, ['proof.crit_malformed']);
crit('null', 'crit is null', {crit: null}, ['proof.crit_malformed']);
crit('numbers', 'crit holds numbers', {crit: [1]}, ['proof.crit_malformed']);
crit('standard', 'crit names alg', {crit: ['alg']}, ['proof.crit_standard']);
crit('absent', 'crit names a member that is not there', {crit: ['sigT']}, []);
scenario('b64-in-jwt', 'a JWT with an unencoded payload, which a JWT may not have',
  file('b64-in-jwt.json', () => {
    const protectedPart = b64(JSON.stringify(header({b64: false, crit: ['b64']})));
    const payload = JSON.stringify(plain2(did));
    return {payload, protected: protectedPart, signature: b64(signRaw('ES256', p256, `${protectedPart}.${payload}`))};
  }), refused('proof.b64_unexpected'));
scenario('crit-unprotected', 'crit in the unprotected header',
  file('crit-unprotected.json', async () => {
    const jws = await general(plain2(did), [header(), p256]);
    jws.signatures[0].header = {crit: ['b64'], b64: true};
    return jws;
  }), refused('proof.crit_unprotected'));
scenario('header-overlap', 'a member in both headers',
  file('header-overlap.json', async () => {
    const jws = await general(plain2(did), [header(), p256]);
    jws.signatures[0].header = {alg: 'ES256'};
    return jws;
  }), refused('proof.header_overlap'));
scenario('header-alg-unprotected', 'alg in the unprotected header only',
  file('header-alg-unprotected.json', () => {
    const protectedPart = b64(JSON.stringify({typ: 'vc+jwt', kid})), payload = b64(JSON.stringify(plain2(did)));
    return {payload, signatures: [{protected: protectedPart, header: {alg: 'ES256'}, signature: b64(signRaw('ES256', p256, `${protectedPart}.${payload}`))}]};
  }), ends.only('refused', [], {proof: 'fail', trust: 'skipped'}));

// Media types.
const typed = (name, about, more, codes) => scenario(name, about, file(`${name}.jwt`, () => byHand(header(more), plain2(did), p256, 'ES256')), refused(...codes));
for (const typ of ['kb+jwt', 'statuslist+jwt', 'entity-statement+jwt', 'vp+jwt', 'at+jwt', 'dpop+jwt']) typed(`typ-${typ.replace('+', '-')}`, `typ ${typ} is another kind of token`, {typ}, ['proof.type_wrong']);
typed('typ-number', 'typ is a number', {typ: 1}, []);
typed('cty-vp', 'vc+jwt with cty vp', {cty: 'vp'}, ['proof.content_type_wrong']);
typed('kid-number', 'kid is a number', {kid: 1}, ['proof.header_malformed']);
scenario('typ-long', 'typ with application/ before it is the same type', file('typ-long.jwt', () => byHand(header({typ: 'application/vc+jwt'}), plain2(did), p256, 'ES256')), ends.verified(['proof.jws']));
scenario('typ-upper-case', 'media types are compared without case', file('typ-upper-case.jwt', () => byHand(header({typ: 'VC+JWT'}), plain2(did), p256, 'ES256')), ends.verified(['proof.jws']));
scenario('typ-absent', 'VC-JWT 1.1 without typ', file('typ-absent.jwt', () => jwt1(plain1(did), p256, {header: {typ: null}})), ends.verified(['proof.jws']));
scenario('vc-claim-in-vc-jwt', 'vc+jwt with a vc claim', file('vc-claim-in-vc-jwt.jwt', () => jwt2(plain2(did), p256, {claims: {vc: plain1(did)}})), ends.only('refused', ['credential.vc_claim_forbidden'], {credential: 'fail', trust: 'skipped'}));
scenario('vp-claim-in-vc-jwt', 'vc+jwt with a vp claim', file('vp-claim-in-vc-jwt.jwt', () => jwt2(plain2(did), p256, {claims: {vp: {}}})), ends.only('refused', ['credential.vc_claim_forbidden'], {credential: 'fail', trust: 'skipped'}));

// Data Integrity options.
const bad = (name, about, options, end) => scenario(name, about, file(`${name}.json`, () => {
  const document = badge(didKey(ed));
  return {...document, proof: typeof options === 'function' ? options(document) : jcsByHand(document, ed, options)};
}), end);
bad('purpose-authentication', 'the proof is for logging in', {proofPurpose: 'authentication'}, refused('proof.purpose_wrong'));
bad('purpose-missing', 'the proof has no purpose', {proofPurpose: undefined}, refused('proof.purpose_missing'));
bad('method-missing', 'the proof names no key', {verificationMethod: undefined}, refused('proof.method_missing'));
bad('method-object', 'the proof\'s key is an object of its own', {verificationMethod: {id: didKeyMethod(ed), type: 'Multikey', controller: didKey(ed)}}, ends.only('refused', [], {proof: 'fail', trust: 'skipped'}));
bad('proof-value-missing', 'no proof value', document => ({...jcsByHand(document, ed, {}), proofValue: undefined}), refused('proof.value_missing'));
bad('proof-value-base64', 'the proof value in another base', document => ({...jcsByHand(document, ed, {}), proofValue: 'u' + b64(signRaw('EdDSA', ed, 'x'))}), ends.only('refused', [], {signature: 'skipped', trust: 'skipped'}));
bad('proof-value-characters', 'the proof value has a character that base58 does not have', document => ({...jcsByHand(document, ed, {}), proofValue: 'z0OIl'}), refused('proof.value_malformed'));
bad('proof-type-missing', 'the proof has no type', {type: undefined}, ends.only('refused', ['proof.malformed'], {proof: 'fail', key: 'skipped', trust: 'skipped'}));
bad('proof-created-words', 'the proof\'s date is in words', {created: 'yesterday'}, refused('proof.created_malformed'));
bad('proof-expires-words', 'the proof\'s end is in words', {expires: 'never'}, refused('proof.expires_malformed'));
bad('proof-context-other', 'the proof\'s @context is not the document\'s', {'@context': ['https://attacker.example/context']}, refused('proof.context_mismatch'));
bad('proof-context-order', 'the proof\'s @context has another order', {'@context': [OB, V2]}, refused('proof.context_mismatch'));
scenario('proof-context-none', 'the proof has no @context of its own', file('proof-context-none.json', () => {
  const document = badge(didKey(ed));
  return {...document, proof: jcsByHand(document, ed, {'@context': undefined})};
}), ends.only('verified', [], {signature: 'pass'}));
scenario('proof-set-unreachable', 'the issuer\'s good proof, and one whose key cannot be asked for',
  file('proof-set-unreachable.json', () => {
    const document = badge(didKey(ed));
    return {...document, proof: [jcsByHand(document, ed, {}), jcsByHand(document, ed, {verificationMethod: 'did:web:university.example#ed25519'})]};
  }), ends.only('incomplete', ['proof.set_member_unchecked']));
bad('proof-chain', 'the proof builds on another proof, which is not there', {previousProof: 'urn:uuid:1'}, refused('proof.chain_malformed'));
bad('proof-domain', 'the proof was made for one website', {domain: 'jobs.example', challenge: '1'}, ends.only('verified', ['proof.domain_unexpected'], {proof: 'warn', signature: 'pass'}));
bad('proof-empty-array', 'proof is an empty array', () => [], ends.only('refused', [], {proof: 'fail', signature: 'skipped', trust: 'skipped'}));
bad('proof-null', 'proof is null', () => null, ends.only('refused', [], {proof: 'fail', signature: 'skipped', trust: 'skipped'}));
bad('proof-empty', 'proof is an empty object', () => ({}), ends.only('refused', ['proof.malformed'], {proof: 'fail', signature: 'skipped', trust: 'skipped'}));
bad('proof-text', 'proof is text', () => 'signed', ends.only('refused', ['proof.malformed'], {proof: 'fail', signature: 'skipped', trust: 'skipped'}));
bad('proof-true-array', 'proof is an array that holds true', () => [true], ends.only('refused', ['proof.malformed'], {proof: 'fail', trust: 'skipped'}));
bad('proof-too-many', 'eleven proofs', document => Array.from({length: 11}, (_, i) => jcsByHand(document, ed, {created: `2026-01-10T09:00:${String(i).padStart(2, '0')}Z`})), refused('proof.too_many'));
scenario('proof-set-one-bad', 'one good proof and one that fails: shown, never altered',
  file('proof-set-one-bad.json', () => {
    const document = badge(didKey(ed));
    const good = jcsByHand(document, ed, {}), other = jcsByHand({...document, name: 'x'}, ed, {created: '2026-02-10T09:00:00Z'});
    return {...document, proof: [good, other]};
  }), ends.only('refused', ['proof.set_member_failed'], {trust: undefined}));
scenario('proof-set-bad-first', 'the failing proof comes first',
  file('proof-set-bad-first.json', () => {
    const document = badge(didKey(ed));
    return {...document, proof: [jcsByHand({...document, name: 'x'}, ed, {}), jcsByHand(document, ed, {created: '2026-02-10T09:00:00Z'})]};
  }), ends.only('refused', ['proof.set_member_failed']));
scenario('proof-set-both-bad', 'both proofs fail: changed',
  file('proof-set-both-bad.json', () => {
    const document = badge(didKey(ed));
    return {...document, name: 'Doctor of Soil Science', proof: [jcsByHand(document, ed, {}), jcsByHand(document, ed, {created: '2026-02-10T09:00:00Z'})]};
  }), ends.only('altered', ['signature.altered'], {signature: 'fail', trust: 'skipped'}));
scenario('proof-set-stranger', 'the issuer\'s proof, and a good one by a stranger',
  file('proof-set-stranger.json', () => {
    const document = badge(didKey(ed));
    return {...document, proof: [jcsByHand(document, ed, {}), jcsByHand(document, 'attacker-ed25519', {})]};
  }), ends.only('verified', [], {signature: 'pass', issuer: undefined}));
scenario('proof-set-stranger-only', 'two proofs by strangers',
  file('proof-set-stranger-only.json', () => {
    const document = badge(didKey(ed));
    return {...document, proof: [jcsByHand(document, 'idle-ed25519', {}), jcsByHand(document, 'attacker-ed25519', {})]};
  }), ends.only('wrong_key', ['issuer.foreign_key'], {issuer: 'fail', trust: 'skipped'}));
scenario('proof-set-unknown', 'the issuer\'s proof, and one of a kind that is not read',
  file('proof-set-unknown.json', () => {
    const document = badge(didKey(ed));
    return {...document, proof: [jcsByHand(document, ed, {}), {type: 'DataIntegrityProof', cryptosuite: 'falcon-jcs-2031', created: '2026-01-10T09:00:00Z', verificationMethod: didKeyMethod(ed), proofPurpose: 'assertionMethod', proofValue: 'z2'}]};
  }), ends.verified(['proof.set_member_unknown'], {proof: 'warn'}));
scenario('suite-eddsa-rdfc', 'data model 2.0 with eddsa-rdfc-2022, and nothing said of the learner but an identifier',
  file('suite-eddsa-rdfc.json', () => dataIntegrity(plain2(didKey(ed), {credentialSubject: {id: 'did:example:mara'}}), ed, {suite: 'eddsa-rdfc-2022'})), ends.verified(['proof.data_integrity']));
scenario('suite-2020', 'data model 1.1 with Ed25519Signature2020',
  file('suite-2020.json', () => signature2020(plain1(didKey(ed), {'@context': [V1, 'https://w3id.org/security/suites/ed25519-2020/v1'], credentialSubject: {id: 'did:example:mara'}}), ed)), ends.verified(['proof.legacy_suite'], {proof: 'warn'}));
bad('suite-unknown', 'a cryptosuite that nobody knows', document => ({...jcsByHand(document, ed, {}), cryptosuite: 'falcon-jcs-2031'}), ends.unknownProof(['proof.suite_unsupported']));
bad('suite-missing', 'a DataIntegrityProof without a cryptosuite', document => ({...jcsByHand(document, ed, {}), cryptosuite: undefined}), ends.only('refused', [], {proof: 'fail', trust: 'skipped'}));

// Strict JSON.
const signedText = async () => JSON.stringify(await dataIntegrity(badge(didKey(ed)), ed));
const raw = (name, about, edit, code) => scenario(name, about, file(`${name}.json`, async () => edit(await signedText())), ends.refusedEnvelope(...[code].flat()));
raw('json-twice', 'a member twice: two readers see two issuers', text => text.replace('"issuer":', '"issuer":"did:example:other","issuer":'), 'envelope.json_duplicate_key');
raw('json-twice-escaped', 'the second time with an escape in its name', text => text.replace('"issuer":', '"\\u0069ssuer":"did:example:other","issuer":'), 'envelope.json_duplicate_key');
raw('json-twice-deep', 'a member of the achievement twice', text => text.replace('"achievementType":', '"name":"Doctor","achievementType":'), 'envelope.json_duplicate_key');
raw('json-half-surrogate', 'half a surrogate pair', text => text.replace('Mara', 'M\\ud83cra').replace('"name":"Reading', '"name":"\\ud83cReading'), 'envelope.json_surrogate');
raw('json-trailing', 'something follows', text => text + '{"more":1}', 'envelope.json_trailing');
raw('json-deep', 'arrays nested 65 deep', text => text.replace(/^\{/, `{"x":${'['.repeat(65)}${']'.repeat(65)},`), 'envelope.json_depth');
raw('json-utf8', 'a byte that is not UTF-8', text => Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from(',"x":"'), Buffer.from([0xff]), Buffer.from('"}')]), 'envelope.json_utf8');
raw('json-number', 'a number too large for any reader', text => text.replace(/^\{/, '{"x":1e999,'), 'envelope.json_number');
const parts = () => String(read('credentials/vc-plus-jwt-es256.jwt')).split('.');
const jws = (name, about, make, ...codes) => scenario(name, about, file(`${name}.jwt`, make), ends.refusedEnvelope(...codes));
jws('jws-header-twice', 'alg twice in the header', () => byHand(`{"alg":"none","alg":"ES256","typ":"vc+jwt","kid":"${kid}"}`, plain2(did), p256, 'ES256'));
jws('jws-payload-twice', 'issuer twice in the payload', () => byHand(header(), JSON.stringify(plain2(did)).replace('"issuer":', '"issuer":"did:example:other","issuer":'), p256));
const empty = (name, about, make) => scenario(name, about, file(`${name}.jwt`, make), ends.only('unreadable', [], {trust: 'skipped'}));
empty('jws-payload-text', 'the payload is no JSON: something was signed, but no credential', () => byHand(header(), 'Mara has passed.', p256));
empty('jws-payload-array', 'the payload is an array', () => byHand(header(), '[]', p256));
jws('jws-header-text', 'the header is no JSON', () => `${b64('ES256')}.${parts().slice(1).join('.')}`, 'envelope.jws_header');
jws('jws-padding', 'base64 with padding', () => { const [h, p, s] = parts(); return `${h}.${p}=.${s}`; }, 'envelope.jws_base64');
jws('jws-plain-base64', 'base64 with + and /', () => { const [h, p, s] = parts(); return `${h}.${p}.${Buffer.from(s, 'base64url').fill(0xfb).toString('base64').replaceAll('=', '')}`; }, 'envelope.jws_base64');
jws('jws-spare-bits', 'base64url whose last character has spare bits set', () => {
  const [h, p, s] = parts();
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return `${h}.${p}.${s.slice(0, -1)}${alphabet[alphabet.indexOf(s.at(-1)) | 1]}`;
}, 'envelope.jws_base64');
scenario('jws-no-signatures', 'general serialisation with an empty array of signatures', file('jws-no-signatures.json', () => ({payload: b64(JSON.stringify(plain2(did))), signatures: []})), ends.refusedEnvelope('envelope.no_signatures'));
scenario('jws-both-forms', 'general and flattened at once',
  file('jws-both-forms.json', async () => {
    const g = await general(plain2(did), [header(), p256]);
    return {...g, protected: g.signatures[0].protected, signature: g.signatures[0].signature};
  }), ends.unreadable('envelope.jws_malformed'));
scenario('jws-two-signatures', 'two signatures, both by the issuer', file('jws-two-signatures.json', () => general(plain2(did), [header(), p256], [header(), p256])), ends.only('verified', [], {signature: 'pass'}));
scenario('jws-two-signatures-one-bad', 'two signatures, one fails',
  file('jws-two-signatures-one-bad.json', async () => {
    const g = await general(plain2(did), [header(), p256], [header(), p256]);
    const value = Buffer.from(g.signatures[1].signature, 'base64url');
    value[9] ^= 1;
    g.signatures[1].signature = b64(value);
    return g;
  }), ends.only('refused', ['proof.set_member_failed']));
scenario('jws-too-many-signatures', 'eleven signatures', file('jws-too-many-signatures.json', () => general(plain2(did), ...Array.from({length: 11}, () => [header(), p256]))), ends.refusedEnvelope('envelope.too_many_signatures'));
scenario('enveloped-media-type', 'EnvelopedVerifiableCredential with another media type', file('enveloped-media-type.json', () => ({'@context': V2, id: `data:text/html,${parts().join('.')}`, type: 'EnvelopedVerifiableCredential'})), ends.only('refused', ['envelope.data_address_malformed'], {envelope: 'fail'}));
scenario('enveloped-no-data', 'EnvelopedVerifiableCredential that points into the web', file('enveloped-no-data.json', () => ({'@context': V2, id: 'https://attacker.example/credential.jwt', type: 'EnvelopedVerifiableCredential'})), ends.only('refused', ['envelope.data_address_malformed'], {envelope: 'fail'}));

// The data model.
const model = (name, about, change, ...codes) => scenario(name, about, file(`${name}.json`, () => dataIntegrity({...badge(didKey(ed)), ...change}, ed)), ends.only('refused', codes, {credential: 'fail', trust: 'skipped'}));
model('context-order', 'the base context does not come first', {'@context': [OB, V2]}, 'credential.context_order');
model('context-object-first', 'an object comes first', {'@context': [{name: 'https://attacker.example/alumniOf'}, V2]}, 'credential.context_order');
model('context-number', 'a context that is a number', {'@context': [V2, 1]}, 'credential.context_malformed');
model('context-too-many', '21 contexts', {'@context': [V2, OB, ...Array.from({length: 19}, (_, i) => `https://university.example/context/${i}`)]}, 'credential.context_too_many');
model('type-without-credential', 'type lacks VerifiableCredential', {type: ['OpenBadgeCredential']}, 'credential.type_missing');
model('type-number', 'type is a number', {type: 1}, 'credential.type_malformed');
model('issuer-number', 'issuer is a number', {issuer: 1}, 'credential.issuer_malformed');
model('issuer-without-id', 'issuer is an object without id', {issuer: {type: ['Profile'], name: 'Westerlund University'}});
model('issuer-array', 'two issuers', {issuer: [didKey(ed), didKey(p256)]}, 'credential.issuer_malformed');
model('subject-text', 'credentialSubject is text', {credentialSubject: 'Mara'}, 'credential.subject_malformed');
model('schema-text', 'credentialSchema is text', {credentialSchema: 'ob3'}, 'credential.schema_malformed');
model('name-number', 'name is a number', {name: 7}, 'credential.name_malformed');
model('evidence-text', 'evidence is text', {evidence: 'seen'}, 'credential.evidence_malformed');
model('terms-text', 'termsOfUse is text', {termsOfUse: 'free'}, 'credential.member_malformed');
model('achievement-text', 'the achievement is text', {credentialSubject: {id: 'did:example:mara', type: ['AchievementSubject'], achievement: 'Reading Soil Data'}}, 'credential.badge_malformed');
model('id-number', 'id is a number', {id: 7}, 'credential.id_malformed');
const without = (name, about, member, code) => scenario(name, about, file(`${name}.json`, () => dataIntegrity({...badge(didKey(ed)), [member]: undefined}, ed)), ends.only('refused', [code], {credential: 'fail', trust: 'skipped'}));
without('issuer-missing', 'no issuer', 'issuer', 'credential.issuer_missing');
without('subject-missing', 'no credentialSubject', 'credentialSubject', 'credential.subject_missing');
scenario('type-missing', 'no type', file('type-missing.json', () => {
  const {type, ...document} = badge(didKey(ed));
  return {...document, proof: jcsByHand(document, ed, {})};
}), ends.only('refused', ['credential.type_missing'], {credential: 'fail', trust: 'skipped'}));
scenario('context-missing', 'no @context', file('context-missing.json', () => {
  const {'@context': context, ...document} = badge(didKey(ed));
  return {...document, proof: jcsByHand(document, ed, {})};
}), ends.only('refused', ['credential.context_missing'], {credential: 'fail', trust: 'skipped'}));
scenario('achievement-missing', 'an Open Badge without an achievement', file('achievement-missing.json', () => dataIntegrity(badge(didKey(ed), {credentialSubject: {id: 'did:example:mara', type: ['AchievementSubject']}}), ed)), ends.only('refused', ['credential.achievement_missing'], {credential: 'fail', trust: 'skipped'}));
scenario('context-unknown', 'a context that is not known: JCS covers every member whatever it means', file('context-unknown.json', () => dataIntegrity(badge(didKey(ed), {'@context': [V2, OB, 'https://university.example/context/1']}), ed)), ends.verified(['credential.context_unknown'], {credential: 'warn'}));
scenario('context-inline', 'a context written into the file', file('context-inline.json', () => dataIntegrity(badge(didKey(ed), {'@context': [V2, OB, {level: 'https://university.example/terms#level'}]}), ed)), ends.verified(['credential.context_inline'], {credential: 'warn'}));
scenario('issuer-text', 'the issuer is a name, not an identifier', file('issuer-text.jwt', () => jwtBadge(badge(profile('Westerlund University')), p256)), ends.only('refused', [], {trust: 'skipped'}));

// Seals (ETSI TS 119 182-1).
const sealing = (name, about, options, codes, document = edc(university)) => scenario(name, about, file(`${name}.jsonld`, () => seal(document, 'university', options)), ends.refusedProof(codes, {schema: 'skipped'}));
sealing('seal-crit-unknown', 'crit names an extension that nobody knows', {header: {crit: ['b64', 'sigT', 'x-new'], 'x-new': 1}}, ['proof.crit_unknown']);
sealing('seal-crit-twice', 'crit names sigT twice', {header: {crit: ['b64', 'sigT', 'sigT']}}, ['proof.crit_duplicate']);
sealing('seal-crit-standard', 'crit names x5c', {header: {crit: ['b64', 'sigT', 'x5c']}}, ['proof.crit_standard']);
sealing('seal-crit-absent', 'crit names adoTst, which is not there', {header: {crit: ['b64', 'sigT', 'adoTst']}}, ['proof.crit_absent']);
sealing('seal-b64-not-critical', 'b64 is not in crit', {header: {crit: ['sigT']}}, ['proof.b64_not_critical']);
sealing('seal-b64-no-crit', 'b64 false and no crit', {header: {crit: undefined}}, ['proof.b64_not_critical']);
sealing('seal-b64-text', 'b64 is text', {header: {b64: 'false'}}, ['proof.b64_malformed']);
sealing('seal-digest-differs', 'the digest is of another certificate', {header: {'x5t#S256': thumbprint('company')}}, ['proof.seal_certificate_reference']);
sealing('seal-digest-missing', 'no digest of the certificate', {header: {'x5t#S256': undefined}}, ['proof.seal_header_incomplete']);
sealing('seal-time-twice', 'sigT and iat', {header: {iat: 1768035600}}, ['proof.seal_time_twice']);
sealing('seal-time-missing', 'no sealing time', {header: {sigT: undefined, crit: ['b64']}}, ['proof.seal_time_missing']);
sealing('seal-time-words', 'the sealing time in words', {header: {sigT: 'today'}}, ['proof.seal_time_malformed']);
sealing('seal-iat-text', 'iat as text', {header: {sigT: undefined, iat: '1768035600', crit: ['b64']}}, ['proof.seal_time_malformed']);
sealing('seal-detached', 'the seal covers objects that are not in the file', {header: {sigD: {mId: 'http://uri.etsi.org/19182/ObjectIdByURI', pars: ['https://attacker.example/x']}, crit: ['b64', 'sigT', 'sigD']}}, ['proof.seal_detached']);
sealing('seal-none', 'a seal with alg none', {header: {alg: 'none'}}, ['proof.algorithm_none']);
sealing('seal-certificate-garbage', 'x5c holds no base64', {header: {x5c: ['!!!!']}}, []);
scenario('badge-certificate-garbage', 'a badge whose x5c holds no base64', file('badge-certificate-garbage.jwt', () => jwtBadge(badge(did), p256, {kid: null, header: {x5c: ['!!!!']}})), refused('proof.certificate_malformed'));
sealing('seal-certificates-many', 'x5c holds eleven certificates', {header: {x5c: Array(11).fill(base64('university-p256'))}}, ['proof.certificates_too_many']);
scenario('seal-certificate-not-one', 'x5c and its digest agree, but it is no certificate', file('seal-certificate-not-one.jsonld', () => seal(edc(), 'university', {header: {x5c: ['AAAA'], 'x5t#S256': createHash('sha256').update(Buffer.alloc(3)).digest('base64url')}})), ends.badKey('refused', ['key.certificate_malformed'], sealed));
scenario('seal-policy', 'a seal under a signature policy, which is not read', file('seal-policy.jsonld', () => seal(edc(), 'university', {header: {sigPId: {id: 'https://university.example/seal-policy'}, crit: ['b64', 'sigT', 'sigPId']}})), ends.verified(['proof.seal_policy_unsupported'], sealed));
scenario('seal-unsigned-text', 'the unsigned properties are text', file('seal-unsigned-text.jsonld', () => seal(edc(), 'university', {unprotected: {etsiU: 'time-stamp'}})), ends.verified(['proof.seal_unsigned_malformed'], sealed));
scenario('seal-header-twice', 'a member twice in the sealed header', file('seal-header-twice.jsonld', () => seal(edc(), 'university', {protectedText: '{"alg":"RS256","alg":"RS256","b64":false,"crit":["b64"]}'})), ends.refusedEnvelope());
scenario('seal-certificate-missing', 'the certificate is not in the file, only its digest', file('seal-certificate-missing.jsonld', () => seal(edc(), 'university', {header: {x5c: undefined}})), ends.unknownProof(['proof.seal_certificate_missing'], {schema: 'skipped'}));
scenario('seal-crit-incomplete', 'crit does not name sigT, as ETSI demands', file('seal-crit-incomplete.jsonld', () => seal(edc(), 'university', {header: {crit: ['b64']}})), ends.verified(['proof.crit_incomplete'], sealed));
scenario('seal-payload-twice', 'issuer twice in the sealed payload', file('seal-payload-twice.jsonld', () => seal(JSON.stringify(edc()).replace('"issuer":', '"issuer":{"legalName":{"en":["Harrowgate University"]}},"issuer":'), 'university')), ends.refusedEnvelope());
scenario('seal-payload-surrogate', 'half a surrogate pair in the sealed payload', file('seal-payload-surrogate.jsonld', () => {
  const text = seal(edc(), 'university');
  return text.replace('Lindqvist', 'Lindq\\ud83cvist');
}), ends.only('refused', [], {envelope: 'fail'}));
scenario('seal-two-good', 'two seals over one payload: the university\'s and the company\'s', file('seal-two-good.jsonld', () => {
  const first = JSON.parse(seal(edc(), 'university')), second = JSON.parse(seal(edc(), 'company'));
  return {payload: first.payload, signatures: [...first.signatures, ...second.signatures]};
}), ends.only('verified', [], {signature: 'pass'}));
scenario('seal-two-one-bad', 'two seals, the second fails', file('seal-two-one-bad.jsonld', () => {
  const first = JSON.parse(seal(edc(), 'university')), second = JSON.parse(seal({...edc(), id: 'urn:credential:other'}, 'university'));
  return {payload: first.payload, signatures: [...first.signatures, ...second.signatures]};
}), ends.only('refused', ['proof.set_member_failed']));


// One payload, two credentials.
scenario('jwt-two-credentials', 'a credential at the root and another under vc',
  file('jwt-two-credentials.jwt', () => jwtBadge(badge(did), p256, {claims: {vc: {...plain1(did), name: 'Doctor of Soil Science'}}})), ends.only('refused', [], {trust: 'skipped'}));
scenario('enveloped-with-more', 'an EnvelopedVerifiableCredential with claims of its own, which nobody signed: only what is inside counts',
  file('enveloped-with-more.json', () => ({'@context': V2, id: `data:application/vc+jwt,${read('credentials/enveloped-inner.jwt')}`, type: 'EnvelopedVerifiableCredential', issuer: 'https://famous.example/', name: 'Doctor of Soil Science', credentialSubject: {id: 'did:example:mara'}})), ends.only('verified', ['envelope.data_address']));
scenario('jwt-member-with-more', 'an object with a JWT among other members is not the wrapping that is known',
  file('jwt-member-with-more.json', () => ({jwt: String(read('credentials/enveloped-inner.jwt')), name: 'Doctor of Soil Science'})), ends.only('unreadable', [], {trust: 'skipped'}));
scenario('seal-with-more', 'a seal with claims beside the payload, which nobody signed: only the payload counts',
  file('seal-with-more.jsonld', () => ({...JSON.parse(seal(edc(university), 'university')), issuer: {legalName: {en: ['Harrowgate University']}}, type: ['VerifiableCredential', 'EuropeanDigitalCredential']})), ends.only('verified', ['proof.jades']));
scenario('badge-jwt-no-typ', 'Open Badge as a JWT without typ', file('badge-jwt-no-typ.jwt', () => jwtBadge(badge(did), p256, {header: {typ: null}})), ends.verified(['credential.open_badge_3']));
