// Files that hold several credentials: what the answer is about stands first,
// what is in it below, and what others say of it apart from both.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe } from 'node:test';

import { accessible, choose, desktop, overflow, phone, session, shots } from './session.js';

const { visit } = session();

const cards = (page, within) => page.$$eval(`${within} .card`, (found) => found.map((card) => `${card.dataset.role} ${card.dataset.headline}`));

describe('several credentials', () => {
  visit('a learner record shows its parts below it', desktop, async (page) => {
    assert.equal(await choose(page, 'credentials/clr-three.json'), 'expired');
    assert.deepEqual(await cards(page, '.several'), ['record unlisted', 'part unlisted', 'part expired', 'part unlisted']);
    assert.deepEqual(await cards(page, '.several .held'), ['part unlisted', 'part expired', 'part unlisted']);
    assert.match(await page.textContent('#result > .card .saying'), /^.?1.? of .?4.? credentials: /);
    assert.match(await page.textContent('#live'), /1.? of .?4.? credentials/);
    assert.match(await page.textContent('.several > .card'), /Diploma in Soil Science/);
    await page.screenshot({ path: join(shots, 'record.png'), fullPage: true });
    await accessible(page, 'record');
  });

  visit('an endorsed badge is one answer, and its endorsements stand apart', desktop, async (page) => {
    assert.equal(await choose(page, 'credentials/endorsed-everywhere.json'), 'unlisted');
    assert.match(await page.textContent('#result > .card'), /Reading Soil Data/);
    assert.equal((await cards(page, '[data-said]')).length, 5);
    assert.match(await page.textContent('[data-said]'), /not about this learner[\s\S]*would hire/);
    await page.screenshot({ path: join(shots, 'endorsed.png'), fullPage: true });
    await accessible(page, 'endorsed');
  });

  visit('an altered endorsement does not change the answer', desktop, async (page) => {
    assert.equal(await choose(page, 'credentials/endorsed-altered.json'), 'unlisted');
    assert.deepEqual(await cards(page, '[data-said]'), ['endorsement altered']);
  });

  visit('what a credential came in stands apart', desktop, async (page) => {
    assert.equal(await choose(page, 'credentials/vp2-di-other.json'), 'unlisted');
    assert.deepEqual(await cards(page, '[data-wrapping]'), ['presentation unlisted']);
    assert.match(await page.textContent('#result > .card .notes'), /in another name/);
    await page.screenshot({ path: join(shots, 'presentation.png'), fullPage: true });
    await accessible(page, 'presentation');
    await page.click('.bar button');
    assert.equal(await choose(page, 'credentials/wrapper-expired.json'), 'expired');
    assert.deepEqual(await cards(page, '[data-wrapping]'), ['wrapper not_signed']);
  });

  visit('records, presentations and endorsements in one another fit a narrow screen', phone, async (page) => {
    assert.equal(await choose(page, 'credentials/clr-endorsed.json'), 'unlisted');
    assert.deepEqual(await cards(page, '.several'), ['presentation unlisted', 'record unlisted', 'part unlisted', 'endorsement unlisted']);
    for (const details of await page.$$('#result details')) await details.evaluate((node) => { node.open = true; });
    assert.equal(await overflow(page), 0);
    await page.screenshot({ path: join(shots, 'record-narrow.png'), fullPage: true });
    await accessible(page, 'record, narrow');
  });

  visit('a mandate and the files in a sealed credential are told, and not opened', desktop, async (page) => {
    await choose(page, 'credentials/edc-mandate.jsonld');
    const told = await page.textContent('#result > .card');
    assert.match(told, /alone answers for what is said here/);
    assert.match(told, /sealed on behalf of another body/);
    assert.match(told, /mandate\.html.*HTML.*25 bytes.*5c140d35/s);
    assert.equal(await page.$('#result iframe, #result object, #result embed, #result img'), null);
    await page.screenshot({ path: join(shots, 'mandate.png'), fullPage: true });
    await accessible(page, 'mandate');
  });
});
