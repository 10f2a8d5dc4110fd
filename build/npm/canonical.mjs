// Generated credentials and their canonical form, to compare with ours:
//
//   node build/npm/canonical.mjs --seed N --count M > lines.jsonl
//
// One line is {"id", "document", and "sha256" or "refused"}: a credential, and
// the SHA-256 of its canonical N-Quads (RDFC-1.0 over JSON-LD 1.1) as jsonld.js
// and rdf-canonize make them in safe mode, or the name of the reason for which
// they refuse it. The same seed gives the same lines.
//
// The terms come from the contexts themselves, so that every definition is met
// in every form. Left out is what jsonld.js is known to do differently from the
// specification, each at its place below ("jsonld.js: ..."), and contexts that
// give known terms another meaning, which Sealcheck refuses by its own rules.
import {createHash} from 'node:crypto';
import {pathToFileURL} from 'node:url';
import jsonld from 'jsonld';
import * as rdfCanonize from 'rdf-canonize';
import {V1, V2} from './content.mjs';
import {contexts, loader} from './loader.mjs';

const OB = version => `https://purl.imsglobal.org/spec/ob/v3p0/context${version}.json`;
const SEC = 'https://w3id.org/security/';
const DID = 'https://www.w3.org/ns/did/v1';

// random is the generator of numbers below 1 of a seed (splitmix32).
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}

// Token is a number as it stands in the text, which JSON.stringify would write
// in one way only.
class Token { constructor(text) { this.text = text; } }

// write gives JSON text, now and then with escapes and spaces.
function write(value, r) {
  if (value instanceof Token) return value.text;
  if (typeof value === 'string') {
    let text = JSON.stringify(value);
    if (r() < 0.03) text = text.replace(/[a-z]/, letter => '\\u00' + letter.charCodeAt(0).toString(16));
    if (r() < 0.03) text = text.replace(/\//g, '\\/');
    return text;
  }
  if (Array.isArray(value)) return '[' + value.map(item => write(item, r)).join(r() < 0.1 ? ' ,\t' : ',') + ']';
  if (value !== null && typeof value === 'object') {
    return '{' + Object.entries(value).map(([name, member]) => JSON.stringify(name) + ':' + write(member, r)).join(r() < 0.1 ? ', ' : ',') + '}';
  }
  return JSON.stringify(value);
}

// What a context defines, without its protections: enough to know which terms
// may stand where.
function merge(scope, context) {
  let terms = new Map(scope);
  for (const one of [context].flat()) {
    if (one === null) { terms = new Map(); continue; }
    const definitions = typeof one === 'string' ? contexts.get(one)['@context'] : one;
    if (Array.isArray(definitions) || typeof definitions === 'string') { terms = merge(terms, definitions); continue; }
    for (const [term, definition] of Object.entries(definitions)) {
      if (term.startsWith('@')) continue;
      if (definition === null) terms.delete(term);
      else terms.set(term, typeof definition === 'string' ? {'@id': definition} : definition);
    }
  }
  return terms;
}
const keyword = definition => definition['@id']?.startsWith('@');
const isClass = (term, definition) => !keyword(definition) && /^[A-Z]|^[0-9]EdTech/.test(term);

// The namespaces of an issuer's own terms. Every container and every coercion
// stands here once, because few shipped contexts use them.
const OWN = {
  ex: 'https://vocabulary.university.example/terms#',
  exTitle: {'@id': 'ex:title', '@container': '@language'},
  exTitles: {'@id': 'ex:titles', '@container': ['@language', '@set']},
  exPlain: 'https://vocabulary.university.example/terms#plain',
  exGerman: {'@id': 'ex:german', '@language': 'de'},
  exCount: {'@id': 'ex:count', '@type': 'http://www.w3.org/2001/XMLSchema#integer'},
  exAmount: {'@id': 'ex:amount', '@type': 'http://www.w3.org/2001/XMLSchema#decimal'},
  exDay: {'@id': 'ex:day', '@type': 'http://www.w3.org/2001/XMLSchema#date'},
  exLink: {'@id': 'ex:link', '@type': '@id'},
  exWord: {'@id': 'ex:word', '@type': '@vocab'},
  exSteps: {'@id': 'ex:steps', '@container': '@list'},
  exLinks: {'@id': 'ex:links', '@type': '@id', '@container': '@list'},
  exAll: {'@id': 'ex:all', '@container': '@set'},
  exData: {'@id': 'ex:data', '@type': '@json'},
  exById: {'@id': 'ex:byId', '@container': '@id'},
  exByType: {'@id': 'ex:byType', '@container': '@type'},
  exGraph: {'@id': 'ex:graph', '@container': '@graph'},
  exBackwards: {'@reverse': 'ex:forwards'},
  exScoped: {'@id': 'ex:scoped', '@context': {exInner: {'@id': 'ex:inner', '@type': '@id'}}},
  ExKind: {'@id': 'ex:Kind', '@context': {exOfKind: 'https://vocabulary.university.example/terms#ofKind'}},
};

const families = [
  {weight: 3, context: [V2], types: ['VerifiableCredential']},
  // The first two are of the time of data model 1.1 and are refused over 2.0.
  ...['', '-3.0.1'].flatMap(version => [
    {weight: 1, context: [V2, OB(version)], types: ['VerifiableCredential', 'OpenBadgeCredential']},
    {weight: 3, context: [V1, OB(version)], types: ['VerifiableCredential', 'OpenBadgeCredential']},
  ]),
  ...['-3.0.2', '-3.0.3'].map(version => ({weight: 5, context: [V2, OB(version)], types: ['VerifiableCredential', 'OpenBadgeCredential']})),
  {weight: 2, context: [V2, OB('-3.0.3'), 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'], types: ['VerifiableCredential', 'AchievementCredential']},
  {weight: 1, context: [V2, SEC + 'data-integrity/v2', 'https://www.w3.org/ns/credentials/status/v1'], types: ['VerifiableCredential']},
  {weight: 1, context: [V2, OB('-3.0.3'), SEC + 'suites/ed25519-2020/v1'], types: ['VerifiableCredential', 'OpenBadgeCredential']},
  {weight: 3, context: [V2, OWN], types: ['VerifiableCredential']},
  {weight: 2, context: [V2, OB('-3.0.3'), OWN], types: ['VerifiableCredential', 'OpenBadgeCredential']},
  {weight: 2, context: [V1], types: ['VerifiableCredential']},
  {weight: 2, context: [V1, OWN], types: ['VerifiableCredential']},
  {weight: 2, context: [V1, SEC + 'suites/ed25519-2020/v1'], types: ['VerifiableCredential']},
  {weight: 2, context: [V1, SEC + 'suites/jws-2020/v1'], types: ['VerifiableCredential']},
  {weight: 2, context: [V1, 'https://w3id.org/dcc/v1'], types: ['VerifiableCredential', 'LearningCredential']},
  {weight: 2, context: [V1, 'https://w3id.org/dcc/v1', SEC + 'suites/ed25519-2020/v1', 'https://w3id.org/vc/status-list/2021/v1'], types: ['VerifiableCredential']},
  {weight: 2, context: [V1, 'https://w3id.org/vc/status-list/2021/v1', SEC + 'data-integrity/v1'], types: ['VerifiableCredential', 'StatusList2021Credential']},
  {weight: 1, context: [V1, OB(''), SEC + 'suites/ed25519-2020/v1'], types: ['VerifiableCredential', 'OpenBadgeCredential']},
  {weight: 1, context: [V1, 'https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json', SEC + 'suites/ed25519-2020/v1'], types: ['VerifiableCredential', 'OpenBadgeCredential']},
  {weight: 2, context: [DID, SEC + 'multikey/v1'], types: []},
  {weight: 1, context: [DID, SEC + 'suites/jws-2020/v1', SEC + 'suites/ed25519-2020/v1', SEC + 'suites/x25519-2020/v1'], types: []},
  {weight: 1, context: [DID, SEC + 'suites/secp256k1-2019/v1'], types: []},
  {weight: 2, context: [V1, 'https://www.w3.org/2018/credentials/examples/v1'], types: ['VerifiableCredential']},
  {weight: 1, context: [V1, 'https://w3id.org/vdl/v1', 'https://w3id.org/vdl/aamva/v1'], types: ['VerifiableCredential']},
  {weight: 1, context: [V1, 'https://w3id.org/vc-revocation-list-2020/v1', 'https://www.w3.org/ns/odrl.jsonld'], types: ['VerifiableCredential']},
  ...['v3', 'v3.1'].map(version => ({weight: 1, context: [V1, 'https://w3id.org/blockcerts/' + version], types: ['VerifiableCredential', 'BlockcertsCredential']})),
  {weight: 1, context: [V2, 'https://w3id.org/blockcerts/v3.2'], types: ['VerifiableCredential', 'BlockcertsCredential']},
  {weight: 1, context: [V1, SEC + 'suites/merkle-2019/v1', SEC + 'suites/chained-2021/v1'], types: ['VerifiableCredential']},
  {weight: 2, context: ['https://w3id.org/openbadges/v2'], types: ['Assertion']},
  {weight: 2, context: [SEC + 'v2'], types: []},
  {weight: 1, context: [SEC + 'v1'], types: []},
];

// losses are what a document says and RDF has no place for, or what is no
// JSON-LD at all: each takes a node and spoils it.
const losses = [
  (node, g) => { node['gewicht' + g.below(9)] = g.text(); },
  (node, g) => { node['x ' + g.word()] = g.text(); },
  node => { node['@note'] = 'a keyword of the future'; },
  (node, g) => { node[g.pick(['type', '@type'])] = [].concat(node.type ?? node['@type'] ?? [], 'Evil' + g.below(9)); },
  (node, g) => { node[alias(node)] = g.pick(['people/mara', 'Mara', '#mara', '/mara', '', '?mara', '../mara']); },
  (node, g) => { node[alias(node)] = g.pick(['https://university.example/people/mara lindqvist', 'urn:uuid:\t1']); },
  node => { node[alias(node)] = null; },
  node => { node[alias(node)] = 7; },
  node => { node[alias(node)] = ['urn:a', 'urn:b']; },
  node => { node[alias(node)] = '@context'; },
  (node, g) => { node['https://example.org/p'] = {'@value': 'Böden', '@language': g.pick(['not a tag', 'de_DE', 'germanlanguage', '1-', '-', 'de-', 'de-123456789'])}; },
  node => { node['https://example.org/p'] = {'@value': null}; },
  node => { node['https://example.org/p'] = {'@value': 'x', '@type': 'Relative'}; },
  node => { node['https://example.org/p'] = {'@value': 'x', '@type': 'https://example.org/t', '@language': 'de'}; },
  node => { node['https://example.org/p'] = {'@value': ['x']}; },
  node => { node['https://example.org/p'] = {'@value': 7, '@language': 'de'}; },
  node => { node['https://example.org/p'] = {'@language': 'de'}; },
  node => { node['https://example.org/p'] = {'@value': 'x', 'https://example.org/q': 'y'}; },
  node => { node['https://example.org/p'] = {'@list': ['x'], '@id': 'urn:a'}; },
  node => { node['https://example.org/p'] = {'@set': ['x'], '@type': 'https://example.org/t'}; },
  node => { node['https://example.org/p'] = {'@id': 'a/b'}; },
  (node, g) => { node['https://example.org/p'] = {'@value': 'شهادة', '@language': 'ar', '@direction': g.pick(['rtl', 'up'])}; },
  node => { node['_:p'] = 'x'; },
  node => { node['@graph'] = ['floating', {'@id': 'urn:a', 'https://example.org/p': 'x'}]; },
  node => { node['@graph'] = 7; },
  node => { node['@reverse'] = {'https://example.org/p': 'x'}; },
  node => { node['@reverse'] = 7; },
  node => { node['@type'] = 7; },
  node => { node['https://example.org/p'] = {'@context': 'https://university.example/contexts/unheard-of', '@id': 'urn:a'}; },
];
const alias = node => 'id' in node ? 'id' : '@id' in node ? '@id' : 'id';

// jsonld.js: lines are sorted by UTF-16 units, not by code points, so that
// nothing between U+E000 and U+FFFF stands beside characters beyond U+FFFF.
const words = ['Mara', 'soil', 'data', 'Zertifikat', 'Böden', 'é', 'e\u0301', 'ĳ', '土壤', 'Почва', 'تربة', '🌱', '👩\u200d🔬', '𝔘', '"', '\\', '\n', '\t', '\r', '\b', '\f', '\u0001', '\u001f', '\u007f', '\u0085', '\u00a0', '\u2028', '\u200f', '<b>', '&amp;', '%41', "'", '`', '  ', '_:b0', '@id', '^^', '.', 'C++', 'ß', 'İ', 'ǅ'];
const iris = [
  'https://university.example/', 'https://university.example', 'https://University.Example/Achievements/1', 'http://xn--bden-5qa.example/a?b=c&d=%C3%A4#e', 'https://böden.example/Straße?q=ü#ß', 'https://user@host.example:8443/a//b/../c/./d;e=f,g', 'https://[2001:db8::1]:80/x',
  'urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-6f1f0f6f2a01', 'urn:isbn:9780131103627', 'urn:ietf:params:oauth:jwk-thumbprint:sha-256:NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs', 'did:key:z6MkkGswsGwL5YNDCdwAYMTHU8jksvUHDRzdYiAKHKQBEVo1', 'did:web:university.example%3A8443:faculty#key-1', 'did:example:mara?service=x&relativeRef=%2Fa',
  'mailto:mara.lindqvist@university.example?subject=Hi%20there', 'tel:+358-9-1234', 'data:text/plain;base64,SGFsbG8=', 'data:,A%20brief%20note', 'tag:university.example,2026:soil', 'ftp://a.example/~mara', 'file:///tmp/x', 'x-a.b+c:d', 'a:', 'https://university.example/a(b)!$\'*~', 'urn:x:日本', 'http://www.w3.org/2001/XMLSchema#string', 'https://university.example/%E2%98%83',
];
const languages = ['en', 'EN', 'de-CH', 'zh-Hant-TW', 'sl-rozaj-biske-1994', 'x-klingon', 'sr-latn-RS', 'en-x-a', 'i-navajo'];
const numbers = ['0', '-0', '1', '-1', '7', '42', '-17', '1.0', '-1.0', '0.0', '-0.0', '1e0', '10E-1', '0.1', '-0.25', '3.14159265358979', '333333333.33333329', '2.5e-3', '1.5e-7', '-1.25E-10', '1e20', '1E+21', '1e21', '-1e21', '1.5e300', '-2.25e-300', '999999999999999900000', '100000000000000000000', '123456789012345678901', '9007199254740991', '9007199254740993', '-9007199254740993', '4294967296', '0.30000000000000004', '5.0e2', '1.7976931348623157e308', '2.2250738585072014e-308', '12345678.9', '1e2', '0.000001', '100.50'];
// jsonld.js: a number as small as 1e-7, whose shortest form has no point,
// becomes the integer 0; and text typed xsd:double is rewritten as a number.
const datatypes = ['http://www.w3.org/2001/XMLSchema#dateTime', 'http://www.w3.org/2001/XMLSchema#string', 'http://www.w3.org/2001/XMLSchema#decimal', 'http://www.w3.org/2001/XMLSchema#anyURI', 'https://example.org/type#a', 'urn:type', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML'];

// Generator makes one document.
class Generator {
  constructor(seed) {
    this.r = random(seed);
    this.ids = [];
    this.nodes = [];
    this.left = this.chance(0.6) ? 3 + this.below(9) : 12 + this.below(60);
  }
  below(n) { return Math.floor(this.r() * n); }
  chance(p) { return this.r() < p; }
  pick(list) { return list[this.below(list.length)]; }
  word() { return this.pick(words); }
  text() {
    if (this.chance(0.04)) return '';
    if (this.chance(0.03)) return this.pick(['2026-01-10', '2026-01-10T09:00:00Z', '2026-01-10T09:00:00.123+02:00', '2026-02-30T25:61:00Z', 'P3W', 'true', '3', 'null']);
    return Array.from({length: 1 + this.below(4)}, () => this.word()).join(this.chance(0.8) ? ' ' : '');
  }
  date() { return `20${10 + this.below(30)}-0${1 + this.below(9)}-1${this.below(10)}T0${this.below(10)}:0${this.below(10)}:00Z`; }
  number() { return new Token(this.chance(0.7) ? this.pick(numbers) : String(this.below(1e6) - 5e5) + (this.chance(0.4) ? '.' + (1 + this.below(999)) : '')); }
  iri() {
    if (this.ids.length && this.chance(0.25)) return this.pick(this.ids);
    if (this.chance(0.15)) return `_:${this.pick(['b', 'c14n', 'n', 'mara', 'A'])}${this.below(4)}`;
    return this.chance(0.5) ? this.pick(iris) : `${this.pick(iris.slice(0, 2))}/x/${this.below(50)}`.replace('//x', '/x');
  }
  json(depth = 0) {
    const kind = this.below(depth > 3 ? 4 : 7);
    if (kind === 0) return this.text();
    if (kind === 1) return this.number();
    if (kind === 2) return this.pick([true, false, null]);
    if (kind < 4) return this.word();
    if (kind === 4) return Array.from({length: this.below(4)}, () => this.json(depth + 1));
    return Object.fromEntries(Array.from({length: this.below(5)}, () => [this.pick(['a', 'b', '', 'Z', '10', '9', 'é', '𝔘', 'name', '@id', '@context', 'kty', '\n']), this.json(depth + 1)]));
  }
  literal() {
    const kind = this.below(12);
    if (kind < 5) return this.text();
    if (kind === 5) return this.number();
    if (kind === 6) return this.pick([true, false, true, false, null]);
    if (kind === 7) return {'@value': this.text(), '@language': this.pick(languages)};
    if (kind === 8) return {'@value': this.chance(0.7) ? this.text() : this.pick([true, false]), '@type': this.pick(datatypes)};
    if (kind === 9) return {'@value': this.number(), ...(this.chance(0.4) ? {'@type': this.pick(['http://www.w3.org/2001/XMLSchema#double', 'http://www.w3.org/2001/XMLSchema#float', 'http://www.w3.org/2001/XMLSchema#integer', 'urn:unit'])} : {})};
    if (kind === 10) return {'@type': '@json', '@value': this.json()};
    return {'@value': this.text()};
  }
  value(definition, scope, depth) {
    const type = definition['@type'];
    if (type === '@json') return this.json();
    if (type === '@id' || type === '@vocab') {
      if (this.chance(0.45) && depth < 14) return this.node(scope, depth);
      if (type === '@vocab' && this.chance(0.5)) {
        const terms = [...scope].filter(([term, d]) => isClass(term, d) && d['@id'].includes(':'));
        if (terms.length) return this.pick(terms)[0];
      }
      return this.chance(0.9) ? this.iri() : {'@id': this.iri()};
    }
    if (type) return this.chance(0.8) ? this.pick([this.date(), this.text(), this.number(), this.number(), true]) : this.literal();
    return definition['@context'] || this.chance(depth < 12 ? 0.35 : 0) ? this.node(scope, depth) : this.literal();
  }
  // member gives what may stand under a term.
  member(definition, scope, depth) {
    const container = [definition['@container'] ?? []].flat();
    const one = () => this.value(definition, scope, depth);
    const some = () => Array.from({length: this.pick([0, 1, 2, 2, 3])}, one);
    if (definition['@reverse']) return this.chance(0.5) ? this.node(scope, depth) : this.iriNode();
    if (definition['@type'] === '@json') return this.json();
    if (container.includes('@language')) return Object.fromEntries(Array.from({length: this.below(4)}, () => [this.pick([...languages, '@none']).toLowerCase(), this.chance(0.8) ? this.text() : [this.text(), this.text()]]));
    if (container.includes('@graph')) return this.chance(0.8) ? this.full(scope, depth) : [this.full(scope, depth), this.full(scope, depth)];
    if (container.includes('@id')) return Object.fromEntries(Array.from({length: 1 + this.below(3)}, () => [this.pick(iris), this.full(scope, depth, false)]));
    if (container.includes('@type')) return {ExKind: this.full(scope, depth)};
    if (this.chance(0.02)) return null;
    if (this.chance(0.04)) return {'@set': some()};
    if (this.chance(0.04) && !container.includes('@list') && definition['@type'] !== '@vocab') return {'@list': Array.from({length: this.below(4)}, () => this.chance(0.2) ? {'@list': [one()]} : one())};
    return this.chance(0.25) || container.includes('@list') ? some().filter(item => item !== null || this.chance(0.5)) : one();
  }
  iriNode() { return {'@id': this.iri()}; }
  // full is a node that says something, which a graph of its own must.
  full(scope, depth, named = true) {
    const node = this.node(scope, depth + 1, {named});
    node['https://example.org/says'] = this.text();
    return node;
  }
  node(scope, depth, {types, named = true, extra = {}} = {}) {
    this.left--;
    const node = {...extra};
    const idName = scope.has('id') ? 'id' : '@id', typeName = scope.has('type') ? 'type' : '@type';
    const classes = [...scope].filter(([term, definition]) => isClass(term, definition));
    types ??= classes.length && this.chance(0.6) ? Array.from({length: this.chance(0.85) ? 1 : 2}, () => this.pick(classes)[0]) : [];
    let inner = scope;
    for (const type of [...new Set(types)].sort()) if (scope.get(type)?.['@context'] !== undefined) inner = merge(inner, scope.get(type)['@context']);
    types = [...new Set(types)];
    if (this.chance(0.05)) types.push(this.pick(['https://example.org/Type', 'urn:type:x']));
    if (named && this.chance(0.6)) {
      node[idName] = this.iri();
      this.ids.push(node[idName]);
    }
    if (types.length) node[this.chance(0.95) ? typeName : '@type'] = types.length === 1 && this.chance(0.5) ? types[0] : types;
    const terms = [...inner].filter(([term, definition]) => !keyword(definition) && !isClass(term, definition) && !/[:#/]$/.test(definition['@id'] ?? '') && term !== 'proof');
    const many = this.left <= 0 ? 0 : 1 + this.below(depth === 0 ? 9 : 5);
    for (let i = 0; i < many && terms.length; i++) {
      const [term, definition] = this.pick(terms);
      if (term in node) continue;
      // A context of a type holds for its node alone, one of a property for
      // everything below.
      const below = definition['@context'] === undefined ? (types.length ? scope : inner) : merge(types.length ? scope : inner, definition['@context']);
      node[term] = this.member(definition, below, depth + 1);
    }
    if (this.chance(0.08)) node[this.pick(['https://example.org/p', 'urn:p:q', 'https://example.org/ü#p'])] = this.chance(0.7) ? this.literal() : this.node(scope, depth + 1);
    if (this.chance(0.02)) node['@reverse'] = {'https://example.org/of': this.iriNode()};
    this.nodes.push(node);
    return node;
  }
  // alike makes blank nodes that only their neighbours tell apart.
  alike() {
    const n = 2 + this.below(4), p = 'https://example.org/next', shape = this.below(3);
    const ring = Array.from({length: n}, (_, i) => ({'@id': `_:r${i}`, [p]: {'@id': `_:r${(i + 1) % n}`}}));
    if (shape === 1) for (const node of ring) node['https://example.org/back'] = {'@id': `_:r${(ring.indexOf(node) + n - 1) % n}`};
    if (shape === 2) ring[0]['https://example.org/mark'] = this.text();
    return ring;
  }
  presentation() {
    const version = this.pick([V1, V2]);
    const credential = () => {
      const {context, types} = this.pick(families.filter(f => f.context[0] === version));
      return this.node(merge(new Map(), context), 2, {types, extra: {'@context': context}});
    };
    const scope = merge(new Map(), version);
    const node = this.node(scope, 0, {types: ['VerifiablePresentation'], extra: {'@context': [version]}});
    const credentials = Array.from({length: 1 + this.below(2)}, credential);
    for (const one of credentials) one['https://example.org/says'] = this.text();
    node.verifiableCredential = credentials.length === 1 && this.chance(0.5) ? credentials[0] : credentials;
    return node;
  }
  document() {
    if (this.chance(0.05)) return this.presentation();
    const heavy = families.flatMap(family => Array(family.weight).fill(family));
    const {context, types} = this.pick(heavy);
    const scope = merge(new Map(), context);
    const document = this.node(scope, 0, {types: types.length || this.chance(0.5) ? types : undefined, extra: {'@context': context.length === 1 && this.chance(0.3) ? context[0] : context}});
    if (scope.has('issuer') && this.chance(0.8)) document.issuer = this.chance(0.5) ? this.pick(iris) : this.node(merge(scope, scope.get('issuer')['@context'] ?? {}), 1);
    if (scope.has('credentialSubject') && this.chance(0.9)) document.credentialSubject = this.chance(0.8) ? this.node(scope, 1) : [this.node(scope, 1), this.node(scope, 1)];
    if (this.chance(0.06)) {
      let deep = {'@value': 'the end'};
      for (let i = 0; i < 20 + this.below(20); i++) deep = this.chance(0.2) ? {'https://example.org/d': deep, '@id': `_:d${i}`} : {'https://example.org/d': deep};
      document['https://example.org/d'] = deep;
    }
    if (this.chance(0.08)) document['https://example.org/ring'] = this.alike();
    if (this.chance(0.12)) this.pick(losses)(this.pick(this.nodes), this);
    return document;
  }
}

export async function canonicalDigest(document) {
  const dataset = await jsonld.toRDF(document, {documentLoader: loader, base: null, safe: true, rdfDirection: 'i18n-datatype', produceGeneralizedRdf: false});
  // One graph with many nodes alike is enough work; three times their number
  // to the power of three would be an attack.
  const nquads = await rdfCanonize.canonize(dataset, {algorithm: 'RDFC-1.0', format: 'application/n-quads', maxWorkFactor: 3});
  if (nquads === '') throw Object.assign(new Error('nothing'), {name: 'empty dataset'});
  return {nquads, sha256: createHash('sha256').update(nquads).digest('hex')};
}

const reason = error => error.details?.event?.code ?? error.details?.code ?? error.details?.cause?.details?.code ?? error.name;

// jsonld.js: of two like JSON literals, or two empty lists, under one property
// of one node, two statements are made where a dataset has one. Such documents
// are left out, and the next is tried.
const repeats = nquads => new Set(nquads.split('\n')).size !== nquads.split('\n').length;

export async function line(seed, index, again = 0) {
  const generator = new Generator(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b) ^ Math.imul(again, 0xc2b2ae35));
  const text = write(generator.document(), generator.r);
  let result;
  try {
    const {nquads, sha256} = await canonicalDigest(JSON.parse(text));
    if (repeats(nquads)) return line(seed, index, again + 1);
    result = `"sha256":"${sha256}"`;
  } catch (error) {
    result = `"refused":${JSON.stringify(reason(error))}`;
  }
  return `{"id":"${seed}-${index}","document":${text},${result}}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const argument = (name, usual) => process.argv.includes(name) ? Number(process.argv[process.argv.indexOf(name) + 1]) : usual;
  const seed = argument('--seed', 1), count = argument('--count', 100);
  for (let i = 0; i < count; i++) process.stdout.write(await line(seed, i) + '\n');
}
