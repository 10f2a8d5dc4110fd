package pdffile

import (
	"encoding/binary"
	"math/bits"
)

// AES (FIPS 197) as documents use it: with keys that stand in the document or
// follow from it. The standard library's guards a secret against whoever measures
// its time, and weighs six times as much.

const aesBlock = 16

// box and unbox are the substitution and its reverse (5.1.1).
var box, unbox = func() (box, unbox [256]byte) {
	p, q := byte(1), byte(1)
	for {
		p ^= doubled(p) // times three
		q ^= q << 1     // and divided by it
		q ^= q << 2
		q ^= q << 4
		if q&0x80 != 0 {
			q ^= 0x09
		}
		turned := q ^ (q<<1 | q>>7) ^ (q<<2 | q>>6) ^ (q<<3 | q>>5) ^ (q<<4 | q>>4) ^ 0x63
		box[p], unbox[turned] = turned, p
		if p == 1 {
			break
		}
	}
	box[0], unbox[0x63] = 0x63, 0
	return box, unbox
}()

// doubled is twice a number in the field of 256 (4.2.1).
func doubled(c byte) byte { return c<<1 ^ c>>7*0x1b }

// schedule makes the keys of all rounds out of one of 16 or 32 bytes (5.2).
func schedule(key []byte) []byte {
	size, rounds := len(key), len(key)/4+6
	all := make([]byte, aesBlock*(rounds+1))
	copy(all, key)
	power := byte(1)
	for i := size; i < len(all); i += 4 {
		word := [4]byte(all[i-4 : i])
		if i%size == 0 {
			word = [4]byte{box[word[1]] ^ power, box[word[2]], box[word[3]], box[word[0]]}
			power = doubled(power)
		} else if size > 24 && i%size == 16 {
			word = [4]byte{box[word[0]], box[word[1]], box[word[2]], box[word[3]]}
		}
		for j := range word {
			all[i+j] = all[i-size+j] ^ word[j]
		}
	}
	return all
}

func addKey(state *[aesBlock]byte, key []byte) {
	for i := range state {
		state[i] ^= key[i]
	}
}

// encrypt changes one block (5.1).
func encrypt(keys []byte, state *[aesBlock]byte) {
	addKey(state, keys)
	for keys = keys[aesBlock:]; len(keys) > 0; keys = keys[aesBlock:] {
		var moved [aesBlock]byte
		for i := range moved {
			moved[i] = box[state[(i+4*(i&3))&15]]
		}
		if len(keys) > aesBlock {
			mix(&moved)
		}
		*state = moved
		addKey(state, keys)
	}
}

// decrypt takes back what encrypt has done (5.3).
func decrypt(keys []byte, state *[aesBlock]byte) {
	for at := len(keys) - aesBlock; at > 0; at -= aesBlock {
		addKey(state, keys[at:])
		if at < len(keys)-aesBlock {
			unmix(state)
		}
		var moved [aesBlock]byte
		for i := range moved {
			moved[(i+4*(i&3))&15] = unbox[state[i]]
		}
		*state = moved
	}
	addKey(state, keys)
}

// mix mixes the columns (5.1.3).
func mix(state *[aesBlock]byte) {
	for c := 0; c < aesBlock; c += 4 {
		a := [4]byte(state[c : c+4])
		all := a[0] ^ a[1] ^ a[2] ^ a[3]
		for i := range a {
			state[c+i] ^= all ^ doubled(a[i]^a[(i+1)%4])
		}
	}
}

// unmixing is what each byte of a column adds to what mix was given (5.3.3).
var unmixing = func() (table [256]uint32) {
	for i := range table {
		var column [aesBlock]byte
		column[0] = byte(i)
		for range 3 { // three times more is once back
			mix(&column)
		}
		table[i] = binary.LittleEndian.Uint32(column[:])
	}
	return table
}()

func unmix(state *[aesBlock]byte) {
	for c := 0; c < aesBlock; c += 4 {
		a := state[c : c+4 : c+4]
		binary.LittleEndian.PutUint32(a, unmixing[a[0]]^bits.RotateLeft32(unmixing[a[1]], 8)^bits.RotateLeft32(unmixing[a[2]], 16)^bits.RotateLeft32(unmixing[a[3]], 24))
	}
}

// chained encrypts data, or takes that back, as chained blocks (CBC). What is
// behind the last whole block is left as it is.
func chained(key, before, data []byte, back bool) []byte {
	keys, out := schedule(key), make([]byte, len(data)/aesBlock*aesBlock)
	last := [aesBlock]byte(before)
	for at := range len(data) / aesBlock {
		block := [aesBlock]byte(data[at*aesBlock:])
		state := block
		if back {
			decrypt(keys, &state)
			addKey(&state, last[:])
			last = block
		} else {
			addKey(&state, last[:])
			encrypt(keys, &state)
			last = state
		}
		copy(out[at*aesBlock:], state[:])
	}
	return out
}
