// Credentials for wallets: SD-JWT (RFC 9901) and SD-JWT VC. What must hold is
// in RFC 9901 7.1 and 7.3 and in SD-JWT VC 2 and 5.
import {base64} from '../certificates.mjs';
import {didJwk, didKey, didKeyMethod, publicJwk} from '../keys.mjs';
import {achievement, COMPANY, edc, FAMOUS, plain2, UNIVERSITY, WEB} from '../content.mjs';
import {token} from '../lists.mjs';
import {b64, compact, general, seconds} from '../sign.mjs';
import {ends, file, network, scenario} from '../registry.mjs';
import {binding, claims, digest, everything, flattened, frame, issue, join, kbClaims, parts, present, raw} from '../wallet.mjs';
import {universityDocument} from './networks.mjs';

const p256 = 'university-p256', ed = 'university-ed25519', attacker = 'attacker-p256';
const K = didKey(p256);
const seen = ['envelope.sd_compact', 'credential.sd_jwt_vc', 'proof.sd_jwt', 'signature.verified'];
const good = (codes = [], checks = {}) => ends.verified([...seen, ...codes], checks);
const wallet = (id, about, make, end, options = {}) => scenario(`wallet-${id}`, about, file(`wallet-${id}.${options.ending ?? 'txt'}`, make), end, options);

// What the holder shows.
wallet('issued', 'as issued: every part that could be kept back is there', () => issue(claims()), good(['proof.sd_all_shown', 'holder.not_checked', 'key.did_key', 'issuer.is_key', 'validity.in_force', 'status.none_published']));
wallet('some', 'some parts shown', () => present(claims(), {givenName: true, familyName: true}), good(['proof.sd_shown']));
wallet('none', 'no part shown that could be kept back', () => present(claims(), {}), good(['proof.sd_shown']));
wallet('open', 'nothing can be kept back', () => issue(claims(), {select: {}}), good());
wallet('no-holder', 'no key of a holder', () => issue(claims({cnf: undefined})), good(['holder.not_bound']));
wallet('decoys', 'digests that stand for nothing', () => issue(claims(), {select: {...frame, _sd_decoy: 3}}), good(['proof.sd_shown']));
wallet('sha384', 'with SHA-384', () => issue(claims(), {hashAlg: 'sha-384'}), good());
wallet('sha512', 'with SHA-512', () => issue(claims(), {hashAlg: 'sha-512'}), good());
wallet('recursive', 'a part within a part', () => raw(claims({address: undefined, _sd: ['$1']}), ['["s1","address",{"_sd":["$2"],"country":"XX"}]', '["s2","locality","Westerlund"]'].map((text, i, all) => i ? text : text.replace('$2', digest(b64(all[1]))))), good(['proof.sd_all_shown']));
wallet('vc-type', 'the media type of drafts before November 2024', () => issue(claims(), {header: {typ: 'vc+sd-jwt', kid: didKeyMethod(p256)}}), good());
wallet('media-type', 'the media type written in full', () => raw(claims(), [], {header: {typ: 'application/dc+sd-jwt'}}), good());
wallet('json', 'in JSON, with the disclosures in its header', async () => flattened(await present(claims(), {givenName: true})), ends.verified(['envelope.sd_json', 'proof.sd_shown'], {}), {ending: 'json'});
wallet('json-bound', 'in JSON, with key binding', async () => flattened(await present(claims(), {givenName: true}, {kb: kbClaims()})), ends.verified(['envelope.sd_json', 'holder.key_signed'], {holder: 'pass'}), {ending: 'json'});
wallet('json-general', 'in JSON with a list of one signature', async () => flattened(await present(claims(), {givenName: true}), ({payload, ...one}) => ({payload, signatures: [one]})), ends.verified(['envelope.sd_json'], {}), {ending: 'json'});
wallet('json-beside', 'in JSON, with the disclosures beside the header', async () => flattened(await issue(claims()), ({header, ...rest}) => ({...rest, ...header})), ends.unreadable('envelope.sd_malformed'), {ending: 'json'});
wallet('json-second', 'in JSON, with the disclosures at the second signature', async () => {
  const {token, disclosures} = parts(await issue(claims()));
  const [head, payload, signature] = token.split('.');
  return {payload, signatures: [{protected: head, signature}, {protected: head, signature, header: {disclosures}}]};
}, ends.unreadable('envelope.sd_malformed'), {ending: 'json'});

// Whose key it is.
wallet('did-jwk', 'issued by a did:jwk', () => issue(claims({iss: didJwk(p256)}), {header: {kid: `${didJwk(p256)}#0`}}), good(['key.did_jwk', 'issuer.is_key']));
wallet('did-web', 'issued by a did:web', () => issue(claims({iss: WEB}), {header: {kid: `${WEB}#p256`}}), good(['issuer.lists_key']), {network: 'web'});
wallet('did-web-foreign', 'issued in the name of a did:web, with a key of somebody else', () => issue(claims({iss: WEB}), {key: attacker, header: {kid: didKeyMethod(attacker)}}), ends.wrongKey(['issuer.foreign_key']));
const U = 'https://university.example', W = `${U}/issuers/wallet`;
const metadata = path => `${U}/.well-known/jwt-vc-issuer${path}`;
const jwks = {keys: [publicJwk(p256, {kid: 'wallet-1'}), publicJwk('university-p384', {kid: 'wallet-2'})]};
network('wallet', {
  [metadata('')]: {issuer: U, jwks_uri: 'https://keys.university.example/wallet.json'},
  'https://keys.university.example/wallet.json': jwks,
  [metadata('/issuers/wallet')]: {issuer: W, jwks},
  [metadata('/issuers/other')]: {issuer: W, jwks},
  [metadata('/issuers/slash')]: {issuer: `${U}/issuers/slash/`, jwks},
  [metadata('/issuers/both')]: {issuer: `${U}/issuers/both`, jwks, jwks_uri: 'https://keys.university.example/wallet.json'},
  [metadata('/issuers/neither')]: {issuer: `${U}/issuers/neither`},
  [metadata('/issuers/gone')]: {status: 404},
  'https://university.example/status/wallet': {name: 'wallet.jwt', make: () => token('https://university.example/status/wallet', p256, {size: 2}), contentType: 'application/statuslist+jwt'},
  'https://university.example/.well-known/did.json': {body: universityDocument()},
});
const on = {network: 'wallet'};
const byAddress = (id, about, iss, end, kid = 'wallet-1', how = {}) => wallet(id, about, () => issue(claims({iss}), {header: {kid}, ...how}), end, on);
byAddress('metadata', 'issued by an https address whose metadata has the key', W, good(['key.key_set', 'issuer.lists_key']));
byAddress('metadata-uri', 'the metadata says where the keys are', U, good(['key.key_set', 'issuer.lists_key']));
byAddress('metadata-slash', 'an issuer whose address ends in a slash', `${U}/issuers/slash/`, good(['issuer.lists_key']));
byAddress('metadata-other', 'the metadata is of another issuer', `${U}/issuers/other`, ends.unknownKey(['key.document_mismatch']));
byAddress('metadata-both', 'the metadata has keys in two places', `${U}/issuers/both`, ends.unknownKey(['key.document_invalid']));
byAddress('metadata-neither', 'the metadata has no keys', `${U}/issuers/neither`, ends.unknownKey(['key.document_invalid']));
byAddress('metadata-gone', 'there is no metadata', `${U}/issuers/gone`, ends.unknownKey(['key.unreachable']));
byAddress('metadata-no-key', 'the metadata does not have the key', W, ends.unknownKey(['key.not_published']), 'wallet-9');
byAddress('metadata-mismatch', 'signed by somebody else under the name of a key in the metadata', W, ends.mismatch(), 'wallet-1', {key: attacker});
wallet('metadata-offline', 'the metadata cannot be asked for', () => issue(claims({iss: W}), {header: {kid: 'wallet-1'}}), ends.unknownKey(['key.offline']), {offline: true});
wallet('header-key', 'a key in the header that the issuer does not know', () => issue(claims({iss: W}), {key: attacker, header: {jwk: publicJwk(attacker)}}), ends.wrongKey(['issuer.key_unbound']), on);
const x5c = (...names) => ({kid: undefined, x5c: names.map(base64)});
const seal = 'sealuniversity-p256';
wallet('certificate', 'a certificate that has the issuer\'s address', () => issue(claims({iss: U}), {key: seal, header: x5c('did-web')}), good(['key.certificate', 'issuer.certificate_matches']));
wallet('certificate-only', 'no issuer but the one in the certificate', () => issue(claims({iss: undefined}), {key: seal, header: x5c('university-p256')}), good(['key.certificate', 'issuer.in_certificate']));
wallet('certificate-awarder', 'a certificate, and another body that awards', () => issue(claims({iss: undefined, awardingBody: COMPANY}), {key: seal, header: x5c('university-p256')}), ends.identified([...seen, 'trust.awarder_unproven']));
const unasked = ends.incomplete(['issuer.unreachable'], {issuer: 'unknown', validity: 'skipped', status: 'skipped', trust: 'skipped'});
wallet('certificate-foreign', 'a certificate of somebody else than the issuer', () => issue(claims({iss: 'https://famous.example'}), {key: seal, header: x5c('university-p256')}), unasked, {offline: true});
const certified = {network: 'wallet-certified'}, C = `${U}/issuers/certified`;
network('wallet-certified', {
  [metadata('/issuers/certified')]: {issuer: C, jwks: {keys: [publicJwk('login-p256', {kid: 'a'}), publicJwk(seal, {kid: 'b'})]}},
  [metadata('/issuers/other')]: {issuer: `${U}/issuers/other`, jwks},
  [metadata('/issuers/misnamed')]: {issuer: C, jwks: {keys: [publicJwk(seal)]}},
  [metadata('/issuers/gone')]: {status: 404},
  [metadata('/issuers/self')]: {issuer: `${U}/issuers/self`, jwks: {keys: [publicJwk('attacker-rsa')]}},
  'https://famous.example/.well-known/jwt-vc-issuer': {issuer: 'https://famous.example', jwks},
});
const under = (id, about, iss, end, options = certified) => wallet(`certificate-${id}`, about, () => issue(claims({iss}), {key: seal, header: x5c('university-p256')}), end, options);
under('metadata', 'a certificate without an address, of a key that the issuer\'s metadata has', C, good(['key.certificate', 'issuer.lists_key']));
under('metadata-other', 'the metadata does not have the key of the certificate', `${U}/issuers/other`, ends.wrongKey(['issuer.foreign_certificate']));
under('metadata-famous', 'a certificate in the name of an issuer who does not know its key', 'https://famous.example', ends.wrongKey(['issuer.foreign_certificate']));
under('metadata-misnamed', 'the metadata that has the key is of another issuer', `${U}/issuers/misnamed`, unasked);
under('metadata-gone', 'there is no metadata that could have the key', `${U}/issuers/gone`, unasked);
wallet('certificate-metadata-self', 'a certificate that its issuer made, of a key in the metadata, by an issuer whom nobody lists', () => issue(claims({iss: `${U}/issuers/self`}), {key: 'attacker-rsa', header: x5c('university-self')}), ends.unlisted(['issuer.lists_key']), certified);
wallet('certificate-self-address', 'a certificate that somebody made, in the name of an issuer who does not know its key', () => issue(claims({iss: 'https://famous.example'}), {key: 'attacker-rsa', header: x5c('university-self')}), ends.wrongKey(['issuer.foreign_certificate']), certified);
wallet('certificate-self', 'a certificate that somebody made in the university\'s name', () => issue(claims({iss: undefined}), {key: 'attacker-rsa', header: x5c('university-self')}), ends.unlisted([...seen]));
wallet('nobody', 'neither issuer nor certificate', () => raw(claims({iss: undefined})), ends.only('refused', ['credential.issuer_missing'], {credential: 'fail'}));
wallet('awarder', 'a listed issuer, and another body that awards', () => issue(claims({awardingBody: FAMOUS})), ends.identified([...seen, 'trust.awarder_unproven']));

// The holder's confirmation.
const shown = () => present(claims(), {givenName: true, familyName: true});
const bound = (id, about, make, holder, codes, headline = 'refused') => wallet(`bound-${id}`, about, make,
  headline === 'refused' ? ends.only('refused', codes, {credential: 'pass', signature: 'pass', issuer: 'pass', trust: 'pass', holder: 'fail'}) : ends.verified([...seen, ...codes], {holder}));
bound('good', 'the holder\'s key signed the selection', () => present(claims(), {givenName: true}, {kb: kbClaims()}), 'pass', ['holder.key_signed'], 'verified');
bound('none-shown', 'the holder\'s key signed that nothing is shown', () => present(claims(), {}, {kb: kbClaims()}), 'pass', ['holder.key_signed'], 'verified');
bound('sha512', 'with SHA-512', () => present(claims(), {givenName: true}, {hashAlg: 'sha-512', kb: kbClaims()}), 'pass', ['holder.key_signed'], 'verified');
bound('ed25519', 'with an Ed25519 key', () => present(claims({cnf: {jwk: publicJwk('login-ed25519')}}), {givenName: true}, {holder: 'login-ed25519', kb: kbClaims()}), 'pass', ['holder.key_signed'], 'verified');
bound('other-key', 'signed with another key than the holder\'s', async () => binding(await shown(), {key: attacker}), 'fail', ['holder.binding_mismatch']);
bound('less', 'a part was taken away afterwards', async () => { const all = parts(binding(await shown())); return join({...all, disclosures: all.disclosures.slice(1)}); }, 'fail', ['holder.binding_other']);
bound('more', 'a part was put in afterwards', async () => { const all = parts(binding(await present(claims(), {givenName: true}))); return join({...all, disclosures: parts(await shown()).disclosures}); }, 'fail', ['holder.binding_other']);
bound('order', 'the parts were put in another order afterwards', async () => { const all = parts(binding(await shown())); return join({...all, disclosures: [...all.disclosures].reverse()}); }, 'fail', ['holder.binding_other']);
bound('no-key', 'a confirmation where the credential names no key', async () => binding(await issue(claims({cnf: undefined}))), 'fail', ['holder.binding_no_key']);
bound('type', 'a token that the holder signed for another use', async () => binding(await shown(), {header: {typ: 'JWT'}}), 'fail', ['holder.binding_malformed']);
bound('type-credential', 'a credential in the place of the confirmation', async () => binding(await shown(), {header: {typ: 'dc+sd-jwt'}}), 'fail', ['holder.binding_malformed']);
for (const name of ['iat', 'aud', 'nonce', 'sd_hash']) bound(`no-${name}`, `a confirmation without ${name}`, async () => binding(await shown(), {claims: {[name]: null}}), 'fail', ['holder.binding_malformed']);
bound('unsigned', 'a confirmation that says it needs no signature', async () => binding(await shown(), {header: {alg: 'none'}}), 'fail', ['holder.binding_malformed']);
bound('kid', 'the holder\'s key is only named', async () => binding(await present(claims({cnf: {kid: didKeyMethod('login-p256')}}), {givenName: true})), 'warn', ['holder.binding_unsupported'], 'verified');
bound('future', 'a confirmation from tomorrow', async () => binding(await shown(), {claims: {iat: seconds('2026-06-16T12:00:00Z')}}), 'warn', ['holder.binding_time'], 'verified');

// Rules of RFC 9901 7.1.
const rule = (id, about, make, code) => wallet(id, about, make, ends.refusedEnvelope(code));
rule('changed', 'a part that was changed', async () => { const all = parts(await shown()); return join({...all, disclosures: all.disclosures.map(d => b64(Buffer.from(d, 'base64url').toString().replace('Mara', 'Nora')))}); }, 'envelope.sd_disclosure_foreign');
rule('added', 'a part of which the issuer knows nothing', async () => { const all = parts(await shown()); return join({...all, disclosures: [...all.disclosures, b64('["salt","title","Doctor of Soils"]')]}); }, 'envelope.sd_disclosure_foreign');
rule('orphan', 'a part within a part that is not shown', () => raw(claims({_sd: ['x']}), ['["s2","locality","Westerlund"]']), 'envelope.sd_disclosure_foreign');
rule('twice', 'the same part twice', async () => { const all = parts(await shown()); return join({...all, disclosures: [...all.disclosures, all.disclosures[0]]}); }, 'envelope.sd_disclosure_malformed');
rule('digest-twice', 'a digest that stands in two places', () => raw(claims({_sd: ['$1'], more: {_sd: ['$1']}}), ['["s1","nickname","Mo"]']), 'envelope.sd_digest_repeated');
rule('digest-number', 'a digest that is a number', () => raw(claims({_sd: [1]})), 'envelope.sd_digest_malformed');
rule('reserved', 'a part under a name that is reserved', () => raw(claims({_sd: ['$1']}), ['["s1","_sd",["x"]]']), 'envelope.sd_name_reserved');
rule('reserved-dots', 'a part under the other name that is reserved', () => raw(claims({_sd: ['$1']}), ['["s1","...","x"]']), 'envelope.sd_name_reserved');
rule('taken', 'a part under a name that is taken', () => raw(claims({_sd: ['$1']}), ['["s1","title","Doctor of Soils"]']), 'envelope.sd_name_taken');
rule('taken-exp', 'a part that would be a second end', () => raw(claims({_sd: ['$1']}), [`["s1","exp",${seconds('2046-01-01')}]`]), 'envelope.sd_name_taken');
rule('arity', 'a part of an object without a name', () => raw(claims({_sd: ['$1']}), ['["s1","x"]']), 'envelope.sd_disclosure_malformed');
rule('arity-array', 'a part of a list with a name', () => raw(claims({tags: [{'...': '$1'}]}), ['["s1","x","y"]']), 'envelope.sd_disclosure_malformed');
rule('name', 'a name that is no text', () => raw(claims({_sd: ['$1']}), ['["s1",1,"y"]']), 'envelope.sd_disclosure_malformed');
rule('algorithm', 'a way to make digests that is not allowed', () => raw(claims({_sd_alg: 'md5'})), 'envelope.sd_algorithm');
rule('reserved-alg', 'a part that would say how digests are made', () => raw(claims({_sd: ['$1']}), ['["s1","_sd_alg","sha-512"]']), 'envelope.sd_name_reserved');
rule('taken-twice', 'two parts of the same name', () => raw(claims({_sd: ['$1', '$2']}), ['["s1","nickname","Mo"]', '["s2","nickname","Max"]']), 'envelope.sd_name_taken');
rule('digest-list', 'a digest twice in one list', () => raw(claims({_sd: ['$1', '$1']}), ['["s1","nickname","Mo"]']), 'envelope.sd_digest_repeated');
rule('digest-both', 'a digest for a claim and for an item of a list', () => raw(claims({_sd: ['$1'], tags: [{'...': '$1'}]}), ['["s1","nickname","Mo"]'], {shown: []}), 'envelope.sd_digest_repeated');
rule('digest-hidden', 'a digest twice, and nothing is shown for it', () => raw(claims({_sd: ['x'], more: {_sd: ['x']}})), 'envelope.sd_digest_repeated');
rule('digest-text', 'a text where digests belong', () => raw(claims({_sd: 'x'})), 'envelope.sd_digest_malformed');
rule('digest-item', 'a number where the digest of an item belongs', () => raw(claims({tags: [{'...': 1}]})), 'envelope.sd_digest_malformed');
rule('digest-beside', 'something beside the digest of an item', () => raw(claims({tags: [{'...': 'x', more: 1}]})), 'envelope.sd_digest_malformed');
rule('digest-place', 'the digest of an item outside a list', () => raw(claims({more: {'...': 'x'}})), 'envelope.sd_digest_malformed');
rule('algorithm-place', 'the way to make digests is said within a part', () => raw(claims({more: {_sd_alg: 'sha-256'}})), 'envelope.sd_digest_malformed');
rule('algorithm-number', 'a way to make digests by a number', () => raw(claims({_sd_alg: 256})), 'envelope.sd_algorithm');
rule('disclosure-json', 'a part that is no JSON', () => raw(claims({_sd: ['$1']}), ['["s1","nickname",Mo]']), 'envelope.sd_disclosure_malformed');
rule('disclosure-object', 'a part that is no list', () => raw(claims({_sd: ['$1']}), ['{"salt":"s1","nickname":"Mo"}']), 'envelope.sd_disclosure_malformed');
rule('disclosure-salt', 'a part whose salt is a number', () => raw(claims({_sd: ['$1']}), ['[1,"nickname","Mo"]']), 'envelope.sd_disclosure_malformed');
rule('disclosure-long', 'a part of four', () => raw(claims({_sd: ['$1']}), ['["s1","nickname","Mo",1]']), 'envelope.sd_disclosure_malformed');
rule('disclosure-base64', 'a part that is not in base64url', async () => { const all = parts(await shown()); return join({...all, disclosures: [...all.disclosures.slice(1), `${all.disclosures[0]}=`]}); }, 'envelope.sd_disclosure_malformed');
wallet('cut', 'the last tilde is missing', async () => (await issue(claims())).slice(0, -1), ends.unreadable('envelope.sd_malformed'));
wallet('lines', 'broken into lines by a mail program', async () => (await shown()).replace(/(.{76})/g, '$1\n'), ends.verified([...seen, 'envelope.whitespace'], {envelope: 'warn'}));

// Rules of SD-JWT VC.
const refused = (id, about, make, code, checks = {}) => wallet(id, about, make, ends.only('refused', [code], {credential: 'fail', ...checks}));
refused('selective-exp', 'its end could be kept back', () => raw(claims({exp: undefined, _sd: ['$1']}), [`["s1","exp",${seconds('2031-01-10')}]`]), 'credential.sd_claim_selective');
refused('selective-status', 'where it may have been withdrawn was kept back', () => raw(claims({status: {_sd: ['x']}})), 'credential.sd_claim_selective');
refused('selective-cnf', 'the holder\'s key was brought in afterwards', () => raw(claims({cnf: undefined, _sd: ['$1']}), [JSON.stringify(['s1', 'cnf', {jwk: publicJwk('login-p256')}])]), 'credential.sd_claim_selective');
refused('selective-iss', 'the issuer is a matter of choice', () => raw(claims({iss: undefined, _sd: ['$1']}), [JSON.stringify(['s1', 'iss', K])]), 'credential.sd_claim_selective');
refused('selective-nbf', 'its beginning could be kept back', () => raw(claims({nbf: undefined, _sd: ['$1']}), [`["s1","nbf",${seconds('2026-01-10T09:00:00Z')}]`]), 'credential.sd_claim_selective');
refused('selective-vct', 'what it is is a matter of choice', () => raw(claims({vct: undefined, _sd: ['$1', '$2']}), ['["s1","vct","VerifiableMicroCredential"]', '["s2","vct#integrity","sha256-x"]'], {shown: ['["s1","vct","VerifiableMicroCredential"]']}), 'credential.sd_claim_selective');
refused('selective-integrity', 'the digest of its type is a matter of choice', () => raw(claims({_sd: ['$1']}), ['["s1","vct#integrity","sha256-x"]']), 'credential.sd_claim_selective');
refused('selective-names', 'what else it may be called is a matter of choice', () => raw(claims({_sd: ['$1']}), ['["s1","aka_vcts",["VerifiableStudentID"]]']), 'credential.sd_claim_selective');
refused('selective-status-shown', 'where it may have been withdrawn could be kept back, and is shown', () => raw(claims({_sd: ['$1']}), ['["s1","status",{"status_list":{"idx":1000,"uri":"https://university.example/status/wallet"}}]']), 'credential.sd_claim_selective');
refused('selective-status-part', 'the place in the list is a matter of choice', () => raw(claims({status: {status_list: {uri: 'https://university.example/status/wallet', _sd: ['$1']}}}), ['["s1","idx",1000]']), 'credential.sd_claim_selective');
wallet('algorithm-none', 'an SD-JWT that says it needs no signature', () => raw(claims(), [], {header: {alg: 'none'}}), ends.refusedProof(['proof.algorithm_none']));
wallet('algorithm-secret', 'an SD-JWT with a secret that both sides have', () => raw(claims(), [], {header: {alg: 'HS256'}}), ends.refusedProof(['proof.algorithm_symmetric']));
refused('no-type', 'it does not say what it is', () => raw(claims({vct: undefined})), 'credential.sd_vct_missing');
wallet('altered', 'the signed part was changed', async () => { const all = parts(await shown()); const [head, payload, signature] = all.token.split('.'); return join({...all, token: [head, b64(Buffer.from(payload, 'base64url').toString().replace('Reading Soil', 'Writing Soil')), signature].join('.')}); }, ends.altered());
wallet('expired', 'it has ended', () => issue(claims({exp: seconds('2026-01-11T00:00:00Z')})), ends.expired([...seen, 'validity.expired']));
wallet('not-yet', 'it has not begun', () => issue(claims({nbf: seconds('2027-01-11T00:00:00Z')})), ends.notYet([...seen, 'validity.not_yet_valid']));
wallet('no-end', 'it has no end', () => issue(claims({exp: undefined})), good(['validity.no_end']));
const listed = (id, about, idx, end) => wallet(`status-${id}`, about, () => present(claims({status: {status_list: {idx, uri: 'https://university.example/status/wallet'}}}), {givenName: true}), end, on);
listed('good', 'the list says that it stands', 1000, ends.verified([...seen, 'status.good'], {status: 'pass'}));
listed('revoked', 'the list says that it was withdrawn', 1001, ends.revoked([...seen, 'status.revoked']));
listed('suspended', 'the list says that it is suspended', 1002, ends.suspended([...seen, 'status.suspended']));
wallet('status-offline', 'the list cannot be asked for', () => issue(claims({status: {status_list: {idx: 1000, uri: 'https://university.example/status/wallet'}}})), ends.incomplete([...seen, 'status.list_offline'], {status: 'unknown'}), {offline: true});

// One kind of token as another.
const crossed = (id, about, make, end, options) => wallet(`crossed-${id}`, about, make, end, options);
const typed = typ => raw(claims(), [], {header: {typ}});
for (const typ of ['JWT', 'vc+jwt', 'statuslist+jwt', 'kb+jwt', 'vp+sd-jwt']) crossed(typ.replace('+', '-'), `an SD-JWT that says it is ${typ}`, () => typed(typ), ends.refusedProof(['proof.type_wrong']));
crossed('untyped', 'an SD-JWT that does not say what it is', () => typed(undefined), ends.refusedProof(['proof.type_wrong']));
crossed('plain', 'an SD-JWT that is no credential', () => raw({...claims({vct: undefined})}, [], {header: {typ: 'example+sd-jwt'}}), ends.only('unreadable', ['credential.sd_no_credential', 'proof.type_wrong'], {envelope: 'pass', credential: 'fail', proof: 'fail'}));
crossed('without-tilde', 'an SD-JWT VC of which only the token is there', () => raw(claims()).slice(0, -1), ends.only('unreadable', ['proof.type_wrong'], {envelope: 'pass', credential: 'fail', proof: 'fail'}));
crossed('jwt', 'a VC-JWT that says it is an SD-JWT VC', () => compact({alg: 'ES256', typ: 'dc+sd-jwt', kid: didKeyMethod(p256)}, plain2(K), p256), ends.refusedProof(['proof.type_wrong']));
crossed('w3c-jwt', 'a VC-JWT with a tilde put behind it', async () => `${await compact({alg: 'ES256', typ: 'vc+jwt', kid: didKeyMethod(p256)}, plain2(K), p256)}~`, ends.refusedProof(['proof.type_wrong']));
crossed('list', 'a status list with a tilde put behind it', async () => `${await token('https://university.example/status/wallet', p256, {size: 2})}~`, ends.only('unreadable', ['proof.type_wrong'], {envelope: 'pass', proof: 'fail'}));
crossed('data', 'an SD-JWT under the media type of a JWT', async () => `data:application/vc+jwt,${await shown()}`, ends.refusedEnvelope('envelope.data_address_malformed'));

// A W3C credential secured as SD-JWT (VC-JOSE-COSE 3.2).
const w3c = (id, about, make, end, options) => wallet(`w3c-${id}`, about, make, end, options);
const as = {typ: 'vc+sd-jwt', cty: 'vc', kid: didKeyMethod(p256)};
const subject = {id: 'did:example:mara', _sd: ['$1']};
const mara = ['["s1","name","Mara Lindqvist"]'];
w3c('all', 'all shown', () => raw(plain2(K, {credentialSubject: subject}), mara, {header: as}), ends.verified(['envelope.sd_compact', 'credential.vcdm_2_0', 'proof.sd_all_shown']));
w3c('some', 'the name kept back', () => raw(plain2(K, {credentialSubject: subject}), mara, {header: as, shown: []}), ends.verified(['credential.vcdm_2_0', 'proof.sd_shown', 'status.none_published']));
w3c('no-end', 'the end kept back, or there is none', () => raw(plain2(K, {validUntil: undefined, _sd: ['$1']}), ['["s1","validUntil","2026-01-11T00:00:00Z"]'], {header: as, shown: []}), ends.incomplete(['proof.sd_shown', 'validity.end_may_be_hidden', 'status.may_be_hidden'], {validity: 'unknown', status: 'unknown'}));
w3c('data', 'in a data: address', () => `data:application/vc+sd-jwt,${raw(plain2(K, {credentialSubject: subject}), mara, {header: as})}`, ends.verified(['envelope.data_address', 'credential.vcdm_2_0'], {envelope: undefined}));

// European types.
const {'@context': contextOfBadge, ...asBadge} = {credentialSubject: {type: ['AchievementSubject'], achievement: achievement()}, issuer: {name: UNIVERSITY}, validFrom: '2026-01-10T09:00:00Z', validUntil: '2031-01-10T09:00:00Z'};
const registered = {title: undefined, givenName: undefined, familyName: undefined, awardingBody: undefined, learningOutcomes: undefined, notionalWorkload: undefined, level: undefined, typeOfAssessment: undefined, formOfParticipation: undefined, grade: undefined};
wallet('type-dc4eu-badge', 'a micro-credential as DC4EU has it: an Open Badge', () => raw(claims({...registered, vct: 'urn:eudi:micro_credential:1', exp: undefined, ...asBadge})), ends.verified(seen));
const {'@context': contextOfEdc, ...elm} = edc();
wallet('type-dc4eu-elm', 'a European credential under a claim of its own', () => raw(claims({...registered, vct: 'urn:eudi:elm:1', iss: undefined, elm}), [], {key: seal, header: x5c('university-p256')}), ends.verified(seen));
wallet('type-dc4eu-diploma', 'a European credential as the payload', () => raw(claims({...registered, vct: 'urn:eudi:diploma:1', iss: undefined, ...elm}), [], {key: seal, header: x5c('university-p256')}), ends.verified(seen));
wallet('type-learning', 'a learning credential of flat claims', () => raw(claims({...registered, vct: 'urn:eu.europa.ec.eudi:learning:credential:1', achievement_title: 'Reading Soil Data', given_name: 'Mara', family_name: 'Lindqvist', issuing_authority: UNIVERSITY, learning_outcomes: ['Reads field measurements of soils'], expiry_date: '2030-01-01'})), ends.verified(seen, {validity: 'warn'}));
wallet('type-unknown', 'a type that nobody knows here', () => issue(claims({vct: 'https://university.example/types/soil'})), good(['schema.type_not_read'], {schema: 'skipped'}));
wallet('type-fixed', 'a type whose description is fixed by a digest', () => issue(claims({'vct#integrity': `sha256-${Buffer.alloc(32, 7).toString('base64')}`})), good(['schema.type_fixed'], {schema: 'skipped'}));
wallet('type-fixed-number', 'a description that is fixed by a number', () => raw(claims({'vct#integrity': 7})), ends.only('refused', ['credential.claim_malformed'], {credential: 'fail'}));

// In presentations. Nobody lists the holder; what is handed over counts.
const holder = 'login-p256';
const carried = (value, type = 'dc+sd-jwt') => ({'@context': 'https://www.w3.org/ns/credentials/v2', id: `data:application/${type},${value}`, type: 'EnvelopedVerifiableCredential'});
const vp = (...credentials) => ({'@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'], holder: didKey(holder), verifiableCredential: credentials});
const vpJwt = (...credentials) => compact({alg: 'ES256', typ: 'vp+jwt', cty: 'vp', kid: didKeyMethod(holder)}, vp(...credentials), holder);
const bundle = (id, about, make, headline, codes, options) => wallet(`vp-${id}`, about, make, ends.only(headline, codes), options);
bundle('good', 'a presentation of a wallet credential', async () => vpJwt(carried(await shown())), 'verified', []);
bundle('changed', 'a presentation of a wallet credential of which a part was changed', async () => {
  const all = parts(await shown());
  return vpJwt(carried(join({...all, disclosures: all.disclosures.map(d => b64(Buffer.from(d, 'base64url').toString().replace('Mara', 'Nora')))})));
}, 'refused', ['envelope.sd_disclosure_foreign']);
bundle('revoked', 'a presentation of a wallet credential that was withdrawn', async () => vpJwt(carried(await present(claims({status: {status_list: {idx: 1001, uri: 'https://university.example/status/wallet'}}}), {givenName: true}))), 'revoked', ['status.revoked'], on);
bundle('sd', 'a presentation that is an SD-JWT itself', async () => raw({...vp(carried(await shown())), _sd: ['$1']}, ['["s1","id","urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-6f1f0f6f2a09"]'], {key: holder, header: {typ: 'vp+sd-jwt', cty: 'vp', kid: didKeyMethod(holder)}}), 'verified', []);
bundle('sd-crossed', 'a presentation that says it is a credential', async () => raw(vp(carried(await shown())), [], {key: holder, header: {typ: 'vc+sd-jwt', cty: 'vc', kid: didKeyMethod(holder)}}), 'refused', ['proof.type_wrong']);
