package der

import (
	"bytes"
	"encoding/asn1"
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"\x17\x0d260102030405Z": "2026-01-02T03:04:05Z", "\x17\x0d500102030405Z": "1950-01-02T03:04:05Z", "\x17\x0d490102030405Z": "2049-01-02T03:04:05Z",
		"\x18\x0f20260102030405Z": "2026-01-02T03:04:05Z", "\x18\x0f20260230030405Z": "", "\x17\x0d269902030405Z": "",
		"\x17\x0b2601020304Z": "", "\x18\x1120260102030405.5Z": "", "\x17\x11260102030405+0100": "", "\x18\x0f2026010203040+Z": "", "": "", "\x17\x0d26010203040": "",
	} {
		r := Read([]byte(text))
		got := r.Time()
		ok := !r.Bad()
		if ok != (want != "") || ok && got.Format(time.RFC3339) != want {
			t.Errorf("%q: %v %v", text, got, ok)
		}
	}
}

// FuzzReader: what is read lies in what was given, is written in the one way
// in which the standard library writes it, and nothing comes after a fault.
func FuzzReader(f *testing.F) {
	f.Add([]byte("\x30\x06\x02\x01\x05\x01\x01\xff"))
	f.Add([]byte("\x30\x80\x00\x00"))
	f.Add(append([]byte("\x04\x81\x80"), make([]byte, 128)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		all := Read(data)
		inner := all.Within(data)
		for all.More() {
			tag := all.Tag()
			content, whole := all.Next()
			if all.Bad() {
				break
			}
			var raw asn1.RawValue
			if rest, err := asn1.Unmarshal(whole, &raw); err != nil || len(rest) > 0 || whole[0] != tag || !bytes.Equal(raw.Bytes, content) {
				t.Fatalf("% x: %v", whole, err)
			}
		}
		if all.Bad() && (all.More() || all.Tag() != 0) {
			t.Error("more after a fault")
		}
		for inner.More() {
			switch inner.Tag() {
			case Integer:
				inner.Integer()
			case Boolean:
				inner.Boolean(Boolean)
			case UTCTime, GeneralizedTime:
				inner.Time()
			case BitString:
				inner.Bits()
			case Enumerated:
				inner.Enumerated()
			default:
				inner.Next()
			}
		}
	})
}
