package report

import (
	"archive/zip"
	"io"
	"time"
)

// part is one file inside a document.
type part struct {
	name    string
	content string
}

// packed is when every part of a file claims to be from: the oldest moment zip can say, so that
// the same document is the same bytes.
var packed = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// pack writes parts as a zip file, in the order given.
func pack(w io.Writer, parts []part) error {
	z := zip.NewWriter(w)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: packed})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, p.content); err != nil {
			return err
		}
	}
	return z.Close()
}
