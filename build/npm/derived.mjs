// What a derived proof consists of.

import { decode } from 'cborg';

// signaturesOf counts the signatures in a derived ecdsa-sd-2023 proof: the
// issuer's, and one for each statement that is shown and need not be
// (VC-DI-ECDSA 3.5.5: base64url without padding, after the multibase prefix; three
// bytes that say what it is; then an array in CBOR, the third item being those).
export function signaturesOf(proofValue) {
  const [, , statements] = decode(Buffer.from(proofValue.slice(1), 'base64url').subarray(3), { tags: { 64: (decodeIt) => decodeIt() }, useMaps: true });
  return 1 + statements.length;
}
