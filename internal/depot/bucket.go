package depot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Bucket is what lies under a prefix of a bucket in storage that speaks S3.
//
// S3 renames nothing. So that a file which was sent, but not read again, counts for nothing, an empty object of its
// name with ".partial" behind is put before it, and removed when it was read again.
type Bucket struct {
	bucket, prefix string // the prefix is empty or ends with a slash
	client         *minio.Client
	silence        time.Duration
}

const (
	bucketScheme = "s3://"

	// partSize is what is sent at once, and held in memory meanwhile. 10,000 parts are the most: 160 GB.
	partSize = 16 << 20
	tries    = 3 // of each call

	discardTime = 5 * time.Second // for what was broken off, also when the program ends
)

// IsBucket reports whether an address is one of S3.
func IsBucket(address string) bool { return strings.HasPrefix(address, bucketScheme) }

// NewBucket returns the place of an address such as s3://bucket/prefix. Nothing is asked of the storage yet.
func NewBucket(address string, s S3) (*Bucket, error) {
	bucket, prefix, _ := strings.Cut(strings.TrimPrefix(address, bucketScheme), "/")
	if !IsBucket(address) || bucket == "" {
		return nil, fmt.Errorf("%q is no address of a bucket: write s3://BUCKET/PREFIX", address)
	}
	host, secure, err := s.host()
	if err != nil {
		return nil, err
	}
	if s.Access == "" || s.Secret == "" {
		return nil, errors.New("S3 needs an access key and its secret")
	}
	if s.Silence == 0 {
		s.Silence = usualSilence
	}
	if s.Region == "" {
		s.Region = usualRegion
	}
	client, err := minio.New(host, &minio.Options{Creds: credentials.NewStaticV4(s.Access, string(s.Secret), ""),
		Secure: secure, Region: s.Region, BucketLookup: s.lookup(), Transport: newTransport(s.Silence), MaxRetries: tries})
	if err != nil {
		return nil, fmt.Errorf("S3 at %q: %w", s.Endpoint, err)
	}
	if prefix = strings.Trim(prefix, "/"); prefix != "" {
		prefix += "/"
	}
	return &Bucket{bucket, prefix, client, s.Silence}, nil
}

// String returns the address, without the endpoint.
func (b *Bucket) String() string { return strings.TrimSuffix(bucketScheme+b.bucket+"/"+b.prefix, "/") }

// Of returns where an object of this name lies.
func (b *Bucket) Of(name string) string { return b.String() + "/" + name }

// call limits a call that is answered at once or never.
func (b *Bucket) call(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, b.silence)
}

// all returns all objects whose names begin with prefix, whole or not, without those further below.
func (b *Bucket) all(ctx context.Context, prefix string) (out []File, err error) {
	ctx, done := b.call(ctx)
	defer done()
	for o := range b.client.ListObjects(ctx, b.bucket, minio.ListObjectsOptions{Prefix: b.prefix + prefix}) {
		if o.Err != nil {
			return nil, b.refuse(o.Err)
		}
		if name := strings.TrimPrefix(o.Key, b.prefix); !strings.HasSuffix(name, "/") {
			out = append(out, File{name, o.Size, o.LastModified})
		}
	}
	return out, nil
}

// List returns the objects that were read again. Refusals: those of [Bucket.refuse].
func (b *Bucket) List(ctx context.Context, prefix string) ([]File, error) {
	all, err := b.all(ctx, prefix)
	whole, _ := apart(all)
	return whole, err
}

// apart tells objects that are whole from those that are not.
func apart(all []File) (whole []File, broken []string) {
	marked := map[string]bool{}
	for _, x := range all {
		if name, is := strings.CutSuffix(x.Name, partial); is {
			marked[name] = true
			broken = append(broken, name)
		}
	}
	for _, x := range all {
		if !marked[x.Name] && !strings.HasSuffix(x.Name, partial) {
			whole = append(whole, x)
		}
	}
	return whole, broken
}

// Sweep removes objects that were not read again, and parts of such that were not sent to their end.
func (b *Bucket) Sweep(ctx context.Context, prefix string, ours func(string) bool) error {
	all, err := b.all(ctx, prefix)
	if err != nil {
		return err
	}
	_, broken := apart(all)
	for _, name := range broken {
		if ours(name) {
			err = errors.Join(err, b.discard(ctx, name))
		}
	}
	ctx, done := b.call(ctx)
	defer done()
	for u := range b.client.ListIncompleteUploads(ctx, b.bucket, b.prefix+prefix, false) {
		switch {
		case u.Err != nil:
			return errors.Join(err, b.refuse(u.Err))
		case ours(strings.TrimPrefix(u.Key, b.prefix)):
			err = errors.Join(err, b.refuse(b.client.RemoveIncompleteUpload(ctx, b.bucket, u.Key)))
		}
	}
	return err
}

// discard removes an object that was not read again, before the mark that it was not.
func (b *Bucket) discard(ctx context.Context, name string) error {
	if err := b.Remove(ctx, name); err != nil {
		return err
	}
	return b.Remove(ctx, name+partial)
}

// Put sends a file in parts and reads it again. Refusals: those of [Bucket.refuse].
func (b *Bucket) Put(ctx context.Context, name string, write func(io.Writer) error) (kept Kept, err error) {
	if err := b.mark(ctx, name); err != nil {
		return kept, err
	}
	defer func() {
		if err == nil {
			return
		}
		later, done := context.WithTimeout(context.WithoutCancel(ctx), min(b.silence, discardTime))
		defer done()
		b.discard(later, name) //nolint:errcheck // the first error is the one to tell; Sweep removes what stays
		kept = Kept{}
	}()
	if kept, err = b.send(ctx, name, write); err != nil {
		return kept, err
	}
	again, err := b.Open(ctx, name)
	if err != nil {
		return kept, err
	}
	if err := holds(again, kept); err != nil {
		return kept, fmt.Errorf("%s: %w", b.Of(name), b.refuse(err))
	}
	return kept, b.Remove(ctx, name+partial)
}

// mark says of a name, which must be free, that what lies there was not read again.
func (b *Bucket) mark(ctx context.Context, name string) error {
	there, err := b.all(ctx, name)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(there, func(x File) bool { return x.Name == name }) {
		return taken(b.Of(name))
	}
	ctx, done := b.call(ctx)
	defer done()
	_, err = b.client.PutObject(ctx, b.bucket, b.prefix+name+partial, bytes.NewReader(nil), 0,
		minio.PutObjectOptions{SendContentMd5: true})
	return b.refuse(err)
}

// send sends what is written while it is written: it stands whole in no memory and on no disk.
func (b *Bucket) send(ctx context.Context, name string, write func(io.Writer) error) (Kept, error) {
	r, w := io.Pipe()
	c := newCounted()
	written := make(chan error, 1)
	go func() {
		err := guarded(write, io.MultiWriter(w, c))
		w.CloseWithError(err)
		written <- err
	}()
	_, err := b.client.PutObject(ctx, b.bucket, b.prefix+name, r, -1,
		minio.PutObjectOptions{PartSize: partSize, SendContentMd5: true, ContentType: "application/octet-stream"})
	r.CloseWithError(errors.New("it is not sent any further"))
	if failed := <-written; failed != nil && err == nil {
		err = failed
	}
	return c.kept(), b.refuse(err)
}

// guarded makes a panic an error.
func guarded(write func(io.Writer) error, w io.Writer) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return write(w)
}

// Open begins to read an object. Refusals: those of [Bucket.refuse].
func (b *Bucket) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	o, err := b.client.GetObject(ctx, b.bucket, b.prefix+name, minio.GetObjectOptions{})
	if err != nil {
		return nil, b.refuse(err)
	}
	if _, err := o.Stat(); err != nil {
		return nil, errors.Join(b.refuse(err), o.Close())
	}
	return reading{o, b}, nil
}

// reading is an object that is read; what fails meanwhile is told as a refusal.
type reading struct {
	*minio.Object
	b *Bucket
}

func (r reading) Read(p []byte) (int, error) {
	n, err := r.Object.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = r.b.refuse(err)
	}
	return n, err
}

// Remove removes an object; one that is not there is removed.
func (b *Bucket) Remove(ctx context.Context, name string) error {
	ctx, done := b.call(ctx)
	defer done()
	return b.refuse(b.client.RemoveObject(ctx, b.bucket, b.prefix+name, minio.RemoveObjectOptions{}))
}
