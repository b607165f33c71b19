package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/store"
)

// storage says how what s3:// speaks of is reached.
type storage struct {
	s3         depot.S3
	secret     string // as in the environment
	secretFile string
}

func (s *storage) flags(f flags) {
	f.StringVar(&s.s3.Endpoint, "s3-endpoint", "", "address of the storage that s3:// speaks of, such as https://s3.example.com")
	f.StringVar(&s.s3.Region, "s3-region", "us-east-1", "its region")
	f.StringVar(&s.s3.Access, "s3-access-key", "", "the name of the key (access key ID)")
	f.StringVar(&s.secretFile, "s3-secret-file", "", "file of the secret of that key")
	f.onlyEnv(&s.secret, "S3_SECRET", "the secret itself, instead of a file")
	f.StringVar(&s.s3.Style, "s3-style", depot.StyleAuto, "where the bucket's name stands in addresses: auto, path or host")
}

// bucket returns the place of an address of S3.
func (s storage) bucket(address string, silence time.Duration) (*depot.Bucket, error) {
	with := s.s3
	with.Silence = silence
	switch with.Style {
	case depot.StyleAuto, depot.StylePath, depot.StyleHost:
	default:
		return nil, fmt.Errorf("%w: --s3-style %q: write auto, path or host", errUse, with.Style)
	}
	with.Secret = depot.Secret(s.secret)
	if s.secretFile != "" {
		text, err := os.ReadFile(s.secretFile)
		if err != nil {
			return nil, fmt.Errorf("read the secret of S3: %w", err)
		}
		with.Secret = depot.Secret(strings.TrimSpace(string(text)))
	}
	if with.Endpoint == "" || with.Access == "" || with.Secret == "" {
		return nil, fmt.Errorf("%w: %s needs --s3-endpoint, --s3-access-key, and the secret in --s3-secret-file or DABIAO_S3_SECRET",
			errUse, address)
	}
	b, err := depot.NewBucket(address, with)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUse, err)
	}
	return b, nil
}

// evidenceSilence is how long a bucket of evidence may say nothing: somebody waits for it.
const evidenceSilence = 10 * time.Second

// blobs opens the evidence, which lies where place says: in the folder dir, in a bucket, or in the database.
func (s storage) blobs(place, dir string, chunks func() (blob.Store, error)) (blob.Files, error) {
	switch {
	case place == "", place == blob.InFolder:
		return blob.Existing(dir), nil
	case place == store.InDatabase:
		in, err := chunks()
		if err != nil {
			return blob.Files{}, fmt.Errorf("%w: --evidence %s: %w", errUse, place, err)
		}
		return blob.Open(dir, in)
	case depot.IsBucket(place):
		b, err := s.bucket(place, evidenceSilence)
		if err != nil {
			return blob.Files{}, err
		}
		return blob.Open(dir, blob.InBucket(b))
	}
	return blob.Files{}, fmt.Errorf("%w: --evidence %q: write %s, s3://BUCKET/PREFIX or %s", errUse, place,
		blob.InFolder, store.InDatabase)
}
