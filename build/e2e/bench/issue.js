// Credentials issued anew for every run, with Digital Bazaar's own libraries.

import { createDiscloseCryptosuite as discloseBbs, createSignCryptosuite as signBbs } from '@digitalbazaar/bbs-2023-cryptosuite';
import * as Bls12381Multikey from '@digitalbazaar/bls12-381-multikey';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import { cryptosuite as ecdsaRdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { createDiscloseCryptosuite as discloseSd, createSignCryptosuite as signSd } from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { cryptosuite as eddsaRdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';

import { achievement, badge, profile } from '../../npm/content.mjs';
import { didKey, didKeyMethod, multikey, secretMultikey } from '../../npm/keys.mjs';
import { ED2020, loader } from './contexts.js';

const date = '2026-01-10T09:00:00Z';
const documentLoader = loader();

const ed25519 = await pair(Ed25519Multikey, 'university-ed25519');
const p256 = await pair(EcdsaMultikey, 'university-p256');
const p384 = await pair(EcdsaMultikey, 'university-p384');
const holder = await pair(Ed25519Multikey, 'holder-ed25519');

// pair is one of the published test keys.
function pair(kind, name) {
  return kind.from({ type: 'Multikey', id: didKeyMethod(name), controller: didKey(name), publicKeyMultibase: multikey(name), secretKeyMultibase: secretMultikey(name) });
}

const written = (key, more) => badge(profile(key.controller), more);
const proof = (key, cryptosuite, more) => new DataIntegrityProof({ signer: key.signer(), date, cryptosuite, ...more });
const issue = (credential, suite) => vc.issue({ credential, suite, documentLoader, now: date });

export const small = () => issue(written(ed25519), proof(ed25519, eddsaRdfc));
export const onP256 = () => issue(written(p256), proof(p256, ecdsaRdfc));
export const onP384 = () => issue(written(p384), proof(p384, ecdsaRdfc));

export function signature2020() {
  const credential = written(ed25519);
  credential['@context'].push(ED2020);
  return issue(credential, new Ed25519Signature2020({ signer: ed25519.signer(), verificationMethod: ed25519.id, date }));
}

// aligned names twenty entries of a framework of skills.
export function aligned() {
  const alignment = Array.from({ length: 20 }, (_, i) => ({
    type: ['Alignment'], targetCode: `soil.${i + 1}`, targetName: `Skill ${i + 1} of working with soils`, targetType: 'CFItem',
    targetDescription: `Can do what entry ${i + 1} of the framework describes, without help.`,
    targetFramework: 'Framework of Field Skills', targetUrl: `https://framework.example/skills/soil/${i + 1}`,
  }));
  return issue(written(ed25519, { credentialSubject: { id: 'did:example:mara', type: ['AchievementSubject'], achievement: achievement({ alignment }) } }), proof(ed25519, eddsaRdfc));
}

// What is always shown, and what the holder chose to show: all but the
// credential's own id.
const mandatoryPointers = ['/issuer', '/validFrom', '/validUntil'];
const selectivePointers = ['/name', '/credentialSubject'];

export async function disclosed() {
  const verifiableCredential = await issue(written(p256), proof(p256, signSd({ mandatoryPointers })));
  return vc.derive({ verifiableCredential, suite: new DataIntegrityProof({ cryptosuite: discloseSd({ selectivePointers }) }), documentLoader });
}

// bbs is signed with a key made for it: no published test key is of this kind.
export async function bbs() {
  const key = await Bls12381Multikey.generateBbsKeyPair({ algorithm: Bls12381Multikey.ALGORITHMS.BBS_BLS12381_SHA256 });
  const { publicKeyMultibase } = await key.export({ publicKey: true });
  key.controller = `did:key:${publicKeyMultibase}`;
  key.id = `${key.controller}#${publicKeyMultibase}`;
  const verifiableCredential = await issue(written(key), proof(key, signBbs({ mandatoryPointers })));
  return vc.derive({ verifiableCredential, suite: new DataIntegrityProof({ cryptosuite: discloseBbs({ selectivePointers }) }), documentLoader });
}

export const challenge = 'fa3c51d9';

// presentation holds so many badges, each signed by itself.
export async function presentation(count) {
  const verifiableCredential = await Promise.all(Array.from({ length: count }, (_, i) => issue(written(ed25519, {
    id: `urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-${String(i).padStart(12, '0')}`,
    credentialSubject: { id: holder.controller, type: ['AchievementSubject'], achievement: achievement({ id: `https://university.example/achievements/${i}`, name: `Reading Soil Data, part ${i + 1}` }) },
  }), proof(ed25519, eddsaRdfc))));
  const presented = vc.createPresentation({ verifiableCredential, id: 'urn:uuid:5c9d0a4e-6c8f-4c3a-9d0b-6f1f0f6f2aff', holder: holder.controller, now: date });
  return vc.signPresentation({ presentation: presented, suite: proof(holder, eddsaRdfc), challenge, documentLoader });
}
