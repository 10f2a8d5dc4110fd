package xmlcanon

import "strings"

// join is what an element is relative to that says so itself (xml:base) and
// whose surroundings, which are left out, say something as well: by RFC 3986
// 5.2, with the changes of Canonical XML 1.1 2.4, so that what is relative may
// stay so.
func join(outer, inner string) string {
	base, r := cut(outer), cut(inner)
	if base.path == ".." || strings.HasSuffix(base.path, "/..") {
		base.path += "/"
	}
	switch {
	case r.scheme != "" || r.host != "":
		r.path = dots(r.path)
	case r.path == "":
		if r.path = base.path; r.query == "" {
			r.query = base.query
		}
	case r.path[0] == '/':
		r.path = dots(r.path)
	case base.host != "" && base.path == "":
		r.path = dots("/" + r.path)
	default:
		r.path = dots(base.path[:strings.LastIndexByte(base.path, '/')+1] + r.path)
	}
	if r.scheme == "" {
		if r.scheme = base.scheme; r.host == "" {
			r.host = base.host
		}
	}
	return r.scheme + r.host + r.path + r.query
}

// reference is an address in its parts, each with the marks that set it off.
type reference struct{ scheme, host, path, query string }

// cut takes an address apart (RFC 3986 appendix B); a fragment plays no part.
func cut(text string) (r reference) {
	text, _, _ = strings.Cut(text, "#")
	if at := strings.IndexAny(text, ":/?"); at > 0 && text[at] == ':' {
		r.scheme, text = text[:at+1], text[at+1:]
	}
	if at := strings.IndexByte(text, '?'); at >= 0 {
		text, r.query = text[:at], text[at:]
	}
	r.path = text
	if strings.HasPrefix(text, "//") {
		r.path = ""
		if at := strings.IndexByte(text[2:], '/'); at >= 0 {
			text, r.path = text[:at+2], text[at+2:]
		}
		r.host = text
	}
	return r
}

// dots follows the steps "." and ".." of a path (RFC 3986 5.2.4). Those that
// lead out of a relative one stay; several slashes count as one.
func dots(path string) string {
	var steps []string
	root := strings.HasPrefix(path, "/")
	folder := true
	for _, step := range strings.Split(path, "/") {
		folder = step == "" || step == "." || step == ".."
		switch last := len(steps) - 1; {
		case !folder:
			steps = append(steps, step)
		case step == ".." && last >= 0 && steps[last] != "..":
			steps = steps[:last]
		case step == ".." && !root:
			steps = append(steps, step)
		}
	}
	path = strings.Join(steps, "/")
	if folder && path != "" {
		path += "/"
	}
	if root {
		path = "/" + path
	}
	return path
}
