package trust

import (
	"slices"
	"time"

	"github.com/sealcheck/sealcheck/verifier/issuer"
	"github.com/sealcheck/sealcheck/verifier/key"
)

// KeepsStatus says whether a list names the signer, a DID or address, as one
// that signs status lists for this issuer (ETSI TS 119 602 keeps revocation
// services apart from issuance in the same way). An entry counts only while
// it holds, for the key that the issuer itself lists.
func (l *Lists) KeepsStatus(id string, k *key.Key, signer string, at time.Time) bool {
	kept := false
	l.standing(id, k, at, func(e *entry) { kept = kept || slices.Contains(e.statusServices, signer) })
	return kept && signer != ""
}

// StatusOrder says from which side the issuer's lists of 2020 and 2021 are
// counted, where a list records it. Lists that disagree record nothing.
func (l *Lists) StatusOrder(id string, k *key.Key, at time.Time) (fromRight, recorded bool) {
	left, right := false, false
	l.standing(id, k, at, func(e *entry) {
		left = left || e.statusOrder == "left"
		right = right || e.statusOrder == "right"
	})
	return right, left != right
}

// standing goes through the entries that name this issuer, by its identifier
// or its certificate, and are in force.
func (l *Lists) standing(id string, k *key.Key, at time.Time, visit func(*entry)) {
	if k == nil {
		return
	}
	s := search{k: k, at: at, named: identify(id)}
	organisation := ""
	if k.Source == key.Certificate && len(k.Chain) > 0 {
		organisation = issuer.Subject(k.Chain[0]).Identifier
	}
	for _, list := range l.lists {
		if !list.Expires.IsZero() && at.After(list.Expires) {
			continue
		}
		for i := range list.entries {
			e := &list.entries[i]
			if !e.withdrawn.IsZero() || !e.from.IsZero() && at.Before(e.from) || !e.until.IsZero() && at.After(e.until) {
				continue
			}
			if e.address(s.named, k) || e.certificate(k) || organisation != "" && e.organisation(organisation) && list.anchors(s.path(), at) {
				visit(e)
			}
		}
	}
}
