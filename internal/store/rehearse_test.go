package store

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"dabiao/internal/kpi"
	"dabiao/internal/store/pgtest"
)

// withEntries adds a unit with an indicator and some entries, of which each says which of the others it answers.
func withEntries(t *testing.T, db *DB, entries ...kpi.Update) FigureKey {
	t.Helper()
	ctx := t.Context()
	var of FigureKey
	err := db.Write(ctx, func(w *Writer) (err error) {
		if of.Unit, err = w.InsertUnit(ctx, kpi.Unit{Code: "u", Name: "某县"}); err != nil {
			return err
		}
		of.Indicator, err = w.InsertIndicator(ctx, kpi.Indicator{Code: "i", Name: "人", Kind: kpi.Flow, Measure: "人",
			Direction: kpi.Up, Starts: 1})
		if err != nil {
			return err
		}
		for _, u := range entries {
			u.Unit, u.Indicator, u.Origin, u.Author = of.Unit, of.Indicator, kpi.FromForm, "王敏"
			if u.Quantity.Precision == "" {
				u.Quantity.Precision = kpi.Exact
			}
			if _, err := w.InsertUpdate(ctx, u, []kpi.UnitID{of.Unit}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return of
}

// What a group asks for together is what each method asks for: which entry answers which is not asked for, and known.
func TestALogReadForAGroupIsTheLog(t *testing.T) {
	db, _ := disturbed(t)
	entries := []kpi.Update{
		{Dated: "2026-03-04", Act: kpi.ActLog, State: kpi.StateApproved, Note: "第一次", LoggedAt: 1764000000000,
			Quantity: kpi.Quantity{Amount: kpi.Whole(200), Precision: kpi.AtLeast, Wording: "200余"}},
		{Dated: "2026-01-31", Act: kpi.ActLog, State: kpi.StateApproved, Quantity: kpi.Exactly(kpi.Whole(7))},
		{Dated: "2026-02-04", Act: kpi.ActCorrect, Answers: 1, State: kpi.StateReturned, Reason: "笔误"},
		{Dated: "2026-02-03", Act: kpi.ActCorrect, Answers: 3, State: kpi.StateDraft, Reason: "仍是笔误"},
		{Dated: "2026-01-31", Act: kpi.ActWithdraw, Answers: 2, State: kpi.StateSubmitted, Reason: "重报"},
		{Dated: "2025-12-31", Act: kpi.ActLog, State: kpi.StateApproved, Level: kpi.LevelPartly},
	}
	of := withEntries(t, db, entries...)
	figures := []FigureYear{{of, 2026}, {of, 2025}, {of, 2024}}
	var want map[FigureKey][]kpi.Update
	err := db.Read(t.Context(), func(r *Reader) (err error) { want, err = r.LatestLogs(t.Context(), figures); return err })
	if err != nil {
		t.Fatal(err)
	}
	wants := &wants{logs: figures}
	g, err := db.beginGroup(t.Context(), []*change{{wants: wants}}, (&sitting{}).take()) // and nothing is known
	if err != nil {
		t.Fatal(err)
	}
	defer g.Rollback()
	for _, f := range figures {
		if _, known := g.tx.work.logs[f]; !known {
			t.Errorf("%d was not asked for", f.Year)
		}
	}
	got, err := g.LatestLogs(t.Context(), figures)
	if err != nil || len(got[of]) != len(entries) || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n%v\nwant\n%v", err, got, want)
	}
}

// A statement that was planned while nothing was in its table is not to read the whole table ever after.
func TestKeysAreLookedUpByTheirIndex(t *testing.T) {
	url := pgtest.URL(t)
	db, err := Open(t.Context(), Config{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.write.Exec("VACUUM ANALYZE idempotency"); err != nil {
		t.Fatal(err)
	}
	scans := func() (whole, byIndex int) {
		err := db.read.QueryRow(`SELECT seq_scan, idx_scan FROM pg_stat_user_tables WHERE relname = 'idempotency'`).
			Scan(&whole, &byIndex)
		if err != nil {
			t.Fatal(err)
		}
		return whole, byIndex
	}
	before, _ := scans()
	ctx := t.Context()
	for i := range 20 {
		key := fmt.Sprint(i)
		err := db.WriteForeseen(ctx, func(w *Writer) error {
			if _, _, _, err := w.Answered(ctx, "王敏", key); err != nil {
				return err
			}
			return w.InsertAnswer(ctx, "王敏", key, "0123456789abcdef", 1, 1)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var whole, byIndex int
	for range 600 { // the server counts in its own time
		if whole, byIndex = scans(); byIndex >= 20 {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if byIndex < 20 || whole > before {
		t.Errorf("%d looked at all of them, %d by the index", whole-before, byIndex)
	}
}
