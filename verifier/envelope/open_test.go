package envelope

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/internal/yardstick"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func b64(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

var (
	header = b64(`{"alg":"ES256","typ":"vc+jwt"}`)
	signed = header + "." + b64(`{"iss":"x"}`) + "." + b64("signature")
	// presented is a presentation, by its payload and by nothing else.
	presented = b64(`{"alg":"ES256","typ":"JWT"}`) + "." + b64(`{"vp":{}}`) + "." + b64("signature")
	vc        = `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"]}`
)

func codes(findings report.Findings) string {
	var all []string
	for _, finding := range findings {
		all = append(all, strings.TrimPrefix(string(finding.Code), "envelope."))
	}
	return strings.Join(all, " ")
}

// expect opens a file and compares the codes; a file that passes must have a
// form, one that fails must give nothing away.
func expect(t *testing.T, file, want string) Envelope {
	t.Helper()
	e, findings := Open([]byte(file))
	judge(t, e, findings, want)
	return e
}

func judge(t *testing.T, e Envelope, findings report.Findings, want string) {
	t.Helper()
	if got := codes(findings); got != want {
		t.Errorf("got %s %v, want %s", got, findings, want)
	}
	if passed := findings.Outcome().Lets(); passed != (e.Form != "") || passed == reflect.DeepEqual(e, Envelope{}) {
		t.Errorf("%s with outcome %v", e.Form, findings.Outcome())
	}
	if e.Form != "" && e.Form != JSON && e.JWS == nil && e.COSE == nil {
		t.Error("a signed form without its message")
	}
}

func TestOpenAround(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{"object", vc, "json"},
		{"line end behind", vc + "\n", "json"},
		{"JSON white space around", " \r\n\t" + vc + "\r\n\r\n ", "json"},
		{"byte order mark", "\ufeff" + vc, "json whitespace"},
		{"byte order mark behind", vc + "\ufeff", "json whitespace"},
		{"no-break spaces", "\u00a0" + vc + "\u00a0", "json whitespace"},
		{"zero width space", "\u200b" + vc, "json whitespace"},
		{"single quotes", "'" + vc + "'", "json whitespace"},
		{"backticks", "`" + vc + "`\n", "json whitespace"},
		{"double quotes without escapes", `"` + vc + `"`, "json whitespace"},
		{"JSON string", quote(vc), "json whitespace"},
		{"JSON string of a JSON string", quote(quote(vc)), "json whitespace"},
		{"too many layers", quote(quote(quote(quote(vc)))), "unknown"},
		{"quotes that do not match", "'" + vc + "`", "text"},
		{"compact", signed, "jws_compact"},
		{"compact, line end", signed + "\r\n", "jws_compact"},
		{"compact, quoted", `"` + signed + `"`, "jws_compact whitespace"},
		{"compact, quoted, space inside the quotes", `" ` + signed + ` "`, "jws_compact whitespace"},
		{"compact, in lines", lines(signed), "jws_compact whitespace"},
		{"compact, in lines and quoted", "'" + lines(signed) + "'", "jws_compact whitespace"},
		{"compact, a tab inside", signed[:20] + "\t" + signed[20:], "jws_compact whitespace"},
		{"compact, something else inside", signed[:20] + "\u200b" + signed[20:], "jws_base64"},
		{"compact, header in lines", b64("{\r\n  \"alg\": \"RS256\"\r\n}") + "." + b64("{}") + ".AA", "jws_compact"},
		{"compact, unencoded payload", b64(`{"alg":"ES256","b64":false}`) + `.{"a": "b c"}.AA`, "jws_compact"},
		{"compact, unencoded payload in lines", b64(`{"alg":"ES256","b64":false}`) + ".{\"a\":\n\"b c\"}.AA", "jws_payload"},
		{"empty", "", "empty"},
		{"white space", " \n\t\r\n", "empty"},
		{"byte order mark alone", "\ufeff\n", "empty"},
		{"quotes alone", `""`, "empty"},
		{"too large", strings.Repeat(" ", limits.FileBytes+1), "too_large"},
		{"as large as may be", strings.Repeat(" ", limits.FileBytes-len(vc)) + vc, "json"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { expect(t, test.file, test.want) })
	}
}

func quote(text string) string { return string(strictjson.NewString(text).Append(nil)) }

func lines(text string) string {
	var b strings.Builder
	for len(text) > 30 {
		b.WriteString(text[:30] + "\r\n")
		text = text[30:]
	}
	return b.String() + text
}

func TestOpenJSON(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{"syntax", `{"a":}`, "json_syntax"},
		{"truncated", vc[:len(vc)-1], "json_truncated"},
		{"truncated in a string", vc[:20], "json_truncated"},
		{"duplicate key", `{"a":1,"\u0061":2}`, "json_duplicate_key"},
		{"UTF-8", "{\"a\":\"\xff\"}", "json_utf8"},
		{"Latin-1", "{\"name\":\"Universit\xe9\"}", "json_utf8"},
		{"surrogate", `{"a":"\ud800"}`, "json_surrogate"},
		{"trailing", vc + vc, "json_trailing"},
		{"trailing NUL", vc + "\x00", "json_trailing"},
		{"depth", strings.Repeat(`{"a":`, limits.JSONDepth+1), "json_depth"},
		{"tokens", `{"a":[` + strings.Repeat("0,", limits.JSONTokens) + `0]}`, "json_tokens"},
		{"number", `{"a":1e999}`, "json_number"},
		{"list of one", "[" + vc + "]", "unknown"},
		{"broken list", "[{]", "json_syntax"},
		{"number alone", "42", "unknown"},
		{"true alone", "true", "unknown"},
		{"string alone", `"hello"`, "text"},
		{"empty object", "{}", "json"},
		{"draft of a European credential", `{"credential":` + vc + `,"deliveryDetails":{}}`, "json"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { expect(t, test.file, test.want) })
	}
	_, findings := Open([]byte(`{"issuer":1,"issuer":2}`))
	if facts := findings[0].Facts; facts["what"] != "issuer" || facts["where"] != "file" {
		t.Errorf("facts %v", facts)
	}
}

func TestOpenJWS(t *testing.T) {
	compact := func(payload string) string { return header + "." + b64(payload) + "." + b64("s") }
	general := `{"payload":"` + b64(vc) + `","signatures":[{"protected":"` + header + `","signature":"AA"}]}`
	jwe := b64(`{"alg":"RSA-OAEP","enc":"A256GCM"}`)
	tests := []struct {
		name, file, want string
		document         strictjson.Kind
	}{
		{"general", general, "jws_json", strictjson.Object},
		{"flattened", `{"payload":"` + b64(vc) + `","protected":"` + header + `","signature":"AA"}`, "jws_json", strictjson.Object},
		{"detached", `{"protected":"` + header + `","signature":"AA"}`, "jws_json", strictjson.Absent},
		{"no signatures", `{"payload":"e30","signatures":[]}`, "no_signatures", 0},
		{"both forms", `{"payload":"e30","signature":"AA","signatures":[]}`, "jws_malformed", 0},
		{"a VC with a proof is no JWS", `{"proof":{"signature":"AA","payload":"x"}}`, "json", strictjson.Object},
		{"a VC with an old signature member is no JWS", `{"@context":[],"signature":{"type":"MerkleProof2017"}}`, "json", strictjson.Object},
		{"payload with spaces", compact(" \n" + vc), "jws_compact", strictjson.Object},
		{"payload with a byte order mark", compact("\ufeff" + vc), "jws_compact whitespace", strictjson.Object},
		{"payload with a duplicate", compact(`{"iss":1,"iss":2}`), "json_duplicate_key", 0},
		{"payload truncated", compact(`{"iss":1`), "json_truncated", 0},
		{"payload with something behind", compact(`{"iss":1}{}`), "json_trailing", 0},
		{"payload with bad UTF-8", compact("{\"iss\":\"\xff\"}"), "json_utf8", 0},
		{"payload of a general JWS with a duplicate", strings.Replace(general, b64(vc), b64(`{"a":1,"a":2}`), 1), "json_duplicate_key", 0},
		{"payload is text", compact(`Hello`), "jws_compact", strictjson.Absent},
		{"payload is a list", compact(`[{}]`), "jws_compact", strictjson.Absent},
		{"payload is empty", compact(``), "jws_compact", strictjson.Absent},
		{"payload is binary", compact("\x00\xff"), "jws_compact", strictjson.Absent},
		{"signature empty", header + "." + b64("{}") + ".", "jws_compact", strictjson.Object},
		{"one part", header, "jws_malformed", 0},
		{"two parts", header + "." + b64("{}"), "jws_malformed", 0},
		{"padding", signed + "=", "jws_base64", 0},
		{"header with a duplicate", b64("{ \"alg\":1,\"alg\":2}") + ".e30.AA", "jws_header", 0},
		{"header is no JSON", b64("ES256") + "." + b64(`{"iss":"x"}`) + ".AA", "jws_header", 0},
		{"header is no base64url", "ES256!." + b64(`{"iss":"x"}`) + ".AA", "text", 0},
		{"words with two dots", "e.g. this.that", "text", 0},
		{"a version", "1.2.3", "text", 0},
		{"SD-JWT", signed + "~" + b64(`["s","n","v"]`) + "~", "sd_disclosure_foreign", 0},
		{"SD-JWT without disclosures", signed + "~", "sd_compact", strictjson.Object},
		{"SD-JWT with key binding", signed + "~" + signed, "sd_compact", strictjson.Object},
		{"SD-JWT in lines", lines(signed + "~"), "sd_compact whitespace", strictjson.Object},
		{"SD-JWT in JSON", `{"payload":"e30","protected":"` + header + `","header":{"disclosures":[]},"signature":"AA"}`, "sd_json", strictjson.Object},
		{"SD-JWT in JSON, draft", `{"payload":"e30","protected":"` + header + `","disclosures":[],"signature":"AA"}`, "sd_malformed", 0},
		{"JWE", jwe + ".AA.AA.AA.AA", "jwe", 0},
		{"JWE, direct", jwe + "..AA.AA.AA", "jwe", 0},
		{"JWE in JSON", `{"protected":"` + jwe + `","ciphertext":"AA","iv":"AA","tag":"AA"}`, "jwe", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := expect(t, test.file, test.want)
			if e.Document.Kind() != test.document {
				t.Errorf("document %v", e.Document.Kind())
			}
		})
	}
	_, findings := Open([]byte(compact(`{"iss":1,"iss":2}`)))
	if facts := findings[0].Facts; facts["what"] != "iss" || facts["where"] != "payload" {
		t.Errorf("facts %v", facts)
	}
}

func TestOpenWrapped(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{"jwt", `{"jwt":"` + signed + `"}`, "jws_compact jwt_member"},
		{"jwt and more", `{"jwt":"` + signed + `","x":1}`, "json"},
		{"jwt holds no JWS", `{"jwt":"x"}`, "json"},
		{"jwt holds half a JWS", `{"jwt":"` + header + `"}`, "jws_malformed"},
		{"credential", `{"format":"jwt_vc_json","credential":"` + signed + `"}`, "jws_compact jwt_member"},
		{"vc", `{"vc":"` + signed + `"}`, "jws_compact jwt_member"},
		{"verifiableCredential", `{"verifiableCredential":"` + signed + `"}`, "jws_compact jwt_member"},
		{"verifiableCredential, list of one", `{"verifiableCredential":["` + signed + `"]}`, "jws_compact jwt_member"},
		{"verifiableCredential, list of two", `{"verifiableCredential":["` + signed + `","` + signed + `"]}`, "json"},
		{"two carriers", `{"vc":"` + signed + `","credential":"` + signed + `"}`, "json"},
		{"a presentation is a document", `{"@context":[],"type":"VerifiablePresentation","verifiableCredential":"` + signed + `"}`, "json"},
		{"a document with a proof", `{"vc":"` + signed + `","proof":{}}`, "json"},
		{"SD-JWT in a carrier", `{"credential":"` + signed + `~"}`, "sd_compact jwt_member"},
		{"enveloped", enveloped("data:application/vc+jwt," + signed), "jws_compact data_address"},
		{"enveloped presentation", `{"type":["EnvelopedVerifiablePresentation"],"id":"data:application/vp+jwt,` + presented + `"}`, "jws_compact data_address"},
		{"enveloped, of another kind", enveloped("data:application/jwt," + presented), "data_address_malformed"},
		{"enveloped presentation, of another kind", `{"type":["EnvelopedVerifiablePresentation"],"id":"data:application/jwt,` + signed + `"}`, "data_address_malformed"},
		{"enveloped as both", `{"type":["EnvelopedVerifiablePresentation","EnvelopedVerifiableCredential"],"id":"data:application/jwt,` + signed + `"}`, "data_address_malformed"},
		{"a presentation under the type of a credential", "data:application/vc+jwt," + presented, "data_address_malformed"},
		{"a credential under the type of a presentation", "data:application/vp+jwt," + signed, "data_address_malformed"},
		{"typ of a presentation under the type of a credential", "data:application/vc-ld+jwt," + b64(`{"alg":"ES256","typ":"vp+jwt"}`) + signed[strings.IndexByte(signed, '.'):], "data_address_malformed"},
		{"enveloped, no id", `{"type":"EnvelopedVerifiableCredential"}`, "data_address_malformed"},
		{"enveloped, id elsewhere", enveloped("https://example.com/vc"), "data_address_malformed"},
		{"data: in an object without the type", `{"id":"data:application/vc+jwt,` + signed + `"}`, "json"},
		{"capitals", "DATA:Application/VC+JWT," + signed, "jws_compact data_address"},
		{"jwt type", "data:application/jwt," + signed, "jws_compact data_address"},
		{"draft type", "data:application/vc+ld+json+jwt," + signed, "jws_compact data_address"},
		{"base64url parameter", "data:application/vc-ld+jwt;base64url," + signed, "jws_compact data_address"},
		{"charset parameter", "data:application/vc+jwt;charset=utf-8," + signed, "jws_compact data_address"},
		{"base64 of the JWS", "data:application/vc+jwt;base64," + base64.StdEncoding.EncodeToString([]byte(signed)), "jws_compact data_address"},
		{"base64 without padding", "data:application/vc+jwt;base64," + strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(signed)), "="), "jws_compact data_address"},
		{"said to be base64", "data:application/vc+jwt;base64," + signed, "jws_compact data_address"},
		{"percent", "data:application/vc+jwt," + strings.ReplaceAll(signed, ".", "%2E"), "jws_compact data_address"},
		{"line end", "data:application/vc+jwt," + signed + "\n", "jws_compact data_address"},
		{"quoted", `"data:application/vc+jwt,` + signed + `"`, "jws_compact whitespace data_address"},
		{"broken percent", "data:application/vc+jwt," + signed + "%2", "data_address_malformed"},
		{"broken percent, letters", "data:application/vc+jwt," + signed + "%zz", "data_address_malformed"},
		{"broken base64", "data:application/vc+jwt;base64,*", "data_address_malformed"},
		{"no comma", "data:application/vc+jwt;" + signed, "data_address_malformed"},
		{"two parts", "data:application/vc+jwt," + header + ".e30", "data_address_malformed"},
		{"nothing", "data:application/vc+jwt,", "data_address_malformed"},
		{"unknown type", "data:text/html,x", "data_address_malformed"},
		{"no base64url", "data:application/vc+jwt," + signed + "=", "jws_base64"},
		{"space inside", "data:application/vc+jwt," + signed[:9] + " " + signed[9:], "jws_base64"},
		{"SD-JWT type", "data:application/vc+sd-jwt," + signed + "~", "sd_compact data_address"},
		{"JWT under the type of an SD-JWT", "data:application/vc+sd-jwt," + signed, "data_address_malformed"},
		{"SD-JWT under the type of a JWT", "data:application/vc+jwt," + signed + "~", "data_address_malformed"},
		{"COSE type", "data:application/vc+cose;base64,0oRDoQEm", "cose_malformed"},
		{"no COSE under its type", "data:application/vc+cose;base64,oA==", "cbor"},
		{"picture", "data:image/png;base64," + b64std(picture()), "png"},
		{"picture, cut off", "data:image/png;base64,iVBORw0KGgo=", "picture_truncated"},
		{"picture that is none", "data:image/png,x", "png"},
		{"badge picture", "data:image/png;base64," + b64std(picture(iTXt("openbadgecredential", signed))), "baked_png jws_compact data_address picture_unsigned"},
		{"badge drawing", "data:image/svg+xml," + drawing(`<o:credential verify="`+signed+`"/>`), "baked_svg jws_compact data_address picture_unsigned"},
		{"other picture", "data:image/jpeg;base64,/9j/", "image"},
		{"words", "data: see below, please", "text"},
		{"words without a space", "data:x,y", "text"},
		{"a jwt inside a jwt member is not searched", `{"jwt":"{\"jwt\":\"` + signed + `\"}"}`, "json"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { expect(t, test.file, test.want) })
	}
}

func enveloped(id string) string {
	return `{"@context":"https://www.w3.org/ns/credentials/v2","type":"EnvelopedVerifiableCredential","id":"` + id + `"}`
}

func TestSniff(t *testing.T) {
	zip := func(names ...string) string {
		all := ""
		for _, name := range names {
			all += "PK\x03\x04" + strings.Repeat("\x00", 26) + name
		}
		return all
	}
	utf16Text := func(order binary.AppendByteOrder, text string) string {
		var out []byte
		for _, unit := range utf16.Encode([]rune(text)) {
			out = order.AppendUint16(out, unit)
		}
		return string(out)
	}
	fromHex := func(text string) string {
		data, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	// tagged COSE_Sign1 with an empty header, payload "x" and one byte
	cose := fromHex("d28443a10126a041784101")
	der := "\x30\x82\x01\x00\x30\x81\xfa" + strings.Repeat("\x02\x01\x01", 83) + "\x00\x00\x00\x00"
	cms := "\x30\x50\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + strings.Repeat("\x00", 69)

	tests := []struct{ name, file, want, fact string }{
		{"PDF", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdf", ""},
		{"PDF after a line", "junk\r\n\x00\xff%PDF-1.4\n", "pdf", ""},
		{"PDF in a JSON text is JSON", `{"a":"%PDF-1.4"}`, "json", ""},
		{"PNG", picture(), "png", ""},
		{"PNG, cut off", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture_truncated", ""},
		{"JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF", "image", "JPEG"},
		{"GIF", "GIF89a\x01\x00", "image", "GIF"},
		{"WebP", "RIFF\x00\x00\x00\x00WEBPVP8 ", "image", "WebP"},
		{"HEIC", "\x00\x00\x00\x18ftypheic\x00\x00", "image", "HEIC"},
		{"HEIF", "\x00\x00\x00\x18ftypmif1\x00\x00", "image", "HEIC"},
		{"AVIF", "\x00\x00\x00\x1cftypavif\x00\x00", "image", "AVIF"},
		{"TIFF", "II*\x00\x08\x00\x00\x00", "image", "TIFF"},
		{"BMP", "BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00", "image", "BMP"},
		{"SVG", `<svg xmlns="http://www.w3.org/2000/svg"/>`, "svg", ""},
		{"SVG with a prolog", "\ufeff<?xml version=\"1.0\"?>\r\n<!-- <html> -->\n<!DOCTYPE svg PUBLIC \"\">\n<svg:svg xmlns:svg='x'/>", "svg", ""},
		{"SVG with a prefix", `<?xml version="1.0"?><s:svg xmlns:s="http://www.w3.org/2000/svg"></s:svg>`, "svg", ""},
		{"ZIP", zip("a.json", "b.json"), "zip", ""},
		{"empty ZIP", "PK\x05\x06" + strings.Repeat("\x00", 18), "zip", ""},
		{"Word", zip("[Content_Types].xml", "word/document.xml"), "office", ""},
		{"Excel", zip("xl/workbook.xml", "[Content_Types].xml"), "office", ""},
		{"a folder of that name", zip("word/badge.json", "password/badge.json"), "zip", ""},
		{"OpenDocument", zip("mimetypeapplication/vnd.oasis.opendocument.text"), "office", ""},
		{"old Word", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "office", "OLE"},
		{"RTF", `{\rtf1\ansi Hello}`, "office", ""},
		{"gzip", "\x1f\x8b\x08\x00\x00\x00\x00\x00", "gzip", ""},
		{"XML", `<?xml version="1.0" encoding="ISO-8859-1"?><certificat nom="Ren` + "\xe9" + `"/>`, "xml", "certificat"},
		{"XML without a prolog", `<a:b xmlns:a="x"><c/></a:b>`, "xml", "b"},
		{"XML, comment without end", `<!-- x`, "text", ""},
		{"Europass XML of another kind", `<?xml version="1.0"?><learningOpportunity xmlns="http://data.europa.eu/snb"/>`, "europass_xml", ""},
		{"a credential of nobody's namespace", `<?xml version="1.0"?><europassCredential xmlns="http://example.com"/>`, "europass_xml", ""},
		{"Europass presentation of nothing", `<v:verifiablePresentation xmlns:v="http://data.europa.eu/snb/vp"/>`, "xml_several", ""},
		{"Europass XML with definitions", `<!DOCTYPE europassCredential [<!ENTITY x "y">]><europassCredential>&x;</europassCredential>`, "xml_definitions", ""},
		{"Europass XML, DOCTYPE alone", `<!DOCTYPE europassCredential><europassCredential/>`, "xml_definitions", ""},
		{"Europass XML, cut off", `<europassCredential><title>`, "xml_malformed", ""},
		{"Europass XML, too deep", "<europassCredential>" + strings.Repeat("<a>", 300), "xml_malformed", ""},
		{"trusted list", `<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"></TrustServiceStatusList>`, "trusted_list_xml", ""},
		{"Europass XML by namespace", `<vp xmlns:x="http://data.europa.eu/snb#"></vp>`, "europass_xml", ""},
		{"HTML", "<!DOCTYPE html>\n<html><head><title>Badge</title></head></html>", "html", ""},
		{"HTML in Latin-1", "<html><title>Universit\xe9</title></html>", "html", ""},
		{"HTML, small letters, no doctype", "\n\n<html lang=en>", "html", ""},
		{"piece of HTML", "<div class=x>hello</div>", "html", ""},
		{"login page by its field", `<!doctype html><html><form><input Type="Password"></form></html>`, "login_page", ""},
		{"login page by its title", `<!doctype html><title>Sign in to your account</title>`, "login_page", ""},
		{"login page in German", `<html><head><TITLE lang=de>Anmelden</TITLE>`, "login_page", ""},
		{"words in brackets", "<someone@example.com> wrote", "text", ""},
		{"less than", "<3", "text", ""},
		{"N-Quads", "<http://a> <http://b> \"c\" .\n", "text", ""},
		{"UTF-16LE with mark", "\xff\xfe" + utf16Text(binary.LittleEndian, vc), "utf16", ""},
		{"UTF-16BE with mark", "\xfe\xff" + utf16Text(binary.BigEndian, vc), "utf16", ""},
		{"UTF-16LE", utf16Text(binary.LittleEndian, vc), "utf16", ""},
		{"UTF-16BE", utf16Text(binary.BigEndian, vc), "utf16", ""},
		{"UTF-16LE, a JWS", utf16Text(binary.LittleEndian, signed), "utf16", ""},
		{"UTF-32LE", "{\x00\x00\x00}\x00\x00\x00", "utf16", ""},
		{"UTF-32BE", "\x00\x00\x00{\x00\x00\x00}", "utf16", ""},
		{"COSE", cose, "cbor", ""},
		{"COSE without its tag", cose[1:], "cbor", ""},
		{"COSE, cut off", "\xd2\x84\x58\x56\xa4\x01", "cose_malformed", ""},
		{"CWT", "\xd8\x3d" + cose, "cbor", ""},
		{"CBOR map", fromHex("a2617801617902"), "cbor", ""},
		{"CBOR map of open length", fromHex("bf617801ff"), "cbor", ""},
		{"self-described CBOR", fromHex("d9d9f7a0"), "cbor", ""},
		{"COSE in base64", base64.StdEncoding.EncodeToString([]byte("\xd2\x84\x43\xa1\x01\x26\xa0\x58\x20" + strings.Repeat("x", 32) + "\x41\x01")), "cbor", ""},
		{"COSE in hexadecimal", hex.EncodeToString([]byte("\xd2\x84\x43\xa1\x01\x26\xa0\x58\x20" + strings.Repeat("x", 32) + "\x41\x01")), "cbor", ""},
		{"PNG in base64", b64std(picture()), "png", ""},
		{"badge in PNG in base64", b64std(picture(iTXt("openbadgecredential", signed))), "baked_png jws_compact picture_unsigned", ""},
		{"link", "https://example.com:8443/badge/1?x#y\n", "link", "example.com:8443"},
		{"link with a user", "https://a@example.com/", "link", "example.com"},
		{"link without a scheme", "www.example.com/badge", "link", "www.example.com"},
		{"wallet link", "openid-credential-offer://?credential_offer=x", "link_wallet", ""},
		{"DID", "did:web:example.com", "link_did", ""},
		{"badge page", "https://www.credly.com/badges/0c2f4c0e", "link_badge", "www.credly.com"},
		{"in angle brackets", "<https://www.credly.com/badges/0c2f4c0e>\n", "link_badge", "www.credly.com"},
		{"without a scheme", "credly.com/badges/0c2f4c0e", "link_badge", "credly.com"},
		{"shortcut to a badge page", "[InternetShortcut]\nURL=https://www.credly.com/badges/0c2f4c0e\n", "link_badge", "www.credly.com"},
		{"in quotes", "\"https://www.linkedin.com/in/mara\"", "link_profile", "www.linkedin.com"},
		{"in a sentence", "https://www.credly.com/badges/0c2f4c0e is it", "text", ""},
		{"a health code", "HC1:6BFOXN%TS3DH0YOJ58S S-W5HDC *M", "code_health", ""},
		{"packed", "NCFKVPWYV-NQ2:U%0GL4L%TF /6/BJ:MQG3I9%0", "code_packed", ""},
		{"a long link", "https://www.credly.com/badges/" + strings.Repeat("a", 2<<20), "link", "www.credly.com"},
		{"Windows shortcut", "[InternetShortcut]\r\nIDList=\r\nURL=https://example.org/x\r\n", "link", "example.org"},
		{"link in a sentence", "see https://example.com/ please", "text", ""},
		{"e-mail", "Received: from a by b\r\nFrom: x@example.com\r\nSubject: badge\r\n\r\nhello", "email", ""},
		{"e-mail, mbox", "From x@example.com Sat Jan 1\nFrom: x\nTo: y\n\n", "email", ""},
		{"e-mail in Latin-1", "MIME-Version: 1.0\nSubject: Universit\xe9\n\n", "email", ""},
		{"a letter is no e-mail", "Dear Sir,\nFrom: me\nTo: you\n", "text", ""},
		{"PEM", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "key", "PEM"},
		{"PEM key", "-----BEGIN EC PRIVATE KEY-----\r\nMIIB", "key", "PEM"},
		{"PEM of something else", "-----BEGIN PGP MESSAGE-----\n", "text", ""},
		{"SSH key", "ssh-ed25519 AAAAC3Nz me@example", "key", "SSH"},
		{"DER", der, "key", "DER"},
		{"CMS", cms, "unknown", ""},
		{"JWK", `{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}`, "key", ""},
		{"JWK Set", `{"keys":[{"kty":"RSA"}]}`, "key", ""},
		{"DID document", `{"@context":"https://www.w3.org/ns/did/v1","id":"did:web:example.com","verificationMethod":[]}`, "key", ""},
		{"DID document, assertionMethod only", `{"id":"did:web:example.com","assertionMethod":[]}`, "key", ""},
		{"DID resolution", `{"didDocument":{"id":"did:web:example.com","verificationMethod":[]}}`, "key", ""},
		{"Multikey", `{"id":"did:key:z#z","type":"Multikey","publicKeyMultibase":"z"}`, "key", ""},
		{"credential about a key", `{"type":["VerifiableCredential"],"kty":"EC","credentialSubject":{}}`, "json", ""},
		{"VP1 code", "VP1-Z3ECFZA", "vp_code", ""},
		{"damaged VP1 code", "VP1-B3ECFZA", "vp_damaged", ""},
		{"text", "Dear Sir or Madam,\nplease find attached", "text", ""},
		{"text beyond ASCII", "Grüße", "text", ""},
		{"text in brackets", "[draft] hello", "text", ""},
		{"binary", "\x7fELF\x02\x01\x01\x00", "unknown", ""},
		{"text in Latin-1", "Gr\xfc\xdfe aus", "unknown", ""},
		{"NUL in a text", "a\x00b", "unknown", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e, findings := Open([]byte(test.file))
			judge(t, e, findings, test.want)
			fact := findings[0].Facts["what"] + findings[0].Facts["host"]
			if test.fact != "" && fact != test.fact {
				t.Errorf("fact %q, want %q", fact, test.fact)
			}
		})
	}
}

func TestInner(t *testing.T) {
	parse := func(text string) strictjson.Value {
		value, err := strictjson.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
	tests := []struct{ name, value, want string }{
		{"object", vc, "json"},
		{"JWS", `"` + signed + `"`, "jws_compact"},
		{"JWS with a line end", `"` + signed + `\n"`, "jws_compact"},
		{"enveloped", enveloped("data:application/vc+jwt," + signed), "jws_compact data_address"},
		{"enveloped SD-JWT", enveloped("data:application/vc+sd-jwt," + signed + "~"), "sd_compact data_address"},
		{"enveloped COSE", enveloped("data:application/vc+cose;base64,0oRDoQEm"), "cose_malformed"},
		{"data: address", `"data:application/vc+jwt,` + signed + `"`, "jws_compact data_address"},
		{"SD-JWT", `"` + signed + `~"`, "sd_compact"},
		{"address", `"https://example.com/vc"`, "link"},
		{"JSON text", quote(vc), "json"},
		{"JSON text with a duplicate", quote(`{"a":1,"a":2}`), "json_duplicate_key"},
		{"empty string", `""`, "empty"},
		{"null", `null`, "unknown"},
		{"list", `[]`, "unknown"},
		{"number", `1`, "unknown"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e, findings := Envelope{Form: JSON}.Inner(parse(test.value), "/verifiableCredential/0")
			judge(t, e, findings, test.want)
			if e.Form != "" && (e.Path != "/verifiableCredential/0" || e.Depth != 1) {
				t.Errorf("path %q, depth %d", e.Path, e.Depth)
			}
		})
	}
	e := Envelope{Form: JSON}
	for depth := range limits.EnvelopeDepth {
		inner, findings := e.Inner(parse(vc), "/x")
		if inner.Depth != depth+1 || codes(findings) != "json" {
			t.Fatalf("depth %d: %s", inner.Depth, codes(findings))
		}
		e = inner
	}
	inner, findings := e.Inner(parse(vc), "/x")
	judge(t, inner, findings, "too_deep")
}

// TestHostileSizes: the largest files that make the most work still end soon.
func TestHostileSizes(t *testing.T) {
	fill := func(text string) []byte { return []byte(strings.Repeat(text, limits.FileBytes/len(text))) }
	for _, text := range []string{
		".", "~", "[", "{", `{"":`, `"`, "'", "eyJ", "eyJ.", "eyJ ", "<", "<!--", "<?", "<?x?>", "<!---->", "<a>", "a ", "A", "0", "\\", "\xff", "\x00",
		"\xd8", "\x9f", "\x81", "\xa1\x00", "data:", "data:a/b,", "%", "\n", "\ufeff", "\u200b", "From:", "From: \n", "x.y ", "\"\\u0041",
	} {
		var findings report.Findings
		took := yardstick.Units(func() { _, findings = Open(fill(text)) })
		if findings.Outcome() != report.Fail {
			t.Errorf("%q: %s", text, codes(findings))
		}
		if took > 30_000 {
			t.Errorf("%q took %.0f units", text, took)
		}
	}
}

// FuzzOpen: no file gives a panic; what passes has one passing code of its
// own, what does not pass gives nothing away; opening is deterministic.
func FuzzOpen(f *testing.F) {
	for _, seed := range []string{
		vc, signed, signed + "~", `{"jwt":"` + signed + `"}`, enveloped("data:application/vc+jwt;base64," + signed), quote(quote(signed)), "'{}'",
		`{"payload":"e30","signatures":[{"protected":"` + header + `","signature":"AA"}]}`, "<?xml?><svg/>", "\xd2\x84\x43\xa1\x01\x26\xa0\x41\x78\x41\x01",
		"From: a\nTo: b\n", "https://example.com/", "%PDF-1.7", "PK\x03\x04word/", "\xff\xfe{\x00}\x00", "data:image/png,x", "VP1-A", `{"kty":"EC"}`, "\ufeff{}",
		picture(iTXt("openbadges", vc)), picture(chunk("tEXt", "openbadges\x00https://example.com")), drawing(`<o:credential verify="` + signed + `"/>`), drawing("<o:credential>" + cdata(vc) + "</o:credential>"),
	} {
		f.Add([]byte(seed))
	}
	signedCBOR := coseSign1(f, map[any]any{1: -7, 16: "application/vc+cose", 3: "application/vc"}, nil, []byte(vc))
	f.Add([]byte(signedCBOR))
	f.Add([]byte(enveloped("data:application/vp+cose;base64," + b64std(signedCBOR[1:]))))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, findings := Open(data)
		inspect(t, e, findings)
		again, same := Open(data)
		if !reflect.DeepEqual(findings, same) || !reflect.DeepEqual(e, again) {
			t.Fatal("a second look gives something else")
		}
		for i, member := range e.Document.Members() {
			if i < 20 {
				inner, findings := e.Inner(member.Value, "/"+member.Key)
				inspect(t, inner, findings)
			}
		}
	})
}

func inspect(t *testing.T, e Envelope, findings report.Findings) {
	t.Helper()
	switch outcome := findings.Outcome(); {
	case outcome == report.Fail:
		// What a broken envelope was found in is said as well.
		around := findings[:len(findings)-1]
		if !reflect.DeepEqual(e, Envelope{}) || around.Outcome() != report.Pass && len(around) > 0 {
			t.Fatalf("%+v with %v", e, findings)
		}
	case !outcome.Lets():
		t.Fatalf("outcome %v: %v", outcome, findings)
	case findings[0].Code.Outcome() != report.Pass || e.Form == "":
		t.Fatalf("%v without a pass", findings)
	case e.Form == Address && (e.Address == "" || e.JWS != nil || e.Document.Kind() != strictjson.Absent):
		t.Fatal("an address with something else")
	case e.Form == JSON && (e.Document.Kind() != strictjson.Object || e.JWS != nil):
		t.Fatal("JSON without an object")
	case e.Form != JSON && e.Form != Address && ((e.JWS == nil) == (e.COSE == nil) || e.Document.Kind() != strictjson.Object && e.Document.Kind() != strictjson.Absent):
		t.Fatal("signed, without one message")
	}
}
