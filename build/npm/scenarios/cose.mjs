// Credentials and presentations in CBOR (VC-JOSE-COSE 3.3): what the protected
// header must say, and what makes no difference.
import {der} from '../certificates.mjs';
import {V1, V2, WEB, badge, plain2} from '../content.mjs';
import {bytes, change, dataAddress, presentation, sign1} from '../cose.mjs';
import {didKey, didKeyMethod} from '../keys.mjs';
import {cwtToken} from '../lists.mjs';
import {compact, jwt2, seconds} from '../sign.mjs';
import {ends, file, network, scenario} from '../registry.mjs';
import {universityDocument} from './networks.mjs';

const p256 = 'university-p256', ed = 'university-ed25519', holder = 'holder-p256', attacker = 'attacker-p256';
const K = didKey(p256);
const seen = ['envelope.cose', 'credential.vcdm_2_0', 'proof.cose', 'signature.verified'];
const good = (codes = [], checks = {}) => ends.verified([...seen, ...codes], checks);
const cose = (id, about, make, end, options = {}) => scenario(`cose-${id}`, about, file(`cose-${id}.${options.ending ?? 'cose'}`, make), end, options);
const credential = (more, key = p256) => plain2(didKey(key), more);
const signed = (options, key = p256, more) => sign1(credential(more, key), key, options);

cose('good', 'vc+cose with ES256', () => signed(), good(['key.did_key', 'issuer.is_key', 'trust.listed', 'validity.in_force', 'status.none_published']));
cose('untagged', 'the same without the tag of COSE_Sign1', () => signed({untagged: true}), good());
cose('base64', 'the same pasted in base64', () => signed().toString('base64') + '\n', good(), {ending: 'txt'});
cose('base64url', 'the same pasted in base64url', () => signed().toString('base64url'), good(), {ending: 'txt'});
cose('hex', 'the same pasted in hexadecimal digits', () => signed().toString('hex').toUpperCase(), good(), {ending: 'txt'});
cose('address', 'the same in an address', () => dataAddress(signed()), good(['envelope.data_address']), {ending: 'txt'});
cose('enveloped', 'the same in an object that only holds it', () => ({'@context': V2, type: 'EnvelopedVerifiableCredential', id: dataAddress(signed())}), good(['envelope.data_address']), {ending: 'json'});
for (const [kind, alg] of [['p384', 'ES384'], ['p521', 'ES512'], ['secp256k1', 'ES256K'], ['rsa', 'PS256'], ['rsa', 'RS256'], ['ed25519', 'EdDSA']]) {
  cose(alg.toLowerCase(), `vc+cose with ${alg}`, () => signed({alg}, `university-${kind}`), good());
}
cose('ed25519', 'an algorithm by the number that names its curve (Ed25519)', () => signed({head: {1: -19}}, ed), good());
cose('esp256', 'an algorithm by the number that names its curve (ESP256)', () => signed({head: {1: -9}}), good());
cose('badge', 'an Open Badge in CBOR', () => sign1(badge(K), p256), ends.verified(['envelope.cose', 'credential.open_badge_3', 'proof.cose']));
cose('content-only', 'the type of the content says that it is a credential, as before RFC 9596', () => signed({head: {16: null}}), good());
cose('type-only', 'the type of the message alone', () => signed({head: {3: null}}), good());
cose('kid-text', 'the key is named by a text', () => signed({head: {4: didKeyMethod(p256)}}), good());
cose('kid-open', 'the key is named where nobody signs it', () => signed({head: {4: null}, open: {4: bytes(didKeyMethod(p256))}}), good());
cose('critical', 'what must be understood is understood', () => signed({head: {2: [1, 16]}}), good());
cose('web', 'issued by a did:web', () => sign1(plain2(WEB), p256, {head: {4: bytes(`${WEB}#p256`)}}), good(['key.did_document', 'issuer.lists_key']), {network: 'web'});
cose('certificate', 'a certificate that has the issuer\'s address', () => sign1(plain2('https://university.example'), 'sealuniversity-p256', {head: {4: null, 33: Uint8Array.from(der('did-web'))}}), good(['key.certificate', 'issuer.certificate_matches']));
cose('claims', 'claims in its header that say the same', () => signed({claims: {1: K, 2: 'did:example:mara', 4: seconds('2031-01-10T09:00:00Z'), 5: seconds('2026-01-10T09:00:00Z'), 7: bytes(credential().id)}}), good());
cose('claims-open', 'other claims where nobody signs them', () => signed({open: {15: new Map([[1, WEB]])}}), good());

// What is changed, or somebody else's.
cose('altered', 'the payload was changed', () => change(signed(), ([head, open, payload, value]) => [head, open, bytes(Buffer.from(payload).toString().replace('Mara', 'Nora')), value]), ends.altered());
cose('altered-header', 'the header was changed', () => change(signed({head: {'x-note': 'a'}}), ([head, ...rest]) => [bytes(Buffer.from(head).map((c, i, all) => i === all.lastIndexOf(0x61) ? 0x62 : c)), ...rest]), ends.altered());
cose('altered-signature', 'a bit of the signature was changed', () => change(signed(), parts => { parts[3][10] ^= 1; return parts; }), ends.altered());
cose('stranger', 'signed by a stranger in the university\'s name', () => sign1(plain2(K), attacker), ends.wrongKey(['signature.verified', 'issuer.foreign_key']));
cose('stranger-kid', 'signed by a stranger who names the university\'s key', () => sign1(plain2(K), attacker, {head: {4: bytes(didKeyMethod(p256))}}), ends.altered());
cose('stranger-web', 'the same with a key that is looked up', () => sign1(plain2(WEB), attacker, {head: {4: bytes(`${WEB}#p256`)}}), ends.mismatch(), {network: 'web'});
cose('claims-issuer', 'a claim in its header names another issuer', () => signed({claims: {1: WEB}}), ends.wrongKey(['issuer.claim_differs']));
cose('claims-id', 'a claim in its header is of another credential', () => signed({claims: {7: bytes('urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-6f1f0f6f2aff')}}), ends.only('refused', ['credential.claim_differs'], {credential: 'fail'}));
cose('claims-end', 'a claim in its header ends it sooner', () => signed({claims: {4: seconds('2026-02-01T00:00:00Z')}}), ends.expired(['validity.expired']));
cose('claims-end-point', 'an end in its header that readers could round', () => signed({claims: {4: 1770000000.5}}), ends.only('refused', ['credential.claim_malformed'], {credential: 'fail'}));
cose('expired', 'it has ended', () => signed({}, p256, {validUntil: '2026-02-01T00:00:00Z'}), ends.expired(['validity.expired']));
cose('claim-vc', 'another credential within it', () => sign1({...credential(), vc: plain2(WEB)}, p256), ends.only('refused', ['credential.vc_claim_forbidden'], {credential: 'fail'}));

// What it says of itself.
const refused = (id, about, make, ...codes) => cose(id, about, make, ends.refusedProof(codes));
refused('type', 'a message of another type', () => signed({head: {16: 'very/bad', 3: null}}), 'proof.type_wrong');
refused('type-content', 'content of another type', () => signed({head: {3: 'very/bad'}}), 'proof.content_type_wrong');
refused('type-none', 'it does not say what it is', () => signed({head: {16: null, 3: null}}), 'proof.type_wrong');
refused('type-open', 'it says what it is where nobody signs it', () => signed({head: {16: null, 3: null}, open: {16: 'application/vc+cose', 3: 'application/vc'}}), 'proof.type_wrong');
refused('type-vp', 'a credential that says it is a presentation', () => signed({head: presentation}), 'proof.type_wrong');
refused('type-jwt', 'a credential that says it is a token', () => signed({head: {16: 'vc+jwt', 3: null}}), 'proof.type_wrong');
refused('type-number', 'a type by a number', () => signed({head: {16: 18, 3: null}}), 'proof.type_wrong');
refused('algorithm-none', 'no algorithm', () => signed({head: {1: null}}), 'proof.algorithm_missing');
refused('algorithm-open', 'the algorithm stands where nobody signs it', () => signed({head: {1: null}, open: {1: -7}}), 'proof.algorithm_missing');
refused('algorithm-mac', 'an algorithm with a secret that both sides have', () => signed({head: {1: 5}}), 'proof.algorithm_symmetric');
refused('algorithm-other', 'an algorithm that is not known', () => signed({head: {1: -65535}}), 'proof.algorithm_unknown');
refused('critical-unknown', 'something must be understood that is not', () => signed({head: {2: [1000], 1000: 'x'}}), 'proof.crit_unknown');
refused('critical-open', 'what must be understood stands where nobody signs it', () => signed({open: {2: [16]}}), 'proof.crit_unprotected');
refused('critical-absent', 'something must be understood that is not there', () => signed({head: {2: [33]}}), 'proof.crit_absent');
refused('twice', 'a parameter in both headers', () => signed({open: {16: 'application/vp+cose'}}), 'proof.header_overlap');
cose('detached', 'without what was signed', () => sign1(null, p256, {signed: credential()}), ends.only('unreadable', ['proof.payload_detached'], {envelope: 'pass', credential: 'fail', proof: 'fail'}));
cose('cbor', 'what was signed is no JSON', () => sign1(Uint8Array.from([0xa1, 0x01, 0x02]), p256), ends.only('unreadable', ['credential.not_a_credential'], {envelope: 'pass', credential: 'fail'}));
cose('member-twice', 'a member twice', () => sign1(JSON.stringify(credential()).replace('{', '{"issuer":"did:example:1",'), p256), ends.refusedEnvelope('envelope.json_duplicate_key'));
cose('cut', 'cut off', () => signed().subarray(0, -9), ends.unreadable('envelope.cose_malformed'));
cose('second', 'a second one behind it', () => Buffer.concat([signed(), signed()]), ends.unreadable('envelope.cose_malformed'));
cose('several', 'with several signers (COSE_Sign)', () => Buffer.concat([Buffer.from([0xd8, 98]), signed({untagged: true})]), ends.unreadable('envelope.cbor'));
cose('other', 'something else that is signed in CBOR', () => signed({head: {16: 'application/eat+cwt', 3: null}, signed: Uint8Array.from([0xa0])}, p256).subarray(0, 5), ends.unreadable('envelope.cose_malformed'));

// Presentations.
const shown = (inner, options) => sign1({'@context': [V2], type: ['VerifiablePresentation'], holder: didKey(holder), verifiableCredential: inner}, holder, {head: presentation, ...options});
const held = (address, type = 'EnvelopedVerifiableCredential') => ({'@context': V2, type, id: address});
const vp = (id, about, make, headline, codes = [], options) => cose(`vp-${id}`, about, make, ends.only(headline, codes), options);
vp('good', 'vp+cose with a vc+cose', () => shown([held(dataAddress(signed()))]), 'verified', ['proof.cose']);
vp('jwt', 'vp+cose with a vc+jwt', async () => shown([held(`data:application/vc+jwt,${await jwt2(credential(), p256)}`)]), 'verified');
vp('in-jwt', 'vp+jwt with a vc+cose', () => compact({alg: 'ES256', typ: 'vp+jwt', kid: didKeyMethod(holder)}, {'@context': [V2], type: ['VerifiablePresentation'], holder: didKey(holder), verifiableCredential: [held(dataAddress(signed()))]}, holder), 'verified', [], {ending: 'jwt'});
vp('enveloped', 'vp+cose in an object that only holds it', () => held(dataAddress(shown([held(dataAddress(signed()))]), 'vp+cose'), 'EnvelopedVerifiablePresentation'), 'verified', [], {ending: 'json'});
vp('altered-inner', 'vp+cose with an altered vc+cose', () => shown([held(dataAddress(change(signed(), ([head, open, payload, value]) => [head, open, bytes(Buffer.from(payload).toString().replace('Mara', 'Nora')), value])))]), 'altered');
vp('as-vc', 'a presentation that says it is a credential', () => shown([held(dataAddress(signed()))], {head: {}}), 'refused', ['proof.type_wrong']);
vp('held-as-vc', 'a presentation held as a credential', () => held(dataAddress(shown([held(dataAddress(signed()))]), 'vp+cose')), 'refused', ['envelope.data_address_malformed'], {ending: 'json'});
vp('held-as-vc-type', 'a presentation held as a credential, under that type', () => held(dataAddress(shown([held(dataAddress(signed()))]))), 'refused', ['envelope.data_address_malformed'], {ending: 'json'});
vp('wrong-inner', 'a credential that is no credential', () => shown([held('bad-credential')]), 'refused', ['credential.nested_malformed']);

// A list of what was withdrawn is no credential, and a credential no list.
const listed = 'https://university.example/status/cose';
network('cose', {
  [listed]: {name: 'list.cwt', make: () => cwtToken(listed, p256), contentType: 'application/statuslist+cwt'},
  [`${listed}-vc`]: {name: 'vc.cose', make: () => sign1({...plain2(K), status_list: {bits: 1, lst: 'eNo'}}, p256), contentType: 'application/vc+cose'},
  'https://university.example/.well-known/did.json': {body: universityDocument()},
});
cose('list-as-credential', 'a list of what was withdrawn under the type of a credential', () => cwtToken(listed, p256, {type: 'application/vc+cose'}), ends.only('unreadable', ['credential.not_a_credential'], {envelope: 'pass', credential: 'fail'}));
cose('credential-as-list', 'a credential under the type of a list', () => signed({head: {16: 'application/statuslist+cwt', 3: null}}), ends.unreadable('envelope.cbor'));
const standing = (id, about, uri, end) => cose(`standing-${id}`, about, () => sign1({...credential(), '@context': [V2], status: {status_list: {idx: 4, uri}}}, p256), end, {network: 'cose'});
standing('good', 'its list is a token in CBOR', listed, good(['status.good'], {status: 'pass'}));
standing('other', 'the list is a credential in CBOR', `${listed}-vc`, ends.only('incomplete', [], {signature: 'pass', issuer: 'pass', status: 'unknown'}));
scenario('mdoc', 'a mobile document', file('mdoc.cbor', () => Buffer.from('a26a6e616d65537061636573a06a697373756572417574688443a10126a04040', 'hex')), ends.unreadable('envelope.mdoc'));
