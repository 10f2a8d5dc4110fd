package issuer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// SameName says whether two names of an organisation are the same but for
// case, accents, punctuation and spaces: real certificates write "VELOCERT OU"
// where the file says "Velocert OÜ" (domain/edc.md 2). Empty names are never
// the same. It never decides trust: it only compares what a certificate or
// list has proven with what the file calls itself.
func SameName(a, b string) bool {
	a, b = fold(a), fold(b)
	return a != "" && a == b
}

// SameIdentifier compares two legal identifiers, with or without their
// semantics prefix: "NTREE-17207834" and "17207834" are the same. Where both
// name a country it must be the same one: registers of two countries give the
// same number to two bodies.
func SameIdentifier(a, b string) bool {
	a, here := bare(a)
	b, there := bare(b)
	return a != "" && a == b && (here == "" || there == "" || here == there)
}

// bare takes the prefix of ETSI EN 319 412-1 5.1.4 away: three letters, two
// letters of country, hyphen. The country is given in one spelling.
func bare(identifier string) (number, country string) {
	text := strings.ToUpper(strings.TrimSpace(identifier))
	if len(text) <= 6 || text[5] != '-' {
		return text, ""
	}
	for i := 0; i < 5; i++ {
		if text[i] < 'A' || text[i] > 'Z' {
			return text, ""
		}
	}
	switch country = text[3:5]; country {
	case "EL": // as tax offices write Greece
		country = "GR"
	case "UK":
		country = "GB"
	}
	return text[6:], country
}

// plain writes letters with marks as their base letters, as registers and
// certification authorities do. Letters that are not here stay as they are,
// so that no two scripts are mixed.
var plain = map[rune]string{
	'à': "a", 'á': "a", 'â': "a", 'ã': "a", 'ä': "a", 'å': "a", 'ā': "a", 'ă': "a", 'ą': "a", 'æ': "ae",
	'ç': "c", 'ć': "c", 'ĉ': "c", 'ċ': "c", 'č': "c", 'ď': "d", 'đ': "d", 'ð': "d",
	'è': "e", 'é': "e", 'ê': "e", 'ë': "e", 'ē': "e", 'ĕ': "e", 'ė': "e", 'ę': "e", 'ě': "e",
	'ĝ': "g", 'ğ': "g", 'ġ': "g", 'ģ': "g", 'ĥ': "h", 'ħ': "h",
	'ì': "i", 'í': "i", 'î': "i", 'ï': "i", 'ĩ': "i", 'ī': "i", 'ĭ': "i", 'į': "i", 'ı': "i", 'ĵ': "j", 'ķ': "k",
	'ĺ': "l", 'ļ': "l", 'ľ': "l", 'ŀ': "l", 'ł': "l", 'ñ': "n", 'ń': "n", 'ņ': "n", 'ň': "n",
	'ò': "o", 'ó': "o", 'ô': "o", 'õ': "o", 'ö': "o", 'ø': "o", 'ō': "o", 'ŏ': "o", 'ő': "o", 'œ': "oe",
	'ŕ': "r", 'ŗ': "r", 'ř': "r", 'ś': "s", 'ŝ': "s", 'ş': "s", 'š': "s", 'ș': "s", 'ß': "ss",
	'ţ': "t", 'ť': "t", 'ŧ': "t", 'ț': "t", 'ù': "u", 'ú': "u", 'û': "u", 'ü': "u", 'ũ': "u", 'ū': "u",
	'ŭ': "u", 'ů': "u", 'ű': "u", 'ų': "u", 'ŵ': "w", 'ý': "y", 'ÿ': "y", 'ŷ': "y", 'ź': "z", 'ż': "z", 'ž': "z", 'þ': "th",
	// Greek in capitals has no accents, and one sigma
	'ά': "α", 'έ': "ε", 'ή': "η", 'ί': "ι", 'ό': "ο", 'ύ': "υ", 'ώ': "ω", 'ϊ': "ι", 'ϋ': "υ", 'ΐ': "ι", 'ΰ': "υ", 'ς': "σ",
	// Cyrillic letters that are also written as letter and mark
	'й': "и", 'ѐ': "е", 'ё': "е", 'ѝ': "и", 'ї': "і", 'ѓ': "г", 'ќ': "к", 'ў': "у",
}

func fold(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	for _, r := range name {
		if r < utf8.RuneSelf {
			switch {
			case r >= 'A' && r <= 'Z':
				b.WriteByte(byte(r) + 'a' - 'A')
			case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
				b.WriteByte(byte(r))
			}
			continue
		}
		r = unicode.ToLower(r)
		switch base, marked := plain[r]; {
		case marked:
			b.WriteString(base)
		case unicode.Is(unicode.Mn, r): // a mark written apart from its letter
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
			b.WriteRune(r)
		case unicode.Is(unicode.Cf, r):
			// Invisible characters make two different names look the same:
			// they are kept, so that such a name matches nothing.
			b.WriteRune(r)
		}
	}
	return b.String()
}
