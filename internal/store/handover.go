package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// HandOver has these records changed by nobody from now on, and puts all of them into to, unless an earlier try did,
// whose end nobody saw. Everybody goes on reading. Whoever is killed at any point says the same again: a mark stays
// that refuses changes, and the other side has all records or none.
func (db *DB) HandOver(ctx context.Context, to *DB, where string, told Told) error {
	if err := db.beginHandOver(ctx, where); err != nil {
		return err
	}
	err := to.Fill(ctx, db, told, func() error { return nil })
	if !errors.Is(err, ErrNotEmpty) {
		return err
	}
	if differ := db.compare(ctx, to); differ != nil {
		return fmt.Errorf("%w, and these records are not what is there: %w", err, differ)
	}
	return nil
}

// HandOverToFile is HandOver into a new file of SQLite, which is whole or not there.
func (db *DB) HandOverToFile(ctx context.Context, name, where string, told Told) error {
	if err := db.beginHandOver(ctx, where); err != nil {
		return err
	}
	return db.WriteFile(ctx, name, told)
}

// beginHandOver marks the records. A mark of the same move is one of an earlier try.
func (db *DB) beginHandOver(ctx context.Context, where string) error {
	was, err := db.MovingTo(ctx)
	if err != nil {
		return err
	}
	if was != "" && was != where {
		return fmt.Errorf("these records are being moved to %s: end that move first, or have them stay", was)
	}
	return db.MarkMoving(ctx, where)
}

// HandedOver marks records that are elsewhere from now on for good.
func (db *DB) HandedOver(ctx context.Context, where string) error {
	still, err := db.Still(ctx)
	if err != nil {
		return err
	}
	defer still.Release()
	return still.MarkMoved(ctx, where)
}

// compare returns an error unless to has the same rows in every table. What a server writes when it is started, and
// where contents of evidence lie, is its own.
func (db *DB) compare(ctx context.Context, to *DB) error {
	here, err := db.dialect.snapshot(ctx, db.read)
	if err != nil {
		return err
	}
	defer here.Rollback() //nolint:errcheck // nothing was written
	there, err := to.dialect.snapshot(ctx, to.read)
	if err != nil {
		return err
	}
	defer there.Rollback() //nolint:errcheck // likewise
	from, other := side{here.Tx, &db.dialect}, side{there.Tx, &to.dialect}
	tables, err := from.tables(ctx)
	if err != nil {
		return err
	}
	have, err := other.tables(ctx)
	if err == nil {
		err = sameTables(tables, have)
	}
	if err != nil {
		return err
	}
	nothing := func([]any) error { return nil }
	for _, t := range tables {
		if t.name == "stamps" || t.name == "settings" {
			continue
		}
		a, err := t.sum(ctx, from, nothing)
		if err != nil {
			return err
		}
		b, err := t.sum(ctx, other, nothing)
		if err != nil {
			return err
		}
		if a != b {
			return fmt.Errorf("%s has %d rows here and %d there, or others", t.name, a.rows, b.rows)
		}
	}
	return nil
}

// TakeIn gives a file that a hand-over wrote into a folder its name. A database that is there already, from before the
// records were elsewhere, is put aside.
func TakeIn(dir, name string, at time.Time) error {
	left, err := filepath.Glob(filepath.Join(dir, FileName+"*"))
	if err != nil {
		return err
	}
	aside := filepath.Join(dir, "left-"+at.UTC().Format("20060102-150405"))
	for _, old := range left {
		if old == name || strings.HasSuffix(old, arrivingEnding) {
			continue
		}
		err := os.MkdirAll(aside, privateFolder)
		if err == nil {
			err = os.Rename(old, filepath.Join(aside, filepath.Base(old)))
		}
		if err != nil {
			return fmt.Errorf("put aside what is left from before: %w", err)
		}
	}
	if err := os.Rename(name, filepath.Join(dir, FileName)); err != nil {
		return err
	}
	return syncDir(dir)
}

const arrivingEnding = ".arriving"

// Arriving is how a file is called in a folder until all of it is there.
func Arriving(dir string) string { return filepath.Join(dir, FileName+arrivingEnding) }
