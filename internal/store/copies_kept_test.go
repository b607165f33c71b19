package store

import (
	"slices"
	"testing"
	"time"
)

// made returns copies of the given days at one o'clock, the newest first.
func made(upgrade bool, days ...string) (out []Copy) {
	for _, day := range days {
		at, err := time.Parse("2006-01-02 15:04", day)
		if err != nil {
			panic(err)
		}
		out = append(out, Copy{Name: day, At: at, Upgrade: upgrade})
	}
	slices.SortFunc(out, func(a, b Copy) int { return b.At.Compare(a.At) })
	return out
}

// daily returns a copy for each of so many days, the last on 30 November 2026.
func daily(n int) (out []Copy) {
	last := time.Date(2026, 11, 30, 1, 0, 0, 0, time.UTC)
	for i := range n {
		at := last.AddDate(0, 0, -i)
		out = append(out, Copy{Name: at.Format(time.DateOnly), At: at})
	}
	return out
}

func TestCopiesAreKeptByDaysWeeksAndMonths(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		what string
		all  []Copy
		now  time.Time
		want []string
	}{
		{"none", nil, now, nil},
		{"one, however old", made(false, "2019-01-01 01:00"), now, []string{"2019-01-01 01:00"}},
		{"the last of a day", made(false, "2026-11-30 01:00", "2026-11-30 05:00", "2026-11-30 08:00"), now,
			[]string{"2026-11-30 08:00"}},
		{"a year and more", daily(500), now, []string{
			"2026-11-30", "2026-11-29", "2026-11-28", "2026-11-27", "2026-11-26", "2026-11-25", "2026-11-24", // days
			"2026-11-22", "2026-11-15", "2026-11-08", // Sundays; 30, a Monday, and 29 are in the weeks of the days
			"2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31",
			"2026-04-30", "2026-03-31", "2026-02-28", "2026-01-31", "2025-12-31"}},
		{"after a summer without the computer", made(false, "2026-11-30 01:00", "2026-06-03 01:00", "2026-06-02 01:00",
			"2026-06-01 01:00"), now,
			[]string{"2026-11-30 01:00", "2026-06-03 01:00", "2026-06-02 01:00", "2026-06-01 01:00"}},
		{"a clock ran ahead: those to come take no place", append(made(false, "2036-01-02 01:00", "2036-01-01 01:00"),
			daily(8)...), now, []string{"2036-01-02 01:00", "2036-01-01 01:00", "2026-11-30", "2026-11-29", "2026-11-28",
			"2026-11-27", "2026-11-26", "2026-11-25", "2026-11-24"}},
		{"a clock that is far back removes nothing", daily(40), now.AddDate(-16, 0, 0), names(daily(40))},
		{"a clock that is ahead for a day takes one place", daily(7), now.AddDate(10, 0, 0), names(daily(7))},
		{"the last three from before upgrades", made(true, "2026-11-04 09:00", "2026-11-03 09:00", "2026-11-02 09:00",
			"2026-11-01 09:00"), now, []string{"2026-11-04 09:00", "2026-11-03 09:00", "2026-11-02 09:00"}},
		{"one from before an upgrade beside that of the day", append(made(false, "2026-11-30 08:00"),
			made(true, "2026-11-30 07:00")...), now, []string{"2026-11-30 08:00", "2026-11-30 07:00"}},
	} {
		t.Run(c.what, func(t *testing.T) {
			kept := copiesToKeep(c.all, c.now)
			var got []string
			for _, x := range c.all {
				if kept[x.Name] {
					got = append(got, x.Name)
				}
			}

			if !slices.Equal(got, c.want) {
				t.Errorf("kept are\n%v, want\n%v", got, c.want)
			}
		})
	}
}

func names(all []Copy) (out []string) {
	for _, c := range all {
		out = append(out, c.Name)
	}
	return out
}

// The day is the office's: one o'clock in China is the day before in London.
func TestCopiesAreKeptByTheDaysOfTheOffice(t *testing.T) {
	china := time.FixedZone("", 8*3600)
	all := made(false, "2026-11-29 17:00", "2026-11-29 01:00") // the 30th at one, the 29th at nine
	if kept := copiesToKeep(all, time.Date(2026, 11, 30, 9, 0, 0, 0, china)); len(kept) != 2 {
		t.Errorf("kept are %v", kept)
	}
	if kept := copiesToKeep(all, time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)); len(kept) != 1 {
		t.Errorf("kept are %v", kept)
	}
}
