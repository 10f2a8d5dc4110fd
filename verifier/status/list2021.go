package status

import (
	"context"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/statuslist"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// list2021 looks up a StatusList2021Entry (VC-STATUS-LIST 2021, also in the
// form that EBSI and European Digital Credentials use it).
func (l *lookup) list2021(ctx context.Context) {
	entry := l.entry.Value
	if !l.reference(entry, "statusListCredential", "statusListIndex") || !l.purpose(entry) {
		return
	}
	index, ok := l.index(entry.At("statusListIndex"))
	if !ok {
		return
	}
	list := l.signed(ctx, "StatusList2021Credential")
	if list == nil {
		return
	}
	subject, ok := l.content(list, "StatusList2021")
	if !ok || !l.aboutPurpose(subject) {
		return
	}
	l.either(subject, statuslist.List2021, index)
}

// list2020 looks up a RevocationList2020Status, or a SuspensionList2020Status,
// whose purpose is in its name.
func (l *lookup) list2020(ctx context.Context) {
	names := struct{ index, address, credential, subject, purpose string }{
		"revocationListIndex", "revocationListCredential", "RevocationList2020Credential", "RevocationList2020", revocation,
	}
	if l.entry.Type == "SuspensionList2020Status" {
		names = struct{ index, address, credential, subject, purpose string }{
			"suspensionListIndex", "suspensionListCredential", "SuspensionList2020Credential", "SuspensionList2020", suspension,
		}
	}
	entry := l.entry.Value
	l.Standing.Purpose = names.purpose
	if !l.reference(entry, names.address, names.index) {
		return
	}
	index, ok := l.index(entry.At(names.index))
	if !ok {
		return
	}
	list := l.signed(ctx, names.credential)
	if list == nil {
		return
	}
	if subject, ok := l.content(list, names.subject); ok {
		l.either(subject, statuslist.Revocation2020, index)
	}
}

// either reads one bit from both sides. Software of the same name has counted
// from the left and from the right; where the two do not say the same, only
// somebody who knows this issuer's lists can tell (interop b).
func (l *lookup) either(subject strictjson.Value, family statuslist.Family, index uint64) {
	l.Standing.Bits = 1
	reading, err := l.unpack(subject.At("encodedList").Text(), family, index, 1)
	if err != nil {
		l.fail(err)
		return
	}
	if reading.Value != reading.Other {
		right, recorded := false, false
		if l.FromRight != nil {
			right, recorded = l.FromRight()
		}
		switch {
		case !recorded:
			l.end(report.StatusBitOrder, "")
			return
		case right:
			reading.Value = reading.Other
		}
	}
	if reading.Entries < limits.ListEntries {
		l.remark(report.StatusListSmall)
	}
	l.read(reading)
	l.conclude(reading.Value, nil)
}
