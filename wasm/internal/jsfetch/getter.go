//go:build js && wasm

package jsfetch

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"github.com/hack-pad/safejs"

	"github.com/sealcheck/sealcheck/verifier/fetch"
)

// Gate says which hosts may be asked. The zero Gate is offline.
type Gate struct {
	// Online is false where no request may be made at all.
	Online bool
	// Hosts are the hosts (name, with port if it is not 443) that may be
	// asked; any other is not allowed.
	Hosts []string
	// Any admits every host that fetch.Allowed admits, for an unattended
	// host that has a policy of its own.
	Any bool
	// Consented are addresses that may be asked although they show their host
	// which credential is checked; their hosts need not be among Hosts.
	Consented []string
}

func (g Gate) admits(host string) bool {
	if g.Any {
		return true
	}
	for _, allowed := range g.Hosts {
		if allowed == host {
			return true
		}
	}
	return false
}

// New makes a Getter of a JavaScript function
//
//	ask(address, kind, reason, most) -> Promise<{status, contentType, body, address, location, time}>
//	                                     or Promise<{error}>
//
// where body is a Uint8Array of at most the kind's MaxBody+1 bytes, address the
// final one if the function follows redirects itself, location where the
// answer points to if it follows none, and time, if set, the instant of the
// answer in RFC 3339. most is that MaxBody. error says why there is no answer,
// where that is known: "timeout", "name" or "closed", as fetch.Err... has them.
// The function is to send no cookie, referrer or header of
// its own and must settle within its own deadline. A rejection is a host that
// does not answer.
func New(ask safejs.Value, gate Gate) fetch.Getter {
	return getter{ask, gate}
}

type getter struct {
	ask  safejs.Value
	gate Gate
}

func (g getter) Get(_ context.Context, request fetch.Request) (fetch.Response, error) {
	if !g.gate.Online {
		return fetch.Response{}, fetch.ErrOffline
	}
	// The core guards addresses too; this is the last line before the host.
	if !fetch.Allowed(request.Address) {
		return fetch.Response{}, fetch.ErrAddress
	}
	if !g.gate.admits(fetch.Host(request.Address)) && !g.gate.consents(request.Address) {
		return fetch.Response{}, fetch.ErrNotAllowed
	}
	if g.ask.Type() != safejs.TypeFunction {
		return fetch.Response{}, fetch.ErrOffline
	}
	address := request.Address
	for range maxRedirects + 1 {
		answer, err := g.invoke(address, request)
		if err != nil {
			// In what words a host says that no answer came is left out: the
			// same network gives the same report everywhere.
			return fetch.Response{}, fetch.ErrUnreachable
		}
		if err, known := noAnswers[text(answer, "error")]; known {
			return fetch.Response{}, err
		}
		location := text(answer, "location")
		if location == "" {
			response, err := read(answer, request.Kind.MaxBody())
			if err == nil && response.Address == "" && address != request.Address {
				response.Address = address
			}
			if response.Address == request.Address {
				response.Address = ""
			}
			return response, err
		}
		// Every place on the way has to be one that may be asked for (T4).
		if address = target(address, location); !fetch.Allowed(address) || !g.gate.admits(fetch.Host(address)) {
			return fetch.Response{}, fmt.Errorf("%w: redirected to where nothing may be asked", fetch.ErrUnreachable)
		}
	}
	return fetch.Response{}, fmt.Errorf("%w: redirected too often", fetch.ErrUnreachable)
}

// noAnswers are the errors that a host has words for.
var noAnswers = map[string]error{"timeout": fetch.ErrTimeout, "name": fetch.ErrName, "closed": fetch.ErrClosed}

// Consents says whether the person has agreed that this very address be asked.
func (g getter) Consents(_ context.Context, request fetch.Request) bool {
	return g.gate.consents(request.Address)
}

func (g Gate) consents(address string) bool {
	for _, agreed := range g.Consented {
		if agreed == address {
			return true
		}
	}
	return false
}

// maxRedirects is how many redirects a Getter follows (fetch.Getter).
const maxRedirects = 3

func (g getter) invoke(address string, request fetch.Request) (safejs.Value, error) {
	promise, err := g.ask.Invoke(address, string(request.Kind), request.Reason, request.Kind.MaxBody())
	if err != nil {
		return safejs.Undefined(), err
	}
	return Await(promise)
}

// target is where a redirect leads, or "". What stands behind # is never
// sent, and is left out.
func target(address, location string) string {
	from, err := url.Parse(address)
	if err != nil {
		return ""
	}
	to, err := from.Parse(location)
	if err != nil {
		return ""
	}
	to.Fragment, to.RawFragment = "", ""
	return to.String()
}

// read takes the answer apart. Whatever does not have the agreed shape counts
// as no answer.
func read(answer safejs.Value, most int) (fetch.Response, error) {
	// A redirect may have led anywhere: what a forbidden place says does not
	// count (T4).
	if final := text(answer, "address"); final != "" && !fetch.Allowed(final) {
		return fetch.Response{}, fetch.ErrUnreachable
	}
	status, err := answer.Get("status")
	if err != nil || status.Type() != safejs.TypeNumber {
		return fetch.Response{}, fetch.ErrUnreachable
	}
	code, err := status.Int()
	if err != nil || code < 100 || code > 999 {
		return fetch.Response{}, fetch.ErrUnreachable
	}
	body, err := member(answer, "body", most)
	if err != nil {
		return fetch.Response{}, fetch.ErrUnreachable
	}
	response := fetch.Response{Status: code, ContentType: text(answer, "contentType"), Body: body, Address: text(answer, "address")}
	if at, err := time.Parse(time.RFC3339, text(answer, "time")); err == nil {
		response.Time = at
	}
	return response, nil
}

func member(value safejs.Value, name string, most int) ([]byte, error) {
	body, err := value.Get(name)
	if err != nil {
		return nil, err
	}
	return Bytes(body, most+1)
}

// Bytes copies a Uint8Array, at most the given number of bytes of it.
// Undefined and null are no bytes.
func Bytes(value safejs.Value, most int) ([]byte, error) {
	if value.IsUndefined() || value.IsNull() {
		return nil, nil
	}
	length, err := value.Get("byteLength")
	if err != nil {
		return nil, err
	}
	n, err := length.Int()
	if err != nil {
		return nil, err
	}
	data := make([]byte, min(n, most))
	copied, err := safejs.CopyBytesToGo(data, value)
	if err != nil {
		return nil, err
	}
	return data[:copied], nil
}

// text is a member that is a string, or "".
func text(value safejs.Value, name string) string {
	v, err := value.Get(name)
	if err != nil || v.Type() != safejs.TypeString {
		return ""
	}
	s, err := v.String()
	if err != nil {
		return ""
	}
	return s
}
