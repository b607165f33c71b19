package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/store"
)

const (
	backupsUsage = "where the server makes backups by itself: folders and s3://BUCKET/PREFIX, comma-separated; off: none; " +
		"empty: backups in the data folder"
	noBackups = "off"
)

// ownBackups is the folder of backups that is made where nobody names one.
func (r records) ownBackups() string { return filepath.Join(r.data, "backups") }

// backUpInto reads where copies are made by themselves.
func (r *records) backUpInto(list string, p places) error {
	r.backups = app.Backups{Version: version}
	switch {
	case list == noBackups:
		return nil
	case list == "":
		list = r.ownBackups()
	}
	seen := map[string]bool{}
	for address := range strings.SplitSeq(list, ",") {
		if address = strings.TrimSpace(address); address == "" {
			continue
		}
		place, err := p.place(address, r.ownBackups())
		if err != nil {
			return err
		}
		if at := oneName(place.Depot); !seen[at] {
			seen[at] = true
			r.backups.Places = append(r.backups.Places, place)
		}
	}
	if len(r.backups.Places) == 0 {
		return fmt.Errorf("%w: --backups %q names no place; write %s to make none", errUse, list, noBackups)
	}
	return nil
}

// oneName is the same for all names of a place: two copies in one folder are lost together.
func oneName(d depot.Depot) string {
	folder, is := d.(depot.Folder)
	if !is {
		return d.String()
	}
	dir, err := filepath.EvalSymlinks(folder.Dir)
	if err == nil {
		dir, err = filepath.Abs(dir)
	}
	if err != nil { // its disk is away
		return d.String()
	}
	return dir
}

// backUpBefore makes a copy into each place before the schema is upgraded. One that is away does not keep the office
// from working, nor does a slow one for long: a copy of a SQLite database stays beside it in any case.
func (r records) backUpBefore(ctx context.Context, log *slog.Logger) func(*store.Unopened) {
	return func(u *store.Unopened) {
		files, err := r.blobs(r.evidenceAt, r.evidence(), u.Chunks)
		if err != nil {
			log.Error("not backed up before the upgrade", "error", err.Error())
			return
		}
		for _, place := range r.backups.Places {
			if err := copyBefore(ctx, u, place, files); err != nil {
				log.Error("not backed up before the upgrade", "folder", place.Depot.String(), "error", err.Error())
				continue
			}
			log.Info("backed up before the upgrade", "folder", place.Depot.String())
		}
	}
}

func copyBefore(ctx context.Context, u *store.Unopened, p app.BackupPlace, files blob.Files) error {
	if _, is := p.Depot.(depot.Folder); !is {
		limited, done := context.WithTimeout(ctx, startPatience)
		defer done()
		ctx = limited
	}
	return u.CopyInto(ctx, store.Copies{Depot: p.Depot, Lock: p.Lock}, files, version, time.Now())
}

// runDrill tries a backup out: it is restored, verified and compared; a server may be running.
func runDrill(ctx context.Context, io streams, args []string) error {
	var r records
	f := newFlags(io, "drill")
	r.flags(f)
	var p places
	p.flags(f, &r.storage)
	list := f.String("backups", "", backupsUsage)
	name := f.String("backup", "", "the backup to try out; empty: the newest in the places of --backups")
	key := f.String("backup-key", "", keyUsage)
	if err := f.parseAlone(args); err != nil {
		return err
	}
	if err := r.backUpInto(*list, p); err != nil {
		return err
	}
	a, db, err := r.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	file, err := p.toDrill(ctx, a, *name)
	if err != nil {
		return err
	}
	if file.Name == "" && len(r.backups.Places) == 0 {
		return fmt.Errorf("%w: name a backup with --backup, or its place with --backups", errUse)
	}
	if file.Name == "" {
		return fmt.Errorf("there is no backup in %s: name one with --backup, or its place with --backups", r.backups)
	}
	if _, asked := io.terminal(); file.Locked && *key == "" && !asked {
		return asItWasPut(ctx, io, a, file)
	}
	differences, err := a.Drill(ctx, file, keyOf(io, *key))
	for _, line := range differences {
		fmt.Fprintln(io.out, line)
	}
	if err != nil {
		return err
	}
	if len(differences) > 0 {
		return fmt.Errorf("%s: restored and compared, %d differences", file, len(differences))
	}
	_, err = fmt.Fprintf(io.out, "%s: restored and compared, 0 differences\n", file)
	return err
}

// toDrill returns the backup of an address, and without one the newest.
func (p places) toDrill(ctx context.Context, a *app.App, address string) (f app.BackupFile, err error) {
	if address == "" {
		return a.NewestBackup(ctx, false)
	}
	if f.Depot, f.Name, err = p.file(address); err != nil {
		return f, err
	}
	f.Locked, err = depot.IsEncrypted(ctx, f.Depot, f.Name)
	return f, err
}

// asItWasPut says what can be said of an encrypted backup without its key.
func asItWasPut(ctx context.Context, io streams, a *app.App, f app.BackupFile) error {
	sum, err := a.AsItWasPut(ctx, f)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(io.out, "%s: encrypted, and not opened without --backup-key; it lies there as it was put (SHA-256 %s)\n", f, sum)
	return err
}
