package fetch

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// Allowed says whether an address may be asked for at all (T4): https, a
// public host name in plain ASCII form, no user, no fragment, no IP address in
// any spelling, no name that only a local network knows.
func Allowed(address string) bool {
	if len(address) > limits.AddressBytes {
		return false
	}
	for i := 0; i < len(address); i++ {
		// Control characters, spaces, quotes, backslashes and non-ASCII are
		// read differently by different URL parsers.
		if c := address[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"'<>\\^`{|}", c) >= 0 {
			return false
		}
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Opaque != "" || u.User != nil || strings.Contains(address, "#") {
		return false
	}
	if strings.HasPrefix(address, "https:///") || u.Host == "" || strings.Contains(u.Host, "@") {
		return false
	}
	if !plainHost(u) {
		return false
	}
	// Dot segments, encoded or not, let an address name another place than
	// the one that was compared.
	for _, segment := range strings.Split(u.Path, "/") {
		if segment == "." || segment == ".." {
			return false
		}
	}
	// Encoded control characters and backslashes end or turn an address for
	// readers that decode before they look.
	for i := 0; i < len(u.Path); i++ {
		if c := u.Path[i]; c < ' ' || c == 0x7f || c == '\\' {
			return false
		}
	}
	query := strings.ToLower(u.RawQuery)
	return !strings.Contains(query, "%00") && !strings.Contains(query, "%0a") && !strings.Contains(query, "%0d")
}

// plainHost says whether host and port are written in the one way on which
// all readers agree: a public name without brackets, and a port, if any, from
// 1 to 65535 without zeros in front.
func plainHost(u *url.URL) bool {
	if strings.ContainsAny(u.Host, "[]") || strings.HasSuffix(u.Host, ":") {
		return false
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || port[0] == '0' || n > 65535 {
			return false
		}
	}
	return publicName(u.Hostname())
}

// publicName admits dotted lower- or upper-case host names of letters, digits
// and hyphens whose last label is a name, and refuses names that never leave
// a local network.
func publicName(host string) bool {
	if len(host) == 0 || len(host) > 253 || strings.HasSuffix(host, ".") {
		return false
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return false
	}
	// Before letters are folded: the Kelvin sign folds to a plain k.
	for i := 0; i < len(host); i++ {
		if host[i] >= 0x80 {
			return false
		}
	}
	labels := strings.Split(strings.ToLower(host), ".")
	if len(labels) < 2 {
		return false
	}
	for _, label := range labels {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, c := range label {
			if c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
				return false
			}
		}
	}
	last := labels[len(labels)-1]
	// A last label that begins with a digit is an IPv4 address in some
	// spelling (127.1, 0x7f.1, 2130706433): no top-level domain does.
	if last[0] >= '0' && last[0] <= '9' {
		return false
	}
	switch last {
	case "local", "localhost", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "onion", "arpa":
		return false
	}
	// Well-known names that resolve to this machine or to the address written
	// in them. Such a list is never complete: hosts that can see the address
	// a name resolves to must look at it too.
	name := strings.Join(labels, ".")
	for _, suffix := range [...]string{
		"nip.io", "sslip.io", "xip.io", "localtest.me", "lvh.me", "vcap.me", "traefik.me", "local.gd", "localho.st",
		"backname.io", "rbndr.us", "1u.ms",
	} {
		if name == suffix || strings.HasSuffix(name, "."+suffix) {
			return false
		}
	}
	return true
}

// SameOrigin says whether two https addresses have the same scheme, host and
// port.
func SameOrigin(a, b string) bool {
	return Origin(a) != "" && Origin(a) == Origin(b)
}

// Origin is "https://host[:port]" of an https address, in lower case and
// without the default port, or "" where the host could never be asked.
func Origin(address string) string {
	if strings.HasPrefix(address, "did:") {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.User != nil || !plainHost(u) {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if port := u.Port(); port != "" && port != "443" {
		host += ":" + port
	}
	return "https://" + host
}

// Secure is an address of plain http as the address of the same place over
// https: plain http is never asked (T4), but what was published there before
// websites had anything else mostly answers there now. Any other address stays
// as it is. A port that is not http's own stays too, and so leads nowhere else.
func Secure(address string) string {
	rest, ok := strings.CutPrefix(address, "http://")
	if !ok {
		return address
	}
	host, path, below := strings.Cut(rest, "/")
	host = strings.TrimSuffix(host, ":80")
	if below {
		host += "/"
	}
	return "https://" + host + path
}
