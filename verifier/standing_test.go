package verifier_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
	"github.com/sealcheck/sealcheck/verifier/trust"
)

// kept is a network where each address has an answer of any kind, which knows
// what it was asked and agrees to what it is told to agree to.
type kept struct {
	answers map[string]fetch.Response
	errors  map[string]error
	consent bool
	asked   []fetch.Request
}

func (k *kept) Get(_ context.Context, request fetch.Request) (fetch.Response, error) {
	k.asked = append(k.asked, request)
	if err := k.errors[request.Address]; err != nil {
		return fetch.Response{}, err
	}
	answer, ok := k.answers[request.Address]
	if !ok {
		return fetch.Response{}, fetch.ErrUnreachable
	}
	if answer.Time.IsZero() {
		answer.Time = instant
	}
	if answer.Status == 0 {
		answer.Status = 200
	}
	return answer, nil
}

func (k *kept) Consents(context.Context, fetch.Request) bool { return k.consent }

const listAddress = "https://harvard.example/status/3"

// bits is a list of n entries of one bit with some of them set, from the left.
func bits(n int, set ...int) []byte {
	list := make([]byte, n/8)
	for _, i := range set {
		list[i/8] |= 0x80 >> (i % 8)
	}
	return list
}

func packed(data []byte) string {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, _ = w.Write(data)
	_ = w.Close()
	return "u" + base64.RawURLEncoding.EncodeToString(out.Bytes())
}

// bitstringList is a BitstringStatusListCredential; change alters it.
func bitstringList(issuer, encoded string, change ...func(list, subject map[string]any)) map[string]any {
	subject := map[string]any{"id": listAddress + "#list", "type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": encoded}
	list := map[string]any{
		"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "id": listAddress,
		"type": []any{"VerifiableCredential", "BitstringStatusListCredential"}, "issuer": issuer,
		"validFrom": "2026-01-01T00:00:00Z", "credentialSubject": subject,
	}
	for _, c := range change {
		c(list, subject)
	}
	return list
}

func statusEntry(change ...func(map[string]any)) map[string]any {
	e := map[string]any{
		"id": listAddress + "#94567", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
		"statusListIndex": "94567", "statusListCredential": listAddress,
	}
	for _, c := range change {
		c(e)
	}
	return e
}

func badgeWith(issuer string, status any) map[string]any {
	b := badge(issuer)
	b["credentialStatus"] = status
	return b
}

func codesOf(r *report.Report, name report.CheckName) []report.Code {
	for _, check := range deciding(r).Checks {
		if check.Name == name {
			return check.Codes
		}
	}
	return nil
}

// TestFailOpen: every way in which a status list can fail to say that a
// credential stands has a code of its own, and none lets it pass (asks 1 to 3,
// the table of issue 5).
func TestFailOpen(t *testing.T) {
	harvard, stranger := newSigner(1), newSigner(2)
	other := "did:web:stranger.example"
	header := func(did string) map[string]any { return map[string]any{"kid": did + "#key-1", "typ": "vc+jwt"} }
	listed := list(entry("Harvard", `{"did":"`+victim+`"}`))
	good := packed(bits(131072))
	signed := func(content map[string]any) fetch.Response {
		return fetch.Response{Body: harvard.jwt(header(victim), content)}
	}
	body := func(text string) fetch.Response { return fetch.Response{Body: []byte(text)} }
	set := func(key string, value any) func(map[string]any) { return func(e map[string]any) { e[key] = value } }
	without := func(key string) func(map[string]any) { return func(e map[string]any) { delete(e, key) } }
	inList := func(key string, value any) func(_, _ map[string]any) {
		return func(l, _ map[string]any) { l[key] = value }
	}
	inSubject := func(key string, value any) func(_, _ map[string]any) {
		return func(_, s map[string]any) { s[key] = value }
	}
	plain := func(content map[string]any) fetch.Response {
		text, _ := json.Marshal(content)
		return fetch.Response{Body: text}
	}
	cut := func(encoded string) string {
		data, _ := base64.RawURLEncoding.DecodeString(encoded[1:])
		return "u" + base64.RawURLEncoding.EncodeToString(data[:len(data)-9])
	}
	tampered := signed(bitstringList(victim, good))
	tampered.Body = bytes.Replace(tampered.Body, []byte("."), []byte("."+b64([]byte(`{"a":1}`))[:0]), 1)
	tampered.Body[len(tampered.Body)-10] ^= 1

	tests := []struct {
		name   string
		entry  any
		answer fetch.Response
		err    error
		code   report.Code
		want   report.Headline
	}{
		{"good", statusEntry(), signed(bitstringList(victim, good)), nil, report.StatusGood, report.Verified},
		{"revoked", statusEntry(), signed(bitstringList(victim, packed(bits(131072, 94567)))), nil, report.StatusRevoked, report.Revoked},
		{"the neighbour is revoked", statusEntry(), signed(bitstringList(victim, packed(bits(131072, 94566, 94568)))), nil, report.StatusGood, report.Verified},
		{"host down", statusEntry(), fetch.Response{}, fetch.ErrUnreachable, report.StatusListUnreachable, report.Incomplete},
		{"timeout", statusEntry(), fetch.Response{}, fetch.ErrTimeout, report.StatusListTimeout, report.Incomplete},
		{"no such host", statusEntry(), fetch.Response{}, fetch.ErrName, report.StatusListNameUnknown, report.Incomplete},
		{"closed to pages", statusEntry(), fetch.Response{}, fetch.ErrClosed, report.StatusListClosed, report.Incomplete},
		{"not allowed", statusEntry(), fetch.Response{}, fetch.ErrNotAllowed, report.StatusListNotAllowed, report.Incomplete},
		{"offline", statusEntry(), fetch.Response{}, fetch.ErrOffline, report.StatusListOffline, report.Incomplete},
		{"404", statusEntry(), fetch.Response{Status: 404, Body: []byte("{}")}, nil, report.StatusListNotFound, report.Incomplete},
		{"410", statusEntry(), fetch.Response{Status: 410}, nil, report.StatusListGone, report.Incomplete},
		{"403", statusEntry(), fetch.Response{Status: 403}, nil, report.StatusListForbidden, report.Incomplete},
		{"500", statusEntry(), fetch.Response{Status: 500}, nil, report.StatusListServerError, report.Incomplete},
		{"a redirect that was not followed", statusEntry(), fetch.Response{Status: 302}, nil, report.StatusListServerError, report.Incomplete},
		{"HTML", statusEntry(), body("<!doctype html><title>Hello</title>"), nil, report.StatusListPage, report.Incomplete},
		{"redirect to login", statusEntry(), fetch.Response{Body: []byte("<html>Sign in"), Address: "https://login.harvard.example/"}, nil, report.StatusListLogin, report.Incomplete},
		{"empty body", statusEntry(), body(""), nil, report.StatusListEmpty, report.Incomplete},
		{"blank body", statusEntry(), body(" \n"), nil, report.StatusListEmpty, report.Incomplete},
		{"too large", statusEntry(), body(strings.Repeat(" ", limits.ListBytes) + "{}"), nil, report.StatusListTooLarge, report.Incomplete},
		{"half a document", statusEntry(), body(`{"@context":["https://www.w3.org/ns/cred`), nil, report.StatusListUnreadable, report.Incomplete},
		{"something else", statusEntry(), body(`{"error":"maintenance"}`), nil, report.StatusListUnreadable, report.Incomplete},
		{"a gigabyte", statusEntry(), signed(bitstringList(victim, bomb(t, 1<<30))), nil, report.StatusListExpandsTooFar, report.Incomplete},
		{"one byte too much", statusEntry(), signed(bitstringList(victim, bomb(t, limits.ListExpanded+1))), nil, report.StatusListExpandsTooFar, report.Incomplete},
		{"as much as may be", statusEntry(), signed(bitstringList(victim, bomb(t, limits.ListExpanded))), nil, report.StatusGood, report.Verified},
		{"truncated", statusEntry(), signed(bitstringList(victim, cut(good))), nil, report.StatusListTruncated, report.Incomplete},
		{"garbage", statusEntry(), signed(bitstringList(victim, "uAAAA!")), nil, report.StatusListMalformed, report.Incomplete},
		{"no list in it", statusEntry(), signed(bitstringList(victim, "")), nil, report.StatusListMalformed, report.Incomplete},
		{"unsigned", statusEntry(), plain(bitstringList(victim, good)), nil, report.StatusListUnsigned, report.Incomplete},
		{"altered", statusEntry(), tampered, nil, report.StatusListAltered, report.Incomplete},
		{"expired", statusEntry(), signed(bitstringList(victim, good, inList("validUntil", "2026-06-01T00:00:00Z"))), nil, report.StatusListExpired, report.Incomplete},
		{"expired, and it says revoked", statusEntry(), signed(bitstringList(victim, packed(bits(131072, 94567)), inList("validUntil", "2026-06-01T00:00:00Z"))), nil, report.StatusListExpired, report.Incomplete},
		{"not yet valid", statusEntry(), signed(bitstringList(victim, good, inList("validFrom", "2026-06-16T00:00:00Z"))), nil, report.StatusListNotYetValid, report.Incomplete},
		{"another address", statusEntry(), signed(bitstringList(victim, good, inList("id", "https://harvard.example/status/4"))), nil, report.StatusListOtherAddress, report.Incomplete},
		{"another signer", statusEntry(), fetch.Response{Body: stranger.jwt(header(other), bitstringList(other, good))}, nil, report.StatusListOtherSigner, report.Incomplete},
		{"another signer says revoked", statusEntry(), fetch.Response{Body: stranger.jwt(header(other), bitstringList(other, packed(bits(131072, 94567))))}, nil, report.StatusListOtherSigner, report.Incomplete},
		{"another signer in the issuer's name", statusEntry(), fetch.Response{Body: stranger.jwt(header(other), bitstringList(victim, good))}, nil, report.StatusListWrongKey, report.Incomplete},
		{"index NaN", statusEntry(set("statusListIndex", "NaN")), signed(bitstringList(victim, good)), nil, report.StatusIndexMalformed, report.Incomplete},
		{"index missing", statusEntry(without("statusListIndex")), signed(bitstringList(victim, good)), nil, report.StatusIndexMalformed, report.Incomplete},
		{"index negative", statusEntry(set("statusListIndex", "-1")), signed(bitstringList(victim, good)), nil, report.StatusIndexNegative, report.Incomplete},
		{"index past the end", statusEntry(set("statusListIndex", "131072")), signed(bitstringList(victim, good)), nil, report.StatusIndexOutOfRange, report.Incomplete},
		{"index far past the end", statusEntry(set("statusListIndex", "18446744073709551616")), signed(bitstringList(victim, good)), nil, report.StatusIndexOutOfRange, report.Incomplete},
		{"unknown type", statusEntry(set("type", "StatusByPigeon2026")), signed(bitstringList(victim, good)), nil, report.StatusUnsupported, report.Incomplete},
		{"second entry of unknown type", []any{statusEntry(), statusEntry(set("type", "StatusByPigeon2026"))}, signed(bitstringList(victim, good)), nil, report.StatusUnsupported, report.Incomplete},
		{"second entry set", []any{statusEntry(set("statusListIndex", "7")), statusEntry()}, signed(bitstringList(victim, packed(bits(131072, 94567)))), nil, report.StatusRevoked, report.Revoked},
		{"suspension second", []any{statusEntry(set("statusListIndex", "7")), statusEntry(set("statusPurpose", "suspension"))}, signed(bitstringList(victim, packed(bits(131072, 94567)), inSubject("statusPurpose", []any{"revocation", "suspension"}))), nil, report.StatusSuspended, report.Suspended},
		{"purpose mismatch", statusEntry(set("statusPurpose", "suspension")), signed(bitstringList(victim, good)), nil, report.StatusPurposeMismatch, report.Incomplete},
		{"purpose missing", statusEntry(without("statusPurpose")), signed(bitstringList(victim, good)), nil, report.StatusPurposeMissing, report.Incomplete},
		{"size mismatch", statusEntry(set("statusSize", 2), set("statusMessage", []any{map[string]any{"status": "0x0", "message": "a"}})), signed(bitstringList(victim, packed(bits(262144)), inSubject("statusSize", 1))), nil, report.StatusSizeMismatch, report.Incomplete},
		{"size that is none", statusEntry(set("statusSize", "two")), signed(bitstringList(victim, good)), nil, report.StatusSizeMalformed, report.Incomplete},
		{"size without messages", statusEntry(set("statusSize", 2)), signed(bitstringList(victim, packed(bits(262144)))), nil, report.StatusMessageMalformed, report.Incomplete},
		{"too short", statusEntry(set("statusListIndex", "7")), signed(bitstringList(victim, packed(bits(131064)))), nil, report.StatusListTooShort, report.Incomplete},
		{"a badge for a list", statusEntry(), signed(badge(victim)), nil, report.StatusListWrongType, report.Incomplete},
		{"a list of 2021", statusEntry(), signed(bitstringList(victim, good, inList("type", []any{"VerifiableCredential", "StatusList2021Credential"}))), nil, report.StatusListWrongType, report.Incomplete},
		{"a list that can be withdrawn itself", statusEntry(), signed(bitstringList(victim, good, inList("credentialStatus", statusEntry()))), nil, report.StatusListOwnStatus, report.Incomplete},
		{"http", statusEntry(set("statusListCredential", "http://harvard.example/status/3")), signed(bitstringList(victim, good)), nil, report.StatusListAddress, report.Incomplete},
		{"this machine", statusEntry(set("statusListCredential", "https://127.0.0.1/status/3")), signed(bitstringList(victim, good)), nil, report.StatusListAddress, report.Incomplete},
		{"no address", statusEntry(without("statusListCredential")), signed(bitstringList(victim, good)), nil, report.StatusMalformed, report.Incomplete},
		{"an address that names the credential", statusEntry(set("statusListCredential", "https://harvard.example/6b2f0c0e-7a51-4f8e-9d7b-0c2f1f3f5a11")), signed(bitstringList(victim, good)), nil, report.StatusWouldIdentify, report.Incomplete},
		{"a token status list for it", statusEntry(), fetch.Response{Body: harvard.jwt(map[string]any{"kid": victim + "#key-1", "typ": "statuslist+jwt"}, map[string]any{"sub": listAddress, "iat": 1767225600, "status_list": map[string]any{"bits": 1, "lst": ""}})}, nil, report.StatusListWrongType, report.Incomplete},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			network := &kept{answers: map[string]fetch.Response{
				"https://harvard.example/.well-known/did.json":  body(harvard.document(victim)),
				"https://stranger.example/.well-known/did.json": body(stranger.document(other)),
				listAddress: test.answer,
			}, errors: map[string]error{listAddress: test.err}}
			got := judged(t, network, harvard.jwt(header(victim), badgeWith(victim, test.entry)), listed)
			if got.Headline != test.want || !slices.Contains(codesOf(got, report.CheckStatus), test.code) {
				t.Errorf("%s %v, want %s %s", got.Headline, deciding(got).Checks[7].Findings, test.want, test.code)
			}
			if test.want == report.Incomplete && (got.Verdict != report.Indeterminate || deciding(got).Checks[7].Outcome != report.Unknown) {
				t.Errorf("%s, %s", got.Verdict, deciding(got).Checks[7].Outcome)
			}
			hosts := map[string]bool{}
			for _, c := range got.Consulted {
				hosts[fetch.Host(c.Address)] = true
			}
			for _, request := range network.asked {
				if !hosts[fetch.Host(request.Address)] && test.err == nil {
					t.Errorf("asked %s, which the report does not list", request.Address)
				}
				if strings.Contains(request.Address, "6b2f0c0e") {
					t.Errorf("asked %s", request.Address)
				}
			}
		})
	}
}

// bomb is a list of zeros of a length, packed.
func bomb(t testing.TB, length int64) string {
	t.Helper()
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if _, err := io.CopyN(w, zeros{}, length); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	return "u" + base64.RawURLEncoding.EncodeToString(out.Bytes())
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestListMemory: reading a list that expands to 16 MiB takes less than 32 MiB
// at any time, whatever secures it.
func TestListMemory(t *testing.T) {
	for name, encoded := range map[string]string{"empty": bomb(t, limits.ListExpanded), "one in a hundred set": sparse(limits.ListExpanded, 100)} {
		t.Run(name, func(t *testing.T) { listMemory(t, encoded) })
	}
}

// sparse is a list in which one bit in so many is set, by lot.
func sparse(length, one int) string {
	random := rand.New(rand.NewPCG(1, 2))
	list := make([]byte, length)
	for range length * 8 / one {
		list[random.IntN(length)] |= 1 << random.IntN(8)
	}
	list[94567/8] &^= 0x80 >> (94567 % 8)
	return packed(list)
}

func listMemory(t *testing.T, encoded string) {
	harvard := newSigner(1)
	list := harvard.jwt(map[string]any{"kid": victim + "#key-1", "typ": "vc+jwt"}, bitstringList(victim, encoded))
	network := &kept{answers: map[string]fetch.Response{
		"https://harvard.example/.well-known/did.json": {Body: []byte(harvard.document(victim))}, listAddress: {Body: list},
	}}
	file := harvard.jwt(map[string]any{"kid": victim + "#key-1", "typ": "vc+jwt"}, badgeWith(victim, statusEntry()))
	v, err := verifier.New(verifier.Config{Getter: network, Now: func() time.Time { return instant }})
	if err != nil {
		t.Fatal(err)
	}
	v.Verify(context.Background(), file) // what is made once
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	r := v.Verify(context.Background(), file)
	runtime.ReadMemStats(&after)
	if !slices.Contains(codesOf(r, report.CheckStatus), report.StatusGood) {
		t.Fatal(codesOf(r, report.CheckStatus))
	}
	// What was allocated in all, collected or not, bounds what was held.
	if used := after.TotalAlloc - before.TotalAlloc; used > 32<<20 {
		t.Errorf("%d KiB", used>>10)
	} else {
		t.Logf("%d KiB in all for a list of %d KiB on the wire", used>>10, len(list)>>10)
	}
}

// TestAsOf: what today's list tells about an earlier instant, and what a list
// of that instant does.
func TestAsOf(t *testing.T) {
	harvard := newSigner(1)
	header := map[string]any{"kid": victim + "#key-1", "typ": "vc+jwt"}
	listed := list(entry("Harvard", `{"did":"`+victim+`"}`))
	today := instant.AddDate(0, 3, 0)
	from := func(when string) func(l, _ map[string]any) {
		return func(l, _ map[string]any) { l["validFrom"] = when }
	}
	sign := func(content map[string]any) fetch.Response {
		return fetch.Response{Body: harvard.jwt(header, content), Time: today}
	}
	suspended := func(_, s map[string]any) { s["statusPurpose"] = "suspension" }
	suspension := statusEntry(func(e map[string]any) { e["statusPurpose"] = "suspension" })
	historic := listAddress + "?timestamp=" + strings.ReplaceAll(instant.UTC().Format(time.RFC3339), ":", "%3A")
	for _, test := range []struct {
		name      string
		entry     any
		now, then *fetch.Response
		code      report.Code
		want      report.Headline
	}{
		{"not withdrawn today", statusEntry(), answerOf(sign(bitstringList(victim, packed(bits(131072)), from("2026-09-01T00:00:00Z")))), nil, report.StatusGoodSince, report.Verified},
		{"withdrawn by today", statusEntry(), answerOf(sign(bitstringList(victim, packed(bits(131072, 94567)), from("2026-09-01T00:00:00Z")))), nil, report.StatusAtUnknown, report.Incomplete},
		{"not suspended today", suspension, answerOf(sign(bitstringList(victim, packed(bits(131072)), from("2026-09-01T00:00:00Z"), suspended))), nil, report.StatusAtUnknown, report.Incomplete},
		{"withdrawn by today, not then", statusEntry(), answerOf(sign(bitstringList(victim, packed(bits(131072, 94567)), from("2026-09-01T00:00:00Z")))), answerOf(sign(bitstringList(victim, packed(bits(131072)), from("2026-06-01T00:00:00Z")))), report.StatusListHistoric, report.Verified},
		{"withdrawn then", statusEntry(), answerOf(sign(bitstringList(victim, packed(bits(131072, 94567)), from("2026-09-01T00:00:00Z")))), answerOf(sign(bitstringList(victim, packed(bits(131072, 94567)), from("2026-06-01T00:00:00Z")))), report.StatusRevoked, report.Revoked},
		{"the host does not know the question", statusEntry(), answerOf(sign(bitstringList(victim, packed(bits(131072, 94567)), from("2026-09-01T00:00:00Z")))), answerOf(sign(bitstringList(victim, packed(bits(131072, 94567)), from("2026-09-01T00:00:00Z")))), report.StatusAtUnknown, report.Incomplete},
		{"a list from before, read today, without a date of signing", statusEntry(), answerOf(sign(bitstringList(victim, packed(bits(131072, 94567))))), nil, report.StatusAtUnknown, report.Incomplete},
		{"from after it was read", statusEntry(), answerOf(sign(bitstringList(victim, packed(bits(131072)), from("2027-01-01T00:00:00Z")))), nil, report.StatusListNotYetValid, report.Incomplete},
	} {
		network := &kept{answers: map[string]fetch.Response{"https://harvard.example/.well-known/did.json": {Body: []byte(harvard.document(victim))}, listAddress: *test.now}}
		if test.then != nil {
			network.answers[historic] = *test.then
		}
		got := judged(t, network, harvard.jwt(header, badgeWith(victim, test.entry)), listed)
		if got.Headline != test.want || !slices.Contains(codesOf(got, report.CheckStatus), test.code) {
			t.Errorf("%s: %s %v, want %s %s", test.name, got.Headline, deciding(got).Checks[7].Findings, test.want, test.code)
		}
	}
}

func answerOf(r fetch.Response) *fetch.Response { return &r }

// TestSuppliedLists: a list that is handed in is used where it is the one that
// the entry names, and believed as one of the network is, but for its age.
func TestSuppliedLists(t *testing.T) {
	harvard, stranger := newSigner(1), newSigner(2)
	other := stranger.did()
	header := map[string]any{"kid": victim + "#key-1", "typ": "vc+jwt"}
	listed := list(entry("Harvard", `{"did":"`+victim+`"}`))
	with := func(key string, value any) func(l, _ map[string]any) {
		return func(l, _ map[string]any) { l[key] = value }
	}
	recent := with("validFrom", "2026-06-01T06:00:00Z")
	none, one := packed(bits(131072)), packed(bits(131072, 94567))
	for _, test := range []struct {
		name string
		list []byte
		code report.Code
		want report.Headline
	}{
		{"of today", harvard.jwt(header, bitstringList(victim, none, recent)), report.StatusGood, report.Verified},
		{"of last month, that still holds", harvard.jwt(header, bitstringList(victim, none, with("validFrom", "2026-05-20T00:00:00Z"), with("validUntil", "2026-06-10T00:00:00Z"))), report.StatusListOld, report.Incomplete},
		{"of last winter, made to last for years", harvard.jwt(header, bitstringList(victim, none, with("validUntil", "2036-07-01T00:00:00Z"))), report.StatusListOld, report.Incomplete},
		{"of last winter", harvard.jwt(header, bitstringList(victim, none)), report.StatusListOld, report.Incomplete},
		{"of last winter, withdrawn", harvard.jwt(header, bitstringList(victim, one)), report.StatusRevoked, report.Revoked},
		{"that has ended", harvard.jwt(header, bitstringList(victim, none, with("validUntil", "2026-06-01T00:00:00Z"))), report.StatusListExpired, report.Incomplete},
		{"of tomorrow", harvard.jwt(header, bitstringList(victim, none, with("validFrom", "2026-06-17T00:00:00Z"))), report.StatusListNotYetValid, report.Incomplete},
		{"of another address", harvard.jwt(header, bitstringList(victim, none, recent, with("id", listAddress+"4"))), report.StatusListNotAllowed, report.Incomplete},
		{"by somebody else", stranger.jwt(map[string]any{"kid": other + "#0", "typ": "vc+jwt"}, bitstringList(other, none, recent)), report.StatusListOtherSigner, report.Incomplete},
		{"that is none", []byte("hello"), report.StatusListNotAllowed, report.Incomplete},
	} {
		network := &kept{answers: map[string]fetch.Response{"https://harvard.example/.well-known/did.json": {Body: []byte(harvard.document(victim))}},
			errors: map[string]error{listAddress: fetch.ErrNotAllowed}}
		config := verifier.Config{Getter: network, Now: func() time.Time { return instant }, StatusLists: [][]byte{test.list},
			Trust: []trust.Source{{Name: "list", Data: []byte(listed)}}}
		got := verify(t, config, harvard.jwt(header, badgeWith(victim, statusEntry())))
		if got.Headline != test.want || !slices.Contains(codesOf(got, report.CheckStatus), test.code) {
			t.Errorf("%s: %s %v, want %s %s", test.name, got.Headline, deciding(got).Checks[7].Findings, test.want, test.code)
		}
	}
}

// TestTokenStatusList: every size and value of a status list token, and the
// kinds of token that may not stand in for one.
func TestTokenStatusList(t *testing.T) {
	harvard, stranger := newSigner(1), newSigner(2)
	listed := list(entry("Harvard", `{"did":"`+victim+`"}`))
	deflate := func(data []byte) string {
		var out bytes.Buffer
		w := zlib.NewWriter(&out)
		_, _ = w.Write(data)
		_ = w.Close()
		return b64(out.Bytes())
	}
	token := func(size int, value byte, change map[string]any) map[string]any {
		data := make([]byte, 1000)
		data[9*size/8] |= value << (9 * size % 8)
		claims := map[string]any{"sub": listAddress, "iat": 1767225600, "exp": 1798761600, "ttl": 3600, "status_list": map[string]any{"bits": size, "lst": deflate(data)}}
		for name, value := range change {
			if value == nil {
				delete(claims, name)
			} else {
				claims[name] = value
			}
		}
		return claims
	}
	header := func(typ string) map[string]any {
		return map[string]any{"kid": victim + "#key-1", "typ": typ}
	}
	for _, test := range []struct {
		name string
		list []byte
		code report.Code
		want report.Headline
	}{
		{"1 bit, valid", harvard.jwt(header("statuslist+jwt"), token(1, 0, nil)), report.StatusGood, report.Verified},
		{"1 bit, invalid", harvard.jwt(header("statuslist+jwt"), token(1, 1, nil)), report.StatusRevoked, report.Revoked},
		{"2 bits, suspended", harvard.jwt(header("statuslist+jwt"), token(2, 2, nil)), report.StatusSuspended, report.Suspended},
		{"2 bits, for the issuer's own use", harvard.jwt(header("statuslist+jwt"), token(2, 3, nil)), report.StatusValueUnknown, report.Incomplete},
		{"4 bits, invalid", harvard.jwt(header("statuslist+jwt"), token(4, 1, nil)), report.StatusRevoked, report.Revoked},
		{"8 bits, not given out", harvard.jwt(header("statuslist+jwt"), token(8, 200, nil)), report.StatusValueUnknown, report.Incomplete},
		{"8 bits, suspended", harvard.jwt(header("application/statuslist+jwt"), token(8, 2, nil)), report.StatusSuspended, report.Suspended},
		{"3 bits", harvard.jwt(header("statuslist+jwt"), token(3, 0, nil)), report.StatusListMalformed, report.Incomplete},
		{"the issuer is named", harvard.jwt(header("statuslist+jwt"), token(1, 0, map[string]any{"iss": victim})), report.StatusGood, report.Verified},
		{"another issuer is named", harvard.jwt(header("statuslist+jwt"), token(1, 0, map[string]any{"iss": stranger.did()})), report.StatusListWrongKey, report.Incomplete},
		{"another key", stranger.jwt(map[string]any{"kid": stranger.did() + "#0", "typ": "statuslist+jwt"}, token(1, 0, nil)), report.StatusListOtherSigner, report.Incomplete},
		{"another issuer, rightly signed", stranger.jwt(map[string]any{"kid": stranger.did() + "#0", "typ": "statuslist+jwt"}, token(1, 0, map[string]any{"iss": stranger.did()})), report.StatusListOtherSigner, report.Incomplete},
		{"no typ", harvard.jwt(map[string]any{"kid": victim + "#key-1"}, token(1, 0, nil)), report.StatusListRefused, report.Incomplete},
		{"typ of a credential", harvard.jwt(header("vc+jwt"), token(1, 0, nil)), report.StatusListRefused, report.Incomplete},
		{"typ JWT", harvard.jwt(header("JWT"), token(1, 0, nil)), report.StatusListRefused, report.Incomplete},
		{"another address", harvard.jwt(header("statuslist+jwt"), token(1, 0, map[string]any{"sub": listAddress + "4"})), report.StatusListOtherAddress, report.Incomplete},
		{"no address", harvard.jwt(header("statuslist+jwt"), token(1, 0, map[string]any{"sub": nil})), report.StatusListRefused, report.Incomplete},
		{"no iat", harvard.jwt(header("statuslist+jwt"), token(1, 0, map[string]any{"iat": nil})), report.StatusListRefused, report.Incomplete},
		{"over", harvard.jwt(header("statuslist+jwt"), token(1, 0, map[string]any{"exp": 1780272000})), report.StatusListExpired, report.Incomplete},
		{"of the future", harvard.jwt(header("statuslist+jwt"), token(1, 0, map[string]any{"iat": 1790000000})), report.StatusListNotYetValid, report.Incomplete},
	} {
		network := &kept{answers: map[string]fetch.Response{"https://harvard.example/.well-known/did.json": {Body: []byte(harvard.document(victim))}, listAddress: {Body: test.list}}}
		b := badge(victim)
		b["status"] = map[string]any{"status_list": map[string]any{"idx": 9, "uri": listAddress}}
		got := judged(t, network, harvard.jwt(header("vc+jwt"), b), listed)
		if got.Headline != test.want || !slices.Contains(codesOf(got, report.CheckStatus), test.code) {
			t.Errorf("%s: %s %v, want %s %s", test.name, got.Headline, deciding(got).Checks[7].Findings, test.want, test.code)
		}
		// Dropped as a record of a learner, it is told for what it is.
		if alone := judged(t, network, test.list, listed); alone.Verdict == report.Valid || alone.Headline != report.Unreadable {
			t.Errorf("%s, dropped by itself: %s", test.name, alone.Headline)
		}
	}
}

// TestListMemoryBetweenFiles: a list that was believed is used again while it
// holds and is not asked for; one that is older than one read before is said to
// be; one that was not believed leaves nothing behind.
func TestListMemoryBetweenFiles(t *testing.T) {
	harvard := newSigner(1)
	header := map[string]any{"kid": victim + "#key-1", "typ": "vc+jwt"}
	from := func(when string) func(l, _ map[string]any) {
		return func(l, _ map[string]any) { l["validFrom"] = when }
	}
	good := harvard.jwt(header, bitstringList(victim, packed(bits(131072)), from("2026-05-30T00:00:00Z")))
	older := harvard.jwt(header, bitstringList(victim, packed(bits(131072)), from("2026-05-01T00:00:00Z")))
	file := harvard.jwt(header, badgeWith(victim, statusEntry()))
	network := &kept{answers: map[string]fetch.Response{"https://harvard.example/.well-known/did.json": {Body: []byte(harvard.document(victim))}}}
	memory := fetch.NewMemory()
	ask := func(at time.Time, list []byte) *report.Report {
		network.answers[listAddress] = fetch.Response{Body: list, Time: at}
		network.asked = nil
		return verify(t, verifier.Config{Getter: network, Now: func() time.Time { return at }, Memory: memory}, file)
	}
	lists := func() int {
		n := 0
		for _, request := range network.asked {
			if request.Kind == fetch.StatusList {
				n++
			}
		}
		return n
	}
	for _, step := range []struct {
		name  string
		after time.Duration
		list  []byte
		asks  int
		from  string
		code  report.Code
	}{
		{"a page for a list leaves nothing behind", 0, []byte("<html>"), 1, "network", report.StatusListPage},
		{"first", time.Minute, good, 1, "network", report.StatusGood},
		{"again", 90 * time.Second, []byte("<html>"), 0, "memory", report.StatusGood},
		{"the next day", 25 * time.Hour, good, 1, "network", report.StatusGood},
		{"an older one", 50 * time.Hour, older, 1, "network", report.StatusListRollback},
	} {
		r := ask(instant.Add(step.after), step.list)
		c := deciding(r)
		if lists() != step.asks || len(c.Standing) != 1 || c.Standing[0].From != step.from || !slices.Contains(codesOf(r, report.CheckStatus), step.code) {
			t.Errorf("%s: asked %d times, %+v, %v", step.name, lists(), c.Standing, codesOf(r, report.CheckStatus))
		}
		if step.from == "memory" {
			last := r.Consulted[len(r.Consulted)-1]
			if !last.Memory || last.Age != 30 {
				t.Errorf("%s: %+v", step.name, last)
			}
		}
	}
}
