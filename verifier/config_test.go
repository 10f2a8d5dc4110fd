package verifier

import (
	"testing"
	"time"
)

// TestStatusListsAreCounted: more or larger lists than are read are a mistake
// of the configuration; what is in them is none.
func TestStatusListsAreCounted(t *testing.T) {
	large := make([]byte, MostListBytes+1)
	several := func(n int, list []byte) [][]byte {
		lists := make([][]byte, n)
		for i := range lists {
			lists[i] = list
		}
		return lists
	}
	for _, test := range []struct {
		name  string
		lists [][]byte
		fine  bool
	}{
		{"none", nil, true},
		{"nonsense", [][]byte{[]byte("no list"), nil}, true},
		{"as many as are read", several(MostLists, []byte("x")), true},
		{"one more", several(MostLists+1, nil), false},
		{"as large as is read", several(2, large[1:]), true},
		{"a byte larger", [][]byte{nil, large}, false},
	} {
		if _, err := New(Config{Now: time.Now, StatusLists: test.lists}); (err == nil) != test.fine {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
