// The page under attack: threats T22 to T27, by name, and what a person may
// set.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { built, root } from './browser.js';
import { accessible, choose, data, desktop, dropFile, headline, overflow, phone, press, session, shots } from './session.js';

const words = JSON.parse(readFileSync(join(root, 'site/locales/en.json')));
const { scenarios } = JSON.parse(data('manifest.json'));
const { site, hosts, browser, visit } = session();

const away = 'credentials/did-web-ed25519.jwt';
const document = 'https://university.example/.well-known/did.json';
const asks = ['university.example'];
function webDocument() {
  const folder = join(root, 'testdata/network/web');
  const index = JSON.parse(readFileSync(join(folder, 'index.json')));
  return readFileSync(join(folder, (index[document] ?? index['did:web:university.example']).file));
}

const payloads = [
  '<script>document.title="hit"</script>', '<img src=x onerror="document.title=\'hit\'">', '<svg onload=document.title="hit"><animate onbegin=alert(1)></svg>',
  '"><iframe srcdoc="<script>parent.document.title=1</script>">', 'javascript:document.title="hit"', 'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', '<a href="javascript:alert(1)">x</a>', '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}', '<style>@import "https://tracker.example/x.css"</style>', '[x](javascript:alert(1)) ![y](https://tracker.example/pixel.png)',
  '\u202Egnp.exe\u202C<b>', 'https://tracker.example/pixel.png?who=you', '<link rel=preload as=image href=//tracker.example/x><base href=//tracker.example/>',
];

// everyField gives copies of a document, each with the payload in one of its
// texts, or in the name of a member.
function everyField(value, payload, put = (changed) => changed) {
  if (typeof value === 'string') return [put(payload), put(value + payload)];
  if (Array.isArray(value)) return value.flatMap((item, at) => everyField(item, payload, (changed) => put(value.with?.(at, changed) ?? value.map((old, index) => (index === at ? changed : old)))));
  if (value && typeof value === 'object') {
    return [put({ ...value, [payload]: payload }), ...Object.entries(value).flatMap(([name, item]) => everyField(item, payload, (changed) => put({ ...value, [name]: changed })))];
  }
  return [];
}

describe('T23', () => {
  const rich = () => {
    const file = JSON.parse(data('samples/good.json'));
    const subject = [file.credentialSubject].flat()[0];
    subject.achievement = { ...subject.achievement, image: { id: 'https://tracker.example/badge.png', type: 'Image' }, criteria: { id: 'https://tracker.example/criteria', narrative: 'x' } };
    file.renderMethod = [{ type: 'SvgRenderingTemplate', id: 'https://tracker.example/template.svg' }];
    file.evidence = [{ id: 'https://tracker.example/evidence', type: ['Evidence'], name: 'x' }];
    return file;
  };
  visit('a payload in every field, of signed and unsigned files, stays text and breaks no policy', desktop, async (page, seen) => {
    const dialogs = [];
    page.on('dialog', (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
    const unsigned = { ...rich() };
    delete unsigned.proof;
    const files = payloads.flatMap((payload) => [...everyField(rich(), payload), ...everyField(unsigned, payload)]).map((file) => JSON.stringify(file));
    assert.ok(files.length > 1000, String(files.length));
    const reports = [];
    for (let at = 0; at < files.length; at += 200) {
      reports.push(...await page.evaluate(async (texts) => {
        const [{ verifyFile }, { show }] = await Promise.all([window.built('verify.js'), window.built('render.js')]);
        const section = document.querySelector('#result');
        section.hidden = false;
        const found = [];
        for (const text of texts) {
          const bytes = new TextEncoder().encode(text);
          const report = await verifyFile(bytes, { online: true });
          show(section, report, { name: text.slice(0, 40), bytes }, {});
          for (const details of section.querySelectorAll('details')) details.open = true;
          const foreign = [...section.querySelectorAll('*')].filter((node) => /^(script|img|iframe|object|embed|link|style|base|meta|a|form|video|audio|template|portal)$/i.test(node.localName)
            || (node.namespaceURI.endsWith('svg') && !node.closest('svg.icon'))
            || [...node.attributes].some(({ name, value }) => /^on|^(href|src|srcset|style|action|xlink:href)$/i.test(name) || /javascript:/i.test(value)));
          found.push(report.headline, ...foreign.map((node) => `ELEMENT ${node.outerHTML.slice(0, 100)}`));
        }
        return found;
      }, files.slice(at, at + 200)));
    }
    assert.deepEqual(reports.filter((line) => line.startsWith('ELEMENT')), []);
    assert.ok(new Set(reports).size > 2, [...new Set(reports)].join());
    assert.ok(!reports.includes('verified'));
    assert.deepEqual(dialogs, []);
    assert.equal(await page.title(), words['page.title']);
    assert.ok(seen.requests.every((address) => address.startsWith(site.origin)), 'something was loaded');
  });

  visit('addresses that are programs are never links, and no address is one', desktop, async (page) => {
    const file = rich();
    for (const [name, address] of [['id', 'javascript:alert(1)'], ['criteria', { id: 'javascript:alert(2)', narrative: '[go](javascript:alert(3))' }], ['image', 'data:image/svg+xml,<svg onload=alert(4)>']]) {
      [file.credentialSubject].flat()[0].achievement[name] = address;
    }
    file.issuer = { ...file.issuer, url: 'javascript:alert(5)', image: 'https://tracker.example/logo.png' };
    await dropFile(page, 'javascript:alert(6).json', Buffer.from(JSON.stringify(file)));
    for (const details of await page.$$('#result details')) await details.evaluate((node) => { node.open = true; });
    assert.equal(await page.$$eval('#result a, #result img, #result [href], #result [src]', (nodes) => nodes.length), 0);
  });

  visit('names of files stay text too', desktop, async (page) => {
    await page.setInputFiles('#file', payloads.slice(0, 4).map((name, at) => ({ name: `${at}${name.replaceAll('/', '\u2215')}.json`, mimeType: 'application/json', buffer: data('samples/altered.json') })));
    await page.waitForSelector('#batch .tallies li');
    await page.waitForSelector('body:not([data-working])');
    assert.equal(await page.$$eval('#batch img, #batch script, #batch iframe, #batch svg:not(.icon)', (nodes) => nodes.length), 0);
    assert.equal(await page.$$eval('[data-state="altered"]', (rows) => rows.length), 4);
  });
});

describe('T24', () => {
  visit('what is asked is what was announced, and nothing else', { ...desktop, asks }, async (page, seen) => {
    hosts.answer({ [document]: { body: webDocument() } });
    await choose(page, away);
    const announced = await page.$$eval('.wanted li code', (nodes) => nodes.map((node) => node.textContent));
    const before = seen.requests.length;
    await page.click('#finish');
    await page.waitForSelector('#result .card[data-headline="unlisted"]');
    assert.deepEqual(seen.requests.slice(before), announced);
    // And the server saw them bare: no OPTIONS, which it would have refused (405).
    assert.deepEqual(hosts.state.seen.map(({ method, address }) => [method, address]), announced.map((address) => ['GET', address]));
    for (const { headers } of hosts.state.seen) {
      for (const name of ['cookie', 'referer', 'authorization', 'access-control-request-headers', 'access-control-request-method']) assert.equal(headers[name], undefined, name);
    }
  });

  visit('the page itself loads each of its parts once, and nothing again for a second file', desktop, async (page, seen) => {
    await choose(page, 'samples/good.json');
    const own = seen.requests.filter((address) => !address.endsWith('/')).map((address) => address.slice(site.origin.length + 1));
    assert.equal(new Set(own).size, own.length, own.join('\n'));
    const before = seen.requests.length;
    await dropFile(page, 'x.json', data('samples/altered.json'));
    assert.deepEqual(seen.requests.slice(before), []);
  });

  visit('every recorded sample asks nobody', desktop, async (page, seen) => {
    for (const id of await page.$$eval('[data-sample]', (buttons) => buttons.map((button) => button.dataset.sample))) {
      await press(page, id);
      await page.click('.bar button');
    }
    assert.ok(seen.requests.every((address) => address.startsWith(site.origin)));
  });
});

describe('T25 and T27', () => {
  const snapshot = {
    '/': ['content-security-policy', "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self' https:; worker-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types sealcheck-worker; frame-ancestors 'none'", 'no-cache'],
    worker: ['content-security-policy', "default-src 'none'; script-src 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types 'none'", 'public, max-age=31536000, immutable'],
  };
  test('the headers are these', async () => {
    for (const [where, [name, policy, kept]] of Object.entries(snapshot)) {
      const { headers } = await fetch(site.origin + (where === '/' ? '/' : `/${built()['worker.js']}`));
      assert.equal(headers.get(name), policy);
      assert.equal(headers.get('cache-control'), kept);
      assert.deepEqual(Object.fromEntries(['cross-origin-opener-policy', 'cross-origin-resource-policy', 'permissions-policy', 'referrer-policy', 'x-content-type-options', 'x-frame-options'].map((one) => [one, headers.get(one)])), {
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
    }
  });

  test('the page cannot be framed', async () => {
    const page = await browser.context.newPage();
    await page.route('http://localhost:9/frame', (route) => route.fulfill({ contentType: 'text/html', body: `<iframe src="${site.origin}/"></iframe>` }));
    await page.goto('http://localhost:9/frame');
    await page.waitForTimeout(500);
    assert.equal(await page.frames().at(-1).$('#ask').catch(() => null), null);
    await page.close();
  });

  for (const [part, pattern] of [['script', '**/static/render.*.js'], ['style', '**/static/styles.*.css'], ['first script', '**/static/main.*.js']]) {
    test(`a ${part} that was tampered with is not taken`, async () => {
      const page = await browser.context.newPage();
      await page.route(pattern, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: `${await answer.text()}\n/**/` });
      });
      await page.goto(site.origin + '/');
      await page.waitForTimeout(700);
      if (part === 'style') assert.equal(await page.evaluate(() => [...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0)), 0);
      else assert.equal(await page.$('body[data-ready]'), null);
      await page.close();
    });
  }

  for (const [how, change] of [
    ['a changed byte', (body) => { body[body.length - 1] ^= 1; return body; }],
    ['a missing end', (body) => body.subarray(0, body.length - 10)],
    ['another program', () => Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])],
  ]) {
    test(`a core with ${how} does not start`, async () => {
      const page = await browser.context.newPage();
      await page.route('**/static/sealcheck.*.wasm*', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: change(await answer.body()) });
      });
      await page.goto(site.origin + '/');
      await page.waitForSelector('body[data-ready]');
      await page.click('[data-sample="good"]');
      await page.waitForSelector('#trouble:not([hidden])');
      assert.match(await page.textContent('#trouble'), /not the one that belongs to this page/);
      assert.equal(await page.isHidden('#result'), true);
      await page.close();
    });
  }
});

describe('hosts that cannot be read', () => {
  visit('are said to be probably closed, with what to do instead', { ...desktop, asks, complaints: true }, async (page) => {
    hosts.answer({ [document]: { body: webDocument(), closed: true } });
    await choose(page, away);
    await page.click('#finish');
    await page.waitForSelector('.closed');
    assert.equal(await headline(page), 'incomplete');
    assert.match(await page.textContent('.closed'), /university\.example answers, but it probably does not let other websites read it.*save what it shows as did\.json, and drop that file here/s);
    assert.ok(hosts.state.seen.every(({ method }) => method === 'GET'));
    await page.screenshot({ path: join(shots, 'closed.png'), fullPage: true });
    await accessible(page, 'closed');
    // Which is then done: the keys are offered, not checked as a file.
    await page.evaluate((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'did.json'));
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }, String(webDocument()));
    await page.waitForSelector('.offer');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'use-keys');
    await page.screenshot({ path: join(shots, 'offer.png'), fullPage: true });
    await page.click('#use-keys');
    await page.waitForSelector('#result .card[data-headline="unlisted"]');
  });

  visit('are not called closed when nobody answers', { ...desktop, asks, complaints: true }, async (page) => {
    hosts.answer({ [document]: { status: 0 } });
    await choose(page, away);
    await page.click('#finish');
    await page.waitForFunction(() => !document.querySelector('.wanted'));
    await headline(page);
    assert.equal(await page.$('.closed'), null);
  });
});

describe('what a person may set', () => {
  const set = async (page, value) => {
    await page.$eval('#asking', (details) => { details.open = true; });
    await page.setChecked('#nobody', value === 'never');
    if (value !== 'never') await page.check(`[name="asking"][value="${value}"]`);
  };
  visit('never: nobody is asked, and nothing is offered', desktop, async (page) => {
    hosts.answer({ [document]: { body: webDocument() } });
    await set(page, 'never');
    await page.reload();
    await page.waitForSelector('body[data-ready]');
    assert.equal(await page.isChecked('#nobody'), true); // kept
    assert.equal(await choose(page, away), 'incomplete');
    assert.equal(await page.$('.wanted'), null);
    assert.equal(hosts.state.seen.length, 0);
    await page.click('.bar button');
    await set(page, 'ask');
    assert.equal(await page.evaluate(() => localStorage.length), 0); // and undone
    assert.equal(await choose(page, away), 'incomplete');
    assert.ok(await page.$('.wanted'));
  });
  visit('always: without a question, until it is undone', { ...desktop, asks }, async (page) => {
    hosts.answer({ [document]: { body: webDocument() } });
    await set(page, 'always');
    assert.equal(await choose(page, away), 'unlisted');
    await page.click('.bar button');
    await set(page, 'ask');
    assert.equal(await choose(page, away), 'incomplete');
  });
});

describe('lists that a person relies on', () => {
  const listed = () => scenarios.find(({ network, file, trust, expect }) => network === '' && expect.headline === 'verified' && trust.join() === 'trust/main.json' && file.startsWith('credentials/'));
  visit('count for the tab, by name and date, and can be removed', desktop, async (page) => {
    const { file } = listed();
    const without = await choose(page, file);
    assert.equal(without, 'unlisted');
    await page.click('.bar button');
    await page.click('#rely summary');
    await page.setInputFiles('#list', join(root, 'testdata/trust/main.json'));
    await page.waitForSelector('.relied li');
    const { name } = JSON.parse(data('trust/main.json'));
    assert.ok((await page.textContent('.relied li')).includes(name));
    assert.match(await page.textContent('.relied li'), /Made/);
    await page.screenshot({ path: join(shots, 'lists.png'), fullPage: true });
    await accessible(page, 'lists');
    const before = await choose(page, file);
    assert.equal(before, 'verified');
    // A sample is judged by its own list alone.
    await page.click('.bar button');
    assert.equal(await press(page, 'unlisted'), 'unlisted');
    assert.ok(!(await page.textContent('.about')).includes(name));
    await page.click('.bar button');
    await page.click('.relied button');
    assert.equal(await page.$('.relied li'), null);
    assert.equal(await choose(page, file), 'unlisted');
    await page.reload();
    await page.waitForSelector('body[data-ready]');
    assert.equal(await choose(page, file), 'unlisted');
  });
  visit('are refused if they are none', desktop, async (page) => {
    await page.click('#rely summary');
    for (const name of ['trust/broken.json', 'trust/no-list.json', 'samples/good.json', 'trust/version-2.json']) {
      await page.setInputFiles('#list', join(root, 'testdata', name));
      await page.waitForFunction(() => document.querySelector('#rely [role="status"]').textContent !== '');
      assert.equal(await page.$('.relied li'), null, name);
      await page.evaluate(() => document.querySelector('#rely [role="status"]').replaceChildren());
    }
  });
  visit('the list of the samples ends with the sample, whatever comes next', desktop, async (page) => {
    for (const id of ['good', 'badge', 'sealed', 'attended']) {
      assert.equal(await press(page, id), 'verified');
      const { file } = JSON.parse(data('samples/index.json')).samples.find((one) => one.id === id);
      await page.setInputFiles('#file', [0, 1].map((number) => ({ name: `${number}.json`, mimeType: 'text/plain', buffer: data(`samples/${file}`) })));
      await page.waitForSelector('#batch .tallies li');
      await page.waitForSelector('body:not([data-working])');
      assert.deepEqual(await page.$$eval('.groups li', (rows) => rows.map((row) => row.dataset.state)), ['unlisted', 'unlisted'], id);
      await page.click('.bar button');
    }
  });
});

// Every headline, as a scenario of the manifest gives it; those that no
// scenario gives, as a report made for it.
const headlines = Object.keys(words).map((key) => /^headline\.([a-z_]+)\.title$/.exec(key)?.[1]).filter(Boolean);

describe('every headline', () => {
  const preferred = { incomplete: 'did-web-404', mismatch: 'did-web-no-kid-stranger', delisted: 'list-withdrawn', identified: undefined };
  async function reportOf(page, wanted) {
    const scenario = scenarios.find(({ id }) => id === preferred[wanted]) ?? scenarios.find(({ expect, network }) => expect.headline === wanted && network === '')
      ?? scenarios.find(({ expect }) => expect.headline === wanted);
    const base = scenario ?? scenarios.find(({ expect, network }) => expect.headline === 'verified' && network === '');
    hosts.record(base.network ? join(root, 'testdata/network', base.network) : '');
    const names = [...new Set(Object.keys(hosts.state.index).map((name) => (name.startsWith('did:web:') ? decodeURIComponent(name.split(':')[2]) : new URL(name).host)))];
    const { report } = await page.evaluate(async ({ file, options, wanted, made }) => {
      const [{ verifyFile }, { show }] = await Promise.all([window.built('verify.js'), window.built('render.js')]);
      const bytes = Uint8Array.from(atob(file), (character) => character.charCodeAt(0));
      const report = await verifyFile(bytes, options);
      if (made) {
        const [credential] = report.credentials;
        const status = credential.checks.find(({ name }) => name === 'status');
        status.outcome = wanted === 'revoked' ? 'fail' : 'unknown';
        status.codes = [`status.${wanted}`];
        status.findings = [{ code: `status.${wanted}`, facts: { address: 'https://university.example/status/1', date: '2026-03-01T00:00:00Z' } }];
        for (const one of [report, credential]) Object.assign(one, { headline: wanted, verdict: wanted === 'revoked' ? 'invalid' : 'indeterminate', saying: { key: wanted, facts: one.saying.facts } });
      }
      document.querySelector('#ask').hidden = true;
      const section = document.querySelector('#result');
      section.hidden = false;
      show(section, report, { name: 'credential', bytes }, {});
      return { report };
    }, {
      file: data(base.file).toString('base64'),
      wanted,
      made: !scenario,
      options: {
        at: base.at, online: true, hosts: names, trust: base.trust.map((name) => ({ name, text: String(data(name)) })), given: base.keys.map((name) => String(data(name))),
      },
    });
    assert.equal(report.headline, wanted);
  }

  const shapes = new Map();
  for (const wanted of headlines) {
    for (const [name, options] of [['', desktop], ['-narrow', phone], ['-dark', { ...desktop, dark: true }], ['-narrow-dark', { ...phone, dark: true }]]) {
      visit(`${wanted}${name.replaceAll('-', ' ')}`, { ...options, asks: ['university.example', 'registry.example', 'issuer.example'], complaints: true }, async (page) => {
        await reportOf(page, wanted);
        await page.evaluate(() => scrollTo(0, 0));
        await page.screenshot({ path: join(shots, `headline-${wanted}${name}.png`), clip: { x: 0, y: 0, ...options.size } });
        await accessible(page, wanted);
        if (name === '') shapes.set(wanted, await page.$$eval('.headline .icon path', (paths) => paths.map((path) => path.getAttribute('d')).join(' ')));
        if (!name.startsWith('-narrow')) return;
        for (const details of await page.$$('#result details')) await details.evaluate((node) => { node.open = true; });
        assert.equal(await overflow(page), 0);
        assert.deepEqual(await clipped(page), []);
        if (name === '-narrow') await page.screenshot({ path: join(shots, `open-${wanted}-narrow.png`), fullPage: true });
      });
    }
  }
  test('has a shape of its own', () => assert.equal(new Set(shapes.values()).size, headlines.length));
});

// clipped lists what stands beyond the edge of the page or of what holds it.
function clipped(page) {
  return page.evaluate(() => [...document.querySelectorAll('#result *')].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.width > 0 && !node.closest('svg') && (box.right > innerWidth + 1 || node.scrollWidth > node.clientWidth + 1) && getComputedStyle(node).display !== 'inline' && !node.matches('.out-of-sight');
  }).map((node) => `${node.localName}.${node.className}: ${node.textContent.slice(0, 60)}`));
}

describe('a narrow screen', () => {
  visit('clips no long identifier', phone, async (page) => {
    for (const id of ['wrong-key', 'good', 'badge', 'sealed']) {
      await press(page, id);
      for (const details of await page.$$('#result details')) await details.evaluate((node) => { node.open = true; });
      assert.deepEqual(await clipped(page), [], id);
      if (id === 'wrong-key') await page.screenshot({ path: join(shots, 'wrong-key-open-narrow.png'), fullPage: true });
      await page.click('.bar button');
    }
  });
});

describe('the fixed packages', () => {
  // hack-pad/safejs: what the core does with JavaScript values that throw.
  visit('safejs: a hostile option is an error, and the core lives on', desktop, async (page) => {
    const [problem, after] = await page.evaluate(async () => {
      const { verifyFile } = await window.built('verify.js');
      const wrong = await verifyFile(new Uint8Array(), { trust: [1] }).then(() => 'taken', (found) => found.message);
      return [wrong, (await verifyFile(new Uint8Array())).headline];
    });
    assert.match(problem, /^verify: safejs\.|^verify: .*not a text|^verify: /);
    assert.equal(after, 'unreadable');
  });
});

