package revocation

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"math/big"
	"net/url"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/der"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	sample "github.com/sealcheck/sealcheck/verifier/internal/sampleauthority"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// pssCertificate is a certificate signed with RSASSA-PSS.
func pssCertificate(t *testing.T, algorithm x509.SignatureAlgorithm) []byte {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), SignatureAlgorithm: algorithm}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestResponse(t *testing.T) {
	ca := sample.New(t, "Authority", nil, nil)
	twin := sample.New(t, "Authority", nil, nil)
	leaf, stranger := ca.Leaf(t, "Seal", "ocsp http://ca.example/ocsp"), ca.Leaf(t, "Stranger")
	responder, foreign := ca.Responder(t, "Responder"), twin.Responder(t, "Responder")
	without := ca.Leaf(t, "Responder")
	over := sample.New(t, "Responder", ca, func(c *x509.Certificate) {
		c.IsCA, c.NotAfter = false, sample.Day(-1)
		c.KeyUsage, c.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageOCSPSigning}
	})
	soonOver := sample.New(t, "Responder", ca, func(c *x509.Certificate) {
		c.IsCA, c.NotAfter = false, sample.Day(2)
		c.KeyUsage, c.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageOCSPSigning}
	})
	checked := sample.New(t, "Responder", ca, func(c *x509.Certificate) {
		c.IsCA = false
		c.KeyUsage, c.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageOCSPSigning}
		sample.Places(c, "http://ca.example/1.crl")
	})
	odd := sample.New(t, "Responder", ca, func(c *x509.Certificate) {
		c.IsCA = false
		c.KeyUsage, c.ExtKeyUsage = x509.KeyUsageKeyEncipherment, []x509.ExtKeyUsage{x509.ExtKeyUsageOCSPSigning}
	})
	short := sample.New(t, "Short", ca, func(c *x509.Certificate) { c.IsCA, c.NotAfter = false, sample.Day(-1) })
	itself := sample.New(t, "Itself", ca, func(c *x509.Certificate) {
		c.IsCA, c.ExtKeyUsage = false, []x509.ExtKeyUsage{x509.ExtKeyUsageOCSPSigning}
	})
	chain := func(a ...*sample.Authority) (list []*x509.Certificate) {
		for _, one := range a {
			list = append(list, one.Certificate)
		}
		return list
	}
	critical := []pkix.Extension{{Id: oid(1, 2, 3), Critical: true, Value: []byte{5, 0}}}
	nonces := []pkix.Extension{{Id: oid(1, 3, 6, 1, 5, 5, 7, 48, 1, 2), Critical: true, Value: []byte{4, 1, 1}}}
	cutoff := []pkix.Extension{{Id: oid(1, 3, 6, 1, 5, 5, 7, 48, 1, 6), Value: []byte("\x18\x0f20200101000000Z")}}
	// About the leaf, but as another of its issuer's name and key, or number.
	tests := []struct {
		name   string
		by     *sample.Authority
		of     *sample.Authority
		answer sample.Answer
		state  State
		want   report.Code
	}{
		{"good", ca, leaf, sample.Answer{Until: 7}, Good, ""},
		{"good, by name and SHA-1", ca, leaf, sample.Answer{ByName: true, SHA1: true}, Good, ""},
		{"withdrawn", ca, leaf, sample.Answer{State: "revoked", Reason: 1, Since: -3}, Revoked, ""},
		{"withdrawn without a reason", ca, leaf, sample.Answer{State: "revoked", Since: -3}, Revoked, ""},
		{"on hold", ca, leaf, sample.Answer{State: "revoked", Reason: 6, Since: -3}, OnHold, ""},
		{"taken back", ca, leaf, sample.Answer{State: "revoked", Reason: 8, Since: -3}, NotSaid, report.StatusCertificateMalformed},
		{"a reason that there is not", ca, leaf, sample.Answer{State: "revoked", Reason: 99, Since: -3}, NotSaid, report.StatusCertificateMalformed},
		{"not known", ca, leaf, sample.Answer{State: "unknown"}, NotSaid, report.StatusCertificateUnchecked},
		{"no answer", ca, leaf, sample.Answer{Status: 6}, NotSaid, report.StatusCertificateUnchecked},
		{"two answers", ca, leaf, sample.Answer{Twice: true}, NotSaid, report.StatusCertificateMalformed},
		{"over before it began", ca, leaf, sample.Answer{From: 5, Until: 4}, NotSaid, report.StatusCertificateMalformed},

		{"about another", ca, leaf, sample.Answer{Certificate: stranger.Certificate}, NotSaid, "other"},
		{"about the number under another key", ca, leaf, sample.Answer{Issuer: twin.Certificate}, NotSaid, "other"},
		{"by a namesake", twin, leaf, sample.Answer{ByName: true}, NotSaid, report.StatusCertificateUntrusted},
		{"by nobody known", twin, leaf, sample.Answer{}, NotSaid, report.StatusCertificateUntrusted},
		{"by nobody known, carried", twin, leaf, sample.Answer{Carry: chain(twin)}, NotSaid, report.StatusCertificateUntrusted},

		{"by a responder", responder, leaf, sample.Answer{Carry: chain(ca, responder), Until: 7}, Good, ""},
		{"by a responder, by name", responder, leaf, sample.Answer{Carry: chain(responder), ByName: true}, Good, ""},
		{"by a responder, withdrawn", responder, leaf, sample.Answer{Carry: chain(responder), State: "revoked", Reason: 1, Since: -1}, Revoked, ""},
		{"by a responder that is not there", responder, leaf, sample.Answer{}, NotSaid, report.StatusCertificateUntrusted},
		{"by a namesake's responder", foreign, leaf, sample.Answer{Carry: chain(foreign)}, NotSaid, report.StatusCertificateUntrusted},
		{"by one that is no responder", without, leaf, sample.Answer{Carry: chain(without)}, NotSaid, report.StatusCertificateUntrusted},
		{"by one whose key is for other things", odd, leaf, sample.Answer{Carry: chain(odd)}, NotSaid, report.StatusCertificateUntrusted},
		{"by one whose time was over", over, leaf, sample.Answer{Carry: chain(over)}, NotSaid, report.StatusCertificateUntrusted},
		{"by one that is to be checked", checked, leaf, sample.Answer{Carry: chain(checked)}, Good, ""},
		{"by itself", itself, itself, sample.Answer{Carry: chain(itself)}, NotSaid, report.StatusCertificateUntrusted},

		{"a critical extension", ca, leaf, sample.Answer{Extensions: critical}, NotSaid, report.StatusCertificateUnchecked},
		{"a critical extension of the answer", ca, leaf, sample.Answer{SingleExtensions: critical}, NotSaid, report.StatusCertificateUnchecked},
		{"a nonce", ca, leaf, sample.Answer{Extensions: nonces}, Good, ""},
		{"after the certificate's end", ca, short, sample.Answer{}, NotSaid, report.StatusCertificateUnchecked},
		{"after its end, going back", ca, short, sample.Answer{SingleExtensions: cutoff}, Good, ""},
	}
	for _, test := range tests {
		if test.answer.Certificate == nil {
			test.answer.Certificate = test.of.Certificate
		}
		if test.answer.Issuer == nil {
			test.answer.Issuer = ca.Certificate
		}
		r, err := ParseResponse(test.by.Response(t, test.answer))
		var answer Answer
		if err == nil {
			answer, err = r.About(about(test.of, ca))
		}
		if code(err) != test.want || err == nil && answer.State != test.state {
			t.Errorf("%s: %v %v", test.name, answer.State, err)
		}
		if (answer.Responder != nil) != (err == nil && test.by == checked) {
			t.Errorf("%s: responder %v", test.name, answer.Responder)
		}
	}

	// A responder that the response does not carry may stand elsewhere in the
	// file; its answer does not outlive its certificate.
	r, err := ParseResponse(soonOver.Response(t, sample.Answer{Certificate: leaf.Certificate, Issuer: ca.Certificate, Until: 7}))
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := about(leaf, ca)
	elsewhere.Others = [][]byte{{0x30, 0}, leaf.Certificate.Raw, soonOver.Certificate.Raw}
	if answer, err := r.About(elsewhere); err != nil || !answer.Until.Equal(sample.Day(2)) {
		t.Error(answer, err)
	}

	data := responder.Response(t, sample.Answer{Certificate: leaf.Certificate, Issuer: ca.Certificate, Carry: chain(responder), State: "revoked", Reason: 1})
	for name, text := range map[string][]byte{
		"nothing": nil, "text": []byte("<html>"), "something behind": append(bytes.Clone(data), 0), "too large": make([]byte, limits.RevocationBytes+1),
		"a list": ca.List(t, 0, 1, nil), "no answer, and more": {0x30, 5, 0x0a, 1, 6, 5, 0}, "no status": {0x30, 2, 0x0a, 0}, "nothing behind the status": {0x30, 3, 0x0a, 1, 0},
	} {
		if _, err := ParseResponse(text); code(err) != report.StatusCertificateMalformed {
			t.Errorf("%s: %v", name, err)
		}
	}
	for n := range data {
		if _, err := ParseResponse(data[:n]); code(err) != report.StatusCertificateMalformed {
			t.Errorf("the first %d bytes: %v", n, err)
		}
	}
	for n := range data {
		for bit := range 8 {
			changed := bytes.Clone(data)
			changed[n] ^= 1 << bit
			r, err := ParseResponse(changed)
			if err != nil {
				continue
			}
			if answer, err := r.About(about(leaf, ca)); err == nil && answer.State != Revoked {
				t.Errorf("bit %d of byte %d: %v", bit, n, answer)
			}
		}
	}
}

func TestRequest(t *testing.T) {
	ca := sample.New(t, "Authority", nil, nil)
	leaf := ca.Leaf(t, "Seal")
	address := Request("https://ca.example/ocsp/", about(leaf, ca))
	path, ok := strings.CutPrefix(address, "https://ca.example/ocsp/")
	text, err := url.PathUnescape(path)
	if !ok || err != nil || strings.ContainsAny(path, "+/=") {
		t.Fatal(address, err)
	}
	request, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	// The answer to it is about the same certificate: the CertID is the same.
	response := ca.Response(t, sample.Answer{Certificate: leaf.Certificate, Issuer: ca.Certificate, SHA1: true})
	r := der.Read(request)
	for range 3 {
		r = r.Only(der.Sequence)
	}
	if id := r.Content(der.Sequence); r.Bad() || !bytes.Contains(response, id) {
		t.Errorf("% x is not in % x", id, response)
	}
	for _, server := range []string{"https://ca.example/?a=b", "https://ca.example/#a", "https://ca.example/" + strings.Repeat("a", 200)} {
		if got := Request(server, about(leaf, ca)); got != "" {
			t.Error(server, got)
		}
	}
}

// FuzzList: whatever it is given, a list is read or refused, and says nothing
// without its signature.
func FuzzList(f *testing.F) {
	ca := sample.New(f, "Authority", nil, nil)
	leaf := ca.Leaf(f, "Seal", "http://ca.example/1.crl")
	good := ca.List(f, 0, 10, nil, sample.Entry(leaf.Certificate, sample.Day(0), 1))
	f.Add(good)
	f.Add(ca.List(f, 0, 10, func(l *x509.RevocationList) {
		l.ExtraExtensions = []pkix.Extension{point(named("http://ca.example/1.crl")...)}
	}, sample.Entry(leaf.Certificate, sample.Day(0), 6)))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := ParseList(data)
		if err != nil {
			return
		}
		pointsTo(leaf.Certificate, data)
		var answer Answer
		l.find(&answer, serial(leaf.Certificate))
		if answer, err := l.About(about(leaf, ca)); err == nil && answer.State == Good {
			t.Error(answer)
		}
	})
}

// FuzzResponse is the same for responses.
func FuzzResponse(f *testing.F) {
	ca := sample.New(f, "Authority", nil, nil)
	leaf, responder := ca.Leaf(f, "Seal"), ca.Responder(f, "Responder")
	f.Add(ca.Response(f, sample.Answer{Certificate: leaf.Certificate, Issuer: ca.Certificate, State: "revoked", Until: 3}))
	f.Add(responder.Response(f, sample.Answer{Certificate: leaf.Certificate, Issuer: ca.Certificate, State: "unknown", Carry: []*x509.Certificate{responder.Certificate}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ParseResponse(data)
		if err != nil {
			return
		}
		r.find(about(leaf, ca))
		if answer, err := r.About(about(leaf, ca)); err == nil && answer.State == Good {
			t.Error(answer)
		}
	})
}
