//go:build js && wasm && !stock

package main

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unsafe"

	"github.com/hack-pad/safejs"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/wasm/internal/jsfetch"
	"github.com/sealcheck/sealcheck/wasm/internal/stack"
	"github.com/sealcheck/sealcheck/wasm/internal/webcrypto"
)

// call is the shim's number for a request. The request itself goes around the
// library, whose body reader keeps a function for every read and never lets it
// go: in an instance that stays, memory would grow with every request. And it
// goes around syscall/js, where every value costs more than all that is done
// here: the shim copies bytes to where Go says.
type call int32

// The parts of a call that the shim holds ready.
const (
	headersPart  int32 = iota // "type\nencoding\nlength", of those headers
	bodyPart                  // at most one byte more than may be
	settingsPart              // JSON; see settings.go
)

//go:wasmimport sealcheck size
func hostSize(call, part int32) int32 // in bytes; -1 if there is no such call

//go:wasmimport sealcheck read
func hostRead(call, part int32, to unsafe.Pointer)

//go:wasmimport sealcheck settings
func hostSettings(call int32) int32 // changes whenever they do

//go:wasmimport sealcheck answer
func hostAnswer(call, status int32, headers string, body unsafe.Pointer, length int32)

// callOf reads the number, which the shim sets as the address's fragment: no
// client can, since none is ever sent.
func callOf(r *http.Request) (call, error) {
	number, err := strconv.ParseInt(r.URL.Fragment, 10, 32)
	return call(number), err
}

func (c call) read(part int32) ([]byte, error) {
	size := hostSize(int32(c), part)
	if size < 0 {
		return nil, errors.New("there is no such call")
	}
	data := make([]byte, size)
	hostRead(int32(c), part, unsafe.Pointer(unsafe.SliceData(data)))
	return data, nil
}

// headers sets the headers that a handler needs.
func (c call) headers(r *http.Request) error {
	text, err := c.read(headersPart)
	if err != nil {
		return err
	}
	lines := strings.SplitN(string(text), "\n", 3)
	if len(lines) != 3 {
		return errors.New("not three headers")
	}
	r.Header = http.Header{"Content-Type": lines[:1:1], "Content-Encoding": lines[1:2:2]}
	r.ContentLength = -1
	if length, err := strconv.ParseInt(lines[2], 10, 64); err == nil {
		r.ContentLength = length
	}
	return nil
}

// current is the service of the settings that came last; while they stay, no
// list is read twice. There is no lock: Go has one thread here, and nothing
// below waits.
var current struct {
	id      int32
	service *service
	err     error
}

// signatures is the host's own way to verify them: one for all services, with
// the keys that it has seen.
var signatures = webcrypto.Find()

// service gives the service for the call's settings.
func (c call) service() (*service, error) {
	if id := hostSettings(int32(c)); id != current.id {
		data, err := c.read(settingsPart)
		if err != nil {
			return nil, err
		}
		current.id = id
		current.service, current.err = newService(data)
	}
	return current.service, current.err
}

func newService(data []byte) (*service, error) {
	read, err := readSettings(data)
	if err != nil {
		return nil, err
	}
	return read.service(fetch.GetterFunc(ask), signatures)
}

type callKey struct{}

// ask makes a request by the function of the call on whose behalf it is: a
// host lets a request use its own connections only.
func ask(ctx context.Context, request fetch.Request) (fetch.Response, error) {
	c, ok := ctx.Value(callKey{}).(call)
	if !ok {
		return fetch.Response{}, fetch.ErrOffline
	}
	host, err := safejs.Global().Get("sealcheck")
	if err != nil {
		return fetch.Response{}, fetch.ErrOffline
	}
	function, err := host.Call("asker", int(c))
	if err != nil {
		return fetch.Response{}, fetch.ErrOffline
	}
	return jsfetch.New(function, jsfetch.Gate{Online: true, Any: true}).Get(ctx, request)
}

// serve hands a request of the library's to the service, and the answer to
// the shim. What the library makes of w is an empty answer, which tells the
// shim that the call has ended.
func serve(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusNoContent)
	stack.Wait(func() {
		kept := &answer{header: make(http.Header, 10), status: http.StatusOK}
		c, err := callOf(r)
		if err != nil {
			return // nobody waits for it
		}
		if fault, err := serveCall(kept, r, c); err != nil {
			guard(kept.header)
			fault.write(kept, err.Error())
		}
		hostAnswer(int32(c), int32(kept.status), kept.headers(), unsafe.Pointer(unsafe.SliceData(kept.body)), int32(len(kept.body)))
	})
}

func serveCall(w http.ResponseWriter, r *http.Request, c call) (kind, error) {
	service, err := c.service()
	if err != nil {
		return wrongSettings, err
	}
	if err := c.headers(r); err != nil {
		return internalProblem, err
	}
	body, err := c.read(bodyPart)
	if err != nil {
		return internalProblem, err
	}
	r.Body = &whole{Reader: bytes.NewReader(body), data: body}
	service.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callKey{}, c)))
	return kind{}, nil
}

// answer keeps what a handler writes until all of it is there.
type answer struct {
	header http.Header
	status int
	body   []byte
}

func (a *answer) Header() http.Header    { return a.header }
func (a *answer) WriteHeader(status int) { a.status = status }

func (a *answer) Write(data []byte) (int, error) {
	a.body = append(a.body, data...)
	return len(data), nil
}

// headers are lines of a name and a value, in order, so that the shim knows
// those that it has seen.
func (a *answer) headers() string {
	lines := make([]string, 0, len(a.header))
	for name, values := range a.header {
		for _, value := range values {
			lines = append(lines, name+": "+value)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// A body is at most one byte too large, and its size fits into what the shim
// counts with.
const _ = int32(mostBytes + 1)
