package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

const listAddress = "https://lists.example.com/1"

var listRequest = Request{Address: listAddress, Kind: StatusList, Reason: "did:web:example.com"}

// lists answers with the given list, as of the given instant, and counts.
type lists struct {
	body     string
	at       time.Time
	asked    int
	consents bool
}

func (l *lists) Get(context.Context, Request) (Response, error) {
	l.asked++
	return Response{Status: 200, ContentType: "text/plain", Body: []byte(l.body), Time: l.at, Address: "https://cdn.example.com/1"}, nil
}

func (l *lists) Consents(context.Context, Request) bool { return l.consents }

// read gets the list in a session of its own, which believes it.
func read(t *testing.T, host Getter, memory *Memory, at, until time.Time) (Response, []report.Consulted) {
	t.Helper()
	s := NewSession(host, at, memory)
	response, err := s.Get(t.Context(), listRequest)
	if err != nil {
		t.Fatal(err)
	}
	s.Keep(listAddress, until)
	return response, s.Consulted()
}

// TestMemory: a list that was believed is used again, as it came, and the
// report says from when it is.
func TestMemory(t *testing.T) {
	memory, host := NewMemory(), &lists{body: "list", at: instant.Add(700 * time.Millisecond)}
	first, _ := read(t, host, memory, instant, instant.Add(time.Hour))
	second, consulted := read(t, host, memory, instant.Add(10*time.Minute), instant)
	if host.asked != 1 || first.FromMemory || !second.FromMemory {
		t.Fatalf("asked %d, %v %v", host.asked, first.FromMemory, second.FromMemory)
	}
	second.FromMemory = false
	if !reflect.DeepEqual(first, second) {
		t.Errorf("%+v, was %+v", second, first)
	}
	got := consulted[0]
	if !got.Memory || got.Age != 599 || !got.Time.Equal(host.at) || got.Bytes != 4 || got.SHA256 == "" || got.Kind != "status-list" {
		t.Errorf("%+v", got)
	}
	// It was read at .7 of a second, and an instant judged at has none.
	if r, _ := read(t, host, memory, instant, instant); !r.FromMemory {
		t.Error("not used within the second in which it was read")
	}
}

// TestMemoryLifetime: a list is used again from when it was read until it is
// over, within the limits, whatever it says and however often it is used.
func TestMemoryLifetime(t *testing.T) {
	const least, most = limits.ListKeptLeast * time.Second, limits.ListKeptMost * time.Second
	for name, test := range map[string]struct{ until, over time.Duration }{
		"its own":       {time.Hour, time.Hour},
		"the least":     {least, least},
		"less":          {time.Second, least},
		"long over":     {-1000 * time.Hour, least},
		"the most":      {most, most},
		"more":          {most + time.Second, most},
		"for ever":      {200 * 365 * 24 * time.Hour, most},
		"a nanosecond+": {least + 1, least + 1},
	} {
		for at, want := range map[time.Duration]bool{
			0: true, test.over - 1: true, test.over: false, test.over + 1: false, 10000 * time.Hour: false,
			-1: false, -time.Hour: false, least - 1: true,
		} {
			memory, host := NewMemory(), &lists{body: "list", at: instant}
			read(t, host, memory, instant, instant.Add(test.until))
			read(t, host, memory, instant.Add(least/2), instant.Add(10*most)) // is not prolonged by being used
			if r, _ := read(t, host, memory, instant.Add(at), instant); r.FromMemory != want {
				t.Errorf("%s: after %v: %v, want %v", name, at, r.FromMemory, want)
			}
		}
	}
	memory, host := NewMemory(), &lists{body: "list", at: instant}
	read(t, host, memory, instant, time.Time{})
	if r, _ := read(t, host, memory, instant.Add(least-1), instant); !r.FromMemory {
		t.Error("a list that does not say how long it holds is not kept at all")
	}
}

// TestMemoryTwoInstants: verifications as of different instants do not
// disturb each other: an older answer never takes the place of a newer one.
func TestMemoryTwoInstants(t *testing.T) {
	memory := NewMemory()
	newer, older := &lists{body: "new", at: instant}, &lists{body: "old", at: instant.Add(-48 * time.Hour)}
	for range 2 {
		read(t, newer, memory, instant, instant.Add(time.Hour))
		if r, _ := read(t, older, memory, older.at, instant); string(r.Body) != "old" || r.FromMemory {
			t.Errorf("as of then: %s", r.Body)
		}
		if r, _ := read(t, older, memory, instant.Add(time.Minute), instant); string(r.Body) != "new" {
			t.Errorf("as of now: %s", r.Body)
		}
	}
	if newer.asked != 1 || older.asked != 2 {
		t.Errorf("asked %d %d", newer.asked, older.asked)
	}
}

// TestMemoryKeepsOnlyWhatWasBelieved, and of that nothing that identifies.
func TestMemoryKeepsOnlyWhatWasBelieved(t *testing.T) {
	for name, test := range map[string]struct {
		request Request
		err     error
		keep    string
		want    bool
	}{
		"believed":        {listRequest, nil, listAddress, true},
		"not believed":    {listRequest, nil, "", false},
		"another one":     {listRequest, nil, listAddress + "/", false},
		"no answer":       {listRequest, ErrTimeout, listAddress, false},
		"another kind":    {Request{Address: listAddress, Kind: Profile}, nil, listAddress, false},
		"a CRL":           {Request{Address: listAddress, Kind: Revocation}, nil, listAddress, false},
		"that identifies": {Request{Address: listAddress, Kind: StatusList, Identifies: ByPath}, nil, listAddress, false},
	} {
		memory, host := NewMemory(), &lists{body: "list", at: instant, consents: true}
		s := NewSession(failing{host, test.err}, instant, memory)
		s.Get(t.Context(), test.request)
		if test.keep != "" {
			s.Keep(test.keep, instant.Add(time.Hour))
		}
		after := NewSession(host, instant, memory)
		if r, err := after.Get(t.Context(), listRequest); err != nil || r.FromMemory != test.want {
			t.Errorf("%s: %v %v", name, r.FromMemory, err)
		}
	}
	// Nor is what is kept handed out for a request that identifies.
	memory, host := NewMemory(), &lists{body: "list", at: instant}
	read(t, host, memory, instant, instant.Add(time.Hour))
	identifying := Request{Address: listAddress, Kind: StatusList, Identifies: ByIndex}
	if _, err := NewSession(host, instant, memory).Get(t.Context(), identifying); !errors.Is(err, ErrIdentifies) {
		t.Error(err)
	}
	host.consents = true
	if r, err := NewSession(host, instant, memory).Get(t.Context(), identifying); err != nil || r.FromMemory {
		t.Error(r, err)
	}
	// A session without a memory keeps nothing, and does not mind.
	none := NewSession(host, instant, nil)
	none.Get(t.Context(), listRequest)
	none.Keep(listAddress, instant.Add(time.Hour))
	if none.Forget(listAddress) || !none.Seen(listAddress, instant).IsZero() || !none.Seen(listAddress, instant).IsZero() {
		t.Error("something is remembered without a memory")
	}
}

type failing struct {
	*lists
	err error
}

func (f failing) Get(ctx context.Context, request Request) (Response, error) {
	if f.err != nil {
		return Response{}, f.err
	}
	return f.lists.Get(ctx, request)
}

// TestMemoryIsNotTheGetters: a Getter cannot pretend that something was
// remembered, and bytes that it changes afterwards change nothing.
func TestMemoryIsNotTheGetters(t *testing.T) {
	memory, body := NewMemory(), []byte("list")
	host := GetterFunc(func(context.Context, Request) (Response, error) {
		return Response{Status: 200, Body: body, Time: instant, FromMemory: true}, nil
	})
	if r, consulted := read(t, host, memory, instant, instant.Add(time.Hour)); r.FromMemory || consulted[0].Memory {
		t.Error("the getter says that it was remembered")
	}
	copy(body, "evil")
	if r, _ := read(t, Offline, memory, instant, instant); string(r.Body) != "list" {
		t.Errorf("%s", r.Body)
	}
}

// TestMemoryOffline: what is remembered needs nobody to be asked.
func TestMemoryOffline(t *testing.T) {
	memory, host := NewMemory(), &lists{body: "list", at: instant}
	read(t, host, memory, instant, instant.Add(time.Hour))
	if r, _ := read(t, nil, memory, instant.Add(time.Minute), instant); !r.FromMemory {
		t.Error("not from the memory")
	}
}

// TestMemoryForget: what is not believed any more is asked for anew.
func TestMemoryForget(t *testing.T) {
	memory, host := NewMemory(), &lists{body: "old key", at: instant}
	read(t, host, memory, instant, instant.Add(time.Hour))
	host.body, host.at = "new key", instant.Add(time.Minute)
	s := NewSession(host, host.at, memory)
	if s.Forget(listAddress) {
		t.Error("forgot what this session has not been given")
	}
	if r, _ := s.Get(t.Context(), listRequest); !r.FromMemory || !s.Forget(listAddress) {
		t.Fatal("not from the memory")
	}
	r, err := s.Get(t.Context(), listRequest)
	if err != nil || r.FromMemory || string(r.Body) != "new key" || s.Forget(listAddress) {
		t.Errorf("%+v %v", r, err)
	}
	if c := s.Consulted(); len(c) != 2 || !c[0].Memory || c[1].Memory {
		t.Errorf("%+v", c)
	}
	// A newer one that another verification has kept meanwhile stays.
	late := NewSession(host, host.at, memory)
	s.Keep(listAddress, host.at.Add(time.Hour))
	late.Get(t.Context(), listRequest)
	host.body, host.at = "newer", instant.Add(2*time.Hour)
	read(t, host, memory, host.at, host.at.Add(time.Hour))
	if !late.Forget(listAddress) {
		t.Error("not from the memory")
	}
	if r, _ := read(t, nil, memory, host.at, instant); string(r.Body) != "newer" {
		t.Errorf("%s", r.Body)
	}
}

// TestMemoryBounds: the list that was not used for longest goes first, by
// number and by bytes.
func TestMemoryBounds(t *testing.T) {
	in := func(memory *Memory, size int, address string) bool {
		host := GetterFunc(func(context.Context, Request) (Response, error) {
			return Response{Status: 200, Body: make([]byte, size), Time: instant}, nil
		})
		s := NewSession(host, instant, memory)
		r, err := s.Get(context.Background(), Request{Address: address, Kind: StatusList})
		if err != nil {
			t.Fatal(err)
		}
		s.Keep(address, instant.Add(time.Hour))
		return r.FromMemory
	}
	at := func(i int) string { return fmt.Sprintf("https://lists.example.com/%d", i) }

	memory := NewMemory()
	for i := range limits.ListsKept {
		in(memory, 1, at(i))
	}
	in(memory, 1, at(0)) // used: now 1 is the oldest
	in(memory, 1, at(limits.ListsKept))
	if len(memory.lists) != limits.ListsKept || memory.bytes != limits.ListsKept {
		t.Errorf("%d lists, %d bytes", len(memory.lists), memory.bytes)
	}
	if !in(memory, 1, at(0)) || !in(memory, 1, at(2)) || in(memory, 1, at(1)) {
		t.Error("not the one that was not used for longest")
	}

	memory = NewMemory()
	third := limits.ListsKeptBytes / 3
	for i := range 3 {
		in(memory, third, at(i))
	}
	in(memory, 1, at(3)) // a byte too much: the oldest goes
	if len(memory.lists) != 3 || memory.bytes != 2*third+1 {
		t.Errorf("%d lists, %d bytes", len(memory.lists), memory.bytes)
	}
	in(memory, limits.ListBytes, at(4))
	if memory.bytes > limits.ListsKeptBytes || in(memory, third, at(0)) {
		t.Errorf("%d bytes", memory.bytes)
	}
	total := 0
	for _, kept := range memory.lists {
		total += len(kept.response.Body)
	}
	if total != memory.bytes {
		t.Errorf("%d bytes are counted as %d", total, memory.bytes)
	}
	memory.keep("x", Response{Body: make([]byte, limits.ListsKeptBytes+1)}, instant)
	if memory.find("x") >= 0 || len(memory.lists) == 0 {
		t.Error("what is larger than all that may be kept")
	}
}

// TestSeen: the newest date of each address, for longer than the list itself,
// of what the address itself answered.
func TestSeen(t *testing.T) {
	memory, host := NewMemory(), &lists{body: "list", at: instant}
	seen := func(issued time.Time) time.Time {
		s := NewSession(host, instant, memory)
		s.Get(t.Context(), listRequest)
		return s.Seen(listAddress, issued)
	}
	day := func(n int) time.Time { return instant.AddDate(0, 0, n) }
	for i, step := range []struct{ issued, want time.Time }{
		{day(-5), time.Time{}}, {day(-5), day(-5)}, {day(-3), day(-5)}, {day(-4), day(-3)}, {time.Time{}, day(-3)}, {day(-1), day(-3)}, {day(-9), day(-1)},
	} {
		if got := seen(step.issued); !got.Equal(step.want) {
			t.Errorf("step %d: %v, want %v", i, got, step.want)
		}
	}
	// What came with a file is compared and not remembered: it could be a list
	// of anybody's that names this address.
	supplied := NewSession(host, instant, memory)
	if got := supplied.Seen(listAddress, day(1000)); !got.Equal(day(-1)) {
		t.Error(got)
	}
	if got := supplied.Seen(listAddress, day(-2)); !got.Equal(day(-1)) {
		t.Error(got)
	}
	down := NewSession(failing{host, ErrUnreachable}, instant, memory)
	down.Get(t.Context(), listRequest)
	down.Seen(listAddress, day(1000))
	if got := seen(day(-1)); !got.Equal(day(-1)) {
		t.Errorf("somebody else's date was remembered: %v", got)
	}
	if got := supplied.Seen("https://lists.example.com/2", day(0)); !got.IsZero() {
		t.Errorf("another address: %v", got)
	}

	for i := range limits.ListsSeen {
		memory.seen(fmt.Sprint(i), instant, true)
		if i == limits.ListsSeen/2 {
			seen(day(-1))
		}
	}
	if got := supplied.Seen(listAddress, day(0)); !got.Equal(day(-1)) || len(memory.dates) != limits.ListsSeen {
		t.Errorf("%v, %d dates", got, len(memory.dates))
	}
	if !memory.seen("0", instant, false).IsZero() {
		t.Error("the one that was not used for longest is still there")
	}
}

// TestMemoryConcurrently: many verifications share one memory.
func TestMemoryConcurrently(t *testing.T) {
	memory := NewMemory()
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for n := range 200 {
				address := fmt.Sprintf("https://lists.example.com/%d", (i*n)%100)
				host := GetterFunc(func(context.Context, Request) (Response, error) {
					return Response{Status: 200, Body: []byte(address), Time: instant}, nil
				})
				s := NewSession(host, instant.Add(time.Duration(n)*time.Second), memory)
				r, err := s.Get(context.Background(), Request{Address: address, Kind: StatusList})
				if err != nil || !bytes.Equal(r.Body, []byte(address)) {
					t.Errorf("%s: %s %v", address, r.Body, err)
				}
				s.Keep(address, instant.Add(time.Hour))
				if newest := s.Seen(address, instant); !newest.IsZero() && !newest.Equal(instant) {
					t.Error(newest)
				}
				if n%7 == 0 {
					s.Forget(address)
				}
			}
		})
	}
	wait.Wait()
}
