package statuslist

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	library "github.com/fxamacker/cbor/v2"

	"github.com/sealcheck/sealcheck/verifier/internal/strictjson"
	"github.com/sealcheck/sealcheck/verifier/report"
)

// vector reads a file of the third-party material.
func vector(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../../../shared/vectors", name))
	if err != nil {
		if _, ci := os.LookupEnv("CI"); ci {
			t.Fatal(err)
		}
		t.Skip("no third-party vectors here: ", err)
	}
	return data
}

func unmarshal(t *testing.T, data []byte, to any) {
	t.Helper()
	if err := json.Unmarshal(data, to); err != nil {
		t.Fatal(err)
	}
}

// payload is the payload of a compact JWS.
func payload(t *testing.T, token string) []byte {
	t.Helper()
	parts := strings.Split(strings.TrimSpace(token), ".")
	if len(parts) != 3 {
		t.Fatal("no JWS")
	}
	data, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	return data
}

type tokenList struct {
	Bits int    `json:"bits" cbor:"bits"`
	List string `json:"lst" cbor:"-"`
	Raw  []byte `json:"-" cbor:"lst"`
}

// every compares all entries of a list at once; that Read gives the same for
// each index by itself is tried on those that are set, on their neighbours, and
// on some thousand others.
func every(t *testing.T, text string, bits, size int, status map[string]int) {
	t.Helper()
	got, err := Read(text, Token, 0, bits)
	if err != nil || got.Entries != size || len(got.Remarks) > 0 {
		t.Fatalf("%+v %v, want %d entries", got, err, size)
	}
	tried, step := 0, max(1, size/1500)
	try := func(index int) {
		if index < 0 || index >= size {
			return
		}
		tried++
		got, err := Read(text, Token, uint64(index), bits)
		if want := status[strconv.Itoa(index)]; err != nil || got.Value != want || got.Other != want {
			t.Errorf("index %d: %+v %v, want %d", index, got, err, want)
		}
	}
	for index := range status {
		n, err := strconv.Atoi(index)
		if err != nil {
			t.Fatal(err)
		}
		for at := n - 9; at <= n+9; at++ {
			try(at)
		}
	}
	for index := 0; index < size; index += step {
		try(index)
	}
	try(size - 1)
	if _, err := Read(text, Token, uint64(size), bits); report.CodeOf(err) != report.StatusIndexOutOfRange {
		t.Error(err)
	}
	// Bit for bit: the whole list unpacked, by the code that Read uses.
	var remarks []report.Code
	in, err := families[Token].text(text, &remarks)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := open(in, &families[Token], &remarks)
	if err != nil {
		t.Fatal(err)
	}
	set, index := 0, 0
	piece := make([]byte, 1000)
	for {
		n, err := packed.Read(piece)
		for _, b := range piece[:n] {
			w := window{bytes: [5]byte{b}}
			for bit := 0; bit < 8; bit += bits {
				_, value := w.value(bit, bits)
				if value != status[strconv.Itoa(index)] {
					t.Fatalf("index %d: %d", index, value)
				}
				if value != 0 {
					set++
				}
				index++
			}
		}
		if err != nil {
			break
		}
	}
	if set != len(status) || index != size {
		t.Errorf("%d entries set of %d, want %d of %d", set, index, len(status), size)
	}
	t.Logf("%d entries of %d bits, %d set, %d read by themselves", size, bits, set, tried)
}

// TestVectorsToken: the lists of draft-ietf-oauth-status-list, in JSON and in
// CBOR.
func TestVectorsToken(t *testing.T) {
	for _, name := range []string{"vector-1bit", "vector-4bit"} {
		var file struct {
			List   tokenList      `json:"status_list"`
			Size   int            `json:"size"`
			Status map[string]int `json:"status"`
		}
		unmarshal(t, vector(t, "ietf-token-status-list/"+name+".json"), &file)
		every(t, file.List.List, file.List.Bits, file.Size, file.Status)

		data, err := hex.DecodeString(strings.Join(strings.Fields(string(vector(t, "ietf-token-status-list/"+name+".cbor.hex"))), ""))
		if err != nil {
			t.Fatal(err)
		}
		var list tokenList
		if err := library.Unmarshal(data, &list); err != nil {
			t.Fatal(err)
		}
		every(t, base64.RawURLEncoding.EncodeToString(list.Raw), list.Bits, file.Size, file.Status)
		for index, want := range file.Status {
			n, _ := strconv.ParseUint(index, 10, 64)
			if got, err := ReadBytes(list.Raw, Token, n, list.Bits); err != nil || got.Value != want {
				t.Errorf("%s, index %s: %+v %v, want %d", name, index, got, err, want)
			}
		}
	}

	var small struct {
		Bytes []string  `json:"byte_array"`
		List  tokenList `json:"status_list"`
	}
	unmarshal(t, vector(t, "ietf-token-status-list/encoding-2bit-small.json"), &small)
	// draft-ietf-oauth-status-list 4.1, 10.1: the entries of c9 44 f9.
	for index, want := range []int{1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3} {
		if got, err := Read(small.List.List, Token, uint64(index), small.List.Bits); err != nil || got.Value != want || got.Entries != 12 {
			t.Errorf("index %d: %+v %v, want %d", index, got, err, want)
		}
	}
	var claims struct {
		List tokenList `json:"status_list"`
	}
	unmarshal(t, payload(t, string(vector(t, "ietf-token-status-list/status_list_token.jwt"))), &claims)
	for index, want := range []int{1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1} {
		if got, err := Read(claims.List.List, Token, uint64(index), claims.List.Bits); err != nil || got.Value != want || got.Entries != 16 {
			t.Errorf("index %d: %+v %v, want %d", index, got, err, want)
		}
	}
}

// TestVectorsWalt: the lists of walt.id, which says of each credential whether
// it stands.
func TestVectorsWalt(t *testing.T) {
	type reading struct {
		family       Family
		value, other int
		entries      int
		code         report.Code
	}
	// Where an entry of 2020 or 2021 is set, the one under the other order of
	// bits is not: by these lists alone nothing can be said, unless it is known
	// how the issuer counts. All of them count from the left.
	for name, want := range map[string][]reading{
		"bitstringstatuslist/unrevoked":                    {{Bitstring, 0, 0, 262144, ""}},
		"bitstringstatuslist/revoked":                      {{Bitstring, 1, 1, 262144, ""}},
		"bitstringstatuslist/custom-invalid":               {{Bitstring, 0, 0, 131072, ""}}, // of 2 bits, all zero
		"bitstringstatuslist/multi-status-all-valid":       {{Bitstring, 0, 0, 262144, ""}, {Bitstring, 0, 0, 262144, ""}},
		"bitstringstatuslist/multi-status-first-not-valid": {{Bitstring, 1, 1, 262144, ""}, {Bitstring, 0, 0, 262144, ""}},
		"revocationlist2020/revoked":                       {{Revocation2020, 1, 0, 262144, ""}},
		"statuslist2021/revoked.waltid":                    {{List2021, 1, 0, 131072, ""}},
		"statuslist2021/revoked.07.ebsi":                   {{List2021, 1, 0, 131072, ""}},
		"statuslist2021/unrevoked.waltid":                  {{List2021, 0, 0, 131072, ""}},
		"tokenstatuslist/revoked":                          {{Token, 1, 1, 262144, ""}},
		// "u" before a list of zlib: another's rules, and no list of this kind.
		"tokenstatuslist/wrong-list-encoding": {{family: Token, code: report.StatusListMalformed}},
	} {
		file, err := strictjson.Parse(vector(t, "walt-identity/status/"+name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var lists []strictjson.Value
		for _, list := range file.At("status-credential").List() {
			if list.Kind() == strictjson.Object {
				list = list.At("content")
			}
			claims, err := strictjson.Parse(payload(t, list.Text()))
			if err != nil {
				t.Fatal(err)
			}
			lists = append(lists, claims)
		}
		entries := file.At("holder-credential", "vc", "credentialStatus").List()
		if len(entries) == 0 {
			entries = file.At("holder-credential", "status", "status_list").List()
		}
		attributes := file.At("attribute").List()
		if len(entries) != len(want) || len(lists) != len(want) || len(attributes) != len(want) {
			t.Fatalf("%s: %d entries, %d lists", name, len(entries), len(lists))
		}
		valid := true
		for i, want := range want {
			at, text, bits := "statusListIndex", lists[i].At("vc", "credentialSubject", "encodedList").Text(), 1
			if size, ok := entries[i].At("statusSize").Int(); ok {
				bits = int(size)
			}
			if want.family == Token {
				at, text = "idx", lists[i].At("status_list", "lst").Text()
				size, _ := lists[i].At("status_list", "bits").Int()
				bits = int(size)
			}
			index, err := Index(entries[i].At(at))
			if err != nil {
				t.Fatal(name, err)
			}
			got, err := Read(text, want.family, index, bits)
			if report.CodeOf(err) != want.code || got.Value != want.value || got.Other != want.other || got.Entries != want.entries {
				t.Errorf("%s, entry %d: %+v %v, want %+v", name, i, got, err, want)
			}
			if len(got.Remarks) > 0 {
				t.Errorf("%s: %v", name, got.Remarks)
			}
			expected, _ := attributes[i].At("value").Int()
			valid = valid && err == nil && got.Value == int(expected)
		}
		if valid != file.At("valid").Truth() {
			t.Errorf("%s: valid %v, the file says %v", name, valid, file.At("valid").Truth())
		}
	}
}

// TestVectorsBitstring: the lists of the Digital Credentials Consortium, of
// 1EdTech and of the W3C's own examples.
func TestVectorsBitstring(t *testing.T) {
	read := func(name string) string {
		file, err := strictjson.Parse(vector(t, name))
		if err != nil {
			t.Fatal(name, err)
		}
		return file.At("credentialSubject", "encodedList").Text()
	}
	// 100,000 entries, which is less than the 131,072 that the specification
	// asks for.
	for _, name := range []string{"e5WK8CbZ1GjycuPombrj", "expired", "missingBitStringType", "notYetValid"} {
		text := read("dcc-vc-test-fixtures/statusLists/" + name + ".json")
		for index := range 1000 {
			got, err := Read(text, Bitstring, uint64(index), 1)
			set := index == 2 || index == 6 || index == 8
			if err != nil || len(got.Remarks) > 0 || got.Entries != 100_000 || (got.Value == 1) != set {
				t.Fatalf("%s, index %d: %+v %v", name, index, got, err)
			}
		}
	}
	for name, test := range map[string]struct {
		family  Family
		entries int
		code    report.Code
	}{
		"dcc-vc-test-fixtures/statusLists/tampered.json":  {Bitstring, 0, report.StatusListMalformed},
		"1edtech-validator/ob30/bit-string-list/testlist": {Bitstring, 131072, ""},
		"w3c-vc-bitstring-status-list/example-04.json":    {Bitstring, 131072, ""},
		// Eight characters "0" and "1" rather than bits; base64 with "/".
		"walt-ssikit-ebsi/credential-status/status-list-credential.json": {List2021, 64, report.StatusIndexOutOfRange},
	} {
		got, err := Read(read(name), test.family, 94567, 1)
		if report.CodeOf(err) != test.code || got.Entries != test.entries || len(got.Remarks) > 0 || got.Value != 0 {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
}
