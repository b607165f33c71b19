package paper

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"

	"rsc.io/qr"
)

// QR is a text as a QR code, for whoever would otherwise type it.
type QR struct {
	Content string `json:"content"`
	Label   string `json:"label"` // what it is, for those who do not see it
	code    *qr.Code
}

// Quiet is the white frame that a QR code needs, in modules.
const Quiet = 4

// NewQR draws a text as a QR code. Its only error is a text too long for one.
func NewQR(content, label string) (QR, error) {
	code, err := qr.Encode(content, qr.M)
	if err != nil {
		return QR{}, fmt.Errorf("draw a QR code: %w", err)
	}
	return QR{Content: content, Label: label, code: code}, nil
}

// Size is how many modules the code has across, without its frame.
func (q QR) Size() int { return q.code.Size }

// Path returns the dark modules as a path of SVG, one unit each, without the frame.
func (q QR) Path() string {
	var b strings.Builder
	for y := range q.code.Size {
		for x := 0; x < q.code.Size; x++ {
			from := x
			for q.code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from, y, x-from, x-from)
			}
		}
	}
	return b.String()
}

// Box returns the view box of the path with its frame.
func (q QR) Box() string {
	size := q.code.Size + 2*Quiet
	return fmt.Sprintf("-%d -%d %d %d", Quiet, Quiet, size, size)
}

// modulePixels is how large a module is in a picture, so that it stays sharp on paper.
const modulePixels = 8

// picture returns the code with its frame as a PNG. The same code gives the same bytes.
func (q QR) picture() (string, error) {
	size := (q.code.Size + 2*Quiet) * modulePixels
	img := image.NewPaletted(image.Rect(0, 0, size, size), color.Palette{color.White, color.Black})
	for y := range size {
		for x := range size {
			if q.code.Black(x/modulePixels-Quiet, y/modulePixels-Quiet) {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.String(), err
}

// qrSide is how large a code is printed, in twentieths of a point: 3 cm.
const qrSide = 1701

// codeSVG draws a code for pages, as large as it is printed. Its colours are its own: it is read by machines.
func (x *Markup) codeSVG(q QR) {
	x.Add(`<svg class="code" width="%s" height="%s" viewBox="%s" role="img" aria-label="%s" shape-rendering="crispEdges">`,
		px(qrSide), px(qrSide), q.Box(), q.Label)
	x.Add(`<rect x="-%d" y="-%d" width="100%%" height="100%%" fill="#fff"/><path d="%s"/></svg>`+"\n", Quiet, Quiet, q.Path())
}

// code writes the reference to the picture of a code.
func (x *Markup) code(q QR) {
	const emu = 635 // per twentieth of a point
	x.pictures = append(x.pictures, q)
	n := len(x.pictures)
	x.WriteString(`<w:p><w:pPr><w:pStyle w:val="Figure"/><w:jc w:val="left"/></w:pPr><w:r><w:drawing>`)
	x.Add(`<wp:inline xmlns:wp="`+drawingSpace+
		`wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/>`, qrSide*emu, qrSide*emu)
	x.Add(`<wp:docPr id="%d" name="%s" descr="%s"/><wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="`+drawingSpace+
		`main" noChangeAspect="1"/></wp:cNvGraphicFramePr>`, firstPicture+n, q.Label, q.Label)
	x.Add(`<a:graphic xmlns:a="`+drawingSpace+`main"><a:graphicData uri="`+drawingSpace+`picture"><pic:pic xmlns:pic="`+
		drawingSpace+`picture"><pic:nvPicPr><pic:cNvPr id="%d" name="%s"/><pic:cNvPicPr/></pic:nvPicPr>`, firstPicture+n, q.Label)
	x.Add(`<pic:blipFill><a:blip r:embed="rIdPicture%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`, n)
	x.Add(`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>`+
		`</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`+"\n", qrSide*emu, qrSide*emu)
}

// firstPicture is below the numbers of pictures, above those of charts: a document's drawings have different ones.
const firstPicture = 1000
