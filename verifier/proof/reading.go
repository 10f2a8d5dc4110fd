package proof

import (
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// SignsMeaning says whether any of the proofs in the member `proof` is of a
// suite that signs what a document means, or may be: one that is not known.
func SignsMeaning(proofs strictjson.Value) bool {
	for _, value := range proofs.List() {
		if !signsText(value) {
			return true
		}
	}
	return false
}

func signsText(value strictjson.Value) bool {
	known, ok := suites[value.At("cryptosuite").Text()]
	return ok && !known.meaning && value.At("type").Text() == "DataIntegrityProof"
}

// SignedContext is the @context that the proofs of the member `proof` cover,
// where all of them are of suites that sign text and each names one: the
// shortest, with which every other begins (VC-DI-EDDSA 3.3.2).
func SignedContext(proofs strictjson.Value) (strictjson.Value, bool) {
	var shortest strictjson.Value
	for i, value := range proofs.List() {
		context, ok := value.Get("@context")
		if !ok || !signsText(value) {
			return strictjson.Value{}, false
		}
		if i == 0 || len(context.List()) < len(shortest.List()) {
			shortest = context
		}
	}
	return shortest, shortest.Kind() != strictjson.Absent
}
