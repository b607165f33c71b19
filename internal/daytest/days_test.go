package daytest

import (
	"slices"
	"testing"
	"time"

	"dabiao/internal/kpi"
)

// This is what the list is for: removing a day from it fails here.
func TestTheDaysAreThoseOnWhichProgramsGoWrong(t *testing.T) {
	has := func(what string, is func(time.Time) bool) {
		t.Helper()
		if !slices.ContainsFunc(Dates, func(d kpi.Date) bool { return is(d.Time()) }) {
			t.Errorf("no day is %s", what)
		}
	}
	leap := func(t time.Time) bool { return time.Date(t.Year(), 12, 31, 0, 0, 0, 0, time.UTC).YearDay() == 366 }
	for what, month := range map[string]string{"the first day of a year": "01-01", "the second": "01-02",
		"the last of January": "01-31",
		"the first of March":  "03-01", "the last of March": "03-31", "the last of June": "06-30", "29 November": "11-29",
		"the last but one of a year": "12-30", "the last of a year": "12-31"} {
		has(what, func(t time.Time) bool { return t.Format("01-02") == month })
	}
	has("a leap day", func(t time.Time) bool { return t.Format("01-02") == "02-29" })
	has("the day before a leap day", func(t time.Time) bool { return leap(t) && t.Format("01-02") == "02-28" })
	has("the last of February in a common year", func(t time.Time) bool {
		return !leap(t) &&
			t.Format("01-02") == "02-28"
	})
	has("the 366th of a year", func(t time.Time) bool { return t.YearDay() == 366 })
	has("a Sunday", func(t time.Time) bool { return t.Weekday() == time.Sunday })
	if len(Dates) < 12 || len(Zones) < 3 || !slices.IsSorted(Dates) {
		t.Errorf("%d days, %d places", len(Dates), len(Zones))
	}
	for _, d := range few {
		if !slices.Contains(Dates, d.Date) || !slices.Contains(Zones, d.Zone) {
			t.Errorf("%+v is none of the days", d)
		}
	}
}

func TestTheClockIsOnTheDayAndNotInLondon(t *testing.T) {
	for _, date := range Dates {
		for _, zone := range Zones {
			at := Day{date, zone}.Clock(t)
			if kpi.DateOf(at) != date || kpi.DateOf(at.UTC()) == date {
				t.Errorf("%s in %s is %s", date, zone, at)
			}
		}
	}
}
