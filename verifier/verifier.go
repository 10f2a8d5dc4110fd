package verifier

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/report"
	"github.com/sealcheck/sealcheck/verifier/status"
	"github.com/sealcheck/sealcheck/verifier/trust"
)

// Version is the core's version; it stands in every report.
const Version = "0.1.0"

// Verifier verifies files. It is immutable and safe for concurrent use as far
// as its Getter is.
type Verifier struct {
	config   Config
	lists    *trust.Lists
	given    []key.GivenKey
	contexts map[string]strictjson.Value // those that the user added
	library  *jsonld.Library
	supplied []status.Supplied // Config.StatusLists, looked at once
}

// New checks a configuration. It returns an error for a bad one: no clock, a
// policy that may not be, a given key or context that cannot be read, too many
// or too large status lists. A trust list that cannot be read is no error here
// but a result of every verification, so that it can never pass for having no
// list.
func New(config Config) (*Verifier, error) {
	if config.Now == nil {
		return nil, errors.New("verifier: Config.Now is not set")
	}
	if err := config.Policy.check(); err != nil {
		return nil, fmt.Errorf("verifier: %w", err)
	}
	if err := config.checkLists(); err != nil {
		return nil, fmt.Errorf("verifier: %w", err)
	}
	if config.Policy.Name == "" {
		config.Policy.Name = "strict"
	}
	v := &Verifier{config: config, lists: trust.Load(config.Trust), contexts: map[string]strictjson.Value{}, library: pinned()}
	for i, data := range config.Given {
		keys, err := key.ParseGiven(data)
		if err != nil {
			return nil, fmt.Errorf("verifier: given key %d: %w", i+1, err)
		}
		v.given = append(v.given, keys...)
	}
	for address, data := range config.Contexts {
		context, err := strictjson.Parse(data)
		if err != nil {
			return nil, fmt.Errorf("verifier: context %s: %w", address, err)
		}
		if _, ok := context.Get("@context"); !ok {
			return nil, fmt.Errorf("verifier: context %s: no @context in it", address)
		}
		v.contexts[address] = context
	}
	for _, list := range config.StatusLists {
		v.supplied = append(v.supplied, intake(list, false))
	}
	if len(v.contexts) > 0 {
		v.library = jsonld.NewLibrary(v.source)
	}
	return v, nil
}

// Verify judges one file. It always returns a report: bad input is a finding,
// and a fault of our own is internal.unexpected, which passes nothing.
func (v *Verifier) Verify(ctx context.Context, file []byte) *report.Report {
	at := v.config.Now().UTC().Truncate(time.Second)
	session := fetch.NewSession(v.config.Getter, at, v.config.Memory)
	run := &run{verifier: v, at: at, session: session, plain: map[string]*status.Plain{}}
	run.open = run.openList
	run.supplied = slices.Clone(v.supplied)

	credentials := run.file(ctx, file)
	worst, verdict, headline := report.Worst(credentials)
	sum := sha256.Sum256(file)
	r := &report.Report{
		Verdict: verdict, Headline: headline, Saying: credentials[worst].Saying,
		Credentials: credentials, Counts: count(credentials), Besides: run.besides, Unpacked: run.unpacked,
		At: at, SHA256: hex.EncodeToString(sum[:]), Bytes: len(file),
		Consulted: session.Consulted(), Wanted: session.Wanted(),
		Lists: v.lists.Describe(), Policy: v.config.Policy.Name,
		Accepts: append([]report.Headline{}, v.config.Policy.Demands.Accept...), Core: Version,
	}
	return r
}

// pinned is the library of the contexts that come with the core. Reading them
// costs more than most verifications, and every Verifier means the same ones.
var pinned = sync.OnceValue(func() *jsonld.Library { return jsonld.NewLibrary(contexts.Find) })

// source gives the pinned versions of a context first: what the user adds under
// a public address is tried where none of them fits.
func (v *Verifier) source(address string) []strictjson.Value {
	known := contexts.Find(address)
	if own, ok := v.contexts[address]; ok {
		known = append(known[:len(known):len(known)], own)
	}
	return known
}

// documents gives the versions whose very document is at hand, in the same order.
func (v *Verifier) documents(address string) []strictjson.Value {
	known := contexts.Documents(address)
	if own, ok := v.contexts[address]; ok {
		known = append(known, own)
	}
	return known
}

// added is a context that the user added, or Absent.
func (v *Verifier) added(address string) strictjson.Value { return v.contexts[address] }

// knows says whether a context is at hand.
func (v *Verifier) knows(address string) bool {
	_, added := v.contexts[address]
	return added || contexts.Known(address)
}

func count(credentials []report.Credential) []report.Count {
	counts := []report.Count{}
	for _, headline := range report.Headlines() {
		n := 0
		for i := range credentials {
			if credentials[i].Headline == headline && !credentials[i].Aside {
				n++
			}
		}
		if n > 0 {
			counts = append(counts, report.Count{Headline: headline, Number: n})
		}
	}
	return counts
}

// guarded runs a stage so that a fault of ours becomes a finding instead of
// taking the host down.
func guarded(stage func() report.Findings) (findings report.Findings) {
	defer func() {
		if fault := recover(); fault != nil {
			findings = report.Findings{report.NewFinding(report.InternalUnexpected, strings.TrimSpace(fmt.Sprint(fault)))}
		}
	}()
	return stage()
}
