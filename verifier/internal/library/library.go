// Package library finds the documents that name public keys by what they are
// called: a DID, an address, the issuer of wallet credentials. What stands in
// them is read by package keydocument.
package library

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/did"
	"github.com/sealcheck/sealcheck/verifier/internal/keydocument"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// DocumentsMost bounds what one proof can make us read: the method at an
// address, its controller, the issuer's document, and that one's key set.
const DocumentsMost = 4

// ErrAbsent marks the answer that there is no such document.
var ErrAbsent = errors.New("no such document")

// Library opens documents, each once. It serves one search for one key, and is
// not safe for concurrent use, as the session is not.
type Library struct {
	ctx     context.Context
	session *fetch.Session
	opened  map[string]opened // by identifier
	// Badges says that the documents are those of Open Badges before 3.0: an
	// address of plain http in them means the same place over https, and a key
	// may stand at its address as PEM alone (Open Badges 1.0).
	Badges bool
}

type opened struct {
	document *keydocument.Document
	err      error
}

// New starts an empty library over a session.
func New(ctx context.Context, session *fetch.Session) *Library {
	return &Library{ctx: ctx, session: session, opened: map[string]opened{}}
}

// Open opens what an identifier (a DID, or an address without fragment) stands
// for. kind says what is expected there, for whoever is asked. Errors are
// *report.Problem that say exactly why; one that wraps ErrAbsent says that the
// host answers that there is none.
func (l *Library) Open(identifier string, kind fetch.Kind) (*keydocument.Document, error) {
	if known, ok := l.opened[identifier]; ok {
		return known.document, known.err
	}
	if len(l.opened) >= DocumentsMost {
		return nil, report.NewProblem(report.KeyUnreachable, "too many documents for one key", "address", identifier)
	}
	d, err := l.open(identifier, kind)
	l.opened[identifier] = opened{d, err}
	return d, err
}

func (l *Library) open(identifier string, kind fetch.Kind) (*keydocument.Document, error) {
	if !strings.HasPrefix(identifier, "did:") {
		value, err := l.read(identifier, fetch.Request{Address: identifier, Kind: kind, Reason: identifier})
		if err != nil {
			return nil, err
		}
		if l.Badges {
			value = secured(value)
		}
		d, err := keydocument.Read(value, identifier)
		return d, report.WithFacts(err, "address", identifier, "host", fetch.Host(identifier))
	}
	method, specific, err := did.Parse(identifier)
	if err != nil {
		return nil, err
	}
	switch method {
	case "key":
		d, err := didKey(identifier, specific)
		return d, report.WithFacts(err, "did", identifier)
	case "jwk":
		d, err := didJWK(identifier, specific)
		return d, report.WithFacts(err, "did", identifier)
	case "web":
		address, err := did.WebAddress(identifier, specific)
		return l.openAt(identifier, address, err)
	case "ebsi":
		address, err := did.EBSIAddress(identifier, specific)
		return l.openAt(identifier, address, err)
	default:
		return l.openRecorded(identifier, method)
	}
}

// openAt opens the document of a DID that stands at an https address.
func (l *Library) openAt(identifier, address string, err error) (*keydocument.Document, error) {
	if err != nil {
		return nil, err
	}
	d, err := l.openDID(identifier, address)
	if err == nil {
		d.Address = address
	}
	return d, err
}

// openRecorded asks for the document of a method that we cannot resolve: a
// recording, or a document that somebody supplied, may answer.
func (l *Library) openRecorded(did, method string) (*keydocument.Document, error) {
	d, err := l.openDID(did, did)
	switch report.CodeOf(err) {
	case report.KeyOffline, report.KeyNotAllowed, report.KeyAddressRefused, report.KeyUnreachable:
		return nil, report.NewProblem(report.KeyMethodUnsupported, "", "did", did, "method", "did:"+method)
	}
	return d, err
}

func (l *Library) openDID(did, address string) (*keydocument.Document, error) {
	value, err := l.read(did, fetch.Request{Address: address, Kind: fetch.DIDDocument, Reason: did})
	if err != nil {
		return nil, err
	}
	d, err := keydocument.Read(value, did)
	if err != nil {
		return nil, report.WithFacts(err, "did", did, "host", fetch.Host(address))
	}
	// DID-CORE 5.1.1; did:web: a document speaks for the DID that it names,
	// and for no other.
	if d.ID != did {
		return nil, report.NewProblem(report.KeyDocumentMismatch, "", "did", did, "what", d.ID, "address", address, "host", fetch.Host(address))
	}
	return d, nil
}

// read fetches one JSON document and says exactly why where it cannot.
func (l *Library) read(identifier string, request fetch.Request) (strictjson.Value, error) {
	did := ""
	if strings.HasPrefix(identifier, "did:") {
		did = identifier
	}
	facts := []string{"did", did, "address", request.Address, "host", fetch.Host(request.Address)}
	fail := func(code report.Code, detail string, more ...string) (strictjson.Value, error) {
		return strictjson.Value{}, report.NewProblem(code, detail, append(facts, more...)...)
	}
	response, err := l.session.Get(l.ctx, request)
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
		missing.Err = ErrAbsent
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
	if l.Badges && bytes.HasPrefix(body, []byte("-----BEGIN ")) {
		return strictjson.NewObject([]strictjson.Member{{Key: "publicKeyPem", Value: strictjson.NewString(string(body))}}), nil
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

// secured writes the addresses by which badges, keys and profiles refer to each
// other as they are asked for, see fetch.Secure.
func secured(value strictjson.Value) strictjson.Value {
	for _, name := range [...]string{"id", "owner", "controller", "publicKey"} {
		member, there := value.Get(name)
		switch {
		case !there:
		case member.Kind() == strictjson.String:
			value = value.With(name, strictjson.NewString(fetch.Secure(member.Text())))
		case member.Kind() == strictjson.Array:
			var items []strictjson.Value
			for _, item := range member.Items() {
				if item.Kind() == strictjson.String {
					item = strictjson.NewString(fetch.Secure(item.Text()))
				}
				items = append(items, item)
			}
			value = value.With(name, strictjson.NewArray(items))
		}
	}
	return value
}
