package proof

import (
	"bytes"
	"crypto"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/sealcheck/sealcheck/verifier/internal/bbs"
	"github.com/sealcheck/sealcheck/verifier/internal/disclosure"
	"github.com/sealcheck/sealcheck/verifier/internal/publickey"
	"github.com/sealcheck/sealcheck/verifier/internal/rdfc"
	"github.com/sealcheck/sealcheck/verifier/internal/signature"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// BLS12381 is the type of keys that bbs-2023 admits.
const BLS12381 = publickey.BLS12381

// prepareEcdsaSD makes the verifier of what a holder derived from a proof of
// ecdsa-sd-2023 (VC-DI-ECDSA 3.6.7).
func prepareEcdsaSD(in input) (verifying, error) {
	value, err := disclosure.ParseECDSA(in.value)
	if err != nil {
		return nil, in.disclosureProblem(err)
	}
	d, err := in.readParts(value.Labels, value.Mandatory, len(value.Signatures))
	if err != nil {
		return nil, err
	}
	// Beside the signature by the issuer's key there is one for each statement.
	d.work = 1 + len(value.Signatures)
	in.member.proof.bytes += d.tries() * len(value.Signatures) << 16
	return func(public any, by signature.Primitive) signature.Wait {
		if _, err := signature.Admit(public, P256); err != nil {
			return signature.Known(err)
		}
		if err := signature.WellFormed(public, value.Base); err != nil {
			return signature.Known(err)
		}
		for _, s := range value.Signatures {
			if err := signature.WellFormed(value.Key, s); err != nil {
				return signature.Known(err)
			}
		}
		return d.try(func(options []byte, parts *disclosure.Parts) signature.Wait {
			// The issuer has signed the key of the document. Each statement that
			// is not mandatory must be signed by that key; readParts has seen
			// to it that there is a signature for each.
			return startAll(1+len(parts.Others), func(i int) signature.Wait {
				if i == 0 {
					// VC-DI-ECDSA 3.5.1, serializeSignData
					data := slices.Concat(options, value.KeyText, parts.MandatoryHash)
					return signature.StartECDSA(by, public, crypto.SHA256, data, value.Base)
				}
				return signature.StartECDSA(by, value.Key, crypto.SHA256, []byte(parts.Others[i-1]), value.Signatures[i-1])
			})
		})
	}, nil
}

// together is how many signatures a host is asked for at a time.
const together = 64

// startAll starts several checks, all of which must hold; the first that does
// not ends it.
func startAll(count int, start func(i int) signature.Wait) signature.Wait {
	begun := make([]signature.Wait, 0, count)
	begin := func(until int) {
		for len(begun) < min(until, count) {
			begun = append(begun, start(len(begun)))
		}
	}
	begin(together)
	return func() error {
		for i := range count {
			begin(i + together)
			if err := begun[i](); err != nil {
				return err
			}
		}
		return nil
	}
}

// The work of one BBS proof, in units of limits.Work: two pairings, and for
// each statement, shown or kept, a point to be made and multiplied.
const (
	bbsWork          = 40
	bbsStatementWork = 2
)

// prepareBBS makes the verifier of what a holder derived from a proof of
// bbs-2023 (VC-DI-BBS 3.4.7).
func prepareBBS(in input) (verifying, error) {
	value, err := disclosure.ParseBBS(in.value)
	if err != nil {
		return nil, in.disclosureProblem(err)
	}
	d, err := in.readParts(value.Labels, value.Mandatory, len(value.Selective))
	if err != nil {
		return nil, err
	}
	d.work = bbsWork + bbsStatementWork*value.Signed
	in.member.proof.bytes += d.tries() * d.work << 16
	return func(public any, by signature.Primitive) signature.Wait {
		if _, err := signature.Admit(public, BLS12381); err != nil {
			return signature.Known(err)
		}
		key, ok := public.(*bbs.PublicKey)
		if !ok {
			return signature.Known(report.NewProblem(report.KeyAlgorithmMismatch, ""))
		}
		check := func(options []byte, parts *disclosure.Parts) error {
			shown := bbs.Disclosure{
				Header:       slices.Concat(options, parts.MandatoryHash),
				Presentation: value.Presentation,
				Indexes:      value.Selective,
			}
			for _, statement := range parts.Others {
				shown.Messages = append(shown.Messages, []byte(statement))
			}
			var err error
			if value.Bound {
				err = key.VerifyBlindProof(value.Proof, value.Signed, shown)
			} else {
				err = key.VerifyProof(value.Proof, shown)
			}
			switch {
			case err == nil:
				return nil
			case errors.Is(err, bbs.ErrMalformed):
				return report.NewProblem(report.SignatureMalformed, err.Error())
			default:
				return report.NewProblem(report.SignatureMismatch, "")
			}
		}
		return d.try(func(options []byte, parts *disclosure.Parts) signature.Wait {
			return func() error { return check(options, parts) } // no host has this
		})
	}, nil
}

// disclosed is what a holder shows of a document, for each reading of its
// contexts.
type disclosed struct {
	*statements
	labels    disclosure.Labels
	mandatory []int
	count     int                 // signed statements that are not mandatory
	work      int                 // of one try, in units of limits.Work
	parts     []*disclosure.Parts // nil for a reading that the proof does not fit
	// misfit says why, for the first of them.
	misfit error
}

// readParts brings the document into the form in which it was signed. Where it
// does not fit the proof in any reading, the document is not the one that was
// signed, which try will say.
func (in *input) readParts(labels disclosure.Labels, mandatory []int, count int) (*disclosed, error) {
	signed, err := readStatements(*in, crypto.SHA256)
	if err != nil {
		return nil, err
	}
	d := &disclosed{
		statements: signed, labels: labels, mandatory: mandatory, count: count,
		parts: make([]*disclosure.Parts, signed.documents),
	}
	fits := false
	for reading := range d.parts {
		canonical, err := signed.document.Canonical(crypto.SHA256, reading)
		if err != nil {
			continue // readStatements has seen that there is another
		}
		parts, err := d.split(canonical)
		if err != nil {
			if d.misfit == nil {
				d.misfit = err
			}
			continue
		}
		d.parts[reading] = parts
		if !fits {
			fits = true
			if err := in.remarkParts(reading, parts); err != nil {
				return nil, err
			}
		}
	}
	if !fits {
		in.member.add(report.ProofSelectiveDisclosure, in.member.proof.Path)
	}
	return d, nil
}

// split parts a canonical document. The proof must have a label for each of its
// blank nodes and be made for as many statements as are not mandatory: each of
// them is signed by itself, so that none can have been added.
func (d *disclosed) split(canonical *rdfc.Canonical) (*disclosure.Parts, error) {
	parts, err := disclosure.Split(canonical, d.labels, d.mandatory)
	if err == nil && len(parts.Others) != d.count {
		return nil, disclosure.Mismatch(strconv.Itoa(d.count) + " signatures for " + strconv.Itoa(len(parts.Others)) + " statements")
	}
	return parts, err
}

// tries is how often the mathematics may have to be done for one key.
func (d *disclosed) tries() int { return d.documents * d.choices }

// remarkParts says that this is a part of a document, and what of it the issuer
// wants to be shown always; nothing is said where that is nothing.
func (in *input) remarkParts(reading int, parts *disclosure.Parts) error {
	expanded, err := in.meant.Expanded(reading)
	if err != nil {
		return err
	}
	canonical, err := in.meant.Canonical(crypto.SHA256, reading)
	if err != nil {
		return err
	}
	origins := expanded.Origins()
	pointers := func(places []int) (all []string) {
		for _, place := range places {
			all = append(all, origins[canonical.Origin[place]])
		}
		return all
	}
	always, chosen := pointers(parts.Mandatory), pointers(parts.Chosen)
	in.member.proof.StandingFixed = anyStanding(always) && !anyStanding(chosen)
	in.member.add(report.ProofSelectiveDisclosure, in.member.proof.Path,
		"mandatory", namedParts(mandatoryParts(always, chosen)))
	return nil
}

// anyStanding says whether one of the parts is about standing.
func anyStanding(pointers []string) bool {
	return slices.ContainsFunc(pointers, func(pointer string) bool {
		return pointer == "/credentialStatus" || strings.HasPrefix(pointer, "/credentialStatus/")
	})
}

// try checks a proof for each reading of the contexts, as statements.try does.
func (d *disclosed) try(start func(options []byte, parts *disclosure.Parts) signature.Wait) signature.Wait {
	var options [][]byte
	for reading := range d.choices {
		if digest, err := d.readOption(reading); err == nil && !has(options, digest) {
			options = append(options, digest)
		}
	}
	var first *disclosure.Parts
	var begun signature.Wait
	for reading := 0; reading < len(d.parts) && first == nil && len(options) > 0; reading++ {
		if first = d.parts[reading]; first != nil {
			begun = start(options[0], first)
		}
	}
	check := func(option []byte, parts *disclosure.Parts) error {
		wait := begun
		if begun = nil; wait == nil || parts != first || !bytes.Equal(option, options[0]) {
			wait = start(option, parts)
		}
		return wait()
	}
	return func() error { return d.tryAll(options, check) }
}

func (d *disclosed) tryAll(options [][]byte, check func(options []byte, parts *disclosure.Parts) error) error {
	mismatch := d.misfit
	if mismatch == nil {
		mismatch = disclosure.Mismatch("")
	}
	for reading, parts := range d.parts {
		if parts == nil || d.seen(reading) {
			continue
		}
		for _, option := range options {
			err := check(option, parts)
			if err == nil {
				d.outcome.reading = reading
				return nil
			}
			if report.CodeOf(err) != report.SignatureMismatch {
				return err
			}
			mismatch = err
		}
	}
	if d.byUnits(options, check) {
		return nil
	}
	if d.undirected(options, check) {
		return report.NewProblem(report.SignatureDirectionUnsigned, "")
	}
	return mismatch
}

// byUnits says whether the proof is good for the document in the other order
// of its statements (see statements.tryAll).
func (d *disclosed) byUnits(options [][]byte, check func(options []byte, parts *disclosure.Parts) error) bool {
	other := d.document.ByUnits(crypto.SHA256, len(options)*d.work)
	if other == nil {
		return false
	}
	for reading := range d.documents {
		canonical, err := other.Canonical(crypto.SHA256, reading)
		if err != nil {
			continue
		}
		parts, err := d.split(canonical)
		if err == nil && slices.ContainsFunc(options, func(option []byte) bool { return check(option, parts) == nil }) {
			d.outcome.reading = reading
			return true
		}
	}
	return false
}

// undirected says whether the proof is good for the document without the
// directions of its texts (see statements.try).
func (d *disclosed) undirected(options [][]byte, check func(options []byte, parts *disclosure.Parts) error) bool {
	plain := d.document.Undirected()
	if plain == nil {
		return false
	}
	canonical, err := plain.Canonical(crypto.SHA256, 0)
	if err != nil {
		return false
	}
	parts, err := d.split(canonical)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(options, func(option []byte) bool { return check(option, parts) == nil })
}

// seen says whether an earlier reading says the same.
func (d *disclosed) seen(reading int) bool {
	for _, earlier := range d.parts[:reading] {
		if earlier != nil && bytes.Equal(earlier.MandatoryHash, d.parts[reading].MandatoryHash) &&
			slices.Equal(earlier.Others, d.parts[reading].Others) {
			return true
		}
	}
	return false
}

func (in *input) disclosureProblem(err error) error {
	var problem *report.Problem
	if !errors.As(err, &problem) {
		return err
	}
	moved := *problem
	moved.Detail = strings.TrimSuffix(in.member.proof.Path+": "+moved.Detail, ": ")
	return &moved
}

// mandatoryParts says which parts of a document the issuer wants to be shown
// always, as JSON pointers: each as short as it can be without covering
// anything that the holder could have kept. What stands there only because
// something below it is shown (the subject of a name) is left out.
func mandatoryParts(mandatory, chosen []string) []string {
	// free are the pointers to all that could have been kept, and to what they
	// are part of.
	free := map[string]bool{}
	for _, pointer := range chosen {
		for ; pointer != "" && !free[pointer]; pointer = parent(pointer) {
			free[pointer] = true
		}
	}
	var parts []string
	for _, pointer := range mandatory {
		if free[pointer] || pointer == "" {
			continue
		}
		for up := parent(pointer); up != "" && !free[up]; up = parent(up) {
			pointer = up
		}
		parts = append(parts, pointer)
	}
	slices.Sort(parts)
	return slices.Compact(parts)
}

func parent(pointer string) string {
	return pointer[:max(strings.LastIndexByte(pointer, '/'), 0)]
}

// partsMost is how many parts a report names.
const partsMost = 20

func namedParts(parts []string) string {
	rest := ""
	if len(parts) > partsMost {
		parts, rest = parts[:partsMost], ", …"
	}
	return report.Clip(strings.Join(parts, ", ")) + rest
}
