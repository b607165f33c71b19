package app

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/depot/s3test"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// backedUp is an office whose records are on SQLite and backed up into folders, the first of which is the program's.
type backedUp struct {
	*testing.T
	*App
	dir   string
	free  int64
	clock time.Time
}

func newBackedUp(t *testing.T, others ...BackupPlace) *backedUp {
	t.Helper()
	return newBackedUpIn(t, store.Config{Commits: store.NoSync}, others...)
}

// newBackedUpIn is one whose records are where c says, by default in a folder of their own.
func newBackedUpIn(t *testing.T, c store.Config, others ...BackupPlace) *backedUp {
	t.Helper()
	if c.Dir == "" {
		c.Dir = t.TempDir()
	}
	b := &backedUp{T: t, dir: c.Dir, free: 1 << 40, clock: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	if c.KeyFile == "" {
		c.KeyFile = filepath.Join(b.dir, store.KeyFileName)
	}
	c.Free = func(string) (int64, error) { return b.free, nil }
	db, err := store.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	files, err := blob.Open(filepath.Join(b.dir, "evidence"), nil)
	if err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(b.dir, "backups")
	b.App = New(Config{DB: db, Files: files, Now: func() time.Time { return b.clock }, Zone: time.UTC,
		Passwords: CheapPasswords, Backups: Backups{Version: "test",
			Places: append([]BackupPlace{{Depot: depot.Folder{Dir: own, Create: true}}}, others...)}})
	return b
}

func (b *backedUp) setUp() {
	b.Helper()
	if err := b.SetUp(b.Context(), Setup{Office: Office{Name: "某局"}, UnitCode: "county", Year: 2026, Name: "admin",
		Password: "correct horse"}); err != nil {
		b.Fatal(err)
	}
}

func (b *backedUp) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// run makes the copies that are due now.
func (b *backedUp) run() {
	for i := range b.backups.Places {
		b.BackUp(b.Context(), slog.New(slog.DiscardHandler), i)
	}
}

func (b *backedUp) warns() []string { return b.State().keys() }

// acts lists the actions of the audit log that are about backups, oldest first.
func (b *backedUp) acts() (out []string) {
	b.Helper()
	all, err := b.Audit(b.Context(), kpi.Operator, kpi.AuditFilter{}, 0, 100)
	if err != nil {
		b.Fatal(err)
	}
	for _, e := range all {
		if strings.HasPrefix(e.Action, "backup.") {
			out = append(out, strings.TrimPrefix(e.Action, "backup."))
		}
	}
	slices.Reverse(out)
	return out
}

func TestACopyIsDueOnceADay(t *testing.T) {
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		what      string
		last, now time.Time
		want      bool
	}{
		{"never", time.UnixMilli(0), at(23, 9), true},
		{"just now", at(23, 9), at(23, 9), false},
		{"this morning", at(23, 9), at(23, 18), false},
		{"yesterday before dawn, and it is night", at(22, 4), at(23, 1), true},
		{"yesterday in the afternoon, and it is night", at(22, 14), at(23, 2), false},
		{"yesterday in the afternoon, and it is morning", at(22, 14), at(23, 9), false},
		{"a day and a little ago", at(22, 8), at(23, 9), true},
		{"in a moment, by another's clock", at(23, 9).Add(clockSlip), at(23, 9), false},
		{"in the future", at(24, 9), at(23, 9), true},
		{"in ten years", at(23, 9).AddDate(10, 0, 0), at(23, 9), true},
	} {
		if got := backupDue(kpi.UnixMilli(c.last.UnixMilli()), c.now); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

func TestCopiesAreMadeDailyAndTheirStateIsTold(t *testing.T) {
	usb := filepath.Join(t.TempDir(), "usb")
	b := newBackedUp(t, BackupPlace{Depot: depot.Folder{Dir: usb}})
	b.run()
	if b.BackedUp() != 0 || len(b.warns()) > 0 || len(b.acts()) > 0 {
		t.Errorf("without records: %+v, %v", b.BackupFolders(), b.warns())
	}
	b.setUp()
	steps := []struct {
		what   string
		do     func()
		copies int
		warns  []string
		acts   []string
	}{
		{"the disk of one is away", func() {}, 1, []string{"state.backup_folder"}, []string{"fail", "make"}},
		{"it is not told twice a day", func() { b.clock = b.clock.Add(time.Hour) }, 1,
			[]string{"state.backup_folder"}, nil},
		{"it comes", func() { b.must(os.Mkdir(usb, 0o700)) }, 1, nil, []string{"make"}},
		{"a day", func() { b.clock = b.clock.Add(25 * time.Hour) }, 2, nil, []string{"make", "make"}},
		{"the disk fills", func() { b.free, b.clock = store.Reserve, b.clock.Add(25*time.Hour) }, 2,
			[]string{"state.disk_low"}, []string{"fail", "fail"}},
		{"for days", func() { b.clock = b.clock.Add(48 * time.Hour) }, 2,
			[]string{"state.disk_low", "state.backup_late"}, []string{"fail", "fail"}},
		{"room is made", func() { b.free = 1 << 40 }, 3, nil, []string{"make", "make"}},
		{"the clock is far back: those copies are to come", func() { b.clock = b.clock.AddDate(-16, 0, 0) }, 4,
			[]string{"state.clock_back"}, []string{"make", "make"}},
		{"it is set right again", func() { b.clock = b.clock.AddDate(16, 0, 0).Add(25 * time.Hour) }, 5,
			nil, []string{"make", "make"}},
	}
	told := len(b.acts())
	for _, s := range steps {
		s.do()
		b.run()
		f := b.BackupFolders()[0]
		if f.Copies != s.copies || f.Newest == 0 || !f.SameDisk {
			t.Errorf("%s: %+v", s.what, f)
		}
		if got := b.warns(); !slices.Equal(got, s.warns) {
			t.Errorf("%s: told %v, want %v", s.what, got, s.warns)
		}
		acts := b.acts()
		if got := acts[told:]; len(s.acts) != len(got) || !slices.Equal(slices.Sorted(slices.Values(got)), s.acts) {
			t.Errorf("%s: logged %v, want %v", s.what, got, s.acts)
		}
		told = len(acts)
	}
}

// silent is a folder of a network share that hangs.
type silent struct{ depot.Folder }

func (silent) List(ctx context.Context, _ string) ([]depot.File, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// A folder that does not answer from the start keeps nobody from hearing of the others, and counts as away once it had
// a few minutes.
func TestAFolderThatDoesNotAnswerIsAway(t *testing.T) {
	for _, c := range []struct {
		what         string
		room         int64 // in the first folder
		atOnce, then []string
	}{
		{"the others are well", 1 << 40, nil, []string{"state.backup_folder"}},
		{"so are none", store.Reserve, []string{"state.disk_low", "state.backup_folder"},
			[]string{"state.disk_low", "state.backup_none"}},
	} {
		t.Run(c.what, func(t *testing.T) {
			b := newBackedUp(t, BackupPlace{Depot: silent{depot.Folder{Dir: "share"}}})
			b.setUp()
			b.free = c.room
			ctx, end := context.WithCancel(t.Context())
			var hangs sync.WaitGroup
			defer hangs.Wait()
			defer end()
			hangs.Go(func() { b.BackUp(ctx, slog.New(slog.DiscardHandler), 1) })
			for b.answers(1) {
				time.Sleep(time.Millisecond)
			}
			b.BackUp(t.Context(), slog.New(slog.DiscardHandler), 0)
			if got := b.warns(); !slices.Equal(got, c.atOnce) {
				t.Errorf("at once told %v", got)
			}
			if f, err := b.NewestBackup(t.Context(), true); err != nil || (f.Name == "") != (c.room == store.Reserve) {
				t.Errorf("to be tried out: %v, %v", f, err)
			}
			b.clock = b.clock.Add(backupSilent)
			if got := b.warns(); !slices.Equal(got, c.then) {
				t.Errorf("after minutes told %v", got)
			}
			if f := b.BackupFolders()[1]; !f.Away || !f.Looked || f.Failed == nil || f.Failed.Key != "backup_silent" {
				t.Errorf("it is %+v", f)
			}
		})
	}
}

// However many folders are bad, people are told in one sentence; each says what it is.
func TestBadFoldersAreToldTogether(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var places []BackupPlace
	for _, dir := range []string{file, filepath.Join(file, "below"), filepath.Join(t.TempDir(), "away")} {
		places = append(places, BackupPlace{Depot: depot.Folder{Dir: dir}})
	}
	b := newBackedUp(t, places...)
	b.setUp()
	b.run()
	if got := b.State().Warns; len(got) != 1 || got[0].Key != "state.backup_folders" || got[0].Args[0] != 3 ||
		got[0].Args[1] != file {
		t.Errorf("told %v", got)
	}
	for i, want := range []string{"backup_folder_none", "backup_folder_none", "backup_folder_away"} {
		if f := b.BackupFolders()[i+1]; f.Failed == nil || f.Failed.Key != want {
			t.Errorf("%s: %v, want %s", f.Dir, f.Failed, want)
		}
	}
}

// While evidence is missing, an older copy may be the only one that has it: none is removed.
func TestNoCopyIsRemovedWhileEvidenceIsMissing(t *testing.T) {
	b := newBackedUp(t)
	b.setUp()
	b.evidence(strings.Repeat("ab", 32))
	for range 20 {
		b.clock = b.clock.Add(25 * time.Hour)
		b.run()
	}
	if f := b.BackupFolders()[0]; f.Copies != 20 || f.Lacks != 1 || !slices.Contains(b.warns(), "state.backup_lacks") {
		t.Errorf("%+v, %v", f, b.warns())
	}
}

func TestADrillComparesTheNewestCopyWithTheRecords(t *testing.T) {
	b := newBackedUp(t)
	b.setUp()
	b.run()
	b.clock = b.clock.Add(time.Hour)
	_, err := b.OpenYear(t.Context(), kpi.Operator, NewYear{Year: 2027}) // what came after the copy is no difference
	b.must(err)
	name, err := b.NewestBackup(t.Context(), false)
	b.must(err)
	if found, err := b.Drill(t.Context(), name, nil); err != nil || len(found) > 0 {
		t.Fatalf("%v, %v", found, err)
	}
	if d := b.LastDrill(); d.Differences != 0 || d.Copy == 0 || d.At <= d.Copy {
		t.Errorf("kept is %+v", d)
	}
	other := newBackedUp(t)
	other.clock = other.clock.Add(time.Minute)
	other.setUp()
	found, err := other.Drill(t.Context(), name, nil)
	if err != nil || len(found) == 0 || !slices.ContainsFunc(found, func(s string) bool {
		return strings.Contains(s, "does not begin with that of the copy")
	}) {
		t.Errorf("another office's copy: %v, %v", found, err)
	}
	if !slices.Contains(other.warns(), "state.backup_drill") {
		t.Errorf("told %v", other.warns())
	}
	other.free = store.Reserve
	if _, err := other.Drill(t.Context(), name, nil); !isRefusal(err, kpi.Conflict) {
		t.Errorf("without room: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(other.dir, "drill-*")); err != nil || len(left) > 0 {
		t.Errorf("%v stays", left)
	}
}

// Two servers of a database share a folder, and each has its own: one copy a day is in each, whoever comes first.
func TestServersOfADatabaseMakeOneCopyADayOfEachFolder(t *testing.T) {
	share, c := BackupPlace{Depot: depot.Folder{Dir: t.TempDir()}}, store.Config{URL: storetest.Migrated(t)}
	one := newBackedUpIn(t, c, share)
	one.setUp()
	key, err := os.ReadFile(filepath.Join(one.dir, store.KeyFileName))
	one.must(err)
	two := newBackedUpAs(t, c, key, share)
	for day := 1; day <= 3; day++ {
		var both sync.WaitGroup
		both.Go(one.run)
		both.Go(two.run)
		both.Wait()
		one.run() // whoever waited
		two.run()
		for _, b := range []*backedUp{one, two} {
			b.must(b.look(t.Context(), 0))
			b.must(b.look(t.Context(), 1))
			for i, f := range b.BackupFolders() {
				if f.Copies != day || f.Failed != nil || f.Failures > 0 || len(b.warns()) > 0 {
					t.Errorf("day %d, folder %d: %+v, %v", day, i, f, b.warns())
				}
			}
			b.clock = b.clock.Add(25 * time.Hour)
		}
	}
	if acts := one.acts(); len(acts) != 9 {
		t.Errorf("logged %v", acts)
	}
	name, err := two.NewestBackup(t.Context(), false)
	two.must(err)
	if found, err := two.Drill(t.Context(), name, nil); err != nil || len(found) > 0 {
		t.Errorf("the drill: %v, %v", found, err)
	}
	if left, err := filepath.Glob(filepath.Join(two.dir, "*.partial*")); err != nil || len(left) > 0 {
		t.Errorf("%v stays", left)
	}
}

// One of two servers has the evidence, and they share a folder: the copy of the other, which comes first, does not keep
// it from making its own, and neither makes more than one a day.
func TestACopyThatLacksEvidenceKeepsNoOtherServerFromMakingOne(t *testing.T) {
	share, c := t.TempDir(), store.Config{URL: storetest.Migrated(t)}
	one := newBackedUpIn(t, c, BackupPlace{Depot: depot.Folder{Dir: share}})
	one.setUp()
	one.attach("of the first")
	key, err := os.ReadFile(filepath.Join(one.dir, store.KeyFileName))
	one.must(err)
	two := newBackedUpAs(t, c, key, BackupPlace{Depot: depot.Folder{Dir: share}})
	for day := 1; day <= 2; day++ {
		for range 3 {
			two.run()
			one.clock = one.clock.Add(time.Minute)
			one.run()
			two.clock = two.clock.Add(time.Minute)
		}
		one.must(one.look(t.Context(), 1))
		f := one.BackupFolders()[1] // that of the second went when the first's, which lacks nothing, was there
		if f.Copies != day || f.Lacks > 0 || f.Failures > 0 {
			t.Errorf("day %d: %+v", day, f)
		}
		two.clock, one.clock = two.clock.Add(25*time.Hour), one.clock.Add(25*time.Hour)
	}
	if acts := len(one.acts()); acts != 2*4 { // of its own folder and of the shared one, each server, each day
		t.Errorf("%d copies were made", acts)
	}
}

// evidence records an entry with evidence of a hash.
func (b *backedUp) evidence(sum string) {
	b.Helper()
	b.must(b.db.Write(b.Context(), func(w *store.Writer) error {
		unit, err := w.Root(b.Context())
		if err != nil {
			return err
		}
		ind, err := w.InsertIndicator(b.Context(), kpi.Indicator{Code: "i", Name: "i", Kind: kpi.Flow, Measure: "人",
			Direction: kpi.Up, Starts: 1})
		if err != nil {
			return err
		}
		id, err := w.InsertUpdate(b.Context(), kpi.Update{Indicator: ind, Unit: unit.ID, Dated: "2026-11-02",
			Quantity: kpi.Exactly(kpi.Whole(7)), Act: kpi.ActLog, Origin: kpi.FromForm, Author: "a",
			State: kpi.StateApproved}, nil)
		if err != nil {
			return err
		}
		_, err = w.InsertEvidence(b.Context(), kpi.Evidence{Update: id, Name: "a.png", MediaType: "image/png", Size: 4,
			SHA256: sum, AddedBy: "a"})
		return err
	}))
}

// attach records an entry with a piece of evidence that only this server has.
func (b *backedUp) attach(content string) {
	b.Helper()
	staged, err := b.files.Stage(strings.NewReader(content))
	b.must(err)
	b.must(staged.Commit(b.Context()))
	b.evidence(staged.SHA256)
}

// newBackedUpAs is another server of the same records, with the same key.
func newBackedUpAs(t *testing.T, c store.Config, key []byte, others ...BackupPlace) *backedUp {
	t.Helper()
	file := filepath.Join(t.TempDir(), store.KeyFileName)
	if err := os.WriteFile(file, key, 0o600); err != nil {
		t.Fatal(err)
	}
	c.KeyFile = file
	return newBackedUpIn(t, c, others...)
}

// The server makes the first copy by itself, tries it out, and ends when it is told to.
func TestBackupsEndWithTheServer(t *testing.T) {
	b := newBackedUp(t)
	ctx, end := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { b.RunBackups(ctx, slog.New(slog.DiscardHandler)); close(done) }()
	end()
	<-done
}

// sealedAway is a bucket whose copies are encrypted, and the key that opens them.
func sealedAway(t *testing.T, s s3test.Server) (BackupPlace, func() (depot.Key, error)) {
	t.Helper()
	k, err := depot.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	lock, err := depot.ParseRecipient(k.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	return BackupPlace{Depot: s.Open(t, "s3://"+s3test.Bucket+"/dabiao"), Lock: lock},
		func() (depot.Key, error) { return k, nil }
}

// Copies that only the key opens are tried out before they are encrypted; the key tries out what lies there; and
// without it, what lies there is held to the checksum in the audit log.
func TestEncryptedCopiesAreTriedOut(t *testing.T) {
	s := s3test.Start(t)
	away, key := sealedAway(t, s)
	b := newBackedUp(t, away)
	b.setUp()
	b.run()
	f := b.BackupFolders()[1]
	if f.Copies != 1 || !f.Locked || !f.Elsewhere || f.Away || f.SameDisk || f.Dir != "s3://office/dabiao" {
		t.Fatalf("%+v", f)
	}
	if d := b.LastDrill(); !d.Sealed || d.Differences != 0 || d.Copy == 0 {
		t.Errorf("the drill before encryption: %+v", d)
	}
	if got := b.acts(); !slices.Equal(got, []string{"make", "make", "drill"}) {
		t.Errorf("logged %v", got)
	}
	file, err := b.NewestBackup(t.Context(), false)
	b.must(err)
	if file.Locked {
		t.Fatal("the open copy of the same moment is as new")
	}
	all, err := away.Depot.List(t.Context(), "dabiao-")
	b.must(err)
	file = BackupFile{away.Depot, all[0].Name, true}
	if found, err := b.Drill(t.Context(), file, key); err != nil || len(found) > 0 || b.LastDrill().Sealed {
		t.Errorf("with the key: %v, %v, %+v", found, err, b.LastDrill())
	}
	if _, err := b.Drill(t.Context(), file, nil); !isRefusal(err, kpi.Conflict) {
		t.Errorf("without the key: %v", err)
	}
	if _, err := b.AsItWasPut(t.Context(), file); err != nil {
		t.Error(err)
	}
	object := s.Object("dabiao/" + file.Name)
	content, err := os.ReadFile(object)
	b.must(err)
	content[len(content)/2] ^= 1 // behind our back
	b.must(os.WriteFile(object, content, 0o600))
	if _, err := b.AsItWasPut(t.Context(), file); !hasKey(err, "backup_hash_other") {
		t.Errorf("altered, without the key: %v", err)
	}
	if _, err := b.Drill(t.Context(), file, key); !hasKey(err, "backup_cut_or_altered") {
		t.Errorf("altered, with the key: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(b.dir, "drill-*")); err != nil || len(left) > 0 {
		t.Errorf("%v stays", left)
	}
}

func hasKey(err error, key string) bool {
	refusal, ok := refusalOf(err)
	return ok && refusal.Text.Key == key
}

// Storage that is silent or refuses keeps no other place waiting, is told as away, and serves again when it answers.
func TestStorageThatIsAwayIsTold(t *testing.T) {
	s := s3test.Start(t)
	with := s.S3
	with.Endpoint, with.Silence = s3test.Silent(t), time.Second
	silent, err := depot.NewBucket("s3://"+s3test.Bucket, with)
	if err != nil {
		t.Fatal(err)
	}
	b := newBackedUp(t, BackupPlace{Depot: silent})
	b.setUp()
	b.run()
	f := b.BackupFolders()
	if f[0].Copies != 1 || !f[1].Away || f[1].Failed == nil || f[1].Failed.Key != "s3_silent" || f[1].Failures != 1 {
		t.Errorf("%+v", f)
	}
	if got := b.warns(); !slices.Equal(got, []string{"state.backup_folder"}) {
		t.Errorf("told %v", got)
	}
	b.backups.Places[1].Depot = s.Open(t, "s3://"+s3test.Bucket)
	b.run()
	if f := b.BackupFolders()[1]; f.Copies != 1 || f.Away || f.Failed != nil || len(b.warns()) > 0 {
		t.Errorf("%+v, %v", f, b.warns())
	}
}
