// Package revocation reads what an authority says of the certificates that it
// issued: revocation lists (RFC 5280 5 and 6.3) and answers about a single one
// (OCSP, RFC 6960). It is given bytes and certificates and does no I/O. How old
// a word may be, and what follows from it, is for package status to say.
package revocation

import (
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/der"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// State is what an authority says of a certificate.
type State uint8

const (
	NotSaid State = iota // the zero value: nothing that would count
	Good                 // not withdrawn
	OnHold               // withdrawn for the time being (certificateHold)
	Revoked              // withdrawn
)

// Answer is what one list or one response says of one certificate.
type Answer struct {
	State  State
	Since  time.Time // from when it is withdrawn; zero where it is not
	Reason string    // why, in RFC 5280's own word, e.g. "keyCompromise"; "" where it is not said
	// Issued is thisUpdate, Until nextUpdate; Until is zero where there is
	// none. An answer by a responder of its own ends with its certificate.
	Issued, Until time.Time
	// Made is when a response was signed (producedAt); zero for a list.
	Made time.Time
	// Responder is the certificate of the responder that signed, where the
	// authority names a place at which that one's standing is to be looked up
	// (RFC 6960 4.2.2.2.1); nil where there is nothing to look up.
	Responder *x509.Certificate
}

// Early says whether the answer was made after an instant: at that instant
// nobody could have had it.
func (a *Answer) Early(at time.Time) bool {
	at = at.Add(limits.ClockTolerance * time.Second)
	return a.Issued.After(at) || a.Made.After(at)
}

// Fresh says whether the answer still holds at an instant. One that does not
// say how long it holds does so for a day (limits.ListAge).
func (a *Answer) Fresh(at time.Time) bool {
	until := a.Until
	if until.IsZero() {
		until = a.Issued.Add(limits.ListAge * time.Second)
	}
	return !a.Early(at) && !at.After(until.Add(limits.ClockTolerance*time.Second))
}

// ErrOther says that a list or response is about other certificates.
var ErrOther = errors.New("revocation: about other certificates")

// Subject is the certificate that is asked about.
type Subject struct {
	Certificate *x509.Certificate
	// Issuer is the authority whose key is proven to have signed Certificate.
	Issuer *x509.Certificate
	// Others are certificates, DER, among which that of a responder may be.
	Others [][]byte
	// Left is how many signatures may still be checked; each one takes one
	// off. Foreign data decide how many there are.
	Left *int
}

// signed is a structure with a signature under it, as lists, responses and
// certificates have it: what is signed, how, and the signature.
type signed struct {
	content   []byte // with tag and length: this is what was signed
	algorithm []byte // the content of the AlgorithmIdentifier
	signature []byte
}

// by says whether the key of a certificate made the signature.
func (s *signed) by(certificate *x509.Certificate, left *int) error {
	algorithm := algorithmOf(s.algorithm)
	if algorithm == x509.UnknownSignatureAlgorithm {
		return report.NewProblem(report.StatusCertificateUntrusted, "signed in a way that is not known")
	}
	if !Affordable(certificate.PublicKey) {
		return report.NewProblem(report.StatusCertificateUntrusted, "signed with too long a key")
	}
	if !Spend(left) {
		return report.NewProblem(report.StatusCertificateUnchecked, "more signatures than are checked for one seal")
	}
	if err := certificate.CheckSignature(algorithm, s.content, s.signature); err != nil {
		return report.NewProblem(report.StatusCertificateUntrusted, err.Error())
	}
	return nil
}

// Affordable says whether a signature by this key can be checked in little
// time: no authority has an exponent larger than 65537.
func Affordable(public any) bool {
	key, ok := public.(*rsa.PublicKey)
	return !ok || key.N != nil && key.N.BitLen() <= limits.RSABitsMost && key.E <= 65537
}

// Spend takes one off, if there is one left.
func Spend(left *int) bool {
	if *left <= 0 {
		return false
	}
	*left--
	return true
}

// What AlgorithmIdentifiers are made of, in DER.
const (
	null = "\x05\x00"
	rsaN = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01" // 1.2.840.113549.1.1.*
	ecN  = "\x06\x08\x2a\x86\x48\xce\x3d\x04\x03"     // 1.2.840.10045.4.3.*
	sha2 = "\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02"

	// RSASSA-PSS-params (RFC 4055 3.1): a hash, MGF1 with the same, and a salt
	// of the hash's length.
	pss1   = rsaN + "\x0a\x30\x34\xa0\x0f" + sha2
	pss2   = null + "\xa1\x1c\x30\x1a" + rsaN + "\x08" + sha2
	pss3   = null + "\xa2\x03\x02\x01"
	pss256 = pss1 + "\x01" + pss2 + "\x01" + pss3 + "\x20"
	pss384 = pss1 + "\x02" + pss2 + "\x02" + pss3 + "\x30"
	pss512 = pss1 + "\x03" + pss2 + "\x03" + pss3 + "\x40"
)

// algorithms are the signatures that are checked, by the content of their
// AlgorithmIdentifier (RFC 4055, 5758, 8410). SHA-1 is not among them. RSA's
// parameters are NULL, and sometimes left out.
var algorithms = [...]struct {
	text string
	kind x509.SignatureAlgorithm
}{
	{rsaN + "\x0b" + null, x509.SHA256WithRSA},
	{rsaN + "\x0c" + null, x509.SHA384WithRSA},
	{rsaN + "\x0d" + null, x509.SHA512WithRSA},
	{rsaN + "\x0b", x509.SHA256WithRSA},
	{rsaN + "\x0c", x509.SHA384WithRSA},
	{rsaN + "\x0d", x509.SHA512WithRSA},
	{pss256, x509.SHA256WithRSAPSS},
	{pss384, x509.SHA384WithRSAPSS},
	{pss512, x509.SHA512WithRSAPSS},
	{ecN + "\x02", x509.ECDSAWithSHA256},
	{ecN + "\x03", x509.ECDSAWithSHA384},
	{ecN + "\x04", x509.ECDSAWithSHA512},
	{"\x06\x03\x2b\x65\x70", x509.PureEd25519},
}

func algorithmOf(content []byte) x509.SignatureAlgorithm {
	for i := range algorithms {
		if algorithms[i].text == string(content) {
			return algorithms[i].kind
		}
	}
	return x509.UnknownSignatureAlgorithm
}

// reasons are the CRLReason numbers (RFC 5280 5.3.1); 7 is not used.
var reasons = [...]string{"unspecified", "keyCompromise", "cACompromise", "affiliationChanged", "superseded",
	"cessationOfOperation", "certificateHold", "", "removeFromCRL", "privilegeWithdrawn", "aACompromise"}

const (
	certificateHold = 6
	removeFromCRL   = 8
)

// withdrawn makes an answer of a reason's number; ok is false for a number
// that there is not.
func (a *Answer) withdrawn(reason int) (ok bool) {
	if reason < 0 || reason >= len(reasons) || reasons[reason] == "" {
		return false
	}
	a.State = Revoked
	if reason == certificateHold {
		a.State = OnHold
	}
	a.Reason = reasons[reason]
	return true
}

// serial is the content of the INTEGER that a certificate has for its number.
func serial(certificate *x509.Certificate) []byte {
	if certificate.SerialNumber == nil || certificate.SerialNumber.Sign() < 0 {
		return nil
	}
	number := certificate.SerialNumber.Bytes()
	if len(number) == 0 || number[0] >= 0x80 {
		number = append([]byte{0}, number...)
	}
	return number
}

// extension takes one of a list of extensions off (RFC 5280 4.1): the content
// of its OID, whether it is critical, and what it says.
func extension(r *der.Reader) (id []byte, critical bool, value der.Reader) {
	content := r.Take(der.Sequence)
	id = content.Content(der.OID)
	if content.Has(der.Boolean) {
		critical = content.Boolean(der.Boolean)
	}
	return id, critical, content.Only(der.OctetString)
}

func malformed(what string) error {
	return report.NewProblem(report.StatusCertificateMalformed, what)
}

// unusable is what is read and well signed, and says nothing all the same.
func unusable(why string) error {
	return report.NewProblem(report.StatusCertificateUnchecked, why)
}

// outlived: an authority may drop a certificate from its word once it has run
// out (RFC 5280 3.3, RFC 6960 4.4.4). Silence about it then says nothing, but
// where the word itself says how far it goes back.
func (a *Answer) outlived(certificate *x509.Certificate, back time.Time) error {
	if a.State != Good || !a.Issued.After(certificate.NotAfter) || !back.IsZero() && !certificate.NotAfter.Before(back) {
		return nil
	}
	a.State = NotSaid
	return unusable("made after the certificate had run out")
}
