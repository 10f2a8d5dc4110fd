package verifier_test

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/sealcheck/sealcheck/verifier/internal/xades"
	"github.com/sealcheck/sealcheck/verifier/internal/xmlcanon"
	"github.com/sealcheck/sealcheck/verifier/internal/xmltree"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// What somebody can do to a credential in the older European form who holds one
// that is sealed, or a seal of their own (T17).

// xmlMark is where the seal goes in a file.
const xmlMark = "<SEAL/>"

// xmlSealed is a credential before it is sealed. BODY goes among its parts.
const xmlSealed = `<europassCredential xmlns="http://data.europa.eu/snb" id="urn:credential:1"><issuanceDate>2026-01-01T00:00:00Z</issuanceDate><issuer id="urn:epass:org:1"><prefLabel><text lang="en">Harvard</text></prefLabel></issuer><credentialSubject id="urn:epass:person:1"><fullName><text lang="en">Mara Lindqvist</text></fullName><achievements><learningAchievement id="urn:epass:learningAchievement:1"><title><text lang="en">Welding</text></title></learningAchievement></achievements></credentialSubject>BODY<proof>` + xmlMark + `</proof></europassCredential>`

// sealXML seals a file, with the exclusive form, by the chain's first certificate.
func sealXML(t testing.TB, file string, private crypto.Signer, chain ...*x509.Certificate) string {
	t.Helper()
	const (
		transform = `<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>`
		method    = `<DigestMethod xmlns="http://www.w3.org/2000/09/xmldsig#" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>`
	)
	sum := func(data []byte) string {
		digest := sha256.Sum256(data)
		return base64.StdEncoding.EncodeToString(digest[:])
	}
	part := func(file, namespace, local string) []byte {
		document, err := xmltree.Parse([]byte(file))
		if err != nil {
			t.Fatal(err)
		}
		node := document
		document.Walk(func(n *xmltree.Node) bool {
			if n.Is(namespace, local) {
				node = n
			}
			return true
		})
		form, err := xmlcanon.Form{Exclusive: true}.Write(node, nil)
		if err != nil {
			t.Fatal(err)
		}
		return form
	}
	certificates := ""
	for _, c := range chain {
		certificates += "<X509Certificate>" + base64.StdEncoding.EncodeToString(c.Raw) + "</X509Certificate>"
	}
	seal := `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#" Id="seal"><SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>` +
		`<Reference URI=""><Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>` + transform + `</Transforms>` + method + `<DigestValue>` + sum(part(strings.Replace(file, xmlMark, "", 1), "", "")) + `</DigestValue></Reference>` +
		`<Reference URI="#properties" Type="http://uri.etsi.org/01903#SignedProperties"><Transforms>` + transform + `</Transforms>` + method + `<DigestValue>PROPERTIES</DigestValue></Reference></SignedInfo><SignatureValue>VALUE</SignatureValue><KeyInfo><X509Data>` + certificates + `</X509Data></KeyInfo>` +
		`<Object><QualifyingProperties xmlns="` + xades.XAdES + `" Target="#seal"><SignedProperties Id="properties"><SignedSignatureProperties><SigningTime>2026-02-01T00:00:00Z</SigningTime><SigningCertificateV2><Cert><CertDigest>` + method +
		`<DigestValue xmlns="http://www.w3.org/2000/09/xmldsig#">` + sum(chain[0].Raw) + `</DigestValue></CertDigest></Cert></SigningCertificateV2></SignedSignatureProperties></SignedProperties></QualifyingProperties></Object></Signature>`
	file = strings.Replace(file, xmlMark, seal, 1)
	file = strings.Replace(file, "PROPERTIES<", sum(part(file, xades.XAdES, "SignedProperties"))+"<", 1)
	digest := sha256.Sum256(part(file, xades.DSig, "SignedInfo"))
	value, err := private.Sign(nil, digest[:], crypto.SHA256)
	if _, ok := private.(ed25519.PrivateKey); ok {
		file = strings.Replace(file, "2001/04/xmldsig-more#rsa-sha256", "2021/04/xmldsig-more#eddsa-ed25519", 1)
		value, err = private.Sign(nil, part(file, xades.DSig, "SignedInfo"), crypto.Hash(0))
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.Replace(file, "VALUE<", base64.StdEncoding.EncodeToString(value)+"<", 1)
}

// TestAttackSealedXMLWrapped: a good seal proves what it covers, wherever
// somebody puts it, and nothing beside it.
func TestAttackSealedXMLWrapped(t *testing.T) {
	root, rootKey := certificate(t, "Sealing CA", "", nil, nil)
	leaf, leafKey := certificate(t, "Harvard", "NTRXX-1", root, rootKey)
	lists := authorities("CAs", root)
	plain := strings.Replace(xmlSealed, "BODY", "", 1)
	good := sealXML(t, plain, leafKey, leaf, root)
	expect(t, "as it is", judged(t, nil, []byte(good), lists), report.Verified)
	at, end := strings.Index(good, "<Signature "), strings.Index(good, "</Signature>")+len("</Signature>")
	seal := good[at:end]
	bare := good[:at] + good[end:]
	forged := strings.Replace(bare, "Welding", "Surgery", 1)
	inner := strings.Replace(good, "<europassCredential ", "<x ", 1)
	inner = strings.Replace(inner, "</europassCredential>", "</x>", 1)
	with := func(file, old, new string) string {
		if !strings.Contains(file, old) {
			t.Fatalf("%q is not there", old)
		}
		return strings.Replace(file, old, new, 1)
	}
	const presentation = `<verifiablePresentation xmlns="http://data.europa.eu/snb">`
	for name, file := range map[string]string{
		"around the good one":              with(forged, "<proof>", "<proof>"+inner),
		"in the Object of the seal":        with(forged, "<proof>", "<proof>"+with(seal, "</Signature>", "<Object>"+bare+"</Object></Signature>")),
		"the signed one in an extra":       with(forged, "<proof>", "<extra>"+bare+"</extra><proof>"+seal),
		"by the id":                        with(with(forged, "<proof>", "<proof>"+seal), `URI=""`, `URI="#urn:credential:1"`),
		"two credentials":                  presentation + good + forged + "</verifiablePresentation>",
		"the forged first":                 presentation + forged + good + "</verifiablePresentation>",
		"seal on the presentation":         presentation + forged + "<proof>" + seal + "</proof></verifiablePresentation>",
		"an element after the seal":        with(good, "</proof>", "</proof><credentialSubject><fullName><text>Eve</text></fullName></credentialSubject>"),
		"an attribute":                     with(good, `lang="en">Harvard`, `lang="fr">Harvard`),
		"text by a default namespace":      with(good, `<text lang="en">Welding`, `<text xmlns="" lang="en">Welding`),
		"a second seal":                    with(good, "</proof>", seal+"</proof>"),
		"a second seal, another id":        with(forged, "<proof>", "<proof>"+strings.ReplaceAll(strings.ReplaceAll(seal, `"seal"`, `"s2"`), "#seal", "#s2")+seal),
		"by a part, the whole of another":  with(forged, "<proof>", "<proof>"+with(seal, `URI=""`, `URI="#urn:epass:person:1"`)+seal),
		"the seal of a part of a pack":     presentation + forged + with(forged, "<proof>", "<proof>"+seal) + "<proof>" + seal + "</proof></verifiablePresentation>",
		"a pack, its seal from elsewhere":  presentation + bare + bare + "<proof>" + seal + "</proof></verifiablePresentation>",
		"contained in a forged one":        with(forged, "<proof>", "<contains>"+good+"</contains><proof>"),
		"contained in its own seal's":      with(good, "<proof>", "<contains>"+good+"</contains><proof>"),
		"words of its own in a DOCTYPE":    `<!DOCTYPE europassCredential [<!ATTLIST text lang CDATA "fr">]>` + good,
		"a pack with words of its own":     `<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">` + presentation + good + good + "</verifiablePresentation>",
		"a name in a signature":            with(good, "<fullName>", "<fullName><Signature xmlns=\""+xades.DSig+"\"/><text>Eve</text>"),
		"a seal in a seal":                 with(forged, "<proof>", "<proof>"+with(seal, "</Signature>", seal+"</Signature>")),
		"an instruction that says CDATA":   with(good, "Welding", "<![CDATA[Wel]]>ding<?x Surgery?>"),
		"an id for the properties":         with(good, "<proof>", `<proof xmlns:q="urn:q" q:iD="properties">`),
		"properties of another":            with(good, "</Signature>", `<Object><QualifyingProperties xmlns="`+xades.XAdES+`" Target="#seal"><SignedProperties Id="properties2"/></QualifyingProperties></Object></Signature>`),
		"a target elsewhere":               with(good, `Target="#seal"`, `Target="#other"`),
		"a time":                           with(good, "2026-02-01T", "2025-02-01T"),
		"a method":                         with(good, "rsa-sha256", "rsa-sha512"),
		"a transform more":                 with(good, "<Transforms>", `<Transforms><Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><XPath>self::text</XPath></Transform>`),
		"InclusiveNamespaces":              with(good, `<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>`, `<Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><InclusiveNamespaces xmlns="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="p"/></Transform>`),
		"the other reference first, twice": with(good, `<Reference URI=""`, `<Reference URI="#properties" Type="http://uri.etsi.org/01903#SignedProperties"/><Reference URI=""`),
		"a digest in parts":                with(good, "<DigestValue>", "<DigestValue><!-- -->"),
		"a prefix for another":             strings.ReplaceAll(strings.ReplaceAll(good, "<issuer ", `<q:issuer xmlns:q="http://data.europa.eu/snb/2" `), "</issuer>", "</q:issuer>"),
		"an instruction beside":            good + "<?x?>",
		"a holder of another name":         strings.ReplaceAll(strings.ReplaceAll(good, "<proof>", "<evidence>"), "</proof>", "</evidence>"),
		"the root by another name":         strings.ReplaceAll(strings.ReplaceAll(good, "<europassCredential ", `<europassCredential xmlns:p="u" `), "Welding", "Surgery"),
		"comment in the issuer's name cut": with(good, "Harvard<", "Har<x/>vard<"),
		"the language of all":              with(good, `id="urn:credential:1"`, `id="urn:credential:1" xml:lang="fr"`),
		"a credential contained, unsealed": with(good, "<proof>", "<contains>"+forged+"</contains><proof>"),
	} {
		got := judged(t, nil, []byte(file), lists)
		if got.Headline == report.Verified || got.Headline == report.Identified || got.Headline == report.Unlisted {
			t.Errorf("%s: %s", name, got.Headline)
		}
		t.Logf("%s: %s", name, got.Headline)
	}
	// What a seal does not cover, and nobody reads, makes no difference.
	for name, file := range map[string]string{
		"comments":                        with(with(good, "Welding", "Wel<!-- Surgery -->ding"), "<issuer ", "<!-- x --><issuer "),
		"a value in the seal":             with(good, `</Signature>`, `<title xmlns="http://data.europa.eu/snb"><text>Surgery</text></title></Signature>`),
		"a key and a certificate beside":  with(good, "<X509Data>", "<KeyValue><RSAKeyValue/></KeyValue><X509Data><X509Certificate>"+base64.StdEncoding.EncodeToString(root.Raw)+"</X509Certificate>"),
		"CDATA":                           with(good, "Welding", "<![CDATA[Weld]]>ing"),
		"references":                      with(good, "Welding", "&#87;elding"),
		"a prefix that nobody uses":       with(good, "<issuer ", `<issuer xmlns:q="urn:q" `),
		"other quotes, order, spaces":     with(good, `<text lang="en">Welding</text>`, "<text\n lang = 'en'  >Welding</text\n>"),
		"in a presentation of a stranger": presentation + `<issuer><prefLabel><text>Mallory</text></prefLabel></issuer>` + good + "</verifiablePresentation>",
		"certificates turned round":       sealXML(t, plain, leafKey, leaf, root),
		"lines ended by two characters":   strings.ReplaceAll(sealXML(t, strings.ReplaceAll(plain, "><", ">\n<"), leafKey, leaf, root), "\n", "\r\n"),
		"in UTF-16":                       utf16XML(binary.LittleEndian, `<?xml version="1.0" encoding="UTF-16"?>`+good),
		"in UTF-16, the other way":        utf16XML(binary.BigEndian, good),
		"in ISO-8859-1":                   `<?xml version="1.0" encoding="ISO-8859-1"?>` + strings.ReplaceAll(sealXML(t, strings.Replace(plain, "Mara", "Márta", 1), leafKey, leaf, root), "á", "\xe1"),
		"with a mark":                     "\uFEFF" + good,
		"a declaration with lines":        "<?xml version='1.0'\nencoding='UTF-8' standalone='yes' ?>\n\n" + good + "\n",
		"a comment before and after":      "<!-- a -->" + good + "<!-- b -->\n",
		"space and xml:space":             sealXML(t, strings.Replace(plain, "<issuer ", "<issuer xml:space=\"preserve\"\n ", 1), leafKey, leaf, root),
		"an odd end of lines":             sealXML(t, strings.ReplaceAll(plain, "Welding", "Welding&#13;&#9; é 𝄞&#x85;\u2028"), leafKey, leaf, root),
	} {
		expect(t, name, judged(t, nil, []byte(file), lists), report.Verified)
	}
}

// TestSealedXMLEd25519: by a key of the newer kind.
func TestSealedXMLEd25519(t *testing.T) {
	root, rootKey := certificate(t, "Sealing CA", "", nil, nil)
	leaf, _ := certificate(t, "Harvard", "NTRXX-1", root, rootKey)
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, root, public, rootKey)
	if err != nil {
		t.Fatal(err)
	}
	if leaf, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	good := sealXML(t, strings.Replace(xmlSealed, "BODY", "", 1), private, leaf, root)
	expect(t, "as it is", judged(t, nil, []byte(good), authorities("CAs", root)), report.Verified)
	expect(t, "changed", judged(t, nil, []byte(strings.Replace(good, "Welding", "Surgery", 1)), authorities("CAs", root)), report.Altered)
	expect(t, "named otherwise", judged(t, nil, []byte(strings.Replace(good, "2021/04/xmldsig-more#eddsa-ed25519", "2001/04/xmldsig-more#ecdsa-sha256", 1)), authorities("CAs", root)), report.Refused)
}

// TestXMLPackDeep: where a credential stands that is contained in one of a pack.
func TestXMLPackDeep(t *testing.T) {
	root, rootKey := certificate(t, "Sealing CA", "", nil, nil)
	leaf, leafKey := certificate(t, "Harvard", "NTRXX-1", root, rootKey)
	good := sealXML(t, strings.Replace(xmlSealed, "BODY", "", 1), leafKey, leaf, root)
	one := strings.Replace(strings.Replace(xmlSealed, "BODY", "<contains>"+good+"</contains>", 1), "<proof>"+xmlMark+"</proof>", "", 1)
	file := `<verifiablePresentation xmlns="http://data.europa.eu/snb">` + one + one + "</verifiablePresentation>"
	got := judged(t, nil, []byte(file), authorities("CAs", root))
	places := ""
	for _, c := range got.Credentials {
		places += c.Path + " in " + c.Of + ": " + c.Headline.String() + "\n"
	}
	const first, second = "/verifiablePresentation/europassCredential", "/verifiablePresentation/europassCredential[2]"
	if want := " in : not_signed\n" + first + " in : not_signed\n" + first + "/contains/europassCredential in " + first + ": verified\n" +
		second + " in : not_signed\n" + second + "/contains/europassCredential in " + second + ": verified\n"; places != want {
		t.Error(places)
	}
	// Of very many, the ones that are not looked at are told.
	many := `<verifiablePresentation xmlns="http://data.europa.eu/snb">` + strings.Repeat("<europassCredential/>", 30_000) + "</verifiablePresentation>"
	soon(t, func() { got = judged(t, nil, []byte(many)) })
	if last := got.Credentials[len(got.Credentials)-1]; !last.Checks[0].Findings.Has(report.EnvelopeTooManyCredentials) {
		t.Error(len(got.Credentials), last.Checks[0].Findings)
	}
	// What stands around them is not read for each without end.
	around := `<verifiablePresentation xmlns="http://data.europa.eu/snb">` + strings.Repeat("<a/>", 100_000) + strings.Repeat("<europassCredential/>", 190) + "</verifiablePresentation>"
	soon(t, func() { got = judged(t, nil, []byte(around)) })
	if last := got.Credentials[len(got.Credentials)-1]; !last.Checks[1].Findings.Has(report.CredentialXmlTooMuch) {
		t.Error(last.Checks[1].Findings)
	}
}

func utf16XML(order binary.AppendByteOrder, text string) string {
	var data []byte
	for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
		data = order.AppendUint16(data, unit)
	}
	return string(data)
}

// TestAttackSealedXMLOther: who seals with their own certificate is never told to
// be another.
func TestAttackSealedXMLOther(t *testing.T) {
	root, rootKey := certificate(t, "Sealing CA", "", nil, nil)
	leaf, leafKey := certificate(t, "Harvard", "NTRXX-1", root, rootKey)
	mallory, malloryKey := certificate(t, "Mallory Ltd", "NTRXX-2", root, rootKey)
	lists := authorities("CAs", root)
	own := strings.ReplaceAll(xmlSealed, "Harvard", "Mallory Ltd")
	body := func(file, text string) string { return strings.Replace(file, "BODY", text, 1) }
	const organisation = `<prefLabel><text>Harvard</text></prefLabel>`
	award := func(awarded string) string {
		return `<credentialSubject><achievements><learningAchievement><wasAwardedBy>` + awarded + `</wasAwardedBy></learningAchievement></achievements></credentialSubject>`
	}
	for _, row := range []struct {
		name, file string
		want       report.Headline
	}{
		{"Harvard", body(xmlSealed, ""), report.WrongKey},
		{"its own name", body(own, ""), report.Verified},
		{"two issuers", body(own, `<issuer>`+organisation+`</issuer>`), report.Refused},
		{"two issuers, one of another namespace", body(own, `<issuer xmlns="http://data.europa.eu/x">`+organisation+`</issuer>`), report.Refused},
		{"two issuers, one without", body(own, `<issuer xmlns="">`+organisation+`</issuer>`), report.Refused},
		{"two names", strings.Replace(body(own, ""), "<prefLabel>", organisation+"<prefLabel>", 1), report.WrongKey},
		{"another name", strings.Replace(body(own, ""), "<prefLabel>", "<altLabel><text>Harvard</text></altLabel><prefLabel>", 1), report.WrongKey},
		{"number of its own, name of another", strings.Replace(body(xmlSealed, ""), "<prefLabel>", "<legalIdentifier>NTRXX-2</legalIdentifier><prefLabel>", 1), report.WrongKey},
		{"an issuer by reference", strings.Replace(body(own, `<agentReferences><organization id="urn:h">`+organisation+`</organization></agentReferences>`), `<issuer id="urn:epass:org:1">`, `<issuer idref="urn:h">`, 1), report.WrongKey},
		{"an issuer by two references", strings.Replace(body(own, `<agentReferences><organization id="urn:h">`+organisation+`</organization><organization id="urn:h"><prefLabel><text>Mallory Ltd</text></prefLabel></organization></agentReferences>`), `<issuer id="urn:epass:org:1">`, `<issuer idref="urn:h">`, 1), report.Refused},
		{"awarded by Harvard", body(own, award(`<awardingBody>`+organisation+`</awardingBody>`)), report.Identified},
		{"awarded by Harvard, by reference", body(own, award(`<awardingBody idref="urn:h"/>`)+`<agentReferences><organization id="urn:h">`+organisation+`</organization></agentReferences>`), report.Identified},
		{"awarded by one who stands nowhere", body(own, award(`<awardingBody idref="urn:h"/>`)), report.Identified},
		{"awarded by one who stands elsewhere", body(own, award(`<awardingBody idref="urn:h"/>`)+`<organization id="urn:h">`+organisation+`</organization>`), report.Identified},
		{"awarded by one named around it", body(own, `<contains><europassCredential>`+award(`<awardingBody idref="urn:h"/>`)+`</europassCredential></contains><agentReferences><organization id="urn:h">`+organisation+`</organization></agentReferences>`), report.Identified},
		{"awarded by the issuer, by its id", body(own, award(`<awardingBody idref="urn:epass:org:1"/>`)), report.Verified},
		{"awarded by the issuer, who is named around it", body(strings.NewReplacer(`<issuer id="urn:epass:org:1">`, `<issuer idref="urn:m"/><other>`, `</issuer>`, `</other>`).Replace(own), "<agentReferences><organization id=\"urn:m\"><prefLabel><text>Mallory Ltd</text></prefLabel></organization></agentReferences><contains><europassCredential>"+award(`<awardingBody idref="urn:m"/>`)+"</europassCredential></contains>"), report.Verified},
		{"a presentation whose issuer is named by reference", `<verifiablePresentation xmlns="http://data.europa.eu/snb"><issuer idref="urn:m"/><agentReferences><organization id="urn:m"><prefLabel><text>Mallory Ltd</text></prefLabel></organization></agentReferences>` +
			strings.Replace(body(xmlSealed, ""), "<proof>"+xmlMark+"</proof>", "", 1) + `<proof>` + xmlMark + `</proof></verifiablePresentation>`, report.Identified},
		{"awarded by both", body(own, award(`<awardingBody><prefLabel><text>Mallory Ltd</text></prefLabel></awardingBody><awardingBody>`+organisation+`</awardingBody>`)), report.Identified},
		{"awarded by Harvard, in a contained one", body(own, `<contains><europassCredential>`+award(`<awardingBody>`+organisation+`</awardingBody>`)+`</europassCredential></contains>`), report.Identified},
		{"on behalf of Harvard", body(own, `<onBehalf>`+organisation+`</onBehalf>`), report.Identified},
		{"by the issuer's id, with another name", body(own, award(`<awardingBody id="urn:epass:org:1">`+organisation+`</awardingBody>`)), report.Identified},
		{"a presentation by Mallory of what Harvard says", `<verifiablePresentation xmlns="http://data.europa.eu/snb"><issuer><prefLabel><text>Mallory Ltd</text></prefLabel></issuer>` +
			strings.Replace(body(xmlSealed, ""), "<proof>"+xmlMark+"</proof>", "", 1) + `<proof>` + xmlMark + `</proof></verifiablePresentation>`, report.Identified},
		{"a presentation by Mallory without a name", `<verifiablePresentation xmlns="http://data.europa.eu/snb">` +
			strings.Replace(body(xmlSealed, ""), "<proof>"+xmlMark+"</proof>", "", 1) + `<proof>` + xmlMark + `</proof></verifiablePresentation>`, report.WrongKey},
	} {
		expect(t, row.name, judged(t, nil, []byte(sealXML(t, row.file, malloryKey, mallory, root)), lists), row.want)
	}
	// What cannot be read whole is not told to be good: what is left out may be
	// who awards it.
	much := body(own, `<agentReferences><title id="x">t</title></agentReferences>`+strings.Repeat(`<title idref="x"/>`, 30000)+award(`<awardingBody>`+organisation+`</awardingBody>`))
	expect(t, "more than is read", judged(t, nil, []byte(sealXML(t, much, malloryKey, mallory, root)), lists), report.Refused)
	// A certificate that comes along is not the one that signed.
	for name, chain := range map[string][]*x509.Certificate{"first": {leaf, mallory, root}, "alone": {leaf, root}} {
		got := judged(t, nil, []byte(sealXML(t, body(xmlSealed, ""), malloryKey, chain...)), lists)
		if got.Headline != report.Altered && got.Headline != report.Mismatch {
			t.Errorf("%s: %s", name, got.Headline)
		}
	}
	_ = leafKey
}

// TestAttackXMLTakesMemory: references, names and texts that grow as they are read.
func TestAttackXMLTakesMemory(t *testing.T) {
	many := strings.Repeat
	prefixes := func(n int) (all string) {
		for i := range n {
			all += ` xmlns:a` + string(rune('a'+i%26)) + string(rune('a'+i/26)) + `="u"`
		}
		return all
	}
	const seal = `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#" Id="seal"><SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><SignatureMethod/></SignedInfo><SignatureValue>AAAA</SignatureValue></Signature>`
	name := many("n", 4<<20)
	root, rootKey := certificate(t, "Sealing CA", "", nil, nil)
	covering := sealXML(t, xmlSealed, rootKey, root)
	covering = covering[strings.Index(covering, "<Signature "):strings.Index(covering, "</proof>")]
	ten := ""
	for i := range 9 {
		number := string(rune('0' + i))
		ten += `<proof>` + strings.NewReplacer(`"seal"`, `"s`+number+`"`, `#seal`, `#s`+number, `"properties"`, `"p`+number+`"`, `#properties`, `#p`+number).Replace(covering) + `</proof>`
	}
	for _, row := range []struct{ name, body string }{
		{"each reference to each", `<agentReferences>` + many(`<title id="x">t</title>`, 30000) + `</agentReferences>` + many(`<title idref="x"/>`, 30000)},
		{"long names around", `<` + name + `><agentReferences><title id="x">t</title></agentReferences></` + name + `>` + many(`<title idref="x"/>`, 10000)},
		{"a text in parts, read often", `<agentReferences><title id="x">` + many("t", 2<<20) + `<?x?>` + many("t", 2<<20) + `</title></agentReferences>` + many(`<title idref="x"/>`, 10000)},
		{"a text, read often", `<agentReferences><title id="x">` + many("t", 4<<20) + `</title></agentReferences>` + many(`<title idref="x"/>`, 10000)},
		{"an address, read often", `<agentReferences><issuer id="x" uri="` + many("t", 4<<20) + `"/></agentReferences>` + many(`<onBehalf idref="x"/>`, 5000)},
		{"names of one organisation", `<onBehalf>` + many(`<prefLabel><text>`+many("t", 100)+`</text></prefLabel>`, 10000) + `</onBehalf>`},
		{"one organisation after another", many(`<onBehalf><prefLabel><text>t</text></prefLabel></onBehalf>`, 10000)},
		{"an organisation of many names, often", `<agentReferences><issuer id="x">` + many(`<prefLabel><text>t</text></prefLabel>`, 900) + `</issuer></agentReferences>` + many(`<onBehalf idref="x"/>`, 1000)},
		{"references in a circle", `<agentReferences><hasPart id="x"><hasPart idref="x"/><hasPart idref="x"/></hasPart></agentReferences><hasPart idref="x"/>`},
		{"many attributes", many(`<title `+func() (all string) {
			for i := range 99 {
				all += ` a` + string(rune('a'+i%26)) + string(rune('a'+i/26)) + `=""`
			}
			return all
		}()+`/>`, 1900)},
		{"many prefixes", many(`<title `+prefixes(90)+`/>`, 1900)},
		{"deep", many("<a>", 250) + many("</a>", 250)},
		{"deep with prefixes", func() (all string) {
			for i := range 98 {
				all += `<a xmlns:a` + string(rune('a'+i%26)) + string(rune('a'+i/26)) + `="` + many("u", 10000) + `">`
			}
			return all + many("<title/>", 90000) + many("</a>", 98)
		}()},
		{"a long namespace on each", `<` + `a xmlns:p="` + many("u", 1<<20) + `">` + many("<p:b/>", 60000) + `</a>`},
		{"a long namespace on each, small", `<a xmlns:p="` + many("u", 15000) + `">` + many("<p:b/>", 2000) + `</a>`},
		{"many texts", many("a<b/>", 60000)},
		{"many comments", many("<!--a-->", 60000)},
		{"no end", many("<a ", 500000)},
		{"ampersands", many("&amp;", 2<<20)},
		{"an attribute of ampersands", `<a b="` + many("&amp;", 2<<20) + `"/>`},
		{"seals", many(`<proof><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></proof>`, 40000)},
		{"a list of prefixes", many(`<a `+prefixes(90)+`/>`, 1900) + `<proof>` + strings.Replace(seal, `xml-exc-c14n#"/>`, `xml-exc-c14n#"><InclusiveNamespaces xmlns="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="`+many("zz ", 2<<20)+`"/></CanonicalizationMethod>`, 1) + `</proof>`},
		{"a canonical form of prefixes", `<p:a xmlns:p="u"` + prefixes(90) + `>` + many(`<p:b/>`, 90000) + `</p:a>`},
		{"ids", many(`<a id="seal"/>`, 90000)},
		{"ten seals of much", many("t", 3<<20) + ten},
		{"ten seals of many", many("<a/>", 20000) + ten},
		{"ten references to much", many("t", 3<<20) + many(`<proof>`+strings.Replace(covering, "</SignedInfo>", many(`<Reference URI="#urn:credential:1"><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>AAAA</DigestValue></Reference>`, 8)+"</SignedInfo>", 1)+`</proof>`, 1)},
		{"sealed ones in sealed ones", many(`<europassCredential><proof><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></proof>`, 120) + many("<a/>", 20000) + many(`</europassCredential>`, 120)},
	} {
		file := []byte(strings.Replace(xmlSealed, "BODY", row.body, 1))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		got := judged(t, nil, file)
		spent := time.Since(start)
		runtime.ReadMemStats(&after)
		t.Logf("%-40s %5.1f MB: %s, %v, %d MB", row.name, float64(len(file))/(1<<20), got.Headline, spent.Round(time.Millisecond), (after.TotalAlloc-before.TotalAlloc)>>20)
		if taken := after.TotalAlloc - before.TotalAlloc; spent > 15*time.Second || taken > uint64(64<<20+128*len(file)) {
			t.Errorf("%s: %v, %d MB", row.name, spent, taken>>20)
		}
	}
}
