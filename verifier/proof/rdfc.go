package proof

import (
	"bytes"
	"crypto"
	"errors"
	"slices"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/linked"
	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
	"github.com/sealcheck/sealcheck/verifier/internal/rdfc"
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// prepareEddsaRDFC makes the verifier of eddsa-rdfc-2022 (VC-DI-EDDSA 3.2) and
// of Ed25519Signature2020, which differs in its name alone.
func prepareEddsaRDFC(in input) (verifying, error) {
	signed, err := readStatements(in, crypto.SHA256)
	if err != nil {
		return nil, err
	}
	return func(public any, by signature.Primitive) signature.Wait {
		if _, err := signature.Admit(public, Ed25519); err != nil {
			return signature.Known(err)
		}
		return signed.tryLong(by, public, 0, in.value, func(data []byte) signature.Wait { return signature.StartEd25519(by, public, data, in.value) })
	}, nil
}

// prepareEcdsaRDFC makes the verifier of ecdsa-rdfc-2019 (VC-DI-ECDSA 3.2).
// The curve decides the hash of both parts, of the canonical form itself, and
// of the signature. It is known by the length of the signature: with a key of
// the other curve that length is wrong.
func prepareEcdsaRDFC(in input) (verifying, error) {
	hash := crypto.SHA256
	if len(in.value) == 96 {
		hash = crypto.SHA384
	}
	signed, err := readStatements(in, hash)
	if err != nil {
		return nil, err
	}
	return func(public any, by signature.Primitive) signature.Wait {
		if _, err := signature.Admit(public, P256, P384); err != nil {
			return signature.Known(err)
		}
		if err := signature.WellFormed(public, in.value); err != nil {
			return signature.Known(err)
		}
		return signed.tryLong(by, public, hash, in.value, func(data []byte) signature.Wait { return signature.StartECDSA(by, public, hash, data, in.value) })
	}, nil
}

// statements is what a suite over RDF signs: the options and the document,
// each as canonical statements.
type statements struct {
	hash              crypto.Hash
	document, options *linked.Document
	// says checks that the options mean what was read from them.
	says func(*rdfc.Form) error
	// documents and choices are how many readings there are of the document
	// and of the options.
	documents, choices int
	option             []byte // of reading 0, once it is known to be good
	outcome            *outcome
}

// readStatements brings document and options into canonical form. Whatever
// keeps them from having one is told here, before any key is looked for; a
// document whose contexts have had several versions needs to make sense with
// one of them only.
func readStatements(in input, hash crypto.Hash) (*statements, error) {
	s := &statements{
		hash: hash, document: in.meant, documents: in.meant.Readings(),
		says: in.checkOptions, outcome: in.member.proof.outcome,
	}
	size, err := s.readDocument()
	if err != nil {
		return nil, err
	}
	if err := s.readOptions(in); err != nil {
		return nil, err
	}
	// Every further reading is a document to be hashed and a signature to be
	// tried.
	more := s.documents*s.choices - 1
	in.member.proof.bytes = size*s.documents + more<<16
	return s, nil
}

// readDocument gives the size, in bytes, of the document's first reading that
// can be made.
func (s *statements) readDocument() (int, error) {
	var first error
	for reading := range s.documents {
		size, err := s.document.Size(s.hash, reading)
		if err == nil {
			return size, nil
		}
		if first == nil {
			first = err
		}
	}
	return 0, first
}

// readOptions finds the contexts with which the options make sense: the
// document's own (VC-DI-EDDSA 3.2.5), or, where these do not know the suite,
// with the suite's behind them, as the signer must have had it
// (VC-DATA-INTEGRITY 2.4.1; @digitalbazaar/data-integrity does the same).
func (s *statements) readOptions(in input) error {
	own, there := in.options.Get("@context")
	err := s.readWith(in, own, there)
	switch report.CodeOf(err) {
	case report.ContextTypeUndefined, report.ContextTermUndefined:
		if s.readWith(in, withContext(own, in.context), false) == nil {
			return nil
		}
	}
	return at(in.member.proof.Path, err)
}

// readWith says why the options make no sense with contexts, in any reading of
// these, or nil. own says that these are the ones that they have already.
func (s *statements) readWith(in input, context strictjson.Value, own bool) error {
	options := in.options
	if !own {
		options = options.With("@context", context)
	}
	s.options, s.option = in.meant.Options(options), nil
	s.choices = s.options.Readings()
	var first error
	for reading := range s.choices {
		_, err := s.readOption(reading)
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// readOption is the hash over the options in one reading of their contexts.
func (s *statements) readOption(reading int) ([]byte, error) {
	if reading == 0 && s.option != nil {
		return s.option, nil
	}
	form, err := s.options.Form(s.hash, reading)
	if err != nil {
		return nil, err
	}
	if err := s.says(form); err != nil {
		return nil, err
	}
	digest, err := s.options.Digest(s.hash, reading)
	if reading == 0 {
		s.option = digest
	}
	return digest, err
}

// tryLong is try for a signature over the two hashes themselves. Where the host
// hashes as well, a long document is handed to it whole: what try would check
// first, and if the host says yes to that, there is nothing left to check.
func (s *statements) tryLong(by signature.Primitive, public any, hash crypto.Hash, value []byte, start func(data []byte) signature.Wait) signature.Wait {
	option, err := s.readOption(0)
	for reading := 0; err == nil && reading < s.documents; reading++ {
		form, ill := s.document.Form(s.hash, reading)
		if ill != nil {
			continue
		}
		if form.Size() < limits.HashedByHost {
			break
		}
		wait := signature.StartHashed(by, public, hash, option, form.Text(), s.hash, value)
		if wait == nil {
			break
		}
		return func() error {
			if wait() {
				s.outcome.reading = reading
				return nil
			}
			return s.try(start)()
		}
	}
	return s.try(start)
}

// try checks a signature for each reading of the contexts until it holds; the
// first of these checks is started at once. The signed bytes are the hash of
// the options followed by that of the document (VC-DI-EDDSA 3.2.4, VC-DI-ECDSA
// 3.2.4). Only when it holds for none is it a mismatch; any other error is one
// for all of them.
func (s *statements) try(start func(data []byte) signature.Wait) signature.Wait {
	var options [][]byte
	for reading := range s.choices {
		if digest, err := s.readOption(reading); err == nil && !has(options, digest) {
			options = append(options, digest)
		}
	}
	var first []byte
	var begun signature.Wait
	for reading := 0; reading < s.documents && begun == nil && len(options) > 0; reading++ {
		if digest, err := s.document.Digest(s.hash, reading); err == nil {
			first = slices.Concat(options[0], digest)
			begun = start(first)
		}
	}
	check := func(option, document []byte) error {
		data, wait := slices.Concat(option, document), begun
		if begun = nil; wait == nil || !bytes.Equal(data, first) {
			wait = start(data)
		}
		return wait()
	}
	return func() error { return s.tryAll(options, check) }
}

func (s *statements) tryAll(options [][]byte, check func(option, document []byte) error) error {
	err := s.tryEach(s.document, options, check)
	if report.CodeOf(err) != report.SignatureMismatch {
		return err
	}
	if other := s.document.ByUnits(s.hash, len(options)); other != nil {
		if s.tryEach(other, options, check) == nil {
			return nil
		}
	}
	if plain := s.document.Undirected(); plain != nil && s.holds(plain, options, check) {
		return report.NewProblem(report.SignatureDirectionUnsigned, "")
	}
	return err
}

// tryEach tries all readings of a document.
func (s *statements) tryEach(document *linked.Document, options [][]byte, check func(option, document []byte) error) error {
	var documents [][]byte
	mismatch := error(report.NewProblem(report.SignatureMismatch, ""))
	for reading := range s.documents {
		digest, err := document.Digest(s.hash, reading)
		if err != nil || has(documents, digest) {
			continue
		}
		documents = append(documents, digest)
		for _, option := range options {
			err := check(option, digest)
			if err == nil {
				s.outcome.reading = reading
				return nil
			}
			if report.CodeOf(err) != report.SignatureMismatch {
				return err
			}
			mismatch = err
		}
	}
	return mismatch
}

// holds says whether the signature is good for a document that stands in for
// the one in the file, to tell what went wrong with it.
func (s *statements) holds(document *linked.Document, options [][]byte, check func(option, document []byte) error) bool {
	digest, err := document.Digest(s.hash, 0)
	if err != nil {
		return false
	}
	for _, option := range options {
		if check(option, digest) == nil {
			return true
		}
	}
	return false
}

func has(digests [][]byte, digest []byte) bool {
	for _, d := range digests {
		if bytes.Equal(d, digest) {
			return true
		}
	}
	return false
}

// adoptOptions gives the options the contexts of the document: with these they
// were signed (VC-DI-EDDSA 3.2.5). A context of the proof's own must be the
// document's, or the beginning of it; any other could say something else.
func (in *input) adoptOptions() error {
	if _, err := adoptContext(in.document, in.options); err != nil {
		return err
	}
	context, ok := in.document.Get("@context")
	members := make([]strictjson.Member, 0, len(in.options.Members())+1)
	for _, m := range in.options.Members() {
		if m.Key != "@context" {
			members = append(members, m)
		}
	}
	if ok {
		members = append(members, strictjson.Member{Key: "@context", Value: context})
	}
	in.options = strictjson.NewObject(members)
	return nil
}

// withContext is the contexts of a document with one more.
func withContext(own strictjson.Value, address string) strictjson.Value {
	items := append([]strictjson.Value(nil), own.List()...)
	return strictjson.NewArray(append(items, strictjson.NewString(address)))
}

// at moves a problem with the options to where they stand in the file.
func at(path string, err error) error {
	var problem *report.Problem
	if !errors.As(err, &problem) {
		return err // nil too
	}
	moved := *problem
	moved.Detail = path + moved.Detail
	return &moved
}

const (
	security = "https://w3id.org/security#"
	rdfType  = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
)

// relied are the members of a proof on which we rely, and what each must mean.
var relied = [...]struct{ member, means string }{
	{"type", rdfType},
	{"cryptosuite", security + "cryptosuite"},
	{"proofPurpose", security + "proofPurpose"},
	{"verificationMethod", security + "verificationMethod"},
	{"created", "http://purl.org/dc/terms/created"},
	{"expires", security + "expiration"},
	{"domain", security + "domain"},
	{"challenge", security + "challenge"},
	{"previousProof", security + "previousProof"},
}

// checkOptions holds what was read from the members of the proof against what
// they state in RDF, which is all that is signed. Somebody could write another
// word for `expires`, or "assertionMethod" for what is `authentication`,
// define it in a context, and the signature would still hold (T8).
func (in *input) checkOptions(form *rdfc.Form) error {
	var node rdf.Term
	for i := range form.Len() {
		if quad := form.Given(i); quad.Predicate.Value == security+"proofPurpose" {
			node = quad.Subject
		}
	}
	id, named := in.options.Get("id")
	if node.Kind == rdf.None || named != (node.Kind == rdf.IRI) || named && node.Value != id.Text() {
		return redefined("id")
	}
	var counts [len(relied)]int
	for i := range form.Len() {
		quad := form.Given(i)
		for k := range relied {
			if quad.Predicate.Value != relied[k].means {
				continue
			}
			if quad.Subject != node {
				if relied[k].member == "type" {
					break // the type of something that the proof holds
				}
				return redefined(relied[k].member)
			}
			if !in.states(relied[k].member, quad.Object.Value) {
				return redefined(relied[k].member)
			}
			counts[k]++
		}
	}
	for k := range relied {
		if counts[k] != len(in.options.At(relied[k].member).List()) {
			return redefined(relied[k].member)
		}
	}
	return nil
}

// states says whether a member of the proof states a value, an IRI or the text
// of a literal.
func (in *input) states(member, value string) bool {
	for _, item := range in.options.At(member).List() {
		text := item.Text()
		switch {
		case member == "type":
			text = security + text
		case member == "proofPurpose" && text == Authentication:
			text = security + "authenticationMethod"
		case member == "proofPurpose":
			text = security + text
		}
		if text == value {
			return true
		}
	}
	return false
}

func redefined(member string) error {
	return report.NewProblem(report.ContextTermRedefined, "/"+member, "what", member)
}
