package store_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dabiao/internal/blob"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

var madeAt = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// archive is a folder with one entry and two evidence files, and a backup of it.
type archive struct {
	*testing.T
	dir, name string
	db        *store.DB
	files     blob.Files
	sums      []string
}

func newArchive(t *testing.T) *archive {
	t.Helper()
	a := &archive{T: t, dir: t.TempDir()}
	var err error
	a.db, err = store.Open(t.Context(), store.Config{Dir: a.dir, KeyFile: filepath.Join(a.dir, store.KeyFileName)})
	a.must(err)
	t.Cleanup(func() { a.db.Close() })
	a.files, err = blob.Open(filepath.Join(a.dir, "evidence"), nil)
	a.must(err)
	a.must(a.db.Write(t.Context(), func(w *store.Writer) error {
		unit, err := w.InsertUnit(t.Context(), kpi.Unit{Code: "county", Name: "县"})
		if err != nil {
			return err
		}
		ind, err := w.InsertIndicator(t.Context(), kpi.Indicator{Code: "i", Name: "i", Kind: kpi.Flow, Measure: "人",
			Direction: kpi.Up, Starts: 1})
		if err != nil {
			return err
		}
		_, err = w.InsertUpdate(t.Context(), kpi.Update{Indicator: ind, Unit: unit, Dated: "2026-11-02",
			Quantity: kpi.Exactly(kpi.Whole(7)),
			Act:      kpi.ActLog, Origin: kpi.FromForm, Author: "a", State: kpi.StateApproved}, nil)
		return err
	}))
	a.attach("first file")
	a.attach("second file")
	a.name = filepath.Join(t.TempDir(), "backup.zip")
	return a
}

func (a *archive) must(err error) {
	a.Helper()
	if err != nil {
		a.Fatal(err)
	}
}

func (a *archive) attach(content string) {
	a.Helper()
	staged, err := a.files.Stage(strings.NewReader(content))
	a.must(err)
	a.must(staged.Commit(a.Context()))
	a.sums = append(a.sums, staged.SHA256)
	a.must(a.db.Write(a.Context(), func(w *store.Writer) error {
		_, err := w.InsertEvidence(a.Context(), kpi.Evidence{Update: 1, Name: "a.png", MediaType: "image/png",
			Size:   staged.Size,
			SHA256: staged.SHA256, AddedBy: "a"})
		return err
	}))
}

func (a *archive) backup() store.Manifest {
	a.Helper()
	m, err := a.db.Backup(a.Context(), a.files, a.name, "test", madeAt)
	a.must(err)
	return m
}

// place returns the path of an evidence file in a data folder.
func place(dir, sum string) string { return filepath.Join(dir, "evidence", sum[:2], sum) }

func TestRestoreReturnsTheWholeBackup(t *testing.T) {
	a := newArchive(t)
	m := a.backup()
	if len(m.Files) != 3 || len(m.Damaged) != 0 || !m.MadeAt.Equal(madeAt) || m.Version != "test" {
		t.Errorf("manifest %+v", m)
	}
	entries, err := os.ReadDir(filepath.Dir(a.name))
	a.must(err)
	if len(entries) != 1 {
		t.Errorf("beside the backup lies %v", entries)
	}
	a.attach("made afterwards") // the server keeps running
	dir := filepath.Join(t.TempDir(), "new", "folder")
	a.must(os.MkdirAll(filepath.Dir(dir), 0o700))
	_, err = store.Restore(a.name, dir)
	a.must(err)
	for i, content := range []string{"first file", "second file"} {
		raw, err := os.ReadFile(place(dir, a.sums[i]))
		a.must(err)
		if string(raw) != content {
			t.Errorf("%q came back as %q", content, raw)
		}
	}
	restored, err := store.Open(t.Context(), store.Config{Dir: dir})
	a.must(err)
	defer restored.Close()
	a.must(restored.Read(t.Context(), func(r *store.Reader) error {
		evidence, err := r.AllEvidence(t.Context())
		if len(evidence) != 2 {
			t.Errorf("the restored database speaks of %d files", len(evidence))
		}
		return err
	}))
}

func TestABackupIsRefusedWithTheNextStep(t *testing.T) {
	a := newArchive(t)
	a.backup()
	if _, err := a.db.Backup(t.Context(), a.files, a.name, "test", madeAt); err == nil ||
		!strings.Contains(err.Error(), "exists already") {
		t.Errorf("over an existing file: %v", err)
	}
	if _, err := store.Restore(a.name, a.dir); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("into a folder in use: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	other := a.name + "2"
	if _, err := a.db.Backup(ended, a.files, other, "test", madeAt); err == nil {
		t.Error("an interrupted backup succeeded")
	}
	if left, err := filepath.Glob(other + "*"); err != nil || len(left) > 0 {
		t.Errorf("an interrupted backup left %q, %v", left, err)
	}
}

// Evidence already lost must not keep the rest from being saved, and must not go unmentioned.
func TestABackupNamesEvidenceThatIsDamagedAlready(t *testing.T) {
	a := newArchive(t)
	a.must(os.Remove(place(a.dir, a.sums[0])))
	a.must(os.WriteFile(place(a.dir, a.sums[1]), []byte("changed"), 0o600))
	if m := a.backup(); len(m.Damaged) != 2 {
		t.Errorf("damaged: %q", m.Damaged)
	}
	if _, err := store.Restore(a.name, filepath.Join(t.TempDir(), "r")); err != nil {
		t.Error(err)
	}
}

// Whichever byte of a backup is damaged, the backup is refused and nothing is unpacked.
func TestADamagedBackupIsRefused(t *testing.T) {
	a := newArchive(t)
	a.backup()
	whole, err := os.ReadFile(a.name)
	a.must(err)
	dir := filepath.Join(t.TempDir(), "r")
	refused := func(what string, raw []byte) {
		t.Helper()
		damaged := filepath.Join(t.TempDir(), "damaged.zip")
		a.must(os.WriteFile(damaged, raw, 0o600))
		_, err := store.Restore(damaged, dir)
		if err == nil && !bytes.Equal(raw, whole) {
			// A byte that no reader uses, such as a date: then the result is complete.
			a.must(os.RemoveAll(dir))
			return
		}
		if err == nil || !strings.Contains(err.Error(), "use another one") {
			t.Errorf("%s: %v", what, err)
		}
		if left, err := filepath.Glob(dir + "*"); err != nil || len(left) > 0 {
			t.Fatalf("%s: left %q, %v", what, left, err)
		}
	}
	for _, length := range []int{0, 1, len(whole) / 2, len(whole) - 1} {
		refused(fmt.Sprintf("cut at %d", length), whole[:length])
	}
	step := max(len(whole)/100, 1)
	for at := 0; at < len(whole); at += step {
		raw := bytes.Clone(whole)
		raw[at] ^= 0x55
		refused(fmt.Sprintf("byte %d", at), raw)
	}
}

// A malicious backup: names that lead elsewhere, too many, too few, twice.
func TestAForgedBackupIsRefused(t *testing.T) {
	a := newArchive(t)
	a.backup()
	z, err := zip.OpenReader(a.name)
	a.must(err)
	defer z.Close()
	contents := map[string]string{}
	for _, e := range z.File {
		r, err := e.Open()
		a.must(err)
		raw, err := io.ReadAll(r)
		a.must(err)
		contents[e.Name] = string(raw)
	}
	manifest := contents["manifest.json"]
	for what, forge := range map[string]func(add func(name, content string)){
		"an extra file": func(add func(string, string)) { add("evidence/x", "x"); add("manifest.json", manifest) },
		"no manifest":   func(func(string, string)) {},
		"a file twice":  func(add func(string, string)) { add("dabiao.db", "x"); add("manifest.json", manifest) },
		"the manifest twice": func(add func(string, string)) {
			add("manifest.json", manifest)
			add("manifest.json",
				manifest)
		},
		"a path outside": func(add func(string, string)) {
			add("../evil", "x")
			add("manifest.json", strings.Replace(manifest, "dabiao.db", "../evil", 1))
		},
		"a later format": func(add func(string, string)) {
			add("manifest.json", strings.Replace(manifest, `"format": 1`, `"format": 2`, 1))
		},
		"another hash": func(add func(string, string)) {
			add("manifest.json", strings.Replace(manifest, `"sha256": "`, `"sha256": "0`, 1))
		},
		"a wrong size": func(add func(string, string)) {
			add("manifest.json", strings.Replace(manifest, `"size": `, `"size": 1`, 1))
		},
	} {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		add := func(name, content string) {
			f, err := w.Create(name)
			a.must(err)
			_, err = io.WriteString(f, content)
			a.must(err)
		}
		for name, content := range contents {
			if name != "manifest.json" {
				add(name, content)
			}
		}
		forge(add)
		a.must(w.Close())
		forged := filepath.Join(t.TempDir(), "forged.zip")
		a.must(os.WriteFile(forged, b.Bytes(), 0o600))
		below := t.TempDir()
		if _, err := store.Restore(forged, filepath.Join(below, "r")); err == nil {
			t.Errorf("%s is taken", what)
		}
		if entries, err := os.ReadDir(below); err != nil || len(entries) > 0 {
			t.Errorf("%s leaves %v, %v", what, entries, err)
		}
	}
}
