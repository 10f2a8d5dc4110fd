package trust

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const (
	digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	anyone = `{"names":{"en":"Uni"},"vouches":["identity"],"identifiers":[{"did":"did:web:uni.example"}]}`
)

// listText writes a list with members besides its head.
func listText(members ...string) string {
	return `{"sealcheckTrustList":1,"name":"List","issued":"2026-01-01T00:00:00Z"` + strings.Join(append([]string{""}, members...), ",") + `}`
}

// issuerText writes a list with one issuer, of which parts are replaced.
func issuerText(replace ...string) string {
	return listText(`"issuers":[` + strings.NewReplacer(replace...).Replace(anyone) + `]`)
}

// identifierText writes a list with one issuer of one identifier.
func identifierText(identifier string) string {
	return issuerText(`{"did":"did:web:uni.example"}`, identifier)
}

func authorityText(members string) string {
	return listText(`"authorities":[{` + members + `}]`)
}

func TestParse(t *testing.T) {
	root := newAuthority(t, authorityTemplate("Root"), nil)
	der := base64.StdEncoding.EncodeToString(root.certificate.Raw)
	whole := listText(
		`"url":"https://list.example/","expires":"2026-12-31T00:00:00+01:00","test":true,"note":"n"`,
		`"authorities":[{"name":"Root","certificate":"`+der+`","publicKey":"`+strings.ToUpper(spkiOf(root.certificate))+`","from":"2020-01-01T00:00:00Z","until":"2030-01-01T00:00:00Z","source":"s"},{"name":"Key","publicKey":"`+digest+`"}]`,
		`"issuers":[{"names":{"de":"Schule","en":"School"},"country":"DE","vouches":["identity","issuing"],"for":{"types":["A","B"]},"from":"2020-01-01T00:00:00Z","until":"2030-01-01T00:00:00Z",
		  "test":false,"source":"s","note":"n","withdrawn":{"since":"2029-01-01T00:00:00Z","reason":"r"},
		  "identifiers":[{"did":"did:web:uni.example"},{"domain":"Uni.example"},{"domain":"uni.example","prefix":"/a/"},{"prefix":"/b/","domain":"uni.example:8443"},{"publicKey":"`+digest+`"},{"organisation":"VATDE-1"}]}]`)
	for name, text := range map[string]string{
		"nobody":               listText(),
		"empty arrays":         listText(`"issuers":[]`, `"authorities":[]`),
		"one issuer":           listText(`"issuers":[` + anyone + `]`),
		"everything":           whole,
		"white space":          " \n" + listText() + "\n",
		"only withdrawn":       issuerText(`"vouches":["identity"]`, `"withdrawn":{"since":"2026-01-01T00:00:00Z"}`),
		"withdrawn, no reason": issuerText(`"vouches"`, `"withdrawn":{"since":"2026-01-01T00:00:00Z"},"vouches"`),
		"certificate alone":    authorityText(`"name":"Root","certificate":"` + der + `"`),
	} {
		if _, err := Parse([]byte(text)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	list, err := Parse([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	e := list.entries[0]
	if list.Name != "List" || !list.Test || len(list.SHA256) != 64 || list.Expires.Format("15:04 MST") != "23:00 UTC" ||
		len(list.authorities) != 2 || list.authorities[0].spki != spkiOf(root.certificate) || list.authorities[1].certificate != nil ||
		strings.Join(e.names, " ") != "School Schule" || !e.identity || !e.issuing || len(e.types) != 2 || e.reason != "r" ||
		len(e.dids) != 1 || len(e.spkis) != 1 || len(e.organisations) != 1 || len(e.domains) != 3 ||
		e.domains[0] != (domain{"uni.example", ""}) || e.domains[2] != (domain{"uni.example:8443", "/b/"}) {
		t.Errorf("%+v", list)
	}
}

// Half a list could hide a withdrawal: one thing that is not understood, and
// nothing of it is.
func TestParseRefuses(t *testing.T) {
	root := newAuthority(t, authorityTemplate("Root"), nil)
	der := base64.StdEncoding.EncodeToString(root.certificate.Raw)
	for name, text := range map[string]string{
		"nothing":              ``,
		"no JSON":              `<list/>`,
		"cut short":            listText()[:40],
		"something behind":     listText() + "{}",
		"a list of lists":      `[` + listText() + `]`,
		"a text":               `"list"`,
		"a doubled member":     listText(`"name":"Other"`),
		"version 2":            strings.Replace(listText(), `:1,`, `:2,`, 1),
		"version as a text":    strings.Replace(listText(), `:1,`, `:"1",`, 1),
		"version with a rest":  strings.Replace(listText(), `:1,`, `:1.5,`, 1),
		"no version":           `{"name":"List","issued":"2026-01-01T00:00:00Z"}`,
		"no name":              `{"sealcheckTrustList":1,"issued":"2026-01-01T00:00:00Z"}`,
		"empty name":           `{"sealcheckTrustList":1,"name":"","issued":"2026-01-01T00:00:00Z"}`,
		"name a map":           `{"sealcheckTrustList":1,"name":{},"issued":"2026-01-01T00:00:00Z"}`,
		"no date of issue":     `{"sealcheckTrustList":1,"name":"List"}`,
		"issued a day":         strings.Replace(listText(), `T00:00:00Z`, ``, 1),
		"issued without zone":  strings.Replace(listText(), `00Z`, `00`, 1),
		"issued a number":      `{"sealcheckTrustList":1,"name":"List","issued":1767225600}`,
		"expires at no date":   listText(`"expires":"never"`),
		"expires null":         listText(`"expires":null`),
		"expires at zero":      listText(`"expires":"0001-01-01T00:00:00Z"`),
		"test a text":          listText(`"test":"false"`),
		"test null":            listText(`"test":null`),
		"unknown member":       listText(`"revoked":[]`),
		"member in other case": listText(`"Issuers":[]`),
		"issuers an object":    listText(`"issuers":` + anyone),
		"issuers null":         listText(`"issuers":null`),
		"issuer a text":        listText(`"issuers":["did:web:uni.example"]`),
		"issuer null":          listText(`"issuers":[null]`),

		"unknown member of an issuer":  issuerText(`"vouches"`, `"suspended":true,"vouches"`),
		"no names":                     issuerText(`"names":{"en":"Uni"},`, ``),
		"names empty":                  issuerText(`{"en":"Uni"}`, `{}`),
		"names a text":                 issuerText(`{"en":"Uni"}`, `"Uni"`),
		"names a list":                 issuerText(`{"en":"Uni"}`, `["Uni"]`),
		"a name that is empty":         issuerText(`{"en":"Uni"}`, `{"en":"Uni","de":""}`),
		"a name that is a list":        issuerText(`{"en":"Uni"}`, `{"en":["Uni"]}`),
		"vouches for nothing":          issuerText(`"vouches":["identity"],`, ``),
		"vouches empty":                issuerText(`["identity"]`, `[]`),
		"vouches a text":               issuerText(`["identity"]`, `"identity"`),
		"vouches for something else":   issuerText(`["identity"]`, `["identity","quality"]`),
		"vouches in capitals":          issuerText(`["identity"]`, `["Identity"]`),
		"vouches a number":             issuerText(`["identity"]`, `[1]`),
		"withdrawn true":               issuerText(`"vouches"`, `"withdrawn":true,"vouches"`),
		"withdrawn null":               issuerText(`"vouches"`, `"withdrawn":null,"vouches"`),
		"withdrawn since no date":      issuerText(`"vouches"`, `"withdrawn":{"since":"2026"},"vouches"`),
		"withdrawn without since":      issuerText(`"vouches"`, `"withdrawn":{"reason":"r"},"vouches"`),
		"withdrawn since zero":         issuerText(`"vouches"`, `"withdrawn":{"since":"0001-01-01T00:00:00Z"},"vouches"`),
		"withdrawn with something":     issuerText(`"vouches"`, `"withdrawn":{"since":"2026-01-01T00:00:00Z","until":"x"},"vouches"`),
		"scope a list":                 issuerText(`"vouches"`, `"for":["A"],"vouches"`),
		"scope empty":                  issuerText(`"vouches"`, `"for":{},"vouches"`),
		"scope of no types":            issuerText(`"vouches"`, `"for":{"types":[]},"vouches"`),
		"scope of an empty type":       issuerText(`"vouches"`, `"for":{"types":["A",""]},"vouches"`),
		"scope of a number":            issuerText(`"vouches"`, `"for":{"types":[1]},"vouches"`),
		"scope by something else":      issuerText(`"vouches"`, `"for":{"types":["A"],"countries":["DE"]},"vouches"`),
		"from no date":                 issuerText(`"vouches"`, `"from":"today","vouches"`),
		"until no date":                issuerText(`"vouches"`, `"until":"","vouches"`),
		"test entry a number":          issuerText(`"vouches"`, `"test":1,"vouches"`),
		"no identifiers":               issuerText(`,"identifiers":[{"did":"did:web:uni.example"}]`, ``),
		"identifiers empty":            identifierText(``),
		"identifiers an object":        issuerText(`[{"did":"did:web:uni.example"}]`, `{"did":"did:web:uni.example"}`),
		"identifier a text":            identifierText(`"did:web:uni.example"`),
		"identifier empty":             identifierText(`{}`),
		"identifier of another kind":   identifierText(`{"did":"did:web:uni.example"},{"lei":"1"}`),
		"two kinds at once":            identifierText(`{"did":"did:web:uni.example","domain":"uni.example"}`),
		"DID with a prefix":            identifierText(`{"did":"did:web:uni.example","prefix":"/a/"}`),
		"key with a prefix":            identifierText(`{"prefix":"/a/","publicKey":"` + digest + `"}`),
		"no DID":                       identifierText(`{"did":"https://uni.example"}`),
		"DID with a fragment":          identifierText(`{"did":"did:web:uni.example#k"}`),
		"DID with a path":              identifierText(`{"did":"did:web:uni.example/a"}`),
		"DID empty":                    identifierText(`{"did":""}`),
		"DID null":                     identifierText(`{"did":null}`),
		"prefix alone":                 identifierText(`{"prefix":"/a/"}`),
		"domain empty":                 identifierText(`{"domain":""}`),
		"domain an address":            identifierText(`{"domain":"https://uni.example"}`),
		"domain with a path":           identifierText(`{"domain":"uni.example/a"}`),
		"domain of a did:web":          identifierText(`{"domain":"uni.example%3A8443"}`),
		"domain with a user":           identifierText(`{"domain":"a@uni.example"}`),
		"domain with a wildcard":       identifierText(`{"domain":"*.uni.example"}`),
		"domain in another alphabet":   identifierText(`{"domain":"üni.example"}`),
		"domain with a space":          identifierText(`{"domain":"uni.example "}`),
		"domain with a full stop":      identifierText(`{"domain":"uni.example."}`),
		"prefix without end":           identifierText(`{"domain":"uni.example","prefix":"/university"}`),
		"prefix without beginning":     identifierText(`{"domain":"uni.example","prefix":"university/"}`),
		"prefix of everything":         identifierText(`{"domain":"uni.example","prefix":"/"}`),
		"prefix empty":                 identifierText(`{"domain":"uni.example","prefix":""}`),
		"prefix null":                  identifierText(`{"domain":"uni.example","prefix":null}`),
		"key in base64":                identifierText(`{"publicKey":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}`),
		"key too short":                identifierText(`{"publicKey":"e3b0c442"}`),
		"key empty":                    identifierText(`{"publicKey":""}`),
		"organisation empty":           identifierText(`{"organisation":""}`),
		"authorities an object":        listText(`"authorities":{}`),
		"authority without name":       authorityText(`"publicKey":"` + digest + `"`),
		"authority without key":        authorityText(`"name":"Root"`),
		"authority with something":     authorityText(`"name":"Root","publicKey":"` + digest + `","crl":"https://x"`),
		"authority with a bad key":     authorityText(`"name":"Root","publicKey":"` + digest[1:] + `"`),
		"authority of two keys":        authorityText(`"name":"Root","publicKey":"` + digest + `","certificate":"` + der + `"`),
		"authority's certificate bad":  authorityText(`"name":"Root","certificate":"AAAA"`),
		"authority's certificate PEM":  authorityText(`"name":"Root","certificate":"-----BEGIN CERTIFICATE-----"`),
		"authority's certificate cut":  authorityText(`"name":"Root","certificate":"` + der[:len(der)-8] + `"`),
		"authority in force from when": authorityText(`"name":"Root","publicKey":"` + digest + `","from":"1"`),
		"too large":                    listText() + strings.Repeat(" ", limits.TrustListBytes),
		// A good entry does not save one that is not understood.
		"one bad of two": listText(`"issuers":[` + anyone + `,` + strings.Replace(anyone, "did:web", "web", 1) + `]`),
	} {
		t.Run(name, func(t *testing.T) {
			if list, err := Parse([]byte(text)); err == nil || list != nil {
				t.Errorf("accepted: %s", text)
			}
		})
	}
}

func TestParseTooMany(t *testing.T) {
	one := `{"name":"Key","publicKey":"` + digest + `"}`
	text := `"authorities":[` + strings.Repeat(one+",", limits.TrustEntries) + one + `]`
	if _, err := Parse([]byte(listText(text))); err == nil {
		t.Error("accepted")
	}
}

func TestLoad(t *testing.T) {
	lists := Load([]Source{
		{Name: "Good", Data: []byte("\ufeff" + listText(`"expires":"2027-01-01T00:00:00Z"`))},
		{Name: "Bad", Data: []byte(`{}`)},
		{Name: "Away", Data: []byte(listText()), Err: errors.New("no answer")},
	})
	described := lists.Describe()
	if len(described) != 3 || described[0].Name != "List" || described[0].Problem != "" || described[0].Expires == nil || described[0].Issued == nil {
		t.Errorf("%+v", described)
	}
	if described[1].Name != "Bad" || described[1].Problem != report.TrustListInvalid || len(described[1].SHA256) != 64 {
		t.Errorf("%+v", described[1])
	}
	if described[2].Name != "Away" || described[2].Problem != report.TrustListUnreachable || described[2].SHA256 != "" {
		t.Errorf("%+v", described[2])
	}
	if all := Load(nil).Describe(); len(all) != 0 {
		t.Error(all)
	}
}

func FuzzParse(f *testing.F) {
	root := newAuthority(f, authorityTemplate("Root"), nil)
	f.Add([]byte(listText(`"issuers":[` + anyone + `]`)))
	f.Add([]byte(identifierText(`{"domain":"uni.example","prefix":"/a/"},{"organisation":"VATDE-1"},{"publicKey":"` + digest + `"}`)))
	f.Add([]byte(issuerText(`"vouches"`, `"withdrawn":{"since":"2026-01-01T00:00:00Z","reason":"r"},"for":{"types":["A"]},"from":"2020-01-01T00:00:00Z","test":true,"vouches"`)))
	f.Add([]byte(authorityText(`"name":"Root","certificate":"` + base64.StdEncoding.EncodeToString(root.certificate.Raw) + `"`)))
	files, _ := filepath.Glob("../../testdata/trust/*.json")
	for _, file := range files {
		if data, err := os.ReadFile(file); err == nil {
			f.Add(data)
		}
	}
	keys := sampleKeys(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := Parse(data)
		if err != nil {
			if list != nil {
				t.Error("half a list")
			}
			return
		}
		if list.Name == "" || list.Issued.IsZero() || len(list.SHA256) != 64 {
			t.Errorf("%+v", list)
		}
		for _, e := range list.entries {
			if len(e.names) == 0 || e.names[0] == "" || e.issuing && !e.identity || !e.identity && e.withdrawn.IsZero() ||
				len(e.dids)+len(e.spkis)+len(e.organisations)+len(e.domains) == 0 {
				t.Errorf("%+v", e)
			}
		}
		for _, a := range list.authorities {
			if len(a.spki) != 64 {
				t.Errorf("%+v", a)
			}
		}
		// Whoever it names, the answer is one of the table's.
		lists := Load([]Source{{Name: "fuzz", Data: data}})
		for _, k := range keys {
			standing, findings := lists.Check(credentialOf(k.ListedBy), k, at)
			if len(findings) == 0 || findings.Outcome() == report.Pass && (standing.Name == "" || standing.List != list.Name) {
				t.Errorf("%+v %v", standing, findings)
			}
			if list.Test && findings.Outcome() == report.Pass {
				t.Error("a test list proves something")
			}
		}
	})
}
