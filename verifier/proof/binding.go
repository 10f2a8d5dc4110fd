package proof

import (
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/joseheader"
	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// CheckBinding checks the KB-JWT of an SD-JWT that has one (RFC 9901 7.3):
// that the key which the credential names for its holder signed what is shown,
// when, and for whom. Whether that was for whoever looks at it now, and not
// only copied, nobody here can tell: they would have to have asked for it with
// a number of their own. The findings are those of check `holder`.
func CheckBinding(e envelope.Envelope, at time.Time, by signature.Primitive) report.Findings {
	b := binding{e: e, at: at}
	err := b.check(by)
	if err != nil && len(b.findings) == 0 {
		b.findings.AddError(err)
	}
	return b.findings
}

type binding struct {
	e        envelope.Envelope
	at       time.Time
	findings report.Findings
}

func (b *binding) check(by signature.Primitive) error {
	message, err := jws.Parse([]byte(b.e.SD.KeyBinding))
	if err != nil {
		return badBinding(err.Error())
	}
	token := &message.Signatures[0]
	// The rules of every header, and 4.3: typ is kb+jwt, so that nothing that
	// the holder signed for another use passes for it.
	rules := joseheader.Header{Protected: token.Header, Payload: message.Payload,
		Problem: func(code report.Code, detail string, _ ...string) error {
			return badBinding(strings.TrimSpace(string(code) + " " + detail))
		}}
	if err := rules.CheckNames(); err != nil {
		return err
	}
	critical, err := rules.Critical()
	if err == nil {
		err = rules.CheckB64(critical)
	}
	if err != nil {
		return err
	}
	if typ := token.Header.At("typ").Text(); !strings.EqualFold(strings.TrimPrefix(typ, "application/"), "kb+jwt") {
		return badBinding("typ is " + report.Clip(typ))
	}
	claims, err := b.claims(message)
	if err != nil {
		return err
	}
	public, err := b.key(token)
	if public == nil {
		return err
	}
	if claims.At("sd_hash").Text() != b.e.SD.Digest() {
		return report.NewProblem(report.HolderBindingOther, "")
	}
	algorithm := algorithmOf(token.Header.At("alg").Text())
	if err := algorithm.Start(by, message, token, public)(); err != nil {
		return report.NewProblem(report.HolderBindingMismatch, string(report.CodeOf(err)))
	}
	b.dates(claims)
	return nil
}

// claims reads what a KB-JWT must have (4.3): iat, aud, nonce and sd_hash, the
// latter three as texts.
func (b *binding) claims(message *jws.Message) (strictjson.Value, error) {
	claims, err := strictjson.Parse(message.Content)
	if err != nil || claims.Kind() != strictjson.Object {
		return claims, badBinding("the payload is no JSON object")
	}
	for _, name := range [...]string{"aud", "nonce", "sd_hash"} {
		if claims.At(name).Text() == "" {
			return claims, badBinding("no " + name)
		}
	}
	if _, exact := claims.At("iat").Int(); !exact {
		return claims, badBinding("no iat")
	}
	return claims, nil
}

// key is the holder's key from `cnf` (RFC 7800 3.2). It gives none, and no
// error, where a finding says why it is not checked.
func (b *binding) key(token *jws.Signature) (any, error) {
	name := token.Header.At("alg").Text()
	algorithm := algorithmOf(name)
	if algorithm == nil {
		if name == "" || strings.EqualFold(name, "none") || len(name) >= 2 && strings.EqualFold(name[:2], "HS") {
			return nil, badBinding("alg is " + report.Clip(name))
		}
		b.findings.Add(report.HolderBindingUnsupported, "", "algorithm", name)
		return nil, nil
	}
	cnf, ok := b.e.Document.Get("cnf")
	if !ok || len(cnf.Members()) == 0 {
		return nil, report.NewProblem(report.HolderBindingNoKey, "")
	}
	jwk, ok := cnf.Get("jwk")
	if !ok {
		// A key that would have to be looked up (kid, jku, a DID, a thumbprint).
		b.findings.Add(report.HolderBindingUnsupported, "", "what", cnf.Members()[0].Key)
		return nil, nil
	}
	public, err := publickey.FromJWK(jwk)
	switch report.CodeOf(err) {
	case report.KeyTypeUnsupported:
		b.findings.Add(report.HolderBindingUnsupported, "", "what", jwk.At("kty").Text())
		return nil, nil
	default:
		if err != nil {
			return nil, badBinding("cnf: " + string(report.CodeOf(err)))
		}
	}
	if err := publickey.CheckKind(public, []string{algorithm.Curve}, name); err != nil {
		return nil, report.NewProblem(report.HolderBindingMismatch, "a key of another kind than alg says")
	}
	return public, nil
}

// dates says when and for whom it was signed. One from the future, or that has
// ended, shows that a clock is wrong or that it was meant for another day; that
// the key signed stays true.
func (b *binding) dates(claims strictjson.Value) {
	issued, _ := claims.At("iat").Int()
	when := time.Unix(issued, 0).UTC()
	if when.After(b.at.Add(limits.ClockTolerance * time.Second)) {
		b.findings.Add(report.HolderBindingTime, "iat", "date", when.Format(time.RFC3339))
	}
	for _, bound := range [...]struct {
		claim string
		ended bool
	}{{"exp", true}, {"nbf", false}} {
		if seconds, exact := claims.At(bound.claim).Int(); exact {
			limit := time.Unix(seconds, 0).UTC()
			if bound.ended && !b.at.Before(limit) || !bound.ended && limit.After(b.at.Add(limits.ClockTolerance*time.Second)) {
				b.findings.Add(report.HolderBindingTime, bound.claim, "date", limit.Format(time.RFC3339))
			}
		}
	}
	b.findings.Add(report.HolderKeySigned, "", "date", when.Format(time.RFC3339), "name", claims.At("aud").Text())
}

func algorithmOf(name string) *signature.Algorithm {
	for i := range signature.Algorithms {
		if signature.Algorithms[i].Name == name {
			return &signature.Algorithms[i]
		}
	}
	return nil
}

func badBinding(detail string) error {
	return report.NewProblem(report.HolderBindingMalformed, detail)
}
