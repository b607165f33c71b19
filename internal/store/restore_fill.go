package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// RestoreInto puts the records of a backup into an empty database, and its evidence into a folder that is empty or does
// not exist yet: all of it or nothing. Records of an earlier version are upgraded.
func RestoreInto(ctx context.Context, name, dir string, to *DB, told Told) (Manifest, error) {
	dir = filepath.Clean(dir)
	if err := MustBeVacant(dir); err != nil {
		return Manifest{}, err
	}
	filling := dir + fillingEnding
	if err := os.RemoveAll(filling); err != nil {
		return Manifest{}, fmt.Errorf("remove what an interrupted restore left: %w", err)
	}
	m, err := Restore(name, filling)
	if err == nil {
		err = fillFrom(ctx, filling, to, told)
	}
	switch {
	case errors.Is(err, ErrUnsure):
		return m, fmt.Errorf("%w; the evidence is in %s", err, filling)
	case err != nil:
		return m, errors.Join(fmt.Errorf("nothing was restored: %w", err), os.RemoveAll(filling))
	}
	if err := takePlace(filling, dir); err != nil {
		return m, fmt.Errorf("the records are restored, and the evidence is in %s: %w", filling, err)
	}
	return m, nil
}

// fillingEnding is what the folder of a restore or a move is called until all is there.
const fillingEnding = ".filling"

// fillFrom fills a database from the file in a folder, which is removed then: there is no second truth.
func fillFrom(ctx context.Context, dir string, to *DB, told Told) error {
	from, err := Open(ctx, Config{Dir: dir})
	if err != nil {
		return err
	}
	err = to.Fill(ctx, from, told, func() error { return nil })
	if err := errors.Join(err, from.Close()); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(dir, FileName+"*"))
	for _, name := range files {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// MustBeVacant refuses a folder that has something in it.
func MustBeVacant(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("look at the data folder: %w", err)
	case len(entries) > 0:
		return fmt.Errorf("%s is not empty: name a new folder", dir)
	}
	return nil
}

// takePlace gives a folder its name, which an empty one may have.
func takePlace(from, dir string) error {
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Rename(from, dir); err != nil {
		return err
	}
	return syncDir(filepath.Dir(dir))
}
