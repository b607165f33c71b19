package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/depot"
	"dabiao/internal/kpi"
	"dabiao/internal/replica"
	"dabiao/internal/store"
)

// What `dabiao replicate` says on its standard output, a line each, to the server that started it.
const (
	saidCopied = "copied" // MILLISECONDS: all from before that moment of Unix is copied
	saidWhole  = "whole"  // the whole database was copied
	saidFailed = "failed" // KEY TEXT: what keeps it from being copied; KEY is that of a sentence for people
)

// runReplicate copies the database continuously until its standard input ends, so that it ends with the server that
// started it, however that ended.
func runReplicate(ctx context.Context, io streams, args []string) error {
	var r records
	f := newFlags(io, "replicate")
	r.flags(f)
	to := f.String("replica", "", replicaUsage)
	if err := f.parseAlone(args); err != nil {
		return err
	}
	folder, err := r.followed(*to)
	if err != nil {
		return err
	}
	if folder == "" {
		return fmt.Errorf("%w: name a folder with --replica", errUse)
	}
	if err := r.mustExist(); err != nil {
		return err
	}
	signal.Ignore(os.Interrupt, syscall.SIGTERM) // they reach every process of a service, and the server still writes
	ctx, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	go func() {
		defer end()
		for s := bufio.NewScanner(io.in); s.Scan(); { // nothing is said
		}
	}()
	failed := func(err error) {
		text := strings.ReplaceAll(err.Error(), "\n", "; ")
		fmt.Fprintln(io.out, saidFailed, whyNotCopied(folder, err), text)
	}
	follower := replica.Follower{Database: filepath.Join(r.data, store.FileName), Folder: folder, Now: time.Now,
		Log:    slog.New(slog.NewTextHandler(io.err, &slog.HandlerOptions{Level: slog.LevelWarn})),
		Copied: func(before time.Time) { fmt.Fprintln(io.out, saidCopied, before.UnixMilli()) },
		Whole:  func() { fmt.Fprintln(io.out, saidWhole) },
		Failed: failed}
	if err := follower.Run(ctx); err != nil && !errors.Is(err, context.Canceled) { // that is: it had not begun
		failed(err)
		return err
	}
	return nil
}

// whyNotCopied returns the key of what people are told.
func whyNotCopied(folder string, err error) string {
	var at *fs.PathError
	var refused *kpi.Error
	switch {
	case errors.Is(err, replica.ErrInside):
		return "replica_inside"
	case errors.Is(err, replica.ErrOther):
		return "replica_other"
	case errors.Is(err, replica.ErrShared):
		return "replica_shared"
	case errors.As(err, &at) && replica.Within(at.Path, folder) && errors.As(depot.Folder{Dir: folder}.Why(err), &refused):
		return refused.Text.Key
	}
	return replicaFault
}

// replicaFault is said where only the log says why.
const replicaFault = "replica.fault"

// hear takes a line of what `dabiao replicate` says, and reports whether something was copied.
func hear(a *app.App, log *slog.Logger, folder, line string) (copied bool) {
	what, rest, _ := strings.Cut(line, " ")
	switch what {
	case saidCopied:
		at, err := strconv.ParseInt(rest, 10, 64)
		if err != nil {
			return false
		}
		a.ReplicaCopied(time.Since(time.UnixMilli(at)))
		return true
	case saidWhole:
		a.ReplicaWhole()
	case saidFailed:
		key, text, _ := strings.Cut(rest, " ")
		log.Warn("the replica is not written", "folder", folder, "error", text)
		a.ReplicaFailed(kpi.T(key, folder))
	}
	return false
}
