// Presentations: one entry for the presentation and one for each credential;
// the file's answer is the worst of them.
import {FAMOUS, badge, plain2, V1, V2} from '../content.mjs';
import {didKey, didKeyMethod} from '../keys.mjs';
import {b64, compact, dataIntegrity, jcsByHand} from '../sign.mjs';
import {ends, file, read, scenario} from '../registry.mjs';

const holder = 'holder-p256', p256 = 'university-p256', ed = 'university-ed25519';
const inner = path => String(read(`credentials/${path}`)).trim();
const vp1 = (credentials, key = holder, more = {}) => compact({alg: 'ES256', typ: 'JWT', kid: didKeyMethod(key)},
  {iss: didKey(key), aud: 'https://jobs.example', nonce: '7d1c', nbf: 1781000000, vp: {'@context': [V1], type: ['VerifiablePresentation'], holder: didKey(key), verifiableCredential: credentials}, ...more}, key);
const enveloped = jwt => ({'@context': V2, id: `data:application/vc+jwt,${jwt}`, type: 'EnvelopedVerifiableCredential'});
const vp2 = (credentials, key = holder) => compact({alg: 'ES256', typ: 'vp+jwt', cty: 'vp', kid: didKeyMethod(key)},
  {'@context': [V2], type: ['VerifiablePresentation'], holder: didKey(key), verifiableCredential: credentials}, key);
const only = (headline, codes = []) => ends.only(headline, codes);

// Nobody lists a holder, so the presentation's own entry is never better than
// unlisted; what it hands over counts.
scenario('vp-jwt', 'VP-JWT 1.1 with one good VC-JWT', file('vp-jwt.jwt', () => vp1([inner('vc-jwt-es256.jwt')])), only('verified'));
scenario('vp-plus-jwt', 'vp+jwt with one enveloped credential', file('vp-plus-jwt.jwt', () => vp2([enveloped(inner('vc-plus-jwt-es256.jwt'))])), only('verified'));
scenario('vp-altered-inner', 'a good presentation of an altered credential', file('vp-altered-inner.jwt', () => vp1([inner('altered-payload.jwt')])), only('altered', ['signature.altered']));
scenario('vp-wrong-key-inner', 'a good presentation of a credential by a stranger', file('vp-wrong-key-inner.jwt', () => vp2([enveloped(inner('foreign-did-key.jwt'))])), only('wrong_key', ['issuer.foreign_key']), {network: 'web'});
scenario('vp-two', 'one good credential and one that has expired', file('vp-two.jwt', () => vp1([inner('vc-jwt-es256.jwt'), inner('v1-expired.jwt')])), only('expired', ['validity.expired']));
scenario('vp-altered', 'the presentation itself was altered', file('vp-altered.jwt', async () => {
  const [h, p, s] = (await vp1([inner('vc-jwt-es256.jwt')])).split('.');
  const payload = JSON.parse(Buffer.from(p, 'base64url'));
  return [h, b64(JSON.stringify({...payload, aud: 'https://other.example'})), s].join('.');
}), only('altered'));
scenario('vp-unsigned-badge', 'a presentation that nobody signed, of a good badge', file('vp-unsigned-badge.json', async () => ({'@context': [V2], type: ['VerifiablePresentation'], verifiableCredential: [await dataIntegrity(badge(didKey(ed)), ed)]})), only('verified'));
scenario('vp-badge', 'a presentation with a proof for authentication, of a good badge', file('vp-badge.json', async () => {
  const document = {'@context': [V2], type: ['VerifiablePresentation'], holder: didKey('holder-ed25519'), verifiableCredential: [await dataIntegrity(badge(didKey(ed)), ed)]};
  return {...document, proof: jcsByHand(document, 'holder-ed25519', {proofPurpose: 'authentication', challenge: '7d1c', domain: 'jobs.example'})};
}), only('verified'));
scenario('vp-unsigned-inner', 'a signed presentation of somebody else\'s credential that nobody signed', file('vp-unsigned-inner.json', () => {
  const document = {'@context': [V2], type: ['VerifiablePresentation'], holder: didKey('holder-ed25519'), verifiableCredential: [plain2(didKey(ed))]};
  return {...document, proof: jcsByHand(document, 'holder-ed25519', {proofPurpose: 'authentication', challenge: '7d1c'})};
}), only('refused', ['credential.holder_malformed']));
scenario('vp-self-asserted', 'the holder\'s own unsigned statement in a signed presentation', file('vp-self-asserted.json', () => {
  const document = {'@context': [V2], type: ['VerifiablePresentation'], holder: didKey('holder-ed25519'), verifiableCredential: [plain2(didKey('holder-ed25519'))]};
  return {...document, proof: jcsByHand(document, 'holder-ed25519', {proofPurpose: 'authentication', challenge: '7d1c'})};
}), only('not_signed'));
scenario('vp-holder-differs', 'the presentation names another holder than the one who signed', file('vp-holder-differs.json', async () => {
  const document = {'@context': [V2], type: ['VerifiablePresentation'], holder: didKey('holder-ed25519'), verifiableCredential: [await dataIntegrity(badge(didKey(ed)), ed)]};
  return {...document, proof: jcsByHand(document, 'attacker-ed25519', {proofPurpose: 'authentication', challenge: '7d1c'})};
}), only('wrong_key'));
// No list's word on a signer covers claims that it only presents.
const both = (id, about, issuer, key, options) => scenario(id, about, file(`${id}.json`, () => {
  const document = {...badge(issuer), type: ['VerifiableCredential', 'OpenBadgeCredential', 'VerifiablePresentation'], holder: didKey(key)};
  return {...document, proof: jcsByHand(document, key, options)};
}), ends.only('unlisted', [], {signature: 'pass', trust: 'warn'}));
both('vp-also-credential', 'an attacker\'s presentation that is a credential as well, in the university\'s name', didKey(ed), 'attacker-ed25519', {proofPurpose: 'assertionMethod'});
const famous = {id: 'did:web:famous.example', type: ['Profile'], name: FAMOUS};
both('vp-also-credential-listed', 'the same by a listed holder, in the name of a famous university', famous, ed, {proofPurpose: 'assertionMethod'});
both('vp-also-credential-listed-login', 'the same with a proof for authentication', famous, ed, {proofPurpose: 'authentication', challenge: '1'});
scenario('vp-as-credential', 'a presentation offered with the type of a credential', file('vp-as-credential.jwt', () => compact({alg: 'ES256', typ: 'vc+jwt', kid: didKeyMethod(holder)}, {'@context': [V2], type: ['VerifiablePresentation'], holder: didKey(holder), verifiableCredential: []}, holder)), only('refused'));
scenario('vp-nested-deep', 'presentations in presentations in presentations', file('vp-nested-deep.jwt', async () => {
  let jwt = inner('vc-jwt-es256.jwt');
  for (let i = 0; i < 5; i++) jwt = await vp1([jwt]);
  return jwt;
}), only('refused', ['envelope.too_deep']));
scenario('vp-many', 'more credentials than one file may hold', file('vp-many.json', () => ({'@context': [V2], type: ['VerifiablePresentation'], verifiableCredential: Array.from({length: 201}, () => ({type: ['VerifiableCredential']}))})), only('refused', ['envelope.too_many_credentials']));
scenario('vp-number', 'a number where a credential should stand', file('vp-number.json', () => {
  const document = {'@context': [V2], type: ['VerifiablePresentation'], holder: didKey('holder-ed25519'), verifiableCredential: [7]};
  return {...document, proof: jcsByHand(document, 'holder-ed25519', {proofPurpose: 'authentication', challenge: '1'})};
}), only('refused', ['credential.nested_malformed']));
scenario('vp-without-holder', 'a signed presentation that names no holder', file('vp-without-holder.json', async () => {
  const document = {'@context': [V2], type: ['VerifiablePresentation'], verifiableCredential: [await dataIntegrity(badge(didKey(ed)), ed)]};
  return {...document, proof: jcsByHand(document, 'holder-ed25519', {proofPurpose: 'authentication', challenge: '1'})};
}), ends.only('verified', [], {}, undefined, [': presentation aside unlisted issuer.no_holder_named', '/verifiableCredential/0: part verified holder.presented']));
