// The host's half of this package (door.go): WebCrypto is asked here, about
// bytes that lie in the program's memory.

'use strict';

// signatureDoor gives what the program looks for in globalThis.sealcheck before
// it is run: the function that verifies a signature, where the host can.
globalThis.signatureDoor = (go, { exports }, subtle = globalThis.crypto?.subtle) => {
  if (!subtle) return {};

  const curves = ['Ed25519', 'P-256', 'P-384', 'P-521'];
  const hashes = ['', 'SHA-256', 'SHA-384', 'SHA-512'];
  const schemes = new Map(); // by number
  const mostKeys = 64; // are kept; where there are more, all are let go
  const keys = new Map(); // by scheme and all of their bytes, which are public
  let last; // of them, the one that was asked for last: many signatures in a row are by one key

  const alike = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);

  function schemeOf(number) {
    let scheme = schemes.get(number);
    if (!scheme) {
      const curve = curves[number >> 2];
      scheme = curve === 'Ed25519'
        ? { imports: { name: curve }, verifies: { name: curve } }
        : { imports: { name: 'ECDSA', namedCurve: curve }, verifies: { name: 'ECDSA', hash: hashes[number & 3] } };
      schemes.set(number, scheme);
    }
    return scheme;
  }

  return {
    // The argument is where a question lies (door.go). It is answered once:
    // 1 for yes, 2 where the host has no such keys, 0 for all else.
    verifySignature(at) {
      const { buffer } = exports.mem;
      const question = new Uint32Array(buffer, at, 19);
      const [number, scheme] = [question[0], question[1]];
      // No copies: the host takes its own before its function returns
      // (WebCrypto 14.3.4, "a copy of the bytes held by").
      const view = (which) => new Uint8Array(buffer, question[which], question[which + 2]);
      const [raw, value, data] = [view(2), view(6), view(10)];
      const { imports, verifies } = schemeOf(scheme);
      const answer = (what) => {
        if (go.exited) return;
        exports.verified(number, what);
        go._resume();
      };
      const verify = (key, itsValue, itsData) => subtle.verify(verifies, key, itsValue, itsData).then((yes) => yes === true);
      const importAndVerify = (itsRaw, itsValue, itsData) => subtle.importKey('raw', itsRaw, imports, false, ['verify']).then((key) => {
        if (keys.size >= mostKeys) keys.clear();
        keys.set(id, key);
        return verify(key, itsValue, itsData);
      });
      // hashed has the rest hashed, and that put behind the data, first.
      const hashed = (itsRaw, itsValue, head) => subtle.digest(hashes[question[18]], view(14)).then((sum) => {
        const signed = new Uint8Array(head.length + sum.byteLength);
        signed.set(head);
        signed.set(new Uint8Array(sum), head.length);
        return kept ? verify(kept, itsValue, signed) : importAndVerify(itsRaw, itsValue, signed);
      });
      const id = last?.scheme === scheme && alike(last.raw, raw) ? last.id : String.fromCharCode(scheme, ...raw);
      if (id !== last?.id) last = { id, scheme, raw: raw.slice() };
      const kept = keys.get(id);
      // What is asked only later is copied: the program may write there meanwhile.
      let answered;
      if (question[16] > 0) answered = hashed(last.raw, value.slice(), data.slice());
      else if (kept) answered = verify(kept, value, data);
      else answered = importAndVerify(raw, value.slice(), data.slice());
      answered.then((yes) => answer(yes ? 1 : 0), (problem) => answer(problem?.name === 'NotSupportedError' ? 2 : 0));
    },
  };
};
