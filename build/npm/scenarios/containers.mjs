// Files that hold credentials: PDF documents, ZIP archives, e-mails. They are
// made with writers of others; what no writer makes is cut and pasted from
// theirs.
import {createCipheriv, createDecipheriv, createHash} from 'node:crypto';
import {gzipSync} from 'node:zlib';
import {PDFDocument, PDFName} from 'pdf-lib';
import PDFKit from 'pdfkit';
import {Zip, ZipDeflate, strToU8, zipSync} from 'fflate';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import {badge} from '../content.mjs';
import {didKey} from '../keys.mjs';
import {dataIntegrity, jwtBadge} from '../sign.mjs';
import {ends, file, read, scenario} from '../registry.mjs';

const p256 = 'university-p256', ed = 'university-ed25519';
const json = async claims => JSON.stringify(await dataIntegrity(badge(didKey(ed), claims), ed));
const token = () => jwtBadge(badge(didKey(p256)), p256);
const altered = async () => (await json()).replace('Soil', 'Silk').replace('2026', '2025');
const expired = () => String(read('credentials/v1-expired.jwt'));
const logo = () => read('credentials/file-picture.png');

const made = (name, about, make, end, more) => scenario(`container-${name.split('.')[0]}`, about, file(`container-${name}`, make), end, more);
const unreadable = (...codes) => ends.unreadable(...codes);
const among = (headline, codes = []) => ends.only(headline, codes);

// PDF

async function withLib(attached, {streams = true, before = () => {}} = {}) {
  const pdf = await PDFDocument.create();
  pdf.addPage([200, 200]).drawText('Certificate', {x: 20, y: 100});
  for (const [name, content] of Object.entries(attached)) await pdf.attach(typeof content === 'string' ? strToU8(content) : content, name, {mimeType: 'application/json', creationDate: new Date(0), modificationDate: new Date(0)});
  await pdf.flush();
  before(pdf);
  return Buffer.from(await pdf.save({useObjectStreams: streams}));
}
const withKit = (draw, options = {}) => new Promise(done => {
  const pdf = new PDFKit(options), parts = [];
  pdf.on('data', part => parts.push(part));
  pdf.on('end', () => done(Buffer.concat(parts)));
  pdf.text('Certificate');
  draw(pdf);
  pdf.end();
});
const good = (...codes) => ends.verified(['trust.listed', 'envelope.attached_pdf', ...codes], {envelope: 'warn'});
const pages = 'What the pages show is signed by nobody.';

made('pdf.pdf', `an Open Badge attached to a PDF (pdf-lib: objects in streams). ${pages}`, async () => withLib({'diplôme.json': await json()}), good('envelope.json', 'proof.data_integrity'));
made('pdf-table.pdf', 'the same with a table of objects as in old documents', async () => withLib({'badge.json': await json()}, {streams: false}), good('envelope.json'));
made('pdf-kit.pdf', 'a token attached to a PDF by another writer (PDFKit)', async () => { const t = await token(); return withKit(pdf => pdf.file(Buffer.from(t), {name: 'badge.jwt'})); }, good('envelope.jws_compact'));
made('pdf-kit-13.pdf', 'the same as of 2000', async () => { const t = await token(); return withKit(pdf => pdf.file(Buffer.from(t), {name: 'badge.jwt'}), {pdfVersion: '1.3'}); }, good('envelope.jws_compact'));
made('pdf-pinned.pdf', 'a badge pinned to a page', async () => { const b = await json(); return withKit(pdf => pdf.fileAnnotation(100, 100, 20, 20, {src: Buffer.from(b), name: 'badge.json'})); }, good('envelope.json'));
made('pdf-associated.pdf', 'a badge that the document is associated with, and no name for it (PDF 2.0)', async () => withLib({'badge.json': await json()}, {before: pdf => pdf.catalog.delete(PDFName.of('Names'))}), good('envelope.json'));
made('pdf-picture.pdf', 'a baked badge attached to a PDF', async () => withLib({'badge.png': read('credentials/picture-json.png')}), good('envelope.baked_png', 'envelope.picture_unsigned'));
made('pdf-besides.pdf', 'a badge and a logo: the logo is left aside', async () => withLib({'logo.png': logo(), 'badge.json': await json()}), good('envelope.json'));
made('pdf-altered.pdf', 'an altered badge attached to a PDF', async () => withLib({'badge.json': await altered()}), ends.altered({envelope: 'warn'}));
made('pdf-two.pdf', 'two credentials, one of them expired: both are listed', async () => withLib({'new.json': await json(), 'old.jwt': expired()}), among('expired', ['envelope.attached_pdf', 'validity.expired']));
made('pdf-nothing.pdf', 'a print', () => withKit(() => {}), unreadable('envelope.pdf'));
made('pdf-logo.pdf', 'a print with a logo attached', () => withLib({'logo.png': logo()}), unreadable('envelope.pdf'));
made('pdf-sealed.pdf', 'a print with a signature of its own, which is not what is checked here', () => withLib({}, {before: pdf => {
  pdf.catalog.set(PDFName.of('AcroForm'), pdf.context.obj({SigFlags: 3, Fields: [{FT: 'Sig', V: {Type: 'Sig'}}]}));
}}), unreadable('envelope.pdf', 'envelope.pdf_signed'));
made('pdf-password.pdf', 'a document with a password', async () => { const b = await json(); return withKit(pdf => pdf.file(Buffer.from(b), {name: 'badge.json'}), {userPassword: 'secret', pdfVersion: '1.7'}); }, unreadable('envelope.password'));
const locked = async (pdfVersion, more = {}) => { const b = await json(); return withKit(pdf => pdf.file(Buffer.from(b), {name: 'diplôme.json'}), {ownerPassword: 'secret', permissions: {printing: 'highResolution'}, pdfVersion, ...more}); };
made('pdf-locked.pdf', 'a document that opens without a password and is protected against changes (RC4, 40 bits)', () => locked('1.3'), good('envelope.json'));
made('pdf-locked-128.pdf', 'the same (RC4, 128 bits)', () => locked('1.4'), good('envelope.json'));
made('pdf-locked-aes.pdf', 'the same (AES, 128 bits)', () => locked('1.7'), good('envelope.json'));
made('pdf-locked-aes-256.pdf', 'the same (AES, 256 bits, as of 2008)', () => locked('1.7ext3'), good('envelope.json'));
made('pdf-locked-newest.pdf', 'the same (AES, 256 bits, PDF 2.0)', async () => newest(await locked('1.7ext3')), good('envelope.json'));
made('pdf-locked-altered.pdf', 'such a document with an altered badge', async () => { const b = await altered(); return withKit(pdf => pdf.file(Buffer.from(b), {name: 'badge.json'}), {ownerPassword: 'secret', pdfVersion: '1.7'}); }, ends.altered({envelope: 'warn'}));
made('pdf-locked-truncated.pdf', 'such a document without its second half', async () => { const whole = await locked('1.7'); return whole.subarray(0, whole.length / 2); }, unreadable('envelope.pdf_damaged'));

made('pdf-locked-streams.pdf', 'a document whose objects lie in encrypted streams, as programs that protect finished documents write it', async () => within(await withLib({'diplôme.json': await json()})), good('envelope.json'));

// within encrypts the streams of a document with objects in streams (RC4, 128
// bits, revision 3), so that nothing in it moves but its end.
function within(whole) {
  const md5 = data => createHash('md5').update(data).digest();
  const rc4 = (key, data) => {
    const s = Uint8Array.from({length: 256}, (_, i) => i), out = Buffer.from(data);
    for (let i = 0, j = 0; i < 256; i += 1) { j = (j + s[i] + key[i % key.length]) & 255; [s[i], s[j]] = [s[j], s[i]]; }
    for (let at = 0, i = 0, j = 0; at < out.length; at += 1) { i = (i + 1) & 255; j = (j + s[i]) & 255; [s[i], s[j]] = [s[j], s[i]]; out[at] ^= s[(s[i] + s[j]) & 255]; }
    return out;
  };
  const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex'), owner = Buffer.alloc(32, 7), id = Buffer.alloc(16, 9), permissions = -3904;
  const p = Buffer.alloc(4);
  p.writeInt32LE(permissions);
  let key = md5(Buffer.concat([padding, owner, p, id]));
  for (let i = 0; i < 50; i += 1) key = md5(key);
  let user = md5(Buffer.concat([padding, id]));
  for (let i = 0; i < 20; i += 1) user = rc4(key.map(byte => byte ^ i), user);
  const out = Buffer.from(whole), text = whole.toString('latin1'), streams = /(\d+) 0 obj\n(<<[^]*?>>)\nstream\n/g;
  let end = whole;
  for (let found; (found = streams.exec(text));) {
    const start = streams.lastIndex, length = Number(/\/Length (\d+)/.exec(found[2])[1]), number = Number(found[1]);
    streams.lastIndex = start + length;
    if (found[2].includes('/XRef')) {
      const at = found.index + found[0].indexOf('<<') + 2, encrypt = ` /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P ${permissions} /O <${owner.toString('hex')}> /U <${user.toString('hex')}${'00'.repeat(16)}> >> /ID [<${id.toString('hex')}> <${id.toString('hex')}>] `;
      end = Buffer.concat([out.subarray(0, at), Buffer.from(encrypt), out.subarray(at)]);
    } else rc4(md5(Buffer.concat([key, Buffer.from([number & 255, number >> 8 & 255, 0, 0, 0])])), whole.subarray(start, start + length)).copy(out, start);
  }
  return end;
}

// newest wraps the key of a document of revision 5 as revision 6 has it (ISO
// 32000-2, algorithms 2.B and 8), for the same empty password.
function newest(whole) {
  const text = whole.toString('latin1'), [, id] = /\/Encrypt (\d+) 0 R/.exec(text), [, last] = /startxref\s+(\d+)/.exec(text), [, root] = /\/Root (\d+) 0 R/.exec(text), [, info] = /\/ID (\[[^\]]*\])/s.exec(text) ?? [, '[<00><00>]'];
  const object = text.slice(text.indexOf(`\n${id} 0 obj`)), body = object.slice(0, object.indexOf('endobj'));
  const value = name => Buffer.from(new RegExp(`/${name} <([0-9a-fA-F]+)>`).exec(body)[1], 'hex');
  const aes = (make, key, data) => { const c = make('aes-256-cbc', key, Buffer.alloc(16)).setAutoPadding(false); return Buffer.concat([c.update(data), c.final()]); };
  const key = aes(createDecipheriv, createHash('sha256').update(value('U').subarray(40, 48)).digest(), value('UE'));
  const salts = Buffer.from('0123456789abcdef0f1e2d3c4b5a6978', 'hex');
  const user = Buffer.concat([hardened(salts.subarray(0, 8)), salts]), wrapped = aes(createCipheriv, hardened(salts.subarray(8)), key);
  const changed = body.slice(1).replace('/R 5', '/R 6').replace(/\/U <[0-9a-fA-F]+>/, `/U <${user.toString('hex')}>`).replace(/\/UE <[0-9a-fA-F]+>/, `/UE <${wrapped.toString('hex')}>`) + 'endobj\n';
  const table = `xref\n${id} 1\n${String(whole.length).padStart(10, '0')} 00000 n\r\ntrailer\n<< /Root ${root} 0 R /Encrypt ${id} 0 R /ID ${info} /Size 40 /Prev ${last} >>\nstartxref\n${whole.length + changed.length}\n%%EOF\n`;
  return Buffer.concat([whole, Buffer.from(changed, 'latin1'), Buffer.from(table, 'latin1')]);
}
function hardened(salt) {
  let k = createHash('sha256').update(salt).digest();
  for (let round = 1; ; round += 1) {
    const cipher = createCipheriv('aes-128-cbc', k.subarray(0, 16), k.subarray(16, 32)).setAutoPadding(false);
    const e = Buffer.concat([cipher.update(Buffer.concat(Array(64).fill(k))), cipher.final()]);
    k = createHash(['sha256', 'sha384', 'sha512'][Number(BigInt(`0x${e.subarray(0, 16).toString('hex')}`) % 3n)]).update(e).digest();
    if (round >= 64 && e.at(-1) <= round - 32) return k.subarray(0, 32);
  }
}

made('pdf-truncated.pdf', 'a document without its second half', async () => { const whole = await withLib({'badge.json': await json()}, {streams: false}); return whole.subarray(0, whole.length / 2); }, unreadable('envelope.pdf_damaged'));
made('pdf-cut.pdf', 'a document whose table at the end is missing: searched through, with a remark', async () => { const whole = await withLib({'badge.json': await json()}, {streams: false}); return whole.subarray(0, whole.lastIndexOf('xref\n0 ')); }, good('envelope.pdf_repaired'));
made('pdf-broken-part.pdf', 'an attachment with a byte changed in its packing', async () => {
  const whole = await withLib({'badge.json': await json()}, {streams: false});
  const at = whole.indexOf('stream', whole.indexOf('/Type /EmbeddedFile\n')) + 200;
  whole[at] ^= 0x55;
  return whole;
}, unreadable('envelope.part_damaged'));
made('pdf-json-truncated.pdf', 'an attachment that breaks off', async () => withLib({'badge.json': (await json()).slice(0, 700)}), unreadable('envelope.json_truncated'));
made('pdf-bomb.pdf', 'an attachment that becomes a hundred megabytes (T12)', async () => withLib({'badge.json': Buffer.alloc(100 << 20)}), unreadable('envelope.unpacked_too_large'));
made('pdf-deleted.pdf', 'a badge that an update of the document has taken away', async () => {
  const whole = await withLib({'badge.json': await json()}, {streams: false});
  const [, root] = /\/Root (\d+) 0 R/.exec(whole.toString('latin1'));
  const catalog = `${root} 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n`;
  const [, last] = /startxref\s+(\d+)/.exec(whole.toString('latin1'));
  const table = `xref\n${root} 1\n${String(whole.length).padStart(10, '0')} 00000 n\r\ntrailer\n<< /Root ${root} 0 R /Size 20 /Prev ${last} >>\nstartxref\n${whole.length + catalog.length}\n%%EOF\n`;
  return Buffer.concat([whole, Buffer.from(catalog + table)]);
}, unreadable('envelope.pdf'));
made('pdf-before.pdf', 'a document after some bytes that a mail program left', async () => Buffer.concat([Buffer.from('\r\n\r\nContent follows\r\n'), await withLib({'badge.json': await json()})]), good('envelope.json'));
made('pdf-zip.pdf', 'a PDF and an archive in one file: two programs find two different credentials (T34)', async () => {
  const pdf = await withLib({'badge.json': await json()});
  return Buffer.concat([pdf, shifted(zipSync({'other.json': strToU8(await json({name: 'Another'}))}), pdf.length)]);
}, ends.only('refused', ['envelope.ambiguous'], {envelope: 'fail'}));

// Where a document leads, and what is said about it.
const credly = 'https://www.credly.com/badges/0c2f4c0e-8b62-4a5d-9a0e-3f1f6c1d2e3f';
const linked = (...to) => withKit(pdf => to.forEach((address, i) => pdf.text('See', 20, 40 * i, {link: address})));
made('pdf-link.pdf', 'a print with a link to a badge page, and one to a website', () => linked(credly, 'https://university.example/'), unreadable('envelope.in_pdf', 'envelope.link_badge'));
made('pdf-links.pdf', 'a list of achievements with links to two of them', () => linked(credly, credly, 'https://europa.eu/europass/digital-credentials/viewer/#/shareview/aB3dE6gH9jK2mN5p'), among('unreadable', ['envelope.in_pdf', 'envelope.link_badge']));
made('pdf-link-besides.pdf', 'a badge attached to a document with a link: the badge is what counts', async () => { const b = await json(); return withKit(pdf => { pdf.text('See', {link: credly}); pdf.file(Buffer.from(b), {name: 'badge.json'}); }); }, good('envelope.json'));
made('pdf-link-carries.pdf', 'a link that carries a credential', async () => linked(`https://checker.example/?vc=${await token()}`), ends.verified(['envelope.in_pdf', 'envelope.link_carries'], {envelope: 'warn'}));
made('pdf-link-locked.pdf', 'a link in an encrypted document', () => withKit(pdf => pdf.text('See', {link: credly}), {ownerPassword: 'secret', pdfVersion: '1.7'}), unreadable('envelope.in_pdf', 'envelope.link_badge'));
made('pdf-property.pdf', 'a token among the properties of a document', async () => { const t = await token(); return withLib({}, {before: pdf => pdf.setSubject(t)}); }, ends.verified(['envelope.in_pdf', 'envelope.jws_compact'], {envelope: 'warn'}));
made('pdf-metadata.pdf', 'a badge in the metadata of a document', async () => {
  const b = await json(), xml = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:b="https://badges.example/ns#"><b:credential>${b.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')}</b:credential></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
  return withLib({}, {before: pdf => pdf.catalog.set(PDFName.of('Metadata'), pdf.context.register(pdf.context.stream(xml, {Type: 'Metadata', Subtype: 'XML'})))});
}, ends.verified(['envelope.in_pdf', 'envelope.json'], {envelope: 'warn'}));

// ZIP

const zipped = files => Buffer.from(zipSync(files, {mtime: new Date('2026-01-10T12:00:00')}));
const inZip = (...codes) => ends.verified(['envelope.from_zip', ...codes]);

// shifted is an archive as it has to be behind so many other bytes.
function shifted(archive, by) {
  const out = Buffer.from(archive), end = out.length - 22;
  let at = out.readUInt32LE(end + 16);
  out.writeUInt32LE(at + by, end + 16);
  for (; at < end; at += 46 + out.readUInt16LE(at + 28) + out.readUInt16LE(at + 30) + out.readUInt16LE(at + 32)) out.writeUInt32LE(out.readUInt32LE(at + 42) + by, at + 42);
  return out;
}
// sized has the only file of an archive say that it unpacks to another size.
function sized(archive, size) {
  const out = Buffer.from(archive), directory = out.readUInt32LE(out.length - 6);
  out.writeUInt32LE(size, 22);
  out.writeUInt32LE(size, directory + 24);
  return out;
}

made('zip.zip', 'one badge in an archive', async () => zipped({'badge.json': strToU8(await json())}), inZip('envelope.json'));
made('zip-many.zip', 'a badge, a token, a readme, a logo, a print, folders and what a computer adds: those that are no credentials are left aside', async () => zipped({
  'Zeugnisse/': new Uint8Array(), 'Zeugnisse/Böden.json': strToU8(await json()), 'Zeugnisse/badge.jwt': strToU8(await token()), 'README.txt': strToU8('Here they are.'),
  'logo.png': logo(), 'print.pdf': await withKit(() => {}), '__MACOSX/._README.txt': strToU8('\0\x05\x16\x07\0\x02'), 'Zeugnisse/.DS_Store': strToU8('x'), 'Thumbs.db': strToU8('x'),
}), inZip());
made('zip-streamed.zip', 'an archive in which each file is followed by its size', async () => {
  const parts = [], zip = new Zip((_, part) => parts.push(part));
  const one = new ZipDeflate('badge.json');
  zip.add(one);
  one.push(strToU8(await json()), true);
  zip.end();
  return Buffer.concat(parts);
}, inZip('envelope.json'));
made('zip-altered.zip', 'an altered badge among good ones', async () => zipped({'1.json': strToU8(await json()), '2.json': strToU8(await altered()), '3.jwt': strToU8(await token())}), ends.altered({}));
made('zip-truncated-one.zip', 'a good badge and one that breaks off: that one counts', async () => zipped({'1.json': strToU8(await json()), '2.json': strToU8((await json()).slice(0, 500))}), unreadable('envelope.from_zip', 'envelope.json_truncated'));
made('zip-pdf.zip', 'a badge that is attached to a PDF in an archive', async () => zipped({'certificate.pdf': await withLib({'badge.json': await json()})}), good('envelope.from_zip', 'envelope.json'));
made('zip-nested.zip', 'an archive in an archive', async () => zipped({'inner.zip': zipped({'badge.json': strToU8(await json())})}), inZip('envelope.json'));
made('zip-deep.zip', 'archives in archives, deeper than anybody packs', async () => {
  let packed = zipped({'badge.json': strToU8(await json())});
  for (let i = 0; i < 6; i += 1) packed = zipped({'inner.zip': packed});
  return packed;
}, ends.only('refused', ['envelope.too_deep'], {envelope: 'fail'}));
made('zip-names.zip', 'names that lead elsewhere are labels only', async () => zipped({'../../etc/passwd.json': strToU8(await json())}), inZip('envelope.json'));
made('zip-nothing.zip', 'an archive of a readme and a logo', () => zipped({'README.txt': strToU8('Nothing here.'), 'logo.png': logo()}), unreadable('envelope.zip'));
made('zip-added.zip', 'an archive of what a computer adds', () => zipped({'__MACOSX/._badge.json': strToU8('\0\x05\x16\x07'), '.DS_Store': strToU8('x')}), unreadable('envelope.zip'));
made('zip-empty.zip', 'an empty archive', () => zipped({}), unreadable('envelope.zip'));
made('zip-truncated.zip', 'an archive without its end', async () => { const whole = zipped({'badge.json': strToU8(await json())}); return whole.subarray(0, whole.length - 60); }, unreadable('envelope.zip_damaged'));
made('zip-broken.zip', 'an archive with a byte changed in a file', async () => { const whole = zipped({'badge.json': strToU8(await json())}); whole[300] ^= 0x20; return whole; }, unreadable('envelope.part_damaged'));
made('zip-bomb.zip', 'an archive that becomes a hundred megabytes (T12)', () => zipped({'a.json': new Uint8Array(50 << 20), 'b.json': new Uint8Array(50 << 20)}), unreadable('envelope.unpacked_too_large'));
made('zip-bomb-lies.zip', 'an archive that says it has ten bytes, and becomes fifty megabytes', () => sized(zipped({'a.json': new Uint8Array(50 << 20)}), 10), unreadable('envelope.part_damaged'));
made('zip-overlap.zip', 'an archive whose directory names one file twice, as bombs without nesting do', async () => {
  const whole = zipped({'badge.json': strToU8(await json())}), end = whole.length - 22, directory = whole.readUInt32LE(end + 16);
  const entry = whole.subarray(directory, end), last = Buffer.from(whole.subarray(end));
  last.writeUInt16LE(2, 8); last.writeUInt16LE(2, 10); last.writeUInt32LE(2 * entry.length, 12);
  return Buffer.concat([whole.subarray(0, end), entry, last]);
}, ends.only('refused', ['envelope.ambiguous'], {envelope: 'fail'}));
made('zip-hidden.zip', 'an archive with a file in it that its directory does not name (T34)', async () => {
  const hidden = zipped({'hidden.json': strToU8(await json())}), before = hidden.subarray(0, hidden.readUInt32LE(hidden.length - 6));
  return Buffer.concat([before, shifted(zipped({'badge.json': strToU8(await json())}), before.length)]);
}, ends.only('refused', ['envelope.ambiguous'], {envelope: 'fail'}));
made('zip-two-names.zip', 'an archive that names a file in two ways', async () => { const whole = zipped({'badge.json': strToU8(await json())}); whole[30] ^= 0x20; return whole; }, ends.only('refused', ['envelope.ambiguous'], {envelope: 'fail'}));
made('zip-password.zip', 'an archive with a password', async () => { const whole = zipped({'badge.json': strToU8(await json())}); whole[6] |= 1; whole[whole.readUInt32LE(whole.length - 6) + 8] |= 1; return whole; }, unreadable('envelope.password'));
made('zip-png.png', 'a picture with an archive after its end: a picture is what it is', async () => { const picture = logo(); return Buffer.concat([picture, shifted(zipped({'badge.json': strToU8(await json())}), picture.length)]); }, unreadable('envelope.png'));
made('zip-many-files.zip', 'an archive of more files than are looked at', () => zipped(Object.fromEntries(Array.from({length: 501}, (_, i) => [`${i}.txt`, strToU8(String(i))]))), unreadable('envelope.too_many_parts'));

// E-mail

const mail = (attachments, more = {}) => new MailComposer({
  from: 'noreply@university.example', to: 'mara@mail.example', subject: 'Your credential', date: new Date('2026-06-15T12:00:00Z'), messageId: '<1@university.example>',
  text: 'Congratulations!', html: '<p>Congratulations!</p>', attachments, ...more,
}).compile().build();
const inMail = (...codes) => ends.verified(['envelope.from_mail', ...codes]);

made('mail.eml', 'a badge attached to an e-mail', async () => mail([{filename: 'diplôme für Mara.json', content: await json()}]), inMail('envelope.json'));
made('mail-quoted.eml', 'a badge in quoted-printable', async () => mail([{filename: 'badge.json', content: await json(), contentTransferEncoding: 'quoted-printable'}]), inMail('envelope.json'));
made('mail-besides.eml', 'a badge beside a logo and a print', async () => mail([{filename: 'logo.png', content: logo(), cid: 'logo'}, {filename: 'badge.jwt', content: await token()}, {filename: 'print.pdf', content: await withKit(() => {})}]), inMail('envelope.jws_compact'));
made('mail-two.eml', 'two badges, one of them altered', async () => mail([{filename: 'a.json', content: await json()}, {filename: 'b.json', content: await altered()}]), ends.altered({}));
made('mail-forwarded.eml', 'a message that was forwarded as it was', async () => mail([{filename: 'message.eml', contentType: 'message/rfc822', content: await mail([{filename: 'badge.json', content: await json()}])}]), inMail('envelope.json'));
made('mail-zip.eml', 'an archive attached to an e-mail', async () => mail([{filename: 'all.zip', content: zipped({'badge.json': strToU8(await json())})}]), inMail('envelope.from_zip'));
made('mail-pasted.eml', 'a token as the text of an e-mail', async () => mail([], {text: await token(), html: undefined}), inMail('envelope.jws_compact'));
made('mail-truncated.eml', 'an e-mail that breaks off', async () => { const whole = await mail([{filename: 'badge.json', content: await json()}]); return whole.subarray(0, whole.length - 801); }, unreadable('envelope.from_mail', 'envelope.json_truncated'));
made('mail-bomb.eml', 'an archive that becomes a hundred megabytes, attached to an e-mail', async () => mail([{filename: 'all.zip', content: zipped({'a.json': new Uint8Array(100 << 20)})}]), unreadable('envelope.unpacked_too_large'));
made('mail-nothing.eml', 'an e-mail with a logo', async () => mail([{filename: 'logo.png', content: logo()}]), unreadable('envelope.email'));
made('mailbox.eml', 'a mailbox', async () => Buffer.concat([Buffer.from('From noreply@university.example Mon Jun 15 12:00:00 2026\n'), await mail([{filename: 'badge.json', content: await json()}])]), unreadable('envelope.mailbox'));
made('mail-link.eml', 'an e-mail with a link to a badge page, in both of its forms, and with a logo', async () => mail([{filename: 'logo.png', content: logo()}], {text: `See it at ${credly}.`, html: `<p>See <a href="${credly}?utm_source=mail&amp;utm_campaign=x">it</a></p><img src="https://cdn.university.example/pixel.gif">`}), unreadable('envelope.from_text', 'envelope.link_badge'));
made('mail-link-besides.eml', 'an e-mail with a badge and a link to its page: the badge is what counts', async () => mail([{filename: 'badge.json', content: await json()}], {text: `See it at ${credly}.`}), inMail('envelope.json'));
made('mail-link-zip.zip', 'such a message in an archive', async () => zipped({'message.eml': await mail([], {text: `See it at ${credly}.`})}), unreadable('envelope.from_zip', 'envelope.from_text', 'envelope.link_badge'));

made('zip-text.zip', 'a readme in an archive, with a link to a badge page and nothing else', () => zipped({'README.txt': strToU8(`See ${credly}`)}), unreadable('envelope.from_zip', 'envelope.from_text', 'envelope.link_badge'));

// What is packed alone

made('gzip.json.gz', 'a badge that gzip has packed', async () => gzipSync(await json()), ends.verified(['envelope.from_gzip', 'envelope.json']));
made('gzip-truncated.json.gz', 'a packed badge that breaks off', async () => gzipSync(await json()).subarray(0, 300), unreadable('envelope.gzip'));
made('gzip-two.json.gz', 'two badges packed one after the other', async () => Buffer.concat([gzipSync(await json()), gzipSync(await json())]), unreadable('envelope.gzip'));
made('gzip-bomb.gz', 'what becomes two hundred megabytes', () => gzipSync(Buffer.alloc(200 << 20)), unreadable('envelope.unpacked_too_large'));
// taped is an archive of entries {name, content, kind, size}, as POSIX has it.
function taped(...entries) {
  const blocks = entries.flatMap(({name, content = '', kind = '0', size}) => {
    const data = Buffer.from(content), header = Buffer.alloc(512);
    header.write(name, 0);
    header.write('0000644\0' + '0001750\0' + '0001750\0' + (size ?? data.length).toString(8).padStart(11, '0') + '\0' + '00000000000\0' + '        ' + kind, 100);
    header.write('ustar\u000000', 257);
    header.write(header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0') + '\0 ', 148);
    return [header, data, Buffer.alloc((512 - data.length % 512) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
const inTar = (...codes) => ends.verified(['envelope.from_tar', ...codes]);
made('tar.tar', 'a badge in an archive of another kind', async () => taped({name: 'badge.json', content: await json()}), inTar('envelope.json'));
made('tar-many.tar', 'a folder with a badge, a token, a readme, and a link to one of them: the link is left aside', async () => taped({name: './', kind: '5'}, {name: './badge.json', content: await json()}, {name: './badge.jwt', content: await token()}, {name: './README', content: 'Here they are.'}, {name: './latest.json', kind: '2'}), inTar());
made('tar-packed.tar.gz', 'such an archive that gzip has packed', async () => gzipSync(taped({name: 'badge.json', content: await json()})), inTar('envelope.from_gzip', 'envelope.json'));
made('tar-two.tar', 'two badges, one of them altered', async () => taped({name: 'a.json', content: await json()}, {name: 'b.json', content: await altered()}), ends.altered({}));
made('tar-twice.tar', 'an archive with two files of one name: programs take the first or the last (T34)', async () => taped({name: 'badge.json', content: await json({name: 'Another'})}, {name: './badge.json', content: await json()}), ends.only('refused', ['envelope.ambiguous'], {envelope: 'fail'}));
made('tar-sizes.tar', 'an archive that gives two sizes of a file: between them lies another file', async () => {
  const hidden = taped({name: 'hidden.json', content: await json({name: 'Hidden'})}).subarray(0, -1024), length = String(hidden.length);
  return taped({name: 'x', kind: 'x', content: `${length.length + 9} size=${length}\n`}, {name: 'README', size: 0}, {name: 'badge.json', content: await json()});
}, ends.only('refused', ['envelope.ambiguous'], {envelope: 'fail'}));
made('tar-behind.tar', 'an archive with another one behind its end', async () => Buffer.concat([taped({name: 'badge.json', content: await json()}), taped({name: 'other.json', content: await json()})]), ends.only('refused', ['envelope.ambiguous'], {envelope: 'fail'}));
made('tar-zip.tar', 'an archive of both kinds (T34)', async () => { const tar = taped({name: 'badge.json', content: await json()}); return Buffer.concat([tar, shifted(zipped({'other.json': strToU8(await json())}), tar.length)]); }, ends.only('refused', ['envelope.ambiguous'], {envelope: 'fail'}));
made('tar-truncated.tar', 'an archive that breaks off', async () => taped({name: 'badge.json', content: await json()}).subarray(0, 1000), unreadable('envelope.tar_damaged'));
made('tar-bomb.tar.gz', 'an archive that becomes a hundred megabytes', () => gzipSync(taped({name: 'a.json', content: Buffer.alloc(100 << 20)})), unreadable('envelope.unpacked_too_large'));
made('tar-nothing.tar', 'an archive of a readme', () => taped({name: 'README', content: 'Nothing here.'}), unreadable('envelope.tar'));
made('outlook.msg', 'a message that was saved by Outlook', () => { const ole = Buffer.alloc(1536); ole.write('d0cf11e0a1b11ae1', 'hex'); ole.write('__substg1.0_0037001F', 1024, 'utf16le'); return ole; }, unreadable('envelope.outlook'));

// Fifty files of every sort, as somebody may send them; the names begin with
// what each is without any list.
const sorts = {
  unlisted: ['credentials/badge-eddsa-jcs.json', 'credentials/vc-jwt-es256.jwt', 'credentials/picture-json.png', 'credentials/container-pdf.pdf', 'credentials/container-mail.eml', 'credentials/drawing-json.svg'],
  altered: ['credentials/altered-eddsa.jwt', 'credentials/picture-altered.png'],
  expired: ['credentials/v1-expired.jwt'],
  unreadable: ['credentials/file-picture.png', 'credentials/container-pdf-nothing.pdf', 'credentials/container-mail-nothing.eml'],
  refused: ['credentials/alg-none.jwt'],
};
made('fifty.zip', 'fifty files of every sort in folders: the worst counts', () => {
  const files = {};
  for (let i = 0; i < 50; i += 1) {
    const [sort, from] = Object.entries(sorts)[i % 5];
    const path = from[Math.floor(i / 5) % from.length];
    files[`${i < 25 ? 'A' : 'B/C'}/${sort}-${i}.${path.split('.').pop()}`] = read(path);
  }
  return zipped(files);
}, among('refused'));
