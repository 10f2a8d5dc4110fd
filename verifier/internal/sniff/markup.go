package sniff

import (
	"bytes"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/report"
)

// elementName reads a name, with or without prefix, and gives its local part.
func elementName(data []byte) string {
	const most = 100
	end := 0
	for end < len(data) && end < most && isNameByte(data[end]) {
		end++
	}
	// A name begins with a letter and is followed by space, "/" or ">".
	if end == 0 || data[0]|0x20 < 'a' || data[0]|0x20 > 'z' {
		return ""
	}
	if end < len(data) && bytes.IndexByte([]byte(" \t\r\n/>["), data[end]) < 0 {
		return ""
	}
	name := bytes.ToLower(data[:end])
	if at := bytes.LastIndexByte(name, ':'); at >= 0 {
		name = name[at+1:]
	}
	return string(name)
}

// htmlNames are the elements that a saved page or a piece of one begins with.
var htmlNames = map[string]bool{
	"html": true, "head": true, "body": true, "title": true, "meta": true, "link": true, "script": true,
	"style": true, "div": true, "p": true, "span": true, "table": true, "form": true, "a": true, "br": true,
	"h1": true, "center": true, "noscript": true, "iframe": true, "img": true, "main": true,
}

// isLogin says whether a page asks for a password or calls itself a login
// page: what comes back when a link needs an account. The text is in lower
// case.
func isLogin(page []byte) bool {
	for _, field := range [...]string{`type="password"`, `type='password'`, `type=password`} {
		if bytes.Contains(page, []byte(field)) {
			return true
		}
	}
	_, title, _ := bytes.Cut(page, []byte("<title"))
	title, _, _ = bytes.Cut(title[:min(len(title), 300)], []byte("</title"))
	for _, word := range [...]string{
		"login", "log in", "log-in", "sign in", "sign-in", "signin", "anmelden", "anmeldung", "connexion",
		"se connecter", "iniciar sesi", "accedi", "inloggen", "logga in", "log ind", "logg inn", "kirjaudu",
		"zaloguj", "bejelentkez", "prijava", "přihl", "prihl", "autentific", "logi sisse", "prisijung",
	} {
		if bytes.Contains(title, []byte(word)) {
			return true
		}
	}
	return false
}

func isNameByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == ':' || c == '-' || c == '_' || c == '.'
}

// markup says what a text that begins with a tag seems to be; nil where it
// does not.
func markup(data []byte) error {
	name := rootName(data)
	if name == "" {
		return nil
	}
	front := bytes.ToLower(data[:min(len(data), 1<<20)])
	switch {
	case name == "svg":
		return report.NewProblem(report.EnvelopeSvg, "")
	case htmlNames[name]:
		if isLogin(front) {
			return report.NewProblem(report.EnvelopeLoginPage, "")
		}
		return report.NewProblem(report.EnvelopeHtml, "")
	case strings.HasPrefix(name, "europass"),
		bytes.Contains(front, []byte("http://data.europa.eu/snb")),
		bytes.Contains(front, []byte("http://data.europa.eu/europass")):
		return report.NewProblem(report.EnvelopeEuropassXml, "")
	case name == "trustservicestatuslist", name == "listoftrustedentities":
		return report.NewProblem(report.EnvelopeTrustedListXml, "")
	case !bytes.HasPrefix(data, []byte("<?xml")) && !bytes.Contains(front, []byte("</")) && !bytes.Contains(front, []byte("/>")):
		return nil // a word in angle brackets: N-Quads, an e-mail address
	default:
		return report.NewProblem(report.EnvelopeXml, "", "what", name)
	}
}

// rootName is the local name of the first element, in lower case, or "". A
// document type stands for its root.
func rootName(data []byte) string {
	for {
		data = bytes.TrimLeft(data, space)
		var end string
		switch {
		case bytes.HasPrefix(data, []byte("<?")):
			end = "?>"
		case bytes.HasPrefix(data, []byte("<!--")):
			end = "-->"
		case HasPrefixFold(data, "<!doctype"):
			return elementName(bytes.TrimLeft(data[len("<!doctype"):], space))
		case len(data) > 1 && data[0] == '<':
			return elementName(data[1:])
		default:
			return ""
		}
		at := bytes.Index(data, []byte(end))
		if at < 0 {
			return "xml" // a declaration or comment that never ends
		}
		data = data[at+len(end):]
	}
}
