package jsonld

// keyword is one of the words that JSON-LD keeps for itself (JSON-LD 1.1
// section 1.7). Those of framing are none here.
type keyword uint8

const (
	notKeyword keyword = iota
	kwBase
	kwContainer
	kwContext
	kwDirection
	kwGraph
	kwID
	kwImport
	kwIncluded
	kwIndex
	kwJSON
	kwLanguage
	kwList
	kwNest
	kwNone
	kwPrefix
	kwPropagate
	kwProtected
	kwReverse
	kwSet
	kwType
	kwValue
	kwVersion
	kwVocab
)

// keywordOf tells which keyword a text is.
func keywordOf(text string) keyword {
	if len(text) < 3 || text[0] != '@' {
		return notKeyword
	}
	switch text {
	case "@base":
		return kwBase
	case "@container":
		return kwContainer
	case "@context":
		return kwContext
	case "@direction":
		return kwDirection
	case "@graph":
		return kwGraph
	case "@id":
		return kwID
	case "@import":
		return kwImport
	case "@included":
		return kwIncluded
	case "@index":
		return kwIndex
	case "@json":
		return kwJSON
	case "@language":
		return kwLanguage
	case "@list":
		return kwList
	case "@nest":
		return kwNest
	case "@none":
		return kwNone
	case "@prefix":
		return kwPrefix
	case "@propagate":
		return kwPropagate
	case "@protected":
		return kwProtected
	case "@reverse":
		return kwReverse
	case "@set":
		return kwSet
	case "@type":
		return kwType
	case "@value":
		return kwValue
	case "@version":
		return kwVersion
	case "@vocab":
		return kwVocab
	}
	return notKeyword
}

// keywordForm says whether a text looks like a keyword: "@" and letters. Such
// texts are kept for later versions of JSON-LD and mean nothing.
func keywordForm(text string) bool {
	if len(text) < 2 || text[0] != '@' {
		return false
	}
	for i := 1; i < len(text); i++ {
		if !isLetter(text[i]) {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
