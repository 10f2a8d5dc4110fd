// Does the key belong to the issuer that the credential names? (T3, T6, T22)
import {FAMOUS, badge, company, edc, famous, plain1, plain2, profile, university, UNIVERSITY, WEB} from '../content.mjs';
import {didKey, publicJwk} from '../keys.mjs';
import {base64, thumbprint} from '../certificates.mjs';
import {dataIntegrity, jwt1, jwt2, jwtBadge, seal} from '../sign.mjs';
import {ends, file, scenario, sealed} from '../registry.mjs';

const web = {network: 'web'};
const ed = 'university-ed25519', p256 = 'university-p256', attacker = 'attacker-ed25519';
const https = 'https://university.example/issuers/1';

scenario('foreign-did-key', 'the attacker\'s did:key signs in the name of the university\'s did:web',
  file('foreign-did-key.jwt', () => jwt2(plain2({id: WEB, name: UNIVERSITY}), attacker)), ends.wrongKey(['key.did_key', 'signature.verified', 'issuer.foreign_key']), web);
scenario('foreign-did-key-badge', 'the same as a badge with eddsa-jcs-2022',
  file('foreign-did-key-badge.json', () => dataIntegrity(badge(profile(WEB)), attacker)), ends.wrongKey(['issuer.foreign_key']), web);
scenario('foreign-did-key-offline', 'the same without a network',
  'credentials/foreign-did-key.jwt', ends.only('wrong_key', ['issuer.foreign_key'], {signature: 'pass', issuer: 'fail', trust: 'skipped'}), {offline: true});
scenario('foreign-did-key-names-did-key', 'one did:key signs in the name of another',
  file('foreign-did-key-names-did-key.jwt', () => jwt2(plain2(didKey(ed)), attacker)), ends.wrongKey(['issuer.foreign_key']));
scenario('foreign-did-key-names-https', 'a did:key signs in the name of an https issuer',
  file('foreign-did-key-names-https.jwt', () => jwtBadge(badge(profile(https)), attacker)), ends.only('wrong_key', [], {signature: 'pass', issuer: 'fail', trust: 'skipped'}), web);
scenario('foreign-did-web', 'the attacker\'s did:web signs in the name of the university\'s',
  file('foreign-did-web.jwt', () => jwt2(plain2({id: WEB, name: UNIVERSITY}), attacker, {kid: 'did:web:attacker.example#key-1'})), ends.wrongKey(['issuer.foreign_key']), web);
scenario('foreign-did-web-path', 'a member\'s page on the same host signs in the name of the host',
  file('foreign-did-web-path.jwt', () => jwt2(plain2({id: WEB, name: UNIVERSITY}), attacker, {kid: 'did:web:university.example:people:mara#key-1'})), ends.wrongKey(['issuer.foreign_key']), web);
scenario('impostor-document', 'the attacker\'s host serves a document with the university\'s DID as its id',
  file('impostor-document.jwt', () => jwt2(plain2('did:web:impostor.example'), attacker, {kid: 'did:web:impostor.example#key-1'})), ends.unknownKey(['key.document_mismatch']), web);
scenario('impostor-document-names-victim', 'the same, naming the university as issuer',
  file('impostor-document-names-victim.jwt', () => jwt2(plain2(WEB), attacker, {kid: 'did:web:impostor.example#key-1'})), // Reaching the key could never make it the university's.
  ends.only('wrong_key', ['key.document_mismatch', 'issuer.foreign_key'], {key: 'unknown', signature: 'skipped', issuer: 'fail', trust: 'skipped'}), web);
scenario('did-document-lists-did-key', 'the issuer\'s DID document lists a did:key: its controller is still another DID (T6)',
  file('did-document-lists-did-key.jwt', () => jwt2(plain2(WEB), 'faculty-ed25519')), ends.wrongKey(['issuer.foreign_key']), {network: 'web-lists-did-key'});
scenario('profile-lists-did-key', 'an https issuer\'s own document lists a did:key',
  file('profile-lists-did-key.jwt', () => jwt2(plain2('https://university.example/issuers/lists-did-key'), 'faculty-ed25519')), ends.verified(['issuer.lists_key', 'trust.listed']), web);
scenario('did-document-does-not-list-did-key', 'the same file where the document does not list it',
  'credentials/did-document-does-not-list-did-key.jwt', ends.wrongKey(['issuer.foreign_key']), web);
file('did-document-does-not-list-did-key.jwt', () => jwt2(plain2(WEB), 'faculty-ed25519'));

// Keys in the header (CVE-2018-0114).
const bare = 'https://university.example/issuers/bare';
const header = (key, more = {}) => ({kid: null, header: {jwk: publicJwk(key), ...more}});
scenario('header-key-unbound', 'the attacker brings the key in the header; the issuer\'s document does not list it',
  file('header-key-unbound.jwt', () => jwtBadge(badge(profile(https)), 'attacker-p256', header('attacker-p256'))), ends.wrongKey(['key.in_header', 'issuer.key_unbound']), web);
scenario('header-key-unbound-profile', 'the same; the issuer\'s profile names no key at all',
  file('header-key-unbound-profile.jwt', () => jwtBadge(badge(profile(bare)), 'attacker-p256', header('attacker-p256'))), ends.wrongKey(['key.in_header', 'issuer.key_unbound']), web);
scenario('header-key-unbound-did', 'the same with a did:web issuer',
  file('header-key-unbound-did.jwt', () => jwtBadge(badge(profile(WEB)), 'attacker-p256', header('attacker-p256'))), ends.wrongKey(['key.in_header', 'issuer.key_unbound']), web);
scenario('header-key-listed', 'the key in the header stands in the issuer\'s own document',
  file('header-key-listed.jwt', () => jwtBadge(badge(profile(https)), p256, header(p256))), ends.verified(['issuer.lists_key']), web);
scenario('header-key-listed-did', 'the same with a did:web issuer',
  file('header-key-listed-did.jwt', () => jwtBadge(badge(profile(WEB)), p256, header(p256))), ends.verified(['issuer.lists_key']), web);
scenario('header-key-is-issuer', 'the key in the header is the issuer\'s did:key',
  file('header-key-is-issuer.jwt', () => jwtBadge(badge(profile(didKey(p256))), p256, header(p256))), ends.verified(['issuer.is_key', 'trust.listed']));
scenario('header-key-not-issuer', 'the key in the header is not the issuer\'s did:key',
  file('header-key-not-issuer.jwt', () => jwtBadge(badge(profile(didKey(p256))), 'attacker-p256', header('attacker-p256'))), ends.only('wrong_key', [], {issuer: 'fail', trust: 'skipped'}));
scenario('header-key-only-for-login', 'the key in the header stands in the issuer\'s document, but for authentication only',
  file('header-key-only-for-login.jwt', () => jwtBadge(badge(profile(WEB)), 'login-ed25519', header('login-ed25519'))), ends.badKey('refused', ['key.not_for_assertion']), web);
scenario('header-key-issuer-down', 'a key in the header, and the issuer\'s host has a failure',
  file('header-key-issuer-down.jwt', () => jwtBadge(badge(profile('https://university.example/issuers/down')), p256, header(p256))),
  ends.incomplete(['key.in_header', 'issuer.unreachable'], {issuer: 'unknown', validity: 'skipped', status: 'skipped', trust: 'skipped'}), web);
scenario('header-key-offline', 'a key in the header, and no network',
  'credentials/header-key-unbound.jwt', ends.incomplete(['key.in_header', 'issuer.unreachable'], {issuer: 'unknown', validity: 'skipped', status: 'skipped', trust: 'skipped'}), {offline: true});
scenario('header-key-issuer-gone', 'a key in the header, and the issuer has no document',
  file('header-key-issuer-gone.jwt', () => jwtBadge(badge(profile('https://university.example/issuers/gone')), 'attacker-p256', header('attacker-p256'))),
  ends.only('wrong_key', ['issuer.key_unbound'], {issuer: 'fail', trust: 'skipped'}), web);
scenario('header-key-private', 'the header holds a private key',
  file('header-key-private.jwt', () => jwtBadge(badge(profile(https)), 'attacker-p256', {kid: null, header: {jwk: publicJwk('attacker-p256', {d: 'AAAA'})}})), ends.refusedProof(['proof.header_key_private']), web);
scenario('header-jku', 'the header points to the attacker\'s key set by jku',
  file('header-jku.jwt', () => jwtBadge(badge(profile(https)), 'attacker-p256', {kid: 'https://attacker.example/keys/1', header: {jku: 'https://attacker.example/jwks.json'}})),
  ends.wrongKey(['proof.key_address_ignored', 'issuer.foreign_host'], {proof: 'warn'}), web);
scenario('header-jku-honest', 'jku is not followed, and does no harm where kid is enough',
  file('header-jku-honest.jwt', () => jwt2(plain2(WEB), ed, {kid: `${WEB}#ed25519`, header: {jku: 'https://university.example/jwks.json'}})),
  ends.verified(['proof.key_address_ignored', 'issuer.lists_key'], {proof: 'warn'}), web);
scenario('header-key-beside-kid', 'kid names the university\'s key, but the header brings another, which signed',
  file('header-key-beside-kid.jwt', () => jwtBadge(badge(profile(https)), 'attacker-p256', {kid: `${https}#key-1`, header: {jwk: publicJwk('attacker-p256')}})),
  ends.only('mismatch', [], {trust: 'skipped'}), web);

// Addresses as key names.
scenario('foreign-host-key', 'kid is on the attacker\'s host',
  file('foreign-host-key.jwt', () => jwtBadge(badge(profile(https)), 'attacker-p256', {kid: 'https://attacker.example/keys/1'})), ends.wrongKey(['key.key_set', 'issuer.foreign_host']), web);
scenario('foreign-host-controller', 'kid stands in the attacker\'s own controlled identifier document',
  file('foreign-host-controller.jwt', () => jwtBadge(badge(profile(https)), 'attacker-p256', {kid: 'https://attacker.example/issuers/1#key-1'})), ends.only('wrong_key', [], {signature: 'pass', issuer: 'fail', trust: 'skipped'}), web);
scenario('host-only', 'kid is on the issuer\'s host, but the issuer\'s document does not list the key',
  file('host-only.jwt', () => jwtBadge(badge(profile(bare)), 'idle-p256', {kid: 'https://university.example/keys/guest'})), ends.unlisted(['key.key_set', 'issuer.host_only'], {issuer: 'warn', trust: undefined}), web);
scenario('host-only-other-document', 'a member\'s page signs in the name of another page of the same host',
  file('host-only-other-document.jwt', () => jwtBadge(badge(profile(https)), 'attacker-p256', {kid: 'https://university.example/people/mara#key-1'})), ends.only('unlisted', ['issuer.host_only'], {issuer: 'warn', signature: 'pass'}), web);
scenario('key-document-foreign-id', 'the attacker\'s host serves a document with the university\'s id',
  file('key-document-foreign-id.jwt', () => jwtBadge(badge(profile(https)), 'attacker-p256', {kid: 'https://impostor.example/issuers/1#key-1'})), ends.only('wrong_key', ['issuer.foreign_host'], {issuer: 'fail', trust: 'skipped'}), web);

// Claims and names.
scenario('iss-differs', 'iss and the credential\'s issuer are two bodies',
  file('iss-differs.jwt', () => jwt1(plain1(WEB), attacker, {claims: {iss: didKey(attacker)}})), ends.only('wrong_key', ['issuer.claim_differs'], {issuer: 'fail', trust: 'skipped'}), web);
scenario('iss-differs-listed', 'iss is listed, the credential\'s issuer is not',
  file('iss-differs-listed.jwt', () => jwt2(plain2(didKey(attacker)), ed, {claims: {iss: didKey(ed)}})), ends.only('wrong_key', [], {issuer: 'fail', trust: 'skipped'}));
scenario('famous-name', 'a famous name in the credential of an unknown did:key: only a claim',
  file('famous-name.json', () => dataIntegrity(badge({...profile(didKey(attacker), FAMOUS), image: {id: 'https://famous.example/logo.png', type: 'Image'}}), attacker)),
  ends.unlisted(['issuer.is_key', 'trust.not_listed']));
scenario('famous-name-no-list', 'the same with no list at all', 'credentials/famous-name.json', ends.unlisted(['issuer.is_key', 'trust.not_configured'], {trust: 'none'}), {trust: []});
scenario('listed-name', 'an unknown did:key calls itself by the name of a listed university',
  file('listed-name.json', () => dataIntegrity(badge(profile(didKey(attacker), UNIVERSITY)), attacker)), ends.unlisted(['issuer.is_key', 'trust.not_listed']));
scenario('reversed-name', 'a name with a right-to-left override and Cyrillic letters',
  file('reversed-name.json', () => dataIntegrity(badge(profile(didKey(attacker), 'W\u0435sterlund \u202eytisrevinU')), attacker)), ends.unlisted(['trust.not_listed']));

// Seals.
scenario('seal-of-other-body', 'the company seals, the payload names the university as issuer',
  file('seal-of-other-body.jsonld', () => seal(edc(university), 'company')), ends.wrongKey(['issuer.foreign_certificate'], sealed));
scenario('seal-of-company', 'the company seals in its own name', file('seal-of-company.jsonld', () => seal(edc(company), 'company')), ends.verified(['issuer.certificate_matches', 'trust.listed'], sealed));
scenario('seal-awarder-unproven', 'the company seals in its own name, and says that a famous university awards it',
  file('seal-awarder-unproven.jsonld', () => seal(edc(company, famous), 'company')), ends.identified(['issuer.certificate_matches', 'trust.awarder_unproven'], sealed));
scenario('seal-awarder-listed', 'the awarder is listed too; that is no evidence that it awards this',
  'credentials/seal-awarder-unproven.jsonld', ends.identified(['trust.awarder_unproven'], sealed), {trust: ['trust/famous.json']});
scenario('seal-name-only', 'the payload names the certificate\'s organisation, but gives no identifier',
  file('seal-name-only.jsonld', () => seal(edc({...university, eIDASIdentifier: undefined}), 'university')), ends.verified(['issuer.certificate_matches', 'trust.listed'], sealed));
scenario('seal-identifier-differs', 'the payload names the certificate\'s organisation, with another register number',
  file('seal-identifier-differs.jsonld', () => seal(edc({...university, eIDASIdentifier: {...university.eIDASIdentifier, notation: 'NTRXX-99999999'}}), 'university')), ends.wrongKey(['issuer.foreign_certificate'], sealed));
scenario('seal-self-signed', 'a certificate that somebody made himself, with the university\'s name',
  file('seal-self-signed.jsonld', () => seal(edc(university), 'university-self')), ends.unlisted(['issuer.certificate_matches', 'trust.path_broken'], sealed));
scenario('seal-rogue-authority', 'a certificate by an authority that only bears the listed authority\'s name',
  file('seal-rogue-authority.jsonld', () => seal(edc(university), 'university-rogue', {chain: ['rogue-ca']})), ends.only('unlisted', ['issuer.certificate_matches'], {trust: 'warn', signature: 'pass'}));
scenario('seal-by-leaf', 'a certificate that the company\'s own seal certificate signed: it is no authority',
  file('seal-by-leaf.jsonld', () => seal(edc(university), 'university-by-leaf', {chain: ['company', 'ca']})), ends.only('unlisted', ['issuer.certificate_matches'], {trust: 'warn', signature: 'pass'}));
// Names and numbers of others.
const seals = (id, about, document, end, name = 'company', options = {}) => scenario(id, about, file(`${id}.jsonld`, () => seal(document, name, options)), end);
seals('seal-borrowed-number', 'the payload names the university with the company\'s number', edc({...university, eIDASIdentifier: company.eIDASIdentifier}), ends.wrongKey(['issuer.foreign_certificate'], sealed));
seals('seal-awarder-borrowed-number', 'the awarder has a famous name and the company\'s number', edc(company, {...famous, eIDASIdentifier: company.eIDASIdentifier}), ends.identified(['trust.awarder_unproven'], sealed));
seals('seal-awarder-borrowed-name', 'the awarder has the company\'s name and another number', edc(company, {...famous, legalName: company.legalName}), ends.identified(['trust.awarder_unproven'], sealed));
const two = edc(company), parts = edc(company);
two.credentialSubject.hasClaim[0].awardedBy.awardingBody.push(famous);
seals('seal-two-awarders', 'the company awards it together with a famous university, as it says', two, ends.identified(['trust.awarder_unproven'], sealed));
parts.credentialSubject.hasClaim.push({...parts.credentialSubject.hasClaim[0], id: 'urn:epass:learningAchievement:2', title: {en: ['Doctor of Soil Science']}, awardedBy: {...parts.credentialSubject.hasClaim[0].awardedBy, awardingBody: [famous]}});
seals('seal-second-achievement', 'the second achievement is awarded by another body', parts, ends.identified(['trust.awarder_unproven'], sealed));
const nested = edc(company);
nested.credentialSubject.hasClaim[0].hasPart = [{...nested.credentialSubject.hasClaim[0], id: 'urn:epass:learningAchievement:3', awardedBy: {...nested.credentialSubject.hasClaim[0].awardedBy, awardingBody: famous}}];
seals('seal-nested-achievement', 'a part of the achievement is awarded by another body', nested, ends.identified(['trust.awarder_unproven'], sealed));
seals('seal-issuer-did', 'the company seals, its name in the payload, the university\'s DID as the issuer\'s id', edc({...company, id: WEB}), ends.wrongKey(['issuer.foreign_certificate'], sealed));
// In ELM an http address is a name of linked data, not a place to look up keys.
seals('seal-issuer-https', 'the same with an address as the issuer\'s id: the certificate says who sealed, and the address proves nothing', edc({...company, id: 'https://university.example/'}), ends.verified(['issuer.certificate_matches', 'trust.listed'], sealed));
seals('seal-over-badge', 'the company seals a badge that names the university\'s DID', badge(profile(WEB)), ends.only('wrong_key', ['issuer.foreign_certificate'], {issuer: 'fail', trust: 'skipped'}));
scenario('edc-with-did-key-proof', 'a European Digital Credential in the university\'s name with the proof of an attacker\'s did:key',
  file('edc-with-did-key-proof.json', () => dataIntegrity(edc(university), attacker)), ends.only('wrong_key', ['issuer.not_an_identifier'], {signature: 'pass', issuer: 'fail', trust: 'skipped'}));
scenario('badge-certificate-names-did', 'a badge in the name of did:web, signed with a certificate that a listed authority made out to that DID',
  file('badge-certificate-names-did.jwt', () => jwtBadge(badge(profile(WEB)), 'sealuniversity-p256', {kid: null, header: {x5c: [base64('did-web')], 'x5t#S256': thumbprint('did-web')}})), ends.only('verified', ['issuer.certificate_matches', 'trust.listed'], {issuer: 'pass', trust: 'pass'}), web);
scenario('badge-rogue-certificate-names-did', 'the same with a certificate by an authority that nobody lists: the DID\'s entry does not help it',
  file('badge-rogue-certificate-names-did.jwt', () => jwtBadge(badge(profile(WEB)), 'attacker-rsa', {alg: 'RS256', kid: null, header: {x5c: [base64('did-web-rogue'), base64('rogue-ca')], 'x5t#S256': thumbprint('did-web-rogue')}})), ends.only('unlisted', [], {signature: 'pass', trust: 'warn'}), {network: 'web', trust: ['trust/main.json', 'trust/did.json', 'trust/domain.json']});
scenario('badge-kid-and-certificate', 'kid names the university\'s key, x5c brings the attacker\'s certificate, which signed',
  file('badge-kid-and-certificate.jwt', () => jwtBadge(badge(profile(WEB)), 'attacker-rsa', {alg: 'RS256', kid: `${WEB}#rsa`, header: {x5c: [base64('university-self')]}})), ends.only('wrong_key', [], {issuer: 'fail', trust: 'skipped'}), web);

scenario('seal-wrong-usage', 'the certificate is for encryption only',
  file('seal-wrong-usage.jsonld', () => seal(edc(university), 'university-encipherment')), ends.badKey('refused', ['key.certificate_usage'], sealed));
scenario('badge-foreign-certificate', 'a badge in the name of did:web, signed with the company\'s certificate',
  file('badge-foreign-certificate.jwt', () => jwtBadge(badge(profile(WEB)), 'sealcompany-rsa', {alg: 'RS256', kid: null, header: {x5c: [base64('company')]}})), ends.only('wrong_key', [], {signature: 'pass', issuer: 'fail', trust: 'skipped'}), web);
scenario('badge-self-signed-certificate', 'the same with a certificate that calls itself the university',
  file('badge-self-signed-certificate.jwt', () => jwtBadge(badge(profile(WEB)), 'attacker-rsa', {alg: 'RS256', kid: null, header: {x5c: [base64('university-self')], 'x5t#S256': thumbprint('university-self')}})),
  ends.only('wrong_key', [], {signature: 'pass', issuer: 'fail', trust: 'skipped'}), web);
