package verifier_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// rewriter writes documents in other ways, most of which keep the graph. Where
// one does not, the signature fails.
type rewriter struct {
	random *rand.Rand
	terms  []strictjson.Member // of a context of its own
	moved  []strictjson.Value  // what is said of nodes in other places
}

var addresses = map[string]string{
	"validUntil": model + "validUntil", "credentialStatus": model + "credentialStatus", "credentialSubject": model + "credentialSubject", "issuer": model + "issuer", "evidence": model + "evidence",
	"result": badges + "result", "status": badges + "status", "value": badges + "resultValue", "achievement": badges + "achievement", "achievementType": badges + "achievementType", "name": "https://schema.org/name",
	"identifier": badges + "identifier", "identityHash": badges + "identityHash", "identityType": badges + "identityType", "criteria": badges + "Criteria", "description": "https://schema.org/description", "narrative": badges + "narrative",
	"statusListIndex": "https://www.w3.org/ns/credentials/status#statusListIndex", "statusPurpose": "https://www.w3.org/ns/credentials/status#statusPurpose",
}

func (r *rewriter) chance(n int) bool { return r.random.IntN(n) == 0 }

func member(key string, value strictjson.Value) strictjson.Member {
	return strictjson.Member{Key: key, Value: value}
}

func (r *rewriter) value(value strictjson.Value, level int) strictjson.Value {
	array := func(values ...strictjson.Value) strictjson.Value { return strictjson.NewArray(values) }
	switch value.Kind() {
	case strictjson.Array:
		var items []strictjson.Value
		for _, item := range value.Items() {
			items = append(items, r.value(item, level))
		}
		if r.chance(20) {
			r.random.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		}
		if len(items) == 1 && r.chance(10) {
			return items[0]
		}
		if len(items) > 0 && r.chance(25) {
			items = append(items, items[0])
		}
		return array(items...)
	case strictjson.Object:
		value = r.object(value, level+1)
		switch r.random.IntN(40) {
		case 0:
			return array(value)
		case 1:
			return strictjson.NewObject([]strictjson.Member{member("@set", array(value))})
		case 2:
			if id := value.At("id"); id.Text() != "" {
				r.moved = append(r.moved, value)
				if r.chance(2) {
					return id
				}
				return value.Only("id")
			}
		case 3:
			return array(array(value))
		case 4:
			if id := value.At("id"); id.Text() != "" && len(value.Members()) > 2 {
				some := value.Members()
				at := 1 + r.random.IntN(len(some)-1)
				r.moved = append(r.moved, strictjson.NewObject(append([]strictjson.Member{member("id", id)}, some[at:]...)))
				return strictjson.NewObject(append([]strictjson.Member{member("id", id)}, some[:at]...)).With("id", id)
			}
		}
		return value
	}
	switch r.random.IntN(60) {
	case 0:
		return array(value)
	case 1:
		return array(value, value)
	case 2:
		return strictjson.NewObject([]strictjson.Member{member("@value", value)})
	case 3:
		null, _ := strictjson.Parse([]byte("null"))
		return strictjson.NewObject([]strictjson.Member{member("@value", value), member("@language", null)})
	case 4:
		return strictjson.NewObject([]strictjson.Member{member("id", value)})
	case 5:
		return strictjson.NewObject([]strictjson.Member{member("@value", value), member("type", strictjson.NewString("http://www.w3.org/2001/XMLSchema#string"))})
	}
	return value
}

func (r *rewriter) object(object strictjson.Value, level int) strictjson.Value {
	var members []strictjson.Member
	for _, m := range object.Members() {
		if m.Key == "@context" {
			members = append(members, m)
			continue
		}
		next := m
		if m.Key != "id" && m.Key != "type" && m.Key != "@value" {
			next.Value = r.value(m.Value, level)
		}
		address := addresses[m.Key]
		switch r.random.IntN(50) {
		case 0:
			if address != "" {
				next.Key = address
			}
		case 1:
			if m.Key == "id" || m.Key == "type" {
				next.Key = "@" + m.Key
			}
		case 2:
			if address != "" {
				next.Key = "zz" + m.Key
				definition := strictjson.NewString(address)
				if container := []string{"@set", "@id", "@type", "@index", "@graph", "@list", "@language"}[r.random.IntN(7)]; r.chance(2) {
					definition = strictjson.NewObject([]strictjson.Member{member("@id", definition), member("@type", strictjson.NewString("@id")), member("@container", strictjson.NewString(container))})
					if id := next.Value.At("id"); container == "@id" && id.Text() != "" {
						next.Value = strictjson.NewObject([]strictjson.Member{member(id.Text(), next.Value.Without("id"))})
					}
					if kind := next.Value.At("type").List(); container == "@type" && len(kind) == 1 && kind[0].Text() != "" {
						next.Value = strictjson.NewObject([]strictjson.Member{member(kind[0].Text(), next.Value.Without("type"))})
					}
				}
				r.terms = append(r.terms, member(next.Key, definition))
			}
		case 3:
			if address != "" { // another name for it, which public contexts do not know
				for _, other := range []string{"fullName", "title", "altLabel", "awardedDate", "note"} {
					if _, there := object.Get(other); !there && r.chance(3) {
						next.Key = other
						r.terms = append(r.terms, member(other, strictjson.NewString(address)))
						break
					}
				}
			}
		}
		members = append(members, next)
	}
	if r.chance(15) {
		r.random.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	}
	return strictjson.NewObject(members)
}

// rewritten is a document in another form.
func (r *rewriter) rewritten(document strictjson.Value) strictjson.Value {
	r.terms, r.moved = nil, nil
	document = r.object(document, 0)
	for _, more := range r.moved {
		key := []string{"evidence", "credentialSubject", "@included", "https://a.example/x"}[r.random.IntN(4)]
		document = document.With(key, strictjson.NewArray(append(slices.Clone(document.At(key).List()), more)))
	}
	own := slices.Clone(document.At("@context").List())
	public := []string{
		"https://www.w3.org/ns/credentials/examples/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2", "https://w3id.org/security/data-integrity/v2", "https://www.w3.org/ns/credentials/status/v1",
		"https://w3id.org/openbadges/v2", "https://w3id.org/dcc/v1", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "https://www.w3.org/ns/odrl.jsonld", "http://data.europa.eu/snb/model/context/edc-ap",
		"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json", "https://www.w3.org/2018/credentials/v1",
	}
	if r.chance(4) {
		own = slices.Insert(own, r.random.IntN(len(own)+1), strictjson.NewString(public[r.random.IntN(len(public))]))
	}
	if r.chance(12) {
		own[len(own)-1] = strictjson.NewString(public[r.random.IntN(len(public))])
	}
	if len(r.terms) > 0 {
		own = append(own, strictjson.NewObject(r.terms))
	}
	return document.With("@context", strictjson.NewArray(own))
}

// TestRandomForms: whatever way of writing a document a holder tries, under the
// signature it says the same, or is refused.
func TestRandomForms(t *testing.T) {
	library := jsonld.NewLibrary(contexts.Find)
	random := rand.New(rand.NewPCG(4, 2026))
	rounds, held, refused := 1500, 0, 0
	if testing.Short() {
		rounds = 200
	}
	self, _ := endorsed(`,"validUntil":"2026-02-01T00:00:00Z"`)
	for _, honest := range []string{written(), written("END", ""), written("END", "", "STATUS", ""), written("END", "", "STATUS", "", "EVIDENCE", "", "RESULT", `"result":{"type":["Result"],"value":"85"}`), self} {
		document, err := strictjson.Parse([]byte(honest))
		if err != nil {
			t.Fatal(err)
		}
		proof := signGraph(t, library, honest)
		want := tell(judgeGraph(t, honest, proof))
		r := &rewriter{random: random}
		for range rounds {
			forged := string(r.rewritten(document).Append(nil))
			if _, err := strictjson.Parse([]byte(forged)); err != nil {
				continue // a key twice
			}
			got := tell(judgeGraph(t, forged, proof))
			switch got.headline {
			case report.Refused:
				refused++
			case report.Altered, report.Unreadable, report.NotSigned:
			default:
				if held++; got != want {
					t.Errorf("%s\nis read as\n%+v, signed was\n%+v", strings.ReplaceAll(forged, "\n", ""), got, want)
				}
			}
			if t.Failed() && held > 100 {
				return
			}
		}
	}
	t.Logf("%d read as signed, %d refused", held, refused)
	if held < 500*rounds/1500 {
		t.Error("too few hold")
	}
}
