package xades

import (
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// sealed is a document with a signature of the right shape; each of pairs is
// replaced by the one behind it.
func sealed(pairs ...string) []byte {
	return []byte(strings.NewReplacer(pairs...).Replace(`<a xmlns="urn:x" id="doc">ABOVE<Signature xmlns="http://www.w3.org/2000/09/xmldsig#" xmlns:d="http://www.w3.org/2000/09/xmldsig#" Id="s"><SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><SignatureMethod Algorithm="m"/><Reference URI=""><Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>AAAA</DigestValue></Reference><Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#p"><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>AAAA</DigestValue></Reference></SignedInfo><SignatureValue>AA
AA</SignatureValue><Object><x:QualifyingProperties xmlns:x="http://uri.etsi.org/01903/v1.3.2#" Target="#s"><x:SignedProperties Id="p"><x:SignedSignatureProperties><x:SigningTime>2022-08-09T13:53:56Z</x:SigningTime><x:SigningCertificateV2><x:Cert><x:CertDigest><d:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><d:DigestValue>AAAA</d:DigestValue></x:CertDigest></x:Cert></x:SigningCertificateV2></x:SignedSignatureProperties></x:SignedProperties></x:QualifyingProperties></Object></Signature>BELOW</a>`))
}

func TestRules(t *testing.T) {
	const enveloped, exclusive = `<Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>`, `<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>`
	many := strings.Repeat(`<b xmlns:p="u"/>`, 90_000)
	for _, row := range []struct {
		name  string
		pairs []string
		code  report.Code
		want  string // what is covered
	}{
		{"as it is", nil, "", `<a xmlns="urn:x" id="doc">ABOVEBELOW</a>`},
		{"by id", []string{`URI=""`, `URI="#doc"`}, "", `<a xmlns="urn:x" id="doc">ABOVEBELOW</a>`},
		{"a comment in a text", []string{"ABOVE", "A<!-- -->B"}, "", `<a xmlns="urn:x" id="doc">ABBELOW</a>`},
		{"with comments, by which none are meant", []string{exclusive, strings.Replace(exclusive, "#", "#WithComments", 1), "ABOVE", "A<!-- -->B"}, "", `<a xmlns="urn:x" id="doc">ABBELOW</a>`},
		{"no form: the inclusive one", []string{exclusive, ""}, "", `<a xmlns="urn:x" id="doc">ABOVEBELOW</a>`},
		{"a list of prefixes", []string{exclusive, `<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><e:InclusiveNamespaces xmlns:e="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="q #default"/></Transform>`, `id="doc"`, `xmlns:q="v" xmlns:r="w" id="doc"`}, "", `<a xmlns="urn:x" xmlns:q="v" id="doc">ABOVEBELOW</a>`},
		{"the expression of DSS", []string{enveloped, `<Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"><f:XPath xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract"> /descendant::d:Signature
</f:XPath></Transform>`}, "", `<a xmlns="urn:x" id="doc">ABOVEBELOW</a>`},
		{"an id of nothing", []string{`URI=""`, `URI="#"`}, report.ProofXmlReference, ""},
		{"no URI", []string{`URI=""`, ``}, report.ProofXmlReference, ""},
		{"an id of something else", []string{`URI=""`, `URI="#s"`}, report.ProofXmlReference, ""},
		{"an id twice", []string{`URI=""`, `URI="#doc"`, "BELOW", `<b xml:id="doc"/>`}, report.ProofXmlIdTwice, ""},
		{"an id of the properties twice", []string{"BELOW", `<b ID="p"/>`}, report.ProofXmlIdTwice, ""},
		{"the document twice", []string{`<SignatureMethod`, `<Reference URI=""/><SignatureMethod`}, report.ProofXmlTransform, ""},
		{"properties of another signature", []string{`Target="#s"`, `Target="#doc"`}, report.ProofXmlReference, ""},
		{"two properties", []string{`</Object>`, `</Object><Object><x:QualifyingProperties xmlns:x="http://uri.etsi.org/01903/v1.3.2#" Target="#s"/></Object>`}, report.ProofXmlReference, ""},
		{"form before removal", []string{enveloped + exclusive, exclusive + enveloped}, report.ProofXmlTransform, ""},
		{"removal twice", []string{exclusive, enveloped}, report.ProofXmlTransform, ""},
		{"filter of another kind", []string{enveloped, `<Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"><f:XPath xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" Filter="union">/descendant::d:Signature</f:XPath></Transform>`}, report.ProofXmlTransform, ""},
		{"two filters", []string{enveloped, `<Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"><f:XPath xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">/descendant::d:Signature</f:XPath><f:XPath xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" Filter="subtract">//b</f:XPath></Transform>`}, report.ProofXmlTransform, ""},
		{"expression with more", []string{enveloped, `<Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><XPath>not(ancestor-or-self::d:Signature|self::b)</XPath></Transform>`}, report.ProofXmlTransform, ""},
		{"prefix that is not declared", []string{enveloped, `<Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><XPath>not(ancestor-or-self::z:Signature)</XPath></Transform>`}, report.ProofXmlTransform, ""},
		{"comment in an expression", []string{enveloped, `<Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><XPath>not(ancestor-or-self::<!-- -->d:Signature)</XPath></Transform>`}, report.ProofXmlTransform, ""},
		{"element in a digest", []string{"<DigestValue>AAAA", "<DigestValue><b/>AAAA"}, report.ProofXmlMalformed, ""},
		{"no value", []string{"AA\nAA", ""}, report.ProofXmlMalformed, ""},
		{"value twice", []string{"<Object>", "<SignatureValue>AAAA</SignatureValue><Object>"}, report.ProofXmlMalformed, ""},
		{"parts out of order", []string{`<SignedInfo>`, `<SignatureValue/><SignedInfo>`}, report.ProofXmlMalformed, ""},
		{"digest by SHA-1", []string{`<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>`, `<DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/>`}, report.ProofXmlDigestWeak, ""},
		{"digest of an unknown kind", []string{`<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>`, `<DigestMethod Algorithm="http://www.w3.org/2007/05/xmldsig-more#sha3-256"/>`}, report.ProofSuiteUnsupported, ""},
		{"both kinds of certificate", []string{"<x:SigningTime>", "<x:SigningCertificate/><x:SigningTime>"}, report.ProofSealCertificateReference, ""},
		{"no certificate named", []string{"x:SigningCertificateV2", "x:Other"}, report.ProofSealHeaderIncomplete, ""},
		{"prefixes without end", []string{exclusive, `<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><e:InclusiveNamespaces xmlns:e="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="` + strings.Repeat("q ", 1_000_000) + `"/></Transform>`, "BELOW", many}, report.ProofSuiteUnsupported, ""},
	} {
		began := time.Now()
		s, err := read(sealed(row.pairs...))
		if code := report.CodeOf(err); err != nil && code != row.code || err == nil && row.code != "" {
			t.Errorf("%s: %v", row.name, err)
		}
		if s != nil && string(s.Document) != row.want {
			t.Errorf("%s: %s", row.name, s.Document)
		}
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("%s: %v", row.name, took)
		}
	}
}
