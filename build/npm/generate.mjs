// Makes testdata/: keys, certificates, credentials, recorded networks, trust
// lists, samples and manifest.json.
//
//   node build/npm/generate.mjs             write what is missing
//   node build/npm/generate.mjs --only ID   make the file of one scenario (or
//                                           one path) anew
//   node build/npm/generate.mjs --all       make every signed file anew
//   node build/npm/generate.mjs --check     write nothing, fail if something
//                                           is missing, stale or stray
//
// ECDSA and RSASSA-PSS signatures are random, so signed files are kept once
// made; keys and certificates are kept always. The libraries used share no
// code with the verifier, and the expectations in scenarios/ are written from
// the rules (design.md, verifier/report/codes.go), not from its output.
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import {makeCertificates} from './certificates.mjs';
import {makeBlsKey} from './linked.mjs';
import {documents, files, json, root, scenarios, write} from './registry.mjs';

const arguments_ = process.argv.slice(2);
const all = arguments_.includes('--all');
const check = arguments_.includes('--check');
const only = arguments_.includes('--only') ? arguments_[arguments_.indexOf('--only') + 1] : '';

await makeCertificates();
for (const name of ['university-bls12381', 'attacker-bls12381']) await makeBlsKey(name);
for (const name of ['networks', 'trust', 'formats', 'keys', 'issuers', 'listing', 'dates', 'status', 'standing', 'seals', 'altered', 'rules', 'suites', 'meaning', 'unreadable', 'pictures', 'wallet', 'withheld', 'presentations', 'cose', 'blockcerts', 'ebsi', 'profiles', 'records', 'links', 'containers', 'codes']) {
  await import(`./scenarios/${name}.mjs`);
}
await import('./scenarios/oldbadges.mjs');
await import('./scenarios/europass.mjs');
const {samples} = await import('./samples.mjs');

const wrong = [];
const put = (path, data) => {
  if (!check) return write(path, data);
  if (!existsSync(join(root, path)) || !readFileSync(join(root, path)).equals(Buffer.from(data))) wrong.push(path);
};

for (const {path, text} of documents) put(path, text);

const wanted = only.includes('/') ? only : scenarios.find(s => s.id === only)?.file;
if (only && !wanted) throw new Error(`nothing is called ${only}`);
for (const {path, make} of files) {
  const exists = existsSync(join(root, path));
  if (check) {
    if (!exists) wrong.push(path);
  } else if (all || !exists || path === wanted) {
    const made = await make();
    write(path, typeof made === 'string' || made instanceof Uint8Array ? made : json(made));
    console.log('made', path);
  }
}

put('samples/index.json', json({samples}));
put('manifest.json', json({
  note: 'One entry is one scenario; paths are relative to this folder. Made by build/npm/generate.mjs; expectations are written by hand there.',
  scenarios,
}));

const known = new Set([...files.map(f => f.path), ...documents.map(d => d.path), 'samples/index.json', 'manifest.json', 'codes.txt']);
for (const folder of ['credentials', 'network', 'trust', 'samples', 'policies']) {
  if (!existsSync(join(root, folder))) continue;
  for (const entry of readdirSync(join(root, folder), {recursive: true, withFileTypes: true})) {
    const path = relative(root, join(entry.parentPath ?? entry.path, entry.name));
    if (entry.isFile() && !known.has(path)) {
      console.log('stray', path);
      wrong.push(path);
    }
  }
}
for (const {id, file} of scenarios) if (!known.has(file)) throw new Error(`${id} names ${file}, which nothing makes`);
console.log(`${scenarios.length} scenarios, ${files.length} files`);
if (check && wrong.length) {
  console.error('missing, stale or stray:', wrong.join(' '));
  process.exit(1);
}
