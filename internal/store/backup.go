package store

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// Backup writes a whole, consistent copy of a SQLite database to a new file while the server goes
// on. PostgreSQL has its own tools for this and is refused.
func (db *DB) Backup(ctx context.Context, path string) error {
	if db.dialect.name != sqliteDialect.name {
		return errors.New("back up PostgreSQL with pg_dump")
	}
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s exists already: name a new file", path)
	}
	partial := path + ".partial"
	os.Remove(partial) //nolint:errcheck // a leftover of an interrupted backup, if any
	if err := vacuumInto(ctx, db.write, partial); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	return os.Rename(partial, path)
}
