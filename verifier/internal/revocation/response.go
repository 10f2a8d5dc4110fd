package revocation

import (
	"bytes"
	"crypto"
	"crypto/sha1"
	"crypto/x509"
	"encoding/asn1"
	"slices"
	"strconv"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/der"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Response is an answer of an authority's responder (OCSP, RFC 6960 4.2.1).
type Response struct {
	signed
	byName, byKey []byte // who answers: Name with tag and length, or the SHA-1 of a key
	made          time.Time
	singles       []byte // SingleResponse, one behind the other
	certificates  []byte // Certificate, in the same way
	why           string // why it cannot be used, "" if it can
}

// The content of OIDs.
const (
	basicResponse = "\x2b\x06\x01\x05\x05\x07\x30\x01\x01" // 1.3.6.1.5.5.7.48.1.1 id-pkix-ocsp-basic
	nonce         = "\x2b\x06\x01\x05\x05\x07\x30\x01\x02" // 1.3.6.1.5.5.7.48.1.2 id-pkix-ocsp-nonce
	archiveCutoff = "\x2b\x06\x01\x05\x05\x07\x30\x01\x06" // 1.3.6.1.5.5.7.48.1.6 id-pkix-ocsp-archive-cutoff
)

// hashOf is the digest of an OID's content, 0 for one that is not known.
func hashOf(id []byte) crypto.Hash {
	switch string(id) {
	case "\x2b\x0e\x03\x02\x1a":
		return crypto.SHA1
	case "\x60\x86\x48\x01\x65\x03\x04\x02\x01":
		return crypto.SHA256
	case "\x60\x86\x48\x01\x65\x03\x04\x02\x02":
		return crypto.SHA384
	case "\x60\x86\x48\x01\x65\x03\x04\x02\x03":
		return crypto.SHA512
	}
	return 0
}

// ParseResponse reads a response, DER, without checking its signature. The
// error is a report.Problem: malformed, or unchecked where the responder says
// that it has no answer.
func ParseResponse(data []byte) (*Response, error) {
	if len(data) > limits.RevocationBytes {
		return nil, malformed("too large an answer")
	}
	r, all := &Response{}, der.Read(data)
	outer := all.Only(der.Sequence)
	// 4.2.1: 0 says that there is an answer, the others why there is none.
	status := outer.Enumerated()
	if status == 0 {
		explicit := outer.Only(der.Constructed | 0)
		answer := explicit.Only(der.Sequence)
		if string(answer.Content(der.OID)) != basicResponse {
			all.Fail()
		}
		octets := answer.Only(der.OctetString)
		r.readBasic(octets.Only(der.Sequence))
	}
	outer.End()
	if all.Bad() {
		return nil, malformed("no answer about a certificate")
	}
	if status != 0 {
		return nil, unusable("the responder has no answer: " + strconv.Itoa(status))
	}
	return r, nil
}

// readBasic reads BasicOCSPResponse.
func (r *Response) readBasic(basic der.Reader) {
	content := r.signed.read(&basic)
	if basic.More() {
		explicit := basic.Only(der.Constructed | 0)
		r.certificates = explicit.Content(der.Sequence)
		explicit.End()
	}
	// ResponseData. Version 1 is the only one; the form that leaves it out is
	// the same.
	if content.Has(der.Constructed | 0) {
		explicit := content.Take(der.Constructed | 0)
		if string(explicit.Integer()) != "\x00" {
			content.Fail()
		}
		explicit.End()
	}
	if content.Has(der.Constructed | 1) {
		who := content.Take(der.Constructed | 1)
		r.byName = who.Whole(der.Sequence)
		who.End()
	} else {
		who := content.Take(der.Constructed | 2)
		if r.byKey = who.Content(der.OctetString); len(r.byKey) != sha1.Size {
			content.Fail()
		}
		who.End()
	}
	r.made = content.Generalized()
	r.singles = content.Content(der.Sequence)
	if content.More() {
		_, r.why = readExtensions(content.Only(der.Constructed | 1))
	}
}

// readExtensions reads those of a response or of one answer in it: how far back
// it goes, and why it cannot be used.
func readExtensions(explicit der.Reader) (back time.Time, why string) {
	for extensions := explicit.Only(der.Sequence); extensions.More(); {
		id, critical, value := extension(&extensions)
		switch {
		case string(id) == archiveCutoff:
			back = value.Generalized()
		case string(id) == nonce:
			// Nobody here has sent one.
		case critical:
			// 4.4: what is critical must be understood.
			why = "a critical extension that is not known"
		}
	}
	return back, why
}

// About is what the response says of a certificate, once its signature is
// proven to be that of the certificate's issuer, or of a responder that this
// very issuer certified as one. The error is ErrOther, or a report.Problem:
// untrusted, malformed, or unchecked with the reason. The answer's dates are
// set wherever one was found.
func (r *Response) About(s Subject) (Answer, error) {
	answer, back, err := r.find(s)
	if err != nil {
		return answer, err
	}
	if r.why != "" {
		return answer, unusable(r.why)
	}
	if err := r.checkResponder(&answer, s); err != nil {
		return answer, err
	}
	if answer.State == NotSaid {
		return answer, unusable("the responder does not know the certificate")
	}
	return answer, answer.outlived(s.Certificate, back)
}

// find looks for the one answer about a certificate among those given.
func (r *Response) find(s Subject) (answer Answer, back time.Time, err error) {
	number := serial(s.Certificate)
	found, why := false, ""
	rest := der.Read(r.singles)
	for count := 0; rest.More(); count++ {
		if count >= limits.RevokedCertificates {
			return answer, back, unusable("more answers than are looked at")
		}
		single := rest.Take(der.Sequence)
		about := isAbout(single.Take(der.Sequence), s, number)
		if about && found {
			return answer, back, malformed("two answers about one certificate")
		}
		if about && !rest.Bad() {
			found = true
			answer, back, why = readSingle(single)
			answer.Made = r.made
		}
	}
	switch {
	case rest.Bad():
		return Answer{}, back, malformed("an answer")
	case !found:
		return answer, back, ErrOther
	case why != "":
		return answer, back, unusable(why)
	}
	return answer, back, nil
}

// isAbout says whether a CertID is that of the certificate: its number, and
// the digests of its issuer's name and key (4.1.1).
func isAbout(id der.Reader, s Subject, number []byte) bool {
	algorithm := id.Take(der.Sequence)
	hash := hashOf(algorithm.Content(der.OID))
	name, key, own := id.Content(der.OctetString), id.Content(der.OctetString), id.Integer()
	id.End()
	return hash != 0 && bytes.Equal(own, number) &&
		bytes.Equal(digest(hash, s.Certificate.RawIssuer), name) && bytes.Equal(digest(hash, keyBits(s.Issuer)), key)
}

func digest(hash crypto.Hash, data []byte) []byte {
	h := hash.New()
	h.Write(data)
	return h.Sum(nil)
}

// keyBits is the content of the BIT STRING that holds a certificate's key.
func keyBits(certificate *x509.Certificate) []byte {
	all := der.Read(certificate.RawSubjectPublicKeyInfo)
	info := all.Only(der.Sequence)
	info.Content(der.Sequence)
	return info.Bits()
}

// readSingle reads the rest of SingleResponse, behind CertID.
func readSingle(single der.Reader) (answer Answer, back time.Time, why string) {
	switch {
	case single.Has(der.Primitive | 0):
		answer.State = Good
		null := single.Take(der.Primitive | 0)
		null.End()
	case single.Has(der.Primitive | 2):
		// The responder does not know it.
		null := single.Take(der.Primitive | 2)
		null.End()
	default:
		status, reason := single.Take(der.Constructed|1), 0
		answer.Since = status.Generalized()
		if status.More() {
			explicit := status.Only(der.Constructed | 0)
			reason = explicit.Enumerated()
			explicit.End()
		}
		if !answer.withdrawn(reason) || reason == removeFromCRL {
			single.Fail()
		}
	}
	answer.Issued = single.Generalized()
	if single.Has(der.Constructed | 0) {
		explicit := single.Take(der.Constructed | 0)
		answer.Until = explicit.Generalized()
		explicit.End()
		if answer.Until.Before(answer.Issued) {
			single.Fail()
		}
	}
	if single.More() {
		back, why = readExtensions(single.Only(der.Constructed | 1))
	}
	return answer, back, why
}

// checkResponder proves who signed (4.2.2.2): the issuer of the certificate,
// or one to whom this issuer gave a certificate for just that.
func (r *Response) checkResponder(answer *Answer, s Subject) error {
	if r.names(s.Issuer) {
		return r.signed.by(s.Issuer, s.Left)
	}
	candidates := s.Others
	for rest := der.Read(r.certificates); rest.More() && len(candidates) < len(s.Others)+limits.Certificates; {
		if _, one := rest.Next(); len(one) > 0 {
			candidates = append(candidates[:len(candidates):len(candidates)], one)
		}
	}
	for _, one := range candidates {
		if done, err := r.delegated(answer, s, one); done {
			return err
		}
	}
	return report.NewProblem(report.StatusCertificateUntrusted, "the responder is neither the issuer nor one that it certified")
}

// names says whether the response names this certificate as its signer's.
func (r *Response) names(certificate *x509.Certificate) bool {
	if r.byKey != nil {
		return bytes.Equal(r.byKey, digest(crypto.SHA1, keyBits(certificate)))
	}
	return bytes.Equal(r.byName, certificate.RawSubject)
}

// noCheck says that a responder's certificate needs no check of its own.
var noCheck = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 5}

// delegated says whether this certificate makes its owner a responder of the
// issuer, and if it does, whether that one signed.
func (r *Response) delegated(answer *Answer, s Subject, der []byte) (done bool, err error) {
	// Most certificates are others'; reading one takes long.
	if !bytes.Contains(der, s.Issuer.RawSubject) || r.byName != nil && !bytes.Contains(der, r.byName) {
		return false, nil
	}
	responder, err := x509.ParseCertificate(der)
	if err != nil || !bytes.Equal(responder.RawIssuer, s.Issuer.RawSubject) || !r.names(responder) || responder.Equal(s.Certificate) {
		return false, nil
	}
	if !slices.Contains(responder.ExtKeyUsage, x509.ExtKeyUsageOCSPSigning) || len(responder.UnhandledCriticalExtensions) > 0 ||
		responder.KeyUsage != 0 && responder.KeyUsage&(x509.KeyUsageDigitalSignature|x509.KeyUsageContentCommitment) == 0 {
		return false, nil
	}
	if !Affordable(s.Issuer.PublicKey) || !Spend(s.Left) || responder.CheckSignatureFrom(s.Issuer) != nil {
		return false, nil
	}
	if r.made.Before(responder.NotBefore) || r.made.After(responder.NotAfter) {
		return true, report.NewProblem(report.StatusCertificateUntrusted, "the responder's certificate was not in force")
	}
	if answer.Until.IsZero() {
		answer.Until = answer.Issued.Add(limits.ListAge * time.Second)
	}
	if responder.NotAfter.Before(answer.Until) {
		answer.Until = responder.NotAfter
	}
	unchecked := slices.ContainsFunc(responder.Extensions, func(e pkixExtension) bool { return e.Id.Equal(noCheck) })
	if !unchecked && len(responder.CRLDistributionPoints)+len(responder.OCSPServer) > 0 {
		answer.Responder = responder
	}
	return true, r.signed.by(responder, s.Left)
}
