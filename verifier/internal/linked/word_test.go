package linked

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// unlinked are words that readers look for in documents of other kinds (tokens,
// envelopes, lists that are no credentials), and those that are kept as they
// are.
var unlinked = set(`@context @id @value @language id type proof bits iat iss jti lst payload signatures sub typ
	vc vp vct expiry_date date_of_expiry credential revocationReason revoked revokedCredential revokedCredentials DataIntegrityProof
	verificationCheck content contentType endorsement endorsementJwt`)

// TestReadWords: a word that some reader of credentials looks for is among
// those that are made of the graph. One that was forgotten would be there in
// one way of writing a credential, and not in another.
func TestReadWords(t *testing.T) {
	asked := set("At Get Entries all names texts text truth list get reference Texts claim")
	word := regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{2,}$`)
	found := map[string]string{}
	for _, dir := range []string{"credential", "describe", "status", "internal/vcdm"} {
		files, err := filepath.Glob(filepath.Join("..", "..", dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(dir, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "europassxml.go") { // no linked data
				continue
			}
			if base := filepath.Base(file); base == "oldbadge.go" || base == "badge.go" && dir == "status" {
				continue // Open Badges before 3.0 are signed as they stand, if at all
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Skip(err) // it is being edited; another test says so
			}
			literals := func(nodes []ast.Expr) {
				for _, node := range nodes {
					if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
						if text, err := strconv.Unquote(literal.Value); err == nil && word.MatchString(text) {
							found[text] = file
						}
					}
				}
			}
			ast.Inspect(parsed, func(node ast.Node) bool {
				switch node := node.(type) {
				case *ast.CallExpr:
					name := ""
					switch function := node.Fun.(type) {
					case *ast.SelectorExpr:
						name = function.Sel.Name
					case *ast.Ident:
						name = function.Name
					}
					if asked[name] {
						literals(node.Args)
					}
				case *ast.RangeStmt:
					if list, ok := node.X.(*ast.CompositeLit); ok {
						literals(list.Elts)
					}
				}
				return true
			})
		}
	}
	// Tables of words.
	for _, text := range strings.Fields(`validFrom issuanceDate validUntil expirationDate awardedDate issued evidence termsOfUse refreshService
		credentialProfiles displayParameter credentialSchema revocationListIndex revocationListCredential awardingDate addressCountryCode`) {
		found[text] = "a table"
	}
	if len(found) < 80 {
		t.Errorf("only %d words found", len(found))
	}
	for text, file := range found {
		if read[text] == unread && !unlinked[text] {
			t.Errorf("%s asks for %q, which package linked does not read", file, text)
		}
		if read[text] != unread && unlinked[text] {
			t.Errorf("%q is both", text)
		}
	}
	for text := range words {
		if text != "proof" && read[text] == unread {
			t.Errorf("%q is not read", text)
		}
	}
}

// TestPublicContexts: what asItIs takes for granted of the contexts that are
// pinned.
func TestPublicContexts(t *testing.T) {
	schemes := set("did urn http https mailto data")
	kinds := set(`VerifiableCredential VerifiablePresentation OpenBadgeCredential AchievementCredential EuropeanDigitalCredential
		EuropeanDigitalPresentation Assertion BitstringStatusListEntry StatusList2021Entry RevocationList2020Status
		BitstringStatusListCredential StatusList2021Credential RevocationList2020Credential EnvelopedVerifiableCredential`)
	var look func(address string, context strictjson.Value)
	look = func(address string, context strictjson.Value) {
		for _, one := range context.List() {
			for _, term := range one.Members() {
				say := func(what string) { t.Errorf("%s: %q %s", address, term.Key, what) }
				if schemes[term.Key] {
					say("is a prefix that identifiers have")
				}
				if term.Key == "@language" || term.Key == "@base" || term.Key == "@direction" {
					say("is set for everything")
				}
				if strings.HasPrefix(term.Key, "@") {
					continue
				}
				id := term.Value
				if id.Kind() == strictjson.Object {
					id = id.At("@id")
				}
				if _, reversed := term.Value.Get("@reverse"); reversed && term.Key != aside {
					say("is reversed")
				}
				if _, tagged := term.Value.Get("@language"); tagged {
					say("has a language")
				}
				if _, nested := term.Value.Get("@nest"); nested {
					say("is nested")
				}
				how := read[term.Key]
				if term.Value.At("@type").Text() == "@json" && how != unread || term.Value.At("@type").Text() == "@vocab" && how != unread {
					say("is read, and coerced")
				}
				if how == asEither && term.Value.At("@type").Text() == "@id" && published(id.Text()) {
					say("may be a text or a node")
				}
				graph := false
				for _, container := range term.Value.At("@container").List() {
					switch kind := container.Text(); {
					case kind == "@set":
					case kind == "@list" && how == unread:
					case kind == "@language" && (how == asName || how == unread):
					case kind == "@graph" && (term.Key == "proof" || term.Key == "verifiableCredential"):
						graph = true
					default:
						say("is a container: " + kind)
					}
				}
				if !graph && (separate(id.Text()) || id.Text() == "sec:proof") {
					say("holds no graph: " + id.Text())
				}
				if kinds[term.Key] && strings.Contains(id.Text(), "://") && !published(id.Text()) {
					say("is a type of nobody's: " + id.Text())
				}
				look(address, term.Value.At("@context"))
			}
		}
	}
	count := 0
	for _, record := range contexts.Describe() {
		for _, version := range contexts.Find(record.Address) {
			look(record.Address, version.At("@context"))
			count++
		}
	}
	if count < 20 {
		t.Errorf("only %d contexts", count)
	}
}

// TestWordOf: what words belong to.
func TestWordOf(t *testing.T) {
	for property, want := range map[string]string{
		model + "issuer":              "issuer",
		"https://schema.org/name":     "name",
		"https://schema.org/jobTitle": "",
		"https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria":       "criteria",
		"https://purl.imsglobal.org/spec/vc/ob/vocab.html#CountryCode":    "addressCountryCode",
		"https://www.w3.org/ns/credentials/undefined-term#expirationDate": "expirationDate",
		"https://schema.org/validUntil":                                   "",
		"https://university.example/v#name":                               "",
		"http://purl.org/dc/terms/type":                                   "dcType",
		"http://purl.org/dc/terms/issued":                                 "issued",
		"https://w3id.org/security#digestMultibase":                       "digestMultibase",
		"https://www.w3.org/ns/credentials/undefined-term#statuslist":     "statusList",
		"https://university.example/v#statusList":                         "statusList",
		"https://university.example/v#credentialStatus":                   "",
		"https://w3id.org/security#proof":                                 "",
		"":                                                                "",
		"https://schema.org/":                                             "",
	} {
		if got := wordOf(property); got != want {
			t.Errorf("%s is %q, want %q", property, got, want)
		}
	}
	if len(called) != len(read) {
		t.Error("two words differ by the case of letters alone")
	}
}
