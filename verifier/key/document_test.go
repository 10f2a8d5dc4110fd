package key

import (
	"context"
	"crypto/elliptic"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/library"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/proof"
)

const (
	web         = "did:web:example.com"
	webDocument = "https://example.com/.well-known/did.json"
)

// method writes a verification method with the n-th Ed25519 key.
func methodText(id, controller string, n byte, more string) string {
	return `{"id":"` + id + `","type":"Multikey","controller":"` + controller + `","publicKeyMultibase":"` + edMultibase(n) + `"` + more + `}`
}

// didText writes the document of web with members.
func didText(members string) string { return `{"id":"` + web + `",` + members + `}` }

func pemOf(public any) string {
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		panic(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

// row is one lookup: a network, a reference, an issuer, and what comes out.
type row struct {
	name     string
	network  fetch.Getter
	keyID    string
	issuer   string
	codes    string
	listedBy string
	state    DocumentState
}

func (r row) run(t *testing.T, reference proof.Reference) []Key {
	t.Helper()
	keys, findings := find(r.network, reference, r.issuer)
	want(t, keys, findings, r.codes)
	if len(keys) > 0 && (keys[0].ListedBy != r.listedBy || keys[0].IssuerDocument != r.state) {
		t.Errorf("listed by %q, state %d; want %q, %d", keys[0].ListedBy, keys[0].IssuerDocument, r.listedBy, r.state)
	}
	return keys
}

func did(members string) answers { return answers{webDocument: didText(members)} }

func TestT5Relationships(t *testing.T) {
	own := methodText(web+"#k", web, 1, "")
	rows := []row{
		{"absolute id", did(`"verificationMethod":[` + own + `],"assertionMethod":["` + web + `#k"]`), web + "#k", web, "key.did_document", web, 0},
		{"relative ids", did(`"verificationMethod":[` + methodText("#k", web, 1, "") + `],"assertionMethod":["#k"]`), web + "#k", web, "key.did_document", web, 0},
		{"embedded", did(`"assertionMethod":[` + own + `]`), web + "#k", web, "key.did_document", web, 0},
		{"embedded, bare", did(`"assertionMethod":` + own), web + "#k", web, "key.did_document", web, 0},
		{"embedded elsewhere, listed", did(`"authentication":[` + own + `],"assertionMethod":["#k"]`), web + "#k", web, "key.did_document", web, 0},
		{"embedded twice", did(`"assertionMethod":[` + own + `],"authentication":[` + own + `]`), web + "#k", web, "key.did_document", web, 0},
		{"old publicKey", did(`"publicKey":[` + own + `],"assertionMethod":["#k"]`), web + "#k", web, "key.did_document", web, 0},
		{"only authentication", did(`"verificationMethod":[` + own + `],"authentication":["#k"]`), web + "#k", web, "key.not_for_assertion", "", 0},
		{"embedded in authentication", did(`"authentication":[` + own + `]`), web + "#k", web, "key.not_for_assertion", "", 0},
		{"only keyAgreement", did(`"keyAgreement":[` + own + `]`), web + "#k", web, "key.not_for_assertion", "", 0},
		{"only verificationMethod", did(`"verificationMethod":[` + own + `]`), web + "#k", web, "key.not_for_assertion", "", 0},
		{"only old publicKey", did(`"publicKey":[` + own + `]`), web + "#k", web, "key.not_for_assertion", "", 0},
		{"another listed", did(`"verificationMethod":[` + own + `],"assertionMethod":["#k2"]`), web + "#k", web, "key.not_for_assertion", "", 0},
		{"jwks in a DID document", did(`"jwks":{"keys":[` + with(jwkOf(edKey(1)), `"kid":"k"`) + `]}`), web + "#k", web, "key.not_for_assertion", "", 0},
		{"expired", did(`"assertionMethod":[` + methodText("#k", web, 1, `,"expires":"2026-11-21T12:00:00Z"`) + `]`), web + "#k", web, "key.expired", "", 0},
		{"expires later", did(`"assertionMethod":[` + methodText("#k", web, 1, `,"expires":"2026-11-21T12:00:01Z"`) + `]`), web + "#k", web, "key.did_document", web, 0},
		{"revoked", did(`"assertionMethod":[` + methodText("#k", web, 1, `,"revoked":"2026-01-01T00:00:00Z"`) + `]`), web + "#k", web, "key.revoked", "", 0},
		{"revoked: true", did(`"assertionMethod":[` + methodText("#k", web, 1, `,"revoked":true`) + `]`), web + "#k", web, "key.revoked", "", 0},
		{"revoked: false", did(`"assertionMethod":[` + methodText("#k", web, 1, `,"revoked":false`) + `]`), web + "#k", web, "key.did_document", web, 0},
		{"revoked later", did(`"assertionMethod":[` + methodText("#k", web, 1, `,"revoked":"2027-01-01T00:00:00+01:00"`) + `]`), web + "#k", web, "key.did_document", web, 0},
		{"revoked at no date", did(`"assertionMethod":[` + methodText("#k", web, 1, `,"revoked":"yes"`) + `]`), web + "#k", web, "key.document_invalid", "", 0},
		{"not published", did(`"assertionMethod":[` + own + `]`), web + "#other", web, "key.not_published", "", 0},
		{"empty document", did(`"controller":"` + web + `"`), web + "#k", web, "key.not_published", "", 0},
		{"two of one id", did(`"verificationMethod":[` + own + `,` + methodText("#k", web, 2, "") + `],"assertionMethod":["#k"]`), web + "#k", web, "key.ambiguous", "", 0},
		{"fragment is a key", did(`"assertionMethod":[` + own + `]`), web + "#" + edMultibase(6), web, "key.fragment_is_key", "", 0},
		{"fragment is a key, relative", did(`"assertionMethod":[` + own + `]`), "#" + edMultibase(6), web, "key.fragment_is_key", "", 0},
		{"fragment is a published key's name", did(`"assertionMethod":[` + methodText("#"+edMultibase(1), web, 1, "") + `]`), web + "#" + edMultibase(1), web, "key.did_document", web, 0},
		{"fragment is a key, no document", answers{}, web + "#" + edMultibase(6), web, "key.unreachable", "", 0},
		{"foreign id embedded", did(`"assertionMethod":[` + methodText("did:web:evil.example#k", web, 1, "") + `]`), web + "#k", web, "key.not_published", "", 0},
		{"deactivated", did(`"deactivated":true,"assertionMethod":[` + own + `]`), web + "#k", web, "key.deactivated", "", 0},
		{"resolution result", answers{webDocument: `{"didDocument":` + didText(`"assertionMethod":[`+own+`]`) + `}`}, web + "#k", web, "key.did_document", web, 0},
		{"deactivated by metadata", answers{webDocument: `{"didDocument":` + didText(`"assertionMethod":[`+own+`]`) + `,"didDocumentMetadata":{"deactivated":true}}`}, web + "#k", web, "key.deactivated", "", 0},
		{"thumbprint fragment", did(`"assertionMethod":[` + own + `]`), web + "#" + thumbprint(edKey(1)), web, "key.did_document key.reference_loose", web, 0},
		{"thumbprint", did(`"assertionMethod":[` + own + `]`), thumbprint(edKey(1)), web, "key.did_document key.reference_loose", web, 0},
		{"short name", did(`"assertionMethod":[` + own + `]`), "k", web, "key.did_document key.reference_loose", web, 0},
		{"relative name", did(`"assertionMethod":[` + own + `]`), "#k", web, "key.did_document", web, 0},
		{"bare DID", did(`"assertionMethod":[` + own + `]`), web, web, "key.did_document key.reference_loose", web, 0},
		{"no reference", did(`"assertionMethod":[` + own + `]`), "", web, "key.did_document key.reference_loose", web, 0},
		{"no reference, only key expired", did(`"assertionMethod":[` + methodText("#k", web, 1, `,"expires":"2020-01-01T00:00:00Z"`) + `]`), "", web, "key.expired", "", 0},
		{"no reference, key listed for nothing", did(`"verificationMethod":[` + own + `]`), "", web, "key.not_published", "", 0},
		{"neither reference nor issuer", answers{}, "", "", "key.no_reference", "", 0},
		{"name and issuer that is no address", answers{}, "k", "urn:uuid:1", "key.no_reference", "", 0},
		{"name and plain http", answers{}, "k", "http://example.com/issuer", "key.no_reference", "", 0},
		{"path", answers{}, web + "/a#k", web, "key.method_unsupported", "", 0},
		{"two foreign DIDs", did(`"assertionMethod":[` + own + `]`), web + "#k", "did:web:other.example", "key.did_document", web, 0},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) { r.run(t, ref(r.keyID)) })
	}
	// The same document, asked about a presentation.
	r := ref(web + "#k")
	r.Purpose = "authentication"
	row{network: did(`"verificationMethod":[` + own + `],"authentication":["#k"]`), issuer: web, codes: "key.did_document", listedBy: web}.run(t, r)
	row{network: did(`"verificationMethod":[` + own + `],"assertionMethod":["#k"]`), issuer: web, codes: "key.not_for_assertion"}.run(t, r)
}

func TestT6Controller(t *testing.T) {
	rows := []row{
		{"another", did(`"assertionMethod":[` + methodText("#k", "did:web:evil.example", 1, "") + `]`), web + "#k", web, "key.controller_mismatch", "", 0},
		{"none", did(`"assertionMethod":[{"id":"#k","publicKeyMultibase":"` + edMultibase(1) + `"}]`), web + "#k", web, "key.document_invalid", "", 0},
		{"a prefix", did(`"assertionMethod":[` + methodText("#k", web+":x", 1, "") + `]`), web + "#k", web, "key.controller_mismatch", "", 0},
		{"document of another", answers{webDocument: `{"id":"did:web:evil.example","assertionMethod":[` + methodText("#k", web, 1, "") + `]}`}, web + "#k", web, "key.document_mismatch", "", 0},
		{"document without id", answers{webDocument: `{"assertionMethod":[` + methodText("#k", web, 1, "") + `]}`}, web + "#k", web, "key.document_mismatch", "", 0},
		{"document in capitals", answers{webDocument: `{"id":"did:web:Example.com","assertionMethod":[` + methodText("#k", web, 1, "") + `]}`}, web + "#k", web, "key.document_mismatch", "", 0},
		{"a key set for a DID", answers{webDocument: `{"keys":[` + with(jwkOf(edKey(1)), `"kid":"k"`) + `]}`}, web + "#k", web, "key.document_invalid", "", 0},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) { r.run(t, ref(r.keyID)) })
	}
}

func TestRepresentations(t *testing.T) {
	p256 := point(elliptic.P256(), 3)
	k := koblitz()
	kData := multibase.EncodeBase58(append([]byte{2 + byte(k.Y.Bit(0))}, k.X.FillBytes(make([]byte, 32))...))
	rows := []struct{ name, kind, members, codes string }{
		{"jwk", "JsonWebKey", `"publicKeyJwk":` + jwkOf(edKey(1)), "key.did_document"},
		{"jwk secp256k1", "JsonWebKey2020", `"publicKeyJwk":` + jwkOf(k), "key.did_document"},
		{"2018", "Ed25519VerificationKey2018", `"publicKeyBase58":"` + multibase.EncodeBase58(edKey(1)) + `"`, "key.did_document"},
		{"2019", "EcdsaSecp256k1VerificationKey2019", `"publicKeyBase58":"` + kData + `"`, "key.did_document"},
		{"2020", "Ed25519VerificationKey2020", `"publicKeyMultibase":"` + edMultibase(1) + `"`, "key.did_document"},
		{"pem", "RsaVerificationKey2018", `"publicKeyPem":` + quote(pemOf(rsaPublic(2048))), "key.did_document"},
		{"pem p256", "CryptographicKey", `"publicKeyPem":` + quote(pemOf(p256)), "key.did_document"},
		{"pem twice", "CryptographicKey", `"publicKeyPem":` + quote(pemOf(p256)+pemOf(p256)), "key.malformed"},
		{"pem none", "CryptographicKey", `"publicKeyPem":"MII"`, "key.malformed"},
		{"pem weak", "CryptographicKey", `"publicKeyPem":` + quote(pemOf(rsaPublic(1024))), "key.weak"},
		{"two", "JsonWebKey", `"publicKeyJwk":` + jwkOf(edKey(1)) + `,"publicKeyMultibase":"` + edMultibase(2) + `"`, "key.malformed"},
		{"none", "JsonWebKey", `"a":1`, "key.type_unsupported"},
		{"address", "EcdsaSecp256k1RecoveryMethod2020", `"blockchainAccountId":"eip155:1:0x0"`, "key.type_unsupported"},
		{"hex", "X", `"publicKeyHex":"00"`, "key.type_unsupported"},
		{"base58 of what?", "Multikey", `"publicKeyBase58":"` + multibase.EncodeBase58(edKey(1)) + `"`, "key.type_unsupported"},
		{"x25519", "X25519KeyAgreementKey2019", `"publicKeyBase58":"` + multibase.EncodeBase58(edKey(1)) + `"`, "key.type_unsupported"},
		{"x25519 jwk", "JsonWebKey", `"publicKeyJwk":` + strings.Replace(jwkOf(edKey(1)), "Ed25519", "X25519", 1), "key.not_for_assertion"},
		{"p256 in a 2020", "Ed25519VerificationKey2020", `"publicKeyMultibase":"` + encode(codeP256, compress(p256)) + `"`, "key.malformed"},
		{"private jwk", "JsonWebKey", `"publicKeyJwk":` + with(jwkOf(edKey(1)), `"d":"AA"`), "key.private"},
		{"secret beside", "JsonWebKey", `"publicKeyJwk":` + jwkOf(edKey(1)) + `,"secretKeyJwk":{}`, "key.private"},
		{"use enc", "JsonWebKey", `"publicKeyJwk":` + with(jwkOf(edKey(1)), `"use":"enc"`), "key.not_for_assertion"},
		{"use sig", "JsonWebKey", `"publicKeyJwk":` + with(jwkOf(edKey(1)), `"use":"sig"`), "key.did_document"},
		{"key_ops", "JsonWebKey", `"publicKeyJwk":` + with(jwkOf(edKey(1)), `"key_ops":["deriveKey"]`), "key.not_for_assertion"},
		{"key_ops verify", "JsonWebKey", `"publicKeyJwk":` + with(jwkOf(edKey(1)), `"key_ops":["verify"]`), "key.did_document"},
		{"alg", "JsonWebKey", `"publicKeyJwk":` + with(jwkOf(edKey(1)), `"alg":"Ed25519"`), "key.did_document"},
		{"other alg", "JsonWebKey", `"publicKeyJwk":` + with(jwkOf(edKey(1)), `"alg":"ES256"`), "key.algorithm_mismatch"},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			reference := ref(web + "#k")
			reference.Curves = nil
			row{network: did(`"assertionMethod":[{"id":"#k","controller":"` + web + `","type":"` + r.kind + `",` + r.members + `}]`),
				issuer: web, codes: r.codes, listedBy: web}.run(t, reference)
		})
	}
	// A key of another type than the suite takes is handed over like any other
	// that does not fit: it may have replaced the one that signed.
	row{network: did(`"assertionMethod":[{"id":"#k","controller":"` + web + `","publicKeyJwk":` + jwkOf(p256) + `}]`),
		issuer: web, codes: "key.did_document", listedBy: web}.run(t, ref(web+"#k"))
}

func quote(text string) string { return `"` + strings.ReplaceAll(text, "\n", `\n`) + `"` }

func TestCandidates(t *testing.T) {
	methods := func(n int) string {
		var all []string
		for i := range n {
			all = append(all, methodText(fmt.Sprintf("#k%d", i), web, byte(i+1), ""))
		}
		return `"assertionMethod":[` + strings.Join(all, ",") + `]`
	}
	for n, codes := range map[int]string{
		1: "key.did_document key.reference_loose", 3: "key.did_document key.reference_loose",
		10: "key.did_document key.reference_loose", 11: "key.ambiguous", 101: "key.document_too_large",
	} {
		keys := row{network: did(methods(n)), issuer: web, codes: codes, listedBy: web}.run(t, ref(""))
		if len(keys) > 0 && len(keys) != n {
			t.Errorf("%d keys, want %d", len(keys), n)
		}
	}
	// Only what fits the algorithm is a candidate.
	other := `{"id":"#p","controller":"` + web + `","publicKeyJwk":` + jwkOf(point(elliptic.P256(), 3)) + `}`
	keys := row{network: did(`"assertionMethod":[` + other + `,` + methodText("#k", web, 1, "") + `]`),
		issuer: web, codes: "key.did_document key.reference_loose", listedBy: web}.run(t, ref(web))
	if len(keys) != 1 || keys[0].ID != web+"#k" {
		t.Errorf("%+v", keys)
	}
	row{network: did(`"assertionMethod":[` + other + `]`), issuer: web, codes: "key.not_published"}.run(t, ref(web))
}

func TestNetworkFailures(t *testing.T) {
	status := func(code int, body string) fetch.Getter {
		return fetch.GetterFunc(func(context.Context, fetch.Request) (fetch.Response, error) {
			return fetch.Response{Status: code, Body: []byte(body)}, nil
		})
	}
	fails := func(err error) fetch.Getter {
		return fetch.GetterFunc(func(context.Context, fetch.Request) (fetch.Response, error) {
			return fetch.Response{}, err
		})
	}
	good := didText(`"assertionMethod":[` + methodText("#k", web, 1, "") + `]`)
	rows := []struct {
		name    string
		network fetch.Getter
		code    string
		state   DocumentState
	}{
		{"500", status(500, good), "key.unreachable", Unavailable},
		{"403", status(403, good), "key.unreachable", Unavailable},
		{"302", status(302, good), "key.unreachable", Unavailable},
		{"404", status(404, good), "key.unreachable", Absent},
		{"410", status(410, good), "key.unreachable", Absent},
		{"HTML", status(200, "<!doctype html><title>x</title>"), "key.document_invalid", Unavailable},
		{"empty", status(200, ""), "key.document_invalid", Unavailable},
		{"spaces", status(200, " \n"), "key.document_invalid", Unavailable},
		{"array", status(200, "["+good+"]"), "key.document_invalid", Unavailable},
		{"doubled key", status(200, `{"id":"a","id":"b"}`), "key.document_invalid", Unavailable},
		{"cut off", status(200, good[:30]), "key.document_invalid", Unavailable},
		{"unrelated", status(200, `{"error":"x"}`), "key.document_invalid", Unavailable},
		{"too much", status(200, good+strings.Repeat(" ", limits.DocumentBytes)), "key.document_too_large", Unavailable},
		{"offline", fetch.Offline, "key.offline", Unavailable},
		{"not allowed", fails(fetch.ErrNotAllowed), "key.not_allowed", Unavailable},
		{"address", fails(fetch.ErrAddress), "key.address_refused", Unavailable},
		{"no answer", fails(fetch.ErrUnreachable), "key.unreachable", Unavailable},
		{"something else", fails(context.Canceled), "key.unreachable", Unavailable},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			keys, findings := find(r.network, ref(web+"#k"), web)
			want(t, keys, findings, r.code)
			if findings[0].Facts["did"] != web || findings[0].Facts["host"] != "example.com" {
				t.Errorf("facts %v", findings[0].Facts)
			}
			// The same, asked about a key that the header carries.
			header := ref("")
			header.HeaderKey = parse(t, jwkOf(edKey(1)))
			row{network: r.network, issuer: web, codes: "key.in_header", state: r.state}.run(t, header)
		})
	}
}

func TestOtherMethods(t *testing.T) {
	const ion = "did:ion:EiBAA99TAezxKRc2wuuBnr4zzGsS2YcsOA4IPQV0KY64Xg"
	document := `{"id":"` + ion + `","assertionMethod":[` + methodText("#k", ion, 1, "") + `]}`
	rows := []row{
		{"offline", fetch.Offline, ion + "#k", ion, "key.method_unsupported", "", 0},
		{"unreachable", answers{}, ion + "#k", ion, "key.method_unsupported", "", 0},
		{"recorded", answers{ion: document}, ion + "#k", ion, "key.did_document", ion, 0},
		{"recorded for another", answers{ion: strings.ReplaceAll(document, ion, "did:ion:other")}, ion + "#k", ion, "key.document_mismatch", "", 0},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) { r.run(t, ref(r.keyID)) })
	}
	_, findings := find(fetch.Offline, ref(ion+"#k"), ion)
	if findings[0].Facts["method"] != "did:ion" {
		t.Errorf("facts %v", findings[0].Facts)
	}
}

// TestEBSI: the document of a did:ebsi is what the register of the pilot
// answers, and it counts as that of a did:web does.
func TestEBSI(t *testing.T) {
	const ebsi = "did:ebsi:zxaYaUtb8pvoAtYNWbKcveg"
	const address = "https://api-pilot.ebsi.eu/did-registry/v5/identifiers/" + ebsi
	method := methodText("#k", ebsi, 1, "")
	document := `{"id":"` + ebsi + `","assertionMethod":[` + method + `]}`
	person := "did:ebsi:z" + multibase.EncodeBase58(append([]byte{2}, make([]byte, 32)...))
	for _, r := range []row{
		{"good", answers{address: document}, ebsi + "#k", ebsi, "key.did_document", ebsi, 0},
		{"as a resolution result", answers{address: `{"didDocument":` + document + `,"didDocumentMetadata":{}}`}, ebsi + "#k", ebsi, "key.did_document", ebsi, 0},
		{"of another", answers{address: strings.ReplaceAll(document, ebsi, "did:ebsi:ziDnioxYYLW1a3qUbqTFz4W")}, ebsi + "#k", ebsi, "key.document_mismatch", "", 0},
		{"for something else", answers{address: `{"id":"` + ebsi + `","verificationMethod":[` + method + `],"capabilityInvocation":["` + ebsi + `#k"]}`}, ebsi + "#k", ebsi, "key.not_for_assertion", "", 0},
		{"another key", answers{address: document}, ebsi + "#other", ebsi, "key.not_published", "", 0},
		{"offline", fetch.Offline, ebsi + "#k", ebsi, "key.offline", "", 0},
		{"no answer", answers{}, ebsi + "#k", ebsi, "key.unreachable", "", 0},
		{"not by its name", answers{ebsi: document}, ebsi + "#k", ebsi, "key.unreachable", "", 0},
		{"of a person", answers{}, person + "#k", person, "key.method_unsupported", "", 0},
		{"another version", answers{}, "did:ebsi:z" + multibase.EncodeBase58(append([]byte{3}, make([]byte, 16)...)), "", "key.identifier_malformed", "", 0},
		{"too short", answers{}, "did:ebsi:z" + multibase.EncodeBase58(append([]byte{1}, make([]byte, 15)...)), "", "key.identifier_malformed", "", 0},
		{"too long", answers{}, "did:ebsi:z" + multibase.EncodeBase58(append([]byte{1}, make([]byte, 17)...)), "", "key.identifier_malformed", "", 0},
		{"not base58", answers{}, "did:ebsi:z0OIl", "", "key.identifier_malformed", "", 0},
		{"base64url", answers{}, "did:ebsi:uAQIDBAUGBwgJCgsMDQ4PEBE", "", "key.identifier_malformed", "", 0},
		{"no z", answers{}, "did:ebsi:23R3YwWEc7J1chejmwjh5JDaRjqvvf6ogHnxJNHUvaep4f98", "", "key.identifier_malformed", "", 0},
		{"nothing", answers{}, "did:ebsi:z", "", "key.identifier_malformed", "", 0},
	} {
		t.Run(r.name, func(t *testing.T) { r.run(t, ref(r.keyID)) })
	}
}

const (
	profile = "https://uni.example/issuer"
	keys    = "https://uni.example/jwks.json"
	evil    = "https://evil.example/issuer"
)

func cid(id, members string) string { return `{"id":"` + id + `",` + members + `}` }

// Https references and issuers: a document counts only as itself.
func TestAddresses(t *testing.T) {
	jwk := jwkOf(edKey(1))
	named := with(jwk, `"kid":"k"`)
	set := `{"keys":[` + with(jwkOf(edKey(2)), `"kid":"x"`) + `,` + named + `]}`
	listed := cid(profile, `"assertionMethod":[`+methodText(profile+"#k", profile, 1, "")+`]`)
	rows := []row{
		{"controlled identifier document", answers{profile: listed}, profile + "#k", profile, "key.profile", profile, 0},
		{"relative", answers{profile: cid(profile, `"verificationMethod":[`+methodText("#k", profile, 1, "")+`],"assertionMethod":["#k"]`)}, profile + "#k", profile, "key.profile", profile, 0},
		{"no relationship", answers{profile: cid(profile, `"verificationMethod":[`+methodText("#k", profile, 1, "")+`]`)}, profile + "#k", profile, "key.not_for_assertion", "", 0},
		{"wrong relationship", answers{profile: cid(profile, `"authentication":[`+methodText("#k", profile, 1, "")+`]`)}, profile + "#k", profile, "key.not_for_assertion", "", 0},
		{"profile's old key", answers{profile: cid(profile, `"publicKey":{"id":"`+profile+`#k","owner":"`+profile+`","publicKeyPem":`+quote(pemOf(edKey(1)))+`}`)}, profile + "#k", profile, "key.profile", profile, 0},
		{"profile's key set", answers{profile: cid(profile, `"jwks":`+set)}, "k", profile, "key.profile", profile, 0},
		{"key set beside relationships", answers{profile: cid(profile, `"assertionMethod":[],"jwks":`+set)}, "k", profile, "key.not_for_assertion", "", 0},
		{"jwks_uri", answers{profile: cid(profile, `"jwks_uri":"`+keys+`"`), keys: set}, "k", profile, "key.key_set", profile, 0},
		{"jwks_uri elsewhere", answers{profile: cid(profile, `"jwks_uri":"https://evil.example/jwks"`), "https://evil.example/jwks": set}, "k", profile, "key.not_published", "", 0},
		{"jwks_uri down", answers{profile: cid(profile, `"jwks_uri":"`+keys+`"`)}, "k", profile, "key.unreachable", "", 0},
		{"key by kid in a set", answers{keys: set, profile: cid(profile, `"name":"U"`)}, keys + "#k", profile, "key.key_set", "", Read},
		{"set that the profile names", answers{keys: set, profile: cid(profile, `"jwks_uri":"`+keys+`"`)}, keys + "#k", profile, "key.key_set", profile, 0},
		{"set whose key the profile lists", answers{keys: set, profile: listed}, keys + "#k", profile, "key.key_set", profile, 0},
		{"set, profile down", answers{keys: set}, keys + "#k", profile, "key.key_set", "", Unavailable},
		{"set, no profile", answers{keys: set, profile: "404"}, keys + "#k", profile, "key.key_set", "", Absent},
		{"set, no such kid", answers{keys: set, profile: listed}, keys + "#z", profile, "key.not_published", "", 0},
		{"set of two, none named", answers{keys: set, profile: cid(profile, `"name":"U"`)}, keys, profile, "key.key_set key.reference_loose", "", Read},
		{"single key", answers{keys: jwk, profile: cid(profile, `"name":"U"`)}, keys, profile, "key.key_set", "", Read},
		{"single key, some fragment", answers{keys: jwk, profile: cid(profile, `"name":"U"`)}, keys + "#1", profile, "key.key_set key.reference_loose", "", Read},
		{"single key of another name", answers{keys: named, profile: cid(profile, `"name":"U"`)}, keys + "#1", profile, "key.not_published", "", 0},
		{"single key by thumbprint", answers{keys: named, profile: cid(profile, `"name":"U"`)}, keys + "#" + thumbprint(edKey(1)), profile, "key.key_set key.reference_loose", "", Read},
		{"doubled kid", answers{keys: `{"keys":[` + named + `,` + named + `]}`}, keys + "#k", profile, "key.ambiguous", "", 0},
		{"plain http", answers{"http://uni.example/k": jwk}, "http://uni.example/k", profile, "key.address_refused", "", 0},
		{"IP address", answers{}, "https://127.0.0.1/k", profile, "key.address_refused", "", 0},

		// T3, T6: documents that say they are somebody else's.
		{"foreign document claims the issuer's id", answers{evil: cid(profile, `"assertionMethod":[`+methodText(profile+"#k", profile, 6, "")+`]`), profile: listed}, evil + "#k", profile, "key.profile key.reference_loose", "", Read},
		{"foreign document claims a DID", answers{evil: cid(web, `"assertionMethod":[`+methodText(web+"#k", web, 6, "")+`]`), webDocument: didText(`"assertionMethod":[` + methodText("#k", web, 1, "") + `]`)}, evil + "#k", web, "key.profile key.reference_loose", "", Read},
		{"foreign host lists its own key", answers{evil: cid(evil, `"assertionMethod":[`+methodText("#k", evil, 6, "")+`]`), profile: listed}, evil + "#k", profile, "key.profile", evil, Read},
		{"issuer's address serves another id", answers{profile: cid(evil, `"assertionMethod":[`+methodText("#k", evil, 6, "")+`]`)}, "k", profile, "key.document_mismatch", "", 0},
		{"foreign key that the issuer lists by key", answers{evil: cid(evil, `"assertionMethod":[`+methodText("#k", evil, 1, "")+`]`), profile: listed}, evil + "#k", profile, "key.profile", profile, 0},
		{"foreign key that the issuer lists by id", answers{evil: cid(evil, `"assertionMethod":[`+methodText("#k", evil, 1, "")+`]`), profile: cid(profile, `"assertionMethod":["`+evil+`#k"]`)}, evil + "#k", profile, "key.profile", profile, 0},
		{"foreign key, listed for authentication", answers{evil: cid(evil, `"assertionMethod":[`+methodText("#k", evil, 1, "")+`]`), profile: cid(profile, `"authentication":["`+evil+`#k"]`)}, evil + "#k", profile, "key.profile", evil, Read},
		// The issuer lists a key of partner; evil claims to be partner.
		{"stolen foreign id", answers{evil: cid("https://partner.example/p", `"assertionMethod":[`+methodText("#k", "https://partner.example/p", 6, "")+`]`), profile: cid(profile, `"assertionMethod":["https://partner.example/p#k"]`)}, evil + "#k", profile, "key.profile key.reference_loose", "", Read},
		{"did:key that the issuer lists", answers{profile: cid(profile, `"assertionMethod":["did:key:`+edMultibase(1)+`#`+edMultibase(1)+`"]`)}, "did:key:" + edMultibase(1) + "#" + edMultibase(1), profile, "key.did_key", profile, 0},
		{"did:key, bare, that the issuer lists", answers{profile: cid(profile, `"assertionMethod":["did:key:`+edMultibase(1)+`#`+edMultibase(1)+`"]`)}, "did:key:" + edMultibase(1), profile, "key.did_key key.reference_loose", profile, 0},
		{"did:key that the issuer does not list", answers{profile: listed}, "did:key:" + edMultibase(6) + "#" + edMultibase(6), profile, "key.did_key", "did:key:" + edMultibase(6), Read},
		{"did:key, issuer down", answers{}, "did:key:" + edMultibase(6) + "#" + edMultibase(6), profile, "key.did_key", "did:key:" + edMultibase(6), Unavailable},
		{"did:web key that the issuer lists", answers{webDocument: didText(`"assertionMethod":[` + methodText("#k", web, 1, "") + `]`), profile: listed}, web + "#k", profile, "key.did_document", profile, 0},
		{"address, issuer is a DID that lists it", answers{keys: set, webDocument: didText(`"assertionMethod":[` + methodText("#k", web, 1, "") + `]`)}, keys + "#k", web, "key.key_set", web, 0},
		{"issuer has revoked it", answers{keys: set, profile: cid(profile, `"assertionMethod":[`+methodText("#k", profile, 1, `,"revoked":"2020-01-01T00:00:00Z"`)+`]`)}, keys + "#k", profile, "key.revoked", "", 0},
		{"issuer knows it for nothing", answers{keys: set, profile: cid(profile, `"verificationMethod":[`+methodText("#k", profile, 1, "")+`]`)}, keys + "#k", profile, "key.not_for_assertion", "", 0},

		// A verification method that stands alone.
		{"method, listed by its controller", answers{keys: methodText(keys, profile, 1, ""), profile: cid(profile, `"assertionMethod":["`+keys+`"]`)}, keys, profile, "key.profile", profile, 0},
		{"method, same key at its controller", answers{keys: methodText(keys, profile, 1, ""), profile: listed}, keys, profile, "key.profile", profile, 0},
		{"method, controller does not know it", answers{keys: methodText(keys, profile, 6, ""), profile: listed}, keys, profile, "key.profile", "", Read},
		{"method, controller down", answers{keys: methodText(keys, profile, 1, "")}, keys, profile, "key.profile", "", Unavailable},
		{"method under another name", answers{keys: methodText(profile+"#k", profile, 6, ""), profile: listed}, keys, profile, "key.document_mismatch", "", 0},
		{"method, revoked", answers{keys: methodText(keys, profile, 1, `,"revoked":"2020-01-01T00:00:00Z"`), profile: listed}, keys, profile, "key.revoked", "", 0},
		{"method of Open Badges 2.0", answers{keys: `{"id":"` + keys + `","owner":"` + profile + `","publicKeyPem":` + quote(pemOf(edKey(1))) + `}`, profile: cid(profile, `"publicKey":"`+keys+`"`)}, keys, profile, "key.profile", profile, 0},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) { r.run(t, ref(r.keyID)) })
	}
}

// T3: a key in the header is worth what the issuer's document says of it.
func TestHeaderKey(t *testing.T) {
	document := didText(`"verificationMethod":[` + methodText("#k", web, 1, "") + `],"assertionMethod":["#k"]`)
	unlisted := didText(`"verificationMethod":[` + methodText("#k", web, 1, "") + `]`)
	z := "did:key:" + edMultibase(1)
	rows := []struct {
		row
		jwk string
	}{
		{row{"listed", answers{webDocument: document}, "", web, "key.did_document", web, 0}, jwkOf(edKey(1))},
		{row{"another's", answers{webDocument: document}, "", web, "key.in_header", "", Read}, jwkOf(edKey(6))},
		{row{"another's under the right name", answers{webDocument: document}, "k", web, "key.in_header", "", Read}, jwkOf(edKey(6))},
		{row{"not for this", answers{webDocument: unlisted}, "", web, "key.not_for_assertion", "", 0}, jwkOf(edKey(1))},
		{row{"no issuer", answers{}, "", "", "key.in_header", "", NotAsked}, jwkOf(edKey(1))},
		{row{"issuer by name", answers{}, "", "urn:uuid:1", "key.in_header", "", NotAsked}, jwkOf(edKey(1))},
		{row{"did:key", nil, "", z, "key.did_key", z, 0}, jwkOf(edKey(1))},
		{row{"another did:key", nil, "", z, "key.in_header", "", Read}, jwkOf(edKey(6))},
		{row{"profile down", answers{}, "", profile, "key.in_header", "", Unavailable}, jwkOf(edKey(1))},
		{row{"no profile", answers{profile: "404"}, "", profile, "key.in_header", "", Absent}, jwkOf(edKey(1))},
		{row{"profile", answers{profile: cid(profile, `"jwks":{"keys":[`+jwkOf(edKey(1))+`]}`)}, "", profile, "key.profile", profile, 0}, jwkOf(edKey(1))},
		{row{"jwks_uri", answers{profile: cid(profile, `"jwks_uri":"`+keys+`"`), keys: `{"keys":[` + jwkOf(edKey(1)) + `]}`}, "", profile, "key.key_set", profile, 0}, jwkOf(edKey(1))},
		{row{"jwks_uri down", answers{profile: cid(profile, `"jwks_uri":"`+keys+`"`)}, "", profile, "key.in_header", "", Unavailable}, jwkOf(edKey(1))},
		{row{"kid wins", answers{webDocument: document}, web + "#k", web, "key.did_document", web, 0}, jwkOf(edKey(6))},
		// An id that the issuer lists must not be lent to the header's key.
		{row{"borrowed id", answers{profile: cid(profile, `"assertionMethod":["urn:key:1"]`)}, "urn:key:1", profile, "key.in_header", "", Read}, jwkOf(edKey(6))},
		{row{"private", answers{}, "", web, "key.private", "", 0}, with(jwkOf(edKey(1)), `"d":"AA"`)},
		{row{"wrong type", answers{}, "", web, "key.algorithm_mismatch", "", 0}, jwkOf(point(elliptic.P256(), 3))},
		{row{"symmetric", answers{}, "", web, "key.malformed", "", 0}, `{"kty":"oct","k":"AA"}`},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			reference := ref(r.keyID)
			reference.HeaderKey = parse(t, r.jwk)
			r.run(t, reference)
		})
	}
}

// One proof makes us read a handful of documents, whatever they refer to.
func TestFewFetches(t *testing.T) {
	asked := 0
	network := fetch.GetterFunc(func(_ context.Context, request fetch.Request) (fetch.Response, error) {
		asked++
		host := fetch.Host(request.Address)
		body := methodText(request.Address, "https://a"+host+"/k", 1, "")
		if asked > 1 {
			body = cid(request.Address, `"jwks_uri":"https://`+host+`/jwks"`)
		}
		return fetch.Response{Status: 200, Body: []byte(body)}, nil
	})
	find(network, ref("https://x.example/k"), "https://y.example/issuer")
	if asked > library.DocumentsMost {
		t.Errorf("%d requests", asked)
	}
}

func FuzzDIDKey(f *testing.F) {
	f.Add(edMultibase(1))
	f.Add(encode(codeP256, compress(point(elliptic.P256(), 5))))
	f.Add(encode(codeJWK, []byte(jwkOf(point(elliptic.P384(), 5)))))
	f.Add(encode(codeRSA, x509.MarshalPKCS1PublicKey(rsaPublic(2048))))
	f.Fuzz(func(t *testing.T, text string) {
		for _, method := range []string{"key:", "jwk:", "web:", "ebsi:"} {
			keys, findings := find(answers{}, ref("did:"+method+text), "did:"+method+text)
			if (len(keys) > 0) != findings.Outcome().Lets() {
				t.Errorf("%d keys, %v", len(keys), findings)
			}
			for _, k := range keys {
				if sound(k.Public) != nil {
					t.Errorf("unsound key from %q", text)
				}
			}
		}
	})
}

func FuzzDocument(f *testing.F) {
	f.Add(didText(`"assertionMethod":[`+methodText("#k", web, 1, "")+`]`), "#k")
	f.Add(`{"keys":[`+with(jwkOf(edKey(1)), `"kid":"k"`)+`]}`, "k")
	f.Add(cid(profile, `"jwks_uri":"`+keys+`","publicKey":"`+keys+`"`), "")
	f.Add(`{"id":"#k","controller":"did:web:example.com","publicKeyPem":`+quote(pemOf(edKey(1)))+`}`, "#k")
	f.Fuzz(func(t *testing.T, body, fragment string) {
		network := fetch.GetterFunc(func(context.Context, fetch.Request) (fetch.Response, error) {
			return fetch.Response{Status: 200, Body: []byte(body)}, nil
		})
		for _, r := range []row{{keyID: web + fragment, issuer: web}, {keyID: profile + fragment, issuer: web}, {keyID: fragment, issuer: profile}} {
			keys, findings := find(network, ref(r.keyID), r.issuer)
			if (len(keys) > 0) != findings.Outcome().Lets() {
				t.Errorf("%d keys, %v", len(keys), findings)
			}
			for _, k := range keys {
				if sound(k.Public) != nil || k.ListedBy != "" && k.ListedBy != web && k.ListedBy != profile {
					t.Errorf("%+v", k)
				}
			}
		}
	})
}

// A document of more methods than are looked at is refused as a whole, and
// not read to its end first.
func TestManyMethods(t *testing.T) {
	var methods strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&methods, `{"id":"#%d"},`, i)
	}
	row{network: did(`"verificationMethod":[` + methods.String() + `{}]`), issuer: web, codes: "key.document_too_large"}.run(t, ref(web+"#k"))
}
