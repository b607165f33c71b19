package page

import (
	"strings"
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/web/input"
)

// sampleEntering is a new entry in the sample year, with five earlier ones to go by.
func sampleEntering() app.EntryView {
	f := sampleFigures()[4]
	v := app.EntryView{Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen}, Unit: sampleUnits[1], Areas: sampleAreas,
		Dated: "2026-06-28", Indicators: []kpi.Indicator{f.Indicator, sampleSpecs[11].indicator(12)}, Indicator: f.Indicator,
		Figure: f, LastYear: progress.Some(kpi.Whole(41))}
	for i, n := range []int64{12, 15, 0, 22, 18} {
		v.Latest = append(v.Latest, kpi.Update{Dated: kpi.Period{Year: 2026, Month: i + 1}.End(),
			Quantity: kpi.Exactly(kpi.Whole(n)), Note: "第二批"})
	}
	v.Habit, v.HasHabit = progress.Usual(kpi.Flow, false, v.Latest)
	return v
}

// entryPages are the pages of somebody who logs, in the states a test should see.
func entryPages(tag lang.Tag) map[string]any {
	pc, v := sampleContext(tag), sampleEntering()
	open := v
	open.Indicator, open.Latest, open.Figure, open.HasHabit = kpi.Indicator{}, nil, progress.Figure{}, false
	question := kpi.T("entry_ask_large", kpi.Whole(720), kpi.Measure("人"), 5, kpi.Whole(22))
	asked := EntryInput{Key: "key-1", Indicator: v.Indicator.Code, HadFiles: true,
		Typed: input.UpdateTyped{Date: "2026-06-28", Value: "720余"},
		Refusal: &kpi.Error{Code: kpi.Invalid, Text: kpi.T("entry_to_confirm"),
			Fields: []kpi.Field{{Name: "sure", Text: question}}}}
	saved := app.LogEntry{Update: kpi.Update{ID: 7, Dated: "2026-06-28", Quantity: kpi.Exactly(kpi.Whole(35))},
		Indicator: v.Indicator, Unit: v.Unit}
	m := app.Mine{Year: v.Year, Unit: sampleUnits[0], AsOf: pc.AsOf, Areas: sampleAreas, MayOwn: true,
		Due: kpi.Period{Year: 2026, Month: 6}, DueDate: "2026-07-05", DueDay: 5}
	for i, f := range sampleFigures()[:9] {
		duty := progress.Duty{Due: m.Due, Done: i%3 == 0}
		if i == 4 {
			duty.Late = []int{3, 4}
		}
		m.Indicators = append(m.Indicators, app.MineIndicator{Figure: f, Duty: duty})
		m.Choices = append(m.Choices, app.MineChoice{Indicator: f.Indicator, Mine: true, Named: i == 2})
	}
	m.Returned = []app.LogEntry{{Update: kpi.Update{ID: 9, Dated: "2026-06-20", Quantity: kpi.Exactly(kpi.Whole(35))},
		Indicator: v.Indicator, Unit: v.Unit, Review: &kpi.Review{By: "reviewer", Reason: "请附签到表"}}}
	none, reporter, closed := m, m, m
	none.Indicators = nil
	reporter.Indicators, reporter.MayOwn = nil, false
	closed.Year.State = kpi.YearClosed
	return map[string]any{
		"entry":         NewEntry(pc, v, EntryInput{Key: "key-1", Saved: &saved}),
		"entry:asked":   NewEntry(pc, v, asked),
		"entry:open":    NewEntry(pc, open, EntryInput{Key: "key-1"}),
		"mine":          NewMine(pc, m),
		"mine:none":     NewMine(pc, none),
		"mine:reporter": NewMine(pc, reporter),
		"mine:closed":   NewMine(pc, closed),
	}
}

// sampleGrid is pages of the grid, as opened and as refused.
func sampleGrid(pc Context) map[string]any {
	g := app.Grid{Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen}, Unit: sampleUnits[0], AsOf: pc.AsOf,
		Units: sampleUnits[:1], Left: 3, Indicators: []kpi.Indicator{sampleSpecs[4].indicator(5),
			sampleSpecs[5].indicator(6)}}
	month := g
	month.Month, month.Units = 6, sampleUnits[1:]
	none := month
	none.Units = nil
	refused := GridInput{Key: "key-1", Reason: "核对", Refusal: &kpi.Error{Text: kpi.T("form_invalid", 1),
		Fields: []kpi.Field{{Name: "reason", Text: kpi.T("reason_missing")}}},
		Edits:  []app.GridEdit{{Unit: "county", Indicator: "trained", Month: 3, Text: "几十"}},
		Result: app.GridResult{Refused: []app.GridRefusal{{Edit: 0, Text: kpi.T("number_unreadable", "几十")}}}}
	asked := GridInput{Key: "key-1", Edits: []app.GridEdit{{Unit: "county", Indicator: "trained", Month: 3, Text: "720"}},
		Result: app.GridResult{Asked: []app.GridQuestion{{Edit: 0, Amount: "720",
			Text: kpi.T("entry_ask_large", kpi.Whole(720), kpi.Measure("人"), 3, kpi.Whole(22))}}}}
	return map[string]any{"grid:asked": NewGrid(pc, g, asked),
		"grid":       NewGrid(pc, g, GridInput{Key: "key-1", Saved: pc.Printer.T("grid.done.saved", 3, 1)}),
		"grid:month": NewGrid(pc, month, GridInput{}), "grid:none": NewGrid(pc, none, GridInput{}),
		"grid:refused": NewGrid(pc, g, refused)}
}

func TestTheFormSaysHowANumberIsReadAndAsksAboutAnUnusualOne(t *testing.T) {
	p := sampleContext(lang.Chinese).Printer
	asked := entryPages(lang.Chinese)["entry:asked"].(entryPage).Form
	if want := "识别为 720 人 以上"; asked.Reads != want {
		t.Errorf("it says %q, want %q", asked.Reads, want)
	}
	if asked.Ask == nil || asked.Ask.Sure != "720" || !strings.Contains(asked.Ask.Text, "高于最近 5 次填报（最大 22 人）") {
		t.Errorf("it asks %+v", asked.Ask)
	}
	if asked.Errors[0].Href != "#f-sure" || asked.Value.Value != "720余" {
		t.Errorf("the mistake leads to %q, the field holds %q", asked.Errors[0].Href, asked.Value.Value)
	}
	if want := p.T("entry.files_again"); asked.Evidence.Error != want {
		t.Errorf("of the lost files it says %q", asked.Evidence.Error)
	}
}
