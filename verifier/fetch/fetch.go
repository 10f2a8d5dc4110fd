// Package fetch is the core's only door to the outside. The core never opens
// a connection: it asks a Getter, which the host hands in, by address, kind
// and reason, and keeps a list of all that was asked, answered or refused.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// Kind says what is asked for, so that a host can decide by it.
type Kind string

const (
	DIDDocument Kind = "did-document" // did.json of a did:web, or any DID document by DID
	Profile     Kind = "profile"      // issuer profile or controlled identifier document at an https address
	KeySet      Kind = "key-set"      // JWK or JWK Set at an https address
	StatusList  Kind = "status-list"  // a list of what has been withdrawn, in any format
	Badge       Kind = "badge"        // an Open Badge before 3.0, as its issuer keeps it
	BadgeClass  Kind = "badge-class"  // what such a badge stands for, the same for all who have it
	Revocation  Kind = "revocation"   // a certificate revocation list, or an answer about one certificate
)

// MaxBody is how many bytes of a body of this kind the core reads. A Getter
// stops at one more, which tells that there was too much.
func (k Kind) MaxBody() int {
	switch k {
	case StatusList:
		return limits.ListBytes
	case Revocation:
		return limits.RevocationBytes
	default:
		return limits.DocumentBytes
	}
}

// Request is one thing the core would like to read.
type Request struct {
	Address string // absolute https URL, or a DID where only a recording can answer
	Kind    Kind
	Reason  string // on whose behalf: the DID or issuer address that needs it
	// Identifies says by what the address gives away to its host which single
	// credential is being checked, "" where it does not. Such an address is
	// asked for only where the Getter is Consenting and consents.
	Identifies Identification
}

// Identification is how an address gives away whose credential is checked (T32).
type Identification string

const (
	ByCredentialID Identification = "credential-id" // the credential's or the learner's identifier stands in it
	ByEntry        Identification = "entry"         // it has an answer for this one credential
	ByIndex        Identification = "index"         // the place in the list stands in it
	ByQuery        Identification = "query"         // what stands behind ? could be anything
	ByPath         Identification = "path"          // a long random part of it could be for one credential alone
)

// Consenting is a Getter that knows whether the person, or whoever runs the
// host, agrees that an address be asked which gives away whose credential is
// being checked. A Getter that is not Consenting consents to none.
type Consenting interface {
	Consents(ctx context.Context, request Request) bool
}

// Response is what came back. Any HTTP status is a response, not an error.
type Response struct {
	Status      int
	ContentType string // as sent; never relied on
	Body        []byte // at most MaxBody+1 bytes: one more tells that there was too much
	Time        time.Time
	Address     string // where redirects led; "" for the address asked for
	FromMemory  bool   // it was read for an earlier file; a Session sets this, never a Getter
}

// Getter answers requests. Contract: it sends no cookie, no referrer, no
// header of its own; it follows at most three redirects and only to addresses
// that Allowed admits; it stops reading at request.Kind.MaxBody()+1; it returns
// ErrOffline or ErrNotAllowed where policy forbids, ErrUnreachable where no
// answer came, or, where it knows why, one of the errors that are an
// ErrUnreachable. It may be called from one goroutine at a time.
type Getter interface {
	Get(ctx context.Context, request Request) (Response, error)
}

// GetterFunc makes a function a Getter.
type GetterFunc func(ctx context.Context, request Request) (Response, error)

func (f GetterFunc) Get(ctx context.Context, request Request) (Response, error) {
	return f(ctx, request)
}

var (
	ErrOffline     = errors.New("offline")     // no request may be made at all
	ErrNotAllowed  = errors.New("not allowed") // this host was not allowed
	ErrAddress     = errors.New("address")     // the address may never be asked for
	ErrUnreachable = errors.New("unreachable") // asked, no answer
	ErrTooMany     = errors.New("too many")    // limits.Requests
	ErrIdentifies  = errors.New("identifies")  // the address gives away whose credential is checked, and nobody agreed to that

	// Each of these is an ErrUnreachable as well.
	ErrTimeout = fmt.Errorf("timeout: %w", ErrUnreachable) // asked, no answer in time
	ErrName    = fmt.Errorf("name: %w", ErrUnreachable)    // there is no host of that name
	ErrClosed  = fmt.Errorf("closed: %w", ErrUnreachable)  // the host answers, but probably does not let pages of other websites read it
)

// Offline is a Getter that answers nothing.
var Offline Getter = GetterFunc(func(context.Context, Request) (Response, error) {
	return Response{}, ErrOffline
})

// Host is the host name (with port, if any) of an address, or "" for a DID
// that names none.
func Host(address string) string {
	if address == "" {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
