// Package envelope finds out what a file is and takes the wrapping off: bytes
// in, one Envelope out for the file, from which inner ones can be opened. It
// proves nothing.
package envelope

import (
	"github.com/sealcheck/sealcheck/verifier/internal/cose"
	"github.com/sealcheck/sealcheck/verifier/internal/jws"
	"github.com/sealcheck/sealcheck/verifier/internal/sdjwt"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/internal/xades"
	"github.com/sealcheck/sealcheck/verifier/internal/xmltree"
)

// Form is how a credential is wrapped.
type Form string

const (
	JSON       Form = "json"        // a JSON object; its proof, if any, is embedded
	CompactJWS Form = "jws-compact" // header.payload.signature
	JSONJWS    Form = "jws-json"    // JWS JSON serialisation, general or flattened
	COSESign1  Form = "cose-sign1"  // COSE_Sign1, a signed message in CBOR
	SDJWT      Form = "sd-jwt"      // header.payload.signature~disclosure~ (RFC 9901)
	JSONSDJWT  Form = "sd-jwt-json" // the same in a JSON serialisation
	XML        Form = "xml"         // an XML document; its seal, if any, stands in it
	Address    Form = "address"     // only where an Open Badge before 3.0 is kept
)

// Envelope is one wrapped document.
type Envelope struct {
	Form Form
	// Path is where the envelope stands in the file: "" for the file itself,
	// else a JSON pointer, e.g. "/verifiableCredential/0".
	Path string
	// Document is the JSON object inside: the file's own object, or the
	// payload of the JWS or of the message in CBOR. Absent where a payload is
	// not a JSON object; for a status list token in CBOR it is the same claims
	// as a JWS would have them. For the forms of SD-JWT the payload with what is
	// disclosed in its place.
	Document strictjson.Value
	// JWS is the signed message, nil for Form JSON and COSESign1.
	JWS *jws.Message
	// SD is the message of the forms of SD-JWT, else nil; JWS is then the
	// token in it that the issuer signed.
	SD *sdjwt.Message
	// COSE is the signed message of Form COSESign1, else nil.
	COSE *cose.Message
	// XML is the root of what is to be read of Form XML, without its seals: of
	// what they cover, where there is one that can be read, parsed from these
	// very bytes. Part is which of the credentials in a presentation is meant,
	// from 1, or 0 for the only one or for the presentation.
	XML  *xmltree.Node
	Part int
	// Seals are the seals of Form XML, in the order of the file.
	Seals []Seal
	// Parts are the credentials of Form XML within this one that are judged by
	// themselves: those of a presentation with several, and others with a seal of
	// their own. InnerXML opens them.
	Parts []XMLPart
	// Address is the web address of Form Address, as written; else "".
	Address string
	// Packed says that Document was put together from numbers for terms, with
	// tables that may differ from those of whoever packed it: that a signature
	// does not hold may be our own unpacking's doing. Readings are what else the
	// numbers may stand for, the likelier in front.
	Packed   bool
	Readings []strictjson.Value
	// Depth is how many envelopes this one lies in.
	Depth int
}

// Seal is one seal of an XML document. Problem is why it cannot be read, a
// *report.Problem; Signature is then nil.
type Seal struct {
	Signature *xades.Signature
	Problem   error
}

// XMLPart is a credential in an XML document. Path is where it stands in the
// file, by the names of the elements on the way.
type XMLPart struct {
	Path    string
	element *xmltree.Node
	number  int // in its presentation, from 1
}
