// Package storetest opens real databases for tests: SQLite in a folder of the test's own, and
// PostgreSQL on a private server. What is true of the program must be true on both.
package storetest

import (
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
