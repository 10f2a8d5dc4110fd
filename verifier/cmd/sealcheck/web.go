package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"

	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// patience is how long one address may take, from the name look-up to the
// last byte.
const patience = 10 * time.Second

// redirects is how many a request may follow (fetch.Getter).
const redirects = 3

// web is a fetch.Getter on the real network. It says nothing about who asks:
// no cookie, no referrer, no name of a program; and it goes through no proxy,
// since a proxy would look up names in our place and could be led into the
// network that it stands in.
type web struct {
	client *http.Client
	now    func() time.Time
}

func newWeb() *web {
	dialer := &net.Dialer{Timeout: patience, Control: onlyPublic}
	return newWebOn(&http.Transport{
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    patience,
		ResponseHeaderTimeout:  patience,
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        patience,
		ForceAttemptHTTP2:      true,
		// What is read is what is counted: no unpacking on the way.
		DisableCompression: true,
	})
}

func newWebOn(transport http.RoundTripper) *web {
	return &web{now: time.Now, client: &http.Client{
		Transport: transport,
		Timeout:   patience,
		CheckRedirect: func(next *http.Request, via []*http.Request) error {
			if len(via) > redirects {
				return errors.New("too many redirects")
			}
			if !fetch.Allowed(next.URL.String()) {
				return fmt.Errorf("redirect to an address that is never asked")
			}
			next.Header.Del("Referer")
			return nil
		},
	}}
}

// Get answers a request by HTTPS. Whatever goes wrong is an ErrUnreachable, with
// the cause, and ErrName or ErrTimeout where it is that: only an address that may not be asked at all is ErrAddress. A
// DID is no address that this network could answer.
func (w *web) Get(ctx context.Context, request fetch.Request) (fetch.Response, error) {
	if strings.HasPrefix(request.Address, "did:") {
		return fetch.Response{}, fetch.ErrUnreachable
	}
	if !fetch.Allowed(request.Address) {
		return fetch.Response{}, fetch.ErrAddress
	}
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, request.Address, nil)
	if err != nil {
		return fetch.Response{}, fmt.Errorf("%w: %v", fetch.ErrUnreachable, err)
	}
	ask.Header.Set("User-Agent", "") // an empty one is not sent
	answer, err := w.client.Do(ask)
	if err != nil {
		return fetch.Response{}, noAnswer(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, int64(request.Kind.MaxBody())+1))
	if err != nil {
		return fetch.Response{}, noAnswer(err)
	}
	response := fetch.Response{
		Status:      answer.StatusCode,
		ContentType: answer.Header.Get("Content-Type"),
		Body:        body,
		Time:        w.now().UTC(),
	}
	if final := answer.Request.URL.String(); final != ask.URL.String() {
		response.Address = final
	}
	return response, nil
}

// noAnswer says why no answer came, as far as it is known.
func noAnswer(err error) error {
	var name *net.DNSError
	var late interface{ Timeout() bool }
	switch {
	case errors.As(err, &name) && name.IsNotFound:
		return fmt.Errorf("%w: %v", fetch.ErrName, err)
	case errors.As(err, &late) && late.Timeout():
		return fmt.Errorf("%w: %v", fetch.ErrTimeout, err)
	}
	return fmt.Errorf("%w: %v", fetch.ErrUnreachable, err)
}

// remember keeps answers for one run of the command: a folder of a thousand
// credentials of one issuer asks it once, and a host that does not answer
// keeps us waiting once. What is kept is bounded; beyond that, hosts are asked
// again.
//
// A status list is kept here only for as long as any list may be used again;
// the core's own memory knows how long this one may, and asks when it is over.
func remember(getter fetch.Getter, now func() time.Time) fetch.Getter {
	type question struct {
		address string
		most    int // how much of it is read
	}
	type answer struct {
		response fetch.Response
		err      error
		until    time.Time // zero: as long as the run
	}
	const mostAnswers, mostBytes = 10_000, 64 << 20
	kept, bytes := map[question]answer{}, 0
	return fetch.GetterFunc(func(ctx context.Context, request fetch.Request) (fetch.Response, error) {
		asked := question{request.Address, request.Kind.MaxBody()}
		known, ok := kept[asked]
		if ok && (known.until.IsZero() || now().Before(known.until)) {
			return known.response, known.err
		}
		bytes -= len(known.response.Body)
		delete(kept, asked)
		response, err := getter.Get(ctx, request)
		if len(kept) < mostAnswers && bytes+len(response.Body) <= mostBytes {
			fresh := answer{response: response, err: err}
			if request.Kind == fetch.StatusList && err == nil && response.Status == http.StatusOK {
				fresh.until = response.Time.Add(limits.ListKeptLeast * time.Second)
			}
			kept[asked] = fresh
			bytes += len(response.Body)
		}
		return response, err
	})
}

// onlyPublic is a net.Dialer's Control: it sees the address that the name was
// resolved to, after the look-up and before the connection, so that no name
// can lead into a private network (T4).
func onlyPublic(network, address string, _ syscall.RawConn) error {
	end, err := netip.ParseAddrPort(address)
	if err != nil || !strings.HasPrefix(network, "tcp") || !public(end.Addr()) {
		return fmt.Errorf("%s is not a public address", address)
	}
	return nil
}

// closed are ranges of the IANA special-purpose registries that lead to no
// public host, as far as netip does not know them by name.
var closed = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),       // "this" network
	netip.MustParsePrefix("100.64.0.0/10"),   // shared by customers of one provider
	netip.MustParsePrefix("192.0.0.0/24"),    // protocol assignments
	netip.MustParsePrefix("192.0.2.0/24"),    // documentation
	netip.MustParsePrefix("192.88.99.0/24"),  // 6to4 relays
	netip.MustParsePrefix("198.18.0.0/15"),   // benchmarks
	netip.MustParsePrefix("198.51.100.0/24"), // documentation
	netip.MustParsePrefix("203.0.113.0/24"),  // documentation
	netip.MustParsePrefix("240.0.0.0/4"),     // reserved, broadcast
	netip.MustParsePrefix("2001::/23"),       // protocol assignments, Teredo
	netip.MustParsePrefix("2001:db8::/32"),   // documentation
	netip.MustParsePrefix("2002::/16"),       // 6to4: holds any IPv4 address
	netip.MustParsePrefix("3fff::/20"),       // documentation
}

var (
	globalIPv6 = netip.MustParsePrefix("2000::/3")
	// translated is how networks without IPv4 reach IPv4 hosts (RFC 6052);
	// the last four bytes are the address that counts.
	translated = netip.MustParsePrefix("64:ff9b::/96")
)

// public says whether an IP address is one that anybody can reach.
func public(ip netip.Addr) bool {
	ip = ip.Unmap()
	if !ip.IsValid() || ip.Zone() != "" {
		return false
	}
	if translated.Contains(ip) {
		bytes := ip.As16()
		ip = netip.AddrFrom4([4]byte(bytes[12:]))
	}
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || (ip.Is6() && !globalIPv6.Contains(ip)) {
		return false
	}
	for _, prefix := range closed {
		if prefix.Contains(ip) {
			return false
		}
	}
	return true
}
