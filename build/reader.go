package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/tdewolff/minify/v2"
)

// npmPage is where npm puts what the page ships of others.
const npmPage = "build/npm/page/node_modules"

// withDecoder puts the decoder of QR codes, an npm package, before the worker
// that uses it, in one file: a worker that imports nothing needs no leave to.
// Its licences ask that the notice stays.
func withDecoder(m *minify.M, worker []byte) ([]byte, error) {
	folder := filepath.Join(npmPage, "qr")
	read := func(name string) ([]byte, error) {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if os.IsNotExist(err) {
			err = fmt.Errorf("%w (run `make build`, or `npm ci` in build/npm/page)", err)
		}
		return data, err
	}
	about, err := read("package.json")
	if err != nil {
		return nil, err
	}
	var named struct{ Version, License string }
	if err := json.Unmarshal(about, &named); err != nil {
		return nil, fmt.Errorf("%s: %w", folder, err)
	}
	notice := fmt.Sprintf("/* qr %s, Copyright (c) 2023 Paul Miller (paulmillr.com). %s: https://www.apache.org/licenses/LICENSE-2.0. Changed: tells codes that belong together. */\n", named.Version, named.License)
	tables, err := read("index.js")
	if err != nil {
		return nil, err
	}
	decoder, err := read("decode.js")
	if err != nil {
		return nil, err
	}
	if decoder, err = withSets(decoder); err != nil {
		return nil, fmt.Errorf("%s: %w", folder, err)
	}
	script, err := join(tables, decoder, "decodeQRBatch")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", folder, err)
	}
	if script, err = m.Bytes(types[".js"], append(script, worker...)); err != nil {
		return nil, fmt.Errorf("%s: %w", folder, err)
	}
	return append([]byte(notice), script...), nil
}

var (
	importLine  = regexp.MustCompile(`(?m)^import \{([^}]*)\} from '\./index\.js';$`)
	exportLine  = regexp.MustCompile(`(?m)^export \{([^}]*)\};$`)
	exportWord  = regexp.MustCompile(`(?m)^export (const|let|function|class|async function) `)
	defaultLine = regexp.MustCompile(`(?m)^export default \w+;$`)
	moduleWord  = regexp.MustCompile(`(?m)^\s*(import|export)\b`)
	renamed     = regexp.MustCompile(`([\w$]+) as ([\w$]+)`)
)

var modeLine = regexp.MustCompile(`(?m)^ *if \(mode === 7\) \{$`)

// withSets has the decoder, which refuses codes of a set (ISO/IEC 18004 8.2,
// mode 3), hand what they say of it to the decoder of texts: the place in the
// set and its last one in a byte, and the parity of all. The number -3 is no
// character set.
func withSets(decoder []byte) ([]byte, error) {
	const set = `if (mode === 3) {
  const head = read(16);
  if (head < 0) return FAIL.data;
  if (parts) parts.push([Uint8Array.of(head >> 8, head & 255), -3]);
  continue;
}
`
	if found := modeLine.FindAllIndex(decoder, -1); len(found) != 1 {
		return nil, fmt.Errorf("there are %d places where it tells modes apart", len(found))
	}
	return modeLine.ReplaceAllFunc(decoder, func(line []byte) []byte { return append([]byte(set), line...) }), nil
}

// join makes one script of two modules of which the second takes the first
// one's list of exports; of the second, one name stays. Each keeps a scope of
// its own.
func join(first, second []byte, name string) ([]byte, error) {
	exports, imports := exportLine.FindSubmatch(first), importLine.FindSubmatch(second)
	if exports == nil || imports == nil {
		return nil, fmt.Errorf("the modules are not put together as they were")
	}
	given := renamed.ReplaceAll(exports[1], []byte("$2: $1"))
	taken := renamed.ReplaceAll(imports[1], []byte("$1: $2"))
	for _, module := range []*[]byte{&first, &second} {
		for _, line := range []*regexp.Regexp{importLine, exportLine, defaultLine} {
			*module = line.ReplaceAll(*module, nil)
		}
		*module = exportWord.ReplaceAll(*module, []byte("$1 "))
		if left := moduleWord.Find(*module); left != nil {
			return nil, fmt.Errorf("a line begins with %s, which is not understood", bytes.TrimSpace(left))
		}
	}
	return fmt.Appendf(nil, "const %s = (({%s}) => {\n%s\nreturn %s;\n})((() => {\n%s\nreturn {%s};\n})());\n", name, taken, second, name, first, given), nil
}
