// Where keys are found, and every way of not finding them. A key that was not
// found never makes a forgery (asks 5).
import {badge, plain2, profile, university, WEB} from '../content.mjs';
import {didJwk, didKey, didKeyMethod, jwk, multibaseOf, multikey, publicJwk, publicKey} from '../keys.mjs';
import {byHand, compact, dataIntegrity, jcsByHand, jwt2, jwtBadge} from '../sign.mjs';
import {document, ends, file, scenario} from '../registry.mjs';

const ed = 'university-ed25519', p256 = 'university-p256';
const web = {network: 'web'};
const good = (codes, checks) => ends.verified(['trust.listed', ...codes], checks);

// did:jwk, and did:key named less than exactly.
for (const kind of ['p256', 'ed25519']) {
  const key = `university-${kind}`;
  scenario(`did-jwk-${kind}`, `a did:jwk of a ${kind} key`,
    file(`did-jwk-${kind}.jwt`, () => jwt2(plain2(didJwk(key)), key, {kid: `${didJwk(key)}#0`})), good(['key.did_jwk', 'issuer.is_key']));
}
scenario('did-jwk-bare', 'a did:jwk without #0: exactly one key can be meant',
  file('did-jwk-bare.jwt', () => jwt2(plain2(didJwk(p256)), p256, {kid: didJwk(p256)})), good(['key.did_jwk', 'key.reference_loose'], {key: 'warn'}));
scenario('did-key-bare', 'a did:key without a fragment',
  file('did-key-bare.jwt', () => jwt2(plain2(didKey(p256)), p256, {kid: didKey(p256)})), good(['key.did_key', 'key.reference_loose'], {key: 'warn'}));
scenario('did-key-wrong-fragment', 'a did:key whose fragment is another key',
  file('did-key-wrong-fragment.jwt', () => jwt2(plain2(didKey(p256)), p256, {kid: `${didKey(p256)}#${multikey('attacker-p256')}`})),
  // The document of a did:key is derived from it: it has no other key, ever.
  ends.badKey('refused', ['key.identifier_malformed']));
scenario('did-jwk-private', 'a did:jwk that holds the private key',
  file('did-jwk-private.jwt', () => {
    const did = 'did:jwk:' + Buffer.from(JSON.stringify(publicJwk(p256, {d: jwk(p256).d}))).toString('base64url');
    return jwt2(plain2(did), p256, {kid: `${did}#0`});
  }), ends.badKey('refused', ['key.private']));
scenario('did-key-malformed', 'a did:key with a character that base58 does not have',
  file('did-key-malformed.jwt', () => {
    const did = didKey(ed).replace('z6Mk', 'z6Mk0');
    return jwt2(plain2(did), ed, {kid: `${did}#${did.slice(8)}`});
  }), ends.badKey('refused', ['key.identifier_malformed']));
scenario('did-key-short', 'a did:key whose Ed25519 key has 31 bytes',
  file('did-key-short.jwt', () => {
    const key = multibaseOf([0xed, 0x01], Buffer.from(publicJwk(ed).x, 'base64url').subarray(0, 31));
    return jwt2(plain2(`did:key:${key}`), ed, {kid: `did:key:${key}#${key}`});
  }), ends.badKey('refused', []));
scenario('did-key-off-curve', 'a did:key whose point is not on P-256',
  file('did-key-off-curve.jwt', () => {
    const key = multibaseOf([0x80, 0x24], Buffer.concat([Buffer.from([2]), Buffer.alloc(32, 0xff)]));
    return jwt2(plain2(`did:key:${key}`), p256, {kid: `did:key:${key}#${key}`});
  }), ends.badKey('refused', []));
scenario('did-key-small-order', 'an Ed25519 key of small order, with which one signature fits every text',
  file('did-key-small-order.jwt', () => {
    const key = multibaseOf([0xed, 0x01], Buffer.concat([Buffer.from([1]), Buffer.alloc(31)]));
    const did = `did:key:${key}`;
    const input = Buffer.from(JSON.stringify({alg: 'EdDSA', typ: 'vc+jwt', kid: `${did}#${key}`})).toString('base64url') + '.' + Buffer.from(JSON.stringify(plain2(did))).toString('base64url');
    return `${input}.${Buffer.concat([Buffer.from([1]), Buffer.alloc(63)]).toString('base64url')}`;
  }), ends.badKey('refused', ['key.weak']));
scenario('did-key-rsa-1024', 'RSA with 1024 bits proves nothing',
  file('did-key-rsa-1024.jwt', () => byHand({alg: 'RS256', typ: 'vc+jwt', kid: didKeyMethod('weak-rsa1024')}, plain2(didKey('weak-rsa1024')), 'weak-rsa1024')),
  ends.badKey('refused', ['key.weak']));
scenario('did-key-agreement', 'a did:key made for encryption',
  file('did-key-agreement.jwt', () => {
    const did = didKey('university-x25519');
    return byHand({alg: 'EdDSA', typ: 'vc+jwt', kid: didKeyMethod('university-x25519')}, plain2(did), ed);
  }), ends.only('refused', [], {signature: 'skipped', trust: 'skipped'}));
scenario('did-method-unknown', 'a DID method that is not read',
  file('did-method-unknown.jwt', () => jwt2(plain2('did:ion:EiAnKD8'), ed, {kid: 'did:ion:EiAnKD8#key-1'})), ends.unknownKey(['key.method_unsupported']), {offline: true});

// did:web, each kind of key.
const onWeb = (name, key, method, options = {}) => file(`did-web-${name}.jwt`, () => jwt2(plain2({id: WEB, name: 'Westerlund University'}), key, {kid: `${WEB}#${method}`, ...options}));
const listed = (more = [], checks) => good(['key.did_document', 'issuer.lists_key', ...more], checks);
const webEd = onWeb('ed25519', ed, 'ed25519');
scenario('did-web-ed25519', 'did:web, Multikey', webEd, listed(), web);
for (const kind of ['p256', 'p384', 'p521', 'secp256k1', 'rsa']) {
  scenario(`did-web-${kind}`, `did:web, JsonWebKey of a ${kind} key`, onWeb(kind, `university-${kind}`, kind), listed(), web);
}
scenario('did-web-multi-p256', 'did:web, Multikey of a P-256 key', onWeb('multi-p256', p256, 'multi-p256'), listed(), web);
scenario('did-web-relative', 'the method\'s id in the document is relative', onWeb('relative', 'faculty-p256', 'relative'), listed(), web);
scenario('did-web-embedded', 'the method stands inside assertionMethod', onWeb('embedded', 'faculty-ed25519', 'embedded'), listed(), web);
scenario('did-web-2020', 'Ed25519VerificationKey2020, as older documents have it', onWeb('2020', ed, '2020'), listed(), web);
scenario('did-web-expires-later', 'a key that ends in 2028', onWeb('expires-later', 'faculty-ed25519', 'expires-later'), listed(), web);
scenario('did-web-short-kid', 'a JWT whose kid is the bare fragment', onWeb('short-kid', ed, '', {kid: 'ed25519'}), good(['key.did_document', 'issuer.lists_key', 'key.reference_loose'], {key: 'warn'}), web);
scenario('did-web-hash-kid', 'a JWT whose kid is #fragment', onWeb('hash-kid', ed, '', {kid: '#ed25519'}), good(['key.did_document', 'issuer.lists_key'], {key: undefined}), web);
scenario('did-web-badge', 'a badge with eddsa-jcs-2022 and a did:web key',
  file('did-web-badge.json', () => dataIntegrity(badge(profile(WEB)), ed, {method: `${WEB}#ed25519`})), listed(['credential.open_badge_3']), web);
scenario('did-web-badge-ecdsa', 'a badge with ecdsa-jcs-2019 and a JsonWebKey',
  file('did-web-badge-ecdsa.json', () => dataIntegrity(badge(profile(WEB)), p256, {method: `${WEB}#p256`})), listed(), web);
scenario('did-web-port', 'did:web with a port',
  file('did-web-port.jwt', () => jwt2(plain2('did:web:university.example%3A8443'), 'faculty-ed25519', {kid: 'did:web:university.example%3A8443#key-1'})), listed(), web);
scenario('did-web-path', 'did:web with a path: its own document, and not the domain\'s entry in the list',
  file('did-web-path.jwt', () => jwt2(plain2('did:web:university.example:faculty'), 'faculty-ed25519', {kid: 'did:web:university.example:faculty#key-1'})),
  ends.unlisted(['key.did_document', 'issuer.lists_key', 'trust.not_listed']), web);

// https issuers.
const https = 'https://university.example/issuers/1';
const controller = file('https-controller.jwt', () => jwt2(plain2({id: https, name: 'Westerlund University'}), p256, {kid: `${https}#key-1`}));
scenario('https-controller', 'an https issuer whose controlled identifier document lists the key', controller, good(['key.profile', 'issuer.lists_key']), web);
scenario('https-root', 'an https issuer that is the host itself',
  file('https-root.jwt', () => jwt2(plain2('https://university.example/'), p256, {kid: 'https://university.example/#key-1'})), good(['key.profile', 'issuer.lists_key']), web);
scenario('https-badge', 'a badge whose issuer profile is a controlled identifier document',
  file('https-badge.json', () => dataIntegrity(badge(profile('https://university.example/issuers/badges')), ed, {method: 'https://university.example/issuers/badges#key-1'})),
  good(['key.profile', 'issuer.lists_key']), web);
scenario('https-profile-key-set', 'a profile that holds its keys as a JWK Set',
  file('https-profile-key-set.jwt', () => jwtBadge(badge(profile('https://university.example/issuers/set')), p256, {kid: 'https://university.example/issuers/set#p256'})),
  good(['issuer.lists_key']), web);
scenario('https-key-address', 'kid is the address of a JWK, and the issuer\'s document lists the same key',
  file('https-key-address.jwt', () => jwtBadge(badge(profile(https)), p256, {kid: 'https://university.example/keys/p256'})),
  good(['key.key_set', 'issuer.lists_key']), web);
scenario('https-key-set-address', 'kid is the address of one key in a JWK Set',
  file('https-key-set-address.jwt', () => jwtBadge(badge(profile(https)), p256, {kid: 'https://university.example/jwks.json#p256'})),
  good(['key.key_set', 'issuer.lists_key']), web);
scenario('https-no-kid', 'no kid at all: the issuer\'s document has exactly one key',
  file('https-no-kid.jwt', () => compact({alg: 'ES256', typ: 'vc+jwt'}, plain2(https), p256)),
  good(['proof.key_reference_missing', 'issuer.lists_key'], {proof: 'warn', key: 'warn'}), web);
scenario('did-web-no-kid', 'no kid: the key is the one of the issuer\'s document that fits',
  file('did-web-no-kid.jwt', () => compact({alg: 'EdDSA', typ: 'vc+jwt'}, plain2(WEB), ed)),
  good(['proof.key_reference_missing', 'key.reference_loose', 'issuer.lists_key'], {proof: 'warn', key: 'warn'}), web);
scenario('did-web-no-kid-login-key', 'no kid, and the key that signed is for logging in only',
  file('did-web-no-kid-login-key.jwt', () => compact({alg: 'EdDSA', typ: 'vc+jwt'}, plain2(WEB), 'login-ed25519')),
  ends.only('mismatch', ['signature.mismatch'], {signature: 'fail', trust: 'skipped'}), web);
scenario('did-web-no-kid-revoked-key', 'no kid, and the key that signed was revoked',
  file('did-web-no-kid-revoked-key.jwt', () => compact({alg: 'EdDSA', typ: 'vc+jwt'}, plain2(WEB), 'revoked-ed25519')),
  ends.only('mismatch', ['signature.mismatch'], {signature: 'fail', trust: 'skipped'}), web);
scenario('did-web-no-kid-stranger', 'no kid, and none of the issuer\'s keys signed',
  file('did-web-no-kid-stranger.jwt', () => compact({alg: 'EdDSA', typ: 'vc+jwt'}, plain2(WEB), 'attacker-ed25519')),
  ends.only('mismatch', ['signature.mismatch'], {signature: 'fail', trust: 'skipped'}), web);

// Not found.
const unknown = (id, network, about, codes) => scenario(id, about, webEd, ends.unknownKey(codes), {network});
unknown('did-web-500', 'web-500', 'the issuer\'s host has a failure', ['key.unreachable']);
unknown('did-web-404', 'web-404', 'the issuer\'s host knows no DID document', ['key.unreachable']);
unknown('did-web-410', 'web-410', 'the issuer\'s host says that the document is gone', ['key.unreachable']);
unknown('did-web-silent', 'web-silent', 'the issuer\'s host does not answer', ['key.unreachable']);
unknown('did-web-html', 'web-html', 'the host answers with a web page', ['key.document_invalid']);
unknown('did-web-login', 'web-login', 'the host answers with a login page', ['key.document_invalid']);
unknown('did-web-empty', 'web-empty', 'the host answers with nothing', ['key.document_invalid']);
unknown('did-web-broken', 'web-broken', 'the host answers with half a document', ['key.document_invalid']);
unknown('did-web-twice', 'web-twice', 'the document has a member twice', ['key.document_invalid']);
unknown('did-web-array', 'web-array', 'the document is an array', ['key.document_invalid']);
unknown('did-web-foreign-id', 'web-foreign-id', 'the document gives itself another DID', ['key.document_mismatch']);
unknown('did-web-no-id', 'web-no-id', 'the document has no id', []);
unknown('did-web-case-id', 'web-case-id', 'the document\'s id differs in case only: identifiers are compared exactly', ['key.document_mismatch']);
unknown('did-web-without-key', 'web-without-key', 'the document no longer lists the key', ['key.not_published']);
unknown('did-web-deactivated', 'web-deactivated', 'the DID was deactivated', ['key.deactivated']);
unknown('did-web-twins', 'web-twins', 'the document has two keys under one id', ['key.ambiguous']);
scenario('did-web-offline', 'no network: the key cannot be asked for', webEd, ends.unknownKey(['key.offline']), {offline: true});
scenario('https-offline', 'no network, https issuer', controller, ends.unknownKey(['key.offline']), {offline: true});
scenario('did-web-replaced', 'the issuer has put another key under the same id: changed, or the key replaced', webEd, ends.mismatch({issuer: undefined}), {network: 'web-replaced'});
scenario('did-web-private', 'the issuer has published its private key', onWeb('private', p256, 'p256'), ends.badKey('refused', ['key.private']), {network: 'web-private'});
const onP256 = 'credentials/did-web-p256.jwt';
scenario('did-web-off-curve', 'the document lists a point that is not on its curve', onP256, ends.badKey('refused', ['key.malformed']), {network: 'web-off-curve'});
scenario('did-web-ed448', 'the document lists a key of a type that is not read', onP256, ends.unknownKey(['key.type_unsupported']), {network: 'web-ed448'});
scenario('did-web-symmetric', 'the document lists a shared secret', onP256, ends.only('refused', [], {key: 'fail', signature: 'skipped', trust: 'skipped'}), {network: 'web-symmetric'});
scenario('no-reference', 'the proof names no key, and the issuer is no address',
  file('no-reference.jwt', () => compact({alg: 'ES256', typ: 'vc+jwt'}, plain2('urn:uuid:0d1c'), p256)), ends.only('incomplete', ['key.no_reference'], {key: 'unknown', signature: 'skipped'}), {offline: true});
scenario('https-gone', 'the https issuer\'s document is gone',
  file('https-gone.jwt', () => jwt2(plain2('https://university.example/issuers/gone'), p256, {kid: 'https://university.example/issuers/gone#key-1'})), ends.unknownKey(['key.unreachable']), web);
scenario('https-address-refused', 'kid points into a private network',
  file('https-address-refused.jwt', () => jwtBadge(badge(profile('https://10.0.0.1/issuers/1')), p256, {kid: 'https://10.0.0.1/keys/1'})), ends.badKey('refused', ['key.address_refused']), web);
scenario('http-key-address', 'kid is a plain http address',
  file('http-key-address.jwt', () => jwtBadge(badge(profile(https)), p256, {kid: 'http://university.example/keys/p256'})), ends.badKey('refused', ['key.address_refused']), web);
scenario('file-key-address', 'kid is a file: address',
  file('file-key-address.jwt', () => jwtBadge(badge(profile(https)), p256, {kid: 'file:///etc/passwd'})), ends.badKey('refused', ['key.address_refused']), web);
scenario('did-web-address', 'did:web of an IP address',
  file('did-web-address.jwt', () => jwt2(plain2('did:web:127.0.0.1'), ed, {kid: 'did:web:127.0.0.1#key-1'})), ends.only('refused', [], {key: 'fail', signature: 'skipped', trust: 'skipped'}), web);
scenario('did-web-dots', 'did:web with a path that climbs',
  file('did-web-dots.jwt', () => jwt2(plain2('did:web:university.example:..:keys'), ed, {kid: 'did:web:university.example:..:keys#key-1'})), ends.only('refused', [], {key: 'fail', signature: 'skipped', trust: 'skipped'}), web);

// Found, but not for this.
scenario('did-web-login-key', 'the key stands in authentication only', onWeb('login-key', 'login-ed25519', 'login'), ends.badKey('refused', ['key.not_for_assertion']), web);
scenario('did-web-idle-key', 'the key stands in no relationship', onWeb('idle-key', 'idle-ed25519', 'idle'), ends.badKey('refused', ['key.not_for_assertion']), web);
scenario('did-web-agreement-key', 'the key is for encryption', onWeb('agreement-key', ed, 'agreement'), ends.badKey('refused', ['key.not_for_assertion']), web);
scenario('did-web-revoked-key', 'the key was revoked before', onWeb('revoked-key', 'revoked-ed25519', 'revoked'), ends.badKey('refused', ['key.revoked']), web);
scenario('did-web-expired-key', 'the key ended before', onWeb('expired-key', 'retired-ed25519', 'expired'), ends.badKey('refused', ['key.expired']), web);
scenario('did-web-lent-key', 'the key\'s controller is somebody else', onWeb('lent-key', 'lent-ed25519', 'lent'), ends.badKey('refused', ['key.controller_mismatch']), web);
scenario('did-web-weak-key', 'the document lists an RSA key of 1024 bits',
  file('did-web-weak-key.jwt', () => byHand({alg: 'RS256', typ: 'vc+jwt', kid: `${WEB}#weak`}, plain2(WEB), 'weak-rsa1024')), ends.badKey('refused', ['key.weak']), web);
scenario('did-web-fragment-is-key', 'did:web of the victim with the attacker\'s key as fragment',
  file('did-web-fragment-is-key.jwt', () => jwt2(plain2({id: WEB, name: 'Westerlund University'}), 'attacker-ed25519', {kid: `${WEB}#${multikey('attacker-ed25519')}`})),
  ends.badKey('wrong_key', ['key.fragment_is_key']), web);
scenario('did-web-fragment-is-key-offline', 'the same without a network: still nobody but the attacker signed',
  'credentials/did-web-fragment-is-key.jwt', ends.only('incomplete', [], {signature: 'skipped', trust: 'skipped'}), {offline: true});
scenario('algorithm-of-other-curve', 'ES256 announced, P-384 key',
  file('algorithm-of-other-curve.jwt', () => byHand({alg: 'ES256', typ: 'vc+jwt', kid: didKeyMethod('university-p384')}, plain2(didKey('university-p384')), 'university-p384')),
  ends.badKey('refused', ['key.algorithm_mismatch']));
scenario('algorithm-of-other-type', 'RS256 announced, Ed25519 key',
  file('algorithm-of-other-type.jwt', () => byHand({alg: 'RS256', typ: 'vc+jwt', kid: didKeyMethod(ed)}, plain2(didKey(ed)), ed, 'EdDSA')),
  ends.badKey('refused', ['key.algorithm_mismatch']));
scenario('suite-of-other-type', 'eddsa-jcs-2022 announced, P-256 key',
  file('suite-of-other-type.json', () => {
    const document = badge(didKey(p256));
    return {...document, proof: jcsByHand(document, p256, {cryptosuite: 'eddsa-jcs-2022'})};
  }), ends.badKey('refused', ['key.algorithm_mismatch']));

// Keys that the user hands in.
document('keys/given/university-ed25519.json', {...publicJwk(ed, {kid: `${WEB}#ed25519`})});
document('keys/given/university-ed25519-unnamed.json', publicJwk(ed));
document('keys/given/university-p256.pem', publicKey(p256).export({type: 'spki', format: 'pem'}));
document('keys/given/other-ed25519.json', {...publicJwk('faculty-ed25519', {kid: `${WEB}#another`})});
document('keys/given/wrong-ed25519.json', {...publicJwk('faculty-ed25519', {kid: `${WEB}#ed25519`})});
document('keys/given/attacker-ed25519.json', {...publicJwk('attacker-ed25519', {kid: `${WEB}#ed25519`})});
scenario('given-named', 'the key was handed in under the name that the proof uses', webEd,
  ends.unlisted(['key.given', 'signature.verified', 'issuer.by_your_key'], {key: 'warn', issuer: 'warn', trust: undefined}), {offline: true, keys: ['keys/given/university-ed25519.json']});
scenario('given-other-name', 'a key was handed in, but under another name', webEd, ends.unknownKey(['key.offline']), {offline: true, keys: ['keys/given/other-ed25519.json']});
scenario('given-wrong', 'the key that was handed in does not fit the signature', webEd, ends.mismatch({key: 'warn', issuer: undefined}), {offline: true, keys: ['keys/given/wrong-ed25519.json']});
scenario('given-attacker', 'an attacker\'s key handed in under the issuer\'s name makes nothing authentic',
  file('given-attacker.jwt', () => jwt2(plain2(WEB), 'attacker-ed25519', {kid: `${WEB}#ed25519`})),
  ends.unlisted(['key.given', 'issuer.by_your_key'], {key: 'warn', issuer: 'warn', trust: undefined}), {offline: true, keys: ['keys/given/attacker-ed25519.json']});
scenario('given-unnamed', 'a key without a name was handed in for a JWT that names none',
  file('given-unnamed.jwt', () => compact({alg: 'EdDSA', typ: 'vc+jwt'}, plain2(WEB), ed)),
  ends.unlisted(['key.given', 'issuer.by_your_key'], {proof: 'warn', key: 'warn', issuer: 'warn', trust: undefined}), {offline: true, keys: ['keys/given/university-ed25519-unnamed.json']});
scenario('given-unnamed-pem', 'the same as PEM',
  file('given-unnamed-pem.jwt', () => compact({alg: 'ES256', typ: 'vc+jwt'}, plain2(WEB), p256)),
  ends.unlisted(['key.given', 'issuer.by_your_key'], {proof: 'warn', key: 'warn', issuer: 'warn', trust: undefined}), {offline: true, keys: ['keys/given/university-p256.pem']});
