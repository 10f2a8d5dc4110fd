//go:build js && wasm

package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/hack-pad/safejs"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/wasm/internal/jsfetch"
)

// options are what one call asks for.
type options struct {
	now    func() time.Time
	policy verifier.Policy
	gate   jsfetch.Gate
	getter fetch.Getter
	trust  []list
	given  []handed
	lists  []handed
}

// list is a trust list as the page has it. Its text stays a value of the
// host's: to compare it is cheap, to copy it is not.
type list struct {
	name, problem string
	text          safejs.Value
}

// handed is a key or list that the user hands in, as a text or as bytes.
type handed struct {
	text  safejs.Value // undefined where it is bytes
	bytes []byte
}

// readOptions reads
//
//	at      RFC 3339; now where it is left out
//	online  whether any request may be made; false where it is left out
//	hosts   hosts that may be asked
//	consented  addresses that may be asked although they show which credential
//	        is checked
//	fetch   (address, kind, reason, most) -> Promise, see jsfetch.New
//	trust   [{name, text}], or {name, error} for a list that did not load
//	policy  the name of a preset, or a policy as JSON text
//	given   [text or Uint8Array], keys that the user hands in
//	lists   [text or Uint8Array], status lists that the user hands in
//
// A member of the wrong type is an error and never read as left out: a
// misspelt trust list must not look like none.
func readOptions(value safejs.Value) (options, error) {
	read := options{now: time.Now, getter: fetch.Offline}
	if value.IsUndefined() || value.IsNull() {
		return read, nil
	}
	o := reader{value: value}

	if at := o.text("at"); at != "" {
		instant, err := time.Parse(time.RFC3339, at)
		if err != nil {
			return read, fmt.Errorf("at: %w", err)
		}
		read.now = func() time.Time { return instant }
	}

	gate := jsfetch.Gate{Online: o.truth("online")}
	for _, host := range o.list("hosts") {
		gate.Hosts = append(gate.Hosts, o.textOf("hosts", host))
	}
	for _, address := range o.list("consented") {
		gate.Consented = append(gate.Consented, o.textOf("consented", address))
	}
	read.gate, read.getter = gate, getterOf(o.get("fetch"), gate)

	for _, item := range o.list("trust") {
		entry := reader{value: item}
		read.trust = append(read.trust, list{name: entry.text("name"), problem: entry.text("error"), text: entry.textValue("text")})
		o.keep(entry.err)
	}

	if policy := o.text("policy"); policy != "" {
		wanted, err := readPolicy(policy)
		o.keep(err)
		read.policy = wanted
	}

	read.given = o.handed("given")
	read.lists = o.handed("lists")
	return read, o.err
}

// handed are things that the user hands in.
func (r *reader) handed(name string) []handed {
	var all []handed
	for _, item := range r.list(name) {
		if item.Type() == safejs.TypeString {
			all = append(all, handed{text: item})
			continue
		}
		data, err := fileBytes(item)
		r.keep(err)
		all = append(all, handed{bytes: data})
	}
	return all
}

// getterOf asks by a function, if it is one.
func getterOf(ask safejs.Value, gate jsfetch.Gate) fetch.Getter {
	if ask.Type() != safejs.TypeFunction {
		return fetch.Offline // nothing to ask with
	}
	return jsfetch.New(ask, gate)
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

// textValue is a member that is a text, not yet read, or undefined.
func (r *reader) textValue(name string) safejs.Value {
	value := r.get(name)
	if !value.IsUndefined() && value.Type() != safejs.TypeString {
		r.keep(fmt.Errorf("%s: not a text", name))
	}
	return value
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
