package store_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/depot"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// changed adds an entry to the log.
func changed(t *testing.T, db *store.DB, actor string) {
	t.Helper()
	err := db.Write(t.Context(), func(w *store.Writer) error {
		return w.InsertAudit(t.Context(), kpi.AuditEntry{At: 2, Actor: actor, Action: "year.open", Subject: "year 2027",
			Detail: "{}"})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Of the copies in a folder, those count that are of the records that ask.
func TestACopyIsOfTheRecordsWhoseLogBeginsWithIts(t *testing.T) {
	a, c := copied(t)
	lock, _ := lockAndKey(t)
	night, err := a.db.CopyInto(t.Context(), c, a.files, "test", madeAt, nil)
	a.must(err)
	dir := filepath.Join(t.TempDir(), "restored")
	_, err = store.Restore(filepath.Join(c.Depot.String(), night.Name), dir)
	a.must(err)
	restored, err := store.Open(t.Context(), store.Config{Dir: dir, KeyFile: filepath.Join(dir, store.KeyFileName)})
	a.must(err)
	defer restored.Close()
	changed(t, a.db, "old")
	changed(t, restored, "new")
	sealed := c
	sealed.Lock = lock
	for i, c := range []store.Copies{c, sealed} {
		a.must(a.copyInto(c, madeAt.AddDate(0, 0, i+1)))
	}
	old := strings.Replace(night.Name, "-090000", "-080000", 1)
	parts := strings.Split(night.Name, "-")
	unnamed := strings.Join(parts[:4], "-") + ".zip" // as copies were called before
	for _, name := range []string{old, unnamed} {
		a.must(os.Link(filepath.Join(c.Depot.String(), night.Name), filepath.Join(c.Depot.String(), name)))
	}
	anew, _ := copied(t) // an office of the same name: its log begins otherwise
	anew.must(anew.db.Write(t.Context(), func(w *store.Writer) error {
		return w.InsertAudit(t.Context(), kpi.AuditEntry{At: 3, Actor: "b", Action: "year.open",
			Subject: "year 2026", Detail: "{}"})
	}))
	code, err := anew.db.OfficeCode(t.Context())
	if err != nil || code == c.Office {
		t.Errorf("an office begun anew has the code %q, %v", code, err)
	}
	for _, x := range []struct {
		what         string
		db           *store.DB
		ours, others int
	}{
		{"the records that made them", a.db, 4, 1},
		{"records restored from last night, with changes since", restored, 2, 3},
	} {
		c, err := x.db.Copies(t.Context(), depot.Folder{Dir: c.Depot.String()}, nil)
		a.must(err)
		found, err := c.Look(t.Context())
		a.must(err)
		if len(found.Ours) != x.ours || len(found.Others) != x.others {
			t.Errorf("%s: %+v", x.what, found)
		}
		if slices.ContainsFunc(found.Ours, func(x store.Copy) bool { return x.Name == unnamed }) {
			t.Errorf("%s: a copy whose name does not say of which records it is counts as theirs", x.what)
		}
	}
	if removed, err := c.Thin(t.Context(), madeAt.AddDate(1, 0, 0)); err != nil || slices.Contains(removed, unnamed) {
		t.Errorf("%v, %v", removed, err)
	}
}
