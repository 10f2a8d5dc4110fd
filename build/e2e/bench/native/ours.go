package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/trust"
)

// ours is the same work as the page's core does for each file, from the
// configuration to the report's text.
func ours(b *bench, f *file) func() error {
	config := verifier.Config{Now: func() time.Time { return b.At }}
	for _, list := range b.Trust {
		config.Trust = append(config.Trust, trust.Source{Name: list.Name, Data: []byte(list.Text)})
	}
	return func() error {
		v, err := verifier.New(config)
		if err != nil {
			return err
		}
		found := v.Verify(context.Background(), f.data)
		if _, err := json.Marshal(found); err != nil {
			return err
		}
		if len(found.Credentials) != len(f.Headlines) {
			return fmt.Errorf("%d credentials instead of %d", len(found.Credentials), len(f.Headlines))
		}
		for i := range found.Credentials {
			if headline := found.Credentials[i].Headline.String(); headline != f.Headlines[i] {
				return fmt.Errorf("number %d is %s instead of %s", i+1, headline, f.Headlines[i])
			}
		}
		return nil
	}
}
