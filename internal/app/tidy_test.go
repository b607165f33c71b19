package app

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// What nobody needs goes by its age, and nothing else does.
func TestWhatNobodyNeedsIsTidiedAwayByItsAge(t *testing.T) {
	free, clock := int64(1<<40), time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	a := stated(t, &free, &clock)
	data, evidence := a.db.Dir(), a.files.Dir()
	upgrade := store.FileName + ".before-upgrade-"
	old, young := clock.AddDate(-1, 0, 0), clock.Add(-time.Hour)
	files := []struct {
		dir, name string
		at        time.Time
		stays     bool
	}{
		{evidence, "staged/1", old, false},
		{evidence, "staged/2", young, true},
		{evidence, "staged/3", clock.AddDate(1, 0, 0), true},
		{evidence, "previews/ab/4.partial", old, false},
		{evidence, "previews/ab/abcd", old, false}, // no record has that content
		{evidence, "ab/abcd", old, true},
		{data, upgrade + "20240101-000000", old, false},
		{data, upgrade + "20250101-000000", young, true},
		{data, upgrade + "20250601-000000", old, true},
		{data, upgrade + "20251001-000000", old, true},
		{data, "notes.txt", old, true},
	}
	for _, f := range files {
		path := filepath.Join(f.dir, f.name)
		for _, err := range []error{os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600),
			os.Chtimes(path, f.at, f.at)} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	keys := map[string]kpi.UnixMilli{"old": a.stamp() - ms(tidyAnswers) - 1, "young": a.stamp() - ms(tidyAnswers)}
	for key, at := range keys {
		if err := a.db.Write(t.Context(), func(w *store.Writer) error {
			return w.InsertAnswer(t.Context(), "staff", key, "f", 1, at)
		}); err != nil {
			t.Fatal(err)
		}
	}
	tidied, err := a.Tidy(t.Context())
	if want := (Tidied{Uploads: 3, Answers: 1, Copies: 1}); err != nil || tidied != want {
		t.Errorf("tidied %+v, %v; want %+v", tidied, err, want)
	}
	for _, f := range files {
		if _, err := os.Stat(filepath.Join(f.dir, f.name)); (err == nil) != f.stays {
			t.Errorf("%s: %v", f.name, err)
		}
	}
	for key := range keys {
		if err := a.db.Read(t.Context(), func(r *store.Reader) error {
			_, _, known, err := r.Answered(t.Context(), "staff", key)
			if known != (key == "young") {
				t.Errorf("the key %s is known: %v", key, known)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if again, err := a.Tidy(t.Context()); err != nil || again != (Tidied{}) {
		t.Errorf("again it tidied %+v, %v", again, err)
	}
}
