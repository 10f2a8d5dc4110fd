// Trust lists as data, each different from trust/main.json in one thing.
import {base64, spki} from '../certificates.mjs';
import {didJwk, didKey} from '../keys.mjs';
import {COMPANY, FAMOUS, UNIVERSITY, WEB} from '../content.mjs';
import {blsDid} from '../linked.mjs';
import {document, json} from '../registry.mjs';

const authority = {name: 'Example Sealing CA', certificate: base64('ca')};

const issuer = (name, identifiers, more = {}) => ({
  names: {en: name}, country: 'XX', vouches: ['identity'], source: 'https://register.example/entries/1', ...more, identifiers,
});

export const list = (name, issuers, more = {}) => ({
  sealcheckTrustList: 1, name, url: `https://register.example/${name.toLowerCase().replaceAll(' ', '-')}.json`,
  issued: '2026-01-01T00:00:00Z', expires: '2027-01-01T00:00:00Z', test: false, authorities: [], ...more, issuers,
});

const kinds = ['ed25519', 'p256', 'p384', 'p521', 'secp256k1', 'rsa'];
const universityIds = [
  {did: WEB}, {domain: 'university.example'}, {domain: 'university.example', prefix: '/issuers/'}, {organisation: 'NTRXX-12345678'},
  {did: 'did:web:university.example%3A8443'}, ...kinds.map(kind => ({did: didKey(`university-${kind}`)})), ...['p256', 'ed25519'].map(kind => ({did: didJwk(`university-${kind}`)})), {did: blsDid('university-bls12381')},
];
const companyIds = [{did: 'did:web:brightwork.example'}, {domain: 'brightwork.example'}, {organisation: 'NTRXX-87654321'}, {did: didKey('company-ed25519')}, {did: didKey('company-p256')}];

const universityEntry = more => issuer(UNIVERSITY, universityIds, {names: {en: UNIVERSITY, de: 'Universität Westerlund'}, ...more});
const companyEntry = more => issuer(COMPANY, companyIds, more);

export const NAME = 'Example Register of Learning Providers';
document('trust/main.json', list(NAME, [universityEntry(), companyEntry()], {authorities: [authority]}));

// Names somebody else only.
document('trust/other.json', list('Register of Elsewhere', [issuer(FAMOUS, [{did: 'did:web:famous.example'}, {domain: 'famous.example'}])]));
document('trust/nobody.json', list('Empty Register', []));
document('trust/did.json', list('Register by DID', [issuer(UNIVERSITY, [{did: WEB}])]));
document('trust/did-path.json', list('Register by DID with a path', [issuer('Faculty of Soil Science', [{did: 'did:web:university.example:faculty'}])]));
document('trust/domain.json', list('Register by domain', [issuer(UNIVERSITY, [{domain: 'university.example'}])]));
document('trust/domain-prefix.json', list('Register by domain and prefix', [issuer(UNIVERSITY, [{domain: 'university.example', prefix: '/issuers/'}])]));
document('trust/parent-domain.json', list('Register by parent domain', [issuer('The Example Domain', [{domain: 'example'}, {domain: 'www.university.example'}])]));
document('trust/public-key.json', list('Register by public key', [issuer(UNIVERSITY, [{publicKey: spki('university')}, {publicKey: spki('university-p256')}])]));
document('trust/organisation.json', list('Register by organisation', [issuer(UNIVERSITY, [{organisation: 'NTRXX-12345678'}])], {authorities: [authority]}));
document('trust/organisation-by-key.json', list('Register by organisation, authority by key', [issuer(UNIVERSITY, [{organisation: 'NTRXX-12345678'}])], {authorities: [{name: 'Example Sealing CA', publicKey: spki('ca')}]}));
document('trust/organisation-without-authority.json', list('Register by organisation without authorities', [issuer(UNIVERSITY, [{organisation: 'NTRXX-12345678'}])]));
document('trust/authority-ended.json', list('Register by organisation, authority ended', [issuer(UNIVERSITY, [{organisation: 'NTRXX-12345678'}])], {authorities: [{...authority, until: '2025-01-01T00:00:00Z'}]}));

document('trust/authority.json', list('List of authorities', [], {authorities: [authority]}));

document('trust/issuing.json', list('Accreditation Register', [universityEntry({vouches: ['identity', 'issuing']})], {authorities: [authority]}));
document('trust/scope-badges.json', list('Accreditation Register for badges', [universityEntry({vouches: ['identity', 'issuing'], for: {types: ['OpenBadgeCredential']}})]));
document('trust/scope-clr.json', list('Accreditation Register for records', [universityEntry({vouches: ['identity', 'issuing'], for: {types: ['ClrCredential']}})]));

document('trust/test.json', list('Register for trials', [universityEntry()], {authorities: [authority], test: true}));
document('trust/test-entry.json', list('Register with a trial entry', [universityEntry({test: true})]));
document('trust/stale.json', list('Old Register', [universityEntry()], {authorities: [authority], issued: '2025-01-01T00:00:00Z', expires: '2026-01-01T00:00:00Z'}));
document('trust/stale-minutes.json', list('Register of yesterday', [universityEntry()], {issued: '2026-01-01T00:00:00Z', expires: '2026-06-15T11:57:00Z'}));
document('trust/stale-other.json', list('Old Register of Elsewhere', [issuer(FAMOUS, [{did: 'did:web:famous.example'}])], {issued: '2025-01-01T00:00:00Z', expires: '2026-01-01T00:00:00Z'}));
document('trust/broken.json', '{"sealcheckTrustList": 1, "name": "Broken Register", "issuers": [\n');
document('trust/no-list.json', json({hello: 'world'}));
document('trust/version-2.json', {...list('Register of the future', [universityEntry()]), sealcheckTrustList: 2});
document('trust/withdrawn.json', list('Register with a withdrawal', [universityEntry({withdrawn: {since: '2026-03-01T00:00:00Z', reason: 'The accreditation has ended.'}})], {authorities: [authority]}));
document('trust/withdrawn-later.json', list('Register with a withdrawal to come', [universityEntry({withdrawn: {since: '2026-09-01T00:00:00Z', reason: 'The accreditation will end.'}})]));
document('trust/ended.json', list('Register with an entry that ended', [universityEntry({until: '2025-12-31T00:00:00Z'})]));
document('trust/begins.json', list('Register with an entry to come', [universityEntry({from: '2026-12-01T00:00:00Z'})]));
document('trust/in-force.json', list('Register with an entry in force', [universityEntry({from: '2020-01-01T00:00:00Z', until: '2030-01-01T00:00:00Z'})]));
document('trust/other-name.json', list('Register with another name', [issuer('Westerlund Institute of Technology', universityIds)]));
document('trust/famous.json', list('Register with the awarder', [universityEntry(), companyEntry(), issuer(FAMOUS, [{organisation: 'NTRXX-11112222'}])], {authorities: [authority]}));

// From which end the issuer counts its lists of 2020 and 2021, and who keeps
// its lists.
for (const statusOrder of ['left', 'right']) {
  document(`trust/${statusOrder}.json`, list(`Register with lists from the ${statusOrder}`, [universityEntry({statusOrder}), companyEntry()], {authorities: [authority]}));
}
const services = [didKey('company-p256'), 'did:web:lists.example', WEB];
document('trust/services.json', list('Register with keepers of lists', [universityEntry({statusServices: services}), companyEntry()], {authorities: [authority]}));
document('trust/services-other.json', list('Register with keepers of the lists of others', [universityEntry(), companyEntry({statusServices: services})], {authorities: [authority]}));

document('policies/no-status.json', {name: 'status not needed', accept: [], optional: ['status'], require: []});
document('policies/identified.json', {name: 'sealed by a known body', accept: ['identified'], optional: [], require: []});
document('policies/trust-optional.json', {name: 'trust not needed', accept: [], optional: ['trust'], require: []});
document('policies/schema.json', {name: 'schema demanded', accept: [], optional: [], require: ['schema']});
document('policies/holder.json', {name: 'holder demanded', accept: [], optional: [], require: ['holder']});
