package app

import (
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dabiao/internal/depot"
	"dabiao/internal/store"
)

// restoredFrom is a server on records that were restored from the newest copy of another, whose folder it shares.
func restoredFrom(t *testing.T, was *backedUp, shared BackupPlace) *backedUp {
	t.Helper()
	f, err := was.NewestBackup(t.Context(), true)
	was.must(err)
	dir := filepath.Join(t.TempDir(), "restored")
	_, err = store.Restore(filepath.Join(f.Depot.String(), f.Name), dir)
	was.must(err)
	b := newBackedUpIn(t, store.Config{Commits: store.NoSync, Dir: dir}, shared)
	b.clock = was.clock
	return b
}

// Two servers on copies of one office's records share a folder: each counts, tries out and thins what is of its own
// records, tells of the other's, and what is of both stays.
func TestServersOnCopiesOfOneOfficeKnowTheirOwn(t *testing.T) {
	shared, log := t.TempDir(), slog.New(slog.DiscardHandler)
	place := BackupPlace{Depot: depot.Folder{Dir: shared}}
	old := newBackedUp(t, place)
	old.setUp()
	old.BackUp(t.Context(), log, 1)
	restored := restoredFrom(t, old, place)
	restored.must(restored.look(t.Context(), 1))
	of := inFolder(t, shared)
	if f := restored.BackupFolders()[1]; len(of) != 1 || f.Copies != 1 || f.Others > 0 {
		t.Fatalf("%v, %+v", of, f)
	}
	for day := range 40 { // the restored one's first copy is of both, and the old one sees the second a day later
		old.clock = old.clock.Add(25 * time.Hour)
		restored.clock = old.clock.Add(time.Hour)
		last := restored.BackedUp()
		old.BackUp(t.Context(), log, 1)
		restored.must(restored.look(t.Context(), 1))
		if now := restored.BackedUp(); now != last {
			t.Fatalf("day %d: the other's copy, of %d, is taken for the last good one of these records, of %d", day, now, last)
		}
		restored.BackUp(t.Context(), log, 1)
		f, g := restored.BackupFolders()[1], old.BackupFolders()[1]
		if f.Newest != restored.stamp() || f.Others == 0 || f.OthersNewest != old.stamp() {
			t.Fatalf("day %d: the restored one tells %+v", day, f)
		}
		if g.Newest != old.stamp() || (g.Others == 0) != (day < 2) {
			t.Fatalf("day %d: the old one tells %+v", day, g)
		}
	}
	if got := restored.warns(); !slices.Contains(got, "state.backup_others") {
		t.Errorf("told are %v", got)
	}
	left := inFolder(t, shared)
	end := of[0][strings.LastIndex(of[0], "-"):]
	if !slices.ContainsFunc(left, func(name string) bool { return strings.HasSuffix(name, end) }) {
		t.Errorf("no copy of the records of both is left: was %v, is %v", of, left)
	}
	if len(left) < 16 || len(left) > 40 {
		t.Errorf("%d copies are left", len(left))
	}
	for _, b := range []*backedUp{old, restored} {
		b.must(b.look(t.Context(), 1))
		f, err := b.NewestBackup(t.Context(), true)
		b.must(err)
		if found, err := b.Drill(t.Context(), f, nil); err != nil || len(found) > 0 {
			t.Errorf("%s: %v, %v", f.Name, found, err)
		}
	}
	if got := restored.warns(); slices.Contains(got, "state.backup_drill") {
		t.Errorf("told are %v", got)
	}
	restored.clock = restored.clock.Add(72 * time.Hour)
	restored.BackUp(t.Context(), log, 1)
	if got := restored.warns(); slices.Contains(got, "state.backup_others") {
		t.Errorf("days after the other's last copy, told are %v", got)
	}
}

// inFolder lists the copies in a folder.
func inFolder(t *testing.T, dir string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "dabiao-") {
			out = append(out, e.Name())
		}
	}
	return out
}
