// Links in the place of a file, and Blockcerts: what the page says, where it
// lets a person go, and that it goes nowhere by itself.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';

import { root } from './browser.js';
import { accessible, choose, data, desktop, headline, overflow, pasteText, phone, session, shots } from './session.js';

const words = JSON.parse(readFileSync(join(root, 'site/locales/en.json')));
const { visit } = session();

const pasted = async (page, text) => {
  await pasteText(page, text);
  return headline(page);
};
const anchor = (page) => page.$eval('#result .card .address a', (a) => ({ href: a.href, rel: a.rel, target: a.target })).catch(() => null);
const shown = (page) => page.textContent('#result .card');

describe('links', () => {
  for (const [kind, text, address] of [
    ['link_badge', 'https://www.credly.com/badges/0c2f4c0e-8b62-4a5d-9a0e-3f1f6c1d2e3f', '='],
    ['link_europass', 'https://europa.eu/europass/digital-credentials/viewer/#/shareview/aB3dE6gH9jK2mN5p', '='],
    ['link_verifier', 'https://verifierplus.org/#verify?vc=https://issuer.example/vc?id=1&key=a+b', 'https://issuer.example/vc?id=1&key=a+b'],
    // The address of its document is not the link that checks it.
    ['link_opencerts', `https://opencerts.io/?q=${encodeURIComponent('{"payload":{"uri":"https://api.issuer.example/d/1"}}')}`, null],
    ['link_wallet', 'openid4vp://?client_id=x&request_uri=https%3A%2F%2Fverifier.example', null],
    ['link', 'https://badges.example/4f2a', '='],
  ]) {
    visit(`${kind} is told and not followed`, desktop, async (page) => {
      const asked = [];
      page.on('request', (request) => { if (!request.url().startsWith('http://127.0.0.1') && !request.url().startsWith('http://localhost')) asked.push(request.url()); });
      assert.equal(await pasted(page, text), 'unreadable');
      assert.ok((await shown(page)).includes(words[`next.envelope.${kind}`]));
      // What it is stands in the one sentence, and is heard at once.
      assert.ok((await page.textContent('#result .saying')).startsWith('This is '));
      assert.match(await page.textContent('#live'), /This is /);
      const goes = await anchor(page);
      const want = address === '=' ? text : address;
      assert.equal(goes?.href ?? null, want);
      if (goes) {
        assert.deepEqual(goes.rel.split(' ').sort(), ['nofollow', 'noopener', 'noreferrer']);
        assert.equal(goes.target, '_blank');
        assert.ok((await shown(page)).includes(want), 'the address is shown');
      }
      assert.deepEqual(asked.filter((url) => url.includes('credly') || url.includes('europa') || url.includes('example')), []);
      await page.screenshot({ path: join(shots, `${kind}.png`), fullPage: true });
      await accessible(page, kind);
    });
  }

  visit('the address of a badge is asked only when somebody agrees', desktop, async (page) => {
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    assert.equal(await pasted(page, 'https://badges.example/assertions/4f2a'), 'incomplete');
    assert.match(await page.textContent('#result .telling'), /badges\.example/);
    assert.deepEqual(asked.filter((url) => url.includes('badges.example')), []);
    await accessible(page, 'badge address');
  });

  visit('an address that is no https one is only shown', desktop, async (page) => {
    assert.equal(await pasted(page, 'http://credly.com/badges/0c2f4c0e'), 'unreadable');
    assert.equal(await anchor(page), null);
  });

  visit('a credential in a link is read, and the link is said to prove nothing', desktop, async (page) => {
    assert.equal(await pasted(page, data('credentials/link-carries-famous.txt').toString()), 'unlisted');
    for (const details of await page.$$('#result details')) await details.evaluate((node) => { node.open = true; });
    assert.match(await page.textContent('#result'), /anybody can put anything behind its address/);
  });
});

describe('Blockcerts', () => {
  visit('what is open is said, with the transaction, and its page is not shown', phone, async (page) => {
    await choose(page, 'credentials/blockcerts.json');
    assert.equal(await headline(page), 'incomplete');
    assert.ok((await shown(page)).includes('Bitcoin'));
    assert.match((await anchor(page)).href, /^https:\/\/blockstream\.info\/tx\/[0-9a-f]{64}$/);
    assert.notEqual(await page.title(), '1', 'what the file has as HTML ran');
    assert.equal(await page.$('#result h1:has-text("Reading Soil Data")'), null);
    for (const details of await page.$$('#result details')) await details.evaluate((node) => { node.open = true; });
    assert.equal(await page.$('#result img'), null);
    assert.equal(await overflow(page), 0);
    await page.screenshot({ path: join(shots, 'blockcerts.png'), fullPage: true });
    await accessible(page, 'blockcerts');
  });
});
