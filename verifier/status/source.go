package status

import (
	"context"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// Where a list was taken from, as the report names it.
const (
	fromFile     = "file"
	fromSupplied = "supplied"
	fromMemory   = "memory"
	fromNetwork  = "network"
)

// place takes the address of the list: its fragment names a part of it.
func (l *lookup) place(address string) {
	address, _, _ = strings.Cut(address, "#")
	l.Standing.Address = address
}

// signed finds the list at the address of this lookup and believes it, or
// ends the lookup with what is in the way. The order is: what came in the
// file or beside it, what is remembered, the address itself.
func (l *lookup) signed(ctx context.Context, listTypes ...string) *List {
	best := l.handedIn(ctx, listTypes)
	if best != nil && best.worth == 2 {
		*l = best.lookup
		return best.list
	}
	try := *l
	list, ok := try.ask(ctx, listTypes)
	// One that was handed in and is not as good as it should be still says
	// more than no answer.
	if !ok && best != nil && try.Standing.List == nil {
		*l = best.lookup
		if best.worth == 0 && !l.unbelieved {
			return nil
		}
		return best.list
	}
	*l = try
	if !ok && !l.unbelieved {
		return nil
	}
	return list
}

// candidate is a list that was handed in, with what became of the lookup.
type candidate struct {
	lookup lookup
	list   *List
	worth  int // 0 not believed, 1 believed but old, 2 believed
}

// handedIn is the best of the lists that were handed in for this address: of
// several that are as good, the one that was made last, for who hands in two
// could mean the older to be read.
func (l *lookup) handedIn(ctx context.Context, listTypes []string) *candidate {
	var best *candidate
	seen := map[string]bool{}
	for _, supplied := range l.Supplied {
		if supplied.Address == "" || supplied.Address != l.Standing.Address || seen[supplied.Name] {
			continue
		}
		seen[supplied.Name] = true
		list := l.Open(ctx, supplied.Name, supplied.Data, l.Credential.Issuer)
		c := &candidate{lookup: *l, list: &list}
		c.lookup.Standing.From = fromSupplied
		if supplied.InFile {
			c.lookup.Standing.From = fromFile
		}
		if c.lookup.believe(&list, listTypes, time.Time{}) {
			c.worth = 2
			if c.lookup.stale != "" {
				c.worth = 1
			}
		}
		switch {
		case best == nil || c.worth > best.worth || c.worth == best.worth && list.made().After(best.list.made()):
			best = c
		case c.worth == 2 && best.worth == 2 && list.made().Equal(best.list.made()):
			// Two that are as good and as old may say two things; who hands
			// them in could mean one of them to be read.
			best.worth, best.lookup.stale = 1, report.StatusListOld
		}
	}
	return best
}

// answered is a name for what was answered at the address of this lookup: the
// same address gives the same bytes in one session, but for what the memory
// had to forget.
func (l *lookup) answered(response fetch.Response) string {
	if response.FromMemory {
		return "remembered " + l.Standing.Address
	}
	return "answered " + l.Standing.Address
}

// ask reads the list at its address. A list that begins later than the instant
// judged at is asked for once more as it stood then.
func (l *lookup) ask(ctx context.Context, listTypes []string) (*List, bool) {
	response, ok := l.get(ctx, l.Standing.Address)
	if !ok {
		return nil, false
	}
	list := l.Open(ctx, l.answered(response), response.Body, l.Credential.Issuer)
	if past, ok := l.asOf(ctx, &list, response, listTypes); ok {
		return past, true
	}
	before := *l
	if l.believe(&list, listTypes, response.Time) {
		l.keep(&list)
		return &list, true
	}
	// Nothing is worse for having been remembered: the list may have been
	// replaced since.
	if l.Session.Forget(l.Standing.Address) {
		*l = before
		return l.ask(ctx, listTypes)
	}
	return &list, false
}

// asOf reads the list as it stood at the instant judged at, where it has been
// replaced since (BITSTRING-STATUS-LIST 2.2, timestamp; TOKEN-STATUS-LIST 8.4,
// time). A host that does not know the question answers with today's list,
// which is then no better than the one already at hand.
func (l *lookup) asOf(ctx context.Context, now *List, response fetch.Response, listTypes []string) (*List, bool) {
	made := now.made()
	if made.IsZero() || !made.After(l.At.Add(tolerance)) || made.After(response.Time.Add(tolerance)) {
		return nil, false
	}
	query := "timestamp=" + l.At.UTC().Format("2006-01-02T15:04:05Z")
	if now.Credential.ListType == credential.TokenStatusList {
		query = "time=" + decimal(l.At.Unix())
	}
	glue := "?"
	if strings.Contains(l.Standing.Address, "?") {
		glue = "&"
	}
	try := *l
	past, ok := try.get(ctx, l.Standing.Address+glue+strings.ReplaceAll(query, ":", "%3A"))
	if !ok {
		return nil, false
	}
	list := l.Open(ctx, "as of "+l.answered(past), past.Body, l.Credential.Issuer)
	if made := list.made(); made.IsZero() || made.After(l.At.Add(tolerance)) || !try.believe(&list, listTypes, l.At) {
		return nil, false
	}
	*l = try
	l.remark(report.StatusListHistoric)
	return &list, true
}

// tolerance is granted to the dates of lists (design.md 3).
const tolerance = limits.ClockTolerance * time.Second

// get asks for an address and looks at the outside of the answer.
func (l *lookup) get(ctx context.Context, address string) (fetch.Response, bool) {
	request := fetch.Request{
		Address: address, Kind: fetch.StatusList, Reason: l.Credential.Issuer.ID,
		Identifies: identifies(l.Standing.Address, l.Standing.Index, l.Credential),
	}
	if l.entry.Type == oneEdTechEntry && request.Identifies == "" && strings.Contains(l.Standing.Address, "?") {
		request.Identifies = fetch.ByQuery
	}
	response, err := l.Session.Get(ctx, request)
	if err == nil {
		l.Standing.From = fromNetwork
		if response.FromMemory {
			l.Standing.From = fromMemory
		}
	}
	if failure := fetch.FailureOf(request, response, err); failure != fetch.NoFailure {
		l.end(unread[failure], "")
		return response, false
	}
	return response, true
}

// unread has the code for each way in which an address gave no list.
var unread = [fetch.Failures]report.Code{
	fetch.FailedUnreachable: report.StatusListUnreachable,
	fetch.FailedOffline:     report.StatusListOffline,
	fetch.FailedNotAllowed:  report.StatusListNotAllowed,
	fetch.FailedIdentifies:  report.StatusWouldIdentify,
	fetch.FailedAddress:     report.StatusListAddress,
	fetch.FailedTooMany:     report.StatusListTooMany,
	fetch.FailedTimeout:     report.StatusListTimeout,
	fetch.FailedName:        report.StatusListNameUnknown,
	fetch.FailedClosed:      report.StatusListClosed,
	fetch.FailedNotFound:    report.StatusListNotFound,
	fetch.FailedGone:        report.StatusListGone,
	fetch.FailedForbidden:   report.StatusListForbidden,
	fetch.FailedServer:      report.StatusListServerError,
	fetch.FailedTooLarge:    report.StatusListTooLarge,
	fetch.FailedEmpty:       report.StatusListEmpty,
	fetch.FailedLogin:       report.StatusListLogin,
	fetch.FailedPage:        report.StatusListPage,
}

// keep lets the session use a list again that has been believed, and says so
// where an older one came than was read before (T14).
func (l *lookup) keep(list *List) {
	made := list.made()
	if !made.IsZero() {
		if newest := l.Session.Seen(l.Standing.Address, made); newest.After(made) {
			l.remark(report.StatusListRollback, "date", newest.UTC().Format(time.RFC3339))
		}
	}
	// One that says nothing about it is kept for as short as may be.
	until := list.ends()
	if ttl := list.Credential.TimeToLive(); ttl > 0 && (until.IsZero() || l.At.Add(ttl).Before(until)) {
		until = l.At.Add(ttl)
	}
	l.Session.Keep(l.Standing.Address, until)
}
