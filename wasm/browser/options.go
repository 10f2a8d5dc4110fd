//go:build js && wasm

package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hack-pad/safejs"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/trust"
	"github.com/sealcheck/sealcheck/wasm/internal/jsfetch"
)

// readOptions reads
//
//	at      RFC 3339; now where it is left out
//	online  whether any request may be made; false where it is left out
//	hosts   hosts that may be asked
//	fetch   (address, kind, reason) -> Promise, see jsfetch.New
//	trust   [{name, text}], or {name, error} for a list that did not load
//	policy  the name of a preset, or a policy as JSON text
//	given   [text or Uint8Array], keys that the user hands in
//
// A member of the wrong type is an error and never read as left out: a
// misspelt trust list must not look like none.
func readOptions(options safejs.Value) (verifier.Config, error) {
	config := verifier.Config{Now: time.Now}
	if options.IsUndefined() || options.IsNull() {
		return config, nil
	}
	o := reader{value: options}

	if at := o.text("at"); at != "" {
		instant, err := time.Parse(time.RFC3339, at)
		if err != nil {
			return config, fmt.Errorf("at: %w", err)
		}
		config.Now = func() time.Time { return instant }
	}

	gate := jsfetch.Gate{Online: o.truth("online")}
	for _, host := range o.list("hosts") {
		gate.Hosts = append(gate.Hosts, o.textOf("hosts", host))
	}
	ask := o.get("fetch")
	if ask.Type() != safejs.TypeFunction {
		gate.Online = false // nothing to ask with
	}
	config.Getter = jsfetch.New(ask, gate)

	for _, item := range o.list("trust") {
		entry := reader{value: item}
		source := trust.Source{Name: entry.text("name"), Data: []byte(entry.text("text"))}
		if message := entry.text("error"); message != "" {
			source.Err = errors.New(message)
		}
		config.Trust = append(config.Trust, source)
		o.keep(entry.err)
	}

	if policy := o.text("policy"); policy != "" {
		read, err := readPolicy(policy)
		o.keep(err)
		config.Policy = read
	}

	for _, item := range o.list("given") {
		if item.Type() == safejs.TypeString {
			config.Given = append(config.Given, []byte(o.textOf("given", item)))
			continue
		}
		data, err := fileBytes(item)
		o.keep(err)
		config.Given = append(config.Given, data)
	}
	return config, o.err
}

func readPolicy(text string) (verifier.Policy, error) {
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		return verifier.ParsePolicy([]byte(text))
	}
	policy, known := verifier.PolicyNamed(text)
	if !known {
		return policy, fmt.Errorf("policy: no preset is called %q", text)
	}
	return policy, nil
}

// reader reads members of a JavaScript object and keeps the first error.
type reader struct {
	value safejs.Value
	err   error
}

func (r *reader) keep(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *reader) get(name string) safejs.Value {
	value, err := r.value.Get(name)
	r.keep(err)
	if err != nil || value.IsNull() {
		return safejs.Undefined()
	}
	return value
}

func (r *reader) text(name string) string {
	value := r.get(name)
	if value.IsUndefined() {
		return ""
	}
	return r.textOf(name, value)
}

func (r *reader) textOf(name string, value safejs.Value) string {
	if value.Type() != safejs.TypeString {
		r.keep(fmt.Errorf("%s: not a text", name))
		return ""
	}
	text, err := value.String()
	r.keep(err)
	return text
}

func (r *reader) truth(name string) bool {
	value := r.get(name)
	if value.IsUndefined() {
		return false
	}
	truth, err := value.Bool()
	if err != nil {
		r.keep(fmt.Errorf("%s: neither true nor false", name))
	}
	return truth
}

func (r *reader) list(name string) []safejs.Value {
	value := r.get(name)
	if value.IsUndefined() {
		return nil
	}
	array, err := safejs.Global().Get("Array")
	if err != nil {
		r.keep(err)
		return nil
	}
	if is, err := value.InstanceOf(array); err != nil || !is {
		r.keep(fmt.Errorf("%s: not a list", name))
		return nil
	}
	length, err := value.Length()
	r.keep(err)
	items := make([]safejs.Value, 0, length)
	for i := range length {
		item, err := value.Index(i)
		r.keep(err)
		items = append(items, item)
	}
	return items
}
