package statuslist

import (
	"encoding/base64"
	"errors"
	"io"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// text looks at how a list is written, says what has to be overlooked, and
// gives the bytes as a stream.
func (r *rules) text(text string, remarks *[]report.Code) (*source, error) {
	digits := strings.TrimRight(text, "=")
	padding := len(text) - len(digits)
	standard, url := false, false
	for i := 0; i < len(digits); i++ {
		switch c := digits[i]; {
		case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
		case c == '+' || c == '/':
			standard = true
		case c == '-' || c == '_':
			url = true
		default:
			// White space and line breaks too: some decoders skip them.
			return nil, malformed("a character that is not of base64")
		}
	}
	if standard && (url || r.strict) {
		return nil, malformed("not the alphabet of base64url")
	}
	// Packed data never begin with 101110, which is what "u" stands for in
	// base64: it can only be the sign of multibase.
	prefixed := strings.HasPrefix(digits, "u")
	if prefixed {
		if r.strict {
			return nil, malformed("begins with u")
		}
		digits = digits[1:]
	}
	if digits == "" {
		return nil, malformed("empty")
	}
	if padding > 0 && (padding > 2 || (len(digits)+padding)%4 != 0) {
		return nil, malformed("padding")
	}
	if r.multibase && !prefixed {
		*remarks = append(*remarks, report.StatusListMultibaseMissing)
	}
	if padding > 0 && !r.anyBase64 {
		*remarks = append(*remarks, report.StatusListPadded)
	}
	// A "u" where none belongs has no code of its own. It names an alphabet
	// that the rules do not ask for, and so it is remarked on.
	if standard && !r.anyBase64 || prefixed && !r.multibase {
		*remarks = append(*remarks, report.StatusListBase64Standard)
	}
	alphabet := base64.RawURLEncoding
	if standard {
		alphabet = base64.RawStdEncoding
	}
	return &source{alphabet: alphabet.Strict(), text: digits}, nil
}

// errTail is what a source gives where its text does not end at the end of a
// byte: it was cut off, if what was packed is not complete either.
var errTail = errors.New("statuslist: base64 does not end with a byte")

// source decodes a text of base64 piece by piece, or hands out bytes as they
// are. It never gives more than it is asked for, so that what follows packed
// data is seen.
type source struct {
	alphabet *base64.Encoding
	text     string // not yet decoded; only of letters of the alphabet
	chunk    []byte // decoded
	letters  [1024]byte
	bytes    [768]byte
}

// fill decodes the next piece.
func (s *source) fill() error {
	if len(s.chunk) > 0 {
		return nil
	}
	if s.text == "" {
		return io.EOF
	}
	n := copy(s.letters[:], s.text)
	// Every piece but the last has whole groups of four letters, and only the
	// last can be wrong.
	decoded, err := s.alphabet.Decode(s.bytes[:], s.letters[:n])
	if err != nil {
		n = n / 4 * 4
		if decoded, err = s.alphabet.Decode(s.bytes[:], s.letters[:n]); err != nil || decoded == 0 {
			return errTail
		}
	}
	s.text, s.chunk = s.text[n:], s.bytes[:decoded]
	return nil
}

// peek gives the next two bytes, or as many as there are.
func (s *source) peek() []byte {
	if s.fill() != nil {
		return nil
	}
	return s.chunk[:min(2, len(s.chunk))]
}

// ReadByte and Read make it a reader that package flate does not wrap in a
// buffer of its own.
func (s *source) ReadByte() (byte, error) {
	if err := s.fill(); err != nil {
		return 0, err
	}
	b := s.chunk[0]
	s.chunk = s.chunk[1:]
	return b, nil
}

func (s *source) Read(data []byte) (int, error) {
	if len(data) == 0 {
		return 0, nil
	}
	if err := s.fill(); err != nil {
		return 0, err
	}
	n := copy(data, s.chunk)
	s.chunk = s.chunk[n:]
	return n, nil
}
