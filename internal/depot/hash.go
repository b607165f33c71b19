package depot

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
)

// counted is a stream's size and hash.
type counted struct {
	size int64
	sum  hash.Hash
}

func newCounted() *counted { return &counted{sum: sha256.New()} }

// Write counts. It never fails.
func (c *counted) Write(b []byte) (int, error) {
	c.size += int64(len(b))
	return c.sum.Write(b)
}

func (c *counted) kept() Kept { return Kept{c.size, hex.EncodeToString(c.sum.Sum(nil))} }

// Sum reads to the end and returns size and hash.
func Sum(r io.Reader) (Kept, error) {
	c := newCounted()
	_, err := io.Copy(c, r)
	return c.kept(), err
}

// holds reads again what was put, and returns an error unless it is that.
func holds(r io.ReadCloser, want Kept) error {
	defer r.Close()
	got, err := Sum(r)
	if err != nil {
		return fmt.Errorf("read it again: %w", err)
	}
	if got != want {
		return fmt.Errorf("what was read again is not what was written: %d bytes of SHA-256 %s, instead of %d of %s",
			got.Size, got.SHA256, want.Size, want.SHA256)
	}
	return nil
}
