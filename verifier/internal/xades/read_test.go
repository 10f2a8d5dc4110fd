package xades

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/xmltree"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const vectors = "../../../../shared/vectors"

// holds verifies a signature of a root with the standard library alone.
func holds(s *Signature) string {
	if !s.DocumentDigest.Matches(s.Document) {
		return "document"
	}
	if !s.PropertiesDigest.Matches(s.Properties) {
		return "properties"
	}
	for _, der := range s.Certificates {
		if !s.Certificate.Matches(der) {
			continue
		}
		certificate, err := x509.ParseCertificate(der)
		if err != nil {
			return err.Error()
		}
		hash := crypto.SHA256
		if strings.HasSuffix(s.Method, "512") {
			hash = crypto.SHA512
		}
		h := hash.New()
		h.Write(s.Info)
		switch key := certificate.PublicKey.(type) {
		case *rsa.PublicKey:
			if rsa.VerifyPKCS1v15(key, hash, h.Sum(nil), s.Value) == nil {
				return ""
			}
		case *ecdsa.PublicKey:
			return "an elliptic key"
		}
		return "signature"
	}
	return "no certificate"
}

func read(data []byte) (*Signature, error) {
	document, err := xmltree.Parse(data)
	if err != nil {
		return nil, err
	}
	var signature *xmltree.Node
	document.Walk(func(n *xmltree.Node) bool {
		if n.Is(DSig, "Signature") && signature == nil {
			signature = n
		}
		return signature == nil
	})
	if signature == nil {
		return nil, report.NewProblem(report.ProofNone, "")
	}
	return Read(document.Root(), signature, nil)
}

// TestVectors: what DSS and others have sealed, a trusted list or a credential,
// holds here as well, and what they broke does not.
func TestVectors(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(vectors, "manifest.json"))
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("0 vectors: the folder is not here")
	}
	var manifest struct {
		Entries []struct{ File, Expect, Why string }
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	sealed, good := 0, 0
	for _, entry := range manifest.Entries {
		if !strings.HasSuffix(entry.File, ".xml") {
			continue
		}
		file, err := os.ReadFile(filepath.Join(vectors, entry.File))
		if err != nil {
			t.Error(err)
			continue
		}
		s, err := read(file)
		if report.CodeOf(err) == report.ProofNone {
			continue
		}
		sealed++
		got := ""
		if err != nil {
			got = err.Error()
		} else if got = holds(s); got == "" {
			good++
		}
		if (entry.Expect == "valid" || entry.Expect == "structure-valid") && got != "" {
			t.Errorf("%s: %s", entry.File, got)
		}
		// One is invalid as a list, and its signature holds all the same.
		if strings.Contains(entry.Why, "signature broken") && got == "" {
			t.Errorf("%s holds", entry.File)
		}
		t.Logf("%s (%s): %q", entry.File, entry.Expect, got)
	}
	if sealed < 14 || good < 9 {
		t.Errorf("%d sealed, %d good", sealed, good)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`<a><Signature xmlns="http://www.w3.org/2000/09/xmldsig#" Id="s"><SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><Reference URI=""><Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/></Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>AAAA</DigestValue></Reference><Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#p"><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>AAAA</DigestValue></Reference></SignedInfo><SignatureValue>AAAA</SignatureValue><Object><x:QualifyingProperties xmlns:x="http://uri.etsi.org/01903/v1.3.2#" Target="#s"><x:SignedProperties Id="p"><x:SignedSignatureProperties><x:SigningTime>2022-08-09T13:53:56Z</x:SigningTime><x:SigningCertificateV2><x:Cert><x:CertDigest><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue>AAAA</DigestValue></x:CertDigest></x:Cert></x:SigningCertificateV2></x:SignedSignatureProperties></x:SignedProperties></x:QualifyingProperties></Object></Signature></a>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := read(data)
		if (s == nil) != (err != nil) {
			t.Error("both or neither")
		}
		if s == nil {
			return
		}
		// What is covered is a document by itself, and has no signature left.
		document, err := xmltree.Parse(s.Document)
		if err != nil {
			t.Fatal(err)
		}
		if document.Root() == nil {
			t.Error("no root")
		}
	})
}
