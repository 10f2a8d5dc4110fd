package status

import (
	"github.com/sealcheck/sealcheck/verifier/internal/statuslist"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// unpack reads a value out of an encoded list, and ends the lookup where that
// fails. Each entry unpacks its list anew, since nothing of it is kept: a file
// can name so many entries in so large a list that this takes minutes, so it
// counts as work, by what is read and by what it expands to.
func (l *lookup) unpack(encoded string, family statuslist.Family, index uint64, bits int) (statuslist.Reading, error) {
	if !l.spend(1 + len(encoded)>>14) {
		return statuslist.Reading{}, report.NewProblem(report.InternalTooMuchWork, "more lists than one file may ask to be unpacked")
	}
	reading, err := statuslist.Read(encoded, family, index, bits)
	l.spend(reading.Entries / 8 * bits >> 18)
	return reading, err
}

func (l *lookup) spend(steps int) bool { return l.Spend == nil || l.Spend(steps) }
