package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Drill is the result of the last time a copy was tried out. The zero value means there was none.
type Drill struct {
	At          kpi.UnixMilli
	Copy        kpi.UnixMilli // when the copy was made
	Differences int
	// Sealed says that the copy was tried out before it was encrypted; what lies in its place was read again, and is
	// what came of that, byte for byte. Without the key more cannot be tried.
	Sealed bool `json:",omitempty"`
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

// loadBackups takes in what earlier processes, and other servers, made and tried out.
func (a *App) loadBackups(ctx context.Context) {
	var d Drill
	var note backupNote
	err := a.db.Read(ctx, func(r *store.Reader) (err error) {
		if d, err = settingOr(ctx, r, drillSetting, Drill{}); err == nil {
			note, err = settingOr(ctx, r, backupMade, backupNote{})
		}
		return err
	})
	if err != nil {
		return
	}
	a.backups.mu.Lock()
	defer a.backups.mu.Unlock()
	a.backups.drill, a.backups.last = d, max(a.backups.last, note.At)
}

// BackupFile is a copy, and where it lies.
type BackupFile struct {
	Depot  depot.Depot
	Name   string // "": there is none
	Locked bool
}

// String is its place, as people write it.
func (f BackupFile) String() string { return f.Depot.String() + "/" + f.Name }

// NewestBackup returns the newest copy that can be reached. With open it is one that is not encrypted.
func (a *App) NewestBackup(ctx context.Context, open bool) (newest BackupFile, err error) {
	var at time.Time
	limit := a.now().Add(clockSlip)
	for i := range a.backups.Places {
		if !a.answers(i) { // it would be waited for
			continue
		}
		c, failed := a.copies(ctx, i)
		var all []store.Copy
		if failed == nil {
			all, failed = c.List(ctx)
		}
		err = errors.Join(err, failed)
		for _, x := range all {
			if x.At.After(at) && !x.At.After(limit) && !(open && x.Locked) {
				at, newest = x.At, BackupFile{c.Depot, x.Name, x.Locked}
			}
		}
	}
	if newest.Name != "" {
		return newest, nil
	}
	return newest, err
}

// Drill restores a copy into a folder of its own, which is removed again, verifies everything in it, and holds the log,
// the entries and the evidence of these records, as they were when it was made, against it. It returns a line for each
// difference; the result is kept for all to see. key is asked when the copy is encrypted; nil has none.
// Refusals: those of [depot.Fetch], backup_no_space.
func (a *App) Drill(ctx context.Context, f BackupFile, key func() (depot.Key, error)) ([]string, error) {
	a.backups.drilling.Lock()
	defer a.backups.drilling.Unlock()
	d, err := a.drillFile(ctx, f, key)
	if err != nil {
		return d.found, err
	}
	return d.found, a.keepDrill(ctx, d, f.Depot.String(), f.Name)
}

// drilled is what a drill found.
type drilled struct {
	Drill
	found []string
}

func (a *App) drillFile(ctx context.Context, f BackupFile, key func() (depot.Key, error)) (drilled, error) {
	dir, err := os.MkdirTemp(a.db.WorkDir(), drillLeft)
	if err != nil {
		return drilled{}, fmt.Errorf("drill: %w", err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // the next drill removes what is left
	if folder, is := f.Depot.(depot.Folder); is && !f.Locked {
		return a.drillArchive(ctx, dir, folder.Path(f.Name))
	}
	file, err := depot.Stat(ctx, f.Depot, f.Name)
	if err != nil {
		return drilled{}, err
	}
	if err := a.roomForDrill(file.Size); err != nil {
		return drilled{}, err
	}
	name := filepath.Join(dir, strings.TrimSuffix(f.Name, depot.Encryption))
	if err := depot.Fetch(ctx, f.Depot, f.Name, name, key); err != nil {
		return drilled{}, err
	}
	return a.drillArchive(ctx, dir, name)
}

var errNotWhole = errors.New("the backup is not whole")

// noteUntried keeps why the newest copy could not be tried out, for administrators; a nil error: it could.
func (a *App) noteUntried(f BackupFile, err error) {
	var why *kpi.Text
	refusal, is := refusalOf(err)
	switch {
	case err == nil:
	case is:
		why = new(kpi.T("state.backup_untried", f.String(), refusal.Text))
	case errors.Is(err, errNotWhole):
		why = new(kpi.T("state.backup_broken", f.String()))
	default:
		why = new(kpi.T("state.backup_untried", f.String(), kpi.T("backup.drill_fault")))
	}
	a.backups.mu.Lock()
	defer a.backups.mu.Unlock()
	a.backups.untried = why
}

func (a *App) untried() *kpi.Text {
	a.backups.mu.Lock()
	defer a.backups.mu.Unlock()
	return a.backups.untried
}

// drillArchive restores an archive into a folder below dir and compares it.
func (a *App) drillArchive(ctx context.Context, dir, name string) (drilled, error) {
	m, err := store.CheckBackup(name)
	if err != nil {
		return drilled{}, errors.Join(errNotWhole, err)
	}
	var size int64
	for _, f := range m.Files {
		size += f.Size
	}
	if err := a.roomForDrill(size); err != nil {
		return drilled{}, err
	}
	at := a.stamp()
	restored := filepath.Join(dir, "restored")
	if _, err := store.Restore(name, restored); err != nil {
		return drilled{}, err
	}
	found, err := a.drillIn(ctx, restored, m)
	if err != nil {
		return drilled{found: found}, fmt.Errorf("drill: %w", err)
	}
	return drilled{Drill{At: at, Copy: kpi.UnixMilli(m.MadeAt.UnixMilli()), Differences: len(found)}, found}, nil
}

// keepDrill keeps the result for all to see.
func (a *App) keepDrill(ctx context.Context, d drilled, place, file string) error {
	a.backups.mu.Lock()
	a.backups.drill = d.Drill
	a.backups.mu.Unlock()
	detail := map[string]any{"file": file, "differences": d.Differences}
	if d.Sealed {
		detail["before_encryption"] = true
	}
	return a.db.Write(ctx, func(w *store.Writer) error {
		return errors.Join(setSetting(ctx, w, drillSetting, d.Drill),
			a.audit(ctx, w, kpi.Actor{Name: kpi.Program}, "backup.drill", "backup "+place, detail))
	})
}

func (a *App) roomForDrill(need int64) error {
	need += store.Reserve
	if has, err := a.db.Free(a.db.WorkDir()); err != nil {
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
	files, err := blob.Open(filepath.Join(dir, "evidence"), nil)
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

// drillIfDue tries the newest copy out that is not encrypted, if that is due; the others are tried out when they are
// made. One that comes to nothing is tried again the next time.
func (a *App) drillIfDue(ctx context.Context, log *slog.Logger) {
	if !drillDue(a.LastDrill(), a.Now()) {
		return
	}
	f, err := a.NewestBackup(ctx, true)
	if err == nil && f.Name == "" {
		return
	}
	if err != nil { // a place that is away is told as such
		log.Error("the newest backup could not be tried out", "error", err.Error())
		return
	}
	a.backups.drilling.Lock()
	defer a.backups.drilling.Unlock()
	var d drilled
	if err == nil {
		err = a.sweepDrills()
	}
	if err == nil {
		d, err = a.drillFile(ctx, f, nil)
	}
	if ctx.Err() != nil {
		return
	}
	a.noteUntried(f, err)
	if err != nil {
		log.Error("the newest backup could not be tried out", "error", err.Error())
		return
	}
	a.keepDrilled(ctx, log, d, f.Depot.String(), f.Name)
}

// drillBeforeLocking tries an archive out that is about to be encrypted, if a drill is due; nil if not.
func (a *App) drillBeforeLocking(ctx context.Context, log *slog.Logger, c store.Copies, name string) *drilled {
	a.backups.drilling.Lock()
	defer a.backups.drilling.Unlock()
	if c.Lock == nil || !drillDue(a.LastDrill(), a.Now()) {
		return nil
	}
	dir, err := os.MkdirTemp(a.db.WorkDir(), drillLeft)
	if err != nil {
		log.Error("the new backup could not be tried out", "error", err.Error())
		return nil
	}
	defer os.RemoveAll(dir) //nolint:errcheck // the next drill removes what is left
	d, err := a.drillArchive(ctx, dir, name)
	if err != nil {
		log.Error("the new backup could not be tried out", "error", err.Error())
		return nil
	}
	d.Sealed = true
	return &d
}

// keepDrilled keeps the result of a drill that nobody asked for, and tells the log.
func (a *App) keepDrilled(ctx context.Context, log *slog.Logger, d drilled, place, file string) {
	if err := a.keepDrill(ctx, d, place, file); err != nil && ctx.Err() == nil {
		log.Warn("the result of a drill was not kept", "error", err.Error())
	}
	for _, line := range d.found[:min(len(d.found), 20)] {
		log.Error("drill", "difference", line)
	}
	log.Info(fmt.Sprintf("backup restored and compared, %d differences", len(d.found)), "file", file,
		"before_encryption", d.Sealed)
}

// sweepDrills removes what drills that were broken off have left.
func (a *App) sweepDrills() error {
	left, err := filepath.Glob(filepath.Join(a.db.WorkDir(), drillLeft))
	for _, name := range left {
		err = errors.Join(err, os.RemoveAll(name))
	}
	return err
}

// AsItWasPut reads an encrypted copy, without opening it, and holds it against the hash that the audit log keeps since
// it was made. Refusals: backup_hash_unknown, backup_hash_other, those of the depot.
func (a *App) AsItWasPut(ctx context.Context, f BackupFile) (sha256 string, err error) {
	want, err := a.hashInLog(ctx, f)
	if err != nil {
		return "", err
	}
	r, err := f.Depot.Open(ctx, f.Name)
	if err != nil {
		return "", err
	}
	defer r.Close()
	got, err := depot.Sum(r)
	if err == nil && got.SHA256 != want {
		err = kpi.Refuse(kpi.Conflict, "backup_hash_other", f.String())
	}
	return got.SHA256, err
}

func (a *App) hashInLog(ctx context.Context, f BackupFile) (string, error) {
	for before := int64(0); ; {
		entries, err := a.Audit(ctx, kpi.Operator, kpi.AuditFilter{Action: "backup.make"}, before, auditPage)
		if err != nil {
			return "", err
		}
		for _, e := range entries {
			var detail struct{ File, SHA256 string }
			if err := json.Unmarshal([]byte(e.Detail), &detail); err != nil {
				return "", err
			}
			if e.Subject == "backup "+f.Depot.String() && detail.File == f.Name && detail.SHA256 != "" {
				return detail.SHA256, nil
			}
			before = e.ID
		}
		if len(entries) < auditPage {
			return "", kpi.Refuse(kpi.Conflict, "backup_hash_unknown", f.String())
		}
	}
}
