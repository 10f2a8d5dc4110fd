package rdf

import "encoding/binary"

// AppendQuad appends a statement as a line of canonical N-Quads, its "\n"
// included (RDFC-1.0 section 5): one space between terms and before the full
// stop, none elsewhere, and the default graph not written at all. Blank nodes
// keep the labels that they have.
func AppendQuad(dst []byte, q *Quad) []byte {
	dst = AppendTerm(dst, &q.Subject)
	dst = append(dst, ' ')
	dst = AppendTerm(dst, &q.Predicate)
	dst = append(dst, ' ')
	dst = AppendTerm(dst, &q.Object)
	if q.Graph.Kind != None {
		dst = append(dst, ' ')
		dst = AppendTerm(dst, &q.Graph)
	}
	return append(dst, " .\n"...)
}

// AppendTerm appends a term as canonical N-Quads; None is nothing. IRIs and
// labels are written as they are: see AppendWellFormed.
func AppendTerm(dst []byte, t *Term) []byte {
	dst, _ = AppendWellFormed(dst, t)
	return dst
}

// AppendWellFormed is AppendTerm that also says whether what was written can
// be read in one way only. An IRI that held a ">" or a line break could be
// written so that two different datasets have the same text, and the same
// signature. It asks for no more than that: whether an IRI is a good one is
// not judged here, nor is a blank node's label.
func AppendWellFormed(dst []byte, t *Term) ([]byte, bool) {
	ok := true
	switch t.Kind {
	case IRI:
		return appendIRI(dst, t.Value)
	case Blank:
		dst = append(dst, "_:"...)
		dst = append(dst, t.Value...)
	case Literal:
		dst = append(dst, '"')
		dst = appendEscaped(dst, t.Value)
		dst = append(dst, '"')
		switch {
		case t.Language != "":
			ok = languageTag(t.Language)
			dst = append(dst, '@')
			dst = append(dst, t.Language...)
		// A literal of the datatype xsd:string is written without it.
		case t.Datatype != String && t.Datatype != "":
			dst = append(dst, "^^"...)
			return appendIRI(dst, t.Datatype)
		}
	}
	return dst, ok
}

func appendIRI(dst []byte, iri string) ([]byte, bool) {
	dst = append(dst, '<')
	dst = append(dst, iri...)
	ok := unbroken(dst[len(dst)-len(iri):])
	return append(dst, '>'), ok
}

// unbroken says whether an IRI holds nothing that ends or breaks it: controls,
// spaces, angle brackets, quotation marks and backslashes.
func unbroken(iri []byte) bool {
	// "!" is taken for one of them at first.
	if !suspect(iri, 0x23, '<', '<'^'>', '\\', '\\') {
		return true
	}
	for _, b := range iri {
		if b <= ' ' || b == '"' || b == '<' || b == '>' || b == '\\' {
			return false
		}
	}
	return true
}

// suspect says whether text holds a byte below low, or a byte that is value
// when the bits of mask are left out, or one of two others. It looks at eight
// bytes at a time: most of what is written is looked at here.
func suspect(text []byte, low, value, mask, second, third byte) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	if len(text) < 8 {
		for _, b := range text {
			if b < low || b&^mask == value&^mask || b == second || b == third {
				return true
			}
		}
		return false
	}
	// A byte of x below n borrows from its top bit in x - n, unless it was
	// set before; and a byte is zero when it is below one.
	below := ones * uint64(low)
	masked, first := ones*uint64(mask), ones*uint64(value|mask)
	two, three := ones*uint64(second), ones*uint64(third)
	for at := 0; ; at += 8 {
		if at > len(text)-8 {
			if at == len(text) {
				return false
			}
			at = len(text) - 8 // the rest, and some bytes again
		}
		x := binary.LittleEndian.Uint64(text[at:])
		a, b, c := (x|masked)^first, x^two, x^three
		if ((x-below)&^x|(a-ones)&^a|(b-ones)&^b|(c-ones)&^c)&tops != 0 {
			return true
		}
	}
}

// appendEscaped appends a lexical form. These are escaped and nothing else:
// U+0008, U+0009, U+000A, U+000C, U+000D, the quotation mark and the backslash
// with a letter or themselves, other controls to U+001F and U+007F with four
// upper case digits.
func appendEscaped(dst []byte, s string) []byte {
	start := len(dst)
	dst = append(dst, s...)
	if !suspect(dst[start:], 0x20, '"', 0, '\\', 0x7F) {
		return dst
	}
	dst = dst[:start]
	plain := 0
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b >= 0x20 && b != '"' && b != '\\' && b != 0x7F {
			continue
		}
		dst = append(dst, s[plain:i]...)
		plain = i + 1
		switch b {
		case '\b':
			dst = append(dst, `\b`...)
		case '\t':
			dst = append(dst, `\t`...)
		case '\n':
			dst = append(dst, `\n`...)
		case '\f':
			dst = append(dst, `\f`...)
		case '\r':
			dst = append(dst, `\r`...)
		case '"', '\\':
			dst = append(dst, '\\', b)
		default:
			const digits = "0123456789ABCDEF"
			dst = append(dst, '\\', 'u', '0', '0', digits[b>>4], digits[b&15])
		}
	}
	return append(dst, s[plain:]...)
}

// languageTag is the production LANGTAG without its "@": letters, then
// letters and digits after hyphens.
func languageTag(s string) bool {
	part, first := 0, true
	for i := 0; i < len(s); i++ {
		b := s[i]
		switch {
		case b|0x20 >= 'a' && b|0x20 <= 'z', !first && b >= '0' && b <= '9':
			part++
		case b == '-' && part > 0:
			part, first = 0, false
		default:
			return false
		}
	}
	return part > 0
}
