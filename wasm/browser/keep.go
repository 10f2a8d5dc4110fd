//go:build js && wasm

package main

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/hack-pad/safejs"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/trust"
	"github.com/sealcheck/sealcheck/wasm/internal/webcrypto"
)

// kept is the verifier that was made last, with all that it was made of: a
// page verifies many files by the same lists, and reading them takes longer
// than a small proof. Whatever else a call asks for (instant, policy, hosts)
// is no part of it. There is no lock: Go has one thread here, and nothing
// below waits.
var kept struct {
	verifier *verifier.Verifier
	trust    []list
	given    []handed
	lists    []handed
}

// memory is what is remembered of status lists, as long as the page's worker
// lives.
var memory = fetch.NewMemory()

// signatures is the host's own way to verify them.
var signatures = webcrypto.Find()

// verifierFor gives a verifier for these options, and a context that its
// requests to hosts go by.
func verifierFor(ctx context.Context, o options) (*verifier.Verifier, context.Context, error) {
	if kept.verifier == nil || !slices.EqualFunc(kept.trust, o.trust, list.same) || !slices.EqualFunc(kept.given, o.given, handed.same) ||
		!slices.EqualFunc(kept.lists, o.lists, handed.same) {
		made, err := newVerifier(o)
		if err != nil {
			return nil, ctx, err
		}
		kept.verifier, kept.trust, kept.given, kept.lists = made, o.trust, o.given, o.lists
	}
	v, err := kept.verifier.With(o.now, o.policy)
	return v, context.WithValue(ctx, getterKey{}, o.getter), err
}

func newVerifier(o options) (*verifier.Verifier, error) {
	config := verifier.Config{Now: time.Now, Getter: gate{}, Signatures: signatures, Memory: memory}
	for _, l := range o.trust {
		source := trust.Source{Name: l.name}
		text, err := textOf(l.text)
		if err != nil {
			return nil, err
		}
		source.Data = text
		if l.problem != "" {
			source.Err = errors.New(l.problem)
		}
		config.Trust = append(config.Trust, source)
	}
	var err error
	if config.Given, err = bytesOfAll(o.given); err != nil {
		return nil, err
	}
	if config.StatusLists, err = bytesOfAll(o.lists); err != nil {
		return nil, err
	}
	return verifier.New(config)
}

func bytesOfAll(all []handed) ([][]byte, error) {
	var list [][]byte
	for _, h := range all {
		data := h.bytes
		if !h.text.IsUndefined() {
			var err error
			if data, err = textOf(h.text); err != nil {
				return nil, err
			}
		}
		list = append(list, data)
	}
	return list, nil
}

func textOf(value safejs.Value) ([]byte, error) {
	if value.IsUndefined() {
		return nil, nil
	}
	text, err := value.String()
	return []byte(text), err
}

// same compares texts as JavaScript does, character by character.
func (l list) same(other list) bool {
	return l.name == other.name && l.problem == other.problem && l.text.Equal(other.text)
}

func (h handed) same(other handed) bool {
	return h.text.Equal(other.text) && bytes.Equal(h.bytes, other.bytes)
}

type getterKey struct{}

// gate asks by the gate of the call on whose behalf it is.
type gate struct{}

func (gate) Get(ctx context.Context, request fetch.Request) (fetch.Response, error) {
	getter, ok := ctx.Value(getterKey{}).(fetch.Getter)
	if !ok {
		return fetch.Response{}, fetch.ErrOffline
	}
	return getter.Get(ctx, request)
}

func (gate) Consents(ctx context.Context, request fetch.Request) bool {
	getter, ok := ctx.Value(getterKey{}).(fetch.Consenting)
	return ok && getter.Consents(ctx, request)
}
