package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"dabiao/internal/kpi"
)

// Config says where the records are kept.
type Config struct {
	Dir string // data folder; holds the SQLite database unless URL is set
	URL string // postgres://…; empty: SQLite
}

// DB is an open database. Its schema is this program's.
type DB struct {
	write, read *sql.DB
	dialect     dialect
	broken      atomic.Bool
}

// Open opens the database, creates or upgrades its schema, and checks that it is whole.
func Open(ctx context.Context, c Config) (*DB, error) {
	if c.URL != "" {
		return openPostgres(ctx, c.URL)
	}
	return openSQLite(ctx, c.Dir)
}

// Close ends all connections. Transactions must have ended.
func (db *DB) Close() error {
	err := db.write.Close()
	if db.read != db.write {
		err = errors.Join(err, db.read.Close())
	}
	return err
}

// Read runs fn on one consistent snapshot.
func (db *DB) Read(ctx context.Context, fn func(*Reader) error) error {
	tx, err := db.read.BeginTx(ctx, db.dialect.readTx)
	if err != nil {
		return fmt.Errorf("begin reading: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	return fn(&Reader{tx})
}

// Write runs fn as the only writer and commits what it did, durably, unless it returns an error.
// fn must have no effect outside w: after an error nothing of it is left.
func (db *DB) Write(ctx context.Context, fn func(*Writer) error) error {
	if db.broken.Load() {
		return kpi.Refuse(kpi.Conflict, "read_only")
	}
	tx, err := db.dialect.begin(ctx, db.write)
	if err != nil {
		return fmt.Errorf("begin writing: %w", db.note(err))
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	if err := fn(&Writer{Reader{tx}}); err != nil {
		return db.note(err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", db.note(err))
	}
	return nil
}

// note stops all further writing once the disk failed or the file is damaged: going on after a
// failed fsync would acknowledge what may never reach the disk.
func (db *DB) note(err error) error {
	if diskFailed(err) {
		db.broken.Store(true)
	}
	return err
}

// Writable proves that the database takes a write and keeps it: one that is rolled back would not
// reach a full or failing disk.
func (db *DB) Writable(ctx context.Context) error {
	return db.Write(ctx, func(w *Writer) error { return w.SetSetting(ctx, "probe", "1") })
}

// Reader reads within one snapshot.
type Reader struct{ tx *sql.Tx }

// Writer reads and writes within one transaction.
type Writer struct{ Reader }

func (w *Writer) exec(ctx context.Context, text string, args ...any) error {
	_, err := w.tx.ExecContext(ctx, text, args...)
	return err
}

// insert runs an INSERT … RETURNING id.
func insert[ID ~int64](ctx context.Context, w *Writer, text string, args ...any) (ID, error) {
	var id ID
	err := w.tx.QueryRowContext(ctx, text, args...).Scan(&id)
	return id, err
}

// scanner is what *sql.Row and *sql.Rows share.
type scanner interface{ Scan(...any) error }

// all collects every row of a query.
func all[T any](ctx context.Context, r *Reader, scan func(scanner) (T, error), text string, args ...any) ([]T, error) {
	rows, err := r.tx.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// one reads the single row of a query, or refuses with missing.
func one[T any](ctx context.Context, r *Reader, missing *kpi.Error, scan func(scanner) (T, error), text string, args ...any) (T, error) {
	v, err := scan(r.tx.QueryRowContext(ctx, text, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return v, missing
	}
	return v, err
}

// ref stores an optional reference: 0 is NULL.
func ref[ID ~int64](id ID) sql.NullInt64 { return sql.NullInt64{Int64: int64(id), Valid: id != 0} }
