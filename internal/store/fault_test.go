package store_test

import (
	"errors"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/store"
	"dabiao/internal/store/storetest"
)

// A fault names its statement and tables, and contains no values.
func TestAFaultNamesItsStatement(t *testing.T) {
	storetest.EachBehind(t, func(t *testing.T, db *store.DB, behind func(string, ...any)) {
		account := kpi.Account{Name: "s3cret name", Role: kpi.Staff}
		add := func(w *store.Writer) error {
			_, err := w.InsertAccount(t.Context(), account, "s3cret hash", 1)
			return err
		}
		if err := db.Write(t.Context(), add); err != nil {
			t.Fatal(err)
		}
		behind(`ALTER TABLE updates RENAME COLUMN author TO writer`)
		behind(`ALTER TABLE settings RENAME TO gone`)
		for want, do := range map[string]func() error{
			"insert of accounts": func() error { return db.Write(t.Context(), add) },
			"insert of settings": func() error {
				return db.Write(t.Context(), func(w *store.Writer) error { return w.SetSetting(t.Context(), "s3cret", "s3cret") })
			},
			"select of updates": func() error {
				return db.Read(t.Context(), func(r *store.Reader) error {
					_,
						err := r.LastOfAuthor(t.Context(), "s3cret")
					return err
				})
			},
			"select of settings": func() error {
				return db.Read(t.Context(), func(r *store.Reader) error { _, err := r.Setting(t.Context(), "s3cret"); return err })
			},
		} {
			err := do()
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("%s: %v", want, err)
			}
			if errors.As(err, new(*kpi.Error)) || err != nil && strings.Count(err.Error(), " of ") != 1 {
				t.Errorf("%s: told twice or as a refusal: %v", want, err)
			}
		}
	})
}

// A value that cannot be read because of damage is reported with its table too: scanning is part of the
// statement.
func TestAValueThatCannotBeReadNamesItsStatement(t *testing.T) {
	storetest.EachBehind(t, func(t *testing.T, db *store.DB, behind func(string, ...any)) {
		behind(`INSERT INTO units (id, code, name, name_en, sort) VALUES (1, 'u', 'u', '', 1)`)
		behind(`INSERT INTO indicators (id, code, name, name_en, kind, measure, decimals, direction, category, definition, source, owner, starts, note, sort)
			VALUES (1, 'i', 'i', '', 'flow', '人', 0, 'up', '', '', '', '', 1, '', 1)`)
		behind(`INSERT INTO rollups (unit_id, year, indicator_id, months) VALUES (1, 2026, 1, 'damaged')`)
		err := db.Read(t.Context(), func(r *store.Reader) error { _, err := r.UnitSeries(t.Context(), 2026, 1); return err })
		if err == nil || !strings.Contains(err.Error(), "select of rollups") {
			t.Errorf("%v", err)
		}
	})
}
