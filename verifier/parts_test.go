package verifier_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// reported is the report of the scenario of that name.
func reported(t *testing.T, id string) *report.Report {
	t.Helper()
	s := scenarioNamed(t, id)
	return verify(t, s.config(t, s.network(t)), read(t, s.File))
}

// TestEndorsementsChangeNothing: with its endorsements and without, in every
// scenario, what a file is called is the same (T37).
func TestEndorsementsChangeNothing(t *testing.T) {
	tried := 0
	for _, s := range scenarios(t) {
		got := verify(t, s.config(t, s.network(t)), read(t, s.File))
		var others []report.Credential
		for _, c := range got.Credentials {
			if c.Role != report.RoleEndorsement {
				others = append(others, c)
			}
		}
		if len(others) == len(got.Credentials) {
			continue
		}
		tried++
		if _, verdict, headline := report.Worst(others); verdict != got.Verdict || headline != got.Headline {
			t.Errorf("%s: %s, without its endorsements %s", s.ID, got.Headline, headline)
		}
		for _, count := range got.Counts {
			n := 0
			for _, c := range others {
				if c.Headline == count.Headline && !c.Aside {
					n++
				}
			}
			if n != count.Number {
				t.Errorf("%s: %s counted %d times, is there %d times", s.ID, count.Headline, count.Number, n)
			}
		}
	}
	if tried < 8 {
		t.Errorf("only %d files with endorsements", tried)
	}
}

// TestHiddenPart: whoever holds a learner record that is signed for its
// meaning can write it under other names. A part that would be overlooked then
// is told, and so is one behind a decoy.
func TestHiddenPart(t *testing.T) {
	path := filepath.Join("..", "..", "shared", "vectors", "1edtech-validator", "clr20", "simple.json")
	data, err := os.ReadFile(path)
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("third-party vectors are not here")
	}
	const name = `"verifiableCredential"`
	plain := string(data)
	if strings.Count(plain, name) != 1 {
		t.Fatal("not the file that it was")
	}
	judge := func(text string) *report.Report {
		v, err := verifier.New(verifier.Config{Now: func() time.Time { return time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC) }})
		if err != nil {
			t.Fatal(err)
		}
		return v.Verify(context.Background(), []byte(text))
	}
	const other = `"https://purl.imsglobal.org/spec/vc/clr/vocab.html#verifiableCredential"`
	for what, text := range map[string]string{
		"hidden": strings.Replace(plain, name, other, 1),
		"decoy":  strings.Replace(plain, name, `"verifiableCredential": [{"id": "http://example.com/credentials/3527"}], `+other, 1),
		"empty":  strings.Replace(plain, name, `"verifiableCredential": [], `+other, 1),
	} {
		got := judge(text)
		if got.Headline > report.Incomplete {
			t.Errorf("%s: %s", what, got.Headline)
		}
		// What it means has not changed.
		for _, code := range got.Credentials[0].Checks[2].Codes {
			if code.Outcome() == report.Fail {
				t.Errorf("%s: %s", what, code)
			}
		}
		refused := false
		for _, c := range got.Credentials {
			refused = refused || c.Headline < report.Altered
		}
		if !refused {
			t.Errorf("%s: nothing is refused", what)
		}
	}
	got := judge(plain)
	if len(got.Credentials) != 2 || got.Credentials[0].Role != report.RoleRecord || got.Credentials[1].Role != report.RolePart {
		t.Errorf("%d entries", len(got.Credentials))
	}
	if d := got.Credentials[0].Description; d.Title[0].Value != "Sample Transcript" || d.Details[len(d.Details)-1].Value != "Achievement 1 – isParentOf – Achievement 2" {
		t.Errorf("told is %+v", d)
	}
}

// TestCarried: what a European Digital Credential carries is listed and said
// to be what it is, and never opened.
func TestCarried(t *testing.T) {
	got := reported(t, "edc-mandate")
	d := got.Credentials[0].Description
	if strings.Join(d.Marks, " ") != "profile.mandate mandate" || len(d.Mandate) != 1 || d.Mandate[0].Path != "/evidence/0/evidenceStatement" {
		t.Errorf("marks %v, mandate %v", d.Marks, d.Mandate)
	}
	if len(d.Files) != 2 {
		t.Fatalf("files %v", d.Files)
	}
	if f := d.Files[0]; f.Type != "PNG" || f.Bytes != 68 || !strings.HasSuffix(f.Path, "/displayDetail/0/image") {
		t.Errorf("the picture is %+v", f)
	}
	if f := d.Files[1]; f.Name != "mandate.html" || f.Type != "HTML" || f.Bytes != 25 || f.SHA256 != "5c140d35dcb46a622e2cedf5ef5cc3638cdffd1c118c9331f8c84669f0b74783" {
		t.Errorf("the page is %+v", f)
	}
	for _, word := range []string{"converted", "accredited", "supplement"} {
		if got := reported(t, "edc-"+word); strings.Join(got.Credentials[0].Description.Marks, " ") != "profile."+word {
			t.Errorf("%s: marks %v", word, got.Credentials[0].Description.Marks)
		}
	}
	if got := reported(t, "clr-three"); strings.Join(got.Credentials[0].Description.Marks, " ") != "partial" {
		t.Errorf("marks %v", got.Credentials[0].Description.Marks)
	}
}

// TestLongNames: places are written out only for what is told, however long
// the names on the way there are.
func TestLongNames(t *testing.T) {
	name := strings.Repeat("n", 1<<20)
	object := `{"a":{"content":"` + name[:20] + `","contentType":"PNG"}}`
	edc := `{"type":["VerifiableCredential","EuropeanDigitalCredential"],"` + name + `":[` + strings.Repeat(object+",", 20_000) + object + `]}`
	association := `{"associationType":"isPartOf","sourceId":"` + name[:10] + `","targetId":"b"}`
	clr := `{"type":["VerifiableCredential","ClrCredential"],"credentialSubject":{"achievement":{"id":"` + name[:10] + `","name":"` + name + `"},"association":[` +
		strings.Repeat(association+",", 20_000) + association + `]}}`
	for what, text := range map[string]string{"files": edc, "associations": clr} {
		v, err := verifier.New(verifier.Config{Now: func() time.Time { return time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC) }})
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		got := v.Verify(context.Background(), []byte(text))
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("%s: took %s", what, took)
		}
		if d := got.Credentials[0].Description; what == "files" && (len(d.Files) != 1 || len(d.Files[0].Path) > 5000) {
			t.Errorf("%d files", len(d.Files))
		}
	}
}
