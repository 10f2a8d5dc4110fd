package fetch

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"sync"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
)

// Memory is what a host remembers of status lists between one file and the
// next, for as long as it runs and nowhere but in its own memory: a folder of
// a thousand credentials asks for their list once, and the list's host does
// not learn how often, or when, they are looked at.
//
// Lists are remembered by their address alone, never by the entry that was
// read in them. Only what the status stage has believed gets in, and it gets
// in as the bytes that came: every verification judges them anew. What gives
// away by its address whose credential is checked is neither kept nor handed
// out, so that no later file can tell that an earlier one was checked.
//
// So a Memory changes an answer in three ways only: a list can be as old as it
// said itself that it may be used, within limits.ListKeptLeast and
// limits.ListKeptMost; the report says so; and a list older than one that the
// same address gave before is noticed.
//
// It is safe for concurrent use.
type Memory struct {
	mutex sync.Mutex
	lists []keptList // the least recently used first
	bytes int        // of their bodies
	dates []seenDate // the least recently used first
}

type keptList struct {
	address  string
	response Response
	until    time.Time // from this instant on it is over
}

type seenDate struct {
	address [sha256.Size]byte // hashed: an address may be long
	issued  time.Time
}

// NewMemory returns a Memory of nothing.
func NewMemory() *Memory { return &Memory{} }

// recall gives what is kept of an address, if it was read by the given
// instant and is not over then.
func (m *Memory) recall(address string, at time.Time) (Response, bool) {
	if m == nil {
		return Response{}, false
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	i := m.find(address)
	if i < 0 {
		return Response{}, false
	}
	kept := m.lists[i]
	// An instant judged at has whole seconds.
	if at.Before(kept.response.Time.Truncate(time.Second)) || !at.Before(kept.until) {
		return Response{}, false
	}
	m.lists = append(slices.Delete(m.lists, i, i+1), kept)
	response := kept.response
	response.FromMemory = true
	return response, true
}

// keep keeps an answer that bears its time, unless a newer one is kept.
func (m *Memory) keep(address string, response Response, until time.Time) {
	if len(response.Body) > limits.ListsKeptBytes {
		return
	}
	response.Body = bytes.Clone(response.Body) // of just the size that is counted
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if i := m.find(address); i >= 0 {
		if response.Time.Before(m.lists[i].response.Time) {
			return
		}
		m.drop(i)
	}
	for len(m.lists) >= limits.ListsKept || m.bytes+len(response.Body) > limits.ListsKeptBytes {
		m.drop(0)
	}
	m.lists = append(m.lists, keptList{address, response, until})
	m.bytes += len(response.Body)
}

// forget drops what was kept of an address at the given time, and nothing
// newer.
func (m *Memory) forget(address string, read time.Time) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if i := m.find(address); i >= 0 && !m.lists[i].response.Time.After(read) {
		m.drop(i)
	}
}

func (m *Memory) find(address string) int {
	return slices.IndexFunc(m.lists, func(kept keptList) bool { return kept.address == address })
}

func (m *Memory) drop(i int) {
	m.bytes -= len(m.lists[i].response.Body)
	m.lists = slices.Delete(m.lists, i, i+1)
}

// seen gives the newest date that is known of an address, and then, if it is
// to be remembered, takes note of the given one.
func (m *Memory) seen(address string, issued time.Time, remember bool) (newest time.Time) {
	if m == nil {
		return time.Time{}
	}
	hashed := sha256.Sum256([]byte(address))
	m.mutex.Lock()
	defer m.mutex.Unlock()
	i := slices.IndexFunc(m.dates, func(seen seenDate) bool { return seen.address == hashed })
	if i >= 0 {
		newest = m.dates[i].issued
	}
	if !remember || issued.IsZero() {
		return newest
	}
	date := seenDate{hashed, issued}
	switch {
	case i >= 0:
		if newest.After(issued) {
			date.issued = newest
		}
		m.dates = slices.Delete(m.dates, i, i+1)
	case len(m.dates) >= limits.ListsSeen:
		m.dates = slices.Delete(m.dates, 0, 1)
	}
	m.dates = append(m.dates, date)
	return newest
}
