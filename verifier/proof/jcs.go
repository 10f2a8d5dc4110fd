package proof

import (
	"crypto"
	_ "crypto/sha256" // the hashes that the suites name
	_ "crypto/sha512"
	"errors"

	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// mostValue bounds a proof value before it is decoded: 96 bytes, the longest
// of the suites below, have 132 characters.
const mostValue = 200

var errBase58 = errors.New("proofValue is not multibase base58btc")

// base58Value decodes a proof value, which the suites of this file write in
// base58btc and nothing else.
func base58Value(text string) ([]byte, error) {
	if len(text) > mostValue || len(text) < 2 || text[0] != 'z' {
		return nil, errBase58
	}
	value, err := multibase.DecodeBase58(text[1:])
	if err != nil {
		return nil, errBase58
	}
	return value, nil
}

// prepareEddsaJCS makes the verifier of eddsa-jcs-2022 (VC-DI-EDDSA 3.3).
func prepareEddsaJCS(in input) (verifying, error) {
	document, err := adoptContext(in.document, in.options)
	if err != nil {
		return nil, err
	}
	hashed := once(document, in.options)
	return func(public any, by signature.Primitive) signature.Wait {
		if _, err := signature.Admit(public, Ed25519); err != nil {
			return signature.Known(err)
		}
		data, err := hashed(crypto.SHA256)
		if err != nil {
			return signature.Known(err)
		}
		return signature.StartEd25519(by, public, data, in.value)
	}, nil
}

// prepareEcdsaJCS makes the verifier of ecdsa-jcs-2019 (VC-DI-ECDSA 3.3). The
// key's curve decides the hash of both parts, and of the signature.
func prepareEcdsaJCS(in input) (verifying, error) {
	document, err := adoptContext(in.document, in.options)
	if err != nil {
		return nil, err
	}
	hashed := once(document, in.options)
	return func(public any, by signature.Primitive) signature.Wait {
		curve, err := signature.Admit(public, P256, P384)
		if err != nil {
			return signature.Known(err)
		}
		hash := crypto.SHA256
		if curve == P384 {
			hash = crypto.SHA384
		}
		data, err := hashed(hash)
		if err != nil {
			return signature.Known(err)
		}
		return signature.StartECDSA(by, public, hash, data, in.value)
	}, nil
}

// adoptContext gives the document the proof's context where the proof has
// one. The document's own must start with all of it, in order: what a maker
// of the proof has read must still be read first (VC-DI-EDDSA 3.3.2).
func adoptContext(document, options strictjson.Value) (strictjson.Value, error) {
	signed, ok := options.Get("@context")
	if !ok {
		return document, nil
	}
	has, wants := document.At("@context").List(), signed.List()
	if len(has) < len(wants) {
		return document, report.NewProblem(report.ProofContextMismatch, "the document has fewer contexts than the proof")
	}
	for i := range wants {
		if !wants[i].Equal(has[i]) {
			return document, report.NewProblem(report.ProofContextMismatch, "the document's contexts do not begin with the proof's")
		}
	}
	return document.With("@context", signed), nil
}

// once makes hashData for one proof: several keys may have to be tried, and a
// large document takes long to write in canonical form.
func once(document, options strictjson.Value) func(crypto.Hash) ([]byte, error) {
	type result struct {
		data []byte
		err  error
	}
	known := map[crypto.Hash]result{}
	return func(hash crypto.Hash) ([]byte, error) {
		r, ok := known[hash]
		if !ok {
			r.data, r.err = hashData(hash, document, options)
			known[hash] = r
		}
		return r.data, r.err
	}
}

// hashData is the hash of the proof options followed by that of the document,
// each in canonical form (RFC 8785).
func hashData(hash crypto.Hash, document, options strictjson.Value) ([]byte, error) {
	var data []byte
	for _, part := range [...]strictjson.Value{options, document} {
		canonical, err := part.AppendCanonical(nil)
		if err != nil {
			return nil, report.NewProblem(report.SignatureNotCanonical, err.Error())
		}
		h := hash.New()
		h.Write(canonical)
		data = h.Sum(data)
	}
	return data, nil
}
