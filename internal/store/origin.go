package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pressly/goose/v3"
)

// origin is the records that a copy is made of, whether they are open or not upgraded yet.
type origin struct {
	db   *sql.DB
	d    *dialect
	path string // of SQLite's file; "": PostgreSQL
	dsn  string // how that file is opened to be copied
	work string // the folder where a copy may be made
	free func(dir string) (int64, error)
	told Told // of the rows that were copied
}

func (db *DB) origin() origin {
	return origin{db.read, &db.dialect, db.path, db.copyDSN(), db.WorkDir(), db.free, tellNobody}
}

// WorkDir is the folder where what is needed for a while may be written: that of the database, or with PostgreSQL the
// data folder of this server.
func (db *DB) WorkDir() string {
	switch {
	case db.path != "":
		return filepath.Dir(db.path)
	case db.work != "":
		return db.work
	}
	return os.TempDir()
}

// copyTo writes the records as they are at one moment to a new file of SQLite and checks every page of it. Nobody's
// change waits for it.
func (o origin) copyTo(ctx context.Context, name string) error {
	for _, left := range []string{name, name + "-journal"} {
		os.Remove(left) //nolint:errcheck // a leftover of an interrupted backup, if any
	}
	write := o.snapshotTo
	if o.path != "" {
		write = o.vacuumTo
	}
	if err := write(ctx, name); err != nil {
		os.Remove(name) //nolint:errcheck // the first error is the one to tell
		return err
	}
	return withCopy(name, func(copied *sql.DB) error {
		var verdict string
		if err := copied.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
			return err
		}
		if verdict != "ok" {
			return fmt.Errorf("the copy is damaged (%s)", verdict)
		}
		return nil
	})
}

// vacuumTo copies a file of SQLite by a connection of its own.
func (o origin) vacuumTo(ctx context.Context, name string) error {
	db, err := sql.Open("sqlite", o.dsn)
	if err != nil {
		return err
	}
	return errors.Join(vacuumInto(ctx, db, name), db.Close())
}

// snapshotTo copies PostgreSQL's records, of whatever version, into a file that is nobody else's yet.
func (o origin) snapshotTo(ctx context.Context, name string) error {
	moment, err := o.d.snapshot(ctx, o.db)
	if err != nil {
		return err
	}
	defer moment.Rollback() //nolint:errcheck // nothing was written
	var version int64
	if err := moment.QueryRowContext(ctx, `SELECT MAX(version_id) FROM goose_db_version`).Scan(&version); err != nil {
		return err
	}
	if err := createPrivate(name); err != nil {
		return err
	}
	return withScratch(name, func(file *sql.DB) error {
		p, err := goose.NewProvider(goose.DialectSQLite3, file, migrations, goose.WithDisableGlobalRegistry(true))
		if err != nil {
			return err
		}
		if _, err := p.UpTo(ctx, version); err != nil {
			return err
		}
		tx, err := file.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
		to := sqliteDialect
		if err := transfer(ctx, side{moment.Tx, o.d}, side{tx, &to}, o.told); err != nil {
			return err
		}
		return tx.Commit()
	})
}

// snapshot begins a transaction that sees one moment and may take its time.
func (d *dialect) snapshot(ctx context.Context, db *sql.DB) (transaction, error) {
	t, err := d.begin(ctx, db, d.readTx)
	if err != nil {
		return t, err
	}
	return t, t.unhurried(ctx, d)
}

// unhurried lets a transaction take its time.
func (t transaction) unhurried(ctx context.Context, d *dialect) error {
	for _, statement := range d.unhurried {
		if _, err := t.ExecContext(ctx, statement); err != nil {
			t.Rollback() //nolint:errcheck // the first error is the one to tell
			return err
		}
	}
	return nil
}

// withScratch calls fn with a file of SQLite that nobody else has open and that counts for nothing if it is broken off.
// It is on disk when fn is done.
func withScratch(name string, fn func(*sql.DB) error) (err error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", scratchDSN(abs))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	if err := errors.Join(fn(db), db.Close()); err != nil {
		return err
	}
	f, err := os.OpenFile(abs, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(privateFile), f.Sync(), f.Close())
}
