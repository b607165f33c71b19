package demo

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"strings"
)

// document returns a small valid file for a name: a PDF page, a drawn landscape or a PNG of bars. It
// says that it is made up and depicts nobody.
func document(name string) []byte {
	switch {
	case strings.HasSuffix(name, ".pdf"):
		return page("Sample evidence of the demo", "Made up by the program. It documents nothing and names nobody.")
	case strings.HasSuffix(name, ".jpg"):
		return landscape(name)
	}
	return picture(name)
}

// landscape stands in for a photo: a sky, a sun and two rows of hills, different for each name.
func landscape(name string) []byte {
	const width, height = 960, 720
	h := fnv.New64a()
	h.Write([]byte(name))
	seed := h.Sum64()
	part := func(shift uint) float64 { return float64(seed>>shift&0xff) / 255 }
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	sunX, sunY := 160+640*part(0), 120+120*part(8)
	for x := range width {
		at := float64(x) / width
		far := 380 + 60*math.Sin(6*at+6*part(16)) + 25*math.Sin(17*at+6*part(24))
		near := 520 + 70*math.Sin(4*at+6*part(32)) + 18*math.Sin(23*at+6*part(40))
		for y := range height {
			down := float64(y) / height
			c := color.RGBA{uint8(150 + 90*down), uint8(190 + 45*down), uint8(230 + 15*down), 255}
			switch fy := float64(y); {
			case fy > near:
				c = color.RGBA{uint8(70 + 30*part(48)), uint8(120 + 30*down), 84, 255}
			case fy > far:
				c = color.RGBA{110, uint8(150 + 20*part(56)), 150, 255}
			case math.Hypot(float64(x)-sunX, fy-sunY) < 54:
				c = color.RGBA{252, 224, 150, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 82}); err != nil {
		panic("demo: encode a picture into memory: " + err.Error())
	}
	return out.Bytes()
}

// picture returns a simple bar picture, different for each name.
func picture(name string) []byte {
	const width, height, bars = 480, 270, 8
	h := fnv.New64a()
	h.Write([]byte(name))
	heights := h.Sum64()
	img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{
		color.RGBA{0xf6, 0xf6, 0xf2, 0xff}, color.RGBA{0x0b, 0x55, 0x63, 0xff}})
	for x := range width {
		bar := x * bars / width
		tall := 40 + int(heights>>(8*bar)&0xff)*180/255
		inside := x*bars%width > width/6
		for y := height - tall; inside && y < height; y++ {
			img.SetColorIndex(x, y, 1)
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		panic("demo: encode a picture into memory: " + err.Error())
	}
	return out.Bytes()
}

// page returns a PDF of one A4 page with a heading and a line.
func page(heading, line string) []byte {
	content := fmt.Sprintf("BT /F1 18 Tf 72 740 Td (%s) Tj /F1 11 Tf 0 -30 Td (%s) Tj ET", heading, line)
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, object := range objects {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.Bytes()
}
