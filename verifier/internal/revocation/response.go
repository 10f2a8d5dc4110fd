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
	r, all := &Response{}, read(data)
	outer := all.only(tagSequence)
	// 4.2.1: 0 says that there is an answer, the others why there is none.
	status := outer.enumerated()
	if status == 0 {
		explicit := outer.only(tagConstructed | 0)
		answer := explicit.only(tagSequence)
		if string(answer.content(tagOID)) != basicResponse {
			all.fail()
		}
		octets := answer.only(tagOctetString)
		r.readBasic(octets.only(tagSequence))
	}
	outer.end()
	if *all.bad {
		return nil, malformed("no answer about a certificate")
	}
	if status != 0 {
		return nil, unusable("the responder has no answer: " + strconv.Itoa(status))
	}
	return r, nil
}

// readBasic reads BasicOCSPResponse.
func (r *Response) readBasic(basic reader) {
	content := r.signed.read(&basic)
	if basic.more() {
		explicit := basic.only(tagConstructed | 0)
		r.certificates = explicit.content(tagSequence)
		explicit.end()
	}
	// ResponseData. Version 1 is the only one; the form that leaves it out is
	// the same.
	if content.has(tagConstructed | 0) {
		explicit := content.take(tagConstructed | 0)
		if string(explicit.integer()) != "\x00" {
			content.fail()
		}
		explicit.end()
	}
	if content.has(tagConstructed | 1) {
		who := content.take(tagConstructed | 1)
		r.byName = who.whole(tagSequence)
		who.end()
	} else {
		who := content.take(tagConstructed | 2)
		if r.byKey = who.content(tagOctetString); len(r.byKey) != sha1.Size {
			content.fail()
		}
		who.end()
	}
	r.made = content.generalized()
	r.singles = content.content(tagSequence)
	if content.more() {
		_, r.why = readExtensions(content.only(tagConstructed | 1))
	}
}

// readExtensions reads those of a response or of one answer in it: how far back
// it goes, and why it cannot be used.
func readExtensions(explicit reader) (back time.Time, why string) {
	for extensions := explicit.only(tagSequence); extensions.more(); {
		id, critical, value := extensions.extension()
		switch {
		case string(id) == archiveCutoff:
			back = value.generalized()
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
	rest := read(r.singles)
	for count := 0; rest.more(); count++ {
		if count >= limits.RevokedCertificates {
			return answer, back, unusable("more answers than are looked at")
		}
		single := rest.take(tagSequence)
		about := isAbout(single.take(tagSequence), s, number)
		if about && found {
			return answer, back, malformed("two answers about one certificate")
		}
		if about && !*rest.bad {
			found = true
			answer, back, why = readSingle(single)
			answer.Made = r.made
		}
	}
	switch {
	case *rest.bad:
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
func isAbout(id reader, s Subject, number []byte) bool {
	algorithm := id.take(tagSequence)
	hash := hashOf(algorithm.content(tagOID))
	name, key, own := id.content(tagOctetString), id.content(tagOctetString), id.integer()
	id.end()
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
	all := read(certificate.RawSubjectPublicKeyInfo)
	info := all.only(tagSequence)
	info.content(tagSequence)
	return info.bits()
}

// readSingle reads the rest of SingleResponse, behind CertID.
func readSingle(single reader) (answer Answer, back time.Time, why string) {
	switch {
	case single.has(tagPrimitive | 0):
		answer.State = Good
		null := single.take(tagPrimitive | 0)
		null.end()
	case single.has(tagPrimitive | 2):
		// The responder does not know it.
		null := single.take(tagPrimitive | 2)
		null.end()
	default:
		status, reason := single.take(tagConstructed|1), 0
		answer.Since = status.generalized()
		if status.more() {
			explicit := status.only(tagConstructed | 0)
			reason = explicit.enumerated()
			explicit.end()
		}
		if !answer.withdrawn(reason) || reason == removeFromCRL {
			single.fail()
		}
	}
	answer.Issued = single.generalized()
	if single.has(tagConstructed | 0) {
		explicit := single.take(tagConstructed | 0)
		answer.Until = explicit.generalized()
		explicit.end()
		if answer.Until.Before(answer.Issued) {
			single.fail()
		}
	}
	if single.more() {
		back, why = readExtensions(single.only(tagConstructed | 1))
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
	for rest := read(r.certificates); rest.more() && len(candidates) < len(s.Others)+limits.Certificates; {
		if _, der := rest.next(); len(der) > 0 {
			candidates = append(candidates[:len(candidates):len(candidates)], der)
		}
	}
	for _, der := range candidates {
		if done, err := r.delegated(answer, s, der); done {
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
