package fetch

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

var instant = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// counter answers everything and remembers what it was asked.
type counter struct {
	asked    []Request
	response Response
	err      error
}

func (c *counter) Get(_ context.Context, request Request) (Response, error) {
	c.asked = append(c.asked, request)
	return c.response, c.err
}

func TestSessionAsksOnce(t *testing.T) {
	host := &counter{response: Response{Status: 200, Body: []byte("{}"), Time: instant.Add(-time.Minute).In(time.FixedZone("x", 3600))}}
	s := NewSession(host, instant, nil)
	request := Request{Address: "https://example.com/did.json", Kind: DIDDocument, Reason: "did:web:example.com"}
	for range 3 {
		response, err := s.Get(context.Background(), request)
		if err != nil || string(response.Body) != "{}" {
			t.Fatal(response, err)
		}
	}
	if len(host.asked) != 1 || host.asked[0] != request {
		t.Errorf("asked %v", host.asked)
	}
	consulted := s.Consulted()
	if len(consulted) != 1 || len(s.Wanted()) != 0 {
		t.Fatalf("consulted %v, wanted %v", consulted, s.Wanted())
	}
	got := consulted[0]
	if got.Address != request.Address || got.Kind != "did-document" || got.Reason != request.Reason || got.Status != 200 || got.Bytes != 2 ||
		got.SHA256 != "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" || got.Age != 60 || got.Error != "" {
		t.Errorf("%+v", got)
	}
	if got.Time.Location() != time.UTC || !got.Time.Equal(instant.Add(-time.Minute)) {
		t.Errorf("time %v", got.Time)
	}
	consulted[0].Address = "changed"
	if s.Consulted()[0].Address != request.Address {
		t.Error("the list can be changed from outside")
	}
}

// TestSessionErrors: what was refused is wanted, what gave no answer was
// consulted, and a failure is remembered as an answer is.
func TestSessionErrors(t *testing.T) {
	tests := []struct {
		name, address  string
		err, want      error
		asked          int
		refused, noted string
	}{
		{"offline", "https://example.com/", ErrOffline, ErrOffline, 1, "offline", ""},
		{"offline, wrapped", "https://example.com/", fmt.Errorf("x: %w", ErrOffline), ErrOffline, 1, "offline", ""},
		{"not allowed", "https://example.com/", ErrNotAllowed, ErrNotAllowed, 1, "not_allowed", ""},
		{"a redirect to a bad address", "https://example.com/", ErrAddress, ErrAddress, 1, "address", ""},
		{"unreachable", "https://example.com/", ErrUnreachable, ErrUnreachable, 1, "", "unreachable"},
		{"an error of the host's own", "https://example.com/", errors.New("dns"), ErrUnreachable, 1, "", "unreachable"},
		{"stopped", "https://example.com/", context.Canceled, ErrUnreachable, 1, "", "unreachable"},
		{"too slow", "https://example.com/", ErrTimeout, ErrUnreachable, 1, "", "timeout"},
		{"no such name", "https://example.com/", fmt.Errorf("dns: %w", ErrName), ErrUnreachable, 1, "", "name"},
		{"closed to pages", "https://example.com/", ErrClosed, ErrUnreachable, 1, "", "closed"},
		{"an address never asked for", "https://127.0.0.1/", nil, ErrAddress, 0, "address", ""},
		{"http", "http://example.com/", nil, ErrAddress, 0, "address", ""},
		{"a DID too long", "did:jwk:" + strings.Repeat("a", limits.DIDBytes), nil, ErrAddress, 0, "address", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			host := &counter{err: test.err, response: Response{Status: 200, Body: []byte("half")}}
			s := NewSession(host, instant, nil)
			for range 2 {
				response, err := s.Get(context.Background(), Request{Address: test.address, Kind: Profile, Reason: "r"})
				if !errors.Is(err, test.want) || (test.err != nil && !errors.Is(err, test.err)) {
					t.Errorf("error %v", err)
				}
				if response.Status != 0 || response.Body != nil {
					t.Error("a response came with the error")
				}
			}
			if len(host.asked) != test.asked {
				t.Errorf("asked %d times", len(host.asked))
			}
			consulted, wanted := s.Consulted(), s.Wanted()
			if test.refused != "" && (len(wanted) != 1 || len(consulted) != 0 || wanted[0].Refused != test.refused || wanted[0].Kind != "profile") {
				t.Errorf("wanted %+v, consulted %+v", wanted, consulted)
			}
			if test.noted != "" && (len(consulted) != 1 || len(wanted) != 0 || consulted[0].Error != test.noted ||
				consulted[0].SHA256 != "" || consulted[0].Bytes != 0 || !consulted[0].Time.Equal(instant)) {
				t.Errorf("wanted %+v, consulted %+v", wanted, consulted)
			}
		})
	}
}

func TestSessionLimit(t *testing.T) {
	host := &counter{response: Response{Status: 404}}
	s := NewSession(host, instant, nil)
	get := func(i int) error {
		_, err := s.Get(context.Background(), Request{Address: fmt.Sprintf("https://example.com/%d", i)})
		return err
	}
	for i := range limits.Requests {
		if err := get(i); err != nil {
			t.Fatal(err)
		}
	}
	if err := get(limits.Requests); !errors.Is(err, ErrTooMany) {
		t.Errorf("error %v", err)
	}
	if err := get(0); err != nil {
		t.Errorf("an answer that is known: %v", err)
	}
	if len(host.asked) != limits.Requests || len(s.Consulted()) != limits.Requests {
		t.Errorf("asked %d", len(host.asked))
	}
}

func TestNoGetterIsOffline(t *testing.T) {
	s := NewSession(nil, instant, nil)
	if _, err := s.Get(context.Background(), Request{Address: "https://example.com:8443/x", Reason: "did:web:example.com"}); !errors.Is(err, ErrOffline) {
		t.Error(err)
	}
	wanted := s.Wanted()
	if len(wanted) != 1 || wanted[0].Host != "example.com:8443" || wanted[0].Refused != "offline" {
		t.Errorf("%+v", wanted)
	}
}

// TestLongTexts: what the report repeats of an address is cut.
func TestLongTexts(t *testing.T) {
	s := NewSession(nil, instant, nil)
	address := "https://" + strings.Repeat("a", 5000) + ".example.com/"
	_, err := s.Get(context.Background(), Request{Address: address, Reason: address})
	if !errors.Is(err, ErrAddress) {
		t.Fatal(err)
	}
	if w := s.Wanted()[0]; len(w.Address) > 1100 || len(w.Host) > 1100 || len(w.Reason) > 1100 {
		t.Error("not cut")
	}
}

// TestSessionCut: what was cut short for one kind is not handed out for
// another, which reads more.
func TestSessionCut(t *testing.T) {
	s := NewSession(GetterFunc(func(_ context.Context, request Request) (Response, error) {
		return Response{Status: 200, Body: make([]byte, min(2*limits.DocumentBytes, request.Kind.MaxBody()+1))}, nil
	}), instant, nil)
	for kind, want := range map[Kind]int{Profile: limits.DocumentBytes + 1, StatusList: 2 * limits.DocumentBytes, KeySet: limits.DocumentBytes + 1} {
		if r, err := s.Get(t.Context(), Request{Address: "https://example.com/", Kind: kind}); err != nil || len(r.Body) != want {
			t.Errorf("%s: %d bytes, %v", kind, len(r.Body), err)
		}
	}
	if len(s.Consulted()) != 2 {
		t.Errorf("consulted %v", s.Consulted())
	}
}

// TestSessionRedirected: an answer from where nothing may be asked is none.
func TestSessionRedirected(t *testing.T) {
	for address, want := range map[string]error{
		"": nil, "https://b.example.com/x": nil,
		"https://router.local/": ErrUnreachable, "http://example.com/": ErrUnreachable, "https://127.0.0.1/": ErrUnreachable,
	} {
		host := &counter{response: Response{Status: 200, Address: address}}
		r, err := NewSession(host, instant, nil).Get(t.Context(), Request{Address: "https://example.com/", Kind: StatusList})
		if !errors.Is(err, want) || (err == nil && r.Address != address) || (err != nil && r.Status != 0) {
			t.Errorf("%q: %+v, %v", address, r, err)
		}
	}
}

func static(t *testing.T, index string) *Static {
	t.Helper()
	s, err := NewStatic(fstest.MapFS{
		"index.json": {Data: []byte(index)},
		"a/did.json": {Data: []byte(`{"id":"x"}`)},
		"large":      {Data: make([]byte, limits.DocumentBytes+100)},
	}, instant)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStatic(t *testing.T) {
	s := static(t, `{
		"https://example.com/did.json": {"file": "a/did.json", "contentType": "text/html"},
		"did:web:example.org": {"file": "./a/did.json"},
		"https://example.com/gone": {"status": 410},
		"https://example.com/dead": {"status": 0, "file": "a/did.json"},
		"https://example.com/lost": {"file": "none"},
		"https://example.com/folder": {"file": "a"},
		"https://example.com/large": {"file": "large"},
		"https://example.com/slow": {"error": "timeout", "file": "a/did.json"},
		"https://example.com/nobody": {"error": "name"},
		"https://example.com/closed": {"error": "closed"},
		"https://example.com/none": {"error": "unreachable", "status": 200}
	}`)
	var missing []Request
	s.Missing = func(r Request) { missing = append(missing, r) }
	tests := []struct {
		request Request
		status  int
		bytes   int
		err     error
	}{
		{Request{Address: "https://example.com/did.json"}, 200, 10, nil},
		{Request{Address: "https://example.org/.well-known/did.json", Kind: DIDDocument, Reason: "did:web:example.org"}, 200, 10, nil},
		{Request{Address: "https://example.org/.well-known/did.json", Kind: Profile, Reason: "did:web:example.org"}, 0, 0, ErrUnreachable},
		{Request{Address: "https://example.com/gone"}, 410, 0, nil},
		{Request{Address: "https://example.com/dead"}, 0, 0, ErrUnreachable},
		{Request{Address: "https://example.com/lost"}, 0, 0, ErrUnreachable},
		{Request{Address: "https://example.com/folder"}, 0, 0, ErrUnreachable},
		{Request{Address: "https://example.com/large"}, 200, limits.DocumentBytes + 1, nil},
		{Request{Address: "https://example.com/large", Kind: StatusList}, 200, limits.DocumentBytes + 100, nil},
		{Request{Address: "https://example.com/slow"}, 0, 0, ErrTimeout},
		{Request{Address: "https://example.com/nobody"}, 0, 0, ErrName},
		{Request{Address: "https://example.com/closed"}, 0, 0, ErrClosed},
		{Request{Address: "https://example.com/none"}, 0, 0, ErrUnreachable},
		{Request{Address: "https://example.com/other"}, 0, 0, ErrUnreachable},
	}
	for _, test := range tests {
		response, err := s.Get(context.Background(), test.request)
		if !errors.Is(err, test.err) || response.Status != test.status || len(response.Body) != test.bytes {
			t.Errorf("%s: %d, %d bytes, %v", test.request.Address, response.Status, len(response.Body), err)
		}
		if err == nil && !response.Time.Equal(instant) {
			t.Errorf("%s: time %v", test.request.Address, response.Time)
		}
	}
	if len(missing) != 2 || missing[1].Address != "https://example.com/other" {
		t.Errorf("missing: %v", missing)
	}
	if response, _ := s.Get(context.Background(), Request{Address: "https://example.com/did.json"}); response.ContentType != "text/html" {
		t.Errorf("content type %q", response.ContentType)
	}
}

// TestStaticConsent: what gives away whose credential is checked is answered
// only where the recording says that somebody agreed.
func TestStaticConsent(t *testing.T) {
	s := static(t, `{
		"https://example.com/asked": {"consent": true, "address": "https://login.example.com/"},
		"https://example.com/not": {"consent": false},
		"https://example.com/silent": {}
	}`)
	session := NewSession(s, instant, nil)
	for name, want := range map[string]error{"asked": nil, "not": ErrIdentifies, "silent": ErrIdentifies, "none": ErrIdentifies} {
		r, err := session.Get(t.Context(), Request{Address: "https://example.com/" + name, Kind: StatusList, Identifies: ByQuery})
		if !errors.Is(err, want) || (err == nil && r.Address != "https://login.example.com/") {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	if len(session.Wanted()) != 3 || session.Wanted()[0].Identifies != "query" || session.Wanted()[0].Refused != "identifies" {
		t.Errorf("wanted %+v", session.Wanted())
	}
}

func TestNewStaticRefuses(t *testing.T) {
	for _, index := range []string{
		``, `[]`, `{"https://a.b/":1}`, `{"https://a.b/":{"status":"200"}}`, `{"https://a.b/":{"status":-1}}`, `{"https://a.b/":{"status":1000}}`,
		`{"https://a.b/":{"file":"../x"}}`, `{"https://a.b/":{"file":"/etc/passwd"}}`, `{"https://a.b/":{"file":""}}`, `{"https://a.b/":{"file":1}}`,
		`{"https://a.b/":{},"https://a.b/":{}}`, `{"https://a.b/":{"error":"dns"}}`, `{"https://a.b/":{"error":true}}`,
		`{"https://a.b/":{"consent":"yes"}}`, `{"https://a.b/":{"consent":1}}`,
		`{"https://a.b/":{"address":""}}`, `{"https://a.b/":{"address":"http://a.b/"}}`, `{"https://a.b/":{"address":"https://10.0.0.1/"}}`,
	} {
		if _, err := NewStatic(fstest.MapFS{"index.json": {Data: []byte(index)}}, instant); err == nil {
			t.Errorf("accepted %s", index)
		}
	}
	if _, err := NewStatic(fstest.MapFS{}, instant); err == nil {
		t.Error("accepted no index")
	}
}
