package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/depot"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// copied is an archive's folder whose records have an entry in the log, and a folder of copies.
func copied(t *testing.T) (*archive, store.Copies) {
	t.Helper()
	a := newArchive(t)
	a.must(a.db.Write(t.Context(), func(w *store.Writer) error {
		return w.InsertAudit(t.Context(), kpi.AuditEntry{At: 1, Actor: "a", Action: "year.open",
			Subject: "year 2026", Detail: "{}"})
	}))
	code, err := a.db.OfficeCode(t.Context())
	a.must(err)
	if len(code) != 12 {
		t.Fatalf("the records have the code %q", code)
	}
	c, err := a.db.Copies(t.Context(), depot.Folder{Dir: t.TempDir()}, nil)
	a.must(err)
	return a, c
}

func (a *archive) copyInto(c store.Copies, at time.Time) error {
	_, err := a.db.CopyInto(a.Context(), c, a.files, "test", at, nil)
	return err
}

// inFolder lists what is in a folder.
func inFolder(t *testing.T, dir string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func refusalKey(err error) string {
	var refusal *kpi.Error
	if !errors.As(err, &refusal) {
		return ""
	}
	return refusal.Text.Key
}

// What was broken off leaves a partial file, which counts as no copy and which the next one removes. What others put
// there stays, whatever it is called.
func TestACopyIsWholeOrNoneAndTouchesNothingOfOthers(t *testing.T) {
	a, c := copied(t)
	made, err := a.db.CopyInto(t.Context(), c, a.files, "test", madeAt.Add(-time.Hour), nil)
	a.must(err)
	half := made.Name + ".partial"
	a.must(os.Rename(filepath.Join(c.Depot.String(), made.Name), filepath.Join(c.Depot.String(), half)))
	strangers := []string{"notes.zip", "dabiao-20260101.zip", "dabiao-0123456789ab-20260101-010101.zip",
		"dabiao-0123456789ab-20260101-010101.zip.partial", "dabiao-" + c.Office + "-20260101-010101.zip.txt",
		"dabiao-" + c.Office + "-20261399-010101.zip",
		// of a server on a copy of these records, whose next one may be under way
		made.Name[:len(made.Name)-len("0123456789.zip")] + "0123456789.zip.partial"}
	for _, name := range strangers {
		a.must(os.WriteFile(filepath.Join(c.Depot.String(), name), []byte("half"), 0o600))
	}
	if all, err := c.List(t.Context()); err != nil || len(all) > 0 {
		t.Fatalf("%v, %v", all, err)
	}
	for day := range 30 {
		a.must(a.copyInto(c, madeAt.AddDate(0, 0, day)))
	}
	removed, err := c.Thin(t.Context(), madeAt.AddDate(0, 0, 30))
	a.must(err)
	all, err := c.List(t.Context())
	a.must(err)
	if len(removed) == 0 || len(all)+len(removed) != 30 || !all[0].At.Equal(madeAt.AddDate(0, 0, 29)) {
		t.Errorf("%d stay, %d were removed", len(all), len(removed))
	}
	left := inFolder(t, c.Depot.String())
	for _, name := range strangers {
		if !slices.Contains(left, name) {
			t.Errorf("%s is gone", name)
		}
	}
	if slices.Contains(left, half) {
		t.Error("what was broken off stays")
	}
	for _, x := range all {
		if m, err := store.CheckBackup(filepath.Join(c.Depot.String(), x.Name)); err != nil || len(m.Files) != 3 {
			t.Errorf("%s: %v, %v", x.Name, m.Files, err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(a.dir, "*.partial*")); err != nil || len(left) > 0 {
		t.Errorf("%v stays beside the database", left)
	}
}

// Two offices share a folder: neither sees nor removes the copies of the other.
func TestTwoOfficesShareAFolder(t *testing.T) {
	a, c := copied(t)
	other := store.Copies{Depot: c.Depot, Office: "0123456789ab"}
	for day := range 30 {
		a.must(a.copyInto(c, madeAt.AddDate(0, 0, day)))
	}
	if all, err := other.List(t.Context()); err != nil || len(all) > 0 {
		t.Errorf("the other sees %v, %v", all, err)
	}
	removed, err := other.Thin(t.Context(), madeAt.AddDate(9, 0, 0))
	if err != nil || len(removed) > 0 || len(inFolder(t, c.Depot.String())) != 30 {
		t.Errorf("the other removed %v, %v", removed, err)
	}
}

func TestACopyIsRefusedWithTheReason(t *testing.T) {
	a, c := copied(t)
	usb := depot.Folder{Dir: filepath.Join(c.Depot.String(), "usb")}
	away := store.Copies{Depot: usb, Office: c.Office}
	if err := a.copyInto(away, madeAt); refusalKey(err) != "backup_folder_away" {
		t.Errorf("a folder that is not there: %v", err)
	}
	if len(inFolder(t, c.Depot.String())) > 0 {
		t.Error("a folder was made where a disk is away")
	}
	own := away
	usb.Create = true
	own.Depot = usb
	a.must(a.copyInto(own, madeAt))
	if err := a.copyInto(own, madeAt); err == nil {
		t.Error("a copy was overwritten")
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := a.db.CopyInto(ended, own, a.files, "test", madeAt.Add(time.Hour), nil); err == nil {
		t.Error("a copy was made after the end")
	}
	if left := inFolder(t, own.Depot.String()); len(left) != 1 {
		t.Errorf("%v is there", left)
	}
}

// A copy that would fill a disk, its own or that of the records, is not begun.
func TestNoCopyFillsADisk(t *testing.T) {
	dir, free := t.TempDir(), int64(1<<40)
	db, err := store.Open(t.Context(), store.Config{Dir: dir, Free: func(string) (int64, error) { return free, nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	files, err := blob.Open(filepath.Join(dir, "evidence"), nil)
	if err != nil {
		t.Fatal(err)
	}
	c := store.Copies{Depot: depot.Folder{Dir: t.TempDir()}, Office: "0123456789ab"}
	free = store.Reserve
	if _, err := db.CopyInto(t.Context(), c, files, "test", madeAt, nil); refusalKey(err) != "backup_no_space" {
		t.Errorf("it says %v", err)
	}
	if left := inFolder(t, c.Depot.String()); len(left) > 0 {
		t.Errorf("%v is there", left)
	}
	free = 1 << 40
	if _, err := db.CopyInto(t.Context(), c, files, "test", madeAt, nil); err != nil {
		t.Error(err)
	}
}

// What a copy that was killed left is removed: the copy of the database, and the journal SQLite writes it with.
func TestNothingStaysOfACopyThatWasKilled(t *testing.T) {
	t.Parallel()
	a, _ := copied(t)
	work := a.db.WorkDir()
	before := inFolder(t, work)
	for _, left := range []string{"backup-1.partial", "backup-1.partial-journal"} {
		if err := os.WriteFile(filepath.Join(work, left), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.db.SweepCopies(); err != nil {
		t.Fatal(err)
	}
	if after := inFolder(t, work); !slices.Equal(after, before) {
		t.Errorf("there are %v, were %v", after, before)
	}
	name := filepath.Join(t.TempDir(), "x.zip")
	journal := name + ".partial.db-journal"
	for _, left := range []string{name + ".partial.db", journal} {
		if err := os.WriteFile(left, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	if _, err := a.db.Backup(t.Context(), a.files, name, "test", at); err != nil {
		t.Fatal(err)
	}
	if left := inFolder(t, filepath.Dir(name)); !slices.Equal(left, []string{"x.zip"}) {
		t.Errorf("beside the backup are %v", left)
	}
}
