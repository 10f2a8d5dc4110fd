package report

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

// fill sets every field that a value has to something, so that one which
// Append leaves out shows.
func fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeOf(time.Time{}) {
			v.Set(reflect.ValueOf(time.Date(2026, 11, 22, 4, 30, 1, 250, time.UTC)))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), depth+1)
		}
	case reflect.Pointer:
		if depth > 12 {
			return // a list has a report of its own, and so on
		}
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), depth+1)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for _, key := range []string{"b", "a", "é"} {
			v.SetMapIndex(reflect.ValueOf(key), reflect.ValueOf("fact"))
		}
	case reflect.String:
		v.SetString("text")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(-7)
	case reflect.Uint8:
		v.SetUint(2)
	default:
		panic(v.Kind())
	}
}

func same(t *testing.T, r *Report) {
	t.Helper()
	want, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Append(nil); string(got) != string(want) {
		t.Errorf("Append gives\n%s\nencoding/json\n%s", got, want)
	}
}

// TestAppend: the same bytes as encoding/json, for every field there is.
func TestAppend(t *testing.T) {
	same(t, &Report{})
	full := &Report{}
	fill(reflect.ValueOf(full).Elem(), 0)
	same(t, full)
	same(t, &Report{Besides: []Besides{{"a <b>.zip/ä", EnvelopeText}, {}}, Credentials: []Credential{{File: "a"}}})
	same(t, &Report{Credentials: []Credential{{Description: &Description{}, Checks: []Check{{Codes: []Code{}}}}}, Lists: []List{{}}})
	for _, text := range []string{"", "<b>&\"\\/", "\x00\x01\b\f\n\r\t\x1f\x7f", "é 🌱", "\u2028\u2029\u2027", "\xff\xc3", "a\xe2\x80", "\ufffd"} {
		same(t, &Report{Policy: text, Saying: Saying{Facts: map[string]string{text: text}}})
	}
}

func FuzzAppend(f *testing.F) {
	f.Add("text", "<\u2028\xff")
	f.Fuzz(func(t *testing.T, a, b string) {
		same(t, &Report{Policy: a, Core: b, Saying: Saying{Key: b, Facts: map[string]string{a: b, b: a}}})
	})
}
