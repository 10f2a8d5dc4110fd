package verifier

import (
	"strings"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/issuer"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// say chooses the headline's sentence: a key into the words, and the facts
// that it names. What the file only claims is always a fact of its own
// ("claimed"), never mixed with what has been proven ("name", "domain").
func (s *subject) say(headline report.Headline, checks []report.Check) report.Saying {
	say := func(variant string, pairs ...string) report.Saying {
		saying := report.Saying{Key: headline.String()}
		if variant != "" {
			saying.Key += "." + variant
		}
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i+1] != "" {
				if saying.Facts == nil {
					saying.Facts = map[string]string{}
				}
				saying.Facts[pairs[i]] = report.Clip(pairs[i+1])
			}
		}
		return saying
	}
	found := func(codes ...report.Code) (report.Finding, bool) {
		for _, check := range checks {
			for _, finding := range check.Findings {
				for _, code := range codes {
					if finding.Code == code {
						return finding, true
					}
				}
			}
		}
		return report.Finding{}, false
	}
	deciding := decisive(headline, checks)
	claimed := s.claimed()
	if kept, ok := found(report.ProofHostedMatch, report.ProofHostedWithdrawn, report.ProofHostedDiffers); ok {
		if saying, ok := s.sayHosted(headline, kept.Facts["host"], deciding, say); ok {
			return saying
		}
	}

	switch headline {
	case report.Verified:
		if s.standing.Issuing {
			return say("issuing", "name", s.standing.Name, "list", s.standing.List)
		}
		return say("", "name", s.standing.Name, "list", s.standing.List)
	case report.Identified:
		return say("", "name", s.standing.Name, "list", s.standing.List, "awarder", s.standing.Awarder)
	case report.Unlisted:
		if s.apart {
			return say("presentation")
		}
		return s.sayUnlisted(say, found, claimed)
	case report.Incomplete:
		return sayIncomplete(say, deciding)
	case report.NotYetValid:
		return say("", "date", deciding.Facts["date"])
	case report.Expired:
		if deciding.Code == report.ValidityExpiredJustNow {
			return say("just_now", "date", deciding.Facts["date"])
		}
		return say("", "date", deciding.Facts["date"])
	case report.Revoked, report.Suspended:
		if deciding.Code == report.StatusCertificateRevoked || deciding.Code == report.StatusCertificateOnHold {
			return say("seal", "date", deciding.Facts["date"])
		}
		return say("", "host", deciding.Facts["host"])
	case report.Delisted:
		if deciding.Code == report.TrustOutOfScope {
			return say("scope", "name", s.standing.Name, "list", s.standing.List)
		}
		return say("", "name", s.standing.Name, "list", s.standing.List, "date", s.standing.Since)
	case report.WrongKey:
		if deciding.Code == report.KeyFragmentIsKey {
			return say("unlisted_key", "host", deciding.Facts["host"])
		}
		// A key's own text says nothing to a reader.
		if signer := deciding.Facts["signer"]; signer != "" && !strings.HasPrefix(signer, "did:key:") && !strings.HasPrefix(signer, "did:jwk:") {
			return say("", "signer", signer, "claimed", claimed)
		}
		return say("unknown", "claimed", claimed)
	case report.Mismatch:
		if k := s.key(); k != nil && k.Source == key.Given {
			return say("your_key")
		} else if k != nil && fetch.Host(k.Address) != "" {
			return say("", "host", fetch.Host(k.Address))
		}
		return say("somewhere")
	case report.Altered:
		if k := s.key(); k != nil && k.Source == key.Certificate {
			return say("seal")
		}
		return say("")
	case report.Refused, report.Unreadable:
		return say("", "code", string(deciding.Code))
	case report.NotSigned:
		if deciding.Code == report.CredentialDraft {
			return say("draft")
		}
		if deciding.Code == report.ProofNonePart {
			return say("part")
		}
		if deciding.Code == report.ProofHostedNowhere {
			return say("hosted")
		}
		if s.apart {
			return say("wrapper")
		}
		return say("")
	default:
		return say("")
	}
}

// sayUnlisted tells apart what the signature does prove: a domain, a
// certificate, or only that somebody has a key.
func (s *subject) sayUnlisted(say func(string, ...string) report.Saying,
	found func(...report.Code) (report.Finding, bool), claimed string) report.Saying {
	k := s.key()
	named := s.named()
	if _, ok := found(report.IssuerByYourKey); ok {
		return say("your_key", "claimed", claimed)
	}
	if finding, ok := found(report.TrustTestList); ok {
		return say("test_list", "name", finding.Facts["name"], "list", finding.Facts["list"])
	}
	if _, ok := found(report.IssuerCertificateNameOnly); ok && k != nil && len(k.Chain) > 0 {
		return say("certificate_name", "name", issuer.Subject(k.Chain[0]).Name)
	}
	if finding, ok := found(report.IssuerHostOnly); ok {
		return say("host_only", "host", finding.Facts["host"], "claimed", claimed)
	}
	switch {
	case k != nil && k.Source == key.Certificate && len(k.Chain) > 0 && k.ListedBy == "":
		return say("certificate", "name", issuer.Subject(k.Chain[0]).Name, "claimed", claimed)
	case k != nil && k.ListedBy != "" && domain(named.ID) != "":
		return say("domain", "domain", domain(named.ID), "claimed", claimed)
	case claimed != "":
		return say("key", "claimed", claimed)
	default:
		return say("key_nameless")
	}
}

// sayHosted is about a badge that is not signed, for which its issuer's website
// answers; ok is false where that makes no difference.
func (s *subject) sayHosted(headline report.Headline, host string, deciding report.Finding,
	say func(string, ...string) report.Saying) (saying report.Saying, ok bool) {
	switch headline {
	case report.Verified:
		return say("hosted", "host", host, "name", s.standing.Name, "list", s.standing.List), true
	case report.Unlisted:
		return say("hosted", "host", host, "claimed", s.claimed()), true
	case report.Revoked:
		return say("hosted", "host", host), true
	case report.Expired, report.NotYetValid:
		return say("hosted", "host", host, "date", deciding.Facts["date"]), true
	case report.WrongKey:
		return say("hosted", "host", deciding.Facts["host"], "claimed", s.claimed()), true
	case report.Incomplete:
		if deciding.Code == report.ProofHostedDiffers {
			return say("hosted_differs", "host", host), true
		}
	}
	return report.Saying{}, false
}

func sayIncomplete(say func(string, ...string) report.Saying, deciding report.Finding) report.Saying {
	switch check := deciding.Code.Check(); {
	case deciding.Code == report.IssuerHostedUnread && (deciding.Detail == string(report.ProofHostedNotAllowed) || deciding.Detail == string(report.ProofHostedOffline)):
		return say("hosted_part", "host", deciding.Facts["host"])
	case deciding.Code == report.IssuerHostedUnread || deciding.Code == report.IssuerHostedLed:
		return say("hosted", "host", deciding.Facts["host"])
	case deciding.Code == report.StatusMayBeHidden || deciding.Code == report.ValidityEndMayBeHidden || deciding.Code == report.ValidityStartMayBeHidden || deciding.Code == report.TrustAwarderMayBeHidden:
		return say("hidden")
	case check == report.CheckKey || check == report.CheckIssuer:
		host := deciding.Facts["host"]
		if host == "" {
			host = fetch.Host(deciding.Facts["address"])
		}
		if host == "" {
			return say("key_somewhere")
		}
		return say("key", "host", host)
	case check == report.CheckStatus:
		host := deciding.Facts["host"]
		switch deciding.Code {
		case report.StatusListNotAllowed, report.StatusListOffline:
			return say("status_ask", "host", host)
		case report.StatusWouldIdentify:
			return say("status_private", "host", host)
		}
		return say("status")
	case check == report.CheckTrust:
		return say("trust", "list", deciding.Facts["list"])
	case deciding.Code == report.ProofHostedPrivate || deciding.Code == report.ProofHostedNotAllowed || deciding.Code == report.ProofHostedOffline:
		return say("hosted_ask", "host", deciding.Facts["host"])
	case strings.HasPrefix(string(deciding.Code), "proof.hosted_"):
		return say("hosted", "host", deciding.Facts["host"])
	case deciding.Facts["transaction"] != "" && deciding.Facts["address"] != "":
		return say("anchor", "chain", deciding.Facts["chain"])
	case deciding.Facts["transaction"] != "":
		return say("anchor_test")
	case check == report.CheckProof && deciding.Facts["suite"] != "":
		return say("proof", "suite", deciding.Facts["suite"])
	case deciding.Code == report.SignatureAnchorTest: // that names no transaction
		return say("anchor_test")
	case deciding.Code == report.ValidityCertificateExpired:
		return say("time", "date", deciding.Facts["date"])
	default:
		return say("")
	}
}

// decisive is the finding that asks for the headline: the first one, in the
// order of the checks, whose code says so; else the first that is as bad as
// the headline needs.
func decisive(headline report.Headline, checks []report.Check) report.Finding {
	for _, check := range checks {
		for _, finding := range check.Findings {
			if finding.Code.Says() == headline && finding.Code.Outcome() == check.Outcome {
				return finding
			}
		}
	}
	for _, check := range checks {
		if check.Outcome == report.Fail || check.Outcome == report.Unknown {
			for _, finding := range check.Findings {
				if finding.Code.Outcome() == check.Outcome {
					return finding
				}
			}
		}
	}
	return report.Finding{}
}

// key is the key on which the verdict rests, or nil.
func (s *subject) key() *key.Key {
	if s.best < len(s.attempts) {
		return s.attempts[s.best].key
	}
	return nil
}

// claimed is what the issuer calls itself: its name, else its identifier.
func (s *subject) claimed() string {
	if s.credential == nil {
		return ""
	}
	if names := s.credential.Issuer.Names; len(names) > 0 {
		return names[0].Value
	}
	id := s.named().ID
	if strings.HasPrefix(id, "did:key:") || strings.HasPrefix(id, "did:jwk:") {
		return "" // a key's own text is no name
	}
	return id
}

// domain is the place on the web that an issuer's identifier proves control
// of: a host, with the path where the identifier names one, since on a shared
// host each path may have another holder.
func domain(id string) string {
	if rest, ok := strings.CutPrefix(id, "did:web:"); ok {
		host, path, below := strings.Cut(rest, ":")
		host = strings.ReplaceAll(strings.ReplaceAll(host, "%3A", ":"), "%3a", ":")
		if below {
			host += "/" + strings.ReplaceAll(path, ":", "/")
		}
		return host
	}
	host := fetch.Host(id)
	if _, path, ok := strings.Cut(strings.TrimPrefix(id, "https://"), "/"); ok && host != "" && path != "" {
		host += "/" + path
	}
	return host
}
