package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/store"
)

const (
	backupsUsage = "folders of the backups that the server makes by itself, comma-separated; off: none; " +
		"empty: backups in the data folder"
	noBackups = "off"
)

// ownBackups is the folder of backups that is made where nobody names one.
func (r records) ownBackups() string { return filepath.Join(r.data, "backups") }

// backUpInto reads where copies are made by themselves.
func (r *records) backUpInto(folders string) error {
	r.backups = app.Backups{Version: version, Own: r.ownBackups()}
	switch {
	case folders == noBackups:
		return nil
	case folders == "":
		r.backups.Folders = []string{r.backups.Own}
		return nil
	}
	for dir := range strings.SplitSeq(folders, ",") {
		if dir = strings.TrimSpace(dir); dir == "" {
			continue
		}
		if dir = filepath.Clean(dir); !slices.Contains(r.backups.Folders, dir) {
			r.backups.Folders = append(r.backups.Folders, dir)
		}
	}
	if len(r.backups.Folders) == 0 {
		return fmt.Errorf("%w: --backups %q names no folder; write %s to make none", errUse, folders, noBackups)
	}
	return nil
}

// backUpBefore makes a copy into each folder before the schema is upgraded. A folder that is away does not keep the
// office from working: a copy of a SQLite database stays beside it in any case.
func (r records) backUpBefore(ctx context.Context, log *slog.Logger) func(*store.Unopened) {
	return func(u *store.Unopened) {
		files, err := store.OpenFiles(r.evidence())
		if err != nil {
			log.Error("not backed up before the upgrade", "error", err.Error())
			return
		}
		for _, dir := range r.backups.Folders {
			c := store.Copies{Dir: dir, Create: dir == r.backups.Own}
			if err := u.CopyInto(ctx, c, files, version, time.Now()); err != nil {
				log.Error("not backed up before the upgrade", "folder", dir, "error", err.Error())
				continue
			}
			log.Info("backed up before the upgrade", "folder", dir)
		}
	}
}

// runDrill tries a backup out: it is restored, verified and compared; a server may be running.
func runDrill(ctx context.Context, io streams, args []string) error {
	var r records
	f := newFlags(io, "drill")
	r.flags(f)
	folders := f.String("backups", "", backupsUsage)
	name := f.String("backup", "", "the backup to try out; empty: the newest in the folders of --backups")
	if err := f.parseAlone(args); err != nil {
		return err
	}
	if err := r.backUpInto(*folders); err != nil {
		return err
	}
	a, db, err := r.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	if *name == "" {
		if *name, err = a.NewestBackup(ctx); err != nil {
			return err
		}
	}
	if *name == "" {
		return fmt.Errorf("there is no backup in %s: name one with --backup, or its folder with --backups",
			strings.Join(r.backups.Folders, ", "))
	}
	differences, err := a.Drill(ctx, *name)
	for _, line := range differences {
		fmt.Fprintln(io.out, line)
	}
	if err != nil {
		return err
	}
	if len(differences) > 0 {
		return fmt.Errorf("%s: restored and compared, %d differences", *name, len(differences))
	}
	_, err = fmt.Fprintf(io.out, "%s: restored and compared, 0 differences\n", *name)
	return err
}
