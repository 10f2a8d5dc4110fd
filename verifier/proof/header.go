package proof

import (
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// signatureReader reads one signature of a JWS into a member.
type signatureReader struct {
	*member
	message      *jws.Message
	signature    *jws.Signature
	presentation bool
	algorithm    *algorithm
	critical     []string // the names in crit, in order
}

// readSignature reads the signature at an index.
func readSignature(message *jws.Message, index int, presentation bool) member {
	m := member{good: report.ProofJws}
	m.proof.Path = "/signatures/" + strconv.Itoa(index)
	m.proof.Reference.Purpose = AssertionMethod
	if presentation {
		m.proof.Reference.Purpose = Authentication
	}
	r := &signatureReader{member: &m, message: message, signature: &message.Signatures[index], presentation: presentation}
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
	steps := [...]func() error{
		r.readNames, r.readAlgorithm, r.readCritical, r.readB64, r.readType, r.readKeys,
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
	r.proof.verify = func(public any) error { return r.algorithm.verify(r.message, r.signature, public) }
	return nil
}

func (r *signatureReader) problem(code report.Code, detail string, pairs ...string) error {
	return r.proof.problem(code, detail, pairs...)
}

// header is a member of the protected header.
func (r *signatureReader) header(name string) (strictjson.Value, bool) {
	return r.signature.Header.Get(name)
}

// registered are the header parameters that some reader gives a meaning.
var registered = [...]string{
	"alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit", "b64", "iat", "exp", "nbf",
	"x5t#o", "sigX5ts", "sigT", "sigD", "sigPId", "sigPl", "srCms", "srAts", "adoTst", "etsiU",
}

// readNames refuses names on which readers disagree: some match them without
// regard to case and would take "ALG" for "alg" (T1).
func (r *signatureReader) readNames() error {
	for _, header := range [...]strictjson.Value{r.signature.Header, r.signature.Unprotected} {
		for _, m := range header.Members() {
			for _, name := range registered {
				if m.Key != name && strings.EqualFold(m.Key, name) {
					return r.problem(report.ProofHeaderMalformed, "a name in another case", "what", m.Key)
				}
			}
		}
	}
	protected := make(map[string]bool, len(r.signature.Header.Members()))
	for _, m := range r.signature.Header.Members() {
		protected[m.Key] = true
	}
	for _, m := range r.signature.Unprotected.Members() {
		if protected[m.Key] {
			return r.problem(report.ProofHeaderOverlap, "", "what", m.Key)
		}
	}
	// RFC 7515 4.1.11 and RFC 7797 3: both say how the rest is to be read and
	// must be signed themselves.
	if _, ok := r.signature.Unprotected.Get("crit"); ok {
		return r.problem(report.ProofCritUnprotected, "")
	}
	if _, ok := r.signature.Unprotected.Get("b64"); ok {
		return r.problem(report.ProofB64Malformed, "not protected")
	}
	return nil
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
	for i := range algorithms {
		if algorithms[i].name == name {
			r.algorithm = &algorithms[i]
			r.proof.Reference.Curves = []string{r.algorithm.curve}
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

// standard are the header parameters of RFC 7515 and RFC 7518. Every reader
// knows them, so `crit` may not name them (RFC 7515 4.1.11).
var standard = [...]string{
	"alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit",
	"enc", "zip", "epk", "apu", "apv", "iv", "tag", "p2s", "p2c",
}

// readCritical checks `crit`: what it names must be understood here, or the
// signature says something that we cannot see.
func (r *signatureReader) readCritical() error {
	value, ok := r.header("crit")
	if !ok {
		return nil
	}
	switch n := len(value.Items()); {
	case value.Kind() != strictjson.Array:
		return r.problem(report.ProofCritMalformed, "not an array")
	case n == 0:
		return r.problem(report.ProofCritEmpty, "")
	case n > limits.CriticalNames:
		return r.problem(report.ProofCritMalformed, strconv.Itoa(n)+" names")
	}
	for _, item := range value.Items() {
		name := item.Text()
		if item.Kind() != strictjson.String {
			return r.problem(report.ProofCritMalformed, "not a string")
		}
		if contains(r.critical, name) {
			return r.problem(report.ProofCritDuplicate, "", "name", name)
		}
		if contains(standard[:], name) {
			return r.problem(report.ProofCritStandard, "", "name", name)
		}
		if name != "b64" && !(r.proof.Seal && (contains(sealNames[:], name) || name == "exp")) {
			return r.problem(report.ProofCritUnknown, "", "name", name)
		}
		if _, there := r.header(name); !there {
			return r.problem(report.ProofCritAbsent, "", "name", name)
		}
		r.critical = append(r.critical, name)
	}
	return nil
}

// readB64 checks whether the payload may stand in the message as it is
// (RFC 7797). Only seals may do that; a JWT never (RFC 7797 7).
func (r *signatureReader) readB64() error {
	value, ok := r.header("b64")
	switch {
	case !ok:
		return nil
	case value.Kind() != strictjson.Bool:
		return r.problem(report.ProofB64Malformed, "not true or false")
	// RFC 7797 6: a reader that does not know b64 must not go on, and only
	// `crit` makes it stop.
	case !contains(r.critical, "b64"):
		return r.problem(report.ProofB64NotCritical, "")
	case value.Truth():
		return nil
	}
	typ, _ := r.header("typ")
	_, detached := r.header("sigD")
	if kind, _ := mediaType(typ.Text()); !r.proof.Seal || isJWT(kind) || r.message.Payload == "" && !detached {
		return r.problem(report.ProofB64Unexpected, "")
	}
	return nil
}

// content is what a media type says that the document is.
type content uint8

const (
	anything content = iota
	aCredential
	aPresentation
)

// types are the values of `typ` that a credential or presentation may have
// (VC-JOSE-COSE 3.1, its drafts, RFC 7519, RFC 7515, ETSI TS 119 182-1).
// Every other, such as a status list or a key binding, was signed for another
// use (RFC 8725 3.11).
var types = map[string]content{
	"jwt": anything, "jose": anything, "jose+json": anything,
	"vc+jwt": aCredential, "vc+ld+jwt": aCredential, "vc-ld+jwt": aCredential, "vc+ld+json+jwt": aCredential,
	"vp+jwt": aPresentation, "vp+ld+jwt": aPresentation, "vp-ld+jwt": aPresentation, "vp+ld+json+jwt": aPresentation,
}

// contents are the values of `cty`. Seals name the type of any payload.
var contents = map[string]content{
	"json": anything, "octet-stream": anything,
	"vc": aCredential, "vc+ld+json": aCredential,
	"vp": aPresentation, "vp+ld+json": aPresentation,
}

// mediaType gives a media type in lower case and without "application/",
// which JOSE leaves out (RFC 7515 4.1.9), and whether anything is left.
func mediaType(text string) (string, bool) {
	text = strings.TrimPrefix(strings.ToLower(text), "application/")
	return text, text != ""
}

// isJWT says whether a typ declares the message to be a JWT.
func isJWT(typ string) bool { return typ == "jwt" || strings.HasSuffix(typ, "+jwt") }

// fits says whether a media type belongs to the kind of document at hand.
func (r *signatureReader) fits(kind content) bool {
	return kind == anything || (kind == aPresentation) == r.presentation
}

// readType checks typ and cty.
func (r *signatureReader) readType() error {
	typ := ""
	if value, ok := r.header("typ"); ok {
		if value.Kind() != strictjson.String {
			return r.problem(report.ProofHeaderMalformed, "not a string", "what", "typ")
		}
		typ, _ = mediaType(value.Text())
		kind, known := types[typ]
		if !known || !r.fits(kind) {
			return r.problem(report.ProofTypeWrong, "", "what", value.Text())
		}
	}
	value, ok := r.header("cty")
	if !ok {
		return nil
	}
	if value.Kind() != strictjson.String {
		return r.problem(report.ProofHeaderMalformed, "not a string", "what", "cty")
	}
	if r.proof.Seal {
		return nil
	}
	cty, _ := mediaType(value.Text())
	kind, known := contents[cty]
	// VC-JOSE-COSE 3.1: a vc+jwt contains a vc, and a vp+jwt a vp.
	strict := typ == "vc+jwt" || typ == "vp+jwt"
	if !known || !r.fits(kind) || strict && cty != typ[:2] {
		return r.problem(report.ProofContentTypeWrong, "", "what", value.Text())
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
