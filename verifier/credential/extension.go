package credential

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// kind is what a member of an extension must be.
type kind byte

const (
	aText kind = iota
	aLink      // a text that begins like a web address
	aNumber
	anObject
)

// extensions are the additions to Open Badges 2.0 of which a schema is published
// with their context, and what it asks for (openbadgespec.org/extensions). A
// member stands under its short name, or under an address that ends in the last
// name. One that stands in another has that one before it, with a stroke.
var extensions = [...]struct {
	extension, member, address string
	kind                       kind
}{
	{"ExampleExtension", "exampleProperty", "text", aText},
	{"ApplyLink", "url", "applyLink", aLink},
	{"OriginalCreator", "url", "url", aLink},
	{"GeoCoordinates", "description", "description", aText},
	{"GeoCoordinates", "geo", "geo", anObject},
	{"GeoCoordinates", "geo/latitude", "latitude", aNumber},
	{"GeoCoordinates", "geo/longitude", "longitude", aNumber},
}

// extended looks for extensions wherever they stand in a badge.
func (r *reader) extended(value strictjson.Value) {
	for _, item := range value.List() {
		if item.Kind() == strictjson.Array {
			r.extended(item)
			continue
		}
		types, is := member.Texts(item.At("type")), false
		for i := range types {
			types[i] = last(types[i])
			is = is || strings.EqualFold(types[i], "Extension")
		}
		if is {
			r.extension(item, types)
			continue
		}
		for _, m := range item.Members() {
			if m.Value.Kind() == strictjson.Object || m.Value.Kind() == strictjson.Array {
				r.extended(m.Value)
			}
		}
	}
}

// extension holds an extension against what is asked for. Open Badges 2.0,
// Extensions: one that does not pass the schema of its type makes the badge
// invalid. Of any other it is said that it was not looked at.
func (r *reader) extension(value strictjson.Value, types []string) {
	known := false
	for i := range extensions {
		e := &extensions[i]
		if !slices.Contains(types, e.extension) {
			continue
		}
		known = true
		in, short := value, e.member
		if outer, inner, ok := strings.Cut(short, "/"); ok {
			in, short = within(in, outer, outer), inner
		}
		if got := within(in, short, e.address); !e.kind.is(got) {
			r.add(report.CredentialExtensionMalformed, e.extension+"/"+e.member)
		}
	}
	for _, name := range types {
		// edubadges and others: one value, under the name that the extension has.
		base, is := strings.CutSuffix(name, "Extension")
		_, there := value.Get(base)
		known = known || is && there
	}
	r.c.Badge.Extended = r.c.Badge.Extended || !known
}

// within is a member by its short name or by an address.
func within(object strictjson.Value, short, address string) strictjson.Value {
	for _, m := range object.Members() {
		if m.Key == short || strings.Contains(m.Key, ":") && last(m.Key) == address {
			if inner, ok := m.Value.Get("@value"); ok {
				return inner
			}
			return m.Value
		}
	}
	return strictjson.Value{}
}

func (k kind) is(value strictjson.Value) bool {
	switch k {
	case aText:
		return value.Kind() == strictjson.String
	case aLink:
		return web(value.Text())
	case aNumber:
		return value.Kind() == strictjson.Number
	}
	return value.Kind() == strictjson.Object
}

// last is the last name in an address, written out or abbreviated.
func last(address string) string {
	return address[strings.LastIndexAny(address, "#/:")+1:]
}
