// Package contexts holds the JSON-LD contexts that Sealcheck knows, pinned by
// address and SHA-256. No other is ever used but what the user adds.
//
// They are of two kinds, both in data/, both named in data/index.txt with
// their SHA-256, licence and source:
//
//   - data/*.json are documents that npm packages ship, without their white
//     space. build/npm/contexts.mjs takes them from the packages, whose
//     versions build/npm/package.json fixes. Where a W3C Recommendation pins
//     the bytes of a context, the index has that digest as well, and a test
//     shows that those bytes and ours are the same JSON.
//   - data/*.terms are of our own. What a term stands for is a fact; where no
//     package under a licence that allows it ships a context, these facts are
//     written down in the form that terms.go reads, with their source, and a
//     test compares them with a copy of the context.
//
// Two contexts are not what the copies in the test data say. The European one
// (edc-ap) is that of the European Learning Model 3: the copy is a draft that
// no processor may accept (one term has a member that JSON-LD does not know).
// The copy of ed25519-2020 is a draft as well; every credential at hand can be
// verified with the one that packages ship.
//
// An address can have had several contents over the years, and a badge stays
// signed over the one of its day. Versions are listed with the official one in
// front. A version that only lacks terms of a later one is left out: where it
// would matter, terms were dropped when it was signed, which is refused.
//
// To add a context that a package ships: a row in build/npm/contexts.mjs, the
// package in build/npm/package.json. To add another one: a file in data/ that
// begins with its address and source. Then `node build/npm/contexts.mjs`,
// which also writes embedded.go; with --check it says whether all is up to
// date.
package contexts

import "github.com/sealcheck/sealcheck/verifier/internal/strictjson"

// Find gives every known version of the context at an address, the one to try
// first in front, each a whole document with a member "@context"; none where
// the address is not known. It has the shape of a jsonld.Source. It parses
// anew at every call and is safe for concurrent use.
func Find(address string) []strictjson.Value {
	texts := versions(address)
	found := make([]strictjson.Value, 0, len(texts))
	for _, text := range texts {
		// What is embedded is readable: a test reads all of it.
		if document, err := read(text); err == nil {
			found = append(found, document)
		}
	}
	return found
}

// Documents gives those versions whose very document is at hand. The others mean
// the same, but what they are written with is not that of the document: which
// abbreviations it has, cannot be told from them.
func Documents(address string) []strictjson.Value {
	var found []strictjson.Value
	for _, text := range versions(address) {
		if text[0] != '{' {
			continue
		}
		if document, err := read(text); err == nil {
			found = append(found, document)
		}
	}
	return found
}

// read reads a file of data/. Only one kind begins with a brace.
func read(text string) (strictjson.Value, error) {
	if len(text) > 0 && text[0] == '{' {
		return strictjson.Parse([]byte(text))
	}
	return readTerms(text)
}

// Known says whether Find gives anything for an address. It parses nothing.
func Known(address string) bool { return len(versions(address)) > 0 }

// Public says whether an address is that of a public standard or a draft of
// one: those of Known, and a few whose terms are not at hand.
func Public(address string) bool {
	switch address {
	case "https://www.w3.org/ns/cid/v1",
		"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.0.json",
		"https://w3id.org/openbadges/v1",
		"https://w3id.org/blockcerts/v2":
		return true
	}
	return Known(address)
}
