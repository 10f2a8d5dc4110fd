//go:build js && wasm && !stock

// Command worker is the verification core for an edge worker: one Go instance
// in each isolate, which answers all its requests. shim.mjs starts it and
// hands it requests; config.capnp and wrangler.jsonc run it. Signatures are
// verified by the host's own WebCrypto where that says yes.
//
// Nothing here may start a timer (time.After, time.Sleep,
// context.WithTimeout): a host's timer belongs to the request that started
// it, and ends with it for all others. Deadlines are the shim's. Nothing here
// may use the library's environment or context either, which are those of the
// request that started the instance.
package main

import (
	"net/http"

	"github.com/syumai/workers"
)

func main() {
	workers.ServeNonBlock(http.HandlerFunc(serve))
	workers.Ready()
	select {} // the instance stays for the requests to come
}
