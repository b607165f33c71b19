package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"dabiao/internal/depot"
)

// What is stored is its owner's only, whatever the umask under which the program runs.
const (
	privateFolder = 0o700
	privateFile   = 0o600
)

// Private takes every right to a data folder and what is in it from all but its owner: an older version, a copy or a
// restore by other means may have left them. It follows no links but the folder's own, does nothing on Windows,
// where rights are inherited from the folder above, and refuses a folder that is everybody's, such as /tmp.
func Private(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	dir, err := filepath.EvalSymlinks(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at the data folder: %w", err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("look at the data folder: %w", err)
	}
	if info.Mode()&fs.ModeSticky != 0 || dir == filepath.Dir(dir) {
		return fmt.Errorf("%s is everybody's folder: choose one of its own with --data", dir)
	}
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // a draft that expired meanwhile
			return nil
		}
		if err != nil {
			return err
		}
		want := fs.FileMode(privateFile)
		if d.IsDir() {
			want = privateFolder
		} else if !d.Type().IsRegular() {
			return nil
		}
		info, err := d.Info()
		if err != nil || info.Mode().Perm()&^want == 0 {
			return ignoreMissing(err)
		}
		return ignoreMissing(os.Chmod(path, info.Mode().Perm()&want)) //nolint:gosec // G122: the folder is the operator's own
	})
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// createPrivate creates an empty file that only its owner may read; SQLite gives its rights to the files beside it.
func createPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, privateFile)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func syncDir(dir string) error { return depot.SyncFolder(dir) }
