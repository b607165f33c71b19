package picture

import (
	"io"
	"slices"
)

// maxMeta is how many bytes the description of a HEIF's items may have: a phone's has a few thousand.
const maxMeta = 4 << 20

// box is a box of an ISO base media file (ISO/IEC 14496-12): its name, and where its content stands.
type box struct {
	name     string
	from, to int64
}

// boxes lists the boxes in [from, to).
func boxes(file io.ReaderAt, from, to int64) (out []box, err error) {
	for from < to {
		head, err := bytesAt(file, from, 8)
		if err != nil {
			return nil, err
		}
		b := box{string(head[4:]), from + 8, from + be32(head)}
		switch be32(head) {
		case 0:
			b.to = to
		case 1:
			long, err := bytesAt(file, from+8, 8)
			if err != nil {
				return nil, err
			}
			if be32(long) != 0 {
				return nil, ErrDamaged
			}
			b.from, b.to = from+16, from+be32(long[4:])
		}
		if b.to < b.from || b.to > to || len(out) > 10_000 {
			return nil, ErrDamaged
		}
		out = append(out, b)
		from = b.to
	}
	return out, nil
}

// heifEdits blanks the EXIF and XMP of a HEIF (ISO/IEC 23008-12), which are items beside the picture's, and what a
// film in it says of itself. Which side is up is a property of the picture and stays.
func heifEdits(file io.ReaderAt, size int64) (edits []edit, err error) {
	top, err := boxes(file, 0, size)
	if err != nil {
		return nil, err
	}
	for _, b := range top {
		var more []edit
		switch b.name {
		case "meta":
			more, err = metaEdits(file, b)
		case "moov":
			more, err = filmEdits(file, b)
		case "uuid":
			more = []edit{blank(b.from, b.to)}
		}
		if err != nil {
			return nil, err
		}
		edits = append(edits, more...)
	}
	return edits, nil
}

// filmEdits blanks what a film says of itself, and of each of its tracks.
func filmEdits(file io.ReaderAt, film box) (edits []edit, err error) {
	inside, err := boxes(file, film.from, film.to)
	if err != nil {
		return nil, err
	}
	for _, b := range inside {
		switch b.name {
		case "udta", "meta", "uuid":
			edits = append(edits, blank(b.from, b.to))
		case "trak":
			more, err := filmEdits(file, b)
			if err != nil {
				return nil, err
			}
			edits = append(edits, more...)
		}
	}
	return edits, nil
}

// metaEdits blanks the items of a HEIF that are EXIF or texts.
func metaEdits(file io.ReaderAt, meta box) ([]edit, error) {
	if meta.to-meta.from > maxMeta {
		return nil, ErrDamaged
	}
	inside, err := boxes(file, meta.from+4, meta.to)
	if err != nil {
		return nil, err
	}
	var private []int64
	var out []edit
	var data box
	at := slices.IndexFunc(inside, func(b box) bool { return b.name == "idat" })
	if at >= 0 {
		data = inside[at]
	}
	for _, b := range inside {
		if b.name == "iinf" {
			if private, err = privateItems(file, b); err != nil {
				return nil, err
			}
		}
	}
	for _, b := range inside {
		if b.name == "iloc" && len(private) > 0 {
			places, err := itemPlaces(file, b, data, private)
			if err != nil {
				return nil, err
			}
			out = append(out, places...)
		}
	}
	return out, nil
}

// privateItems returns the numbers of the items that are EXIF or texts.
func privateItems(file io.ReaderAt, infos box) (out []int64, err error) {
	head, err := bytesAt(file, infos.from, 4)
	if err != nil {
		return nil, err
	}
	entries, err := boxes(file, infos.from+map[bool]int64{true: 6, false: 8}[head[0] == 0], infos.to)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		f := &fields{file: file, at: e.from}
		version := f.next(1)
		f.next(3)
		id := f.next(map[bool]int{true: 4, false: 2}[version == 3])
		f.next(2)
		kind := f.text(4)
		if f.err != nil || version < 2 {
			return nil, ErrDamaged
		}
		if kind == "Exif" || kind == "mime" || kind == "uri " {
			out = append(out, id)
		}
	}
	return out, nil
}

// itemPlaces returns edits that blank the items with the given numbers. data is where items stand that are in the
// description itself.
func itemPlaces(file io.ReaderAt, places, data box, ids []int64) (out []edit, err error) {
	f := &fields{file: file, at: places.from}
	version := f.next(1)
	f.next(3)
	sizes := f.next(2)
	offsetSize, lengthSize := int(sizes>>12), int(sizes>>8&15)
	baseSize, indexSize := int(sizes>>4&15), int(sizes&15)
	idSize := map[bool]int{true: 4, false: 2}[version == 2]
	for n := f.next(idSize); n > 0 && f.err == nil; n-- {
		id, method := f.next(idSize), int64(0)
		if version > 0 {
			method = f.next(2) & 15
		}
		f.next(2)
		base := f.next(baseSize)
		for parts := f.next(2); parts > 0 && f.err == nil; parts-- {
			if version > 0 {
				f.next(indexSize)
			}
			from := base + f.next(offsetSize)
			length := f.next(lengthSize)
			if !slices.Contains(ids, id) {
				continue
			}
			if method == 1 {
				from += data.from
			}
			if method > 1 || length == 0 || from < 0 || from+length < from || length > maxMeta {
				return nil, ErrDamaged
			}
			out = append(out, blank(from, from+length))
		}
	}
	return out, f.err
}

// fields reads numbers one after another, the highest byte first.
type fields struct {
	file io.ReaderAt
	at   int64
	err  error
}

func (f *fields) next(size int) (n int64) {
	for _, b := range []byte(f.text(size)) {
		n = n<<8 | int64(b)
	}
	return n
}

func (f *fields) text(size int) string {
	if f.err != nil || size == 0 {
		return ""
	}
	b, err := bytesAt(f.file, f.at, size)
	f.at, f.err = f.at+int64(size), err
	return string(b)
}
