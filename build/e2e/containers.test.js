// Files that hold others: documents, archives, e-mails.

import assert from 'node:assert/strict';
import { join } from 'node:path';

import { accessible, data, desktop, dropFile, headline, overflow, phone, session, shots } from './session.js';

const { visit } = session();

const drop = (page, name) => dropFile(page, name, data(`credentials/${name}`));
const file = (page) => page.textContent('#result .bar .file');

// dropped gives a file that becomes a list.
async function dropped(page, name, bytes = data(`credentials/${name}`)) {
  await page.evaluate(({ name, bytes }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0))], name));
    document.querySelector('#drop').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }, { name, bytes: Buffer.from(bytes).toString('base64') });
  await page.waitForSelector('#batch:not([hidden]) .tallies li');
  await page.waitForSelector('body:not([data-working])', { timeout: 60_000 });
  return page.$$eval('.groups li', (rows) => rows.map((row) => [row.querySelector('.name').textContent, row.dataset.state]));
}

visit('a PDF with one attached credential', desktop, async (page) => {
  assert.equal(await drop(page, 'container-pdf.pdf'), 'unlisted');
  assert.equal(await file(page), 'container-pdf.pdf / diplôme.json');
  assert.match(await page.textContent('#result .notes'), /attached to a PDF document/);
  await accessible(page);
  await page.screenshot({ path: join(shots, 'container-pdf.png'), fullPage: true });
});

visit('a PDF with two, of which one has expired', desktop, async (page) => {
  assert.equal(await drop(page, 'container-pdf-two.pdf'), 'expired');
  assert.deepEqual(await page.$$eval('.several .file', (all) => all.map((one) => one.textContent)), ['new.json', 'old.jwt']);
  await accessible(page);
  await page.screenshot({ path: join(shots, 'container-pdf-two.png'), fullPage: true });
});

visit('a PDF with a logo, and one with a signature of its own', phone, async (page) => {
  assert.equal(await drop(page, 'container-pdf-logo.pdf'), 'unreadable');
  assert.match(await page.textContent('#result .besides'), /1 other file .*logo\.png/s);
  assert.match(await page.textContent('#result .next'), /original credential file/);
  assert.equal(await overflow(page), 0);
  await page.click('text=Check another');
  assert.equal(await drop(page, 'container-pdf-sealed.pdf'), 'unreadable');
  assert.match(await page.textContent('#result .card'), /signature of its own/);
  await page.screenshot({ path: join(shots, 'container-pdf-sealed.png'), fullPage: true });
});

visit('archives that cannot be opened say why', desktop, async (page) => {
  for (const [name, words] of Object.entries({
    'container-zip-password.zip': /password/, 'container-zip-bomb.zip': /64 MB/, 'container-zip-truncated.zip': /damaged or incomplete/,
    'container-zip-hidden.zip': /more than one way/, 'container-pdf-bomb.pdf': /64 MB/, 'container-zip-broken.zip': /cannot be unpacked/, 'container-gzip-bomb.gz': /64 MB/,
  })) {
    assert.match(await drop(page, name), /^(unreadable|refused)$/, name);
    assert.match(await page.textContent('#result .card'), words, name);
    await page.goBack();
  }
});

visit('an archive or an e-mail with one file is that file', desktop, async (page) => {
  assert.equal(await drop(page, 'container-zip.zip'), 'unlisted');
  assert.equal(await file(page), 'container-zip.zip / badge.json');
  await page.goBack();
  assert.equal(await drop(page, 'container-mail.eml'), 'unlisted');
  assert.equal(await file(page), 'container-mail.eml / diplôme für Mara.json');
  await page.goBack();
  assert.equal(await drop(page, 'container-zip-pdf.zip'), 'unlisted');
  assert.equal(await file(page), 'container-zip-pdf.zip / certificate.pdf / badge.json');
});

visit('an archive of fifty files is a list', desktop, async (page) => {
  const rows = await dropped(page, 'container-fifty.zip');
  assert.equal(rows.length, 50);
  for (const [name, state] of rows) assert.equal(name.replace(/^container-fifty\.zip \/ .*\/([a-z]+)-.*$/, '$1'), state, name);
  await accessible(page);
  await page.screenshot({ path: join(shots, 'container-fifty.png'), fullPage: true });
  await page.click('.groups li[data-state="altered"] button');
  assert.equal(await headline(page), 'altered');
  assert.match(await file(page), /^container-fifty\.zip \/ /);
});

visit('an e-mail with two files is a list', phone, async (page) => {
  const rows = await dropped(page, 'container-mail-two.eml');
  assert.deepEqual(rows, [['container-mail-two.eml / b.json', 'altered'], ['container-mail-two.eml / a.json', 'unlisted']]);
  assert.equal(await overflow(page), 0);
});

visit('archives among other files', desktop, async (page) => {
  await page.setInputFiles('#file', ['container-fifty.zip', 'container-zip-nothing.zip', 'container-pdf.pdf', 'container-zip-password.zip'].map((name) => ({ name, mimeType: 'application/octet-stream', buffer: data(`credentials/${name}`) })));
  await page.waitForSelector('#batch:not([hidden]) .tallies li');
  await page.waitForSelector('body:not([data-working])', { timeout: 60_000 });
  const names = await page.$$eval('.groups li .name', (all) => all.map((one) => one.textContent));
  assert.equal(names.length, 50 + 2 + 1 + 1);
  assert.ok(names.includes('container-zip-nothing.zip / logo.png') && names.includes('container-zip-password.zip'));
});

