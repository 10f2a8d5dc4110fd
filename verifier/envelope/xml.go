package envelope

import (
	"errors"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
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
		credentials := credentials(element)
		switch {
		case len(credentials) == 0:
			return Envelope{}, report.NewProblem(report.EnvelopeXmlSeveral, "")
		case len(credentials) > 1:
			e, err := o.sealed(element)
			e.Parts = nil
			// Of more than one file may hold, one more is kept, so that it can be told.
			for i, one := range credentials[:min(len(credentials), limits.Credentials+1)] {
				e.Parts = append(e.Parts, XMLPart{place(one), one, i + 1})
			}
			return e, err
		}
		o.note(report.EnvelopeXmlPresentation)
		// A credential with a seal of its own was a file of its own; one without
		// was sealed together with the presentation (a mandated issue).
		if found, _ := seals(credentials[0]); len(found) > 0 {
			element = credentials[0]
		}
	case element.Local != Credential:
		return Envelope{}, report.NewProblem(report.EnvelopeEuropassXml, element.Local)
	}
	return o.sealed(element)
}

// credentials are the credentials of a presentation.
func credentials(presentation *xmltree.Node) (found []*xmltree.Node) {
	for _, child := range presentation.Children {
		if isCredential(child) {
			found = append(found, child)
		}
	}
	return found
}

func isCredential(n *xmltree.Node) bool {
	return n.Kind == xmltree.Element && n.Local == Credential && IsEuropass(n.Namespace)
}

// InnerXML opens one of e.Parts.
func (e Envelope) InnerXML(part XMLPart) (Envelope, report.Findings) {
	o := opener{path: part.Path, depth: e.Depth + 1}
	if o.depth > limits.EnvelopeDepth {
		return o.finish(Envelope{}, report.NewProblem(report.EnvelopeTooDeep, ""))
	}
	o.note(report.EnvelopeXmlPresentation)
	if found, parts := seals(part.element); part.number > 0 && len(found) == 0 {
		// The presentation is what was sealed, with it in it.
		inner := Envelope{Form: XML, Path: o.path, Depth: o.depth, XML: e.XML, Seals: e.Seals, Part: part.number, Parts: parts}
		return o.finish(inner, nil)
	}
	return o.finish(o.sealed(part.element))
}

// Form is the whole of a part, with its seal, in a form that is the same for
// the same content; "" where that is too long.
func (p XMLPart) Form() string {
	form, _ := xmlcanon.Form{Exclusive: true}.Write(p.element, nil)
	return string(form)
}

// place is where an element stands, by the names on the way to it; the first of
// several has no number.
func place(n *xmltree.Node) (path string) {
	for ; n.Kind == xmltree.Element; n = n.Parent {
		number := 0
		for _, other := range n.Parent.Children {
			if other.Kind == xmltree.Element && other.Local == n.Local {
				if number++; other == n {
					break
				}
			}
		}
		own := "/" + n.Local
		if number > 1 {
			own += "[" + strconv.Itoa(number) + "]"
		}
		path = own + path
	}
	return path
}

// Credential is the element that holds a credential.
const Credential = "europassCredential"

// IsEuropass says whether a namespace is one of Europass, or none, as the
// earliest files have it.
func IsEuropass(namespace string) bool {
	return namespace == "" || strings.HasPrefix(namespace, "http://data.europa.eu/")
}

// sealed opens an element with its seals, if it has any.
func (o *opener) sealed(element *xmltree.Node) (Envelope, error) {
	e := Envelope{Form: XML, Path: o.path, Depth: o.depth}
	found, parts := seals(element)
	if len(found) > limits.Proofs {
		found, e.Seals = nil, []Seal{{nil, report.NewProblem(report.ProofXmlSeveral, "")}}
	}
	var read string
	size := 0
	for i, one := range found {
		seal := Seal{Problem: report.NewProblem(report.ProofXmlPlace, "in "+one.Parent.Local)}
		if size > limits.CanonicalBytes {
			seal.Problem = report.NewProblem(report.ProofXmlSeveral, "too much to look at")
		} else if inPlace(one, element) {
			seal.Signature, seal.Problem = xades.Read(element, one, found[i+1:])
		}
		if seal.Signature != nil {
			size += len(seal.Signature.Document)
			// What is read stands under each of them, whichever counts.
			root, form, err := content(seal.Signature.Document, len(found) > 1)
			switch {
			case err != nil:
				return Envelope{}, xmlProblem(err)
			case e.XML == nil:
				e.XML, read = root, form
			case form != read:
				seal = Seal{Problem: report.NewProblem(report.ProofXmlReference, "something else")}
			}
		}
		e.Seals = append(e.Seals, seal)
	}
	if e.XML == nil {
		form, err := xmlcanon.Form{Exclusive: true}.Write(element, nil)
		if err == nil {
			e.XML, _, err = content(form, false)
		}
		if err != nil {
			return Envelope{}, xmlProblem(err)
		}
	}
	e.Parts = parts
	return e, nil
}

// content parses what a seal covers and takes the seals in it out: they are no
// part of what it says. form, if wanted, is the same for the same content.
func content(covered []byte, wanted bool) (root *xmltree.Node, form string, err error) {
	document, err := xmltree.Parse(covered)
	if err != nil {
		return nil, "", err
	}
	root = document.Root()
	root.Walk(func(n *xmltree.Node) bool {
		kept := n.Children[:0]
		for _, child := range n.Children {
			if !child.Is(xades.DSig, "Signature") {
				kept = append(kept, child)
			}
		}
		n.Children = kept
		return true
	})
	if wanted {
		var bytes []byte
		bytes, err = xmlcanon.Form{Exclusive: true}.Write(root, nil)
		form = string(bytes)
	}
	return root, form, err
}

// seals are the signatures in an element; those within one of them, such as
// counter signatures, belong to it, and those of a credential within the element
// to that one: such credentials are its parts.
func seals(element *xmltree.Node) (found []*xmltree.Node, parts []XMLPart) {
	element.Walk(func(n *xmltree.Node) bool {
		switch {
		case n.Is(xades.DSig, "Signature"):
			found = append(found, n)
		case n != element && isCredential(n) && hasSeal(n):
			if len(parts) <= limits.Credentials {
				parts = append(parts, XMLPart{place(n), n, 0})
			}
		default:
			return true
		}
		return false
	})
	return found, parts
}

// hasSeal says whether there is a seal on a credential.
func hasSeal(credential *xmltree.Node) bool {
	for _, child := range credential.Children {
		if child.Is(xades.DSig, "Signature") || child.Local == "proof" && IsEuropass(child.Namespace) && len(child.Elements(xades.DSig, "Signature")) > 0 {
			return true
		}
	}
	return false
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
