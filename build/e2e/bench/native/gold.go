package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/piprate/json-gold/ld"
)

// jsonGold is canonicalisation alone, by json-gold: of the document
// and of its proof's options. No rule is checked, no signature, and nothing
// keeps it from losing what has no meaning. It is a part of what ours does, and
// the only part that Go has another library for.
func jsonGold(b *bench, f *file) func() error {
	options := ld.NewJsonLdOptions("")
	options.Algorithm = ld.AlgorithmURDNA2015
	options.Format = "application/n-quads"
	options.DocumentLoader = fixed(b.Contexts)
	processor := ld.NewJsonLdProcessor()
	return func() error {
		var document map[string]any
		if err := json.Unmarshal(f.data, &document); err != nil {
			return err
		}
		proof, ok := document["proof"].(map[string]any)
		if !ok {
			return fmt.Errorf("not a document with one proof")
		}
		delete(document, "proof")
		delete(proof, "proofValue")
		proof["@context"] = document["@context"]
		hash := sha256.New()
		for _, value := range []map[string]any{document, proof} {
			text, err := processor.Normalize(value, options)
			if err != nil {
				return err
			}
			hash.Write([]byte(text.(string)))
		}
		if found := hex.EncodeToString(hash.Sum(nil)); found != f.Canonical {
			return fmt.Errorf("another canonical form than jsonld.js has")
		}
		return nil
	}
}

// fixed is a document loader that fetches nothing.
type fixed map[string]any

func (f fixed) LoadDocument(address string) (*ld.RemoteDocument, error) {
	document, ok := f[address]
	if !ok {
		return nil, ld.NewJsonLdError(ld.LoadingDocumentFailed, address)
	}
	return &ld.RemoteDocument{DocumentURL: address, Document: document}, nil
}
