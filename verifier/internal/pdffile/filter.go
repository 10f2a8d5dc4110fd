package pdffile

import (
	"bytes"
	"compress/zlib"
	"io"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// unpackWork is what it takes to begin to unpack, however little there is.
const unpackWork = 1 << 10

// unpack gives a stream's bytes without its filters (7.4).
func (f *File) unpack(o *object) ([]byte, error) {
	data, rest, err := f.unpackUntil(o, "")
	if err == nil && rest != "" {
		return nil, ErrFilter
	}
	return data, err
}

// unpackUntil takes filters off up to the one of this name, and gives that name
// if it comes to it.
func (f *File) unpackUntil(o *object, last string) ([]byte, string, error) {
	if o.stream == nil || o.cut {
		return nil, "", ErrStream
	}
	filters, parameters := f.all(o, "Filter"), f.all(o, "DecodeParms")
	if len(filters) > 8 {
		return nil, "", ErrFilter
	}
	data, err := f.deciphered(o)
	if err != nil {
		return nil, "", err
	}
	for i, filter := range filters {
		parameter := &nothing
		if i < len(parameters) {
			parameter = parameters[i]
		}
		name := string(filter.text)
		if name == last {
			return data, last, nil
		}
		// Streams may lie over one another, unpack to nothing, and be unpacked for
		// every time that they are drawn.
		if !f.spend(unpackWork + len(data)) {
			return nil, "", ErrTooLarge
		}
		switch name {
		case "FlateDecode", "Fl":
			if data, err = f.inflate(data); err == nil {
				data, err = f.unpredict(data, parameter)
			}
		case "LZWDecode", "LZW":
			if data, err = f.unlzw(data, parameter); err == nil {
				data, err = f.unpredict(data, parameter)
			}
		case "RunLengthDecode", "RL":
			data, err = f.unrun(data)
		case "ASCIIHexDecode", "AHx":
			digits, _, _ := bytes.Cut(data, []byte{'>'})
			data = unhexed(digits)
		case "ASCII85Decode", "A85":
			data, err = un85(data)
		case "Crypt":
			if kind := f.at(parameter, "Name"); kind.kind != null && string(kind.text) != "Identity" && (f.lock == nil || i > 0) {
				err = ErrFilter
			}
		default:
			err = ErrFilter
		}
		if err != nil {
			return nil, "", err
		}
	}
	return data, "", nil
}

// all is a list, or the one object that stands in its place.
func (f *File) all(o *object, name string) []*object {
	found := f.at(o, name)
	switch found.kind {
	case null:
		return nil
	case array:
		if !f.spend(64 * len(found.items)) { // many may share one list
			return nil
		}
		var list []*object
		for i := range found.items {
			list = append(list, f.follow(&found.items[i]))
		}
		return list
	default:
		return []*object{found}
	}
}

func (f *File) inflate(data []byte) ([]byte, error) {
	var err error
	if from := bytes.NewReader(data); f.inflater == nil {
		f.inflater, err = zlib.NewReader(from)
	} else {
		err = f.inflater.(zlib.Resetter).Reset(from, nil)
	}
	if err != nil {
		return nil, ErrStream
	}
	most := min(max(f.work, 0), limits.UnpackedBytes)
	var plain bytes.Buffer
	_, err = plain.ReadFrom(io.LimitReader(f.inflater, int64(most)+1))
	switch {
	case !f.spend(plain.Len()) || plain.Len() > most:
		return nil, ErrTooLarge
	case err != nil:
		return nil, ErrStream
	}
	return plain.Bytes(), nil
}

// unpredict takes back what a predictor did (7.4.4.4).
func (f *File) unpredict(data []byte, parameters *object) ([]byte, error) {
	predictor := f.at(parameters, "Predictor").number
	if predictor < 2 {
		return data, nil
	}
	or := func(name string, usual int) int {
		if found := f.at(parameters, name); found.kind == number {
			return found.number
		}
		return usual
	}
	colours, bits, columns := or("Colors", 1), or("BitsPerComponent", 8), or("Columns", 1)
	if colours < 1 || colours > 32 || bits < 1 || bits > 16 || columns < 1 || columns > 1<<24 {
		return nil, ErrStream
	}
	step := (colours*bits + 7) / 8
	row := min((colours*bits*columns+7)/8, len(data)) // longer ones are not there
	if predictor == 2 {
		if bits != 8 {
			return nil, ErrFilter
		}
		plain := bytes.Clone(data)
		for start := 0; start < len(plain); start += row {
			for i := start + step; i < min(start+row, len(plain)); i++ {
				plain[i] += plain[i-step]
			}
		}
		return plain, nil
	}
	plain := make([]byte, 0, len(data))
	above := make([]byte, row)
	for len(data) > 1 {
		how := data[0]
		line := make([]byte, row)
		n := copy(line, data[1:])
		data = data[1+n:]
		for i := range line {
			var left, corner byte
			if i >= step {
				left, corner = line[i-step], above[i-step]
			}
			switch how {
			case 0:
			case 1:
				line[i] += left
			case 2:
				line[i] += above[i]
			case 3:
				line[i] += byte((int(left) + int(above[i])) / 2)
			case 4:
				line[i] += paeth(left, above[i], corner)
			default:
				return nil, ErrStream
			}
		}
		plain = append(plain, line[:n]...)
		above = line
	}
	return plain, nil
}

// paeth is the neighbour nearest to left + above - corner (W3C PNG 9.4).
func paeth(left, above, corner byte) byte {
	a, b, c := int(left), int(above), int(corner)
	da, db, dc := distance(b, c), distance(a, c), distance(a+b, 2*c)
	switch {
	case da <= db && da <= dc:
		return left
	case db <= dc:
		return above
	}
	return corner
}

func distance(a, b int) int { return max(a-b, b-a) }

// un85 decodes five characters to four bytes (7.4.3).
func un85(data []byte) ([]byte, error) {
	plain := make([]byte, 0, len(data)/5*4+4)
	var value uint32
	count := 0
	for _, c := range data {
		switch {
		case isSpace(c):
			continue
		case c == '~':
			if count == 1 {
				return nil, ErrStream
			}
			if count > 0 {
				for range 5 - count {
					value = value*85 + 84
				}
				four := []byte{byte(value >> 24), byte(value >> 16), byte(value >> 8)}
				plain = append(plain, four[:count-1]...)
			}
			return plain, nil
		case c == 'z' && count == 0:
			plain = append(plain, 0, 0, 0, 0)
			continue
		case c < '!' || c > 'u':
			return nil, ErrStream
		}
		value = value*85 + uint32(c-'!')
		if count++; count == 5 {
			plain = append(plain, byte(value>>24), byte(value>>16), byte(value>>8), byte(value))
			value, count = 0, 0
		}
	}
	return nil, ErrStream
}
