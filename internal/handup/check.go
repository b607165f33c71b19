package handup

import (
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// maxVersion limits the versions of a year: one far above those made would stand over all that come.
const maxVersion = 1_000_000

// Check refuses a package that cannot be so: months that are none, days outside them, figures that its own entries do
// not add up to. What they add up to is computed as every office computes it. Refusals: Invalid package_malformed,
// package_not_adding.
func (p Package) Check() error {
	malformed := kpi.Refuse(kpi.Invalid, "package_malformed")
	if p.Format != PackageFormat || p.Year == 0 || p.First < 1 || p.Last > 12 || p.First > p.Last || p.Version < 1 ||
		p.Version > maxVersion ||
		p.AsOf < (kpi.Period{Year: p.Year, Month: p.Last}).Start() || p.Office.ID == "" || p.To.Unit.Code == "" {
		return malformed
	}
	if _, err := kpi.ParseDate(string(p.AsOf)); err != nil {
		return malformed
	}
	seen := map[string]bool{}
	for _, f := range p.Figures {
		if seen[f.Code] || f.Code == "" || !f.Kind.Known() || f.Computed() || !p.dated(f) {
			return malformed
		}
		seen[f.Code] = true
		if err := p.addsUp(f); err != nil {
			return err
		}
	}
	return nil
}

// dated reports whether lines and entries are of the months they stand in, and none is of after the package's day.
func (p Package) dated(f Figure) bool {
	before := 0
	for _, m := range f.Months {
		if m.Month <= before || !p.Covers(m.Month) || len(m.Lines) == 0 || !f.Kind.Sums() && len(m.Lines) != 1 {
			return false
		}
		before = m.Month
		for _, l := range m.Lines {
			if !reads(l.Wording, f.Measure, l.Amount, l.Precision, f.Kind) {
				return false
			}
			if !p.day(l.Dated) || l.Dated.Period().Month != m.Month || !plain(l.Amount, l.Precision, l.Level, f.Kind) {
				return false
			}
		}
	}
	ids := map[kpi.UpdateID]bool{}
	for _, e := range f.Entries {
		month := 0
		if p.day(e.Dated) {
			month = e.Dated.Period().Month
		}
		if month < 1 || month > p.Last || f.Kind.Sums() && month < p.First || ids[e.ID] || e.ID == 0 ||
			!plain(e.Amount, e.Precision, e.Level, f.Kind) || !f.converts(e) ||
			!reads(e.Wording, e.Measure, e.Amount, e.Precision, f.Kind) {
			return false
		}
		ids[e.ID] = true
	}
	return true
}

// day reports whether a day is one of the year, and not after the package was made.
func (p Package) day(d kpi.Date) bool {
	_, err := kpi.ParseDate(string(d))
	return err == nil && d.Year() == p.Year && d <= p.AsOf
}

// plain reports whether an amount is what its kind takes.
func plain(n Number, p kpi.Precision, l kpi.LevelValue, k kpi.Kind) bool {
	return n >= 0 && (p == "" || p.Known()) && (l != "") == (k == kpi.Level) && (l == "" || l.Known())
}

// reads reports whether a wording says the amount that stands beside it, as everywhere where a wording is read. Of a
// judgement it is a number written beside.
func reads(wording string, m kpi.Measure, n Number, p kpi.Precision, k kpi.Kind) bool {
	if wording == "" || k == kpi.Level {
		return true
	}
	q, err := intake.Quantity(wording, m)
	return err == nil && q.Amount == kpi.Amount(n) && written(q.Precision) == written(p)
}

// converts reports whether an entry's amount has one in the dictionary's measure.
func (f Figure) converts(e Entry) bool {
	_, _, own := e.Measure.Conversion(f.Own.Measure)
	_, _, above := f.Own.Measure.Conversion(f.Measure)
	return f.Kind == kpi.Level || own && above
}

// addsUp holds each month's lines against the entries.
func (p Package) addsUp(f Figure) error {
	of, said := f.computed(), f.said()
	for month := p.First; month <= p.Last; month++ {
		is, says := of[month-1], said[month-1]
		there, told := is.LastDate != "", says.LastDate != ""
		if !f.Kind.Sums() {
			is, says = progress.Through(of, month), progress.Through(said, month)
			if !told {
				says = is // the reading before stands, and is not said again
			}
		}
		if there != told || told && !alike(is, says, f.Kind.Sums()) {
			return kpi.Refuse(kpi.Invalid, "package_not_adding", f.Names(), month, amountOf(says, told), amountOf(is, there))
		}
	}
	return nil
}

func amountOf(t kpi.Tally, there bool) string {
	if !there {
		return "—"
	}
	return t.Amount.String()
}

// alike reports whether two tallies say the same. A reading that several units make up says how exact it is, and not of
// how many of them.
func alike(a, b kpi.Tally, sums bool) bool {
	if sums {
		return a.Amount == b.Amount && a.AtLeast == b.AtLeast && a.Below == b.Below && a.About == b.About
	}
	return a.Amount == b.Amount && progress.Stated(a).Precision == progress.Stated(b).Precision
}

// computed returns what the entries add up to, over the office's units, in the dictionary's measure.
func (f Figure) computed() kpi.Series {
	type log struct{ unit, indicator string }
	logs := map[log][]kpi.Update{}
	for _, e := range f.Entries {
		amount, _ := e.Measure.In(f.Own.Measure, kpi.Amount(e.Amount))
		amount = f.converted(f.Own.Measure, amount)
		key := log{e.Unit, e.Indicator}
		logs[key] = append(logs[key], update(e.ID, e.Dated, quantityOf(Number(amount), e.Precision, ""), e.Level))
	}
	var all []kpi.Series
	for _, entries := range logs {
		all = append(all, progress.Tally(f.Kind, kpi.ReviewOff, entries, nil))
	}
	if f.Own.Units.Extreme() {
		return progress.Extreme(f.Own.Units, all)
	}
	var sum kpi.Series
	for _, s := range all {
		for m := range sum {
			sum[m] = sum[m].Plus(s[m])
		}
	}
	return sum
}

// said returns the lines as a series.
func (f Figure) said() kpi.Series {
	var lines []kpi.Update
	for _, m := range f.Months {
		for _, l := range m.Lines {
			lines = append(lines, update(kpi.UpdateID(len(lines)+1), l.Dated, l.Quantity(), l.Level))
		}
	}
	return progress.Tally(f.Kind, kpi.ReviewOff, lines, nil)
}

func update(id kpi.UpdateID, day kpi.Date, q kpi.Quantity, level kpi.LevelValue) kpi.Update {
	return kpi.Update{ID: id, Dated: day, Quantity: q, Level: level, Act: kpi.ActLog, State: kpi.StateApproved}
}
