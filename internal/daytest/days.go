// Package daytest names the days and places on which everything that depends on dates is tried: a test
// that holds on these holds on any. It knows nothing of what is tried.
package daytest

import (
	"fmt"
	"os"
	"testing"
	"time"
	_ "time/tzdata" // the places need no zones of the machine

	"dabiao/internal/kpi"
)

// Dates are the days: the first and last ones of years and months, leap days and the day before, Sundays,
// and the one on which the suite once was red. A demo cannot be older than the first.
var Dates = []kpi.Date{
	"2023-01-01", "2024-02-29", "2026-08-16", "2026-11-29", "2026-12-30", "2026-12-31", "2027-01-02", "2027-01-31",
	"2027-02-28", "2027-03-01", "2027-03-31", "2027-06-30", "2028-01-01", "2028-02-28", "2028-02-29", "2028-12-31",
}

// StoryDay is when the stories of the running program take place, whatever day it is: late in a year, so
// that there is much to tell, and before every machine's day that runs them, so that a server started on
// the same data later knows all of it.
const StoryDay kpi.Date = "2026-11-23"

// Zones are the places: where most offices are, one where the day ends after everyone's, one where it
// begins before everyone's.
var Zones = []string{"Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"}

// few is what `make test` has time for; the rest is for `make days`.
var few = []Day{{"2028-01-01", "Pacific/Kiritimati"}, {"2028-02-29", "America/Los_Angeles"},
	{"2026-12-31", "Asia/Shanghai"}}

// Day is a day at a place.
type Day struct {
	Date kpi.Date
	Zone string
}

// Clock is At.
func (d Day) Clock(t testing.TB) time.Time {
	t.Helper()
	at, err := d.At()
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// At is an hour of the day at which it is another day in London: whoever takes the one for the other is
// found out.
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

// Each tells the story on each day: on a few, or on all of them at every place where DABIAO_DAYS says so.
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
