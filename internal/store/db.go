package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"

	"dabiao/internal/kpi"
)

// Config says where the records are kept.
type Config struct {
	Dir string // data folder; holds the SQLite database unless URL is set
	URL string // postgres://…; empty: SQLite

	// Commits is whether SQLite's are on the disk before they are acknowledged. They are, unless a test
	// says otherwise; PostgreSQL's are what its server is set to.
	Commits commits
}

type commits int

const (
	durable commits = iota
	// Hasty commits do not wait for the disk: for tests, whose records nobody will miss. The program
	// cannot say it: internal/forbidden_test.go.
	Hasty
)

// synchronous is SQLite's word. NORMAL would lose acknowledged commits when the power fails.
func (c commits) synchronous() string {
	if c == Hasty {
		return "OFF"
	}
	return "FULL"
}

// DB is an open database. Its schema is this program's.
type DB struct {
	write, read   *sql.DB
	dialect       dialect
	broken        atomic.Bool
	writes, reads *statements
	stamps        *sql.Stmt
	memory        memory
	waiting       queue
	waits         waits
	turn          chan struct{} // held by who commits

	checked   chan struct{} // closed once the file was looked at
	damage    error         // what was found, once checked is closed
	stopCheck func()
}

// ready completes a DB whose pools are open and whose schema is this program's.
func (db *DB) ready(ctx context.Context) (err error) {
	db.writes = newStatements(db.write, db.dialect.prepare)
	db.reads = newStatements(db.read, db.dialect.prepare)
	db.turn = make(chan struct{}, 1)
	db.checked = make(chan struct{})
	db.stamps, err = db.read.PrepareContext(ctx, `SELECT figures, access, structure FROM stamps`)
	return err
}

// Open opens the database, creates or upgrades its schema, and checks that it is whole.
func Open(ctx context.Context, c Config) (*DB, error) {
	if c.URL != "" {
		return openPostgres(ctx, c.URL)
	}
	return openSQLite(ctx, c)
}

// Damage waits until the database file was looked through and says what is wrong with it. Until
// then no write begins, and with damage none ever does.
func (db *DB) Damage(ctx context.Context) error {
	select {
	case <-db.checked:
		return db.damage
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close ends all connections. Transactions must have ended.
func (db *DB) Close() error {
	var err error
	if db.stopCheck != nil {
		db.stopCheck()
		<-db.checked
	}
	if db.read != nil && db.read != db.write {
		err = db.read.Close()
	}
	return errors.Join(err, db.write.Close()) // the writer last: it empties SQLite's write-ahead log
}

// Read runs fn on one consistent snapshot.
func (db *DB) Read(ctx context.Context, fn func(*Reader) error) error {
	db.reads.prepareMet()
	tx, err := db.read.BeginTx(ctx, db.dialect.readTx)
	if err != nil {
		return fmt.Errorf("begin reading: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	return fn(&Reader{&conn{tx: tx, dialect: &db.dialect, known: db.reads,
		bound: map[string]statement{}, memory: &db.memory}})
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
type Reader struct{ tx *conn }

// Writer reads and writes within one transaction.
type Writer struct{ Reader }

func (w *Writer) exec(ctx context.Context, text string, args ...any) error {
	_, err := w.tx.ExecContext(ctx, text, args...)
	return err
}

// insert runs an INSERT and gives back the new row's ID.
func insert[ID ~int64](ctx context.Context, w *Writer, text string, args ...any) (id ID, err error) {
	if !w.tx.dialect.tellsID {
		err = w.tx.QueryRowContext(ctx, text+` RETURNING id`, args...).Scan(&id)
		return id, err
	}
	result, err := w.tx.ExecContext(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	last, err := result.LastInsertId()
	return ID(last), err
}

// scanner is what one row and one of many share.
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
			return nil, failed(text, err)
		}
		if out == nil {
			out = make([]T, 0, 8) // rows are wide: growing copies them
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// one reads the single row of a query, or refuses with missing.
func one[T any](ctx context.Context, r *Reader, missing *kpi.Error, scan func(scanner) (T, error), text string,
	args ...any) (T, error) {
	v, err := scan(r.tx.QueryRowContext(ctx, text, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return v, missing
	}
	return v, failed(text, err)
}

// fill looks up the keys of m and puts what it finds into it; %s in the text is the list of keys.
func fill[K comparable, V, Row any](ctx context.Context, r *Reader, m map[K]V, scan func(scanner) (Row, error),
	split func(Row) (K, V), text string) error {
	if len(m) == 0 {
		return nil
	}
	marks, args := list(slices.Collect(maps.Keys(m)))
	rows, err := all(ctx, r, scan, fmt.Sprintf(text, marks), args...)
	for _, row := range rows {
		k, v := split(row)
		m[k] = v
	}
	return err
}

// ref stores an optional reference: 0 is NULL.
func ref[ID ~int64](id ID) sql.NullInt64 { return sql.NullInt64{Int64: int64(id), Valid: id != 0} }
