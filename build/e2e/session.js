// What the tests of the page share: a browser at the built site, and a
// person's ways to give it files.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import axe from 'axe-core';

import { launch, openPage, root, serveSite } from './browser.js';
import { serveHosts } from './hosts.js';

export const data = (name) => readFileSync(join(root, 'testdata', name));
export const shots = join(root, '.cache/screenshots');

// session starts the site, the recorded hosts and a browser before the tests
// of a file. What it gives can be used inside tests. `flags` are for the
// browser.
export function session({ flags } = {}) {
  const now = {};
  before(async () => {
    mkdirSync(shots, { recursive: true });
    now.site = await serveSite();
    now.hosts = await serveHosts();
    now.browser = await launch({ hosts: now.hosts, flags });
  });
  after(async () => {
    await now.browser?.close();
    now.hosts?.close();
    now.site?.close();
  });
  const lazy = (name) => new Proxy({}, { get: (_, key) => now[name][key] });
  return { site: lazy('site'), hosts: lazy('hosts'), browser: lazy('browser'), visit: (...what) => visit(now, ...what) };
}

// visit opens a fresh page for a test, and afterwards holds it to what every
// page must be: without a request to anybody else, a breach of its policy or
// a complaint in the console.
function visit(now, name, options, steps) {
  test(name, async () => {
    const { site, hosts, browser } = now;
    hosts.answer({});
    const opened = await openPage(browser.context, options.origin?.() ?? site.origin, options);
    try {
      await steps(opened.page, opened.seen);
      const asked = opened.seen.requests.filter((address) => !address.startsWith((options.origin?.() ?? site.origin) + '/') && !/^(blob|data):/.test(address));
      assert.deepEqual(asked.filter((address) => !(options.asks ?? []).includes(new URL(address).host)), [], 'asked somebody else');
      assert.deepEqual(opened.seen.violations, []);
      if (!options.complaints) assert.deepEqual(opened.seen.problems, []);
    } finally {
      await opened.page.close();
    }
  });
}

export const desktop = { size: { width: 1100, height: 850 } };
export const phone = { size: { width: 360, height: 740 } };

// headline waits until the page is at rest and says what it says.
export async function headline(page) {
  await page.waitForSelector('body:not([data-busy]) #result:not([hidden]) .card');
  return page.getAttribute('#result .card', 'data-headline');
}

export async function press(page, id) {
  await page.click(`[data-sample="${id}"]`);
  return headline(page);
}

export async function dropFile(page, name, bytes) {
  await page.evaluate(({ name, bytes }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0))], name));
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.querySelector('#drop').dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }
  }, { name, bytes: Buffer.from(bytes).toString('base64') });
  return headline(page);
}

export async function pasteText(page, text) {
  await page.evaluate((text) => {
    const transfer = new DataTransfer();
    transfer.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: transfer }));
  }, text);
  return headline(page);
}

export async function choose(page, name) {
  await page.setInputFiles('#file', join(root, 'testdata', name));
  return headline(page);
}

// verifyAt has the page verify a file: what is asked is asked for real, but at
// the instant that is judged at.
export function verifyAt(page, { file, lists = [], options }) {
  const packed = (bytes) => Buffer.from(bytes).toString('base64');
  return page.evaluate(async ({ file, lists, options }) => {
    const [{ verifyFile }, { Network }] = await Promise.all([window.built('verify.js'), window.built('network.js')]);
    const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const network = new Network();
    const ask = network.ask.bind(network);
    network.ask = async (...what) => {
      const answer = await ask(...what);
      return answer.error ? answer : { ...answer, time: options.at };
    };
    return verifyFile(bytes(file), { ...options, network, lists: lists.map(bytes) });
  }, { file: packed(file), lists: lists.map(packed), options });
}

export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

export async function accessible(page, where) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.html).join(' | ')}`), []);
}
