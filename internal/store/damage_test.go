package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// Damage to a file is reported; the file can still be read where it is intact, and accepts no writes.
func TestADamagedDatabaseRefusesWrites(t *testing.T) {
	dir := t.TempDir()
	db, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Damage(t.Context()); err != nil {
		t.Fatalf("a fresh file: %v", err)
	}
	for i := range 300 { // some pages to damage
		err := db.Write(t.Context(), func(w *store.Writer) error {
			return w.InsertAudit(t.Context(), kpi.AuditEntry{At: kpi.UnixMilli(i), Actor: "a", Action: "b",
				Subject: strings.Repeat("x", 500), Detail: "{}"})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, store.FileName)
	if _, err := os.Stat(path + "-wal"); err == nil {
		t.Error("closing left a write-ahead log")
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(raw) - 20*4096; i < len(raw); i++ {
		raw[i] ^= 0x5a
	}
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err = store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Write(t.Context(), func(w *store.Writer) error { return w.SetSetting(t.Context(), "a", "b") })
	var refusal *kpi.Error
	if !errors.As(err, &refusal) || refusal.Text.Key != "records_damaged" {
		t.Errorf("a write: %v", err)
	}
	if err := db.Damage(t.Context()); err == nil {
		t.Error("nothing is said of the damage")
	}
}
