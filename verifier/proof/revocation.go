package proof

import (
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// Revocation is what a seal carries so that it can be told whether its
// certificate was withdrawn. None of it is signed by the seal: it proves what
// its own signatures prove.
type Revocation struct {
	CRLs, OCSPs [][]byte // DER, as written: revocation lists and answers about single certificates
	// Certificates, DER, are those that the seal carries beside its chain.
	Certificates [][]byte
	// Malformed says that some of it is no base64, too large or too much
	// (limits.RevocationBytes, limits.RevocationValues), and is left out.
	Malformed bool
}

// readRevocation reads it from where ETSI TS 119 182-1 5.3.5 has it: in xVals
// and rVals of etsiU, and, for what concerns time-stamps, in tstVD, which may
// hold what others need as well.
func readRevocation(components []strictjson.Value) Revocation {
	var r Revocation
	for _, component := range components {
		for _, holder := range [...]strictjson.Value{component, component.At("tstVD"), component.At("anyValData")} {
			for _, item := range holder.At("xVals").Items() {
				r.take(&r.Certificates, item.At("x509Cert"))
			}
			for _, item := range holder.At("rVals", "crlVals").Items() {
				r.take(&r.CRLs, item)
			}
			for _, item := range holder.At("rVals", "ocspVals").Items() {
				r.take(&r.OCSPs, item)
			}
		}
	}
	return r
}

// take decodes one pkiOb. An absent one is of another kind (otherCert).
func (r *Revocation) take(to *[][]byte, object strictjson.Value) {
	value := object.At("val")
	if object.Kind() == strictjson.Absent {
		return
	}
	text := value.Text()
	if len(*to) >= limits.RevocationValues || len(text)/4*3 > limits.RevocationBytes {
		r.Malformed = true
		return
	}
	der, ok := base64Text(text)
	if !ok || len(der) == 0 {
		r.Malformed = true
		return
	}
	*to = append(*to, der)
}
