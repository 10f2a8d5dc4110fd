package key

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// documentsMost bounds what one proof can make us read: the method at an
// address, its controller, the issuer's document, and that one's key set.
const documentsMost = 4

// errAbsent marks the answer that there is no such document.
var errAbsent = errors.New("no such document")

// document opens what an identifier (a DID, or an address without fragment)
// stands for, once per search.
func (s *search) document(identifier string, kind fetch.Kind) (*document, error) {
	if known, ok := s.documents[identifier]; ok {
		return known.document, known.err
	}
	if len(s.documents) >= documentsMost {
		return nil, problem(report.KeyUnreachable, "too many documents for one key", "address", identifier)
	}
	d, err := s.open(identifier, kind)
	s.documents[identifier] = opened{d, err}
	return d, err
}

func (s *search) open(identifier string, kind fetch.Kind) (*document, error) {
	if !strings.HasPrefix(identifier, "did:") {
		value, err := s.read(identifier, fetch.Request{Address: identifier, Kind: kind, Reason: identifier})
		if err != nil {
			return nil, err
		}
		d, err := readDocument(value, identifier)
		return d, withFacts(err, "address", identifier, "host", fetch.Host(identifier))
	}
	method, specific, err := parseDID(identifier)
	if err != nil {
		return nil, err
	}
	switch method {
	case "key":
		d, err := didKey(identifier, specific)
		return d, withFacts(err, "did", identifier)
	case "jwk":
		d, err := didJWK(identifier, specific)
		return d, withFacts(err, "did", identifier)
	case "web":
		return s.openWeb(identifier, specific)
	default:
		return s.openRecorded(identifier, method)
	}
}

func (s *search) openWeb(did, specific string) (*document, error) {
	address, err := webAddress(did, specific)
	if err != nil {
		return nil, err
	}
	d, err := s.openDID(did, address)
	if err == nil {
		d.address = address
	}
	return d, err
}

// openRecorded asks for the document of a method that we cannot resolve: a
// recording, or a document that somebody supplied, may answer.
func (s *search) openRecorded(did, method string) (*document, error) {
	d, err := s.openDID(did, did)
	switch codeOf(err) {
	case report.KeyOffline, report.KeyNotAllowed, report.KeyAddressRefused, report.KeyUnreachable:
		return nil, problem(report.KeyMethodUnsupported, "", "did", did, "method", "did:"+method)
	}
	return d, err
}

func (s *search) openDID(did, address string) (*document, error) {
	value, err := s.read(did, fetch.Request{Address: address, Kind: fetch.DIDDocument, Reason: did})
	if err != nil {
		return nil, err
	}
	d, err := readDocument(value, did)
	if err != nil {
		return nil, withFacts(err, "did", did, "host", fetch.Host(address))
	}
	// DID-CORE 5.1.1; did:web: a document speaks for the DID that it names,
	// and for no other.
	if d.id != did {
		return nil, problem(report.KeyDocumentMismatch, "", "did", did, "what", d.id, "address", address, "host", fetch.Host(address))
	}
	return d, nil
}

// read fetches one JSON document and says exactly why where it cannot.
func (s *search) read(identifier string, request fetch.Request) (strictjson.Value, error) {
	did := ""
	if strings.HasPrefix(identifier, "did:") {
		did = identifier
	}
	facts := []string{"did", did, "address", request.Address, "host", fetch.Host(request.Address)}
	fail := func(code report.Code, detail string, more ...string) (strictjson.Value, error) {
		return strictjson.Value{}, problem(code, detail, append(facts, more...)...)
	}
	response, err := s.Session.Get(s.ctx, request)
	switch {
	case errors.Is(err, fetch.ErrOffline):
		return fail(report.KeyOffline, "")
	case errors.Is(err, fetch.ErrNotAllowed):
		return fail(report.KeyNotAllowed, "")
	case errors.Is(err, fetch.ErrAddress):
		return fail(report.KeyAddressRefused, "")
	case err != nil:
		return fail(report.KeyUnreachable, err.Error())
	}
	status := strconv.Itoa(response.Status)
	switch {
	case response.Status == 404 || response.Status == 410:
		missing := report.NewProblem(report.KeyUnreachable, "", append(facts, "status", status)...)
		missing.Err = errAbsent
		return strictjson.Value{}, missing
	case response.Status < 200 || response.Status > 299:
		return fail(report.KeyUnreachable, "", "status", status)
	case len(response.Body) > limits.DocumentBytes:
		return fail(report.KeyDocumentTooLarge, "")
	}
	body := bytes.TrimSpace(response.Body)
	switch {
	case len(body) == 0:
		return fail(report.KeyDocumentInvalid, "an empty answer")
	case body[0] == '<':
		return fail(report.KeyDocumentInvalid, "a web page instead of a document", "what", "HTML")
	}
	value, err := strictjson.Parse(response.Body)
	if err != nil {
		return fail(report.KeyDocumentInvalid, err.Error())
	}
	if value.Kind() != strictjson.Object {
		return fail(report.KeyDocumentInvalid, "not a JSON object")
	}
	return value, nil
}

// withFacts adds facts to a problem that has none of that name; nil stays nil.
func withFacts(err error, pairs ...string) error {
	var known *report.Problem
	if !errors.As(err, &known) {
		return err
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if _, there := known.Facts[pairs[i]]; there || pairs[i+1] == "" {
			continue
		}
		if known.Facts == nil {
			known.Facts = map[string]string{}
		}
		known.Facts[pairs[i]] = report.Clip(pairs[i+1])
	}
	return known
}

// issuerDocument opens the document of the issuer that the credential names.
func (s *search) issuerDocument() (*document, error) {
	identifier := s.issuer
	if strings.ContainsAny(identifier, "#?") && strings.HasPrefix(identifier, "did:") {
		return nil, problem(report.KeyIdentifierMalformed, "the issuer is no plain DID", "did", identifier)
	}
	d, err := s.document(identifier, fetch.Profile)
	if err != nil {
		return nil, err
	}
	// CID 1.0 3.3: what is served at an address under another name does not
	// speak for the address.
	if d.id != "" && d.id != identifier {
		return nil, problem(report.KeyDocumentMismatch, "", "what", d.id, "address", identifier, "host", fetch.Host(identifier))
	}
	return d, nil
}

// keySet opens the JWK Set that a profile names as its own by jwks_uri, where
// it lies on the same origin; nil where there is none to open.
func (s *search) keySet(d *document) (*document, error) {
	if d.keySet == "" || !d.speaks() || !fetch.SameOrigin(d.keySet, d.address) {
		return nil, nil
	}
	set, err := s.document(d.keySet, fetch.KeySet)
	if err != nil {
		return nil, err
	}
	if set.source != KeySet {
		return nil, problem(report.KeyDocumentInvalid, "jwks_uri leads to no JWK Set", "address", d.keySet, "host", fetch.Host(d.keySet))
	}
	return set, nil
}
