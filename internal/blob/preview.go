package blob

import (
	"errors"
	"os"
	"path/filepath"
)

// partialPreview is how a preview is named while it is written.
const partialPreview = ".partial"

// Preview returns what SetPreview stored here for a content, or fs.ErrNotExist.
func (f Files) Preview(sum string) ([]byte, error) { return os.ReadFile(f.previewPath(sum)) }

// SetPreview stores something derived from a content on this machine. Backups do not contain it, because it can be made
// again.
func (f Files) SetPreview(sum string, preview []byte) error {
	place := f.previewPath(sum)
	if err := os.MkdirAll(filepath.Dir(place), privateFolder); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(place), "*"+partialPreview)
	if err != nil {
		return err
	}
	_, err = tmp.Write(preview)
	// On disk before it has its name: one that a power failure left empty would say that there is none to be made.
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), place)
	}
	if err != nil {
		os.Remove(tmp.Name()) //nolint:errcheck // the first error is the one to tell
	}
	return err
}

func (f Files) removePreview(sum string) error { return removed(os.Remove(f.previewPath(sum))) }

func (f Files) previewPath(sum string) string { return under(filepath.Join(f.dir, "previews"), sum) }
