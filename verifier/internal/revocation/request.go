package revocation

import (
	"bytes"
	"crypto"
	"crypto/x509/pkix"
	"encoding/base64"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/der"
)

type pkixExtension = pkix.Extension

// requestBytes is the longest address that is asked for in this way (RFC 6960
// A.1: fewer than 255 bytes).
const requestBytes = 254

// Request is the address at which a responder can be asked about a certificate
// without sending anything but the address (RFC 6960 A.1), or "" where there is
// none. It holds no nonce: the answer can be one made before.
func Request(server string, s Subject) string {
	if strings.ContainsAny(server, "?#") {
		return ""
	}
	// RFC 5019 2.1.1: SHA-1, which every responder knows. It names the issuer
	// and secures nothing.
	id := []byte{der.Sequence, 9, der.OID, 5, 0x2b, 0x0e, 0x03, 0x02, 0x1a, der.Null, 0}
	id = appendElement(id, der.OctetString, digest(crypto.SHA1, s.Certificate.RawIssuer))
	id = appendElement(id, der.OctetString, digest(crypto.SHA1, keyBits(s.Issuer)))
	number := serial(s.Certificate)
	if len(number) == 0 || len(number) > 40 {
		return ""
	}
	id = appendElement(id, der.Integer, number)
	// CertID in Request in requestList in TBSRequest in OCSPRequest.
	for range 5 {
		id = appendElement(nil, der.Sequence, id)
	}
	text := base64.StdEncoding.EncodeToString(id)
	address := strings.TrimSuffix(server, "/") + "/" + strings.NewReplacer("+", "%2B", "/", "%2F", "=", "%3D").Replace(text)
	if len(address) > requestBytes {
		return ""
	}
	return address
}

// appendElement appends an element of fewer than 128 bytes, or up to 255.
func appendElement(to []byte, tag byte, content []byte) []byte {
	if len(content) < 0x80 {
		to = append(to, tag, byte(len(content)))
	} else {
		to = append(to, tag, 0x81, byte(len(content)))
	}
	return append(to, bytes.Clone(content)...)
}
