package envelope

import (
	"bytes"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/link"
	"github.com/sealcheck/sealcheck/verifier/internal/sniff"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// link says where a text leads that is nothing but a link, or opens the
// credential that stands in it. ok is false for every other text, and for what
// stands in a picture: that is the address of a badge.
func (o *opener) link(data []byte) (e Envelope, err error, ok bool) {
	if len(data) > limits.LinkBytes || o.path != "" || o.pictured() {
		return Envelope{}, nil, false
	}
	text := string(data)
	if inner := len(text) - 1; inner > 1 && text[0] == '<' && text[inner] == '>' {
		text = text[1:inner] // as e-mail has it (RFC 3986 C)
	}
	if link.Packed(text) {
		return Envelope{}, report.NewProblem(report.EnvelopeCodePacked, ""), true
	}
	health := bytes.HasPrefix(data, []byte("HC1:")) // in base45, where a space is a digit
	single := health || bytes.IndexAny([]byte(text), jsonSpace) < 0
	if !sniff.IsLink([]byte(text)) && !(single && link.Is(text)) {
		return Envelope{}, nil, false
	}
	known := link.Read(text)
	switch {
	case known.Code == report.EnvelopeBadgeAddress:
		// Open Badges 2.0 4.1: a hosted badge is what stands at its address.
		return Envelope{Form: Address, Address: known.Address, Path: o.path, Depth: o.depth}, nil, single
	case known.Content == nil:
		return Envelope{}, known.Problem(), single
	case o.depth >= limits.EnvelopeDepth:
		return Envelope{}, report.NewProblem(report.EnvelopeTooDeep, ""), true
	}
	// Anybody can put any credential behind any address: the website has no part
	// in it.
	o.depth++
	o.around.Add(known.Code, "", "host", known.Host)
	e, err = o.text(known.Content)
	return e, err, true
}

// pictured says whether the envelope stands in a picture.
func (o *opener) pictured() bool {
	return o.around.Has(report.EnvelopeBakedPng) || o.around.Has(report.EnvelopeBakedSvg)
}
