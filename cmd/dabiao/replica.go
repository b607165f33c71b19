package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/replica"
	"dabiao/internal/store"
)

const replicaUsage = "an existing folder on another disk into which the SQLite database is copied continuously; empty: it is not"

// followed returns the folder of a replica as it is asked for, "" for none. It does not look at the disk, which may not
// answer.
func (r records) followed(folder string) (string, error) {
	if folder == "" {
		return "", nil
	}
	place, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	data, err := filepath.Abs(r.data)
	switch {
	case err != nil:
		return "", err
	case r.database != "":
		return "", fmt.Errorf("%w: --replica copies a SQLite database; with --database use a standby of PostgreSQL "+
			"(streaming replication)", errUse)
	case depot.IsBucket(folder):
		return "", fmt.Errorf("%w: --replica %s: write a folder; only backups go to s3://", errUse, folder)
	case replica.Within(place, data):
		return "", fmt.Errorf("%w: --replica %s: %w", errUse, folder, replica.ErrInside)
	}
	return place, nil
}

// mayFollow refuses a replica beside encrypted backups: whoever has copies encrypted does not want one in plain.
func (s *server) mayFollow() (err error) {
	if s.replica != "" && s.places.recipient != "" {
		return fmt.Errorf("%w: --replica is not encrypted, and --backup-recipient wants copies that are: leave one of them out",
			errUse)
	}
	s.replica, err = s.followed(s.replica)
	return err
}

// How a replica is kept up.
const (
	replicaSoon  = time.Second      // after which it is begun again when it ended
	replicaLater = time.Minute      // at most
	replicaLast  = 20 * time.Second // to copy what is new when the server ends

	// replicaSilent is how long it may copy nothing: a folder that never answers would let SQLite's log grow for ever.
	replicaSilent = 30 * time.Minute
)

// follow keeps `dabiao replicate` running in a process of its own: what opens the database's files within this one
// would drop SQLite's locks. The returned function ends it, when it has copied what is new.
func (s *server) follow(a *app.App, log *slog.Logger) (end func()) {
	if s.replica == "" {
		return func() {}
	}
	a.FollowedBy(s.replica)
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() {
		for wait := replicaSoon; ctx.Err() == nil; wait = min(2*wait, replicaLater) {
			copied, err := s.replicate(ctx, a, log)
			if ctx.Err() != nil {
				if err != nil {
					log.Error("the replica may lack the last entries", "folder", s.replica, "error", err.Error())
				}
				return
			}
			if copied {
				wait = replicaSoon
			}
			log.Error("the replica ended", "folder", s.replica, "error", fmt.Sprint(err), "again_in", wait.String())
			a.ReplicaEnded()
			select {
			case <-ctx.Done():
			case <-time.After(wait):
			}
		}
	})
	return func() {
		cancel()
		ended := make(chan struct{})
		go func() { defer close(ended); done.Wait() }()
		select {
		case <-ended:
		case <-time.After(replicaLast + time.Second): // the system cannot even kill it
			log.Error("the replica does not end", "folder", s.replica)
		}
	}
}

// replicate runs one process until it ends, and reports whether it copied anything.
func (s *server) replicate(ctx context.Context, a *app.App, log *slog.Logger) (copied bool, err error) {
	program, err := os.Executable()
	if err != nil {
		return false, err
	}
	cmd := exec.Command(program, "replicate", "--data", s.data, "--replica", s.replica) //nolint:gosec // this program itself
	in, err := cmd.StdinPipe()
	if err != nil {
		return false, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return false, err
	}
	said := &lastLine{}
	cmd.Stderr = said
	if err := cmd.Start(); err != nil {
		return false, err
	}
	stop := context.AfterFunc(ctx, func() {
		in.Close()                                                 //nolint:errcheck // it is told to end by that
		time.AfterFunc(replicaLast, func() { cmd.Process.Kill() }) //nolint:errcheck // it may have ended
	})
	defer stop()
	silent := time.AfterFunc(replicaSilent, func() { cmd.Process.Kill() }) //nolint:errcheck // it may have ended
	defer silent.Stop()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if hear(a, log, s.replica, lines.Text()) {
			copied = true
			silent.Reset(replicaSilent)
		}
	}
	err = cmd.Wait()
	if said.text != "" {
		err = errors.Join(errors.New(said.text), err)
	}
	return copied, err
}

// lastLine keeps the last line that was written to it.
type lastLine struct{ text string }

// Write implements io.Writer.
func (l *lastLine) Write(b []byte) (int, error) {
	for s := bufio.NewScanner(bytes.NewReader(b)); s.Scan(); {
		if s.Text() != "" {
			l.text = s.Text()
		}
	}
	return len(b), nil
}

// restoreReplica writes the newest database of a replica into a data folder: a new one, or in the place of the database
// of the backup that was restored into it, whose evidence stays.
func restoreReplica(ctx context.Context, out io.Writer, folder, data string) error {
	if err := os.MkdirAll(data, 0o700); err != nil {
		return err
	}
	name := filepath.Join(data, store.FileName)
	r, err := replica.Restore(ctx, folder, name+".restored")
	if err != nil {
		return err
	}
	if r.Passed != nil {
		fmt.Fprintf(out, "what is newer cannot be used: %v\n", r.Passed)
	}
	if err := errors.Join(os.Rename(name+".restored", name), depot.SyncFolder(data)); err != nil {
		return err
	}
	// Its evidence is in backups alone, and whoever serves it is told; new files have a folder.
	if _, err := blob.Open(filepath.Join(data, "evidence"), nil); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s: the database as of %s, from the replica in %s\n", data,
		r.At.UTC().Format(time.RFC3339Nano), folder)
	return err
}
