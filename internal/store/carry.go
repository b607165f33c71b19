package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// EvidenceHeld lists the hashes of all evidence that is not erased.
func (r *Reader) EvidenceHeld(ctx context.Context) ([]string, error) {
	return all(ctx, r, func(s scanner) (sum string, err error) { return sum, s.Scan(&sum) },
		`SELECT DISTINCT sha256 FROM evidence WHERE erased_at = 0 ORDER BY sha256`)
}

// CarryTo puts files into another folder: the same file under a second name where both are on one disk, else a copy. It
// returns the hashes of those that are not here or not as they were.
func (f Files) CarryTo(ctx context.Context, to Files, sums []string) (lacks []string, err error) {
	for _, sum := range sums {
		if err := ctx.Err(); err != nil {
			return lacks, err
		}
		switch err := f.carry(to, sum); {
		case errors.Is(err, fs.ErrNotExist) || errors.Is(err, errAltered):
			lacks = append(lacks, sum)
		case err != nil:
			return lacks, fmt.Errorf("carry evidence over: %w", err)
		}
	}
	return lacks, nil
}

var errAltered = errors.New("the file was altered")

func (f Files) carry(to Files, sum string) error {
	place := to.path(sum)
	if _, err := os.Stat(place); err == nil {
		return nil
	}
	if err := to.folders.make(filepath.Dir(place)); err != nil {
		return err
	}
	if os.Link(f.path(sum), place) == nil {
		return syncDir(filepath.Dir(place))
	}
	content, err := f.Open(sum)
	if err != nil {
		return err
	}
	defer content.Close()
	staged, err := to.Stage(content)
	if err != nil {
		return err
	}
	if staged.SHA256 != sum {
		staged.Discard()
		return errAltered
	}
	return staged.Commit()
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
