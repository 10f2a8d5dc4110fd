package status

import (
	"context"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/internal/statuslist"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// tokenEntry is how package credential calls an entry that refers to a status
// list token.
const tokenEntry = "status_list"

// The values of a status list token (draft-ietf-oauth-status-list 7.1). All
// others are for the issuer's own use or not given out.
const (
	tokenValid     = 0
	tokenInvalid   = 1
	tokenSuspended = 2
)

// token looks up an entry in a status list token
// (draft-ietf-oauth-status-list 6.2 and 8.3).
func (l *lookup) token(ctx context.Context) {
	l.Standing.Mechanism = credential.TokenStatusList
	// 6.1: a token may name more ways to look it up; each would have to be
	// looked at.
	defer func() {
		for _, other := range l.entry.Value.Members() {
			if other.Key != tokenEntry && (other.Value.Kind() == strictjson.Object || other.Value.Kind() == strictjson.Array) {
				l.end(report.StatusUnsupported, "", "type", other.Key)
			}
		}
	}()
	reference := l.entry.Value.At("status_list")
	if reference.Kind() != strictjson.Object || !l.reference(reference, "uri", "idx") {
		if l.Standing.Code == "" {
			l.end(report.StatusMalformed, "status_list")
		}
		return
	}
	// 6.2: idx is a number, no text.
	if reference.At("idx").Kind() != strictjson.Number {
		l.end(report.StatusIndexMalformed, "")
		return
	}
	index, ok := l.index(reference.At("idx"))
	if !ok {
		return
	}
	list := l.signed(ctx, credential.TokenStatusList)
	if list == nil {
		return
	}
	content := list.Credential.Claims.At("status_list")
	bits, exact := content.At("bits").Int()
	if !exact || bits != 1 && bits != 2 && bits != 4 && bits != 8 {
		l.end(report.StatusListMalformed, "bits")
		return
	}
	l.Standing.Bits = int(bits)
	reading, err := l.unpack(content.At("lst").Text(), statuslist.Token, index, int(bits))
	if err != nil {
		l.fail(err)
		return
	}
	l.read(reading)
	switch reading.Value {
	case tokenValid:
		l.judge(report.StatusGood)
	case tokenInvalid:
		l.Standing.Purpose = revocation
		l.judge(report.StatusRevoked)
	case tokenSuspended:
		l.Standing.Purpose = suspension
		l.judge(report.StatusSuspended)
	default:
		l.judge(report.StatusValueUnknown)
	}
}
