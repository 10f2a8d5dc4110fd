// What the holder of an SD-JWT keeps back (RFC 9901 4.2): where the body that
// awards, its end or the way to look up its standing may be among that, nobody
// can know that it is not.
import {base64} from '../certificates.mjs';
import {didKey, didKeyMethod, publicJwk} from '../keys.mjs';
import {b64, seconds} from '../sign.mjs';
import {CLEAR, SET} from '../lists.mjs';
import {badge, COMPANY, company, edc, plain2, profile, university, UNIVERSITY} from '../content.mjs';
import {ends, file, scenario} from '../registry.mjs';
import {binding, claims, digest, everything, frame, issue, kbClaims, present, raw} from '../wallet.mjs';

const p256 = 'university-p256', seal = 'sealuniversity-p256', K = didKey(p256);
const withheld = (id, about, make, end, options) => scenario(`withheld-${id}`, about, file(`withheld-${id}.txt`, make), end, options);
const awarder = ends.incomplete(['trust.awarder_may_be_hidden'], {trust: 'unknown'});
const good = (codes = [], checks) => ends.verified(['proof.sd_shown', ...codes], checks);
const sealed = {key: seal, header: {kid: undefined, x5c: [base64('university-p256')]}};

// The body that awards, in a type of its own claims.
const choice = {select: {...frame, _sd: [...frame._sd, 'awardingBody']}};
withheld('awarder', 'another body awards it, and the learner keeps that back', () => present(claims({awardingBody: COMPANY}), {givenName: true}, choice), awarder);
withheld('awarder-shown', 'the same, and it is shown', () => present(claims({awardingBody: COMPANY}), {awardingBody: true}, choice), ends.identified(['trust.awarder_unproven']));
withheld('awarder-own', 'the issuer awards it itself, and the learner shows that', () => present(claims(), {awardingBody: true}, choice), good());
withheld('awarder-own-hidden', 'the issuer awards it itself, and the learner keeps that back', () => present(claims(), {givenName: true}, choice), awarder);
withheld('awarder-decoys', 'nothing says who awards it, and there are digests that stand for nothing', () => issue(claims({awardingBody: undefined}), {select: {learningOutcomes: {_sd: [0, 1]}, _sd_decoy: 3}}), awarder);
withheld('awarder-deeper', 'nothing says who awards it, and parts of other claims are kept back', () => present(claims({awardingBody: undefined}), {}, {select: {learningOutcomes: {_sd: [0, 1]}, notionalWorkload: {_sd: ['unit']}}}), good());
withheld('awarder-none', 'nothing says who awards it, and all is shown', () => issue(claims({awardingBody: undefined})), ends.verified(['proof.sd_all_shown']));
withheld('awarder-one', 'one of two bodies that award it is kept back', () => raw(claims({awardingBody: [UNIVERSITY, {'...': '$1'}]}), [JSON.stringify(['s1', COMPANY])], {shown: []}), awarder);
withheld('awarder-named', 'the name of the body that awards it is kept back', () => raw(claims({awardingBody: {id: K, _sd: ['$1']}}), [JSON.stringify(['s1', 'name', COMPANY])], {shown: []}), ends.identified(['trust.awarder_unproven']));
withheld('awarder-unknown-type', 'a type that nobody knows here, and another body awards it', () => present(claims({vct: 'https://university.example/types/soil', awardingBody: COMPANY}), {title: true}, choice), ends.incomplete(['trust.awarder_may_be_hidden'], {trust: 'unknown', schema: 'skipped'}));
withheld('awarder-certificate', 'only a certificate names the issuer, and the file another authority, which is kept back', () => raw(claims({iss: undefined, vct: 'urn:eu.europa.ec.eudi:learning:credential:1', title: undefined, awardingBody: undefined, achievement_title: 'Reading Soil Data', _sd: ['$1']}), [JSON.stringify(['s1', 'issuing_authority', COMPANY])], {...sealed, shown: []}), awarder);
withheld('awarder-unlisted', 'another body awards it, and nobody lists the issuer', () => present(claims({iss: didKey('attacker-p256'), awardingBody: COMPANY}), {givenName: true}, {...choice, key: 'attacker-p256', header: {kid: didKeyMethod('attacker-p256')}}), ends.unlisted(['trust.not_listed']));

// The same where European credentials have it.
const {'@context': context, ...elm} = edc(university, company);
const flat = {title: undefined, givenName: undefined, familyName: undefined, awardingBody: undefined, learningOutcomes: undefined, notionalWorkload: undefined, level: undefined, typeOfAssessment: undefined, formOfParticipation: undefined, grade: undefined};
const claim = elm.credentialSubject.hasClaim[0];
const within = (change, all = elm) => ({...all, credentialSubject: {...elm.credentialSubject, hasClaim: [change(claim)]}});
const text = (...parts) => JSON.stringify(['s1', ...parts]);
const european = (id, about, subject, disclosures, end) => {
  withheld(`elm-${id}`, `a European type: ${about}`, () => raw(claims({...flat, vct: 'urn:eudi:elm:1', iss: undefined, elm: subject}), disclosures, {...sealed, shown: []}), end);
};
const {awardedBy, ...unawarded} = claim;
european('awarded-by', 'how and by whom it was awarded is kept back', within(() => ({...unawarded, _sd: ['$1']})), [text('awardedBy', awardedBy)], awarder);
european('awarding-body', 'by whom it was awarded is kept back', within(() => ({...unawarded, awardedBy: {...awardedBy, awardingBody: undefined, _sd: ['$1']}})), [text('awardingBody', awardedBy.awardingBody)], awarder);
european('awarding-body-one', 'one of the bodies that award it is kept back', within(() => ({...unawarded, awardedBy: {...awardedBy, awardingBody: [university, {'...': '$1'}]}})), [text(company)], awarder);
european('awarding-body-name', 'the name of the body that awards it is kept back', within(() => ({...unawarded, awardedBy: {...awardedBy, awardingBody: [{...university, legalName: undefined, _sd: ['$1']}]}})), [text('legalName', company.legalName)], awarder);
european('claims', 'all that was achieved is kept back', {...elm, credentialSubject: {...elm.credentialSubject, hasClaim: undefined, _sd: ['$1']}}, [text('hasClaim', [claim])], awarder);
european('claim-one', 'one of two things that were achieved is kept back', {...edc(), '@context': undefined, credentialSubject: {...edc().credentialSubject, hasClaim: [edc().credentialSubject.hasClaim[0], {'...': '$1'}]}}, [text(claim)], good());
european('claim-both', 'both things that were achieved are kept back', within(() => ({'...': '$1'})), [text(claim)], awarder);
european('learner', 'the learner\'s name is kept back', {...edc(), '@context': undefined, credentialSubject: {...edc().credentialSubject, fullName: undefined, _sd: ['$1']}}, [text('fullName', {en: ['Mara Lindqvist']})], good());
european('learner-other', 'the learner\'s name is kept back, and another body awards it', {...elm, credentialSubject: {...elm.credentialSubject, fullName: undefined, _sd: ['$1']}}, [text('fullName', {en: ['Mara Lindqvist']})], ends.identified(['trust.awarder_unproven']));
withheld('edc-awarder', 'a European Digital Credential as SD-JWT whose learner keeps back who awards it', () => raw(within(() => ({...unawarded, _sd: ['$1']}), {'@context': context, ...elm}), [text('awardedBy', awardedBy)], {...sealed, header: {...sealed.header, typ: 'vc+sd-jwt'}, shown: []}), ends.incomplete(['trust.awarder_may_be_hidden'], {trust: 'unknown', schema: undefined}));

// How to look up its standing, and its end.
const as = {header: {typ: 'vc+sd-jwt', cty: 'vc', kid: didKeyMethod(p256)}, shown: []};
const standing = index => ({type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: index, statusListCredential: 'https://university.example/status/revocation'});
const on = {network: 'standing'};
const hidden = (codes = [], checks = {}) => ends.incomplete(['proof.sd_shown', 'status.may_be_hidden', ...codes], {status: 'unknown', ...checks});
withheld('status', 'a badge that was withdrawn, and the learner keeps back where to look that up', () => raw(badge(profile(K), {_sd: ['$1']}), [text('credentialStatus', standing(SET))], as), hidden(), on);
withheld('status-shown', 'where to look up its standing is a matter of choice, and is shown: there may be more', () => raw(badge(profile(K), {name: undefined, _sd: ['$1', '$2']}), [text('credentialStatus', standing(CLEAR)), '["s2","name","Reading Soil Data"]'], {...as, shown: [text('credentialStatus', standing(CLEAR))]}), hidden(['status.good']), on);
withheld('status-fixed', 'where to look up its standing is always shown, and something else is kept back', () => raw(badge(profile(K), {name: undefined, credentialStatus: standing(CLEAR), _sd: ['$1']}), ['["s1","name","Reading Soil Data"]'], as), good(['status.good'], {status: 'pass'}), on);
withheld('start', 'where to look up its standing is always shown, and it holds from next year: the learner keeps that back', () => raw(badge(profile(K), {validFrom: undefined, credentialStatus: standing(CLEAR), _sd: ['$1']}), [text('validFrom', '2027-01-10T09:00:00Z')], as), ends.incomplete(['status.good', 'validity.start_may_be_hidden'], {status: 'pass', validity: 'unknown'}), on);
withheld('status-fixed-revoked', 'the same, withdrawn', () => raw(badge(profile(K), {name: undefined, credentialStatus: standing(SET), _sd: ['$1']}), ['["s1","name","Reading Soil Data"]'], as), ends.revoked(['status.revoked']), on);
withheld('status-one', 'one of two places to look up its standing is kept back', () => raw(badge(profile(K), {credentialStatus: [standing(CLEAR), {'...': '$1'}]}), [text(standing(SET))], as), hidden(['status.good']), on);
withheld('status-index', 'a part of the way to look up its standing is kept back', () => raw(badge(profile(K), {credentialStatus: {...standing(CLEAR), _sd: ['$1']}}), [text('id', 'urn:x:1')], as), hidden(['status.good']), on);
withheld('subject', 'a badge without an end, of which only the learner\'s identifier is kept back', () => raw(badge(profile(K), {validUntil: undefined, credentialSubject: {...badge(K).credentialSubject, id: undefined, _sd: ['$1']}}), [text('id', 'did:example:mara')], as), good(['validity.no_end', 'status.none_published']));
withheld('type', 'what kind of credential it is besides is kept back', () => raw(plain2(K, {type: ['VerifiableCredential', {'...': '$1'}]}), [text('EuropeanDigitalCredential')], as), hidden());
withheld('wallet-end', 'a wallet credential without an end, of which a claim is kept back', () => present(claims({exp: undefined}), {givenName: true}), ends.incomplete(['proof.sd_shown', 'validity.end_may_be_hidden'], {validity: 'unknown'}));
withheld('wallet-end-deeper', 'a wallet credential without an end, of which parts of claims are kept back', () => present(claims({exp: undefined}), Object.fromEntries(Object.entries(everything).filter(([name]) => name !== 'learningOutcomes'))), good(['validity.no_end']));
withheld('wallet-w3c', 'a credential that is of both kinds, and the learner keeps back where to look up its standing', () => raw({...badge(profile(K)), vct: 'https://university.example/types/badge', iss: K, _sd: ['$1']}, [text('credentialStatus', standing(SET))], {shown: []}), hidden(['trust.awarder_may_be_hidden'], {trust: 'unknown', schema: 'skipped'}), on);

// More of RFC 9901, with the SD-JWT project's own libraries where these will.
const rfc = (id, about, make, end, options) => withheld(`rfc-${id}`, about, make, end, options);
const nested = claims({address: {locality: 'Westerlund', country: 'XX', street: {name: 'Soil Lane', number: 7}}, courses: [{name: 'Soils', points: 3}, {name: 'Data', points: 2}]});
const deep = {select: {_sd: ['address'], address: {_sd: ['street', 'locality'], street: {_sd: ['number'], _sd_decoy: 1}}, courses: {_sd: [0, 1], 0: {_sd: ['points']}, _sd_decoy: 1}}};
rfc('recursive', 'parts within parts within parts, and digests that stand for nothing among them', () => issue(nested, deep), good());
rfc('recursive-some', 'of parts within parts, the outer ones are shown', () => present(nested, {address: {street: true}, courses: {0: true}}, deep), good());
rfc('recursive-bound', 'of parts within parts, the outer ones are shown, and the holder signed that', () => present(nested, {address: {locality: true}, courses: {1: true}}, {...deep, kb: kbClaims()}), good(['holder.key_signed'], {holder: 'pass'}));
const inner = (...parts) => JSON.stringify(['t1', ...parts]);
rfc('inner-orphan', 'a part whose outer part is not shown', () => { const one = inner('locality', 'Westerlund'); return raw(claims({_sd: [digest(b64(inner('address', {_sd: [digest(b64(one))]})))]}), [one]); }, ends.refusedEnvelope('envelope.sd_disclosure_foreign'));
rfc('inner-repeated', 'a part that holds a digest which stands outside it as well', () => { const one = inner('locality', 'Westerlund'), two = inner('address', {_sd: [digest(b64(one))]}); return raw(claims({_sd: [digest(b64(two)), digest(b64(one))]}), [two, one]); }, ends.refusedEnvelope('envelope.sd_digest_repeated'));
rfc('inner-list', 'a part that holds digests which are no list', () => raw(claims({_sd: ['$1']}), [inner('address', {_sd: 'x'})]), ends.refusedEnvelope('envelope.sd_digest_malformed'));
rfc('inner-dots', 'a part that holds the digest of an item outside a list', () => raw(claims({_sd: ['$1']}), [inner('address', {'...': 'x'})]), ends.refusedEnvelope('envelope.sd_digest_malformed'));
rfc('inner-algorithm', 'a part that says how digests are made', () => raw(claims({_sd: ['$1']}), [inner('address', {_sd_alg: 'sha-512'})]), ends.refusedEnvelope('envelope.sd_digest_malformed'));
rfc('inner-taken', 'a part within a part under a name that is taken there', () => { const one = inner('country', 'YY'); return raw(claims({_sd: ['$1']}), [inner('address', {country: 'XX', _sd: [digest(b64(one))]}), one]); }, ends.refusedEnvelope('envelope.sd_name_taken'));
rfc('inner-reserved', 'a part within a part under a name that is reserved', () => { const one = inner('...', 'x'); return raw(claims({_sd: ['$1']}), [inner('address', {_sd: [digest(b64(one))]}), one]); }, ends.refusedEnvelope('envelope.sd_name_reserved'));
rfc('item-repeated', 'an item of a list by a digest that stands there twice', () => raw(claims({tags: [{'...': '$1'}, {'...': '$1'}]}), [inner('soil')]), ends.refusedEnvelope('envelope.sd_digest_repeated'));
rfc('item-list', 'an item of a list that holds digests of its own items', () => { const one = inner('clay'); return raw(claims({tags: [{'...': '$1'}]}), [inner(['sand', {'...': digest(b64(one))}]), one]); }, ends.verified(['proof.sd_all_shown']));
rfc('empty', 'a list of digests that is empty', () => raw(claims({_sd: [], more: {_sd: []}})), ends.verified([]));
rfc('null', 'a part that is nothing', () => raw(claims({_sd: ['$1']}), [inner('nickname', null)]), ends.verified(['proof.sd_all_shown']));
rfc('spaces', 'a part that is written with spaces and escapes', () => raw(claims({_sd: ['$1']}), ['[ "t1",\n "nick\\u006eame" , "M\\u00f6" ]']), ends.verified(['proof.sd_all_shown']));
rfc('salt-same', 'two parts with the same salt', () => raw(claims({_sd: ['$1', '$2']}), [inner('nickname', 'Mo'), inner('motto', 'Mud')]), ends.verified(['proof.sd_all_shown']));
const shown = () => present(claims(), {givenName: true});
const bound = (id, about, change, code, headline = 'refused') => rfc(`bound-${id}`, about, async () => binding(await shown(), change(await shown())), headline === 'refused' ? ends.only('refused', [code], {credential: 'pass', signature: 'pass', holder: 'fail'}) : good([code], {holder: 'warn'}));
bound('audiences', 'a confirmation for several at once', () => ({claims: {aud: ['https://employer.example', 'https://other.example']}}), 'holder.binding_malformed');
bound('nonce', 'a confirmation whose nonce is a number', () => ({claims: {nonce: 7}}), 'holder.binding_malformed');
bound('iat', 'a confirmation whose time is a text', () => ({claims: {iat: '2026-06-15T11:59:00Z'}}), 'holder.binding_malformed');
bound('hash', 'a confirmation of a digest of another kind', selection => ({claims: {sd_hash: digest(selection, 'sha-512')}}), 'holder.binding_other');
bound('hash-tilde', 'a confirmation of the selection without its last tilde', selection => ({over: selection.slice(0, -1)}), 'holder.binding_other');
bound('hash-token', 'a confirmation of the token alone', selection => ({over: selection.split('~')[0]}), 'holder.binding_other');
bound('untyped', 'a confirmation that does not say what it is', () => ({header: {typ: null}}), 'holder.binding_malformed');
bound('critical', 'a confirmation with a rule that must be understood', () => ({header: {crit: ['x'], x: 1}}), 'holder.binding_malformed');
bound('secret', 'a confirmation with a secret that both sides have', () => ({header: {alg: 'HS256'}}), 'holder.binding_malformed');
bound('own-key', 'a confirmation that brings its key along', () => ({key: 'attacker-p256', header: {jwk: publicJwk('attacker-p256')}}), 'holder.binding_mismatch');
bound('other-algorithm', 'a confirmation that says it was made with another kind of key', () => ({header: {alg: 'ES384'}}), 'holder.binding_mismatch');
bound('ended', 'a confirmation that has ended', () => ({claims: {exp: seconds('2026-06-15T11:59:30Z')}}), 'holder.binding_time', 'verified');
rfc('bound-disclosed-key', 'a W3C credential whose holder\'s key is a part that can be kept back', () => binding(raw(plain2(K, {_sd: ['$1']}), [JSON.stringify(['t1', 'cnf', {jwk: publicJwk('login-p256')}])], {header: as.header})), ends.verified(['holder.key_signed'], {holder: 'pass'}));
