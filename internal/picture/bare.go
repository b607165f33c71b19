package picture

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"slices"
)

// ErrDamaged means that a picture is not built as its format says, so that nobody can tell what is in it.
var ErrDamaged = errors.New("the picture is damaged")

// Content is a file as it is given out: the original, with some of its pieces left out or replaced.
type Content struct {
	file  io.ReaderAt
	edits []edit // in order, none overlaps another
	size  int64  // bytes of the original
}

// edit replaces the bytes [from, to) of a file.
type edit struct {
	from, to int64
	with     []byte
}

// Whole returns a file of size bytes as it is.
func Whole(file io.ReaderAt, size int64) Content { return Content{file: file, size: size} }

// formats are the media types whose metadata can be taken out. What another format holds beside its picture stays;
// a BMP has no place for it.
var formats = map[string]func(io.ReaderAt, int64) ([]edit, error){
	"image/jpeg": jpegEdits, "image/png": pngEdits, "image/gif": gifEdits, "image/webp": webpEdits,
	"image/tiff": tiffEdits, "image/heic": heifEdits, "image/heif": heifEdits,
}

// Bare returns a picture without the metadata beside it (EXIF, GPS, XMP, IPTC, comments, further pictures behind its
// end). Its pixels, its colour profile and which side is up stay. Files of other types are returned whole. It returns
// ErrDamaged if the file is not built as its type says.
func Bare(file io.ReaderAt, size int64, mediaType string) (Content, error) {
	out := Whole(file, size)
	find, ok := formats[mediaType]
	if !ok {
		return out, nil
	}
	edits, err := find(file, size)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = ErrDamaged
	}
	if err != nil {
		return Content{}, err
	}
	slices.SortFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	end := int64(0)
	for _, e := range edits {
		if e.from < end || e.to < e.from || e.to > size {
			return Content{}, ErrDamaged
		}
		end = e.to
	}
	out.edits = slices.DeleteFunc(edits, func(e edit) bool { return e.idle(file) })
	return out, nil
}

// Changed reports whether anything differs from the original.
func (c Content) Changed() bool { return len(c.edits) > 0 }

// Size is the number of bytes that Reader gives.
func (c Content) Size() int64 {
	size := c.size
	for _, e := range c.edits {
		size += int64(len(e.with)) - (e.to - e.from)
	}
	return size
}

// Reader returns the content from its beginning.
func (c Content) Reader() io.Reader {
	var parts []io.Reader
	at := int64(0)
	for _, e := range c.edits {
		parts = append(parts, io.NewSectionReader(c.file, at, e.from-at), bytes.NewReader(e.with))
		at = e.to
	}
	return io.MultiReader(append(parts, io.NewSectionReader(c.file, at, c.size-at))...)
}

// drop leaves out the bytes [from, to).
func drop(from, to int64) edit { return edit{from: from, to: to} }

// blank overwrites the bytes [from, to) with zeros, where other parts of the file are found by their position.
func blank(from, to int64) edit { return edit{from, to, make([]byte, max(0, to-from))} }

// idle reports whether an edit changes nothing.
func (e edit) idle(file io.ReaderAt) bool {
	if e.with == nil || int64(len(e.with)) != e.to-e.from {
		return false
	}
	there, err := bytesAt(file, e.from, len(e.with))
	return err == nil && bytes.Equal(there, e.with)
}

// bytesAt reads n bytes at a position; io.EOF if the file ends before.
func bytesAt(file io.ReaderAt, at int64, n int) ([]byte, error) {
	out := make([]byte, n)
	read, err := file.ReadAt(out, at)
	if read == n {
		return out, nil
	}
	return nil, cmp.Or(err, io.ErrUnexpectedEOF)
}

func be32(b []byte) int64 { return int64(binary.BigEndian.Uint32(b)) }
