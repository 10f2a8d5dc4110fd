//go:build !js

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/report"
)

func newTestService(t testing.TB, text string, getter fetch.Getter) *service {
	t.Helper()
	read, err := readSettings([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	s, err := read.service(getter, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ask(s *service, method, target string, body io.Reader, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, body)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// broken is a body that ends before its time.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// endless is a body without an end, which counts what is read of it.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	e.read += len(p)
	return len(p), nil
}

func TestAnswers(t *testing.T) {
	s := newTestService(t, `{}`, nil)
	text := func() io.Reader { return strings.NewReader("no credential") }
	for _, test := range []struct {
		name, method, target string
		body                 io.Reader
		header               []string
		status               int
		kind                 string // of the problem, or ""
	}{
		{"a file", "POST", "/verify", text(), nil, 200, ""},
		{"nothing", "POST", "/verify", nil, nil, 200, ""},
		{"any type", "POST", "/verify", text(), []string{"Content-Type", "image/png; charset=x"}, 200, ""},
		{"nonsense for a type", "POST", "/verify", text(), []string{"Content-Type", ";;"}, 200, ""},
		{"what curl says of any file", "POST", "/verify", text(), []string{"Content-Type", "application/x-www-form-urlencoded"}, 200, ""},
		{"a form", "POST", "/verify", text(), []string{"Content-Type", "multipart/form-data; boundary=x"}, 415, "wrapped-body"},
		{"packed", "POST", "/verify", text(), []string{"Content-Encoding", "gzip"}, 415, "wrapped-body"},
		{"not packed", "POST", "/verify", text(), []string{"Content-Encoding", "Identity"}, 200, ""},
		{"breaks off", "POST", "/verify", broken{}, nil, 400, "unreadable-body"},
		{"as large as may be", "POST", "/verify", io.LimitReader(&endless{}, mostBytes), nil, 200, ""},
		{"a byte too large", "POST", "/verify", io.LimitReader(&endless{}, mostBytes+1), nil, 413, "too-large"},
		{"get", "GET", "/verify", nil, nil, 405, "wrong-method"},
		{"head of verify", "HEAD", "/verify", nil, nil, 405, "wrong-method"},
		{"put", "PUT", "/verify", text(), nil, 405, "wrong-method"},
		{"post to the root", "POST", "/", text(), nil, 405, "wrong-method"},
		{"lower case", "post", "/verify", text(), nil, 405, "wrong-method"},
		{"preflight", "OPTIONS", "/verify", nil, nil, 204, ""},
		{"options of the root", "OPTIONS", "/", nil, nil, 204, ""},
		{"the root", "GET", "/", nil, nil, 200, ""},
		{"head of the root", "HEAD", "/", nil, nil, 200, ""},
		{"health", "GET", "/health", nil, nil, 200, ""},
		{"elsewhere", "GET", "/verify/", nil, nil, 404, "not-found"},
		{"upwards", "POST", "/x/../verify", nil, nil, 404, "not-found"},

		{"an instant", "POST", "/verify?at=2026-06-15T12:00:00Z", text(), nil, 200, ""},
		{"with a zone", "POST", "/verify?at=2026-06-15T12:00:00%2B02:00", text(), nil, 200, ""},
		{"with a zone, not escaped", "POST", "/verify?at=2026-06-15T12:00:00+02:00", text(), nil, 200, ""},
		{"a day", "POST", "/verify?at=2026-06-15", text(), nil, 400, "bad-option"},
		{"no instant", "POST", "/verify?at=", text(), nil, 400, "bad-option"},
		{"a policy", "POST", "/verify?policy=accept-unlisted", text(), nil, 200, ""},
		{"the policy", "POST", "/verify?policy=strict", text(), nil, 200, ""},
		{"no such policy", "POST", "/verify?policy=lax", text(), nil, 400, "bad-option"},
		{"a policy of one's own", "POST", `/verify?policy={"accept":["unlisted"]}`, text(), nil, 400, "bad-option"},
		{"offline", "POST", "/verify?offline=1", text(), nil, 200, ""},
		{"not offline", "POST", "/verify?offline=0", text(), nil, 200, ""},
		{"perhaps offline", "POST", "/verify?offline=maybe", text(), nil, 400, "bad-option"},
		{"all of them", "POST", "/verify?at=2026-06-15T12:00:00Z&policy=strict&offline=true", text(), nil, 200, ""},
		{"misspelt", "POST", "/verify?ofline=1", text(), nil, 400, "bad-option"},
		{"twice", "POST", "/verify?offline=1&offline=0", text(), nil, 400, "bad-option"},
		{"semicolons", "POST", "/verify?offline=1;at=2026-06-15T12:00:00Z", text(), nil, 400, "bad-option"},
		{"half an escape", "POST", "/verify?at=%2", text(), nil, 400, "bad-option"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/", test.body)
			r.Method = test.method
			path, query, _ := strings.Cut(test.target, "?")
			r.URL.Path, r.URL.RawQuery = path, query
			for i := 0; i+1 < len(test.header); i += 2 {
				r.Header.Set(test.header[i], test.header[i+1])
			}
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code != test.status {
				t.Fatalf("%d %s, want %d", w.Code, w.Body, test.status)
			}
			guarded(t, w.Header())
			switch {
			case test.kind != "":
				isProblem(t, w, test.kind)
			case test.status == 204 || test.method == "HEAD":
				if w.Body.Len() != 0 {
					t.Errorf("a body: %s", w.Body)
				}
			default:
				if kind := w.Header().Get("Content-Type"); kind != "application/json" || !json.Valid(w.Body.Bytes()) {
					t.Errorf("%s %s", kind, w.Body)
				}
			}
			if w.Code == 405 && w.Header().Get("Allow") == "" {
				t.Error("405 without Allow")
			}
		})
	}
}

func guarded(t *testing.T, header http.Header) {
	t.Helper()
	for name, want := range map[string]string{
		"Access-Control-Allow-Origin":      "*",
		"Access-Control-Allow-Credentials": "",
		"Cache-Control":                    "no-store",
		"X-Content-Type-Options":           "nosniff",
		"Server":                           "",
		"Set-Cookie":                       "",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func isProblem(t *testing.T, w *httptest.ResponseRecorder, name string) {
	t.Helper()
	var got problem
	decoder := json.NewDecoder(w.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.Type != explained+name || got.Status != w.Code || got.Title == "" {
		t.Errorf("%+v, want %s", got, name)
	}
	if kind := w.Header().Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("type %q", kind)
	}
}

// Every kind of problem, the shim's too, is explained where its type points.
func TestProblemsAreExplained(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		notFound.name, wrongMethod.name, badOption.name, unreadableBody.name, tooLarge.name, wrappedBody.name,
		wrongSettings.name, internalProblem.name, "slow-body", "busy", "late",
	} {
		if !bytes.Contains(readme, []byte("\n### "+name+"\n")) {
			t.Errorf("README.md does not explain %s", name)
		}
	}
}

func TestPreflight(t *testing.T) {
	w := ask(newTestService(t, `{}`, nil), "OPTIONS", "/verify", nil, "Origin", "https://jobs.example", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type")
	if got := w.Header().Get("Access-Control-Allow-Methods"); got != "POST, OPTIONS" {
		t.Errorf("methods %q", got)
	}
	if got := w.Header().Get("Access-Control-Allow-Headers"); got != "Content-Type" {
		t.Errorf("headers %q", got)
	}
}

// What says that it is too large is not read; what does not say it is read up
// to one byte more than may be.
func TestBodyIsNotReadFurther(t *testing.T) {
	s := newTestService(t, `{}`, nil)
	body := &endless{}
	r := httptest.NewRequest("POST", "/verify", body)
	r.ContentLength = mostBytes + 1
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != 413 || body.read != 0 {
		t.Errorf("%d after %d bytes", w.Code, body.read)
	}

	r = httptest.NewRequest("POST", "/verify", body)
	r.ContentLength = -1
	w = httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != 413 || body.read > mostBytes+1 {
		t.Errorf("%d after %d bytes", w.Code, body.read)
	}
}

func TestOptionsReachTheReport(t *testing.T) {
	s := newTestService(t, `{"policy":"{\"name\":\"ours\",\"accept\":[\"identified\"]}"}`, nil)
	for target, want := range map[string]struct{ policy, at string }{
		"/verify?at=2026-06-15T12:00:00%2B02:00":                     {"ours", "2026-06-15T10:00:00Z"},
		"/verify?at=2020-01-01T00:00:00Z&policy=ours":                {"ours", "2020-01-01T00:00:00Z"},
		"/verify?at=2020-01-01T00:00:00Z&policy=strict":              {"strict", "2020-01-01T00:00:00Z"},
		"/verify?at=2020-01-01T00:00:00.5Z&policy=accept-identified": {"accept-identified", "2020-01-01T00:00:00Z"},
	} {
		var got struct{ Policy, At string }
		w := ask(s, "POST", target, strings.NewReader("{}"))
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if got.Policy != want.policy || got.At != want.at {
			t.Errorf("%s: %+v, want %+v", target, got, want)
		}
	}
}

// No request is made where the operator or the request forbids it, and the
// report says what would have been asked.
func TestOffline(t *testing.T) {
	file, err := os.ReadFile(testdata + "/" + networked(t).File)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		settings, query string
		asks            bool
	}{
		{`{}`, "", true},
		{`{"offline":"0"}`, "?offline=0", true},
		{`{}`, "?offline=1", false},
		{`{"offline":"1"}`, "", false},
		{`{"offline":"true"}`, "?offline=0", false},
	} {
		asked := 0
		s := newTestService(t, test.settings, fetch.GetterFunc(func(context.Context, fetch.Request) (fetch.Response, error) {
			asked++
			return fetch.Response{}, fetch.ErrUnreachable
		}))
		w := ask(s, "POST", "/verify"+test.query, bytes.NewReader(file))
		var got report.Report
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if (asked > 0) != test.asks || (len(got.Wanted) > 0) == test.asks {
			t.Errorf("settings %s, query %q: %d asked, wanted %v", test.settings, test.query, asked, got.Wanted)
		}
	}
}

// What shows its host which credential is checked is asked only where the
// operator allows it, and never offline.
func TestContactIssuer(t *testing.T) {
	request := fetch.Request{Address: "https://lists.example.com/1", Kind: fetch.StatusList, Identifies: fetch.ByPath}
	for _, test := range []struct {
		settings string
		offline  bool
		want     error
	}{
		{`{}`, false, fetch.ErrIdentifies},
		{`{"contactIssuer":"0"}`, false, fetch.ErrIdentifies},
		{`{"contactIssuer":""}`, false, fetch.ErrIdentifies},
		{`{"contactIssuer":"1"}`, false, nil},
		{`{"contactIssuer":"true"}`, true, fetch.ErrOffline},
	} {
		s := newTestService(t, test.settings, nil)
		ctx := t.Context()
		if test.offline {
			ctx = offline(ctx)
		}
		host := fetch.GetterFunc(func(context.Context, fetch.Request) (fetch.Response, error) { return fetch.Response{Status: 200}, nil })
		session := fetch.NewSession(asker{host, s.contact}, time.Unix(0, 0), nil)
		if _, err := session.Get(ctx, request); !errors.Is(err, test.want) {
			t.Errorf("%+v: %v", test, err)
		}
		var told struct{ ContactIssuer bool }
		if err := json.Unmarshal(ask(s, "GET", "/", nil).Body.Bytes(), &told); err != nil || told.ContactIssuer != (test.want != fetch.ErrIdentifies) {
			t.Errorf("%+v: GET / says %v, %v", test, told, err)
		}
	}
	// A recording's own consent counts in tests; nobody's consent is none.
	recorded, err := fetch.NewStatic(fstest.MapFS{"index.json": {Data: []byte(`{"https://lists.example.com/1":{"consent":true}}`)}}, time.Unix(0, 0))
	if err != nil {
		t.Fatal(err)
	}
	if !(asker{recorded, false}).Consents(t.Context(), request) || (asker{}).Consents(t.Context(), request) {
		t.Error("consent")
	}
}

func TestWrongSettings(t *testing.T) {
	for _, text := range []string{
		``, `[]`, `{"ofline":"1"}`, `{"offline":"maybe"}`, `{"offline":true}`, `{"policy":"lax"}`,
		`{"contactIssuer":"perhaps"}`, `{"contactIssuer":true}`, `{"policy":"{\"accept\":[\"altered\"]}"}`, `{"given":["no key"]}`, `{"trust":[{"nam":"x"}]}`,
	} {
		read, err := readSettings([]byte(text))
		if err == nil {
			_, err = read.service(nil, nil)
		}
		if err == nil {
			t.Errorf("%s: no error", text)
		}
	}
}

// A fault of our own says nothing of the inside.
func TestFault(t *testing.T) {
	s := newTestService(t, `{}`, nil)
	s.verifier = nil
	w := ask(s, "POST", "/verify", strings.NewReader("secret"))
	if w.Code != 500 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if strings.Contains(w.Body.String(), "nil") || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("it says %s", w.Body)
	}
	isProblem(t, w, "internal")
}

func FuzzOptions(f *testing.F) {
	for _, query := range []string{"", "at=2026-06-15T12:00:00Z", "policy=strict&offline=1", "at=1&at=2", "%zz", "offline"} {
		f.Add(query)
	}
	s := newTestService(f, `{}`, nil)
	f.Fuzz(func(t *testing.T, query string) {
		if asked, err := s.readOptions(query); err == nil && asked.policy.Name == "" {
			t.Errorf("%q: a policy without a name", query)
		}
	})
}
