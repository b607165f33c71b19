// Package storetest opens real databases for tests: SQLite in a folder of the test's own, and
// PostgreSQL on a private server. What is true of the program must be true on both.
package storetest

import (
	"database/sql"
	"path/filepath"
	"testing"

	"dabiao/internal/store"
	"dabiao/internal/store/pgtest"
)

// Each runs the test on SQLite and on PostgreSQL, each time on a fresh database with the schema
// of this program. A machine without PostgreSQL fails the test and is told what to install.
func Each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, open(t, store.Config{URL: PostgreSQL(t)})) })
}

// EachBehind is [Each] with a way to change the database behind the program's back, as somebody on its
// machine could.
func EachBehind(t *testing.T, test func(t *testing.T, db *store.DB, behind func(statement string, args ...any))) {
	t.Helper()
	dir, url := t.TempDir(), PostgreSQL(t)
	for name, c := range map[string]struct {
		store.Config
		driver, source string
	}{"sqlite": {store.Config{Dir: dir}, "sqlite", "file:" + filepath.Join(dir, store.FileName)}, "postgres": {store.Config{URL: url}, "pgx", url}} {
		t.Run(name, func(t *testing.T) {
			db := open(t, c.Config)
			raw, err := sql.Open(c.driver, c.source)
			if err != nil {
				t.Fatal(err)
			}
			defer raw.Close() //nolint:errcheck // changes are on the disk by then
			test(t, db, func(statement string, args ...any) {
				t.Helper()
				if _, err := raw.ExecContext(t.Context(), statement, args...); err != nil {
					t.Fatal(err)
				}
			})
		})
	}
}

// SQLite is a fresh database in a folder of the test's own.
func SQLite(t testing.TB) *store.DB {
	t.Helper()
	return open(t, store.Config{Dir: t.TempDir()})
}

// PostgreSQL is the address of a fresh, empty database, "postgres://…".
func PostgreSQL(t testing.TB) string {
	t.Helper()
	return pgtest.URL(t)
}

// open opens a database and closes it when the test ends.
func open(t testing.TB, config store.Config) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close the database: %v", err)
		}
	})
	return db
}
