package evidence

import (
	"archive/zip"
	"fmt"

	"dabiao/internal/progress"
)

// Enclosed is a file of a pack. Path is its place in the archive, "" if it is left out, for the reason Why; Sum and
// Bytes are those of what stands there, which for a picture is not what was handed in.
type Enclosed struct {
	progress.NumberedEvidence
	Path, Why, Sum string
	Bytes          int64
}

// Enclose copies a pack's files into a folder of an archive, which must end with a slash, and says of each where it
// is or why it stays out, as Write does.
func Enclose(z *zip.Writer, p Pack, folder string) ([]Enclosed, error) {
	var out []Enclosed
	for _, r := range p.rows() {
		if r.path != "" {
			r.path = folder + r.path
			if err := p.enclose(z, &r); err != nil {
				return nil, fmt.Errorf("enclose evidence %d: %w", r.ID, err)
			}
		}
		out = append(out, Enclosed{r.NumberedEvidence, r.path, r.why, r.sum, r.bytes})
	}
	return out, nil
}
