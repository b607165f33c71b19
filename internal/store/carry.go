package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// EvidenceHeld lists the hashes of all evidence that is not erased.
func (r *Reader) EvidenceHeld(ctx context.Context) ([]string, error) {
	return all(ctx, r, func(s scanner) (sum string, err error) { return sum, s.Scan(&sum) },
		`SELECT DISTINCT sha256 FROM evidence WHERE erased_at = 0 ORDER BY sha256`)
}

// CarryKey copies the key of an audit log; there may be none. Another one that is there stays, and is an error.
func CarryKey(from, to string) error {
	key, err := os.ReadFile(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the key of the audit log: %w", err)
	}
	have, err := os.ReadFile(to)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return writeNew(to, key)
	case err != nil:
		return fmt.Errorf("read the key of the audit log: %w", err)
	case !bytes.Equal(have, key):
		return fmt.Errorf("%s is the key of another audit log: name another folder", to)
	}
	return nil
}
