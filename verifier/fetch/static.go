package fetch

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
)

// Static answers from recorded files and nothing else. Its index.json maps an
// absolute URL or a DID to an object with any of
//
//	"file"         a path beside the index; without it the body is empty
//	"status"       200 where it is left out; 0 is a host that does not answer
//	"contentType"  as the host sent it
//	"address"      where redirects led
//	"error"        why no answer came, instead of a status: "unreachable",
//	               "timeout", "name" or "closed", as fetch.Err... has them
//	"consent"      true where somebody agreed that the address be asked
//	               although it gives away whose credential is checked
//
// It is Consenting, for the addresses with "consent": true.
type Static struct {
	files   fs.FS
	entries map[string]recording
	time    time.Time
	// Missing, if set, is told every request that has no recording.
	Missing func(Request)
}

type recording struct {
	file, contentType, address string
	status                     int
	err                        error // why there is no answer
	consent                    bool
}

// noAnswers are the words for the errors that a recording can stand for.
var noAnswers = map[string]error{"unreachable": ErrUnreachable, "timeout": ErrTimeout, "name": ErrName, "closed": ErrClosed}

// NewStatic reads the index. The recordings bear the given time.
func NewStatic(files fs.FS, recorded time.Time) (*Static, error) {
	data, err := fs.ReadFile(files, "index.json")
	if err != nil {
		return nil, fmt.Errorf("fetch: %w", err)
	}
	index, err := strictjson.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("fetch: index.json: %w", err)
	}
	if index.Kind() != strictjson.Object {
		return nil, fmt.Errorf("fetch: index.json is not an object")
	}
	s := &Static{files: files, entries: map[string]recording{}, time: recorded}
	for _, member := range index.Members() {
		entry := recording{status: 200}
		if member.Value.Kind() != strictjson.Object {
			return nil, fmt.Errorf("fetch: index.json: entry of %s", member.Key)
		}
		if v, ok := member.Value.Get("status"); ok {
			n, exact := v.Int()
			if !exact || n < 0 || n > 999 {
				return nil, fmt.Errorf("fetch: index.json: status of %s", member.Key)
			}
			entry.status = int(n)
			if n == 0 {
				entry.err = ErrUnreachable
			}
		}
		if v, ok := member.Value.Get("error"); ok {
			if entry.err = noAnswers[v.Text()]; entry.err == nil {
				return nil, fmt.Errorf("fetch: index.json: error of %s", member.Key)
			}
		}
		if v, ok := member.Value.Get("address"); ok {
			if entry.address = v.Text(); !Allowed(entry.address) {
				return nil, fmt.Errorf("fetch: index.json: address of %s", member.Key)
			}
		}
		if v, ok := member.Value.Get("consent"); ok {
			if v.Kind() != strictjson.Bool {
				return nil, fmt.Errorf("fetch: index.json: consent of %s", member.Key)
			}
			entry.consent = v.Truth()
		}
		if v, ok := member.Value.Get("file"); ok {
			entry.file = path.Clean(v.Text())
			if v.Text() == "" || !fs.ValidPath(entry.file) {
				return nil, fmt.Errorf("fetch: index.json: file of %s", member.Key)
			}
		}
		if v, ok := member.Value.Get("contentType"); ok {
			entry.contentType = v.Text()
		}
		s.entries[member.Key] = entry
	}
	return s, nil
}

// Get answers from the recording of the address or, if there is none, of the
// DID on whose behalf it is asked. Without a recording the host does not
// answer.
func (s *Static) Get(_ context.Context, request Request) (Response, error) {
	entry, ok := s.entries[request.Address]
	if !ok && request.Kind == DIDDocument {
		entry, ok = s.entries[request.Reason]
	}
	if !ok {
		if s.Missing != nil {
			s.Missing(request)
		}
		return Response{}, ErrUnreachable
	}
	if entry.err != nil {
		return Response{}, entry.err
	}
	response := Response{Status: entry.status, ContentType: entry.contentType, Time: s.time, Address: entry.address}
	if entry.file != "" {
		file, err := s.files.Open(entry.file)
		if err != nil {
			return Response{}, fmt.Errorf("%w: %v", ErrUnreachable, err)
		}
		defer file.Close()
		response.Body, err = io.ReadAll(io.LimitReader(file, int64(request.Kind.MaxBody())+1))
		if err != nil {
			return Response{}, fmt.Errorf("%w: %v", ErrUnreachable, err)
		}
	}
	return response, nil
}

// Consents says whether the recording of the address was made with consent.
func (s *Static) Consents(_ context.Context, request Request) bool {
	return s.entries[request.Address].consent
}
