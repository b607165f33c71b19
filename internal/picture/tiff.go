package picture

import (
	"encoding/binary"
	"io"
	"slices"
)

const (
	maxDirectories = 64   // of a file: pages of a scan, and those of EXIF
	maxFields      = 4096 // of a directory
)

// tiffPrivate are the fields of a TIFF that tell of the camera, its owner, the place and the time: description, make,
// model, software, time, artist, computer, XMP, IPTC, Photoshop's, print matching.
var tiffPrivate = []uint16{270, 271, 272, 305, 306, 315, 316, 700, 33723, 34377, 50341}

// tiffBelow are the fields that name directories of such fields: EXIF, GPS, interoperability.
var tiffBelow = []uint16{34665, 34853, 40965}

// tiffFile is a TIFF (6.0) that is read by position.
type tiffFile struct {
	io.ReaderAt
	size  int64
	order binary.ByteOrder
	edits []edit
	seen  []int64
}

// tiffEdits rewrites the directories of a TIFF without those fields, in their place, and blanks what the fields held.
func tiffEdits(file io.ReaderAt, size int64) ([]edit, error) {
	head, err := bytesAt(file, 0, 8)
	if err != nil {
		return nil, err
	}
	t := &tiffFile{ReaderAt: file, size: size, order: binary.LittleEndian}
	if head[0] == 'M' {
		t.order = binary.BigEndian
	}
	at := int64(t.order.Uint32(head[4:]))
	for at != 0 && err == nil {
		at, err = t.directory(at, false)
	}
	return t.edits, err
}

// directory edits the directory at a position, all of it if it is private, and returns where the next one stands.
func (t *tiffFile) directory(at int64, private bool) (next int64, err error) {
	if slices.Contains(t.seen, at) || len(t.seen) == maxDirectories {
		return 0, ErrDamaged
	}
	t.seen = append(t.seen, at)
	count, err := bytesAt(t, at, 2)
	if err != nil {
		return 0, err
	}
	n := int(t.order.Uint16(count))
	if n > maxFields {
		return 0, ErrDamaged
	}
	fields, err := bytesAt(t, at+2, 12*n+4)
	if err != nil {
		return 0, err
	}
	kept := make([]byte, 2, len(fields)+2)
	for i := range n {
		field := fields[12*i : 12*i+12]
		if private || slices.Contains(tiffPrivate, t.order.Uint16(field)) ||
			slices.Contains(tiffBelow, t.order.Uint16(field)) {
			if err := t.forget(field); err != nil {
				return 0, err
			}
			continue
		}
		kept = append(kept, field...)
	}
	if left := (len(kept) - 2) / 12; left < n {
		t.order.PutUint16(kept, uint16(left)) //nolint:gosec // fewer than n
		kept = append(kept, fields[12*n:]...)
		if private {
			clear(kept)
		}
		t.edits = append(t.edits, edit{at, at + 2 + int64(len(fields)),
			append(kept, make([]byte, len(fields)+2-len(kept))...)})
	}
	return int64(t.order.Uint32(fields[12*n:])), nil
}

// forget blanks what a field holds outside of its directory.
func (t *tiffFile) forget(field []byte) error {
	value := int64(t.order.Uint32(field[8:]))
	if slices.Contains(tiffBelow, t.order.Uint16(field)) {
		_, err := t.directory(value, true)
		return err
	}
	sizes := [...]int64{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4}
	kind := int(t.order.Uint16(field[2:]))
	if kind == 0 || kind >= len(sizes) {
		return nil
	}
	length := sizes[kind] * int64(t.order.Uint32(field[4:]))
	if length <= 4 {
		return nil
	}
	if length > t.size || value+length > t.size {
		return ErrDamaged
	}
	t.edits = append(t.edits, blank(value, value+length))
	return nil
}
