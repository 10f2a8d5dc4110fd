package credential

import (
	"github.com/sealcheck/sealcheck/verifier/internal/iri"
	"github.com/sealcheck/sealcheck/verifier/internal/member"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// readIssuer: the issuer is a URL, or an object with a URL for its id
// (VC-DATA-MODEL-2.0 4.7). A European Digital Credential names its issuer by
// the seal's certificate, so that its id matters less.
func (r *reader) readIssuer() {
	value, ok := r.get("issuer")
	if !ok {
		r.at(report.CredentialIssuerMissing, r.path("issuer"), "")
		return
	}
	r.c.Issuer.Party = ReadParty(value, r.path("issuer"))
	r.c.Issuer.ID = r.c.Issuer.Party.ID
	id := r.c.Issuer.ID
	switch {
	case value.Kind() != strictjson.String && value.Kind() != strictjson.Object:
		r.at(report.CredentialIssuerMalformed, r.path("issuer"), "neither address nor object")
	case iri.Absolute(id):
	case r.c.Format == EDC && value.Kind() == strictjson.Object:
		r.at(report.CredentialEdcMemberMissing, r.path("issuer")+"/id", "")
	default:
		r.at(report.CredentialIssuerMalformed, r.path("issuer"), id)
	}
}

// names are the members that name an organisation or person, legal name first.
var names = [...]string{"legalName", "name", "prefLabel", "altLabel"}

// ReadParty reads an organisation or person: an identifier, or an object as
// Open Badges 3.0 (Profile) or ELM v3 (Agent) write it. Anything else gives a
// Party with nothing but its path.
func ReadParty(value strictjson.Value, path string) Party {
	party := Party{Path: path, ID: value.Text()}
	if value.Kind() != strictjson.Object {
		return party
	}
	party.ID = value.At("id").Text()
	for _, label := range names {
		if name, ok := member.Get(value, label); ok {
			party.Names = append(party.Names, ReadNames(name, path+"/"+label)...)
		}
	}
	for _, kind := range [...]string{"eIDASIdentifier", "registration", "vatIdentifier", "taxIdentifier", "identifier"} {
		for _, identifier := range member.Entries(value, path, kind) {
			if notation := identifier.Value.At("notation").Text(); notation != "" {
				party.Identifiers = append(party.Identifiers, notation)
			}
		}
	}
	party.Country = country(value)
	return party
}

// country is the first country that a party states: of its address (Open
// Badges), of its location or of its eIDAS identifier (ELM), as written there.
func country(party strictjson.Value) string {
	for _, member := range [...]string{"addressCountryCode", "addressCountry"} {
		if text := party.At("address", member).Text(); text != "" {
			return text
		}
	}
	for _, location := range member.Entries(party, "", "location") {
		for _, address := range member.Entries(location.Value, "", "address") {
			if text := concept(address.Value.At("countryCode")); text != "" {
				return text
			}
		}
	}
	for _, identifier := range member.Entries(party, "", "eIDASIdentifier") {
		if text := concept(identifier.Value.At("spatial")); text != "" {
			return text
		}
	}
	return ""
}

// concept is the address of an entry of a controlled list, or else its
// notation.
func concept(value strictjson.Value) string {
	if items := value.Items(); len(items) > 0 {
		value = items[0]
	}
	if id := value.At("id").Text(); id != "" {
		return id
	}
	if notation := value.At("notation").Text(); notation != "" {
		return notation
	}
	return value.Text()
}

// longestTag is how long the name of a language may be to be repeated in the
// place of each of its texts. RFC 5646 4.4.1 counts on 35.
const longestTag = 64

// ReadNames reads a text in all its languages: a string, a language map whose
// values are strings or arrays of them ("und" and "none" state no language),
// a JSON-LD value object, or an array of those. Empty texts are left out.
func ReadNames(value strictjson.Value, path string) []Name {
	var names []Name
	add := func(text, language, path string) {
		if text == "" {
			return
		}
		if language == "und" || language == "@none" || language == "none" {
			language = ""
		}
		names = append(names, Name{Value: text, Language: language, Path: path})
	}
	if value.Kind() == strictjson.String {
		add(value.Text(), "", path)
		return names
	}
	for _, item := range member.Spread(value, path) {
		switch {
		case item.Value.Kind() == strictjson.String:
			add(item.Value.Text(), "", item.Path)
		case item.Value.At("@value").Kind() == strictjson.String:
			add(item.Value.At("@value").Text(), item.Value.At("@language").Text(), item.Path)
		default:
			for _, language := range item.Value.Members() {
				if (len(language.Key) == 0 || language.Key[0] == '@') && language.Key != "@none" {
					continue
				}
				if len(language.Key) > longestTag {
					// Its texts may be many; the place of the map has to do.
					for _, text := range language.Value.List() {
						add(text.Text(), language.Key, item.Path)
					}
					continue
				}
				for _, text := range member.Spread(language.Value, item.Path+"/"+member.Token(language.Key)) {
					add(text.Value.Text(), language.Key, text.Path)
				}
			}
		}
	}
	return names
}
