// Package strictjson reads JSON in exactly one way. Readers disagree on
// duplicate keys, bad UTF-8, lone surrogates, trailing bytes and large
// numbers; each disagreement lets two programs see two credentials in one
// file (T7). Everything on which they could disagree is an error here, and
// the one tree that comes out feeds signature, rules and display alike.
package strictjson

// Kind is the kind of a JSON value. The zero Value is Absent.
type Kind uint8

const (
	Absent Kind = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

// Value is one JSON value: an immutable tree that keeps member order and the
// text of numbers. Copying is cheap.
type Value struct {
	kind  Kind
	truth bool
	text  string // of a String: the value; of a Number: the literal
	inner *inner // of an Array or Object; nil where nothing is in it
}

// inner is what an Array or Object holds. It lies apart since values are handed
// about by the thousand, most of them texts.
type inner struct {
	items   []Value
	members []Member
}

// Member is one member of an object.
type Member struct {
	Key   string
	Value Value
}

// Kind is the value's kind; Absent for the zero Value.
func (v Value) Kind() Kind { return v.kind }

// Text is the string of a String, or "".
func (v Value) Text() string {
	if v.kind == String {
		return v.text
	}
	return ""
}

// Literal is the text of a Number as written, or "".
func (v Value) Literal() string {
	if v.kind == Number {
		return v.text
	}
	return ""
}

// Truth is the value of a Bool, or false.
func (v Value) Truth() bool { return v.kind == Bool && v.truth }

// Items are the items of an Array, or nil. The caller must not change them.
func (v Value) Items() []Value {
	if v.inner == nil {
		return nil
	}
	return v.inner.items
}

// Members are the members of an Object in order, or nil. The caller must not
// change them.
func (v Value) Members() []Member {
	if v.inner == nil {
		return nil
	}
	return v.inner.members
}

// Get is the member with this key; ok is false for anything but an object
// that has it.
func (v Value) Get(key string) (Value, bool) {
	members := v.Members()
	for i := range members {
		if members[i].Key == key {
			return members[i].Value, true
		}
	}
	return Value{}, false
}

// At follows keys from object to object and gives the last value, or the zero
// Value where a step is missing.
func (v Value) At(keys ...string) Value {
	for _, key := range keys {
		v, _ = v.Get(key)
	}
	return v
}

// List is the items of an Array, the value itself for any other present
// value, and nothing for an absent one: JSON-LD writes single values bare.
func (v Value) List() []Value {
	switch v.kind {
	case Absent:
		return nil
	case Array:
		return v.Items()
	default:
		return []Value{v}
	}
}

// NewString and NewObject build values, for the few places where a document
// is put together from claims.
func NewString(text string) Value { return Value{kind: String, text: text} }

// NewObject makes an object of members, which must not repeat a key.
func NewObject(members []Member) Value {
	if len(members) == 0 {
		return Value{kind: Object}
	}
	return Value{kind: Object, inner: &inner{members: members}}
}

// NewArray makes an array.
func NewArray(items []Value) Value {
	if len(items) == 0 {
		return Value{kind: Array}
	}
	return Value{kind: Array, inner: &inner{items: items}}
}

// Is says whether this is the other object itself, rather than one like it.
func (v Value) Is(other Value) bool {
	mine, its := v.Members(), other.Members()
	return len(mine) > 0 && len(mine) == len(its) && &mine[0] == &its[0]
}

// Without is the object less the members with these keys.
func (v Value) Without(keys ...string) Value {
	if !v.hasAny(keys) {
		return v
	}
	kept := make([]Member, 0, len(v.Members()))
next:
	for _, m := range v.Members() {
		for _, key := range keys {
			if m.Key == key {
				continue next
			}
		}
		kept = append(kept, m)
	}
	return NewObject(kept)
}

func (v Value) hasAny(keys []string) bool {
	for _, key := range keys {
		if _, ok := v.Get(key); ok {
			return true
		}
	}
	return false
}

// Only is the object with no members but those with these keys.
func (v Value) Only(keys ...string) Value {
	var kept []Member
	for _, key := range keys {
		if value, ok := v.Get(key); ok {
			kept = append(kept, Member{key, value})
		}
	}
	return NewObject(kept)
}

// With is the object with the member set: replaced where the key stands, or
// appended.
func (v Value) With(key string, value Value) Value {
	members := append(make([]Member, 0, len(v.Members())+1), v.Members()...)
	for i := range members {
		if members[i].Key == key {
			members[i].Value = value
			return NewObject(members)
		}
	}
	return NewObject(append(members, Member{key, value}))
}
