// Many files at once, and files that keep the checker from coming back.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';

import { built, openPage, root } from './browser.js';
import { accessible, data, desktop, dropFile, headline, overflow, phone, session, shots } from './session.js';

const words = JSON.parse(readFileSync(join(root, 'site/locales/en.json')));
const { site, hosts, browser, visit } = session();

const scratch = mkdtempSync(join(tmpdir(), 'sealcheck-batch-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

// Thirty files of every sort, and what each is without any list. The names
// begin with what is expected.
const sorts = {
  unlisted: ['samples/good.json', 'samples/badge.jwt', 'samples/sealed.jsonld', 'samples/unlisted.json', 'samples/attended.jwt', 'samples/on-behalf.jsonld'],
  expired: ['samples/expired.json'],
  altered: ['samples/altered.json', 'credentials/altered-eddsa.jwt'],
  wrong_key: ['samples/wrong-key.json'],
  not_signed: ['samples/not-signed.json'],
  refused: ['credentials/alg-none.jwt', 'credentials/crit-unknown.jwt'],
  unreadable: ['credentials/container-zip-truncated.zip', 'credentials/container-gzip-truncated.json.gz'],
  incomplete: ['credentials/did-web-ed25519.jwt', 'credentials/did-web-p256.jwt'],
};
const mixed = [];
for (let round = 0; mixed.length < 30; round += 1) {
  for (const [expected, files] of Object.entries(sorts)) mixed.push({ name: `${expected}-${mixed.length}.json`, expected, file: files[round % files.length] });
}
mixed.length = 30;

const upload = (files) => files.map(({ name, file, bytes }) => ({ name, mimeType: 'application/json', buffer: bytes ?? data(file) }));

async function finished(page) {
  await page.waitForSelector('#batch:not([hidden]) .tallies');
  await page.waitForSelector('body:not([data-working])', { timeout: 60_000 });
}

const found = (page) => page.$$eval('.groups li', (rows) => rows.map((row) => [row.querySelector('.name').textContent, row.dataset.state]));

const document = 'https://university.example/.well-known/did.json';
function webDocument() {
  const folder = join(root, 'testdata/network/web');
  const index = JSON.parse(readFileSync(join(folder, 'index.json')));
  return readFileSync(join(folder, (index[document] ?? index['did:web:university.example']).file));
}
const asks = ['university.example'];

// watch counts what keeps the main thread busy for longer than 50 ms.
const watch = (page) => page.evaluate(() => {
  window.longTasks = [];
  new PerformanceObserver((list) => { for (const task of list.getEntries()) window.longTasks.push(Math.round(task.duration)); }).observe({ type: 'longtask' });
});
const longTasks = (page) => page.evaluate(() => new Promise((resolve) => { setTimeout(() => resolve(window.longTasks), 300); }));

// Other programs on the machine can make any task long; what is ours is long
// every time.
async function smooth(page, steps) {
  let tasks;
  for (let tries = 0; tries < 3; tries += 1) {
    await page.evaluate(() => { window.longTasks.length = 0; });
    await steps();
    tasks = await longTasks(page);
    if (tasks.length === 0) return;
    if (tries < 2) await page.evaluate(() => document.querySelector('#result:not([hidden]) .bar button, #batch:not([hidden]) .bar button').click());
  }
  assert.deepEqual(tasks, [], 'the page was frozen for so many milliseconds, three times in a row');
}

describe('several files', () => {
  visit('thirty mixed ones: each its headline, and the page never freezes', desktop, async (page) => {
    await watch(page);
    await smooth(page, async () => {
      await page.setInputFiles('#file', upload(mixed));
      await finished(page);
    });
    const rows = await found(page);
    assert.equal(rows.length, 30);
    for (const [name, state] of rows) assert.equal(name.replace(/-\d+\.json$/, ''), state, name);
    assert.equal(await page.textContent('#batch-title'), '30 files');
    const counts = await page.$$eval('.tallies li', (items) => items.map((item) => [item.dataset.count, Number(item.querySelector('strong').textContent), item.querySelectorAll('svg').length]));
    for (const [state, number, icons] of counts) {
      assert.equal(number, mixed.filter(({ expected }) => expected === state).length, state);
      assert.equal(icons, 1);
    }
    assert.match((await page.textContent('#live')).replace(/[\u2068\u2069]/g, ''), /^30 of 30 checked\. .*Changed after it was signed/);
    await page.screenshot({ path: join(shots, 'batch.png'), fullPage: true });
    await accessible(page, 'batch');
  });

  visit('are told apart without colour: by place, shape and word', desktop, async (page) => {
    await page.setInputFiles('#file', upload(mixed));
    await finished(page);
    const groups = await page.$$eval('.group:not([hidden])', (sections) => sections.map((section) => ({
      state: section.dataset.group,
      shape: [...section.querySelectorAll('h2 path')].map((path) => path.getAttribute('d')).join(' '),
      title: section.querySelector('h2').textContent,
      words: [...section.querySelectorAll('.row .word')].map((word) => word.textContent),
    })));
    assert.deepEqual(groups.map(({ state }) => state), ['altered', 'wrong_key', 'refused', 'expired', 'incomplete', 'unlisted', 'not_signed', 'unreadable']);
    assert.equal(new Set(groups.map(({ shape }) => shape)).size, groups.length);
    for (const { state, title, words: said } of groups) {
      assert.ok(title.includes(words[`headline.${state}.title`]));
      for (const word of said) assert.equal(word, words[`headline.${state}.title`]);
    }
  });

  for (const dark of [false, true]) {
    visit(`fit a narrow screen${dark ? ' in the dark' : ''}, with the panel that asks`, { ...phone, dark }, async (page) => {
      await page.setInputFiles('#file', upload(mixed));
      await finished(page);
      assert.equal(await overflow(page), 0);
      await page.screenshot({ path: join(shots, `batch-narrow${dark ? '-dark' : ''}.png`), fullPage: true });
      await accessible(page, 'batch, narrow');
    });
  }

  visit('each leads to its full answer and back, by keyboard', desktop, async (page) => {
    await page.setInputFiles('#file', upload(mixed.slice(0, 8)));
    await finished(page);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'batch-title');
    for (let presses = 0; presses < 40 && !await page.evaluate(() => document.activeElement.matches('.group button')); presses += 1) await page.keyboard.press('Tab');
    const name = await page.evaluate(() => document.activeElement.querySelector('.name').textContent);
    await page.keyboard.press('Enter');
    const state = await headline(page);
    assert.equal(name.replace(/-\d+\.json$/, ''), state);
    assert.equal(await page.textContent('.bar .file'), name);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'result-title');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await page.textContent(':focus'), words['page.back']);
    await page.keyboard.press('Enter');
    assert.equal(await page.isHidden('#result'), true);
    assert.equal(await page.evaluate(() => document.activeElement.querySelector('.name')?.textContent), name);
  });

  visit('the browser\'s own way back leads to the list, then to the start', desktop, async (page) => {
    await page.setInputFiles('#file', upload(mixed.slice(0, 8)));
    await finished(page);
    for (const way of ['button', 'history', 'button', 'history']) {
      await page.click('.group button');
      await headline(page);
      await (way === 'button' ? page.click('#result .bar button') : page.goBack());
      await page.waitForSelector('#batch:not([hidden])');
      assert.equal(await page.isHidden('#result'), true);
    }
    await page.goBack();
    if (await page.isHidden('#ask')) await page.goBack(); // an entry that a button has left
    await page.waitForSelector('#ask:not([hidden])');
    await page.setInputFiles('#file', upload(mixed.slice(0, 1)));
    await headline(page);
    await page.goBack();
    await page.waitForSelector('#ask:not([hidden])');
  });

  visit('what an altered file says is told as not proven', desktop, async (page) => {
    await page.setInputFiles('#file', upload(mixed));
    await finished(page);
    const said = await page.$$eval('.group:not([hidden]) li', (rows) => rows.map((row) => [row.dataset.state, row.querySelector('.gist')?.textContent ?? '']));
    for (const [state, gist] of said.filter(([, gist]) => gist)) {
      assert.equal(gist.startsWith(words['page.row_claims']), ['altered', 'mismatch', 'wrong_key', 'refused', 'not_signed', 'incomplete', 'unreadable'].includes(state), `${state}: ${gist}`);
    }
    assert.ok(said.some(([state, gist]) => state === 'altered' && gist));
  });

  visit('one question for all of them, and one button', { ...desktop, asks }, async (page) => {
    hosts.answer({ [document]: { body: webDocument() } });
    const many = [1, 2, 3].map((number) => ({ name: `incomplete-${number}.json`, file: 'credentials/did-web-ed25519.jwt' }));
    await page.setInputFiles('#file', upload([...many, mixed[0]]));
    await finished(page);
    assert.equal(hosts.state.seen.length, 0);
    assert.equal(await page.$$eval('.wanted li', (items) => items.length), 1);
    assert.match(await page.textContent('.wanted'), /To finish 3 files.*university\.example/s);
    await page.screenshot({ path: join(shots, 'batch-wanted.png'), fullPage: true });
    await page.click('#finish');
    await finished(page);
    await page.waitForFunction(() => document.querySelectorAll('[data-state="unlisted"]').length === 4);
    assert.equal(await page.$('.wanted'), null);
    assert.ok(hosts.state.seen.length > 0 && hosts.state.seen.every(({ method, address }) => method === 'GET' && address === document));
  });

  visit('can be stopped', desktop, async (page) => {
    const many = Array.from({ length: 200 }, (_, number) => ({ name: `a-${number}.json`, file: 'samples/good.json' }));
    await page.setInputFiles('#file', upload(many));
    await page.waitForSelector('.group li button');
    await page.click('#stop');
    await page.waitForSelector('body:not([data-working])');
    assert.match((await page.textContent('#live')).replace(/[\u2068\u2069]/g, ''), /^Stopped\. \d+ of 200 were checked\.$/);
    const states = (await found(page)).map(([, state]) => state);
    assert.ok(states.includes('waiting') && states.includes('unlisted'));
    // What is there can be looked at, and the next file is checked.
    await page.click('.group li button');
    assert.equal(await headline(page), 'unlisted');
    assert.equal(await dropFile(page, 'x.json', data('samples/altered.json')), 'altered');
  });

  visit('no more than 500, which is said', desktop, async (page) => {
    const many = Array.from({ length: 503 }, (_, number) => ({ name: `a-${number}.txt`, bytes: Buffer.from('nothing') }));
    await page.setInputFiles('#file', upload(many));
    await page.waitForSelector('#too-many');
    assert.match(await page.textContent('#too-many'), /500 files at a time/);
    await finished(page);
    assert.equal((await found(page)).length, 500);
  });

  visit('a folder, and folders in it, dropped', desktop, async (page) => {
    const folder = join(scratch, 'applicants');
    mkdirSync(join(folder, 'mara'), { recursive: true });
    cpSync(join(root, 'testdata/samples/altered.json'), join(folder, 'altered.json'));
    cpSync(join(root, 'testdata/samples/good.json'), join(folder, 'mara/good.json'));
    writeFileSync(join(folder, '.DS_Store'), 'x');
    const { x, y, width, height } = await (await page.$('#drop')).boundingBox();
    const client = await page.context().newCDPSession(page);
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
      await client.send('Input.dispatchDragEvent', { type, x: x + width / 2, y: y + height / 2, data: { items: [], files: [folder], dragOperationsMask: 1 } });
    }
    await finished(page);
    assert.deepEqual(await found(page), [['applicants/altered.json', 'altered'], ['applicants/mara/good.json', 'unlisted']]);
  });

  visit('a folder, chosen', desktop, async (page) => {
    await page.setInputFiles('#folder', join(root, 'testdata/samples'));
    await finished(page);
    const rows = Object.fromEntries(await found(page));
    assert.equal(rows['samples/altered.json'], 'altered');
    assert.equal(rows['samples/good.json'], 'unlisted'); // the list that lies beside it is not used
    assert.equal(rows['samples/trust.json'], 'unreadable');
  });

  visit('the issuer\'s keys beside them are offered, and never just used', desktop, async (page) => {
    const keys = data('keys/given/university-ed25519.json');
    await page.setInputFiles('#file', upload([{ name: 'a.jwt', file: 'credentials/did-web-ed25519.jwt' }, { name: 'did.json', bytes: keys }]));
    await finished(page);
    assert.deepEqual(await found(page), [['a.jwt', 'incomplete'], ['did.json', 'keys']]);
    assert.match(await page.textContent('.offer'), /did\.json/);
    await page.screenshot({ path: join(shots, 'batch-keys.png'), fullPage: true });
    await accessible(page, 'keys offered');
    await page.click('#use-keys');
    await page.waitForFunction(() => document.querySelector('[data-state="unlisted"]'));
    assert.deepEqual(await found(page), [['a.jwt', 'unlisted'], ['did.json', 'keys']]);
  });

  for (const [name, keys, of] of [['DID document', webDocument(), /did:web:university\.example/], ['PEM file', data('keys/given/university-p256.pem'), /without a word/]]) {
    visit(`a ${name} beside them is known for what it is`, desktop, async (page) => {
      await page.setInputFiles('#file', upload([{ name: 'a.json', file: 'samples/good.json' }, { name: 'keys', bytes: keys }]));
      await finished(page);
      assert.deepEqual(await found(page), [['a.json', 'unlisted'], ['keys', 'keys']]);
      assert.match(await page.textContent('[data-state="keys"]'), of);
      assert.equal(await page.$('.offer'), null); // nothing lacks them
    });
  }

  visit('can be taken away as a table and as reports', desktop, async (page) => {
    await page.setInputFiles('#file', upload([...mixed.slice(0, 3), { name: '=HYPERLINK("https:x","y").json', file: 'samples/good.json' }]));
    await finished(page);
    const [csv] = await Promise.all([page.waitForEvent('download'), page.click('#save-table')]);
    assert.equal(csv.suggestedFilename(), 'sealcheck.csv');
    const lines = readFileSync(await csv.path(), 'utf8').split('\r\n');
    assert.ok(lines[0].startsWith('\ufeff"file","headline"'));
    assert.equal(lines.length, 6); // head, four, end
    assert.ok(lines.some((line) => line.startsWith('"\'=HYPERLINK(""https:x"",""y"").json","unlisted"')), lines.join('\n'));
    const [json] = await Promise.all([page.waitForEvent('download'), page.click('#save-reports')]);
    const { files } = JSON.parse(readFileSync(await json.path()));
    assert.deepEqual(files.map(({ report }) => report.headline).sort(), ['altered', 'expired', 'unlisted', 'unlisted']);
  });

  visit('a table that no spreadsheet takes for a program', desktop, async (page) => {
    const cells = await page.evaluate(async (values) => {
      const { cell } = await window.built('table.js');
      return values.map((value) => cell(value));
    }, ['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\r=1', '\u200b=1', '\u202egpj.nosj', 'a\u001b[31m\0', '\uff1d1', '|calc', 'plain', 'a"b', 'two\nlines', undefined, 'Łódź – ok']);
    assert.deepEqual(cells, ['"\'=1+1"', '"\'+1"', '"\'-1"', '"\'@SUM(A1)"', '"\' =1"', '"\'\t=1"', '"\'\r=1"', '"\'[U+200B]=1"', '"[U+202E]gpj.nosj"', '"a[U+001B][31m[U+0000]"', '"\'\uff1d1"', '"\'|calc"', '"plain"', '"a""b"', '"two\nlines"', '""', '"Łódź – ok"']);
  });
});

describe('a large file', () => {
  const large = () => {
    const file = JSON.parse(data('samples/good.json'));
    const subject = [file.credentialSubject].flat()[0];
    subject.results = Array.from({ length: 2000 }, (_, number) => ({ type: 'Result', value: `${number}: ${'\u0142 long text '.repeat(20)}` }));
    return Buffer.from(JSON.stringify(file));
  };
  const token = () => ['{"alg":"EdDSA"}', JSON.stringify({ a: Array.from({ length: 15_000 }, (_, number) => ({ number, text: 'x' })) }), 'x'].map((part) => Buffer.from(part).toString('base64url')).join('.');
  for (const [name, bytes] of [['of JSON', large()], ['of a token', Buffer.from(token())], ['of nothing', Buffer.alloc(500_000, 'a ')]]) {
    visit(`${name} (${bytes.length} bytes) never freezes the page`, desktop, async (page) => {
      assert.ok(bytes.length > 480_000, String(bytes.length));
      await watch(page);
      await smooth(page, async () => {
        await page.setInputFiles('#file', { name: 'large', mimeType: 'text/plain', buffer: bytes });
        await headline(page);
        await page.click('.raw > summary');
        await page.waitForSelector('.raw[data-filled]');
        await page.evaluate(() => scrollTo(0, 1e6));
      });
    });
  }
});

describe('a checker that does not come back', () => {
  // The worker as it is, but it never answers for a file that begins with
  // HANG, and dies of one that begins with DIES.
  const sabotage = async (page) => page.route('**/static/worker.*.js', async (route) => {
    const answer = await route.fetch();
    const body = await answer.text();
    await route.fulfill({
      response: answer,
      body: `${body}
        ;(() => {
          const usual = self.onmessage;
          self.onmessage = (event) => {
            const begins = event.data.bytes && String.fromCharCode(...event.data.bytes.subarray(0, 4));
            if (begins === 'HANG') for (;;);
            if (begins === 'DIES') throw new Error('gone');
            usual(event);
          };
        })();`,
    });
  });
  const sabotaged = async (steps) => {
    const opened = await openPage(browser.context, site.origin, desktop);
    await sabotage(opened.page);
    await opened.page.reload();
    await opened.page.waitForSelector('body[data-ready]');
    try {
      await steps(opened.page);
    } finally {
      await opened.page.close();
    }
  };

  test('is ended and started again, and later files go on', { timeout: 90_000 }, () => sabotaged(async (page) => {
    await page.setInputFiles('#file', upload([
      { name: 'altered-1.json', file: 'samples/altered.json' }, { name: 'hang.json', bytes: Buffer.from('HANG') },
      { name: 'dies.json', bytes: Buffer.from('DIES') }, { name: 'unlisted-2.json', file: 'samples/good.json' },
    ]));
    await finished(page);
    assert.deepEqual(Object.fromEntries(await found(page)), { 'altered-1.json': 'altered', 'hang.json': 'failed', 'dies.json': 'failed', 'unlisted-2.json': 'unlisted' });
    const failed = await page.$$eval('[data-state="failed"] .word', (nodes) => nodes.map((node) => node.textContent));
    assert.deepEqual(failed, [words['page.failed.stuck'], words['page.failed.broken']]);
    assert.equal(await page.$('[data-state="failed"] button'), null);
    await page.screenshot({ path: join(shots, 'batch-failed.png'), fullPage: true });
  }));

  test('is no verdict on a single file', { timeout: 60_000 }, () => sabotaged(async (page) => {
    await page.setInputFiles('#file', upload([{ name: 'hang.json', bytes: Buffer.from('HANG') }]));
    await page.waitForSelector('#trouble:not([hidden])', { timeout: 30_000 });
    assert.match(await page.textContent('#trouble'), /took too long.*says nothing about the file/);
    assert.equal(await page.isHidden('#result'), true);
    await page.screenshot({ path: join(shots, 'stuck.png'), fullPage: true });
    await page.setInputFiles('#file', upload([{ name: 'x.json', file: 'samples/good.json' }]));
    assert.equal(await headline(page), 'unlisted');
    assert.equal(await page.isHidden('#trouble'), true);
  }));

  test('is left at once for another file', { timeout: 30_000 }, () => sabotaged(async (page) => {
    await page.setInputFiles('#file', upload([{ name: 'hang.json', bytes: Buffer.from('HANG') }]));
    const started = Date.now();
    assert.equal(await dropFile(page, 'x.json', data('samples/altered.json')), 'altered');
    assert.ok(Date.now() - started < 10_000);
  }));

  test('that does not even start is said not to work', { timeout: 60_000 }, async () => {
    const page = await browser.context.newPage();
    await page.route('**/static/worker.*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: 'for (;;);' }));
    await page.goto(site.origin + '/');
    await page.waitForSelector('body[data-ready]');
    await page.setInputFiles('#file', upload([{ name: 'x.json', file: 'samples/good.json' }]));
    await page.waitForSelector('#trouble:not([hidden])', { timeout: 40_000 });
    assert.equal(await page.isHidden('#result'), true);
    await page.close();
  });

  test('its parts are named by what is in them', () => {
    for (const name of ['main.js', 'worker.js', 'styles.css', 'sealcheck.wasm', 'en.json']) assert.match(built()[name], /^static\/[a-z]+\.[0-9a-f]{12}\.[a-z]+$/);
  });
});
