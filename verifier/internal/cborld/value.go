package cborld

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"math"
	"strconv"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/cbor"
	"github.com/sealcheck/sealcheck/verifier/internal/multibase"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// The types of values that are packed in a way of their own.
const (
	typeMultibase   = "https://w3id.org/security#multibase"
	typeDate        = "http://www.w3.org/2001/XMLSchema#date"
	typeDateTime    = "http://www.w3.org/2001/XMLSchema#dateTime"
	typeCryptosuite = "https://w3id.org/security#cryptosuiteString"
	typeAddress     = "@id" // and @vocab, and what @id and @type themselves hold
	typeNone        = ""
)

// addresses are those that the first form has numbers for, from 16 on
// (https://digitalbazaar.github.io/cbor-ld-spec/#term-codec-registry).
var addresses = [...]string{
	"https://www.w3.org/ns/activitystreams",
	"https://www.w3.org/2018/credentials/v1",
	"https://www.w3.org/ns/did/v1",
	"https://w3id.org/security/suites/ed25519-2018/v1",
	"https://w3id.org/security/suites/ed25519-2020/v1",
	"https://w3id.org/cit/v1",
	"https://w3id.org/age/v1",
	"https://w3id.org/security/suites/x25519-2020/v1",
	"https://w3id.org/veres-one/v1",
	"https://w3id.org/webkms/v1",
	"https://w3id.org/zcap/v1",
	"https://w3id.org/security/suites/hmac-2019/v1",
	"https://w3id.org/security/suites/aes-2019/v1",
	"https://w3id.org/vaccination/v1",
	"https://w3id.org/vc-revocation-list-2020/v1",
	"https://w3id.org/dcc/v1",
	"https://w3id.org/vc/status-list/v1",
	"https://www.w3.org/ns/credentials/v2",
	48 - 16: "https://w3id.org/security/data-integrity/v1",
	"https://w3id.org/security/multikey/v1",
	"https://purl.imsglobal.org/spec/ob/v3p0/context.json",
	"https://w3id.org/security/data-integrity/v2",
}

// cryptosuites have numbers from 1 on in the first form.
var cryptosuites = [...]string{"ecdsa-rdfc-2019", "ecdsa-sd-2023", "eddsa-rdfc-2022", "ecdsa-xi-2023"}

// address is the one with a number, "" where there is none.
func address(number int64) string {
	if number < 16 || number >= 16+int64(len(addresses)) {
		return ""
	}
	return addresses[number-16]
}

// value unpacks one value of a term. Objects in it are read under s.
func (u *unpacker) value(it *item, kind string, s *scope) {
	text, packed := u.packed(it, kind)
	switch {
	case packed && text == "":
		u.damaged("a value that its type does not have")
	case packed:
		u.text(text)
	case it.kind == cbor.Map:
		u.object(it, s)
	case it.kind == cbor.Array:
		u.list(it.items, func(inner *item) { u.value(inner, kind, s) })
	default:
		u.plain(it)
	}
}

// packed is the text that an item stands for, "" where it stands for none. ok is
// false for what stands there as it is.
func (u *unpacker) packed(it *item, kind string) (text string, ok bool) {
	whole := it.whole()
	switch {
	case it.kind == cbor.Array && kind == typeAddress:
		text = scheme(it.items)
	case it.kind == cbor.Array && kind == typeDateTime && len(it.items) == 2 && it.items[0].whole() && it.items[1].whole():
		text = instant(it.items[0].number, it.items[1].number, "2006-01-02T15:04:05.000Z")
	case it.kind == cbor.Bytes && kind == typeMultibase:
		text = letter(it.bytes)
	case it.kind == cbor.Bytes && kind == typeNone && u.legacy && len(it.bytes) == 1:
		text = address(int64(it.bytes[0]))
	case whole && kind == typeAddress:
		if u.legacy {
			text = address(it.number)
		}
		if term, plural := u.term(it.number); text == "" && !plural {
			text = term
		}
	case whole && kind == typeCryptosuite && u.legacy:
		if it.number > 0 && it.number <= int64(len(cryptosuites)) {
			text = cryptosuites[it.number-1]
		}
	case whole && kind == typeDateTime:
		text = instant(it.number, 0, "2006-01-02T15:04:05Z")
	case whole && kind == typeDate:
		if it.number%86400 == 0 {
			text = instant(it.number, 0, time.DateOnly)
		}
	default:
		return "", false
	}
	return text, true
}

// whole says whether an item is an integer.
func (it *item) whole() bool { return it.kind == cbor.Number || it.kind == cbor.Negative }

// scheme unpacks an address: a number for how it begins, and the rest.
func scheme(parts []item) string {
	if len(parts) < 2 || len(parts) > 3 || parts[0].kind != cbor.Number {
		return ""
	}
	rest, third := parts[1], len(parts) == 3
	switch parts[0].number {
	case 1, 2:
		if rest.kind == cbor.Text && !third {
			return [...]string{"http://", "https://"}[parts[0].number-1] + rest.text
		}
	case 3:
		if rest.kind == cbor.Bytes && len(rest.bytes) == 16 && !third {
			h := hex.EncodeToString(rest.bytes)
			return "urn:uuid:" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
		}
		if rest.kind == cbor.Text && !third {
			return "urn:uuid:" + rest.text
		}
	case 4: // RFC 2397
		if rest.kind == cbor.Text && !third {
			return "data:" + rest.text
		}
		if rest.kind == cbor.Text && parts[2].kind == cbor.Bytes {
			return "data:" + rest.text + ";base64," + base64.StdEncoding.EncodeToString(parts[2].bytes)
		}
	case 1024, 1025:
		text := [...]string{"did:v1:nym:", "did:key:"}[parts[0].number-1024]
		for i, part := range parts[1:] {
			if i > 0 {
				text += "#"
			}
			switch part.kind {
			case cbor.Text:
				text += part.text
			case cbor.Bytes:
				text += "z" + multibase.EncodeBase58(part.bytes)
			default:
				return ""
			}
		}
		return text
	}
	return ""
}

// letter unpacks bytes of multibase, which follow the letter of their base.
func letter(data []byte) string {
	if len(data) == 0 {
		return ""
	}
	switch data[0] {
	case 'z':
		return "z" + multibase.EncodeBase58(data[1:])
	case 'u':
		return "u" + base64.RawURLEncoding.EncodeToString(data[1:])
	case 'M':
		return "M" + base64.StdEncoding.EncodeToString(data[1:])
	}
	return ""
}

// The seconds of the first and the last instant with a year of four digits.
const (
	firstSecond = -62167219200
	lastSecond  = 253402300799
)

func instant(seconds, milliseconds int64, layout string) string {
	if seconds < firstSecond || seconds > lastSecond || milliseconds < 0 || milliseconds > 999 {
		return ""
	}
	return time.Unix(seconds, milliseconds*1e6).UTC().Format(layout)
}

// text writes a text.
func (u *unpacker) text(text string) { u.out = strictjson.NewString(text).Append(u.out) }

// key writes the key of a member; open where the object was opened.
func (u *unpacker) key(text string, open int) {
	if len(u.out) > open {
		u.out = append(u.out, ',')
	}
	u.text(text)
	u.out = append(u.out, ':')
}

// list writes a list.
func (u *unpacker) list(items []item, write func(*item)) {
	u.out = append(u.out, '[')
	for i := range items {
		if i > 0 {
			u.out = append(u.out, ',')
		}
		write(&items[i])
	}
	u.out = append(u.out, ']')
}

// plain writes the JSON of an item in which nothing is packed.
func (u *unpacker) plain(it *item) {
	switch it.kind {
	case cbor.Number, cbor.Negative:
		u.out = strconv.AppendInt(u.out, it.number, 10)
	case cbor.Text:
		u.text(it.text)
	case cbor.Array:
		u.list(it.items, u.plain)
	case cbor.Map:
		u.out = append(u.out, '{')
		open := len(u.out)
		for i := 0; i < len(it.items); i += 2 {
			if it.items[i].kind != cbor.Text {
				u.damaged("a key that is no text")
			}
			u.key(it.items[i].text, open)
			u.plain(&it.items[i+1])
		}
		u.out = append(u.out, '}')
	case cbor.Simple:
		u.simple(it.bytes)
	default:
		u.damaged("a value that JSON does not have")
	}
}

// simple writes what has no kind of its own, as it stands in CBOR. A float that
// is no number is none of JSON either, which finish sees.
func (u *unpacker) simple(data []byte) {
	float := 0.0
	switch len(data) {
	case 3:
		float = half(binary.BigEndian.Uint16(data[1:]))
	case 5:
		float = float64(math.Float32frombits(binary.BigEndian.Uint32(data[1:])))
	case 9:
		float = math.Float64frombits(binary.BigEndian.Uint64(data[1:]))
	default:
		u.out = append(u.out, [...]string{"false", "true", "null", "undefined"}[data[0]&3]...)
		return
	}
	u.out = strconv.AppendFloat(u.out, float, 'g', -1, 64)
}

// half is a float of two bytes (RFC 8949 D).
func half(bits uint16) float64 {
	exponent, fraction := bits>>10&31, float64(bits&1023)
	switch exponent {
	case 0:
		fraction /= 1 << 24
	case 31:
		return math.NaN() // or infinite: JSON has neither
	default:
		fraction = (fraction + 1024) * float64(uint64(1)<<exponent) / (1 << 25)
	}
	if bits>>15 != 0 {
		return -fraction
	}
	return fraction
}
