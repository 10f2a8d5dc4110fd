package envelope

import (
	"bytes"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/link"
	"github.com/sealcheck/sealcheck/verifier/internal/markup"
	"github.com/sealcheck/sealcheck/verifier/internal/pngchunk"
	"github.com/sealcheck/sealcheck/verifier/internal/sniff"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// picture opens a picture, or markup, of a kind that can hold a credential; ok
// is false for everything else.
func (o *opener) picture(data []byte) (e Envelope, err error, ok bool) {
	plain := markup.Decode(data)
	switch {
	case pngchunk.Is(data):
		e, err = o.png(data)
	case sniff.IsSVG(data):
		e, err = o.svg(data)
	case sniff.IsEuropass(plain):
		e, err = o.europass(plain)
	default:
		return Envelope{}, nil, false
	}
	return e, err, true
}

// baked opens what stands in a picture: a JSON object, a token, or the address
// of a badge that is hosted elsewhere. What the picture shows plays no part: no
// signature covers it.
func (o *opener) baked(in report.Code, content []byte) (Envelope, error) {
	if o.depth++; o.depth > limits.EnvelopeDepth {
		return Envelope{}, report.NewProblem(report.EnvelopeTooDeep, "")
	}
	o.around.Add(in, "")
	o.note(report.EnvelopePictureUnsigned)
	e, err := o.text(content)
	if report.CodeOf(err) == report.EnvelopeLink {
		// Open Badges 2.0 Baking: the oldest pictures hold only the address. It
		// is asked for as any other; one that can never be is only named.
		facts := report.FindingOf(err).Facts
		if address := string(o.peel(content)); fetch.Allowed(fetch.Secure(address)) && link.Read(address).Content == nil {
			return Envelope{Form: Address, Address: address, Path: o.path, Depth: o.depth}, nil
		}
		return Envelope{}, report.NewProblem(report.EnvelopeBakedLink, "", "host", facts["host"], "address", string(o.peel(content)))
	}
	return e, err
}

// several refuses a picture with more than one credential (T34): extraction
// ends with the first one for some readers and with the last one for others.
func several(found []string) error {
	return report.NewProblem(report.EnvelopeBakedSeveral, "", "what", strings.Join(found, ", "))
}

// unusual remarks on a credential that stands where not every reader looks.
func (o *opener) unusual(what string) {
	o.notes.Add(report.EnvelopeBakedUnusual, "", "what", what)
}

func blankText(data []byte) bool { return len(bytes.TrimFunc(data, blank)) == 0 }
