package linked_test

import (
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/linked"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const ownContext = `"@context":["https://www.w3.org/ns/credentials/v2",{"fullName":"https://evil.example/nick","Zed":"https://evil.example/Zed","title":"https://schema.org/name"}]`

// TestRead: what is read of a document whose meaning is signed, whose own words
// do not count, and which comes together wherever it stands.
func TestRead(t *testing.T) {
	library := jsonld.NewLibrary(contexts.Find)
	for _, row := range []struct{ name, subject, want string }{
		{"own words", `{"type":"Zed","fullName":"Boss"}`, `{"type":["https://evil.example/Zed"],"https://evil.example/nick":"Boss"}`},
		{"own words with an id", `{"id":"urn:x:1","type":["Zed"],"fullName":"Boss"}`, `{"id":"urn:x:1","type":["https://evil.example/Zed"],"https://evil.example/nick":"Boss"}`},
		{"public words under other names", `{"title":"B","https://schema.org/description":"D"}`, `{"name":"B","description":"D"}`},
		{"one text in an array, and twice", `{"id":"urn:x:1","name":["B"],"description":["D",{"@value":"D"}]}`, `{"id":"urn:x:1","name":"B","description":"D"}`},
		{"two places", `[{"id":"urn:x:1","description":"D"},{"id":"urn:x:1","name":"B"}]`, `{"id":"urn:x:1","description":"D","name":"B"}`},
		{"under words that nobody reads", `{"id":"urn:x:2","https://a.example/knows":{"id":"urn:x:1","name":"B"}}`, `{"id":"urn:x:2","https://a.example/knows":{"id":"urn:x:1"}}`},
		{"reversed", `{"id":"urn:x:1","name":"B","https://a.example/knows":{"id":"urn:x:3","@reverse":{"https://schema.org/result":{"id":"urn:x:1"}}}}`,
			`{"id":"urn:x:1","name":"B","result":{"id":"urn:x:3"},"https://a.example/knows":{"id":"urn:x:3"}}`},
		{"a label", `{"id":"_:Doctor","name":"B"}`, `{"name":"B"}`},
		{"a list", `{"name":{"@list":["B","A","B"]}}`, `{"name":["B","A"]}`},
		{"languages", `{"name":[{"@value":"B","@language":"EN"},{"@value":"B","@language":"en"},"B"]}`, `{"name":[{"@value":"B","@language":"en"},"B"]}`},
		{"numbers by the other address", `{"https://schema.org/value":{"@value":"5.5E0","@type":"https://www.w3.org/2001/XMLSchema#float"}}`, `{"value":5.5}`},
		{"numbers", `{"https://schema.org/value":[5,5.5,1e21,true],"https://schema.org/point":5}`, `{"value":[5,5.5,1e+21,true],"point":5}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			document, err := strictjson.Parse([]byte(`{` + ownContext + `,"id":"urn:x:0","type":["VerifiableCredential"],"issuer":"did:web:a.example","credentialSubject":` + row.subject + `}`))
			if err != nil {
				t.Fatal(err)
			}
			before := string(document.Append(nil))
			reading, err := linked.New(document, library).Read(0)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(reading.At("credentialSubject").Append(nil)); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
			if string(document.Append(nil)) != before {
				t.Error("the document was changed")
			}
		})
	}
}

// TestReadAsItIs: an ordinary document is read as it stands; every value knows
// its place where it is not.
func TestReadAsItIs(t *testing.T) {
	library := jsonld.NewLibrary(contexts.Find)
	const text = `{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"urn:x:0","type":["VerifiableCredential","OpenBadgeCredential"],` +
		`"issuer":{"id":"did:web:a.example","type":"Profile","name":"A"},"credentialSubject":{"type":"AchievementSubject","achievement":{"id":"urn:a:1","type":"Achievement","name":"B","tag":["x","x"],"criteria":{"narrative":"n"}},"result":[{"type":"Result","value":"1"}]}}`
	read := func(text string) (document, reading strictjson.Value, d *linked.Document) {
		document, err := strictjson.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		d = linked.New(document, library)
		if reading, err = d.Read(0); err != nil {
			t.Fatal(err)
		}
		return document, reading, d
	}
	if document, reading, _ := read(text); !reading.Is(document) {
		t.Errorf("%s", reading.Append(nil))
	}
	for from, to := range map[string]string{
		`"name":"B"`:                     `"name":["B"]`,
		`"criteria":{`:                   `"criteria":{"id":"_:x",`,
		`"value":"1"`:                    `"value":["1","1"]`,
		`context-3.0.3.json"`:            `context-3.0.3.json",{"x":"urn:x"}`,
		`"id":"urn:a:1"`:                 `"id":"urn:x:0"`,
		`"type":"Profile"`:               `"type":["Profile","VerifiableCredential"]`,
		`"criteria":{"narrative":"n"}`:   `"criteria":"https://a.example/c"`,
		`"achievement":{"id":"urn:a:1",`: `"achievement":{"@id":"urn:a:1",`,
		`"type":"Result","value":"1"`:    `"type":"Result","value":{"@value":"1"}`,
		`{"type":"Result","value":"1"}`:  `{"type":"Result","value":null,"description":"x"}`,
	} {
		changed := strings.Replace(text, from, to, 1)
		if document, reading, _ := read(changed); changed == text || reading.Is(document) {
			t.Errorf("%s is read as it stands", to)
		}
	}
	_, _, d := read(strings.Replace(text, `"name":"B"`, `"https://schema.org/name":["B"]`, 1))
	for pointer, want := range map[string]string{
		"/credentialSubject/achievement/name": "/credentialSubject/achievement/https:~1~1schema.org~1name/0",
		"/credentialSubject/achievement/id":   "/credentialSubject/achievement/id",
		"/credentialSubject/result/value":     "/credentialSubject/result/0/value",
		"/id":                                 "/id",
		"/nothing/here":                       "/nothing/here",
		"":                                    "",
	} {
		if got := d.Place(0, pointer); got != want {
			t.Errorf("%s stands at %s, want %s", pointer, got, want)
		}
	}
}

// FuzzRead: whatever a document is, it is read or refused, and its graph says
// the same as it does itself.
func FuzzRead(f *testing.F) {
	library := jsonld.NewLibrary(contexts.Find)
	f.Add([]byte(`{` + ownContext + `,"id":"urn:x:0","type":["VerifiableCredential"],"issuer":"did:web:a.example","credentialSubject":{"id":"urn:x:0","name":["B",{"@list":[1]}]}}`))
	f.Add([]byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":{"id":"did:web:a.example","":1},"credentialSubject":[{"@id":"_:x"},{"@reverse":{"issuer":{"id":"urn:x"}}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		document, err := strictjson.Parse(data)
		if err != nil || document.Kind() != strictjson.Object {
			return
		}
		d := linked.New(document, library)
		for variant := range d.Readings() {
			read, err := d.Read(variant)
			d.Place(variant, "/credentialSubject/name/0")
			if err != nil {
				if report.CodeOf(err) == report.InternalUnexpected {
					t.Error(err)
				}
				continue
			}
			if again, err := linked.New(document, library).Read(variant); err != nil || !again.Equal(read) {
				t.Error("it is read otherwise the second time")
			}
		}
		if d.CheckForm() == nil && !d.Same(0, d.Readings()-1) {
			return
		}
	})
}
