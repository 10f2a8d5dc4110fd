package report

import (
	"os"
	"strings"
	"testing"
)

func TestZeroValuesProveNothing(t *testing.T) {
	var outcome Outcome
	var verdict Verdict
	if outcome != Unknown || outcome.Lets() || verdict != Indeterminate {
		t.Fatal("a forgotten result reads as a pass")
	}
	if got := (Findings)(nil).Outcome(); got != Unknown {
		t.Errorf("a stage that says nothing is %v", got)
	}
	if got := Code("signature.never_heard_of").Outcome(); got != Unknown {
		t.Errorf("an unknown code is %v", got)
	}
	if verdict, headline := SumUp(nil, Demands{}); verdict != Indeterminate || headline != Incomplete {
		t.Errorf("no checks at all: %v %v", verdict, headline)
	}
}

// TestTableOfCodes: the table is append-only (testdata/codes.txt holds its
// order), every code names its check, and what a code asks for fits its
// outcome.
func TestTableOfCodes(t *testing.T) {
	data, err := os.ReadFile("../../testdata/codes.txt")
	if err != nil {
		t.Fatal(err)
	}
	recorded := strings.Fields(string(data))
	rows := Table()
	if len(recorded) != len(rows) {
		t.Fatalf("testdata/codes.txt has %d codes, the table %d", len(recorded), len(rows))
	}
	checks := map[CheckName]bool{"": true}
	for _, name := range CheckNames {
		checks[name] = true
	}
	seen := map[Code]bool{}
	for i, row := range rows {
		if recorded[i] != string(row.Code) {
			t.Errorf("row %d is %s, testdata/codes.txt says %s", i, row.Code, recorded[i])
		}
		if seen[row.Code] {
			t.Errorf("%s stands twice", row.Code)
		}
		seen[row.Code] = true
		if !checks[row.Code.Check()] {
			t.Errorf("%s belongs to no check", row.Code)
		}
		if row.Says == Verified {
			t.Errorf("%s asks for verified", row.Code)
		}
		if row.Outcome == Pass && row.Says != HeadlineNone {
			t.Errorf("%s passes and asks for %s", row.Code, row.Says)
		}
		if row.Outcome == Fail && row.Says == HeadlineNone {
			t.Errorf("%s fails and asks for no headline", row.Code)
		}
		if row.Outcome == Unknown && row.Says != Incomplete {
			t.Errorf("%s is unknown and asks for %q", row.Code, row.Says)
		}
	}
}

// representatives gives, for each check, findings that bring about each
// outcome it can have: one per headline that its codes can ask for.
func representatives(name CheckName) []Check {
	var checks []Check
	seen := map[[2]int]bool{}
	for _, row := range table {
		if row.Code.Check() != name && row.Code.Check() != "" {
			continue
		}
		mark := [2]int{int(row.Outcome), int(row.Says)}
		// What stands for a signature is a kind of its own.
		special := row.Code == ProofHostedMatch || row.Code == KeyHosted || row.Code == SignatureHosted
		if seen[mark] && !special {
			continue
		}
		seen[mark] = seen[mark] || !special
		checks = append(checks, NewCheck(name, Findings{NewFinding(row.Code, "")}))
	}
	return checks
}

// TestEveryCombination goes through all combinations of what the checks can
// say and holds headline and verdict against the rows, by rules written down
// here independently of SumUp.
func TestEveryCombination(t *testing.T) {
	names := []CheckName{CheckEnvelope, CheckCredential, CheckProof, CheckKey, CheckSignature, CheckIssuer, CheckValidity, CheckStatus, CheckTrust}
	options := make([][]Check, len(names))
	total := 1
	for i, name := range names {
		options[i] = representatives(name)
		total *= len(options[i])
	}
	t.Logf("%d combinations of codes by outcome and headline; checked on all combinations of outcomes, one headline each at a time", total)

	// All combinations of outcomes; for outcomes with several headlines the
	// representative rotates, so that each meets many neighbours.
	byOutcome := make([][][]Check, len(names))
	for i := range names {
		groups := map[Outcome][]Check{}
		for _, check := range options[i] {
			groups[check.Outcome] = append(groups[check.Outcome], check)
		}
		for o := Unknown; o <= None; o++ {
			if len(groups[o]) > 0 {
				byOutcome[i] = append(byOutcome[i], groups[o])
			}
		}
	}
	checks := make([]Check, len(names), len(names)+2)
	rotation, combinations := uint32(1), 0
	seen := map[Headline]int{}
	var walk func(int)
	walk = func(i int) {
		if i == len(names) {
			combinations++
			_, headline := judge(t, checks)
			seen[headline]++
			return
		}
		for _, group := range byOutcome[i] {
			rotation = rotation*1664525 + 1013904223 // any fixed order that is not in step with the walk
			checks[i] = group[int(rotation>>16)%len(group)]
			walk(i + 1)
			if t.Failed() {
				return
			}
		}
	}
	walk(0)
	t.Logf("%d combinations of outcomes", combinations)
	for _, headline := range Headlines() {
		if headline != Suspended && headline != Revoked && seen[headline] == 0 {
			t.Errorf("no combination of outcomes is called %s", headline)
		}
	}

	// Single faults: every code alone, beside checks that all pass.
	for i := range names {
		for _, option := range options[i] {
			for j := range names {
				checks[j] = passing(names[j])
			}
			checks[i] = option
			judge(t, checks)
		}
	}
}

func passing(name CheckName) Check {
	for _, row := range table {
		if row.Code.Check() == name && row.Outcome == Pass {
			return NewCheck(name, Findings{NewFinding(row.Code, "")})
		}
	}
	return NewCheck(name, Findings{{Code: StatusNonePublished}})
}

// judge holds one combination against the rules of design.md 2.
func judge(t *testing.T, checks []Check) (Verdict, Headline) {
	t.Helper()
	verdict, headline := SumUp(checks, Demands{})
	outcomes := map[CheckName]Outcome{}
	anyFail, open := false, false
	says := map[Headline]bool{}
	for _, check := range checks {
		outcomes[check.Name] = check.Outcome
		anyFail = anyFail || check.Outcome == Fail
		open = open || check.Outcome == Unknown || check.Outcome == Skipped
		says[check.Codes[0].Says()] = true
	}
	codes := map[CheckName]Code{}
	for _, check := range checks {
		codes[check.Name] = check.Codes[0]
	}
	answered := codes[CheckKey] == KeyHosted && codes[CheckSignature] == SignatureHosted &&
		(codes[CheckProof] == ProofHostedMatch || codes[CheckProof] == ProofHostedDiffers || codes[CheckProof] == ProofHostedWithdrawn)
	matched := answered && codes[CheckProof] == ProofHostedMatch
	genuine := (answered || outcomes[CheckSignature].Lets()) && outcomes[CheckIssuer].Lets()
	fault := func(rule string) {
		t.Helper()
		line := ""
		for _, check := range checks {
			line += " " + string(check.Codes[0]) + "=" + check.Outcome.String()
		}
		t.Errorf("%s: %s/%s from%s", rule, verdict, headline, line)
	}
	want := map[Headline]Verdict{Verified: Valid, Unlisted: Indeterminate, Identified: Indeterminate, Incomplete: Indeterminate,
		Suspended: Indeterminate, NotSigned: Indeterminate}
	expected, ok := want[headline]
	if !ok {
		expected = Invalid
	}
	switch {
	case verdict != expected:
		fault("the verdict is not the headline's")
	case headline == Verified && (anyFail || open || outcomes[CheckTrust] != Pass || outcomes[CheckIssuer] != Pass || !matched && (!outcomes[CheckSignature].Lets() || !outcomes[CheckKey].Lets())):
		fault("verified although not everything passed")
	case (headline == Unlisted || headline == Identified) && (anyFail || open || !genuine):
		fault("unlisted or identified although something is open or failed")
	case headline >= Unlisted && answered && !matched:
		fault("the website's answer was taken for more than it is")
	case headline == Incomplete && !open && !anyFail && !says[Incomplete] && outcomes[CheckKey] != None && outcomes[CheckIssuer] != None:
		fault("incomplete although nothing is open")
	case headline >= Revoked && headline <= Suspended && !genuine:
		fault("the file's word on its standing was taken before it was proven")
	case (headline == Altered || headline == Mismatch) && outcomes[CheckSignature] != Fail:
		fault("called changed although no signature failed")
	case headline == WrongKey && !says[WrongKey]:
		fault("called wrong key by nobody")
	case anyFail && verdict == Valid:
		fault("valid although something failed")
	}
	return verdict, headline
}

// TestNothingButTheWebsiteStandsForASignature: of all combinations of what
// proof, key and signature can say by any code of the table, where the rest
// passes, only a signature that held leads to a good headline, or else the
// website's word that it is as the file says, with both rows that say so.
func TestNothingButTheWebsiteStandsForASignature(t *testing.T) {
	of := func(name CheckName) (codes []Code) {
		for _, row := range table {
			if row.Code.Check() == name || row.Code.Check() == "" {
				codes = append(codes, row.Code)
			}
		}
		return codes
	}
	rest := []Check{}
	for _, name := range required {
		if name != CheckProof && name != CheckKey && name != CheckSignature {
			rest = append(rest, passing(name))
		}
	}
	loose := Demands{Accept: []Headline{Identified, Unlisted}, Optional: []CheckName{CheckValidity, CheckStatus, CheckTrust}}
	good := 0
	for _, p := range of(CheckProof) {
		for _, k := range of(CheckKey) {
			for _, s := range of(CheckSignature) {
				checks := append([]Check{NewCheck(CheckProof, Findings{{Code: p}}), NewCheck(CheckKey, Findings{{Code: k}}), NewCheck(CheckSignature, Findings{{Code: s}})}, rest...)
				if verdict, _ := SumUp(checks, loose); verdict != Valid {
					continue
				}
				good++
				signed := p.Outcome().Lets() && k.Outcome().Lets() && s.Outcome().Lets()
				hosted := p == ProofHostedMatch && k == KeyHosted && s == SignatureHosted
				if !signed && !hosted {
					t.Errorf("valid by %s, %s and %s", p, k, s)
				}
			}
		}
	}
	if good == 0 {
		t.Error("nothing is valid at all")
	}
	// A second thing that is said beside takes the exception away.
	checks := append([]Check{
		NewCheck(CheckProof, Findings{{Code: ProofHostedMatch}}), NewCheck(CheckKey, Findings{{Code: KeyHosted}}),
		NewCheck(CheckSignature, Findings{{Code: SignatureHosted}, {Code: InternalUnexpected}}),
	}, rest...)
	if verdict, headline := SumUp(checks, loose); verdict == Valid {
		t.Errorf("%s although something went wrong", headline)
	}
}

// TestPolicyIgnoresNoSignature: whatever a policy accepts, a failed or
// undecided signature or issuer never counts as valid.
func TestPolicyIgnoresNoSignature(t *testing.T) {
	loose := Demands{Accept: []Headline{Identified, Unlisted}, Optional: []CheckName{CheckValidity, CheckStatus, CheckTrust}}
	for _, name := range []CheckName{CheckEnvelope, CheckCredential, CheckProof, CheckKey, CheckSignature, CheckIssuer} {
		for o := Unknown; o <= None; o++ {
			if o.Lets() {
				continue
			}
			checks := []Check{}
			for _, other := range required {
				checks = append(checks, passing(other))
			}
			for i := range checks {
				if checks[i].Name == name {
					checks[i].Outcome = o
					checks[i].Findings = nil
				}
			}
			if verdict, headline := SumUp(checks, loose); verdict == Valid {
				t.Errorf("%s %s: %s by the loosest policy (%s)", name, o, verdict, headline)
			}
		}
	}
}

func TestWorst(t *testing.T) {
	if i, verdict, headline := Worst(nil); i != -1 || verdict != Invalid || headline != Unreadable {
		t.Errorf("no credential: %d %v %v", i, verdict, headline)
	}
	all := []Credential{{Verdict: Valid, Headline: Verified}, {Verdict: Indeterminate, Headline: Unlisted}, {Verdict: Invalid, Headline: Expired}, {Verdict: Indeterminate, Headline: NotSigned}}
	if i, verdict, headline := Worst(all); i != 2 || verdict != Invalid || headline != Expired {
		t.Errorf("got %d %v %v", i, verdict, headline)
	}
}
