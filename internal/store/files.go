package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Files keeps evidence by the hash of its content: the same file twice is stored once, and a
// changed file no longer bears its name.
type Files struct{ dir string }

// OpenFiles keeps evidence below dir, which is made when it is missing.
func OpenFiles(dir string) (Files, error) {
	if err := os.MkdirAll(filepath.Join(dir, "staged"), 0o700); err != nil {
		return Files{}, fmt.Errorf("make the evidence folder: %w", err)
	}
	return Files{dir: dir}, nil
}

// StagedFile is a file on disk that is not kept yet.
type StagedFile struct {
	Path   string // where its content can be read meanwhile
	Size   int64  // bytes
	SHA256 string // hex
	files  Files
}

// Stage writes content to disk, durably, and measures it.
func (f Files) Stage(content io.Reader) (StagedFile, error) {
	tmp, err := os.CreateTemp(filepath.Join(f.dir, "staged"), "*")
	if err != nil {
		return StagedFile{}, err
	}
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(tmp, sum), content)
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	s := StagedFile{Path: tmp.Name(), Size: size, SHA256: hex.EncodeToString(sum.Sum(nil)), files: f}
	if err != nil {
		s.Discard()
		return StagedFile{}, err
	}
	return s, nil
}

// Keep moves the file to its place for good. Once more does nothing.
func (s StagedFile) Keep() error {
	place := s.files.path(s.SHA256)
	if err := os.MkdirAll(filepath.Dir(place), 0o700); err != nil {
		return err
	}
	if err := os.Rename(s.Path, place); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return syncDir(filepath.Dir(place))
}

// Discard drops the file unless it was kept.
func (s StagedFile) Discard() { os.Remove(s.Path) } //nolint:errcheck // a leftover costs only space

// Open reads a kept file.
func (f Files) Open(sum string) (io.ReadCloser, error) { return os.Open(f.path(sum)) }

// Sum is the hash a kept file has now.
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

// syncDir makes a rename in a folder durable. Windows cannot and needs not.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, os.ErrPermission) && !errors.Is(err, os.ErrInvalid) {
		return err
	}
	return nil
}
