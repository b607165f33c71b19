package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/office"
	"dabiao/internal/store"
)

// runBackup writes one archive of the records; a server may be running on them.
func runBackup(ctx context.Context, io streams, args []string) error {
	var r records
	var p places
	f := newFlags(io, "backup")
	r.flags(f)
	p.flags(f, &r.storage)
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
	files, err := r.blobs(r.evidenceAt, r.evidence(), db.Chunks)
	if err != nil {
		return err
	}
	m, err := p.backUp(ctx, db, files, name)
	if err != nil {
		return err
	}
	if len(m.Damaged) > 0 {
		return fmt.Errorf(
			"%s is written, but %d evidence files were missing or changed already: `dabiao verify` names them",
			name, len(m.Damaged))
	}
	encrypted := ""
	if p.recipient != "" {
		encrypted = "encrypted for " + p.recipient + ": "
	}
	_, err = fmt.Fprintf(io.out, "%s: %sthe database and %d evidence files; the audit log is %s\n", name, encrypted,
		len(m.Files)-1, m.Audit)
	return err
}

// runRestore unpacks an archive into a new data folder, or its records into an empty PostgreSQL database and its
// evidence into a new folder, and verifies the result.
func runRestore(ctx context.Context, io streams, args []string) error {
	var r records
	var p places
	f := newFlags(io, "restore")
	r.flags(f)
	p.flags(f, &r.storage)
	key := f.String("backup-key", "", keyUsage)
	follower := f.String("replica", "", "folder of a replica, for the database as it was last; without FILE there is no evidence")
	names, rest := leading(args)
	if err := f.parse(rest); err != nil {
		return err
	}
	names = append(names, f.Args()...)
	switch {
	case *follower != "" && r.database != "":
		return fmt.Errorf("%w: a replica is restored into a folder: leave out --database, and move it afterwards", errUse)
	case *follower != "" && len(names) == 0:
		if err := store.MustBeVacant(r.data); err != nil {
			return err
		}
		if err := restoreReplica(ctx, io.out, *follower, r.data); err != nil {
			return err
		}
		r.upgrade = true
		return verifyRestored(ctx, io, r.withItsKey())
	case len(names) != 1:
		return fmt.Errorf("%w: `dabiao restore` takes one FILE; `dabiao restore --help` lists the flags", errUse)
	}
	name := names[0]
	place := filepath.Clean(r.data)
	restore := func(name string) (store.Manifest, error) { return store.Restore(name, r.data) }
	if r.database != "" {
		place = fmt.Sprintf("%s, evidence in %s", address(r.database), place)
		restore = func(name string) (store.Manifest, error) { return r.restoreIntoPostgres(ctx, io, name) }
	}
	m, err := p.fetched(ctx, name, r.data, keyOf(io, *key), restore)
	if err != nil {
		return err
	}
	fmt.Fprintf(io.out, "%s: restored as of %s, made by %s\n", place, m.MadeAt.Format(time.RFC3339), m.Version)
	r.upgrade = true // what was restored is nobody else's yet
	if *follower != "" {
		return r.replaceByReplica(ctx, io, *follower)
	}
	to := r.evidenceAt
	r.evidenceAt = blob.InFolder
	if err := verifyRestored(ctx, io, r.withItsKey()); err != nil || to == blob.InFolder {
		return err
	}
	return r.withItsKey().moveEvidence(ctx, io, to, true)
}

// replaceByReplica puts the newest database of a replica beside the evidence of a backup. Where the evidence is not to
// be in the folder, it is where it was and newer there than in the backup.
func (r records) replaceByReplica(ctx context.Context, io streams, dir string) error {
	if err := restoreReplica(ctx, io.out, dir, r.data); err != nil {
		return err
	}
	r = r.withItsKey()
	if r.evidenceAt == blob.InFolder {
		db, err := store.Open(ctx, store.Config{Dir: r.data, KeyFile: r.keyFile()})
		if err != nil {
			return err
		}
		if err := errors.Join(db.EvidenceBeside(ctx), db.Close()); err != nil {
			return err
		}
	}
	return verifyRestored(ctx, io, r)
}

// verifyRestored says whose records there are, since one archive looks like another, and verifies them.
func verifyRestored(ctx context.Context, io streams, r records) error {
	a, db, err := r.open(ctx)
	if err != nil {
		return err
	}
	office, err := a.Office(ctx)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	fmt.Fprintf(io.out, "these are the records of %s\n", office.Name)
	return verify(ctx, io, r)
}

func (r records) restoreIntoPostgres(ctx context.Context, io streams, name string) (store.Manifest, error) {
	if _, err := store.CheckBackup(name); err != nil { // before a schema is made
		return store.Manifest{}, err
	}
	to, err := store.Open(ctx, store.Config{Dir: r.data, URL: r.database, Office: office.In(r.data), AsIs: true,
		New: true})
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

// backUp makes one archive where it stays, or beside the database and then encrypted or sent elsewhere.
func (p places) backUp(ctx context.Context, db *store.DB, files blob.Files, address string) (store.Manifest, error) {
	lock, err := p.lock(depot.IsBucket(address))
	if err != nil {
		return store.Manifest{}, err
	}
	if lock == nil && strings.HasSuffix(address, depot.Encryption) {
		return store.Manifest{}, fmt.Errorf("%w: %s would not be encrypted, as %s says: name --backup-recipient, or another file",
			errUse, address, depot.Encryption)
	}
	if lock == nil && !depot.IsBucket(address) {
		return db.Backup(ctx, files, address, version, time.Now())
	}
	to, name, err := p.file(address)
	if err != nil {
		return store.Manifest{}, err
	}
	return db.BackupTo(ctx, to, lock, files, name, version, time.Now())
}

// fetched calls fn with an archive on this machine: the file itself, or what was fetched and decrypted beside a folder,
// which is removed again.
func (p places) fetched(ctx context.Context, address, beside string, key func() (depot.Key, error),
	fn func(name string) (store.Manifest, error)) (m store.Manifest, err error) {
	from, name, err := p.file(address)
	if err != nil {
		return m, err
	}
	if encrypted, err := depot.IsEncrypted(ctx, from, name); err != nil {
		return m, err
	} else if !encrypted && !depot.IsBucket(address) {
		return fn(address)
	}
	beside = filepath.Dir(filepath.Clean(beside))
	if err := os.MkdirAll(beside, 0o700); err != nil {
		return m, err
	}
	dir, err := os.MkdirTemp(beside, "restore-*")
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	archive := filepath.Join(dir, strings.TrimSuffix(name, depot.Encryption))
	if err := depot.Fetch(ctx, from, name, archive, key); err != nil {
		return m, err
	}
	return fn(archive)
}
