package envelope

import (
	"errors"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/markup"
	"github.com/sealcheck/sealcheck/verifier/internal/sniff"
	"github.com/sealcheck/sealcheck/verifier/internal/svgbadge"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// svg opens a drawing in which a credential is baked.
func (o *opener) svg(data []byte) (Envelope, error) {
	found, err := svgbadge.Read(data)
	if err != nil {
		return Envelope{}, svgProblem(err)
	}
	if len(found) == 1 && found[0].Foreign {
		found = nil
	}
	switch len(found) {
	case 0:
		return Envelope{}, report.NewProblem(report.EnvelopeSvg, "")
	case 1:
	default:
		var names []string
		for _, c := range found {
			names = append(names, c.Element)
		}
		return Envelope{}, several(names)
	}
	c := found[0]
	verify, text := []byte(c.Verify), []byte(c.Text)
	// OPEN-BADGES-3.0 5.3.2.1: a token stands in the attribute, JSON in the
	// element. In Open Badges 2.0 the address stands in the attribute beside
	// the JSON that is hosted there: that is one badge.
	content := text
	switch {
	case blankText(verify) && blankText(text):
		return Envelope{}, report.NewProblem(report.EnvelopeSvg, "an empty element")
	case blankText(text):
		content = verify
	case blankText(verify):
	case !sniff.IsLink([]byte(strings.TrimSpace(c.Verify))), !strings.HasPrefix(strings.TrimSpace(c.Text), "{"):
		return Envelope{}, several([]string{"verify", c.Element})
	}
	if !c.Usual {
		o.unusual("namespace")
	}
	return o.baked(report.EnvelopeBakedSvg, content)
}

func svgProblem(err error) error {
	var broken *markup.Error
	if !errors.As(err, &broken) {
		return err
	}
	code := report.EnvelopeSvgMalformed
	if broken.Reason == markup.Definitions {
		code = report.EnvelopeSvgDefinitions
	}
	return report.NewProblem(code, broken.Detail)
}
