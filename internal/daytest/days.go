// Package daytest lists the days and time zones in which everything that depends on dates is tested: a
// test that passes for these passes for any. It knows nothing of what is tested.
package daytest

import (
	"fmt"
	"os"
	"testing"
	"time"
	_ "time/tzdata" // the zones must not depend on the machine

	"dabiao/internal/kpi"
)

// Dates are the first and last days of years and months, leap days and the days before them, Sundays,
// and a day on which the tests once failed. The first one is the earliest possible for a demo.
var Dates = []kpi.Date{
	"2023-01-01", "2024-02-29", "2026-08-16", "2026-11-29", "2026-12-30", "2026-12-31", "2027-01-02", "2027-01-31",
	"2027-02-28", "2027-03-01", "2027-03-31", "2027-06-30", "2028-01-01", "2028-02-28", "2028-02-29", "2028-12-31",
}

// StoryDay is the day on which the stories of the running program take place, whatever day it is: late
// in a year, so that there is much to show, and earlier than any day the tests run on, so that a server
// started later on the same data knows all of it.
const StoryDay kpi.Date = "2026-11-23"

// Zones are the time zones: where most offices are, one where the day ends last, one where it begins
// first.
var Zones = []string{"Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"}

// few is what `make test` has time for; `make days` does the rest.
var few = []Day{{"2028-01-01", "Pacific/Kiritimati"}, {"2028-02-29", "America/Los_Angeles"},
	{"2026-12-31", "Asia/Shanghai"}}

// Day is a day in a time zone.
type Day struct {
	Date kpi.Date
	Zone string
}

// Clock is like At, and fails the test on an error.
func (d Day) Clock(t testing.TB) time.Time {
	t.Helper()
	at, err := d.At()
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// At returns a moment of the day at which it is another day in London, so that code that confuses the
// two is found out.
func (d Day) At() (time.Time, error) {
	zone, err := time.LoadLocation(d.Zone)
	if err != nil {
		return time.Time{}, err
	}
	date := d.Date.Time()
	early := time.Date(date.Year(), date.Month(), date.Day(), 7, 0, 0, 0, zone)
	if kpi.DateOf(early.UTC()) != d.Date {
		return early, nil
	}
	return early.Add(13 * time.Hour), nil
}

// Each runs the story on a few of the days, or on all of them in every zone if DABIAO_DAYS says so.
func Each(t *testing.T, story func(t *testing.T, d Day)) {
	t.Helper()
	days := few
	switch which := os.Getenv("DABIAO_DAYS"); which {
	case "", "few":
	case "all":
		days = nil
		for _, date := range Dates {
			for _, zone := range Zones {
				days = append(days, Day{date, zone})
			}
		}
	default:
		t.Fatalf("DABIAO_DAYS=%q: write few or all", which)
	}
	for _, d := range days {
		t.Run(fmt.Sprintf("%s in %s", d.Date, d.Zone), func(t *testing.T) { story(t, d) })
	}
}
