package pdffile

import (
	"bytes"
	"crypto/md5"
	"crypto/sha256"
	"crypto/sha512"
)

// lock is how a document is encrypted that opens without a password (7.6):
// nearly always one that is only to be protected against changes. No secret is
// in it, so nothing here needs to be safe against anybody.
type lock struct {
	key                    []byte
	streams, texts, pinned method // pinned are files that are attached
	filters                *object
	open                   bool // the document's description is not encrypted
}

// method is how something is encrypted.
type method uint8

const (
	unknown method = iota
	plain
	rc4
	aes128
	aes256
)

// padding stands behind a password up to 32 bytes (algorithm 2).
const padding = "\x28\xbf\x4e\x5e\x4e\x75\x8a\x41\x64\x00\x4e\x56\xff\xfa\x01\x08\x2e\x2e\x00\xb6\xd0\x68\x3e\x80\x2f\x0c\xa9\xfe\x64\x53\x69\x7a"

// unlock opens an encrypted document with the empty password. It is false where
// that is not the password, or the encryption is none that is read here.
func (f *File) unlock() bool {
	f.lock = nil
	encrypt := f.follow(f.trailer.get("Encrypt"))
	if encrypt.kind == null {
		return f.trailer.get("Encrypt").kind == null
	}
	if !f.is(encrypt, "Filter", "Standard") {
		return false
	}
	version, revision := f.at(encrypt, "V").number, f.at(encrypt, "R").number
	l := &lock{filters: f.at(encrypt, "CF"), open: string(f.at(encrypt, "EncryptMetadata").text) == "false"}
	size := 5
	switch version {
	case 1, 2:
		if bits := f.at(encrypt, "Length").number; version == 2 && bits >= 40 && bits <= 128 {
			size = bits / 8
		}
		l.streams, l.texts = rc4, rc4
	case 4, 5: // each in a way of its own, by name
		size = 16
		l.streams, l.texts = f.method(l, f.at(encrypt, "StmF")), f.method(l, f.at(encrypt, "StrF"))
	default:
		return false
	}
	l.pinned = l.streams
	if own := f.at(encrypt, "EFF"); own.kind == named {
		l.pinned = f.method(l, own)
	}
	user, owner := f.at(encrypt, "U").text, f.at(encrypt, "O").text
	if version == 5 {
		l.key = newerKey(user, f.at(encrypt, "UE").text, revision)
	} else {
		var id []byte
		if ids := f.at(&f.trailer, "ID"); len(ids.items) > 0 {
			id = f.follow(&ids.items[0]).text
		}
		l.key = olderKey(user, owner, id, f.at(encrypt, "P").number, revision, size, l.open)
	}
	if l.key == nil {
		return false
	}
	f.lock = l
	// What was read until now was read encrypted.
	f.loaded, f.packs = map[int]*object{}, map[int]*pack{}
	return true
}

// method is what a name among the filters of an encryption stands for (7.6.6).
func (f *File) method(l *lock, name *object) method {
	if name.kind == null || string(name.text) == "Identity" {
		return plain
	}
	switch string(f.at(f.at(l.filters, string(name.text)), "CFM").text) {
	case "None":
		return plain
	case "V2":
		return rc4
	case "AESV2":
		return aes128
	case "AESV3":
		return aes256
	}
	return unknown
}

// olderKey is the key of revisions 2 to 4 (algorithms 2, 4 and 5), nil where
// the document has a password.
func olderKey(user, owner, id []byte, permissions, revision, size int, open bool) []byte {
	if len(user) < 16 || len(owner) < 32 || revision < 2 || revision > 4 {
		return nil
	}
	p := uint32(permissions)
	all := append(append([]byte(padding), owner[:32]...), byte(p), byte(p>>8), byte(p>>16), byte(p>>24))
	all = append(all, id...)
	if revision == 4 && open {
		all = append(all, 0xff, 0xff, 0xff, 0xff)
	}
	sum := md5.Sum(all)
	if revision == 2 {
		size = 5
	} else {
		for range 50 {
			sum = md5.Sum(sum[:size])
		}
	}
	key := bytes.Clone(sum[:size])
	if revision == 2 {
		if len(user) < 32 || !bytes.Equal(byRC4(key, []byte(padding)), user[:32]) {
			return nil
		}
		return key
	}
	sum = md5.Sum(append([]byte(padding), id...))
	check := sum[:]
	for round := range 20 {
		other := bytes.Clone(key)
		for i := range other {
			other[i] ^= byte(round)
		}
		check = byRC4(other, check)
	}
	if !bytes.Equal(check, user[:16]) {
		return nil
	}
	return key
}

// newerKey is the key of revisions 5 and 6 (algorithms 2.A and 2.B).
func newerKey(user, wrapped []byte, revision int) []byte {
	if len(user) < 48 || len(wrapped) < 32 || revision < 5 || revision > 6 {
		return nil
	}
	if !bytes.Equal(hardened(user[32:40], revision), user[:32]) {
		return nil
	}
	return chained(hardened(user[40:48], revision), make([]byte, aesBlock), wrapped[:32], true)
}

// hardened is the digest of the empty password with a salt; in revision 6 of
// many rounds, which come to an end before the 288th.
func hardened(salt []byte, revision int) []byte {
	first := sha256.Sum256(salt)
	k := first[:]
	if revision == 5 {
		return k
	}
	for round := 1; ; round++ {
		long := chained(k[:16], k[16:32], bytes.Repeat(k, 64), false)
		rest := 0
		for _, c := range long[:16] {
			rest += int(c) // 256 leaves 1 when it is divided by 3
		}
		switch rest % 3 {
		case 0:
			sum := sha256.Sum256(long)
			k = sum[:]
		case 1:
			sum := sha512.Sum384(long)
			k = sum[:]
		default:
			sum := sha512.Sum512(long)
			k = sum[:]
		}
		if round >= 64 && int(long[len(long)-1]) <= round-32 {
			return k[:32]
		}
	}
}

// decrypted is what stands in the object of this number and generation,
// number<<16 | generation (algorithms 1 and 1.A). It is nil where it cannot be
// decrypted.
func (l *lock) decrypted(data []byte, in int, how method) []byte {
	key := l.key
	if how == rc4 || how == aes128 {
		key = append(bytes.Clone(key), byte(in>>16), byte(in>>24), byte(in>>32), byte(in), byte(in>>8))
		size := min(len(key), 16)
		if how == aes128 {
			key = append(key, "sAlT"...)
		}
		sum := md5.Sum(key)
		key = sum[:size]
	}
	switch {
	case how == plain:
		return data
	case how == rc4:
		return byRC4(key, data)
	case how == unknown || how == aes256 && len(key) != 32 || len(data)%aesBlock != 0:
		return nil
	case len(data) < 2*aesBlock:
		return []byte{}
	}
	out := chained(key, data[:aesBlock], data[aesBlock:], true)
	// RFC 8018 6.1.1: as many bytes as the last one says fill up the block.
	if fill := int(out[len(out)-1]); fill >= 1 && fill <= aesBlock {
		out = out[:len(out)-fill]
	}
	return out
}

// byRC4 is the stream cipher that everybody calls so.
func byRC4(key, data []byte) []byte {
	var s [256]byte
	for i := range s {
		s[i] = byte(i)
	}
	var j byte
	for i := range s {
		j += s[i] + key[i%len(key)]
		s[i], s[j] = s[j], s[i]
	}
	out := make([]byte, len(data))
	var i byte
	j = 0
	for at, c := range data {
		i++
		j += s[i]
		s[i], s[j] = s[j], s[i]
		out[at] = c ^ s[s[i]+s[j]]
	}
	return out
}

// decipher decrypts the texts in an object that was read from this place.
func (f *File) decipher(o *object, in int) {
	if o.kind == text && f.spend(len(o.text)) {
		o.text = f.lock.decrypted(o.text, in, f.lock.texts)
	}
	for i := range o.items {
		f.decipher(&o.items[i], in)
	}
}

// deciphered are the bytes of a stream, as they are before they are packed. The
// kind of a stream says how it is encrypted, unless it says so itself.
func (f *File) deciphered(o *object) ([]byte, error) {
	l := f.lock
	if l == nil || o.number == 0 || f.is(o, "Type", "XRef") || l.open && f.is(o, "Type", "Metadata") {
		return o.stream, nil
	}
	how := l.streams
	if f.is(o, "Type", "EmbeddedFile") {
		how = l.pinned
	}
	if filters := f.all(o, "Filter"); len(filters) > 0 && string(filters[0].text) == "Crypt" {
		how = plain
		if parameters := f.all(o, "DecodeParms"); len(parameters) > 0 {
			how = f.method(l, f.at(parameters[0], "Name"))
		}
	}
	work := len(o.stream)
	if how > rc4 {
		work *= 8 // it takes so much longer than other things
	}
	if !f.spend(work) {
		return nil, ErrTooLarge
	}
	data := l.decrypted(o.stream, o.number, how)
	if data == nil {
		if how == unknown {
			return nil, ErrFilter
		}
		return nil, ErrStream
	}
	return data, nil
}
