package app

import (
	"testing"
	"time"

	"dabiao/internal/kpi"
)

// Which target was in force at a date, and that a later one is told with the amount before.
func TestATargetRevisedLaterIsKnownWithTheOldOne(t *testing.T) {
	day := func(month, day int) kpi.UnixMilli {
		return kpi.UnixMilli(time.Date(2026, time.Month(month), day, 9, 0, 0, 0, time.UTC).UnixMilli())
	}
	first := kpi.Target{Indicator: 1, Amount: kpi.Whole(1200), SetAt: day(6, 1)} // entered late: the year's from its start
	june := kpi.Target{Indicator: 1, Amount: kpi.Whole(1500), SetAt: day(6, 20), Reason: "more"}
	dated := kpi.Target{Indicator: 1, Amount: kpi.Whole(1400), SetAt: day(7, 1), Dated: "2026-03-10", Reason: "paper"}
	again := june
	again.SetAt, again.Document = day(8, 1), "2026-8"
	back := kpi.Target{Indicator: 1, Amount: kpi.Whole(1200), SetAt: day(9, 1)}
	other := kpi.Target{Indicator: 2, Amount: kpi.Whole(9), SetAt: day(6, 2)}
	for name, c := range map[string]struct {
		history []kpi.Target
		at      kpi.Date
		was     int64 // 0: it says nothing
		on      kpi.Date
	}{
		"only the first, entered in June":  {[]kpi.Target{first}, "2026-03-31", 0, ""},
		"revised in June, seen from March": {[]kpi.Target{first, june}, "2026-03-31", 1200, "2026-06-20"},
		"seen from June":                   {[]kpi.Target{first, june}, "2026-06-30", 0, ""},
		"by a document of March":           {[]kpi.Target{first, dated}, "2026-03-31", 0, ""},
		"seen from February":               {[]kpi.Target{first, dated}, "2026-02-28", 1200, "2026-03-10"},
		"another document for the same":    {[]kpi.Target{first, june, again}, "2026-06-30", 0, ""},
		"another indicator's lies between": {[]kpi.Target{first, other, june}, "2026-05-31", 1200, "2026-06-20"},
		"revised and revised back":         {[]kpi.Target{first, june, back}, "2026-03-31", 0, ""},
	} {
		h := heldBy(c.history, c.at, time.UTC, func(t kpi.Target) kpi.IndicatorID { return t.Indicator })[1]
		r := h.revised(time.UTC)
		switch {
		case r == nil && c.was == 0:
		case r == nil || r.Was.Amount != kpi.Whole(c.was) || r.On != c.on:
			t.Errorf("%s: %+v, want %d on %s", name, r, c.was, c.on)
		}
	}
}
