package issuer

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSameName(t *testing.T) {
	rows := []struct {
		a, b string
		want bool
	}{
		{"Velocert OÜ", "VELOCERT OU", true},
		{"Universität Köln", "Universitat Koln", true},
		{"Universität Köln", "UNIVERSITA\u0308T KO\u0308LN", true}, // marks written apart
		{"Universität Köln", "Universitaet Koeln", false},          // another spelling: no guess
		{"Straße", "STRASSE", true},
		{"Łódź Æther Þing", "Lodz Aether Thing", true},
		{"Fachhochschule (FH) Nord-West, e.V.", "fachhochschule fh nordwest ev", true},
		{"Uni  Nord", " UniNord ", true},
		{"Uni\u00a0Nord", "Uni Nord", true},
		{"İstanbul", "Istanbul", true},
		{"Πανεπιστήμιο Αθηνών", "ΠΑΝΕΠΙΣΤΗΜΙΟ ΑΘΗΝΩΝ", true},
		{"Київський університет", "КИЇВСЬКИЙ УНІВЕРСИТЕТ", true},
		{"東京大学", "東京大学", true},
		{"जामिया", "जामिया", true},
		{"Uni 1", "Uni 2", false},
		{"Uni Nord", "Uni Nord GmbH", false},
		{"Uni Nord", "Nord Uni", false},
		{"Uni", "Univ", false},
		// Invisible characters make a name that looks the same another one.
		{"Uni\u200bNord", "Uni Nord", false},
		{"Uni\u200dNord", "UniNord", false},
		{"\u202eUniNord", "UniNord", false},
		{"\ufeffUniNord", "UniNord", false},
		{"Uni\u00adNord", "UniNord", false},
		{"Uni\u2060Nord", "UniNord", false},
		{"UniNord\u200e", "UniNord", false},
		// Letters of another script that look alike.
		{"Harvard", "Hаrvard", false}, // Cyrillic а
		{"Oxford", "Οxford", false},   // Greek Ο
		{"Uni", "Unі", false},         // Ukrainian і
		{"Acme", "Асме", false},
		{"MIT", "ⅯIT", false},     // Roman numeral
		{"Uni 1", "Uni I", false}, // digit and letter
		{"Uni O", "Uni 0", false},
		{"Uni", "Uni\u0000", true}, // a control character is no letter
		// What has no letter is nobody.
		{"", "", false},
		{"-", "-", false},
		{" ", "", false},
		{"…", "!", false},
		{"\u0308", "\u0308", false},
	}
	for _, row := range rows {
		if SameName(row.a, row.b) != row.want || SameName(row.b, row.a) != row.want {
			t.Errorf("%q and %q: %v", row.a, row.b, !row.want)
		}
	}
}

func TestSameIdentifier(t *testing.T) {
	rows := []struct {
		a, b string
		want bool
	}{
		{"VATDE-123", "VATDE-123", true},
		{"VATDE-123", "vatde-123 ", true},
		{"VATDE-123", "123", true},
		{"NTREE-17207834", "17207834", true},
		{"123", "123", true},
		{"VATDE-123", "NTRDE-123", true}, // two registers of one country
		{"VATDE-123", "VATFR-123", false},
		{"VATEL-123", "VATGR-123", true}, // Greece, in two spellings
		{"VATUK-123", "NTRGB-123", true},
		{"VATDE-123", "VATDE-124", false},
		{"VATDE-123", "VATDE123", false},
		{"VATDE-", "VATDE-", true}, // no number: taken as written
		{"VATDE-", "", false},
		{"V1TDE-123", "123", false}, // no prefix of ETSI EN 319 412-1
		{"VATDE-VATDE-1", "VATDE-1", false},
		{"", "", false},
		{" ", "", false},
		{"ÄÖÜDE-1", "1", false},
	}
	for _, row := range rows {
		if SameIdentifier(row.a, row.b) != row.want || SameIdentifier(row.b, row.a) != row.want {
			t.Errorf("%q and %q: %v", row.a, row.b, !row.want)
		}
	}
}

func FuzzSameName(f *testing.F) {
	f.Add("Velocert OÜ", "VELOCERT OU")
	f.Add("Uni\u200bNord", "UniNord")
	f.Add("VATDE-1", "1")
	f.Fuzz(func(t *testing.T, a, b string) {
		if SameName(a, b) != SameName(b, a) || SameIdentifier(a, b) != SameIdentifier(b, a) {
			t.Errorf("%q and %q: not both ways", a, b)
		}
		if SameName(a, "") || SameName("", b) || SameIdentifier(a, "") {
			t.Error("the same as nothing")
		}
		// Whatever separates two names, one is not the other with more letters.
		if utf8.ValidString(a) && SameName(a, a) && SameName(a, a+"x") {
			t.Errorf("%q is the same with a letter more", a)
		}
		if SameName(a, b) && !SameName(" "+a+".", b) {
			t.Errorf("%q is another with a full stop", a)
		}
		if SameName(a, strings.ToUpper(a)) != SameName(strings.ToUpper(a), a) {
			t.Error(a)
		}
	})
}
