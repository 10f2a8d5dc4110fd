// Package sdjwt takes SD-JWTs apart (RFC 9901): a token signed by its issuer
// that holds digests of claims, and the disclosures of those that its holder
// chose to show. It puts both together to the document that is shown, by the
// rules of RFC 9901 7.1, and verifies nothing.
package sdjwt

import (
	"bytes"
	"crypto"
	_ "crypto/sha256" // the hashes that _sd_alg may name
	_ "crypto/sha512"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Message is an SD-JWT taken apart and put together.
type Message struct {
	// Issued is the token that the issuer signed.
	Issued *jws.Message
	// KeyBinding is the KB-JWT as written, "" where there is none.
	KeyBinding string
	// Document is the payload with the disclosed claims in their places and
	// without digests (RFC 9901 7.1, step 3).
	Document strictjson.Value
	// Disclosed are JSON pointers into Document to all that came from
	// disclosures, in the order in which it was found. A long one names what
	// it is part of.
	Disclosed []string
	// Kept are JSON pointers into Document to the objects and arrays that
	// hold digests for which nothing is shown. Some of these may stand for
	// nothing (RFC 9901 4.2.5, decoys).
	Kept []string

	hash  crypto.Hash
	shown []byte // what the KB-JWT is bound to
}

// Separated says whether a text has the mark that tells an SD-JWT from a JWS.
func Separated(text []byte) bool { return bytes.IndexByte(text, '~') >= 0 }

// Parse reads the compact form (RFC 9901 4): a compact JWS, a tilde, each
// disclosure with a tilde behind it, and the KB-JWT or nothing. Errors are
// *report.Problem.
func Parse(text []byte) (*Message, error) {
	first, last := bytes.IndexByte(text, '~'), bytes.LastIndexByte(text, '~')
	if first < 0 {
		return nil, malformed("no tilde")
	}
	// Tildes are counted before anything is cut (T13).
	if count := bytes.Count(text, []byte{'~'}) - 1; count > limits.Disclosures {
		return nil, tooMany(strconv.Itoa(count) + " disclosures")
	}
	issued, err := jws.Parse(text[:first])
	if err != nil {
		return nil, err
	}
	m := &Message{Issued: issued, KeyBinding: string(text[last+1:]), shown: text[:last+1]}
	// RFC 9901 4: without a KB-JWT a tilde comes last. What stands behind it
	// then is a disclosure that was cut, or forged.
	if m.KeyBinding != "" && bytes.Count(text[last+1:], []byte{'.'}) != 2 {
		return nil, malformed("the last part is no token")
	}
	var disclosures []string
	if first < last {
		for _, part := range bytes.Split(text[first+1:last], []byte{'~'}) {
			disclosures = append(disclosures, string(part))
		}
	}
	return m, m.process(disclosures)
}

// InJSON says whether a JWS in JSON is an SD-JWT: its unprotected header has
// what only these have, or it says so itself. A draft had disclosures beside
// the header.
func InJSON(value strictjson.Value, message *jws.Message) bool {
	if _, draft := value.Get("disclosures"); draft {
		return true
	}
	for i := range message.Signatures {
		s := &message.Signatures[i]
		for _, name := range [...]string{"disclosures", "kb_jwt"} {
			if _, ok := s.Unprotected.Get(name); ok {
				return true
			}
		}
		const suffix = "sd-jwt"
		typ := s.Header.At("typ").Text()
		if len(typ) >= len(suffix) && bytes.EqualFold([]byte(typ[len(typ)-len(suffix):]), []byte(suffix)) {
			return true
		}
	}
	return false
}

// FromJSON reads the JSON serialisation (RFC 9901 8), given the JWS in it.
// Errors are *report.Problem.
func FromJSON(value strictjson.Value, issued *jws.Message) (*Message, error) {
	for _, name := range [...]string{"disclosures", "kb_jwt"} {
		if _, beside := value.Get(name); beside {
			return nil, malformed(name + " is not in the header")
		}
	}
	m := &Message{Issued: issued}
	var disclosures []string
	for i := range issued.Signatures {
		header := issued.Signatures[i].Unprotected
		shown, some := header.Get("disclosures")
		binding, bound := header.Get("kb_jwt")
		switch {
		case !some && !bound:
			continue
		// RFC 9901 8.1: both stand with the first signature and with no other.
		case i > 0:
			return nil, malformed("disclosures with another signature than the first")
		case some && shown.Kind() != strictjson.Array, bound && binding.Text() == "":
			return nil, malformed("disclosures or kb_jwt of the wrong kind")
		case len(shown.Items()) > limits.Disclosures:
			return nil, tooMany(strconv.Itoa(len(shown.Items())) + " disclosures")
		}
		m.KeyBinding = binding.Text()
		for _, item := range shown.Items() {
			if item.Kind() != strictjson.String {
				return nil, malformed("a disclosure that is no text")
			}
			disclosures = append(disclosures, item.Text())
		}
	}
	// RFC 9901 8.1: the KB-JWT is bound to what the compact form would be, with
	// the first signature.
	s := &issued.Signatures[0]
	m.shown = append(issued.SigningInput(s), '.')
	m.shown = base64.RawURLEncoding.AppendEncode(m.shown, s.Value)
	m.shown = append(m.shown, '~')
	for _, disclosure := range disclosures {
		m.shown = append(append(m.shown, disclosure...), '~')
	}
	return m, m.process(disclosures)
}

// Chosen says whether what stands at a JSON pointer into Document came from a
// disclosure, or is part of what did.
func (m *Message) Chosen(pointer string) bool {
	for _, place := range m.Disclosed {
		if rest, ok := strings.CutPrefix(pointer, place); ok && place != "" && (rest == "" || rest[0] == '/') {
			return true
		}
	}
	return false
}

// Hides says whether a document has digests of claims that it does not show
// (RFC 9901 4.2.4): it is then the token of an SD-JWT, whatever has become of
// the rest.
func Hides(document strictjson.Value) bool {
	for _, item := range document.Items() {
		if Hides(item) {
			return true
		}
	}
	members := document.Members()
	for _, m := range members {
		list := m.Key == digests && m.Value.Kind() == strictjson.Array
		if list || m.Key == digestOne && len(members) == 1 && m.Value.Kind() == strictjson.String || Hides(m.Value) {
			return true
		}
	}
	return false
}

// Digest is what a KB-JWT must have for `sd_hash` (RFC 9901 4.3.1): the digest
// of the token and of all disclosures as they were shown, in base64url.
func (m *Message) Digest() string { return digest(m.hash, m.shown) }

func digest(hash crypto.Hash, data []byte) string {
	h := hash.New()
	h.Write(data)
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

func malformed(detail string) error {
	return report.NewProblem(report.EnvelopeSdMalformed, detail)
}

func tooMany(detail string) error {
	return report.NewProblem(report.EnvelopeSdTooMany, detail)
}
