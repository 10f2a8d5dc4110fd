// Package member reads the members of JSON objects as JSON-LD means them: null
// counts as absent, and a value may be written bare or as an array. It keeps
// the JSON pointer of each.
package member

import (
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// Get is a member of an object; one that is null is not there.
func Get(object strictjson.Value, member string) (strictjson.Value, bool) {
	value, ok := object.Get(member)
	if !ok || value.Kind() == strictjson.Null {
		return strictjson.Value{}, false
	}
	return value, true
}

// Token escapes a member name for a JSON pointer (RFC 6901 3).
func Token(member string) string {
	for i := range len(member) {
		if c := member[i]; c == '~' || c == '/' {
			return strings.NewReplacer("~", "~0", "/", "~1").Replace(member)
		}
	}
	return member
}

// Entry is one value of a member that may be written bare or as an array.
type Entry struct {
	Value strictjson.Value
	Path  string
}

// Entries are the values of a member with their pointers.
func Entries(object strictjson.Value, path, member string) []Entry {
	value, ok := Get(object, member)
	if !ok {
		return nil
	}
	return Spread(value, path+"/"+Token(member))
}

// Spread gives the items of an array, and of anything else the value itself.
func Spread(value strictjson.Value, path string) []Entry {
	if value.Kind() != strictjson.Array {
		return []Entry{{value, path}}
	}
	list := make([]Entry, 0, len(value.Items()))
	for i, item := range value.Items() {
		list = append(list, Entry{item, path + "/" + strconv.Itoa(i)})
	}
	return list
}

// Texts are the strings of a value that may be bare or an array.
func Texts(value strictjson.Value) []string {
	var list []string
	for _, item := range value.List() {
		if item.Kind() == strictjson.String {
			list = append(list, item.Text())
		}
	}
	return list
}
