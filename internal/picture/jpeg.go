package picture

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
)

// jpegEdits finds what is not the picture in a JPEG (ITU-T T.81, annex B): all application segments but JFIF, the
// colour profile and Adobe's colour transform, comments, and whatever follows the end of the picture, such as the
// film of a moving photo. A phone's orientation is said again in an EXIF of its own, which says nothing else.
func jpegEdits(file io.ReaderAt, size int64) (edits []edit, err error) {
	turn, at := 1, int64(2)
	for {
		marker, next, err := nextMarker(file, at, size)
		if err != nil {
			return nil, err
		}
		if marker > at {
			edits = append(edits, drop(at, marker)) // bytes between two segments, which readers pass over
		}
		if next == 0 { // a picture that breaks off
			break
		}
		code, err := bytesAt(file, next, 1)
		if err != nil {
			return nil, err
		}
		body := next + 1
		if code[0] == 0xd9 {
			if body < size {
				edits = append(edits, drop(body, size))
			}
			break
		}
		if code[0] == 0x01 || code[0] >= 0xd0 && code[0] <= 0xd8 { // they stand alone
			at = body
			continue
		}
		length, err := bytesAt(file, body, 2)
		if err != nil {
			return nil, err
		}
		end := body + int64(binary.BigEndian.Uint16(length))
		if end < body+2 || end > size {
			return nil, ErrDamaged
		}
		switch {
		case code[0] == 0xe1 && isOrientation(file, marker, end):
		case !keptSegment(file, code[0], body+2, end):
			edits = append(edits, drop(marker, end))
			if code[0] == 0xe1 {
				turn = max(turn, orientationAt(file, body+2, end))
			}
		}
		if at = end; code[0] == 0xda {
			if at, err = scanEnd(file, end, size); err != nil {
				return nil, err
			}
		}
	}
	if len(edits) > 0 && turn > 1 {
		edits = append(edits, edit{2, 2, orientationSegment(turn)})
	}
	return joined(edits), nil
}

// nextMarker returns where the next marker's first 0xff stands, and its code; 0 for the code if there is none.
func nextMarker(file io.ReaderAt, at, size int64) (marker, code int64, err error) {
	r := bufio.NewReader(io.NewSectionReader(file, at, size-at))
	marker = -1
	for ; ; at++ {
		b, err := r.ReadByte()
		switch {
		case err == io.EOF:
			return size, 0, nil
		case err != nil:
			return 0, 0, err
		case b == 0xff && marker < 0:
			marker = at
		case b == 0: // a 0xff that is no marker
			marker = -1
		case b != 0xff && marker >= 0:
			return marker, at, nil
		}
	}
}

// scanEnd returns where the marker behind the coded picture that begins at a position stands: there 0xff00 is a byte
// of the picture, and restart markers belong to it.
func scanEnd(file io.ReaderAt, at, size int64) (int64, error) {
	r := bufio.NewReaderSize(io.NewSectionReader(file, at, size-at), 64<<10)
	var before byte
	for ; ; at++ {
		b, err := r.ReadByte()
		if err == io.EOF {
			return size, nil
		}
		if err != nil {
			return 0, err
		}
		if before == 0xff && b != 0 && b != 0xff && (b < 0xd0 || b > 0xd7) {
			return at - 1, nil
		}
		before = b
	}
}

// keptSegment reports whether a segment, whose body is [from, end), is needed to show the picture.
func keptSegment(file io.ReaderAt, code byte, from, end int64) bool {
	switch {
	case code == 0xfe:
		return false
	case code < 0xe0 || code > 0xef:
		return true
	}
	needed := map[byte]string{0xe0: "JFIF\x00", 0xe2: "ICC_PROFILE\x00", 0xee: "Adobe"}[code]
	head, err := bytesAt(file, from, int(min(int64(len(needed)), end-from)))
	return err == nil && needed != "" && string(head) == needed
}

func orientationAt(file io.ReaderAt, from, end int64) int {
	segment, err := bytesAt(file, from, int(end-from))
	if err != nil {
		return 1
	}
	if tiff, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); ok {
		return exifOrientation(tiff)
	}
	return 1
}

// isOrientation reports whether a segment is one of orientationSegment.
func isOrientation(file io.ReaderAt, from, end int64) bool {
	segment, err := bytesAt(file, from, int(end-from))
	return err == nil && len(segment) == len(orientationSegment(1)) &&
		bytes.Equal(segment, orientationSegment(int(segment[len(segment)-7])))
}

// orientationSegment is an EXIF that says which side is up, and nothing else.
func orientationSegment(turn int) []byte {
	return append([]byte("\xff\xe1\x00\x22Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01"),
		0, byte(turn), 0, 0, 0, 0, 0, 0) //nolint:gosec // 2 to 8
}

// joined makes one edit of those that touch.
func joined(edits []edit) (out []edit) {
	for _, e := range edits {
		if n := len(out); n > 0 && out[n-1].to == e.from && out[n-1].with == nil && e.with == nil {
			out[n-1].to = e.to
			continue
		}
		out = append(out, e)
	}
	return out
}
