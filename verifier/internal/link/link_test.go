package link

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"net/url"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/report"
)

const (
	uuid  = "0c2f4c0e-8b62-4a5d-9a0e-3f1f6c1d2e3f"
	share = "aB3dE6gH9jK2mN5p"
)

func TestRead(t *testing.T) {
	tests := []struct{ text, code, name, address string }{
		// Europass
		{"https://europa.eu/europass/digital-credentials/viewer/#/shareview/" + share, "link_europass", "Europass", "="},
		{"https://europa.eu/europass/digital-credentials/viewer#/shareview/" + share, "link_europass", "Europass", "="},
		{"https://webgate.acceptance.ec.europa.eu/europass/edci-viewer/#/shareview/" + share, "link_europass", "Europass", "="},
		{"https://europa.eu/europass/digital-credentials/viewer/#/view/12345/67890", "link_europass_own", "Europass", "="},
		{"https://europa.eu/europass/digital-credentials/viewer/#/shareview/", "link", "", "="},
		{"https://europa.eu/europass/en", "link", "", "="},
		{"https://europa.eu.example/europass/digital-credentials/viewer/#/shareview/" + share, "link", "", "="},
		{"https://europa.eu@evil.example/#/shareview/" + share, "link", "", ""},
		{"https://noteuropa.eu/europass/#/shareview/" + share, "link", "", "="},
		// Credly
		{"https://www.credly.com/badges/" + uuid, "link_badge", "Credly", "="},
		{"https://credly.com/badges/" + uuid + "/public_url", "link_badge", "Credly", "="},
		{"https://CREDLY.com/badges/" + uuid, "link_badge", "Credly", "="},
		{"credly.com/badges/" + uuid, "link_badge", "Credly", "https://credly.com/badges/" + uuid},
		{"www.credly.com/badges/" + uuid, "link_badge", "Credly", "https://www.credly.com/badges/" + uuid},
		{"http://credly.com/badges/" + uuid, "link_badge", "Credly", "="},
		{"https://credly.com:443/badges/" + uuid, "link_badge", "Credly", "="},
		{"https://www.credly.com/users/mara/badges", "link_badge", "Credly", "="},
		{"https://www.youracclaim.com/badges/" + uuid, "link_badge", "Credly", "="},
		{"https://credly.com/", "link", "", "="},
		{"https://credly.com/badges/", "link", "", "="},
		{"https://credly.com:8443/badges/" + uuid, "link", "", "="},
		{"https://evil-credly.com/badges/" + uuid, "link", "", "="},
		{"https://credly.com.evil.example/badges/" + uuid, "link", "", "="},
		{"https://credly.com@evil.example/badges/" + uuid, "link", "", ""},
		{"https://evil.example/credly.com/badges/" + uuid, "link", "", "="},
		{"https://evil.example\\@credly.com/badges/" + uuid, "link", "", "="},
		{"https://evil.example#@credly.com/badges/" + uuid, "link", "", "="},
		{"https://evil.example?u=https://credly.com/badges/" + uuid, "link", "", "="},
		{"https://crеdly.com/badges/" + uuid, "link", "", ""}, // a Cyrillic letter
		{"https://credly%2Ecom/badges/" + uuid, "link", "", ""},
		{"https://credly.com./badges/" + uuid, "link", "", ""},
		{"ftp://credly.com/badges/" + uuid, "link", "", ""},
		{"intent://credly.com/badges/" + uuid, "link", "", ""},
		// others
		{"https://badgr.com/public/assertions/Xb3K2mNpQ", "link_badge", "Badgr", "="},
		{"https://api.badgr.io/public/assertions/Xb3K2mNpQ", "badge_address", "Badgr", "="},
		{"https://api.eu.badgr.io/public/assertions/Xb3K2mNpQ?identity__email=mara%40example.org", "badge_address", "Badgr", "="},
		{"https://eu.badgr.com/public/assertions/Xb3K2mNpQ", "link_badge", "Badgr", "="},
		{"https://badgr.com/recipient/badges", "link", "", "="},
		{"https://openbadgepassport.com/app/badge/info/12345", "link_badge", "Open Badge Passport", "="},
		{"https://www.credential.net/" + uuid, "link_badge", "Accredible", "="},
		{"https://www.credential.net", "link", "", "="},
		{"https://mycredential.net/" + uuid, "link", "", "="},
		{"https://www.edubadges.nl/public/assertions/Xb3K2mNpQ", "link_badge", "edubadges", "="},
		{"https://moodle.university.example/badges/badge.php?hash=0123456789abcdef", "link_badge", "Moodle", "="},
		{"https://moodle.university.example/badges/badge.php", "link", "", "="},
		{"https://www.linkedin.com/in/mara-lindqvist/", "link_profile", "LinkedIn", "="},
		{"https://lnkd.in/abcdef", "link_profile", "LinkedIn", "="},
		{"https://drive.google.com/file/d/1AbC/view?usp=sharing", "link_storage", "Google Drive", "="},
		{"https://google.com/drive", "link", "", "="},
		{"https://www.dropbox.com/s/abc/badge.json?dl=0", "link_storage", "Dropbox", "="},
		{"https://contoso-my.sharepoint.com/:u:/g/personal/x", "link_storage", "SharePoint", "="},
		{"https://badges.example/4f2a", "link", "", "="},
		// where a badge is kept for programs
		{"https://badges.example/assertions/4f2a", "badge_address", "", "="},
		{"https://badges.example/v1/assertion/4f2a.json", "badge_address", "", "="},
		{"https://openbadgefactory.com/v1/assertion/4f2a.json", "badge_address", "", "="},
		{"https://moodle.university.example/badges/assertion.php?b=0123456789abcdef", "badge_address", "", "="},
		{"https://badges.example/assertions/", "link", "", "="},
		{"https://badges.example/assertions/4f2a#part", "link", "", "="},
		{"http://badges.example/assertions/4f2a", "link", "", "="},
		{"https://192.168.0.1/assertions/4f2a", "link", "", ""},
		{"https://user@badges.example/assertions/4f2a", "link", "", ""},
		// VerifierPlus: everything behind vc= is the address (asks.md 23)
		{"https://verifierplus.org/#verify?vc=https%3A%2F%2Fissuer.example%2Fvc.json", "link_verifier", "VerifierPlus", "https://issuer.example/vc.json"},
		{"https://verifierplus.org/#verify?vc=https://issuer.example/vc.json", "link_verifier", "VerifierPlus", "https://issuer.example/vc.json"},
		{"https://verifierplus.org#verify?vc=https://issuer.example/vc.json", "link_verifier", "VerifierPlus", "https://issuer.example/vc.json"},
		{"https://verifierplus.org/#/verify?vc=https://issuer.example/vc.json", "link_verifier", "VerifierPlus", "https://issuer.example/vc.json"},
		{"https://verifierplus.org/#verify?vc=https://issuer.example/vc?id=1&key=a+b&t=100%25", "link_verifier", "VerifierPlus", "https://issuer.example/vc?id=1&key=a+b&t=100%25"},
		{"https://verifierplus.org/#verify?vc=https%3A%2F%2Fissuer.example%2Fvc%3Fid%3D1%26key%3Da%2Bb", "link_verifier", "VerifierPlus", "https://issuer.example/vc?id=1&key=a+b"},
		{"https://verifierplus.org/#verify?vc=https://issuer.example/vc?a=1#part", "link_verifier", "VerifierPlus", "https://issuer.example/vc?a=1#part"},
		{"https://verifierplus.org/?vc=https://issuer.example/vc?id=1&x=2", "link_verifier", "VerifierPlus", "https://issuer.example/vc?id=1&x=2"},
		{"https://verifierplus.org/?vc=https://issuer.example/vc#key=1", "link_verifier", "VerifierPlus", "https://issuer.example/vc#key=1"},
		{"https://checker.example/#verify?vc=https://issuer.example/vc.json", "link_verifier", "", "https://issuer.example/vc.json"},
		{"https://verifierplus.org/#verify?vc=http://issuer.example/vc.json", "link", "", "="},
		{"https://verifierplus.org/#verify?vc=javascript:alert(1)", "link", "", "="},
		{"https://verifierplus.org/#verify?vc=https://192.168.0.1/vc.json", "link", "", "="},
		{"https://verifierplus.org/#verify?vc=https://issuer.example@evil.example/", "link", "", "="},
		{"https://verifierplus.org/#verify?vc=", "link", "", "="},
		{"https://verifierplus.org/credentials/" + uuid, "link_verifier", "VerifierPlus", "https://verifierplus.org/api/credentials/" + uuid},
		{"https://verifierplus.org/credentials/" + uuid + "?v=1", "link_verifier", "VerifierPlus", "https://verifierplus.org/api/credentials/" + uuid},
		// badgecheck
		{"https://badgecheck.io?url=https://badges.example/1", "link_verifier", "", "https://badges.example/1"},
		{"https://badgecheck.io/?url=https%3A%2F%2Fbadges.example%2F1%3Fa%3Db&identity__email=mara%40example.org", "link_verifier", "", "https://badges.example/1?a=b"},
		{"https://badgecheck.us.badgr.com/?url=https://badges.example/1?a=b&c=d&identity__url=https://x.example/", "link_verifier", "", "https://badges.example/1?a=b&c=d"},
		{"https://shop.example/?url=https://badges.example/1", "link", "", "="},
		// OpenCerts
		{"https://opencerts.io/?q=" + url.QueryEscape(`{"type":"DOCUMENT","payload":{"uri":"https://api.issuer.example/d/1","key":"00ff"}}`), "link_opencerts", "OpenCerts", "https://api.issuer.example/d/1"},
		{"https://www.opencerts.io/?q=" + url.PathEscape(`{"type":"DOCUMENT","payload":{"uri":"https://api.issuer.example/d/1?a=b"}}`) + "#%7B%22key%22%3A%2200ff%22%7D", "link_opencerts", "OpenCerts", "https://api.issuer.example/d/1?a=b"},
		{"https://opencerts.io/?q=%7Bbroken#secret", "link_opencerts", "OpenCerts", "https://opencerts.io/?q=%7Bbroken"},
		{"https://opencerts.io.evil.example/?q=%7B%7D", "link", "", "="},
		// wallets
		{"openid4vp://?client_id=x509_san_dns%3Averifier.example&request_uri=https%3A%2F%2Fverifier.example%2F1", "link_wallet", "OpenID4VP", ""},
		{"OPENID4VP:?client_id=a", "link_wallet", "OpenID4VP", ""},
		{"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fissuer.example%2F1", "link_wallet", "OpenID4VCI", ""},
		{"haip://?client_id=a", "link_wallet", "OpenID4VC", ""},
		{"dcc:request?issuer=x", "link_wallet", "Learner Credential Wallet", ""},
		{"https://lcw.app/request?request=%7B%22protocols%22%3A%7B%7D%7D", "link_wallet", "Learner Credential Wallet", "="},
		{"https://issuer.example/offer?credential_offer=%7B%22credential_issuer%22%3A%22x%22%7D", "link_wallet", "", "="},
		{"https://wallet.example/authorize?client_id=a&request_uri=https%3A%2F%2Fverifier.example", "link_wallet", "", "="},
		{"https://shop.example/login?client_id=a&redirect_uri=x", "link", "", "="},
		// no address at all
		{"did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "link_did", "", ""},
		{"did:web:university.example", "link_did", "", ""},
		{"HC1:6BFOXN%TS3DH0YOJ58S S-W5HDC", "code_health", "EU DCC", ""},
		{"shc:/56762909524320603460292437404460", "code_health", "SMART Health Card", ""},
		{"mdoc:owBjMS4wAYIB2BhYSw", "code_identity", "mdoc", ""},
	}
	if len(tests) < 60 {
		t.Error("too few")
	}
	for _, test := range tests {
		got := Read(test.text)
		want := test.address
		if want == "=" {
			want = test.text
		}
		if string(got.Code) != "envelope."+test.code || got.Name != test.name || got.Address != want || got.Content != nil {
			t.Errorf("%s\n  %s %q %q %q\n  %s %q %q", test.text, got.Code, got.Name, got.Address, got.Content, test.code, test.name, want)
		}
		if got.Code != report.EnvelopeBadgeAddress && (report.CodeOf(got.Problem()) != got.Code || got.Code.Outcome() != report.Fail) {
			t.Errorf("%s: %v", test.text, got.Problem())
		}
	}
}

// TestContent: a credential that stands in a link is taken from it as it was
// written, however it was encoded.
func TestContent(t *testing.T) {
	const token = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl"
	const disclosed = token + "~WyJhIiwiYiIsImMiXQ~"
	const object = `{"a":"b c+d","e":"100%25 & more","f":"2026-01-01T00:00:00+01:00"}`
	const compact = `{"a":"2026-01-01T00:00:00+01:00"}`
	encoded := base64.RawURLEncoding.EncodeToString([]byte(object))
	plus := func(text string) string { return url.QueryEscape(text) } // spaces as +
	// What encodeURI of JavaScript does: it leaves + : , / as they are.
	uri := func(text string) string {
		return strings.NewReplacer("%", "%25", " ", "%20", `"`, "%22", "{", "%7B", "}", "%7D").Replace(text)
	}
	component := func(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }
	for _, test := range []struct{ text, want string }{
		{"https://checker.example/#verify?vc=" + token, token},
		{"https://checker.example/?vc=" + token, token},
		{"https://checker.example/?x=1&vc=" + token + "&y=2", token},
		{"https://checker.example/?vc=" + token + "#top", token},
		{"https://checker.example/#c=" + token, token},
		{"https://checker.example/?credential=" + token, token},
		{"https://checker.example/#" + token, token},
		{"https://checker.example/#/" + token, token},
		{"https://checker.example/?jwt=" + disclosed, disclosed},
		{"https://checker.example/?jwt=" + strings.ReplaceAll(disclosed, "~", "%7E"), disclosed},
		{"https://checker.example/#vc=" + encoded, object},
		{"https://checker.example/#vc=" + encoded + "==", object},
		{"https://checker.example/#vc=" + object, object},
		{"https://checker.example/?vc=" + object, object},
		{"https://checker.example/?vc=" + object + "&x=1", object},
		{"https://checker.example/#vc=" + plus(object), object},
		{"https://checker.example/#vc=" + plus(object) + "&x=1", object},
		{"https://checker.example/#vc=" + component(object), object},
		{"https://checker.example/#vc=" + component(compact), compact},
		{"https://checker.example/#vc=" + plus(compact), compact},
		{"https://checker.example/#vc=" + uri(compact), compact},
		{"https://checker.example/?vc=" + uri(`{"a":"b & c # d","f":"+01:00"}`) + "&x=1", `{"a":"b & c # d","f":"+01:00"}`},
		{"https://checker.example/#vc=" + uri(`{"a":"b c","f":"+01:00"}`), `{"a":"b c","f":"+01:00"}`},
		{"https://checker.example/#c=%7b%22a%22%3A1%7d", `{"a":1}`},
		{"https://checker.example/?vc=data:application/vc+jwt," + token, "data:application/vc+jwt," + token},
		{"https://checker.example/?vc=data%3Aapplication%2Fvc%2Bjwt%2C" + token, "data:application/vc+jwt," + token},
		{"http://localhost:8080/#vc=" + token, token},
		{"https://user@checker.example/#vc=" + token, token},
		{"app://open?vc=" + token, token},
	} {
		got := Read(test.text)
		if string(got.Content) != test.want || got.Code != report.EnvelopeLinkCarries || got.Address != "" {
			t.Errorf("%s\n  %s\n  %s", test.text, got.Content, test.want)
		}
	}
	for _, text := range []string{
		"https://checker.example/#eyJ", "https://checker.example/?vc=eyJhbGci!!", "https://checker.example/?cv=" + token, "https://checker.example/?novc=" + token,
		"https://checker.example/#" + object, "https://checker.example/#" + encoded, "https://checker.example/#vc={", "https://checker.example/" + token, "https://checker.example/?vc=%7", "https://checker.example/#vc=%7Bbroken",
	} {
		if got := Read(text); got.Content != nil {
			t.Errorf("%s: %q", text, got.Content)
		}
	}
}

func TestIs(t *testing.T) {
	for text, want := range map[string]bool{
		"credly.com/badges/1": true, "did:web:x": true, "HC1:X": true, "mdoc:a": true,
		"credly.com": false, "credly.com/": false, "hello": false, "evil-credly.com/badges/1": false, "a/b": false, "did:": false, "": false,
	} {
		if Is(text) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
}

// TestPacked: what zlib packs, in base45 as RFC 9285 4 has it.
func TestPacked(t *testing.T) {
	for level := zlib.NoCompression; level <= zlib.BestCompression; level++ {
		var packed bytes.Buffer
		w, err := zlib.NewWriterLevel(&packed, level)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte("a credential, a credential, a credential, and more of it"))
		w.Close()
		var text []byte
		for data := packed.Bytes(); len(data) > 1; data = data[2:] {
			n := int(data[0])<<8 | int(data[1])
			text = append(text, base45[n%45], base45[n/45%45], base45[n/2025])
		}
		if !Packed(string(text)) || Packed(string(text[:31])) || Packed(strings.ToLower(string(text))) || Packed("A"+string(text)) {
			t.Errorf("level %d: %s", level, text)
		}
	}
	if Packed("A LINE OF CAPITAL LETTERS THAT SOMEBODY TYPED") || Packed("") {
		t.Error("words are no code")
	}
}

func FuzzRead(f *testing.F) {
	f.Add("https://verifierplus.org/#verify?vc=https%3A%2F%2Fissuer.example%2Fvc.json")
	f.Add("https://opencerts.io/?q=%7B%22payload%22%3A%7B%22uri%22%3A%22https%3A%2F%2Fx.example%22%7D%7D#a")
	f.Add("https://checker.example/?vc=%7B+%22a%22%3A1%7D&x")
	f.Add("HC1:NCF")
	f.Fuzz(func(t *testing.T, text string) {
		l := Read(text)
		Is(text)
		Packed(text)
		if l.Content == nil && l.Code != report.EnvelopeBadgeAddress && l.Code.Outcome() != report.Fail || l.Content != nil && len(l.Content) > len(text) {
			t.Errorf("%+v", l)
		}
		if strings.ContainsAny(l.Address, "\r\n\t ") && !strings.ContainsAny(text, "\r\n\t %") {
			t.Errorf("%q", l.Address)
		}
	})
}
