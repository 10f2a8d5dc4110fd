package sdjwt

import (
	"bytes"
	"crypto"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// The names that only this format may use (RFC 9901 4.1).
const (
	digests   = "_sd"
	digestOne = "..."
	algorithm = "_sd_alg"
)

// hashes are the values of _sd_alg that are accepted: names of the registry of
// RFC 9901 11.1 that stand for a collision-resistant hash.
var hashes = map[string]crypto.Hash{"sha-256": crypto.SHA256, "sha-384": crypto.SHA384, "sha-512": crypto.SHA512}

// disclosure is one claim or array element that the holder shows.
type disclosure struct {
	items []strictjson.Value // salt, name (unless of an array element), value
	used  bool
}

// process decodes the disclosures and puts them in their places.
func (m *Message) process(texts []string) error {
	payload, err := strictjson.Parse(m.Issued.Content)
	if err != nil || payload.Kind() != strictjson.Object {
		return malformed("the payload is no JSON object")
	}
	// RFC 9901 4.1.1: sha-256 where nothing is said.
	m.hash = crypto.SHA256
	if name, ok := payload.Get(algorithm); ok {
		if m.hash = hashes[name.Text()]; m.hash == 0 {
			return report.NewProblem(report.EnvelopeSdAlgorithm, "", "algorithm", report.Clip(name.Text()))
		}
	}
	p := processor{m: m, found: make(map[string]*disclosure, len(texts)), seen: map[string]bool{}}
	if err := p.decode(texts); err != nil {
		return err
	}
	// 7.1, step 3.f. Nowhere else may the name stand.
	m.Document, _, err = p.object(payload.Without(algorithm), 0)
	if err != nil {
		return err
	}
	// 7.1, step 5: what no digest refers to was not signed, or not for this
	// credential.
	for _, text := range texts {
		if d := p.found[digest(m.hash, []byte(text))]; !d.used {
			return report.NewProblem(report.EnvelopeSdDisclosureForeign, "", "name", report.Clip(d.name()))
		}
	}
	return nil
}

// processor is the work on one payload.
type processor struct {
	m     *Message
	found map[string]*disclosure // by digest
	seen  map[string]bool        // the digests so far
	path  []byte                 // where the work stands, as a JSON pointer
}

// decode reads the disclosures (RFC 9901 4.2). The digest is over the text as
// it came.
func (p *processor) decode(texts []string) error {
	tokens := 0
	for _, text := range texts {
		data, err := multibase.Base64URL(text)
		if err != nil {
			return badDisclosure("not base64url")
		}
		// All disclosures together may hold as much as one document.
		for _, mark := range [...]byte{',', '[', '{'} {
			tokens += bytes.Count(data, []byte{mark})
		}
		if tokens > limits.JSONTokens {
			return tooMany("values in disclosures")
		}
		value, err := strictjson.Parse(data)
		if err != nil {
			return badDisclosure(err.Error())
		}
		// 4.2.1, 4.2.2: salt and value, with the name between them for a claim.
		items := value.Items()
		if n := len(items); n != 2 && n != 3 || items[0].Kind() != strictjson.String {
			return badDisclosure("not a salt with a value, or with a name and a value")
		}
		key := digest(p.m.hash, []byte(text))
		if p.found[key] != nil {
			return badDisclosure("given twice")
		}
		p.found[key] = &disclosure{items: items}
	}
	return nil
}

func (d *disclosure) name() string {
	if len(d.items) == 3 {
		return d.items[1].Text()
	}
	return ""
}

func (d *disclosure) value() strictjson.Value { return d.items[len(d.items)-1] }

// take looks a digest up. 7.1, step 3.c.i: one for which nothing is shown is
// ignored; step 4: none may be there twice.
func (p *processor) take(value strictjson.Value) (*disclosure, error) {
	if value.Kind() != strictjson.String {
		return nil, p.problem(report.EnvelopeSdDigestMalformed, "not a text")
	}
	text := value.Text()
	if p.seen[text] {
		return nil, p.problem(report.EnvelopeSdDigestRepeated, report.Clip(text))
	}
	p.seen[text] = true
	d := p.found[text]
	if d != nil {
		d.used = true
	}
	return d, nil
}

// value processes a value of any kind. changed is false where it is as it was.
func (p *processor) value(v strictjson.Value, depth int) (out strictjson.Value, changed bool, err error) {
	if depth > limits.JSONDepth {
		return v, false, report.NewProblem(report.EnvelopeJsonDepth, "disclosures", "where", "payload")
	}
	switch v.Kind() {
	case strictjson.Object:
		return p.object(v, depth)
	case strictjson.Array:
		return p.array(v, depth)
	}
	return v, false, nil
}

func (p *processor) object(v strictjson.Value, depth int) (strictjson.Value, bool, error) {
	members := v.Members()
	kept := members // until something changes
	changed := false
	var embedded strictjson.Value
	for i, m := range members {
		if m.Key == digests || m.Key == digestOne || m.Key == algorithm {
			// 4.2.4.1: an array of digests. 4.2.4.2: the other name belongs
			// into the elements of arrays, alone. 4.1.1: the algorithm stands
			// at the top.
			if m.Key != digests || m.Value.Kind() != strictjson.Array {
				return v, false, p.problem(report.EnvelopeSdDigestMalformed, m.Key)
			}
			embedded = m.Value
			if !changed {
				kept, changed = append(make([]strictjson.Member, 0, len(members)+len(m.Value.Items())), members[:i]...), true
			}
			continue
		}
		value, other, err := p.at(m.Key, m.Value, depth)
		if err != nil {
			return v, false, err
		}
		if other && !changed {
			kept, changed = append(make([]strictjson.Member, 0, len(members)), members[:i]...), true
		}
		if changed {
			kept = append(kept, strictjson.Member{Key: m.Key, Value: value})
		}
	}
	if !changed {
		return v, false, nil
	}
	kept, err := p.insert(kept, embedded, depth)
	return strictjson.NewObject(kept), true, err
}

// insert puts the claims in their places that the digests of an object stand
// for (7.1, step 3.c.ii).
func (p *processor) insert(kept []strictjson.Member, embedded strictjson.Value, depth int) ([]strictjson.Member, error) {
	hidden := false
	var names map[string]bool
	for _, item := range embedded.Items() {
		d, err := p.take(item)
		if err != nil {
			return nil, err
		}
		if d == nil {
			hidden = true
			continue
		}
		if len(d.items) != 3 || d.items[1].Kind() != strictjson.String {
			return nil, p.problem(report.EnvelopeSdDisclosureMalformed, "no name for a claim")
		}
		name := d.name()
		// The rule names two; the third would change how digests are read.
		if name == digests || name == digestOne || name == algorithm {
			return nil, p.problem(report.EnvelopeSdNameReserved, "", "name", name)
		}
		if names == nil {
			names = make(map[string]bool, len(kept))
			for _, m := range kept {
				names[m.Key] = true
			}
		}
		if names[name] {
			return nil, p.problem(report.EnvelopeSdNameTaken, "", "name", report.Clip(name))
		}
		names[name] = true
		p.m.Disclosed = append(p.m.Disclosed, p.below(name))
		value, _, err := p.at(name, d.value(), depth)
		if err != nil {
			return nil, err
		}
		kept = append(kept, strictjson.Member{Key: name, Value: value})
	}
	if hidden {
		p.m.Kept = append(p.m.Kept, p.here())
	}
	return kept, nil
}

func (p *processor) array(v strictjson.Value, depth int) (strictjson.Value, bool, error) {
	items := v.Items()
	kept := items
	changed, hidden := false, false
	for i, item := range items {
		one, ok := item.Get(digestOne)
		if ok && len(item.Members()) == 1 {
			if !changed {
				kept, changed = append(make([]strictjson.Value, 0, len(items)), items[:i]...), true
			}
			d, err := p.take(one)
			if err != nil {
				return v, false, err
			}
			if d == nil {
				hidden = true // 7.1, step 3.d
				continue
			}
			// 7.1, step 3.c.iii.
			if len(d.items) != 2 {
				return v, false, p.problem(report.EnvelopeSdDisclosureMalformed, "a name for an array element")
			}
			p.m.Disclosed = append(p.m.Disclosed, p.below(strconv.Itoa(len(kept))))
			item = d.value()
		}
		place := i
		if changed {
			place = len(kept)
		}
		value, other, err := p.at(strconv.Itoa(place), item, depth)
		if err != nil {
			return v, false, err
		}
		if other && !changed {
			kept, changed = append(make([]strictjson.Value, 0, len(items)), items[:i]...), true
		}
		if changed {
			kept = append(kept, value)
		}
	}
	if hidden {
		p.m.Kept = append(p.m.Kept, p.here())
	}
	if !changed {
		return v, false, nil
	}
	return strictjson.NewArray(kept), true, nil
}

// at processes what stands under a name below the present place.
func (p *processor) at(name string, v strictjson.Value, depth int) (strictjson.Value, bool, error) {
	if kind := v.Kind(); kind != strictjson.Object && kind != strictjson.Array {
		return v, false, nil
	}
	length := len(p.path)
	p.path = append(append(p.path, '/'), member.Token(name)...)
	value, changed, err := p.value(v, depth+1)
	if err == nil {
		p.path = p.path[:length]
	}
	return value, changed, err
}

// pointerBytes bounds a pointer that is kept: names can be megabytes long.
const pointerBytes = 1000

// here is where the work stands; of a long pointer the part that fits.
func (p *processor) here() string {
	path := p.path
	if len(path) > pointerBytes {
		path = path[:max(bytes.LastIndexByte(path[:pointerBytes], '/'), 0)]
	}
	return string(path)
}

// below is a member of the place where the work stands.
func (p *processor) below(name string) string {
	if len(p.path)+len(name) > pointerBytes {
		return p.here()
	}
	return string(p.path) + "/" + member.Token(name)
}

func (p *processor) problem(code report.Code, detail string, pairs ...string) error {
	return report.NewProblem(code, strings.TrimSpace(p.here()+" "+detail), pairs...)
}

func badDisclosure(detail string) error {
	return report.NewProblem(report.EnvelopeSdDisclosureMalformed, detail)
}
