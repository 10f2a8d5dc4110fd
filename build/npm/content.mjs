// What the test credentials say. All names are invented.
import {didKey} from './keys.mjs';

export const V1 = 'https://www.w3.org/2018/credentials/v1';
export const V2 = 'https://www.w3.org/ns/credentials/v2';
export const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const CLR = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json';
export const EDC = 'http://data.europa.eu/snb/model/context/edc-ap';

export const UNIVERSITY = 'Westerlund University';
export const COMPANY = 'Brightwork Learning Ltd';
export const FAMOUS = 'Harrowgate University';
export const WEB = 'did:web:university.example';

const drop = value => JSON.parse(JSON.stringify(value));

export const profile = (id, name = UNIVERSITY, more = {}) => ({id, type: ['Profile'], name, ...more});

// plain1 and plain2 are the smallest credentials of either data model.
export const plain1 = (issuer, more = {}) => drop({
  '@context': [V1], id: 'urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-6f1f0f6f2a01', type: ['VerifiableCredential'], issuer,
  issuanceDate: '2026-01-10T09:00:00Z', expirationDate: '2031-01-10T09:00:00Z',
  credentialSubject: {id: 'did:example:mara', name: 'Mara Lindqvist'}, ...more,
});
export const plain2 = (issuer, more = {}) => drop({
  '@context': [V2], id: 'urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-6f1f0f6f2a02', type: ['VerifiableCredential'], issuer,
  validFrom: '2026-01-10T09:00:00Z', validUntil: '2031-01-10T09:00:00Z', name: 'Certificate of completion',
  credentialSubject: {id: 'did:example:mara', name: 'Mara Lindqvist'}, ...more,
});

export const achievement = (more = {}) => drop({
  id: 'https://university.example/achievements/soil-data', type: ['Achievement'], achievementType: 'MicroCredential',
  name: 'Reading Soil Data', description: 'Collects, cleans and reads field measurements of soils.',
  criteria: {narrative: 'Pass the written examination and hand in one field report.'}, creditsAvailable: 3, inLanguage: 'en', ...more,
});
export const badge = (issuer, more = {}) => drop({
  '@context': [V2, OB], id: 'urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-6f1f0f6f2a03', type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: typeof issuer === 'string' ? profile(issuer) : issuer, validFrom: '2026-01-10T09:00:00Z', validUntil: '2031-01-10T09:00:00Z',
  name: 'Reading Soil Data', credentialSubject: {id: 'did:example:mara', type: ['AchievementSubject'], achievement: achievement()}, ...more,
});

const country = code => ({id: `http://publications.europa.eu/resource/authority/country/${code}`, type: 'Concept', prefLabel: {en: ['Exampleland']}});
export const organisation = (name, notation, more = {}) => drop({
  id: `urn:epass:org:${notation.toLowerCase()}`, type: 'Organisation', legalName: {en: [name]},
  eIDASIdentifier: {id: 'urn:certificateIdentifier:1', type: 'LegalIdentifier', notation, spatial: country('XXX')},
  location: [{id: 'urn:certificateLocation:1', type: 'Location', address: [{id: 'urn:epass:address:1', type: 'Address', countryCode: country('XXX')}]}], ...more,
});
export const university = organisation(UNIVERSITY, 'NTRXX-12345678');
export const company = organisation(COMPANY, 'NTRXX-87654321');
export const famous = organisation(FAMOUS, 'NTRXX-11112222');

// edc is a European Digital Credential with every member that the generic
// profile demands.
export const edc = (issuer = university, awarder = issuer, more = {}) => drop({
  '@context': [V1, EDC], id: 'urn:credential:6f2d3c1e-0a57-4d0c-8a3f-4b1f6f0c2b10', type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
  credentialProfiles: [{id: 'http://data.europa.eu/snb/credential/e34929035b', type: 'Concept', prefLabel: {en: ['Generic']}}],
  credentialSchema: [{id: 'http://data.europa.eu/snb/model/ap/edc-generic-full', type: 'ShaclValidator2017'}],
  displayParameter: {
    id: 'urn:epass:displayParameter:1', type: 'DisplayParameter', title: {en: ['Reading Soil Data']},
    language: [{id: 'http://publications.europa.eu/resource/authority/language/ENG', type: 'Concept'}],
    primaryLanguage: {id: 'http://publications.europa.eu/resource/authority/language/ENG', type: 'Concept'},
    individualDisplay: [{id: 'urn:epass:individualDisplay:1', type: 'IndividualDisplay', language: {id: 'http://publications.europa.eu/resource/authority/language/ENG', type: 'Concept'}}],
  },
  issuer, issuanceDate: '2026-01-10T09:00:00Z', issued: '2026-01-10T09:00:00Z', validFrom: '2026-01-10T09:00:00Z', expirationDate: '2031-01-10T09:00:00Z',
  credentialSubject: {
    id: 'urn:epass:person:1', type: 'Person', givenName: {en: ['Mara']}, familyName: {en: ['Lindqvist']}, fullName: {en: ['Mara Lindqvist']},
    hasClaim: [{
      id: 'urn:epass:learningAchievement:1', type: 'LearningAchievement', title: {en: ['Reading Soil Data']},
      awardedBy: {id: 'urn:epass:awardingProcess:1', type: 'AwardingProcess', awardingBody: [awarder], awardingDate: '2026-01-09T00:00:00Z'},
      specifiedBy: {
        id: 'urn:epass:specification:1', type: 'LearningAchievementSpecification', title: {en: ['Reading Soil Data']},
        volumeOfLearning: 'PT75H', learningOutcome: [{id: 'urn:epass:outcome:1', type: 'LearningOutcome', title: {en: ['Reads field measurements of soils']}}],
      },
    }],
  }, ...more,
});

export const didKeyBadge = (key, more) => badge(profile(didKey(key)), more);
