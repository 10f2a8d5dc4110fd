// Package xades reads an enveloped XML signature of the European kind (XAdES,
// ETSI EN 319 132-1) into what has to be verified: the bytes of the document,
// of the signed properties and of the list of both, each in the canonical form
// that the signature names. It does no cryptography.
//
// Which element the signature is of is given, never looked for: whatever it
// names must come to that whole element less the signature, so that a signed
// copy elsewhere in a file proves nothing (T17). There is no XPath here; the two
// expressions with which sealing programs say "without the signatures" are
// recognised by their text. What else a signature refers to, such as its own
// KeyInfo, has to stand in the file and to be as it says; nothing is read there.
package xades

import (
	"crypto"
	"encoding/base64"
	"slices"
	"strings"

	_ "crypto/sha1" // the digests that a signature may name
	_ "crypto/sha256"
	_ "crypto/sha512"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/xmlcanon"
	"github.com/sealcheck/sealcheck/verifier/internal/xmltree"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// The namespaces of signatures.
const (
	DSig  = "http://www.w3.org/2000/09/xmldsig#"
	XAdES = "http://uri.etsi.org/01903/v1.3.2#"
	exc   = "http://www.w3.org/2001/10/xml-exc-c14n#"
	xpath = "http://www.w3.org/TR/1999/REC-xpath-19991116"
	// filter is XPath Filter 2.0.
	filter = "http://www.w3.org/2002/06/xmldsig-filter2"
	typeOf = "http://uri.etsi.org/01903#SignedProperties"
)

// Digest is a digest as a signature states it.
type Digest struct {
	Hash  crypto.Hash // crypto.SHA1 only for certificates
	Value []byte
}

// Matches says whether it is the digest of data.
func (d Digest) Matches(data []byte) bool {
	h := d.Hash.New()
	h.Write(data)
	return string(h.Sum(nil)) == string(d.Value)
}

// Signature is what one signature states.
type Signature struct {
	// Document is what is signed; nothing else may be read. Properties are the
	// signed properties, Info the bytes under the mathematics, which fix both.
	Document, Properties, Info       []byte
	DocumentDigest, PropertiesDigest Digest
	Method                           string // the address of the algorithm
	Value                            []byte
	Certificates                     [][]byte // of KeyInfo, DER
	Certificate                      Digest   // of the signer's
	Time                             string   // when it was made, as written
	Policy                           bool     // it names rules of its own
	// Unsigned values, DER: further certificates, revocation lists, answers.
	// Malformed says that some could not be read and are left out.
	Embedded, CRLs, OCSPs [][]byte
	Malformed             bool
	// Differs says that something else to which it refers is not what it was,
	// Hashed how many bytes all of that is.
	Differs bool
	Hashed  int
	// Joined says that other signatures were set beside it later although it
	// names none but itself as not covered: Document is without them, and that
	// is what was signed.
	Joined bool
	// Stamped says that it carries time-stamps, Countered that others have
	// signed it. Neither is verified here.
	Stamped, Countered bool
}

// reader is the work on one signature.
type reader struct {
	s Signature
	// element is what is signed, signature what signs it; cut says that the
	// element has been taken out of the file in which it stands.
	element, signature *xmltree.Node
	later              []*xmltree.Node // signatures of the element behind this one
	cut                bool
	ids                map[string]*xmltree.Node // nil for one that stands twice
}

// Read reads the signature of an element, which is the root of its file or of a
// part that was a file of its own. later are the other signatures of the element
// that stand behind it. The error is a *report.Problem.
func Read(element, signature *xmltree.Node, later []*xmltree.Node) (*Signature, error) {
	r := reader{element: element, signature: signature, later: later, ids: map[string]*xmltree.Node{}}
	r.cut = element.Parent.Kind != xmltree.Document
	// What is called an id differs from reader to reader: all that could be.
	element.Walk(func(n *xmltree.Node) bool {
		for _, a := range n.Attributes {
			if strings.EqualFold(a.Local, "id") {
				if _, twice := r.ids[a.Value]; twice {
					r.ids[a.Value] = nil
				} else {
					r.ids[a.Value] = n
				}
			}
		}
		return true
	})
	for _, step := range [...]func() error{r.parts, r.references, r.properties, r.unsigned} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return &r.s, nil
}

func malformed(what string) error { return problem(report.ProofXmlMalformed, what) }

func problem(code report.Code, detail string) error { return report.NewProblem(code, detail) }

// parts reads what stands right in the signature (XMLDSIG 4.1).
func (r *reader) parts() (err error) {
	var names []string
	for _, child := range r.signature.Children {
		if child.Kind == xmltree.Element && child.Namespace == DSig {
			names = append(names, child.Local)
		}
	}
	info, value := r.signature.Element(DSig, "SignedInfo"), r.signature.Element(DSig, "SignatureValue")
	if len(names) < 2 || names[0] != "SignedInfo" || names[1] != "SignatureValue" || info == nil || value == nil {
		return malformed("its parts")
	}
	if r.s.Value, err = data(value); err != nil {
		return err
	}
	method := info.Element(DSig, "CanonicalizationMethod")
	if method == nil {
		return malformed("CanonicalizationMethod")
	}
	form, err := r.form(method)
	if err != nil {
		return err
	}
	if r.s.Info, err = form.Write(info, nil); err != nil {
		return malformed("SignedInfo")
	}
	if method = info.Element(DSig, "SignatureMethod"); method == nil {
		return malformed("SignatureMethod")
	}
	r.s.Method, _ = method.Attribute("", "Algorithm")
	if elements(method) > 0 {
		r.s.Method += " with parameters"
	}
	keys := r.signature.Elements(DSig, "KeyInfo")
	if len(keys) > 1 {
		return malformed("KeyInfo")
	}
	for _, key := range keys {
		for _, holder := range key.Elements(DSig, "X509Data") {
			for _, certificate := range holder.Elements(DSig, "X509Certificate") {
				if len(r.s.Certificates) == limits.Certificates {
					return problem(report.ProofCertificatesTooMany, "")
				}
				der, err := data(certificate)
				if err != nil {
					return problem(report.ProofCertificateMalformed, "X509Certificate")
				}
				r.s.Certificates = append(r.s.Certificates, der)
			}
		}
	}
	return nil
}

// references: one is to the document and one to the signed properties (EN 319
// 132-1 4.4.2), and any other to a part of either.
func (r *reader) references() error {
	document, properties := false, false
	references := r.signature.Element(DSig, "SignedInfo").Elements(DSig, "Reference")
	if len(references) > limits.Proofs {
		return malformed("references")
	}
	for _, reference := range references {
		address, stated := reference.Attribute("", "URI")
		kind, _ := reference.Attribute("", "Type")
		id, local := strings.CutPrefix(address, "#")
		target, there := r.ids[id]
		if local && there && target == nil {
			return problem(report.ProofXmlIdTwice, id)
		}
		var err error
		switch whole := stated && address == "" || id != "" && isID(r.element, id); {
		case kind == typeOf && !properties && local:
			properties = true
			err = r.propertiesReference(reference, id)
		case kind != typeOf && whole && !document:
			document = true
			err = r.documentReference(reference, address == "")
		case local && target != nil && kind != typeOf:
			err = r.further(reference, target, kind)
		default:
			return problem(report.ProofXmlReference, address)
		}
		if err != nil {
			return err
		}
	}
	switch {
	case !document:
		return problem(report.ProofXmlReference, "none to the document")
	case !properties:
		return problem(report.ProofXmlReference, "none to the signed properties")
	}
	return nil
}

// further holds what else a signature refers to against its digest: a part of
// the document, which is covered anyway, or of the signature, such as KeyInfo. A
// list of things elsewhere is another matter (XMLDSIG 5.1).
func (r *reader) further(reference, target *xmltree.Node, kind string) error {
	if kind == DSig+"Manifest" || target.Is(DSig, "Manifest") || len(target.Elements(DSig, "Manifest")) > 0 {
		return unsupported("Manifest")
	}
	bytes, stated, err := r.covered(reference, target, r.omission(reference))
	if err != nil {
		return err
	}
	r.s.Hashed += len(bytes)
	r.s.Differs = r.s.Differs || !stated.Matches(bytes)
	return nil
}

// omission is what the first transform of a reference takes out, nil where it is
// of another kind.
func (r *reader) omission(reference *xmltree.Node) func(*xmltree.Node) bool {
	transforms := reference.Element(DSig, "Transforms").Elements(DSig, "Transform")
	if len(transforms) == 0 {
		return nil
	}
	switch all, ok := removes(transforms[0]); {
	case !ok:
		return nil
	case all:
		return isSignature
	default:
		return func(n *xmltree.Node) bool { return n == r.signature }
	}
}

// covered is what a reference to an element covers, less what omit leaves out,
// and the digest that it states. One transform may be left, which names the
// form; without one it is the inclusive form (XMLDSIG 4.4.3.2). None has
// comments: a reference within a document leaves them out (4.4.3.3).
func (r *reader) covered(reference, what *xmltree.Node, omit func(*xmltree.Node) bool) (bytes []byte, stated Digest, err error) {
	transforms := reference.Element(DSig, "Transforms").Elements(DSig, "Transform")
	if omit != nil {
		transforms = transforms[1:]
	}
	form := xmlcanon.Form{}
	switch {
	case len(transforms) > 1:
		return nil, stated, transform(transforms[0])
	case len(transforms) == 1:
		form, err = r.form(transforms[0])
	case r.cut:
		err = depends("")
	}
	if err == nil {
		stated, err = digest(reference, false)
	}
	if err != nil {
		return nil, stated, err
	}
	form.Comments = false
	if bytes, err = form.Write(what, omit); err != nil {
		err = malformed("too long")
	}
	return bytes, stated, err
}

func isSignature(n *xmltree.Node) bool { return n.Is(DSig, "Signature") }

func isID(n *xmltree.Node, id string) bool {
	for i := range n.Attributes {
		if a := &n.Attributes[i]; strings.EqualFold(a.Local, "id") && a.Value == id {
			return true
		}
	}
	return false
}

// documentReference: the signature is taken out, in one of the ways in which
// that is said, and what is left is written in a canonical form.
func (r *reader) documentReference(reference *xmltree.Node, file bool) (err error) {
	what, omit := r.element, r.omission(reference)
	if omit == nil {
		for _, other := range reference.Element(DSig, "Transforms").Elements(DSig, "Transform") {
			return transform(other)
		}
		return problem(report.ProofXmlTransform, "none")
	}
	if file && !r.cut {
		what = r.element.Parent // with what stands beside the root
	}
	if r.s.Document, r.s.DocumentDigest, err = r.covered(reference, what, omit); err != nil || len(r.later) == 0 || r.s.DocumentDigest.Matches(r.s.Document) {
		return err
	}
	// Whoever set a seal beside this one has changed what it covers, by the
	// letter. What it covered before is still there.
	before, _, err := r.covered(reference, what, func(n *xmltree.Node) bool { return omit(n) || slices.Contains(r.later, n) })
	if err == nil && r.s.DocumentDigest.Matches(before) {
		r.s.Document, r.s.Joined = before, true
	}
	return nil
}

// removes says whether a transform takes the signature out, and nothing but
// signatures: enveloped-signature (XMLDSIG 6.6.4), and what DSS writes instead,
// which takes out all of them.
func removes(t *xmltree.Node) (all, ok bool) {
	algorithm, _ := t.Attribute("", "Algorithm")
	before, after, namespace := "", "", DSig
	switch algorithm {
	case DSig + "enveloped-signature":
		return false, elements(t) == 0
	case xpath:
		before, after = "not(ancestor-or-self::", ")"
	case filter:
		before, namespace = "/descendant::", filter
	default:
		return false, false
	}
	expression := t.Element(namespace, "XPath")
	if expression == nil {
		return false, false
	}
	text, only := expression.Text()
	text, front := strings.CutPrefix(strings.TrimSpace(text), before)
	text, back := strings.CutSuffix(text, after)
	prefix, name, _ := strings.Cut(text, ":")
	if kind, _ := expression.Attribute("", "Filter"); algorithm == filter && kind != "subtract" {
		return false, false
	}
	return true, only && front && back && name == "Signature" && prefix != "" && expression.Lookup(prefix) == DSig && elements(t) == 1
}

func elements(n *xmltree.Node) (count int) {
	for _, child := range n.Children {
		if child.Kind == xmltree.Element {
			count++
		}
	}
	return count
}

// form is the canonical form that an algorithm names.
func (r *reader) form(method *xmltree.Node) (form xmlcanon.Form, err error) {
	address, _ := method.Attribute("", "Algorithm")
	algorithm := strings.TrimSuffix(address, "#")
	algorithm, form.Comments = strings.CutSuffix(algorithm, "#WithComments")
	switch algorithm {
	case "http://www.w3.org/TR/2001/REC-xml-c14n-20010315":
	case "http://www.w3.org/2006/12/xml-c14n11":
		form.Newer = true
	case strings.TrimSuffix(exc, "#"):
		form.Exclusive = true
	default:
		return form, transform(method)
	}
	expected := 0
	if prefixes := method.Element(exc, "InclusiveNamespaces"); form.Exclusive && prefixes != nil {
		expected = 1
		list, _ := prefixes.Attribute("", "PrefixList")
		for _, prefix := range strings.Fields(list) {
			if prefix == "#default" {
				prefix = ""
			}
			form.Prefixes = append(form.Prefixes, prefix)
		}
	}
	switch {
	case len(form.Prefixes) > limits.MarkupAttributes:
		return form, unsupported(address)
	case elements(method) != expected:
		return form, transform(method)
	case r.cut && (!form.Exclusive || len(form.Prefixes) > 0):
		return form, depends(address)
	}
	return form, nil
}

// depends is why a form is not worked out: that of a part which was a file of its
// own depends on what stood around it there.
func depends(form string) error { return unsupported(form) }

func unsupported(what string) error {
	return report.NewProblem(report.ProofSuiteUnsupported, "", "suite", what)
}

// transform is why a transform is not accepted.
func transform(method *xmltree.Node) error {
	algorithm, _ := method.Attribute("", "Algorithm")
	return problem(report.ProofXmlTransform, algorithm)
}

// hashes are the digests that are accepted, by their addresses, and the one that
// only a certificate may be named by.
var hashes = [...]struct {
	address string
	hash    crypto.Hash
}{
	{"http://www.w3.org/2001/04/xmlenc#sha256", crypto.SHA256},
	{"http://www.w3.org/2001/04/xmldsig-more#sha384", crypto.SHA384},
	{"http://www.w3.org/2001/04/xmlenc#sha512", crypto.SHA512},
	{DSig + "sha1", crypto.SHA1},
}

// digest reads DigestMethod and DigestValue.
func digest(holder *xmltree.Node, certificate bool) (d Digest, err error) {
	method, value := holder.Element(DSig, "DigestMethod"), holder.Element(DSig, "DigestValue")
	if method == nil || value == nil {
		return d, malformed("a digest")
	}
	name, _ := method.Attribute("", "Algorithm")
	for i := range hashes {
		if hashes[i].address == name {
			d.Hash = hashes[i].hash
		}
	}
	switch {
	case d.Hash == crypto.SHA1 && !certificate:
		// T2: two documents with one such digest can be made.
		return d, problem(report.ProofXmlDigestWeak, name)
	case d.Hash == 0:
		return d, unsupported(name)
	}
	d.Value, err = data(value)
	return d, err
}

// data decodes base64, in which XML may break lines as it likes. A comment or
// an element in it would be read in as many ways as there are readers (T17).
func data(n *xmltree.Node) ([]byte, error) {
	text, only := n.Text()
	plain := strings.Map(func(c rune) rune {
		if c == ' ' || c == '\t' || c == '\r' || c == '\n' {
			return -1
		}
		return c
	}, text)
	bytes, err := base64.StdEncoding.Strict().DecodeString(plain)
	if err != nil || !only || len(bytes) == 0 {
		return nil, malformed(n.Local)
	}
	return bytes, nil
}

// propertiesReference: the properties stand in the one place for them, in this
// signature, and nowhere else.
func (r *reader) propertiesReference(reference *xmltree.Node, id string) (err error) {
	qualifying := r.qualifying()
	properties := qualifying.Element(XAdES, "SignedProperties")
	if properties == nil || !isID(properties, id) {
		return problem(report.ProofXmlReference, id)
	}
	// EN 319 132-1 4.4.2: they say of which signature they are.
	if target, _ := qualifying.Attribute("", "Target"); !strings.HasPrefix(target, "#") || !isID(r.signature, target[1:]) {
		return problem(report.ProofXmlReference, "Target")
	}
	r.s.Properties, r.s.PropertiesDigest, err = r.covered(reference, properties, nil)
	return err
}

func (r *reader) qualifying() *xmltree.Node {
	var found *xmltree.Node
	for _, object := range r.signature.Elements(DSig, "Object") {
		for _, one := range object.Elements(XAdES, "QualifyingProperties") {
			if found != nil {
				return nil
			}
			found = one
		}
	}
	return found
}

// properties reads the signed properties, from the bytes that are signed.
func (r *reader) properties() error {
	document, err := xmltree.Parse(r.s.Properties)
	if err != nil {
		return malformed("SignedProperties")
	}
	r.stamped(document.Root().Element(XAdES, "SignedDataObjectProperties"))
	properties := document.Root().Element(XAdES, "SignedSignatureProperties")
	if properties == nil {
		return malformed("SignedSignatureProperties")
	}
	if time := properties.Element(XAdES, "SigningTime"); time != nil {
		r.s.Time, _ = time.Text()
	}
	if policy := properties.Element(XAdES, "SignaturePolicyIdentifier"); policy != nil {
		r.s.Policy = policy.Element(XAdES, "SignaturePolicyImplied") == nil
	}
	certificate := properties.Element(XAdES, "SigningCertificateV2")
	if old := properties.Element(XAdES, "SigningCertificate"); certificate == nil {
		certificate = old
	} else if old != nil {
		return problem(report.ProofSealCertificateReference, "more than one")
	}
	// Where several are listed, the first is the signer's (EN 319 132-1 5.2.2).
	certificates := certificate.Elements(XAdES, "Cert")
	if len(certificates) == 0 {
		return report.NewProblem(report.ProofSealHeaderIncomplete, "", "what", "SigningCertificateV2")
	}
	holder := certificates[0].Element(XAdES, "CertDigest")
	if holder == nil {
		return malformed("CertDigest")
	}
	r.s.Certificate, err = digest(holder, true)
	return err
}

// unsigned reads what the signature carries so that its certificate can be
// judged (EN 319 132-1 5.4). It proves what its own signatures prove.
func (r *reader) unsigned() error {
	properties := r.qualifying().Element(XAdES, "UnsignedProperties").Element(XAdES, "UnsignedSignatureProperties")
	if properties == nil {
		return nil
	}
	r.stamped(properties)
	r.s.Countered = len(properties.Elements(XAdES, "CounterSignature")) > 0
	for _, holder := range [...]struct {
		path []string
		into *[][]byte
	}{
		{[]string{"CertificateValues", "EncapsulatedX509Certificate"}, &r.s.Embedded},
		{[]string{"RevocationValues", "CRLValues", "EncapsulatedCRLValue"}, &r.s.CRLs},
		{[]string{"RevocationValues", "OCSPValues", "EncapsulatedOCSPValue"}, &r.s.OCSPs},
	} {
		found := []*xmltree.Node{properties}
		for _, name := range holder.path {
			var next []*xmltree.Node
			for _, n := range found {
				next = append(next, n.Elements(XAdES, name)...)
			}
			found = next
		}
		for _, n := range found {
			der, err := data(n)
			if err != nil || len(*holder.into) >= limits.RevocationValues || len(der) > limits.RevocationBytes {
				r.s.Malformed = true
				continue
			}
			*holder.into = append(*holder.into, der)
		}
	}
	return nil
}

// stamped notes time-stamps: SignatureTimeStamp and others, also of later
// versions (EN 319 132-1 5.2.8, 5.3, 5.5).
func (r *reader) stamped(properties *xmltree.Node) {
	if properties == nil {
		return
	}
	for _, n := range properties.Children {
		r.s.Stamped = r.s.Stamped || strings.HasPrefix(n.Namespace, "http://uri.etsi.org/01903/") && strings.Contains(n.Local, "TimeStamp") && n.Local != "TimeStampValidationData"
	}
}
