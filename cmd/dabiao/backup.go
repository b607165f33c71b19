package main

import (
	"context"
	"fmt"
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

// runRestore unpacks an archive into a new data folder and verifies the result.
func runRestore(ctx context.Context, io streams, args []string) error {
	var r records
	f := newFlags(io, "restore")
	r.flags(f)
	name, err := f.parseName(args, "FILE")
	if err != nil {
		return err
	}
	if r.database != "" {
		return fmt.Errorf("%w: a backup is restored into a folder; for PostgreSQL use pg_restore", errUse)
	}
	m, err := store.Restore(name, r.data)
	if err != nil {
		return err
	}
	fmt.Fprintf(io.out, "%s: restored as of %s, made by %s\n", filepath.Clean(r.data),
		m.MadeAt.Format(time.RFC3339), m.Version)
	r.upgrade = true // the folder is new and nobody else's
	return verify(ctx, io, r)
}
