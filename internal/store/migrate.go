package store

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrationsDir embed.FS

var migrations = must(fs.Sub(migrationsDir, "migrations"))

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// latestSchema is the number of the last migration.
var latestSchema = sync.OnceValue(func() (last int64) {
	names := must(fs.Glob(migrations, "*.sql"))
	return must(goose.NumericComponent(names[len(names)-1]))
})

// migrate upgrades the schema to this program's version. before runs once if a database that already
// has a schema is about to be changed. It refuses a schema newer than the program, and one from before
// the first release, whose version numbers mean other schemas; with asIs also an earlier release's, unless it holds
// nothing: whoever made it was ended in the middle.
func migrate(ctx context.Context, db *sql.DB, d dialect, asIs bool, before func() error) error {
	p, err := goose.NewProvider(d.goose, db, d.migrationFiles(), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read the schema version: %w", err)
	}
	if err := released(ctx, db, current); err != nil {
		return err
	}
	if current > target {
		return fmt.Errorf("the database has schema %d, this program knows up to %d: start a newer dabiao", current, target)
	}
	if current == target {
		return witnessFirst(ctx, db, d)
	}
	if current > 0 {
		empty, err := isUnused(ctx, db)
		if err != nil {
			return fmt.Errorf("look for records: %w", err)
		}
		if asIs && !empty {
			return fmt.Errorf("the database has schema %d, this program needs %d: `dabiao serve` of this version upgrades it "+
				"and keeps a copy of before; until then use the dabiao that serves it", current, target)
		}
		if err := before(); err != nil {
			return fmt.Errorf("back up before upgrading the schema: %w", err)
		}
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("upgrade the schema from %d to %d: %w", current, target, err)
	}
	return witnessFirst(ctx, db, d)
}

// isUnused reports whether nobody has used the records yet.
func isUnused(ctx context.Context, db *sql.DB) (empty bool, err error) {
	err = db.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM accounts) AND NOT EXISTS (SELECT 1 FROM audit)`).
		Scan(&empty)
	return empty, err
}

// released refuses a schema that no release made: only releases leave their mark in the settings.
func released(ctx context.Context, db *sql.DB, schema int64) error {
	if schema == 0 {
		return nil
	}
	var mark string
	err := db.QueryRowContext(ctx, `SELECT value FROM settings WHERE name = 'first_release'`).Scan(&mark)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("the database was made before the first release (schema %d) and cannot be upgraded: "+
			"export its log with the dabiao that made it, and import that into a new data folder or database", schema)
	}
	if err != nil {
		return fmt.Errorf("read which release made the database: %w", err)
	}
	return nil
}

// translatedFS serves the migrations with words replaced.
type translatedFS struct {
	fs.FS
	words *strings.Replacer
}

func (t translatedFS) Open(name string) (fs.File, error) {
	f, err := t.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return &textFile{bytes.NewReader([]byte(t.words.Replace(string(raw)))), name}, nil
}

type textFile struct {
	*bytes.Reader
	name string
}

func (f *textFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f *textFile) Close() error               { return nil }
func (f *textFile) Name() string               { return f.name }
func (f *textFile) Mode() fs.FileMode          { return 0o444 }
func (f *textFile) ModTime() time.Time         { return time.Time{} }
func (f *textFile) IsDir() bool                { return false }
func (f *textFile) Sys() any                   { return nil }
