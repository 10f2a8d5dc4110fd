package pngchunk

import (
	"bytes"
	"compress/zlib"
	"io"
	"unicode/utf8"
)

// Text is one text that stands in a picture.
type Text struct {
	Chunk   string // the type of its chunk: "iTXt", "tEXt" or "zTXt"
	Keyword string // as it is written
	Packed  bool   // it is compressed
	content []byte
}

// Content is the text in UTF-8, unpacked if need be. Of one that unpacks to
// more than most bytes, no more than one byte beyond is unpacked, which tells
// that there is more. The error is an *Error.
func (t *Text) Content(most int) ([]byte, error) {
	content := t.content
	if t.Packed {
		var err error
		if content, err = t.unpack(most); err != nil {
			return nil, err
		}
	} else if len(content) > most {
		return nil, &Error{Reason: TooLarge, Detail: "too long", Chunk: t.Chunk}
	}
	// PNG 11.3.3.2: tEXt and zTXt are in Latin-1. Writers who have never heard
	// of it put UTF-8 there, which a text in Latin-1 nearly never looks like.
	if t.Chunk != "iTXt" && !utf8.Valid(content) {
		wide := make([]byte, 0, len(content)+len(content)/8)
		for _, c := range content {
			wide = utf8.AppendRune(wide, rune(c))
		}
		return wide, nil
	}
	return content, nil
}

func (t *Text) unpack(most int) ([]byte, error) {
	packed := bytes.NewReader(t.content)
	reader, err := zlib.NewReader(packed)
	if err != nil {
		return nil, t.damaged(err.Error())
	}
	var content bytes.Buffer
	_, err = content.ReadFrom(io.LimitReader(reader, int64(most)+1))
	switch {
	case content.Len() > most:
		return nil, &Error{Reason: TooLarge, Detail: "unpacks to more than is accepted", Chunk: t.Chunk}
	case err != nil:
		return nil, t.damaged(err.Error())
	case packed.Len() > 0:
		return nil, t.damaged("something follows the packed text")
	}
	return content.Bytes(), nil
}

func (t *Text) damaged(detail string) error {
	return &Error{Reason: Damaged, Detail: detail, Chunk: t.Chunk}
}
