package blob

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Tidy removes what interrupted uploads left in the folder, older than before, and previews of contents that are not
// held any more: another server may have erased them. It returns how many files it removed. What is being uploaded is
// younger.
func (f Files) Tidy(before time.Time, held func(sum string) bool) (gone int, err error) {
	err = filepath.WalkDir(f.dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // removed meanwhile
			return nil
		}
		if err != nil || d.IsDir() {
			return err
		}
		at := filepath.Dir(path)
		switch {
		case at == filepath.Join(f.dir, stagedFolder), strings.HasSuffix(path, partialPreview):
		case filepath.Dir(at) == filepath.Join(f.dir, "previews") && !held(d.Name()):
		default:
			return nil
		}
		old, err := RemoveOld(path, before)
		if old {
			gone++
		}
		return err
	})
	return gone, err
}

// RemoveOld removes a file that was written before a moment; one that is gone already is none to remove.
func RemoveOld(path string, before time.Time) (gone bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil || !info.ModTime().Before(before) {
		return false, err
	}
	err = os.Remove(path)
	return err == nil, err
}
