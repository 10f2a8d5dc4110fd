//go:build js && wasm

package main

import (
	"context"
	"errors"
	"slices"
	"unsafe"

	"github.com/hack-pad/safejs"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/wasm/internal/jsfetch"
	"github.com/sealcheck/sealcheck/wasm/internal/stack"
)

// A value of JavaScript's costs more, each time that it is handed over, than
// reading a small file does. So there is a door beside the function verify,
// for a host that opens it (door.js): only numbers pass, bytes are laid where
// Go says, and what a call asks for is what the call before it asked for, as
// long as it is the same. Whatever is new or out of the ordinary goes the long
// way, which alone reads options and has errors for them.
//
// There is no lock: Go has one thread here, and nothing below waits but the
// verification itself. What is exported runs while all goroutines wait, and
// lets none of them run; the door does that afterwards.

// asked is what was asked for last, by number; 0 where there is none.
var asked struct {
	number int32
	options
}

// keep makes these options those that the door may ask for by number.
func keep(o options) {
	asked.number = asked.number&(1<<30-1) + 1
	asked.options = o
}

// optionsNumber is the number of what was asked for last.
//
//go:wasmexport options
func optionsNumber() int32 { return asked.number }

// laid is room for the bytes of the next call.
var laid []byte

// room gives the place for a file of so many bytes.
//
//go:wasmexport room
func room(length int32) unsafe.Pointer {
	laid = make([]byte, length)
	return unsafe.Pointer(unsafe.SliceData(laid))
}

// begin verifies the bytes that were laid, as was asked by this number. It is
// false where something else was asked for since. The call's number is the
// door's.
//
//go:wasmexport begin
func begin(call, number int32) bool {
	file, wanted := laid, asked.options
	laid = nil
	if number != asked.number || number == 0 {
		return false
	}
	wanted.getter = asker{call, wanted.gate}
	stack.Go(func() {
		report, err := guarded(func() ([]byte, error) {
			v, ctx, err := verifierFor(context.Background(), wanted)
			if err != nil {
				return nil, err
			}
			found := v.Verify(ctx, file)
			return found.Append(spare()), nil
		})
		over = append(over, answer{call, report, err})
	})
	return true
}

// answer is what has become of a call.
type answer struct {
	call   int32
	report []byte
	err    error
}

// over are the answers that the door has not yet taken.
var over []answer

// told is the answer that the door reads now, laid out as door.js has it: a
// pointer takes eight bytes here.
var told struct {
	call   int32
	failed int32 // whether text is an error
	text   unsafe.Pointer
	length int32

	bytes []byte // the text, which lives as long as it is read
}

// ended gives the next answer, which stays until this is called again; nil
// where there is none.
//
//go:wasmexport ended
func ended() unsafe.Pointer {
	if len(over) == 0 {
		return nil
	}
	next := over[0]
	over[0] = answer{}
	over = over[1:]
	told.call, told.failed, told.bytes = next.call, 0, next.report
	if next.err != nil {
		told.failed, told.bytes = 1, []byte(next.err.Error())
	}
	told.text, told.length = unsafe.Pointer(unsafe.SliceData(told.bytes)), int32(len(told.bytes))
	return unsafe.Pointer(&told)
}

// spare is room for a report: that of the one before, which the door has read
// before anything else runs.
func spare() []byte {
	const most = 1 << 20
	if len(over) > 0 || cap(told.bytes) > most {
		return nil
	}
	room := told.bytes[:0]
	told.bytes = nil
	return room
}

// asker is a fetch.Getter by the function of one call, which is asked for only
// when it is needed.
type asker struct {
	call int32
	gate jsfetch.Gate
}

var errNoDoor = errors.New("there is no door")

func (a asker) Get(ctx context.Context, request fetch.Request) (fetch.Response, error) {
	if !a.gate.Online {
		return fetch.Response{}, fetch.ErrOffline
	}
	function, err := a.function()
	if err != nil {
		return fetch.Response{}, fetch.ErrOffline
	}
	return getterOf(function, a.gate).Get(ctx, request)
}

func (a asker) Consents(_ context.Context, request fetch.Request) bool {
	return slices.Contains(a.gate.Consented, request.Address)
}

func (a asker) function() (safejs.Value, error) {
	door, err := safejs.Global().Get("sealcheck")
	if err != nil {
		return door, err
	}
	if door.Type() != safejs.TypeObject {
		return door, errNoDoor
	}
	return door.Call("asker", int(a.call))
}

// piece is something that a file holds, laid out as door.js has it: eight words.
type piece struct {
	name, bytes        unsafe.Pointer
	nameLength, length int32
	width, height      int32 // of a picture
}

// held are the pieces that the door reads now, with what they point to.
var held struct {
	pieces []piece
	first  unsafe.Pointer
	count  int32

	alive []any
}

// What pieces may be asked for; anything else only lets go of what is held.
const (
	piecesParts    = 1
	piecesPictures = 2
)

// pieces takes the bytes that were laid apart. What it gives stays until it is
// called again.
//
//go:wasmexport pieces
func pieces(kind int32) unsafe.Pointer {
	file := laid
	laid, held.pieces, held.alive = nil, nil, nil
	_, _ = guarded(func() (none struct{}, err error) {
		switch kind {
		case piecesParts:
			for _, p := range verifier.Parts(file) {
				hold(p.Name, p.Bytes, 0, 0)
			}
		case piecesPictures:
			for _, p := range verifier.Pictures(file) {
				hold(p.MediaType, p.Bytes, p.Width, p.Height)
			}
		}
		return none, nil
	})
	held.first, held.count = unsafe.Pointer(unsafe.SliceData(held.pieces)), int32(len(held.pieces))
	return unsafe.Pointer(&held.first)
}

func hold(name string, bytes []byte, width, height int) {
	held.alive = append(held.alive, name, bytes)
	held.pieces = append(held.pieces, piece{
		unsafe.Pointer(unsafe.StringData(name)), unsafe.Pointer(unsafe.SliceData(bytes)),
		int32(len(name)), int32(len(bytes)), int32(width), int32(height),
	})
}
