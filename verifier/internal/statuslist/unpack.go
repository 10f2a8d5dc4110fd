package statuslist

import (
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// pieceBytes is how much is unpacked at a time.
const pieceBytes = 8 << 10

// unpack unpacks a list, shows all of it to a window, and gives its length in
// bytes.
func unpack(in *source, rules *rules, w *window, remarks *[]report.Code) (int, error) {
	packed, err := open(in, rules, remarks)
	if err != nil {
		return 0, problem(err)
	}
	length, err := pass(packed, limits.ListExpanded, w)
	if err != nil {
		return 0, err
	}
	// Nothing may follow: another member of a GZIP file would be more list for
	// those who read on (RFC 1952 2.2), anything else a second content.
	switch _, err := in.ReadByte(); err {
	case io.EOF:
		return length, nil
	case nil:
		return 0, malformed("something follows the packed data")
	default:
		return 0, malformed(err.Error())
	}
}

// open tells by its first bytes how a list is packed.
func open(in *source, rules *rules, remarks *[]report.Code) (io.Reader, error) {
	start := in.peek()
	switch {
	case rules.strict:
		// RFC 1950 2.2; a preset dictionary is refused.
		return zlib.NewReader(in)
	case len(start) == 2 && start[0] == 0x1f && start[1] == 0x8b:
		if !rules.gzip {
			*remarks = append(*remarks, report.StatusListCompressionOther)
		}
		reader, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		reader.Multistream(false)
		return reader, nil
	case len(start) == 2 && start[0]&15 == 8 && (int(start[0])<<8|int(start[1]))%31 == 0:
		if !rules.zlib {
			*remarks = append(*remarks, report.StatusListCompressionOther)
		}
		return zlib.NewReader(in)
	case len(start) < 2:
		return nil, io.ErrUnexpectedEOF
	}
	return nil, malformed("neither GZIP nor ZLIB")
}

// pass reads to the end, but never more than one byte beyond most.
func pass(in io.Reader, most int, w *window) (length int, err error) {
	piece := make([]byte, pieceBytes)
	for {
		n, err := in.Read(piece[:min(len(piece), most+1-length)])
		w.pass(length, piece[:n])
		length += n
		switch {
		case length > most:
			return 0, report.NewProblem(report.StatusListExpandsTooFar, "")
		case err == io.EOF:
			return length, nil
		case err != nil:
			return 0, problem(err)
		}
	}
}

// problem says what an error of unpacking means. Where the text ends within
// the packed data, it was cut off.
func problem(err error) error {
	var known *report.Problem
	switch {
	case err == errTail || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return report.NewProblem(report.StatusListTruncated, "")
	case errors.As(err, &known):
		return err
	default:
		return malformed(err.Error())
	}
}
