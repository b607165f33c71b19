// Package storetest opens real databases for tests: SQLite in a folder of the test's own, and
// PostgreSQL on a private server. What is true of the program must be true on both.
package storetest

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"dabiao/internal/store"
	"dabiao/internal/store/pgtest"
)

// Each runs the test on SQLite and on PostgreSQL, each time on a new database with this program's
// schema. On a machine without PostgreSQL the test fails and says what to install.
func Each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, open(t, store.Config{URL: Migrated(t)})) })
}

// EachBehind is like [Each] but also provides a way to change the database behind the program's back,
// as somebody with access to the machine could.
func EachBehind(t *testing.T, test func(t *testing.T, db *store.DB, behind func(statement string, args ...any))) {
	t.Helper()
	sqlite, url := In(t, t.TempDir()), Migrated(t)
	for name, c := range map[string]struct {
		store.Config
		driver, source string
	}{"sqlite": {sqlite, "sqlite", "file:" + filepath.Join(sqlite.Dir, store.FileName)},
		"postgres": {store.Config{URL: url}, "pgx", url}} {
		t.Run(name, func(t *testing.T) {
			db := open(t, c.Config)
			raw, err := sql.Open(c.driver, c.source)
			if err != nil {
				t.Fatal(err)
			}
			defer raw.Close() // changes are on disk by then
			test(t, db, func(statement string, args ...any) {
				t.Helper()
				if _, err := raw.ExecContext(t.Context(), statement, args...); err != nil {
					t.Fatal(err)
				}
			})
		})
	}
}

// SQLite returns a new database in a folder of the test's own.
func SQLite(t testing.TB) *store.DB {
	t.Helper()
	return open(t, In(t, t.TempDir()))
}

// In puts a new SQLite database into dir and returns its configuration: the schema is there already,
// and commits do not wait for the disk. Tests of durability need a [store.Config] of their own.
func In(t testing.TB, dir string) store.Config {
	t.Helper()
	c, err := Put(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Put is like [In], without a test.
func Put(dir string) (store.Config, error) {
	empty, err := schema()
	if err != nil {
		return store.Config{}, err
	}
	c := store.Config{Dir: dir, Commits: store.NoSync}
	return c, os.WriteFile(filepath.Join(dir, store.FileName), empty, 0o600)
}

// schema returns the file of an SQLite database with nothing but the schema. Creating it anew for each
// of a thousand tests took a tenth of their time.
var schema = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "dabiao-schema-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a leftover of a test
	if err := migrated(store.Config{Dir: dir, Commits: store.NoSync}); err != nil {
		return nil, err
	}
	// Complete: the last connection to close empties the write-ahead log into it.
	return os.ReadFile(filepath.Join(dir, store.FileName))
})

// migrated opens a database, which creates its schema, and closes it.
func migrated(c store.Config) error {
	db, err := store.Open(context.Background(), c)
	if err != nil {
		return err
	}
	return db.Close()
}

// Migrated returns the address of a new PostgreSQL database with this program's schema.
func Migrated(t testing.TB) string {
	t.Helper()
	return pgtest.Copy(t, func(url string) error { return migrated(store.Config{URL: url}) })
}

// PostgreSQL returns the address of a new, empty database, "postgres://…".
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
