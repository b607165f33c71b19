package app

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"dabiao/internal/depot"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Backups says where copies of the records are made without anybody asking for them.
type Backups struct {
	Places  []BackupPlace // none: nowhere
	Version string        // of the program, for the copies' manifests
}

// String lists the places.
func (b Backups) String() string {
	var out []string
	for _, p := range b.Places {
		out = append(out, p.Depot.String())
	}
	return strings.Join(out, ", ")
}

// BackupPlace is one of them.
type BackupPlace struct {
	Depot depot.Depot
	Lock  *depot.Recipient // for whom the copies are encrypted; nil: they are not
}

// BackupFolder is what is known of a folder of copies.
type BackupFolder struct {
	Dir       string        // or the address of a bucket
	Locked    bool          // copies are encrypted, and this process cannot open them
	Elsewhere bool          // it is no folder
	Looked    bool          // what follows is known
	Away      bool          // it could not be looked into
	Newest    kpi.UnixMilli // when the newest copy was made; 0: there is none
	Size      int64         // of it, in bytes
	Copies    int
	// Others are copies of records that began as these did and went on otherwise, on another server or before these were
	// restored, or whose names do not tell. OthersNewest is the newest that is known to be so; 0: none.
	Others       int
	OthersNewest kpi.UnixMilli
	newest       string    // the name of the newest copy
	SameDisk     bool      // it is lost with the records if their disk is
	Failed       *kpi.Text // why the last attempt came to nothing; nil if it did not
	Failures     int       // since the program began
	Lacks        int       // evidence that was missing or altered already when the newest was made by this process
}

// backups is what this process knows of the copies; it is asked by every page and waits for no disk.
type backups struct {
	Backups
	mu       sync.Mutex
	folders  []BackupFolder
	told     []time.Time     // when the log was last told of a folder's failure, by the same reason
	made     []kpi.UnixMilli // when this process made the newest copy of a folder; 0: it made none
	last     kpi.UnixMilli   // when the last copy was made by any server that this process heard of; 0: of none
	asked    []time.Time     // when a folder was asked what is in it; zero once it answered
	drill    Drill
	untried  *kpi.Text  // why the newest copy could not be tried out when that was due; nil if it could
	drilling sync.Mutex // one drill at a time: the next one removes what the last one left
}

func newBackups(b Backups) *backups {
	out := &backups{Backups: b, told: make([]time.Time, len(b.Places)),
		made: make([]kpi.UnixMilli, len(b.Places)), asked: make([]time.Time, len(b.Places))}
	for _, p := range b.Places {
		_, folder := p.Depot.(depot.Folder)
		out.folders = append(out.folders, BackupFolder{Dir: p.Depot.String(), Locked: p.Lock != nil, Elsewhere: !folder})
	}
	return out
}

// BackupFolders returns what is known of each folder of copies; none if no copies are made.
func (a *App) BackupFolders() []BackupFolder {
	a.backups.mu.Lock()
	defer a.backups.mu.Unlock()
	out := append([]BackupFolder(nil), a.backups.folders...)
	for i, asked := range a.backups.asked {
		if !asked.IsZero() && a.now().Sub(asked).Abs() >= backupSilent {
			why := kpi.T("backup_silent", out[i].Dir)
			out[i].lose()
			out[i].Failed = &why
		}
	}
	return out
}

// lose forgets what was known of a folder that is away.
func (f *BackupFolder) lose() {
	*f = BackupFolder{Dir: f.Dir, Locked: f.Locked, Elsewhere: f.Elsewhere, Looked: true, Away: true, Failed: f.Failed,
		Failures: f.Failures}
}

// answers reports whether a folder answered what it was asked last.
func (a *App) answers(i int) bool {
	a.backups.mu.Lock()
	defer a.backups.mu.Unlock()
	return a.backups.asked[i].IsZero()
}

// BackedUp returns when the newest copy that can be reached was made; 0 if there is none. One of a moment that has not
// come yet counts as none.
func (a *App) BackedUp() kpi.UnixMilli { return newestIn(a.BackupFolders(), a.stamp()) }

func newestIn(folders []BackupFolder, now kpi.UnixMilli) (newest kpi.UnixMilli) {
	for _, f := range folders {
		if !toCome(f.Newest, now) {
			newest = max(newest, f.Newest)
		}
	}
	return newest
}

// toCome reports whether a stored moment has not come yet, by a clock that was set back since or ran ahead then.
func toCome(at, now kpi.UnixMilli) bool { return at > now+ms(clockSlip) }

const (
	backupEvery     = 24 * time.Hour
	backupByNight   = 20 * time.Hour // so that copies are made at night where the computer runs then
	backupLate      = 2 * 24 * time.Hour
	backupFarLate   = 8 * 24 * time.Hour // for one folder of several, which may be a disk that is carried about
	backupFirst     = time.Minute        // after the start, when people open their first pages
	backupLookEvery = 10 * time.Minute
	backupSilent    = 5 * time.Minute // a folder that does not answer for so long is away
	backupTellEvery = 24 * time.Hour  // of one that keeps failing for one reason
)

// backupDue reports whether a copy is to be made: a day after the last one, or a little earlier at night; at once if
// there is none, or the last is said to have been in the future.
func backupDue(last kpi.UnixMilli, now time.Time) bool {
	at := kpi.UnixMilli(now.UnixMilli())
	night := now.Hour() >= nightBegins && now.Hour() < nightEnds
	return last == 0 || !within(last, at, backupEvery) || night && !within(last, at, backupByNight)
}

// RunBackups makes copies of the records into each folder whenever one is due, and tries the newest out once a month,
// until ctx ends; a copy under way is broken off then. A folder that does not answer keeps nobody else waiting.
func (a *App) RunBackups(ctx context.Context, log *slog.Logger) {
	if len(a.backups.Places) == 0 {
		return
	}
	var folders sync.WaitGroup
	defer a.awaitFolders(&folders, log)
	if err := a.db.SweepCopies(); err != nil {
		log.Warn("what a broken-off backup left stays", "error", err.Error())
	}
	a.loadBackups(ctx)
	for i := range a.backups.Places {
		folders.Go(func() {
			if err := Aside(func() error { a.runFolder(ctx, log, i); return nil }); err != nil {
				log.Error("backups end", "folder", a.backups.Places[i].Depot.String(), "error", err.Error())
			}
		})
	}
	folders.Go(func() {
		for wait := 2 * backupFirst; ; wait = backupLookEvery {
			select {
			case <-ctx.Done():
				return
			case <-time.After(wait):
			}
			if err := Aside(func() error { a.drillIfDue(ctx, log); return nil }); err != nil {
				log.Error("drill", "error", err.Error())
			}
		}
	})
	<-ctx.Done()
}

// backupEnds is how long a copy under way may take to break off.
const backupEnds = 10 * time.Second

// awaitFolders waits until no copy is being made any more. A folder that does not answer is left alone: what is done
// there once it does asks the database nothing.
func (a *App) awaitFolders(folders *sync.WaitGroup, log *slog.Logger) {
	ended := make(chan error, 1)
	go func() { ended <- Aside(func() error { folders.Wait(); return nil }) }()
	select {
	case err := <-ended:
		if err != nil {
			log.Error("backups end", "error", err.Error())
		}
	case <-time.After(backupEnds):
		log.Warn("a folder of backups does not answer, and is not waited for")
	}
}

func (a *App) runFolder(ctx context.Context, log *slog.Logger, i int) {
	if err := a.look(ctx, i); err != nil {
		log.Warn("backup", "folder", a.backups.Places[i].Depot.String(), "error", err.Error())
	}
	for wait := backupFirst; ; wait = backupLookEvery {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
			a.BackUp(ctx, log, i)
		}
	}
}

// copies is the place with a number.
func (a *App) copies(ctx context.Context, i int) (store.Copies, error) {
	place := a.backups.Places[i]
	return a.db.Copies(ctx, place.Depot, place.Lock)
}

// look finds out what is in a folder.
func (a *App) look(ctx context.Context, i int) error {
	c, err := a.copies(ctx, i)
	if err != nil {
		return err
	}
	a.set(i, func(*BackupFolder) { a.backups.asked[i] = a.now() })
	found, err := c.Look(ctx)
	folder, is := c.Depot.(depot.Folder)
	same := err == nil && is && a.db.OnItsDisk(folder.Dir)
	a.set(i, func(*BackupFolder) { a.backups.asked[i] = time.Time{} })
	if err != nil {
		a.set(i, (*BackupFolder).lose)
		return err
	}
	a.set(i, func(f *BackupFolder) {
		f.Away, f.Looked, f.Copies, f.Others, f.SameDisk = false, true, len(found.Ours), len(found.Others), same
		newest := a.newestOf(found.Ours)
		f.Newest, f.Size, f.newest = stampOf(newest.At), newest.Size, newest.Name
		known := slices.DeleteFunc(found.Others, func(x store.Copy) bool { return !x.Known() })
		other := a.newestOf(known)
		f.OthersNewest = stampOf(other.At)
	})
	return nil
}

// newestOf returns the newest of copies that is not of a moment to come; they are sorted, the newest first.
func (a *App) newestOf(copies []store.Copy) store.Copy {
	limit := a.now().Add(clockSlip)
	for _, x := range copies {
		if !x.At.After(limit) {
			return x
		}
	}
	return store.Copy{}
}

// stampOf is a moment; 0 for none.
func stampOf(at time.Time) kpi.UnixMilli {
	if at.IsZero() {
		return 0
	}
	return kpi.UnixMilli(at.UnixMilli())
}

func (a *App) set(i int, fn func(*BackupFolder)) {
	a.backups.mu.Lock()
	defer a.backups.mu.Unlock()
	fn(&a.backups.folders[i])
}

// BackUp makes a copy into a folder if one is due, and removes the copies that are not kept any more. Of several
// servers of a database only one does so in a folder at a time, and the others find its copy there. What came of it
// is logged, and told by [App.BackupFolders].
func (a *App) BackUp(ctx context.Context, log *slog.Logger, i int) {
	c, err := a.copies(ctx, i)
	if err == nil && c.Office == "" { // there are no records yet
		return
	}
	done, ours := func() {}, true
	if err == nil {
		done, ours, err = a.db.Turn(ctx, "copies "+placeOf(c))
	}
	if err == nil {
		defer done()
		err = a.look(ctx, i)
	}
	f := a.BackupFolders()[i]
	if err == nil && !ours {
		return
	}
	due := true
	if err == nil {
		due, err = a.due(ctx, c, i, f)
	}
	if err == nil && !due {
		a.set(i, func(f *BackupFolder) { f.Failed = nil })
		return
	}
	var m store.Copied
	var drill *drilled
	if err == nil {
		m, err = a.db.CopyInto(ctx, c, a.files, a.backups.Version, a.now(), func(name string) {
			drill = a.drillBeforeLocking(ctx, log, c, name)
		})
	}
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		a.backupFailed(ctx, log, i, err)
		return
	}
	a.set(i, func(f *BackupFolder) {
		f.Failed, f.Lacks, a.backups.made[i], a.backups.last = nil, len(m.Damaged), a.stamp(), a.stamp()
	})
	log.Info("backed up", "folder", f.Dir, "evidence", len(m.Files)-1, "lacks", len(m.Damaged))
	if f.Others > 0 {
		log.Warn("backups of other records lie in the same folder", "folder", f.Dir, "backups", f.Others)
	}
	if len(m.Damaged) == 0 { // else an older copy may be the only one that has it
		a.thin(ctx, log, c)
	}
	if err := a.look(ctx, i); err != nil {
		log.Warn("backup", "folder", f.Dir, "error", err.Error())
	}
	detail := map[string]any{"file": m.Name, "evidence": len(m.Files) - 1, "lacks": len(m.Damaged),
		"log": m.Audit.String()}
	if m.SHA256 != "" {
		detail["sha256"] = m.SHA256
	}
	a.auditBackup(ctx, log, "backup.make", f.Dir, detail, func(w *store.Writer) error {
		return a.noteBackup(ctx, w, c, m.Name, len(m.Damaged))
	})
	if drill != nil {
		a.keepDrilled(ctx, log, *drill, f.Dir, m.Name)
	}
}

func (a *App) thin(ctx context.Context, log *slog.Logger, c store.Copies) {
	removed, err := c.Thin(ctx, a.Now())
	if err != nil {
		log.Warn("old backups stay", "folder", c.Depot.String(), "error", err.Error())
	}
	for _, name := range removed {
		log.Info("old backup removed", "folder", c.Depot.String(), "file", name)
	}
}

// backupFailed keeps why, and tells the log and the audit log once a day unless the reason is another.
func (a *App) backupFailed(ctx context.Context, log *slog.Logger, i int, err error) {
	why := kpi.T("backup.fault")
	if refusal, ok := refusalOf(err); ok {
		why = refusal.Text
	}
	news := false
	a.set(i, func(f *BackupFolder) {
		f.Failures++
		now := a.now()
		news = f.Failed == nil || f.Failed.Key != why.Key || now.Sub(a.backups.told[i]).Abs() >= backupTellEvery
		if f.Failed = &why; news {
			a.backups.told[i] = now
		}
	})
	if news {
		dir := a.backups.Places[i].Depot.String()
		log.Error("not backed up", "folder", dir, "error", err.Error())
		a.auditBackup(ctx, log, "backup.fail", dir, map[string]any{"why": why.Key})
	}
}

// auditBackup adds an entry to the audit log, and what goes with it.
func (a *App) auditBackup(ctx context.Context, log *slog.Logger, action, subject string, detail any,
	along ...func(*store.Writer) error) {
	err := a.db.Write(ctx, func(w *store.Writer) error {
		for _, fn := range along {
			if err := fn(w); err != nil {
				return err
			}
		}
		return a.audit(ctx, w, kpi.Actor{Name: kpi.Program}, action, "backup "+subject, detail)
	})
	if err != nil && ctx.Err() == nil {
		log.Warn("the audit log was not told of a backup", "error", err.Error())
	}
}

// backupWarns is what administrators are told of the copies.
func (a *App) backupWarns() (out []kpi.Text) {
	if d := a.LastDrill(); d.Differences > 0 {
		out = append(out, kpi.T("state.backup_drill", a.DayOf(d.At), d.Differences))
	}
	if why := a.untried(); why != nil {
		out = append(out, *why)
	}
	folders, now := a.BackupFolders(), a.stamp()
	if i := slices.IndexFunc(folders, func(f BackupFolder) bool {
		return f.OthersNewest > 0 && within(f.OthersNewest, now, backupLate)
	}); i >= 0 {
		out = append(out, kpi.T("state.backup_others", folders[i].Dir, a.DayOf(folders[i].OthersNewest)))
	}
	newest, last := newestIn(folders, now), a.lastBackup()
	failed := func(f BackupFolder) bool { return f.Failed != nil }
	switch {
	case slices.ContainsFunc(folders, func(f BackupFolder) bool { return !f.Looked || toCome(f.Newest, now) }):
		// It may have a newer one, or one that a clock which was set back makes newer than now.
	case newest == 0 && slices.ContainsFunc(folders, failed) && last == 0:
		return append(out, kpi.T("state.backup_none"))
	case newest == 0 && slices.ContainsFunc(folders, failed):
		return append(out, kpi.T("state.backup_lost", a.DayOf(last)))
	case newest != 0 && !within(newest, now, backupLate):
		return append(out, kpi.T("state.backup_late", a.DayOf(newest)))
	}
	lacking := slices.DeleteFunc(slices.Clone(folders), func(f BackupFolder) bool {
		return !failed(f) || within(f.Newest, now, backupFarLate)
	})
	switch {
	case len(lacking) == 1:
		out = append(out, kpi.T("state.backup_folder", lacking[0].Dir, *lacking[0].Failed))
	case len(lacking) > 1:
		out = append(out, kpi.T("state.backup_folders", len(lacking), lacking[0].Dir, *lacking[0].Failed))
	}
	if i := slices.IndexFunc(folders, func(f BackupFolder) bool { return f.Lacks > 0 }); i >= 0 {
		out = append(out, kpi.T("state.backup_lacks", folders[i].Lacks))
	}
	return out
}
