// What people drop on the page by mistake: said what it is, never "forged".
import {deflateRawSync, gzipSync, crc32} from 'node:zlib';
import {badge, edc, plain2, profile, university} from '../content.mjs';
import {didKey, publicJwk, publicKey} from '../keys.mjs';
import {certificate} from '../certificates.mjs';
import {b64, dataIntegrity} from '../sign.mjs';
import {ends, file, read, scenario} from '../registry.mjs';

const ed = 'university-ed25519';
const wrong = (name, about, make, code) => scenario(`file-${name}`, about, file(`file-${name}`, make), ends.unreadable(...[code].flat()));

function crc(data) {
  if (crc32) return crc32(data);
  let c = ~0;
  for (const byte of data) {
    c ^= byte;
    for (let i = 0; i < 8; i++) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
  }
  return ~c >>> 0;
}
const be = n => Buffer.from([n >>> 24, n >>> 16 & 255, n >>> 8 & 255, n & 255]);
function png(...chunks) {
  const chunk = (type, data) => Buffer.concat([be(data.length), Buffer.from(type), data, be(crc(Buffer.concat([Buffer.from(type), data])))]);
  const pixel = Buffer.from('789c63606060000000040001', 'hex');
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex')), ...chunks.map(([t, d]) => chunk(t, d)), chunk('IDAT', pixel), chunk('IEND', Buffer.alloc(0))]);
}
function zip(name, content) {
  const raw = Buffer.from(content), data = deflateRawSync(raw), sum = Buffer.from(be(crc(raw))).reverse();
  const le = (n, width) => Buffer.from(Array.from({length: width}, (_, i) => n >>> 8 * i & 255));
  const common = Buffer.concat([le(20, 2), le(0, 2), le(8, 2), le(0, 4), sum, le(data.length, 4), le(raw.length, 4), le(name.length, 2), le(0, 2)]);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), data]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), le(20, 2), common, le(0, 2), le(0, 2), le(0, 2), le(0, 4), le(0, 4), Buffer.from(name)]);
  return Buffer.concat([local, central, Buffer.from('PK\x05\x06', 'latin1'), le(0, 4), le(1, 2), le(1, 2), le(central.length, 4), le(local.length, 4), le(0, 2)]);
}

wrong('print.pdf', 'a PDF print', () => '%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n', 'envelope.pdf');
wrong('picture.png', 'a picture', () => png(), 'envelope.png');
wrong('photo.jpg', 'a photograph', () => Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'), 'envelope.image');
wrong('picture.svg', 'a drawing', () => '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>alert(1)</script></svg>\n', 'envelope.svg');
wrong('archive.zip', 'an archive without a credential', () => zip('badge.json', '{}'), 'envelope.zip');
wrong('letter.docx', 'a word processor\'s document', () => zip('[Content_Types].xml', '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'), 'envelope.office');
wrong('compressed.gz', 'a compressed text', () => gzipSync('Congratulations!'), 'envelope.gzip');
wrong('data.xml', 'XML', () => '<?xml version="1.0" encoding="UTF-8"?>\n<record><name>Mara Lindqvist</name></record>\n', 'envelope.xml');
wrong('europass.xml', 'XML of Europass that is no credential', () => '<?xml version="1.0" encoding="UTF-8"?>\n<learningOpportunity xmlns="http://data.europa.eu/snb" id="urn:opportunity:1"><title/></learningOpportunity>\n', 'envelope.europass_xml');
wrong('list.xml', 'a list of supervised authorities', () => '<?xml version="1.0" encoding="UTF-8"?>\n<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"></TrustServiceStatusList>\n', 'envelope.trusted_list_xml');
wrong('page.html', 'a web page', () => '<!DOCTYPE html>\n<html lang="en"><title>Badge</title><p>Mara has earned a badge.</p></html>\n', 'envelope.html');
wrong('login.html', 'the page that asks to log in, saved instead of the credential', () => '<!doctype html><html><head><title>Log in</title></head><body><form action="/login" method="post"><input type="text" name="u"><input type="password" name="p"></form></body></html>', 'envelope.login_page');
wrong('sd-jwt.txt', 'an SD-JWT of which the end was lost', () => `${b64('{"alg":"ES256","typ":"dc+sd-jwt"}')}.${b64('{"vct":"urn:example:micro","iss":"https://university.example"}')}.${b64(Buffer.alloc(64, 7))}~${b64('["salt","given_name","Mara"]')}`, 'envelope.sd_malformed');
wrong('jwe.txt', 'something encrypted', () => [b64('{"alg":"ECDH-ES","enc":"A256GCM"}'), '', b64('123456789012'), b64('secret'), b64('1234567890123456')].join('.'), 'envelope.jwe');
wrong('utf16.json', 'a JSON file in UTF-16', () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('{"type":"VerifiableCredential"}', 'utf16le')]), 'envelope.utf16');
wrong('link.txt', 'a link', () => 'https://badges.example/4f2a\n', 'envelope.link');
wrong('mail.eml', 'an e-mail', () => 'Return-Path: <noreply@university.example>\r\nFrom: noreply@university.example\r\nTo: mara@mail.example\r\nSubject: Your credential\r\nDate: Mon, 15 Jun 2026 12:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nCongratulations!\r\n', 'envelope.email');
wrong('text.txt', 'plain text', () => 'Mara Lindqvist has completed the course Reading Soil Data.\n', 'envelope.text');
wrong('empty.json', 'an empty file', () => '', 'envelope.empty');
wrong('blank.json', 'nothing but white space', () => ' \n\t\n', 'envelope.empty');
wrong('key.pem', 'a key', () => publicKey(ed).export({type: 'spki', format: 'pem'}), 'envelope.key');
wrong('certificate.pem', 'a certificate', () => certificate('university').toString(), 'envelope.key');
wrong('key.json', 'a JWK', () => publicJwk(ed), []);
wrong('truncated.json', 'a badge of which the second half is missing', async () => { const text = JSON.stringify(await dataIntegrity(badge(didKey(ed)), ed)); return text.slice(0, text.length >> 1); }, 'envelope.json_truncated');
wrong('syntax.json', 'JSON with a comma too many', () => '{"type": ["VerifiableCredential",],}', 'envelope.json_syntax');
wrong('bytes.bin', 'bytes of no known kind', () => Buffer.from(Array.from({length: 64}, (_, i) => (i * 73 + 129) & 255)), 'envelope.unknown');
wrong('vp1.txt', 'the text of a VP1- code', () => 'VP1-B3ECEEAHIAAAHAQBCAJ4RCFBDCAPIFVX4VZ5JKDAEQ', 'envelope.vp_damaged');
wrong('cbor.bin', 'CBOR with its own tag before it', () => Buffer.from('d9d9f7a164747970657456657269666961626c6543726564656e7469616c', 'hex'), 'envelope.cbor');
wrong('two-dots.txt', 'three words with full stops between them', () => 'hello.there.world', []);

const model = (name, about, make, end) => scenario(`file-${name}`, about, file(`file-${name}`, make), end);
const notRead = (headline, code) => ends.only(headline, [code], {envelope: 'pass', credential: 'fail', trust: 'skipped'});
model('badge-2.json', 'a part of an Open Badge of version 2.0', () => ({'@context': 'https://w3id.org/openbadges/v2', id: 'https://university.example/badges/1', type: 'BadgeClass', name: 'Soil', issuer: 'https://university.example/issuers/1'}), notRead('unreadable', 'credential.badge_class'));
model('badge-profile.json', 'who gives badges, as Open Badges 2.0 has it', () => ({'@context': 'https://w3id.org/openbadges/v2', id: 'https://university.example/issuers/1', type: 'Profile', name: 'Westerlund University', url: 'https://university.example'}), notRead('unreadable', 'credential.badge_profile'));
model('badge-key.json', 'a key as Open Badges 2.0 has it', () => ({'@context': 'https://w3id.org/openbadges/v2', id: 'https://university.example/keys/1', type: 'CryptographicKey', owner: 'https://university.example/issuers/1'}), notRead('unreadable', 'credential.badge_part'));
model('draft.json', 'a European Digital Credential made ready, not sealed', () => ({credential: edc(), deliveryDetails: {deliveryAddress: ['mailto:mara@mail.example']}}), notRead('not_signed', 'credential.draft'));
model('other.json', 'a JSON file that is something else', () => ({name: 'package', version: '1.0.0'}), notRead('unreadable', 'credential.not_a_credential'));
model('array.json', 'a JSON array', () => [1, 2, 3], ends.only('unreadable', [], {trust: 'skipped'}));
model('number.json', 'a JSON number', () => '42', ends.only('unreadable', [], {trust: 'skipped'}));
model('unsigned-badge.json', 'an Open Badge that nobody signed', () => badge(didKey(ed)), ends.notSigned(['credential.open_badge_3', 'proof.none']));
model('unsigned-plain.json', 'a credential that nobody signed', () => plain2(didKey(ed)), ends.notSigned(['credential.vcdm_2_0', 'proof.none']));
model('unsigned-edc.jsonld', 'a European Digital Credential that nobody sealed', () => edc(university), ends.only('not_signed', [], {signature: 'skipped', trust: 'skipped'}));
model('unsigned-presentation.json', 'a presentation that nobody signed, of a credential that nobody signed', () => ({'@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'], verifiableCredential: [plain2(didKey(ed))]}), ends.only('not_signed'));
model('profile.json', 'an issuer\'s profile', () => ({'@context': ['https://www.w3.org/ns/credentials/v2'], ...profile('https://university.example/issuers/1')}), ends.only('unreadable', [], {trust: 'skipped'}));
