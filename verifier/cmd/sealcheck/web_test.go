package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/fetch"
)

// asked is one request that the test server saw.
type asked struct {
	path, method string
	header       http.Header
}

// serve gives a Getter whose connections all end at a test server, and what
// that server saw.
func serve(t *testing.T) (*web, *[]asked) {
	t.Helper()
	var seen []asked
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, asked{r.Host + r.URL.Path, r.Method, r.Header.Clone()})
		http.SetCookie(w, &http.Cookie{Name: "c", Value: "1"})
		switch {
		case strings.HasPrefix(r.URL.Path, "/hop/"):
			n, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/hop/"))
			if n == 0 {
				w.Write([]byte("there"))
				return
			}
			http.Redirect(w, r, "/hop/"+strconv.Itoa(n-1), http.StatusFound)
		case r.URL.Path == "/elsewhere":
			http.Redirect(w, r, "https://b.example.org/hop/0", http.StatusMovedPermanently)
		case r.URL.Path == "/to":
			http.Redirect(w, r, r.URL.Query().Get("a"), http.StatusFound)
		case r.URL.Path == "/large":
			w.Write(make([]byte, fetch.DIDDocument.MaxBody()+1000))
		case r.URL.Path == "/short":
			w.Header().Set("Content-Length", "100")
			w.Write([]byte("cut"))
		case r.URL.Path == "/gone":
			http.Error(w, "gone", http.StatusGone)
		default:
			w.Header().Set("Content-Type", "application/json")
			w.Write([]byte("{}"))
		}
	}))
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	client := newWebOn(&http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, server.Listener.Addr().String())
		},
		// The test server's certificate is for example.com.
		TLSClientConfig:    &tls.Config{RootCAs: roots, ServerName: "example.com"},
		DisableCompression: true,
	})
	client.now = func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }
	return client, &seen
}

func TestWeb(t *testing.T) {
	const at = "https://a.example.org"
	moved := map[string]string{"/hop/3": at + "/hop/0", "/elsewhere": "https://b.example.org/hop/0"}
	for _, test := range []struct {
		address string
		status  int
		bytes   int
		err     error
	}{
		{at + "/did.json", 200, 2, nil},
		{at + "/gone", 410, 5, nil},
		{at + "/large", 200, fetch.DIDDocument.MaxBody() + 1, nil},
		{at + "/hop/3", 200, 5, nil},
		{at + "/elsewhere", 200, 5, nil},
		{at + "/hop/4", 0, 0, fetch.ErrUnreachable},
		{at + "/short", 0, 0, fetch.ErrUnreachable},
		{at + "/to?a=http://a.example.org/did.json", 0, 0, fetch.ErrUnreachable},
		{at + "/to?a=https://127.0.0.1/", 0, 0, fetch.ErrUnreachable},
		{at + "/to?a=https://localhost/", 0, 0, fetch.ErrUnreachable},
		{at + "/to?a=https://u:p@a.example.org/", 0, 0, fetch.ErrUnreachable},
		{at + "/to?a=file:///etc/passwd", 0, 0, fetch.ErrUnreachable},
		{"http://a.example.org/", 0, 0, fetch.ErrAddress},
		{"https://10.0.0.1/", 0, 0, fetch.ErrAddress},
		{"https://localhost/", 0, 0, fetch.ErrAddress},
		{"did:example:a", 0, 0, fetch.ErrUnreachable},
	} {
		client, seen := serve(t)
		response, err := client.Get(t.Context(), fetch.Request{Address: test.address, Kind: fetch.DIDDocument})
		if !errors.Is(err, test.err) || (test.err == nil) != (err == nil) {
			t.Errorf("%s: error %v, want %v", test.address, err, test.err)
			continue
		}
		if response.Status != test.status || len(response.Body) != test.bytes {
			t.Errorf("%s: status %d, %d bytes", test.address, response.Status, len(response.Body))
		}
		if final := moved[strings.TrimPrefix(test.address, at)]; err == nil && response.Address != final {
			t.Errorf("%s: led to %q, want %q", test.address, response.Address, final)
		}
		if err == nil && response.Time.Year() != 2026 {
			t.Errorf("%s: time %v", test.address, response.Time)
		}
		for _, request := range *seen {
			if request.method != http.MethodGet || len(request.header) != 0 {
				t.Errorf("%s: %s %s says more than it must: %v", test.address, request.method, request.path, request.header)
			}
		}
	}
}

// TestWebPrivate: a name that leads to a private address is not connected to,
// whatever the name looks like.
func TestWebPrivate(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Skip(err)
	}
	defer listener.Close()
	dialer := net.Dialer{Control: onlyPublic, Timeout: time.Second}
	if connection, err := dialer.Dial("tcp", listener.Addr().String()); err == nil {
		connection.Close()
		t.Error("connected to a loopback address")
	} else if !strings.Contains(err.Error(), "not a public address") {
		t.Error(err)
	}
	for _, network := range []string{"udp", "unix"} {
		if onlyPublic(network, "93.184.215.14:443", nil) == nil {
			t.Errorf("%s is let through", network)
		}
	}
	if newWeb().client.Transport.(*http.Transport).Proxy != nil {
		t.Error("a proxy would connect in our place")
	}
}

func TestPublic(t *testing.T) {
	for text, want := range map[string]bool{
		"93.184.215.14": true, "8.8.8.8": true, "192.88.98.1": true, "172.32.0.1": true, "100.128.0.1": true,
		"2606:4700::1": true, "2a00:1450::1": true, "::ffff:8.8.8.8": true, "64:ff9b::808:808": true,
		"127.0.0.1": false, "127.9.9.9": false, "0.0.0.0": false, "0.1.2.3": false, "10.1.2.3": false,
		"172.16.0.1": false, "172.31.255.255": false, "192.168.1.1": false, "169.254.169.254": false,
		"100.64.0.1": false, "100.127.255.255": false, "192.0.0.1": false, "192.0.2.1": false, "198.18.0.1": false,
		"198.51.100.1": false, "203.0.113.1": false, "224.0.0.1": false, "239.255.255.255": false,
		"240.0.0.1": false, "255.255.255.255": false,
		"::": false, "::1": false, "fe80::1": false, "fec0::1": false, "fc00::1": false, "fd12::1": false,
		"ff02::1": false, "::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "64:ff9b::7f00:1": false,
		"64:ff9b::a00:1": false, "64:ff9b:1::1": false, "2001:db8::1": false, "2001::1": false,
		"2002:7f00:1::": false, "3fff::1": false, "100::1": false, "::127.0.0.1": false, "4000::1": false,
		"2606:4700::1%eth0": false,
	} {
		if got := public(netip.MustParseAddr(text)); got != want {
			t.Errorf("public(%s) = %v", text, got)
		}
	}
	if public(netip.Addr{}) {
		t.Error("no address at all is public")
	}
}

// TestWebNoAnswer: why no answer came, as far as it is known; and how much of
// one is read is decided by what it is.
func TestWebNoAnswer(t *testing.T) {
	request := fetch.Request{Address: "https://a.example.org/large", Kind: fetch.StatusList}
	for name, test := range map[string]struct {
		err  error
		want error
	}{
		"no such name":     {&net.DNSError{IsNotFound: true}, fetch.ErrName},
		"name, later":      {&net.DNSError{IsTimeout: true, IsTemporary: true}, fetch.ErrTimeout},
		"name, in vain":    {&net.DNSError{IsTemporary: true}, fetch.ErrUnreachable},
		"deadline":         {context.DeadlineExceeded, fetch.ErrTimeout},
		"dialled too long": {&net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded}, fetch.ErrTimeout},
		"refused":          {&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, fetch.ErrUnreachable},
		"stopped":          {context.Canceled, fetch.ErrUnreachable},
		"anything":         {errors.New("x"), fetch.ErrUnreachable},
	} {
		web := newWebOn(&http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return nil, test.err }})
		_, err := web.Get(t.Context(), request)
		if !errors.Is(err, test.want) || !errors.Is(err, fetch.ErrUnreachable) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
		if test.want == fetch.ErrUnreachable && (errors.Is(err, fetch.ErrName) || errors.Is(err, fetch.ErrTimeout)) {
			t.Errorf("%s: %v says more than is known", name, err)
		}
	}
	client, _ := serve(t)
	if r, err := client.Get(t.Context(), request); err != nil || len(r.Body) != fetch.DIDDocument.MaxBody()+1000 {
		t.Errorf("%d bytes of a list, %v", len(r.Body), err)
	}
	// A host that begins to answer and then stops is too slow as well.
	stuck := newWebOn(trickling{})
	stuck.client.Timeout = 20 * time.Millisecond
	if _, err := stuck.Get(t.Context(), request); !errors.Is(err, fetch.ErrTimeout) {
		t.Error(err)
	}
}

// trickling sends the head of an answer, and nothing more until it is stopped.
type trickling struct{}

func (trickling) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, Header: http.Header{}, Request: r, Body: waiting{r.Context()}}, nil
}

type waiting struct{ ctx context.Context }

func (w waiting) Close() error { return nil }

func (w waiting) Read([]byte) (int, error) {
	<-w.ctx.Done()
	return 0, w.ctx.Err()
}

func TestRemember(t *testing.T) {
	calls := map[string]int{}
	getter := remember(fetch.GetterFunc(func(_ context.Context, r fetch.Request) (fetch.Response, error) {
		calls[r.Address]++
		if r.Address == "down" {
			return fetch.Response{}, fetch.ErrUnreachable
		}
		return fetch.Response{Status: 200, Body: make([]byte, fetch.DIDDocument.MaxBody())}, nil
	}), time.Now)
	for range 3 {
		if r, err := getter.Get(t.Context(), fetch.Request{Address: "up"}); err != nil || r.Status != 200 {
			t.Error(r, err)
		}
		if _, err := getter.Get(t.Context(), fetch.Request{Address: "down"}); !errors.Is(err, fetch.ErrUnreachable) {
			t.Error(err)
		}
	}
	if calls["up"] != 1 || calls["down"] != 1 {
		t.Error(calls)
	}
	for i := range 100 {
		getter.Get(t.Context(), fetch.Request{Address: strconv.Itoa(i)})
	}
	getter.Get(t.Context(), fetch.Request{Address: "99"})
	getter.Get(t.Context(), fetch.Request{Address: "0"})
	if calls["99"] != 2 || calls["0"] != 1 {
		t.Errorf("what is kept is not bounded: %d %d", calls["99"], calls["0"])
	}
}

// TestRememberLists: one run asks for a list once while it is fresh, and for
// one that was not believed once a minute; a failure is remembered for the run.
func TestRememberLists(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	calls := map[string]int{}
	getter := remember(fetch.GetterFunc(func(_ context.Context, r fetch.Request) (fetch.Response, error) {
		calls[r.Address]++
		status := 200
		switch r.Address {
		case "https://b.example.org/down":
			return fetch.Response{}, fetch.ErrTimeout
		case "https://a.example.org/gone":
			status = 410
		}
		return fetch.Response{Status: status, Body: []byte("list"), Time: now}, nil
	}), func() time.Time { return now })
	memory := fetch.NewMemory()
	for minute := range 60 {
		for second := range 30 {
			now = time.Date(2026, 11, 22, 10, minute, 2*second, 0, time.UTC)
			s := fetch.NewSession(getter, now, memory)
			for _, name := range []string{"good", "short", "nonsense", "down", "gone"} {
				address := "https://a.example.org/" + name
				if name == "down" { // a silent host is asked once by each file
					address = "https://b.example.org/down"
				}
				s.Get(t.Context(), fetch.Request{Address: address, Kind: fetch.StatusList})
				switch name {
				case "good":
					s.Keep(address, now.Add(30*time.Minute))
				case "short":
					s.Keep(address, time.Time{})
				}
			}
		}
	}
	for name, want := range map[string]int{"good": 2, "short": 60, "nonsense": 60, "down": 1, "gone": 1} {
		if got := calls["https://a.example.org/"+name] + calls["https://b.example.org/"+name]; got != want {
			t.Errorf("%s was asked %d times, want %d", name, got, want)
		}
	}
}
