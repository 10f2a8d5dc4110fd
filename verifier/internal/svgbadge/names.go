package svgbadge

import "strings"

// holders are the elements that hold a credential (OPEN-BADGES-3.0 5.3.2.1;
// Open Badges 2.0 Baking 3.1; for CLR 2.0 what 1EdTech's own validator reads).
var holders = [...]struct{ namespace, element string }{
	{"https://purl.imsglobal.org/ob/v3p0", "credential"},
	{"https://purl.imsglobal.org/clr/v2p0", "credential"},
	{"http://openbadges.org", "assertion"},
}

// holds says whether an element holds a credential, and whether its namespace
// is written as it should be: writers have been seen who take https for http or
// the address of the specification for that of the namespace.
func holds(namespace, element string) (usual, ok bool) {
	if element != "credential" && element != "assertion" {
		return false, false
	}
	for _, h := range holders {
		if h.namespace == namespace && h.element == element {
			return true, true
		}
	}
	for _, h := range holders {
		if plain(h.namespace) == plain(namespace) {
			return false, true
		}
	}
	return false, false
}

func plain(namespace string) string {
	namespace = strings.ToLower(strings.TrimRight(strings.TrimSpace(namespace), "/#"))
	namespace = strings.TrimPrefix(strings.TrimPrefix(namespace, "http://"), "https://")
	return strings.Replace(strings.TrimPrefix(namespace, "www."), "/spec/", "/", 1)
}
