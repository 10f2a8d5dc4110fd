// The samples on the page: they need no network and hold for many years. Their
// issuers stand in no list but samples/trust.json.
import {PDFDocument} from 'pdf-lib';
import {CLR, COMPANY, FAMOUS, OB, UNIVERSITY, V2, achievement, profile, badge, company, edc, famous, organisation, university} from './content.mjs';
import {didJwk, didKey} from './keys.mjs';
import {along, dataIntegrity, jwt2, jwtBadge, seal} from './sign.mjs';
import {base64} from './certificates.mjs';
import {document, file, read, scenario, ends, sealed} from './registry.mjs';
import {bake, plain} from './scenarios/pictures.mjs';

const time = {validFrom: '2025-02-03T08:00:00Z', validUntil: '2045-02-03T08:00:00Z'};
const ed = 'sample-ed25519', p256 = 'sample-p256', firm = 'samplecompany-ed25519';

document('samples/trust.json', {
  sealcheckTrustList: 1, name: 'Sealcheck samples', url: 'https://samples.sealcheck.example/trust.json',
  issued: '2025-01-01T00:00:00Z', expires: '2045-12-31T00:00:00Z', test: false,
  authorities: [{name: 'Example Sealing CA', certificate: base64('ca')}],
  issuers: [
    {names: {en: UNIVERSITY, de: 'Universität Westerlund'}, country: 'XX', vouches: ['identity'], source: 'https://samples.sealcheck.example/westerlund',
      identifiers: [{did: didKey(ed)}, {did: didKey(p256)}, {did: didJwk(p256)}, {organisation: 'NTRXX-12345678'}]},
    {names: {en: COMPANY}, country: 'XX', vouches: ['identity'], source: 'https://samples.sealcheck.example/brightwork',
      identifiers: [{organisation: 'NTRXX-87654321'}, {did: didKey(firm)}]},
  ],
});

const first = achievement({
  id: 'urn:uuid:2f5a7b0e-6a4c-4a2b-8f0b-1d9c6e3a7f11', name: 'Reading Soil Data',
  description: 'A short course of three weeks on collecting, cleaning and reading field measurements of soils.',
  criteria: {narrative: 'Written examination passed; one field report handed in and discussed.'}, creditsAvailable: 3, tag: ['soil', 'statistics', 'field work'],
  resultDescription: [{id: 'urn:uuid:7b0f2f5a-0001-4a2b-8f0b-1d9c6e3a7f11', type: ['ResultDescription'], name: 'Grade', resultType: 'LetterGrade', allowedValue: ['A', 'B', 'C', 'D', 'E', 'F']}],
});
const mara = {id: 'urn:uuid:0b6c9a31-93c1-4e2e-9f0f-7a5f6f0a1c55', identifier: [{type: 'IdentityObject', hashed: false, identityHash: 'Mara Lindqvist', identityType: 'name', salt: 'none'}]};
const learner = (more = {}) => ({...mara, type: ['AchievementSubject'], achievement: first, result: [{type: ['Result'], resultDescription: first.resultDescription[0].id, value: 'B'}], ...more});
const micro = (issuer, more = {}) => badge({...profile(issuer), url: 'https://university.example/'}, {id: 'urn:uuid:91c5a0be-2f4d-4a6c-b7c1-0d3d4f5e6a71', name: 'Reading Soil Data', ...time, credentialSubject: learner(), ...more});

const good = file('samples/good.json', () => dataIntegrity(micro(didKey(ed)), ed, {created: '2025-02-03T08:00:00Z'}));
file('samples/badge.jwt', () => jwtBadge(micro(didKey(p256)), p256));
file('samples/sealed.jsonld', () => seal(long(edc(university)), 'university', {time: '2025-02-03T08:00:00Z', unprotected: along('ca')}));
file('samples/on-behalf.jsonld', () => seal(long(edc(company, famous)), 'company', {time: '2025-02-03T08:00:00Z', unprotected: along('ca')}));
file('samples/attended.jwt', () => jwt2(micro(didJwk(p256), {
  name: 'Open Day: Soil under the Microscope',
  credentialSubject: learner({result: undefined, achievement: achievement({id: 'urn:uuid:3c', name: 'Open Day: Soil under the Microscope', achievementType: 'Membership', description: 'Took part in the open day of the soil laboratory.', criteria: {narrative: 'Attendance for one day. There is no examination.'}, creditsAvailable: undefined})}),
}), p256, {kid: `${didJwk(p256)}#0`}));
file('samples/expired.json', () => dataIntegrity(micro(didKey(ed), {
  id: 'urn:uuid:91c5a0be-2f4d-4a6c-b7c1-0d3d4f5e6a72', validFrom: '2023-06-30T00:00:00Z', validUntil: '2025-06-30T00:00:00Z', name: 'First Aid in the Field',
  credentialSubject: learner({result: undefined, achievement: achievement({id: 'urn:uuid:4d', name: 'First Aid in the Field', achievementType: 'Certification', description: 'First aid far from the next road.', criteria: {narrative: 'One day of practice; to be repeated every two years.'}, creditsAvailable: undefined})}),
}), ed, {created: '2023-06-30T00:00:00Z'}));
file('samples/altered.json', () => {
  const changed = JSON.parse(read('samples/good.json'));
  changed.credentialSubject.result[0].value = 'A';
  return changed;
});
file('samples/wrong-key.json', () => dataIntegrity(micro(didKey(ed)), 'attacker-ed25519', {created: '2025-02-03T08:00:00Z'}));
file('samples/unlisted.json', () => dataIntegrity(micro(didKey('unlisted-ed25519'), {
  issuer: {...profile(didKey('unlisted-ed25519'), FAMOUS), url: 'https://famous.example/'}, name: 'Doctor of Soil Science',
  credentialSubject: learner({result: undefined, achievement: achievement({id: 'urn:uuid:5e', name: 'Doctor of Soil Science', achievementType: 'Degree', description: 'The highest degree in soil science.', criteria: {narrative: 'Awarded for lifetime experience.'}})}),
}), 'unlisted-ed25519', {created: '2025-02-03T08:00:00Z'}));
file('samples/not-signed.json', () => micro(didKey(ed)));
file('samples/picture.png', async () => bake(plain, {value: await jwtBadge(micro(didKey(p256)), p256)}));
file('samples/certificate.pdf', async () => {
  const pdf = await PDFDocument.create(), page = pdf.addPage([420, 298]), date = new Date(time.validFrom);
  page.drawText('Reading Soil Data', {x: 40, y: 190, size: 24});
  page.drawText(`Mara Lindqvist\n${UNIVERSITY}`, {x: 40, y: 150, size: 14, lineHeight: 20});
  await pdf.attach(read('samples/good.json'), 'credential.json', {mimeType: 'application/json', creationDate: date, modificationDate: date});
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  return Buffer.from(await pdf.save());
});

// A record by the university: a course of its own, which the company endorses,
// and a badge by the company.
file('samples/record.json', async () => {
  const signed = {created: '2025-02-03T08:00:00Z'};
  const endorsement = await dataIntegrity({
    '@context': [V2, OB], id: 'urn:uuid:91c5a0be-2f4d-4a6c-b7c1-0d3d4f5e6a73', type: ['VerifiableCredential', 'EndorsementCredential'],
    issuer: profile(didKey(firm), COMPANY), ...time, name: 'Endorsement of Reading Soil Data',
    credentialSubject: {id: first.id, type: ['EndorsementSubject'], endorsementComment: 'Whoever has passed this course can start with us the next day.'},
  }, firm, signed);
  const course = await dataIntegrity(micro(didKey(ed), {credentialSubject: learner({achievement: {...first, endorsement: [endorsement]}})}), ed, signed);
  const teamwork = await dataIntegrity(badge(profile(didKey(firm), COMPANY), {
    id: 'urn:uuid:91c5a0be-2f4d-4a6c-b7c1-0d3d4f5e6a74', ...time, name: 'Teamwork in the Field',
    credentialSubject: {...mara, type: ['AchievementSubject'], achievement: achievement({id: 'urn:uuid:6f', name: 'Teamwork in the Field', achievementType: 'Badge', description: 'Worked in a crew of four for a summer.', criteria: {narrative: 'Rated by the crew and its leader.'}, creditsAvailable: undefined})},
  }), firm, signed);
  return dataIntegrity({
    '@context': [V2, CLR, OB], id: 'urn:uuid:91c5a0be-2f4d-4a6c-b7c1-0d3d4f5e6a75', type: ['VerifiableCredential', 'ClrCredential'],
    issuer: profile(didKey(ed), UNIVERSITY), ...time, name: 'Learner record of Mara Lindqvist', partial: true,
    credentialSubject: {...mara, type: ['ClrSubject'], verifiableCredential: [course, teamwork]},
  }, ed, signed);
});

function long(document) {
  return {...document, issuanceDate: '2025-02-03T08:00:00Z', issued: '2025-02-03T08:00:00Z', validFrom: '2025-02-03T08:00:00Z', expirationDate: '2045-02-03T08:00:00Z'};
}

const inRecord = '/credentialSubject/verifiableCredential/';
const list = {
  files: [
    ['badge', 'badge.jwt', ends.verified(['trust.listed', 'proof.jws'])],
    ['picture', 'picture.png', ends.verified(['trust.listed', 'envelope.baked_png'], {envelope: 'warn'})],
    ['certificate', 'certificate.pdf', ends.verified(['trust.listed', 'envelope.attached_pdf'], {envelope: 'warn'})],
    ['sealed', 'sealed.jsonld', ends.verified(['trust.listed', 'proof.jades'], sealed)],
    ['record', 'record.json', ends.only('verified', ['credential.clr_2'], {}, undefined, [
      ': record verified', `${inRecord}0: part verified`, `${inRecord}0/credentialSubject/achievement/endorsement/0: endorsement aside verified credential.endorses_achievement`, `${inRecord}1: part verified`,
    ])],
  ],
  answers: [
    ['good', 'good.json', ends.verified(['trust.listed', 'proof.data_integrity'])],
    ['attended', 'attended.jwt', ends.verified(['trust.listed', 'key.did_jwk'])],
    ['on-behalf', 'on-behalf.jsonld', ends.identified(['trust.awarder_unproven'], sealed)],
    ['unlisted', 'unlisted.json', ends.unlisted(['trust.not_listed'])],
    ['expired', 'expired.json', ends.expired(['validity.expired'])],
    ['altered', 'altered.json', ends.altered()],
    ['wrong-key', 'wrong-key.json', ends.wrongKey(['issuer.foreign_key'])],
    ['not-signed', 'not-signed.json', ends.notSigned(['proof.none'])],
  ],
};
export const samples = Object.entries(list).flatMap(([group, all]) => all.map(([id, name]) => ({id, group, file: name, trust: 'trust.json', at: null})));
for (const [id, name, end] of Object.values(list).flat()) {
  scenario(`sample-${id}`, `the sample ${id} on the page`, `samples/${name}`, end, {trust: ['samples/trust.json']});
  // In ten years the sample says the same.
  scenario(`sample-${id}-2036`, `the sample ${id} in ten years`, `samples/${name}`, end, {trust: ['samples/trust.json'], at: '2036-06-15T12:00:00Z'});
}
// Without the samples' own list nothing signed with these keys is vouched for.
scenario('sample-good-real-list', 'the good sample under a real list', 'samples/good.json', ends.unlisted(['trust.not_listed']));
scenario('sample-sealed-no-list', 'the sealed sample with no list', 'samples/sealed.jsonld', ends.unlisted(['trust.not_configured'], {...sealed, trust: 'none'}), {trust: []});
