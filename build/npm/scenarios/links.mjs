// Links in the place of a file: what can be done is said, and nothing is asked.
// A credential that stands in a link is read from it.
import {deflateSync} from 'node:zlib';
import {badge, profile} from '../content.mjs';
import {didKey} from '../keys.mjs';
import {dataIntegrity} from '../sign.mjs';
import {ends, file, read, scenario} from '../registry.mjs';

const base45 = data => Array.from({length: data.length >> 1}, (_, i) => data[2 * i] * 256 + data[2 * i + 1])
  .map(n => [n % 45, Math.floor(n / 45) % 45, Math.floor(n / 2025)].map(d => '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'[d]).join('')).join('');

const link = (id, about, text, code) => scenario(`link-${id}`, about, file(`link-${id}.txt`, () => text), ends.unreadable(`envelope.${code}`));
link('europass', 'a Europass share link', 'https://europa.eu/europass/digital-credentials/viewer/#/shareview/aB3dE6gH9jK2mN5p\n', 'link_europass');
link('europass-own', 'a link into a Europass account', 'https://europa.eu/europass/digital-credentials/viewer/#/view/12345/67890', 'link_europass_own');
link('badge', 'a page that shows a badge', 'https://www.credly.com/badges/0c2f4c0e-8b62-4a5d-9a0e-3f1f6c1d2e3f', 'link_badge');
link('badge-alike', 'a page whose name only looks like one', 'https://www.evil-credly.com/badges/0c2f4c0e-8b62-4a5d-9a0e-3f1f6c1d2e3f', 'link');
link('moodle', 'a badge page of a learning platform', 'https://moodle.university.example/badges/badge.php?hash=0123456789abcdef', 'link_badge');
link('verifier', 'a link to another verifier, its address as it is', 'https://verifierplus.org/#verify?vc=https://issuer.example/vc?id=1&key=a+b&t=100%25', 'link_verifier');
link('verifier-stored', 'a page on which another verifier keeps it', 'https://verifierplus.org/credentials/0c2f4c0e-8b62-4a5d-9a0e-3f1f6c1d2e3f', 'link_verifier');
link('badgecheck', 'an old link to badgecheck', 'https://badgecheck.io/?url=https%3A%2F%2Fbadges.example%2F1&identity__email=mara%40example.org', 'link_verifier');
link('opencerts', 'an OpenCerts action', `https://opencerts.io/?q=${encodeURIComponent(JSON.stringify({type: 'DOCUMENT', payload: {uri: 'https://api.issuer.example/d/1'}}))}#${encodeURIComponent('{"key":"00ff"}')}`, 'link_opencerts');
link('storage', 'a shared file', 'https://drive.google.com/file/d/1AbCdEf/view?usp=sharing', 'link_storage');
link('profile', 'a page about a person', 'https://www.linkedin.com/in/mara-lindqvist/', 'link_profile');
link('wallet-offer', 'an offer to a wallet', 'openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fissuer.example%2F1', 'link_wallet');
link('wallet-request', 'a request to a wallet', 'openid4vp://?client_id=x509_san_dns%3Averifier.example&request_uri=https%3A%2F%2Fverifier.example%2F1', 'link_wallet');
link('did', 'an identifier', 'did:web:university.example', 'link_did');
link('health', 'the code of a vaccination', 'HC1:6BFOXN%TS3DH0YOJ58S S-W5HDC *M', 'code_health');
link('identity', 'a phone with an identity card', 'mdoc:owBjMS4wAYIB2BhYSw', 'code_identity');
link('packed', 'a packed code', base45(deflateSync(Buffer.from('{"credentialSubject":{"name":"Mara"},"type":"VerifiableCredential"}'))), 'code_packed');

const jwt = () => String(read('credentials/vc-plus-jwt-es256.jwt')).trim();
const signed = file('link-signed.json', () => dataIntegrity(badge(profile(didKey('university-ed25519')), {name: 'Reading 100 % & more + soil'}), 'university-ed25519'));
const document = () => JSON.stringify(JSON.parse(read(signed)));
const carries = {envelope: 'warn'};
const carried = (id, about, make, end, options) => scenario(`link-carries-${id}`, about, file(`link-carries-${id}.txt`, make), end, options);
carried('jwt', 'a JWT in a link', () => `https://checker.example/#verify?vc=${jwt()}`, ends.verified(['envelope.link_carries'], carries));
carried('raw', 'JSON in a link, as it is', () => `https://checker.example/?vc=${document()}`, ends.verified(['envelope.link_carries'], carries));
carried('component', 'JSON in a link, encoded', () => `https://checker.example/?vc=${encodeURIComponent(document())}`, ends.verified(['envelope.link_carries'], carries));
carried('uri', 'JSON in a link, encoded as an address', () => `https://checker.example/#vc=${encodeURI(document())}`, ends.verified(['envelope.link_carries'], carries));
carried('form', 'JSON in a link, encoded as a form', () => `https://checker.example/?${new URLSearchParams({vc: document(), lang: 'en'})}`, ends.verified(['envelope.link_carries'], carries));
carried('base64', 'JSON in a link, in base64url', () => `https://checker.example/#c=${Buffer.from(document()).toString('base64url')}`, ends.verified(['envelope.link_carries'], carries));
carried('famous', 'a credential by nobody known, behind a well-known address', () => `https://europa.eu/verify?vc=${jwt()}`, ends.only('unlisted', ['envelope.link_carries', 'trust.not_listed'], {envelope: 'warn', trust: 'warn'}), {trust: ['trust/other.json']});
carried('altered', 'a link in which a word was changed', () => `https://checker.example/?vc=${encodeURIComponent(document().replace('soil', 'soul'))}`, ends.altered(carries));
carried('cut', 'a link that was cut off', () => `https://checker.example/?vc=${encodeURIComponent(document()).slice(0, 600)}`, ends.unreadable('envelope.json_truncated'));

// Links and credentials in what somebody has written.
const credly = 'https://www.credly.com/badges/0c2f4c0e-8b62-4a5d-9a0e-3f1f6c1d2e3f';
const words = (id, about, make, end) => scenario(`link-in-${id}`, about, file(`link-in-${id}.txt`, make), end);
words('sentence', 'a link in a sentence', () => `Dear all,\n\nhere is my badge (${credly}). See also https://www.linkedin.com/in/mara-lindqvist/.\n\nMara\n`, ends.unreadable('envelope.from_text', 'envelope.link_badge'));
words('sentence-unknown', 'one link in a sentence, of no kind that is known', () => 'My certificate is here: https://certificates.example/4f2a', ends.unreadable('envelope.link'));
words('sentence-several', 'several links in a sentence, of no kind that is known', () => 'See https://a.example/1 or https://b.example/2', ends.unreadable('envelope.text'));
words('sentence-storage', 'one link to a shared file in a sentence', () => 'My certificate: https://drive.google.com/file/d/1AbCdEf/view?usp=sharing', ends.unreadable('envelope.link_storage'));
words('letter', 'a letter with two links: both are told', () => `1. ${credly}\n2. https://europa.eu/europass/digital-credentials/viewer/#/shareview/aB3dE6gH9jK2mN5p`, ends.only('unreadable', ['envelope.link_badge']));
words('sentence-token', 'a token in a sentence', () => `Here is my credential: ${jwt()}. Best, Mara`, ends.verified(['envelope.from_text', 'envelope.jws_compact'], carries));
words('sentence-object', 'a credential in the middle of a letter', () => `Hello,\n\n${document()}\n\nMara {she}`.replace(' {she}', ''), ends.verified(['envelope.from_text', 'envelope.json'], carries));
words('sentence-carries', 'a link that carries a credential, in a sentence', () => `Check it: https://checker.example/?vc=${encodeURIComponent(document())}, please.`, ends.verified(['envelope.from_text', 'envelope.link_carries'], carries));
words('sentence-altered', 'a token in a sentence, in which a letter was changed', () => `Here: ${jwt().replace(/\.(.{40})(.)/, (_, a, b) => `.${a}${b === 'A' ? 'B' : 'A'}`)} (mine)`, ends.only('unreadable', ['envelope.from_text']));

// A link on the desktop.
const desk = (name, about, text) => scenario(`link-file-${name.split('.')[1]}`, about, file(`link-file-${name}`, text), ends.unreadable('envelope.link_badge'));
desk('windows.url', 'a link that was dragged onto the desktop (Windows)', () => `[InternetShortcut]\r\nURL=${credly}\r\n`);
desk('linux.desktop', 'the same on Linux', () => `[Desktop Entry]\nEncoding=UTF-8\nType=Link\nName=Badge\nURL=${credly}\nIcon=text-html\n`);
desk('mac.webloc', 'the same on macOS', () => `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">\n<dict>\n\t<key>URL</key>\n\t<string>${credly}</string>\n</dict>\n</plist>\n`);
