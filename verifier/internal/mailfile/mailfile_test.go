package mailfile

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// told lists the parts of a message as name|type|content.
func told(message string) ([]string, error) {
	parts, err := Parts([]byte(message))
	var all []string
	for i := range parts {
		content, err := parts[i].Bytes()
		if err != nil {
			content = []byte(err.Error())
		}
		mark := ""
		if parts[i].Body {
			mark = "*"
		}
		all = append(all, fmt.Sprintf("%s%s|%s|%s", mark, parts[i].Name, parts[i].Type, content))
	}
	return all, err
}

func TestParts(t *testing.T) {
	tests := map[string]struct {
		message string
		want    []string
	}{
		"plain": {"From: a@b.example\nSubject: x\n\nHello.\n", []string{"*|text/plain|Hello.\n"}},
		"attached": {"From: a@b.example\r\nContent-Type: multipart/mixed;\r\n boundary=\"a b\"\r\n\r\nfor old programs\r\n" +
			"--a b\r\nContent-Type: text/html\r\n\r\n<p>\r\n--a b  \r\nContent-Type: application/json; name=x.json\r\nContent-Transfer-Encoding: BASE64\r\n" +
			"Content-Disposition: attachment; filename=\"a \\\"b\\\".json\"\r\n\r\neyJh\r\nIjox\r\nfQ==\r\n--a b--\r\nafter", []string{"*|text/html|<p>", `a "b".json|application/json|{"a":1}`}},
		"nested": {"Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/alternative; boundary=oo\n\n--oo\n\none\n--oo--\n--o\nContent-Type: message/rfc822\n\n" +
			"From: c@d.example\nContent-Type: text/plain; name=\"inner.jwt\"\n\neyJ\n--o--\n", []string{"*|text/plain|one", "inner.jwt|text/plain|eyJ"}},
		"names": {"Content-Type: multipart/mixed; boundary=o\n\n" +
			"--o\nContent-Disposition: attachment; filename*=UTF-8''dipl%C3%B4me.json\n\n1\n" +
			"--o\nContent-Disposition: attachment; filename*0*=iso-8859-1'fr'dipl%F4; filename*1=\"me .json\"\n\n2\n" +
			"--o\nContent-Disposition: attachment; filename=\"=?UTF-8?Q?dipl=C3=B4me_=31?= =?utf-8?b?Lmpzb24=?=\"\n\n3\n" +
			"--o\nContent-Type: image/png; name=\"../a.png\"\n\n4\n--o--", []string{"diplôme.json|text/plain|1", "diplôme .json|text/plain|2", "diplôme 1.json|text/plain|3", "../a.png|image/png|4"}},
		"quoted":      {"Content-Transfer-Encoding: quoted-printable\nContent-Type: application/json\n\n{=22a=22:=\n \"=C3=A4\" =3D  \r\n}", []string{"|application/json|{\"a\": \"ä\" =\r\n}"}},
		"no end":      {"Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: application/json\n\n{\"a\"", []string{"|application/json|{\"a\""}},
		"bad base64":  {"Content-Type: application/json\nContent-Transfer-Encoding: base64\n\nabcde", []string{"|application/json|" + ErrDamaged.Error()}},
		"no boundary": {"Content-Type: multipart/mixed\n\n--o\n\nx", []string{"|multipart/mixed|--o\n\nx"}},
		"empty":       {"", []string{"*|text/plain|"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, err := told(test.message); err != nil || strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("%v\n%q, want\n%q", err, got, test.want)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	deep := ""
	for i := range 100 {
		deep += fmt.Sprintf("Content-Type: multipart/mixed; boundary=o%d\n\n--o%d\n", i, i)
	}
	if _, err := told(deep); !errors.Is(err, ErrTooMany) {
		t.Error(err)
	}
	if _, err := told("Content-Type: multipart/mixed; boundary=o\n\n" + strings.Repeat("--o\n", 1<<20)); !errors.Is(err, ErrTooMany) {
		t.Error(err)
	}
}

func FuzzParts(f *testing.F) {
	f.Add("Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Disposition: attachment; filename*0*=iso-8859-1'fr'dipl%F4; filename*1=\"me .json\"\n\n2\n--o--")
	f.Add("Content-Transfer-Encoding: quoted-printable\nContent-Type: application/json; name==?utf-8?b?Lmpzb24=?=\n\n{=22a=22:=\n")
	f.Fuzz(func(t *testing.T, message string) {
		parts, _ := Parts([]byte(message))
		for i := range parts {
			if content, _ := parts[i].Bytes(); len(content) > len(message) {
				t.Error("more than there was")
			}
		}
	})
}
