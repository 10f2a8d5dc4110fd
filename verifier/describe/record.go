package describe

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// record describes a learner record (CLR 2.0): what it calls itself, what it
// says was achieved besides the credentials in it, and how its parts hang
// together. Those credentials are described by themselves; what the whole
// claims is not more than they do.
func record(d *report.Description, root place) {
	add(&d.Title, root.names("name")...)
	if root.truth("partial") {
		d.Marks = append(d.Marks, "partial")
	}
	for _, subject := range root.all("credentialSubject") {
		identity(d, subject)
	}
	// What an association leads to is called by its name where it has one.
	called := map[string]string{}
	note := func(thing place) string {
		name, id := "", thing.text("id").Value
		if names := thing.names("name"); len(names) > 0 {
			name = report.Clip(names[0].Value)
		}
		if id != "" && name != "" && called[id] == "" {
			called[id] = name
		}
		return name
	}
	for _, subject := range root.all("credentialSubject") {
		if len(d.Learner) == 0 {
			learner(d, subject, "name")
		}
		for _, achievement := range subject.all("achievement") {
			note(achievement)
			keep(&d.Details, achievement.names("name")...)
		}
		for _, part := range subject.all("verifiableCredential") {
			note(part)
			for _, achievement := range part.all("credentialSubject", "achievement") {
				note(achievement)
			}
		}
	}
	for _, association := range root.all("credentialSubject", "association") {
		if len(d.Details) >= most {
			break
		}
		ends := [2]string{association.text("sourceId").Value, association.text("targetId").Value}
		for i, id := range ends {
			if ends[i] = report.Clip(id); called[id] != "" {
				ends[i] = called[id]
			}
		}
		if kind := association.text("associationType"); kind.Value != "" && ends[0] != "" && ends[1] != "" {
			kind.Value = ends[0] + " – " + kind.Value + " – " + ends[1]
			keep(&d.Details, kind)
		}
	}
}

// endorsement describes what somebody says of somebody else's credential,
// achievement or organisation. It is of no learner.
func endorsement(d *report.Description, root place) {
	add(&d.Title, root.names("name")...)
	for _, subject := range root.all("credentialSubject") {
		keep(&d.Details, subject.names("endorsementComment")...)
	}
	keep(&d.Details, root.names("description")...)
}

// identity gives the name that an IdentityObject states; a hashed one tells a
// reader nothing.
func identity(d *report.Description, subject place) {
	for _, identity := range subject.all("identifier") {
		if !identity.truth("hashed") && identity.text("identityType").Value == "name" {
			add(&d.Learner, identity.text("identityHash"))
		}
	}
}

// profiles are the application profiles of European Digital Credentials that
// say more than that it is one (edc.md 3), by the ends of the names that the
// file gives them as a schema and as an entry of the list of profiles.
var profiles = [...][3]string{
	{"profile.accredited", "/model/ap/edc-accredited", "/credential/c_ae121a00"},
	{"profile.converted", "/model/ap/edc-converted", "/credential/c_7e400154"},
	{"profile.mandate", "/model/ap/edc-issued-by-mandate", "/credential/c_9a31f32a"},
	{"profile.supplement", "/model/ap/edc-diploma-supplement", "/credential/6dff8a0f87"},
}

const europeanNames = "http://data.europa.eu/snb"

// marks notes what kind of European Digital Credential the file says it is,
// and the statement that it was sealed on somebody else's behalf (edc.md 2).
func marks(d *report.Description, root place) {
	named := map[string]bool{}
	for _, at := range append(root.all("credentialSchema"), root.all("credentialProfiles")...) {
		id := at.value.Text()
		if id == "" {
			id = at.text("id").Value
		}
		named[strings.TrimPrefix(id, europeanNames)] = true
	}
	for _, profile := range profiles {
		if named[profile[1]] || named[profile[2]] {
			d.Marks = append(d.Marks, profile[0])
		}
	}
	mandated := false
	for _, evidence := range root.all("evidence") {
		for _, kind := range evidence.all("dcType") {
			if kind.text("id").Value == europeanNames+"/evidence-type/c_18016257" || kind.value.Text() == europeanNames+"/evidence-type/c_18016257" {
				mandated = true
				add(&d.Mandate, evidence.names("evidenceStatement")...)
				break
			}
		}
	}
	if mandated {
		d.Marks = append(d.Marks, "mandate")
	}
}

// mostFiles is how many files a description lists; the file has them all.
const mostFiles = 20

// files lists the files that a document carries within itself: objects that
// hold a content and say of which type it is (ELM MediaObject). Each is listed
// once. The depth and size of the document have been bounded when it was read;
// a place is written out only where a file stands, since names may be long.
func files(d *report.Description, value strictjson.Value, here *step, seen map[string]bool) {
	for i, item := range value.Items() {
		if item.Kind() >= strictjson.Array {
			files(d, item, &step{here, strconv.Itoa(i)}, seen)
		}
	}
	for _, member := range value.Members() {
		if member.Value.Kind() >= strictjson.Array {
			files(d, member.Value, &step{here, member.Key}, seen)
		}
	}
	content, ok := value.Get("content")
	if !ok || content.Kind() != strictjson.String || content.Text() == "" || seen[content.Text()] || len(d.Files) >= mostFiles {
		return
	}
	if _, typed := value.Get("contentType"); !typed && !(place{value: value}).is("MediaObject") {
		return
	}
	seen[content.Text()] = true
	d.Files = append(d.Files, fileOf(place{value, report.Clip(here.pointer())}, content.Text()))
}

// step is the way from the root of a document to a value.
type step struct {
	before *step // nil at the root
	name   string
}

func (s *step) pointer() string {
	if s.before == nil {
		return s.name
	}
	return s.before.pointer() + "/" + escape(s.name)
}

// fileOf tells a file's name, stated type, size and digest. Nothing is opened.
func fileOf(at place, content string) report.File {
	file := report.File{Path: at.path}
	for _, member := range [...]string{"title", "description"} {
		if names := at.names(member); len(names) > 0 && file.Name == "" {
			file.Name = report.Clip(names[0].Value)
		}
	}
	for _, kind := range at.all("contentType") {
		// An entry of the list of file types is called by the end of its address.
		file.Type = kind.value.Text()
		if file.Type == "" {
			file.Type = kind.text("id").Value
		}
		if strings.Contains(file.Type, "://") {
			file.Type = file.Type[strings.LastIndexByte(file.Type, '/')+1:]
		}
		file.Type = report.Clip(file.Type)
	}
	data, err := base64.StdEncoding.DecodeString(content) // line breaks are let pass
	if err != nil {
		data = []byte(content)
	}
	sum := sha256.Sum256(data)
	file.Bytes, file.SHA256 = len(data), hex.EncodeToString(sum[:])
	return file
}
