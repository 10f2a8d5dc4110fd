package verifier

import (
	"fmt"
	"time"

	"github.com/sealcheck/sealcheck/verifier/container"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/pdffile"
)

// MostBytes is the largest file that can be verified. A host that reads from
// strangers stops at one more, which tells that there was too much.
const MostBytes = limits.PackedBytes

// MostLists and MostListBytes are how many status lists may be handed in
// beside a file (Config.StatusLists), and how large each may be.
const (
	MostLists     = limits.ListsSupplied
	MostListBytes = limits.ListBytes
)

// With returns a verifier with another clock and policy and with the same
// lists, keys, contexts and network. Nothing is read again, so a host can do
// this for each request. It returns an error where New would.
func (v *Verifier) With(now func() time.Time, policy Policy) (*Verifier, error) {
	if err := policy.check(); err != nil {
		return nil, fmt.Errorf("verifier: %w", err)
	}
	if policy.Name == "" {
		policy.Name = "strict"
	}
	other := *v
	other.config.Policy = policy
	if now != nil {
		other.config.Now = now
	}
	return &other, nil
}

// Part is a file that lies in another one.
type Part struct {
	Name  string // a label: names of files that lie in one another, between slashes
	Bytes []byte
}

// Parts gives the files in an archive (ZIP, gzip) or an e-mail, for a host that
// shows each by itself. Documents with attachments stay whole. Any other file
// has none, and so has one that is damaged: Verify says what is wrong with it.
func Parts(file []byte) (parts []Part) {
	defer func() {
		if recover() != nil { // Verify says so
			parts = nil
		}
	}()
	for _, p := range container.Split(file) {
		if p.Err != nil {
			return nil
		}
		parts = append(parts, Part{p.Name, p.Data})
	}
	return parts
}

// Picture is a picture on a page of a PDF document.
type Picture struct {
	MediaType     string // image/jpeg or image/png
	Bytes         []byte // a file of that type
	Width, Height int    // in pixels
}

// Pictures gives the pictures on the pages of a PDF document as far as a code
// could be read from them: the first limits.PDFPictures that are large enough,
// of the kinds that are read here. What is drawn with lines is no picture. Any
// other file has none.
func Pictures(file []byte) (pictures []Picture) {
	defer func() {
		if recover() != nil {
			pictures = nil
		}
	}()
	if len(file) > limits.PackedBytes || pdffile.Header(file) < 0 {
		return nil
	}
	document, err := pdffile.Open(file)
	if err != nil {
		return nil
	}
	for _, p := range document.Pictures() {
		pictures = append(pictures, Picture(p))
	}
	return pictures
}
