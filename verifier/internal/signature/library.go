//go:build !js

package signature

import (
	"github.com/lestrrat-go/jwx/v2/jwa"
	jwx "github.com/lestrrat-go/jwx/v2/jws"
)

// library has jwx do the mathematics of ordinary signatures. It is handed the
// very bytes that were signed and no header: what a header may say has been
// settled here, and its message parser is not needed.
func library(a *Algorithm, input, value []byte, public any) error {
	verifier, err := jwx.NewVerifier(jwa.SignatureAlgorithm(a.Library))
	if err != nil {
		return err
	}
	if verifier.Verify(input, value, public) != nil {
		return mismatch()
	}
	return nil
}
