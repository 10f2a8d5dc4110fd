package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/trust"
)

// settings are what whoever runs the worker decides: plain JSON that the shim
// collects from bindings and data files. No request can change them.
type settings struct {
	// Offline forbids every outgoing request: "1", "true", "0", "false" or "".
	Offline string `json:"offline"`
	// ContactIssuer allows requests that show their host which credential is
	// checked; written as Offline is, "" is no.
	ContactIssuer string `json:"contactIssuer"`
	// Policy is a preset's name or a policy as JSON; "" is strict.
	Policy string `json:"policy"`
	// Trust are the lists relied on. One that did not load has an error
	// instead of a text.
	Trust []struct {
		Name  string `json:"name"`
		Text  string `json:"text"`
		Error string `json:"error"`
	} `json:"trust"`
	// Given are keys handed in: JWK, JWK Set, PEM or DID document.
	Given []string `json:"given"`
}

// readSettings refuses what it does not know: a misspelt wish of the operator
// must not be taken for none.
func readSettings(data []byte) (settings, error) {
	var s settings
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil {
		return s, fmt.Errorf("settings: %w", err)
	}
	return s, nil
}

// service makes what answers requests by these settings. The host's own way to
// verify signatures may be nil.
func (s settings) service(getter fetch.Getter, signatures verifier.Primitive) (*service, error) {
	offline, ok := truth(s.Offline)
	if !ok && s.Offline != "" {
		return nil, fmt.Errorf("settings: offline is %q; it can be 1 or 0", s.Offline)
	}
	contact, ok := truth(s.ContactIssuer)
	if !ok && s.ContactIssuer != "" {
		return nil, fmt.Errorf("settings: contactIssuer is %q; it can be 1 or 0", s.ContactIssuer)
	}
	policy, err := s.policy()
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	config := verifier.Config{
		Getter: asker{getter, contact}, Now: time.Now, Policy: policy, Signatures: signatures,
		// One for all requests: an instance has one service, until its
		// settings change.
		Memory:       fetch.NewMemory(),
		MostUnpacked: mostUnpacked,
	}
	for _, list := range s.Trust {
		source := trust.Source{Name: list.Name, Data: []byte(list.Text)}
		if list.Error != "" {
			source.Err = errors.New(list.Error)
		}
		config.Trust = append(config.Trust, source)
	}
	for _, text := range s.Given {
		config.Given = append(config.Given, []byte(text))
	}
	v, err := verifier.New(config)
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	return &service{verifier: v, policy: policy, offline: offline, contact: contact}, nil
}

func (s settings) policy() (verifier.Policy, error) {
	if s.Policy == "" {
		return verifier.Policy{Name: "strict"}, nil
	}
	if strings.HasPrefix(strings.TrimSpace(s.Policy), "{") {
		return verifier.ParsePolicy([]byte(s.Policy))
	}
	policy, known := verifier.PolicyNamed(s.Policy)
	if !known {
		return policy, fmt.Errorf("policy: no preset is called %q", s.Policy)
	}
	return policy, nil
}

// truth reads a switch as people write it.
func truth(text string) (value, ok bool) {
	switch text {
	case "1", "true":
		return true, true
	case "0", "false":
		return false, true
	}
	return false, false
}

type offlineKey struct{}

// offline marks a request during which nothing may be asked for.
func offline(ctx context.Context) context.Context {
	return context.WithValue(ctx, offlineKey{}, true)
}

// asker asks unless the request is offline, and where that shows which
// credential is checked only if the operator allows it.
type asker struct {
	getter  fetch.Getter // may be nil
	contact bool
}

func (a asker) Get(ctx context.Context, request fetch.Request) (fetch.Response, error) {
	if a.getter == nil || ctx.Value(offlineKey{}) != nil {
		return fetch.Response{}, fetch.ErrOffline
	}
	return a.getter.Get(ctx, request)
}

// Consents says what the operator has set. A recording, in tests, may have a
// consent of its own.
func (a asker) Consents(ctx context.Context, request fetch.Request) bool {
	recorded, ok := a.getter.(fetch.Consenting)
	return a.contact || ok && recorded.Consents(ctx, request)
}
