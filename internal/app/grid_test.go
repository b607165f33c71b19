package app_test

import (
	"fmt"
	"testing"
	"time"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// eastGrid asks for the months of township east, with all indicators.
var eastGrid = app.GridQuery{Year: 2026, Unit: "east", All: true}

func (b *bureau) grid(actor kpi.Actor, q app.GridQuery) app.Grid {
	b.Helper()
	g, err := b.app.Grid(ctx, actor, q)
	b.must(err)
	return g
}

// cell returns a cell by codes.
func (b *bureau) cell(q app.GridQuery, unit, code string, month int) app.GridCell {
	b.Helper()
	g := b.grid(b.staff, q)
	for _, u := range g.Units {
		for _, ind := range g.Indicators {
			if c, ok := g.Cell(u.ID, ind.ID, month); ok && u.Code == unit && ind.Code == code {
				return c
			}
		}
	}
	b.Fatalf("the grid has no cell of %s, %s, month %d", unit, code, month)
	return app.GridCell{}
}

func (b *bureau) wantState(q app.GridQuery, unit, code string, month int, want app.GridState) {
	b.Helper()
	if got := b.cell(q, unit, code, month).State; got != want {
		b.Errorf("%s at %s in month %d is %q, want %q", code, unit, month, got, want)
	}
}

func TestAGridSaysWhatCanBeFilledIn(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.log("screened", "east", "2026-01-10", 5)
		b.log("screened", "east", "2026-02-10", 6)
		b.log("screened", "east", "2026-02-20", 7)
		b.log("users", "east", "2026-03-10", 90)
		wrong := b.log("disputes", "east", "2026-04-10", 9)
		_, err := b.app.WithdrawUpdate(ctx, b.staff, wrong.ID, "typed twice", "", kpi.FromForm)
		b.must(err)
		b.must(b.app.LockMonth(ctx, kpi.Operator, kpi.Period{Year: 2026, Month: 1}, ""))
		county := app.GridQuery{Year: 2026, All: true}
		for _, c := range []struct {
			q          app.GridQuery
			unit, code string
			month      int
			want       app.GridState
		}{
			{eastGrid, "east", "screened", 1, app.GridLocked},
			{eastGrid, "east", "screened", 2, app.GridMany},
			{eastGrid, "east", "screened", 3, app.GridEmpty},
			{eastGrid, "east", "users", 3, app.GridOne},
			{eastGrid, "east", "disputes", 4, app.GridEmpty},
			{eastGrid, "east", "screened", 7, app.GridFuture},
			{county, "county", "screened", 2, app.GridBelow},
			{county, "county", "screened", 3, app.GridEmpty}, // the county's own entry is added to the units'
			{county, "county", "users", 5, app.GridBelow},    // a reading of its own would count the units twice
			{app.GridQuery{Year: 2026, Month: 2}, "east", "screened", 2, app.GridMany},
			{app.GridQuery{Year: 2026, Month: 2}, "west", "screened", 2, app.GridEmpty},
		} {
			b.wantState(c.q, c.unit, c.code, c.month, c.want)
		}
		if g := b.grid(b.east, app.GridQuery{Year: 2026}); len(g.Indicators) != 3 || g.Left != 1 {
			b.Errorf("the reporter's grid has %d indicators and leaves out %d", len(g.Indicators), g.Left)
		}
		if c := b.cell(eastGrid, "east", "screened", 2); c.Counts.Value != kpi.Whole(13) || c.Entries != 2 {
			b.Errorf("two entries count %s, want 13", c.Counts.Value)
		}
		_, err = b.app.Grid(ctx, b.east, app.GridQuery{Year: 2026, Unit: "west"})
		wantRefusal(b.T, err, kpi.Forbidden, "unit_not_yours")
		_, err = b.app.Grid(ctx, b.account("chair", kpi.Leader, ""), app.GridQuery{Year: 2026})
		wantRefusal(b.T, err, kpi.Forbidden, "role_may_not_log")
		_, err = b.app.Grid(ctx, b.staff, app.GridQuery{Year: 2026, Month: 13})
		wantRefusal(b.T, err, kpi.Invalid, "month_unreadable")
	})
}

func TestSavingAGridLogsCorrectsAndLeavesAlone(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		five := b.log("screened", "east", "2026-01-10", 5)
		kept := b.log("screened", "east", "2026-02-10", 6)
		n := app.NewGrid{GridQuery: eastGrid, Reason: "核对台账", Key: "k1", Edits: []app.GridEdit{
			{"east", "screened", 1, five.ID, "50余人", ""},
			{"east", "screened", 2, kept.ID, "6", ""},
			{"east", "screened", 3, 0, "1,200", ""},
			{"east", "screened", 6, 0, "8", ""},
			{"east", "screened", 5, 0, " ", ""},
			{"east", "users", 4, 0, "90", ""},
		}}
		for range 2 { // with the same key, the second call is answered and saves nothing
			result, err := b.app.SaveGrid(ctx, b.east, n)
			b.must(err)
			if result.Logged != 3 || result.Corrected != 1 || len(result.Refused) != 0 {
				b.Fatalf("%+v, want 3 logged, 1 corrected", result)
			}
		}
		b.wantAchieved("screened", "east", "1264")
		b.wantAchieved("users", "county", "90")
		for month, want := range map[int]kpi.Date{1: "2026-01-10", 3: "2026-03-31", 6: "2026-06-15"} {
			c := b.cell(eastGrid, "east", "screened", month)
			if c.Entry.Dated != want || c.Entry.Author != "east" || c.Entry.Origin != kpi.FromForm {
				b.Errorf("month %d: %+v, want an entry of %s", month, c.Entry, want)
			}
		}
		fixed := b.cell(eastGrid, "east", "screened", 1)
		if fixed.Entry.Answers != five.ID || fixed.Entry.Reason != "核对台账" || fixed.Text() != "50余人" {
			b.Errorf("the corrected cell holds %+v", fixed.Entry)
		}
		b.wantVerified()
	})
}

func TestAGridWithAnyMistakeSavesNothing(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		five := b.log("screened", "east", "2026-01-10", 5)
		b.log("screened", "east", "2026-02-10", 6)
		b.log("screened", "east", "2026-02-11", 6)
		good := app.GridEdit{"east", "screened", 3, 0, "12", ""}
		for _, c := range []struct {
			edit app.GridEdit
			want string
		}{
			{app.GridEdit{"east", "screened", 4, 0, "几十", ""}, "number_unreadable"},
			{app.GridEdit{"east", "screened", 4, 0, "-3", ""}, "number_negative"},
			{app.GridEdit{"east", "screened", 4, 0, "1.5", ""}, "number_decimals"},
			{app.GridEdit{"east", "screened", 1, five.ID, "x", ""}, "number_unreadable"},
			{app.GridEdit{"east", "screened", 1, 0, "7", ""}, "grid_changed"},
			{app.GridEdit{"east", "screened", 1, five.ID + 99, "7", ""}, "grid_changed"},
			{app.GridEdit{"east", "screened", 1, five.ID, "", ""}, "grid_cleared"},
			{app.GridEdit{"east", "screened", 2, 0, "9", ""}, "grid_changed"},
			{app.GridEdit{"east", "screened", 7, 0, "9", ""}, "grid_closed"},
			{app.GridEdit{"west", "screened", 4, 0, "9", ""}, "grid_no_cell"},
			{app.GridEdit{"east", "rate", 4, 0, "9", ""}, "grid_no_cell"},
		} {
			result, err := b.app.SaveGrid(ctx, b.east, app.NewGrid{GridQuery: eastGrid, Reason: "核对",
				Edits: []app.GridEdit{good, c.edit}})
			b.must(err)
			if len(result.Refused) != 1 || result.Refused[0].Edit != 1 || result.Refused[0].Text.Key != c.want {
				b.Errorf("%+v: refused %+v, want %s", c.edit, result.Refused, c.want)
			}
		}
		_, err := b.app.SaveGrid(ctx, b.east,
			app.NewGrid{GridQuery: eastGrid, Edits: []app.GridEdit{good, {"east", "screened", 1, five.ID, "7", ""}}})
		wantRefusal(b.T, err, kpi.Invalid, "reason_missing")
		b.wantAchieved("screened", "east", "17")
		b.wantVerified()
	})
}

// Somebody else logged an entry for a cell while it was being filled in.
func TestACellThatChangedMeanwhileIsNotOverwritten(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		edit := app.GridEdit{"east", "screened", 3, 0, "12", ""}
		b.log("screened", "east", "2026-03-05", 4)
		result, err := b.app.SaveGrid(ctx, b.east, app.NewGrid{GridQuery: eastGrid, Edits: []app.GridEdit{edit}})
		b.must(err)
		if len(result.Refused) != 1 || result.Refused[0].Text.Key != "grid_changed" {
			b.Errorf("%+v, want the cell refused", result)
		}
		b.wantAchieved("screened", "east", "4")
	})
}

// With review on, entries awaiting review are shown as such and can be corrected; what a correction
// replaces counts until the correction is approved.
func TestAGridShowsAndSubmitsDrafts(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		approved := b.log("screened", "east", "2026-01-10", 5)
		_, err := b.app.SetReview(ctx, kpi.Operator, kpi.ApprovedCount)
		b.must(err)
		save := func(edits ...app.GridEdit) {
			b.Helper()
			result, err := b.app.SaveGrid(ctx, b.east, app.NewGrid{GridQuery: eastGrid, Reason: "核对", Edits: edits})
			b.must(err)
			if len(result.Refused) > 0 {
				b.Fatalf("refused: %+v", result.Refused)
			}
		}
		save(app.GridEdit{"east", "screened", 1, approved.ID, "7", ""}, app.GridEdit{"east", "screened", 2, 0, "3", ""})
		b.wantAchieved("screened", "east", "5")
		for month, want := range map[int]string{1: "7", 2: "3"} {
			if c := b.cell(eastGrid, "east", "screened", month); c.Text() != want || c.Entry.State != kpi.StateSubmitted {
				b.Errorf("month %d shows %q in state %q, want %s waiting", month, c.Text(), c.Entry.State, want)
			}
		}
		save(app.GridEdit{"east", "screened", 2, b.cell(eastGrid, "east", "screened", 2).Entry.ID, "4", ""})
		b.wantVerified()
	})
}

// A hundred indicators of a year, filled in at once and then changed at once.
func TestAWideGridIsSavedAtOnce(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		b.clock = time.Date(2026, 12, 31, 9, 0, 0, 0, time.UTC)
		for i := range 36 {
			b.indicator(fmt.Sprintf("i%03d", i), kpi.Flow, "人")
		}
		fill := func(value int) app.GridResult {
			g := b.grid(b.staff, eastGrid)
			n := app.NewGrid{GridQuery: eastGrid, Reason: "核对"}
			for _, ind := range g.Indicators {
				for month := 1; month <= 12; month++ {
					c, _ := g.Cell(g.Unit.ID, ind.ID, month)
					n.Edits = append(n.Edits, app.GridEdit{"east", ind.Code, month, c.Entry.ID, fmt.Sprint(value + month), ""})
				}
			}
			result, err := b.app.SaveGrid(ctx, b.staff, n)
			b.must(err)
			return result
		}
		cells := 12 * len(b.grid(b.staff, eastGrid).Indicators)
		logged := fill(100)
		corrected := fill(105) // close enough to the old values not to be queried
		if logged.Logged != cells || corrected.Corrected != cells {
			b.Errorf("of %d cells: %+v, %+v", cells, logged, corrected)
		}
		b.wantVerified()
	})
}

// An unusual number is queried as for a single entry, and saved once somebody confirms that very
// number.
func TestAGridAsksAboutAnUnusualNumber(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for month, n := range []int64{10, 12, 14} {
			b.log("screened", "east", kpi.Period{Year: 2026, Month: month + 1}.End(), n)
		}
		may := app.GridEdit{Unit: "east", Indicator: "screened", Month: 5, Text: "150"}
		usual := app.GridEdit{Unit: "east", Indicator: "screened", Month: 4, Text: "13"}
		save := func(edits ...app.GridEdit) app.GridResult {
			t.Helper()
			result, err := b.app.SaveGrid(ctx, b.east, app.NewGrid{GridQuery: eastGrid, Reason: "核对", Edits: edits})
			b.must(err)
			return result
		}
		asked := save(usual, may)
		if len(asked.Asked) != 1 || asked.Asked[0].Edit != 1 || asked.Asked[0].Amount != "150" ||
			asked.Asked[0].Text.Key != "entry_ask_large" || asked.Logged != 0 {
			t.Fatalf("150 after 10, 12, 14: %+v", asked)
		}
		b.wantAchieved("screened", "east", "36")
		may.Sure = "15"
		if again := save(usual, may); len(again.Asked) != 1 {
			t.Errorf("another number's tick: %+v", again)
		}
		may.Sure = "150"
		if saved := save(usual, may); len(saved.Asked) != 0 || saved.Logged != 2 {
			t.Errorf("%+v", saved)
		}
		march := b.cell(eastGrid, "east", "screened", 3).Entry
		// two entries, 10 and 12, are too few for a habit
		fix := app.GridEdit{Unit: "east", Indicator: "screened", Month: 3, Seen: march.ID, Text: "1"}
		if fixed := save(fix); len(fixed.Asked) != 0 || fixed.Corrected != 1 {
			t.Errorf("%+v", fixed)
		}
	})
}
