package contexts

import (
	"errors"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// The form of data/*.terms, one line for each term:
//
//	# address https://example.org/v1     comments; the generator reads these
//	# source where the facts stand       two, and "# published" with the
//	#                                    digest that a Recommendation pins
//	=ex https://example.org/vocab#       an abbreviation for this file
//	@protected                           a keyword of the context, true
//	@vocab https://example.org/vocab#    a keyword with its value
//	id @id                               a term and its IRI
//	Person ex~                           ex~ and the term itself
//		born ex~birth ex~Date            the scoped context, one tab deeper;
//		names ex~ - @set,@language       IRI, type or -, container
//
// An abbreviation is not a prefix: what is written with it is the whole IRI,
// and the credential cannot use it.

// maxDepth is how deep contexts in contexts go. Real ones are three deep.
const maxDepth = 8

// terms reads the form line by line.
type terms struct {
	lines []string
	at    int // the next line
	short []abbreviation
}

type abbreviation struct{ name, iri string }

// readTerms reads a file of data/*.terms as a document with a member
// "@context".
func readTerms(text string) (strictjson.Value, error) {
	t := terms{lines: strings.Split(strings.TrimSuffix(text, "\n"), "\n")}
	context, err := t.context(0)
	if err != nil {
		return strictjson.Value{}, errors.New("line " + strconv.Itoa(t.at+1) + ": " + err.Error())
	}
	return object("@context", context), nil
}

// context reads the lines of one context, until one that is less deep.
func (t *terms) context(depth int) (strictjson.Value, error) {
	var members []strictjson.Member
	for ; t.at < len(t.lines); t.at++ {
		line := t.lines[t.at]
		if strings.HasPrefix(line, "#") {
			continue
		}
		if strings.HasPrefix(line, "=") {
			name, iri, ok := strings.Cut(line[1:], " ")
			if !ok {
				return strictjson.Value{}, errors.New("an abbreviation is a name and an IRI")
			}
			t.short = append(t.short, abbreviation{name, iri})
			continue
		}
		deep := 0
		for deep < len(line) && line[deep] == '\t' {
			deep++
		}
		if deep < depth {
			t.at-- // the caller's loop steps over it
			break
		}
		if deep > depth {
			return strictjson.Value{}, errors.New("too deep: no term that it belongs to")
		}
		member, err := t.member(line[depth:], depth)
		if err != nil {
			return strictjson.Value{}, err
		}
		for i := range members {
			if members[i].Key == member.Key {
				return strictjson.Value{}, errors.New(member.Key + " is there twice")
			}
		}
		members = append(members, member)
	}
	return strictjson.NewObject(members), nil
}

// member reads one line, and the scoped context below it.
func (t *terms) member(line string, depth int) (strictjson.Member, error) {
	fields := strings.Split(line, " ")
	name := fields[0]
	if name == "" || len(fields) > 4 {
		return strictjson.Member{}, errors.New("a line is a term, its IRI, type and container")
	}
	if name[0] == '@' {
		if len(fields) == 1 {
			truth, err := strictjson.Parse([]byte("true"))
			return strictjson.Member{Key: name, Value: truth}, err
		}
		return strictjson.Member{Key: name, Value: strictjson.NewString(fields[1])}, nil
	}
	if len(fields) == 1 {
		return strictjson.Member{}, errors.New(name + " has no IRI")
	}
	iri, err := t.long(fields[1], name)
	if err != nil {
		return strictjson.Member{}, err
	}
	definition := []strictjson.Member{{Key: "@id", Value: strictjson.NewString(iri)}}
	if len(fields) > 2 && fields[2] != "-" {
		typ, err := t.long(fields[2], name)
		if err != nil {
			return strictjson.Member{}, err
		}
		definition = append(definition, strictjson.Member{Key: "@type", Value: strictjson.NewString(typ)})
	}
	if len(fields) > 3 {
		var containers []strictjson.Value
		for container := range strings.SplitSeq(fields[3], ",") {
			containers = append(containers, strictjson.NewString(container))
		}
		container := containers[0]
		if len(containers) > 1 {
			container = strictjson.NewArray(containers)
		}
		definition = append(definition, strictjson.Member{Key: "@container", Value: container})
	}
	if t.at+1 < len(t.lines) && strings.HasPrefix(t.lines[t.at+1], tabs[:depth+1]) {
		if depth+1 >= maxDepth {
			return strictjson.Member{}, errors.New("too deep")
		}
		t.at++
		scoped, err := t.context(depth + 1)
		if err != nil {
			return strictjson.Member{}, err
		}
		definition = append(definition, strictjson.Member{Key: "@context", Value: scoped})
	}
	if len(definition) == 1 {
		// A term that is no more than its IRI may serve as a prefix
		// (JSON-LD 1.1, 4.2.2 step 14.2.5), which one written as an object
		// may not: so it is written as in the contexts themselves.
		return strictjson.Member{Key: name, Value: definition[0].Value}, nil
	}
	return strictjson.Member{Key: name, Value: strictjson.NewObject(definition)}, nil
}

// tabs has as many as a line may begin with.
const tabs = "\t\t\t\t\t\t\t\t"

// long writes out an abbreviation; everything else stays as it is.
func (t *terms) long(text, term string) (string, error) {
	name, rest, ok := strings.Cut(text, "~")
	if !ok {
		return text, nil
	}
	if rest == "" {
		rest = term
	}
	for _, a := range t.short {
		if a.name == name {
			return a.iri + rest, nil
		}
	}
	return "", errors.New(name + "~ is no abbreviation of this file")
}

// object makes an object with one member.
func object(key string, value strictjson.Value) strictjson.Value {
	return strictjson.NewObject([]strictjson.Member{{Key: key, Value: value}})
}
