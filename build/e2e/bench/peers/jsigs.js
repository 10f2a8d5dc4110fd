// jsonld-signatures with the JCS suites parses, takes the key from the DID,
// makes the canonical form, checks the signature and whether the key may
// assert. Digital Bazaar's vc does not take them: it wants RDF.

import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite as ecdsaJcs } from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import { createVerifyCryptosuite as eddsaJcs } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import jsigs from 'jsonld-signatures';

import { loader, signers } from '../contexts.js';

export { refuses, times } from './run.js';

const suites = { 'eddsa-jcs-2022': eddsaJcs, 'ecdsa-jcs-2019': ecdsaJcs };

export async function prepare(text) {
  const { proof } = JSON.parse(text);
  const documentLoader = loader(signers({ proof }));
  return async () => {
    const suite = new DataIntegrityProof({ cryptosuite: suites[proof.cryptosuite]() });
    const purpose = new jsigs.purposes.AssertionProofPurpose();
    const { verified, error } = await jsigs.verify(JSON.parse(text), { suite, purpose, documentLoader });
    if (!verified) throw error ?? new Error('not verified');
  };
}
