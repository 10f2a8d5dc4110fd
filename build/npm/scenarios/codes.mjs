// Credentials packed into the text of a QR code (VP1- and CBOR-LD), by the two
// packages that wallets and verifiers use.
import * as cborg from 'cborg';
import base32Decode from 'base32-decode';
import base32Encode from 'base32-encode';
import * as bazaar from '@digitalbazaar/vpqr';
import * as consortium from '@digitalcredentials/vpqr';
import {OB, V1, V2, badge, plain1, plain2, profile} from '../content.mjs';
import {didKey, didKeyMethod} from '../keys.mjs';
import {SECURITY} from '../linked.mjs';
import {contexts} from '../loader.mjs';
import {dataIntegrity, signature2020} from '../sign.mjs';
import {document, ends, file, scenario} from '../registry.mjs';

const ed = 'university-ed25519', K = didKey(ed), FROM = 'did:example:mara';
const ED2020 = `${SECURITY}suites/ed25519-2020/v1`, DI1 = `${SECURITY}data-integrity/v1`, DI2 = `${SECURITY}data-integrity/v2`, X2020 = `${SECURITY}suites/x25519-2020/v1`;
const DCC = 'https://w3id.org/dcc/v1', BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/', LIST = 'https://w3id.org/vc/status-list/2021/v1', REVOKED = 'https://w3id.org/vc-revocation-list-2020/v1';

// over is a loader that gives these contexts and else the usual ones. The
// packers keep what they get, and change nothing in it.
const over = (more = {}) => async url => {
  const found = more[url] ?? contexts.get(url);
  if (!found) throw new Error(`not known: ${url}`);
  return {contextUrl: null, documentUrl: url, document: found};
};
const loader = over();

// The packers: learners' wallets so far; the same form by the other package;
// the two later forms, with no table but the contexts; and nothing packed.
const by = {
  wallet: {pack: (vp, documentLoader) => consortium.toQrCode({vp, documentLoader}), unpack: text => consortium.fromQrCode({text, documentLoader: loader})},
  legacy: {format: 'legacy-singleton', qrMultibaseEncoding: 'B'},
  range: {format: 'legacy-range', registryEntryId: 1},
  current: {registryEntryId: 1},
  plain: {registryEntryId: 0, qrMultibaseEncoding: 'B'},
};
for (const [name, one] of Object.entries(by)) {
  const options = {...one};
  by[name] = {
    pack: one.pack ?? ((vp, documentLoader) => bazaar.toQrCode({vp, documentLoader, ...options})),
    unpack: one.unpack ?? (text => bazaar.fromQrCode({text, documentLoader: loader})),
  };
}
const pack = async (how, value, documentLoader = loader) => (await by[how].pack(await value, documentLoader)).payload;

// What is packed.
const course = {type: ['EducationalOccupationalCredential'], id: 'urn:uuid:6b1d0c7e-0000-4000-8000-000000000001', name: 'Reading Soil Data', description: 'Collects, cleans and reads field measurements of soils.', credentialCategory: 'course', competencyRequired: 'Reads field measurements of soils.'};
const dcc = (more = {}) => plain1(K, {'@context': [V1, DCC, ED2020], type: ['VerifiableCredential', 'LearningCredential'], name: 'Reading Soil Data', credentialSubject: {id: FROM, name: 'Mara Lindqvist', hasCredential: course}, ...more});
const badge1 = (more = {}) => {
  const {validFrom, validUntil, '@context': _, ...rest} = badge(profile(K));
  delete rest.credentialSubject.achievement.inLanguage;
  return {...rest, '@context': [V1, `${BADGES}context-3.0.1.json`, ED2020], issuanceDate: validFrom, expirationDate: validUntil, ...more};
};
const dcc2020 = () => signature2020(dcc(), ed);
const badge2020 = () => signature2020(badge1(), ed);
const badgeRdfc = () => dataIntegrity(badge(profile(K)), ed, {suite: 'eddsa-rdfc-2022'});
const badgeJcs = () => dataIntegrity(badge(profile(K)), ed);
const oldPlace = () => {
  const early = badge1({'@context': [V1, `${BADGES}context.json`, ED2020, DI2]});
  early.credentialSubject.achievement = {type: ['Achievement'], id: 'urn:uuid:6b1d0c7e-0000-4000-8000-000000000002', name: 'Reading Soil Data', description: 'Collects, cleans and reads field measurements of soils.'};
  return dataIntegrity(early, ed);
};
const shown = async (model, credentials, more = {}) => ({'@context': [model], type: 'VerifiablePresentation', verifiableCredential: await Promise.all(credentials), ...more});

const seen = ['envelope.vp_unpacked', 'envelope.json', 'signature.verified'];
const code = (id, about, make, end, options = {}) => scenario(`code-${id}`, about, file(`codes/${id}.txt`, make), end, options);
const legacy = {proof: 'warn'};
const held = () => ends.only('verified', ['signature.verified']);

code('dcc', 'a course, packed as learners\' wallets do', () => pack('wallet', dcc2020()), ends.verified([...seen, 'proof.legacy_suite'], legacy));
code('dcc-presentation', 'a presentation that nobody signed, of a course', async () => pack('wallet', shown(V1, [dcc2020()])), held());
code('badge-1', 'an Open Badge of data model 1.1', () => pack('wallet', badge2020()), ends.verified(seen, legacy));
code('badge-2', 'an Open Badge of data model 2.0', () => pack('wallet', badgeRdfc()), ends.verified(seen));
code('badge-legacy', 'the same in the first form, by the other package', () => pack('legacy', badgeRdfc()), ends.verified(seen));
code('badge-range', 'the same in the second form', () => pack('range', badgeRdfc()), ends.verified(seen));
code('badge-current', 'the same in the present form', () => pack('current', badgeRdfc()), ends.verified(seen));
code('presentation-current', 'a presentation of two in the present form', async () => pack('current', shown(V1, [badge2020(), signature2020(plain1(K, {'@context': [V1, ED2020], credentialSubject: {id: FROM}}), ed)])), held());
code('jcs', 'signed over the text itself', () => pack('current', badgeJcs()), ends.verified(seen));
code('plain', 'not packed at all, only written in CBOR', () => pack('plain', badgeRdfc()), ends.verified(seen));
code('edition', 'packed with an earlier edition of a context than the one that is tried first', () => pack('wallet', oldPlace(), over({[`${BADGES}context.json`]: contexts.get('https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json')})), ends.verified(seen));
code('unsigned', 'a course that nobody has signed', () => pack('wallet', dcc()), ends.only('not_signed', ['envelope.vp_unpacked']));
code('line', 'with a line break behind it', async () => `${await pack('current', badgeJcs())}\r\n`, ends.verified(seen));

// bytes changes what is packed, text its digits.
const B = 'VP1-B';
const bytes = async (text, change) => {
  const data = Buffer.from(base32Decode((await text).slice(B.length), 'RFC4648'));
  return B + base32Encode(change(data) ?? data, 'RFC4648', {padding: false});
};
const hex = text => B + base32Encode(Buffer.from(text.replaceAll(' ', ''), 'hex'), 'RFC4648', {padding: false});
const other = data => { data.write('Nara', data.indexOf('Mara')); };
const unsure = ends.incomplete(['envelope.vp_unpacked', 'signature.unpacked_unsure'], {...legacy, signature: 'unknown', validity: 'skipped', status: 'skipped', trust: 'skipped'});

code('changed', 'a name was changed: it may be the unpacking\'s fault', () => bytes(pack('wallet', dcc2020()), other), unsure);
code('changed-inner', 'a name was changed in a presentation', async () => bytes(pack('wallet', shown(V1, [dcc2020()])), other), ends.only('incomplete', ['signature.unpacked_unsure']));
code('changed-plain', 'a name was changed where nothing is packed: beyond doubt', () => bytes(pack('plain', dcc2020()), other), ends.altered(legacy));
const grown = address => ({'@context': {...contexts.get(address)['@context'], zzz: 'https://university.example/terms#zzz'}});
code('grown', 'packed with an edition of a context that nobody else has', () => pack('wallet', dcc2020(), over({[DCC]: grown(DCC)})), ends.unreadable('envelope.vp_damaged'));
const renamed = {[DCC]: JSON.parse(JSON.stringify(contexts.get(DCC)).replaceAll('"credentialCategory"', '"credentialCategorz"'))};
code('renamed', 'packed with an edition of a context in which a term had another name', async () => {
  const {credentialCategory, ...rest} = course;
  return pack('wallet', dataIntegrity(dcc({'@context': [V1, DCC, DI2], credentialSubject: {id: FROM, name: 'Mara Lindqvist', hasCredential: {...rest, credentialCategorz: credentialCategory}}}), ed), over(renamed));
}, ends.incomplete(['envelope.vp_unpacked', 'signature.unpacked_unsure'], {signature: 'unknown', validity: 'skipped', status: 'skipped', trust: 'skipped'}));
code('unknown-context', 'packed with a context that nobody else has', () => pack('wallet', plain1(K, {'@context': [V1, 'https://university.example/contexts/1'], honours: 'first', credentialSubject: {id: FROM}}), over({'https://university.example/contexts/1': {'@context': {honours: 'https://university.example/terms#honours'}}})), ends.unreadable('envelope.vp_context'));
code('unknown-number', 'a context by a number that nobody gave out', () => hex('d90501 a1 00 19 8000'), ends.unreadable('envelope.vp_packing'));
code('unknown-tag', 'the number of another form', () => hex('d90502 a0'), ends.unreadable('envelope.vp_packing'));
code('unknown-table', 'packed by a table that its authors keep', () => hex('d9cb1d 82 1864 a0'), ends.unreadable('envelope.vp_packing'));
code('short', 'the second half is missing', async () => { const text = await pack('wallet', dcc2020()); return text.slice(0, B.length + (text.length >> 4) * 8); }, ends.unreadable('envelope.vp_damaged'));
code('digits', 'characters that are no digits', () => 'VP1-Rabc', ends.unreadable('envelope.vp_damaged'));
code('trailing', 'bytes behind the end', () => bytes(pack('wallet', dcc2020()), data => Buffer.concat([data, Buffer.alloc(1)])), ends.unreadable('envelope.vp_damaged'));
code('twice', 'a term twice, once as a list', () => hex('d90501 a3 00 11 02 6141 03 81 6142'), ends.unreadable('envelope.vp_damaged'));
code('bomb', 'a list that says it is endless', () => hex('d90501 a1 01 9b 00ffffffffffffff'), ends.unreadable('envelope.vp_damaged'));
code('deep', 'lists in lists', () => hex(`d90501 a1 01 ${'81'.repeat(2000)} 80`), ends.unreadable('envelope.vp_damaged'));
code('list', 'several documents', async () => B + base32Encode(Buffer.concat([Buffer.from('d90500', 'hex'), cborg.encode([await dcc2020()])]), 'RFC4648', {padding: false}), ends.unreadable('envelope.unknown'));

// What the packages unpack themselves, to be compared with.
const status = {statusListCredential: 'https://university.example/status/1', statusPurpose: 'revocation', statusListIndex: '94567'};
const evidence = {type: ['Evidence'], id: 'https://university.example/evidence/1', name: 'Field report', narrative: 'A report of 12 pages.'};
const small = more => plain1(K, {credentialSubject: {id: FROM}, ...more});
const documents = {
  'a course': dcc2020, 'an Open Badge of 1.1': badge2020, 'an Open Badge of 2.0': badgeRdfc, 'signed over its text': badgeJcs,
  'smallest of 1.1': () => plain1(K), 'smallest of 2.0': () => plain2(K),
  'an issuer as an object': () => plain2({id: K, name: 'Westerlund University', description: 'A university.'}),
  'another DID': () => small({issuer: 'did:web:university.example'}), 'a DID with a path': () => small({issuer: 'did:v1:nym:z279yv71tQ5RYs6wHKzBRBYD9Gmsc9rhqAeDrkvbLPqu9gPE'}),
  'a DID with a fragment': () => small({issuer: didKeyMethod(ed)}), 'a DID that is no base58': () => small({issuer: 'did:key:u7QEtest#key-1'}),
  'http': () => small({issuer: 'http://university.example/issuers/1'}), 'a path and a query': () => small({issuer: 'https://university.example/issuers/1?a=b#c'}),
  'an identifier in capitals': () => small({id: 'urn:uuid:5C9D0A4E-6C8F-4C3A-9D0B-6F1F0F6F2A01'}),
  'thousandths of seconds': () => small({issuanceDate: '2026-01-10T09:00:00.123Z'}), 'half seconds': () => small({issuanceDate: '2026-01-10T09:00:00.5Z'}),
  'a time zone': () => small({issuanceDate: '2026-01-10T09:00:00+02:00'}), 'a day': () => small({issuanceDate: '2026-01-10'}),
  'several subjects': () => small({credentialSubject: [{id: FROM}, {id: 'did:example:jonas'}]}),
  'a bitstring status': () => plain2(K, {credentialStatus: {id: 'https://university.example/status/1#94567', type: 'BitstringStatusListEntry', ...status}}),
  'two statuses': () => plain2(K, {credentialStatus: [{type: 'BitstringStatusListEntry', ...status}, {type: 'BitstringStatusListEntry', ...status, statusPurpose: 'suspension', statusListIndex: '7'}]}),
  'a status of 2021': () => small({'@context': [V1, LIST], credentialStatus: {id: 'https://university.example/status/1#94567', type: 'StatusList2021Entry', ...status}}),
  'a status of 2020': () => small({'@context': [V1, REVOKED], credentialStatus: {id: 'https://university.example/status/3#7', type: 'RevocationList2020Status', revocationListIndex: '7', revocationListCredential: 'https://university.example/status/3'}}),
  'a schema': () => plain2(K, {credentialSchema: [{id: 'https://university.example/schemas/1.json', type: 'JsonSchema'}]}),
  'a renewal': () => small({refreshService: {id: 'https://university.example/renew', type: 'ManualRefreshService2018'}}),
  'terms of use': () => small({termsOfUse: [{id: 'https://university.example/terms', type: 'IssuerPolicy'}]}),
  'evidence': () => badge(profile(K), {evidence: [evidence, {...evidence, id: 'https://university.example/evidence/2'}]}),
  'evidence of 1.1': () => badge1({evidence: [evidence]}),
  'a badge of the first editions': () => badge(profile(K), {'@context': [V2, `${BADGES}context.json`]}),
  'a badge of 3.0.2': () => badge(profile(K), {'@context': [V2, `${BADGES}context-3.0.2.json`]}),
  'a picture': () => badge(profile(K, 'Westerlund University', {image: {id: 'data:image/png;base64,iVBORw0KGgo=', type: 'Image', caption: 'Arms'}})),
  'a drawing': () => badge(profile(K, 'Westerlund University', {image: {id: 'data:image/svg+xml,%3Csvg/%3E', type: 'Image'}})),
  'results': () => { const made = badge(profile(K)); made.credentialSubject.achievement.resultDescription = [{id: 'urn:uuid:f6ab24cd-86e8-4eaf-b8c6-ded74e8fd41c', type: ['ResultDescription'], name: 'Points', resultType: 'RawScore', valueMin: '0', valueMax: '100'}]; made.credentialSubject.result = [{type: ['Result'], resultDescription: 'urn:uuid:f6ab24cd-86e8-4eaf-b8c6-ded74e8fd41c', value: '93'}]; return made; },
  'numbers': () => { const made = badge(profile(K)); made.credentialSubject.achievement.creditsAvailable = 2.5; made.credentialSubject.creditsEarned = -3; return made; },
  'alignment': () => { const made = badge(profile(K)); made.credentialSubject.achievement.alignment = [{type: ['Alignment'], targetName: 'Soil science', targetUrl: 'https://esco.example/skill/1', targetCode: '0531', targetFramework: 'ESCO', targetType: 'ESCO'}]; return made; },
  'an address': () => badge(profile(K, 'Westerlund University', {address: {type: ['Address'], addressCountry: 'XX', geo: {type: ['GeoCoordinates'], latitude: 51.25, longitude: -0.5}}, email: 'office@university.example', url: 'https://university.example'})),
  'names in other writing': () => plain2(K, {name: 'Διπλ\u200dώμα \u{1f393}', description: 'Bodenkunde “für alle”'}),
  'a context of its own': () => small({'@context': [V1, {honours: 'https://university.example/terms#honours', on: {'@id': 'https://university.example/terms#on', '@type': 'http://www.w3.org/2001/XMLSchema#date'}}], honours: 'first', on: '2026-01-10'}),
  'a context within': () => small({credentialSubject: {'@context': {born: {'@id': 'https://university.example/terms#born', '@type': 'http://www.w3.org/2001/XMLSchema#date'}}, id: FROM, born: '1998-02-03'}}),
  'a date of long ago': () => small({'@context': [V1, DCC], credentialSubject: {id: FROM, name: 'Mara Lindqvist', birthDate: '1961-02-03'}}),
  'keys': () => small({'@context': [V1, X2020, {keyAgreement: {'@id': 'https://w3id.org/security#keyAgreementMethod', '@type': '@id'}}], credentialSubject: {id: FROM, keyAgreement: {id: `${FROM}#1`, type: 'X25519KeyAgreementKey2020', publicKeyMultibase: 'z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc'}}}),
  'a proof of data integrity in 1.1': () => dataIntegrity(small({'@context': [V1, DI2]}), ed, {suite: 'eddsa-rdfc-2022'}),
  'the first edition of data integrity': () => dataIntegrity(small({'@context': [V1, DI1, OB]}), ed),
  'a presentation': async () => shown(V1, [dcc2020()], {holder: FROM}), 'a presentation of 2.0': async () => shown(V2, [badgeRdfc()], {holder: FROM}),
  'a presentation of three': async () => shown(V1, [dcc2020(), badge2020(), plain1(K)], {id: 'urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-6f1f0f6f2a77'}),
};
document('codes/packed.json', (await Promise.all(Object.entries(documents).map(async ([name, make]) => {
  const value = await make(), made = [];
  for (const how of ['wallet', 'legacy', 'current']) {
    // Neither package can pack everything.
    try {
      const text = await pack(how, value), {vp} = await by[how].unpack(text);
      made.push({name: `${name}, ${how}`, text, document: vp});
    } catch {}
  }
  return made;
}))).flat().map(sample => JSON.stringify(sample)).join(',\n').replace(/^/, '[\n') + '\n]\n');
