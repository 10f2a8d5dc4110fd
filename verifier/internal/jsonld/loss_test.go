package jsonld

import (
	"errors"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const (
	v1     = "https://www.w3.org/2018/credentials/v1"
	v2     = "https://www.w3.org/ns/credentials/v2"
	badges = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
)

// made are contexts of which the tests need more than the known ones have.
var made = map[string]string{
	"https://test.example/plain": `{"@context": {"ex": "https://ex.example/#", "title": "ex:title", "Kind": "ex:Kind", "id": "@id", "type": "@type",
		"part": "ex:part", "link": {"@id": "ex:link", "@type": "@id"}, "word": {"@id": "ex:word", "@type": "@vocab"},
		"steps": {"@id": "ex:steps", "@container": "@list"}, "names": {"@id": "ex:names", "@container": "@language"},
		"parts": {"@id": "ex:parts", "@container": "@graph"}, "byId": {"@id": "ex:byId", "@container": "@id"},
		"byIndex": {"@id": "ex:byIndex", "@container": "@index"}, "byTitle": {"@id": "ex:byTitle", "@container": "@index", "@index": "title"},
		"holder": {"@id": "ex:holder", "@context": {"inner": "ex:inner"}},
		"Local": {"@id": "ex:Local", "@context": {"near": "ex:near"}},
		"Far": {"@id": "ex:Far", "@context": {"@propagate": true, "far": "ex:far"}}}}`,
	"https://test.example/guarded":  `{"@context": {"@protected": true, "name": "https://schema.org/name", "id": "@id", "type": "@type"}}`,
	"https://test.example/reserved": `{"@context": {"@later": "https://ex.example/later", "title": "https://ex.example/title"}}`,
	"https://test.example/rtl":      `{"@context": {"title": {"@id": "https://ex.example/title", "@direction": "rtl"}}}`,
	"https://test.example/vocab":    `{"@context": {"@vocab": "https://ex.example/vocab#"}}`,
	"https://test.example/language": `{"@context": {"@language": "de", "title": "https://ex.example/title"}}`,
	"https://test.example/broken":   `{"@context": {"title": {"@id": 7}}}`,
	"https://test.example/list":     `{"@context": "https://test.example/plain"}`,
	"https://test.example/loop":     `{"@context": "https://test.example/loop"}`,
	"https://test.example/none":     `{"title": "https://ex.example/title"}`,
	"https://test.example/again": `{"@context": {"deeper": {"@id": "https://ex.example/deeper", "@context": "https://test.example/again"},
		"title": "https://ex.example/title"}}`,
	"https://test.example/unheard": `{"@context": {"Kind": {"@id": "https://ex.example/Kind", "@context": "https://nobody.example/"}}}`,
}

func source(address string) []strictjson.Value {
	if text, ok := made[address]; ok {
		value, err := strictjson.Parse([]byte(text))
		if err != nil {
			panic(err)
		}
		return []strictjson.Value{value}
	}
	return contexts.Find(address)
}

// refusal is the error of reading a document without loss, nil for none.
func refusal(t testing.TB, library *Library, document string) *Error {
	t.Helper()
	expanded, err := library.Expand(parse(t, document), Options{Lossless: true, Trace: true})
	if err == nil {
		_, err = expanded.Quads()
	}
	if err == nil {
		return nil
	}
	var broken *Error
	if !errors.As(err, &broken) {
		t.Fatalf("%v is no *Error", err)
	}
	return broken
}

// lossTest is a document and the code that refuses it, "" for none.
type lossTest struct {
	name, document string
	code           report.Code
	pointer        string
}

func runLosses(t *testing.T, tests []lossTest) {
	library := NewLibrary(source)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			broken := refusal(t, library, test.document)
			switch {
			case broken == nil && test.code != "":
				t.Fatalf("accepted, want %s", test.code)
			case broken == nil:
			case broken.Code != test.code:
				t.Fatalf("%v, want %q", broken, test.code)
			case broken.Pointer != test.pointer:
				t.Errorf("pointer %q, want %q", broken.Pointer, test.pointer)
			}
			if broken != nil && broken.Problem().Code != test.code {
				t.Error("another code in the report")
			}
		})
	}
}

// with is a document over contexts, given as JSON, with more members.
func with(contexts, members string) string {
	if members != "" {
		members = ", " + members
	}
	return `{"@context": ` + contexts + members + `}`
}

const plainContext = `"https://test.example/plain"`

// TestT9Losses lists what a document can say and RDF would lose: each is
// refused with a code of its own, and its neighbour that loses nothing is not.
func TestT9Losses(t *testing.T) {
	credential := func(members string) string {
		return with(`["`+v2+`", "`+badges+`"]`, `"id": "urn:uuid:1", "type": ["VerifiableCredential", "OpenBadgeCredential"],
			"issuer": {"id": "did:web:uni.example", "type": "Profile"}, "validFrom": "2026-01-01T00:00:00Z",
			"credentialSubject": {"id": "did:key:z1", "type": "AchievementSubject"`+members)
	}
	plain := func(members string) string { return with(plainContext, `"title": "x", `+members) }
	literal := func(value string) string { return plain(`"part": ` + value) }
	runLosses(t, []lossTest{
		{"nothing lost", credential(`}, "name": "x"`), "", ""},
		{"undefined key", credential(`}, "grade": "A"`), report.ContextTermUndefined, "/grade"},
		{"undefined key with null", credential(`}, "grade": null`), report.ContextTermUndefined, "/grade"},
		{"undefined key in a nested node", credential(`, "achievement": {"type": "Achievement", "grade": "A"}}`), report.ContextTermUndefined, "/credentialSubject/achievement/grade"},
		{"undefined key in a list", plain(`"steps": ["a", {"title": "b", "grade": "A"}]`), report.ContextTermUndefined, "/steps/1/grade"},
		{"undefined key in a set", plain(`"part": {"@set": [{"grade": "A"}]}`), report.ContextTermUndefined, "/part/@set/0/grade"},
		{"undefined key in a graph", plain(`"parts": {"title": "b", "grade": "A"}`), report.ContextTermUndefined, "/parts/grade"},
		{"undefined key in a reverse", plain(`"@reverse": {"part": {"grade": "A"}}`), report.ContextTermUndefined, "/@reverse/part/grade"},
		{"undefined key in an id map", plain(`"byId": {"urn:a": {"grade": "A"}}`), report.ContextTermUndefined, "/byId/urn:a/grade"},
		{"key with escapes", plain(`"gr/a~de": 1`), report.ContextTermUndefined, "/gr~1a~0de"},
		{"key with a space", plain(`"https://ex.example/a b": 1`), report.ContextIriMalformed, "/https:~1~1ex.example~1a b"},
		{"key of the later keywords", plain(`"@note": 1`), report.ContextKeywordUnknown, "/@note"},
		{"key of framing", plain(`"@default": 1`), report.ContextKeywordUnknown, "/@default"},
		{"keyword out of its place", plain(`"@vocab": "https://ex.example/"`), report.ContextKeywordUnknown, "/@vocab"},
		{"key that only looks like a keyword", plain(`"@": 1`), report.ContextTermUndefined, "/@"},
		{"scoped term outside of its property", plain(`"inner": "x"`), report.ContextTermUndefined, "/inner"},
		{"scoped term inside of its property", plain(`"holder": {"inner": "x"}`), "", ""},
		{"scoped term below its property", plain(`"holder": {"part": {"inner": "x"}}`), "", ""},
		{"scoped term of a type", plain(`"type": "Local", "near": "x"`), "", ""},
		{"scoped term of a type below it", plain(`"type": "Local", "near": {"near": "x"}`), report.ContextTermUndefined, "/near/near"},
		{"scoped term of a type that holds below", plain(`"type": "Far", "far": {"far": "x"}`), "", ""},
		{"undefined type", credential(`}, "credentialSchema": {"id": "urn:s", "type": "Schema"}`), report.ContextTypeUndefined, "/credentialSchema/type"},
		{"undefined type among others", plain(`"type": ["Kind", "Evil"]`), report.ContextTypeUndefined, "/type/1"},
		{"type that is a keyword", plain(`"type": "@id"`), report.ContextTypeUndefined, "/type"},
		{"type of the later keywords", plain(`"type": "@kind"`), report.ContextKeywordUnknown, "/type"},
		{"type with a space", plain(`"type": "https://ex.example/a b"`), report.ContextIriMalformed, "/type"},
		{"undefined datatype", literal(`{"@value": "x", "@type": "number"}`), report.ContextTypeUndefined, "/part/@type"},
		{"JSON type of a node", plain(`"type": "@json"`), report.ContextTypeUndefined, "/type"},
		{"relative id", plain(`"id": "people/mara"`), report.ContextIriRelative, "/id"},
		{"empty id", plain(`"id": ""`), report.ContextIriRelative, "/id"},
		{"fragment id", plain(`"id": "#mara"`), report.ContextIriRelative, "/id"},
		{"relative typed value", plain(`"link": ["urn:a", "people/mara"]`), report.ContextIriRelative, "/link/1"},
		{"relative word", plain(`"word": "unheard"`), report.ContextIriRelative, "/word"},
		{"word that is a term", plain(`"word": "title"`), "", ""},
		{"word that is a keyword", plain(`"word": "@type"`), report.ContextKeywordUnknown, "/word"},
		{"id map with a relative key", plain(`"byId": {"mara": {"title": "x"}}`), report.ContextIriRelative, "/byId/mara"},
		{"IRI with a space", plain(`"id": "urn:a b"`), report.ContextIriMalformed, "/id"},
		{"IRI with a tab", plain(`"link": "urn:a\tb"`), report.ContextIriMalformed, "/link"},
		{"IRI with a bracket", plain(`"id": "urn:a>b"`), report.ContextIriMalformed, "/id"},
		{"IRI with a wide space", plain(`"id": "urn:a　b"`), report.ContextIriMalformed, "/id"},
		{"IRI with a control of Latin-1", plain(`"id": "urn:a\u0085b"`), report.ContextIriMalformed, "/id"},
		{"IRI with a bad percent sign", plain(`"id": "https://ex.example/%zz"`), "", ""},
		{"IRI of other scripts", plain(`"id": "https://böden.example/土壤"`), "", ""},
		{"id null", plain(`"id": null`), report.ContextIdNull, "/id"},
		{"id that is a keyword", plain(`"id": "@type"`), report.ContextKeywordUnknown, "/id"},
		{"id of the later keywords", plain(`"id": "@mara"`), report.ContextKeywordUnknown, "/id"},
		{"id that is an alias", plain(`"id": "type"`), report.ContextKeywordUnknown, "/id"},
		{"two ids", plain(`"id": "urn:a", "@id": "urn:b"`), report.ContextDocumentInvalid, "/@id"},
		{"id as a list", plain(`"id": ["urn:a"]`), report.ContextDocumentInvalid, "/id"},
		{"blank predicate", plain(`"_:p": "x"`), report.ContextPredicateBlank, "/_:p"},
		{"language malformed", literal(`{"@value": "x", "@language": "de_DE"}`), report.ContextLanguageMalformed, "/part/@language"},
		{"language empty", literal(`{"@value": "x", "@language": ""}`), report.ContextLanguageMalformed, "/part/@language"},
		{"language null", literal(`{"@value": "x", "@language": null}`), "", ""},
		{"language of a map malformed", plain(`"names": {"de DE": "x"}`), report.ContextLanguageMalformed, "/names/de DE"},
		{"language map", plain(`"names": {"de": ["x", null], "@none": "y"}`), "", ""},
		{"language of a node", plain(`"part": {"@language": "de", "title": "x"}`), "", ""},
		{"direction", literal(`{"@value": "x", "@direction": "rtl"}`), report.ContextDirectionLost, "/part"},
		{"direction of a term", with(`"https://test.example/rtl"`, `"title": "x"`), report.ContextDirectionLost, "/title"},
		{"direction of an inline context", with(`{"@direction": "rtl", "title": "urn:title"}`, `"title": "x"`), report.ContextDirectionLost, "/title"},
		{"nest", plain(`"@nest": {"title": "y"}`), report.ContextNestUnexpected, "/@nest"},
		{"alias of nest", with(`["https://test.example/plain", {"bag": "@nest"}]`, `"bag": {"title": "y"}`), report.ContextNestUnexpected, "/bag"},
		{"included", plain(`"@included": [{"title": "y"}]`), report.ContextIncludedUnexpected, "/@included"},
		{"index", literal(`{"@value": "x", "@index": "y"}`), report.ContextValueLost, "/part/@index"},
		{"index of a map", plain(`"byIndex": {"a": {"title": "x"}}`), report.ContextValueLost, "/byIndex/a"},
		{"index of a map that is none", plain(`"byIndex": {"@none": {"title": "x"}}`), "", ""},
		{"index that is a property", plain(`"byTitle": {"a": {"id": "urn:x"}}`), "", ""},
		{"index that is a malformed property", with(`["https://test.example/plain", {"odd": "urn:a|b", "byOdd": {"@id": "urn:by", "@container": "@index", "@index": "odd"}}]`, `"byOdd": {"a": {"id": "urn:x"}}`), report.ContextIriMalformed, "/byOdd/a"},
		{"floating value", with(plainContext, `"@graph": ["x", {"title": "y"}]`), report.ContextValueLost, "/@graph/0"},
		{"floating value object", with(plainContext, `"@graph": [{"@value": "x"}, {"title": "y"}]`), report.ContextValueLost, "/@graph/0"},
		{"floating list", with(plainContext, `"@graph": [{"@list": ["x"]}, {"title": "y"}]`), report.ContextValueLost, "/@graph/0/@list"},
		{"floating reference", with(plainContext, `"@graph": [{"id": "urn:x"}, {"title": "y"}]`), report.ContextValueLost, "/@graph/0"},
		{"floating text at the top", `["x", {"urn:p": "y"}]`, report.ContextValueLost, "/0"},
		{"reference in a graph of its own", plain(`"parts": {"id": "urn:x"}`), report.ContextValueLost, "/parts"},
		{"text in a graph of its own", plain(`"parts": "x"`), report.ContextValueLost, "/parts"},
		{"empty node in a graph of its own", plain(`"parts": {}`), report.ContextValueLost, "/parts"},
		{"null value object", literal(`{"@value": null}`), report.ContextValueLost, "/part"},
		{"null typed value object", literal(`{"@value": null, "@type": "ex:Kind"}`), report.ContextValueLost, "/part"},
		{"language without a value", literal(`{"@language": "de"}`), report.ContextValueLost, "/part"},
		{"null", literal(`null`), "", ""},
		{"nulls", literal(`[null, "x"]`), "", ""},
		{"nothing in an array", literal(`[]`), "", ""},
		{"the same twice", literal(`["x", "x"]`), "", ""},
		{"a set of null", literal(`{"@set": null}`), report.ContextValueLost, "/part/@set"},
		{"a list of null", literal(`{"@list": null}`), report.ContextValueLost, "/part/@list"},
		{"value object with more", literal(`{"@value": "x", "title": "y"}`), report.ContextDocumentInvalid, "/part"},
		{"value object with an id", literal(`{"@value": "x", "@id": "urn:x"}`), report.ContextDocumentInvalid, "/part"},
		{"value object of an array", literal(`{"@value": ["x"]}`), report.ContextDocumentInvalid, "/part/@value"},
		{"list with more", literal(`{"@list": ["x"], "title": "y"}`), report.ContextDocumentInvalid, "/part"},
		{"type as an object", plain(`"type": {"id": "urn:x"}`), report.ContextDocumentInvalid, "/type"},
		{"reserved term in a known context", with(`"https://test.example/reserved"`, `"title": "x"`), report.ContextKeywordUnknown, "/@context"},
		{"nothing at all", `{}`, report.ContextValueLost, ""},
		{"nothing but a context", with(plainContext, ""), report.ContextValueLost, ""},
		{"nothing but an id", with(plainContext, `"id": "urn:x"`), report.ContextValueLost, ""},
		{"nothing but an empty array", with(plainContext, `"title": []`), report.ContextGraphEmpty, ""},
		{"empty array", `[]`, report.ContextGraphEmpty, ""},
		{"null document", `null`, report.ContextGraphEmpty, ""},
	})
}

// TestDirection: with a place for them in RDF, directions of texts are not
// lost; others still are.
func TestDirection(t *testing.T) {
	library := NewLibrary(source)
	for value, want := range map[string]string{
		`{"@value": "x", "@direction": "rtl"}`:                      `"x"^^<https://www.w3.org/ns/i18n#_rtl>`,
		`{"@value": "x", "@direction": "rtl", "@language": "AR"}`:   `"x"^^<https://www.w3.org/ns/i18n#ar_rtl>`,
		`{"@value": 7, "@direction": "rtl"}`:                        "",
		`{"@direction": "rtl", "title": "x"}`:                       "",
		`{"@value": "x", "@direction": "rtl", "@type": "urn:type"}`: "",
	} {
		expanded, err := library.Expand(parse(t, with(plainContext, `"part": `+value)), Options{Lossless: true, Direction: "i18n-datatype"})
		if want == "" {
			if err == nil {
				t.Errorf("%s is accepted", value)
			}
			continue
		}
		if err != nil {
			t.Error(err)
			continue
		}
		if quads, err := expanded.Quads(); err != nil || !strings.Contains(canonical(t, quads), want) {
			t.Errorf("%s: %v, %v, want %s", value, quads, err, want)
		}
	}
}

// TestT8Contexts lists what can be tried with contexts to give words another
// meaning.
func TestT8Contexts(t *testing.T) {
	vc := func(context string) string {
		return with(`["`+v2+`", `+context+`]`, `"id": "urn:uuid:1", "type": "VerifiableCredential", "name": "x", "issuer": "did:web:uni.example",
			"credentialSubject": {"id": "did:key:z1", "name": "Mara"}`)
	}
	plain := func(context, members string) string {
		return with(`["https://test.example/plain", `+context+`]`, `"title": "x"`+members)
	}
	runLosses(t, []lossTest{
		{"unknown", vc(`"https://nobody.example/"`), report.ContextUnknown, "/@context/1"},
		{"relative", vc(`"contexts/1"`), report.ContextUnknown, "/@context/1"},
		{"unknown below", plain(`{}`, `, "part": {"@context": "https://nobody.example/", "title": "x"}`), report.ContextUnknown, "/part/@context"},
		{"unknown inside of a known one", with(`"https://test.example/unheard"`, `"@type": "Kind"`), report.ContextUnknown, "/@type"},
		{"broken", with(`"https://test.example/broken"`, `"title": "x"`), report.ContextInvalid, "/@context"},
		{"no context at the address", with(`"https://test.example/none"`, `"title": "x"`), report.ContextInvalid, "/@context"},
		{"loop", with(`"https://test.example/loop"`, `"title": "x"`), report.ContextTooMany, "/@context"},
		{"again and again", with(`"https://test.example/again"`, `"deeper": {"deeper": {"deeper": {"title": "x"}}}`), "", ""},
		{"number", vc(`7`), report.ContextInvalid, "/@context/1"},
		{"array in the array", vc(`["https://test.example/plain"]`), report.ContextInvalid, "/@context/1"},
		{"same words", vc(`{"name": "https://schema.org/name"}`), "", ""},
		{"protected word", vc(`{"name": "https://x/alumniOf"}`), report.ContextTermProtected, "/@context/1/name"},
		{"protected word away", vc(`{"name": null}`), report.ContextTermProtected, "/@context/1/name"},
		{"protected alias", vc(`{"id": "@type"}`), report.ContextTermProtected, "/@context/1/id"},
		{"protected word with another type", vc(`{"name": {"@id": "https://schema.org/name", "@type": "@id"}}`), report.ContextTermProtected, "/@context/1/name"},
		{"protected type", vc(`{"VerifiableCredential": "https://x/Draft"}`), report.ContextTermProtected, "/@context/1/VerifiableCredential"},
		{"protected word of a type", vc(`{"@protected": true, "issuer": "https://x/enemy"}`), report.ContextTermProtected, "/type"},
		{"word", plain(`{"title": "https://x/alumniOf"}`, ""), report.ContextTermRedefined, "/@context/1/title"},
		{"word away", plain(`{"title": null}`, ""), report.ContextTermRedefined, "/@context/1/title"},
		{"word with a language", plain(`{"title": {"@id": "ex:title", "@language": "de"}}`, ""), report.ContextTermRedefined, "/@context/1/title"},
		{"word with a container", plain(`{"title": {"@id": "ex:title", "@container": "@list"}}`, ""), report.ContextTermRedefined, "/@context/1/title"},
		{"word reversed", plain(`{"title": {"@reverse": "ex:title"}}`, ""), report.ContextTermRedefined, "/@context/1/title"},
		{"word told again", plain(`{"title": "https://ex.example/#title"}`, ""), "", ""},
		{"prefix", plain(`{"ex": "https://x/#"}`, ""), report.ContextTermRedefined, "/@context/1/ex"},
		{"prefix that is no prefix", plain(`{"ex": {"@id": "https://ex.example/#", "@prefix": false}}`, ""), report.ContextTermRedefined, "/@context/1/ex"},
		{"alias", plain(`{"id": "@type"}`, ""), report.ContextTermRedefined, "/@context/1/id"},
		{"word in the second inline context", plain(`{"mine": "urn:a"}, {"mine": "urn:b"}`, ""), report.ContextTermRedefined, "/@context/2/mine"},
		{"new word", plain(`{"mine": "urn:a"}`, `, "mine": "x"`), "", ""},
		{"new prefix", plain(`{"my": "https://x/"}`, `, "my:word": "x"`), "", ""},
		{"scheme as a prefix", plain(`{"did": "https://x/"}`, `, "id": "did:key:z1"`), report.ContextTermRedefined, "/@context/1/did"},
		{"scheme as a prefix that is told", plain(`{"urn": {"@id": "https://x/y", "@prefix": true}}`, `, "id": "urn:a"`), report.ContextTermRedefined, "/@context/1/urn"},
		{"scheme as a word", plain(`{"info": "https://x/y"}`, `, "info": "x"`), "", ""},
		{"vocab", plain(`{"@vocab": "https://x/"}`, `, "anything": "x"`), "", ""},
		{"vocab over another", with(`["https://test.example/vocab", {"@vocab": "https://x/"}]`, `"title": "x"`), report.ContextTermRedefined, "/@context/1/@vocab"},
		{"vocab away", with(`["https://test.example/vocab", {"@vocab": null}]`, `"title": "x"`), report.ContextTermRedefined, "/@context/1/@vocab"},
		{"vocab extended", with(`["https://test.example/vocab", {"@vocab": "more#"}]`, `"title": "x"`), report.ContextTermRedefined, "/@context/1/@vocab"},
		{"vocab relative", plain(`{"@vocab": "words#"}`, ""), report.ContextIriRelative, "/@context/1/@vocab"},
		{"vocab over a word that means nothing", plain(`{"@vocab": "https://x/", "nobody": null}`, `, "nobody": "x"`), report.ContextTermUndefined, "/nobody"},
		{"base", plain(`{"@base": "https://harvard.example/"}`, `, "id": "me"`), report.ContextTermRedefined, "/@context/1/@base"},
		{"base away", plain(`{"@base": null}`, ""), "", ""},
		{"language", plain(`{"@language": "de"}`, ""), "", ""},
		{"language over another", with(`["https://test.example/language", {"@language": "en"}]`, `"title": "x"`), report.ContextTermRedefined, "/@context/1/@language"},
		{"language malformed", plain(`{"@language": "de_DE"}`, ""), report.ContextLanguageMalformed, "/@context/1/@language"},
		{"null first", with(`[null, "https://test.example/plain"]`, `"title": "x"`), "", ""},
		{"null", plain(`null, "https://test.example/vocab"`, ""), report.ContextTermRedefined, "/@context/1"},
		{"null over protected words", vc(`null`), report.ContextTermRedefined, "/@context/1"},
		{"null below", plain(`{}`, `, "part": {"@context": null, "urn:p": "x"}`), report.ContextNested, "/part/@context"},
		{"null in an array below", plain(`{}`, `, "part": {"@context": [null], "urn:p": "x"}`), report.ContextNested, "/part/@context/0"},
		{"inline below", plain(`{}`, `, "part": {"@context": {"title": "urn:t"}, "title": "x"}`), report.ContextNested, "/part/@context"},
		{"inline in an array below", plain(`{}`, `, "part": {"@context": ["https://test.example/plain", {"new": "urn:t"}], "title": "x"}`), report.ContextNested, "/part/@context/1"},
		{"inline in the second document", `[{"urn:p": "x"}, {"@context": {"p": "urn:p"}, "p": "x"}]`, report.ContextNested, "/1/@context"},
		{"known below", plain(`{}`, `, "part": {"@context": "https://test.example/vocab", "anything": "x"}`), "", ""},
		{"known below over protected words", with(`"https://test.example/guarded"`, `"name": "x", "urn:p": {"@context": ["`+v1+`", "https://test.example/plain"], "title": "x"}`), "", ""},
		{"inline in a credential in a presentation", with(`"`+v2+`"`, `"type": "VerifiablePresentation", "verifiableCredential": {"@context": ["`+v2+`", {"grade": "urn:grade"}], "type": "VerifiableCredential", "grade": "A"}`), "", ""},
		{"protected word in a credential in a presentation", with(`"`+v2+`"`, `"type": "VerifiablePresentation", "verifiableCredential": {"@context": ["`+v2+`", {"name": "urn:grade"}], "type": "VerifiableCredential", "name": "A"}`), report.ContextTermProtected, "/verifiableCredential/@context/1/name"},
		{"import", plain(`{"@version": 1.1, "@import": "https://test.example/vocab"}`, ""), report.ContextImport, "/@context/1/@import"},
		{"import in a scoped context", plain(`{"Mine": {"@id": "urn:m", "@context": {"@import": "https://test.example/vocab"}}}`, ""), report.ContextImport, "/@context/1/Mine/@context/@import"},
		{"version", plain(`{"@version": 1.0}`, ""), report.ContextInvalid, "/@context/1/@version"},
		{"cycle", plain(`{"a": "b:x", "b": "a:x"}`, ""), report.ContextInvalid, "/@context/1/a"},
		{"keyword as a term", plain(`{"@id": "urn:x"}`, ""), report.ContextInvalid, "/@context/1/@id"},
		{"later keyword as a term", plain(`{"@idx": "urn:x"}`, ""), report.ContextKeywordUnknown, "/@context/1/@idx"},
		{"type with its own meaning of a word", plain(`{"Mine": {"@id": "urn:m", "@context": {"title": "https://x/alumniOf"}}}`, `, "type": "Mine"`), report.ContextTermRedefined, "/@context/1/Mine/@context/title"},
		{"type with its own meaning of a protected word", vc(`{"Mine": {"@id": "urn:m", "@context": {"name": "https://x/alumniOf"}}}`), report.ContextTermProtected, "/@context/1/Mine/@context/name"},
		{"property with its own meaning of a protected word", vc(`{"mine": {"@id": "urn:m", "@context": {"name": "https://x/alumniOf"}}}`), report.ContextTermProtected, "/@context/1/mine/@context/name"},
		{"property that wipes", vc(`{"mine": {"@id": "urn:m", "@context": null}}`), report.ContextTermRedefined, "/@context/1/mine/@context"},
		{"type with new words", plain(`{"Mine": {"@id": "urn:m", "@context": {"grade": "urn:g"}}}`, `, "type": "Mine", "grade": "A"`), "", ""},
		{"type with another meaning of its own word", plain(`{"grade": "urn:a", "Mine": {"@id": "urn:m", "@context": {"grade": "urn:g"}}}`, `, "type": "Mine", "grade": "A"`), "", ""},
		{"context that does not propagate", with(`{"@propagate": false, "grade": "urn:g", "part": "urn:p"}`, `"grade": "A", "part": {"grade": "A"}`), report.ContextTermUndefined, "/part/grade"},
	})
}

// TestContextOrder: known contexts in another order give the same meaning or
// are refused.
func TestContextOrder(t *testing.T) {
	library := NewLibrary(source)
	read := func(order ...string) string {
		document := with(`["`+strings.Join(order, `", "`)+`"]`, `"type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "x",
			"issuer": {"id": "did:web:uni.example", "type": "Profile", "name": "U", "url": "https://uni.example"},
			"credentialSubject": {"type": "AchievementSubject", "achievement": {"id": "urn:a", "type": "Achievement", "name": "n", "description": "d"}}`)
		expanded, err := library.Expand(parse(t, document), Options{Lossless: true})
		if err != nil {
			return ""
		}
		quads, err := expanded.Quads()
		if err != nil {
			return ""
		}
		return canonical(t, quads)
	}
	right := read(v2, badges)
	if right == "" {
		t.Fatal("refused in the right order")
	}
	if turned := read(badges, v2); turned != "" && turned != right {
		t.Errorf("accepted with another meaning:\n%s", turned)
	}
}

// TestTooManyContexts counts different contexts, not uses.
func TestTooManyContexts(t *testing.T) {
	library := NewLibrary(func(address string) []strictjson.Value {
		return []strictjson.Value{parse(t, `{"@context": {"p": "urn:p"}}`)}
	})
	document := func(different, uses int) string {
		var parts []string
		for i := range uses {
			parts = append(parts, `{"@context": "https://c.example/`+string(rune('a'+i%different/26))+string(rune('a'+i%different%26))+`", "p": "x"}`)
		}
		return `[` + strings.Join(parts, ",") + `]`
	}
	if broken := refusal(t, library, document(100, 1000)); broken != nil {
		t.Error(broken)
	}
	if broken := refusal(t, library, document(101, 101)); broken == nil || broken.Code != report.ContextTooMany {
		t.Error(broken)
	}
}

// TestLongIRIs: a long prefix, many times, is refused before it fills the
// memory.
func TestLongIRIs(t *testing.T) {
	var keys strings.Builder
	for i := range 40 {
		keys.WriteString(`, "p:` + string(rune('a'+i/26)) + string(rune('a'+i%26)) + `": 1`)
	}
	broken := refusal(t, NewLibrary(source), `{"@context": {"p": "https://x/`+strings.Repeat("x", 1<<20)+`#"}`+keys.String()+`}`)
	if broken == nil || broken.Code != report.ContextGraphTooLarge {
		t.Error(broken)
	}
}
