package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// service answers requests. It keeps nothing of them and is safe for
// concurrent use as far as its Getter is.
type service struct {
	verifier *verifier.Verifier
	policy   verifier.Policy
	offline  bool
	contact  bool // see settings.ContactIssuer
}

// route is an address and the one thing that can be done with it.
type route struct {
	method string
	answer func(*service, http.ResponseWriter, *http.Request)
}

var routes = map[string]route{
	"/":       {http.MethodGet, (*service).describe},
	"/health": {http.MethodGet, (*service).health},
	"/verify": {http.MethodPost, (*service).verify},
}

// ServeHTTP answers one request. A fault of our own is a problem that says no
// more than that.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if recover() != nil {
			internalProblem.write(w, "")
		}
	}()
	guard(w.Header())
	found, ok := routes[r.URL.Path]
	if !ok {
		notFound.write(w, "POST a file to /verify; GET / says more.")
		return
	}
	switch {
	case r.Method == http.MethodOptions:
		found.preflight(w.Header())
		w.WriteHeader(http.StatusNoContent)
	case r.Method == found.method, r.Method == http.MethodHead && found.method == http.MethodGet:
		found.answer(s, w, r)
	default:
		w.Header().Set("Allow", found.allow())
		wrongMethod.write(w, "It takes "+found.allow()+".")
	}
}

// guard sets what every answer carries: any page may read it, since it says
// nothing that depends on who asks; nobody keeps it; nothing in it is run.
func guard(header http.Header) {
	header.Set("Access-Control-Allow-Origin", "*")
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	header.Set("Cross-Origin-Resource-Policy", "cross-origin")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
}

func (r route) allow() string {
	if r.method == http.MethodGet {
		return "GET, HEAD, OPTIONS"
	}
	return r.method + ", OPTIONS"
}

// preflight answers what a browser asks before it sends a file of a type that
// no form could send.
func (r route) preflight(header http.Header) {
	header.Set("Allow", r.allow())
	header.Set("Access-Control-Allow-Methods", r.allow())
	header.Set("Access-Control-Allow-Headers", "Content-Type")
	header.Set("Access-Control-Max-Age", "86400")
}

// verify answers with the report on the body, whatever the verdict is.
func (s *service) verify(w http.ResponseWriter, r *http.Request) {
	asked, err := s.readOptions(r.URL.RawQuery)
	if err != nil {
		badOption.write(w, err.Error())
		return
	}
	if reason := wrapped(r.Header); reason != "" {
		wrappedBody.write(w, reason)
		return
	}
	file, fault, err := readBody(r)
	if err != nil {
		fault.write(w, err.Error())
		return
	}
	v, err := s.verifier.With(asked.now, asked.policy)
	if err != nil {
		internalProblem.write(w, "")
		return
	}
	ctx := r.Context()
	if asked.offline {
		ctx = offline(ctx)
	}
	s.answer(w, r, v.Verify(ctx, file))
}

// wrapped says why the body cannot be the file itself, if so. The type that is
// claimed for it otherwise counts for nothing: the bytes decide.
func wrapped(header http.Header) string {
	if coding := header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return "Send the file without Content-Encoding."
	}
	if kind, _, err := mime.ParseMediaType(header.Get("Content-Type")); err == nil && strings.HasPrefix(kind, "multipart/") {
		return "Send the file itself as the body, not a form: curl --data-binary @file."
	}
	return ""
}

// mostBytes is the largest body, and mostUnpacked what the files in it may take
// when they are unpacked. The core reads more (verifier.MostBytes): here several
// requests share 128 MiB.
const (
	mostBytes    = 16 << 20
	mostUnpacked = 16 << 20
)

var errTooLarge = fmt.Errorf("At most %d bytes are read.", mostBytes)

// readBody reads one byte more than may be, and nothing of what says
// beforehand that it is too large.
func readBody(r *http.Request) ([]byte, kind, error) {
	if r.ContentLength > mostBytes {
		return nil, tooLarge, errTooLarge
	}
	if r.Body == nil {
		return nil, kind{}, nil
	}
	file, err := readAll(r.Body)
	if err != nil {
		return nil, unreadableBody, errors.New("Not all of it arrived.")
	}
	if len(file) > mostBytes {
		return nil, tooLarge, errTooLarge
	}
	return file, kind{}, nil
}

// whole is a body of which all is there already.
type whole struct {
	*bytes.Reader
	data []byte
}

func (*whole) Close() error { return nil }

func readAll(body io.ReadCloser) ([]byte, error) {
	if all, ok := body.(*whole); ok {
		return all.data, nil
	}
	return io.ReadAll(io.LimitReader(body, mostBytes+1))
}

// options are what a request may ask for.
type options struct {
	now     func() time.Time // nil for the worker's clock
	policy  verifier.Policy
	offline bool
}

// readOptions reads the query: at (an instant, RFC 3339), policy (a preset's
// name), offline (1 or 0). An option that is unknown, given twice or without
// sense is an error, so that no wish is ignored.
func (s *service) readOptions(query string) (options, error) {
	asked := options{policy: s.policy, offline: s.offline}
	values, err := url.ParseQuery(query)
	if err != nil {
		return asked, errors.New("The query cannot be read.")
	}
	for name, given := range values {
		if len(given) != 1 {
			return asked, fmt.Errorf("%q is given more than once.", name)
		}
		if err := asked.read(s, name, given[0]); err != nil {
			return asked, err
		}
	}
	return asked, nil
}

func (o *options) read(s *service, name, value string) error {
	switch name {
	case "at":
		// In a query a plus sign that is not escaped stands for a space.
		at, err := time.Parse(time.RFC3339, strings.ReplaceAll(value, " ", "+"))
		if err != nil {
			return errors.New(`"at" is no instant like 2026-06-15T12:00:00Z.`)
		}
		o.now = func() time.Time { return at }
	case "policy":
		policy, known := verifier.PolicyNamed(value)
		if value == s.policy.Name {
			policy, known = s.policy, true
		}
		if !known {
			return fmt.Errorf(`"policy" can be: %s.`, strings.Join(verifier.PolicyNames(), ", "))
		}
		o.policy = policy
	case "offline":
		wish, ok := truth(value)
		if !ok {
			return errors.New(`"offline" can be 1 or 0.`)
		}
		// The operator's word stands: a request can only ask for less.
		o.offline = o.offline || wish
	default:
		return fmt.Errorf("There is no option %q; there are at, policy and offline.", name)
	}
	return nil
}

// description tells a person or a program what this is.
type description struct {
	Name     string            `json:"name"`
	Core     string            `json:"core"` // version
	Verify   string            `json:"verify"`
	Options  map[string]string `json:"options"`
	Bytes    int               `json:"bytes"` // largest body
	Policies []string          `json:"policies"`
	Policy   string            `json:"policy"`        // where a request names none
	Offline  bool              `json:"offline"`       // no outgoing request at all
	Contact  bool              `json:"contactIssuer"` // also requests that show which credential is checked
	About    string            `json:"about"`
}

func (s *service) describe(w http.ResponseWriter, r *http.Request) {
	s.answer(w, r, description{
		Name:   "Sealcheck",
		Core:   verifier.Version,
		Verify: "POST /verify with the file as the body; the answer is the report as JSON, whatever the verdict",
		Options: map[string]string{
			"at":      "judge at this instant, such as 2026-06-15T12:00:00Z",
			"policy":  "what counts as valid",
			"offline": "1: ask no other host",
		},
		Bytes: mostBytes, Policies: verifier.PolicyNames(), Policy: s.policy.Name, Offline: s.offline, Contact: s.contact,
		About: "https://github.com/sealcheck/sealcheck",
	})
}

func (s *service) health(w http.ResponseWriter, r *http.Request) {
	s.answer(w, r, struct {
		Status string `json:"status"`
		Core   string `json:"core"`
	}{"ok", verifier.Version})
}

// answer writes a value as JSON: of a report the very bytes that the core's
// other hosts give.
func (s *service) answer(w http.ResponseWriter, r *http.Request, value any) {
	var body []byte
	if told, ok := value.(*report.Report); ok {
		body = told.Append(nil)
	} else if other, err := json.Marshal(value); err == nil {
		body = other
	} else {
		internalProblem.write(w, "")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a client that has gone needs no answer
	}
}
