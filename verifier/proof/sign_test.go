package proof

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	decred "github.com/decred/dcrd/dcrec/secp256k1/v4"
	decredecdsa "github.com/decred/dcrd/dcrec/secp256k1/v4/ecdsa"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/secp256k1"
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// pair is a test key: how it signs, and its public half.
type pair struct {
	private any
	public  any
}

// pairs are two keys of every kind, made once.
var pairs = sync.OnceValue(func() map[string][2]pair {
	all := map[string][2]pair{}
	for i := 0; i < 2; i++ {
		put := func(kind string, private, public any) {
			both := all[kind]
			both[i] = pair{private, public}
			all[kind] = both
		}
		public, private, _ := ed25519.GenerateKey(rand.Reader)
		put(Ed25519, private, public)
		for kind, curve := range map[string]elliptic.Curve{P256: elliptic.P256(), P384: elliptic.P384(), P521: elliptic.P521()} {
			key, _ := ecdsa.GenerateKey(curve, rand.Reader)
			put(kind, key, &key.PublicKey)
		}
		key, _ := rsa.GenerateKey(rand.Reader, 2048)
		put(RSA, key, &key.PublicKey)
		k1, _ := decred.GeneratePrivateKey()
		point, _ := secp256k1.Parse(k1.PubKey().SerializeCompressed())
		put(Secp256k1, k1, point)
	}
	return all
})

// algorithmNamed finds a row of the table.
func algorithmNamed(name string) *signature.Algorithm {
	for i := range signature.Algorithms {
		if signature.Algorithms[i].Name == name {
			return &signature.Algorithms[i]
		}
	}
	return nil
}

// sign signs input as the algorithm has it.
func sign(a *signature.Algorithm, private any, input []byte) []byte {
	var digest []byte
	if a.Hash != 0 {
		h := a.Hash.New()
		h.Write(input)
		digest = h.Sum(nil)
	}
	var signature []byte
	switch key := private.(type) {
	case ed25519.PrivateKey:
		signature = ed25519.Sign(key, input)
	case *ecdsa.PrivateKey:
		r, s, _ := ecdsa.Sign(rand.Reader, key, digest)
		size := (key.Curve.Params().BitSize + 7) / 8
		signature = append(r.FillBytes(make([]byte, size)), s.FillBytes(make([]byte, size))...)
	case *rsa.PrivateKey:
		if a.PSS {
			signature, _ = rsa.SignPSS(rand.Reader, key, a.Hash, digest, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
		} else {
			signature, _ = rsa.SignPKCS1v15(rand.Reader, key, a.Hash, digest)
		}
	case *decred.PrivateKey:
		signature = decredecdsa.SignCompact(key, digest, true)[1:]
	}
	return signature
}

func b64(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// credentialText is a payload; what it says does not matter here.
const credentialText = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"did:example:1"}`

// token makes a compact JWS: header and payload as given, signed with the
// first key of the algorithm's kind.
func token(alg, header, payload string) string {
	a := algorithmNamed(alg)
	input := b64(header) + "." + b64(payload)
	return input + "." + b64(string(sign(a, pairs()[a.Curve][0].private, []byte(input))))
}

// read opens a file and reads its proofs. A file that cannot be opened gives
// the findings of the envelope.
func read(t testing.TB, file string, presentation bool) ([]Proof, report.Findings) {
	t.Helper()
	e, findings := envelope.Open([]byte(file))
	if !findings.Outcome().Lets() {
		return nil, findings
	}
	return Read(e, contentOf(presentation), nil)
}

// codeOf is an error's code, "" for none.
func codeOf(err error) report.Code {
	var problem *report.Problem
	switch {
	case err == nil:
		return ""
	case errors.As(err, &problem):
		return problem.Code
	}
	return "no problem: " + report.Code(err.Error())
}

// verdict is what becomes of a file: the first code of the worst outcome of
// reading it, or else the code of verifying it; "" when all is well.
func verdict(t testing.TB, file string, presentation bool, public any) report.Code {
	t.Helper()
	proofs, findings := read(t, file, presentation)
	if outcome := findings.Outcome(); !outcome.Lets() {
		for i := range proofs {
			if outcome == report.Fail && len(proofs) == 1 && Verify(&proofs[i], public, nil) == nil {
				t.Error("a proof that Read refuses verifies")
			}
		}
		for _, f := range findings {
			if f.Code.Outcome() == outcome {
				return f.Code
			}
		}
	}
	for i := range proofs {
		if err := Verify(&proofs[i], public, nil); err != nil {
			return codeOf(err)
		}
	}
	return ""
}

// certificate makes a self-signed certificate for a key.
func certificate(p pair) []byte {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "A seal", Organization: []string{"A school"}},
		NotBefore: time.Unix(1700000000, 0), NotAfter: time.Unix(1900000000, 0),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, p.public, p.private.(crypto.Signer))
	if err != nil {
		panic(err)
	}
	return der
}

func digestText(der []byte) string {
	sum := sha256.Sum256(der)
	return b64(string(sum[:]))
}

// vector reads a third-party file; the test is skipped where there are none.
func vector(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../../shared/vectors", name))
	if err != nil {
		if _, ci := os.LookupEnv("CI"); ci {
			t.Fatal(err)
		}
		t.Skip("no third-party vectors here: ", err)
	}
	return data
}

// leafKey is the public key of a seal's certificate.
func leafKey(t testing.TB, p *Proof) any {
	t.Helper()
	if len(p.Reference.Chain) == 0 {
		t.Fatal("no certificate")
	}
	leaf, err := x509.ParseCertificate(p.Reference.Chain[0])
	if err != nil {
		t.Fatal(err)
	}
	return leaf.PublicKey
}

// didKey decodes the few did:key kinds of the vectors.
func didKey(t testing.TB, id string) any {
	t.Helper()
	_, fragment, _ := strings.Cut(id, "#")
	data, err := multibase.Decode(fragment)
	if err != nil {
		t.Fatal(err)
	}
	code, rest, err := multibase.Varint(data)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case code == 0xed:
		return ed25519.PublicKey(rest)
	case code == 0xe7:
		k, err := secp256k1.Parse(rest)
		if err != nil {
			t.Fatal(err)
		}
		return k
	case code == 0x1200 || code == 0x1201:
		curve := map[uint64]elliptic.Curve{0x1200: elliptic.P256(), 0x1201: elliptic.P384()}[code]
		x, y := elliptic.UnmarshalCompressed(curve, rest)
		if x == nil {
			t.Fatal("not a point")
		}
		return &ecdsa.PublicKey{Curve: curve, X: x, Y: y}
	}
	t.Fatalf("a did:key of kind %#x", code)
	return nil
}

func clone(data []byte) []byte { return bytes.Clone(data) }

func secpKey(t testing.TB, x, y *big.Int) *secp256k1.PublicKey {
	k, err := secp256k1.FromCoordinates(x.FillBytes(make([]byte, 32)), y.FillBytes(make([]byte, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func mustParse(t testing.TB, text string) *jws.Message {
	t.Helper()
	m, err := jws.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func contentOf(presentation bool) Content {
	if presentation {
		return APresentation
	}
	return ACredential
}
