package paper

import (
	"archive/zip"
	"io"
	"time"
)

// Part is a file inside a document.
type Part struct {
	Name    string
	Content string
}

// Epoch is the modification time of every part: the earliest that zip can hold, so that the same document
// gives the same bytes.
var Epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// WriteZip writes parts as a zip file, in the order given.
func WriteZip(w io.Writer, parts []Part) error {
	z := zip.NewWriter(w)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.Name, Method: zip.Deflate, Modified: Epoch})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, p.Content); err != nil {
			return err
		}
	}
	return z.Close()
}
