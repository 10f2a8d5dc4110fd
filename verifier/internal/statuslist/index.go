package statuslist

import (
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Index reads an index as an entry states it: figures in a text
// (BITSTRING-STATUS-LIST 2.1) or in a number (draft-ietf-oauth-status-list
// 6.2). Readers take "1.0", "0x1", "007" and " 1" for different numbers, and
// so none of them is one here.
func Index(value strictjson.Value) (uint64, error) {
	// A value of another kind has neither.
	text := value.Text() + value.Literal()
	digits, negative := strings.CutPrefix(text, "-")
	if digits == "" || digits[0] == '0' && (len(digits) > 1 || negative) {
		return 0, indexProblem(report.StatusIndexMalformed, text)
	}
	for i := 0; i < len(digits); i++ {
		if digits[i] < '0' || digits[i] > '9' {
			return 0, indexProblem(report.StatusIndexMalformed, text)
		}
	}
	if negative {
		return 0, indexProblem(report.StatusIndexNegative, text)
	}
	index, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		return 0, indexProblem(report.StatusIndexOutOfRange, text)
	}
	return index, nil
}

func indexProblem(code report.Code, text string) error {
	return report.NewProblem(code, "", "index", text)
}
