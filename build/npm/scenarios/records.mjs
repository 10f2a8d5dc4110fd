// Credentials in credentials: learner records (CLR 2.0), endorsements, and
// presentations as wallets, learners and the Europass portal hand them over.
// What became of each entry of the report stands beside the file's answer.
import {CLR, COMPANY, EDC, UNIVERSITY, V1, V2, OB, achievement, badge, company, edc, plain1, plain2, profile, university, organisation} from '../content.mjs';
import {didKey, didKeyMethod} from '../keys.mjs';
import {along, b64, compact, dataIntegrity, jcsByHand, jwt1, jwt2, jwtBadge, seal} from '../sign.mjs';
import {ends, file, read, scenario, sealed} from '../registry.mjs';

const ed = 'university-ed25519', p256 = 'university-p256', firm = 'company-ed25519', firmP = 'company-p256', stranger = 'unlisted-ed25519', attacker = 'attacker-ed25519';
const holder = 'holder-ed25519', holderP = 'holder-p256';
const copy = value => JSON.parse(JSON.stringify(value));
const only = (headline, entries, codes = [], checks = {}) => ends.only(headline, codes, checks, undefined, entries);

// Learner records.
const clr = (parts, more = {}, subject = {}) => copy({
  '@context': [V2, CLR, OB], id: 'urn:uuid:0d4f6a52-2a51-4a36-9a0e-8a5d3a5d0c01', type: ['VerifiableCredential', 'ClrCredential'],
  issuer: profile(didKey(ed)), validFrom: '2026-02-01T00:00:00Z', name: 'Transcript of Mara Lindqvist', partial: true,
  credentialSubject: {id: 'did:example:mara', type: ['ClrSubject'], verifiableCredential: parts, ...subject}, ...more,
});
const teamwork = (more = {}) => badge(profile(didKey(firm), COMPANY), {
  id: 'urn:uuid:0d4f6a52-2a51-4a36-9a0e-8a5d3a5d0c02', name: 'Teamwork',
  credentialSubject: {id: 'did:example:mara', type: ['AchievementSubject'], achievement: achievement({id: 'https://brightwork.example/achievements/teamwork', name: 'Teamwork', creditsAvailable: undefined})}, ...more,
});
const soil = more => badge(didKey(ed), more);
const parts = async () => [
  await dataIntegrity(soil(), ed),
  await dataIntegrity(teamwork({validUntil: '2026-03-01T00:00:00Z'}), firm),
  await dataIntegrity(badge(profile(didKey(stranger), 'School of Somewhere'), {id: 'urn:uuid:0d4f6a52-2a51-4a36-9a0e-8a5d3a5d0c03'}), stranger, {suite: 'eddsa-rdfc-2022'}),
];
const association = {type: 'Association', associationType: 'isPartOf', sourceId: 'https://university.example/achievements/soil-data', targetId: 'urn:uuid:0d4f6a52-2a51-4a36-9a0e-8a5d3a5d0c09'};
const diploma = achievement({id: 'urn:uuid:0d4f6a52-2a51-4a36-9a0e-8a5d3a5d0c09', name: 'Diploma in Soil Science', creditsAvailable: undefined});
const inRecord = n => `/credentialSubject/verifiableCredential/${n}`;

scenario('clr-three', 'a learner record of three credentials, one of which has ended', file('clr-three.json', async () => dataIntegrity(clr(await parts(), {}, {achievement: [diploma], association: [association]}), ed)),
  only('expired', [': record verified', `${inRecord(0)}: part verified`, `${inRecord(1)}: part expired`, `${inRecord(2)}: part unlisted`], ['validity.expired']));
scenario('clr-good', 'a learner record of two credentials, by the university and by a company', file('clr-good.json', async () => dataIntegrity(clr([await dataIntegrity(soil(), ed, {suite: 'eddsa-rdfc-2022'}), await dataIntegrity(teamwork(), firm)]), ed)),
  only('verified', [': record verified', `${inRecord(0)}: part verified`, `${inRecord(1)}: part verified`], ['credential.clr_2']));
scenario('clr-jwt', 'a signed learner record that holds tokens and objects', file('clr-jwt.jwt', async () => jwtBadge(clr([await jwtBadge(badge(didKey(p256)), p256), await dataIntegrity(teamwork(), firm)], {issuer: profile(didKey(p256))}), p256)),
  only('verified', [': record verified', `${inRecord(0)}: part verified`, `${inRecord(1)}: part verified`], ['credential.clr_2']));
scenario('clr-enveloped', 'a learner record with an enveloped credential', file('clr-enveloped.json', async () => dataIntegrity(clr([{'@context': V2, id: `data:application/vc+jwt,${await jwt2(badge(didKey(p256)), p256)}`, type: 'EnvelopedVerifiableCredential'}]), ed)),
  only('verified', [': record verified', `${inRecord(0)}: part verified`]));
// Whoever signed the record has signed this part as it stands; who awarded it has not.
scenario('clr-altered-part', 'a good learner record around a credential that was altered before', file('clr-altered-part.json', async () => {
  const [one, two] = await parts();
  one.credentialSubject.achievement.name = 'Mastering Soil Data';
  return dataIntegrity(clr([one, two]), ed);
}), only('altered', [': record verified', `${inRecord(0)}: part altered`, `${inRecord(1)}: part expired`], ['signature.altered']));
scenario('clr-altered-within', 'a credential in a learner record was altered afterwards: neither signature holds', file('clr-altered-within.json', async () => {
  const record = await dataIntegrity(clr([await dataIntegrity(soil(), ed)]), ed);
  record.credentialSubject.verifiableCredential[0].credentialSubject.achievement.name = 'Mastering Soil Data';
  return record;
}), only('altered', [': record altered', `${inRecord(0)}: part altered`]));
scenario('clr-altered', 'a learner record that was altered around a good credential', file('clr-altered.json', async () => ({...await dataIntegrity(clr([await dataIntegrity(soil(), ed)]), ed), name: 'Transcript of Somebody Else'})),
  only('altered', [': record altered', `${inRecord(0)}: part verified`]));
scenario('clr-part-taken', 'a credential was taken out of a learner record', file('clr-part-taken.json', async () => {
  const record = await dataIntegrity(clr(await parts()), ed);
  record.credentialSubject.verifiableCredential.splice(1, 1);
  return record;
}), only('altered', [': record altered', `${inRecord(0)}: part verified`, `${inRecord(1)}: part unlisted`]));
scenario('clr-part-unsigned', 'a part of a signed learner record that the issuer it names has not signed', file('clr-part-unsigned.json', async () => dataIntegrity(clr([await dataIntegrity(soil(), ed), teamwork()]), ed)),
  only('not_signed', [': record verified', `${inRecord(0)}: part verified`, `${inRecord(1)}: part not_signed`], ['proof.none_part']));
scenario('clr-part-stranger', 'a part of a learner record in a company\'s name, signed by a stranger', file('clr-part-stranger.json', async () => dataIntegrity(clr([await dataIntegrity(teamwork(), attacker)]), ed)),
  only('wrong_key', [': record verified', `${inRecord(0)}: part wrong_key`]));
scenario('clr-not-signed', 'a learner record that nobody signed, of a good credential', file('clr-not-signed.json', async () => clr([await dataIntegrity(soil(), ed)])),
  only('not_signed', [': record not_signed', `${inRecord(0)}: part verified`]));
scenario('clr-number', 'a number where a part should stand', file('clr-number.json', () => dataIntegrity(clr([7]), ed)), only('refused', [':  refused'], ['credential.nested_malformed']));
scenario('clr-nested', 'a learner record in a learner record', file('clr-nested.json', async () => dataIntegrity(clr([await dataIntegrity(clr([await dataIntegrity(soil(), ed)], {id: 'urn:uuid:0d4f6a52-2a51-4a36-9a0e-8a5d3a5d0c07'}), ed)]), ed)),
  only('verified', [': record verified', `${inRecord(0)}: record verified`, `${inRecord(0)}${inRecord(0)}: part verified`]));
scenario('clr-thirty', 'a learner record of thirty credentials', file('clr-thirty.json', async () => dataIntegrity(clr(await Promise.all(Array.from({length: 30}, (_, n) => dataIntegrity(soil({id: `urn:uuid:0d4f6a52-2a51-4a36-9a0e-8a5d3a5d0d${String(n).padStart(2, '0')}`}), ed)))), ed)),
  only('verified', [': record verified', ...Array.from({length: 30}, (_, n) => `${inRecord(n)}: part verified`)]));
scenario('clr-many', 'a learner record of more credentials than one file may hold', file('clr-many.jwt', () => jwtBadge(clr(Array.from({length: 201}, () => ({type: ['VerifiableCredential']})), {issuer: profile(didKey(p256))}), p256)),
  only('refused', undefined, ['envelope.too_many_credentials']));

// Endorsements.
const endorse = (about, issuer, more = {}) => copy({
  '@context': [V2, OB], id: 'urn:uuid:0d4f6a52-2a51-4a36-9a0e-8a5d3a5d0e01', type: ['VerifiableCredential', 'EndorsementCredential'], issuer,
  validFrom: '2026-01-15T00:00:00Z', name: 'Endorsement of the course', credentialSubject: {id: about, type: ['EndorsementSubject'], endorsementComment: 'We have sat in and would hire whoever passed it.'}, ...more,
});
const course = 'https://university.example/achievements/soil-data';
const byFirm = about => dataIntegrity(endorse(about, profile(didKey(firm), COMPANY)), firm);
const byStranger = about => dataIntegrity(endorse(about, profile(didKey(stranger), 'Ministry of Education')), stranger);
const endorsedBadge = async (issuer, endorsement, more = {}) => badge(issuer, {credentialSubject: {id: 'did:example:mara', type: ['AchievementSubject'], achievement: achievement({endorsement: [await endorsement]})}, ...more});
const onCourse = '/credentialSubject/achievement/endorsement/0';
const endorsed = (id, about, headline, make, entry, more = {}) => scenario(`endorsed-${id}`, about, file(`endorsed-${id}.json`, make), only(headline, [`:  ${headline}`, ...[entry].flat()]), more);

endorsed('achievement', 'a badge whose course a listed company endorses', 'verified', async () => dataIntegrity(await endorsedBadge(didKey(ed), byFirm(course)), ed, {suite: 'eddsa-rdfc-2022'}), `${onCourse}: endorsement aside verified credential.endorses_achievement`);
endorsed('stranger', 'a badge with an endorsement by nobody that is known', 'verified', async () => dataIntegrity(await endorsedBadge(didKey(ed), byStranger(course)), ed), `${onCourse}: endorsement aside unlisted credential.endorses_achievement`);
endorsed('altered', 'a good badge with an endorsement that was altered', 'verified', async () => {
  const endorsement = await byFirm(course);
  endorsement.credentialSubject.endorsementComment = 'The best course of all.';
  return dataIntegrity(await endorsedBadge(didKey(ed), endorsement), ed);
}, `${onCourse}: endorsement aside altered credential.endorses_achievement`);
endorsed('other', 'a badge with an endorsement of something else', 'verified', async () => dataIntegrity(await endorsedBadge(didKey(ed), byFirm('https://brightwork.example/achievements/teamwork')), ed), `${onCourse}: endorsement aside verified credential.endorses_other`);
endorsed('unsigned', 'a badge with an endorsement that nobody signed', 'verified', async () => dataIntegrity(await endorsedBadge(didKey(ed), endorse(course, profile(didKey(firm), COMPANY))), ed), `${onCourse}: endorsement aside not_signed credential.endorses_achievement proof.none_part`);
// T37: who endorses does not vouch for who issues.
endorsed('unlisted', 'an unlisted badge that a listed company endorses stays unlisted', 'unlisted', async () => dataIntegrity(await endorsedBadge(profile(didKey(stranger), 'School of Somewhere'), byFirm(course)), stranger), `${onCourse}: endorsement aside verified credential.endorses_achievement`);
endorsed('not-signed', 'a badge that nobody signed, with a good endorsement', 'not_signed', async () => endorsedBadge(didKey(ed), byFirm(course)), `${onCourse}: endorsement aside verified`);
endorsed('wrong-key', 'a badge in the university\'s name by a stranger, with a good endorsement of the university', 'wrong_key', async () => dataIntegrity(badge(profile(didKey(ed), UNIVERSITY, {endorsement: [await byFirm(didKey(ed))]})), attacker), '/issuer/endorsement/0: endorsement aside verified credential.endorses_issuer');
endorsed('everywhere', 'endorsements of the badge, its learner, its issuer and its course, as objects and as a token', 'verified', async () => dataIntegrity({
  ...badge(profile(didKey(ed), UNIVERSITY, {endorsement: [await byFirm(didKey(ed))]})),
  endorsement: [await byFirm('urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-6f1f0f6f2a03')],
  endorsementJwt: [await jwtBadge(endorse(didKey(ed), profile(didKey(firmP), COMPANY)), firmP)],
  credentialSubject: {id: 'did:example:mara', type: ['AchievementSubject'], endorsement: [await byStranger('did:example:mara')], achievement: achievement({endorsementJwt: [await jwtBadge(endorse(course, profile(didKey(firmP), COMPANY)), firmP)]})},
}, ed), [
  '/endorsement/0: endorsement aside verified credential.endorses_credential', '/endorsementJwt/0: endorsement aside verified credential.endorses_issuer',
  '/issuer/endorsement/0: endorsement aside verified credential.endorses_issuer', '/credentialSubject/endorsement/0: endorsement aside unlisted credential.endorses_learner',
  '/credentialSubject/achievement/endorsementJwt/0: endorsement aside verified credential.endorses_achievement',
]);
scenario('endorsement-alone', 'an endorsement by itself', file('endorsement-alone.json', () => byFirm(course)), ends.verified(['credential.endorsement', 'trust.listed'], {validity: undefined}));
scenario('clr-endorsed', 'an endorsed badge in a learner record in a presentation', file('clr-endorsed.json', async () => {
  const document = {'@context': [V2], type: ['VerifiablePresentation'], holder: didKey(holder), verifiableCredential: [await dataIntegrity(clr([await dataIntegrity(await endorsedBadge(didKey(ed), byFirm(course)), ed)]), ed)]};
  return {...document, proof: jcsByHand(document, holder, {proofPurpose: 'authentication', challenge: '7d1c'})};
}), only('verified', [': presentation aside unlisted', '/verifiableCredential/0: record verified', `/verifiableCredential/0${inRecord(0)}: part verified`, `/verifiableCredential/0${inRecord(0)}${onCourse}: endorsement aside verified`]));

// Presentations of both data models, secured in both ways.
const about = id => badge(didKey(ed), {credentialSubject: {id, type: ['AchievementSubject'], achievement: achievement()}});
const mine = async () => dataIntegrity(about(didKey(holder)), ed, {suite: 'eddsa-rdfc-2022'});
const vp = (model, credentials, more = {}) => ({'@context': [model], type: ['VerifiablePresentation'], holder: didKey(holder), verifiableCredential: credentials, ...more});
const signed = (document, key = holder) => ({...document, proof: jcsByHand(document, key, {proofPurpose: 'authentication', challenge: '7d1c', domain: 'jobs.example'})});
const overMeaning = async document => dataIntegrity(document, holder, {suite: 'eddsa-rdfc-2022'});
const token = (document, key = holderP) => compact({alg: 'ES256', typ: 'vp+jwt', cty: 'vp', kid: didKeyMethod(key)}, {...document, holder: didKey(key)}, key);
const token1 = (credentials, key = holderP, more = {}) => compact({alg: 'ES256', typ: 'JWT', kid: didKeyMethod(key)}, {iss: didKey(key), nonce: '7d1c', aud: 'https://jobs.example', vp: {'@context': [V1], type: ['VerifiablePresentation'], verifiableCredential: credentials}, ...more}, key);
const altered = jwt => { const [h, p, s] = jwt.split('.'); const payload = JSON.parse(Buffer.from(p, 'base64url')); return [h, b64(JSON.stringify({...payload, nonce: 'other'})), s].join('.'); };
const inVp = n => `/verifiableCredential/${n}`, inClaim = n => `/vp/verifiableCredential/${n}`;
const handed = (path, part, held) => [': presentation aside unlisted', `${path}: part ${part} ${held}`];
const old = key => plain1(didKey(ed), {credentialSubject: {id: didKey(key), name: 'Mara Lindqvist'}});

scenario('vp2-di', 'a 2.0 presentation by the person it was issued to', file('vp2-di.json', async () => signed(vp(V2, [await mine()]))), only('verified', handed(inVp(0), 'verified', 'holder.is_subject')));
scenario('vp2-di-meaning', 'the same with a proof over its meaning, for claims', file('vp2-di-meaning.json', async () => overMeaning(vp(V2, [await mine()]))), only('verified', handed(inVp(0), 'verified', 'holder.is_subject')));
scenario('vp2-di-other', 'a presentation by another person than the one it was issued to', file('vp2-di-other.json', async () => signed(vp(V2, [await dataIntegrity(about(didKey('holder-p256')), ed)]))), only('verified', handed(inVp(0), 'verified', 'holder.other'), [], {holder: 'warn'}));
scenario('vp2-di-altered', 'a presentation from which a credential was taken', file('vp2-di-altered.json', async () => {
  const document = signed(vp(V2, [await mine(), await dataIntegrity(teamwork(), firm)]));
  document.verifiableCredential.pop();
  return document;
}), only('altered', [': presentation altered', `${inVp(0)}: part verified`]));
scenario('vp1-di', 'a 1.1 presentation', file('vp1-di.json', async () => signed(vp(V1, [await mine(), await jwt1(plain1(didKey(p256)), p256)]))), only('verified', [': presentation aside unlisted', `${inVp(0)}: part verified holder.is_subject`, `${inVp(1)}: part verified holder.other`]));
scenario('vp1-di-altered', 'a 1.1 presentation with another holder put in', file('vp1-di-altered.json', async () => ({...signed(vp(V1, [await mine()])), id: 'urn:uuid:0d4f6a52-2a51-4a36-9a0e-8a5d3a5d0f01'})), only('altered', [': presentation altered', `${inVp(0)}: part verified`]));
scenario('vp2-jwt', 'a vp+jwt by the person it was issued to', file('vp2-jwt.jwt', async () => token(vp(V2, [{'@context': V2, id: `data:application/vc+jwt,${await jwt2(plain2(didKey(p256), {credentialSubject: {id: didKey(holderP), name: 'Mara Lindqvist'}}), p256)}`, type: 'EnvelopedVerifiableCredential'}, await mine()]))), only('verified', [': presentation aside unlisted', `${inVp(0)}: part verified holder.is_subject`, `${inVp(1)}: part verified holder.other`]));
scenario('vp2-jwt-altered', 'a vp+jwt that was altered', file('vp2-jwt-altered.jwt', async () => altered(await token(vp(V2, [await mine()])))), only('altered', [': presentation altered', `${inVp(0)}: part verified`]));
scenario('vp2-jwt-foreign', 'a vp+jwt in another holder\'s name', file('vp2-jwt-foreign.jwt', async () => compact({alg: 'ES256', typ: 'vp+jwt', kid: didKeyMethod('attacker-p256')}, {...vp(V2, [await mine()]), holder: didKey(holderP)}, 'attacker-p256')), only('wrong_key', [': presentation wrong_key', `${inVp(0)}: part verified`]));
scenario('vp1-jwt', 'a VP-JWT of model 1.1, the holder only a claim', file('vp1-jwt.jwt', async () => token1([await jwt1(plain1(didKey(p256), {credentialSubject: {id: didKey(holderP), name: 'Mara Lindqvist'}}), p256)])), only('verified', handed(inClaim(0), 'verified', 'holder.is_subject')));
scenario('vp1-jwt-altered', 'a VP-JWT of model 1.1 that was altered', file('vp1-jwt-altered.jwt', async () => altered(await token1([await jwt1(plain1(didKey(p256)), p256)]))), only('altered', [': presentation altered', `${inClaim(0)}: part verified`]));
scenario('vp-enveloped', 'an enveloped presentation', file('vp-enveloped.json', async () => ({'@context': V2, id: `data:application/vp+jwt,${await token(vp(V2, [await mine()]))}`, type: 'EnvelopedVerifiablePresentation'})), only('verified', [': presentation aside unlisted', `${inVp(0)}: part verified`]));
scenario('vp-enveloped-altered', 'an enveloped presentation that was altered', file('vp-enveloped-altered.json', async () => ({'@context': V2, id: `data:application/vp+jwt,${altered(await token(vp(V2, [await mine()])))}`, type: 'EnvelopedVerifiablePresentation'})), only('altered', [': presentation altered', `${inVp(0)}: part verified`]));
scenario('vp-twice', 'the same credential twice in one presentation', file('vp-twice.json', async () => { const one = await mine(); return signed(vp(V2, [one, one])); }), only('verified', [': presentation aside unlisted', `${inVp(0)}: part verified`, `${inVp(1)}: part verified credential.twice`]));
scenario('vp-within', 'a VP-JWT in a VP-JWT', file('vp-within.jwt', async () => token1([await token1([await jwt1(plain1(didKey(p256)), p256)])])), only('verified', [': presentation aside unlisted', `${inClaim(0)}: presentation aside unlisted`, `${inClaim(0)}${inClaim(0)}: part verified`]));

// A wrapping that nobody signed, as most wallets export it: what is in it counts.
scenario('wrapper', 'a wrapping that nobody signed, of two credentials', file('wrapper.json', async () => vp(V2, [await mine(), await dataIntegrity(teamwork(), firm)], {holder: undefined})), only('verified', [': wrapper aside not_signed', `${inVp(0)}: part verified holder.not_bound`, `${inVp(1)}: part verified`]));
scenario('wrapper-1', 'a wrapping of model 1.1 with tokens', file('wrapper-1.json', async () => vp(V1, [await jwt1(plain1(didKey(p256)), p256)])), only('verified', [': wrapper aside not_signed', `${inVp(0)}: part verified holder.not_bound`]));
scenario('wrapper-expired', 'a wrapping of a credential that has ended', file('wrapper-expired.json', async () => vp(V2, [await dataIntegrity(teamwork({validUntil: '2026-03-01T00:00:00Z'}), firm)])), only('expired', [': wrapper aside not_signed', `${inVp(0)}: part expired`]));
scenario('wrapper-unsigned', 'a wrapping of a credential that nobody signed either', file('wrapper-unsigned.json', () => vp(V1, [plain1(didKey(ed))])), only('not_signed', [': wrapper aside not_signed', `${inVp(0)}: part not_signed`], ['proof.none']));
scenario('wrapper-empty', 'a wrapping of nothing', file('wrapper-empty.json', () => vp(V2, [])), only('not_signed', [': wrapper not_signed'], ['proof.none']));
scenario('wrapper-broken', 'a wrapping that breaks a rule does not stand aside', file('wrapper-broken.json', async () => vp(V2, [await mine(), 7])), only('not_signed', [': wrapper not_signed', `${inVp(0)}: part verified`]));
scenario('wrapper-claims', 'a wrapping that nobody signed, with claims of its own', file('wrapper-claims.json', async () => ({...badge(didKey(ed)), type: ['VerifiablePresentation', 'VerifiableCredential', 'OpenBadgeCredential'], verifiableCredential: [await mine()]})), only('not_signed', [': wrapper not_signed', `${inVp(0)}: part verified`]));

// European Digital Credentials: each sealed by itself, in one presentation.
const leaf = {unprotected: along('ca')};
const european = (credentials, more = {}) => ({'@context': [V1, EDC], id: 'urn:epass:presentation:1', type: ['VerifiablePresentation', 'EuropeanDigitalPresentation'], verifiableCredential: credentials, ...more});
const sealedOne = async (name = 'university', document = edc(university)) => JSON.parse(await seal(document, name, leaf));
const lying = {verificationCheck: [{id: 'urn:epass:verificationCheck:1', type: 'VerificationCheck', dcType: {id: 'http://data.europa.eu/snb/verification/df9b7f1a79', type: 'Concept'}, verificationStatus: {id: 'http://data.europa.eu/snb/verification-status/9895008394', type: 'Concept'}, subject: 'urn:credential:1'}]};
const three = async () => [await sealedOne(), await sealedOne('company', edc(company)), await sealedOne('company', edc(company, university))];
scenario('edc-presentation', 'a European presentation of three sealed credentials', file('edc-presentation.jsonld', async () => european(await three())), only('identified', [': wrapper aside not_signed', `${inVp(0)}: part verified`, `${inVp(1)}: part verified`, `${inVp(2)}: part identified`], ['trust.awarder_unproven'], sealed));
scenario('edc-presentation-texts', 'the same, the sealed credentials as texts', file('edc-presentation-texts.jsonld', async () => european((await three()).map(one => JSON.stringify(one)))), only('identified', [': wrapper aside not_signed', `${inVp(0)}: part verified`, `${inVp(1)}: part verified`, `${inVp(2)}: part identified`]));
scenario('edc-presentation-lies', 'a European presentation says of itself that a seal was checked that is broken', file('edc-presentation-lies.jsonld', async () => {
  const one = await sealedOne();
  one.payload = one.payload.replace('Mara Lindqvist', 'Sara Lindqvist');
  return european([one, await sealedOne('company', edc(company))], lying);
}), only('altered', [': wrapper aside not_signed credential.check_results', `${inVp(0)}: part altered`, `${inVp(1)}: part verified`], ['signature.altered']));
scenario('edc-presentation-sealed', 'a European presentation that is sealed itself', file('edc-presentation-sealed.jsonld', async () => seal(european(await three()), 'university', leaf)), only('identified', undefined));
scenario('edc-check-results', 'a sealed credential that carries results of a check', file('edc-check-results.jsonld', () => seal({...edc(university), ...lying}, 'university', leaf)), ends.verified(['credential.check_results'], {...sealed, credential: 'warn'}));

// Sealed on somebody else's behalf, with the mandate and other files in it.
const picture = {id: 'urn:epass:mediaObject:1', type: 'MediaObject', content: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=', contentType: {id: 'http://publications.europa.eu/resource/authority/file-type/PNG', type: 'Concept'}, contentEncoding: {id: 'http://data.europa.eu/snb/encoding/6146cde7dd', type: 'Concept'}};
const page = {id: 'urn:epass:mediaObject:2', type: 'MediaObject', title: {en: ['mandate.html']}, content: Buffer.from('<script>alert(1)</script>').toString('base64'), contentType: {id: 'http://publications.europa.eu/resource/authority/file-type/HTML', type: 'Concept'}, contentEncoding: {id: 'http://data.europa.eu/snb/encoding/6146cde7dd', type: 'Concept'}};
const mandate = {id: 'urn:epass:evidence:1', type: 'Evidence', dcType: {id: 'http://data.europa.eu/snb/evidence-type/c_18016257', type: 'Concept', prefLabel: {en: ['Mandate']}}, evidenceStatement: 'Sealed on behalf of Westerlund University, which alone answers for what is said here.', embeddedEvidence: [page]};
scenario('edc-mandate', 'a company seals on behalf of the university, with the mandate in it', file('edc-mandate.jsonld', () => seal(edc(company, university, {
  evidence: [mandate], credentialSchema: [{id: 'http://data.europa.eu/snb/model/ap/edc-issued-by-mandate', type: 'ShaclValidator2017'}],
  displayParameter: {...edc().displayParameter, individualDisplay: [{id: 'urn:epass:individualDisplay:1', type: 'IndividualDisplay', displayDetail: [{id: 'urn:epass:displayDetail:1', type: 'DisplayDetail', page: 1, image: picture}]}]},
}), 'company', leaf)), ends.identified(['trust.awarder_unproven'], sealed));
for (const [word, schema] of [['converted', 'edc-converted'], ['accredited', 'edc-accredited'], ['supplement', 'edc-diploma-supplement']]) {
  scenario(`edc-${word}`, `a European Digital Credential of the profile ${schema}`, file(`edc-${word}.jsonld`, () => seal(edc(university, university, {credentialSchema: [{id: `http://data.europa.eu/snb/model/ap/${schema}`, type: 'ShaclValidator2017'}]}), 'university', leaf)), ends.verified(['trust.listed'], sealed));
}
