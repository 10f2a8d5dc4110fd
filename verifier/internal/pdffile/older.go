package pdffile

import "github.com/sealcheck/sealcheck/verifier/internal/limits"

// The ways of packing that older programs use, and scanners still.

// unlzw unpacks codes of 9 to 12 bits (7.4.4.2). Codes become longer one code
// early unless the parameters say that they do not.
func (f *File) unlzw(data []byte, parameters *object) ([]byte, error) {
	const clear, end, most = 256, 257, 4096
	early := 1
	if own := f.at(parameters, "EarlyChange"); own.kind == number && own.number == 0 {
		early = 0
	}
	room := min(max(f.work, 0), limits.UnpackedBytes)
	// A sequence is one that came before and the byte behind it: where it came
	// last in what was unpacked, and how long it is.
	var starts, lengths [most]int32
	var out []byte
	next, bits, before := end+1, 9, -1
	held, count := 0, 0
	for _, c := range data {
		held, count = held<<8|int(c), count+8
		if count < bits {
			continue
		}
		count -= bits
		code := held >> count
		held &= 1<<count - 1
		if code == end {
			break
		}
		if code == clear {
			next, bits, before = end+1, 9, -1
			continue
		}
		if code > next || code == next && before < 0 || code >= most {
			return nil, ErrStream
		}
		at := len(out)
		if before >= 0 && next < most {
			// What came before, and the first byte of what comes now.
			length := int32(1)
			if before > end {
				length = lengths[before]
			}
			starts[next], lengths[next] = int32(at)-length, length+1
			next++
		}
		if code < clear {
			out = append(out, byte(code))
		} else {
			for i := range lengths[code] { // it may reach into itself
				out = append(out, out[starts[code]+i])
			}
		}
		if len(out) > room {
			f.spend(len(out))
			return nil, ErrTooLarge
		}
		before = code
		if next+early >= 1<<bits && bits < 12 {
			bits++
		}
	}
	if !f.spend(len(out)) {
		return nil, ErrTooLarge
	}
	return out, nil
}

// unrun unpacks bytes that stand there once for many (7.4.5).
func (f *File) unrun(data []byte) ([]byte, error) {
	room := min(max(f.work, 0), limits.UnpackedBytes)
	var out []byte
	for len(data) > 1 && data[0] != 128 && len(out) <= room {
		if n := int(data[0]); n < 128 {
			n = min(n+2, len(data))
			out, data = append(out, data[1:n]...), data[n:]
		} else {
			for range 257 - n {
				out = append(out, data[1])
			}
			data = data[2:]
		}
	}
	if !f.spend(len(out)) || len(out) > room {
		return nil, ErrTooLarge
	}
	return out, nil
}
