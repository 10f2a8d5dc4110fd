// Chromium, the built site under its dev server, and the recorded hosts, for
// the tests.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

export const root = fileURLToPath(new URL('../..', import.meta.url));

// serveSite starts `build serve` on a free port.
export async function serveSite() {
  const child = spawn(join(root, '.cache/build'), ['serve'], { cwd: root, env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => { throw new Error('the dev server did not start'); }),
  ]);
  return { origin: new URL(String(line).trim()).origin, close: () => child.kill() };
}

// launch starts Chromium. Every name but this machine's own leads to the
// recorded hosts, or nowhere: a test can reach nothing else. `flags` are
// further ones of the command line.
export async function launch({ hosts, flags = [] } = {}) {
  if (!process.env.CHROME) throw new Error('CHROME is not set: run this by `make test-e2e`');
  const profile = await mkdtemp(join(tmpdir(), 'sealcheck-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROME,
    headless: true,
    ignoreHTTPSErrors: true,
    locale: 'en-GB',
    timezoneId: 'UTC',
    permissions: ['clipboard-read', 'clipboard-write'],
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
      ...flags,
      `--host-resolver-rules=MAP * ${hosts ? `127.0.0.1:${hosts.port}` : '~NOTFOUND'}, EXCLUDE localhost, EXCLUDE 127.0.0.1`,
    ],
  });
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

// built maps each module's name in the source to its path in the built site.
export function built() {
  const names = readdirSync(join(root, 'build/dist/site/static')).map((name) => [/^([a-z]+)\.[0-9a-f]{12}\.(js|css|wasm|json)$/.exec(name), name]);
  return Object.fromEntries(names.filter(([found]) => found).map(([found, name]) => [`${found[1]}.${found[2]}`, `static/${name}`]));
}

// openPage opens the site and watches it: what it asks for, what it reports,
// what breaks its content policy.
export async function openPage(context, origin, options = {}) {
  const page = await context.newPage();
  const seen = { requests: [], problems: [], violations: [] };
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('pageerror', (error) => seen.problems.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) seen.problems.push(message.text());
  });
  await page.exposeFunction('reportViolation', (text) => { seen.violations.push(text); });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => window.reportViolation(`${event.violatedDirective} ${event.blockedURI}`));
  });
  // A module of the page under test, by its name in the source.
  await page.addInitScript(({ base, paths }) => { window.built = (name) => import(new URL(paths[name], base).href); }, { base: origin + '/', paths: built() });
  if (options.size) await page.setViewportSize(options.size);
  if (options.dark) await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(origin + '/');
  await page.waitForSelector('body[data-ready]');
  return { page, seen };
}
