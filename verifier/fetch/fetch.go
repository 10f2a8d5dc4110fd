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
	StatusList  Kind = "status-list"  // a list of what has been withdrawn, in any format
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
	switch {
	case !strings.HasPrefix(request.Address, "did:") && !Allowed(request.Address), len(request.Address) > limits.DIDBytes:
		err = ErrAddress
	case request.Identifies != "" && !consents(ctx, s.getter, request):
		err = ErrIdentifies
	default:
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

// consents asks a getter that can be asked; silence is no consent.
func consents(ctx context.Context, getter Getter, request Request) bool {
	consenting, ok := getter.(Consenting)
	return ok && consenting.Consents(ctx, request)
}

// Handed is how many bytes of answers have been handed out so far, each time
// counted anew: whoever asks again also reads again.
func (s *Session) Handed() int { return s.handed }

// known makes every error of a host one of those of the contract: what we do
// not know is no answer.
func known(err error) error {
	for _, contracted := range [...]error{ErrOffline, ErrNotAllowed, ErrAddress, ErrUnreachable, ErrTooMany, ErrIdentifies} {
		if errors.Is(err, contracted) {
			return err
		}
	}
	return fmt.Errorf("%w: %w", ErrUnreachable, err)
}

func (s *Session) record(request Request, response Response, err error) {
	switch {
	case errors.Is(err, ErrOffline), errors.Is(err, ErrNotAllowed), errors.Is(err, ErrAddress), errors.Is(err, ErrIdentifies):
		refused := "not_allowed"
		switch {
		case errors.Is(err, ErrOffline):
			refused = "offline"
		case errors.Is(err, ErrAddress):
			refused = "address"
		case errors.Is(err, ErrIdentifies):
			refused = "identifies"
		}
		s.wanted = append(s.wanted, report.Wanted{
			Address: report.Clip(request.Address), Host: report.Clip(Host(request.Address)),
			Kind: string(request.Kind), Reason: report.Clip(request.Reason), Refused: refused,
			Identifies: string(request.Identifies),
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
