package linked_test

import (
	"bufio"
	"bytes"
	"crypto"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/linked"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// corpus was made by `node build/npm/canonical.mjs --seed 20261122 --count 150`.
var corpus = filepath.Join("..", "..", "..", "testdata", "canonical", "corpus.jsonl")

// TestCanonicalCorpus compares canonical forms with those of jsonld.js and
// rdf-canonize in safe mode: the same bytes where they accept a document, no
// form at all where they refuse it.
func TestCanonicalCorpus(t *testing.T) { compareCanonical(t, corpus, 150) }

// TestCanonicalMany does so over a larger file, made anew by `make canonical`
// (the same command with another count), whose path is in SEALCHECK_CANONICAL.
func TestCanonicalMany(t *testing.T) {
	path := os.Getenv("SEALCHECK_CANONICAL")
	if path == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("SEALCHECK_CANONICAL names no file")
		}
		t.Skip("SEALCHECK_CANONICAL names no file: 0 of 2000 documents compared")
	}
	compareCanonical(t, path, 2000)
}

func compareCanonical(t *testing.T, path string, least int) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	library := jsonld.NewLibrary(contexts.Find)
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	count, refused, wrong := 0, 0, 0
	for lines.Scan() {
		count++
		// A value may keep parts of the text that it was read from.
		line, err := strictjson.Parse(bytes.Clone(lines.Bytes()))
		if err != nil {
			t.Fatalf("line %d: %v", count, err)
		}
		id := line.At("id").Text()
		document := linked.New(line.At("document"), library)
		digests, err := everyDigest(document)
		reason, isRefused := line.Get("refused")
		if isRefused {
			refused++
			// jsonld.js knows the version of each context that is first here;
			// with another one the same document may say something.
			_, err = document.Digest(crypto.SHA256, 0)
		}
		switch want := line.At("sha256").Text(); {
		case isRefused && err == nil:
			t.Errorf("%s: accepted; jsonld.js refuses it: %s", id, reason.Text())
		case isRefused:
			// Any refusal is a named one.
			var problem *report.Problem
			if !errors.As(err, &problem) || problem.Code.Check() != report.CheckProof {
				t.Errorf("%s: %v, which is no finding about a context", id, err)
			}
			continue
		case !isRefused && err != nil:
			t.Errorf("%s: %v; jsonld.js gives %s", id, err, want)
		case !isRefused && !strings.Contains(digests, want):
			t.Errorf("%s: %s; jsonld.js gives %s", id, digests, want)
		default:
			continue
		}
		if wrong++; wrong > 40 {
			t.Fatal("and more")
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if count < least || refused*20 < count || refused*2 > count {
		t.Errorf("%d documents, %d of them refused: too few of either to mean anything", count, refused)
	}
	t.Logf("%d documents, %d of them refused by both", count, refused)
}

// everyDigest gives the digests of all readings: jsonld.js knows one version
// of each context, and which of ours that is does not matter here. The error
// is that of the first reading, where all have one.
func everyDigest(document *linked.Document) (string, error) {
	var digests []string
	var first error
	for reading := range document.Readings() {
		digest, err := document.Digest(crypto.SHA256, reading)
		if err == nil {
			digests = append(digests, hex.EncodeToString(digest))
		} else if first == nil {
			first = err
		}
	}
	if digests != nil {
		return strings.Join(digests, " "), nil
	}
	return "", first
}
