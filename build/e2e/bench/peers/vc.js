// @digitalbazaar/vc does the whole of what its users call verification: the
// credential's rules and dates, the canonical form, the signature, whether the
// key may do what the proof is for and belongs to the issuer; of a
// presentation, that of everything in it as well. Contexts and DID documents
// are at hand. It knows no trust lists and writes no report.

import { createVerifyCryptosuite as bbs } from '@digitalbazaar/bbs-2023-cryptosuite';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite as ecdsaRdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { createVerifyCryptosuite as ecdsaSd } from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { cryptosuite as eddsaRdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';

import { loader, signers } from '../contexts.js';

export { refuses, times } from './run.js';

const suites = {
  Ed25519Signature2020: () => new Ed25519Signature2020(),
  'eddsa-rdfc-2022': () => new DataIntegrityProof({ cryptosuite: eddsaRdfc }),
  'ecdsa-rdfc-2019': () => new DataIntegrityProof({ cryptosuite: ecdsaRdfc }),
  'ecdsa-sd-2023': () => new DataIntegrityProof({ cryptosuite: ecdsaSd() }),
  'bbs-2023': () => new DataIntegrityProof({ cryptosuite: bbs() }),
};

export async function prepare(text, at) {
  const sample = JSON.parse(text);
  const { cryptosuite, type, challenge } = sample.proof;
  const makeSuite = suites[cryptosuite ?? type];
  const documentLoader = loader(signers(sample));
  const presented = 'verifiableCredential' in sample;
  const now = new Date(at);
  return async () => {
    const document = JSON.parse(text);
    const suite = makeSuite();
    const { verified, error, credentialResults = [] } = presented
      ? await vc.verify({ presentation: document, suite, challenge, documentLoader, now })
      : await vc.verifyCredential({ credential: document, suite, documentLoader, now });
    if (!verified) throw error ?? credentialResults.find((result) => !result.verified)?.error ?? new Error('not verified');
  };
}
