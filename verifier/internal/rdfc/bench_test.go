package rdfc

import (
	"crypto"
	"fmt"
	"strings"
	"testing"

	"github.com/sealcheck/sealcheck/verifier/internal/rdf"
)

const (
	vc    = "https://www.w3.org/2018/credentials#"
	ob    = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
	types = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
)

// badge is a badge as JSON-LD gives it: a credential and an achievement with
// addresses, a subject, criteria, results and alignments without, each with
// some texts. Every blank node differs from the others in a text.
func badge(name string, alignments int) (quads []rdf.Quad) {
	add := func(s rdf.Term, p string, o rdf.Term) {
		quads = append(quads, rdf.Quad{Subject: s, Predicate: iri(p), Object: o})
	}
	date := func(value string) rdf.Term {
		return rdf.Term{Kind: rdf.Literal, Value: value, Datatype: "http://www.w3.org/2001/XMLSchema#dateTime"}
	}
	node := 0
	fresh := func() rdf.Term { node++; return blank(fmt.Sprint(name, "b", node)) }
	credential, issuer, achievement := iri("urn:uuid:6c7a1c1f-2b9f-4a75-b3ad-"+name), iri("https://issuer.example/issuers/"+name), iri("https://issuer.example/achievements/"+name)
	for _, t := range []string{vc + "VerifiableCredential", ob + "OpenBadgeCredential"} {
		add(credential, types, iri(t))
	}
	add(credential, vc+"issuer", issuer)
	add(credential, "https://schema.org/name", text("Applied Data Analysis "+name))
	add(credential, vc+"validFrom", date("2025-01-01T00:00:00Z"))
	add(credential, vc+"validUntil", date("2035-01-01T00:00:00Z"))
	add(issuer, types, iri(ob+"Profile"))
	add(issuer, "https://schema.org/name", text("Example University"))
	add(issuer, "https://schema.org/url", iri("https://issuer.example/"))
	subject := fresh()
	add(credential, vc+"credentialSubject", subject)
	add(subject, types, iri(ob+"AchievementSubject"))
	add(subject, ob+"achievement", achievement)
	identifier := fresh()
	add(subject, ob+"identifier", identifier)
	add(identifier, types, iri(ob+"IdentityObject"))
	add(identifier, ob+"hashed", rdf.Term{Kind: rdf.Literal, Value: "true", Datatype: "http://www.w3.org/2001/XMLSchema#boolean"})
	add(identifier, ob+"identityHash", text("sha256$765c4b1bf1f8c2ee7fd8fa8d0ef3d42a43f6e0b6b0d0f6d4b6b9a7a5ef5a4a6f"))
	add(identifier, ob+"salt", text("not-so-random"))
	criteria := fresh()
	add(achievement, types, iri(ob+"Achievement"))
	add(achievement, "https://schema.org/name", text("Applied Data Analysis"))
	add(achievement, "https://schema.org/description", text("The earner prepares data, chooses a method and defends the result in writing."))
	add(achievement, ob+"achievementType", text("Certificate"))
	add(achievement, ob+"creator", issuer)
	add(achievement, ob+"criteria", criteria)
	add(criteria, ob+"narrative", text("A written assignment of about 3,000 words, marked by two examiners independently, and a discussion of twenty minutes."))
	for i := range alignments {
		a := fresh()
		add(achievement, ob+"alignment", a)
		add(a, types, iri(ob+"Alignment"))
		for j, p := range []string{"targetName", "targetDescription", "targetFramework", "targetCode", "targetType"} {
			add(a, ob+p, text(fmt.Sprintf("%s of alignment %d in the framework %d", p, i, j)))
		}
		add(a, ob+"targetUrl", rdf.Term{Kind: rdf.Literal, Value: fmt.Sprint("https://frameworks.example/skills/", i), Datatype: "http://www.w3.org/2001/XMLSchema#anyURI"})
	}
	return quads
}

func BenchmarkDigest(b *testing.B) {
	var wallet []rdf.Quad
	for i := 0; len(wallet) < 10_000; i++ {
		wallet = append(wallet, badge(fmt.Sprint("w", i), 20)...)
	}
	for _, c := range []struct {
		name  string
		quads []rdf.Quad
	}{
		{"small", badge("small", 3)},
		{"alignments", badge("alignments", 20)},
		{"wallet", wallet},
	} {
		for _, hash := range []crypto.Hash{crypto.SHA256, crypto.SHA384} {
			b.Run(c.name+"/"+hash.String(), func(b *testing.B) {
				b.ReportAllocs()
				var hashed int
				for b.Loop() {
					form, err := New(c.quads, hash)
					if err != nil {
						b.Fatal(err)
					}
					form.Digest(hash)
					hashed = len(form.lines)
				}
				if hashed != len(c.quads) {
					b.Fatal(hashed)
				}
			})
		}
	}
}

// BenchmarkCanonicalize is with all fields.
func BenchmarkCanonicalize(b *testing.B) {
	quads := badge("small", 3)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Canonicalize(quads, crypto.SHA256); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHash is what the hashes of BenchmarkDigest cost alone: each
// statement once for each of its blank nodes, and all of them in the end.
func BenchmarkHash(b *testing.B) {
	for _, alignments := range []int{3, 20} {
		quads := badge("x", alignments)
		nodes := map[string][]byte{}
		var all []byte
		for i := range quads {
			line := rdf.AppendQuad(nil, &quads[i])
			all = append(all, line...)
			for _, t := range []rdf.Term{quads[i].Subject, quads[i].Object} {
				if t.Kind == rdf.Blank {
					nodes[t.Value] = append(nodes[t.Value], line...)
				}
			}
		}
		for _, hash := range []crypto.Hash{crypto.SHA256, crypto.SHA384} {
			b.Run(strings.Join([]string{fmt.Sprint(alignments), fmt.Sprint(len(quads), "quads", len(nodes), "nodes"), hash.String()}, "/"), func(b *testing.B) {
				for b.Loop() {
					for _, n := range nodes {
						sum(hash, n)
					}
					sum(hash, all)
				}
			})
		}
	}
}
