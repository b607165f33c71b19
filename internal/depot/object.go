package depot

import (
	"context"
	"fmt"
	"io"

	"github.com/minio/minio-go/v7"

	"dabiao/internal/kpi"
)

// PutWhole sends an object of a known size in one request: it is there with all of that, or not at all; one of its name
// is replaced. It is not held in memory. Refusals: those of [Bucket.refuse].
func (b *Bucket) PutWhole(ctx context.Context, name string, content io.ReadSeeker, size int64) error {
	_, err := b.client.PutObject(ctx, b.bucket, b.prefix+name, content, size, minio.PutObjectOptions{
		DisableMultipart: true, SendContentMd5: true, ContentType: "application/octet-stream"})
	if err != nil {
		return b.refuse(err)
	}
	has, err := b.Size(ctx, name)
	if err == nil && has != size {
		err = fmt.Errorf("%s: %d bytes were sent, and %d are there", b.Of(name), size, has)
	}
	return err
}

// Size returns the size of an object. Refusals: those of [Bucket.refuse].
func (b *Bucket) Size(ctx context.Context, name string) (int64, error) {
	ctx, done := b.call(ctx)
	defer done()
	o, err := b.client.StatObject(ctx, b.bucket, b.prefix+name, minio.StatObjectOptions{})
	return o.Size, b.refuse(err)
}

// Ping returns why nothing can be asked of the bucket, nil if it can. Refusals: those of [Bucket.refuse].
func (b *Bucket) Ping(ctx context.Context) error {
	ctx, done := b.call(ctx)
	defer done()
	there, err := b.client.BucketExists(ctx, b.bucket)
	if err == nil && !there {
		return kpi.Refuse(kpi.Conflict, "s3_bucket_missing", b.String())
	}
	return b.refuse(err)
}
