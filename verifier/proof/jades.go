package proof

import (
	"bytes"
	"crypto"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/joseheader"
	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// isSeal says whether the signature is a JAdES seal, by what only those have.
func (r *signatureReader) isSeal() bool {
	for _, name := range joseheader.SealNames {
		if _, ok := r.header(name); ok {
			return true
		}
	}
	if _, ok := r.signature.Unprotected.Get("etsiU"); ok {
		return true
	}
	// An unencoded payload in a JSON serialisation: no credential format but
	// the European Digital Credential does that.
	return r.signature.Unencoded && r.message.Form != jws.Compact
}

// readSeal checks the rules of level B-B (ETSI TS 119 182-1 6.3). Time-stamps,
// counter signatures and revocation data in etsiU are not judged here.
func (r *signatureReader) readSeal() error {
	r.good = report.ProofJades
	// 5.2.8: a detached seal is about other files, which are not here.
	if _, ok := r.header("sigD"); ok || r.message.Payload == "" {
		return r.problem(report.ProofSealDetached, "")
	}
	if err := r.readSealTime(); err != nil {
		return err
	}
	if err := r.readSealEnd(); err != nil {
		return err
	}
	// 5.2.7: the policy's own rules are not known here.
	if _, ok := r.header("sigPId"); ok {
		r.add(report.ProofSealPolicyUnsupported, r.proof.Path)
	}
	r.remarkCritical()
	r.proof.Revocation = readRevocation(r.readUnsigned())
	return r.readCertificateReference(r.proof.Revocation.Certificates)
}

// readSealTime reads when the sealer says that it sealed: sigT until July
// 2025, iat since; one of them, not both (5.1.11, 5.2.1).
func (r *signatureReader) readSealTime() error {
	sigT, old := r.header("sigT")
	iat, current := r.header("iat")
	if old && current {
		return r.problem(report.ProofSealTimeTwice, "")
	}
	if !old && !current {
		return r.problem(report.ProofSealTimeMissing, "")
	}
	ok := false
	if current {
		r.proof.Reference.Created, ok = numericDate(iat)
	} else if text := sigT.Text(); strings.HasSuffix(text, "Z") {
		r.proof.Reference.Created, ok = dateTimeStamp(text)
	}
	if !ok {
		return r.problem(report.ProofSealTimeMalformed, "", "date", sigT.Text()+iat.Literal())
	}
	r.add(report.ProofSealTimeClaimed, "", "date", r.proof.Reference.Created.Format("2006-01-02T15:04:05Z"))
	return nil
}

// readSealEnd reads when the seal itself says that it ends.
func (r *signatureReader) readSealEnd() error {
	exp, ok := r.header("exp")
	if !ok {
		return nil
	}
	if exp.Kind() == strictjson.String {
		r.proof.Expires, ok = dateTimeStamp(exp.Text())
	} else {
		r.proof.Expires, ok = numericDate(exp)
	}
	if !ok {
		return r.problem(report.ProofExpiresMalformed, "exp", "date", exp.Text()+exp.Literal())
	}
	return nil
}

// remarkCritical says where a seal does not make its own parameters critical,
// as it must (5.1.9). We know them all the same.
func (r *signatureReader) remarkCritical() {
	var missing []string
	for _, name := range joseheader.SealNames {
		if _, ok := r.header(name); ok && !contains(r.critical, name) {
			missing = append(missing, name)
		}
	}
	if missing != nil {
		r.add(report.ProofCritIncomplete, r.proof.Path, "name", strings.Join(missing, ", "))
	}
}

// readUnsigned reads etsiU: an array of objects, each written in base64url,
// or none of them (5.3.1). It is not signed; all that is used of it are
// certificates that the protected header fixes by digest, and what proves
// itself (Revocation).
func (r *signatureReader) readUnsigned() []strictjson.Value {
	value, ok := r.signature.Unprotected.Get("etsiU")
	if _, misplaced := r.header("etsiU"); !ok && !misplaced {
		return nil
	}
	items := value.Items()
	var components []strictjson.Value
	for _, item := range items {
		if item.Kind() != items[0].Kind() {
			break
		}
		if item.Kind() == strictjson.String {
			data, err := multibase.Base64URL(item.Text())
			if err != nil {
				break
			}
			if item, err = strictjson.Parse(data); err != nil {
				break
			}
		}
		if item.Kind() != strictjson.Object {
			break
		}
		components = append(components, item)
	}
	if len(items) == 0 || len(components) < len(items) {
		r.add(report.ProofSealUnsignedMalformed, r.proof.Path)
		return nil
	}
	return components
}

// readCertificateReference finds the certificate that the protected header
// fixes by its digest, which exactly one parameter must do (5.1.7, 5.2.2).
func (r *signatureReader) readCertificateReference(embedded [][]byte) error {
	method, text, err := r.certificateDigest()
	if err != nil {
		return err
	}
	ref := &r.proof.Reference
	if len(ref.Chain) > 0 {
		if !matches(method, text, ref.Chain[0]) {
			return r.problem(report.ProofSealCertificateReference, "not the digest of the first certificate")
		}
		ref.Bound = true
		return nil
	}
	for _, der := range embedded {
		if matches(method, text, der) {
			ref.Chain, ref.Bound = [][]byte{der}, true
			return nil
		}
	}
	return r.problem(report.ProofSealCertificateMissing, "")
}

// certificateDigest is the digest of the sealer's certificate, base64url, and
// the name of its method. Where several certificates are listed, the first is
// the sealer's (5.2.2.3).
func (r *signatureReader) certificateDigest() (method, text string, err error) {
	plain, hasPlain := r.header("x5t#S256")
	other, hasOther := r.header("x5t#o")
	list, hasList := r.header("sigX5ts")
	count := 0
	for _, has := range [...]bool{hasPlain, hasOther, hasList} {
		if has {
			count++
		}
	}
	switch {
	case count == 0:
		return "", "", r.problem(report.ProofSealHeaderIncomplete, "", "what", "x5t#S256")
	case count > 1:
		return "", "", r.problem(report.ProofSealCertificateReference, "more than one")
	case hasPlain:
		return "S256", plain.Text(), nil
	case hasList && (list.Kind() != strictjson.Array || len(list.Items()) == 0):
		return "", "", r.problem(report.ProofSealCertificateReference, "sigX5ts is not an array with something in it")
	case hasList:
		other = list.Items()[0]
	}
	method, text = other.At("digAlg").Text(), other.At("digVal").Text()
	if method == "" || text == "" {
		return "", "", r.problem(report.ProofSealCertificateReference, "no digest")
	}
	if _, known := digests[method]; !known {
		return "", "", r.problem(report.ProofSuiteUnsupported, "digest", "suite", method)
	}
	return method, text, nil
}

// digests are the methods by which a certificate may be fixed.
var digests = map[string]crypto.Hash{"S256": crypto.SHA256, "S384": crypto.SHA384, "S512": crypto.SHA512}

// matches says whether text is the base64url of the digest of data.
func matches(method, text string, data []byte) bool {
	// The longest digest, of SHA-512, has 86 characters. A header's worth of
	// text would otherwise be decoded for every certificate of the file.
	if len(text) > 86 {
		return false
	}
	want, err := multibase.Base64URL(text)
	hash, known := digests[method]
	if err != nil || !known {
		return false
	}
	h := hash.New()
	h.Write(data)
	return bytes.Equal(h.Sum(nil), want)
}
