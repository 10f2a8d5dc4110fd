package pdffile

import (
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// Picture is a picture on a page.
type Picture struct {
	MediaType     string // image/jpeg, as it is in the document; or image/png, made of it in shades of grey
	Bytes         []byte
	Width, Height int // in pixels
}

const (
	leastSide = 21      // the smallest code has as many points
	mostSide  = 1 << 14 // beyond, nobody has scanned a page
	mostDots  = 1 << 25
)

// Pictures are the pictures on the pages, in their order, each once, as far as
// they could hold a code that a camera reads: also what a page draws point by
// point.
func (f *File) Pictures() []Picture {
	var all []Picture
	seen := map[*object]bool{}
	room := limits.PDFPictureBytes
	var look func(resources *object, depth int)
	look = func(resources *object, depth int) {
		objects := f.at(resources, "XObject")
		if depth > 3 || seen[objects] {
			return
		}
		seen[objects] = true
		for i := 1; i < len(objects.items) && len(all) < limits.PDFPictures; i += 2 {
			o := f.follow(&objects.items[i])
			if f.is(o, "Subtype", "Form") {
				look(f.at(o, "Resources"), depth+1)
			} else if f.is(o, "Subtype", "Image") && !seen[o] {
				seen[o] = true
				if picture, ok := f.picture(o, room); ok && len(picture.Bytes) <= room {
					room -= len(picture.Bytes)
					all = append(all, picture)
				}
			}
		}
	}
	f.pages(func(page, resources *object) {
		look(resources, 0)
		if len(all) < limits.PDFPictures {
			if picture, ok := f.drawing(page, resources, room); ok {
				room -= len(picture.Bytes)
				all = append(all, picture)
			}
		}
	})
	return all
}

// picture reads a picture of a kind that is read here (8.9.5), if it takes no
// more than so many bytes.
func (f *File) picture(o *object, most int) (Picture, bool) {
	width, height := f.at(o, "Width").number, f.at(o, "Height").number
	if width < leastSide || height < leastSide || width > mostSide || height > mostSide || width*height > mostDots {
		return Picture{}, false
	}
	data, rest, err := f.unpackUntil(o, "DCTDecode")
	if err != nil {
		return Picture{}, false
	}
	if rest != "" {
		return Picture{"image/jpeg", data, width, height}, true
	}
	if lines := (width + 1) * height; lines+lines/6000+100 > most { // as png writes it
		return Picture{}, false
	}
	shades, ok := f.shades(o, data, width, height)
	if !ok {
		return Picture{}, false
	}
	return Picture{"image/png", png(shades, width, height), width, height}, true
}

// shades gives the lines of a picture as PNG has them: a zero before each, then
// a byte for each point, 0 for black.
func (f *File) shades(o *object, data []byte, width, height int) ([]byte, bool) {
	bits, colours, palette := f.at(o, "BitsPerComponent").number, 1, []byte(nil)
	if string(f.at(o, "ImageMask").text) == "true" {
		bits = 1
	} else if colours, palette = f.colours(f.at(o, "ColorSpace"), 0); colours == 0 {
		return nil, false
	}
	if bits != 1 && bits != 2 && bits != 4 && bits != 8 {
		return nil, false
	}
	row := (width*colours*bits + 7) / 8
	if len(data) < row*height {
		return nil, false
	}
	// 8.9.5.2: the other way about. Other ranges are of no use to a code.
	decode := f.all(o, "Decode")
	reversed := len(decode) > 0 && palette == nil && decode[0].number == 1
	top := 1<<bits - 1
	shades := make([]byte, 0, (width+1)*height)
	for y := range height {
		line := data[y*row:]
		shades = append(shades, 0)
		for x := range width {
			var values [4]int
			for i := range min(colours, 4) {
				at := (x*colours + i) * bits
				values[i] = int(line[at/8]) >> (8 - bits - at%8) & top
				if palette == nil {
					values[i] = values[i] * 255 / top
				}
			}
			shade := values[0]
			switch {
			case palette != nil:
				shade = 0
				if values[0] < len(palette) {
					shade = int(palette[values[0]])
				}
			case colours > 1:
				shade = grey(values[:colours])
			}
			if reversed {
				shade = 255 - shade
			}
			shades = append(shades, byte(shade))
		}
	}
	return shades, true
}

// grey is how bright a colour of three or four parts is.
func grey(c []int) int {
	if len(c) == 4 {
		black := 255 - c[3]
		return ((255-c[0])*3 + (255-c[1])*6 + 255 - c[2]) / 10 * black / 255
	}
	return (c[0]*3 + c[1]*6 + c[2]) / 10
}

// colours is how many parts a colour has (8.6), 0 where that is not known, and
// the shade of each colour of a palette.
func (f *File) colours(space *object, depth int) (int, []byte) {
	name := space
	if space.kind == array && len(space.items) > 0 {
		name = f.follow(&space.items[0])
	}
	switch string(name.text) {
	case "DeviceGray", "CalGray", "G":
		return 1, nil
	case "DeviceRGB", "CalRGB", "RGB":
		return 3, nil
	case "DeviceCMYK", "CMYK":
		return 4, nil
	}
	if space.kind != array || len(space.items) < 2 || depth > 2 {
		return 0, nil
	}
	below := f.follow(&space.items[1])
	switch string(name.text) {
	case "ICCBased":
		if n := f.at(below, "N").number; n == 1 || n == 3 || n == 4 {
			return n, nil
		}
	case "Indexed", "I":
		colours, palette := f.colours(below, depth+1)
		if len(space.items) < 4 || colours == 0 || palette != nil {
			return 0, nil
		}
		table := f.follow(&space.items[3])
		bytes := table.text
		if table.stream != nil {
			bytes, _ = f.unpack(table)
		}
		palette = []byte{}
		for ; len(bytes) >= colours && len(palette) < 256; bytes = bytes[colours:] {
			values := make([]int, colours)
			for i := range values {
				values[i] = int(bytes[i])
			}
			if colours == 1 {
				palette = append(palette, bytes[0])
			} else {
				palette = append(palette, byte(grey(values)))
			}
		}
		return 1, palette
	}
	return 0, nil
}

// png wraps lines of grey points, without packing them (W3C PNG; RFC 1951
// 3.2.4: blocks as they are).
func png(lines []byte, width, height int) []byte {
	out := make([]byte, 0, len(lines)+len(lines)/6000+100)
	chunk := func(name string, write func()) {
		start := len(out)
		out = append(append(out, 0, 0, 0, 0), name...)
		write()
		binary.BigEndian.PutUint32(out[start:], uint32(len(out)-start-8))
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start+4:]))
	}
	out = append(out, "\x89PNG\r\n\x1a\n"...)
	chunk("IHDR", func() {
		out = binary.BigEndian.AppendUint32(out, uint32(width))
		out = binary.BigEndian.AppendUint32(out, uint32(height))
		out = append(out, 8, 0, 0, 0, 0)
	})
	chunk("IDAT", func() {
		out = append(out, 0x78, 0x01)
		for rest := lines; len(rest) > 0; {
			n := min(len(rest), 0xffff)
			last := byte(0)
			if n == len(rest) {
				last = 1
			}
			out = append(out, last, byte(n), byte(n>>8), ^byte(n), ^byte(n>>8))
			out, rest = append(out, rest[:n]...), rest[n:]
		}
		out = binary.BigEndian.AppendUint32(out, adler32.Checksum(lines))
	})
	chunk("IEND", func() {})
	return out
}
