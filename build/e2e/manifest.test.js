// Every scenario of testdata/manifest.json, through the page as it is built:
// its own modules, its worker, its content policy, real requests.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';

import { launch, openPage, root, serveSite } from './browser.js';
import { agreedIn, namesIn, serveHosts, untold } from './hosts.js';
import { verifyAt } from './session.js';

const data = (name) => readFileSync(join(root, 'testdata', name));
const { scenarios } = JSON.parse(data('manifest.json'));

const words = JSON.parse(readFileSync(join(root, 'site/locales/en.json')));
const unsaid = new Set(); // what a report says and no text does

let site, hosts, browser, page, seen;

before(async () => {
  site = await serveSite();
  hosts = await serveHosts();
  browser = await launch({ hosts });
  ({ page, seen } = await openPage(browser.context, site.origin));
});

after(async () => {
  await browser?.close();
  hosts?.close();
  site?.close();
});

test('the manifest has scenarios', () => assert.ok(scenarios.length > 100));

// A list that was read for one file is remembered for the next, also where
// nobody may be asked: those that are to be asked for nothing come first.
for (const scenario of [...scenarios.filter(({ offline }) => offline), ...scenarios.filter(({ offline }) => !offline)]) {
  test(scenario.id, async () => {
    hosts.record(scenario.network ? join(root, 'testdata/network', scenario.network) : '');
    const before = seen.violations.length;
    const report = await verify(scenario);
    const found = summary(report);
    const { verdict, headline, checks } = scenario.expect;
    assert.deepEqual(found, { ...found, verdict, headline, checks: { ...found.checks, ...checks } }, scenario.about);
    assert.deepEqual(hosts.state.missing, [], 'asked for what is not recorded');
    const missing = (scenario.expect.codes ?? []).map((code) => inBrowsers[code] ?? code).filter((code) => !found.codes.includes(code));
    assert.deepEqual(missing, [], `codes found: ${found.codes.join(' ')}`);
    assert.equal(seen.violations.length, before, seen.violations.join());
    for (const { method, headers } of hosts.state.seen) bare(method, headers);
    told(report);
    listen(report);
  });
}

test('every report can be put into words', () => assert.deepEqual([...unsaid].sort(), []));

// inBrowsers is what a browser can tell of why no answer came: not whether there
// is a host of that name.
const inBrowsers = { 'status.list_name_unknown': 'status.list_unreachable', 'proof.hosted_name_unknown': 'proof.hosted_unreachable' };

// A scenario's hosts may be asked, as if the person had pressed the button as
// often as the page offers it.
async function verify(scenario) {
  const names = namesIn(hosts.state.index);
  const options = {
    at: scenario.at,
    online: !scenario.offline,
    trust: scenario.trust.map((name) => ({ name: basename(name), text: String(data(name)) })),
    policy: existsSync(join(root, 'testdata', scenario.policy)) ? String(data(scenario.policy)) : scenario.policy,
    given: scenario.keys.map((name) => String(data(name))),
    consented: agreedIn(hosts.state.index),
  };
  const lists = scenario.lists.map(data);
  for (let round = 0; ; round += 1) {
    const report = await verifyAt(page, { file: data(scenario.file), lists, options: { ...options, hosts: names } });
    const open = report.wanted.filter((entry) => entry.refused === 'not_allowed').map((entry) => entry.host);
    if (open.length === 0 || round === 5) return report;
    names.push(...open);
  }
}

// summary is what the manifest speaks of: the worst credential's rows.
function summary(report) {
  const found = report.credentials.filter((credential) => credential.verdict === report.verdict && credential.headline === report.headline);
  const worst = found.find((credential) => !credential.aside) ?? found[0];
  return {
    verdict: report.verdict,
    headline: report.headline,
    checks: Object.fromEntries(worst.checks.map((check) => [check.name, check.outcome])),
    codes: worst.checks.flatMap((check) => check.codes),
  };
}

// listen notes what of a report the page has no words for.
function listen(report) {
  const need = (key) => { if (!(key in words)) unsaid.add(key); };
  for (const { checks, headline, saying } of report.credentials) {
    need(`headline.${headline}.title`);
    if (!Object.keys(words).some((key) => key.startsWith(`saying.${saying.key}`))) unsaid.add(`saying.${saying.key}`);
    for (const finding of checks.flatMap((check) => check.findings ?? [])) {
      need(`code.${finding.code}`);
      for (const name of Object.keys(finding.facts ?? {})) need(`page.fact.${name}`);
    }
  }
  for (const { kind } of [...report.wanted, ...report.consulted]) need(`page.kind.${kind}`);
}

// told holds the hosts' own log against the report: who was asked stands there,
// and nobody was asked whom it says it did not ask.
function told(report) {
  assert.deepEqual(untold(hosts.state, report), [], 'asked, and the report does not say so');
  for (const { address } of report.wanted) assert.ok(!hosts.state.seen.some((one) => one.address === address), `${address} was asked without leave`);
}

// bare is a request that no host can refuse for its form, and that tells no
// host who asks.
function bare(method, headers) {
  assert.equal(method, 'GET', 'a request of another kind was made');
  for (const name of ['cookie', 'referer', 'authorization']) assert.equal(headers[name], undefined, `${name} was sent`);
}
