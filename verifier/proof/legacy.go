package proof

import (
	"crypto"
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/joseheader"
	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// legacySuites are the suites from before cryptosuites, by the type of their
// proofs. All sign the meaning, with SHA-256 inside; the newer ones write the
// signature as a proofValue, the older ones as a detached JWS.
var legacySuites = map[string]suite{
	"Ed25519Signature2020": {
		curves: []string{Ed25519}, lengths: []int{64}, prepare: prepareEddsaRDFC,
		meaning: true, legacy: true, context: "https://w3id.org/security/suites/ed25519-2020/v1",
	},
	"Ed25519Signature2018": {
		curves: []string{Ed25519}, prepare: prepareDetached, algorithms: []string{"EdDSA"},
		meaning: true, legacy: true, context: "https://w3id.org/security/suites/ed25519-2018/v1",
	},
	// The specification wants PS256 of RSA keys; there are signers that made
	// RS256, which is as sound.
	"JsonWebSignature2020": {
		prepare: prepareDetached, algorithms: []string{"EdDSA", "ES256", "ES384", "ES256K", "PS256", "RS256"},
		meaning: true, legacy: true, context: "https://w3id.org/security/suites/jws-2020/v1",
	},
	"EcdsaSecp256k1Signature2019": {
		curves: []string{Secp256k1}, lengths: []int{64}, prepare: prepareSecp256k1, algorithms: []string{"ES256K"},
		meaning: true, legacy: true, context: "https://w3id.org/security/suites/secp256k1-2019/v1",
	},
	"MerkleProof2019": {meaning: true, anchored: true},
	chainedProof:      {meaning: true, anchored: true},
}

// mostDetached bounds the member `jws`, in characters: the signature of an
// RSA-8192 key has 1,366, and a header of three names not many more.
const mostDetached = 8 << 10

// detached is a JWS whose payload stands elsewhere.
type detached struct {
	algorithm *signature.Algorithm
	message   *jws.Message
}

// readDetached reads the member `jws` of a proof. Its header is held to the
// rules for every JWS, and to those that the suites have in common: the
// payload is left out, and signed as it is (RFC 7797, b64 false).
func (m *member) readDetached(proof strictjson.Value, known *suite, presentation bool) (*detached, error) {
	p := &m.proof
	value, there := proof.Get("jws")
	_, both := proof.Get("proofValue")
	text := value.Text()
	switch {
	case !there || value.Kind() == strictjson.String && text == "":
		return nil, p.problem(report.ProofValueMissing, "no jws")
	case value.Kind() != strictjson.String || len(text) > mostDetached:
		return nil, p.problem(report.ProofValueMalformed, "jws is no string, or too long")
	case both:
		// Two values would be two signatures, of which a reader checks one.
		return nil, p.problem(report.ProofMalformed, "both jws and proofValue")
	}
	message, err := jws.Parse([]byte(text))
	if err != nil {
		return nil, p.problem(report.ProofValueMalformed, err.Error())
	}
	if message.Payload != "" {
		return nil, p.problem(report.ProofValueMalformed, "jws is not detached")
	}
	d := &detached{message: message}
	header := joseheader.Header{Protected: message.Signatures[0].Header, Presentation: presentation, Problem: p.problem}
	if err := header.CheckNames(); err != nil {
		return nil, err
	}
	if d.algorithm, err = p.legacyAlgorithm(header.Protected, known.algorithms); err != nil {
		return nil, err
	}
	if err := checkUnencoded(header); err != nil {
		return nil, err
	}
	if err := header.CheckType(); err != nil {
		return nil, err
	}
	if len(message.Signatures[0].Value) == 0 {
		return nil, p.problem(report.ProofSignatureEmpty, "")
	}
	// The key is the one that verificationMethod names, whatever the header
	// says of it.
	for _, name := range [...]string{"jku", "x5u"} {
		if _, there := header.Protected.Get(name); there {
			m.add(report.ProofKeyAddressIgnored, p.Path, "what", name)
		}
	}
	p.Reference.Algorithm = d.algorithm.Name
	p.Reference.Curves = []string{d.algorithm.Curve}
	return d, nil
}

// legacyAlgorithm decides by the suite's list, and by exact text (RFC 8725 3.1).
func (p *Proof) legacyAlgorithm(header strictjson.Value, admitted []string) (*signature.Algorithm, error) {
	value, ok := header.Get("alg")
	name := value.Text()
	switch {
	case !ok:
		return nil, p.problem(report.ProofAlgorithmMissing, "no alg in the header of jws")
	case value.Kind() != strictjson.String:
		return nil, p.problem(report.ProofHeaderMalformed, "not a string", "what", "alg")
	case name == "" || strings.EqualFold(name, "none"):
		return nil, p.problem(report.ProofAlgorithmNone, "", "algorithm", name)
	case len(name) >= 2 && strings.EqualFold(name[:2], "HS"):
		return nil, p.problem(report.ProofAlgorithmSymmetric, "", "algorithm", name)
	}
	for i := range signature.Algorithms {
		if signature.Algorithms[i].Name == name && slices.Contains(admitted, name) {
			return &signature.Algorithms[i], nil
		}
	}
	return nil, p.problem(report.ProofAlgorithmUnknown, "not of "+string(p.Suite), "algorithm", name)
}

// checkUnencoded: the payload of such a JWS is two hashes, not their base64url
// text, which only "b64":false says, and only "crit":["b64"] makes every
// reader heed (RFC 7797 6).
func checkUnencoded(header joseheader.Header) error {
	critical, err := header.Critical()
	if err != nil {
		return err
	}
	b64, _ := header.Protected.Get("b64")
	if b64.Kind() != strictjson.Bool || b64.Truth() {
		return header.Problem(report.ProofB64Malformed, "not false in the header of jws")
	}
	if !slices.Equal(critical, []string{"b64"}) {
		return header.Problem(report.ProofB64NotCritical, "")
	}
	return nil
}

// prepareDetached makes the verifier of a suite with a detached JWS
// (JsonWebSignature2020, Ed25519Signature2018).
func prepareDetached(in input) (verifying, error) {
	signed, err := readStatements(in, crypto.SHA256)
	if err != nil {
		return nil, err
	}
	message := in.detached.message
	return func(public any, by signature.Primitive) signature.Wait {
		return signed.try(func(data []byte) signature.Wait {
			whole := jws.Message{Form: jws.Compact, Payload: string(data)}
			return in.detached.algorithm.Start(by, &whole, &message.Signatures[0], public)
		})
	}, nil
}

// prepareSecp256k1 makes the verifier of EcdsaSecp256k1Signature2019, which
// there is with a JWS and, later, with a proofValue.
func prepareSecp256k1(in input) (verifying, error) {
	if in.detached != nil {
		return prepareDetached(in)
	}
	signed, err := readStatements(in, crypto.SHA256)
	if err != nil {
		return nil, err
	}
	return func(public any, by signature.Primitive) signature.Wait {
		if _, err := signature.Admit(public, Secp256k1); err != nil {
			return signature.Known(err)
		}
		return signed.try(func(data []byte) signature.Wait {
			return signature.StartECDSA(by, public, crypto.SHA256, data, in.value)
		})
	}, nil
}
