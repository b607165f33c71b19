package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

// corners is a picture with another colour in each quarter: red, green, blue, white.
func corners(w, h int) image.Image {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 0, 0, 255}
			switch {
			case x >= w/2 && y < h/2:
				c = color.RGBA{0, 255, 0, 255}
			case x < w/2 && y >= h/2:
				c = color.RGBA{0, 0, 255, 255}
			case x >= w/2:
				c = color.RGBA{255, 255, 255, 255}
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

func asJPEG(t *testing.T, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withEXIF puts an orientation, and a place nobody should learn, into a JPEG.
func withEXIF(file []byte, order binary.AppendByteOrder, turn uint16) []byte {
	tiff := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		tiff = []byte("MM\x00*")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(order.AppendUint16(tiff, 0x0112), 3)
	tiff = order.AppendUint16(order.AppendUint32(tiff, 1), turn)
	tiff = append(tiff, "\x00\x00\x00\x00\x00\x00GPS 27.1N 110.6E"...)
	segment := append([]byte("Exif\x00\x00"), tiff...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(segment)+2))
	return append(append(head, segment...), file[2:]...)
}

// quarters names the colours of a picture's quarters, row by row.
func quarters(t *testing.T, file []byte) string {
	t.Helper()
	p, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	b := p.Bounds()
	var out strings.Builder
	for _, at := range [][2]int{{1, 1}, {3, 1}, {1, 3}, {3, 3}} {
		r, g, bl, _ := p.At(b.Min.X+b.Dx()*at[0]/4, b.Min.Y+b.Dy()*at[1]/4).RGBA()
		switch high := func(v uint32) bool { return v > 0x8000 }; {
		case high(r) && high(g) && high(bl):
			out.WriteByte('w')
		case high(r):
			out.WriteByte('r')
		case high(g):
			out.WriteByte('g')
		case high(bl):
			out.WriteByte('b')
		}
	}
	return out.String()
}

func TestPreviewsStandUprightHoweverTheCameraWasHeld(t *testing.T) {
	flat := asJPEG(t, corners(800, 400))
	for turn, want := range map[uint16]string{0: "rgbw", 1: "rgbw", 2: "grwb", 3: "wbgr", 4: "bwrg", 5: "rbgw", 6: "brwg",
		7: "wgbr", 8: "gwrb", 9: "rgbw"} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			small, err := Preview(bytes.NewReader(withEXIF(flat, order, turn)))
			if err != nil {
				t.Fatalf("orientation %d: %v", turn, err)
			}
			if got := quarters(t, small); got != want {
				t.Errorf("orientation %d: %s, want %s", turn, got, want)
			}
			c, err := jpeg.DecodeConfig(bytes.NewReader(small))
			if upright := turn < 5 || turn > 8; err != nil || upright != (c.Width == PreviewSide && c.Height == PreviewSide/2) {
				t.Errorf("orientation %d: %d × %d", turn, c.Width, c.Height)
			}
		}
	}
}

func TestPreviewsTellNothingTheCameraWrote(t *testing.T) {
	photo := withEXIF(asJPEG(t, corners(900, 600)), binary.LittleEndian, 1)
	if !bytes.Contains(photo, []byte("GPS")) {
		t.Fatal("the photo tells nothing to begin with")
	}
	small, err := Preview(bytes.NewReader(photo))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(small, []byte("GPS")) || bytes.Contains(small, []byte("Exif")) || len(small) > 60<<10 {
		t.Errorf("the preview has %d bytes and what the camera wrote", len(small))
	}
}

func TestPreviewsOfTheOtherSorts(t *testing.T) {
	var p, g bytes.Buffer
	if err := png.Encode(&p, corners(300, 200)); err != nil {
		t.Fatal(err)
	}
	if err := gif.Encode(&g, corners(1000, 10), nil); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{"png": p.Bytes(), "gif": g.Bytes()} {
		small, err := Preview(bytes.NewReader(file))
		if err != nil || quarters(t, small) != "rgbw" {
			t.Errorf("%s: %v", name, err)
		}
	}
	clear := image.NewRGBA(image.Rect(0, 0, 9, 9)) // nothing at all is white, not black
	p.Reset()
	if err := png.Encode(&p, clear); err != nil {
		t.Fatal(err)
	}
	if small, err := Preview(bytes.NewReader(p.Bytes())); err != nil || quarters(t, small) != "wwww" {
		t.Errorf("a clear picture: %v", err)
	}
}

// A file may claim any size; the claim is refused before anything is unpacked.
func TestPreviewsAreNotMadeOfWhatIsTooLargeOrDamaged(t *testing.T) {
	var p bytes.Buffer
	if err := png.Encode(&p, corners(4, 4)); err != nil {
		t.Fatal(err)
	}
	huge := bytes.Clone(p.Bytes())
	binary.BigEndian.PutUint32(huge[16:], 100_000)
	binary.BigEndian.PutUint32(huge[20:], 100_000)
	photo := asJPEG(t, corners(64, 64))
	for name, file := range map[string][]byte{
		"huge": huge, "nothing": nil, "half a photo": photo[:len(photo)/3], "text": []byte("\xff\xd8\xff\xe0 and so on"),
		"small png": []byte("\x89PNG\r\n\x1a\n"),
	} {
		if small, err := Preview(bytes.NewReader(file)); err == nil {
			t.Errorf("%s: a preview of %d bytes", name, len(small))
		}
	}
}

func FuzzPreview(f *testing.F) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, corners(16, 8), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(withEXIF(b.Bytes(), binary.BigEndian, 6))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM\x00*\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if small, err := Preview(bytes.NewReader(file)); err == nil {
			if c, err := jpeg.DecodeConfig(bytes.NewReader(small)); err != nil || max(c.Width, c.Height) > PreviewSide {
				t.Errorf("a preview of %d × %d (%v)", c.Width, c.Height, err)
			}
		}
	})
}
