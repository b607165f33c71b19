package depot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"dabiao/internal/kpi"
)

// Folder is a folder of this machine, also one of a network share or a disk that is carried about.
type Folder struct {
	Dir    string
	Create bool // it is made where it is missing; otherwise the disk it is on must be away
}

const (
	privateFolder = 0o700
	privateFile   = 0o600
)

// String returns the folder's path.
func (f Folder) String() string { return f.Dir }

// Path is where the file of a name is.
func (f Folder) Path(name string) string { return filepath.Join(f.Dir, name) }

// List returns the files of the folder, not those below. Refusals: see told.
func (f Folder) List(_ context.Context, prefix string) (out []File, err error) {
	err = f.each(prefix, func(x File) error {
		if !strings.HasSuffix(x.Name, partial) {
			out = append(out, x)
		}
		return nil
	})
	return out, err
}

// Sweep removes partial files. Refusals: see told.
func (f Folder) Sweep(_ context.Context, prefix string, ours func(string) bool) error {
	return f.each(prefix, func(x File) error {
		if name, is := strings.CutSuffix(x.Name, partial); !is || !ours(name) {
			return nil
		}
		return f.told(os.Remove(f.Path(x.Name)), "backup_folder_unwritable")
	})
}

func (f Folder) each(prefix string, fn func(File) error) error {
	if f.Create {
		if err := os.MkdirAll(f.Dir, privateFolder); err != nil {
			return f.told(err, "backup_folder_unwritable")
		}
	}
	entries, err := os.ReadDir(f.Dir)
	if err != nil {
		return f.told(err, "backup_folder_unreadable")
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), prefix) || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := fn(File{e.Name(), info.Size(), info.ModTime()}); err != nil {
			return err
		}
	}
	return nil
}

// TakesWrites refuses a folder that a file of a name cannot be written to. Refusals: see told.
func (f Folder) TakesWrites(name string) error {
	place := f.Path(name) + partial
	_, err := f.write(place, func(io.Writer) error { return nil })
	if err == nil {
		err = os.Remove(place)
	}
	return f.told(err, "backup_folder_unwritable")
}

// told tells people why a folder does not do what was asked: backup_folder_away, backup_folder_none (it is something
// else), backup_folder_full, and denied where the system's rules keep this program from it. Other errors are faults.
func (f Folder) told(err error, denied string) error {
	if err == nil {
		return nil
	}
	is, _ := os.Stat(f.Dir) //nolint:errcheck // err says more
	key := ""
	switch {
	case is != nil && !is.IsDir(), errors.Is(err, syscall.ENOTDIR):
		key = "backup_folder_none"
	case errors.Is(err, os.ErrNotExist):
		key = "backup_folder_away"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		key = "backup_folder_full"
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		key = denied
	default:
		return err
	}
	return fmt.Errorf("%w: %w", kpi.Refuse(kpi.Conflict, key, f.Dir), err)
}

// Why tells people why something else that writes into the folder came to nothing. Refusals: see told.
func (f Folder) Why(err error) error { return f.told(err, "backup_folder_unwritable") }

// Put writes a file beside its place, durably, and gives it its name when it was read again.
func (f Folder) Put(_ context.Context, name string, write func(io.Writer) error) (Kept, error) {
	place := f.Path(name)
	if _, err := os.Stat(place); err == nil {
		return Kept{}, taken(place)
	}
	kept, err := f.write(place+partial, write)
	if err == nil {
		var again *os.File
		if again, err = os.Open(place + partial); err == nil {
			err = holds(again, kept)
		}
	}
	if err == nil {
		err = os.Rename(place+partial, place)
	}
	if err != nil {
		os.Remove(place + partial) //nolint:errcheck // the first error is the one to tell
		return Kept{}, fmt.Errorf("%s: %w", place, f.told(err, "backup_folder_unwritable"))
	}
	return kept, SyncFolder(f.Dir)
}

func (f Folder) write(place string, write func(io.Writer) error) (Kept, error) {
	out, err := os.OpenFile(place, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, privateFile)
	if err != nil {
		return Kept{}, err
	}
	c := newCounted()
	err = errors.Join(write(io.MultiWriter(out, c)), out.Sync(), out.Close())
	return c.kept(), err
}

// Open opens a file.
func (f Folder) Open(_ context.Context, name string) (io.ReadCloser, error) {
	return os.Open(f.Path(name))
}

// Remove removes a file.
func (f Folder) Remove(_ context.Context, name string) error { return os.Remove(f.Path(name)) }

func taken(place string) error { return fmt.Errorf("%s exists already: name a new file", place) }

// SyncFolder makes a rename in a folder durable. On Windows this is neither possible nor needed.
func SyncFolder(dir string) error {
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
