// The built page, driven as a person drives it.

import assert from 'node:assert/strict';
import { createPrivateKey, sign } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { built, root } from './browser.js';
import { accessible, choose, data, desktop, dropFile, headline, overflow, pasteText, phone, press, session, shots } from './session.js';

// What each sample is there to show.
const samples = {
  good: 'verified',
  badge: 'verified',
  picture: 'verified',
  certificate: 'verified',
  record: 'verified',
  sealed: 'verified',
  attended: 'verified',
  'on-behalf': 'identified',
  expired: 'expired',
  altered: 'altered',
  'wrong-key': 'wrong_key',
  unlisted: 'unlisted',
  'not-signed': 'not_signed',
};
const sampleFiles = Object.fromEntries(JSON.parse(data('samples/index.json')).samples.map(({ id, file }) => [id, `samples/${file}`]));
const words = JSON.parse(readFileSync(join(root, 'site/locales/en.json')));

const { site, hosts, browser, visit } = session();

describe('samples', () => {
  visit('there is a button for each', desktop, async (page) => {
    const ids = await page.$$eval('[data-sample]', (buttons) => buttons.map((button) => button.dataset.sample));
    assert.deepEqual(ids.sort(), Object.keys(samples).sort());
  });

  visit('a record names the first of several signers as the first', desktop, async (page) => {
    await press(page, 'record');
    assert.match(await page.textContent('#result > .card .saying'), /The first of them: Signed by .?Westerlund University/);
    assert.match(await page.textContent('#live'), /The first of them/);
    const cards = await page.$$eval('.several .card', (found) => found.map((card) => `${card.dataset.role} ${/Signed by \W?(\w+)/.exec(card.textContent)[1]}`));
    assert.deepEqual(cards, ['record Westerlund', 'part Westerlund', 'endorsement Brightwork', 'part Brightwork']);
  });

  for (const [id, expected] of Object.entries(samples)) {
    visit(`${id} is ${expected}`, desktop, async (page) => {
      assert.equal(await press(page, id), expected);
      assert.equal(await page.textContent('#result-title'), words[`headline.${expected}.title`]);
      assert.match(await page.textContent('#result .stamp'), /sample/i);
      // One hears the headline at once, and is where it stands.
      assert.match(await page.textContent('#live'), new RegExp(`^Sample: ${words[`headline.${expected}.title`]}`));
      assert.equal(await page.evaluate(() => document.activeElement.id), 'result-title');
      const rows = await page.$eval('.rows', (list) => [...list.children].map((item) => item.dataset.check));
      assert.deepEqual(rows, ['envelope', 'credential', 'proof', 'key', 'signature', 'issuer', 'validity', 'status', 'trust', 'holder', 'schema']);
      assert.ok(!/[a-z]+\.[a-z_]+\.[a-z_]+|page\.|undefined|\[object|\{[a-z]+\}/.test(await page.textContent('#result .card')), 'a text is missing');
      assert.equal(await green(page), expected === 'verified');
      await page.screenshot({ path: join(shots, `sample-${id}.png`), fullPage: true });
      await accessible(page, id);
    });

    visit(`${id} fits a narrow screen, in the dark`, { ...phone, dark: true }, async (page) => {
      await press(page, id);
      await page.screenshot({ path: join(shots, `sample-${id}-narrow-dark.png`), fullPage: true });
      for (const details of await page.$$('#result details')) await details.evaluate((node) => { node.open = true; });
      assert.equal(await overflow(page), 0);
      await accessible(page, `${id} in the dark`);
    });
  }

  visit('their list ends with them', desktop, async (page) => {
    assert.equal(await press(page, 'good'), 'verified');
    assert.equal(await dropFile(page, 'good.json', data(sampleFiles.good)), 'unlisted');
    assert.equal(await page.$('#result .stamp'), null);
    await page.click('.bar button');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'file');
    assert.equal(await choose(page, sampleFiles.good), 'unlisted');
  });
});

// green says whether anything in the answer is green.
function green(page) {
  return page.evaluate(() => {
    const isGreen = (color) => {
      const [r, g, b, a = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
      return color.startsWith('rgb') && a > 0 && g > r + 8 && g > b + 8;
    };
    return [...document.querySelectorAll('#result, #result *')].some((node) => {
      const style = getComputedStyle(node);
      return [style.color, style.backgroundColor].some(isGreen);
    });
  });
}

describe('ways in', () => {
  visit('choosing a file', desktop, async (page) => {
    assert.equal(await choose(page, sampleFiles.altered), 'altered');
    assert.equal(await page.textContent('.bar .file'), 'altered.json');
  });
  visit('dropping a file', desktop, async (page) => {
    assert.equal(await dropFile(page, 'x.json', data(sampleFiles['wrong-key'])), 'wrong_key');
  });
  visit('dropping a file beside the box', desktop, async (page) => {
    await page.evaluate((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'x.json'));
      document.querySelector('footer').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }, String(data(sampleFiles.expired)));
    assert.equal(await headline(page), 'expired');
  });
  visit('pasting anywhere', desktop, async (page) => {
    assert.equal(await pasteText(page, String(data(sampleFiles.unlisted))), 'unlisted');
  });
  visit('pasting into the field', desktop, async (page) => {
    await page.fill('#text', String(data(sampleFiles.badge)));
    await page.click('#paste button');
    assert.equal(await headline(page), 'unlisted');
  });
  visit('a second file takes the place of the first', desktop, async (page) => {
    assert.equal(await choose(page, sampleFiles.altered), 'altered');
    assert.equal(await dropFile(page, 'x.json', data(sampleFiles['not-signed'])), 'not_signed');
    assert.equal((await page.$$('#result .card')).length, 1);
  });
  visit('nothing pasted, nothing done', desktop, async (page) => {
    await page.click('#paste button');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'text');
  });
});

describe('without a mouse', () => {
  visit('from the start to the reason and back', desktop, async (page) => {
    const focus = () => page.evaluate(() => {
      const node = document.activeElement;
      return node.id || node.dataset.sample || node.closest('[data-check]')?.dataset.check || node.tagName;
    });
    const tabTo = async (wanted) => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab');
        if (await focus() === wanted) return;
      }
      assert.fail(`the tab key does not lead to ${wanted}`);
    };
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await tabTo('file');
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
    await tabTo('text');
    await tabTo('altered');
    await page.keyboard.press('Enter');
    assert.equal(await headline(page), 'altered');
    assert.equal(await focus(), 'result-title');
    await tabTo('key');
    assert.equal(await page.getAttribute('[data-check="key"] details', 'open'), null);
    await page.keyboard.press('Enter');
    assert.equal(await page.getAttribute('[data-check="key"] details', 'open'), '');
    await page.keyboard.press('Shift+Tab');
    for (let presses = 0; presses < 40 && await page.evaluate(() => !document.activeElement.closest('.bar')); presses += 1) await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    assert.equal(await focus(), 'file');
    assert.equal(await page.isHidden('#result'), true);
  });
});

describe('the start', () => {
  for (const dark of [false, true]) {
    visit(`is accessible${dark ? ' in the dark' : ''}`, { ...desktop, dark }, async (page) => {
      await page.screenshot({ path: join(shots, `start${dark ? '-dark' : ''}.png`), fullPage: true });
      await accessible(page, 'start');
    });
    visit(`fits a narrow screen${dark ? ' in the dark' : ''}`, { ...phone, dark }, async (page) => {
      assert.equal(await overflow(page), 0);
      await page.screenshot({ path: join(shots, `start-narrow${dark ? '-dark' : ''}.png`), fullPage: true });
      await accessible(page, 'start, narrow');
    });
  }
  test('is served with strict headers', async () => {
    const answer = await fetch(site.origin + '/');
    const policy = answer.headers.get('content-security-policy');
    for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "form-action 'none'", "base-uri 'none'"]) assert.ok(policy.includes(rule), rule);
    assert.ok(!/unsafe-inline|'unsafe-eval'|\*/.test(policy), policy);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    const html = await answer.text();
    assert.ok(!/<style|style=|<script(?![^>]*\bsrc=)|\son[a-z]+=/i.test(html), 'something is inline');
    assert.equal((await fetch(`${site.origin}/${built()['sealcheck.wasm']}`)).headers.get('content-type'), 'application/wasm');
    for (const path of ['/_headers', '/../go.mod', '/%2e%2e/go.mod', '/locales', '/nothing.js']) {
      assert.equal((await fetch(site.origin + path)).status, 404, path);
    }
  });
});

// A credential whose issuer keeps its key at university.example.
const away = 'credentials/did-web-ed25519.jwt';
const document = 'https://university.example/.well-known/did.json';
const recorded = (more = {}) => ({ [document]: { body: webDocument(), ...more } });
const webDocument = () => {
  const folder = join(root, 'testdata/network/web');
  const index = JSON.parse(readFileSync(join(folder, 'index.json')));
  return readFileSync(join(folder, (index[document] ?? index['did:web:university.example']).file));
};
const asks = ['university.example'];

describe('other hosts', () => {
  visit('are not asked before the person says so', { ...desktop, asks }, async (page, seen) => {
    hosts.answer(recorded());
    assert.equal(await choose(page, away), 'incomplete');
    assert.match(await page.textContent('.wanted'), /university\.example/);
    assert.match(await page.textContent('#live'), /has not asked .*university\.example/);
    assert.match(await page.textContent('.wanted'), /\/\.well-known\/did\.json/);
    assert.equal(hosts.state.seen.length, 0);
    assert.ok(seen.requests.every((address) => address.startsWith(site.origin)));
    await page.screenshot({ path: join(shots, 'wanted.png'), fullPage: true });
    await accessible(page, 'wanted');

    await page.click('#finish');
    await page.waitForSelector('#result .card[data-headline="unlisted"]');
    assert.equal(await page.$('.wanted'), null);
    assert.deepEqual(hosts.state.seen.map(({ method, address }) => [method, address]), [['GET', document]]);
    const { headers } = hosts.state.seen[0];
    for (const name of ['cookie', 'referer', 'authorization', 'access-control-request-headers']) assert.equal(headers[name], undefined, name);
    await page.screenshot({ path: join(shots, 'asked.png'), fullPage: true });

    // Remembered for the tab: the next file needs no question.
    assert.equal(await dropFile(page, 'again.jwt', data(away)), 'unlisted');
    await page.reload();
    await page.waitForSelector('body[data-ready]');
    assert.equal(await choose(page, away), 'incomplete');
  });

  visit('that answer nobody leave it open, and never call it forged', { ...desktop, asks, complaints: true }, async (page) => {
    hosts.answer({ [document]: { status: 0 } });
    assert.equal(await choose(page, away), 'incomplete');
    await page.click('#finish');
    await page.waitForFunction(() => !document.querySelector('.wanted'));
    assert.equal(await headline(page), 'incomplete');
    assert.match(await page.textContent('.about'), /No answer/);
  });

  visit('that other websites may not read leave it open', { ...desktop, asks, complaints: true }, async (page) => {
    hosts.answer(recorded({ closed: true }));
    await choose(page, away);
    await page.click('#finish');
    await page.waitForFunction(() => !document.querySelector('.wanted'));
    assert.equal(await headline(page), 'incomplete');
    assert.ok(hosts.state.seen.every(({ method }) => method === 'GET'));
  });

  visit('may send on to another public address', { ...desktop, asks: [...asks, 'www.university.example'] }, async (page) => {
    hosts.answer({
      [document]: { status: 302, location: 'https://www.university.example/did.json' },
      'https://www.university.example/did.json': { body: webDocument() },
    });
    await choose(page, away);
    await page.click('#finish');
    await page.waitForSelector('#result .card[data-headline="unlisted"]');
  });

  visit('may not send on to a private address', { ...desktop, asks: [...asks, 'router.local'], complaints: true }, async (page) => {
    hosts.answer({
      [document]: { status: 302, location: 'https://router.local/did.json' },
      'https://router.local/did.json': { body: webDocument() },
    });
    await choose(page, away);
    await page.click('#finish');
    await page.waitForFunction(() => !document.querySelector('.wanted'));
    assert.equal(await headline(page), 'incomplete');
  });

  visit('may say as much as they like', { ...desktop, asks }, async (page) => {
    hosts.answer(recorded({ body: Buffer.alloc(3 << 20, ' ') }));
    await choose(page, away);
    await page.click('#finish');
    await page.waitForFunction(() => !document.querySelector('.wanted'));
    assert.match(await page.textContent('[data-check="key"]'), /key\.document_too_large/);
  });
});

describe('keys from a file', () => {
  visit('prove no more than that the file is unchanged', { ...desktop }, async (page) => {
    assert.equal(await choose(page, away), 'incomplete');
    await page.click('.give summary');
    await page.setInputFiles('#keys', join(root, 'testdata', sampleFiles.good));
    await page.waitForSelector('#trouble:not([hidden])');
    assert.equal(await headline(page), 'incomplete');
    await page.setInputFiles('#keys', join(root, 'testdata/keys/given/university-ed25519.json'));
    await page.waitForSelector('#result .card[data-headline="unlisted"]');
    assert.equal(await page.isHidden('#trouble'), true);
  });
  visit('end with the file', { ...desktop }, async (page) => {
    await choose(page, away);
    await page.click('.give summary');
    await page.setInputFiles('#keys', join(root, 'testdata/keys/given/university-ed25519.json'));
    await page.waitForSelector('#result .card[data-headline="unlisted"]');
    assert.equal(await dropFile(page, 'again.jwt', data(away)), 'incomplete');
  });
});

describe('hostile files', () => {
  const markup = '<img src=x onerror=alert(1)><script>alert(2)</script><svg onload=alert(3)>';
  visit('stay text', desktop, async (page) => {
    const file = JSON.parse(data(sampleFiles['not-signed']));
    const poison = (value) => (typeof value === 'string' && !value.startsWith('http') && !/^\d{4}-/.test(value) ? value + markup : value);
    file.name = markup;
    file.issuer = { ...(typeof file.issuer === 'object' ? file.issuer : { id: file.issuer }), name: 'Uni\u202Eytisrevinu\u200B' };
    const subject = [file.credentialSubject].flat()[0];
    for (const key of Object.keys(subject)) subject[key] = key === 'id' || key === 'type' ? subject[key] : poison(subject[key]);
    await pasteText(page, JSON.stringify(file));
    for (const details of await page.$$('#result details')) await details.evaluate((node) => { node.open = true; });
    assert.equal(await page.evaluate(() => document.querySelectorAll('#result img, #result script, #result svg:not(.icon), #result a').length), 0);
    const shown = await page.textContent('#result');
    assert.ok(shown.includes('onerror=alert(1)'));
    assert.ok(!shown.includes('\u202E') && !shown.includes('\u200B'), 'an invisible character is left');
    assert.match(await page.textContent('[data-row="by"]'), /Uni.*U\+202E.*ytisrevinu.*U\+200B/);
  });
  visit('with very long words do not break the page', phone, async (page) => {
    const file = JSON.parse(data(sampleFiles['not-signed']));
    file.issuer = { ...(typeof file.issuer === 'object' ? file.issuer : { id: file.issuer }), name: 'W'.repeat(900) };
    await pasteText(page, JSON.stringify(file));
    for (const details of await page.$$('#result details')) await details.evaluate((node) => { node.open = true; });
    assert.equal(await overflow(page), 0);
  });
  visit('that are too large are said to be', desktop, async (page) => {
    assert.equal(await dropFile(page, 'large.json', Buffer.alloc(17 << 20, '{')), 'unreadable');
    assert.match(await page.textContent('#result'), /envelope\.too_large/);
  });
  visit('that are not text are shown as bytes', desktop, async (page) => {
    assert.equal(await dropFile(page, 'x.bin', Buffer.from([0, 1, 2, 255, 254])), 'unreadable');
    await page.click('.raw > summary');
    await page.waitForSelector('.raw[data-filled]');
    assert.match(await page.textContent('.raw pre'), /00 01 02 ff fe/);
  });
  visit('that are signed in CBOR are shown with what was signed', desktop, async (page) => {
    for (const name of ['cose-good', 'cose-untagged']) {
      await dropFile(page, `${name}.cose`, data(`credentials/${name}.cose`));
      await page.click('.raw > summary');
      await page.waitForSelector('.raw[data-filled]');
      const blocks = await page.$$eval('.raw pre', (nodes) => nodes.map((node) => node.textContent));
      assert.equal(blocks.length, 2);
      assert.equal(JSON.parse(blocks[0]).credentialSubject.name, 'Mara Lindqvist');
    }
    await dropFile(page, 'deep.cose', Buffer.concat([Buffer.from([0x84]), Buffer.alloc(1 << 20, 0x81)]));
    await page.click('.raw > summary');
    await page.waitForSelector('.raw[data-filled]');
    assert.equal(await page.$$eval('.raw pre', (nodes) => nodes.length), 1);
  });
  visit('that are empty are said to be', desktop, async (page) => {
    assert.equal(await dropFile(page, 'empty', Buffer.alloc(0)), 'unreadable');
  });
  visit('with several credentials show each', desktop, async (page) => {
    const good = JSON.parse(data(sampleFiles.good));
    const altered = JSON.parse(data(sampleFiles.altered));
    await pasteText(page, JSON.stringify({
      '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'], verifiableCredential: [good, altered],
    }));
    const headlines = await page.$$eval('.several .card', (cards) => cards.map((card) => card.dataset.headline));
    assert.equal(headlines.length, 3);
    assert.ok(headlines.includes('altered') && headlines.includes('unlisted'), headlines.join());
    assert.equal(await page.getAttribute('#result > .card', 'data-headline'), 'altered');
    await page.screenshot({ path: join(shots, 'several.png'), fullPage: true });
    await accessible(page, 'several');
  });
});

describe('our own test keys prove nothing', () => {
  const keys = readdirSync(join(root, 'testdata/keys')).filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(data(`keys/${name}`))])
    .filter(([, key]) => key.d && ['Ed25519', 'P-256', 'P-384', 'P-521'].includes(key.crv));
  visit(`newly signed with each of ${keys.length}`, desktop, async (page) => {
    assert.ok(keys.length > 10);
    for (const [name, key] of keys) {
      const token = newlySigned(key);
      const found = await pasteText(page, token);
      assert.equal(found, 'unlisted', name);
      await page.click('.bar button');
    }
  });
});

// newlySigned is a plain credential of today, by the did:jwk of a key.
function newlySigned({ kty, crv, x, y, d }) {
  const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const issuer = `did:jwk:${encode(kty === 'OKP' ? { kty, crv, x } : { kty, crv, x, y })}`;
  const [alg, hash] = { Ed25519: ['EdDSA', null], 'P-256': ['ES256', 'sha256'], 'P-384': ['ES384', 'sha384'], 'P-521': ['ES512', 'sha512'] }[crv];
  const signed = [
    { alg, typ: 'vc+jwt', kid: `${issuer}#0` },
    {
      '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiableCredential'], issuer: { id: issuer, name: 'Westerlund University' },
      validFrom: '2026-01-01T00:00:00Z', credentialSubject: { id: 'did:example:mara', name: 'Mara Lindqvist' },
    },
  ].map(encode).join('.');
  const key = createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' });
  return `${signed}.${sign(hash, Buffer.from(signed), kty === 'OKP' ? key : { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

describe('the text of others', () => {
  visit('shows what is invisible, and leaves spelling alone', desktop, async (page) => {
    const shown = await page.evaluate(async (texts) => {
      const { foreign } = await window.built('dom.js');
      return texts.map((text) => foreign(text).textContent);
    }, ['a\u202Eb', 'a\u200Bb', 'a\u200Db', '\u0646\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645', '\u{1F469}\u200D\u{1F393}', 'a\u00ADb', 'a\u0000b', 'a\nb', 'Łódź – Ñandú', 'a\u{E0041}b\u{E0101}']);
    assert.deepEqual(shown, ['aU+202Eb', 'aU+200Bb', 'aU+200Db', '\u0646\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645', '\u{1F469}\u200D\u{1F393}', 'aU+00ADb', 'aU+0000b', 'a\nb', 'Łódź – Ñandú', 'aU+E0041bU+E0101']);
  });
  visit('is laid out without being changed', desktop, async (page) => {
    const json = '{"a":1.0,"a":[ {},[],"x,{}:\\" y",\t1e400 ],"b":{"c":null}}';
    const laid = await page.evaluate(async (json) => (await window.built('raw.js')).indent(json), json);
    assert.equal(laid, '{\n  "a": 1.0,\n  "a": [\n    {},\n    [],\n    "x,{}:\\" y",\n    1e400\n  ],\n  "b": {\n    "c": null\n  }\n}');
  });
  visit('closes up where a fact is missing', desktop, async (page) => {
    const said = await page.evaluate(async () => {
      const { text } = await window.built('words.js');
      return [text('page.by_list', {}), text('page.by_list', { list: 'L' }), text('page.not_a_key')];
    });
    assert.deepEqual(said, ['This name comes from the list.', 'This name comes from the list “\u2068L\u2069”.', 'page.not_a_key']);
  });
});

describe('the report', () => {
  visit('can be copied and saved', desktop, async (page) => {
    await press(page, 'badge');
    await page.click('.about summary');
    await page.click('.tools button >> nth=0');
    await page.waitForFunction(() => document.querySelector('.done').textContent !== '');
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    assert.equal(copied.headline, 'verified');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('.tools button >> nth=1')]);
    assert.equal(download.suggestedFilename(), 'sealcheck-report.json');
    assert.deepEqual(JSON.parse(readFileSync(await download.path())), copied);
  });
  visit('shows the file and what was signed', { ...desktop, dark: true }, async (page) => {
    await press(page, 'badge');
    await page.click('.raw > summary');
    await page.waitForSelector('.raw[data-filled]');
    const blocks = await page.$$eval('.raw pre', (nodes) => nodes.map((node) => node.textContent));
    assert.equal(blocks.length, 3);
    await page.screenshot({ path: join(shots, 'file-dark.png'), fullPage: true });
    const [header, payload] = String(data(sampleFiles.badge)).trim().split('.').map((part) => Buffer.from(part, 'base64url').toString());
    assert.deepEqual([JSON.parse(blocks[0]), JSON.parse(blocks[1])], [JSON.parse(header), JSON.parse(payload)]);
    assert.equal(blocks[2], String(data(sampleFiles.badge)));
  });
  visit('is open on paper', desktop, async (page) => {
    await press(page, 'good');
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    assert.equal(await page.$$eval('.rows details:not([open])', (closed) => closed.length), 0);
    await page.screenshot({ path: join(shots, 'print.png'), fullPage: true });
  });
});

describe('the checker', () => {
  test('does not start if it was tampered with', async () => {
    const opened = await browser.context.newPage();
    await opened.route('**/sealcheck.*.wasm', async (route) => {
      const answer = await route.fetch();
      const body = await answer.body();
      body[body.length - 1] ^= 1;
      await route.fulfill({ response: answer, body });
    });
    await opened.goto(site.origin + '/');
    await opened.waitForSelector('body[data-ready]');
    await opened.click('[data-sample="good"]');
    await opened.waitForSelector('#trouble:not([hidden])');
    assert.equal(await opened.isHidden('#result'), true);
    await opened.close();
  });
  visit('gives the same report twice', desktop, async (page) => {
    const [first, second] = await page.evaluate(async (text) => {
      const { verifyFile } = await window.built('verify.js');
      const bytes = new TextEncoder().encode(text);
      const options = { at: '2026-06-15T12:00:00Z' };
      return Promise.all([verifyFile(bytes, options), verifyFile(bytes, options)]);
    }, String(data(sampleFiles.good)));
    assert.deepEqual(first, second);
    assert.equal(first.at, '2026-06-15T12:00:00Z');
  });
  visit('refuses options that it does not understand', desktop, async (page) => {
    const problems = await page.evaluate(async () => {
      const { verifyFile } = await window.built('verify.js');
      const wrong = [{ at: 'yesterday' }, { trust: 'list' }, { trust: [{ name: 1 }] }, { policy: 'lax' }, { policy: '{"accept":["altered"]}' }, { online: 'yes' }, { given: [1] }, { hosts: ['a', 2] }];
      return Promise.all(wrong.map((options) => verifyFile(new Uint8Array(), options).then(() => `took ${JSON.stringify(options)}`, (problem) => problem.message)));
    });
    for (const problem of problems) assert.doesNotMatch(problem, /^took/);
  });
});
