package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// File is a content that was read to its end and is what was kept. It is read from a disk of this machine.
type File struct {
	*os.File
	scratch bool // it is a copy
}

// Close closes the file and removes it if it is a copy.
func (f File) Close() error {
	err := f.File.Close()
	if f.scratch {
		err = errors.Join(err, removed(os.Remove(f.Name())))
	}
	return err
}

// Open opens a content, of which nobody is given anything before all of it was read and has its hash. Errors:
// fs.ErrNotExist, [ErrAltered].
func (f Files) Open(ctx context.Context, sum string) (File, error) {
	content, err := f.store.Get(ctx, sum)
	if err != nil {
		return File{}, err
	}
	if file, is := content.(*os.File); is {
		return checked(File{File: file}, file, io.Discard, sum)
	}
	defer content.Close()
	tmp, err := os.CreateTemp(filepath.Join(f.dir, stagedFolder), "*")
	if err != nil {
		return File{}, fileTold(err)
	}
	return checked(File{tmp, true}, content, tmp, sum)
}

// checked copies what is read and returns f, to be read from its beginning, if it has the hash.
func checked(f File, from io.Reader, to io.Writer, sum string) (File, error) {
	now := sha256.New()
	_, err := io.Copy(io.MultiWriter(to, now), from)
	if err == nil && hex.EncodeToString(now.Sum(nil)) != sum {
		err = ErrAltered
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return File{}, errors.Join(fileTold(err), f.Close())
	}
	return f, nil
}

// removed is err, unless it says that there was nothing to remove.
func removed(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
