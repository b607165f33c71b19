package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// A data folder that takes no writes from the start, such as one on a disk that was mounted read-only, is read as it
// lies: SQLite is told that nobody writes, and then needs no files of its own beside the database. Whoever could write
// would hold the folder's lock, and whoever opens records to serve them has it. SQLite passes over what is only in the
// write-ahead log that way, so records with one are read in a copy elsewhere.

const (
	probeName = "probe"
	probeSize = 64 << 10 // what SQLite needs beside a database before it answers anything
)

// TakesWrites reports whether files can be made in a data folder and the database in it can be written. A folder that
// is still to be made does.
func TakesWrites(dir string) bool {
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		return true
	}
	for _, ending := range []string{"", "-wal", "-shm"} {
		if !mayWrite(filepath.Join(dir, FileName+ending)) {
			return false
		}
	}
	probe := filepath.Join(dir, probeName)
	err := os.WriteFile(probe, make([]byte, probeSize), privateFile)
	return errors.Join(err, ignoreMissing(os.Remove(probe))) == nil // it may have been removed by who tries it, too
}

// AwaitWrites returns once a data folder takes writes, or ctx ends.
func AwaitWrites(ctx context.Context, dir string, every time.Duration) {
	for !TakesWrites(dir) {
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}

// Lies reports whether the records are read as they lie in a folder that took no writes when they were opened.
func (db *DB) Lies() bool { return db.lies }

// openLying opens a database that nobody writes.
func openLying(ctx context.Context, path string, c Config) (_ *DB, err error) {
	db := &DB{dialect: sqliteDialect, path: path, source: path, lies: true}
	defer func() {
		if err != nil {
			err = fmt.Errorf("open %s, which takes no writes: %w", path, errors.Join(err, db.removeCopy()))
		}
	}()
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		if db.source, err = copyElsewhere(ctx, path); err != nil {
			return nil, fmt.Errorf("copy it elsewhere with its write-ahead log: %w", err)
		}
	}
	if db.read, err = sql.Open("sqlite", db.readerDSN(c.Commits)); err != nil {
		return nil, err
	}
	db.write = db.read
	err = migrate(ctx, db.read, db.dialect, true, nil)
	if err == nil {
		err = db.ready(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, db.read.Close())
	}
	db.damaged.Store(foundBefore(c.Dir))
	db.checkBehind(db.source, false)
	db.file, err = os.Stat(path)
	return db, err
}

// readerDSN is how the database is opened by those who only read.
func (db *DB) readerDSN(c commits) string {
	return sqliteDSN(db.source, c, "mode=ro&_query_only=on&_pragma=cache_size(-1000)"+db.asItLies())
}

// asItLies tells SQLite that nobody writes, where that is so.
func (db *DB) asItLies() string {
	if db.lies {
		return "&immutable=1"
	}
	return ""
}

// copyElsewhere copies a database with its write-ahead log to a new folder, where the log is worked into the database.
func copyElsewhere(ctx context.Context, path string) (copied string, err error) {
	dir, err := os.MkdirTemp("", "dabiao-reading-*")
	if err != nil {
		return "", err
	}
	copied = filepath.Join(dir, FileName)
	for _, ending := range []string{"", "-wal"} {
		if err := copyFile(path+ending, copied+ending); err != nil {
			return copied, err
		}
	}
	db, err := sql.Open("sqlite", sqliteDSN(copied, durable, "_txlock=immediate"))
	if err != nil {
		return copied, err
	}
	return copied, errors.Join(db.PingContext(ctx), db.Close()) // the last one to close it empties the log
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, privateFile)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// removeCopy removes the copy that was read in place of the database, if there is one.
func (db *DB) removeCopy() error {
	if db.source == db.path {
		return nil
	}
	return os.RemoveAll(filepath.Dir(db.source))
}
