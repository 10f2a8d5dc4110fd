//go:build js && wasm

package jsfetch

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/hack-pad/safejs"

	"github.com/sealcheck/sealcheck/verifier/fetch"
)

const address = "https://issuer.example/.well-known/did.json"

// script makes a JavaScript function of its source.
func script(t *testing.T, source string) safejs.Value {
	t.Helper()
	constructor, err := safejs.Global().Get("Function")
	if err != nil {
		t.Fatal(err)
	}
	maker, err := constructor.New("return " + source)
	if err != nil {
		t.Fatal(err)
	}
	function, err := maker.Invoke()
	if err != nil {
		t.Fatal(err)
	}
	return function
}

func get(t *testing.T, source string, gate Gate, at string) (fetch.Response, error) {
	t.Helper()
	return New(script(t, source), gate).Get(context.Background(), fetch.Request{Address: at, Kind: fetch.DIDDocument, Reason: "did:web:issuer.example"})
}

var open = Gate{Online: true, Hosts: []string{"issuer.example"}}

func TestGetReadsTheAnswer(t *testing.T) {
	response, err := get(t, `async (address, kind, reason) => ({
		status: 200, contentType: "application/json", address, time: "2026-01-02T03:04:05Z",
		body: new TextEncoder().encode([address, kind, reason].join(" ")),
	})`, open, address)
	if err != nil {
		t.Fatal(err)
	}
	if want := address + " did-document did:web:issuer.example"; string(response.Body) != want {
		t.Errorf("body %q, want %q", response.Body, want)
	}
	if response.Status != 200 || response.ContentType != "application/json" || response.Time.Year() != 2026 {
		t.Errorf("response %+v", response)
	}
}

func TestGetWithoutPromise(t *testing.T) {
	response, err := get(t, `() => ({status: 404})`, open, address)
	if err != nil || response.Status != 404 || len(response.Body) != 0 || !response.Time.IsZero() {
		t.Errorf("%+v, %v", response, err)
	}
}

func TestGetStopsReading(t *testing.T) {
	response, err := get(t, `async () => ({status: 200, body: new Uint8Array(5000000).fill(7)})`, open, address)
	if err != nil || len(response.Body) != fetch.DIDDocument.MaxBody()+1 || !bytes.HasPrefix(response.Body, []byte{7, 7}) {
		t.Errorf("%d bytes, %v", len(response.Body), err)
	}
}

func TestGetRefuses(t *testing.T) {
	const never = `() => { throw new Error("must not be asked") }`
	for _, test := range []struct {
		name, source string
		gate         Gate
		address      string
		want         error
	}{
		{"offline", never, Gate{Hosts: open.Hosts}, address, fetch.ErrOffline},
		{"other host", never, open, "https://other.example/did.json", fetch.ErrNotAllowed},
		{"other port", never, open, "https://issuer.example:8443/did.json", fetch.ErrNotAllowed},
		{"parent domain", never, open, "https://example/did.json", fetch.ErrAddress},
		{"http", never, Gate{Online: true, Any: true}, "http://issuer.example/did.json", fetch.ErrAddress},
		{"private", never, Gate{Online: true, Any: true}, "https://127.0.0.1/did.json", fetch.ErrAddress},
		{"a DID", never, Gate{Online: true, Any: true}, "did:example:1", fetch.ErrAddress},
		{"throws", never, open, address, fetch.ErrUnreachable},
		{"rejects", `async () => { throw new TypeError("no network") }`, open, address, fetch.ErrUnreachable},
		{"rejects with nothing", `() => Promise.reject()`, open, address, fetch.ErrUnreachable},
		{"nothing", `async () => undefined`, open, address, fetch.ErrUnreachable},
		{"null", `async () => null`, open, address, fetch.ErrUnreachable},
		{"a text", `async () => "200"`, open, address, fetch.ErrUnreachable},
		{"status is a text", `async () => ({status: "200"})`, open, address, fetch.ErrUnreachable},
		{"opaque status", `async () => ({status: 0})`, open, address, fetch.ErrUnreachable},
		{"body is a text", `async () => ({status: 200, body: "x"})`, open, address, fetch.ErrUnreachable},
		{"redirected home", `async () => ({status: 200, address: "https://router.local/x"})`, open, address, fetch.ErrUnreachable},
		{"redirected to http", `async () => ({status: 200, address: "http://issuer.example/x"})`, open, address, fetch.ErrUnreachable},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := get(t, test.source, test.gate, test.address); !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
		})
	}
}

func TestGetAny(t *testing.T) {
	response, err := get(t, `async () => ({status: 200})`, Gate{Online: true, Any: true}, address)
	if err != nil || response.Status != 200 {
		t.Errorf("%+v, %v", response, err)
	}
}

// redirecting sends every address to the next of a list, and answers at the
// end of it with the addresses that were asked for.
func redirecting(locations string) string {
	return `(() => { const to = ` + locations + `, asked = []; return async (address) => {
		asked.push(address);
		const location = to.shift();
		return location ? { status: 302, location } : { status: 200, body: new TextEncoder().encode(asked.join(" ")) };
	} })()`
}

func TestGetFollowsRedirects(t *testing.T) {
	response, err := get(t, redirecting(`["/moved.json#key", "https://other.example/did.json", "//other.example/last"]`), Gate{Online: true, Any: true}, address)
	if err != nil {
		t.Fatal(err)
	}
	want := address + " https://issuer.example/moved.json https://other.example/did.json https://other.example/last"
	if response.Status != 200 || string(response.Body) != want {
		t.Errorf("asked %d %s", response.Status, response.Body)
	}
}

func TestGetRefusesRedirects(t *testing.T) {
	for _, test := range []struct{ name, locations string }{
		{"too many", `["/1", "/2", "/3", "/4"]`},
		{"a circle", `Array(50).fill("https://issuer.example/")`},
		{"to http", `["http://issuer.example/did.json"]`},
		{"to this machine", `["https://127.0.0.1/did.json"]`},
		{"to a network of its own", `["https://metadata.internal/"]`},
		{"to an address in figures", `["https://0x7f000001/"]`},
		{"to data", `["data:application/json,{}"]`},
		{"with a user", `["https://issuer.example@other.example/"]`},
		{"to a host that is not allowed", `["https://other.example/did.json"]`},
		{"to nonsense", `["https://[::1"]`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if response, err := get(t, redirecting(test.locations), open, address); !errors.Is(err, fetch.ErrUnreachable) {
				t.Errorf("%+v, %v", response, err)
			}
		})
	}
}
