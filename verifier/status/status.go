// Package status asks whether a credential still stands, or has been revoked
// or suspended. No mechanism can be evaluated yet; each entry is named and
// left open, for an entry that nobody looked at must never read as good
// standing (asks.md 1).
package status

import (
	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/proof"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Check looks at every entry that the credential names, and at whether the
// certificate behind its seal could have been revoked. p and k may be nil.
func Check(c *credential.Credential, p *proof.Proof, k *key.Key) report.Findings {
	var findings report.Findings
	beside := besideCredential(c)
	switch {
	case len(c.Status)+len(beside) == 0 && p != nil && p.Selective:
		// The holder may have left it out (T21).
		findings.Add(report.StatusNotShown, "")
	case len(c.Status)+len(beside) == 0:
		findings.Add(report.StatusNonePublished, "")
	case len(c.Status) > limits.StatusEntries:
		findings.Add(report.StatusTooMany, "")
	default:
		for _, entry := range c.Status {
			check(&findings, entry)
		}
		for _, name := range beside {
			findings.Add(report.StatusUnsupported, "", "type", name, "what", "/"+name)
		}
	}
	if k != nil && len(k.Chain) > 0 {
		leaf := k.Chain[0]
		// RFC 5280 4.2.1.13 and 4.2.2.1: where the issuer of the certificate
		// says whether it has been revoked.
		if places := append(append([]string{}, leaf.OCSPServer...), leaf.CRLDistributionPoints...); len(places) > 0 {
			findings.Add(report.StatusCertificateUnchecked, "", "address", places[0])
		}
	}
	return findings
}

// besideCredential names the claims of a VC-JWT 1.1 that say where standing can
// be looked up, and stand beside the credential instead of in it. They are not
// where the data model has them; but who wrote them has a way to revoke, and
// the opposite must not be said.
func besideCredential(c *credential.Credential) []string {
	var names []string
	for _, name := range [...]string{"credentialStatus", "status"} {
		claim, _ := c.Claims.Get(name)
		if kind := claim.Kind(); c.Root != "" && (kind == strictjson.Object || kind == strictjson.Array && len(claim.Items()) > 0) {
			names = append(names, name)
		}
	}
	return names
}

func check(findings *report.Findings, entry credential.Status) {
	if entry.Type == "" {
		findings.Add(report.StatusMalformed, "no type", "what", entry.Path, "address", entry.ID)
		return
	}
	address := entry.Value.At("statusListCredential").Text()
	if address == "" {
		address = entry.ID
	}
	findings.Add(report.StatusUnsupported, "", "type", entry.Type, "address", address, "what", entry.Path)
}
