package demo_test

import (
	"testing"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// The demo's log was logged entry by entry, as an office would have: of what is ordinary work hardly
// anything is asked about. What was logged wrong on purpose and put right does not count.
func TestOrdinaryWorkIsNotAskedAbout(t *testing.T) {
	for _, today := range []kpi.Date{"2026-12-31", "2026-11-29", "2026-06-15"} {
		a, _ := loaded(t, today)
		p := lang.For(lang.Chinese)
		entries, asked := 0, 0
		for _, year := range []kpi.Year{2022, 2026} {
			var before kpi.UpdateID
			for more := true; more; {
				var log []app.LogEntry
				var err error
				log, more, err = a.Log(t.Context(), kpi.Operator, app.LogQuery{Year: year, Before: before})
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range log {
					before = e.ID
					if entries++; e.Doubt != nil && e.AnsweredBy == 0 {
						asked++
						t.Logf("%s %s %s: %s", e.Dated, e.Unit.Name, e.Indicator.Name, p.Text(*e.Doubt))
					}
				}
			}
		}
		if 100*asked > entries {
			t.Errorf("%s: %d of %d entries are asked about, more than 1 %%", today, asked, entries)
		}
		t.Logf("%s: %d of %d", today, asked, entries)
	}
}
