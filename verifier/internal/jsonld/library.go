package jsonld

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// Library holds contexts, each compiled once. It is safe for concurrent use,
// and what it hands out is immutable.
type Library struct {
	source  Source
	mu      sync.RWMutex
	remotes map[string][]*remote
	// roots are where documents without a base begin; one for lossless
	// reading, where scoped contexts are compiled when they are used.
	roots [2]*context
}

// remote is one version of the document at an address.
type remote struct {
	context *strictjson.Value // its member @context; nil where it has none
}

// NewLibrary makes a library over a source.
func NewLibrary(source Source) *Library {
	return &Library{source: source, remotes: map[string][]*remote{}}
}

// find asks for the versions of the document at an address, once. Addresses
// that are not known are not kept: they would only grow.
func (l *Library) find(address string) []*remote {
	l.mu.RLock()
	known := l.remotes[address]
	l.mu.RUnlock()
	if known != nil || len(address) > limits.AddressBytes {
		return known
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if known = l.remotes[address]; known != nil {
		return known
	}
	for _, version := range l.source(address) {
		r := &remote{}
		if context, ok := version.Get("@context"); ok {
			r.context = &context
		}
		known = append(known, r)
	}
	if known != nil {
		l.remotes[address] = known
	}
	return known
}

// shelf counts the contexts that are kept with a root.
type shelf struct{ kept atomic.Int32 }

// root is where a document begins. Roots without a base keep what is derived
// from them, up to a limit, and are then begun anew.
func (l *Library) root(o Options) *context {
	if o.Base != "" || o.Legacy || o.Context.Kind() != strictjson.Absent {
		return newContext(o.Base, o.Legacy)
	}
	at := 0
	if o.Lossless {
		at = 1
	}
	l.mu.RLock()
	root := l.roots[at]
	l.mu.RUnlock()
	if root != nil && root.shelf.kept.Load() < limits.ContextsKept {
		return root
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.roots[at] = newContext("", false)
	l.roots[at].shelf = &shelf{}
	return l.roots[at]
}

// known is where a step led before.
func (c *context) known(way step) (result, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.derived[way]
	return found, ok
}

// keep remembers where a step leads, and gives what is to be used: what
// another got there first with, so that there is one of each.
func (c *context) keep(way step, r result) *context {
	c.mu.Lock()
	defer c.mu.Unlock()
	if found, ok := c.derived[way]; ok {
		return found.context
	}
	if c.shelf != nil && r.context.shelf == nil {
		r.context.shelf = c.shelf
		c.shelf.kept.Add(1)
	}
	if c.derived == nil {
		c.derived = map[step]result{}
	}
	c.derived[way] = r
	return r.context
}

// choices are the addresses of a document that have several versions, in
// order of first use.
type choices []choice

type choice struct {
	address string
	count   int
}

// Variants says how many readings of a document there are, at least one:
// contexts whose address has had several contents can be meant in each of
// them. Expand takes a number below it as Options.Variant; 0 is the one to try
// first. More than limits.ContextVariants are not told apart.
func (l *Library) Variants(document strictjson.Value) int {
	count := 1
	for _, c := range l.choices(&document) {
		if count *= c.count; count >= limits.ContextVariants {
			return limits.ContextVariants
		}
	}
	return count
}

func (l *Library) choices(document *strictjson.Value) choices {
	s := chooser{library: l}
	s.document(document)
	return s.found
}

// chooser goes through a document for the addresses in its contexts.
type chooser struct {
	library *Library
	seen    []string
	found   choices
}

func (s *chooser) document(value *strictjson.Value) {
	items := value.Items()
	for i := range items {
		if items[i].Kind() >= strictjson.Array {
			s.document(&items[i])
		}
	}
	members := value.Members()
	if context, ok := find(members, "@context"); ok {
		s.context(context)
	}
	for i := range members {
		if m := &members[i]; m.Value.Kind() >= strictjson.Array && m.Key != "@context" {
			s.document(&m.Value)
		}
	}
}

func (s *chooser) context(value *strictjson.Value) {
	items := value.Items()
	for i := range items {
		s.context(&items[i])
	}
	address := value.Text()
	if value.Kind() != strictjson.String || len(s.seen) >= limits.ContextsLoaded || slices.Contains(s.seen, address) {
		return
	}
	s.seen = append(s.seen, address)
	if versions := s.library.find(address); len(versions) > 1 {
		s.found = append(s.found, choice{address, len(versions)})
	}
}

// variant reads a number as one digit for each address: the first changes
// fastest.
func (c choices) variant(number int) func(address string) int {
	digits := make([]int, len(c))
	for i := range c {
		digits[i] = number % c[i].count
		number /= c[i].count
	}
	return func(address string) int {
		for i := range c {
			if c[i].address == address {
				return digits[i]
			}
		}
		return 0
	}
}
