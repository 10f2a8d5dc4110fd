package library

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/keydocument"
	"github.com/sealcheck/sealcheck/verifier/internal/samplekey"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const (
	profile = "https://example.com/issuer"
	web     = "did:web:example.com"
)

// A library asks for a document once, for four at most, and says where there
// is none.
func TestLibrary(t *testing.T) {
	asked := map[string]int{}
	network := fetch.GetterFunc(func(_ context.Context, request fetch.Request) (fetch.Response, error) {
		asked[request.Address]++
		if strings.HasSuffix(request.Address, "/gone") {
			return fetch.Response{Status: 410}, nil
		}
		return fetch.Response{Status: 200, Body: []byte(`{"id":"` + request.Address + `"}`)}, nil
	})
	library := New(context.Background(), fetch.NewSession(network, time.Time{}, nil))
	for range 2 {
		if d, err := library.Open(profile, fetch.Profile); err != nil || !d.Speaks() {
			t.Fatal(d, err)
		}
		if _, err := library.Open("https://example.com/gone", fetch.Profile); !errors.Is(err, ErrAbsent) {
			t.Error(err)
		}
	}
	if asked[profile] != 1 {
		t.Errorf("asked %d times", asked[profile])
	}
	z := "did:key:" + samplekey.Multikey(0xed, samplekey.Ed25519(1))
	if d, err := library.Open(z, fetch.DIDDocument); err != nil || !d.Sole || d.Kind != keydocument.DIDKey {
		t.Error(d, err)
	}
	if d, err := library.Open(web, fetch.DIDDocument); report.CodeOf(err) != report.KeyDocumentMismatch {
		t.Error(d, err)
	}
	if _, err := library.Open("https://example.com/fifth", fetch.Profile); report.CodeOf(err) != report.KeyUnreachable || len(asked) != 3 {
		t.Error(err, asked)
	}
}
