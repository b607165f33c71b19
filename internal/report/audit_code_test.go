package report

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/paper/papertest"
)

// scan reads a QR code as a telephone does.
func scan(t *testing.T, img image.Image) string {
	t.Helper()
	bits, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	read, err := qrcode.NewQRCodeReader().Decode(bits, nil)
	if err != nil {
		t.Fatal(err)
	}
	return read.GetText()
}

var run = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

// drawn returns the picture that a page has of a QR code.
func drawn(t *testing.T, html string) image.Image {
	t.Helper()
	_, svg, ok := strings.Cut(html, `<svg class="code"`)
	svg, _, _ = strings.Cut(svg, "</svg>")
	if !ok || !strings.Contains(svg, `width="113.4"`) {
		t.Fatalf("no code of 3 cm on the page: %.300s", svg)
	}
	const scale, side = 6, 80
	img := image.NewGray(image.Rect(0, 0, scale*side, scale*side))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for _, m := range run.FindAllStringSubmatch(svg, -1) {
		var n [3]int
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+1]) //nolint:errcheck // the pattern has digits only
		}
		for y := (n[1] + 4) * scale; y < (n[1]+5)*scale; y++ {
			for x := (n[0] + 4) * scale; x < (n[0]+4+n[2])*scale; x++ {
				img.SetGray(x, y, color.Gray{})
			}
		}
	}
	return img
}

// A signed report has the code of the audit log as a QR code too, in every form that is printed, with or without
// figures; a draft has none.
func TestTheCodeOfTheAuditLogIsScanned(t *testing.T) {
	const code = "ABCD-EFGH-IJKL-MNOP-QRST-812"
	for page, want := range map[string]string{"": code,
		"https://kpi.county.example/audit": "https://kpi.county.example/audit?code=" + code} {
		for name, in := range inputs(t) {
			if strings.Contains(string(docx(t, in)), "word/media") || strings.Contains(html(t, in), `class="code"`) {
				t.Errorf("%s: a draft has a QR code", name)
			}
			in.AuditCode, in.AuditPage = code, page
			file := docx(t, in)
			papertest.Valid(t, name+".docx", file)
			img, err := png.Decode(strings.NewReader(papertest.Unzip(t, file)["word/media/picture1.png"]))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for writer, got := range map[string]string{"docx": scan(t, img), "html": scan(t, drawn(t, html(t, in))),
				"pages": scan(t, drawn(t, paper.Sheets{Document: Build(in)}.HTML()))} {
				if got != want {
					t.Errorf("%s, %s: scanned %q, want %q", name, writer, got, want)
				}
			}
			if !strings.Contains(papertest.Text(t, file), code) {
				t.Errorf("%s: the code is not printed", name)
			}
		}
	}
}

// A part of a report that is put into an office's own template has the code in letters only.
func TestATemplateHasNoPictureOfTheCode(t *testing.T) {
	in := facts(t, lang.Chinese)
	in.AuditCode = "ABCD-EFGH-IJKL-MNOP-QRST-812"
	xml := paper.DocxBlocks(NewDraft(in).sources(), paper.TextWidth, lang.Chinese)
	if strings.Contains(xml, "rIdPicture") || !strings.Contains(xml, in.AuditCode) {
		t.Error("a template refers to a picture that it does not have, or lacks the code")
	}
}

func html(t *testing.T, in Input) string {
	t.Helper()
	var b bytes.Buffer
	if err := paper.WriteHTML(&b, Build(in)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
