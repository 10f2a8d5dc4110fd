// What names a list where nobody may be asked, and what is no entry at all: the
// answer is incomplete, whatever the type, and never good. What lists say when
// they are read stands in standing.mjs.
import {badge, edc, plain1, plain2} from '../content.mjs';
import {didKey} from '../keys.mjs';
import {dataIntegrity, jwt1, jwt2, jwtBadge, seal} from '../sign.mjs';
import {ends, file, scenario, sealed} from '../registry.mjs';

const ed = 'university-ed25519', p256 = 'university-p256';
const entry = (more = {}) => ({id: 'https://university.example/status/3#94567', type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '94567', statusListCredential: 'https://university.example/status/3', ...more});
const open = (checks, code = 'status.list_offline') => ends.incomplete(['signature.verified', code], {status: 'unknown', ...checks});

const one = file('status-bitstring.jwt', () => jwt2(plain2(didKey(p256), {credentialStatus: entry()}), p256));
scenario('status-bitstring', 'a BitstringStatusListEntry', one, open());
scenario('status-optional', 'the same where the policy does without status', one, ends.verified(['status.list_offline'], {status: 'unknown'}), {policy: 'policies/no-status.json'});
scenario('status-optional-other-gap', 'a policy without status still needs the list', one, ends.unlisted(['trust.not_listed', 'status.list_offline'], {status: 'unknown'}), {policy: 'policies/no-status.json', trust: ['trust/other.json']});
scenario('status-accept-unlisted', 'accepting unlisted issuers is not doing without status', one, open({trust: 'warn'}), {policy: 'accept-unlisted', trust: ['trust/other.json']});
scenario('status-two-entries', 'two entries, revocation and suspension',
  file('status-two-entries.json', () => dataIntegrity(badge(didKey(ed), {credentialStatus: [entry(), entry({id: 'https://university.example/status/4#94567', statusPurpose: 'suspension', statusListCredential: 'https://university.example/status/4'})]}), ed)), open());
scenario('status-2021', 'a StatusList2021Entry',
  file('status-2021.jwt', () => jwt1(plain1(didKey(p256), {credentialStatus: entry({type: 'StatusList2021Entry'})}), p256)), open());
scenario('status-1edtech', 'a 1EdTechRevocationList',
  file('status-1edtech.jwt', () => jwtBadge(badge(didKey(p256), {credentialStatus: {id: 'https://university.example/revoked.json', type: '1EdTechRevocationList'}}), p256)), // No host is its own: whether that is said or that nobody may be asked, it is open.
  ends.incomplete(['signature.verified'], {status: 'unknown'}));
scenario('status-unknown-type', 'a type that nobody knows',
  file('status-unknown-type.json', () => dataIntegrity(badge(didKey(ed), {credentialStatus: {id: 'https://university.example/standing/1', type: 'StandingByPigeon2026'}}), ed)), open({}, 'status.unsupported'));
scenario('status-without-type', 'an entry without a type',
  file('status-without-type.json', () => dataIntegrity(badge(didKey(ed), {credentialStatus: {id: 'https://university.example/standing/1'}}), ed)), ends.only('refused', ['credential.status_malformed'], {credential: 'fail'}));
scenario('status-text', 'credentialStatus as text',
  file('status-text.json', () => dataIntegrity(badge(didKey(ed), {credentialStatus: 'ok'}), ed)), ends.only('refused', ['credential.status_malformed'], {credential: 'fail'}));
scenario('status-too-many', '51 entries',
  file('status-too-many.json', () => dataIntegrity(badge(didKey(ed), {credentialStatus: Array.from({length: 51}, (_, i) => ({id: `urn:uuid:${i}`, type: 'T'}))}), ed)), ends.incomplete(['status.too_many'], {status: 'unknown'}));
scenario('edc-status-without-type', 'a list entry under status whose type was left out',
  file('edc-status-without-type.jsonld', () => seal(edc(undefined, undefined, {status: [entry({type: undefined})]}), 'university')), ends.incomplete(['status.malformed'], {...sealed, status: 'unknown'}));
scenario('status-empty-array', 'an empty array: there is nothing to look up',
  file('status-empty-array.json', () => dataIntegrity(badge(didKey(ed), {credentialStatus: []}), ed)), ends.only('verified', ['status.none_published'], {status: 'none'}));
scenario('status-altered', 'an entry in an altered credential: the alteration is said',
  file('status-altered.json', async () => {
    const signed = await dataIntegrity(badge(didKey(ed), {credentialStatus: entry()}), ed);
    return {...signed, name: 'Reading Soil Data II'};
  }), ends.altered());
scenario('status-removed', 'the entry was taken out after signing',
  file('status-removed.json', async () => {
    const {credentialStatus, ...rest} = await dataIntegrity(badge(didKey(ed), {credentialStatus: entry()}), ed);
    return rest;
  }), ends.altered());
scenario('status-expired', 'an entry, and the credential has expired: that decides',
  file('status-expired.jwt', () => jwt2(plain2(didKey(p256), {credentialStatus: entry(), validUntil: '2026-03-01T00:00:00Z'}), p256)), ends.expired(['validity.expired', 'status.list_offline'], {status: 'unknown'}));
scenario('edc-status-array', 'a European Digital Credential with its entries under status, as VeloCert has them',
  file('edc-status-array.jsonld', () => seal(edc(undefined, undefined, {status: [entry({type: 'StatusList2021Entry'}), entry({type: 'StatusList2021Entry', statusPurpose: 'suspension'})]}), 'university')), open(sealed));
scenario('edc-credential-status', 'a European Digital Credential with credentialStatus',
  file('edc-credential-status.jsonld', () => seal(edc(undefined, undefined, {credentialStatus: entry()}), 'university')), open(sealed));
scenario('certificate-revocation-list', 'the seal\'s certificate names a list of revoked certificates at an address that is never asked',
  file('certificate-revocation-list.jsonld', () => seal(edc(), 'university-crl')), ends.incomplete(['status.certificate_unchecked'], {...sealed, status: 'unknown'}));
scenario('certificate-revocation-list-optional', 'the same where the policy does without status', 'credentials/certificate-revocation-list.jsonld', ends.verified(['status.certificate_unchecked'], {...sealed, status: 'unknown'}), {policy: 'policies/no-status.json'});
