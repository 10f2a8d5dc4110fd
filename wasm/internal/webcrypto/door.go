//go:build js && wasm

package webcrypto

import (
	"runtime"
	"slices"
	"unsafe"

	"github.com/hack-pad/safejs"
)

// door is the host's half of this package, where it opens one (door.js): it is
// told by one number where key, signature and data lie, and answers by two.
// A value of JavaScript's costs more, each time that it is handed over, than
// all that is done here. Keys that have no raw form, and hosts that have no
// door, go the long way.
type door struct {
	verify safejs.Value
	absent map[int32]bool // kinds of key that the host does not have
}

// findDoor gives nil where there is none.
func findDoor() *door {
	object, err := safejs.Global().Get("sealcheck")
	if err != nil || object.Type() != safejs.TypeObject {
		return nil
	}
	verify, err := object.Get("verifySignature")
	if err != nil || verify.Type() != safejs.TypeFunction {
		return nil
	}
	return &door{verify: verify, absent: map[int32]bool{}}
}

// question is what the door reads, laid out as door.js has it: pointers and
// lengths take eight bytes here.
type question struct {
	number, kind int32
	key          unsafe.Pointer
	keyLength    int
	value        unsafe.Pointer
	valueLength  int
	data         unsafe.Pointer
	dataLength   int
	// What is hashed, and the hash put behind the data before anything is
	// verified; restLength is 0 where there is none.
	rest       unsafe.Pointer
	restLength int
	restHash   int32
}

// open are the questions that have no answer yet, by number. There is no lock:
// Go has one thread here.
var (
	open         = map[int32]chan<- int32{}
	lastQuestion int32
)

// verified answers a question. Each is answered once, and lets nothing run
// here: the door does that afterwards.
//
//go:wasmexport verified
func verified(number, what int32) {
	if answer, ok := open[number]; ok {
		delete(open, number)
		answer <- what
	}
}

// What is answered; anything else is a no.
const (
	yes    int32 = 1
	absent int32 = 2 // the host has no keys of this kind
)

// By these places the door knows a scheme.
var (
	curvesByNumber = [...]string{"Ed25519", "P-256", "P-384", "P-521"}
	hashesByNumber = [...]string{"", "SHA-256", "SHA-384", "SHA-512"}
)

// number is how the door calls a scheme; negative where it does not know it.
func (n schemeName) number() int32 {
	curve := slices.Index(curvesByNumber[:], n.kind)
	hash := slices.Index(hashesByNumber[:], n.hash)
	if curve < 0 || hash < 0 {
		return -1
	}
	return int32(curve<<2 + hash)
}

// start asks the door. It gives nil where that cannot tell. rest may be nil, or
// what is hashed by of and put behind data.
func (d *door) start(name schemeName, key, data, value, rest []byte, of string) (wait func() bool) {
	kind := name.number()
	if kind < 0 || d.absent[kind] {
		return nil
	}
	lastQuestion++
	q := &question{
		number: lastQuestion, kind: kind,
		key: unsafe.Pointer(unsafe.SliceData(key)), keyLength: len(key),
		value: unsafe.Pointer(unsafe.SliceData(value)), valueLength: len(value),
		data: unsafe.Pointer(unsafe.SliceData(data)), dataLength: len(data),
		rest: unsafe.Pointer(unsafe.SliceData(rest)), restLength: len(rest),
		restHash: int32(max(0, slices.Index(hashesByNumber[:], of))),
	}
	answer := make(chan int32, 1) // with room, so that nobody who answers is ever blocked
	open[q.number] = answer
	_, err := d.verify.Invoke(uintptr(unsafe.Pointer(q)))
	runtime.KeepAlive(q)
	if err != nil {
		delete(open, q.number)
		return nil
	}
	return func() bool {
		what := <-answer
		if what == absent {
			d.absent[kind] = true
		}
		return what == yes
	}
}
