// Changed after signing. Each file differs from a good one in one place.
import {badge, edc, plain2, university} from '../content.mjs';
import {didKey, didKeyMethod} from '../keys.mjs';
import {base64, thumbprint} from '../certificates.mjs';
import {b64, byHand, dataIntegrity, jwtBadge, seal} from '../sign.mjs';
import {ends, file, read, scenario, sealed} from '../registry.mjs';

const text = path => String(read(path));
const parse = path => JSON.parse(text(path));
const parts = path => text(path).trim().split('.');
const decode = part => JSON.parse(Buffer.from(part, 'base64url'));
const web = {network: 'web'};

// JWT with a did:key.
const jwt = 'credentials/vc-plus-jwt-es256.jwt';
const change = (path, {header = h => h, payload = p => p, signature = s => s}) => {
  const [h, p, s] = parts(path);
  const newHeader = header(decode(h)), newPayload = payload(decode(p));
  return [b64(JSON.stringify(newHeader)), b64(JSON.stringify(newPayload)), b64(signature(Buffer.from(s, 'base64url')))].join('.');
};
scenario('altered-payload', 'a name in the payload was changed', file('altered-payload.jwt', () => change(jwt, {payload: p => ({...p, credentialSubject: {...p.credentialSubject, name: 'Mara Lindquist'}})})), ends.altered());
scenario('altered-payload-bit', 'one bit of the payload was changed',
  file('altered-payload-bit.jwt', () => {
    const [h, p, s] = parts(jwt);
    const raw = Buffer.from(p, 'base64url');
    raw[raw.indexOf('Lindqvist')] ^= 1;
    return [h, b64(raw), s].join('.');
  }), ends.altered());
scenario('altered-header', 'a header member was added', file('altered-header.jwt', () => change(jwt, {header: h => ({...h, 'x-note': 'added'})})), ends.altered());
scenario('altered-signature', 'one bit of the signature was changed', file('altered-signature.jwt', () => change(jwt, {signature: s => (s[40] ^= 4, s)})), ends.altered());
scenario('altered-signature-short', 'the signature lacks its last byte', file('altered-signature-short.jwt', () => change(jwt, {signature: s => s.subarray(0, 63)})), ends.badSignature(['signature.malformed']));
scenario('altered-signature-long', 'the signature has a byte too many', file('altered-signature-long.jwt', () => change(jwt, {signature: s => Buffer.concat([s, Buffer.from([0])])})), ends.badSignature(['signature.malformed']));
scenario('altered-signature-der', 'an ECDSA signature in DER, which JOSE does not allow',
  file('altered-signature-der.jwt', () => change(jwt, {signature: s => {
    const integer = n => { while (n.length > 1 && n[0] === 0 && n[1] < 0x80) n = n.subarray(1); return Buffer.concat([Buffer.from([2, n.length + (n[0] >> 7)]), Buffer.alloc(n[0] >> 7), n]); };
    const both = Buffer.concat([integer(s.subarray(0, 32)), integer(s.subarray(32))]);
    return Buffer.concat([Buffer.from([0x30, both.length]), both]);
  }})), ends.badSignature(['signature.malformed']));
scenario('altered-signature-zero', 'an ECDSA signature of nothing but zeros (psychic signature)', file('altered-signature-zero.jwt', () => change(jwt, {signature: () => Buffer.alloc(64)})), ends.only('refused', [], {signature: 'fail', trust: 'skipped'}));
scenario('altered-signature-empty', 'the signature was taken off', file('altered-signature-empty.jwt', () => change(jwt, {signature: () => Buffer.alloc(0)})), ends.refusedProof(['proof.signature_empty']));
scenario('altered-eddsa', 'a payload changed under EdDSA', file('altered-eddsa.jwt', () => change('credentials/vc-plus-jwt-eddsa.jwt', {payload: p => ({...p, validUntil: '2099-01-01T00:00:00Z'})})), ends.altered());
scenario('altered-eddsa-order', 'an Ed25519 signature with the group order added to S', file('altered-eddsa-order.jwt', () => change('credentials/vc-plus-jwt-eddsa.jwt', {signature: s => {
  const order = (1n << 252n) + 27742317777372353535851937790883648493n;
  let value = order + BigInt('0x' + Buffer.from(s.subarray(32)).reverse().toString('hex'));
  const out = Buffer.from(s);
  for (let i = 32; i < 64; i++, value >>= 8n) out[i] = Number(value & 255n);
  return out;
}})), ends.altered());
scenario('altered-rsa', 'a payload changed under RS256', file('altered-rsa.jwt', () => change('credentials/vc-jwt-rs256.jwt', {payload: p => ({...p, vc: {...p.vc, credentialSubject: {...p.vc.credentialSubject, name: 'Mara L.'}}})})), ends.altered());
scenario('altered-es256k', 'a payload changed under ES256K', file('altered-es256k.jwt', () => change('credentials/vc-jwt-es256k.jwt', {payload: p => ({...p, vc: {...p.vc, credentialSubject: {...p.vc.credentialSubject, name: 'Mara L.'}}})})), ends.altered());
scenario('rsa-other-padding', 'RS256 announced, RSASSA-PSS made',
  file('rsa-other-padding.jwt', () => byHand({alg: 'RS256', typ: 'vc+jwt', kid: didKeyMethod('university-rsa')}, plain2(didKey('university-rsa')), 'university-rsa', 'PS256')), ends.altered());
scenario('hash-of-other-length', 'RS512 announced, RS256 made',
  file('hash-of-other-length.jwt', () => byHand({alg: 'RS512', typ: 'vc+jwt', kid: didKeyMethod('university-rsa')}, plain2(didKey('university-rsa')), 'university-rsa', 'RS256')), ends.altered());
scenario('signature-of-other-credential', 'the signature of another credential by the same issuer', file('signature-of-other-credential.jwt', () => [...parts(jwt).slice(0, 2), parts('credentials/badge-jwt-root.jwt')[2]].join('.')), ends.altered());
scenario('key-swapped-did-key', 'the attacker put his own did:key into kid and left the rest', file('key-swapped-did-key.jwt', () => change(jwt, {header: h => ({...h, kid: didKeyMethod('attacker-p256')})})), ends.only('altered', ['signature.altered'], {signature: 'fail', trust: 'skipped'}));

// A key that was looked up: changed, or the key replaced.
scenario('altered-did-web', 'a payload changed, did:web', file('altered-did-web.jwt', () => change('credentials/did-web-ed25519.jwt', {payload: p => ({...p, validUntil: '2099-01-01T00:00:00Z'})})), ends.mismatch(), web);
scenario('altered-https', 'a payload changed, https issuer', file('altered-https.jwt', () => change('credentials/https-controller.jwt', {payload: p => ({...p, validUntil: '2099-01-01T00:00:00Z'})})), ends.mismatch(), web);
scenario('altered-did-web-badge', 'a badge changed, did:web', file('altered-did-web-badge.json', () => ({...parse('credentials/did-web-badge.json'), name: 'Doctor of Soil Science'})), ends.mismatch(), web);
scenario('altered-given', 'a payload changed, key handed in', 'credentials/altered-did-web.jwt', ends.mismatch({key: 'warn', issuer: undefined}), {offline: true, keys: ['keys/given/university-ed25519.json']});
scenario('altered-did-web-offline', 'a payload changed, but no key to tell', 'credentials/altered-did-web.jwt', ends.unknownKey(['key.offline']), {offline: true});
scenario('altered-header-key', 'a payload changed, key in the header', file('altered-header-key.jwt', () => change('credentials/header-key-listed.jwt', {payload: p => ({...p, name: 'Doctor of Soil Science'})})), ends.only('mismatch', ['signature.mismatch'], {signature: 'fail', trust: 'skipped'}), web);
scenario('altered-certificate-unbound', 'a badge with x5c alone, changed: the certificate could have been put there by anybody',
  file('altered-certificate-unbound.jwt', async () => {
    const signed = await jwtBadge(badge(didKey('university-rsa')), 'sealuniversity-rsa', {alg: 'RS256', kid: null, header: {x5c: [base64('university')]}});
    const [h, p, s] = signed.split('.');
    return [h, b64(JSON.stringify({...decode(p), name: 'Doctor of Soil Science'})), s].join('.');
  }), ends.only('mismatch', ['signature.mismatch'], {signature: 'fail', trust: 'skipped'}));

// Data Integrity.
const jcs = 'credentials/badge-eddsa-jcs.json';
scenario('altered-badge', 'the achievement\'s name was changed', file('altered-badge.json', () => {
  const document = parse(jcs);
  document.credentialSubject.achievement.name = 'Doctor of Soil Science';
  return document;
}), ends.altered());
scenario('altered-badge-added', 'a member was added', file('altered-badge-added.json', () => ({...parse(jcs), refreshService: {id: 'https://attacker.example/', type: '1EdTechCredentialRefresh'}})), ends.altered());
scenario('altered-badge-number', 'a number became text', file('altered-badge-number.json', () => {
  const document = parse(jcs);
  document.credentialSubject.achievement.creditsAvailable = '3';
  return document;
}), ends.altered());
scenario('altered-badge-normalised', 'a letter was written in another Unicode form', file('altered-badge-normalised.json', async () => {
  const signed = await dataIntegrity(badge(didKey('university-ed25519'), {name: 'Zertifikat für Böden'}), 'university-ed25519');
  return {...signed, name: signed.name.normalize('NFD')};
}), ends.altered());
scenario('altered-proof-created', 'the proof\'s own date was changed', file('altered-proof-created.json', () => {
  const document = parse(jcs);
  document.proof.created = '2020-01-10T09:00:00Z';
  return document;
}), ends.altered());
scenario('altered-proof-value', 'the proof value of another badge', file('altered-proof-value.json', () => {
  const document = parse(jcs);
  document.proof.proofValue = parse('credentials/proof-set-good.json').proof[1].proofValue;
  return document;
}), ends.altered());
scenario('altered-ecdsa-jcs', 'a P-384 badge was changed', file('altered-ecdsa-jcs.json', () => ({...parse('credentials/badge-ecdsa-jcs-p384.json'), name: 'Doctor of Soil Science'})), ends.altered());

// Seals: the certificate is bound by its digest.
const s = {...sealed};
const sealedFile = 'credentials/edc-seal.jsonld';
scenario('altered-seal', 'a name in the sealed payload was changed', file('altered-seal.jsonld', () => {
  const document = parse(sealedFile);
  document.payload = document.payload.replace('Lindqvist', 'Lindquist');
  return document;
}), ends.altered(s));
scenario('altered-seal-space', 'the payload was indented anew: a seal covers bytes', file('altered-seal-space.jsonld', () => {
  const document = parse(sealedFile);
  document.payload = JSON.stringify(JSON.parse(document.payload), null, 1);
  return document;
}), ends.altered(s));
scenario('seal-escapes', 'the envelope writes the same payload with other escapes: nothing was changed', file('seal-escapes.jsonld', () => {
  const {payload, signatures} = parse(sealedFile);
  return `{"signatures": ${JSON.stringify(signatures)}, "payload": ${JSON.stringify(payload).replace(/L/g, '\\u004c').replace(/\//g, '\\/')}}\n`;
}), ends.verified(['proof.jades'], s));
scenario('altered-seal-signature', 'one bit of the seal was changed', file('altered-seal-signature.jsonld', () => {
  const document = parse(sealedFile);
  const raw = Buffer.from(document.signatures[0].signature, 'base64url');
  raw[100] ^= 1;
  document.signatures[0].signature = b64(raw);
  return document;
}), ends.altered(s));
const reheader = (path, edit) => {
  const document = parse(path);
  document.signatures[0].protected = b64(JSON.stringify(edit(decode(document.signatures[0].protected))));
  return document;
};
scenario('altered-seal-time', 'the claimed sealing time was changed', file('altered-seal-time.jsonld', () => reheader(sealedFile, h => ({...h, sigT: '2025-01-10T09:00:00Z'}))), ends.altered(s));
scenario('seal-certificate-swapped', 'another certificate was put into x5c', file('seal-certificate-swapped.jsonld', () => reheader(sealedFile, h => ({...h, x5c: [base64('university-self')]}))), ends.refusedProof(['proof.seal_certificate_reference'], {schema: 'skipped'}));
scenario('seal-certificate-swapped-whole', 'certificate and digest were replaced, the seal was not', file('seal-certificate-swapped-whole.jsonld', () => reheader(sealedFile, h => ({...h, x5c: [base64('university-self')], 'x5t#S256': thumbprint('university-self')}))), ends.altered(s));
scenario('altered-seal-encoded', 'the header says that the payload is base64url, and it is not', file('altered-seal-encoded.jsonld', () => reheader(sealedFile, h => ({...h, b64: true}))), ends.only('refused', [], {trust: 'skipped'}));
