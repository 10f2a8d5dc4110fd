// Package fetch is the core's only door to the outside. The core never opens
// a connection: it asks a Getter, which the host hands in, by address, kind
// and reason, and keeps a list of all that was asked, answered or refused.
package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Kind says what is asked for, so that a host can decide by it.
type Kind string

const (
	DIDDocument Kind = "did-document" // did.json of a did:web, or any DID document by DID
	Profile     Kind = "profile"      // issuer profile or controlled identifier document at an https address
	KeySet      Kind = "key-set"      // JWK or JWK Set at an https address
)

// MaxBody is how many bytes of a body the core reads. A Getter stops at one
// more, which tells that there was too much.
const MaxBody = limits.DocumentBytes

// Request is one thing the core would like to read.
type Request struct {
	Address string // absolute https URL, or a DID where only a recording can answer
	Kind    Kind
	Reason  string // on whose behalf: the DID or issuer address that needs it
}

// Response is what came back. Any HTTP status is a response, not an error.
type Response struct {
	Status      int
	ContentType string // as sent; never relied on
	Body        []byte // at most Limit+1 bytes: one more tells that there was too much
	Time        time.Time
}

// Getter answers requests. Contract: it sends no cookie, no referrer, no
// header of its own; it follows at most three redirects and only to addresses
// that Allowed admits; it stops reading at limits.DocumentBytes+1; it returns
// ErrOffline or ErrNotAllowed where policy forbids, ErrUnreachable where no
// answer came. It may be called from one goroutine at a time.
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
)

// Offline is a Getter that answers nothing.
var Offline Getter = GetterFunc(func(context.Context, Request) (Response, error) {
	return Response{}, ErrOffline
})

// Session is one verification's view of the network: it guards addresses,
// asks each address once, and records what was consulted and wanted. It is
// not safe for concurrent use.
type Session struct {
	getter    Getter
	at        time.Time
	answers   map[string]answer
	consulted []report.Consulted
	wanted    []report.Wanted
	handed    int
}

type answer struct {
	response Response
	err      error
}

// NewSession starts a session; a nil getter is Offline.
func NewSession(getter Getter, at time.Time) *Session {
	if getter == nil {
		getter = Offline
	}
	return &Session{getter: getter, at: at, answers: map[string]answer{}}
}

// Get asks for an address, once per session. An address that may never be
// asked for is refused here, before any host sees it.
func (s *Session) Get(ctx context.Context, request Request) (Response, error) {
	if known, ok := s.answers[request.Address]; ok {
		s.handed += len(known.response.Body)
		return known.response, known.err
	}
	if len(s.answers) >= limits.Requests {
		return Response{}, ErrTooMany
	}
	response, err := Response{}, error(nil)
	if !strings.HasPrefix(request.Address, "did:") && !Allowed(request.Address) {
		err = ErrAddress
	} else if len(request.Address) > limits.DIDBytes {
		err = ErrAddress
	} else {
		response, err = s.getter.Get(ctx, request)
	}
	if err != nil {
		response, err = Response{}, known(err)
	}
	s.answers[request.Address] = answer{response, err}
	s.handed += len(response.Body)
	s.record(request, response, err)
	return response, err
}

// Handed is how many bytes of answers have been handed out so far, each time
// counted anew: whoever asks again also reads again.
func (s *Session) Handed() int { return s.handed }

// known makes every error of a host one of those of the contract: what we do
// not know is no answer.
func known(err error) error {
	for _, contracted := range [...]error{ErrOffline, ErrNotAllowed, ErrAddress, ErrUnreachable, ErrTooMany} {
		if errors.Is(err, contracted) {
			return err
		}
	}
	return fmt.Errorf("%w: %w", ErrUnreachable, err)
}

func (s *Session) record(request Request, response Response, err error) {
	switch {
	case errors.Is(err, ErrOffline), errors.Is(err, ErrNotAllowed), errors.Is(err, ErrAddress):
		refused := "not_allowed"
		if errors.Is(err, ErrOffline) {
			refused = "offline"
		} else if errors.Is(err, ErrAddress) {
			refused = "address"
		}
		s.wanted = append(s.wanted, report.Wanted{
			Address: report.Clip(request.Address), Host: report.Clip(Host(request.Address)),
			Kind: string(request.Kind), Reason: report.Clip(request.Reason), Refused: refused,
		})
		return
	}
	consulted := report.Consulted{
		Address: report.Clip(request.Address), Kind: string(request.Kind), Reason: report.Clip(request.Reason),
		Status: response.Status, Bytes: len(response.Body), Time: response.Time,
	}
	if err != nil {
		consulted.Error = "unreachable"
		consulted.Time = s.at
	} else {
		sum := sha256.Sum256(response.Body)
		consulted.SHA256 = hex.EncodeToString(sum[:])
	}
	if consulted.Time.IsZero() {
		consulted.Time = s.at
	}
	consulted.Time = consulted.Time.UTC() // a host's zone is not the report's
	consulted.Age = int64(s.at.Sub(consulted.Time) / time.Second)
	s.consulted = append(s.consulted, consulted)
}

// Consulted lists what was asked and answered (or not), in order.
func (s *Session) Consulted() []report.Consulted {
	return append([]report.Consulted{}, s.consulted...)
}

// Wanted lists what was not asked because the host or the guard said no.
func (s *Session) Wanted() []report.Wanted { return append([]report.Wanted{}, s.wanted...) }

// Host is the host name (with port, if any) of an address, or "" for a DID
// that names none.
func Host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
