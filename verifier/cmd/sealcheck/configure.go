package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/sealcheck/sealcheck/verifier"
	"github.com/sealcheck/sealcheck/verifier/fetch"
	"github.com/sealcheck/sealcheck/verifier/internal/limits"
	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/key"
	"github.com/sealcheck/sealcheck/verifier/trust"
)

// configure loads what the command line names. Every mistake in it is a usage
// error, but for a trust list that can be read and is malformed: that is a
// finding of every report, since it may have said something about the issuer.
func configure(a arguments) (verifier.Config, error) {
	config := verifier.Config{Now: time.Now}
	if !a.at.IsZero() {
		config.Now = func() time.Time { return a.at }
	}
	for _, load := range []func(arguments, *verifier.Config) error{
		loadGetter, loadTrust, loadPolicy, loadKeys, loadContexts, loadLists,
	} {
		if err := load(a, &config); err != nil {
			return verifier.Config{}, err
		}
	}
	return config, nil
}

// loadGetter chooses who answers: a recording, nobody, or the web. A
// recording makes no connection, so it goes together with --offline.
func loadGetter(a arguments, config *verifier.Config) error {
	switch {
	case a.network != "":
		// The answers bear the instant judged at: the same recording then
		// gives the same report wherever and whenever it is copied.
		recorded := config.Now().UTC().Truncate(time.Second)
		static, err := fetch.NewStatic(os.DirFS(a.network), recorded)
		if err != nil {
			return saying("cmd.error.network", "path", a.network, "what", err.Error())
		}
		config.Getter = static
	case a.offline:
		config.Getter = fetch.Offline
	default:
		web := newWeb()
		config.Getter, config.Memory = remember(web, web.now), fetch.NewMemory()
	}
	config.Getter = asker{config.Getter, a.contact}
	return nil
}

// asker asks also where that shows which credential is checked, if the user
// says so, or where a recording was made with consent.
type asker struct {
	fetch.Getter
	contact bool
}

func (a asker) Consents(ctx context.Context, request fetch.Request) bool {
	recorded, ok := a.Getter.(fetch.Consenting)
	return a.contact || ok && recorded.Consents(ctx, request)
}

func loadTrust(a arguments, config *verifier.Config) error {
	for _, path := range a.trust {
		data, err := readFile(path, limits.TrustListBytes)
		if err != nil {
			return saying("cmd.error.path", "path", path, "what", reason(err))
		}
		config.Trust = append(config.Trust, trust.Source{Name: filepath.Base(path), Data: data})
	}
	return nil
}

// loadPolicy takes a preset by name, or else a file.
func loadPolicy(a arguments, config *verifier.Config) error {
	if a.policy == "" {
		return nil
	}
	policy, ok := verifier.PolicyNamed(a.policy)
	if ok {
		config.Policy = policy
		return nil
	}
	data, err := readFile(a.policy, limits.DocumentBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return saying("cmd.error.policy_unknown", "what", a.policy, "name", strings.Join(verifier.PolicyNames(), ", "))
	}
	if err == nil {
		config.Policy, err = verifier.ParsePolicy(data)
	}
	if err != nil {
		return saying("cmd.error.policy", "path", a.policy, "what", reason(err))
	}
	return nil
}

func loadKeys(a arguments, config *verifier.Config) error {
	for _, path := range a.keys {
		data, err := readFile(path, limits.DocumentBytes)
		if err == nil {
			// Read here as well, so that the message can name the file.
			_, err = key.ParseGiven(data)
		}
		if err != nil {
			return saying("cmd.error.key", "path", path, "what", reason(err))
		}
		config.Given = append(config.Given, data)
	}
	return nil
}

// loadLists reads the status lists that are handed in beside the files. What
// is in them is for the core to judge.
func loadLists(a arguments, config *verifier.Config) error {
	if len(a.lists) > verifier.MostLists {
		return saying("cmd.error.lists", "what", strconv.Itoa(verifier.MostLists))
	}
	for _, path := range a.lists {
		data, err := readFile(path, verifier.MostListBytes)
		if err != nil {
			return saying("cmd.error.path", "path", path, "what", reason(err))
		}
		if len(data) > verifier.MostListBytes {
			return saying("cmd.error.list_large", "path", path, "what", strconv.Itoa(verifier.MostListBytes>>20))
		}
		config.StatusLists = append(config.StatusLists, data)
	}
	return nil
}

// loadContexts reads DIR/index.json, an object from a context's URL to the
// name of a file beside it.
func loadContexts(a arguments, config *verifier.Config) error {
	if a.contexts == "" {
		return nil
	}
	contexts, err := readContexts(os.DirFS(a.contexts))
	if err != nil {
		return saying("cmd.error.contexts", "path", a.contexts, "what", reason(err))
	}
	config.Contexts = contexts
	return nil
}

func readContexts(files fs.FS) (map[string][]byte, error) {
	data, err := fs.ReadFile(files, "index.json")
	if err != nil {
		return nil, fmt.Errorf("index.json: %s", reason(err))
	}
	index, err := strictjson.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("index.json: %w", err)
	}
	if index.Kind() != strictjson.Object {
		return nil, errors.New("index.json is not an object")
	}
	contexts := map[string][]byte{}
	for _, member := range index.Members() {
		if member.Value.Kind() != strictjson.String {
			return nil, fmt.Errorf("index.json: no file name for %s", member.Key)
		}
		data, err := fs.ReadFile(files, member.Value.Text())
		if err != nil {
			return nil, fmt.Errorf("%s: %s", member.Value.Text(), reason(err))
		}
		contexts[member.Key] = data
	}
	return contexts, nil
}
