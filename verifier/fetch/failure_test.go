package fetch

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

func TestFailureOf(t *testing.T) {
	const address = "https://x.example/list"
	answer := func(status int, body, from string) Response {
		return Response{Status: status, Body: []byte(body), Address: from}
	}
	for name, c := range map[string]struct {
		response Response
		err      error
		want     Failure
	}{
		"an object":             {answer(200, " \r\n\ufeff{}", address), nil, NoFailure},
		"a token":               {answer(203, "eyJ", ""), nil, NoFailure},
		"redirected":            {answer(200, "{}", "https://y.example/"), nil, NoFailure},
		"as much as is read":    {answer(200, strings.Repeat("x", limits.DocumentBytes), ""), nil, NoFailure},
		"more than is read":     {answer(200, strings.Repeat("x", limits.DocumentBytes+1), ""), nil, FailedTooLarge},
		"missing":               {answer(404, "<html>", "https://y.example/"), nil, FailedNotFound},
		"gone":                  {answer(410, "{}", ""), nil, FailedGone},
		"login wanted":          {answer(401, "", ""), nil, FailedForbidden},
		"forbidden":             {answer(403, "", ""), nil, FailedForbidden},
		"a status without body": {answer(304, "", ""), nil, FailedServer},
		"broken":                {answer(500, "{}", ""), nil, FailedServer},
		"no status":             {answer(0, "{}", ""), nil, FailedServer},
		"empty":                 {answer(200, "\ufeff \n", ""), nil, FailedEmpty},
		"a page":                {answer(200, "\n<!doctype html>", address), nil, FailedPage},
		"a page elsewhere":      {answer(200, "<html>", "https://login.example/"), nil, FailedLogin},
		"offline":               {Response{}, ErrOffline, FailedOffline},
		"not allowed":           {Response{}, fmt.Errorf("x: %w", ErrNotAllowed), FailedNotAllowed},
		"identifies":            {Response{}, ErrIdentifies, FailedIdentifies},
		"address":               {Response{}, ErrAddress, FailedAddress},
		"too many":              {Response{}, ErrTooMany, FailedTooMany},
		"timeout":               {Response{}, ErrTimeout, FailedTimeout},
		"name":                  {Response{}, ErrName, FailedName},
		"closed":                {Response{}, ErrClosed, FailedClosed},
		"unreachable":           {Response{}, ErrUnreachable, FailedUnreachable},
		"something else":        {answer(200, "{}", ""), errors.New("x"), FailedUnreachable},
	} {
		if got := FailureOf(Request{Address: address, Kind: Badge}, c.response, c.err); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
