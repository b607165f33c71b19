package app_test

import (
	"context"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// Backups that are made while others write, on another server, too, are each of one moment: restored, everything in
// them agrees with their own log.
func TestABackupMadeWhileOthersWriteAgreesWithItself(t *testing.T) {
	url := storetest.Migrated(t)
	open := func(c store.Config) *store.DB {
		db, err := store.Open(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	lite := open(storetest.In(t, t.TempDir()))
	for name, servers := range map[string][]*store.DB{"sqlite": {lite, lite},
		"postgres": {open(store.Config{URL: url}), open(store.Config{URL: url})}} {
		t.Run(name, func(t *testing.T) {
			b := newBureau(t, servers[0])
			files, err := blob.Open(t.TempDir(), nil)
			b.must(err)
			var writers sync.WaitGroup
			var written atomic.Int64
			writing, end := context.WithCancel(t.Context())
			for i, db := range servers {
				a := app.New(app.Config{DB: db, Files: files, Now: func() time.Time { return newYear }, Zone: time.UTC,
					Passwords: app.CheapPasswords})
				writers.Go(func() {
					for n := 1; writing.Err() == nil; n++ {
						update := entry("screened", "east", "2026-01-01", int64(n))
						update.Note = strconv.Itoa(i)
						_, err := a.LogUpdate(ctx, b.staff, update)
						if err != nil {
							t.Error(err)
							return
						}
						written.Add(1)
					}
				})
			}
			var last int64
			for i := range 4 {
				for before := written.Load(); written.Load() == before && !t.Failed(); { // somebody writes between two
					time.Sleep(time.Millisecond)
				}
				name := filepath.Join(t.TempDir(), "b.zip")
				m, err := servers[1].Backup(t.Context(), files, name, "test", newYear.Add(time.Duration(i)*time.Hour))
				b.must(err)
				if m.Audit.Entries <= last {
					t.Errorf("a backup holds %d entries of the log, the one before it %d", m.Audit.Entries, last)
				}
				last = m.Audit.Entries
				dir := filepath.Join(t.TempDir(), "restored")
				_, err = store.Restore(name, dir)
				b.must(err)
				restored := open(store.Config{Dir: dir})
				found, err := app.New(app.Config{DB: restored, Files: files, Now: b.app.Now,
					Zone: time.UTC}).Verify(t.Context())
				if err != nil || len(found) > 0 {
					t.Errorf("backup %d: %v, %v", i, found, err)
				}
				if found, err := servers[0].Against(t.Context(), restored, m.Audit); err != nil || len(found) > 0 {
					t.Errorf("backup %d against the records: %v, %v", i, found, err)
				}
			}
			end()
			writers.Wait()
		})
	}
}
