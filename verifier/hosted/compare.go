package hosted

import (
	"strings"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// statements are what a file says of an award, of what it stands for and of
// its issuer that a reader could rely on. Pictures, addresses of pages and the
// order of things change without a badge becoming another one.
var (
	ofAward  = []string{"uid", "issuedOn", "issued_on", "expires", "narrative", "evidence"}
	ofClass  = []string{"name", "description", "criteria", "alignment", "tags"}
	ofIssuer = []string{"name", "origin", "email", "url"}
)

// differs names the first thing that a file says and that what its website
// keeps does not say, or says otherwise; "" where there is none. What only the
// website says is its to add. award is what it keeps, and kept the same with
// what the award stands for and its issuer put in.
func differs(file, award, kept strictjson.Value) string {
	if file.Kind() != strictjson.Object {
		return ""
	}
	mine, theirs := file.At("recipient"), kept.At("recipient")
	if mine.Kind() != strictjson.Absent && mine.Kind() != strictjson.Object && !equal(mine, theirs) {
		return "recipient"
	}
	for _, name := range [...]string{"identity", "type", "hashed", "salt"} {
		if !agrees(mine, theirs, name) {
			return "recipient"
		}
	}
	if what := disagree(file, kept, ofAward); what != "" {
		return what
	}
	class, keptClass := single(file.At("badge")), single(kept.At("badge"))
	if !refers(class, keptClass) && !refers(class, single(award.At("badge"))) {
		return "badge"
	}
	// What could not be read says nothing else than the file.
	if keptClass.Kind() != strictjson.Object {
		return ""
	}
	if what := disagree(class, keptClass, ofClass); what != "" {
		return "badge " + what
	}
	issuer, keptIssuer := single(class.At("issuer")), single(keptClass.At("issuer"))
	if !refers(issuer, keptIssuer) {
		return "issuer"
	}
	if keptIssuer.Kind() != strictjson.Object {
		return ""
	}
	if what := disagree(issuer, keptIssuer, ofIssuer); what != "" {
		return "issuer " + what
	}
	return ""
}

// refers says whether a reference or copy in a file is of the part that the
// website names: by its address, where it gives one.
func refers(mine, theirs strictjson.Value) bool {
	id := name(mine)
	return id == "" || same(id, name(theirs))
}

// name is the address of a part that is referred to, or of a copy of it.
func name(value strictjson.Value) string {
	if value.Kind() == strictjson.Object {
		return value.At("id").Text()
	}
	return value.Text()
}

func disagree(mine, theirs strictjson.Value, names []string) string {
	for _, name := range names {
		if !agrees(mine, theirs, name) {
			return name
		}
	}
	return ""
}

func agrees(mine, theirs strictjson.Value, name string) bool {
	value, stated := member.Get(mine, name)
	if !stated {
		return true
	}
	other, _ := member.Get(theirs, name)
	return equal(value, other)
}

// equal compares two values: one bare and one alone in an array are the same,
// and so are an address and a copy of what stands there.
func equal(a, b strictjson.Value) bool {
	a, b = single(a), single(b)
	if a.Kind() == strictjson.Object && b.Kind() == strictjson.String {
		a, b = b, a
	}
	switch {
	case a.Kind() == strictjson.String && b.Kind() == strictjson.Object:
		return web(a.Text()) && same(a.Text(), b.At("id").Text())
	case a.Kind() == strictjson.String && b.Kind() == strictjson.String:
		return same(a.Text(), b.Text()) || strings.TrimSpace(a.Text()) == strings.TrimSpace(b.Text()) || sameTime(a.Text(), b.Text())
	default:
		return a.Equal(b)
	}
}

// sameTime says whether two texts are the same instant, or the same day.
func sameTime(a, b string) bool {
	first, day, ok := credential.BadgeDate(a)
	second, other, too := credential.BadgeDate(b)
	return ok && too && day == other && first.Equal(second)
}
