package verifier_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func archive(t testing.TB, files map[string][]byte, order ...string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range order {
		one, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		one.Write(files[name])
	}
	w.Close()
	return out.Bytes()
}

// TestFiles: each file in a file has its entry under its name, with the outcome
// that it has alone; what is no credential is left besides, and said.
func TestFiles(t *testing.T) {
	s := scenarioNamed(t, "container-zip-many")
	got := verify(t, s.config(t, fetch.Offline), read(t, s.File))
	var files, besides []string
	for _, c := range got.Credentials {
		files = append(files, c.File)
	}
	for _, a := range got.Besides {
		besides = append(besides, a.File+" "+string(a.Code))
	}
	if strings.Join(files, "|") != "Zeugnisse/Böden.json|Zeugnisse/badge.jwt" {
		t.Errorf("%q", files)
	}
	if strings.Join(besides, "|") != "README.txt envelope.text|logo.png envelope.png|print.pdf envelope.pdf" {
		t.Errorf("%q", besides)
	}
	nothing := verify(t, s.config(t, fetch.Offline), read(t, "credentials/container-zip-nothing.zip"))
	if len(nothing.Credentials) != 1 || nothing.Credentials[0].File != "" || len(nothing.Besides) != 2 {
		t.Errorf("%+v", nothing)
	}
}

// TestFilesAsAlone: every file of the manifest, in an archive with a good badge,
// has the headline that it has alone, or is left besides where it is none.
func TestFilesAsAlone(t *testing.T) {
	good := read(t, "credentials/badge-eddsa-jcs.json")
	for i, s := range scenarios(t) {
		if i%3 != 0 || s.Offline != true || len(s.Lists) > 0 {
			continue
		}
		file := read(t, s.File)
		if len(file) > 1<<20 || strings.HasPrefix(s.ID, "container-") || strings.HasPrefix(s.ID, "link-in-") { // those share a limit; these count alone only
			continue
		}
		config := s.config(t, fetch.Offline)
		alone := verify(t, config, file)
		both := verify(t, config, archive(t, map[string][]byte{"it": file, "good": good}, "it", "good"))
		if len(both.Besides) > 0 {
			if alone.Headline != report.Unreadable && alone.Headline != report.NotSigned && alone.Headline != report.Refused {
				t.Errorf("%s is %s, and left besides: %v", s.ID, alone.Headline, both.Besides)
			}
			continue
		}
		var lines []string
		for _, c := range both.Credentials[:len(both.Credentials)-1] {
			lines = append(lines, fmt.Sprint(c.Headline, c.Verdict))
		}
		var want []string
		for _, c := range alone.Credentials {
			want = append(want, fmt.Sprint(c.Headline, c.Verdict))
		}
		if strings.Join(lines, " ") != strings.Join(want, " ") {
			t.Errorf("%s: %v in an archive, %v alone", s.ID, lines, want)
		}
	}
}

// TestFilesLists: a list of what was withdrawn that lies beside a credential is
// used for it, wherever it lies.
func TestFilesLists(t *testing.T) {
	s := scenarioNamed(t, "lists-revoked")
	files := map[string][]byte{"credential": read(t, s.File)}
	order := []string{"credential"}
	for _, list := range s.Lists {
		files[list] = read(t, list)
		order = append(order, list)
	}
	s.Lists = nil
	for range order {
		order = append(order[1:], order[0])
		if got := verify(t, s.config(t, fetch.Offline), archive(t, files, order...)); got.Headline != report.Revoked || len(got.Credentials) != 1 {
			t.Errorf("%v: %s %v", order, got.Headline, got.Besides)
		}
	}
}

// TestFilesLarge: a photograph beside a credential may be larger than any
// credential is; what could be one may not.
func TestFilesLarge(t *testing.T) {
	s := scenarioNamed(t, "container-zip")
	good := read(t, "credentials/badge-eddsa-jcs.json")
	for start, want := range map[string]report.Headline{"\xff\xd8\xff\xe0": report.Verified, "{": report.Unreadable} {
		large := append([]byte(start), bytes.Repeat([]byte(" "), 17<<20)...)
		got := verify(t, s.config(t, fetch.Offline), archive(t, map[string][]byte{"large": large, "good": good}, "large", "good"))
		if got.Headline != want {
			t.Errorf("%q: %s %v", start, got.Headline, got.Besides)
		}
	}
}

// TestFilesOtherEncoding: a record in an encoding that is not read counts, a
// note in it does not.
func TestFilesOtherEncoding(t *testing.T) {
	wide := func(text string) []byte {
		data := []byte("\xff\xfe")
		for _, c := range []byte(text) {
			data = append(data, c, 0)
		}
		return data
	}
	s := scenarioNamed(t, "container-zip")
	good := read(t, "credentials/badge-eddsa-jcs.json")
	got := verify(t, s.config(t, fetch.Offline), archive(t, map[string][]byte{"a": good, "b": wide(string(good)), "c": wide("Hello")}, "a", "b", "c"))
	if len(got.Credentials) != 2 || len(got.Besides) != 1 || got.Besides[0].File != "c" || got.Verdict == report.Valid {
		t.Errorf("%d credentials, besides %v, %s", len(got.Credentials), got.Besides, got.Verdict)
	}
}

// TestFilesValues: many files that hold many values each are not read.
func TestFilesValues(t *testing.T) {
	s := scenarioNamed(t, "container-zip")
	files, order := map[string][]byte{}, []string{}
	for i := range 20 {
		name := fmt.Sprint(i)
		files[name] = []byte(`{"a":[` + strings.Repeat("1,", 60_000) + `1]}`)
		order = append(order, name)
	}
	got := verify(t, s.config(t, fetch.Offline), archive(t, files, order...))
	if len(got.Credentials) != 1 || got.Credentials[0].Checks[0].Findings[0].Code != report.EnvelopeUnpackedTooLarge {
		t.Errorf("%d credentials, %s", len(got.Credentials), got.Headline)
	}
	if got = verify(t, s.config(t, fetch.Offline), archive(t, files, order[:5]...)); len(got.Besides) != 5 {
		t.Errorf("%d besides, %s", len(got.Besides), got.Headline)
	}
}

// A code that is packed with a context which only the user has.
func TestPackedWithOwnContext(t *testing.T) {
	data, err := os.ReadFile("../testdata/codes/unknown-context.txt")
	if err != nil {
		t.Fatal(err)
	}
	config := verifier.Config{Now: func() time.Time { return time.Unix(1781524800, 0) }}
	for _, test := range []struct {
		context string
		want    report.Headline
	}{
		{"", report.Unreadable},
		{`{"@context": {"honours": "https://university.example/terms#honours"}}`, report.NotSigned},
		{`{"@context": {}}`, report.Unreadable},
	} {
		config.Contexts = map[string][]byte{}
		if test.context != "" {
			config.Contexts["https://university.example/contexts/1"] = []byte(test.context)
		}
		v, err := verifier.New(config)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Verify(context.Background(), data); got.Headline != test.want || (got.Unpacked != "") != (test.want == report.NotSigned) {
			t.Errorf("%s: %s %q, want %s", test.context, got.Headline, got.Unpacked, test.want)
		}
	}
}
