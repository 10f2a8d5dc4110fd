package sniff

import (
	"bytes"
	"unicode/utf8"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// cborReader walks over well-formed CBOR (RFC 8949 appendix C) without
// building anything.
type cborReader struct {
	data []byte
	left int // items that may still be looked at
}

func (r *cborReader) argument(info byte) (n uint64, ok bool) {
	if info < 24 {
		return uint64(info), true
	}
	if info > 27 {
		return 0, false
	}
	size := 1 << (info - 24)
	if len(r.data) < size {
		return 0, false
	}
	for _, b := range r.data[:size] {
		n = n<<8 | uint64(b)
	}
	r.data = r.data[size:]
	return n, true
}

// indefinite reads items up to the break byte.
func (r *cborReader) indefinite(major byte, depth int) bool {
	if major < 2 || major > 5 {
		return false
	}
	for {
		if len(r.data) == 0 {
			return false
		}
		if r.data[0] == 0xff {
			r.data = r.data[1:]
			return true
		}
		if !r.item(depth + 1) {
			return false
		}
	}
}

func (r *cborReader) item(depth int) bool {
	if r.left--; len(r.data) == 0 || depth > limits.JSONDepth || r.left < 0 {
		return false
	}
	first := r.data[0]
	major, info := first>>5, first&31
	r.data = r.data[1:]
	if info == 31 {
		return r.indefinite(major, depth)
	}
	length, ok := r.argument(info)
	if !ok {
		return false
	}
	switch major {
	case 2, 3: // bytes, text
		if length > uint64(len(r.data)) {
			return false
		}
		r.data = r.data[length:]
		return true
	case 4, 5: // array, map
		if length > uint64(len(r.data)) { // each item takes a byte
			return false
		}
		return r.items(length<<(major-4), depth+1)
	case 6: // tag
		return r.item(depth + 1)
	default: // integers, simple values, floats
		return true
	}
}

func (r *cborReader) items(count uint64, depth int) bool {
	for ; count > 0; count-- {
		if !r.item(depth) {
			return false
		}
	}
	return true
}

// isCBOR says whether bytes are one CBOR array, map or tagged value (RFC
// 8949), as COSE, CWT, mdoc and CBOR-LD are. A text is never taken for it.
func isCBOR(data []byte) bool {
	if len(data) < 2 || data[0]>>5 < 4 || data[0]>>5 > 6 {
		return false
	}
	// Tags that nothing else begins with: COSE_Sign1 in an array of four, a
	// CWT, self-described CBOR, CBOR-LD.
	for _, front := range [...]string{"\xd2\x84", "\xd8\x3d\xd2", "\xd9\xd9\xf7", "\xd9\xcb\x1d", "\xd9\x05", "\xd9\x06"} {
		if bytes.HasPrefix(data, []byte(front)) && !utf8.Valid(data) {
			return true
		}
	}
	r := cborReader{data: data, left: limits.JSONTokens}
	return r.item(0) && len(r.data) == 0
}

// cborProblem tells a mobile document (ISO/IEC 18013-5 8.3.2) from other CBOR,
// by names that all of its forms have.
func cborProblem(data []byte, detail string) error {
	if bytes.Contains(data, []byte("\x6aissuerAuth")) && bytes.Contains(data, []byte("\x6anameSpaces")) {
		return report.NewProblem(report.EnvelopeMdoc, detail)
	}
	return report.NewProblem(report.EnvelopeCbor, detail)
}
