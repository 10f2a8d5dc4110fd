package verifier_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"runtime"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// site is a website that may be asked for everything that agreed allows.
type site struct {
	answers map[string]reply
	refuses bool
	asked   []fetch.Request
}

type reply struct {
	status int
	body   string
	to     string // where it leads
	err    error
}

func (s *site) Get(_ context.Context, request fetch.Request) (fetch.Response, error) {
	s.asked = append(s.asked, request)
	runtime.Gosched() // as while a host is waited for: else, in WebAssembly, no garbage is ever collected
	a, ok := s.answers[request.Address]
	if !ok {
		return fetch.Response{Status: 404, Time: instant}, nil
	}
	if a.err != nil {
		return fetch.Response{}, a.err
	}
	if a.status == 0 {
		a.status = 200
	}
	return fetch.Response{Status: a.status, Body: []byte(a.body), Time: instant, Address: a.to}, nil
}

func (s *site) Consents(context.Context, fetch.Request) bool { return !s.refuses }

type object = map[string]any

func js(value any) string { text, _ := json.Marshal(value); return string(text) }

func with(base object, more object) object {
	all := object{}
	for k, v := range base {
		all[k] = v
	}
	for k, v := range more {
		if v == nil {
			delete(all, k)
		} else {
			all[k] = v
		}
	}
	return all
}

const (
	uni  = "https://uni.example"
	evil = "https://evil.example"
)

func oldIssuer(at string) object {
	return object{"@context": "https://w3id.org/openbadges/v2", "type": "Profile", "id": at, "name": "University", "url": uni, "email": "a@uni.example"}
}

func oldClass(at, issuer string) object {
	return object{"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": at, "name": "Welding", "description": "d", "image": uni + "/i.png", "criteria": object{"narrative": "n"}, "issuer": issuer}
}

func oldAward(at, class string) object {
	return object{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": at, "recipient": object{"type": "email", "hashed": false, "identity": "mara@mail.example"},
		"badge": class, "issuedOn": "2026-01-10T09:00:00Z", "verification": object{"type": "HostedBadge"}}
}

// home is the university's website with one award.
func home() map[string]reply {
	return map[string]reply{
		uni + "/issuers/1": {body: js(oldIssuer(uni + "/issuers/1"))},
		uni + "/class":     {body: js(oldClass(uni+"/class", uni+"/issuers/1"))},
		uni + "/a/1":       {body: js(oldAward(uni+"/a/1", uni+"/class"))},
	}
}

var uniListed = list(entry("University", `{"domain":"uni.example","prefix":"/issuers/"}`))

// asks judges a badge while the university's website, changed so, is asked.
func asks(t *testing.T, changed map[string]reply, file any) (*report.Report, *site) {
	t.Helper()
	s := &site{answers: home()}
	for address, answer := range changed {
		s.answers[address] = answer
	}
	text, ok := file.(string)
	if !ok {
		text = js(file)
	}
	return judged(t, s, []byte(text), uniListed), s
}

// TestAttackHosted: nothing but what the listed profile says of where its
// badges are makes a hosted badge the university's. Each row is a badge that
// somebody else has put together, or an honest one that is written unusually.
func TestAttackHosted(t *testing.T) {
	const listed = uni + "/issuers/1"
	usual := oldAward(uni+"/a/1", uni+"/class")
	forged := oldAward(evil+"/a", evil+"/c")
	scope := object{"verification": object{"startsWith": evil + "/", "allowedOrigins": "evil.example"}}
	inside := with(forged, object{"badge": with(oldClass("", ""), object{"id": nil, "issuer": with(oldIssuer(listed), scope)})})
	at := func(value object) reply { return reply{body: js(value)} }
	led := func(value object, to string) reply { return reply{body: js(value), to: to} }
	me := newSigner(3)
	for _, test := range []struct {
		name    string
		changed map[string]reply
		file    any
		want    report.Headline
	}{
		{"as it should be", nil, usual, report.Verified},
		{"award and class elsewhere", map[string]reply{evil + "/a": at(forged), evil + "/c": at(oldClass(evil+"/c", listed))}, forged, report.WrongKey},
		{"a copy of the profile that allows it", map[string]reply{evil + "/a": at(inside)}, inside, report.WrongKey},
		{"a profile that has moved to the listed one", map[string]reply{evil + "/a": at(forged), evil + "/c": at(oldClass(evil+"/c", evil+"/p")), evil + "/p": at(with(oldIssuer(listed), scope))}, forged, report.WrongKey},
		{"a class that has moved to the university's", map[string]reply{evil + "/a": at(forged), evil + "/c": at(oldClass(uni+"/class", listed))}, forged, report.WrongKey},
		{"an address that leads the award elsewhere", map[string]reply{uni + "/go": led(oldAward(uni+"/go", uni+"/class"), evil+"/a")}, oldAward(uni+"/go", uni+"/class"), report.Incomplete},
		{"one that leads the class elsewhere", map[string]reply{uni + "/a/1": at(oldAward(uni+"/a/1", uni+"/go")), uni + "/go": led(oldClass(uni+"/go", listed), evil+"/c")}, oldAward(uni+"/a/1", uni+"/go"), report.Incomplete},
		{"one that leads the profile elsewhere", map[string]reply{listed: led(oldIssuer(listed), evil+"/p")}, usual, report.Incomplete},
		{"one that leads to where all is gone", map[string]reply{uni + "/go": {status: 410, to: evil + "/a"}}, oldAward(uni+"/go", uni+"/class"), report.Incomplete},
		{"a website that has got another name", map[string]reply{uni + "/a/1": led(usual, "https://www.uni.example/a/1"), uni + "/class": led(oldClass(uni+"/class", listed), "https://www.uni.example/class"), listed: led(oldIssuer(listed), "https://www.uni.example/issuers/1")}, usual, report.Incomplete},
		{"somebody else's award under one's own name", map[string]reply{evil + "/a": at(usual)}, with(usual, object{"id": evil + "/a", "recipient": object{"type": "email", "hashed": false, "identity": "eve@evil.example"}}), report.Incomplete},
		{"moved twice", map[string]reply{evil + "/a": at(with(usual, object{"id": evil + "/b"})), evil + "/b": at(usual)}, with(usual, object{"id": evil + "/a"}), report.Refused},
		{"moved, and led on from there", map[string]reply{evil + "/a": at(usual), uni + "/a/1": led(usual, evil+"/x")}, with(usual, object{"id": evil + "/a"}), report.Incomplete},
		{"a slash at the end", map[string]reply{uni + "/a/1": led(with(usual, object{"id": uni + "/a/1/"}), uni+"/a/1/"), uni + "/a/1/": at(with(usual, object{"id": uni + "/a/1/"}))}, usual, report.Verified},
		{"another type besides", nil, with(usual, object{"type": []any{"Assertion", "OpenBadgeCredential"}}), report.NotSigned},
		{"a presentation besides", nil, with(usual, object{"type": []any{"Assertion", "VerifiablePresentation"}}), report.NotSigned},
		{"the context of credentials besides", nil, with(usual, object{"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://w3id.org/openbadges/v2"}}), report.Unreadable},
		{"a stranger's signature around it", nil, string(me.jwt(map[string]any{}, usual)), report.Incomplete},
		{"said to be signed, and is not", nil, with(usual, object{"verification": object{"type": []any{"HostedBadge", "SignedBadge"}}}), report.NotSigned},
		{"another port", map[string]reply{uni + ":444/a": at(oldAward(uni+":444/a", uni+"/class"))}, oldAward(uni+":444/a", uni+"/class"), report.WrongKey},
		{"a query for a profile", map[string]reply{uni + "/a/1": at(oldAward(uni+"/a/1", uni+"/c2")), uni + "/c2": at(oldClass(uni+"/c2", listed+"?of=2")), listed + "?of=2": at(oldIssuer(listed + "?of=2"))}, oldAward(uni+"/a/1", uni+"/c2"), report.Unlisted},
		{"a profile beside the listed ones", map[string]reply{uni + "/a/1": at(oldAward(uni+"/a/1", uni+"/c2")), uni + "/c2": at(oldClass(uni+"/c2", uni+"/up/me")), uni + "/up/me": at(oldIssuer(uni + "/up/me"))}, oldAward(uni+"/a/1", uni+"/c2"), report.Unlisted},
		{"the same by way of two dots", map[string]reply{uni + "/a/1": at(oldAward(uni+"/a/1", uni+"/c2")), uni + "/c2": at(oldClass(uni+"/c2", uni+"/issuers/..%2fup/me")), uni + "/issuers/..%2fup/me": at(oldIssuer(uni + "/issuers/..%2fup/me"))}, oldAward(uni+"/a/1", uni+"/c2"), report.Incomplete},
		// What stands anywhere on the issuer's own website counts as its word,
		// where its profile says nothing else (Open Badges 2.0 VerificationObject).
		{"whatever stands on the same website", map[string]reply{uni + "/up/x": at(oldAward(uni+"/up/x", uni+"/class"))}, oldAward(uni+"/up/x", uni+"/class"), report.Verified},
		{"the same where the profile says where", map[string]reply{uni + "/up/x": at(oldAward(uni+"/up/x", uni+"/class")), listed: at(with(oldIssuer(listed), object{"verification": object{"startsWith": uni + "/a/"}}))}, oldAward(uni+"/up/x", uni+"/class"), report.WrongKey},
	} {
		got, _ := asks(t, test.changed, test.file)
		expect(t, test.name, got, test.want)
	}
	for _, odd := range []string{
		"https://uni.example@evil.example/a", evil + "/a#" + uni, "https://uni.example./a", uni + "/x/../a", uni + "/%2e%2e/a", uni + `\@evil.example/a`,
		uni + "/a?x#y", "https://127.0.0.1/a", "https://[::1]/a", "https://uni.example%00.evil.example/a", "https://uni%2eexample/a", "https://uni\u3002example/a", "http://localhost/a",
	} {
		award := oldAward(odd, uni+"/class")
		got, s := asks(t, map[string]reply{odd: at(award), fetch.Secure(odd): at(award)}, award)
		expect(t, odd, got, report.Incomplete)
		if len(s.asked) > 0 {
			t.Errorf("%s: asked %v", odd, s.asked)
		}
	}
}

// TestAttackHostedWords: what is shown is what the website says. What it has
// not said is not shown as its word where a part of the badge cannot be had.
func TestAttackHostedWords(t *testing.T) {
	usual := oldAward(uni+"/a/1", uni+"/class")
	lie := with(usual, object{"narrative": "a lie", "badge": with(oldClass(uni+"/class", ""), object{"name": "a lie", "description": "a lie", "criteria": "a lie",
		"issuer": with(oldIssuer(uni+"/issuers/1"), object{"name": "a lie"})})})
	for name, changed := range map[string]map[string]reply{
		"all is had": nil, "no class": {uni + "/class": {status: 500}}, "no issuer": {uni + "/issuers/1": {status: 500}}, "led": {uni + "/issuers/1": {body: js(oldIssuer(uni + "/issuers/1")), to: evil + "/p"}},
	} {
		got, _ := asks(t, changed, lie)
		expect(t, name, got, report.Incomplete)
		if text := js(got.Credentials[0].Description) + js(got.Saying); strings.Contains(text, "a lie") {
			t.Errorf("%s: %s", name, text)
		}
		if !got.Credentials[0].Checks[2].Lets() {
			t.Errorf("%s: %v", name, got.Credentials[0].Checks[2])
		}
	}
	// And an honest copy does not differ from what could not be read.
	honest := with(usual, object{"badge": with(oldClass(uni+"/class", ""), object{"issuer": oldIssuer(uni + "/issuers/1")})})
	for _, gone := range []string{uni + "/class", uni + "/issuers/1"} {
		got, _ := asks(t, map[string]reply{gone: {status: 503}}, honest)
		for _, code := range codes(got.Credentials[0]) {
			if code == report.ProofHostedDiffers {
				t.Errorf("%s is gone: said to differ", gone)
			}
		}
	}
}

// TestAttackHostedPrivate: without consent nothing is asked that names the
// award or its learner, whatever it is said to be the address of.
func TestAttackHostedPrivate(t *testing.T) {
	me := newSigner(4)
	const id = "6b2f0c0e-7a51-4f8e-9d7b-0c2f1f3f5a11"
	for name, file := range map[string]string{
		"hosted":  js(oldAward(uni+"/a/1", uni+"/class")),
		"class":   string(me.jwt(map[string]any{}, oldAward("urn:uuid:"+id, evil+"/c/"+id))),
		"profile": string(me.jwt(map[string]any{}, with(oldAward("urn:uuid:"+id, ""), object{"badge": with(oldClass("", evil+"/p/"+id), object{"id": nil})}))),
		"learner": string(me.jwt(map[string]any{}, with(oldAward("urn:uuid:"+id, ""), object{"badge": with(oldClass("", evil+"/p/mara.mustermann"), object{"id": nil}),
			"recipient": object{"type": "email", "hashed": false, "identity": "mara.mustermann@mail.example"}}))),
		"around": js(object{"@context": "https://www.w3.org/2018/credentials/v1", "type": "VerifiablePresentation", "verifiableCredential": []any{oldAward(uni+"/a/1", uni+"/class")}}),
	} {
		s := &site{answers: home(), refuses: true}
		judged(t, s, []byte(file), uniListed)
		for _, request := range s.asked {
			t.Errorf("%s: asked %s", name, request.Address)
		}
	}
}

// TestAttackSignedBadge: the key of a signed badge is one that the listed
// profile lists, wherever the badge says that it is, and whatever its version.
func TestAttackSignedBadge(t *testing.T) {
	me, theirs := newSigner(5), newSigner(6)
	const listed = uni + "/issuers/1"
	text := func(s signer) string {
		der, err := x509.MarshalPKIXPublicKey(s.public)
		if err != nil {
			t.Fatal(err)
		}
		return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	}
	key := func(at string, s signer) reply {
		return reply{body: js(object{"type": "CryptographicKey", "id": at, "owner": listed, "publicKeyPem": text(s)})}
	}
	answers := map[string]reply{
		listed: {body: js(with(oldIssuer(listed), object{"publicKey": []any{uni + "/key", uni + "/key12"}}))}, uni + "/key": key(uni+"/key", theirs), uni + "/key12": key(uni+"/key12", theirs),
		uni + "/up/key": key(uni+"/up/key", me), uni + "/up/k.pem": {body: text(me)}, evil + "/key": key(evil+"/key", me), evil + "/k.pem": {body: text(me)},
		evil + "/class": {body: js(oldClass(evil+"/class", listed))},
	}
	award := func(creator string, more object) object {
		return with(with(oldAward("urn:uuid:6b2f0c0e-7a51-4f8e-9d7b-0c2f1f3f5a11", uni+"/class"), object{"verification": object{"type": "SignedBadge", "creator": creator}}), more)
	}
	first := func(at, uid string) object {
		return object{"uid": uid, "recipient": object{"type": "email", "hashed": false, "identity": "a@b.example"}, "badge": uni + "/class", "issuedOn": "2026-01-10", "verify": object{"type": "signed", "url": at}}
	}
	own := func(issuer any) object {
		return object{"badge": with(oldClass("", ""), object{"id": nil, "issuer": issuer})}
	}
	confused := b64([]byte(`{"alg":"HS256"}`)) + "." + b64([]byte(js(award(uni+"/key", nil))))
	mac := hmac.New(sha256.New, []byte(text(theirs)))
	mac.Write([]byte(confused))
	by := func(s signer, payload object) string { return string(s.jwt(map[string]any{}, payload)) }
	for _, test := range []struct {
		name, file string
		want       report.Headline
	}{
		{"as it should be", by(theirs, award(uni+"/key", nil)), report.Verified},
		{"the same of version 1.0", by(theirs, first(uni+"/key", "a1")), report.Verified},
		{"a number that stands in the key's address", by(theirs, first(uni+"/key12", "12")), report.Verified},
		{"a key elsewhere on the website", by(me, award(uni+"/up/key", nil)), report.Incomplete},
		{"a bare key there", by(me, award(uni+"/up/k.pem", nil)), report.Incomplete},
		{"the same of version 1.0, which knew no list of keys", by(me, first(uni+"/up/k.pem", "a1")), report.Unlisted},
		{"a key on another website", by(me, award(evil+"/key", nil)), report.WrongKey},
		{"the same of version 1.0", by(me, first(evil+"/k.pem", "a1")), report.WrongKey},
		{"a key that is its own name", by(me, award(me.did()+"#0", nil)), report.WrongKey},
		{"no key named, and one in the header", string(me.jwt(map[string]any{"jwk": me.jwk()}, award("", nil))), report.Incomplete},
		{"no key named, and a name in the header", string(me.jwt(map[string]any{"kid": me.did() + "#0"}, award("", nil))), report.Incomplete},
		{"a copy of the profile with another key", by(me, award(listed+"#k", own(with(oldIssuer(listed), object{"publicKey": object{"id": listed + "#k", "owner": listed, "publicKeyPem": text(me)}})))), report.Incomplete},
		{"an issuer that is a key", by(me, award(me.did()+"#0", own(with(oldIssuer(me.did()), nil)))), report.Unlisted},
		{"what it stands for elsewhere", by(theirs, award(uni+"/key", object{"badge": evil + "/class"})), report.WrongKey},
		{"a secret that everybody knows", confused + "." + b64(mac.Sum(nil)), report.Refused},
		{"no algorithm", b64([]byte(`{"alg":"none"}`)) + "." + b64([]byte(js(award(uni+"/key", nil)))) + ".", report.Refused},
		{"a credential as well", by(theirs, award(uni+"/key", object{"type": []any{"Assertion", "VerifiableCredential"}})), report.Refused},
	} {
		got, _ := asks(t, answers, test.file)
		expect(t, test.name, got, test.want)
	}
}
