package status

import (
	"net/url"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// identifies says by what an address gives away to its host whose credential
// is being checked (T32). A list hides each of its entries among many others;
// an address that belongs to one credential hides nothing.
func identifies(address, index string, c *credential.Credential) fetch.Identification {
	u, err := url.Parse(address)
	if err != nil || len(address) > limits.AddressBytes {
		return fetch.ByPath
	}
	plain := squeeze(address)
	if decoded, err := url.PathUnescape(address); err == nil {
		plain += "/" + squeeze(decoded)
	}
	all := names(c, address, plain)
	if len(all) > mostNames {
		return fetch.ByCredentialID // too many to tell
	}
	for _, name := range all {
		if within(squeeze(name), plain) {
			return fetch.ByCredentialID
		}
	}
	// What stands behind ? may be a number of the credential under any name.
	if u.RawQuery != "" {
		return fetch.ByQuery
	}
	// Short figures are the number of a list as often as of an entry.
	if len(index) >= 4 && strings.HasSuffix(figures(u.Path), strings.TrimLeft(index, "0")) {
		return fetch.ByIndex
	}
	// A name of a host can be made for one credential as well as a path.
	for _, segment := range append(strings.Split(u.Path, "/"), strings.Split(u.Hostname(), ".")...) {
		if random(segment) {
			return fetch.ByPath
		}
	}
	return ""
}

// Identifies says by what the address of a part of a badge gives away whose
// badge is being checked.
func Identifies(address string, c *credential.Credential) fetch.Identification {
	return identifies(address, "", c)
}

// squeeze leaves letters and figures only, in lower case: an identifier may be
// cut up or written otherwise.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r > 0x7f:
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		default:
			return -1
		}
	}, text)
}

// figures leaves the figures of a text.
func figures(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

// window is how much of a long identifier tells it from all others.
const (
	window       = 12
	leastFigures = 3
	mostWindows  = 60
	mostNames    = 50
)

// within says whether an identifier, or enough of it, stands in an address.
func within(name, address string) bool {
	if len(name) < leastName {
		return false
	}
	if len(name) <= window || len(figures(name)) < leastFigures {
		return strings.Contains(address, name)
	}
	for i := 0; i+window <= len(name) && i < mostWindows; i++ {
		// A piece without figures is a word of many addresses.
		if piece := name[i : i+window]; len(figures(piece)) >= leastFigures && strings.Contains(address, piece) {
			return true
		}
	}
	return false
}

// leastName is how short a part of an identifier can be and still be told
// from a part of an ordinary address.
const leastName = 8

// leastNumber is the same of a whole identifier that is no address.
const leastNumber = 6

// own is the part of an identifier that is not that of many: without scheme,
// method and host, and without the beginning that it shares with the address.
func own(id, address string) string {
	id, mail := strings.CutPrefix(id, "mailto:")
	if at := strings.IndexByte(id, '@'); at > 0 && (mail || !strings.Contains(id, "/")) {
		return id[:at] // the rest is the host of many
	}
	if rest, ok := strings.CutPrefix(id, "http://"); ok {
		id = "https://" + rest
	}
	if rest, ok := strings.CutPrefix(id, "did:"); ok {
		method, rest, _ := strings.Cut(rest, ":")
		if method == "web" {
			_, rest, _ = strings.Cut(rest, ":")
		}
		return rest
	}
	shared := 0
	for i := 0; i < len(id) && i < len(address) && id[i] == address[i]; i++ {
		if id[i] == '/' {
			shared = i + 1
		}
	}
	if shared > len("https://") {
		return id[shared:]
	}
	if rest, ok := strings.CutPrefix(id, "https://"); ok {
		_, rest, _ = strings.Cut(rest, "/")
		return rest
	}
	return id
}

// names are the texts by which a credential or its learner could be recognised
// in an address: their identifiers, or the last parts of those.
func names(c *credential.Credential, address, plain string) []string {
	var list []string
	add := func(id string) {
		if len(list) > mostNames {
			return
		}
		id, _, _ = strings.Cut(id, "#")
		if id == c.Issuer.ID {
			return
		}
		if strings.HasPrefix(id, "did:") && strings.Contains(plain, squeeze(id)) || id != "" && strings.Contains(address, id) {
			list = append(list, address) // it stands in it as it is
			return
		}
		id = own(id, address)
		if len(squeeze(id)) >= leastName {
			list = append(list, id)
		}
		id = strings.TrimRight(id, "/")
		if i := strings.LastIndexAny(id, ":/="); i >= 0 && len(squeeze(id[i:])) >= leastName {
			list = append(list, id[i+1:])
		}
	}
	// A number by which an early badge is known within its website stands in
	// many addresses.
	if c.Badge == nil || len(squeeze(c.ID)) >= leastNumber {
		add(c.ID)
	}
	for _, claim := range [...]string{"jti", "sub"} {
		add(c.Claims.At(claim).Text())
	}
	if c.Format == credential.SDJWTVC {
		// A person's claims stand beside the registered ones.
		for _, claim := range c.Claims.Members() {
			switch text := claim.Value.Text(); claim.Key {
			case "iss", "vct", "vct#integrity", "issuing_authority", "issuing_country":
			default:
				if len(squeeze(own(text, address))) >= leastName && len(list) <= mostNames {
					list = append(list, own(text, address))
				}
			}
		}
	}
	if text := own(recipient(c), address); len(squeeze(text)) >= leastName {
		list = append(list, text)
	}
	for _, subject := range c.Document.At("credentialSubject").List() {
		add(subject.At("id").Text())
		for _, word := range [...]string{"name", "email", "fullName"} {
			if text := own(subject.At(word).Text(), address); len(squeeze(text)) >= leastName && len(list) <= mostNames {
				list = append(list, text)
			}
		}
		for _, identifier := range subject.At("identifier").List() {
			if identifier.Kind() == strictjson.Object {
				add(identifier.At("identityHash").Text())
			}
		}
	}
	return list
}

// leastRandom is how long a part of a path must be to look made for one
// credential alone: issuing software gives lists short names, such as the 20
// characters that those of the Digital Credentials Consortium have.
const leastRandom = 24

// random says whether a part of a path is long and looks drawn by lot: such a
// part names a list that many share as easily as one that a single credential
// has for itself, and nobody can see which.
func random(segment string) bool {
	if len(segment) < leastRandom {
		return false
	}
	changes, run := 0, 0
	was := rune(0)
	for _, r := range segment {
		kind := rune(0)
		switch {
		case r >= '0' && r <= '9':
			kind = 'd'
		case r >= 'a' && r <= 'z':
			kind = 'a'
		case r >= 'A' && r <= 'Z':
			kind = 'A'
		}
		if kind != 0 {
			run++
			if was != 0 && kind != was {
				changes++
			}
		}
		was = kind
	}
	// Words, also with a year behind them, change less often between letters
	// and figures.
	return run >= 16 && changes*4 >= run
}
