package proof

import (
	"crypto"
	"slices"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/internal/xades"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// xadesMethods are the algorithms that are accepted (RFC 9231 2.3), with their
// name in JOSE. The curve of an elliptic key is the certificate's. rsa-pss
// without parameters is SHA-256 throughout (2.3.9).
var xadesMethods = [...][2]string{
	{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "RS256"},
	{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", "RS384"},
	{"http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", "RS512"},
	{"http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", "PS256"},
	{"http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1", "PS384"},
	{"http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1", "PS512"},
	{"http://www.w3.org/2007/05/xmldsig-more#rsa-pss", "PS256"},
	{"http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519", "Ed25519"},
	{"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "ES256"},
	{"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", "ES384"},
	{"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", "ES512"},
}

// xadesReader reads an XML signature into a member.
type xadesReader struct {
	*member
	seal      *xades.Signature
	algorithm *signature.Algorithm
}

// readXML reads a seal of an XML document, by the rules of level B-B (ETSI EN
// 319 132-1 6.3). Time-stamps and counter signatures are not judged here.
func readXML(seals []envelope.Seal, number int) member {
	m := member{good: report.ProofXades}
	m.proof.Seal, m.proof.Suite = true, "XAdES"
	m.proof.Reference.Purpose = AssertionMethod
	if number > 0 {
		m.proof.Path = "/Signature[" + strconv.Itoa(number+1) + "]"
	}
	r := xadesReader{member: &m, seal: seals[number].Signature}
	err := seals[number].Problem
	if err == nil {
		err = r.read()
	} else if sealed := slices.ContainsFunc(seals, func(s envelope.Seal) bool { return s.Problem == nil }); sealed {
		// Beside a seal of all that is read, one of something else is not
		// needed, and takes nothing away.
		switch report.CodeOf(err) {
		case report.ProofXmlReference, report.ProofXmlTransform, report.ProofXmlPlace:
			finding := report.FindingOf(err)
			m.unknown, err = &finding, nil
		}
	}
	if err != nil {
		m.proof.verify = nil
		m.findings.AddError(err)
	}
	return m
}

func (r *xadesReader) read() error {
	if err := r.readMethod(); err != nil || r.unknown != nil {
		return err
	}
	if r.seal.Time == "" {
		return r.proof.problem(report.ProofSealTimeMissing, "")
	}
	// EN 319 132-1 5.2.1: an xsd:dateTime, which may leave its zone out. It is
	// only a claim, and hours play no part.
	text := strings.TrimSpace(r.seal.Time)
	created, ok := dateTimeStamp(text)
	if !ok {
		created, ok = dateTimeStamp(text + "Z")
	}
	if !ok {
		return r.proof.problem(report.ProofSealTimeMalformed, "", "date", r.seal.Time)
	}
	r.proof.Reference.Created = created
	r.add(report.ProofSealTimeClaimed, "", "date", created.UTC().Format("2006-01-02T15:04:05Z"))
	for _, remark := range [...]struct {
		made bool
		code report.Code
	}{
		{r.seal.Policy, report.ProofSealPolicyUnsupported}, {r.seal.Stamped, report.ProofSealTimeStamps},
		{r.seal.Countered, report.ProofSealCountersigned}, {r.seal.Joined, report.ProofSealJoined},
	} {
		if remark.made {
			r.add(remark.code, r.proof.Path)
		}
	}
	r.proof.Revocation = Revocation{
		CRLs: r.seal.CRLs, OCSPs: r.seal.OCSPs, Certificates: r.seal.Embedded, Malformed: r.seal.Malformed,
	}
	if err := r.readCertificate(); err != nil {
		return err
	}
	r.proof.bytes = len(r.seal.Document) + len(r.seal.Properties) + len(r.seal.Info) + r.seal.Hashed
	r.proof.verify = r.start
	return nil
}

// readMethod decides by our own list (RFC 8725 3.1 means the same of JOSE).
func (r *xadesReader) readMethod() error {
	method := r.seal.Method
	name := ""
	for i := range xadesMethods {
		if xadesMethods[i][0] == method {
			name = xadesMethods[i][1]
		}
	}
	switch {
	case method == "":
		return r.proof.problem(report.ProofAlgorithmMissing, "no SignatureMethod")
	case strings.Contains(method, "hmac"):
		return r.proof.problem(report.ProofAlgorithmSymmetric, "", "algorithm", method)
	case strings.HasSuffix(method, "sha1"), strings.HasSuffix(method, "md5"):
		return r.proof.problem(report.ProofXmlDigestWeak, "", "algorithm", method)
	case name == "":
		r.proof.Suite = Suite(report.Clip("XAdES/" + method))
		finding := report.NewFinding(report.ProofSuiteUnsupported, "", "suite", method)
		r.unknown = &finding
		return nil
	}
	r.algorithm = algorithm(name)
	r.proof.Suite = Suite("XAdES/" + name)
	r.proof.Reference.Algorithm, r.proof.Reference.Curves = name, []string{r.algorithm.Curve}
	if strings.HasPrefix(name, "ES") {
		r.proof.Reference.Curves = []string{P256, P384, P521}
	}
	return nil
}

// readCertificate finds the certificate that the signed properties fix by its
// digest (EN 319 132-1 5.2.2); no order is prescribed for those in the seal.
func (r *xadesReader) readCertificate() error {
	ref := &r.proof.Reference
	if r.seal.Certificate.Hash == crypto.SHA1 {
		// Trusted lists are sealed so. Whoever could make two certificates with
		// one digest would still be who sealed with either.
		r.add(report.ProofSealCertificateDigestWeak, "")
	}
	for _, list := range [...][][]byte{r.seal.Certificates, r.seal.Embedded} {
		for i, der := range list {
			if !r.seal.Certificate.Matches(der) {
				continue
			}
			ref.Chain, ref.Bound = [][]byte{der}, true
			for j, other := range r.seal.Certificates {
				if j != i && len(ref.Chain) < limits.Certificates {
					ref.Chain = append(ref.Chain, other)
				}
			}
			return nil
		}
		if len(list) > 0 && len(r.seal.Certificates) > 0 {
			return r.proof.problem(report.ProofSealCertificateReference, "of none of "+strconv.Itoa(len(list)))
		}
	}
	return r.proof.problem(report.ProofSealCertificateMissing, "")
}

// start begins to verify: both digests must be those of what has been read, and
// the signature that of the list of both (XMLDSIG 3.2).
func (r *xadesReader) start(public any, by signature.Primitive) signature.Wait {
	kind, err := signature.Admit(public, r.proof.Reference.Curves...)
	if err != nil {
		return signature.Known(err)
	}
	if err := signature.WellFormed(public, r.seal.Value); err != nil {
		return signature.Known(err)
	}
	if r.seal.Differs || !r.seal.DocumentDigest.Matches(r.seal.Document) || !r.seal.PropertiesDigest.Matches(r.seal.Properties) {
		return signature.Known(report.NewProblem(report.SignatureMismatch, "a digest"))
	}
	if kind == publickey.RSA || kind == publickey.Ed25519 {
		return r.algorithm.StartData(by, r.seal.Info, r.seal.Value, public)
	}
	return signature.StartECDSA(by, public, r.algorithm.Hash, r.seal.Info, r.seal.Value)
}
