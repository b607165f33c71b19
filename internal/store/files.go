package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"dabiao/internal/depot"
)

// Files stores evidence by the hash of its content: identical files are stored once, and a file that
// was altered no longer matches its name.
type Files struct {
	dir     string
	folders *folders
}

// stagedFolder holds uploads that belong to no entry yet.
const stagedFolder = "staged"

// OpenFiles returns the evidence files in dir, which is created if it is missing and can be.
func OpenFiles(dir string) (Files, error) {
	if err := os.MkdirAll(filepath.Join(dir, stagedFolder), 0o700); fileTrouble(err) == "" && err != nil {
		return Files{}, fmt.Errorf("make the evidence folder: %w", err)
	}
	return Files{dir, &folders{durable: map[string]bool{}}}, nil
}

// Dir returns the folder.
func (f Files) Dir() string { return f.dir }

// StagedFile is an uploaded file on disk that is not stored for good yet.
type StagedFile struct {
	Path   string // where its content can be read until then
	Size   int64  // bytes
	SHA256 string // hex
	files  Files
}

// Stage writes content to disk, durably, and computes its size and hash. Refusals: those of [DB.Trouble].
func (f Files) Stage(content io.Reader) (StagedFile, error) {
	tmp, err := os.CreateTemp(filepath.Join(f.dir, stagedFolder), "*")
	if err != nil {
		return StagedFile{}, fileTold(err)
	}
	sum := sha256.New()
	size, err := takeIn(io.MultiWriter(tmp, sum), content)
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	s := StagedFile{Path: tmp.Name(), Size: size, SHA256: hex.EncodeToString(sum.Sum(nil)), files: f}
	if err != nil {
		s.Discard()
		return StagedFile{}, fileTold(err)
	}
	return s, nil
}

// Commit moves the file to its permanent place. Calling it again does nothing.
func (s StagedFile) Commit() error {
	place := s.files.path(s.SHA256)
	if err := s.files.folders.make(filepath.Dir(place)); err != nil {
		return err
	}
	if err := os.Rename(s.Path, place); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return syncDir(filepath.Dir(place))
}

// Discard removes the file unless Commit was called.
func (s StagedFile) Discard() { os.Remove(s.Path) } //nolint:errcheck // a leftover costs only space

// Open opens the stored file with the given hash.
func (f Files) Open(sum string) (*os.File, error) { return os.Open(f.path(sum)) }

// Check returns an error unless the stored file exists with the given size.
func (f Files) Check(sum string, size int64) error {
	info, err := os.Stat(f.path(sum))
	if err == nil && info.Size() != size {
		err = fmt.Errorf("the file has %d bytes and had %d", info.Size(), size)
	}
	return err
}

// Remove deletes the stored file with the given hash, and what was derived from it; one that is gone is none to delete.
func (f Files) Remove(sum string) error {
	err := os.Remove(f.path(sum))
	if err == nil {
		err = syncDir(filepath.Dir(f.path(sum)))
	}
	for _, err := range []error{err, os.Remove(f.previewPath(sum))} {
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Preview returns what SetPreview stored for a file, or fs.ErrNotExist.
func (f Files) Preview(sum string) ([]byte, error) { return os.ReadFile(f.previewPath(sum)) }

// SetPreview stores something derived from a stored file. Backups do not contain it, because it can be
// made again.
func (f Files) SetPreview(sum string, preview []byte) error {
	place := f.previewPath(sum)
	if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
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

func (f Files) previewPath(sum string) string { return filepath.Join(f.dir, "previews", sum[:2], sum) }

// Sum returns the present hash of a stored file.
func (f Files) Sum(sum string) (string, error) {
	file, err := f.Open(sum)
	if err != nil {
		return "", err
	}
	defer file.Close()
	now := sha256.New()
	_, err = io.Copy(now, file)
	return hex.EncodeToString(now.Sum(nil)), err
}

func (f Files) path(sum string) string { return filepath.Join(f.dir, sum[:2], sum) }

// folders are those that this process knows to be on disk with their names.
type folders struct {
	mu      sync.Mutex
	durable map[string]bool
}

// make makes a folder in one that is there, such that a power failure does not take it away again with what is in it.
// One that is there may have been made just now by somebody whose sync has not ended, or has not even begun.
func (f *folders) make(dir string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := os.Mkdir(dir, privateFolder)
	if err != nil && (f.durable[dir] || !errors.Is(err, os.ErrExist)) {
		return ignoreExisting(err)
	}
	if err := syncDir(filepath.Dir(dir)); err != nil {
		return err
	}
	f.durable[dir] = true
	return nil
}

func ignoreExisting(err error) error {
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	return err
}

func syncDir(dir string) error { return depot.SyncFolder(dir) }
