package fetch

import (
	"net/url"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// refused is the T4 corpus: addresses with which servers and browsers were
// talked into asking for something they should not.
var refused = []string{
	// not https, or not an address
	"", "https", "https:", "https://", "https:///", "https:///example.com/", "https:////example.com/", "https:/example.com/",
	"https:example.com", "//example.com/", "/did.json", "example.com", "http://example.com/", "HTTP://example.com/",
	"ftp://example.com/", "file:///etc/passwd", "file://example.com/etc/passwd", "gopher://example.com:70/_x", "data:application/json,{}",
	"javascript:alert(1)", "ws://example.com/", "wss://example.com/", "blob:https://example.com/x", "view-source:https://example.com/",
	"jar:https://example.com!/x", "did:web:example.com", "urn:uuid:1", "https+x://example.com/",
	// IPv4 in every spelling
	"https://127.0.0.1/", "https://127.1/", "https://127.0.1/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/",
	"https://0x7f.0x0.0x0.0x1/", "https://0177.0.0.1/", "https://017700000001/", "https://127.0.0.0x1/", "https://0/", "https://0.0.0.0/",
	"https://10.0.0.1/", "https://192.168.0.1/", "https://172.16.0.1/", "https://169.254.169.254/latest/meta-data/", "https://8.8.8.8/",
	"https://127.0.0.1.:443/", "https://127.0.0.1./", "https://1.2.3.4:8443/", "https://example.0x7f/", "https://example.123/",
	"https://127。0。0。1/", "https://①②⑦.⓪.⓪.①/", "https://127%2e0%2e0%2e1/",
	// IPv6
	"https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[fe80::1%25eth0]/",
	"https://[fd00::1]/", "https://[2001:db8::1]:8443/", "https://[64:ff9b::7f00:1]/", "https://::1/", "https://[example.com]/", "https://[example.com/",
	"https://example.com]/", "https://[v1.example.com]/",
	// names that do not leave a local network, or lead back to one
	"https://localhost/", "https://localhost:8443/", "https://LOCALHOST/", "https://app.localhost/", "https://intranet/", "https://printer.local/",
	"https://PRINTER.LOCAL/", "https://db.internal/", "https://metadata.google.internal/", "https://nas.lan/", "https://router.home.arpa/", "https://x.localdomain/",
	"https://1.0.0.127.in-addr.arpa/", "https://example.onion/", "https://com/", "https://127.0.0.1.nip.io/", "https://nip.io/", "https://7f000001.nip.io/",
	"https://127-0-0-1.sslip.io/", "https://LVH.me/", "https://a.b.localtest.me/", "https://x.rbndr.us/",
	// a trailing dot is another origin for the same host
	"https://example.com./", "https://example.com.:443/", "https://localhost./",
	// a user, which hides the host from people
	"https://a@b/", "https://a@example.com/", "https://example.com@evil.example.net/", "https://a:b@example.com/", "https://@example.com/", "https://:@example.com/",
	"https://example.com:443@evil.example.net/", "https://example.com%40evil.example.net/", "https://example.com%2f@evil.example.net/",
	// characters on which parsers disagree
	"https://example.com\\@evil.example.net/", "https://evil.example.net\\.example.com/", "https:\\\\example.com/", "https:/\\example.com/",
	"https://example.com/\\..\\x", "https://example.com%00.evil.example.net/", "https://example.com\x00.evil.example.net/", "https://example.com/%00", "https://example.com/a%00b",
	"https://example.com/?a=%00", "https://example.com/%0d%0aHost:%20evil", "https://example.com/?a=%0D%0A", "https://example.com/\r\nHost: evil", "https://example.com/\n",
	" https://example.com/", "https://example.com/ ", "https://example.com/a b", "\thttps://example.com/", "ht\ntps://example.com/", "https://exa\tmple.com/",
	"https://example.com/<x>", "https://example.com/\"x\"", "https://example.com/`", "https://example.com/{x}", "https://example.com/|", "https://example.com/^",
	"https://example.com/%5c..%5cx", "https://example.com/%7f", "https://exam%70le.com/", "https://example%2ecom/", "https://example.com%2fx/", "https://example.com%3a443/",
	"https://exa<mple.com/", "https://example.com;a/", "https://exa_mple.com/", "https://example,com/", "https://example.com&x/", "https://*.example.com/", "https://example!.com/",
	// IDNA: what is not ASCII is for the writer to encode
	"https://bücher.example.com/", "https://exаmple.com/", "https://ⓔxample.com/", "https://example。com/", "https://example.com．evil.example.net/", "https://ban\u212a.example.com/",
	"https://exa\u00admple.com/", "https://example.com\u200b/", "https://example.c℀.evil.example.net/", "https://xn--/../", "https://%E3%80%82.com/", "https://ex%c3%a4mple.com/",
	"https://example.com\uff0fevil.example.net/", "https://ßß.de/", "https://example.com/é",
	// labels that are none
	"https://.example.com/", "https://example..com/", "https://./", "https://../", "https://-example.com/", "https://example-.com/", "https://example.-com/",
	"https://" + strings.Repeat("a", 64) + ".com/", "https://" + strings.Repeat("a.", 127) + "com/",
	// ports
	"https://example.com:/", "https://example.com:0/", "https://example.com:65536/", "https://example.com:99999999999999999999/", "https://example.com:-1/", "https://example.com:+443/",
	"https://example.com:0443/", "https://example.com:443:443/", "https://example.com:a/", "https://example.com:80 /", "https://example.com:%34%34%33/",
	// paths that name another place than they show
	"https://example.com/../x", "https://example.com/a/../b", "https://example.com/a/./b", "https://example.com/.", "https://example.com/..", "https://example.com/%2e%2e/x", "https://example.com/%2E./x",
	"https://example.com/.%2e%2fx", "https://example.com/a/%2e", "https://example.com/a%2f..%2fb",
	// a fragment is never asked for
	"https://example.com/#key", "https://example.com/did.json#", "https://example.com#@evil.example.net/",
	// broken escapes, and too long
	"https://example.com/%", "https://example.com/%zz", "https://example.com/%1", "https://example.com/" + strings.Repeat("a", limits.AddressBytes),
}

// admitted are addresses that honest issuers use.
var admitted = []string{
	"https://example.com", "https://example.com/", "HTTPS://Example.COM/", "https://example.com/.well-known/did.json", "https://a.b-c.example.co.uk/issuers/1/did.json",
	"https://example.com:8443/did.json", "https://example.com:443/", "https://example.com:1/", "https://example.com:65535/", "https://example.com/?a=b&c=d/..", "https://example.com?x",
	"https://xn--bcher-kva.example.com/", "https://example.xn--p1ai/", "https://123.example.com/", "https://1a.example.com/", "https://3com.com/", "https://example.com/a%20b/~x/(1)/a,b;c=d",
	"https://example.com/a%2fb", "https://example.com/...", "https://example.com/..a/b..", "https://example.com/%C3%A9", "https://example.com/a//b", "https://nip.io.example.com/", "https://mynip.io/",
	"https://local.example.com/", "https://localhost.example.com/", "https://issuer.example/", "https://university.test/", "https://example.com/@user", "https://example.com/a:b",
	"https://" + strings.Repeat("a", 63) + ".com/", "https://example.com/" + strings.Repeat("a", limits.AddressBytes-len("https://example.com/")),
}

func TestT4Addresses(t *testing.T) {
	for _, address := range refused {
		if Allowed(address) {
			t.Errorf("admitted %.80q", address)
		}
	}
	for _, address := range admitted {
		if !Allowed(address) {
			t.Errorf("refused %.80q", address)
		}
	}
	t.Logf("%d refused, %d admitted", len(refused), len(admitted))
}

func TestSameOrigin(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"https://example.com/a", "https://example.com/b#c", true},
		{"https://example.com", "HTTPS://EXAMPLE.com:443/x?y", true},
		{"https://example.com:8443/", "https://example.com:8443/x", true},
		{"https://example.com:8443/", "https://example.com/", false},
		{"https://example.com/", "http://example.com/", false},
		{"https://example.com/", "https://www.example.com/", false},
		{"https://example.com/", "https://example.com./", false},
		{"https://example.com/", "https://example.com@evil.example.net/", false},
		{"https://example.com/", "https://evil.example.net\\@example.com/", false},
		{"https://example.com/", "https://user@example.com/", false},
		{"https://example.com:443/", "https://example.com:0443/", false},
		{"https://bank.example.com/", "https://ban\u212a.example.com/", false}, // the Kelvin sign folds to k
		{"", "", false}, {"https://", "https://", false}, {"did:web:example.com", "did:web:example.com", false},
		{"https://localhost/", "https://localhost/", false}, {"https://[::1]/", "https://[::1]/", false},
		{"https://127.0.0.1/", "https://127.0.0.1/", false},
	}
	for _, test := range tests {
		if SameOrigin(test.a, test.b) != test.want || SameOrigin(test.b, test.a) != test.want {
			t.Errorf("%q and %q: not %t", test.a, test.b, test.want)
		}
	}
}

func TestHost(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.com/x": "example.com", "https://example.com:8443": "example.com:8443", "did:web:example.com": "", "did:key:z6Mk": "",
		"": "", "https://%zz/": "", "https://a@example.com/": "example.com",
	} {
		if got := Host(address); got != want {
			t.Errorf("%q: %q", address, got)
		}
	}
}

// FuzzAllowed: an admitted address is plain ASCII, survives a round trip
// through the parser without another host or scheme, and has an origin.
func FuzzAllowed(f *testing.F) {
	for _, address := range append(refused[:len(refused):len(refused)], admitted...) {
		if len(address) < 200 {
			f.Add(address)
		}
	}
	f.Fuzz(func(t *testing.T, address string) {
		Host(address)
		SameOrigin(address, address)
		if !Allowed(address) {
			return
		}
		if !strings.EqualFold(address[:min(len(address), 8)], "https://") {
			t.Fatalf("%q", address)
		}
		host, _, _ := strings.Cut(address[8:], "/")
		host, _, _ = strings.Cut(host, "?")
		if !strings.EqualFold(host, Host(address)) {
			t.Fatalf("%q: host %q", address, Host(address))
		}
		u, err := url.Parse(address)
		if err != nil || !Allowed(u.String()) || !SameOrigin(address, u.String()) {
			t.Fatalf("%q is not %q", address, u)
		}
	})
}
