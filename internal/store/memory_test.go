package store

import (
	"context"
	"testing"

	"dabiao/internal/kpi"
)

// What is asked for in every group stays known though much else is asked once, and what was written meanwhile to what
// nobody asked for is read anew.
func TestWhatIsAskedForOftenStaysKnown(t *testing.T) {
	db, _ := disturbed(t)
	of := withEntries(t, db, kpi.Update{Dated: "2026-03-04", Act: kpi.ActLog, State: kpi.StateApproved})
	ctx := context.Background()
	ask := func(figures ...FigureYear) (found map[FigureKey][]kpi.Update) {
		if err := db.WriteForeseen(ctx, func(w *Writer) (err error) {
			found, err = w.LatestLogs(ctx, figures)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return found
	}
	this := FigureYear{of, 2026}
	known := func() (young, old bool) {
		_, young = db.memory.logs[this]
		if db.memory.older != nil {
			_, old = db.memory.older.logs[this]
		}
		return young, old
	}
	others := func(run int) (out []FigureYear) {
		for i := range 900 {
			out = append(out, FigureYear{FigureKey{of.Unit, kpi.IndicatorID(1000*run + i + 2)}, 2026})
		}
		return out
	}
	run := 0
	for db.memory == nil || db.memory.older == nil {
		run++
		ask(append(others(run), this)...)
	}
	if young, old := known(); young || !old {
		t.Fatal("it is not among what is older")
	}
	if log := ask(this)[of]; len(log) != 1 {
		t.Errorf("the log is %v", log)
	}
	if young, old := known(); !young || old {
		t.Error("it is not among what was asked for lately")
	}
	for older := db.memory.older; db.memory.older == older; {
		run++
		ask(others(run)...)
	}
	if err := db.Write(ctx, func(w *Writer) error {
		u := kpi.Update{Dated: "2026-03-05", Act: kpi.ActLog, State: kpi.StateApproved, Quantity: kpi.Exactly(7),
			Unit: of.Unit, Indicator: of.Indicator, Origin: kpi.FromForm, Author: "王敏"}
		_, err := w.InsertUpdate(ctx, u, []kpi.UnitID{of.Unit})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if log := ask(this)[of]; len(log) != 2 {
		t.Errorf("then the log is %v", log)
	}
}
