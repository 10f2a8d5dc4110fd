// Runs testdata/manifest.json through a built command and tells where it
// differs from the expectation: node build/npm/compare.mjs COMMAND [ID-PART...]
// A difference is for a person to judge: the rule decides, not the output.
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from './registry.mjs';

const [command, ...wanted] = process.argv.slice(2);
const {scenarios} = JSON.parse(readFileSync(join(root, 'manifest.json')));
let differing = 0, run = 0;
for (const {id, file, at, policy, network, trust, keys, offline, about, expect} of scenarios) {
  if (wanted.length && !wanted.some(part => id.includes(part))) continue;
  run++;
  const flags = ['verify', '--json', `--at=${at}`, `--policy=${policy.includes('/') ? join(root, policy) : policy}`];
  flags.push(offline ? '--offline' : `--network=${join(root, 'network', network)}`);
  for (const list of trust) flags.push(`--trust=${join(root, list)}`);
  for (const key of keys) flags.push(`--key=${join(root, key)}`);
  const {stdout, stderr, status} = spawnSync(command, [...flags, join(root, file)], {encoding: 'utf8'});
  const wrong = [];
  let report;
  try {
    const line = JSON.parse(stdout.split('\n')[0]);
    report = line.report ?? line;
  } catch {
    wrong.push(`no report: status ${status} ${stderr.trim().slice(0, 300)}`);
  }
  if (report) {
    if (report.verdict !== expect.verdict) wrong.push(`verdict ${report.verdict}, expected ${expect.verdict}`);
    if (report.headline !== expect.headline) wrong.push(`headline ${report.headline}, expected ${expect.headline}`);
    const worst = report.credentials.find(c => c.headline === report.headline && c.verdict === report.verdict) ?? report.credentials[0];
    const outcomes = Object.fromEntries(worst.checks.map(c => [c.name, c.outcome]));
    const codes = worst.checks.flatMap(c => c.codes);
    for (const [name, outcome] of Object.entries(expect.checks)) {
      if (outcomes[name] !== outcome) wrong.push(`${name} ${outcomes[name]}, expected ${outcome}`);
    }
    for (const code of expect.codes) if (!codes.includes(code)) wrong.push(`lacks ${code}`);
    if (report.consulted.some(c => c.error && !['web-silent'].includes(network))) wrong.push('asked without a recording: ' + report.consulted.filter(c => c.error).map(c => c.address));
    if (wrong.length) wrong.push('got ' + worst.checks.map(c => `${c.name}=${c.outcome}[${c.codes.filter(code => code !== 'internal.skipped')}]`).join(' '));
  }
  if (wrong.length) {
    differing++;
    console.log(`${id} (${about}; ${file})`);
    for (const line of wrong) console.log('   ', line);
  }
}
console.log(`${run} run, ${differing} differ`);
process.exit(differing ? 1 : 0);
