package demo

import (
	"errors"
	"testing"
	"time"

	"dabiao/internal/daytest"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

func sampleEntries(t *testing.T, today kpi.Date) ([]story, []entry) {
	t.Helper()
	stories, err := readStories(today.Year(), mustTable(t, "units.csv"))
	if err != nil {
		t.Fatal(err)
	}
	all, err := entries(stories, today.Year(), today)
	if err != nil {
		t.Fatal(err)
	}
	return stories, all
}

// figures computes the county's figures of the sample year without a database.
func figures(t *testing.T, today kpi.Date) map[string]progress.Figure {
	t.Helper()
	_, all := sampleEntries(t, today)
	known, err := knownIndicators()
	if err != nil {
		t.Fatal(err)
	}
	logs := map[string]map[string][]kpi.Update{}
	for i, e := range all {
		if logs[e.indicator] == nil {
			logs[e.indicator] = map[string][]kpi.Update{}
		}
		u := kpi.Update{ID: kpi.UpdateID(i + 1), Dated: e.dated, Level: e.level, State: kpi.StateApproved}
		if e.level == "" {
			if u.Quantity, err = intake.Quantity(e.written, kpi.Measure(known[e.indicator]["measure"])); err != nil {
				t.Fatalf("%s %s: %v", e.indicator, e.dated, err)
			}
		}
		logs[e.indicator][e.unit] = append(logs[e.indicator][e.unit], u)
	}
	codes, err := sampleCodes()
	if err != nil {
		t.Fatal(err)
	}
	targets, err := plans(today.Year())
	if err != nil {
		t.Fatal(err)
	}
	series := func(code string) (s kpi.Series) {
		for _, updates := range logs[code] {
			for m, tally := range progress.Tally(kpi.Kind(known[code]["kind"]), kpi.ReviewOff, updates, nil) {
				s[m] = s[m].Plus(tally)
			}
		}
		return s
	}
	out := map[string]progress.Figure{}
	for _, code := range codes {
		r := known[code]
		decimals, err1 := r.count("decimals")
		starts, err2 := r.count("starts")
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		in := progress.Input{Indicator: kpi.Indicator{Code: code, Kind: kpi.Kind(r["kind"]), Decimals: decimals,
			Starts: max(starts, 1)},
			Series: series(code), AsOf: kpi.AsOfToday(today.Year(), today), Rules: kpi.DefaultRules,
			Numerator: series(r["numerator"]), Denominator: series(r["denominator"])}
		for _, p := range targets {
			if p.indicator == code && p.target.Dated <= today {
				in.Target = &p.target
			}
		}
		out[code] = progress.Measure(in)
	}
	return out
}

// From February to November the sample year shows every light that people should learn to read.
func TestTheSampleYearShowsEveryLight(t *testing.T) {
	days := []kpi.Date{"2026-11-23", "2026-06-30", "2027-02-10"}
	for d := kpi.Date("2027-02-02").Time(); d.Before(kpi.Date("2027-12-01").Time()); d = d.Add(7 * 24 * time.Hour) {
		days = append(days, kpi.DateOf(d))
	}
	for _, today := range days {
		lights := map[kpi.Light]int{}
		for _, f := range figures(t, today) {
			lights[f.Light]++
		}
		t.Log(today, lights)
		for _, l := range []kpi.Light{kpi.Done, kpi.Ahead, kpi.OnPace, kpi.Behind, kpi.FarBehind, kpi.NoData, kpi.NoTarget} {
			if l == kpi.NoData && today <= "2027-02-05" && today > "2027" {
				continue // nothing of the year was due yet
			}
			if lights[l] == 0 {
				t.Errorf("%s: nothing is %s: %v", today, l, lights)
			}
		}
		if lights[kpi.FarBehind] > 3 || lights[kpi.Over]+lights[kpi.Stale] > 1 || lights[kpi.OnPace] < 6 {
			t.Errorf("%s: %v", today, lights)
		}
	}
}

func TestTheSampleYearStaysSmallAndInItsDays(t *testing.T) {
	for _, today := range daytest.Dates {
		_, all := sampleEntries(t, today)
		t.Log(today, len(all), "entries")
		if len(all) > 1400 {
			t.Errorf("%s: %d entries", today, len(all))
		}
		for _, e := range all {
			if _, err := kpi.ParseDate(string(e.dated)); err != nil || e.dated > today || e.dated.Year() != today.Year() {
				t.Errorf("%s: entry of %s dated %s", today, e.indicator, e.dated)
			}
		}
	}
}

// In the first days of a year hardly anything is far behind, and no unit is overdue.
func TestAYearBeginsCalmly(t *testing.T) {
	for day := 1; day < townshipsReport; day++ {
		today := kpi.Period{Year: 2027, Month: 1}.On(day)
		_, all := sampleEntries(t, today)
		for _, e := range all {
			if e.amount == 0 && e.level == "" || e.dated > today {
				t.Errorf("%s: %s at %s on %s: %q", today, e.indicator, e.unit, e.dated, e.written)
			}
		}
		behind := 0
		for _, f := range figures(t, today) {
			if f.Light == kpi.FarBehind {
				behind++
			}
		}
		if behind > 2 {
			t.Errorf("%s: %d are far behind", today, behind)
		}
		if len(all) < 5 {
			t.Errorf("%s: %d entries", today, len(all))
		}
	}
}

// What was logged for past months does not depend on the day the demo is loaded. A month that was still
// to be reported may be added in between.
func TestThePastOfTheSampleYearStays(t *testing.T) {
	stories, june := sampleEntries(t, "2026-06-30")
	_, november := sampleEntries(t, "2026-11-23")
	waits := map[string]bool{}
	for _, s := range stories {
		waits[s.indicator] = s.waits
	}
	at := 0
	for _, e := range november {
		if waits[e.indicator] && e.dated.Period().Month == 6 {
			continue
		}
		if at == len(june) {
			break
		}
		if e != june[at] {
			t.Fatalf("entry %d: %+v in June, %+v in November", at, june[at], e)
		}
		at++
	}
	if at != len(june) {
		t.Errorf("of %d entries of June %d are left", len(june), at)
	}
}

func TestSettledMediationsNeverExceedDisputes(t *testing.T) {
	_, all := sampleEntries(t, "2026-12-31")
	left := map[string]kpi.Amount{}
	for _, e := range all {
		switch e.indicator {
		case "disputes-mediated":
			left[e.unit] += e.amount
		case "mediations-settled":
			left[e.unit] -= e.amount
		}
		if left[e.unit] < 0 {
			t.Errorf("%s: more settled than mediated by %s", e.unit, e.dated)
		}
	}
}

func TestRoughFiguresReadAsAtLeast(t *testing.T) {
	for in, want := range map[int64]string{7: "7份", 40: "40份", 57: "50余份", 192: "190余份", 523: "500余份", 20_300: "2万余份",
		12_345: "12000余份"} {
		a, written := roughly(kpi.Whole(in), "份")
		q, err := intake.Quantity(written, "份")
		if written != want || err != nil || q.Amount != a || a > kpi.Whole(in) {
			t.Errorf("%d: %s, want %s; read %+v, %v", in, written, want, q, err)
		}
	}
}
