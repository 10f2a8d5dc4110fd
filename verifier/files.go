package verifier

import (
	"bytes"
	"context"
	"maps"

	"github.com/sealcheck/sealcheck/verifier/container"
	"github.com/sealcheck/sealcheck/verifier/envelope"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/sniff"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// file opens a file and verifies what is in it: of one that holds others, each
// of them. A container is no credential, and says nothing about those in it.
func (r *run) file(ctx context.Context, data []byte) []report.Credential {
	var contents *container.Contents
	most := r.verifier.config.MostUnpacked
	if most <= 0 {
		most = limits.UnpackedBytes
	}
	failed := guarded(func() report.Findings {
		opened, err := container.Open(data, most)
		contents = opened
		var findings report.Findings
		findings.AddError(err)
		return findings
	})
	switch {
	case len(failed) > 0:
		return r.said(ctx, "", failed)
	case contents == nil:
		found := r.part(ctx, container.Part{Data: data})
		if other(found) != report.EnvelopeText {
			return found
		}
		if contents = container.Text(data); contents == nil {
			return found
		}
		r.count--
	}
	if values(contents.Parts) > limits.PartValues {
		var refused report.Findings
		refused.Add(report.EnvelopeUnpackedTooLarge, "too many values")
		return r.said(ctx, "", refused)
	}
	r.listsAmong(contents.Parts)
	all := r.parts(ctx, contents.Parts)
	if len(all) == 0 {
		links := contents.Links
		room := limits.LinkBytes
		for _, text := range r.texts {
			if room -= len(text.Data); room < 0 {
				break
			}
			if found := container.Text(text.Data); found != nil {
				for _, l := range found.Links {
					l.Name = text.Name + "/" + l.Name
					l.Around = append(text.Around[:len(text.Around):len(text.Around)], l.Around...)
					links = append(links, l)
				}
			}
		}
		all = r.parts(ctx, links[:min(len(links), limits.Links)])
	}
	if len(all) == 0 {
		return r.said(ctx, "", contents.Without)
	}
	return all
}

// parts verifies files that lie in one, and leaves those aside that are plainly
// something else.
func (r *run) parts(ctx context.Context, parts []container.Part) (all []report.Credential) {
	for _, part := range parts {
		if r.count >= limits.Credentials {
			var refused report.Findings
			refused.Add(report.EnvelopeTooManyCredentials, "")
			return append(all, r.said(ctx, part.Name, refused)...)
		}
		found := r.part(ctx, part)
		if code := other(found); code != "" && !(code == report.EnvelopeUtf16 && mayBeJSON(part.Data)) {
			r.besides = append(r.besides, report.Besides{File: part.Name, Code: code})
			if code == report.EnvelopeText {
				r.texts = append(r.texts, part)
			}
			r.count--
			continue
		}
		all = append(all, found...)
	}
	return all
}

// part verifies one file: the outer envelope first, then the credentials that a
// presentation holds.
func (r *run) part(ctx context.Context, part container.Part) []report.Credential {
	s := &subject{run: r, name: part.Name}
	s.findings = guarded(func() report.Findings {
		if part.Err != nil {
			return report.Findings{report.FindingOf(part.Err)}
		}
		// A photograph may be larger than any credential, and is none.
		if len(part.Data) > limits.FileBytes {
			if problem := sniff.Binary(part.Data); report.CodeOf(problem) == report.EnvelopeImage {
				return report.Findings{report.FindingOf(problem)}
			}
		}
		opened, findings := envelope.OpenWith(part.Data, r.verifier.documents)
		s.envelope = opened
		return findings
	})
	s.findings = append(part.Around[:len(part.Around):len(part.Around)], s.findings...)
	if s.name == "" && s.findings.Has(report.EnvelopeVpUnpacked) {
		r.show(s.envelope.Document)
	}
	if len(s.envelope.Readings) == 0 {
		s.begin(ctx)
		return r.verify(ctx, s)
	}
	return r.readings(ctx, s)
}

// readings verifies a document that may be read in several ways, as each of
// them until every signature in it holds: only what was signed has one that
// does. Where none is so, the likeliest reading stands.
func (r *run) readings(ctx context.Context, s *subject) []report.Credential {
	var likeliest []report.Credential
	count, met := r.count, r.met
	for i, document := range append([]strictjson.Value{s.envelope.Document}, s.envelope.Readings...) {
		r.count, r.met = count, maps.Clone(met)
		reading := &subject{run: r, name: s.name, envelope: s.envelope, findings: s.findings}
		reading.envelope.Document = document
		reading.begin(ctx)
		found := r.verify(ctx, reading)
		if held(found) {
			if s.name == "" {
				r.show(document)
			}
			return found
		}
		if i == 0 {
			likeliest = found
		}
	}
	return likeliest
}

// show keeps what was unpacked: nobody can read it in the file.
func (r *run) show(document strictjson.Value) {
	if document.Kind() != strictjson.Absent {
		r.unpacked = string(document.Append(nil))
	}
}

// held says whether there are signatures and all hold.
func held(found []report.Credential) (some bool) {
	for i := range found {
		for j := range found[i].Checks {
			check := &found[i].Checks[j]
			if check.Name != report.CheckSignature {
				continue
			}
			some = some || check.Outcome.Lets()
			if check.Findings.Has(report.SignatureUnpackedUnsure) {
				return false
			}
		}
	}
	return some
}

// said is the one entry of a file that holds no credential.
func (r *run) said(ctx context.Context, name string, findings report.Findings) []report.Credential {
	s := &subject{run: r, name: name, findings: findings}
	s.begin(ctx)
	return []report.Credential{s.judge(ctx)}
}

// plainly are the codes of files that are plainly something else than a
// credential: what people put beside one. Whatever could have been one counts.
var plainly = map[report.Code]bool{
	report.EnvelopeEmpty: true, report.EnvelopeUnknown: true, report.EnvelopePdf: true, report.EnvelopePng: true,
	report.EnvelopeImage: true, report.EnvelopeSvg: true, report.EnvelopeZip: true, report.EnvelopeOffice: true,
	report.EnvelopeXml: true, report.EnvelopeHtml: true, report.EnvelopeLink: true, report.EnvelopeEmail: true,
	report.EnvelopeTar: true, report.EnvelopeTarLink: true, report.EnvelopeKey: true, report.EnvelopeText: true, report.EnvelopeUtf16: true,
	report.CredentialNotACredential: true, report.CredentialStatusList: true,
	report.CredentialBadgePart: true, report.CredentialBadgeClass: true, report.CredentialBadgeProfile: true,
}

// other is the code by which a file that lies in another one is left aside,
// "" where it counts.
func other(found []report.Credential) report.Code {
	if len(found) != 1 {
		return ""
	}
	for _, check := range found[0].Checks[:2] { // envelope, credential
		for _, finding := range check.Findings {
			if check.Outcome == report.Fail && finding.Code.Outcome() == report.Fail {
				if plainly[finding.Code] {
					return finding.Code
				}
				return ""
			}
		}
	}
	return ""
}

// mayBeJSON says whether a text in another encoding begins like an object.
func mayBeJSON(data []byte) bool {
	return bytes.IndexByte(data[:min(len(data), 8)], '{') >= 0
}

// values is about how many values the objects among the files hold together.
func values(parts []container.Part) int {
	all := 0
	for _, part := range parts {
		if start := bytes.TrimSpace(part.Data[:min(len(part.Data), 100)]); bytes.HasPrefix(start, []byte("{")) || bytes.HasPrefix(start, []byte("[")) || len(start) == 0 {
			all += bytes.Count(part.Data, []byte{','})
		}
	}
	return all
}

// mayBeList says whether an object has a word in it without which it is no list:
// of its type, or of a token that stands in it.
func mayBeList(data []byte) bool {
	for _, word := range [...]string{"List", "revo", "eyJ", "payload"} {
		if bytes.Contains(data, []byte(word)) {
			return true
		}
	}
	return false
}

// listsAmong takes lists of what was withdrawn out of several files, to be used
// where one of the others refers to them.
func (r *run) listsAmong(parts []container.Part) {
	if len(parts) < 2 {
		return
	}
	for _, part := range parts {
		if len(r.supplied) == limits.ListsSupplied {
			return
		}
		if part.Err != nil || len(part.Data) > limits.ListBytes {
			continue
		}
		if bytes.HasPrefix(part.Data, []byte("{")) && !mayBeList(part.Data) {
			continue
		}
		authority := bytes.HasPrefix(part.Data, []byte{0x30}) || bytes.HasPrefix(part.Data, []byte("-----BEGIN X509 CRL"))
		if list := intake(part.Data, true); list.Address != "" || authority {
			r.supplied = append(r.supplied, list)
		}
	}
}
