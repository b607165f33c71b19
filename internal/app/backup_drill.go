package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Drill is the result of the last time a copy was tried out. The zero value means there was none.
type Drill struct {
	At          kpi.UnixMilli
	Copy        kpi.UnixMilli // when the copy was made
	Differences int
}

const (
	drillSetting = "backup_drill"
	drillEvery   = 30 * 24 * time.Hour
	drillLeft    = "drill-*"
)

// LastDrill returns the result of the last drill that this process knows.
func (a *App) LastDrill() Drill {
	a.backups.mu.Lock()
	defer a.backups.mu.Unlock()
	return a.backups.drill
}

func (a *App) loadDrill(ctx context.Context) {
	d, err := read(ctx, a, func(r *store.Reader) (Drill, error) { return settingOr(ctx, r, drillSetting, Drill{}) })
	if err != nil {
		return
	}
	a.backups.mu.Lock()
	defer a.backups.mu.Unlock()
	a.backups.drill = d
}

// NewestBackup returns the newest copy that can be reached, and "" if there is none.
func (a *App) NewestBackup(ctx context.Context) (name string, err error) {
	var newest kpi.UnixMilli
	for i := range a.backups.Folders {
		if failed := a.look(ctx, i); failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		if f := a.BackupFolders()[i]; f.Newest > newest {
			newest = f.Newest
			name, err = a.pathOf(ctx, i, newest)
			if err != nil {
				return "", err
			}
		}
	}
	if name != "" {
		return name, nil
	}
	return "", err
}

func (a *App) pathOf(ctx context.Context, i int, at kpi.UnixMilli) (string, error) {
	c, err := a.copies(ctx, i)
	if err != nil {
		return "", err
	}
	all, err := c.List()
	for _, x := range all {
		if kpi.UnixMilli(x.At.UnixMilli()) == at {
			return filepath.Join(c.Dir, x.Name), nil
		}
	}
	return "", err
}

// Drill restores a copy into a folder of its own, which is removed again, verifies everything in it, and holds the log,
// the entries and the evidence of these records, as they were when it was made, against it. It returns a line for each
// difference; the result is kept for all to see.
func (a *App) Drill(ctx context.Context, name string) ([]string, error) {
	m, err := store.CheckBackup(name)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(a.db.WorkDir(), drillLeft)
	if err != nil {
		return nil, fmt.Errorf("drill: %w", err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // the next drill removes what is left
	if err := a.roomForDrill(m, dir); err != nil {
		return nil, err
	}
	at := a.stamp()
	restored := filepath.Join(dir, "restored")
	if _, err := store.Restore(name, restored); err != nil {
		return nil, err
	}
	differences, err := a.drillIn(ctx, restored, m)
	if err != nil {
		return differences, fmt.Errorf("drill: %w", err)
	}
	d := Drill{At: at, Copy: kpi.UnixMilli(m.MadeAt.UnixMilli()), Differences: len(differences)}
	a.backups.mu.Lock()
	a.backups.drill = d
	a.backups.mu.Unlock()
	return differences, a.db.Write(ctx, func(w *store.Writer) error {
		return errors.Join(setSetting(ctx, w, drillSetting, d), a.audit(ctx, w, kpi.Actor{Name: kpi.Program}, "backup.drill",
			"backup "+filepath.Dir(name), map[string]any{"file": filepath.Base(name), "differences": len(differences)}))
	})
}

func (a *App) roomForDrill(m store.Manifest, dir string) error {
	need := int64(store.Reserve)
	for _, f := range m.Files {
		need += f.Size
	}
	if has, err := a.db.Free(dir); err != nil {
		return err
	} else if has < need {
		return kpi.Refuse(kpi.Conflict, "backup_no_space", a.db.WorkDir(), has>>20, need>>20)
	}
	return nil
}

func (a *App) drillIn(ctx context.Context, dir string, m store.Manifest) (out []string, err error) {
	db, err := store.Open(ctx, a.db.Like(dir))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	files, err := store.OpenFiles(filepath.Join(dir, "evidence"))
	if err != nil {
		return nil, err
	}
	if out, err = New(Config{DB: db, Files: files, Now: a.now, Zone: a.zone}).Verify(ctx); err != nil {
		return out, err
	}
	for i := range out {
		out[i] = "the copy: " + out[i]
	}
	found, err := a.db.Against(ctx, db, m.Audit)
	return append(out, found...), err
}

// drillDue reports whether the newest copy is to be tried out: a month after the last time, at night if the computer
// runs then.
func drillDue(last Drill, now time.Time) bool {
	at := kpi.UnixMilli(now.UnixMilli())
	night := now.Hour() >= nightBegins && now.Hour() < nightEnds
	return last.At == 0 || !within(last.At, at, drillEvery+backupLate) || night && !within(last.At, at, drillEvery)
}

// drillIfDue tries the newest copy out if that is due. One that comes to nothing is tried again the next time.
func (a *App) drillIfDue(ctx context.Context, log *slog.Logger) {
	if !drillDue(a.LastDrill(), a.Now()) {
		return
	}
	left, err := filepath.Glob(filepath.Join(a.db.WorkDir(), drillLeft))
	for _, name := range left { // of one that was broken off
		err = errors.Join(err, os.RemoveAll(name))
	}
	name := ""
	if err == nil {
		name, err = a.NewestBackup(ctx)
	}
	var differences []string
	if err == nil && name != "" {
		differences, err = a.Drill(ctx, name)
	}
	switch {
	case ctx.Err() != nil || err == nil && name == "":
		return
	case err != nil:
		log.Error("the newest backup could not be tried out", "error", err.Error())
		return
	}
	for _, d := range differences[:min(len(differences), 20)] {
		log.Error("drill", "difference", d)
	}
	log.Info(fmt.Sprintf("backup restored and compared, %d differences", len(differences)), "file", name)
}
