// Badges that bear no signature, in the page: the issuer's website is asked only
// when the person says so, and what it answers is what is told.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe } from 'node:test';

import { root } from './browser.js';
import { choose, desktop, headline, session } from './session.js';

const { hosts, visit } = session();
const readable = (text) => text.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ');
const award = 'https://university.example/assertions/usual';

describe('a badge that its website answers for', () => {
  for (const name of ['old-badge-hosted.json', 'old-badge-picture-address.png']) {
    visit(`${name}: is asked for only when the person says so`, { ...desktop, asks: ['university.example'] }, async (page) => {
      hosts.record(join(root, 'testdata/network/badges'));
      assert.equal(await choose(page, `credentials/${name}`), 'incomplete');
      assert.deepEqual(hosts.state.seen.map(({ address }) => address), []);
      const said = readable(await page.textContent('.telling'));
      assert.match(said, /only the website that keeps it can say whether it is so/);
      assert.ok(said.includes(award));
      await page.click('.telling button');
      assert.equal(await headline(page), 'incomplete');
      // The rest of it is no secret, and asked for like any issuer's page.
      await page.waitForSelector('#finish');
      // Nothing has failed, and no key would help.
      assert.match(readable(await page.textContent('#result .saying')), /has not been asked for it yet/);
      assert.equal(await page.$('.give'), null);
      await page.click('#finish');
      await page.waitForFunction(() => !document.querySelector('#finish'));
      assert.equal(await headline(page), 'unlisted');
      const told = readable(await page.textContent('#result'));
      assert.match(told, /The website university\.example says so today\. Nothing is signed\./);
      assert.match(told, /Soil Data Analysis/);
      assert.match(readable(await page.textContent('[data-row="by"]')), /Whoever holds university\.example/);
      // No signature says that it is unchanged.
      assert.equal(await page.textContent('#result-title'), 'Its website confirms it, but we do not know this issuer');
    });
  }

  visit('one that was withdrawn: the website says so, and why', { ...desktop, asks: ['university.example'] }, async (page) => {
    hosts.record(join(root, 'testdata/network/badges'));
    await choose(page, 'credentials/old-badge-revoked.json');
    await page.click('.telling button');
    await page.waitForSelector('#finish');
    await page.click('#finish');
    await page.waitForFunction(() => !document.querySelector('#finish'));
    assert.equal(await headline(page), 'revoked');
    assert.equal(await page.getAttribute('[data-standing]', 'data-standing'), 'set');
    assert.match(readable(await page.textContent('[data-standing]')), /^Withdrawn ?The badge is kept at university\.example\..*Reason given: “Given by mistake\.”/);
  });

  // To have agreed to one address is no leave to ask another one that names the
  // badge, whatever the first one answers.
  visit('one that has moved: the new address needs leave of its own', { ...desktop, asks: ['university.example'] }, async (page) => {
    hosts.record(join(root, 'testdata/network/badges'));
    const asked = () => hosts.state.seen.map(({ address }) => address);
    assert.equal(await choose(page, 'credentials/old-badge-moved.json'), 'incomplete');
    assert.deepEqual(asked(), []);
    await page.click('.telling button');
    await page.waitForFunction((address) => document.querySelector('.telling')?.textContent.replace(/[\u2066-\u2069]/g, '').includes(address), award);
    assert.deepEqual([...new Set(asked())], ['https://university.example/assertions/moved-away']);
    await page.click('.telling button');
    await page.waitForSelector('#finish');
    assert.ok(asked().includes(award));
    await page.click('#finish');
    await page.waitForFunction(() => !document.querySelector('#finish'));
    assert.equal(await headline(page), 'unlisted');
  });
});
