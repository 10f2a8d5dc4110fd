package main

import (
	"encoding/json"
	"net/http"
)

// problem is why a request has no report, in the form of RFC 9457. What is
// wrong with a credential is never a problem but a finding of its report.
type problem struct {
	Type   string `json:"type"`   // where it is explained
	Title  string `json:"title"`  // what it is, always in the same words
	Status int    `json:"status"` // HTTP status
	Detail string `json:"detail,omitempty"`
}

// explained is where every kind of problem is described, by its name.
const explained = "https://github.com/sealcheck/sealcheck/blob/main/wasm/worker/README.md#"

// kind is a kind of problem. shim.mjs has three more: what goes wrong where
// no Go code runs.
type kind struct {
	name, title string
	status      int
}

var (
	notFound        = kind{"not-found", "There is nothing at this address", http.StatusNotFound}
	wrongMethod     = kind{"wrong-method", "This address does not take that method", http.StatusMethodNotAllowed}
	badOption       = kind{"bad-option", "An option is unknown or has no such value", http.StatusBadRequest}
	unreadableBody  = kind{"unreadable-body", "The body broke off", http.StatusBadRequest}
	tooLarge        = kind{"too-large", "The body is too large", http.StatusRequestEntityTooLarge}
	wrappedBody     = kind{"wrapped-body", "The body is not the file itself", http.StatusUnsupportedMediaType}
	wrongSettings   = kind{"wrong-settings", "The worker's settings are wrong", http.StatusInternalServerError}
	internalProblem = kind{"internal", "A fault of the worker", http.StatusInternalServerError}
)

func (k kind) write(w http.ResponseWriter, detail string) {
	body, err := json.Marshal(problem{Type: explained + k.name, Title: k.title, Status: k.status, Detail: detail})
	if err != nil {
		body = nil // four texts and a number: cannot fail
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(k.status)
	_, _ = w.Write(body) // a client that has gone needs no answer
}
