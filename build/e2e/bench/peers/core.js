// @digitalcredentials/verifier-core is what VerifierPlus and the learners'
// wallets verify with. It has its contexts and did:key with it, caches DID
// documents, and gives a report of steps. Three things about it:
//
//   - it holds a presentation's own proof to be an assertion, so that one for
//     authentication cannot pass: of a presentation only what is in it is
//     verified, which is less than the others do;
//   - it fetches the JSON schemas of Open Badges, once: they are answered here
//     by one that allows everything, which costs it nothing;
//   - it knows no other instant than now.

import { verifyCredential, verifyPresentation } from '@digitalcredentials/verifier-core';

export { refuses, times } from './run.js';

const schema = { $schema: 'https://json-schema.org/draft/2019-09/schema' };
const knownDIDRegistries = [];

export async function prepare(text) {
  const presented = 'verifiableCredential' in JSON.parse(text);
  globalThis.fetch = async (address) => {
    if (!/^https:\/\/purl\.imsglobal\.org\/spec\/.*schema\.json$/.test(address)) throw new Error(`${address} was asked for`);
    return new Response(JSON.stringify(schema));
  };
  return async () => {
    const document = JSON.parse(text);
    const found = presented
      ? await verifyPresentation({ presentation: document, unsignedPresentation: true, knownDIDRegistries })
      : await verifyCredential({ credential: document, knownDIDRegistries });
    if (found.errors) throw new Error(found.errors[0].message);
    const results = presented ? found.credentialResults : [found];
    if (presented && results.length !== document.verifiableCredential.length) throw new Error('not all was verified');
    for (const result of results) need(result);
  };
}

function need({ errors, log = [] }) {
  if (errors) throw new Error(errors[0].message);
  for (const step of ['valid_signature', 'expiration']) {
    if (!log.find(({ id, valid }) => id === step && valid)) throw new Error(`${step} is not valid`);
  }
}
