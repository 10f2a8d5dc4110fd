// QR codes, in pictures and before the camera.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { launch, openPage, root } from './browser.js';
import { modulesOf, Photograph, png, square, video } from './photograph.js';
import { accessible, data, desktop, dropFile, headline, overflow, pasteText, phone, session, shots } from './session.js';

const require = createRequire(new URL('../npm/package.json', import.meta.url));
const { PDFDocument } = require('pdf-lib');
const PDFKit = require('pdfkit');

const words = JSON.parse(readFileSync(join(root, 'site/locales/en.json')));
const text = (name) => String(data(name)).trim();

const jwt = text('credentials/badge-jwt-no-until.jwt');
const other = text('credentials/vc-plus-jwt-es256.jwt');
const link = 'https://badges.example/assertions/4f2a';

// What codes hold, and what comes out: the same as where it is pasted.
const payloads = {
  'a JWT': jwt,
  'a smaller JWT': other,
  'an SD-JWT': text('credentials/wallet-none.txt'),
  JSON: text('credentials/badge-eddsa-jcs.json'),
  'a link': link,
  'a VP1- code': text('credentials/file-vp1.txt'),
  'a packed credential': text('codes/dcc.txt'),
  'words': 'Table 14',
  'nothing that is text': Buffer.from([0xd2, 0x84, 0x43, 0xa1, 0x01, 0x26, 0xa0, 0xff, 0xfe, 0x00, 0x80]),
};

// A photograph of a certificate that lies on a table, as JPEG.
function photo(content, level = 'L') {
  return new Photograph(2000, 1500, 150).code(content, [[420, 220], [1480, 300], [1420, 1300], [380, 1230]], { level }).light(0.6, 1).blur(1).noise(10).jpeg(80);
}

const { site, visit } = session();

// said is what an answer consists of: what it says, and every finding.
async function said(page) {
  return page.evaluate(() => ({
    headline: document.querySelector('#result .card').dataset.headline,
    saying: document.querySelector('#result .saying').textContent,
    codes: [...document.querySelectorAll('#result .facts code')].map((node) => node.textContent),
  }));
}

// pick chooses the code that begins like a token.
async function pick(page) {
  const listed = await page.$$eval('.codes code', (nodes) => nodes.map((node) => node.textContent));
  await page.click(`.codes li:nth-child(${1 + listed.findIndex((one) => one.startsWith('eyJ'))}) button`);
  await page.waitForSelector('#result .card:not([data-headline="codes"])');
  return headline(page);
}

describe('a code in a picture', () => {
  for (const [name, content] of Object.entries(payloads)) {
    visit(`holds ${name}`, desktop, async (page, seen) => {
      await dropFile(page, 'photo.jpg', photo(content));
      assert.ok(seen.requests.some((address) => /reader\.[0-9a-f]+\.js$/.test(address)), 'the decoder was not needed');
      assert.match(await page.textContent('.origin'), /^Read from a QR code in the picture .?photo\.jpg/);
      assert.match(await page.textContent('#live'), /Read from a QR code in the picture/);
      assert.equal(await page.textContent('.bar .file'), 'photo.jpg');
      const found = await said(page);
      await page.click('.raw > summary');
      await page.waitForSelector('.raw[data-filled]');
      assert.match(await page.textContent('.raw > summary'), /^Show what the code holds/);
      if (typeof content !== 'string') {
        assert.match(await page.textContent('.raw pre'), /^0000 {2}d2 84 43 a1 01 26 a0 ff fe 00 80/);
        return;
      }
      assert.equal(await page.textContent('.raw pre >> nth=-1'), content);
      await page.click('.bar button');
      await pasteText(page, content);
      assert.deepEqual(found, await said(page));
      assert.equal(await page.$('.origin'), null);
    });
  }

  visit('is unpacked', desktop, async (page) => {
    await dropFile(page, 'photo.png', new Photograph(1400, 1400).code(text('codes/badge-current.txt'), square(100, 100, 1200)).png());
    assert.notEqual(await headline(page), 'unreadable');
    assert.ok((await said(page)).codes.includes('envelope.vp_unpacked'));
    await page.click('.raw > summary');
    await page.waitForSelector('.raw[data-filled]');
    assert.equal(await page.textContent('.raw h3 >> nth=0'), words['page.raw_unpacked']);
    assert.match(await page.textContent('.raw pre >> nth=0'), /"name": "Reading Soil Data"/);
  });

  visit('is found however the picture was taken', desktop, async (page) => {
    const taken = {
      'screen.png': new Photograph(700, 500).code(other, square(100, 50, 400)).png(),
      'turned.jpg': new Photograph(1600, 1200, 150).code(other, square(400, 200, 700, 37)).blur(1).noise(8).jpeg(),
      'on-its-head.png': new Photograph(900, 900).code(other, square(100, 100, 700, 180)).png(),
      'dim.jpg': new Photograph(1400, 1400, 60).code(other, square(200, 200, 1000, 4), { ink: 40, paper: 95 }).light(0.6, 1).noise(6).jpeg(85),
      'white-on-black.png': new Photograph(900, 900).code(other, square(100, 100, 700)).invert().png(),
      'mirrored.png': new Photograph(900, 900).code(other, [[800, 100], [100, 100], [100, 800], [800, 800]]).png(),
      'tiny.png': new Photograph(200, 200).code(other, square(20, 20, 150, 2), { level: 'L' }).png(),
      'small-on-a-large-page.png': new Photograph(4800, 3600).code(other, square(3900, 2800, 330), { level: 'L' }).png(),
    };
    for (const [name, bytes] of Object.entries(taken)) {
      assert.equal(await dropFile(page, name, bytes), 'unlisted', name);
      assert.equal(await page.textContent('.bar .file'), name);
    }
  });

  visit('is found in a file that is larger than a credential may be', desktop, async (page) => {
    const file = join(await mkdtemp(join(tmpdir(), 'sealcheck-large-')), 'large.jpg');
    await writeFile(file, Buffer.concat([photo(other), Buffer.alloc(17 << 20)]));
    await page.setInputFiles('#file', file);
    assert.equal(await headline(page), 'unlisted');
    await rm(file);
  });

  visit('is looked for only where nothing is baked', desktop, async (page, seen) => {
    await dropFile(page, 'baked.png', data('credentials/picture-jwt.png'));
    assert.equal(await page.$('.origin'), null);
    assert.ok(!seen.requests.some((address) => address.includes('/reader.')));
  });

  for (const [where, options] of Object.entries({ desktop, phone: { ...phone, dark: true } })) {
    visit(`looks right on a ${where}`, options, async (page) => {
      await dropFile(page, 'photo-of-my-certificate.jpg', photo(jwt));
      await page.screenshot({ path: join(shots, `code-${where}.png`), fullPage: true });
      await accessible(page, 'a code');
      assert.equal(await overflow(page), 0);
    });
  }

  visit('is asked about where there are two', desktop, async (page) => {
    const picture = new Photograph(1700, 900).code(jwt, square(40, 40, 820), { level: 'L' }).code(link, square(1000, 200, 500)).png();
    assert.equal(await dropFile(page, 'two.png', picture), 'codes');
    assert.equal(await page.textContent('#result-title'), words['page.choose']);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'result-title');
    const listed = await page.$$eval('.codes code', (nodes) => nodes.map((node) => node.textContent));
    assert.deepEqual(listed.map((one) => one.slice(0, 20)).sort(), [jwt.slice(0, 20), link.slice(0, 20)].sort());
    await page.screenshot({ path: join(shots, 'codes.png'), fullPage: true });
    await accessible(page, 'two codes');
    await page.setViewportSize(phone.size);
    assert.equal(await overflow(page), 0);
    await page.screenshot({ path: join(shots, 'codes-narrow.png'), fullPage: true });
    await page.setViewportSize(desktop.size);
    assert.equal(await pick(page), 'unlisted');
    assert.match(await page.textContent('.codes'), /This is the one that is shown here/);
    await page.screenshot({ path: join(shots, 'codes-chosen.png'), fullPage: true });
    await accessible(page, 'one of two codes');
    await page.click('.codes button');
    // The other one is where a badge is kept: nobody has asked there yet.
    await page.waitForSelector('#result .card[data-headline="incomplete"]');
    assert.equal((await page.$$('.codes button')).length, 1);
  });

  visit('is text, whatever it holds', desktop, async (page) => {
    const hostile = ['<img src=x onerror=alert(1)>\u202egnp.exe', '"><script>alert(1)</script>'];
    await dropFile(page, 'two.png', new Photograph(1700, 900).code(hostile[0], square(50, 100, 700)).code(hostile[1], square(900, 100, 700)).png());
    const listed = await page.$$eval('.codes code', (nodes) => nodes.map((node) => node.textContent));
    assert.deepEqual(listed.sort(), ['"><script>alert(1)</script>', '<img src=x onerror=alert(1)>U+202Egnp.exe']);
    await page.click('.codes button');
    await page.waitForSelector('#result .card[data-headline="unreadable"]');
    assert.equal(await page.$('#result img, #result script'), null);
  });

  visit('is found in what a browser writes, and in what is pasted', desktop, async (page) => {
    for (const type of ['image/png', 'image/jpeg', 'image/webp']) {
      const name = `picture.${type.slice(6)}`;
      await page.evaluate(async ({ type, name, bytes }) => {
        const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0))]));
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        canvas.getContext('2d').drawImage(bitmap, 0, 0);
        const transfer = new DataTransfer();
        transfer.items.add(new File([await canvas.convertToBlob({ type })], name, { type }));
        document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: transfer }));
      }, { type, name, bytes: new Photograph(700, 500).code(other, square(100, 50, 400)).png().toString('base64') });
      await page.waitForFunction((name) => document.querySelector('#result:not([hidden]) .file')?.textContent === name, name);
      assert.equal(await headline(page), 'unlisted', type);
    }
  });

  visit('is one code where it stands there twice', desktop, async (page) => {
    assert.equal(await dropFile(page, 'twice.png', new Photograph(1700, 900).code(other, square(50, 50, 750)).code(other, square(900, 50, 750)).png()), 'unlisted');
  });
});

// deaf has the page's reader look at so many pictures and then at nothing any
// more.
function deaf(pictures) {
  const post = Worker.prototype.postMessage;
  let left = pictures;
  Worker.prototype.postMessage = function say(message, ...more) {
    if (!message.picture || left > 0) post.call(this, message, ...more);
    if (message.picture) left -= 1;
  };
}

describe('a picture without a code', () => {
  const missing = async (page, name, bytes, end) => {
    assert.equal(await dropFile(page, name, bytes), 'unreadable', name);
    assert.equal(await page.textContent('.origin'), words[`page.search.picture.${end}`], name);
  };
  visit('says so', desktop, async (page) => {
    await missing(page, 'holiday.jpg', new Photograph(1500, 1000).light(0.2, 1).noise(50).jpeg(), 'none');
    await page.screenshot({ path: join(shots, 'code-none.png'), fullPage: true });
    await accessible(page, 'no code');
    await missing(page, 'spoilt.jpg', new Photograph(700, 700).code(jwt, square(50, 50, 600)).blur(5).jpeg(), 'none');
  });
  visit('is not opened where it claims to be huge', desktop, async (page) => {
    const before = Date.now();
    await missing(page, 'bomb.png', png(30000, 30000, Buffer.alloc(30001 * 300)), 'large');
    await missing(page, 'bomb.jpg', Buffer.from('ffd8ffc0001108fde8fde803012200021101031101ffd9', 'hex'), 'large');
    assert.ok(Date.now() - before < 5000);
  });
  visit('is not opened where it cannot be', desktop, async (page) => {
    const jpeg = photo(other);
    await missing(page, 'head.jpg', jpeg.subarray(0, 20), 'unopened');
    await missing(page, 'photo.tif', Buffer.concat([Buffer.from('49492a0008000000', 'hex'), Buffer.alloc(64)]), 'unopened');
    await missing(page, 'photo.heic', Buffer.from('00000018667479706865696300000000686569636d696631', 'hex'), 'unopened');
    // What is left of a photograph has no code in it, whatever a browser makes of it.
    assert.equal(await dropFile(page, 'half.jpg', jpeg.subarray(0, jpeg.length / 3)), 'unreadable');
    const whole = new Photograph(700, 700).code(other, square(50, 50, 600)).png();
    assert.equal(await dropFile(page, 'half.png', whole.subarray(0, whole.length / 2)), 'unreadable');
  });
  visit('can be left while it is looked through', desktop, async (page) => {
    await page.evaluate(deaf, 0);
    await page.evaluate((bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0))], 'slow.png'));
      document.querySelector('#drop').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }, new Photograph(700, 500).code(other, square(100, 50, 400)).png().toString('base64'));
    await page.waitForSelector('#busy button:not([hidden])');
    assert.equal(await page.textContent('#busy span'), words['page.looking.picture']);
    assert.equal(await page.textContent('#live'), words['page.looking.picture']);
    // It is seen without scrolling.
    const box = await page.locator('#busy button').boundingBox();
    assert.ok(box.y + box.height <= desktop.size.height, 'the button is out of sight');
    await page.screenshot({ path: join(shots, 'code-looking.png') });
    await accessible(page, 'looking');
    await page.click('#busy button');
    assert.equal(await headline(page), 'unreadable');
    assert.equal(await page.textContent('.origin'), words['page.search.picture.stopped']);
  });
  visit('takes no longer than its time', { ...desktop }, async (page) => {
    await page.evaluate(deaf, 0);
    const before = Date.now();
    await missing(page, 'slow.png', new Photograph(700, 500).code(other, square(100, 50, 400)).png(), 'late');
    assert.ok(Date.now() - before < 14_000);
  });
});

// pdf is a document whose pages show pictures, by one of two writers.
async function pdf(writer, ...pictures) {
  if (writer === 'pdf-lib') {
    const document = await PDFDocument.create();
    for (const picture of pictures) {
      const image = picture[0] === 0xff ? await document.embedJpg(picture) : await document.embedPng(picture);
      document.addPage([595, 842]).drawImage(image, { x: 100, y: 300, width: 400, height: 400 * image.height / image.width });
    }
    return Buffer.from(await document.save());
  }
  const document = new PDFKit({ autoFirstPage: false });
  const parts = [];
  document.on('data', (part) => parts.push(part));
  const done = new Promise((resolve) => { document.on('end', resolve); });
  for (const picture of pictures) document.addPage({ size: 'A4' }).text('This certifies that').image(picture, 100, 150, { width: 400 });
  document.end();
  await done;
  return Buffer.concat(parts);
}

describe('a code on a page of a PDF', () => {
  const flat = () => new Photograph(900, 900).code(jwt, square(50, 50, 800), { level: 'L' });
  for (const writer of ['pdf-lib', 'pdfkit']) {
    visit(`written by ${writer}`, desktop, async (page) => {
      for (const [name, picture] of Object.entries({ png: flat().png(), jpeg: flat().jpeg(90), 'scan of a page': photo(jwt) })) {
        assert.equal(await dropFile(page, 'certificate.pdf', await pdf(writer, picture)), 'unlisted', name);
        assert.match(await page.textContent('.origin'), /^Read from a QR code in the document .?certificate\.pdf/);
        assert.equal(await page.textContent('.bar .file'), 'certificate.pdf');
      }
      await page.screenshot({ path: join(shots, 'code-pdf.png'), fullPage: true });
      await accessible(page, 'a code in a document');
    });
  }
  visit('is asked about where another page has another one', desktop, async (page) => {
    const code = (content) => new Photograph(600, 600).code(content, square(50, 50, 500)).png();
    assert.equal(await dropFile(page, 'two.pdf', await pdf('pdfkit', code(other), code(other), code(link))), 'codes');
    assert.match(await page.textContent('#result .saying'), /^There are 2 QR codes in the pictures of this document/);
    assert.equal(await pick(page), 'unlisted');
    assert.equal(await dropFile(page, 'one.pdf', await pdf('pdfkit', code(other), code(other))), 'unlisted');
  });
  visit('is missed where there is none', desktop, async (page) => {
    for (const picture of [[], [new Photograph(300, 300).noise(40).png()]]) {
      assert.equal(await dropFile(page, 'letter.pdf', await pdf('pdfkit', ...picture)), 'unreadable');
      assert.equal(await page.textContent('.origin'), words['page.search.pages.none']);
    }
    await page.screenshot({ path: join(shots, 'code-pdf-none.png'), fullPage: true });
  });
  visit('is not the only one for sure where the rest was not looked at', desktop, async (page) => {
    await page.evaluate(deaf, 1);
    assert.equal(await dropFile(page, 'slow.pdf', await pdf('pdfkit', flat().png(), photo(link))), 'codes');
    assert.match(await page.textContent('#result .saying'), new RegExp(words['page.choose_rest']));
    assert.equal(await pick(page), 'unlisted');
  });
});

// drawnPdf is a document whose page has a code in it that is drawn point by
// point, as many programs do.
function drawnPdf(content, { link: to, ...options } = {}) {
  const document = new PDFKit({ size: 'A4', ...options });
  const parts = [];
  document.on('data', (part) => parts.push(part));
  const done = new Promise((resolve) => { document.on('end', () => resolve(Buffer.concat(parts))); });
  document.text('This certifies that', 50, 50, to ? { link: to } : {});
  const { size, data } = modulesOf(content);
  const side = 150 / size;
  data.forEach((dark, index) => { if (dark) document.rect(400 + side * (index % size), 600 + side * Math.floor(index / size), side, side).fill('black'); });
  document.end();
  return done;
}

describe('a code that is drawn', () => {
  visit('on a page of a PDF', desktop, async (page) => {
    assert.equal(await dropFile(page, 'certificate.pdf', await drawnPdf(other)), 'unlisted');
    assert.match(await page.textContent('.origin'), /^Read from a QR code in the document/);
    assert.equal(await dropFile(page, 'locked.pdf', await drawnPdf(other, { ownerPassword: 'secret', pdfVersion: '1.7' })), 'unlisted');
    // Before a link on the page, which is only the way to a website.
    const to = 'https://www.credly.com/badges/0c2f4c0e-8b62-4a5d-9a0e-3f1f6c1d2e3f';
    assert.equal(await dropFile(page, 'linked.pdf', await drawnPdf(other, { link: to })), 'unlisted');
    assert.equal(await dropFile(page, 'print.pdf', await drawnPdf('Table 14', { link: to })), 'unreadable');
  });
  visit('in an SVG', desktop, async (page, seen) => {
    const { size, data } = modulesOf(other);
    const path = [...data].map((dark, index) => (dark ? `M${4 + index % size} ${4 + Math.floor(index / size)}h1v1h-1z` : '')).join('');
    const svg = (more, inside = '') => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size + 8} ${size + 8}" ${more}>${inside}<path d="${path}"/></svg>`;
    assert.equal(await dropFile(page, 'code.svg', Buffer.from(svg('width="200" height="200"'))), 'unlisted');
    assert.match(await page.textContent('.origin'), /^Read from a QR code in the picture/);
    assert.equal(await dropFile(page, 'sizeless.svg', Buffer.from(`<?xml version="1.0"?><!-- made -->${svg('')}`)), 'unlisted');
    // It is a picture and nothing else.
    const hostile = '<script>fetch("/hostile-ran")</script><style>@import url("/hostile-style");</style><use href="/hostile-used#a"/><rect width="0" height="0" style="fill:url(/hostile-filled#a)" onload="fetch(\'/hostile-loaded\')"/>';
    assert.equal(await dropFile(page, 'hostile.svg', Buffer.from(svg('onload="fetch(\'/hostile-ran\')"', hostile))), 'unlisted');
    assert.deepEqual(seen.requests.filter((address) => address.includes('hostile-')), []);
    for (const heavy of ['<filter id="a"/>', '<image href="data:image/svg+xml,"/>', '<foreignObject/>', '<defs>'.padEnd(300, '<use id="b" href="#c"/>')]) {
      assert.equal(await dropFile(page, 'heavy.svg', Buffer.from(svg('', heavy))), 'unreadable', heavy);
    }
  });
});

describe('codes that belong together', () => {
  const bytes = Buffer.from(jwt);
  const parity = bytes.reduce((sum, byte) => sum ^ byte, 0);
  const cut = [0, 300, 700, bytes.length];
  const part = (place, more = {}) => ({ level: 'L', set: { place, last: 2, parity, ...more } });
  const parts = [0, 1, 2].map((place) => bytes.subarray(cut[place], cut[place + 1]));
  const sheet = (places, more) => places.reduce((picture, place, index) => picture.code(parts[place], square(20 + 700 * index, 20, 640), part(place, more)), new Photograph(700 * places.length, 700)).png();
  visit('hold one thing, in whatever order they stand', desktop, async (page) => {
    assert.equal(await dropFile(page, 'three.png', sheet([0, 1, 2])), 'unlisted');
    assert.equal(await dropFile(page, 'turned.png', sheet([2, 0, 1])), 'unlisted');
    assert.equal(await dropFile(page, 'pages.pdf', await pdf('pdfkit', sheet([1]), sheet([2, 0]))), 'unlisted');
  });
  visit('are told where some are missing, or do not fit', desktop, async (page) => {
    assert.equal(await dropFile(page, 'two.png', sheet([0, 2])), 'unreadable');
    assert.match(await page.textContent('.origin'), /2 of 3 QR codes/);
    await accessible(page, 'two of three');
    assert.equal(await dropFile(page, 'page.pdf', await pdf('pdfkit', sheet([1]))), 'unreadable');
    assert.match(await page.textContent('.origin'), /1 of 3 QR codes/);
    assert.equal(await dropFile(page, 'other.png', sheet([0, 1, 2], { parity: parity ^ 1 })), 'unreadable');
  });
});

describe('sizes', () => {
  visit('are read from the beginning of each kind of picture', desktop, async (page) => {
    const kinds = {
      png: png(300, 200, Buffer.alloc(1)),
      jpeg: new Photograph(300, 200).jpeg(),
      webp: Buffer.from('524946461a000000574542505650384c0d0000002f2bc1310000000000000000', 'hex'),
      lossy: Buffer.concat([Buffer.from('52494646240000005745425056503820180000003001009d012a2c01c800', 'hex'), Buffer.alloc(8)]),
      extended: Buffer.concat([Buffer.from('524946461e000000574542505650385800000000000000002b0100c70000', 'hex'), Buffer.alloc(8)]),
      gif: Buffer.from('474946383961010001000000002c000000002c01c80000', 'hex'),
      bmp: Buffer.concat([Buffer.from('424d000000000000000036000000280000002c01000038ffffff', 'hex'), Buffer.alloc(30)]),
      heic: Buffer.concat([Buffer.from('0000001866747970686569630000000068656963', 'hex'), Buffer.from('00000014697370650000000000000040000000400000001469737065000000000000012c000000c8', 'hex')]),
    };
    const sizes = await page.evaluate(async (kinds) => {
      const { sizeOf } = await window.built('pictures.js');
      return kinds.map((bytes) => sizeOf(Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0))));
    }, Object.values(kinds).map((bytes) => bytes.toString('base64')));
    assert.deepEqual(Object.fromEntries(Object.keys(kinds).map((name, index) => [name, sizes[index]])), Object.fromEntries(Object.keys(kinds).map((name) => [name, { width: 300, height: 200 }])));
    // Cut anywhere, it is a size or nothing, and never a fault.
    assert.equal(await page.evaluate(async (kinds) => {
      const { sizeOf } = await window.built('pictures.js');
      let read = 0;
      for (const packed of kinds) {
        const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
        for (let length = 0; length < Math.min(bytes.length, 700); length += 1) read += sizeOf(bytes.subarray(0, length)) ? 0 : 1;
      }
      return read > 100;
    }, Object.values(kinds).map((bytes) => bytes.toString('base64'))), true);
  });
});

describe('many pictures', () => {
  visit('give what each gives alone', desktop, async (page) => {
    const files = {
      'a.jpg': photo(jwt),
      'b.png': new Photograph(300, 300).noise(30).png(),
      'c.png': new Photograph(1700, 900).code(jwt, square(40, 40, 820), { level: 'L' }).code(link, square(1000, 200, 500)).png(),
      'd.jwt': Buffer.from(other),
      'e.png': png(30000, 30000, Buffer.alloc(100)),
    };
    await page.setInputFiles('#file', Object.entries(files).map(([name, buffer]) => ({ name, mimeType: '', buffer })));
    await page.waitForSelector('body:not([data-working]) #batch:not([hidden])');
    const states = await page.$$eval('#batch li[data-state]', (rows) => Object.fromEntries(rows.map((row) => [row.querySelector('.name').textContent, row.dataset.state])));
    assert.deepEqual(states, { 'a.jpg': 'unlisted', 'b.png': 'unreadable', 'c.png': 'codes', 'd.jwt': 'unlisted', 'e.png': 'unreadable' });
    await page.screenshot({ path: join(shots, 'codes-batch.png'), fullPage: true });
    await accessible(page, 'pictures in a list');
    const [table] = await Promise.all([page.waitForEvent('download'), page.click('#save-table')]);
    const lines = readFileSync(await table.path(), 'utf8').split('\r\n');
    const from = lines[0].split(',').indexOf('"read_from"');
    assert.equal(lines.find((line) => line.startsWith('"a.jpg"')).split('","')[from], 'code');
    assert.equal(lines.find((line) => line.startsWith('"d.jwt"')).split('","')[from], 'file');
    assert.match(lines.find((line) => line.startsWith('"c.png"')), /several codes/);
    await page.click('#group-codes button.row');
    assert.equal(await headline(page), 'codes');
    assert.equal(await pick(page), 'unlisted');
    await page.click('#result .bar button');
    assert.equal(await page.getAttribute('#group-codes', 'hidden'), '');
    assert.equal(await page.$$eval('#group-unlisted li', (rows) => rows.length), 3);
  });
});

// A browser that reads codes itself, for the page as for a test.
const own = (contents) => `globalThis.BarcodeDetector = class {
  static async getSupportedFormats() { return ['qr_code', 'ean_13']; }
  constructor({ formats }) { if (formats.join() !== 'qr_code') throw new TypeError(formats); }
  async detect(source) {
    globalThis.detected = (globalThis.detected ?? 0) + 1;
    if (!(source instanceof ImageBitmap && source.width) && !source.videoWidth) throw new DOMException('no picture', 'InvalidStateError');
    return ${JSON.stringify(contents)}.map((rawValue) => ({ rawValue, format: 'qr_code' }));
  }
};`;

describe("the browser's own reader", () => {
  const withOwn = (name, contents, steps) => visit(name, desktop, async (page, seen) => {
    await page.addInitScript(own(contents));
    await page.reload();
    await page.waitForSelector('body[data-ready]');
    await steps(page, seen);
    assert.equal(await page.evaluate(() => globalThis.detected), 1);
  });
  const blank = new Photograph(300, 300).png();
  withOwn('is asked first', [other], async (page, seen) => {
    assert.equal(await dropFile(page, 'x.png', blank), 'unlisted');
    assert.ok(!seen.requests.some((address) => address.includes('/reader.')));
  });
  withOwn('may find several', [other, link, other], async (page) => {
    assert.equal(await dropFile(page, 'x.png', blank), 'codes');
    assert.equal((await page.$$('.codes button')).length, 2);
  });
  withOwn('is not the last word where it finds none', [], async (page) => {
    assert.equal(await dropFile(page, 'x.png', new Photograph(700, 500).code(other, square(100, 50, 400)).png()), 'unlisted');
  });
  withOwn('is not the last word where it cannot say what it found', [''], async (page) => {
    assert.equal(await dropFile(page, 'x.png', new Photograph(700, 500).code(other, square(100, 50, 400)).png()), 'unlisted');
  });
});

// film starts a browser with a camera that sees a picture, and opens the page
// in it.
async function film(photograph, steps, { allowed = true, options = desktop } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'sealcheck-film-'));
  const file = join(folder, 'camera.y4m');
  if (photograph) await writeFile(file, video(photograph));
  const browser = await launch({ flags: photograph ? ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`] : [] });
  try {
    if (allowed) await browser.context.grantPermissions(['camera']);
    const { page, seen } = await openPage(browser.context, site.origin, options);
    // What the page gets of the camera, for the test to look at.
    await page.evaluate(() => {
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      globalThis.streams = [];
      navigator.mediaDevices.getUserMedia = async (wish) => {
        const stream = await ask(wish);
        globalThis.streams.push(stream);
        return stream;
      };
    });
    await steps(page, seen);
    assert.deepEqual(seen.requests.filter((address) => !address.startsWith(site.origin) && !/^(blob|data):/.test(address)), [], 'asked somebody else');
    assert.deepEqual(seen.violations, []);
    assert.deepEqual(seen.problems, []);
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

// tracks are the states of what the page got of the camera.
const tracks = (page) => page.evaluate(() => globalThis.streams.flatMap((stream) => stream.getTracks()).map((track) => track.readyState));
const state = (page) => page.textContent('#camera [data-part="state"]');
const tells = (page, key) => page.waitForFunction((words) => document.querySelector('#camera [data-part="state"]').textContent === words, words[key]);
const focused = (page) => page.evaluate(() => document.activeElement.dataset.part ?? document.activeElement.closest('[id]').id);

describe('the camera', () => {
  const held = () => new Photograph(1280, 720, 120).code(other, [[400, 60], [1000, 90], [980, 680], [380, 660]], { level: 'L' }).blur(0.7).noise(6);
  const empty = () => new Photograph(640, 480, 120).noise(20);

  test('sees a code', () => film(held(), async (page) => {
    await page.click('#scan button');
    assert.equal(await headline(page), 'unlisted');
    assert.match(await page.textContent('.origin'), /^Read from a QR code with the camera\./);
    assert.equal(await page.$('.bar .file'), null);
    assert.deepEqual(await tracks(page), ['ended']);
    assert.equal(await page.evaluate(() => document.querySelector('#camera').open), false);
    assert.equal(await page.evaluate(() => document.querySelector('video').srcObject), null);
    assert.equal(await focused(page), 'result-title');
    await page.click('.raw > summary');
    await page.waitForSelector('.raw[data-filled]');
    assert.equal(await page.textContent('.raw pre >> nth=-1'), other);
    await page.screenshot({ path: join(shots, 'camera-found.png'), fullPage: true });
    // The way back, and once more.
    await page.click('#result .bar button');
    await page.click('#scan button');
    assert.equal(await headline(page), 'unlisted');
    assert.deepEqual(await tracks(page), ['ended', 'ended']);
  }));

  for (const [where, options] of Object.entries({ desktop, phone: { ...phone, dark: true } })) {
    test(`is looked through and closed, on a ${where}`, () => film(empty(), async (page) => {
      await page.screenshot({ path: join(shots, `camera-start-${where}.png`), fullPage: true });
      await accessible(page, 'the start with a camera');
      await page.focus('#scan button');
      await page.keyboard.press('Enter');
      await tells(page, 'page.camera_looking');
      assert.equal(await focused(page), 'stop');
      await page.waitForTimeout(500);
      assert.deepEqual(await tracks(page), ['live']);
      await page.screenshot({ path: join(shots, `camera-${where}.png`) });
      await accessible(page, 'the camera');
      assert.equal(await overflow(page), 0);
      await page.keyboard.press('Escape');
      assert.equal(await page.evaluate(() => document.querySelector('#camera').open), false);
      assert.deepEqual(await tracks(page), ['ended']);
      assert.equal(await focused(page), 'scan');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => globalThis.streams.length === 2);
      await page.keyboard.press('Enter'); // on the button that stops
      await page.waitForFunction(() => !document.querySelector('#camera').open);
      assert.deepEqual(await tracks(page), ['ended', 'ended']);
      await page.waitForTimeout(100); // the event that it is closed
      assert.equal(await page.isVisible('#ask'), true);
    }, { options }));
  }

  test('is off while the page is out of sight', () => film(empty(), async (page) => {
    await page.click('#scan button');
    await page.waitForSelector('#camera video:not([hidden])');
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    assert.deepEqual(await tracks(page), ['ended']);
    assert.equal(await state(page), words['page.camera_hidden']);
    assert.equal(await focused(page), 'again');
    await page.evaluate(() => { delete document.hidden; });
    await page.keyboard.press('Enter');
    await page.waitForSelector('#camera video:not([hidden])');
    assert.deepEqual(await tracks(page), ['ended', 'live']);
    // Taken away by somebody else.
    await page.evaluate(() => {
      const [track] = globalThis.streams[1].getTracks();
      track.stop();
      track.dispatchEvent(new Event('ended'));
    });
    await tells(page, 'page.camera_busy');
  }));

  test('sees two codes', () => film(new Photograph(1280, 720).code(other, square(40, 60, 600), { level: 'L' }).code(link, square(760, 160, 400)), async (page) => {
    await page.click('#scan button');
    assert.equal(await headline(page), 'codes');
    assert.deepEqual(await tracks(page), ['ended']);
    assert.match(await page.textContent('#result .saying'), /^The camera saw 2 QR codes at once/);
    assert.equal(await pick(page), 'unlisted');
  }));

  test('may not be used', () => film(empty(), async (page) => {
    await page.click('#scan button');
    await page.waitForSelector('[data-part="again"]:not([hidden])');
    assert.equal(await state(page), words['page.camera_denied']);
    assert.equal(await page.isVisible('#camera video'), false);
    assert.equal(await focused(page), 'again');
    await page.screenshot({ path: join(shots, 'camera-denied.png') });
    await accessible(page, 'no leave');
    await page.keyboard.press('Escape');
    assert.deepEqual(await tracks(page), []);
  }, { allowed: false }));

  test('is not there, or in use', () => film(undefined, async (page) => {
    await page.click('#scan button');
    await page.waitForSelector('[data-part="again"]:not([hidden])');
    assert.equal(await state(page), words['page.camera_none']);
    for (const [name, key] of [['NotReadableError', 'busy'], ['OverconstrainedError', 'none'], ['TypeError', 'failed']]) {
      await page.evaluate((name) => { navigator.mediaDevices.getUserMedia = () => Promise.reject(Object.assign(new Error(name), { name })); }, name);
      await page.click('[data-part="again"]');
      await tells(page, `page.camera_${key}`);
    }
  }));

  test('is closed before it was there', () => film(empty(), async (page) => {
    await page.evaluate(() => {
      const ask = navigator.mediaDevices.getUserMedia;
      navigator.mediaDevices.getUserMedia = async (wish) => {
        await new Promise((resolve) => { globalThis.allow = resolve; });
        return ask(wish);
      };
    });
    await page.click('#scan button');
    await page.click('[data-part="stop"]');
    await page.evaluate(() => globalThis.allow());
    await page.waitForFunction(() => globalThis.streams.length === 1 && globalThis.streams[0].getTracks()[0].readyState === 'ended');
    assert.equal(await page.evaluate(() => document.querySelector('video').srcObject), null);
  }));

  visit('is not offered where a browser has none', desktop, async (page) => {
    await page.addInitScript(() => { Object.defineProperty(navigator, 'mediaDevices', { value: undefined }); });
    await page.reload();
    await page.waitForSelector('body[data-ready]');
    assert.equal(await page.isVisible('#scan'), false);
  });
});
