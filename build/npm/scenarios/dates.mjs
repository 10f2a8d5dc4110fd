// Dates, judged at a given instant.
import {badge, edc, plain1, plain2, profile} from '../content.mjs';
import {didKey} from '../keys.mjs';
import {compact, dataIntegrity, jcsByHand, jwt1, jwt2, seal, seconds} from '../sign.mjs';
import {ends, file, scenario, sealed} from '../registry.mjs';

const ed = 'university-ed25519', p256 = 'university-p256';
const at = instant => ({at: instant});
const good = (codes, checks) => ends.verified(['trust.listed', ...codes], checks);

const ending = file('ends-in-june.json', () => dataIntegrity(badge(didKey(ed), {validUntil: '2026-06-15T12:00:00Z'}), ed));
scenario('until-before', 'a second before its end', ending, good(['validity.in_force']), at('2026-06-15T11:59:59Z'));
scenario('until-exactly', 'at its end exactly: the instant at which it ceases to be valid', ending, ends.expired(['validity.expired_just_now']), at('2026-06-15T12:00:00Z'));
scenario('until-minutes-after', 'two minutes after its end: expired, and said to be so only just', ending, ends.expired(['validity.expired_just_now']), at('2026-06-15T12:02:00Z'));
scenario('until-month-after', 'a month after its end', ending, ends.expired(['validity.expired']), at('2026-07-15T12:00:00Z'));
scenario('until-after-unlisted', 'expired, and nobody lists the issuer: the end is said', ending, ends.expired(['validity.expired', 'trust.not_listed'], {trust: 'warn'}), {at: '2026-07-15T12:00:00Z', trust: ['trust/other.json']});
scenario('until-after-stranger', 'expired, but signed by a stranger: the dates prove nothing',
  file('ended-by-stranger.json', () => dataIntegrity(badge(didKey(ed), {validUntil: '2026-02-15T12:00:00Z'}), 'attacker-ed25519')), ends.wrongKey(['issuer.foreign_key']));

const beginning = file('begins-in-june.json', () => dataIntegrity(badge(didKey(ed), {validFrom: '2026-06-15T12:00:00Z'}), ed, {created: '2026-06-01T09:00:00Z'}));
scenario('from-exactly', 'at its beginning exactly', beginning, good(['validity.in_force']), at('2026-06-15T12:00:00Z'));
scenario('from-week-before', 'a week before its beginning', beginning, ends.notYet(['validity.not_yet_valid']), at('2026-06-08T12:00:00Z'));
scenario('from-within-tolerance', 'four minutes before its beginning: clocks differ', beginning, good(['validity.within_tolerance'], {validity: 'warn'}), at('2026-06-15T11:56:00Z'));
scenario('from-tolerance-limit', 'five minutes before its beginning', beginning, good(['validity.within_tolerance'], {validity: 'warn'}), at('2026-06-15T11:55:00Z'));
scenario('from-past-tolerance', 'a second more than five minutes before its beginning', beginning, ends.notYet(['validity.not_yet_valid']), at('2026-06-15T11:54:59Z'));

scenario('zones', 'dates with offsets: ended at 13:30 in a zone two hours ahead, that is half an hour ago',
  file('zones.json', () => dataIntegrity(badge(didKey(ed), {validUntil: '2026-06-15T13:30:00+02:00'}), ed)), ends.expired(['validity.expired']));
scenario('zones-behind', 'ends at 13:30 in a zone two hours behind, that is in three and a half hours',
  file('zones-behind.json', () => dataIntegrity(badge(didKey(ed), {validUntil: '2026-06-15T13:30:00-02:00'}), ed)), good(['validity.in_force']));
scenario('fractions', 'fractions of a second',
  file('fractions.json', () => dataIntegrity(badge(didKey(ed), {validFrom: '2026-01-10T09:00:00.123456789Z', validUntil: '2026-06-15T12:00:00.5Z'}), ed)), good(['validity.in_force']));
scenario('leap-second', 'a leap second as the beginning',
  file('leap-second.json', () => dataIntegrity(badge(didKey(ed), {validFrom: '2016-12-31T23:59:60Z'}), ed)), ends.only('verified', ['validity.in_force'], {credential: 'pass', validity: 'pass'}));
scenario('no-such-day', '30 February',
  file('no-such-day.json', () => dataIntegrity(badge(didKey(ed), {validUntil: '2027-02-30T00:00:00Z'}), ed)), ends.only('refused', ['credential.date_malformed'], {credential: 'fail'}));
scenario('date-in-words', 'a date in words',
  file('date-in-words.json', () => dataIntegrity(badge(didKey(ed), {validUntil: '15 June 2027'}), ed)), ends.only('refused', ['credential.date_malformed'], {credential: 'fail'}));
scenario('date-number', 'a date as a number',
  file('date-number.json', () => dataIntegrity(badge(didKey(ed), {validUntil: 1812153600}), ed)), ends.only('refused', ['credential.date_malformed'], {credential: 'fail'}));
scenario('dates-reversed', 'ends before it begins',
  file('dates-reversed.json', () => dataIntegrity(badge(didKey(ed), {validUntil: '2025-01-01T00:00:00Z'}), ed)), ends.refusedCredential(['credential.dates_reversed']));
scenario('v1-without-issuance-date', 'data model 1.1 without issuanceDate',
  file('v1-without-issuance-date.json', () => dataIntegrity(plain1(didKey(ed), {issuanceDate: undefined}), ed)), ends.refusedCredential(['credential.date_missing']));
scenario('v1-expired', 'data model 1.1, expirationDate past',
  file('v1-expired.jwt', () => jwt1(plain1(didKey(p256), {expirationDate: '2026-03-01T00:00:00Z'}), p256)), ends.expired(['validity.expired']));
scenario('v1-begins', 'data model 1.1, issuanceDate to come',
  file('v1-begins.jwt', () => jwt1(plain1(didKey(p256), {issuanceDate: '2026-12-01T00:00:00Z'}), p256)), ends.notYet(['validity.not_yet_valid']));

// Registered claims of a JWT.
scenario('exp-alone', 'the credential states no end, the JWT does',
  file('exp-alone.jwt', () => jwt1(plain1(didKey(p256), {expirationDate: undefined}), p256, {claims: {exp: seconds('2026-03-01T00:00:00Z')}})), ends.expired(['validity.expired']));
scenario('exp-differs', 'exp and expirationDate are two dates',
  file('exp-differs.jwt', () => jwt1(plain1(didKey(p256)), p256, {claims: {exp: seconds('2040-01-01T00:00:00Z')}})), ends.refusedCredential(['credential.claim_differs']));
scenario('nbf-differs', 'nbf and issuanceDate are two dates',
  file('nbf-differs.jwt', () => jwt1(plain1(didKey(p256)), p256, {claims: {nbf: seconds('2020-01-01T00:00:00Z')}})), ends.refusedCredential(['credential.claim_differs']));
scenario('jti-differs', 'jti and the credential\'s id are two',
  file('jti-differs.jwt', () => jwt1(plain1(didKey(p256)), p256, {claims: {jti: 'urn:uuid:other'}})), ends.refusedCredential(['credential.claim_differs']));
scenario('sub-differs', 'sub and credentialSubject.id are two people',
  file('sub-differs.jwt', () => jwt1(plain1(didKey(p256)), p256, {claims: {sub: 'did:example:somebody-else'}})), ends.refusedCredential(['credential.claim_differs']));
scenario('claims-fill', 'id, issuer and dates stand in the registered claims only',
  file('claims-fill.jwt', () => {
    const {id, issuer, issuanceDate, expirationDate, ...vc} = plain1(didKey(p256));
    return compact({alg: 'ES256', typ: 'JWT', kid: `${issuer}#${issuer.slice(8)}`}, {iss: issuer, jti: id, nbf: seconds(issuanceDate), exp: seconds(expirationDate), sub: 'did:example:mara', vc}, p256);
  }), good(['validity.in_force', 'issuer.is_key']));
scenario('exp-fraction', 'exp with a fraction: readers disagree on it',
  file('exp-fraction.jwt', () => jwt1(plain1(didKey(p256), {expirationDate: undefined}), p256, {claims: {exp: 1925802000.5}})), ends.refusedCredential(['credential.claim_malformed']));
scenario('exp-text', 'exp as text',
  file('exp-text.jwt', () => jwt1(plain1(didKey(p256), {expirationDate: undefined}), p256, {claims: {exp: '1925802000'}})), ends.refusedCredential(['credential.claim_malformed']));
// VC-JOSE-COSE 3.1: exp is the end of the signature, beside the credential's.
scenario('exp-past', 'vc+jwt whose exp is past and whose validUntil is not',
  file('exp-past.jwt', () => jwt2(plain2(didKey(p256)), p256, {claims: {exp: seconds('2026-03-01T00:00:00Z')}})), ends.expired(['validity.expired']));
const tokenEnds = file('exp-in-june.jwt', () => jwt1(plain1(didKey(p256), {expirationDate: undefined}), p256, {claims: {exp: seconds('2026-06-15T12:00:00Z')}}));
scenario('exp-before', 'a second before exp', tokenEnds, good(['validity.in_force']), at('2026-06-15T11:59:59Z'));
scenario('exp-exactly', 'at exp exactly: a token holds before it (RFC 7519 4.1.4)', tokenEnds, ends.expired(['validity.expired_just_now']), at('2026-06-15T12:00:00Z'));

// Proofs with dates of their own.
const options = value => {
  const document = badge(didKey(ed));
  return {...document, proof: jcsByHand(document, ed, value)};
};
scenario('proof-expired', 'the proof itself has ended', file('proof-expired.json', () => options({expires: '2026-03-01T00:00:00Z'})), ends.expired(['validity.proof_expired']));
scenario('proof-expires-later', 'the proof ends later', file('proof-expires-later.json', () => options({expires: '2027-03-01T00:00:00Z'})), good(['validity.in_force']));
scenario('proof-from-future', 'the proof says that it will be made next year', file('proof-from-future.json', () => options({created: '2027-03-01T00:00:00Z'})), ends.notYet(['validity.proof_in_future']));
scenario('proof-without-created', 'the proof does not say when it was made', file('proof-without-created.json', () => options({created: undefined})), good(['validity.in_force']));

// European Digital Credentials.
const s = sealed;
scenario('edc-whole-day', 'the end is a day without a time: the whole day counts, in UTC',
  file('edc-whole-day.jsonld', () => seal(edc(undefined, undefined, {expirationDate: '2026-06-15'}), 'university')), ends.verified(['validity.whole_day'], {...s, validity: 'warn'}), at('2026-06-15T23:59:59Z'));
scenario('edc-whole-day-over', 'the next day', 'credentials/edc-whole-day.jsonld', ends.only('expired', [], {validity: 'fail', signature: 'pass'}), at('2026-06-16T00:00:01Z'));
scenario('edc-two-ends', 'validUntil and expirationDate: the earlier counts',
  file('edc-two-ends.jsonld', () => seal(edc(undefined, undefined, {validUntil: '2026-03-01T00:00:00Z'}), 'university')), ends.expired(['validity.expired'], s));
scenario('edc-two-ends-later', 'two different ends, both to come',
  file('edc-two-ends-later.jsonld', () => seal(edc(undefined, undefined, {validUntil: '2027-03-01T00:00:00Z'}), 'university')), ends.verified(['validity.several_ends'], {...s, validity: 'warn'}));
scenario('edc-no-end', 'no end', file('edc-no-end.jsonld', () => seal(edc(undefined, undefined, {expirationDate: undefined}), 'university')), ends.verified(['validity.no_end'], s));
scenario('edc-without-issued', 'a sealed credential without the date of issue that its profile demands',
  file('edc-without-issued.jsonld', () => seal(edc(undefined, undefined, {issued: undefined}), 'university')), ends.verified(['credential.edc_member_missing'], {...s, credential: 'warn'}));
scenario('edc-date-in-words', 'an end that nobody can read',
  file('edc-date-in-words.jsonld', () => seal(edc(undefined, undefined, {expirationDate: 'June 2031'}), 'university')), ends.incomplete(['validity.date_unreadable'], {...s, validity: 'unknown'}));
scenario('certificate-expired', 'the certificate has ended since; only the sealer says that it was sealed before',
  file('certificate-expired.jsonld', () => seal(edc(undefined, undefined, {issuanceDate: '2025-05-01T00:00:00Z', issued: '2025-05-01T00:00:00Z', validFrom: '2025-05-01T00:00:00Z'}), 'university-expired', {time: '2025-05-01T09:00:00Z'})),
  ends.incomplete(['validity.certificate_expired', 'proof.seal_time_claimed'], {...s, validity: 'unknown', trust: undefined}));
scenario('certificate-still-good', 'the same file judged while the certificate held', 'credentials/certificate-expired.jsonld', ends.only('verified', ['validity.in_force'], {validity: 'pass', signature: 'pass'}), {at: '2025-11-15T12:00:00Z', trust: ['trust/stale.json']});
scenario('certificate-not-valid-then', 'sealed after the certificate had ended, as it says itself',
  file('certificate-not-valid-then.jsonld', () => seal(edc(), 'university-expired', {time: '2026-02-01T09:00:00Z'})), ends.badKey('refused', ['key.certificate_not_valid_then'], s));
scenario('certificate-not-yet', 'sealed before the certificate began, as it says itself',
  file('certificate-not-yet.jsonld', () => seal(edc(), 'university', {time: '2023-02-01T09:00:00Z'})), ends.badKey('refused', ['key.certificate_not_valid_then'], s));
scenario('seal-from-future', 'the claimed sealing time is to come',
  file('seal-from-future.jsonld', () => seal(edc(), 'university', {time: '2027-02-01T09:00:00Z'})), ends.only('not_yet_valid', ['validity.proof_in_future'], {validity: 'fail', signature: 'pass'}));
