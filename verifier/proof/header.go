package proof

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/joseheader"
	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/sdjwt"
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// signatureReader reads one signature of a JWS into a member.
type signatureReader struct {
	*member
	message   *jws.Message
	signature *jws.Signature
	content   Content
	shown     *sdjwt.Message // of which message is the issuer's token, or nil
	algorithm *signature.Algorithm
	critical  []string // the names in crit, in order
}

// readSignature reads the signature at an index.
func readSignature(message *jws.Message, index int, content Content) member {
	return readJWS(message, nil, index, content)
}

func readJWS(message *jws.Message, shown *sdjwt.Message, index int, content Content) member {
	m := member{good: report.ProofJws}
	m.proof.Path = "/signatures/" + strconv.Itoa(index)
	m.proof.Reference.Purpose = AssertionMethod
	if content == APresentation {
		m.proof.Reference.Purpose = Authentication
	}
	r := &signatureReader{member: &m, message: message, signature: &message.Signatures[index], content: content, shown: shown}
	if err := r.read(); err != nil {
		m.proof.verify = nil
		m.findings.AddError(err)
	}
	return m
}

// read goes through the header's rules in order; the first that is broken
// ends it. Whatever a later library thinks of the header, it has been decided
// here (T1).
func (r *signatureReader) read() error {
	r.proof.Seal = r.isSeal()
	rules := joseheader.Header{
		Protected: r.signature.Header, Unprotected: r.signature.Unprotected, Payload: r.message.Payload,
		Seal: r.proof.Seal, Presentation: r.content == APresentation, StatusList: r.content == AStatusListToken,
		Disclosing: r.shown != nil, Problem: r.problem,
	}
	readCritical := func() (err error) {
		r.critical, err = rules.Critical()
		return err
	}
	checkB64 := func() error { return rules.CheckB64(r.critical) }
	steps := [...]func() error{
		rules.CheckNames, r.readAlgorithm, readCritical, checkB64, rules.CheckType, r.readKeys,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	if r.unknown != nil {
		return nil
	}
	if r.proof.Seal {
		if err := r.readSeal(); err != nil {
			return err
		}
	}
	r.remarkReference()
	r.proof.bytes = len(r.signature.Protected) + len(r.message.Payload)
	r.proof.verify = func(public any, by signature.Primitive) signature.Wait {
		return r.algorithm.Start(by, r.message, r.signature, public)
	}
	return nil
}

func (r *signatureReader) problem(code report.Code, detail string, pairs ...string) error {
	return r.proof.problem(code, detail, pairs...)
}

// header is a member of the protected header.
func (r *signatureReader) header(name string) (strictjson.Value, bool) {
	return r.signature.Header.Get(name)
}

// readAlgorithm decides by our own list, by exact text and from the protected
// header alone (RFC 8725 3.1). Whether the key agrees, Verify decides.
func (r *signatureReader) readAlgorithm() error {
	value, ok := r.header("alg")
	if !ok {
		return r.problem(report.ProofAlgorithmMissing, "no alg in the protected header")
	}
	if value.Kind() != strictjson.String {
		return r.problem(report.ProofHeaderMalformed, "not a string", "what", "alg")
	}
	name := value.Text()
	r.proof.Reference.Algorithm = name
	r.proof.Suite = Suite(report.Clip(name))
	if r.proof.Seal {
		r.proof.Suite = "JAdES/" + r.proof.Suite
	}
	switch {
	case name == "" || strings.EqualFold(name, "none"):
		return r.problem(report.ProofAlgorithmNone, "", "algorithm", name)
	case len(name) >= 2 && strings.EqualFold(name[:2], "HS"):
		return r.problem(report.ProofAlgorithmSymmetric, "", "algorithm", name)
	}
	for i := range signature.Algorithms {
		if signature.Algorithms[i].Name == name {
			r.algorithm = &signature.Algorithms[i]
			r.proof.Reference.Curves = []string{r.algorithm.Curve}
		}
	}
	if r.algorithm == nil {
		finding := report.NewFinding(report.ProofAlgorithmUnknown, r.proof.Path, "algorithm", name)
		r.unknown = &finding
	}
	if len(r.signature.Value) == 0 {
		return r.problem(report.ProofSignatureEmpty, "")
	}
	return nil
}

// readKeys reads what the header says about the key. All of it is where to
// look, never what to trust (T3).
func (r *signatureReader) readKeys() error {
	ref := &r.proof.Reference
	kid, ok := r.header("kid")
	if !ok {
		kid, ok = r.signature.Unprotected.Get("kid")
	}
	if ok && kid.Kind() != strictjson.String {
		return r.problem(report.ProofHeaderMalformed, "not a string", "what", "kid")
	}
	if !r.proof.Seal {
		// A seal's kid is the certificate's issuer and serial number
		// (ETSI TS 119 182-1 5.1.4): a hint at best, and x5t says it better.
		ref.KeyID = kid.Text()
	}
	if jwk, ok := r.header("jwk"); ok {
		if err := r.readJWK(jwk); err != nil {
			return err
		}
	}
	for _, name := range [...]string{"jku", "x5u"} {
		_, protected := r.header(name)
		_, unprotected := r.signature.Unprotected.Get(name)
		if protected || unprotected {
			r.add(report.ProofKeyAddressIgnored, r.proof.Path, "what", name)
		}
	}
	return r.readChain()
}

// readJWK takes over a key that the header carries.
func (r *signatureReader) readJWK(jwk strictjson.Value) error {
	if jwk.Kind() != strictjson.Object {
		return r.problem(report.ProofHeaderMalformed, "not an object", "what", "jwk")
	}
	// RFC 7517 9.2: a private or secret key that has been sent around proves
	// nothing any more.
	for _, name := range [...]string{"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"} {
		if _, private := jwk.Get(name); private {
			return r.problem(report.ProofHeaderKeyPrivate, "", "what", name)
		}
	}
	r.proof.Reference.HeaderKey = jwk
	return nil
}

// readChain decodes x5c, which has standard base64 with padding (RFC 7515
// 4.1.6), and compares x5t#S256 where both are there.
func (r *signatureReader) readChain() error {
	value, ok := r.header("x5c")
	if !ok {
		return nil
	}
	items := value.Items()
	switch n := len(items); {
	case value.Kind() != strictjson.Array || n == 0:
		return r.problem(report.ProofCertificateMalformed, "x5c is not an array with something in it")
	case n > limits.Certificates:
		return r.problem(report.ProofCertificatesTooMany, "", "count", strconv.Itoa(n))
	}
	for _, item := range items {
		der, ok := base64Text(item.Text())
		if !ok || len(der) == 0 {
			return r.problem(report.ProofCertificateMalformed, "x5c is not base64")
		}
		r.proof.Reference.Chain = append(r.proof.Reference.Chain, der)
	}
	digest, ok := r.header("x5t#S256")
	if !ok || r.proof.Seal {
		return nil
	}
	if !matches("S256", digest.Text(), r.proof.Reference.Chain[0]) {
		return r.problem(report.ProofCertificateMalformed, "x5t#S256 is not the digest of the first certificate")
	}
	r.proof.Reference.Bound = true
	return nil
}

// remarkReference says where nothing tells which key was used.
func (r *signatureReader) remarkReference() {
	ref := &r.proof.Reference
	if ref.KeyID == "" && ref.HeaderKey.Kind() == strictjson.Absent && len(ref.Chain) == 0 {
		r.add(report.ProofKeyReferenceMissing, r.proof.Path)
	}
}

// base64Text decodes base64 with padding; line breaks, which the standard
// decoder skips, are no part of it.
func base64Text(text string) ([]byte, bool) {
	if strings.ContainsAny(text, "\r\n") {
		return nil, false
	}
	data, err := base64.StdEncoding.Strict().DecodeString(text)
	return data, err == nil
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}
