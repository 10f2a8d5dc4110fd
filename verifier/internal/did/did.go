// Package did reads decentralised identifiers (DID-CORE 3.1) and maps those of
// the method web to addresses.
package did

import (
	"net/netip"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Parse splits a DID (DID-CORE 3.1) into method and method-specific
// identifier.
func Parse(did string) (method, specific string, err error) {
	rest, found := strings.CutPrefix(did, "did:")
	method, specific, colon := strings.Cut(rest, ":")
	if !found || !colon || method == "" || specific == "" || len(did) > limits.DIDBytes {
		return "", "", report.NewProblem(report.KeyIdentifierMalformed, "no DID", "did", did)
	}
	for _, c := range []byte(method) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return "", "", report.NewProblem(report.KeyIdentifierMalformed, "a DID method has small letters and digits", "did", did)
		}
	}
	for i := 0; i < len(specific); i++ {
		c := specific[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte(".-_:", c) >= 0:
		case c == '%' && i+2 < len(specific) && hexDigit(specific[i+1]) >= 0 && hexDigit(specific[i+2]) >= 0:
		default:
			return "", "", report.NewProblem(report.KeyIdentifierMalformed, "a character that no DID has", "did", did)
		}
	}
	return method, specific, nil
}

func hexDigit(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }

// WebAddress is the https address of a did:web's document (did:web method,
// 2.5.2): colons become slashes, %3A stands before a port, no path means
// /.well-known/did.json.
func WebAddress(did, specific string) (string, error) {
	malformed := func(why string) (string, error) {
		return "", report.NewProblem(report.KeyIdentifierMalformed, why, "did", did)
	}
	segments := strings.Split(specific, ":")
	host := strings.ToLower(segments[0])
	host, port, hasPort := strings.Cut(host, "%3a")
	if strings.Contains(host, "%") {
		return malformed("an encoded character in the host")
	}
	if hasPort && (len(port) == 0 || len(port) > 5 || strings.Trim(port, "0123456789") != "" || port[0] == '0') {
		return malformed("no port")
	}
	// A name whose last part begins with a digit is an IPv4 address in some
	// spelling; brackets and colons cannot occur in a DID.
	last := host[strings.LastIndexByte(host, '.')+1:]
	if _, err := netip.ParseAddr(host); err == nil || last == "" || last[0] >= '0' && last[0] <= '9' {
		return malformed("no host name")
	}
	address := "https://" + host
	if hasPort {
		address += ":" + port
	}
	if len(segments) == 1 {
		return address + "/.well-known/did.json", nil
	}
	for _, segment := range segments[1:] {
		if !plainSegment(segment) {
			return malformed("a path that is empty or leads elsewhere")
		}
		address += "/" + segment
	}
	return address + "/did.json", nil
}

// ebsiRegister is where EBSI's DID register answers: that of the pilot, which
// is the one that issuers use. The registers for trials (api-test,
// api-conformance) hold other documents and are not asked.
const ebsiRegister = "https://api-pilot.ebsi.eu/did-registry/v5/identifiers/"

// EBSIAddress is the https address of the document of a did:ebsi (did:ebsi
// method, version 1, of legal entities): z, and in base58btc a byte 1 and 16
// random ones. Natural persons have a did:key today; the identifiers of version
// 2 that they had before stand in no register.
func EBSIAddress(did, specific string) (string, error) {
	data, err := multibase.Decode(specific)
	switch {
	case err != nil || specific[0] != 'z' || len(data) == 0:
		return "", report.NewProblem(report.KeyIdentifierMalformed, "a did:ebsi is z and base58btc", "did", did)
	case data[0] == 2 && len(data) == 33:
		return "", report.NewProblem(report.KeyMethodUnsupported, "of a natural person", "did", did, "method", "did:ebsi")
	case data[0] != 1 || len(data) != 17:
		return "", report.NewProblem(report.KeyIdentifierMalformed, "neither version 1 of did:ebsi nor 2", "did", did)
	}
	return ebsiRegister + did, nil
}

// plainSegment says whether a path segment, decoded, is one segment and
// neither the one above nor the same.
func plainSegment(segment string) bool {
	var decoded []byte
	for i := 0; i < len(segment); i++ {
		c := segment[i]
		if c == '%' {
			c = byte(hexDigit(segment[i+1])<<4 | hexDigit(segment[i+2]))
			i += 2
		}
		if c < ' ' || c == 0x7f || strings.IndexByte("/\\?#%", c) >= 0 {
			return false
		}
		decoded = append(decoded, c)
	}
	return len(decoded) > 0 && string(decoded) != "." && string(decoded) != ".."
}
