package status

import (
	"context"
	"slices"
	"strconv"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/statuslist"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// bitstring looks up a BitstringStatusListEntry (BITSTRING-STATUS-LIST 3.2).
func (l *lookup) bitstring(ctx context.Context) {
	entry := l.entry.Value
	if !l.reference(entry, "statusListCredential", "statusListIndex") || !l.purpose(entry) {
		return
	}
	index, ok := l.index(entry.At("statusListIndex"))
	if !ok {
		return
	}
	// 2.1: statusSize is a positive number of bits, 1 where it is left out.
	bits, ok := size(entry)
	if !ok {
		l.end(report.StatusSizeMalformed, "")
		return
	}
	l.Standing.Bits = bits
	if references := member.Texts(entry.At("statusReference")); len(references) > 0 {
		l.Standing.Reference = report.Clip(references[0])
	}
	messages, ok := readMessages(entry)
	// 2.1: what the values of a larger entry mean must be said.
	if !ok || len(messages) == 0 && (bits > 1 || l.Standing.Purpose == message) {
		l.end(report.StatusMessageMalformed, "")
		return
	}
	list := l.signed(ctx, "BitstringStatusListCredential")
	if list == nil {
		return
	}
	subject, ok := l.content(list, "BitstringStatusList")
	if !ok || !l.aboutPurpose(subject) {
		return
	}
	// Drafts had the size in the list; where both state one they must agree.
	if stated, ok := size(subject); !ok {
		l.end(report.StatusSizeMalformed, "")
		return
	} else if _, there := member.Get(subject, "statusSize"); there && stated != bits {
		l.end(report.StatusSizeMismatch, "")
		return
	}
	reading, err := l.unpack(subject.At("encodedList").Text(), statuslist.Bitstring, index, bits)
	if err == nil {
		l.read(reading)
	}
	// 3.2: STATUS_LIST_LENGTH_ERROR, before RANGE_ERROR.
	if code := report.CodeOf(err); (err == nil || code == report.StatusIndexOutOfRange) && reading.Entries < limits.ListEntries {
		l.end(report.StatusListTooShort, strconv.Itoa(reading.Entries)+" entries")
		return
	}
	if err != nil {
		l.fail(err)
		return
	}
	l.conclude(reading.Value, messages)
}

// conclude judges a value under the entry's purpose.
func (l *lookup) conclude(value int, messages map[int]string) {
	switch {
	case l.Standing.Purpose == message:
		if l.stale != "" {
			l.end(l.stale, "", "date", stamp(l.Standing.Issued))
			return
		}
		// 2.1: a message tells something and never takes anything back.
		text, known := messages[value]
		if !known {
			l.end(report.StatusValueUnknown, "no message for it")
			return
		}
		if value == 0 && text == "" {
			l.judge(report.StatusGood)
			return
		}
		l.Standing.Reason = report.Clip(text)
		if !l.unbelieved {
			l.end(report.StatusMessageSet, "", "message", text)
			l.findings = append(l.findings, l.remarks...)
		}
	case value == 0:
		l.judge(report.StatusGood)
	default:
		l.Standing.Reason = report.Clip(messages[value])
		l.judge(said(l.Standing.Purpose))
	}
}

// reference takes address and index as written.
func (l *lookup) reference(entry strictjson.Value, address, index string) bool {
	l.Standing.Index = written(entry.At(index))
	at := entry.At(address)
	if at.Kind() == strictjson.Object {
		at = at.At("id") // an IRI may be written as a node
	}
	l.place(at.Text())
	if l.Standing.Address == "" {
		l.end(report.StatusMalformed, address)
		return false
	}
	return true
}

// written is a value as it stands in the file, for the evidence.
func written(value strictjson.Value) string {
	switch value.Kind() {
	case strictjson.String:
		return report.Clip(value.Text())
	case strictjson.Number:
		return report.Clip(string(value.Append(nil)))
	default:
		return ""
	}
}

// purpose reads the entry's purpose, which must be stated.
func (l *lookup) purpose(entry strictjson.Value) bool {
	l.Standing.Purpose = report.Clip(entry.At("statusPurpose").Text())
	if l.Standing.Purpose == "" {
		l.end(report.StatusPurposeMissing, "")
		return false
	}
	return true
}

// index reads where in the list the entry stands.
func (l *lookup) index(value strictjson.Value) (uint64, bool) {
	index, err := statuslist.Index(value)
	if err != nil {
		l.fail(err)
		return 0, false
	}
	return index, true
}

// content is the one subject of a list, of the right type.
func (l *lookup) content(list *List, kind string) (strictjson.Value, bool) {
	subjects := list.Credential.Document.At("credentialSubject").List()
	if len(subjects) != 1 || !slices.Contains(member.Texts(subjects[0].At("type")), kind) {
		l.end(report.StatusListWrongType, "not exactly one "+kind)
		return strictjson.Value{}, false
	}
	return subjects[0], true
}

// aboutPurpose: the list is about what the entry says (3.2, step 8).
func (l *lookup) aboutPurpose(subject strictjson.Value) bool {
	if !slices.Contains(member.Texts(subject.At("statusPurpose")), l.Standing.Purpose) {
		l.end(report.StatusPurposeMismatch, "")
		return false
	}
	return true
}

// read takes over what was read from a list.
func (l *lookup) read(reading statuslist.Reading) {
	value := reading.Value
	l.Standing.Value = &value
	for _, code := range reading.Remarks {
		l.remark(code)
	}
}

// size is statusSize, 1 where it is not there.
func size(object strictjson.Value) (int, bool) {
	value, ok := member.Get(object, "statusSize")
	if !ok {
		return 1, true
	}
	bits, exact := value.Int()
	return int(bits), exact && bits >= 1 && bits <= 1<<16 // how many can be read, Read says
}

// readMessages reads statusMessage: objects with the value in hexadecimal,
// "0x…", and what it means (2.1).
func readMessages(entry strictjson.Value) (map[int]string, bool) {
	value, ok := member.Get(entry, "statusMessage")
	if !ok {
		return nil, true
	}
	messages := map[int]string{}
	for _, item := range value.List() {
		text := item.At("status").Text()
		number, err := strconv.ParseUint(text, 0, 31)
		if err != nil || len(text) < 3 || text[:2] != "0x" || item.At("message").Kind() != strictjson.String {
			return nil, false
		}
		if _, twice := messages[int(number)]; twice {
			return nil, false
		}
		messages[int(number)] = item.At("message").Text()
	}
	return messages, true
}
