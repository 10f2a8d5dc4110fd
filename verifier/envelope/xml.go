package envelope

import (
	"errors"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/markup"
	"github.com/sealcheck/sealcheck/verifier/internal/xades"
	"github.com/sealcheck/sealcheck/verifier/internal/xmlcanon"
	"github.com/sealcheck/sealcheck/verifier/internal/xmltree"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// europass opens a European Digital Credential in its older form (ELM v2): a
// europassCredential, or a verifiablePresentation with one in it. What is read
// of a sealed one later is parsed from the bytes that its seal covers, never
// from the file (T17).
func (o *opener) europass(data []byte) (Envelope, error) {
	document, err := xmltree.Parse(data)
	if err != nil {
		return Envelope{}, xmlProblem(err)
	}
	element := document.Root()
	switch {
	case !IsEuropass(element.Namespace):
		return Envelope{}, report.NewProblem(report.EnvelopeEuropassXml, element.Namespace)
	case element.Local == "verifiablePresentation":
		var credentials []*xmltree.Node
		for _, child := range element.Children {
			if child.Kind == xmltree.Element && child.Local == Credential && IsEuropass(child.Namespace) {
				credentials = append(credentials, child)
			}
		}
		if len(credentials) != 1 {
			return Envelope{}, report.NewProblem(report.EnvelopeXmlSeveral, "")
		}
		o.note(report.EnvelopeXmlPresentation)
		// A credential with a seal of its own was a file of its own; one without
		// was sealed together with the presentation (a mandated issue).
		if len(seals(credentials[0])) > 0 {
			element = credentials[0]
		}
	case element.Local != Credential:
		return Envelope{}, report.NewProblem(report.EnvelopeEuropassXml, element.Local)
	}
	return o.sealed(element)
}

// Credential is the element that holds a credential.
const Credential = "europassCredential"

// IsEuropass says whether a namespace is one of Europass, or none, as the
// earliest files have it.
func IsEuropass(namespace string) bool {
	return namespace == "" || strings.HasPrefix(namespace, "http://data.europa.eu/")
}

// sealed opens an element with its seal, if it has one.
func (o *opener) sealed(element *xmltree.Node) (Envelope, error) {
	e := Envelope{Form: XML, Path: o.path, Depth: o.depth}
	found := seals(element)
	var covered []byte
	var err error
	switch {
	case len(found) > 1:
		e.SealProblem = report.NewProblem(report.ProofXmlSeveral, "")
	case len(found) == 1 && !inPlace(found[0], element):
		e.SealProblem = report.NewProblem(report.ProofXmlPlace, "in "+found[0].Parent.Local)
	case len(found) == 1:
		e.Seal, e.SealProblem = xades.Read(element, found[0])
	}
	if e.Seal != nil {
		covered = e.Seal.Document
	} else {
		covered, err = xmlcanon.Form{Exclusive: true}.Write(element, nil)
	}
	if err != nil {
		return Envelope{}, xmlProblem(err)
	}
	document, err := xmltree.Parse(covered)
	if err != nil {
		return Envelope{}, xmlProblem(err)
	}
	e.XML = document.Root()
	return e, nil
}

// seals are the signatures in an element; those within one of them, such as
// counter signatures, belong to it.
func seals(element *xmltree.Node) (found []*xmltree.Node) {
	element.Walk(func(n *xmltree.Node) bool {
		if !n.Is(xades.DSig, "Signature") {
			return true
		}
		found = append(found, n)
		return false
	})
	return found
}

// inPlace says whether a signature stands where the format has it: in the
// element `proof` of what it seals, or, in the earliest files, right in that.
func inPlace(signature, element *xmltree.Node) bool {
	holder := signature.Parent
	return holder == element || holder.Local == "proof" && IsEuropass(holder.Namespace) && holder.Parent == element
}

func xmlProblem(err error) error {
	var broken *markup.Error
	if !errors.As(err, &broken) {
		return err
	}
	code := report.EnvelopeXmlMalformed
	if broken.Reason == markup.Definitions {
		code = report.EnvelopeXmlDefinitions
	}
	return report.NewProblem(code, broken.Detail)
}
