package evidence

import (
	"archive/zip"
	"fmt"

	"dabiao/internal/progress"
)

// Enclosed is a file of a pack. Path is its place in the archive, "" if it is left out; SHA256 is that of the bytes
// there, which are other ones than were handed in where Why says so.
type Enclosed struct {
	progress.NumberedEvidence
	Path, Why, Sum string
	Bytes          int64 // of what stands there
}

// Enclose copies a pack's files into a folder of an archive, which must end with a slash, and says of each where it
// is or why it stays out, as Write does.
func Enclose(z *zip.Writer, p Pack, folder string) ([]Enclosed, error) {
	var out []Enclosed
	for _, r := range p.rows() {
		if r.path != "" {
			r.path = folder + r.path
			if err := p.enclose(z, r); err != nil {
				return nil, fmt.Errorf("enclose evidence %d: %w", r.ID, err)
			}
		}
		out = append(out, Enclosed{r.NumberedEvidence, r.path, r.why, r.SHA256, r.Size})
	}
	return out, nil
}
