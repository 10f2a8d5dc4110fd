package linked

import (
	"slices"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/contexts"
	"github.com/sealcheck/sealcheck/verifier/internal/jsonld"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// asItIs says whether a document that has been expanded says by its own keys
// what its graph says: then it can be read as it stands, without making a tree
// of the graph. Nearly every credential can. Whoever holds one can write it in
// any other way under the same signature; so this admits nothing that a reader
// by keys could take for anything else than the tree of the graph is: no
// contexts but public ones, every word that readers know under its own name
// and no other, no keyword, no map but of languages, no node in two places,
// and no second credential.
func asItIs(document strictjson.Value, expanded *jsonld.Expanded) bool {
	for _, context := range document.At("@context").List() {
		if !contexts.Known(context.Text()) {
			return false
		}
	}
	w := walk{expanded: expanded}
	if !w.object(document, true, unread) {
		return false
	}
	for _, id := range w.bare {
		if w.names(id) {
			return false // more is said about it elsewhere
		}
	}
	return true
}

// walk goes through a document.
type walk struct {
	expanded *jsonld.Expanded
	ids      []string
	known    map[string]bool // ids, once they are many
	bare     []string        // ids that stand alone under issuer or holder
}

// few is how many ids are compared one by one.
const few = 12

func (w *walk) names(id string) bool {
	if w.known != nil {
		return w.known[id]
	}
	return slices.Contains(w.ids, id)
}

func (w *walk) object(object strictjson.Value, root bool, how taken) bool {
	members := object.Members()
	if len(members) == 0 {
		return true
	}
	meanings := w.expanded.Meanings(members)
	if meanings == nil {
		// No node. Public contexts have maps of languages, and JSON literals
		// under words that nobody reads here; a test says so.
		return !root && (how == unread || how == asName)
	}
	if how == asText || how == asName {
		return false // nobody looks into it
	}
	for i := range members {
		if m := &members[i]; !(m.Key == "@context" && root) && !w.member(m, &meanings[i], root) {
			return false
		}
	}
	return true
}

func (w *walk) member(m *strictjson.Member, meaning *jsonld.Meaning, root bool) bool {
	switch property := meaning.Property; {
	case property == "" || strings.HasPrefix(m.Key, "@") || m.Key == aside:
		return false
	case property == "@id":
		return m.Key == "id" && w.id(m.Value)
	case property == "@type":
		return m.Key == "type" && types(m.Value, meaning.Types, root)
	case property[0] == '@':
		return false
	case separate(property):
		return m.Key == local(property) // a graph of its own
	default:
		how, stands := stands(m.Key, property)
		return stands && w.value(m.Key, m.Value, how)
	}
}

// stands says how readers take what stands under a key, and whether it means
// what they think it does.
func stands(key, property string) (how taken, ok bool) {
	how = read[key]
	if how != unread && strings.HasPrefix(property, model) {
		return how, property[len(model):] == key
	}
	word := wordOf(property)
	// One that is called otherwise is read by some in any letters.
	return how, word == key || word == "" && how == unread && !strings.EqualFold(key, "credentialStatus")
}

// id admits identifiers that no context can be a prefix for, each in one place.
func (w *walk) id(value strictjson.Value) bool {
	id := value.Text()
	if !strings.HasPrefix(id, "https://") && !strings.HasPrefix(id, "urn:") && !strings.HasPrefix(id, "did:") && !strings.HasPrefix(id, "http://") {
		return false
	}
	if w.names(id) {
		return false
	}
	if w.ids = append(w.ids, id); w.known != nil {
		w.known[id] = true
	} else if len(w.ids) == few {
		w.known = make(map[string]bool, 4*few)
		for _, id := range w.ids {
			w.known[id] = true
		}
	}
	return true
}

// same are types that public contexts call otherwise than their vocabularies do,
// and of which readers know both names, or neither. Open Badges called its
// credential otherwise first, and took what it aligns with from schema.org.
var same = map[string]string{
	"AchievementCredential": "OpenBadgeCredential",
	"Alignment":             "AlignmentObject",
}

// types: each by the name by which readers know it, and no second credential.
func types(value strictjson.Value, means []string, root bool) bool {
	list := value.List()
	if len(list) != len(means) {
		return false
	}
	for i := range list {
		word := list[i].Text()
		other := published(means[i]) && local(means[i]) != word && local(means[i]) != same[word]
		if other || !root && outermost(word) {
			return false
		}
	}
	return true
}

// value says whether what stands under a key looks the same to every reader.
func (w *walk) value(key string, value strictjson.Value, how taken) bool {
	switch value.Kind() {
	case strictjson.Object:
		return w.object(value, false, how)
	case strictjson.Array:
		items := value.Items()
		for i := range items {
			switch items[i].Kind() {
			case strictjson.Object:
				if !w.object(items[i], false, how) {
					return false
				}
			case strictjson.Array:
				return false
			default:
				// One text, many times the same, and one in an array are the
				// same in a graph.
				if how != unread {
					return false
				}
			}
		}
	case strictjson.String:
		if key == "issuer" || key == "holder" {
			w.bare = append(w.bare, value.Text())
			return true
		}
		return how != asNode && how != asThing // else a reference, or not: the graph knows
	case strictjson.Null:
		return how == unread
	}
	return true
}

// outermost says whether what has this type can be the outermost thing in a
// file.
func outermost(word string) bool {
	return word == "VerifiableCredential" || word == "VerifiablePresentation"
}

// separate says whether a property holds a graph of its own in every public
// context.
func separate(property string) bool {
	return property == model+"verifiableCredential" || property == "https://w3id.org/security#proof"
}
