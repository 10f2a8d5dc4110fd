package proof

import (
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// Signs says what the proofs in the member `proof` sign, those of suites that
// are known here: what a document means, its text, or some of them this and
// others that. A suite that is not known can prove nothing and decides nothing:
// anybody can put such a proof beside the one that counts.
func Signs(proofs strictjson.Value) (meaning, text bool) {
	for _, value := range proofs.List() {
		known, ok := legacySuites[value.At("type").Text()]
		if value.At("type").Text() == "DataIntegrityProof" {
			known, ok = suites[value.At("cryptosuite").Text()]
		}
		meaning = meaning || ok && known.meaning
		text = text || ok && !known.meaning
	}
	return meaning, text
}

// SignsMeaning says whether the proof is of a suite that is known here and signs
// what a document means.
func (p *Proof) SignsMeaning() bool {
	return p.Supported() && (suites[string(p.Suite)].meaning || legacySuites[string(p.Suite)].meaning)
}

// SignedContexts are the @contexts that the proofs of the member `proof` cover
// which are of suites that sign text, each once (VC-DI-EDDSA 3.3.2): that of the
// proof, or where it names none that of the document. Whoever adds a proof of
// their own says by it how they read the document, not how the others did.
func SignedContexts(document strictjson.Value) []strictjson.Value {
	var contexts []strictjson.Value
next:
	for _, value := range document.At("proof").List() {
		if _, text := Signs(value); !text {
			continue
		}
		context, ok := value.Get("@context")
		if !ok {
			context = document.At("@context")
		}
		for _, known := range contexts {
			if known.Equal(context) {
				continue next
			}
		}
		contexts = append(contexts, context)
	}
	return contexts
}
