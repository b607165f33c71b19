package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/kpi"
	"dabiao/internal/office"
	"dabiao/internal/store"
)

// records says where a command finds the office's records.
type records struct {
	data, database, zone string

	// evidenceAt is where the contents of evidence lie; "": in the data folder.
	evidenceAt string
	storage

	// auditKey is the file of the audit log's key; "": in the data folder.
	auditKey string
	noKey    bool // entries made with a key are not proven

	// upgrade lets records of an earlier version be upgraded, which is for those who hold the lock of the folder or
	// have just made it.
	upgrade bool

	// before is told before an upgrade; backups are where copies are made by themselves.
	before  func(*store.Unopened)
	backups app.Backups

	slowAfter time.Duration // see the flag
	slow      func(store.SlowQuery)

	today kpi.Date // the day on which the clock starts; "" is the machine's day, and only demos have another
}

func (r *records) flags(f flags) {
	f.StringVar(&r.data, "data", "data", "folder of the database and the evidence")
	f.StringVar(&r.database, "database", "", databaseUsage)
	f.StringVar(&r.evidenceAt, "evidence", blob.InFolder,
		"where the files of evidence lie: folder (in the data folder), s3://BUCKET/PREFIX, or database (PostgreSQL)")
	r.storage.flags(f)
	f.StringVar(&r.auditKey, "audit-key", "",
		"file of the audit log's key, the same on all servers of a database; empty: "+store.KeyFileName+" in the data folder")
	f.StringVar(&r.zone, "zone", "Local", "time zone of the office, such as Asia/Shanghai")
}

const databaseUsage = "PostgreSQL address, postgres://…; with ?schema=NAME the records are in a schema, and all addresses that differ in " +
	"nothing else share up to pool_max_conns=16 connections; empty: SQLite in the data folder"

// keyFile returns where the audit log's key is.
func (r records) keyFile() string {
	if r.noKey {
		return ""
	}
	if r.auditKey != "" {
		return r.auditKey
	}
	return filepath.Join(r.data, store.KeyFileName)
}

func (r records) evidence() string { return filepath.Join(r.data, "evidence") }

// mustExist refuses to create a new, empty database where one was to be read: most likely the folder is
// misspelled.
func (r records) mustExist() error {
	if r.database != "" {
		return nil
	}
	if _, err := os.Stat(filepath.Join(r.data, store.FileName)); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no database in %s: name its folder with --data", r.data)
	} else if err != nil {
		return fmt.Errorf("look for the database: %w", err)
	}
	return nil
}

// mustNotBeOrphaned refuses to begin a new office in a folder that holds what belongs to the records of one: they were
// removed, or are in a PostgreSQL that was not named.
func (r records) mustNotBeOrphaned() error {
	if r.database != "" || !missing(filepath.Join(r.data, store.FileName)) {
		return nil
	}
	for _, of := range []string{store.FileName + "-wal", store.KeyFileName, "evidence/??/*", "backups/*.zip"} {
		remains, err := fs.Glob(os.DirFS(r.data), of)
		if err != nil || len(remains) > 0 {
			return errors.Join(err, fmt.Errorf("there is no database in %s, but what belongs to one: put it back or restore a "+
				"backup, name its PostgreSQL with --database, or begin a new office in another folder", r.data))
		}
	}
	return nil
}

// openExisting is open for records that must exist.
func (r records) openExisting(ctx context.Context) (*app.App, *store.DB, error) {
	if err := r.mustExist(); err != nil {
		return nil, nil, err
	}
	return r.open(ctx)
}

// lying adds what to do where the data folder takes no writes, which SQLite does not say.
func (r records) lying(err error) error {
	if r.database != "" || store.TakesWrites(r.data) {
		return err
	}
	return fmt.Errorf("%s takes no writes, which only `dabiao serve` does without: mend its rights or mount its disk "+
		"for writing; or end the server, copy the whole folder to another disk and name the copy with --data (%w)",
		r.data, err)
}

// open opens the records and returns the use cases. The caller closes the database.
func (r records) open(ctx context.Context) (*app.App, *store.DB, error) {
	zone, err := time.LoadLocation(r.zone)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: --zone %q is not a time zone", errUse, r.zone)
	}
	db, err := store.Open(ctx, store.Config{Dir: r.data, URL: r.database, Office: office.In(r.data), KeyFile: r.keyFile(),
		AsIs: !r.upgrade, BeforeUpgrade: r.before, SlowAfter: r.slowAfter, Slow: r.slow})
	if err != nil {
		return nil, nil, r.lying(err)
	}
	files, err := r.blobs(r.evidenceAt, r.evidence(), db.Chunks)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	now := time.Now
	if r.today != "" {
		now = clockFrom(r.today, zone)
	}
	a := app.New(app.Config{DB: db, Files: files, Now: now, Zone: zone, Backups: r.backups})
	if err := a.BeginEvidence(ctx); err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return a, db, nil
}
