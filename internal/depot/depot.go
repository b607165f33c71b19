// Package depot owns where whole files lie that an office wants kept: a folder, or storage that speaks S3; and how they
// are encrypted before they leave the office. It knows nothing of what is in them.
package depot

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"dabiao/internal/kpi"
)

// Depot keeps whole files under plain names. A refusal says why it cannot be reached, for people.
type Depot interface {
	// String is the place as people write it. There is no secret in it.
	String() string
	// List returns the whole files whose names begin with prefix.
	List(ctx context.Context, prefix string) ([]File, error)
	// Put keeps what write writes, under a name that is free. The file is there when all of it was read again and is
	// what was written, or not at all.
	Put(ctx context.Context, name string, write func(io.Writer) error) (Kept, error)
	// Open returns a file to be read; the caller closes it.
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	// Remove removes a file.
	Remove(ctx context.Context, name string) error
	// Sweep removes what puts that were broken off have left of the names that begin with prefix and are ours. None may
	// be under way.
	Sweep(ctx context.Context, prefix string, ours func(name string) bool) error
}

// File is a file that lies whole in a depot.
type File struct {
	Name string
	Size int64
	At   time.Time // when it came there, by the depot's clock
}

// Kept is what was put, as it was read again.
type Kept struct {
	Size   int64
	SHA256 string
}

// partial ends the names of what is not whole yet.
const partial = ".partial"

// Stat returns what a depot says of a whole file. Refusal: backup_gone.
func Stat(ctx context.Context, d Depot, name string) (File, error) {
	all, err := d.List(ctx, name)
	if err != nil {
		return File{}, err
	}
	for _, x := range all {
		if x.Name == name {
			return x, nil
		}
	}
	return File{}, kpi.Refuse(kpi.NotFound, "backup_gone", name, d.String())
}

// Fetch writes a file of a depot to a new file of this machine, decrypted if it is encrypted. key is asked for the key
// then; nil has none. There is nothing where it failed. Refusals: backup_key_needed, those of [Key.Decrypt] and of the
// depot.
func Fetch(ctx context.Context, d Depot, name, to string, key func() (Key, error)) (err error) {
	r, err := d.Open(ctx, name)
	if err != nil {
		return err
	}
	defer r.Close()
	from, encrypted, err := Encrypted(r)
	if err != nil {
		return err
	}
	var k Key
	if encrypted {
		if key == nil {
			return kpi.Refuse(kpi.Conflict, "backup_key_needed", name)
		}
		if k, err = key(); err != nil {
			return err
		}
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, privateFile)
	if err != nil {
		return err
	}
	if encrypted {
		err = k.Decrypt(out, from)
	} else {
		_, err = io.Copy(out, from)
	}
	if err = errors.Join(err, out.Close()); err != nil {
		os.Remove(to) //nolint:errcheck // the first error is the one to tell
	}
	return err
}

// IsEncrypted looks into a file of a depot.
func IsEncrypted(ctx context.Context, d Depot, name string) (bool, error) {
	r, err := d.Open(ctx, name)
	if err != nil {
		return false, err
	}
	defer r.Close()
	_, is, err := Encrypted(r)
	return is, err
}
