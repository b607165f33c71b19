// Package blob stores the contents of evidence, each under its hash: in a folder, in a bucket, or in any other [Store].
// What arrives lies on this machine's disk until it is kept, and so does what was only handed in to be looked at. It
// knows nothing of records.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"dabiao/internal/kpi"
)

// Store keeps contents under the hashes of what is in them. A content is there as a whole or not at all. What the store
// cannot be asked for is told by a refusal or an [kpi.Away].
type Store interface {
	// String is where the store is, as people write it, and as the office notes it. There is no secret in it.
	String() string
	// Put keeps a content durably before it returns. One that is there already is kept anew.
	Put(ctx context.Context, s Staged) error
	// Get returns a content as it lies there, altered or not; fs.ErrNotExist without.
	Get(ctx context.Context, sum string) (io.ReadCloser, error)
	// Size returns how many bytes a content has; fs.ErrNotExist without.
	Size(ctx context.Context, sum string) (int64, error)
	// Remove removes a content for good. One that is not there is removed.
	Remove(ctx context.Context, sum string) error
	// Claim takes the store for the records with a code, which no other records may use. Refusal: Conflict
	// evidence_others.
	Claim(ctx context.Context, office string) error
	// Ping returns why the store cannot be asked for anything, nil if it can.
	Ping(ctx context.Context) error
}

// Files is a store, and a folder of this machine beside it for what is on its way and what can be made again.
type Files struct {
	dir   string
	store Store
}

const (
	// stagedFolder holds what arrives and is not kept yet.
	stagedFolder  = "staged"
	privateFolder = 0o700
)

// Open returns the files with their folder in dir, which is created if it is missing and can be. Without a store the
// contents lie in that folder, too.
func Open(dir string, store Store) (Files, error) {
	f := Existing(dir)
	if store != nil {
		f.store = store
	}
	return f, f.Make()
}

// Existing returns the files that lie in a folder, and makes none: its disk may not be connected, and an empty folder
// below the place where that belongs would take what nobody finds once it is.
func Existing(dir string) Files { return Files{dir, newFolder(dir)} }

// Make makes the folder if it is missing and can be made.
func (f Files) Make() error {
	if err := os.MkdirAll(filepath.Join(f.dir, stagedFolder), privateFolder); fileTrouble(err) == "" && err != nil {
		return fmt.Errorf("make the evidence folder: %w", err)
	}
	return nil
}

// Away reports whether the folder is not there.
func (f Files) Away() bool {
	info, err := os.Stat(f.dir)
	return err != nil || !info.IsDir()
}

// HasAny reports whether one of some contents is there.
func (f Files) HasAny(ctx context.Context, sums []string) bool {
	return slices.ContainsFunc(sums, func(sum string) bool {
		_, err := f.store.Size(ctx, sum)
		return err == nil
	})
}

// Dir returns the folder.
func (f Files) Dir() string { return f.dir }

// Place returns where the contents lie.
func (f Files) Place() string { return f.store.String() }

// Local reports whether the contents lie in the folder.
func (f Files) Local() bool {
	_, is := f.store.(*folder)
	return is
}

// Claim takes the store for the records with a code. Refusal: Conflict evidence_others.
func (f Files) Claim(ctx context.Context, office string) error { return f.store.Claim(ctx, office) }

// Ping returns why the contents cannot be asked for, nil if they can.
func (f Files) Ping(ctx context.Context) error { return f.store.Ping(ctx) }

// Staged is an uploaded file on this machine's disk that is not kept yet.
type Staged struct {
	Path   string // where its content can be read until then
	Size   int64  // bytes
	SHA256 string // hex
	files  Files
}

// Stage writes content to disk, durably, and computes its size and hash. Refusals: Conflict evidence_folder_away; see
// fileTold.
func (f Files) Stage(content io.Reader) (Staged, error) {
	if f.Away() {
		return Staged{}, kpi.Clash("evidence_folder_away")
	}
	err := f.Make() // somebody may have cleared out what was staged
	if err != nil {
		return Staged{}, err
	}
	tmp, err := os.CreateTemp(filepath.Join(f.dir, stagedFolder), "*")
	if err != nil {
		return Staged{}, fileTold(err)
	}
	sum := sha256.New()
	size, err := takeIn(io.MultiWriter(tmp, sum), content)
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	s := Staged{Path: tmp.Name(), Size: size, SHA256: hex.EncodeToString(sum.Sum(nil)), files: f}
	if err != nil {
		s.Discard()
		return Staged{}, fileTold(err)
	}
	return s, nil
}

// Commit keeps the file for good. Calling it again does nothing that can be seen.
func (s Staged) Commit(ctx context.Context) error { return s.files.store.Put(ctx, s) }

// Discard removes the file from where it was staged.
func (s Staged) Discard() { os.Remove(s.Path) } //nolint:errcheck // a leftover costs only space

// ErrAltered reports a content that is no longer what it was when it was kept.
var ErrAltered = errors.New("the file was altered")

// Check returns an error unless a content is there with the given size.
func (f Files) Check(ctx context.Context, sum string, size int64) error {
	has, err := f.store.Size(ctx, sum)
	if err == nil && has != size {
		err = fmt.Errorf("%w: it has %d bytes and had %d", ErrAltered, has, size)
	}
	return err
}

// Read returns a content as it lies there, altered or not; fs.ErrNotExist without.
func (f Files) Read(ctx context.Context, sum string) (io.ReadCloser, error) {
	return f.store.Get(ctx, sum)
}

// Remove removes a content, and what was derived from it here; one that is gone is none to remove.
func (f Files) Remove(ctx context.Context, sum string) error {
	return errors.Join(f.store.Remove(ctx, sum), f.removePreview(sum))
}

// Sum returns the present hash of a content.
func (f Files) Sum(ctx context.Context, sum string) (string, error) {
	content, err := f.store.Get(ctx, sum)
	if err != nil {
		return "", err
	}
	now := sha256.New()
	_, err = io.Copy(now, content)
	return hex.EncodeToString(now.Sum(nil)), errors.Join(err, content.Close())
}

func under(dir, sum string) string { return filepath.Join(dir, sum[:2], sum) }
