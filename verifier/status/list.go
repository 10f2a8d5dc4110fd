package status

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"slices"
	"strconv"
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// believe holds a list against everything that makes it worth believing, and
// ends the lookup with the first that is missing. read is when it was read
// from its address; zero for one that did not come from there.
func (l *lookup) believe(list *List, listTypes []string, read time.Time) bool {
	sub := list.Report
	l.Standing.List = &sub
	made := list.made()
	if !made.IsZero() {
		l.Standing.Issued = &made
	}
	if end := list.ends(); !end.IsZero() {
		l.Standing.Until = &end
	}
	signer := list.Signer
	stop := func(code report.Code, pairs ...string) bool {
		l.end(code, "", append(pairs, "signer", signer, "issuer", l.Credential.Issuer.ID)...)
		// What a real list says that is not the right one, or not of the
		// right time, is told as evidence, so that both sides can be seen.
		switch code {
		case report.StatusListExpired, report.StatusListNotYetValid, report.StatusListOtherAddress,
			report.StatusListOtherSigner, report.StatusListOwnStatus:
			l.unbelieved = list.Credential != nil && slices.Contains(listTypes, list.Credential.ListType)
		}
		return false
	}

	if code := l.verified(list, read); code != "" {
		date := ""
		switch code {
		case report.StatusListExpired:
			date = stamp(l.Standing.Until)
		case report.StatusListNotYetValid:
			date = stamp(l.Standing.Issued)
		}
		return stop(code, "date", date)
	}
	c := list.Credential
	// BITSTRING-STATUS-LIST 3.2, step 7; TOKEN-STATUS-LIST 8.3: it is a list,
	// and of the kind that the entry speaks of.
	if !slices.Contains(listTypes, c.ListType) {
		return stop(report.StatusListWrongType)
	}
	// One could be put in the place of another: the list says which it is.
	switch {
	case c.ID == "":
		l.remark(report.StatusListIdMissing)
	case c.ID != l.Standing.Address:
		return stop(report.StatusListOtherAddress, "list", c.ID)
	}
	// What the holder of a list may leave out of it could be its end.
	if list.Selective {
		return stop(report.StatusListRefused)
	}
	// The list of a list would have to be looked at as well; one step is as
	// far as this goes.
	if len(c.Status) > 0 {
		return stop(report.StatusListOwnStatus)
	}
	return l.entitled(list, stop)
}

// verified gives the code of what is wrong with a list as a signed document,
// or "". Its own report was made for the instant judged at; one that has been
// replaced since is judged as of when it was read.
func (l *lookup) verified(list *List, read time.Time) report.Code {
	c := list.Credential
	if c == nil || c.Format != credential.StatusList {
		switch list.Report.Headline {
		case report.Unreadable:
			if c == nil || c.Format == credential.Other {
				return report.StatusListUnreadable
			}
		case report.Altered, report.Mismatch:
			return report.StatusListAltered
		}
		return report.StatusListWrongType
	}
	made := list.made()
	if made.After(l.At.Add(tolerance)) && !read.IsZero() && !made.After(read.Add(tolerance)) {
		l.later = true
	}
	switch list.Report.Headline {
	case report.Unlisted, report.Identified, report.Verified:
		return l.fresh(list, read)
	case report.NotYetValid:
		if l.later && only(list, report.ValidityNotYetValid, report.ValidityProofInFuture) {
			return l.fresh(list, read)
		}
		return report.StatusListNotYetValid
	case report.NotSigned:
		return report.StatusListUnsigned
	case report.Altered, report.Mismatch:
		return report.StatusListAltered
	case report.WrongKey:
		return report.StatusListWrongKey
	case report.Expired:
		// The dates of lists have a tolerance at both ends (design.md 3).
		if end := list.ends(); only(list, report.ValidityExpired, report.ValidityExpiredJustNow) && end.Add(tolerance).After(l.At) {
			return l.fresh(list, read)
		}
		return report.StatusListExpired
	case report.Unreadable:
		return report.StatusListUnreadable
	case report.Refused:
		return report.StatusListRefused
	default:
		return report.StatusListUnchecked
	}
}

// only says whether nothing but this is wrong with a list's dates.
func only(list *List, codes ...report.Code) bool {
	for _, check := range list.Report.Checks {
		if check.Name != report.CheckValidity {
			continue
		}
		for _, finding := range check.Findings {
			if o := finding.Code.Outcome(); (o == report.Fail || o == report.Unknown) && !slices.Contains(codes, finding.Code) {
				return false
			}
		}
	}
	return true
}

// fresh looks at the age of a list that somebody handed in, who may have kept
// it from before a withdrawal: it must be of today, or younger where the issuer
// says so, and no newer one may have been seen (T14). The host of its address
// hands out the list as it is now.
func (l *lookup) fresh(list *List, read time.Time) report.Code {
	if !read.IsZero() {
		// What will be, nobody can say today.
		if l.At.Sub(read) > limits.ListAge*time.Second {
			l.stale = report.StatusListOld
		}
		// What was read later than the instant judged at, and does not say
		// when it was signed, tells how things stood when it was read.
		if list.Signed.IsZero() && read.After(l.At.Add(tolerance)) {
			l.later = true
		}
		return ""
	}
	made, most := list.made(), limits.ListAge*time.Second
	if ttl := list.Credential.TimeToLive(); ttl > 0 {
		most = min(most, ttl)
	}
	if made.IsZero() || l.At.Sub(made) > most || l.Session.Seen(l.Standing.Address, made).After(made) {
		l.stale = report.StatusListOld
	}
	return ""
}

// entitled says whether whoever signed the list may speak for the issuer: the
// issuer itself, the same key, or one that a trust list names (asks.md 3).
func (l *lookup) entitled(list *List, stop func(report.Code, ...string) bool) bool {
	bound := false
	for _, check := range list.Report.Checks {
		bound = bound || check.Name == report.CheckIssuer && check.Outcome == report.Pass
	}
	switch {
	case sameKey(l.Key, list.Key):
		// What signed the credential signed the list.
	case !bound:
		return stop(report.StatusListUnchecked)
	case list.Signer != "" && list.Signer == l.Credential.Issuer.ID && !byCertificate(l.Key) && !byCertificate(list.Key):
		// Whoever holds the issuer's identifier signed both.
	case l.Keeps != nil && list.Signer != "" && !byCertificate(list.Key) && l.Keeps(list.Signer):
		l.remark(report.StatusListDelegated, "signer", list.Signer)
	default:
		return stop(report.StatusListOtherSigner)
	}
	return true
}

// byCertificate says whether a key stands for whom a certificate names; an
// identifier that the file states beside it is then only its own word.
func byCertificate(k *key.Key) bool { return k != nil && k.Source == key.Certificate }

func sameKey(a, b *key.Key) bool {
	if a == nil || b == nil {
		return false
	}
	switch k := a.Public.(type) {
	case ed25519.PublicKey:
		return k.Equal(b.Public)
	case *ecdsa.PublicKey:
		return k.Equal(b.Public)
	case *rsa.PublicKey:
		return k.Equal(b.Public)
	default:
		// The identifier of one key is the same for both, and it is the key.
		return a.ID != "" && a.ID == b.ID && a.ListedBy != "" && a.ListedBy == b.ListedBy
	}
}

// made is when a list says that it was made: the latest of its beginning and
// its signature, zero where it does not say.
func (list *List) made() time.Time {
	latest := list.Signed
	if list.Credential != nil {
		for _, date := range list.Credential.Dates {
			if date.Bound == credential.From && date.Readable && date.Time.After(latest) {
				latest = date.Time
			}
		}
	}
	return latest
}

// ends is when a list says that it no longer holds; zero where it does not say.
func (list *List) ends() time.Time {
	var earliest time.Time
	if list.Credential != nil {
		for _, date := range list.Credential.Dates {
			if date.Bound == credential.Until && date.Readable && (earliest.IsZero() || date.End().Before(earliest)) {
				earliest = date.End()
			}
		}
	}
	return earliest
}

func decimal(number int64) string { return strconv.FormatInt(number, 10) }
