// Package sampleauthority makes certification authorities for tests, with
// certificates, revocation lists and answers that they sign. Only tests import
// it.
package sampleauthority

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"testing"
	"time"
)

// Authority has a certificate and the key for it. Any certificate made here
// has its key and could sign; whether it may is for what is tested to say.
type Authority struct {
	Certificate *x509.Certificate
	Key         *ecdsa.PrivateKey
}

// Day is the given number of days from the beginning of 2026.
func Day(number int) time.Time {
	return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, number)
}

var serial int64 = 0x80

// New makes a certificate. by nil is one signed by itself. change may alter
// the template: an authority's with CRLSign, in force from 2020 to 2040.
func New(t testing.TB, name string, by *Authority, change func(*x509.Certificate)) *Authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial++
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{Organization: []string{name}, CommonName: name},
		NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC),
		BasicConstraintsValid: true, IsCA: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	if change != nil {
		change(template)
	}
	parent, signer := template, key
	if by != nil {
		parent, signer = by.Certificate, by.Key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &Authority{certificate, key}
}

// Leaf makes a sealing certificate with places at which its standing can be
// looked up: lists, and responders if they begin with "ocsp ".
func (a *Authority) Leaf(t testing.TB, name string, places ...string) *Authority {
	return New(t, name, a, func(c *x509.Certificate) {
		c.IsCA, c.KeyUsage = false, x509.KeyUsageDigitalSignature
		Places(c, places...)
	})
}

// Places puts them into a template.
func Places(c *x509.Certificate, places ...string) {
	for _, place := range places {
		if len(place) > 5 && place[:5] == "ocsp " {
			c.OCSPServer = append(c.OCSPServer, place[5:])
		} else {
			c.CRLDistributionPoints = append(c.CRLDistributionPoints, place)
		}
	}
}

// Responder makes a certificate for answering in the authority's stead, which
// needs no check of its own (id-pkix-ocsp-nocheck).
func (a *Authority) Responder(t testing.TB, name string) *Authority {
	return New(t, name, a, func(c *x509.Certificate) {
		c.IsCA, c.KeyUsage = false, x509.KeyUsageDigitalSignature
		c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageOCSPSigning}
		c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 5}, Value: []byte{5, 0}}}
	})
}

// Entry is a withdrawn certificate in a list.
func Entry(certificate *x509.Certificate, since time.Time, reason int, extensions ...pkix.Extension) x509.RevocationListEntry {
	return x509.RevocationListEntry{SerialNumber: certificate.SerialNumber, RevocationTime: since, ReasonCode: reason, ExtraExtensions: extensions}
}

// List makes a revocation list, DER, issued one day and to be replaced
// another.
func (a *Authority) List(t testing.TB, from, until int, change func(*x509.RevocationList), entries ...x509.RevocationListEntry) []byte {
	t.Helper()
	template := &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: Day(from), NextUpdate: Day(until), RevokedCertificateEntries: entries}
	if change != nil {
		change(template)
	}
	issuer := *a.Certificate
	issuer.KeyUsage |= x509.KeyUsageCRLSign // the library insists
	if len(issuer.SubjectKeyId) == 0 {
		issuer.SubjectKeyId = []byte{1}
	}
	der, err := x509.CreateRevocationList(rand.Reader, template, &issuer, a.Key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// The structures of RFC 6960 4.2.1, as encoding/asn1 writes them.
type (
	algorithm struct {
		ID         asn1.ObjectIdentifier
		Parameters asn1.RawValue `asn1:"optional"`
	}
	certID struct {
		Hash      algorithm
		Name, Key []byte
		Serial    *big.Int
	}
	revokedInfo struct {
		Since  time.Time       `asn1:"generalized"`
		Reason asn1.Enumerated `asn1:"explicit,tag:0,optional"`
	}
	single struct {
		ID         certID
		Status     asn1.RawValue
		Issued     time.Time        `asn1:"generalized"`
		Until      time.Time        `asn1:"generalized,explicit,tag:0,optional"`
		Extensions []pkix.Extension `asn1:"explicit,tag:1,optional"`
	}
	responseData struct {
		Responder  asn1.RawValue
		Made       time.Time `asn1:"generalized"`
		Responses  []single
		Extensions []pkix.Extension `asn1:"explicit,tag:1,optional"`
	}
	basic struct {
		Data         asn1.RawValue
		Algorithm    algorithm
		Signature    asn1.BitString
		Certificates []asn1.RawValue `asn1:"explicit,tag:0,optional"`
	}
	responseBytes struct {
		Kind asn1.ObjectIdentifier
		Body []byte
	}
	response struct {
		Status asn1.Enumerated
		Bytes  responseBytes `asn1:"explicit,tag:0,optional"`
	}
)

// Answer is what a response is to say. The zero value of what is left out is:
// good, about Certificate under Issuer, with SHA-256, named by key, issued on
// day 0 and made then.
type Answer struct {
	Certificate, Issuer *x509.Certificate
	State               string // "", "revoked", "unknown"
	Reason              int
	Since               int // days, as the others
	From, Until, Made   int // Until 0 leaves nextUpdate out
	Carry               []*x509.Certificate
	SHA1, ByName        bool
	Twice               bool             // with another answer about the same
	Extensions          []pkix.Extension // of the response
	SingleExtensions    []pkix.Extension
	Status              int // of the response: not 0 leaves all else out
}

// Response makes an OCSP response, DER, signed by the authority.
func (a *Authority) Response(t testing.TB, answer Answer) []byte {
	t.Helper()
	if answer.Status != 0 {
		return marshal(t, struct{ Status asn1.Enumerated }{asn1.Enumerated(answer.Status)})
	}
	sum := func(data []byte) []byte { s := sha256.Sum256(data); return s[:] }
	id := certID{Hash: algorithm{ID: asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}}}
	if answer.SHA1 {
		sum = func(data []byte) []byte { s := sha1.Sum(data); return s[:] }
		id.Hash = algorithm{asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}, asn1.NullRawValue}
	}
	id.Name, id.Key, id.Serial = sum(answer.Issuer.RawSubject), sum(keyBits(t, answer.Issuer)), answer.Certificate.SerialNumber
	one := single{ID: id, Issued: Day(answer.From), Extensions: answer.SingleExtensions}
	if answer.Until != 0 {
		one.Until = Day(answer.Until)
	}
	switch answer.State {
	case "":
		one.Status = asn1.RawValue{FullBytes: []byte{0x80, 0}}
	case "unknown":
		one.Status = asn1.RawValue{FullBytes: []byte{0x82, 0}}
	default:
		info := marshal(t, revokedInfo{Day(answer.Since), asn1.Enumerated(answer.Reason)})
		info[0] = 0xa1
		one.Status = asn1.RawValue{FullBytes: info}
	}
	data := responseData{Made: Day(answer.Made), Responses: []single{one}, Extensions: answer.Extensions}
	if answer.Twice {
		data.Responses = append(data.Responses, one)
	}
	key := sha1.Sum(keyBits(t, a.Certificate))
	data.Responder = asn1.RawValue{Class: 2, Tag: 2, IsCompound: true, Bytes: marshal(t, key[:])}
	if answer.ByName {
		data.Responder = asn1.RawValue{Class: 2, Tag: 1, IsCompound: true, Bytes: a.Certificate.RawSubject}
	}
	signed := marshal(t, data)
	digest := sha256.Sum256(signed)
	signature, err := a.Key.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	body := basic{Data: asn1.RawValue{FullBytes: signed}, Algorithm: algorithm{ID: asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}},
		Signature: asn1.BitString{Bytes: signature, BitLength: len(signature) * 8}}
	for _, certificate := range answer.Carry {
		body.Certificates = append(body.Certificates, asn1.RawValue{FullBytes: certificate.Raw})
	}
	return marshal(t, response{Bytes: responseBytes{asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 1}, marshal(t, body)}})
}

func keyBits(t testing.TB, certificate *x509.Certificate) []byte {
	var info struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}
	if _, err := asn1.Unmarshal(certificate.RawSubjectPublicKeyInfo, &info); err != nil {
		t.Fatal(err)
	}
	return info.Key.Bytes
}

func marshal(t testing.TB, value any) []byte {
	t.Helper()
	der, err := asn1.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return der
}
