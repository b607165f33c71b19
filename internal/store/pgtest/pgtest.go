// Package pgtest provides tests with a real PostgreSQL server: one private server per test process,
// started by the first test that needs it, and a new database for each call. It knows nothing about the
// program's schema.
//
// Without PostgreSQL on the machine a test fails and says what to install; it is never skipped.
package pgtest

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// start starts the process's only server. If that fails, every test that asks gets the error.
var start = sync.OnceValues(func() (*server, error) { return startServer(quick) })

var databases atomic.Int64

// URL returns the address of a new, empty database, "postgres://…". It is dropped when the test ends.
func URL(t testing.TB) string {
	t.Helper()
	return copyOf(t, running(t), "template0")
}

// Durable returns the address of a new, empty database of a server of its own, which says that something is stored when
// it is on disk.
func Durable(t testing.TB) string {
	t.Helper()
	s, err := startServer(durable)
	if err != nil {
		t.Fatalf("no PostgreSQL for this test: %v", err)
	}
	t.Cleanup(func() { s.alive.Close() }) //nolint:errcheck // it ends the server
	return copyOf(t, s, "template0")
}

// Logged returns the address of a new, empty database of a server of its own that writes down every statement, and what
// returns them so far: by session, in their order.
func Logged(t testing.TB) (url string, statements func() map[string][]string) {
	t.Helper()
	s, err := startServer(quick + " -c logging_collector=on -c log_destination=csvlog -c log_statement=all -c log_filename=all.log")
	if err != nil {
		t.Fatalf("no PostgreSQL for this test: %v", err)
	}
	t.Cleanup(func() { s.alive.Close() }) //nolint:errcheck // it ends the server
	return copyOf(t, s, "template0"), func() map[string][]string {
		t.Helper()
		out, err := s.logged()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
}

// logged reads the log of statements (PostgreSQL documentation, Using CSV-Format Log Output).
func (s *server) logged() (map[string][]string, error) {
	const session, message, application = 5, 13, 22
	file, err := os.Open(filepath.Join(s.dir, "data", "log", "all.csv"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows := csv.NewReader(file)
	rows.FieldsPerRecord = -1
	all, err := rows.ReadAll()
	out := map[string][]string{}
	for _, row := range all {
		if len(row) <= application {
			continue
		}
		text, is := strings.CutPrefix(row[message], "statement: ")
		if !is {
			kind, rest, found := strings.Cut(row[message], ": ")
			if text, is = rest, found && strings.HasPrefix(kind, "execute "); !is {
				continue
			}
		}
		name := row[application] + " " + row[session]
		out[name] = append(out[name], text)
	}
	return out, err
}

// Copy returns the address of a new database with what fill puts into one. fill runs once per process
// and must always be the same.
func Copy(t testing.TB, fill func(url string) error) string {
	t.Helper()
	s := running(t)
	filled.Do(func() {
		if fillFailed = s.exec(`CREATE DATABASE filled TEMPLATE template0`); fillFailed == nil {
			fillFailed = fill(s.url("filled"))
		}
	})
	if fillFailed != nil {
		t.Fatalf("fill the database to be copied: %v", fillFailed)
	}
	return copyOf(t, s, "filled")
}

var (
	filled     sync.Once
	fillFailed error
)

func running(t testing.TB) *server {
	t.Helper()
	s, err := start()
	if err != nil {
		t.Fatalf("no PostgreSQL for this test: %v", err)
	}
	return s
}

func copyOf(t testing.TB, s *server, template string) string {
	t.Helper()
	name := fmt.Sprintf("test_%d", databases.Add(1))
	if err := s.exec(`CREATE DATABASE ` + name + ` TEMPLATE ` + template); err != nil {
		t.Fatalf("create the test's database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.exec(`DROP DATABASE IF EXISTS ` + name + ` WITH (FORCE)`); err != nil {
			t.Errorf("drop the test's database: %v", err)
		}
	})
	return s.url(name)
}

// exec runs one statement in the database that every server has.
func (s *server) exec(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	db, err := sql.Open("pgx", s.url("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, statement)
	return err
}
