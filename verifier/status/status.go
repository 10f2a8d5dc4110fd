// Package status asks whether a credential still stands, or has been revoked
// or suspended. No mechanism can be evaluated yet; each entry is named and
// left open, for an entry that nobody looked at must never read as good
// standing (asks.md 1).
package status

import (
	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Check looks at every entry that the credential names, and at whether the
// certificate behind its seal could have been revoked. k may be nil.
func Check(c *credential.Credential, k *key.Key) report.Findings {
	var findings report.Findings
	switch {
	case len(c.Status) == 0:
		findings.Add(report.StatusNonePublished, "")
	case len(c.Status) > limits.StatusEntries:
		findings.Add(report.StatusTooMany, "")
	default:
		for _, entry := range c.Status {
			check(&findings, entry)
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
