package verifier_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// overlapping is a host that answers when it is waited for. It keeps what it
// was asked, and how many answers were outstanding at most.
type overlapping struct {
	t        *testing.T
	answer   func(public any, data, value []byte) bool // nil: it cannot tell
	asked    [][]byte
	under    int
	together int
}

func (h *overlapping) Start(public any, _ crypto.Hash, data, value []byte) func() bool {
	h.asked = append(h.asked, bytes.Clone(value))
	if h.answer == nil {
		return nil
	}
	h.under++
	h.together = max(h.together, h.under)
	waited := false
	return func() bool {
		if waited {
			h.t.Error("waited for twice")
		}
		waited = true
		h.under--
		return h.answer(public, data, value)
	}
}

func truly(public any, data, value []byte) bool {
	key, ok := public.(ed25519.PublicKey)
	return ok && ed25519.Verify(key, data, value)
}

func presenting(inner ...any) []byte {
	file, _ := json.Marshal(map[string]any{
		"@context": []any{"https://www.w3.org/2018/credentials/v1"}, "type": []any{"VerifiablePresentation"}, "verifiableCredential": inner,
	})
	return file
}

// TestOverlap: what a host does at the same time changes no report: that of a
// presentation is the same with a host that says yes, or no, or nothing, and
// without one. The host is asked in the order of the file.
func TestOverlap(t *testing.T) {
	var inner, many []any
	for i := range 45 {
		s := newSigner(byte(i % 20))
		did, fragment := s.did(), "#0"
		if i%2 == 0 { // one that a host is asked about before the credential is read
			did, fragment = "did:key:"+multikey(s.public), "#"+multikey(s.public)
		}
		kid := did + fragment
		if i%10 == 8 {
			kid = did // which is looser
		}
		token := s.jwt(map[string]any{"kid": kid, "typ": "JWT"}, badge(profile(did, fmt.Sprint("N", i))))
		switch i % 9 {
		case 4: // forged
			token[len(token)-2] ^= 'A' ^ 'B'
		case 6:
			inner = append(inner, "nothing")
		case 7: // a presentation of its own
			inner = append(inner, json.RawMessage(presenting(string(token), string(token))))
		}
		inner = append(inner, string(token))
		many = append(many, inner...)
	}
	for name, file := range map[string][]byte{"45": presenting(inner...), "above the limit": presenting(many...)} {
		t.Run(name, func(t *testing.T) {
			judge := func(host verifier.Primitive) *report.Report {
				v, err := verifier.New(verifier.Config{Now: func() time.Time { return instant }, Signatures: host})
				if err != nil {
					t.Fatal(err)
				}
				return v.Verify(context.Background(), file)
			}
			alone := judge(nil)
			headlines := map[report.Headline]int{}
			for _, c := range alone.Credentials {
				headlines[c.Headline]++
			}
			if headlines[report.Altered] < 3 || headlines[report.Unlisted] < 40 || headlines[report.Unreadable] < 5 {
				t.Errorf("%v", headlines)
			}
			want := alone.Append(nil)
			var order [][]byte
			for i, answer := range []func(any, []byte, []byte) bool{truly, nil, func(any, []byte, []byte) bool { return false }} {
				host := &overlapping{t: t, answer: answer}
				if got := judge(host).Append(nil); !bytes.Equal(got, want) {
					t.Errorf("host %d: another report", i)
				}
				if i == 0 {
					order = host.asked
				}
				if !slices.EqualFunc(host.asked, order, bytes.Equal) {
					t.Errorf("host %d: asked in another order", i)
				}
				if answer != nil && (host.together < 2 || host.together > 16) {
					t.Errorf("host %d: %d at once", i, host.together)
				}
			}
		})
	}
}

// hashing is a host that hashes as well, and says of everything what Go code
// finds, or no.
type hashing struct {
	no         bool
	asked, yes int
}

func (h *hashing) Start(any, crypto.Hash, []byte, []byte) func() bool { return nil }

func (h *hashing) StartHashed(public any, hash crypto.Hash, head, rest []byte, of crypto.Hash, value []byte) func() bool {
	h.asked++
	return func() bool {
		inner := of.New()
		inner.Write(rest)
		data := slices.Concat(head, inner.Sum(nil))
		good := false
		switch key := public.(type) {
		case ed25519.PublicKey:
			good = ed25519.Verify(key, data, value)
		case *ecdsa.PublicKey:
			outer := hash.New()
			outer.Write(data)
			half := len(value) / 2
			good = ecdsa.Verify(key, outer.Sum(nil), new(big.Int).SetBytes(value[:half]), new(big.Int).SetBytes(value[half:]))
		}
		if good {
			h.yes++
		}
		return good && !h.no
	}
}

// TestHashedByHost: what a host hashes changes no report, whether it says yes or
// no.
func TestHashedByHost(t *testing.T) {
	names, err := filepath.Glob("../testdata/credentials/*.json*")
	if err != nil || len(names) < 100 {
		t.Fatal(len(names), err)
	}
	honest, no := &hashing{}, &hashing{no: true}
	for _, name := range names {
		file, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		judge := func(host verifier.Primitive) []byte {
			v, err := verifier.New(verifier.Config{Now: func() time.Time { return instant }, Signatures: host})
			if err != nil {
				t.Fatal(err)
			}
			return v.Verify(context.Background(), file).Append(nil)
		}
		alone := judge(nil)
		for _, host := range []*hashing{honest, no} {
			if got := judge(host); !bytes.Equal(got, alone) {
				t.Errorf("%s: another report\n%s\n%s", name, got, alone)
			}
		}
	}
	if honest.yes == 0 || honest.yes == honest.asked {
		t.Errorf("%d asked, %d hold: not both were tried", honest.asked, honest.yes)
	}
	t.Logf("%d files; %d asked, %d hold", len(names), honest.asked, honest.yes)
}
