package fetch

import (
	"bytes"
	"errors"
)

// Failure is why an address gave nothing to read. Each has another next step
// for the person, so those who ask keep a code of their own for each.
type Failure uint8

const (
	NoFailure         Failure = iota // there is something to read
	FailedUnreachable                // no answer came, and nobody knows why
	FailedOffline
	FailedNotAllowed
	FailedIdentifies
	FailedAddress
	FailedTooMany
	FailedTimeout
	FailedName
	FailedClosed
	FailedNotFound
	FailedGone
	FailedForbidden
	FailedServer   // any other status that is no success
	FailedTooLarge // there is more than is read of this kind
	FailedEmpty
	FailedLogin // a web page, at another address than the one asked for
	FailedPage  // a web page
	Failures    // how many there are
)

// FailureOf judges what Session.Get gave, before it is read. What the host
// calls its answer plays no part.
func FailureOf(request Request, response Response, err error) Failure {
	if err != nil {
		return failureOf(err)
	}
	switch status := response.Status; {
	case status == 404:
		return FailedNotFound
	case status == 410:
		return FailedGone
	case status == 401 || status == 403:
		return FailedForbidden
	case status < 200 || status > 299:
		return FailedServer
	case len(response.Body) > request.Kind.MaxBody():
		return FailedTooLarge
	}
	body := bytes.TrimLeft(response.Body, " \t\r\n\ufeff")
	switch {
	case len(body) == 0:
		return FailedEmpty
	case body[0] != '<':
		return NoFailure
	case response.Address != "" && response.Address != request.Address:
		return FailedLogin
	}
	return FailedPage
}

func failureOf(err error) Failure {
	for _, reason := range [...]struct {
		err     error
		failure Failure
	}{
		{ErrOffline, FailedOffline},
		{ErrNotAllowed, FailedNotAllowed},
		{ErrIdentifies, FailedIdentifies},
		{ErrAddress, FailedAddress},
		{ErrTooMany, FailedTooMany},
		{ErrTimeout, FailedTimeout},
		{ErrName, FailedName},
		{ErrClosed, FailedClosed},
	} {
		if errors.Is(err, reason.err) {
			return reason.failure
		}
	}
	return FailedUnreachable
}
