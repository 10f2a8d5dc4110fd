package contexts

import (
	_ "embed" // the index
	"strings"
)

// index is the record of what is pinned. It is apart from what Find needs, so
// that a program that does not ask for it does not carry it.
//
//go:embed data/index.txt
var index string

// Record says where one version of a context comes from.
type Record struct {
	Address string
	Version int    // 1 is the one to try first
	File    string // its name in data/
	SHA256  string // of that file, in hexadecimal
	// Published is the SHA-256 of the bytes that a Recommendation pins, in
	// hexadecimal, which mean the same as the file; "" where none does.
	Published string
	Licence   string
	Source    string // the package and its version, or where the facts stand
}

// Describe lists everything that Find can give, in the order of the index.
func Describe() []Record {
	var records []Record
	for line := range strings.Lines(index) {
		line = strings.TrimSuffix(line, "\n")
		fields := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") || len(fields) != 7 {
			continue
		}
		record := Record{
			Address: fields[0], File: fields[2], SHA256: fields[3], Published: fields[4],
			Licence: fields[5], Source: fields[6],
		}
		for _, digit := range fields[1] {
			record.Version = record.Version*10 + int(digit-'0')
		}
		if record.Published == "-" {
			record.Published = ""
		}
		records = append(records, record)
	}
	return records
}
