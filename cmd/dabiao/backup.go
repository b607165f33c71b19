package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"dabiao/internal/store"
)

// runBackup writes one archive of the records; a server may be running on them.
func runBackup(ctx context.Context, io streams, args []string) error {
	var r records
	f := newFlags(io, "backup")
	r.flags(f)
	name, err := f.parseName(args, "FILE")
	if err != nil {
		return err
	}
	if err := r.mustExist(); err != nil {
		return err
	}
	_, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	files, err := store.OpenFiles(r.evidence())
	if err != nil {
		return err
	}
	m, err := db.Backup(ctx, files, name, version, time.Now())
	if err != nil {
		return err
	}
	if len(m.Damaged) > 0 {
		return fmt.Errorf(
			"%s is written, but %d evidence files were missing or changed already: `dabiao verify` names them",
			name, len(m.Damaged))
	}
	_, err = fmt.Fprintf(io.out, "%s: the database and %d evidence files; the audit log is %s\n", name, len(m.Files)-1,
		m.Audit)
	return err
}

// runRestore unpacks an archive into a new data folder, or its records into an empty PostgreSQL database and its
// evidence into a new folder, and verifies the result.
func runRestore(ctx context.Context, io streams, args []string) error {
	var r records
	f := newFlags(io, "restore")
	r.flags(f)
	name, err := f.parseName(args, "FILE")
	if err != nil {
		return err
	}
	place, restore := filepath.Clean(r.data), func() (store.Manifest, error) { return store.Restore(name, r.data) }
	if r.database != "" {
		place = fmt.Sprintf("%s, evidence in %s", address(r.database), place)
		restore = func() (store.Manifest, error) { return r.restoreIntoPostgres(ctx, io, name) }
	}
	m, err := restore()
	if err != nil {
		return err
	}
	fmt.Fprintf(io.out, "%s: restored as of %s, made by %s\n", place, m.MadeAt.Format(time.RFC3339), m.Version)
	r.upgrade = true // what was restored is nobody else's yet
	return verify(ctx, io, r.withItsKey())
}

func (r records) restoreIntoPostgres(ctx context.Context, io streams, name string) (store.Manifest, error) {
	if _, err := store.CheckBackup(name); err != nil { // before a schema is made
		return store.Manifest{}, err
	}
	to, err := store.Open(ctx, store.Config{Dir: r.data, URL: r.database, AsIs: true})
	if err != nil {
		return store.Manifest{}, err
	}
	m, err := store.RestoreInto(ctx, name, r.data, to, progress(io))
	return m, errors.Join(err, to.Close())
}

// withItsKey is the records without their key's file if there is none: they are verified, though not served, before it
// is put back.
func (r records) withItsKey() records {
	if _, err := os.Stat(r.keyFile()); errors.Is(err, fs.ErrNotExist) {
		r.noKey = true
	}
	return r
}

// progress prints how far a copy of the records has come.
func progress(io streams) store.Told {
	return func(table string, rows int64) { fmt.Fprintf(io.out, "%s: %d rows\n", table, rows) }
}
