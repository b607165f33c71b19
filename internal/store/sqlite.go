package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// FileName is the database's file name in the data folder.
const FileName = "dabiao.db"

// checkUpTo is the size in bytes up to which the file is checked at every start. For larger files the
// check would exhaust people's patience; `dabiao verify` does it.
const checkUpTo = 256 << 20

func openSQLite(ctx context.Context, c Config) (*DB, error) {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	path, err := filepath.Abs(filepath.Join(c.Dir, FileName))
	if err != nil {
		return nil, err
	}
	if err := createPrivate(path); err != nil {
		return nil, fmt.Errorf("make the database: %w", err)
	}
	write, err := sql.Open("sqlite", sqliteDSN(path, c.Commits,
		"_txlock=immediate&_pragma=cache_size(-8000)&_pragma=journal_size_limit(33554432)&_pragma=wal_autocheckpoint(4000)"))
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	db := &DB{write: write, dialect: sqliteDialect}
	if err := db.prepareSQLite(ctx, path, c.AsIs); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), write.Close())
	}
	db.read, err = sql.Open("sqlite", sqliteDSN(path, c.Commits, "mode=ro&_query_only=on&_pragma=cache_size(-1000)"))
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	readers := max(4, runtime.NumCPU())
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	if err := db.ready(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), db.Close())
	}
	db.checkBehind(path)
	db.path = path
	db.file, err = os.Stat(path)
	return db, err
}

// Gone reports whether the database file is no longer where it was opened: what is written to it would be lost with
// the process. Windows does not let an open file go.
func (db *DB) Gone() bool {
	if db.file == nil || runtime.GOOS == "windows" {
		return false
	}
	now, err := os.Stat(db.path)
	return err != nil || !os.SameFile(now, db.file)
}

// sqliteDSN passes the pragmas in the DSN, because a PRAGMA statement reaches only one connection of
// the pool.
func sqliteDSN(path string, c commits, extra string) string {
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()}
	return file.String() + "?_busy_timeout=10000&_journal_mode=WAL&_synchronous=" + c.synchronous() + "&_foreign_keys=on" +
		"&_defensive=1&_dqs=0&_time_format=sqlite&_timezone=UTC&_pragma=trusted_schema(0)&" + extra
}

func (db *DB) prepareSQLite(ctx context.Context, path string, asIs bool) error {
	return migrate(ctx, db.write, db.dialect, asIs, func() error {
		if err := checkSQLite(ctx, db.write, path); err != nil {
			return err
		}
		name := fmt.Sprintf("%s.before-upgrade-%s", path, time.Now().UTC().Format("20060102-150405"))
		return vacuumInto(ctx, db.write, name)
	})
}

// checkSQLite looks for damage in a file that is not too large for it.
func checkSQLite(ctx context.Context, db *sql.DB, path string) error {
	info, err := os.Stat(path)
	if err != nil || info.Size() > checkUpTo {
		return err
	}
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return fmt.Errorf("check the file: %w", err)
	}
	if verdict != "ok" {
		return fmt.Errorf("the file is damaged (%s): restore the latest backup with `dabiao restore`", verdict)
	}
	return nil
}

// checkBehind checks the file while people already read. The first write waits for it, and writes are
// refused if it found damage.
func (db *DB) checkBehind(path string) {
	ctx, stop := context.WithCancel(context.Background())
	db.stopCheck = stop
	go func() {
		defer close(db.checked)
		db.damage = checkSQLite(ctx, db.read, path)
		if ctx.Err() != nil {
			db.damage = ctx.Err()
		}
		if db.damage != nil {
			db.broken.Store(true)
		}
	}()
}

// vacuumInto writes a complete, consistent copy to a new file, durably.
func vacuumInto(ctx context.Context, db *sql.DB, path string) error {
	if _, err := db.ExecContext(ctx, "VACUUM INTO $1", path); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(privateFile), f.Sync(), f.Close())
}

// diskFailed reports whether SQLite hit a failing disk or a damaged file.
func diskFailed(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return true
	}
	return false
}
