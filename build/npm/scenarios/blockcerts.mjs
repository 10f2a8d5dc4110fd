// Blockcerts: a fingerprint, the way from there to the root of a tree, and a
// transaction that is said to hold that root. The values are written with cborg
// in the form of lds-merkle-proof-2019: pairs in the place of maps, and each
// fingerprint as CBOR within a byte string.
import {createHash} from 'node:crypto';
import * as cborg from 'cborg';
import {encode as base58} from 'base58-universal';
import {V1, V2, plain1, plain2} from '../content.mjs';
import {didKey, didKeyMethod} from '../keys.mjs';
import {SECURITY, canonical, linkedByHand} from '../linked.mjs';
import {contexts, loader} from '../loader.mjs';
import {ends, file, read, scenario} from '../registry.mjs';

const ISSUER = 'https://university.example/blockcerts/profile.json', BC = 'https://w3id.org/blockcerts/v3.1';
const TX = '7c1e4f0a9b2d3c5e6f708192a3b4c5d6e7f80912a3b4c5d6e7f8091a2b3c4d5e';
const MAIN = [[0, 1], TX], TESTNET = [[0, 3], TX], MOCK = [[-1], 'This has not been issued on a blockchain and is for testing only'];
const sha256 = data => createHash('sha256').update(data).digest();
const parse = path => JSON.parse(read(path));

// How the fingerprints stand in the value: as text with most issuers, as bytes
// with some.
const asText = sum => cborg.encode(sum.toString('hex')), asBytes = sum => cborg.encode(Uint8Array.from(sum));

function value({target, root, path = [], anchors = [MAIN], write = asText}) {
  const at = ([numbers, transaction]) => [...numbers.map((number, i) => [i, number]), [numbers.length, cborg.encode(transaction)]];
  return 'z' + base58(cborg.encode([[3, path.map(([side, sum]) => [side, write(sum)])], [0, write(root)], [1, write(target)], [2, anchors.map(at)]]));
}

// tree gives root and way of a leaf; one without a neighbour goes up as it is.
function tree(leaves, index) {
  const path = [];
  for (; leaves.length > 1; index >>= 1) {
    const neighbour = leaves[index ^ 1];
    if (neighbour) path.push([index & 1 ? 0 : 1, neighbour]);
    leaves = leaves.flatMap((sum, i) => i & 1 ? [] : [leaves[i + 1] ? sha256(Buffer.concat([sum, leaves[i + 1]])) : sum]);
  }
  return {root: leaves[0], path};
}
const others = count => Array.from({length: count}, (_, i) => sha256(`certificate ${i}`));

const bare = {type: 'MerkleProof2019', created: '2026-01-10T09:00:00.123456', verificationMethod: `${ISSUER}#key-1`, proofPurpose: 'assertionMethod'};
async function merkle(document, {before = 0, after = 0, options = bare, how = {}, ...more} = {}) {
  const target = sha256(await canonical(document, how));
  const {root, path} = tree([...others(before), target, ...others(after)], before);
  return {...options, proofValue: value({target, root, path, ...more})};
}
const secured = async (document, options) => ({...document, proof: await merkle(document, options)});

const blockcert = (more = {}) => plain1(ISSUER, {'@context': [V1, BC], type: ['VerifiableCredential', 'BlockcertsCredential'],
  display: {contentMediaType: 'text/html', content: '<img src=x onerror="document.title=1"><h1>Reading Soil Data</h1>'}, ...more});
const integrity = {type: 'DataIntegrityProof', cryptosuite: 'merkle-proof-2019', created: '2026-01-10T09:00:00Z', verificationMethod: `${ISSUER}#key-1`, proofPurpose: 'assertionMethod'};

const open = (codes = [], checks = {}) => ends.incomplete(['proof.merkle', 'key.on_chain', 'issuer.on_chain', ...codes],
  {key: 'warn', signature: 'unknown', issuer: 'unknown', validity: 'skipped', status: 'skipped', trust: 'skipped', ...checks});
const real = ['signature.anchor_unchecked'], trial = ['signature.anchor_test'];

const good = file('blockcerts.json', () => secured(blockcert()));
scenario('blockcerts', 'a Blockcerts certificate alone in its tree', good, open(real));
scenario('blockcerts-two', 'the second of two', file('blockcerts-two.json', () => secured(blockcert(), {before: 1})), open(real));
scenario('blockcerts-five', 'the third of five, in bytes', file('blockcerts-five.json', () => secured(blockcert(), {before: 2, after: 2, write: asBytes})), open(real));
scenario('blockcerts-last', 'the last of five, which has no neighbour', file('blockcerts-last.json', () => secured(blockcert(), {before: 4})), open(real));
scenario('blockcerts-ethereum', 'on Ethereum', file('blockcerts-ethereum.json', () => secured(blockcert(), {anchors: [[[1, 1], '0x' + TX]]})), open(real));
scenario('blockcerts-integrity', 'as a cryptosuite, in the newer data model', file('blockcerts-integrity.json', () => secured(plain2(ISSUER), {options: integrity, before: 1})), open(real));
scenario('blockcerts-testnet', 'on a network for tests', file('blockcerts-testnet.json', () => secured(blockcert(), {anchors: [TESTNET]})), open(trial));
scenario('blockcerts-mock', 'on no network', file('blockcerts-mock.json', () => secured(blockcert(), {anchors: [MOCK]})), open(trial));
scenario('blockcerts-expired', 'one that has ended: nothing is said of that while nobody knows who issued it', file('blockcerts-expired.json', () => secured(blockcert({expirationDate: '2026-03-01T00:00:00Z'}))), open(real));

const altered = () => ends.only('altered', ['proof.merkle', 'signature.fingerprint_differs'], {proof: 'pass', key: 'warn', signature: 'fail', issuer: 'unknown', trust: 'skipped'});
scenario('blockcerts-altered', 'a name was changed', file('blockcerts-altered.json', () => ({...parse(good), credentialSubject: {id: 'did:example:mara', name: 'Mara Lindquist'}})), altered());
scenario('blockcerts-other', 'the proof of another certificate', file('blockcerts-other.json', async () => ({...blockcert({id: 'urn:uuid:other'}), proof: parse(good).proof})), altered());
scenario('blockcerts-display', 'the drawing was changed', file('blockcerts-display.json', () => ({...parse(good), display: {contentMediaType: 'text/html', content: '<h1>Doctor of Soil Science</h1>'}})), altered());
scenario('blockcerts-undefined', 'a word was added that no context defines', file('blockcerts-undefined.json', () => ({...parse(good), nickname: 'Mara'})), ends.refusedProof(['context.term_undefined']));

// Their tools drop what has no place in RDF, without a word.
const careless = {how: {safe: false}};
const directed = more => plain2(ISSUER, {name: {'@value': 'علم التربة', '@language': 'ar', '@direction': 'rtl'}, ...more});
scenario('blockcerts-direction', 'text with a direction, which the fingerprint does not cover', file('blockcerts-direction.json', () => secured(directed(), {options: integrity, ...careless})),
  open([...real, 'proof.merkle_direction'], {proof: 'warn'}));
scenario('blockcerts-direction-altered', 'text with a direction, and another name', file('blockcerts-direction-altered.json', async () => ({...directed({id: 'urn:uuid:other'}), proof: await merkle(directed(), {options: integrity, ...careless})})), altered());
scenario('blockcerts-dropped', 'a fingerprint that covers nothing of what hangs on an address without a scheme', file('blockcerts-dropped.json', () => secured(blockcert({credentialSubject: {id: 'did:example:mara', claim: {id: '41015b98', name: 'Doctor of Soil Science'}}}), careless)), ends.refusedProof(['context.iri_relative']));

// The vocabulary of version 3.0 was another one in the spring of 2022: links were
// names of things, and at first whatever is displayed as well.
const V3 = 'https://w3id.org/blockcerts/v3';
const spring = names => {
  const document = structuredClone(contexts.get(V3)), terms = document['@context'];
  for (const name of names) Object.assign(terms[name] ?? terms.display['@context'][name], {'@type': '@id'});
  return {documentLoader: async url => url === V3 ? {contextUrl: null, documentUrl: url, document: structuredClone(document)} : loader(url)};
};
const march = spring(['publicKey', 'url', 'image', 'criteria', 'claim']);
const february = spring(['publicKey', 'url', 'image', 'criteria', 'claim', 'contentMediaType', 'contentEncoding', 'content']);
const early = more => blockcert({'@context': [V1, V3], issuer: {id: ISSUER, name: 'University of Somewhere', url: 'https://university.example/'}, ...more});
scenario('blockcerts-march', 'made with the vocabulary of March 2022', file('blockcerts-march.json', () => secured(early(), {how: march})), open(real));
scenario('blockcerts-march-altered', 'made with the vocabulary of March 2022, and another name', file('blockcerts-march-altered.json', async () => ({...early({id: 'urn:uuid:other'}), proof: await merkle(early(), {how: march})})), altered());
scenario('blockcerts-february', 'made with the vocabulary of February 2022, which loses what is displayed', file('blockcerts-february.json', () => secured(early(), {how: {...february, safe: false}})), open([...real, 'proof.merkle_display'], {proof: 'warn'}));
const BETA = 'https://w3id.org/blockcerts/v3.0-beta', beta = more => blockcert({'@context': [V1, BETA], ...more});
scenario('blockcerts-beta', 'of version 3.0-beta, which loses what is displayed', file('blockcerts-beta.json', () => secured(beta(), careless)), open([...real, 'proof.merkle_display'], {proof: 'warn'}));
scenario('blockcerts-beta-altered', 'the same, with another name', file('blockcerts-beta-altered.json', async () => ({...beta({id: 'urn:uuid:other'}), proof: await merkle(beta(), careless)})), altered());
scenario('blockcerts-beta-inline', 'the same, with a vocabulary of its own beside: what is displayed could be anything', file('blockcerts-beta-inline.json', () => secured(beta({'@context': [V1, BETA, {display: 'https://www.w3.org/2018/credentials#evidence'}]}), careless)), ends.refusedProof(['context.term_redefined'], {credential: 'warn'}));

const refused = (id, about, make, code) => scenario(id, about, file(`${id}.json`, async () => ({...blockcert(), proof: {...bare, proofValue: await make(sha256(await canonical(blockcert())))}})), ends.refusedProof([code]));
refused('blockcerts-path', 'a step on the wrong side', target => value({target, root: sha256(Buffer.concat([target, others(1)[0]])), path: [[0, others(1)[0]]]}), 'proof.merkle_path');
refused('blockcerts-root', 'a root that no step reaches', target => value({target, root: others(1)[0]}), 'proof.merkle_path');
refused('blockcerts-nowhere', 'a root that was written nowhere', target => value({target, root: target, anchors: []}), 'proof.merkle_no_anchor');
refused('blockcerts-link', 'an address in the place of a transaction', target => value({target, root: target, anchors: [[[0, 1], 'javascript:alert(1)']]}), 'proof.merkle_malformed');
refused('blockcerts-junk', 'base64 in the place of base58', () => 'z' + Buffer.alloc(64, 255).toString('base64'), 'proof.merkle_malformed');
refused('blockcerts-text', 'no CBOR', () => 'z' + base58(Buffer.from('MerkleProof2019')), 'proof.merkle_malformed');
refused('blockcerts-bomb', 'an array of four thousand million', () => 'z' + base58(Uint8Array.from([0x81, 0x82, 0x03, 0x9a, 0xff, 0xff, 0xff, 0xff])), 'proof.merkle_malformed');
refused('blockcerts-twice', 'two fingerprints', target => 'z' + base58(cborg.encode([[0, asText(target)], [1, asText(others(1)[0])], [1, asText(target)], [2, []], [3, []]])), 'proof.merkle_malformed');
refused('blockcerts-long', 'a value of 9,000 characters', () => 'z' + '2'.repeat(9000), 'proof.merkle_malformed');

// With a signature beside it, by the issuer's own key. That is one more thing
// that must hold, not a way around it.
const key = 'university-ed25519', method = didKeyMethod(key);
const mixed = more => plain2(didKey(key), {'@context': [V2, SECURITY + 'data-integrity/v2'], ...more});
const both = file('blockcerts-both.json', async () => {
  const signed = await linkedByHand(mixed(), key, {verificationMethod: method});
  const anchored = await merkle({...mixed(), proof: [signed]}, {options: integrity});
  return {...mixed(), proof: [signed, anchored]};
});
scenario('blockcerts-both', 'a signature by the issuer, and a mark over it and the certificate', both, ends.only('incomplete', ['proof.merkle', 'proof.set_member_unchecked'], {proof: 'unknown', signature: 'skipped', trust: 'skipped'}));
scenario('blockcerts-both-other', 'a good signature, and the mark of another certificate', file('blockcerts-both-other.json', async () => {
  const [signed] = parse(both).proof;
  return {...mixed(), proof: [signed, await merkle(mixed({name: 'Another'}), {options: integrity})]};
}), ends.refusedProof(['proof.merkle', 'proof.set_member_failed']));
scenario('blockcerts-both-altered', 'both, and a name was changed', file('blockcerts-both-altered.json', () => ({...parse(both), name: 'Doctor of Soil Science'})), ends.only('altered', [], {signature: 'fail', trust: 'skipped'}));

// ChainedProof2021: the newer proof holds the older one.
const chainedDocument = () => plain1(didKey('university-secp256k1'), {'@context': [V1, BC], type: ['VerifiableCredential', 'BlockcertsCredential']});
const chain = async previous => {
  const signed = await linkedByHand(chainedDocument(), 'university-secp256k1', {type: 'EcdsaSecp256k1Signature2019', verificationMethod: didKeyMethod('university-secp256k1')});
  const anchored = await merkle({...chainedDocument(), proof: [signed]}, {options: {...bare, type: 'ChainedProof2021', chainedProofType: 'MerkleProof2019', previousProof: previous ?? signed}});
  return {...chainedDocument(), proof: [signed, anchored]};
};
scenario('blockcerts-chained', 'a chained proof over a signature', file('blockcerts-chained.json', () => chain()), ends.only('incomplete', ['proof.merkle', 'proof.set_member_unchecked'], {proof: 'unknown', signature: 'skipped', trust: 'skipped'}));
scenario('blockcerts-chained-other', 'a chained proof that holds a signature which is not there', file('blockcerts-chained-other.json', () => chain({...bare, type: 'EcdsaSecp256k1Signature2019'})), ends.refusedProof(['proof.chain_malformed']));

// Before version 3 they were Open Badges 2.0 with a proof of their own.
const badge2 = {'@context': ['https://w3id.org/openbadges/v2', 'https://w3id.org/blockcerts/v2'], type: 'Assertion', id: 'urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-6f1f0f6f2b01', issuedOn: '2017-06-29T14:58:57Z'};
scenario('blockcerts-2', 'a Blockcerts certificate of version 2', file('blockcerts-2.json', () => ({...badge2, signature: {type: ['MerkleProof2017', 'Extension'], merkleRoot: others(1)[0].toString('hex'), targetHash: others(1)[0].toString('hex'), proof: [], anchors: [{sourceId: TX, type: 'BTCOpReturn', chain: 'bitcoinMainnet'}]}})),
  ends.only('unreadable', ['credential.blockcerts_old'], {credential: 'fail', trust: 'skipped'}));
scenario('blockcerts-1', 'a Blockcerts certificate of version 1', file('blockcerts-1.json', () => ({'@context': 'https://w3id.org/blockcerts/v1', type: 'CertificateDocument', document: {}, receipt: {type: 'ChainpointSHA256v2', targetHash: others(1)[0].toString('hex')}})),
  ends.only('unreadable', ['credential.blockcerts_old'], {credential: 'fail', trust: 'skipped'}));
