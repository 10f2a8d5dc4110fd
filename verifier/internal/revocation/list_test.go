package revocation

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"math/big"
	"testing"
	"time"

	sample "github.com/sealcheck/sealcheck/verifier/internal/sampleauthority"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// about is a subject with enough signatures.
func about(certificate, issuer *sample.Authority) Subject {
	left := 10
	return Subject{Certificate: certificate.Certificate, Issuer: issuer.Certificate, Left: &left}
}

// code is the code of an error, "other" for ErrOther.
func code(err error) report.Code {
	if errors.Is(err, ErrOther) {
		return "other"
	}
	return report.CodeOf(err)
}

func oid(numbers ...int) asn1.ObjectIdentifier { return numbers }

// point is an IssuingDistributionPoint of the given content, made by hand.
func point(content ...byte) pkix.Extension {
	return pkix.Extension{Id: oid(2, 5, 29, 28), Critical: true, Value: append([]byte{0x30, byte(len(content))}, content...)}
}

// named is a distribution point at an address.
func named(address string) []byte {
	n := byte(len(address))
	return append([]byte{0xa0, n + 4, 0xa0, n + 2, 0x86, n}, address...)
}

func TestList(t *testing.T) {
	ca := sample.New(t, "Authority", nil, nil)
	twin := sample.New(t, "Authority", nil, nil) // of the same name, with a key of its own
	other := sample.New(t, "Another", nil, nil)
	noLists := sample.New(t, "Authority", nil, func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageCertSign })
	leaf := ca.Leaf(t, "Seal", "http://ca.example/1.crl", "http://ca.example/2.crl")
	bare := ca.Leaf(t, "Bare")
	below := sample.New(t, "Below", ca, nil)
	stranger := ca.Leaf(t, "Stranger")
	short := sample.New(t, "Short", ca, func(c *x509.Certificate) { c.IsCA, c.NotAfter = false, sample.Day(5) })
	with := func(extensions ...pkix.Extension) func(*x509.RevocationList) {
		return func(l *x509.RevocationList) { l.ExtraExtensions = extensions }
	}
	critical := pkix.Extension{Id: oid(1, 2, 3), Critical: true, Value: []byte{5, 0}}
	harmless := pkix.Extension{Id: oid(1, 2, 3), Value: []byte{5, 0}}
	indirectEntry := pkix.Extension{Id: oid(2, 5, 29, 29), Critical: true, Value: []byte{0x30, 0}}
	since := pkix.Extension{Id: oid(2, 5, 29, 60), Value: []byte("\x18\x0f20200101000000Z")}
	sinceLate := pkix.Extension{Id: oid(2, 5, 29, 60), Value: []byte("\x18\x0f20300101000000Z")}
	tests := []struct {
		name    string
		by      *sample.Authority
		of      *sample.Authority
		change  func(*x509.RevocationList)
		entries []x509.RevocationListEntry
		state   State
		want    report.Code
	}{
		{"nothing in it", ca, leaf, nil, nil, Good, ""},
		{"others in it", ca, leaf, nil, []x509.RevocationListEntry{sample.Entry(stranger.Certificate, sample.Day(-1), 0)}, Good, ""},
		{"withdrawn", ca, leaf, nil, []x509.RevocationListEntry{sample.Entry(stranger.Certificate, sample.Day(-1), 0), sample.Entry(leaf.Certificate, sample.Day(-2), 1)}, Revoked, ""},
		{"withdrawn without a reason", ca, leaf, nil, []x509.RevocationListEntry{sample.Entry(leaf.Certificate, sample.Day(-2), 0)}, Revoked, ""},
		{"on hold", ca, leaf, nil, []x509.RevocationListEntry{sample.Entry(leaf.Certificate, sample.Day(-2), 6)}, OnHold, ""},
		{"on hold, and withdrawn", ca, leaf, nil, []x509.RevocationListEntry{sample.Entry(leaf.Certificate, sample.Day(-2), 6), sample.Entry(leaf.Certificate, sample.Day(-2), 1)}, Revoked, ""},
		{"withdrawn, and on hold", ca, leaf, nil, []x509.RevocationListEntry{sample.Entry(leaf.Certificate, sample.Day(-2), 1), sample.Entry(leaf.Certificate, sample.Day(-2), 6)}, Revoked, ""},
		{"taken back", ca, leaf, nil, []x509.RevocationListEntry{sample.Entry(leaf.Certificate, sample.Day(-2), 8)}, NotSaid, report.StatusCertificateUnchecked},
		{"a reason that there is not", ca, leaf, nil, []x509.RevocationListEntry{sample.Entry(leaf.Certificate, sample.Day(-2), 7)}, NotSaid, report.StatusCertificateMalformed},
		{"an authority", ca, below, nil, []x509.RevocationListEntry{sample.Entry(below.Certificate, sample.Day(-2), 2)}, Revoked, ""},

		{"of another authority", other, leaf, nil, nil, NotSaid, "other"},
		{"in the authority's name", twin, leaf, nil, nil, NotSaid, report.StatusCertificateUntrusted},
		{"in its name, withdrawn", twin, leaf, nil, []x509.RevocationListEntry{sample.Entry(leaf.Certificate, sample.Day(-2), 1)}, NotSaid, report.StatusCertificateUntrusted},

		{"an extension that is not known", ca, leaf, with(harmless), nil, Good, ""},
		{"a critical one", ca, leaf, with(critical), nil, NotSaid, report.StatusCertificateUnchecked},
		{"a critical one, withdrawn", ca, leaf, with(critical), []x509.RevocationListEntry{sample.Entry(leaf.Certificate, sample.Day(-2), 1)}, NotSaid, report.StatusCertificateUnchecked},
		{"a critical one at another entry", ca, leaf, nil, []x509.RevocationListEntry{sample.Entry(stranger.Certificate, sample.Day(-1), 0, critical)}, NotSaid, report.StatusCertificateUnchecked},
		{"another authority's entry", ca, leaf, nil, []x509.RevocationListEntry{sample.Entry(stranger.Certificate, sample.Day(-1), 0, indirectEntry)}, NotSaid, report.StatusCertificateUnchecked},
		{"one that is not critical at an entry", ca, leaf, nil, []x509.RevocationListEntry{sample.Entry(leaf.Certificate, sample.Day(-1), 1, harmless)}, Revoked, ""},
		{"a delta", ca, leaf, with(pkix.Extension{Id: oid(2, 5, 29, 27), Critical: true, Value: []byte{2, 1, 1}}), nil, NotSaid, report.StatusCertificateUnchecked},

		{"indirect", ca, leaf, with(point(0x84, 1, 0xff)), nil, NotSaid, report.StatusCertificateUnchecked},
		{"not indirect", ca, leaf, with(point(0x84, 1, 0)), nil, Good, ""},
		{"of some reasons", ca, leaf, with(point(0x83, 2, 5, 0x40)), nil, NotSaid, report.StatusCertificateUnchecked},
		{"of some reasons, withdrawn", ca, leaf, with(point(0x83, 2, 5, 0x40)), []x509.RevocationListEntry{sample.Entry(leaf.Certificate, sample.Day(-2), 1)}, Revoked, ""},
		{"for users", ca, leaf, with(point(0x81, 1, 0xff)), nil, Good, ""},
		{"for users, of an authority", ca, below, with(point(0x81, 1, 0xff)), nil, NotSaid, "other"},
		{"for authorities", ca, leaf, with(point(0x82, 1, 0xff)), nil, NotSaid, "other"},
		{"for authorities, of one", ca, below, with(point(0x82, 1, 0xff)), nil, Good, ""},
		{"for attributes", ca, leaf, with(point(0x85, 1, 0xff)), nil, NotSaid, "other"},
		{"for what is not known", ca, leaf, with(point(0x86, 1, 0xff)), nil, NotSaid, report.StatusCertificateMalformed},
		{"of its place", ca, leaf, with(point(named("http://ca.example/2.crl")...)), nil, Good, ""},
		{"of another place", ca, leaf, with(point(named("http://ca.example/3.crl")...)), nil, NotSaid, "other"},
		{"of a place, of one without", ca, bare, with(point(named("http://ca.example/2.crl")...)), nil, NotSaid, "other"},
		{"of a relative place", ca, leaf, with(point(0xa0, 2, 0xa1, 0)), nil, NotSaid, report.StatusCertificateUnchecked},

		{"after the certificate's end", ca, short, nil, nil, NotSaid, report.StatusCertificateUnchecked},
		{"after its end, withdrawn", ca, short, nil, []x509.RevocationListEntry{sample.Entry(short.Certificate, sample.Day(1), 1)}, Revoked, ""},
		{"after its end, going back", ca, short, with(since), nil, Good, ""},
		{"after its end, going back a little", ca, short, with(sinceLate), nil, NotSaid, report.StatusCertificateUnchecked},
	}
	for _, test := range tests {
		l, err := ParseList(test.by.List(t, 10, 20, test.change, test.entries...))
		var answer Answer
		if err == nil {
			answer, err = l.About(about(test.of, ca))
		}
		if code(err) != test.want || answer.State != test.state {
			t.Errorf("%s: %v %v", test.name, answer.State, err)
		}
		if err == nil && (!answer.Issued.Equal(sample.Day(10)) || !answer.Until.Equal(sample.Day(20))) {
			t.Errorf("%s: %v to %v", test.name, answer.Issued, answer.Until)
		}
		if answer.State == Revoked && answer.Since.IsZero() || answer.State == OnHold && answer.Reason != "certificateHold" {
			t.Errorf("%s: since %v, %s", test.name, answer.Since, answer.Reason)
		}
	}

	// An authority that says that its key is not for lists.
	signed := noLists.Leaf(t, "Seal")
	l, err := ParseList(noLists.List(t, 10, 20, nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.About(about(signed, noLists)); code(err) != report.StatusCertificateUntrusted {
		t.Error("a key that is not for lists:", err)
	}

	data := ca.List(t, 10, 20, nil, sample.Entry(leaf.Certificate, sample.Day(-2), 1))
	l, _ = ParseList(data)
	none := Subject{Certificate: leaf.Certificate, Issuer: ca.Certificate, Left: new(int)}
	if _, err := l.About(none); code(err) != report.StatusCertificateUnchecked {
		t.Error("no signature left to check:", err)
	}
	for name, text := range map[string][]byte{
		"PEM": pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: data}),
	} {
		l, err := ParseList(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if answer, _ := l.About(about(leaf, ca)); answer.State != Revoked {
			t.Errorf("%s: %v", name, answer)
		}
	}
	for name, text := range map[string][]byte{
		"nothing": nil, "text": []byte("<html>"), "something behind": append(bytes.Clone(data), 0), "too large": make([]byte, limits.RevocationBytes+1),
		"a certificate": leaf.Certificate.Raw, "a certificate in PEM": pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: data}), "no PEM": []byte("-----BEGIN X509 CRL-----"),
	} {
		if _, err := ParseList(text); code(err) != report.StatusCertificateMalformed {
			t.Errorf("%s: %v", name, err)
		}
	}
	for n := range data {
		if _, err := ParseList(data[:n]); code(err) != report.StatusCertificateMalformed {
			t.Errorf("the first %d bytes: %v", n, err)
		}
	}
	// Whatever bit of it is changed, it never says that all is well.
	for n := range data {
		for bit := range 8 {
			changed := bytes.Clone(data)
			changed[n] ^= 1 << bit
			l, err := ParseList(changed)
			if err != nil {
				continue
			}
			if answer, err := l.About(about(leaf, ca)); err == nil {
				t.Errorf("bit %d of byte %d: %v", bit, n, answer)
			}
		}
	}
}

// TestManyEntries: a list as large as is read is gone through without being
// copied.
func TestManyEntries(t *testing.T) {
	ca := sample.New(t, "Authority", nil, nil)
	leaf := ca.Leaf(t, "Seal", "http://ca.example/1.crl")
	entries := make([]x509.RevocationListEntry, 150_000)
	for i := range entries {
		entries[i] = x509.RevocationListEntry{SerialNumber: big.NewInt(1<<40 + int64(i)), RevocationTime: sample.Day(0), ReasonCode: 4}
	}
	entries = append(entries, sample.Entry(leaf.Certificate, sample.Day(0), 1))
	data := ca.List(t, 0, 10, nil, entries...)
	var answer Answer
	allocations := testing.AllocsPerRun(3, func() {
		l, err := ParseList(data)
		if err != nil {
			t.Fatal(err)
		}
		if answer, err = l.About(about(leaf, ca)); err != nil {
			t.Fatal(err)
		}
	})
	if answer.State != Revoked || allocations > 100 {
		t.Error(answer, allocations)
	}
	t.Logf("%d bytes, %.0f allocations", len(data), allocations)
}

func TestAlgorithms(t *testing.T) {
	for _, one := range algorithms {
		written := append([]byte{0x30, byte(len(one.text))}, one.text...)
		var identifier pkix.AlgorithmIdentifier
		if rest, err := asn1.Unmarshal(written, &identifier); err != nil || len(rest) > 0 {
			t.Errorf("%v: % x: %v", one.kind, one.text, err)
		}
		// What is written for PSS is what the standard library writes.
		if one.kind.String() == "SHA256-RSAPSS" || one.kind.String() == "SHA384-RSAPSS" || one.kind.String() == "SHA512-RSAPSS" {
			if !bytes.Contains(pssCertificate(t, one.kind), []byte(one.text)) {
				t.Errorf("%v is written otherwise", one.kind)
			}
		}
	}
}

func TestFresh(t *testing.T) {
	day := func(n int) time.Time { return sample.Day(n) }
	for _, test := range []struct {
		name                string
		issued, until, made time.Time
		at                  time.Time
		fresh, early        bool
	}{
		{"in force", day(1), day(3), time.Time{}, day(2), true, false},
		{"over", day(1), day(3), time.Time{}, day(4), false, false},
		{"just over", day(1), day(3), time.Time{}, day(3).Add(299 * time.Second), true, false},
		{"over by more", day(1), day(3), time.Time{}, day(3).Add(301 * time.Second), false, false},
		{"to come", day(1), day(3), time.Time{}, day(0), false, true},
		{"just to come", day(1), day(3), time.Time{}, day(1).Add(-299 * time.Second), true, false},
		{"signed later", day(1), day(3), day(2), day(1), false, true},
		{"without end", day(1), time.Time{}, time.Time{}, day(2), true, false},
		{"without end, later", day(1), time.Time{}, time.Time{}, day(3), false, false},
	} {
		a := Answer{Issued: test.issued, Until: test.until, Made: test.made}
		if a.Fresh(test.at) != test.fresh || a.Early(test.at) != test.early {
			t.Errorf("%s: %v %v", test.name, a.Fresh(test.at), a.Early(test.at))
		}
	}
}
