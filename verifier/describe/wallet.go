package describe

import (
	"github.com/sealcheck/sealcheck/verifier/credential"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/internal/vct"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// wallet describes a credential for wallets by the rules of its type.
func wallet(d *report.Description, c *credential.Credential, root place) {
	switch c.Rules.Shape {
	case vct.Badge:
		badge(d, root)
	case vct.European:
		european(d, root)
	default:
		flat(d, c.Rules, root)
	}
	claims := place{c.Claims, ""}
	if len(d.Title) == 0 {
		// What kind it is says at least something.
		add(&d.Title, claims.text("vct"))
	}
	if len(d.Learner) == 0 {
		add(&d.Learner, claims.text("sub"))
	}
}

// flat reads claims of which each has a name of its own.
func flat(d *report.Description, rules *vct.Rules, root place) {
	for _, list := range [...]struct {
		members []string
		into    *[]report.Text
	}{
		{rules.Learner, &d.Learner}, {rules.Title, &d.Title}, {rules.Criteria, &d.Criteria},
	} {
		for _, name := range list.members {
			add(list.into, root.words(name)...)
		}
	}
	state := achieved
	for _, name := range rules.Results {
		for _, text := range root.words(name) {
			keep(&d.Results, text)
			state = worse(state, standing(text.Value))
		}
	}
	for _, name := range rules.Details {
		keep(&d.Details, root.words(name)...)
	}
	if rules.Known {
		d.Claim = state.String()
	}
}

// words are the texts and numbers of a member; of objects, those of their
// members (`notionalWorkload` has a value and a unit).
func (p place) words(member string) []credential.Name {
	var all []credential.Name
	for _, at := range p.all(member) {
		switch at.value.Kind() {
		case strictjson.String:
			all = append(all, credential.Name{Value: at.value.Text(), Path: at.path})
		case strictjson.Number:
			all = append(all, credential.Name{Value: number(at.value), Path: at.path})
		case strictjson.Bool:
			text := "false"
			if at.value.Truth() {
				text = "true"
			}
			all = append(all, credential.Name{Value: text, Path: at.path})
		case strictjson.Object:
			for i, inner := range at.value.Members() {
				if i == most {
					break
				}
				all = append(all, at.text(inner.Key))
			}
		}
	}
	return all
}
