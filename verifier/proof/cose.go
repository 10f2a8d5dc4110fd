package proof

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sealcheck/sealcheck/verifier/internal/cbor"
	"github.com/sealcheck/sealcheck/verifier/internal/cose"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// coseAlgorithms are the algorithms that are accepted, by their number in COSE
// (RFC 9053 2, RFC 8230, RFC 8812, RFC 9864), with their name in JOSE.
var coseAlgorithms = [...]struct {
	number int64
	name   string
}{
	{-7, "ES256"}, {-35, "ES384"}, {-36, "ES512"}, {-9, "ES256"}, {-51, "ES384"}, {-52, "ES512"},
	{-8, "EdDSA"}, {-19, "Ed25519"}, {-47, "ES256K"},
	{-37, "PS256"}, {-38, "PS384"}, {-39, "PS512"},
	{-257, "RS256"}, {-258, "RS384"}, {-259, "RS512"},
}

// coseSHA256 is the digest that x5t is read with (RFC 9054 2.1).
const coseSHA256 = -16

// coseReader reads the signature of a COSE_Sign1 message into a member.
type coseReader struct {
	*member
	message   *cose.Message
	algorithm *signature.Algorithm
}

// readCOSE reads a signature in CBOR.
func readCOSE(message *cose.Message, content Content) member {
	m := member{good: report.ProofCose}
	m.proof.Reference.Purpose = AssertionMethod
	if content == APresentation {
		m.proof.Reference.Purpose = Authentication
	}
	r := &coseReader{member: &m, message: message}
	if err := r.read(content); err != nil {
		m.proof.verify = nil
		m.findings.AddError(err)
	}
	return m
}

// read goes through the header's rules in order, as those of a JWS are gone
// through; the first that is broken ends it.
func (r *coseReader) read(content Content) error {
	checkType := func() error { return r.checkType(content) }
	for _, step := range [...]func() error{r.checkLabels, r.readAlgorithm, r.checkCritical, checkType, r.readKeyID, r.readChain} {
		if err := step(); err != nil {
			return err
		}
	}
	if r.unknown != nil {
		return nil
	}
	if r.message.Detached {
		return r.proof.problem(report.ProofPayloadDetached, "")
	}
	if ref := &r.proof.Reference; ref.KeyID == "" && len(ref.Chain) == 0 {
		r.add(report.ProofKeyReferenceMissing, r.proof.Path)
	}
	r.proof.bytes = len(r.message.Payload)
	r.proof.verify = r.start
	return nil
}

// checkType checks what the message says of itself, in the protected header
// alone: what was signed for another use is none of ours (RFC 8725 3.11).
func (r *coseReader) checkType(content Content) error {
	typ, typed := r.message.Media(cose.Type)
	// draft-ietf-oauth-status-list 5.2: such a token says what it is, and
	// nothing else may say it.
	if list := r.message.IsStatusList(); list || content == AStatusListToken {
		if !list || content != AStatusListToken {
			return r.proof.problem(report.ProofTypeWrong, "COSE_Sign1", "what", typ)
		}
		return nil
	}
	want := cose.Credential
	if content == APresentation {
		want = cose.Presentation
	}
	// VC-JOSE-COSE 3.3: the type is application/vc+cose or vp+cose, and that of
	// the content application/vc or vp. Before RFC 9596 there was only the
	// latter: one of them must say what is signed, and neither anything else.
	said := false
	fits := func(parameter int64, media string, stated bool) bool {
		use := cose.UseOf(parameter, media)
		said = said || use == want
		return !stated || use == want || use == cose.Anything
	}
	if !fits(cose.Type, typ, typed) {
		return r.proof.problem(report.ProofTypeWrong, "", "what", typ)
	}
	media, stated := r.message.Media(cose.ContentType)
	switch {
	case !fits(cose.ContentType, media, stated):
		return r.proof.problem(report.ProofContentTypeWrong, "", "what", media)
	case !said:
		return r.proof.problem(report.ProofTypeWrong, "no type in the protected header")
	}
	return nil
}

// start begins to verify the signature of the Sig_structure (RFC 9052 4.4).
func (r *coseReader) start(public any, by signature.Primitive) signature.Wait {
	if _, err := signature.Admit(public, r.algorithm.Curve); err != nil {
		return signature.Known(err)
	}
	value := r.message.Signature
	if err := signature.WellFormed(public, value); err != nil {
		return signature.Known(err)
	}
	input := r.message.SigningInput()
	switch r.algorithm.Curve {
	case publickey.Ed25519:
		return signature.StartEd25519(by, public, input, value)
	case publickey.RSA:
		return func() error { return r.algorithm.Check(input, value, public) }
	default:
		return signature.StartECDSA(by, public, r.algorithm.Hash, input, value)
	}
}

// checkLabels refuses what two readers could understand differently
// (RFC 9052 3): a label in both headers, and crit or alg where nobody signs it.
func (r *coseReader) checkLabels() error {
	for _, parameter := range r.message.Unprotected {
		label := parameter.Label
		if _, both := r.message.Protected.Find(label); both {
			return r.proof.problem(report.ProofHeaderOverlap, "", "what", coseLabel(label))
		}
		if label == (cose.Label{Number: cose.Critical}) {
			return r.proof.problem(report.ProofCritUnprotected, "")
		}
	}
	return nil
}

// coseLabel names a header parameter to a person.
func coseLabel(label cose.Label) string {
	if label.Text != "" {
		return label.Text
	}
	return strconv.FormatInt(label.Number, 10)
}

// readAlgorithm decides by our own list, from the protected header alone.
func (r *coseReader) readAlgorithm() error {
	value, ok := r.message.Protected.Get(cose.Algorithm)
	if !ok {
		return r.proof.problem(report.ProofAlgorithmMissing, "no alg in the protected header")
	}
	name, symmetric := "", false
	switch value.Kind() {
	case cbor.Text:
		// No algorithm that is accepted is named by a text, also not by its
		// name in JOSE.
		name = value.Text()
	case cbor.Number, cbor.Negative:
		number := value.Integer()
		if value.Failed() {
			return r.proof.problem(report.ProofHeaderMalformed, "beyond 64 bits", "what", "alg")
		}
		name = strconv.FormatInt(number, 10)
		for _, known := range coseAlgorithms {
			if known.number == number {
				name, r.algorithm = known.name, algorithm(known.name)
			}
		}
		// RFC 9053 3: whoever can check a MAC can make one. All of them, and
		// all ciphers, have numbers of zero or more.
		symmetric = number >= 0
	default:
		return r.proof.problem(report.ProofHeaderMalformed, "neither a number nor a text", "what", "alg")
	}
	r.proof.Reference.Algorithm = name
	r.proof.Suite = Suite("COSE/" + report.Clip(name))
	if symmetric {
		return r.proof.problem(report.ProofAlgorithmSymmetric, "", "algorithm", name)
	}
	if r.algorithm != nil {
		r.proof.Reference.Curves = []string{r.algorithm.Curve}
	}
	if r.algorithm == nil {
		finding := report.NewFinding(report.ProofAlgorithmUnknown, r.proof.Path, "algorithm", name)
		r.unknown = &finding
	}
	if len(r.message.Signature) == 0 {
		return r.proof.problem(report.ProofSignatureEmpty, "")
	}
	return nil
}

// algorithm is the accepted algorithm with a name in JOSE.
func algorithm(name string) *signature.Algorithm {
	for i := range signature.Algorithms {
		if signature.Algorithms[i].Name == name {
			return &signature.Algorithms[i]
		}
	}
	return nil
}

// coseUnderstood are the header parameters that crit may name: what they say
// is heeded here.
var coseUnderstood = [...]int64{cose.Algorithm, cose.ContentType, cose.KeyID, cose.HeaderClaims, cose.Type, cose.Chain}

// checkCritical checks crit (RFC 9052 3.1): what it names must be there, must
// be signed, and must be understood here.
func (r *coseReader) checkCritical() error {
	value, ok := r.message.Protected.Get(cose.Critical)
	if !ok {
		return nil
	}
	if value.Kind() != cbor.Array {
		return r.proof.problem(report.ProofCritMalformed, "not an array")
	}
	n := value.Array()
	switch {
	case n == 0:
		return r.proof.problem(report.ProofCritEmpty, "")
	case n > limits.CriticalNames:
		return r.proof.problem(report.ProofCritMalformed, strconv.Itoa(n)+" names")
	}
	var seen []cose.Label
	for ; n > 0; n-- {
		var label cose.Label
		switch value.Kind() {
		case cbor.Number, cbor.Negative:
			label.Number = value.Integer()
		case cbor.Text:
			label.Text = value.Text()
		default:
			return r.proof.problem(report.ProofCritMalformed, "not a label")
		}
		switch {
		case value.Failed():
			return r.proof.problem(report.ProofCritMalformed, "not a label")
		case slices.Contains(seen, label):
			return r.proof.problem(report.ProofCritDuplicate, "", "name", coseLabel(label))
		case label.Text != "" || !slices.Contains(coseUnderstood[:], label.Number):
			return r.proof.problem(report.ProofCritUnknown, "", "name", coseLabel(label))
		}
		if _, there := r.message.Protected.Find(label); !there {
			return r.proof.problem(report.ProofCritAbsent, "", "name", coseLabel(label))
		}
		seen = append(seen, label)
	}
	return nil
}

// header is a parameter of either header: what says where to look for a key
// need not be signed (RFC 9052 3.1, RFC 9360 2).
func (r *coseReader) header(number int64) (*cbor.Reader, bool) {
	if value, ok := r.message.Protected.Get(number); ok {
		return value, true
	}
	return r.message.Unprotected.Get(number)
}

// readKeyID reads kid, which is a byte string (RFC 9052 3.1). Writers put a
// text into it, or write it as one; where it is none, it stands here as
// base64url.
func (r *coseReader) readKeyID() error {
	if _, ok := r.header(cose.ChainURL); ok {
		r.add(report.ProofKeyAddressIgnored, r.proof.Path, "what", "x5u")
	}
	value, ok := r.header(cose.KeyID)
	if !ok {
		return nil
	}
	var kid []byte
	switch value.Kind() {
	case cbor.Bytes:
		kid = value.Bytes()
	case cbor.Text:
		kid = []byte(value.Text())
	default:
		return r.proof.problem(report.ProofHeaderMalformed, "neither a byte string nor a text", "what", "kid")
	}
	r.proof.Reference.KeyID = string(kid)
	if !utf8.Valid(kid) || strings.ContainsFunc(string(kid), unicode.IsControl) {
		r.proof.Reference.KeyID = base64.RawURLEncoding.EncodeToString(kid)
	}
	return nil
}

// readChain reads x5chain, one certificate or an array of them, leaf first
// (RFC 9360 2), and compares x5t where it is signed.
func (r *coseReader) readChain() error {
	value, ok := r.header(cose.Chain)
	if !ok {
		return nil
	}
	n := 1
	if value.Kind() == cbor.Array {
		n = value.Array()
	}
	switch {
	case n == 0:
		return r.proof.problem(report.ProofCertificateMalformed, "x5chain is empty")
	case n > limits.Certificates:
		return r.proof.problem(report.ProofCertificatesTooMany, "", "count", strconv.Itoa(n))
	}
	for ; n > 0; n-- {
		der := value.Bytes()
		if value.Failed() || len(der) == 0 {
			return r.proof.problem(report.ProofCertificateMalformed, "x5chain is not byte strings")
		}
		r.proof.Reference.Chain = append(r.proof.Reference.Chain, der)
	}
	digest, ok := r.message.Protected.Get(cose.Thumbprint)
	if !ok {
		return nil
	}
	if digest.Kind() != cbor.Array || digest.Array() != 2 {
		return r.proof.problem(report.ProofHeaderMalformed, "not an algorithm and a digest", "what", "x5t")
	}
	if kind := digest.Kind(); kind != cbor.Negative || digest.Integer() != coseSHA256 {
		return nil // a digest that is not read here binds nothing
	}
	if sum := sha256.Sum256(r.proof.Reference.Chain[0]); string(digest.Bytes()) != string(sum[:]) {
		return r.proof.problem(report.ProofCertificateMalformed, "x5t is not the digest of the first certificate")
	}
	r.proof.Reference.Bound = true
	return nil
}
