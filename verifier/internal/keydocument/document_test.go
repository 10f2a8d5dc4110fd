package keydocument

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/samplekey"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const (
	web     = "did:web:example.com"
	profile = "https://example.com/issuer"
)

func parse(t testing.TB, text string) strictjson.Value {
	t.Helper()
	value, err := strictjson.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return value
}

// method writes a verification method with the n-th Ed25519 key.
func methodText(id string, n byte) string {
	return `{"id":"` + id + `","controller":"` + web + `","publicKeyMultibase":"` + samplekey.Multikey(0xed, samplekey.Ed25519(n)) + `"}`
}

// What a document says is told by its entries: id or kid, and the purposes.
func TestRead(t *testing.T) {
	jwk := samplekey.JWK(samplekey.Ed25519(1))
	named := strings.TrimSuffix(jwk, "}") + `,"kid":"k"}`
	own := methodText("#k", 1)
	rows := []struct {
		name, identifier, text string
		kind                   Kind
		want                   string
		speaks                 bool
		code                   report.Code
	}{
		{"listed", web, `{"id":"` + web + `","verificationMethod":[` + own + `],"assertionMethod":["#k"]}`, DIDDocument, web + "#k [assertionMethod]", true, ""},
		{"listed before it is defined", web, `{"id":"` + web + `","assertionMethod":["#k"],"authentication":[` + own + `]}`, DIDDocument, web + "#k [authentication assertionMethod]", true, ""},
		{"listed for nothing", web, `{"id":"` + web + `","verificationMethod":[` + own + `]}`, DIDDocument, web + "#k []", true, ""},
		{"of another id", web, `{"id":"did:web:evil.example","assertionMethod":[` + methodText("#k", 1) + `]}`, DIDDocument, "did:web:evil.example#k [assertionMethod]", false, ""},
		{"another's method", web, `{"id":"` + web + `","assertionMethod":[` + methodText("did:web:evil.example#k", 1) + `]}`, DIDDocument, "", true, ""},
		{"without id", web, `{"assertionMethod":[` + own + `]}`, DIDDocument, web + "#k [assertionMethod]", false, ""},
		{"profile", profile, `{"id":"` + profile + `","publicKey":[` + own + `]}`, Profile, profile + "#k [*]", true, ""},
		{"profile that knows relationships", profile, `{"id":"` + profile + `","assertionMethod":[],"publicKey":[` + own + `]}`, Profile, profile + "#k []", true, ""},
		{"profile with a set", profile, `{"id":"` + profile + `","jwks":{"keys":[` + named + `]}}`, Profile, "k [*]", true, ""},
		{"key set", profile, `{"keys":[` + named + `,"x",` + jwk + `]}`, KeySet, "k [*]  [*]", false, ""},
		{"one key", profile, jwk, KeySet, " [*]", false, ""},
		{"lone method", profile, methodText("https://elsewhere.example/k", 1), Profile, "https://elsewhere.example/k []", false, ""},
		{"key set for a DID", web, `{"keys":[` + named + `]}`, "", "", false, report.KeyDocumentInvalid},
		{"id with a fragment", web, `{"id":"` + web + `#x"}`, "", "", false, report.KeyDocumentInvalid},
		{"nothing", web, `{}`, "", "", false, report.KeyDocumentInvalid},
		{"list", web, `[]`, "", "", false, report.KeyDocumentInvalid},
		{"deactivated", web, `{"id":"` + web + `","deactivated":true}`, "", "", false, report.KeyDeactivated},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			d, err := Read(parse(t, row.text), row.identifier)
			if report.CodeOf(err) != row.code {
				t.Fatalf("%v, want %q", err, row.code)
			}
			if err != nil {
				return
			}
			var got []string
			for i := range d.Entries {
				got = append(got, fmt.Sprint(d.Entries[i].ID, d.Entries[i].KID, " ", d.Entries[i].Purposes))
			}
			if d.Kind != row.kind || d.Speaks() != row.speaks || strings.Join(got, " ") != row.want {
				t.Errorf("%s %v %q, want %s %v %q", d.Kind, d.Speaks(), got, row.kind, row.speaks, row.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"id":"` + web + `","assertionMethod":[` + methodText("#k", 1) + `,"#k","` + profile + `#x"]}`))
	f.Add([]byte(`{"keys":[` + samplekey.JWK(samplekey.Ed25519(1)) + `]}`))
	f.Add([]byte(`{"didDocument":{"id":"` + web + `"},"didDocumentMetadata":{"deactivated":true}}`))
	f.Add([]byte(methodText("#k", 1)))
	f.Add([]byte("-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		sound := func(e *Entry) {
			public, err := e.Key()
			if err == nil && publickey.Check(public) != nil {
				t.Errorf("an unsound key %+v", e)
			}
			if err != nil && report.CodeOf(err) == report.InternalUnexpected {
				t.Error(err)
			}
		}
		entries, err := Supplied(data)
		if (err == nil) != (len(entries) > 0) || report.CodeOf(err) == report.InternalUnexpected {
			t.Fatal(len(entries), err)
		}
		for i := range entries {
			sound(&entries[i])
			if entries[i].Public == nil {
				t.Error("no key")
			}
		}
		value, err := strictjson.Parse(data)
		if err != nil {
			return
		}
		for _, identifier := range []string{web, profile} {
			d, err := Read(value, identifier)
			if err != nil {
				if report.CodeOf(err) == report.InternalUnexpected {
					t.Error(err)
				}
				continue
			}
			if d.Full() || d.Speaks() && d.ID != identifier {
				t.Errorf("%+v", d)
			}
			for i := range d.Entries {
				sound(&d.Entries[i])
				// A method's id lies in the document, unless it stands alone.
				if id := d.Entries[i].ID; id != "" && !d.Lone && !strings.HasPrefix(id, d.Base) {
					t.Errorf("%s is not of %s", id, d.Base)
				}
			}
		}
	})
}
