package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"dabiao/internal/depot"
	"dabiao/internal/kpi"
)

// bucket keeps contents as objects, each named by its hash as in a folder. Each is sent in one request, which S3 takes
// as a whole or not at all.
type bucket struct{ *depot.Bucket }

// InBucket returns the store in a bucket.
func InBucket(b *depot.Bucket) Store { return bucket{b} }

func object(sum string) string { return sum[:2] + "/" + sum }

// Put sends the file, and asks whether all of it is there.
func (b bucket) Put(ctx context.Context, s Staged) error {
	file, err := os.Open(s.Path)
	if err != nil {
		return fileTold(err)
	}
	defer file.Close()
	return b.PutWhole(ctx, object(s.SHA256), file, s.Size)
}

// Get begins to read the object.
func (b bucket) Get(ctx context.Context, sum string) (io.ReadCloser, error) {
	r, err := b.Open(ctx, object(sum))
	if err != nil {
		return nil, b.missing(ctx, err)
	}
	return r, nil
}

// Size asks for the object's size.
func (b bucket) Size(ctx context.Context, sum string) (int64, error) {
	size, err := b.Bucket.Size(ctx, object(sum))
	return size, b.missing(ctx, err)
}

// missing makes fs.ErrNotExist of an answer that there is no such object; where the bucket itself is not there, S3 may
// answer the same.
func (b bucket) missing(ctx context.Context, err error) error {
	if refusal := (*kpi.Error)(nil); !errors.As(err, &refusal) || refusal.Text.Key != "s3_gone" {
		return err
	}
	if away := b.Ping(ctx); away != nil {
		return away
	}
	return fs.ErrNotExist
}

// owner is the object that says whose contents lie beside it.
const owner = "office"

// Claim leaves a code beside the contents. They are named by their hashes: of a content that two offices have in one
// place, the one that erases it would rob the other.
func (b bucket) Claim(ctx context.Context, office string) error {
	there, err := b.owner(ctx)
	if err == nil && there == "" {
		if err := b.PutWhole(ctx, owner, strings.NewReader(office), int64(len(office))); err != nil {
			return err
		}
		there, err = b.owner(ctx)
	}
	if err == nil && there != office {
		return kpi.Refuse(kpi.Conflict, "evidence_others", b.String())
	}
	return err
}

// owner returns the code that was left; "" if none was.
func (b bucket) owner(ctx context.Context) (string, error) {
	r, err := b.Open(ctx, owner)
	if err = b.missing(ctx, err); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer r.Close()
	code, err := io.ReadAll(io.LimitReader(r, 1<<10))
	return string(code), err
}

// Remove removes the object.
func (b bucket) Remove(ctx context.Context, sum string) error {
	return b.Bucket.Remove(ctx, object(sum))
}
