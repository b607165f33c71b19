package demo

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// seed determines every invented figure: the same day always gives the same sample year.
const seed = 2026

// entry is one figure of the sample year as somebody would write it.
type entry struct {
	indicator, unit string
	dated           kpi.Date
	written         string         // "37", "190余份"; empty for judgements
	level           kpi.LevelValue // for judgements
	note            string
	amount          kpi.Amount // the amount that the written figure means
}

// place is a reporting unit and its share of the whole.
type place struct {
	code       string
	share, sum int64
	county     bool
}

// story is the course of one indicator through the sample year (sample/story.csv).
type story struct {
	seed      uint64
	indicator string
	kind      kpi.Kind
	measure   kpi.Measure
	decimals  int
	starts    int
	plans     []plan // revisions of the target, oldest first
	places    []place
	pace      kpi.Amount // achievement ÷ plan
	volume    kpi.Amount // the year's amount if there is no target
	follows   string
	part      kpi.Amount // the share of the followed indicator's entries
	rough     bool
	waits     bool // the current month is not reported yet
	readings  string
	note      string
}

// entries returns everything logged by today, in order of days.
func entries(stories []story, year kpi.Year, today kpi.Date) ([]entry, error) {
	var out []entry
	for _, s := range stories {
		switch {
		case s.readings != "":
			read, err := s.single(year, today)
			if err != nil {
				return nil, fmt.Errorf("readings of %s: %w", s.indicator, err)
			}
			out = append(out, read...)
		case s.follows != "":
			out = append(out, s.following(out)...)
		default:
			for _, p := range s.places {
				out = append(out, s.monthly(p, year, today)...)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b entry) int { return cmp.Compare(a.dated, b.dated) })
	return out, nil
}

// single returns the entries that are spelled out: "01-20 partly;06-18 met", "03-07 1次".
func (s story) single(year kpi.Year, today kpi.Date) ([]entry, error) {
	var out []entry
	for _, reading := range strings.Split(s.readings, ";") {
		day, what, _ := strings.Cut(reading, " ")
		dated, err := kpi.ParseDate(fmt.Sprintf("%04d-%s", year, day))
		if err != nil {
			return nil, err
		}
		e := entry{indicator: s.indicator, unit: s.places[0].code, dated: dated, written: what, note: s.note}
		if s.kind == kpi.Level {
			e.level, e.written = kpi.LevelValue(what), ""
		}
		if dated <= today {
			out = append(out, e)
		}
	}
	return out, nil
}

// following returns a share of every entry of another indicator, never more than the whole.
func (s story) following(before []entry) []entry {
	var out []entry
	whole, logged := map[string]kpi.Amount{}, map[string]kpi.Amount{}
	for _, e := range before {
		if e.indicator != s.follows {
			continue
		}
		whole[e.unit] += e.amount
		rise := whole[e.unit].Times(int64(s.part), int64(kpi.One)).Round(0) - logged[e.unit]
		logged[e.unit] += rise
		e.indicator, e.amount, e.written, e.note = s.indicator, rise, rise.String(), s.note
		out = append(out, e)
	}
	return out
}

// monthly walks one unit through the months: each report brings the unit to where its plan, times its
// pace, puts it on that day.
func (s story) monthly(p place, year kpi.Year, today kpi.Date) []entry {
	var out []entry
	var held kpi.Amount
	lean := int64(1000)
	if !p.county {
		lean = 760 + s.dice(p, 0).Int64N(481) // townships differ
	}
	for month := s.starts; month <= today.Period().Month; month++ {
		dice := s.dice(p, month)
		dated, reported := reportDay(dice, p, kpi.Period{Year: year, Month: month}, today)
		if !reported || s.waits && month == today.Period().Month {
			continue
		}
		want := s.due(p, dated).Times(lean, 1000).Times(975+dice.Int64N(51), 1000).Round(min(s.decimals, 1))
		e := entry{indicator: s.indicator, unit: p.code, dated: dated, note: s.note}
		if s.kind == kpi.Running {
			held = max(held, want)
			e.amount, e.written = held, held.String()+string(s.measure)
			out = append(out, e)
			continue
		}
		rise := max(want-held, 0)
		if rise == 0 && p.county {
			continue
		}
		e.amount, e.written = rise, rise.String()
		if p.county {
			e.written += string(s.measure)
		}
		if s.rough && dice.IntN(2) == 0 {
			e.amount, e.written = roughly(rise, s.measure)
		}
		held += e.amount
		out = append(out, e)
	}
	return out
}

// due returns what the plan and the pace require of a unit by a day.
func (s story) due(p place, day kpi.Date) kpi.Amount {
	whole, curve := s.volume, kpi.EvenSchedule(s.starts)
	for _, pl := range s.plans {
		if pl.target.Dated <= day {
			whole, curve = pl.target.Amount.Times(int64(s.pace), int64(kpi.One)), pl.target.Schedule(s.starts)
		}
	}
	share := curve.At(kpi.AsOf{Period: day.Period(), Day: day.Time().Day()})
	return share.Of(whole.Times(p.share, p.sum))
}

// dice returns the same random numbers for the same indicator, unit and month whatever day it is, so
// that the past does not change if the demo is loaded again tomorrow.
func (s story) dice(p place, month int) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s/%s/%d", s.indicator, p.code, month)
	return rand.New(rand.NewPCG(s.seed, h.Sum64())) //nolint:gosec // invented figures, no secret
}

// townshipsReport is the first day of the current month on which townships have something to report. On
// New Year's Day they would report next to nothing, and lag.
const townshipsReport = 10

// reportDay returns the day a unit reports a month: late in the month, or, for the current month, in
// the last few days. Some townships have not reported the current month, and now and then one misses a
// month.
func reportDay(dice *rand.Rand, p place, month kpi.Period, today kpi.Date) (day kpi.Date, reported bool) {
	due := 24 + dice.IntN(5)
	missed := !p.county && dice.IntN(40) == 0
	late := !p.county && dice.IntN(3) == 0
	ago := dice.IntN(2)
	if !p.county {
		ago = dice.IntN(4)
	}
	now := today.Day()
	if month == today.Period() && due > now {
		if !p.county && now < townshipsReport {
			return "", false
		}
		due, missed = max(1, now-ago), late
	}
	return kpi.Date(fmt.Sprintf("%s-%02d", month, due)), !missed
}

// roughly writes a figure as people do who have not counted exactly: 190余份, 2万余元.
func roughly(a kpi.Amount, measure kpi.Measure) (kpi.Amount, string) {
	step := kpi.One
	for a >= 50*step {
		step *= 10
	}
	floor := a / step * step
	switch {
	case step == kpi.One || floor == a:
		return a, a.String() + string(measure)
	case floor%kpi.Whole(10_000) == 0:
		return floor, (floor / 10_000).String() + "万余" + string(measure)
	}
	return floor, floor.String() + "余" + string(measure)
}
