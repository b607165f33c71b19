package blob

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"

	"dabiao/internal/depot"
)

// InFolder is how the store is written where contents lie in the folder of the server.
const InFolder = "folder"

// folder keeps contents as files below a folder, each named by its hash.
type folder struct {
	dir     string
	mu      sync.Mutex
	durable map[string]bool // folders that this process knows to be on disk with their names
}

func newFolder(dir string) *folder { return &folder{dir: dir, durable: map[string]bool{}} }

// String returns [InFolder]: where that is, each server says for itself.
func (*folder) String() string { return InFolder }

// Put moves the file to its place.
func (f *folder) Put(_ context.Context, s Staged) error {
	place := under(f.dir, s.SHA256)
	if err := f.make(filepath.Dir(place)); err != nil {
		return fileTold(err)
	}
	if err := os.Rename(s.Path, place); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fileTold(err)
	}
	if _, err := os.Stat(place); err != nil {
		return fileTold(err)
	}
	return fileTold(depot.SyncFolder(filepath.Dir(place)))
}

// Get opens the file.
func (f *folder) Get(_ context.Context, sum string) (io.ReadCloser, error) {
	file, err := os.Open(under(f.dir, sum))
	if err != nil {
		return nil, err
	}
	return file, nil
}

// Size asks the disk.
func (f *folder) Size(_ context.Context, sum string) (int64, error) {
	info, err := os.Stat(under(f.dir, sum))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Remove removes the file.
func (f *folder) Remove(_ context.Context, sum string) error {
	err := os.Remove(under(f.dir, sum))
	if err == nil {
		err = depot.SyncFolder(filepath.Dir(under(f.dir, sum)))
	}
	return removed(err)
}

// Claim returns nil: the folder lies in that of the records.
func (*folder) Claim(context.Context, string) error { return nil }

// Ping returns nil: what keeps a folder is seen when it is used, and by how much is free.
func (*folder) Ping(context.Context) error { return nil }

// make makes a folder in one that is there, such that a power failure does not take it away again with what is in it.
// One that is there may have been made just now by somebody whose sync has not ended, or has not even begun.
func (f *folder) make(dir string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := os.Mkdir(dir, privateFolder)
	if err != nil && (f.durable[dir] || !errors.Is(err, os.ErrExist)) {
		return ignoreExisting(err)
	}
	if err := depot.SyncFolder(filepath.Dir(dir)); err != nil {
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
