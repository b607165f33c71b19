package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	_ "image/gif" // the picture types that are accepted
	"image/jpeg"
	_ "image/png"
	"io"
)

// PreviewSide is the longer side of a preview, in pixels.
const PreviewSide = 480

// Limits for pictures of which previews are made: a phone's 12 megapixels, and what their decoder keeps in memory.
const (
	maxPreviewPixels = 16 << 20
	maxPreviewBytes  = 128 << 20
)

// errNoPreview means that no preview can be made of a file.
var errNoPreview = errors.New("no picture of a size that is shown small")

// Preview returns a small JPEG of a picture, upright, without any of the metadata in the file. An error
// means that there is none: the file is damaged, not a picture, or too large.
func Preview(content io.ReadSeeker) ([]byte, error) {
	config, format, err := image.DecodeConfig(content)
	if err != nil {
		return nil, err
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > maxPreviewPixels/config.Height {
		return nil, errNoPreview
	}
	turn, progressive := 1, false
	if format == "jpeg" {
		if turn, progressive, err = jpegHead(content); err != nil {
			return nil, err
		}
	}
	if config.Width*config.Height*bytesOf(config.ColorModel, progressive) > maxPreviewBytes {
		return nil, errNoPreview
	}
	if _, err := content.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	picture, _, err := image.Decode(content)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, small(picture, turn), &jpeg.Options{Quality: 80})
	return out.Bytes(), err
}

// bytesOf is about how many bytes a decoder keeps for a pixel of a picture.
func bytesOf(model color.Model, progressive bool) int {
	switch {
	case progressive: // the coefficients of all scans, beside the picture
		return 15
	case model == color.NRGBA64Model || model == color.RGBA64Model:
		return 8
	case model == color.GrayModel:
		return 1
	}
	return 4
}

// small scales a picture to at most PreviewSide in width and height and turns it upright.
func small(p image.Image, turn int) image.Image {
	b := p.Bounds()
	w, h := b.Dx(), b.Dy()
	if turn >= 5 {
		w, h = h, w
	}
	width, height := fit(w, h)
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			out.SetRGBA(x, y, mean(p, turn, [4]int{x * w / width, y * h / height, (x + 1) * w / width,
				(y + 1) * h / height}, w, h))
		}
	}
	return out
}

// fit returns the size of a preview; small pictures keep theirs.
func fit(w, h int) (int, int) {
	switch longer := max(w, h); {
	case longer <= PreviewSide:
		return w, h
	case w >= h:
		return PreviewSide, max(1, h*PreviewSide/w)
	default:
		return max(1, w*PreviewSide/h), PreviewSide
	}
}

// mean returns the average colour of a piece of an upright picture, from at most 4 × 4 points of it, on
// white.
func mean(p image.Image, turn int, piece [4]int, w, h int) color.RGBA {
	const points = 4
	var r, g, b, n uint32
	step := func(from, to int) int { return max(1, (to-from)/points) }
	for y := piece[1]; y < max(piece[3], piece[1]+1); y += step(piece[1], piece[3]) {
		for x := piece[0]; x < max(piece[2], piece[0]+1); x += step(piece[0], piece[2]) {
			pr, pg, pb, pa := p.At(lying(p.Bounds(), turn, x, y, w, h)).RGBA()
			white := 0xffff - pa
			r, g, b, n = r+(pr+white)>>8, g+(pg+white)>>8, b+(pb+white)>>8, n+1
		}
	}
	return color.RGBA{uint8(r / n), uint8(g / n), uint8(b / n), 0xff} //nolint:gosec // means of bytes
}

// lying returns the position in the file of a point of the upright picture, by its EXIF orientation (1
// to 8).
func lying(b image.Rectangle, turn, x, y, w, h int) (int, int) {
	switch turn {
	case 2:
		x = w - 1 - x
	case 3:
		x, y = w-1-x, h-1-y
	case 4:
		y = h - 1 - y
	case 5:
		x, y = y, x
	case 6:
		x, y = y, w-1-x
	case 7:
		x, y = h-1-y, w-1-x
	case 8:
		x, y = h-1-y, x
	}
	return b.Min.X + x, b.Min.Y + y
}

// jpegHead returns a JPEG's EXIF orientation, 1 if it states none, and whether it is progressive.
func jpegHead(content io.ReadSeeker) (turn int, progressive bool, err error) {
	turn = 1
	if _, err := content.Seek(2, io.SeekStart); err != nil {
		return turn, false, err
	}
	var head [4]byte
	for {
		if _, err := io.ReadFull(content, head[:]); err != nil || head[0] != 0xff || head[1] == 0xda {
			return turn, progressive, nil // the picture begins, or the file is odd: the decoder reports that
		}
		progressive = progressive || head[1] == 0xc2
		size := int64(binary.BigEndian.Uint16(head[2:])) - 2
		if head[1] == 0xe1 {
			segment, err := io.ReadAll(io.LimitReader(content, size))
			if err != nil {
				return turn, false, err
			}
			if tiff, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); ok {
				turn = exifOrientation(tiff)
			}
			continue
		}
		if size < 0 {
			return turn, progressive, nil
		}
		if _, err := content.Seek(size, io.SeekCurrent); err != nil {
			return turn, false, err
		}
	}
}

// exifOrientation returns tag 0x0112 of the first directory of the EXIF data, 1 if it is missing.
func exifOrientation(tiff []byte) int {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(tiff, []byte("II*\x00")):
		order = binary.LittleEndian
	case bytes.HasPrefix(tiff, []byte("MM\x00*")):
		order = binary.BigEndian
	default:
		return 1
	}
	if len(tiff) < 8 {
		return 1
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 1
	}
	for i, n := uint64(0), uint64(order.Uint16(tiff[at:])); i < n; i++ {
		field := at + 2 + 12*i
		if field+12 > uint64(len(tiff)) {
			return 1
		}
		if order.Uint16(tiff[field:]) == 0x0112 {
			if turn := int(order.Uint16(tiff[field+8:])); turn >= 1 && turn <= 8 {
				return turn
			}
			return 1
		}
	}
	return 1
}
