package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Session is one verification's view of the network: it guards addresses,
// asks each address once, and records what was consulted and wanted. It is
// not safe for concurrent use.
type Session struct {
	getter    Getter
	at        time.Time
	memory    *Memory
	answers   map[question]answer
	consulted []report.Consulted
	wanted    []report.Wanted
	handed    int
	silent    map[string]bool // hosts that did not answer in time
}

// question is what an answer answers. The same address is another question
// where less or more of it is read, so that nothing that was cut short passes
// for the whole.
// So it is where it would identify whose credential is checked: that nobody
// agreed to ask it for one credential says nothing about another's.
type question struct {
	address    string
	most       int
	identifies bool
}

type answer struct {
	response   Response
	err        error
	identifies bool
}

// NewSession starts a session; a nil getter is Offline, and a nil memory
// remembers nothing.
func NewSession(getter Getter, at time.Time, memory *Memory) *Session {
	if getter == nil {
		getter = Offline
	}
	return &Session{getter: getter, at: at, memory: memory, answers: map[question]answer{}}
}

// Get asks for an address, once per session. An address that may never be
// asked for is refused here, before any host sees it. For a status list the
// memory is asked first, which needs nobody's leave: no request is made.
func (s *Session) Get(ctx context.Context, request Request) (Response, error) {
	asked := question{request.Address, request.Kind.MaxBody(), request.Identifies != ""}
	if known, ok := s.answers[asked]; ok {
		s.handed += len(known.response.Body)
		return known.response, known.err
	}
	if len(s.answers) >= limits.Requests {
		return Response{}, ErrTooMany
	}
	response, err := s.ask(ctx, request)
	if err != nil {
		response, err = Response{}, known(err)
	}
	s.answers[asked] = answer{response, err, request.Identifies != ""}
	s.handed += len(response.Body)
	s.record(request, response, err)
	return response, err
}

func (s *Session) ask(ctx context.Context, request Request) (Response, error) {
	switch {
	case !strings.HasPrefix(request.Address, "did:") && !Allowed(request.Address), len(request.Address) > limits.DIDBytes:
		return Response{}, ErrAddress
	case request.Identifies != "":
		if !consents(ctx, s.getter, request) {
			return Response{}, ErrIdentifies
		}
	case request.Kind == StatusList:
		if kept, ok := s.memory.recall(request.Address, s.at); ok {
			return kept, nil
		}
	}
	// One host that keeps us waiting does so once for each file, whatever
	// number of addresses it is asked for.
	if s.silent[Host(request.Address)] {
		return Response{}, ErrTimeout
	}
	response, err := s.getter.Get(ctx, request)
	response.FromMemory = false
	if host := Host(request.Address); host != "" && errors.Is(err, ErrTimeout) {
		if s.silent == nil {
			s.silent = map[string]bool{}
		}
		s.silent[host] = true
	}
	// What a place says that may never be asked for does not count, whatever
	// led there (T4).
	if err == nil && response.Address != "" && !Allowed(response.Address) {
		err = fmt.Errorf("%w: redirected to where nothing may be asked", ErrUnreachable)
	}
	return response, err
}

// Keep has the memory keep a status list that this session was given at an
// address, until the given instant, but at least limits.ListKeptLeast and at
// most limits.ListKeptMost seconds from when it was read; a zero instant, of a
// list that does not say how long it holds, is the least. It is for a list
// that has been believed, and for none else. What came from the memory, was
// not read, or identifies whose credential is checked is not kept.
func (s *Session) Keep(address string, until time.Time) {
	known, ok := s.list(address)
	if !ok || s.memory == nil || known.response.FromMemory || known.identifies {
		return
	}
	response := known.response
	if response.Time.IsZero() {
		response.Time = s.at
	}
	least := response.Time.Add(limits.ListKeptLeast * time.Second)
	most := response.Time.Add(limits.ListKeptMost * time.Second)
	switch {
	case until.Before(least):
		until = least
	case until.After(most):
		until = most
	}
	s.memory.keep(address, response, until)
}

// Forget drops a status list that came from the memory, because it has not
// been believed, and says whether there was one: the next Get then asks the
// address itself. So nothing is worse for having been remembered, such as a
// list whose signer has replaced its key since.
func (s *Session) Forget(address string) bool {
	known, ok := s.list(address)
	if !ok || !known.response.FromMemory {
		return false
	}
	s.memory.forget(address, known.response.Time)
	delete(s.answers, question{address, StatusList.MaxBody(), false})
	return true
}

// Seen tells when the newest status list known of an address was issued,
// before this call: zero if none is known. It remembers the given date, if it
// is the newest, of a list that this very session was given at the address; a
// list that came with the file is only compared, so that nobody can make the
// true one look old. It is for a list that has been believed, and for none
// else (T14).
func (s *Session) Seen(address string, issued time.Time) (newest time.Time) {
	_, given := s.list(address)
	return s.memory.seen(address, issued, given)
}

// list is the status list that this session was given at an address.
func (s *Session) list(address string) (answer, bool) {
	known, ok := s.answers[question{address, StatusList.MaxBody(), false}]
	return known, ok && known.err == nil
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
		Status: response.Status, Bytes: len(response.Body), Time: response.Time, Memory: response.FromMemory,
	}
	if response.Address != request.Address {
		consulted.Final = report.Clip(response.Address)
	}
	if err != nil {
		consulted.Error = noAnswer(err)
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

// noAnswer is the report's word for why no answer came.
func noAnswer(err error) string {
	switch {
	case errors.Is(err, ErrTimeout):
		return "timeout"
	case errors.Is(err, ErrName):
		return "name"
	case errors.Is(err, ErrClosed):
		return "closed"
	}
	return "unreachable"
}

// Consulted lists what was asked and answered (or not), in order.
func (s *Session) Consulted() []report.Consulted {
	return append([]report.Consulted{}, s.consulted...)
}

// Wanted lists what was not asked because the host or the guard said no.
func (s *Session) Wanted() []report.Wanted { return append([]report.Wanted{}, s.wanted...) }
