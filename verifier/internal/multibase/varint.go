package multibase

import "errors"

var errVarint = errors.New("multibase: not a canonical unsigned varint")

// Varint reads the unsigned varint at the start of data, e.g. a multicodec
// code, and gives what follows it. Nine bytes (63 bits) are the most, and the
// shortest spelling is the only one (multiformats unsigned-varint).
func Varint(data []byte) (code uint64, rest []byte, err error) {
	for i := 0; i < len(data) && i < 9; i++ {
		code |= uint64(data[i]&0x7f) << (7 * i)
		if data[i] < 0x80 {
			// A last byte of zero adds nothing: the same number has a
			// shorter spelling.
			if data[i] == 0 && i > 0 {
				return 0, nil, errVarint
			}
			return code, data[i+1:], nil
		}
	}
	return 0, nil, errVarint
}
