package verifier_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/pngchunk"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// agreeing is a network whose addresses may all be asked.
type agreeing func(address string) (fetch.Response, error)

func (a agreeing) Get(_ context.Context, request fetch.Request) (fetch.Response, error) {
	return a(request.Address)
}

func (agreeing) Consents(context.Context, fetch.Request) bool { return true }

// TestOldBadgeVectors: the badges of the 1EdTech validator's own tests, each
// served at the address that it gives itself, with the parts that they name. A
// good one is unlisted here, since no list is in use.
func TestOldBadgeVectors(t *testing.T) {
	const folder = "1edtech-validator/ob20/"
	read := map[string]int{}
	for _, v := range third(t) {
		name, ours := strings.CutPrefix(v.File, folder)
		if !ours || v.Role != "credential" || strings.HasPrefix(name, "assets/") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(vectors, v.File))
		if err != nil {
			t.Fatal(err)
		}
		award := data
		if pngchunk.Is(data) {
			picture, err := pngchunk.Read(data, func(keyword string) bool { return keyword == "openbadges" })
			if err != nil {
				t.Fatal(err)
			}
			award, err = picture.Texts[0].Content(1 << 20)
			if err != nil {
				t.Fatal(err)
			}
		}
		document, _ := strictjson.Parse(award)
		own := document.At("id").Text()
		at, _ := time.Parse(time.RFC3339, v.Now)
		network := agreeing(func(address string) (fetch.Response, error) {
			if own != "" && address == fetch.Secure(own) {
				return fetch.Response{Status: 200, Body: award, Time: at}, nil
			}
			// The validator's tests serve each asset at these two hosts; some
			// call themselves by their name without its ending.
			path, ok := strings.CutPrefix(strings.Replace(address, "://www.", "://", 1), "https://example.org/")
			if !ok {
				return fetch.Response{}, fetch.ErrUnreachable
			}
			for _, file := range []string{path, path + ".json"} {
				if body, err := os.ReadFile(filepath.Join(vectors, folder, "assets", filepath.FromSlash(file))); err == nil {
					return fetch.Response{Status: 200, Body: body, Time: at}, nil
				}
			}
			return fetch.Response{Status: 404}, nil
		})
		got := verify(t, verifier.Config{Getter: network, Now: func() time.Time { return at }}, data)
		want := map[string][]report.Headline{
			"valid": {report.Unlisted}, "valid-with-warning": {report.Unlisted}, "expired": {report.Expired}, "revoked": {report.Revoked},
			"invalid": {report.Refused, report.WrongKey, report.NotYetValid, report.Unreadable},
		}[v.Expect]
		// A part by itself is good to the validator, and no record of anybody.
		if types := document.At("type").List(); !strings.HasSuffix(name, ".jwt") && (len(types) == 0 || types[0].Text() != "Assertion") {
			want = []report.Headline{report.Unreadable}
		}
		read[v.Expect]++
		if !contains(want, got.Headline) {
			t.Errorf("%s (%s): %s %v", name, v.Expect, got.Headline, codes(got.Credentials[0]))
		}
	}
	if len(read) < 5 || read["valid"] < 8 {
		t.Errorf("read %v", read)
	}
	t.Logf("%v", read)
}

func contains(all []report.Headline, one report.Headline) bool {
	for _, h := range all {
		if h == one {
			return true
		}
	}
	return false
}

func codes(c report.Credential) (all []report.Code) {
	for _, check := range c.Checks {
		all = append(all, check.Codes...)
	}
	return all
}
