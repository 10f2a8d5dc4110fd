// Proofs over linked data, suite by suite: in good order, changed, by a
// stranger, ended, and made for another purpose. The good ones are made by
// Digital Bazaar's suites where there are any.
import * as cborg from 'cborg';
import {CLEAR, SET} from '../lists.mjs';
import {decode as base58Bytes, encode as base58} from 'base58-universal';
import {OB, V1, V2, WEB, badge, plain1, plain2, profile} from '../content.mjs';
import {didKey, didKeyMethod, multikey} from '../keys.mjs';
import {SECURITY, bbsBase, bbsReveal, blsDid, blsMethod, linked, linkedByHand, sdBase, sdReveal, signature2018} from '../linked.mjs';
import {dataIntegrity, jcsByHand, signature2020} from '../sign.mjs';
import {ends, file, read, scenario} from '../registry.mjs';

const ed = 'university-ed25519', p256 = 'university-p256', p384 = 'university-p384', k256 = 'university-secp256k1', bls = 'university-bls12381';
const ED2020 = `${SECURITY}suites/ed25519-2020/v1`, JWS2020 = `${SECURITY}suites/jws-2020/v1`, DI2 = `${SECURITY}data-integrity/v2`;
const DCC = 'https://w3id.org/dcc/v1', OB1 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json';
const parse = path => JSON.parse(read(path));
const other = {trust: ['trust/other.json']};
const web = {network: 'web'};
const legacy = {proof: 'warn'};
const FROM = {id: 'did:example:mara'};

// A credential of the Digital Credentials Consortium.
const dcc = (issuer, contexts, more = {}) => plain1(issuer, {
  '@context': [V1, DCC, ...contexts], type: ['VerifiableCredential', 'LearningCredential'], name: 'Reading Soil Data',
  credentialSubject: {...FROM, name: 'Mara Lindqvist', hasCredential: {id: 'urn:uuid:6b1d', type: ['EducationalOccupationalCredential'], name: 'Reading Soil Data', description: 'Collects, cleans and reads field measurements of soils.', credentialCategory: 'course', competencyRequired: 'Reads field measurements of soils.'}}, ...more,
});
// An Open Badge of the time of data model 1.1.
const badge1 = (issuer, contexts, more = {}) => {
  const {validFrom, validUntil, '@context': _, ...rest} = badge(profile(issuer));
  delete rest.credentialSubject.achievement.inLanguage;
  return {...rest, '@context': [V1, OB1, ...contexts], issuanceDate: validFrom, expirationDate: validUntil, ...more};
};

// Each suite: what it signs, with whose key, under which name that key stands
// in the did:web document, and how; without sign it is done by hand.
const suites = [
  {id: 'eddsa-rdfc', name: 'eddsa-rdfc-2022', key: ed, web: 'ed25519', make: badge, sign: (document, key, method) => dataIntegrity(document, key, {suite: 'eddsa-rdfc-2022', method}), options: {}},
  {id: 'ecdsa-rdfc-p256', name: 'ecdsa-rdfc-2019 on P-256', key: p256, web: 'multi-p256', make: badge, sign: (document, key, method) => dataIntegrity(document, key, {suite: 'ecdsa-rdfc-2019', method}), options: {}},
  {id: 'ecdsa-rdfc-p384', name: 'ecdsa-rdfc-2019 on P-384', key: p384, web: 'p384', make: plain2, sign: (document, key, method) => dataIntegrity(document, key, {suite: 'ecdsa-rdfc-2019', method}), options: {}},
  {id: 'signature-2020', name: 'Ed25519Signature2020', key: ed, web: '2020', make: (issuer, more) => dcc(issuer, [ED2020], more), sign: (document, key, method) => signature2020(document, key, {method}), options: {type: 'Ed25519Signature2020'}, checks: legacy},
  {id: 'signature-2018', name: 'Ed25519Signature2018', key: ed, web: '2020', make: (issuer, more) => dcc(issuer, [], more), sign: (document, key, method) => signature2018(document, key, {method}), options: {type: 'Ed25519Signature2018'}, checks: legacy},
  {id: 'jws-2020', name: 'JsonWebSignature2020 with ES256', key: p256, web: 'p256', make: (issuer, more) => dcc(issuer, [JWS2020], more), options: {type: 'JsonWebSignature2020'}, checks: legacy},
  {id: 'secp256k1-2019', name: 'EcdsaSecp256k1Signature2019', key: k256, web: 'secp256k1', make: (issuer, more) => dcc(issuer, [], more), options: {type: 'EcdsaSecp256k1Signature2019'}, checks: legacy},
];

for (const suite of suites) {
  const {id, name, key, checks} = suite;
  const made = checks === legacy ? ['proof.legacy_suite'] : [];
  const sign = suite.sign ?? ((document, by, method) => linked(document, by, {...suite.options, verificationMethod: method}));
  const byHand = (document, options, by = key) => linked(document, by, {...suite.options, ...options});
  const did = didKey(key), attacker = {[ed]: 'attacker-ed25519', [p256]: 'attacker-p256'}[key];
  const known = suite.make(did), ends2 = suite.make === badge || suite.make === plain2 ? 'validUntil' : 'expirationDate';

  const good = file(`${id}.json`, () => sign(known, key, didKeyMethod(key)));
  scenario(id, `${name} by the did:key that the credential names`, `credentials/${id}.json`, ends.verified(['trust.listed', 'proof.data_integrity', 'key.did_key', 'signature.verified', 'issuer.is_key', ...made], checks));
  scenario(`${id}-unlisted`, `${name}, by somebody whom no list names`, `credentials/${id}.json`, ends.unlisted(['trust.not_listed', ...made], checks), other);
  scenario(`${id}-altered`, `${name}, and a claim was changed`, file(`${id}-altered.json`, () => rename(parse(good))), ends.altered(checks));
  const onWeb = file(`${id}-web.json`, () => sign(suite.make(WEB), key, `${WEB}#${suite.web}`));
  scenario(`${id}-web`, `${name} with a did:web key`, onWeb, ends.verified(['trust.listed', 'key.did_document', 'issuer.lists_key', ...made], checks), web);
  scenario(`${id}-web-altered`, `${name} with a did:web key, and a claim was changed`, file(`${id}-web-altered.json`, () => rename(parse(onWeb))), ends.mismatch(checks), web);
  scenario(`${id}-term-added`, `${name}, and a word was added that no context defines: no signature covers it`,
    file(`${id}-term-added.json`, () => spoil(parse(good))), ends.refusedProof(['context.term_undefined']));
  scenario(`${id}-term-dropped`, `${name} by a signer who let the undefined word drop: the mathematics holds, over less than the file says`,
    file(`${id}-term-dropped.json`, () => byHand(spoil(known), {safe: false})), ends.refusedProof(['context.term_undefined']));
  if (attacker) scenario(`${id}-stranger`, `${name} by a stranger`, file(`${id}-stranger.json`, () => sign(known, attacker, didKeyMethod(attacker))), ends.wrongKey(['issuer.foreign_key'], checks));
  scenario(`${id}-expired`, `${name} on a credential that has ended`, file(`${id}-expired.json`, () => sign({...known, [ends2]: '2026-03-01T00:00:00Z'}, key, didKeyMethod(key))), ends.expired(['validity.expired'], checks));
  scenario(`${id}-proof-expired`, `${name}, and the proof has ended`, file(`${id}-proof-expired.json`, () => byHand(known, {expires: '2026-03-01T00:00:00Z'})), ends.expired(['validity.proof_expired'], checks));
  scenario(`${id}-proof-in-force`, `${name}, and the proof ends in 2030`, file(`${id}-proof-in-force.json`, () => byHand(known, {expires: '2030-03-01T00:00:00Z'})), ends.verified(made, checks));
  scenario(`${id}-purpose`, `${name} made for logging in`, file(`${id}-purpose.json`, () => byHand(known, {proofPurpose: 'authentication'})), ends.refusedProof(['proof.purpose_wrong']));
}

// rename changes a claim of any of the credentials above.
function rename(document) {
  const subject = document.credentialSubject;
  const place = subject.achievement ?? subject.hasCredential ?? subject;
  place.name = 'Doctor of Soil Science';
  return document;
}
// spoil adds a claim that no context defines.
function spoil(document) {
  const spoiled = structuredClone(document);
  const subject = spoiled.credentialSubject;
  (subject.achievement ?? subject.hasCredential ?? subject).graduatedWith = 'highest honours';
  return spoiled;
}

// More keys of JsonWebSignature2020.
for (const kind of ['ed25519', 'p384', 'secp256k1', 'rsa']) {
  const key = `university-${kind}`;
  scenario(`jws-2020-${kind}`, `JsonWebSignature2020 with a key of ${kind}`,
    file(`jws-2020-${kind}.json`, () => linked(dcc(didKey(key), [JWS2020]), key, {type: 'JsonWebSignature2020'})), ends.verified(['proof.legacy_suite', 'issuer.is_key'], legacy));
}
const detached = (name, about, change, end) => scenario(name, about, file(`${name}.json`, async () => {
  const document = dcc(didKey(p256), [JWS2020]);
  return {...document, proof: await change(document)};
}), end);
const jws = (document, options) => linkedByHand(document, p256, {type: 'JsonWebSignature2020', ...options});
detached('jws-2020-b64-missing', 'the detached signature does not say that its payload is unencoded', document => jws(document, {header: {b64: undefined, crit: undefined}}), ends.refusedProof(['proof.b64_malformed']));
detached('jws-2020-crit-unknown', 'crit of the detached signature names what nobody knows', document => jws(document, {header: {crit: ['b64', 'x-new'], 'x-new': 1}}), ends.refusedProof(['proof.crit_unknown']));
detached('jws-2020-none', 'a detached signature with alg none', async document => {
  const proof = await jws(document, {header: {alg: 'none'}});
  return proof;
}, ends.refusedProof(['proof.algorithm_none']));
detached('jws-2020-payload', 'a payload stands between the two points', async document => {
  const proof = await jws(document);
  return {...proof, jws: proof.jws.replace('..', '.e30.')};
}, ends.refusedProof(['proof.value_malformed']));
detached('jws-2020-missing', 'no signature at all', async document => ({...await jws(document), jws: undefined}), ends.refusedProof(['proof.value_missing']));

// Other data models and contexts with the suites of today.
scenario('eddsa-rdfc-v1', 'data model 1.1 with eddsa-rdfc-2022, whose words the options bring along',
  file('eddsa-rdfc-v1.json', () => linked(plain1(didKey(ed), {credentialSubject: FROM}), ed)), ends.verified(['credential.vcdm_1_1', 'proof.data_integrity']));
scenario('eddsa-rdfc-v1-context', 'data model 1.1 with the context of Data Integrity',
  file('eddsa-rdfc-v1-context.json', () => dataIntegrity(plain1(didKey(ed), {'@context': [V1, DI2], credentialSubject: FROM}), ed, {suite: 'eddsa-rdfc-2022'})), ends.verified(['credential.vcdm_1_1', 'proof.data_integrity']));
scenario('badge-v1-2020', 'an Open Badge of 3.0.1 over data model 1.1 with Ed25519Signature2020',
  file('badge-v1-2020.json', () => signature2020(badge1(didKey(ed), [ED2020]), ed)), ends.verified(['credential.open_badge_3', 'proof.legacy_suite'], {...legacy, credential: undefined}));
scenario('badge-2020', 'an Open Badge over data model 2.0 with Ed25519Signature2020, as many issuers sign',
  file('badge-2020.json', () => signature2020(badge(didKey(ed), {'@context': [V2, OB, ED2020]}), ed)), ends.verified(['credential.open_badge_3', 'proof.legacy_suite'], legacy));
scenario('plain-rdfc', 'data model 2.0 with eddsa-rdfc-2022',
  file('plain-rdfc.json', () => dataIntegrity(plain2(didKey(ed)), ed, {suite: 'eddsa-rdfc-2022'})), ends.verified(['credential.vcdm_2_0', 'proof.data_integrity']));
const rich = file('badge-rdfc-text.json', async () => {
  const signed = await dataIntegrity(badge(didKey(ed), {name: 'Böden & Daten – «Почва» 土壤 🌱 \u20ac \u0001', description: {'@value': 'Bodendaten lesen', '@language': 'de-CH'}, credentialSubject: {
    ...FROM, type: ['AchievementSubject'], result: [{type: ['Result'], resultDescription: 'urn:uuid:grade', value: '1.0'}],
    achievement: {id: 'urn:uuid:1', type: ['Achievement'], name: 'ﬁﬀ é e\u0301', description: '"\\/\b\f\n\r\t\u007f', criteria: {narrative: '\u2028'}, creditsAvailable: 2.5, tag: ['b', 'a', 'b'],
      resultDescription: [{id: 'urn:uuid:grade', type: ['ResultDescription'], name: 'Grade', resultType: 'LetterGrade', allowedValue: ['C', 'B', 'A']}]},
  }}), ed, {suite: 'eddsa-rdfc-2022'});
  return JSON.stringify(signed, null, '\t').replaceAll('🌱', '\\ud83c\\udf31').replace('2.5', '25E-1').replaceAll('\n', '\r\n');
});
scenario('badge-rdfc-text', 'text in many scripts, lists, numbers and languages survive canonicalisation', rich, ends.verified(['proof.data_integrity']));
scenario('badge-rdfc-order', 'the same badge with its members and its sets in another order: the meaning is signed, not the text',
  file('badge-rdfc-order.json', () => turned(JSON.parse(String(read(rich))))), ends.verified(['proof.data_integrity']));
scenario('badge-rdfc-list-order', 'the same badge with a list in another order: in a list the order counts',
  file('badge-rdfc-list-order.json', () => {
    const document = JSON.parse(String(read(rich)));
    document.credentialSubject.achievement.resultDescription[0].allowedValue.reverse();
    return document;
  }), ends.altered());
scenario('badge-rdfc-number', 'the same badge with a number as text', file('badge-rdfc-number.json', () => {
  const document = JSON.parse(String(read(rich)));
  document.credentialSubject.achievement.creditsAvailable = '2.5';
  return document;
}), ends.altered());
scenario('badge-rdfc-language', 'the same badge with another language of its description', file('badge-rdfc-language.json', () => {
  const document = JSON.parse(String(read(rich)));
  document.description['@language'] = 'fr';
  return document;
}), ends.altered());
function turned(value) {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([name, member]) => [name, name === 'tag' ? member.toReversed() : name === '@context' || name === 'allowedValue' ? member : turned(member)]));
}

// Options of the proof.
const withOptions = (name, about, options, end, change = proof => proof) => scenario(name, about, file(`${name}.json`, async () => {
  const document = badge(didKey(ed));
  return {...document, proof: await change(await linkedByHand(document, ed, options))};
}), end);
withOptions('rdfc-created-altered', 'the proof\'s own date was changed', {}, ends.altered(), proof => ({...proof, created: '2020-01-10T09:00:00Z'}));
withOptions('rdfc-created-none', 'a proof without a date', {created: undefined}, ends.verified([]));
withOptions('rdfc-domain', 'the proof was made for one website', {domain: 'jobs.example', challenge: '1'}, ends.verified(['proof.domain_unexpected'], {proof: 'warn'}));
withOptions('rdfc-option-undefined', 'an option that no context defines was added', {}, ends.refusedProof(['context.term_undefined']), proof => ({...proof, remark: 'seen by the rector'}));
withOptions('rdfc-option-dropped', 'an option that no context defines, let drop by the signer', {safe: false, remark: 'seen by the rector'}, ends.refusedProof(['context.term_undefined']));
withOptions('rdfc-value-empty', 'an empty proof value', {}, ends.refusedProof(['proof.value_missing']), proof => ({...proof, proofValue: ''}));
withOptions('rdfc-value-short', 'a proof value that lacks a character', {}, ends.refusedProof(['proof.value_malformed']), proof => ({...proof, proofValue: proof.proofValue.slice(0, -2)}));
withOptions('rdfc-value-other', 'the proof value of another badge', {}, ends.altered(), async proof => ({...proof, proofValue: (await linkedByHand(badge(didKey(ed), {name: 'Other'}), ed)).proofValue}));
scenario('rdfc-suite-swapped', 'a proof of eddsa-jcs-2022 that is called eddsa-rdfc-2022', file('rdfc-suite-swapped.json', () => {
  const document = badge(didKey(ed));
  const {'@context': _, ...proof} = jcsByHand(document, ed, {});
  return {...document, proof: {...proof, cryptosuite: 'eddsa-rdfc-2022'}};
}), ends.altered());
scenario('rdfc-suite-of-other-key', 'eddsa-rdfc-2022 announced, P-256 key', file('rdfc-suite-of-other-key.json', () => linked(badge(didKey(p256)), p256, {cryptosuite: 'eddsa-rdfc-2022'})), ends.badKey('refused', ['key.algorithm_mismatch']));
scenario('rdfc-p384-sha256', 'a P-384 proof with the shorter hash, which the suite does not allow', file('rdfc-p384-sha256.json', async () => {
  const document = plain2(didKey(p384));
  return {...document, proof: await linkedByHand(document, p384, {hash: 'sha256'})};
}), ends.altered());

// Selective disclosure. Who shows a part may have kept back that there is a way
// to look up whether it was withdrawn: unless the issuer made that a part that
// is always shown, nothing is verified.
const hidden = (codes, checks = {}) => ends.incomplete([...codes, 'status.may_be_hidden'], {status: 'unknown', validity: 'unknown', ...checks});
const pointers = ['/issuer', '/validUntil'], shown = ['/credentialSubject/achievement/name', '/credentialSubject/achievement/description', '/credentialSubject/achievement/criteria', '/name'];
const disclosing = [
  {id: 'ecdsa-sd', name: 'ecdsa-sd-2023', key: p256, attacker: 'attacker-p256', did: didKey, method: didKeyMethod, base: sdBase, reveal: sdReveal, web: 'multi-p256', network: web},
  {id: 'bbs', name: 'bbs-2023', key: bls, attacker: 'attacker-bls12381', did: blsDid, method: blsMethod, base: bbsBase, reveal: bbsReveal, web: 'bls12381', network: {network: 'web-bls'}},
];
for (const {id, name, key, attacker, did, method, base, reveal, web: fragment, network} of disclosing) {
  const issuer = did(key), document = badge(issuer);
  const derived = async (credential, by, options, selective = shown) => reveal(await base(credential, by, {mandatory: pointers, ...options}), selective);
  const good = file(`${id}.json`, () => derived(document, key));
  const codes = ['proof.data_integrity', 'proof.selective_disclosure', 'issuer.is_key'];
  scenario(id, `a proof derived with ${name}: part of a badge`, good, hidden(['trust.listed', ...codes]));
  scenario(`${id}-unlisted`, `a proof derived with ${name}, by somebody whom no list names`, good, hidden(['trust.not_listed', ...codes], {trust: 'warn'}), other);
  scenario(`${id}-whole`, `a proof derived with ${name} that shows everything`, file(`${id}-whole.json`, () => derived(document, key, {}, ['/id', '/type', '/validFrom', '/credentialSubject', '/name'])), hidden(codes, {validity: undefined}));
  scenario(`${id}-nothing-mandatory`, `${name} by an issuer who left everything to the holder, who shows what is asked for`, file(`${id}-nothing-mandatory.json`, () => derived(document, key, {mandatory: []}, ['/issuer', '/credentialSubject/achievement'])), hidden([...codes, 'validity.end_may_be_hidden'], {validity: 'unknown'}));
  scenario(`${id}-order-by-units`, `texts whose order in UTF-16 is another than that of their characters (${name})`, file(`${id}-order-by-units.json`, () => {
    const mixed = badge(issuer);
    Object.assign(mixed.credentialSubject.achievement, {tag: ['\u{1f393} Abschluss', '\uff08土壤\uff09', '\uf8ff'], criteria: {narrative: ['\u{1f331}', '\uff01']}});
    return derived(mixed, key, {mandatory: [...pointers, '/credentialSubject/achievement/criteria']}, [...shown, '/credentialSubject/achievement/tag']);
  }), hidden(codes));
  scenario(`${id}-base`, `the issuer's own proof of ${name}, which is for the holder alone`, file(`${id}-base.json`, () => base(document, key, {mandatory: pointers})), ends.refusedProof(['proof.base_proof']));
  scenario(`${id}-altered`, `a disclosed claim was changed (${name})`, file(`${id}-altered.json`, () => rename(parse(good))), ends.altered());
  scenario(`${id}-altered-mandatory`, `a claim that must be shown was changed (${name})`, file(`${id}-altered-mandatory.json`, () => ({...parse(good), validUntil: '2099-01-10T09:00:00Z'})), ends.altered());
  scenario(`${id}-removed-mandatory`, `a claim that must be shown was taken out (${name})`, file(`${id}-removed-mandatory.json`, () => {
    const {validUntil, ...rest} = parse(good);
    return rest;
  }), ends.only('altered', [], {trust: 'skipped'}));
  scenario(`${id}-added`, `a claim was added that the contexts define (${name})`, file(`${id}-added.json`, () => {
    const document = parse(good);
    document.credentialSubject.achievement.fieldOfStudy = 'Medicine';
    return document;
  }), ends.only('altered', [], {trust: 'skipped'}));
  scenario(`${id}-term-added`, `a word was added that no context defines (${name})`, file(`${id}-term-added.json`, () => spoil(parse(good))), ends.refusedProof(['context.term_undefined']));
  const onWeb = file(`${id}-web.json`, () => derived(badge(profile(WEB)), key, {method: `${WEB}#${fragment}`}));
  scenario(`${id}-web`, `a proof derived with ${name}, did:web`, onWeb, hidden(['proof.selective_disclosure', 'key.did_document', 'issuer.lists_key']), network);
  scenario(`${id}-web-altered`, `a disclosed claim was changed (${name}, did:web)`, file(`${id}-web-altered.json`, () => rename(parse(onWeb))), ends.mismatch(), network);
  scenario(`${id}-stranger`, `${name} by a stranger`, file(`${id}-stranger.json`, () => derived(document, attacker)), ends.wrongKey(['issuer.foreign_key']));
  scenario(`${id}-expired`, `a derived credential that has ended (${name})`, file(`${id}-expired.json`, () => derived({...document, validUntil: '2026-03-01T00:00:00Z'}, key)), ends.expired(['validity.expired'], {status: 'unknown'}));
  scenario(`${id}-proof-expired`, `${name}, and the proof has ended`, file(`${id}-proof-expired.json`, () => derived(document, key, {proof: {expires: '2026-03-01T00:00:00Z'}})), ends.expired(['validity.proof_expired'], {status: 'unknown'}));
  scenario(`${id}-purpose`, `${name} made for logging in`, file(`${id}-purpose.json`, () => derived(document, key, {purpose: 'authentication'})), ends.refusedProof(['proof.purpose_wrong']));
  scenario(`${id}-value-cut`, `the proof value lacks its end (${name})`, file(`${id}-value-cut.json`, () => {
    const document = parse(good);
    document.proof.proofValue = document.proof.proofValue.slice(0, -8);
    return document;
  }), ends.refusedProof(['proof.disclosure_malformed']));
  scenario(`${id}-value-random`, `the proof value is another badge's (${name})`, file(`${id}-value-other.json`, async () => ({...parse(good), proof: (await derived({...document, id: 'urn:uuid:other', validUntil: '2030-01-01T00:00:00Z'}, key)).proof})), ends.altered());
}
// What a derived proof is made of, changed part by part: [signature, key,
// signatures, labels, mandatory] and [proof, labels, mandatory, selective,
// header], as CBOR after three bytes.
const grades = (issuer, more) => badge(issuer, {credentialSubject: {...FROM, type: ['AchievementSubject'], achievement: {...badge(issuer).credentialSubject.achievement}, result: [{type: ['Result'], value: 'A'}, {type: ['Result'], value: 'F'}]}, ...more});
const SUBJECT = ['/credentialSubject'];
const rewritten = (document, change) => {
  const bytes = Buffer.from(document.proof.proofValue.slice(1), 'base64url');
  const parts = cborg.decode(Uint8Array.from(bytes.subarray(3)), {useMaps: true});
  const made = change(parts, bytes) ?? parts;
  const value = Buffer.isBuffer(made) ? made : Buffer.concat([bytes.subarray(0, 3), Buffer.from(cborg.encode(made))]);
  return {...document, proof: {...document.proof, proofValue: 'u' + value.toString('base64url')}};
};
for (const {id, name, key, attacker, did, base, reveal} of disclosing) {
  const issuer = did(key);
  const good = file(`${id}-grades.json`, async () => reveal(await base(grades(issuer), key, {mandatory: pointers}), SUBJECT));
  const [labels, mandatory] = id === 'bbs' ? [1, 2] : [3, 4];
  const part = (change, about, edit, end) => scenario(`${id}-${change}`, `${about} (${name})`, file(`${id}-${change}.json`, async () => {
    const document = parse(good);
    return rewritten(document, (parts, bytes) => edit(parts, bytes, document));
  }), end);
  scenario(`${id}-grades`, `a derived proof with parts that have no address (${name})`, good, hidden(['proof.selective_disclosure']));
  part('rewritten', 'the proof value taken apart and put together again: nothing was changed', () => {}, hidden(['proof.selective_disclosure']));
  part('labels-swapped', 'the labels of two parts changed places', parts => {
    const [[a, first], [b, second]] = [...parts[labels]];
    parts[labels].set(a, second).set(b, first);
  }, ends.only('altered', [], {trust: 'skipped'}));
  // A proof that does not fit the document: one of the two was changed.
  part('labels-none', 'the labels are missing', parts => { parts[labels] = new Map(); }, ends.only('altered', [], {trust: 'skipped'}));
  part('mandatory-fewer', 'a claim that must be shown is no longer called one', parts => { parts[mandatory].pop(); }, ends.only('altered', [], {trust: 'skipped'}));
  part('mandatory-none', 'no claim is called one that must be shown', parts => { parts[mandatory] = []; }, ends.only('altered', [], {trust: 'skipped'}));
  part('mandatory-more', 'a claim beyond the last is called one that must be shown', parts => { parts[mandatory].push(999); }, ends.only('altered', [], {trust: 'skipped'}));
  part('mandatory-twice', 'a claim is called twice one that must be shown', parts => { parts[mandatory].push(parts[mandatory].at(-1)); }, ends.refusedProof(['proof.disclosure_malformed']));
  part('trailing', 'something follows the proof value', (parts, bytes) => Buffer.concat([bytes, Buffer.from([0])]), ends.refusedProof(['proof.disclosure_malformed']));
  part('parts-fewer', 'the proof value has a part too few', parts => parts.slice(0, -1), ends.refusedProof(['proof.disclosure_malformed']));
  part('prefix', 'the proof value begins like that of the other kind', (parts, bytes) => { const copy = Buffer.from(bytes); copy[1] = id === 'bbs' ? 0x5d + 1 : 0x5c; return copy; }, ends.refusedProof(['proof.disclosure_malformed']));
  scenario(`${id}-other-multibase`, `the proof value in the alphabet of other suites (${name})`, file(`${id}-other-multibase.json`, () => {
    const document = parse(good);
    return {...document, proof: {...document.proof, proofValue: 'z' + base58(Uint8Array.from(Buffer.from(document.proof.proofValue.slice(1), 'base64url')))}};
  }), ends.refusedProof(['proof.value_malformed']));
  if (id === 'bbs') {
    part('selective-fewer', 'a disclosed claim is no longer counted', parts => { parts[3].pop(); }, ends.only('altered', [], {trust: 'skipped'}));
    part('header-changed', 'the holder\'s header was changed', parts => { parts[4] = new TextEncoder().encode('other.example'); }, ends.only('altered', [], {trust: 'skipped'}));
  } else {
    part('signatures-swapped', 'the signatures of two claims changed places', parts => { [parts[2][0], parts[2][1]] = [parts[2][1], parts[2][0]]; }, ends.only('altered', [], {trust: 'skipped'}));
    part('signatures-fewer', 'a signature is missing', parts => { parts[2].pop(); }, ends.only('altered', [], {trust: 'skipped'}));
    part('key-swapped', 'the key of the single claims is a stranger\'s', parts => { parts[1] = Uint8Array.from(base58Bytes(multikey(attacker).slice(1))); }, ends.only('altered', [], {trust: 'skipped'}));
  }
}
scenario('bbs-presentation-header', 'bbs-2023 with a header by which the holder answers one asker', file('bbs-presentation-header.json', async () => bbsReveal(await bbsBase(badge(blsDid(bls)), bls, {mandatory: pointers}), shown, new TextEncoder().encode('jobs.example 7d1c'))), hidden(['proof.selective_disclosure']));
{
  const standing = index => badge(didKey(p256), {credentialStatus: {type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: index, statusListCredential: 'https://university.example/status/revocation'}});
  const derived = async (index, mandatory, selective = [...shown, '/validFrom'], more = {}) => sdReveal(await sdBase({...standing(index), ...more}, p256, {mandatory: [...pointers, ...mandatory]}), selective);
  const on = {network: 'standing'};
  scenario('ecdsa-sd-status', 'a derived badge whose issuer wants its standing shown always', file('ecdsa-sd-status.json', () => derived(CLEAR, ['/credentialStatus'])), ends.verified(['proof.selective_disclosure', 'status.good'], {status: 'pass'}), on);
  scenario('ecdsa-sd-start-hidden', 'a derived badge that holds from next year, and the learner keeps that back', file('ecdsa-sd-start-hidden.json', () => derived(CLEAR, ['/credentialStatus'], shown, {validFrom: '2027-01-10T09:00:00Z'})), ends.incomplete(['status.good', 'validity.start_may_be_hidden'], {status: 'pass', validity: 'unknown'}), on);
  scenario('ecdsa-sd-status-revoked', 'the same, withdrawn', file('ecdsa-sd-status-revoked.json', () => derived(SET, ['/credentialStatus'])), ends.revoked(['status.revoked']), on);
  scenario('ecdsa-sd-status-hidden', 'a withdrawn badge whose learner keeps back where to look that up', file('ecdsa-sd-status-hidden.json', () => derived(SET, [])), hidden(['proof.selective_disclosure'], {validity: 'pass'}), on);
  scenario('ecdsa-sd-status-chosen', 'a derived badge whose learner chose to show its standing: there may be more of it', file('ecdsa-sd-status-chosen.json', () => derived(CLEAR, [], [...shown, '/credentialStatus'])), hidden(['status.good']), on);
}
scenario('ecdsa-sd-p384', 'ecdsa-sd-2023 with a P-384 key, which the suite does not have', file('ecdsa-sd-p384.json', () => {
  const document = parse('credentials/ecdsa-sd.json');
  return {...document, issuer: profile(didKey(p384)), proof: {...document.proof, verificationMethod: didKeyMethod(p384)}};
}), ends.badKey('refused', ['key.algorithm_mismatch']));

// Sets.
const set = (name, about, make, end, options) => scenario(name, about, file(`${name}.json`, async () => {
  const document = badge(didKey(ed));
  const proof = await make(document);
  return {...document, proof};
}), end, options);
const mine = (document, more) => linkedByHand(document, ed, more), LATER = '2026-02-10T09:00:00Z';
set('rdfc-set', 'two proofs by the issuer over linked data', async d => [await mine(d), await mine(d, {created: LATER})], ends.verified(['proof.data_integrity']));
set('rdfc-set-mixed', 'one proof over the text, one over the meaning', async d => [jcsByHand(d, ed, {}), await mine(d)], ends.verified(['proof.data_integrity']));
set('rdfc-set-stranger', 'the issuer\'s proof, and a good one by a stranger', async d => [await mine(d), await linkedByHand(d, 'attacker-p256')], ends.only('verified', [], {signature: 'pass'}));
set('rdfc-set-one-bad', 'the second proof fails', async d => [await mine(d), await mine({...d, name: 'x'}, {created: LATER})], ends.only('refused', ['proof.set_member_failed']));
set('rdfc-set-all-bad', 'the badge was changed under two proofs', async d => [await mine({...d, name: 'x'}), jcsByHand({...d, name: 'x'}, ed, {})], ends.altered());
set('rdfc-set-unknown', 'the issuer\'s proof, and one of a suite that nobody knows', async d => [await mine(d), {...await mine(d), cryptosuite: 'falcon-rdfc-2031'}], ends.verified(['proof.set_member_unknown'], {proof: 'warn'}));
set('rdfc-set-mixed-term', 'one proof over the text, one over the meaning, and a word without one: only the second proof minds', async d => {
  const spoiled = {...d, graduatedWith: 'highest honours'};
  d.graduatedWith = spoiled.graduatedWith;
  return [jcsByHand(spoiled, ed, {}), await mine(spoiled, {safe: false})];
}, ends.only('refused', ['context.term_undefined'], {trust: undefined}));

// Chains (VC-DATA-INTEGRITY 2.1.2): the later proof signs the document
// together with the earlier one.
const ID = 'urn:uuid:0c5f3b2a-0001-4a2b-8f0b-1d9c6e3a7f11';
const chain = async (d, more = {}, second = 'company-ed25519') => {
  const first = await mine(d, {id: ID});
  return [first, await linkedByHand(d, second, {created: LATER, previousProof: ID, previous: [first], ...more})];
};
set('chain', 'a proof by another body that builds on the issuer\'s', d => chain(d), ends.only('verified', ['proof.chain'], {signature: 'pass'}));
set('chain-own', 'a second proof by the issuer that builds on the first', d => chain(d, {}, ed), ends.verified(['proof.chain']));
set('chain-jcs', 'the same with eddsa-jcs-2022', d => {
  const first = jcsByHand(d, ed, {id: ID});
  return [first, jcsByHand({...d, proof: [first]}, ed, {created: LATER, previousProof: ID})];
}, ends.verified(['proof.chain']));
set('chain-array', 'previousProof as an array', d => chain(d, {previousProof: [ID]}, ed), ends.verified(['proof.chain']));
set('chain-not-signed', 'a second proof that names the first but did not sign it', async d => {
  const [first] = await chain(d);
  return [first, await mine(d, {created: LATER, previousProof: ID})];
}, ends.only('refused', ['proof.set_member_failed']));
set('chain-altered', 'the badge was changed under a chain', d => chain({...d, name: 'x'}, {}, ed), ends.altered());
set('chain-first-swapped', 'the first proof was replaced by another good one with the same id', async d => {
  const [, second] = await chain(d, {}, ed);
  return [await mine(d, {id: ID, created: '2026-01-11T09:00:00Z'}), second];
}, ends.only('refused', ['proof.set_member_failed']));
set('chain-first-missing', 'the first proof was taken out', async d => (await chain(d, {}, ed))[1], ends.refusedProof(['proof.chain_malformed']));
set('chain-first-twice', 'two proofs have the id that is named', async d => {
  const [first, second] = await chain(d, {}, ed);
  return [first, {...await mine(d, {created: '2026-01-11T09:00:00Z', id: ID})}, second];
}, ends.only('refused', ['proof.chain_malformed']));
set('chain-circle', 'two proofs that build on each other', async d => {
  const [first, second] = [await mine(d, {id: ID, previousProof: 'urn:uuid:2'}), await mine(d, {id: 'urn:uuid:2', previousProof: ID})];
  return [first, second];
}, ends.only('refused', ['proof.chain_malformed']));
set('chain-number', 'previousProof is a number', async d => mine(d, {previousProof: 7, safe: false}), ends.refusedProof(['proof.chain_malformed']));

// Presentations.
const holder = 'holder-ed25519';
const presented = (name, about, make, end, options) => scenario(name, about, file(`${name}.json`, make), end, options);
const vp = async (credentials, {contexts = [V2], key = holder, safe} = {}) => linked({'@context': contexts, type: ['VerifiablePresentation'], holder: didKey(key), verifiableCredential: credentials}, key, {proofPurpose: 'authentication', challenge: '7d1c', domain: 'jobs.example', safe});
presented('vp-rdfc', 'a presentation with eddsa-rdfc-2022 of two badges', () => vp([parse('credentials/eddsa-rdfc.json'), parse('credentials/ecdsa-rdfc-p256.json')]), ends.only('verified', [], {signature: 'pass'}));
presented('vp-rdfc-derived', 'a presentation of a badge derived with ecdsa-sd-2023', () => vp([parse('credentials/ecdsa-sd.json')]), ends.only('incomplete', [], {signature: 'pass'}));
presented('vp-rdfc-v1', 'a presentation of data model 1.1 with eddsa-rdfc-2022', () => vp([parse('credentials/signature-2020.json')], {contexts: [V1]}), ends.only('verified', [], {signature: 'pass'}));
presented('vp-rdfc-altered', 'a badge was taken out of a signed presentation', () => {
  const document = parse('credentials/vp-rdfc.json');
  document.verifiableCredential.pop();
  return document;
}, ends.only('altered', ['signature.altered']));
presented('vp-rdfc-altered-inner', 'a signed presentation of an altered badge', () => vp([parse('credentials/eddsa-rdfc-altered.json')]), ends.only('altered', ['signature.altered']));
presented('vp-rdfc-stranger', 'a presentation signed by somebody else than the holder whom it names', async () => {
  const document = {'@context': [V2], type: ['VerifiablePresentation'], holder: didKey(holder), verifiableCredential: [parse('credentials/eddsa-rdfc.json')]};
  return {...document, proof: await linkedByHand(document, 'attacker-ed25519', {proofPurpose: 'authentication', challenge: '7d1c'})};
}, ends.only('wrong_key', []));
