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

// beforeUpgrade stands between the database's name and the time in the name of a copy of before an upgrade.
const beforeUpgrade = ".before-upgrade-"

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
	closed := takeClosed(filepath.Dir(path))
	if info, err := os.Stat(path); err == nil && info.Size() > 0 && !c.AsIs && !TakesWrites(c.Dir) {
		return openLying(ctx, path, c)
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
	db := &DB{write: write, dialect: sqliteDialect, source: path, long: alone}
	if err := db.prepareSQLite(ctx, path, c); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), write.Close())
	}
	db.read, err = sql.Open("sqlite", db.readerDSN(c.Commits))
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	readers := max(4, runtime.NumCPU())
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	db.read.SetConnMaxIdleTime(time.Minute) // each holds the schema and pages in memory, of each office
	if err := db.ready(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), db.Close())
	}
	db.path = path
	db.damaged.Store(foundBefore(c.Dir))
	db.checkBehind(path, closed && !db.damaged.Load())
	db.file, err = os.Stat(path)
	return db, err
}

// Gone reports whether the database file, or SQLite's log beside it, is no longer where it was opened: what is written
// to it would be lost with the process. Windows does not let an open file go.
func (db *DB) Gone() bool {
	if db.file == nil || runtime.GOOS == "windows" {
		return false
	}
	now, err := os.Stat(db.path)
	return err != nil || !os.SameFile(now, db.file) || db.logGone()
}

// logGone reports whether SQLite's log was there and is not: it stays as long as anybody has the database open.
func (db *DB) logGone() bool {
	_, err := os.Stat(db.path + "-wal")
	if err == nil && !db.logged.Load() {
		db.logged.Store(true)
	}
	return errors.Is(err, os.ErrNotExist) && db.logged.Load()
}

// sqliteDSN passes the pragmas in the DSN, because a PRAGMA statement reaches only one connection of
// the pool.
func sqliteDSN(path string, c commits, extra string) string {
	return sqliteFile(path) + "?_busy_timeout=10000&_journal_mode=WAL&_synchronous=" + c.synchronous() + "&_foreign_keys=on" +
		"&_defensive=1&_dqs=0&_time_format=sqlite&_timezone=UTC&_pragma=trusted_schema(0)&" + extra
}

// scratchDSN is for a file that is written once: a broken one is removed, and nobody waits for it to be safe.
func scratchDSN(path string) string {
	return sqliteFile(path) + "?_journal_mode=MEMORY&_synchronous=OFF&_dqs=0&_pragma=trusted_schema(0)"
}

func sqliteFile(path string) string {
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()}
	return file.String()
}

func (db *DB) prepareSQLite(ctx context.Context, path string, c Config) error {
	return migrate(ctx, db.write, db.dialect, c.AsIs, func() error {
		if err := checkSQLite(ctx, db.write, path); err != nil {
			return err
		}
		if c.BeforeUpgrade != nil {
			c.BeforeUpgrade(&Unopened{origin{db.write, &db.dialect, path, sqliteDSN(path, durable, "mode=ro"),
				filepath.Dir(path), c.freeSpace(), tellNobody}})
		}
		return keepBefore(ctx, db.write, path)
	})
}

// keepBefore keeps a copy of a file from before its upgrade. It has its name only when it is whole; what an upgrade
// that was broken off left of another is removed.
func keepBefore(ctx context.Context, db *sql.DB, path string) error {
	partial := path + partialEnding
	for _, left := range []string{partial, partial + "-journal"} {
		if err := os.Remove(left); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	if err := vacuumInto(ctx, db, partial); err != nil {
		os.Remove(partial) //nolint:errcheck // the next start removes what is left
		return fmt.Errorf("keep a copy from before the upgrade: %w", err)
	}
	if err := os.Rename(partial, path+beforeUpgrade+time.Now().UTC().Format("20060102-150405")); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
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

// checkBehind checks the file while people already read. The first write waits for it, and writes are refused if it
// found damage. One that was closed well does not keep them waiting; damage keeps them off it from then on.
func (db *DB) checkBehind(path string, closed bool) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	db.stopCheck = func() { stop(); <-ended }
	if closed {
		close(db.checked)
	}
	go func() {
		defer close(ended)
		damage := checkSQLite(ctx, db.read, path)
		switch {
		case ctx.Err() != nil:
			damage = ctx.Err()
			db.failed.Store(true) // who waited for it must not write to what is being closed
		case damage != nil:
			db.findDamage(damage)
		case db.damaged.Load():
			damage = errors.New("the file was found damaged before: restore the latest backup, or see what `dabiao verify` says")
		}
		if !closed {
			db.damage = damage
			close(db.checked)
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

// CheckFile reads the whole database, whatever its size, and returns what is wrong with its pages, indexes and
// references, a line each.
func (db *DB) CheckFile(ctx context.Context) (found []string, err error) {
	if db.path == "" {
		return nil, nil // PostgreSQL checks its files itself
	}
	for _, check := range []string{"PRAGMA integrity_check(20)", "PRAGMA foreign_key_check"} {
		lines, err := db.checkLines(ctx, check)
		if err != nil {
			return found, fmt.Errorf("check the file: %w", db.note(err))
		}
		found = append(found, lines...)
	}
	if len(found) > 0 {
		db.findDamage(errors.New(found[0]))
	}
	return found, nil
}

func (db *DB) checkLines(ctx context.Context, check string) (found []string, err error) {
	rows, err := db.read.QueryContext(ctx, check)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() && len(found) < 20 {
		said := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range said {
			into[i] = &said[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		if line := "database file: " + said[0].String; said[0].String != "ok" {
			for _, s := range said[1:] {
				line += " " + s.String
			}
			found = append(found, line)
		}
	}
	return found, rows.Err()
}

// sqliteTrouble returns the Trouble that an error of SQLite means, "" if none.
func sqliteTrouble(err error) string {
	switch codeOf(err) {
	case sqlite3.SQLITE_FULL:
		return "disk_full"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN:
		return "records_unwritable"
	case sqlite3.SQLITE_BUSY:
		return "records_held"
	}
	return ""
}

// diskFailed reports whether SQLite hit a failing disk.
func diskFailed(err error) bool { return codeOf(err) == sqlite3.SQLITE_IOERR }

// fileDamaged reports whether SQLite hit a damaged file.
func fileDamaged(err error) bool {
	code := codeOf(err)
	return code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB
}

// codeOf returns SQLite's primary result code, 0 for other errors.
func codeOf(err error) int {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code() & 0xff
}
