package link

import (
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// worth are the codes of links for whose sake a text is looked through.
var worth = map[report.Code]bool{
	report.EnvelopeLinkCarries: true, report.EnvelopeBadgeAddress: true, report.EnvelopeLinkBadge: true,
	report.EnvelopeLinkEuropass: true, report.EnvelopeLinkEuropassOwn: true, report.EnvelopeLinkVerifier: true,
	report.EnvelopeLinkOpencerts: true, report.EnvelopeLinkWallet: true,
}

// Find looks through words that somebody has written, also in HTML or XML: for
// links that lead to a credential as far as Read knows, tokens, and a JSON
// object. Each is found once, in their order, and no more than limits.Links.
// other is the one further link, "" where there are none or several.
func Find(text string) (found []string, other string) {
	text = text[:min(len(text), limits.LinkBytes)]
	seen := map[string]bool{}
	others := 0
	add := func(word, as string) {
		if !seen[as] && len(found) < limits.Links {
			found = append(found, word)
		}
		seen[as] = true
	}
	// One object; that of two is none.
	if start, end := strings.IndexByte(text, '{'), strings.LastIndexByte(text, '}'); start >= 0 && end > start {
		if object, err := strictjson.Parse([]byte(text[start : end+1])); err == nil && len(object.Members()) > 2 {
			return []string{text[start : end+1]}, ""
		}
	}
	for at := 0; at < len(text); {
		length := strings.IndexAny(text[at:], breaks)
		if length < 0 {
			length = len(text) - at
		}
		word := text[at : at+length]
		at += length + 1
		if start := strings.Index(word, "://"); start > 0 {
			for start > 0 && isSchemeByte(word[start-1]) {
				start--
			}
			word = strings.TrimRight(strings.ReplaceAll(word[start:], "&amp;", "&"), ".,;:!?*_")
			if !strings.Contains(word, "(") {
				word, _, _ = strings.Cut(word, ")") // as Markdown has it
			}
			l := Read(word)
			switch {
			case !worth[l.Code]:
				if !seen[word] && l.Host != "" {
					other = word
					others++
				}
				seen[word] = true
			case l.Code == report.EnvelopeLinkBadge:
				add(word, cutAt(word, "?#")) // who sends the link adds what is to be counted
			default:
				add(word, word)
			}
		} else if start := strings.Index(word, "eyJ"); start >= 0 && len(word)-start > 100 && strings.Count(word[start:], ".") > 1 {
			word = strings.TrimRight(word[start:], ".,;:!?)*")
			add(word, word)
		}
	}
	if others != 1 {
		other = ""
	}
	return found, other
}

// breaks are what stands between words, and around links in HTML.
const breaks = " \t\r\n\"'<>`|\\^\u007f"

func isSchemeByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.'
}
