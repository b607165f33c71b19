package blob

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"dabiao/internal/kpi"
)

// Drafts are uploaded files that were read but not yet imported. Each belongs to one account and is
// identified by its hash.

// SaveDraft moves a staged file to the drafts of an account and dates it at.
func (f Files) SaveDraft(owner kpi.AccountID, s Staged, at time.Time) error {
	dir := f.drafts(owner)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := os.Chtimes(s.Path, at, at); err != nil { // the time of the office's clock, not the machine's
		return err
	}
	return os.Rename(s.Path, filepath.Join(dir, s.SHA256))
}

// Draft returns a draft of an account. ok is false if there is none or it has expired.
func (f Files) Draft(owner kpi.AccountID, sha256 string) (s Staged, ok bool, err error) {
	if len(sha256) != 64 || filepath.Base(sha256) != sha256 {
		return s, false, nil
	}
	path := filepath.Join(f.drafts(owner), sha256)
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) {
		return s, false, nil
	}
	if err != nil {
		return s, false, err
	}
	return Staged{Path: path, Size: info.Size(), SHA256: sha256, files: f}, true, nil
}

// maxDrafts is the limit per account; the oldest are removed first.
const maxDrafts = 10

// ExpireDrafts removes an account's drafts dated before a moment, and the oldest if there are too many.
func (f Files) ExpireDrafts(owner kpi.AccountID, before time.Time) error {
	dir := f.drafts(owner)
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	type draft struct {
		path string
		at   time.Time
	}
	var kept []draft
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			continue // removed in the meantime
		}
		path := filepath.Join(dir, e.Name())
		if info.ModTime().Before(before) {
			os.Remove(path) //nolint:errcheck // the next time drops it
			continue
		}
		kept = append(kept, draft{path, info.ModTime()})
	}
	for len(kept) > maxDrafts {
		oldest := 0
		for i := range kept {
			if kept[i].at.Before(kept[oldest].at) {
				oldest = i
			}
		}
		os.Remove(kept[oldest].path) //nolint:errcheck // the next time drops it
		kept = append(kept[:oldest], kept[oldest+1:]...)
	}
	return nil
}

func (f Files) drafts(owner kpi.AccountID) string {
	return filepath.Join(f.dir, "drafts", strconv.FormatInt(int64(owner), 10))
}
