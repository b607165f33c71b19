// Package replica keeps a copy of a SQLite database that follows it within a second, in a folder, by Litestream. It
// opens the database's files itself, so it must run in a process other than the server's, which would lose its locks.
package replica

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"time"

	"github.com/benbjohnson/litestream"
	"github.com/benbjohnson/litestream/file"
)

// Every is how often what is new is copied.
const Every = 200 * time.Millisecond

// stateEnding ends the name of the folder beside a database where what is to be copied waits.
const stateEnding = "-replica"

// stuckAfter is how long nothing may come of it: meanwhile more and more waits beside the database.
const stuckAfter = time.Minute

// sharedAfter is longer than a server that ends lets its last entries be copied.
const sharedAfter = 30 * time.Second

// levels are how small files are joined into larger ones, so that a restore reads few.
var levels = litestream.CompactionLevels{{Level: 0}, {Level: 1, Interval: 30 * time.Second},
	{Level: 2, Interval: 5 * time.Minute}, {Level: 3, Interval: time.Hour}}

// Follower copies a database into a folder.
type Follower struct {
	Database string // its file
	Folder   string // must be there: otherwise the disk it is on is away
	Log      *slog.Logger
	Now      func() time.Time // the clock

	// Copied is told that everything committed before a moment is in the folder, Whole that the whole database has been
	// copied once in this run, and Failed what keeps it from being copied for now.
	Copied func(before time.Time)
	Whole  func()
	Failed func(error)

	patience time.Duration // how long it waits for another process to leave the folder; 0: sharedAfter
}

// Run copies until ctx ends, and then what is still new. An error says that nothing could be copied for a while.
//
// Each run begins a series of its own with the whole database. The library would go on where it stopped, but cannot see
// what was written and checkpointed meanwhile: then its copy has a hole (docs/adr/0101).
func (f Follower) Run(ctx context.Context) error {
	if err := f.mustBeThere(); err != nil {
		return err
	}
	free, err := f.alone(ctx)
	if err != nil {
		return err
	}
	defer free()
	if err := f.claim(ctx); err != nil {
		return err
	}
	slog.SetDefault(f.Log) // the library writes there
	waiting := f.Database + stateEnding
	if err := os.RemoveAll(waiting); err != nil {
		return err
	}
	series, err := begin(f.Folder)
	if err != nil {
		return err
	}
	db := litestream.NewDB(f.Database)
	db.SetMetaPath(waiting)
	db.MonitorInterval = 0 // what is copied when is decided here
	there, err := stays(series)
	if err != nil {
		return err
	}
	client := careful{file.NewReplicaClient(series), there}
	r := litestream.NewReplicaWithClient(db, client)
	r.MonitorEnabled = false
	db.Replica, client.Replica = r, r
	s := litestream.NewStore([]*litestream.DB{db}, levels)
	s.SetShutdownSyncTimeout(0) // once, at the end
	if err := s.Open(ctx); err != nil {
		return fmt.Errorf("begin a replica: %w", err)
	}
	err = f.copy(ctx, db, there, func() error { return nowWhole(f.Folder, series) })
	closing, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	if err != nil { // nothing more is written, where the library would make the folder anew
		end()
	}
	if ended := s.Close(closing); err == nil { // it says why already
		err = ended
	}
	return errors.Join(err, os.RemoveAll(waiting))
}

// copy copies what is new again and again, until ctx ends, nothing came of it for too long, or the folder is no longer
// there. whole is called when the whole database has been copied once.
func (f Follower) copy(ctx context.Context, db *litestream.DB, there, whole func() error) error {
	last, told, first := f.Now(), false, true
	for {
		if err := there(); err != nil { // the library would find nothing to do and call that well
			return err
		}
		now := f.Now()
		err := db.SyncAndWait(ctx)
		if err == nil {
			err = there()
		}
		if err == nil && first {
			if err = whole(); err == nil {
				first = false
				f.Whole()
			}
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil:
			last, told = now, false
			f.Copied(now)
		case now.Sub(last) > stuckAfter:
			return fmt.Errorf("nothing was copied for %s: %w", stuckAfter, err)
		case !told:
			f.Failed(err)
			told = true
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(Every):
		}
	}
}

// Restored is what came of a restore.
type Restored struct {
	At     time.Time // of when the database is
	Passed error     // why newer series than that could not be used; nil if there are none
}

// Restore writes the newest state of a database that a folder holds to a new file.
func Restore(ctx context.Context, folder, to string) (r Restored, err error) {
	all, err := series(folder)
	if err != nil {
		return r, err
	}
	for _, path := range slices.Backward(all) { // the last one may not be whole yet
		r.At, err = restore(ctx, path, to)
		if err == nil {
			return r, os.Chmod(to, privateFile)
		}
		r.Passed = errors.Join(r.Passed, fmt.Errorf("%s: %w", path, err))
	}
	if len(all) == 0 {
		return r, fmt.Errorf("%s holds no replica", folder)
	}
	return r, r.Passed
}

func restore(ctx context.Context, series, to string) (at time.Time, err error) {
	options := litestream.NewRestoreOptions()
	options.OutputPath = to
	r := litestream.NewReplicaWithClient(nil, file.NewReplicaClient(series))
	if at, err = r.CalcRestoreTarget(ctx, options); err != nil {
		return at, err
	}
	return at, r.Restore(ctx, options)
}
