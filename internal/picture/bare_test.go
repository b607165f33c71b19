package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"testing"
)

// secret is what no picture may say when it is given out.
const secret = "GPS 27.1N 110.6E"

func bare(t *testing.T, file []byte, media string) []byte {
	t.Helper()
	c, err := Bare(bytes.NewReader(file), int64(len(file)), media)
	if err != nil {
		t.Errorf("%q: %v", file[:min(len(file), 60)], err)
		return nil
	}
	out, err := io.ReadAll(c.Reader())
	if err != nil {
		t.Fatal(err)
	}
	if int64(len(out)) != c.Size() {
		t.Errorf("%d bytes, and %d are told", len(out), c.Size())
	}
	if c.Changed() == bytes.Equal(out, file) {
		t.Errorf("changed: %v", c.Changed())
	}
	return out
}

// segment is a segment of a JPEG.
func segment(code byte, body string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, code}, uint16(len(body)+2)), body...)
}

// chunk is a chunk of a PNG.
func chunk(name, body string) []byte {
	out := append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), name+body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

func join(parts ...any) (out []byte) {
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			out = append(out, p...)
		case []byte:
			out = append(out, p...)
		}
	}
	return out
}

func asPNG(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, corners(8, 8)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asGIF(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, corners(8, 8), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// webp is a WebP of the given chunks.
func webp(chunks ...string) []byte {
	body := "WEBP"
	for i := 0; i+1 < len(chunks); i += 2 {
		content := chunks[i+1]
		body += chunks[i] + string(binary.LittleEndian.AppendUint32(nil, uint32(len(content)))) + content
		if len(content)%2 == 1 {
			body += "\x00"
		}
	}
	return join("RIFF", binary.LittleEndian.AppendUint32(nil, uint32(len(body))), body)
}

// tiff is a TIFF with a strip of pixels, a make, and directories of EXIF and GPS.
func tiff(order binary.ByteOrder, magic string) []byte {
	const first, exif, gps, text, pixels = 8, 100, 140, 180, 220
	out := make([]byte, 240)
	copy(out, magic)
	order.PutUint32(out[4:], first)
	directory := func(at int, fields ...[4]uint32) {
		order.PutUint16(out[at:], uint16(len(fields)))
		for i, f := range fields {
			b := out[at+2+12*i:]
			order.PutUint16(b, uint16(f[0]))
			order.PutUint16(b[2:], uint16(f[1]))
			order.PutUint32(b[4:], f[2])
			order.PutUint32(b[8:], f[3])
		}
	}
	directory(first, [4]uint32{256, 4, 1, 4}, [4]uint32{271, 2, uint32(len(secret)), text}, [4]uint32{273, 4, 1, pixels},
		[4]uint32{34665, 4, 1, exif}, [4]uint32{34853, 4, 1, gps})
	directory(exif, [4]uint32{37510, 7, uint32(len(secret)), text + 20})
	directory(gps, [4]uint32{1, 2, 2, 0x4e004e}, [4]uint32{29, 2, uint32(len(secret)), text + 40})
	copy(out[text:], secret)
	copy(out[text+20:], secret)
	out = append(out, make([]byte, 20)...)
	copy(out[text+40:], secret)
	return append(out[:pixels+20], "the pixels"...)
}

// heifBox is a box of a HEIF.
func heifBox(name string, parts ...any) []byte {
	body := join(parts...)
	return join(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8)), name, body)
}

// heif is a HEIF with a picture, an EXIF and an XMP item; of them is in the file or, with method 1, in the description.
func heif(method byte) []byte {
	head := heifBox("ftyp", "heic\x00\x00\x00\x00mif1heic")
	info := func(id byte, kind string) []byte {
		return heifBox("infe", "\x02\x00\x00\x00\x00", []byte{id}, "\x00\x00", kind, "\x00")
	}
	infos := heifBox("iinf", "\x00\x00\x00\x00\x00\x03", info(1, "hvc1"), info(2, "Exif"), info(3, "mime"))
	build := func(base uint32) []byte {
		item := func(id byte, at, length uint32) []byte {
			return join("\x00", []byte{id, 0, method, 0, 0, 0, 1}, binary.BigEndian.AppendUint32(nil, base+at),
				binary.BigEndian.AppendUint32(nil, length))
		}
		n := uint32(len(secret))
		places := heifBox("iloc", "\x01\x00\x00\x00\x44\x00\x00\x03", item(1, 0, 10), item(2, 10, n), item(3, 10+n, n))
		content := "the pixels" + secret + secret
		if method == 1 {
			return join(head, heifBox("meta", "\x00\x00\x00\x00", infos, places, heifBox("idat", content)))
		}
		return join(head, heifBox("meta", "\x00\x00\x00\x00", infos, places), heifBox("mdat", content))
	}
	if method == 1 {
		return build(0)
	}
	return build(uint32(len(build(0)) - 10 - 2*len(secret)))
}

func TestNoPictureSaysWhereItWasTaken(t *testing.T) {
	photo, drawing, film := asJPEG(t, corners(64, 32)), asPNG(t), asGIF(t)
	end := len(drawing) - 12
	icc := segment(0xe2, "ICC_PROFILE\x00\x01\x01the colours")
	for name, c := range map[string]struct {
		media string
		file  []byte
		keeps string
	}{
		"EXIF":         {"image/jpeg", withEXIF(photo, binary.BigEndian, 1), ""},
		"EXIF, turned": {"image/jpeg", withEXIF(photo, binary.LittleEndian, 6), ""},
		"XMP": {"image/jpeg",
			join(photo[:2], segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00"+secret), photo[2:]), ""},
		"IPTC": {"image/jpeg",
			join(photo[:2], segment(0xed, "Photoshop 3.0\x00"+secret), photo[2:]), ""},
		"comment":         {"image/jpeg", join(photo[:2], segment(0xfe, secret), photo[2:]), ""},
		"maker's segment": {"image/jpeg", join(photo[:2], segment(0xe7, secret), photo[2:]), ""},
		"colours stay": {"image/jpeg",
			join(photo[:2], icc, segment(0xfe, secret), photo[2:]), "the colours"},
		"second pictures":       {"image/jpeg", join(photo[:2], segment(0xe2, "MPF\x00"+secret), photo[2:]), ""},
		"a film behind the end": {"image/jpeg", join(photo, "ftypmp42", secret), ""},
		"bytes between":         {"image/jpeg", join(photo[:2], secret, photo[2:]), ""},
		"fill bytes": {"image/jpeg",
			join(photo[:2], "\xff\xff\xff", segment(0xfe, secret), photo[2:]), ""},
		"broken off": {"image/jpeg", join(photo[:2], segment(0xfe, secret), photo[2:len(photo)-20]),
			""},

		"text": {"image/png",
			join(drawing[:end], chunk("tEXt", "Comment\x00"+secret), drawing[end:]), "IEND"},
		"zTXt":            {"image/png", join(drawing[:33], chunk("zTXt", secret), drawing[33:]), "IEND"},
		"iTXt":            {"image/png", join(drawing[:33], chunk("iTXt", secret), drawing[33:]), "IEND"},
		"eXIf":            {"image/png", join(drawing[:33], chunk("eXIf", secret), drawing[33:]), "IEND"},
		"a maker's chunk": {"image/png", join(drawing[:33], chunk("prVt", secret), drawing[33:]), "IEND"},
		"density stays": {"image/png",
			join(drawing[:33], chunk("pHYs", "123456789"), chunk("tIME", secret), drawing[33:]), "pHYs"},
		"behind the end":   {"image/png", join(drawing, secret), "IEND"},
		"comment of a GIF": {"image/gif", join(film[:len(film)-1], "!\xfe\x10", secret, "\x00;"), ""},
		"XMP of a GIF":     {"image/gif", join(film[:len(film)-1], "!\xff\x0bXMP DataXMP\x10", secret, "\x00;"), ""},
		"endless GIF": {"image/gif",
			join(film[:len(film)-1], "!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00!\xfe\x10", secret, "\x00;"), "NETSCAPE2.0"},
		"behind a GIF": {"image/gif", join(film, secret), ""},
		"WebP": {"image/webp",
			webp("VP8X", "\x0c\x00\x00\x00\x07\x00\x00\x07\x00\x00", "VP8 ", "pixels", "EXIF", secret, "XMP ", secret+"."),
			"pixels"},
		"behind a WebP": {"image/webp", join(webp("VP8 ", "pixels"), secret), "pixels"},
		"TIFF":          {"image/tiff", tiff(binary.LittleEndian, "II*\x00"), "the pixels"},
		"TIFF, MM":      {"image/tiff", tiff(binary.BigEndian, "MM\x00*"), "the pixels"},
		"HEIC":          {"image/heic", heif(0), "the pixels"},
		"HEIC, inside":  {"image/heif", heif(1), "the pixels"},
		"a film's HEIC": {"image/heic",
			join(heif(0), heifBox("moov", heifBox("trak", heifBox("udta", secret)), heifBox("meta", secret))), "the pixels"},
	} {
		if !bytes.Contains(c.file, []byte(secret)) {
			t.Fatalf("%s: the file does not say it", name)
		}
		out := bare(t, c.file, c.media)
		if bytes.Contains(out, []byte(secret)) {
			t.Errorf("%s: it still says where it was taken", name)
		}
		if !bytes.Contains(out, []byte(c.keeps)) {
			t.Errorf("%s: %q is gone", name, c.keeps)
		}
		if again := bare(t, out, c.media); !bytes.Equal(again, out) {
			t.Errorf("%s: a bare picture is changed again", name)
		}
		switch c.media {
		case "image/jpeg":
			if _, err := jpeg.Decode(bytes.NewReader(out)); (err != nil) != (name == "broken off") {
				t.Errorf("%s: %v", name, err)
			}
		case "image/png":
			if _, err := png.Decode(bytes.NewReader(out)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case "image/gif":
			if _, err := gif.DecodeAll(bytes.NewReader(out)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// A phone held upright says so in the EXIF only.
func TestABarePictureStandsUpright(t *testing.T) {
	photo := asJPEG(t, corners(800, 400))
	for turn := uint16(1); turn <= 8; turn++ {
		file := withEXIF(photo, binary.BigEndian, turn)
		want, err := Preview(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		have, err := Preview(bytes.NewReader(bare(t, file, "image/jpeg")))
		if err != nil || !bytes.Equal(have, want) {
			t.Errorf("orientation %d is lost: %v", turn, err)
		}
	}
}

func TestWhatHoldsNothingIsGivenOutAsItIs(t *testing.T) {
	for media, file := range map[string][]byte{"image/jpeg": asJPEG(t, corners(8, 8)), "image/png": asPNG(t),
		"image/gif": asGIF(t), "image/webp": webp("VP8 ", "pixels"), "image/bmp": []byte("BM and so on"),
		"application/pdf": []byte("%PDF-1.7 " + secret)} {
		if out := bare(t, file, media); !bytes.Equal(out, file) {
			t.Errorf("%s is changed", media)
		}
	}
}

// Whatever is cut off or spoilt is either given out without the secret or not at all.
func TestADamagedPictureKeepsItsSecret(t *testing.T) {
	photo, drawing, film := asJPEG(t, corners(64, 32)), asPNG(t), asGIF(t)
	files := map[string][]byte{"image/jpeg": withEXIF(photo, binary.BigEndian, 6),
		"image/png":  join(drawing[:33], chunk("eXIf", secret), drawing[33:]),
		"image/gif":  join(film[:len(film)-1], "!\xfe\x10", secret, "\x00;"),
		"image/webp": webp("VP8X", "\x0c\x00\x00\x00\x07\x00\x00\x07\x00\x00", "VP8 ", "pixels", "EXIF", secret),
		"image/tiff": tiff(binary.BigEndian, "MM\x00*"), "image/heic": heif(0)}
	for media, file := range files {
		for cut := range file {
			short := file[:cut]
			c, err := Bare(bytes.NewReader(short), int64(cut), media)
			if err != nil && !errors.Is(err, ErrDamaged) {
				t.Fatalf("%s cut at %d: %v", media, cut, err)
			}
			if err != nil {
				continue
			}
			if out, err := io.ReadAll(c.Reader()); err != nil || bytes.Contains(out, []byte(secret)) {
				t.Errorf("%s cut at %d: %v, or it says where it was taken", media, cut, err)
			}
		}
	}
}

func FuzzBare(f *testing.F) {
	for _, media := range []string{"image/jpeg", "image/png", "image/gif", "image/webp", "image/tiff", "image/heic"} {
		f.Add([]byte("\xff\xd8\xff\xe1\x00\x04ab"), media)
	}
	f.Add(heif(0), "image/heic")
	f.Add(tiff(binary.LittleEndian, "II*\x00"), "image/tiff")
	f.Fuzz(func(t *testing.T, file []byte, media string) {
		c, err := Bare(bytes.NewReader(file), int64(len(file)), media)
		if err != nil {
			return
		}
		if n, err := io.Copy(io.Discard, c.Reader()); err != nil || n != c.Size() {
			t.Errorf("%d bytes of %d: %v", n, c.Size(), err)
		}
	})
}
