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
// absolute URL or a DID to {"file","status","contentType"}: file is a path
// beside the index, status is 200 where it is left out, and an entry without
// a file has an empty body. "status": 0 stands for a host that does not
// answer.
type Static struct {
	files   fs.FS
	entries map[string]recording
	time    time.Time
	// Missing, if set, is told every request that has no recording.
	Missing func(Request)
}

type recording struct {
	file, contentType string
	status            int
}

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
	if entry.status == 0 {
		return Response{}, ErrUnreachable
	}
	response := Response{Status: entry.status, ContentType: entry.contentType, Time: s.time}
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
