//go:build js && wasm && !stock

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"syscall/js"

	"github.com/hack-pad/safejs"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/wasm/internal/jsfetch"
)

// callHeader names the call that a request belongs to. The shim sets it; a
// client cannot, since the shim hands on no header that it does not know.
const callHeader = "Sealcheck-Call"

// call is what the shim hands over beside the request:
//
//	{body: Uint8Array, headers: "type\nencoding\nlength", ask, settings: {id, text}}
//
// with ask as jsfetch.New has it. It goes around the library, whose body
// reader keeps a function for every read and never lets it go: in an instance
// that stays, memory would grow with every request. Members are read where
// they are needed, for each costs about as much as checking a small proof.
type call struct{ value safejs.Value }

// takeCall asks the shim for the call of this name, once.
func takeCall(name string) (call, error) {
	host, err := safejs.Global().Get("sealcheck")
	if err != nil {
		return call{}, err
	}
	value, err := host.Call("take", name)
	if err != nil {
		return call{}, err
	}
	if value.Type() != safejs.TypeObject {
		return call{}, errors.New("there is no such call")
	}
	return call{value}, nil
}

// headers sets the headers that a handler needs.
func (c call) headers(r *http.Request) error {
	value, err := c.value.Get("headers")
	if err != nil {
		return err
	}
	text, err := value.String()
	if err != nil {
		return err
	}
	lines := strings.SplitN(text, "\n", 3)
	if len(lines) != 3 {
		return errors.New("not three headers")
	}
	r.Header = http.Header{"Content-Type": lines[:1], "Content-Encoding": lines[1:2]}
	r.ContentLength = -1
	if length, err := strconv.ParseInt(lines[2], 10, 64); err == nil {
		r.ContentLength = length
	}
	return nil
}

func (c call) body() ([]byte, error) {
	value, err := c.value.Get("body")
	if err != nil {
		return nil, err
	}
	return jsfetch.Bytes(value, verifier.MostBytes+1)
}

// current is the service of the settings that came last; while they stay, no
// list is read twice. There is no lock: Go has one thread here, and nothing
// below waits.
var current struct {
	id      int
	service *service
	err     error
}

// service gives the service for the call's settings.
func (c call) service() (*service, error) {
	settings, err := c.value.Get("settings")
	if err != nil {
		return nil, err
	}
	value, err := settings.Get("id")
	if err != nil {
		return nil, err
	}
	id, err := value.Int()
	if err != nil {
		return nil, err
	}
	if id != current.id {
		text, err := settings.Get("text")
		if err != nil {
			return nil, err
		}
		data, err := text.String()
		if err != nil {
			return nil, err
		}
		current.id = id
		current.service, current.err = newService([]byte(data))
	}
	return current.service, current.err
}

func newService(data []byte) (*service, error) {
	read, err := readSettings(data)
	if err != nil {
		return nil, err
	}
	return read.service(fetch.GetterFunc(ask))
}

type callKey struct{}

// ask makes a request by the function of the call on whose behalf it is: a
// host lets a request use its own connections only.
func ask(ctx context.Context, request fetch.Request) (fetch.Response, error) {
	c, ok := ctx.Value(callKey{}).(call)
	if !ok {
		return fetch.Response{}, fetch.ErrOffline
	}
	function, err := c.value.Get("ask")
	if err != nil {
		return fetch.Response{}, fetch.ErrOffline
	}
	return jsfetch.New(function, jsfetch.Gate{Online: true, Any: true}).Get(ctx, request)
}

// serve hands a request of the library's to the service, and the answer back.
func serve(w http.ResponseWriter, r *http.Request) {
	kept := &answer{header: w.Header(), status: http.StatusOK}
	if fault, err := serveCall(kept, r); err != nil {
		guard(kept.header)
		fault.write(kept, err.Error())
	}
	w.WriteHeader(kept.status)
	if raw, ok := w.(interface{ WriteRawJSBody(js.Value) }); ok {
		raw.WriteRawJSBody(kept.value())
	}
}

func serveCall(w http.ResponseWriter, r *http.Request) (kind, error) {
	c, err := takeCall(r.Header.Get(callHeader))
	if err != nil {
		return internalProblem, err
	}
	service, err := c.service()
	if err != nil {
		return wrongSettings, err
	}
	if err := c.headers(r); err != nil {
		return internalProblem, err
	}
	body, err := c.body()
	if err != nil {
		return internalProblem, err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	service.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callKey{}, c)))
	return kind{}, nil
}

// answer keeps what a handler writes until all of it is there: the library's
// own way of streaming closes a channel that all requests share.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header                { return a.header }
func (a *answer) WriteHeader(status int)             { a.status = status }
func (a *answer) Write(data []byte) (n int, e error) { return a.body.Write(data) }

// value is the body as a Uint8Array, or null where there is none.
func (a *answer) value() js.Value {
	if a.body.Len() == 0 {
		return js.Null()
	}
	array := js.Global().Get("Uint8Array").New(a.body.Len())
	js.CopyBytesToJS(array, a.body.Bytes())
	return array
}
