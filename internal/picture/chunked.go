package picture

import (
	"encoding/binary"
	"io"
	"strings"
)

// pngKept are the chunks of a PNG that its picture needs beside those of the picture itself (PNG third edition,
// clause 11.3), and those of an animation.
const pngKept = " cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST tRNS pHYs sPLT acTL fcTL fdAT "

// pngEdits finds the texts, times and EXIF of a PNG, and whatever follows its end.
func pngEdits(file io.ReaderAt, size int64) (edits []edit, err error) {
	for at := int64(8); at < size; {
		head, err := bytesAt(file, at, 8)
		if err != nil {
			return nil, err
		}
		name := string(head[4:])
		end := at + 12 + be32(head)
		if ancillary := head[4]&0x20 != 0; ancillary && !strings.Contains(pngKept, " "+name+" ") {
			if end > size {
				return nil, ErrDamaged
			}
			edits = append(edits, drop(at, end))
		}
		if name == "IEND" && end < size {
			return append(edits, drop(end, size)), nil
		}
		at = end
	}
	return edits, nil
}

// webpEdits finds EXIF and XMP in a WebP (RFC 9649), and says in its header that they are gone.
func webpEdits(file io.ReaderAt, size int64) (edits []edit, err error) {
	riff, err := bytesAt(file, 4, 4)
	if err != nil {
		return nil, err
	}
	end := 8 + int64(binary.LittleEndian.Uint32(riff))
	left := end - 8
	var flags []edit
	for at := int64(12); at+8 <= min(end, size); {
		head, err := bytesAt(file, at, 8)
		if err != nil {
			return nil, err
		}
		length := int64(binary.LittleEndian.Uint32(head[4:]))
		next := at + 8 + length + length&1
		switch string(head[:4]) {
		case "EXIF", "XMP ":
			if next > size {
				return nil, ErrDamaged
			}
			edits = append(edits, drop(at, next))
			left -= next - at
		case "VP8X":
			b, err := bytesAt(file, at+8, 1)
			if err != nil {
				return nil, err
			}
			flags = append(flags, edit{at + 8, at + 9, []byte{b[0] &^ 0x0c}})
		}
		at = next
	}
	if len(edits) > 0 {
		//nolint:gosec // less than what was in four bytes
		edits = append(append(edits, flags...), edit{4, 8, binary.LittleEndian.AppendUint32(nil, uint32(left))})
	}
	if end < size {
		edits = append(edits, drop(end, size))
	}
	return edits, nil
}

// gifEdits finds the comments of a GIF, the applications' blocks but for the animation's, and what follows its end.
func gifEdits(file io.ReaderAt, size int64) (edits []edit, err error) {
	at := int64(13)
	if at, err = pastColours(file, 10, at); err != nil {
		return nil, err
	}
	for at < size {
		head, err := bytesAt(file, at, 1)
		if err != nil {
			return nil, err
		}
		from := at
		switch head[0] {
		case 0x3b:
			if at+1 < size {
				edits = append(edits, drop(at+1, size))
			}
			return edits, nil
		case 0x2c:
			if at, err = pastColours(file, at+9, at+10); err == nil {
				at, err = pastBlocks(file, at+1)
			}
		case 0x21:
			label, readErr := bytesAt(file, at+1, 1)
			if readErr != nil {
				return nil, readErr
			}
			keep := label[0] == 0xf9 || label[0] == 0x01
			if name, readErr := bytesAt(file, at+3, 11); readErr == nil && label[0] == 0xff {
				keep = strings.Contains(" NETSCAPE2.0 ANIMEXTS1.0 ICCRGBG1012 ", " "+string(name)+" ")
			}
			if at, err = pastBlocks(file, at+2); err == nil && !keep {
				edits = append(edits, drop(from, at))
			}
		default:
			return nil, ErrDamaged
		}
		if err != nil {
			return nil, err
		}
	}
	return edits, nil
}

// pastColours returns the position behind a GIF's table of colours, if the flags at a position say there is one.
func pastColours(file io.ReaderAt, flags, at int64) (int64, error) {
	b, err := bytesAt(file, flags, 1)
	if err != nil || b[0]&0x80 == 0 {
		return at, err
	}
	return at + 3<<(b[0]&7+1), nil
}

// pastBlocks returns the position behind a row of blocks, each with its length before it, that an empty one ends.
func pastBlocks(file io.ReaderAt, at int64) (int64, error) {
	for {
		b, err := bytesAt(file, at, 1)
		if err != nil {
			return 0, err
		}
		if at += 1 + int64(b[0]); b[0] == 0 {
			return at, nil
		}
	}
}
