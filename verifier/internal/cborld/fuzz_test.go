package cborld

import (
	"encoding/hex"
	"errors"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Whatever comes in, nothing panics or hangs, every error has a code, and what
// comes out is a document that any reader reads alike.
func FuzzUnpack(f *testing.F) {
	for i, sample := range samples(f, "../../../testdata/codes/packed.json") {
		if data, _ := Text(sample.Text); i%8 == 0 {
			f.Add(data)
		}
	}
	for _, text := range []string{"d90501a0", "d90500f97e00", "d9cb1d8201a1018111", "d90681824101a0", "d90501a200110261416241"} {
		data, _ := hex.DecodeString(text)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > limits.PackedCharacters {
			return
		}
		document, err := Unpack(data, contexts.Documents)
		var problem *report.Problem
		if err != nil {
			if !errors.As(err, &problem) {
				t.Fatal(err)
			}
			return
		}
		if len(document.Readings) == 0 || len(document.Readings) > limits.PackedReadings {
			t.Fatal(len(document.Readings))
		}
		for _, reading := range document.Readings {
			again, err := strictjson.Parse(reading.Append(nil))
			if err != nil || !again.Equal(reading) {
				t.Fatal(err)
			}
		}
	})
}

// A text stands for its bytes, and no other text does.
func FuzzText(f *testing.F) {
	for _, text := range []string{"VP1-B3ECQCAA", "VP1-RBB8", "VP1-R:::", "VP1-R QED8WEX0", "VP1-B", "VP1-", "VP1-Ba"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if data, known := Text(text); data != nil && (!known || len(data) > len(text)) {
			t.Fatal(len(data))
		}
	})
}
