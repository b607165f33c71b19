package papers

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"dabiao/internal/browsertest"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report"
	"dabiao/internal/report/seal"
)

// dealer deals years of figures with all kinds, rules, signs and plans, and the entries they are made of.
type dealer struct {
	*rand.Rand
	asOf    kpi.AsOf
	rules   kpi.RuleSet
	entries []seal.Entry
	figures []progress.Figure
	id      int64
}

const dealtUnits = 4 // 1 is the root

// log deals an indicator's entries and returns its series at the root.
func (d *dealer) log(i kpi.Indicator, most int64) kpi.Series {
	var shares []kpi.Series
	for unit := kpi.UnitID(1); unit <= dealtUnits; unit++ {
		var updates []kpi.Update
		for range d.IntN(4) {
			d.id++
			day := kpi.Date(fmt.Sprintf("2022-%02d-%02d", 1+d.IntN(12), 1+d.IntN(28)))
			u := kpi.Update{ID: kpi.UpdateID(d.id), Dated: day, Act: kpi.ActLog, State: kpi.StateApproved,
				Quantity: kpi.Exactly(kpi.Amount(d.Int64N(most) * int64(i.Step())))}
			if d.IntN(6) == 0 && i.Kind != kpi.Standard {
				u.Quantity.Precision = []kpi.Precision{kpi.AtLeast, kpi.AtLeast, kpi.Below, kpi.About}[d.IntN(4)]
				u.Quantity.Wording = []string{"余", "以上"}[d.IntN(2)]
			}
			if updates = append(updates, u); day <= d.asOf.End() {
				e := seal.Entry{ID: u.ID, Indicator: i.Code, Unit: unit, Dated: day, Amount: u.Quantity.Amount.String()}
				if p := u.Quantity.Precision; p != kpi.Exact {
					e.Precision = string(p)
				}
				if end, ok := largest(u.Quantity); ok && u.Quantity.Precision == kpi.AtLeast {
					e.Most = end.String()
				}
				d.entries = append(d.entries, e)
			}
		}
		if unit == 1 || i.Reaches() {
			shares = append(shares, progress.Tally(i.Kind, kpi.ReviewOff, updates, largest))
		}
	}
	if i.Units.Extreme() {
		return progress.Extreme(i.Units, shares)
	}
	var out kpi.Series
	for _, s := range shares {
		for m := range out {
			out[m] = out[m].Plus(s[m])
		}
	}
	return out
}

// largest is how large a dealt approximate entry can be.
func largest(q kpi.Quantity) (kpi.Amount, bool) { return q.Amount + 9*kpi.One, q.Wording == "余" }

// target deals a target near what was achieved, so that lights and roundings stand at their edges.
func (d *dealer) target(i kpi.Indicator, near kpi.Amount) *kpi.Target {
	if d.IntN(8) == 0 {
		return nil
	}
	t := &kpi.Target{Sign: kpi.Signs[d.IntN(5)]}
	t.Amount = kpi.Amount(int64(near)*int64(80+d.IntN(41))/100) / i.Step() * i.Step()
	if d.IntN(3) == 0 {
		t.Amount = near
	}
	if d.IntN(12) == 0 {
		t.Amount = 0
	}
	if d.IntN(3) == 0 {
		t.Curve = &kpi.Curve{0, 0, 5_00, 10_33, 10_33, 40_00, 50_00, 55_55, 80_00, 90_00, 95_00, 100_00}
	}
	return t
}

func (d *dealer) deal(n int) {
	for k := range n {
		i := kpi.Indicator{ID: kpi.IndicatorID(3*k + 1), Code: fmt.Sprintf("x-%d", k), Name: fmt.Sprintf("指标%d", k),
			Starts: 1, Measure: "人", Decimals: d.IntN(3), Direction: kpi.Up,
			Kind: []kpi.Kind{kpi.Flow, kpi.Running, kpi.Ratio, kpi.Standard, kpi.Running}[k%5]}
		if k%5 == 4 {
			i.Measure, i.Units = kpi.PercentSign, kpi.UnitsRules[1+d.IntN(4)]
		}
		if d.IntN(4) == 0 {
			i.Starts = 1 + d.IntN(12)
		}
		in := progress.Input{Indicator: i, Unit: 1, AsOf: d.asOf, Rules: d.rules}
		if i.Kind == kpi.Ratio {
			d.ratio(&in)
		} else {
			in.Series = d.log(i, 10_000)
		}
		in.Indicator.Kind = i.Kind
		before := progress.Measure(in)
		in.Target = d.target(in.Indicator, before.Achievement.Value.Amount)
		d.figures = append(d.figures, progress.Measure(in))
	}
}

// ratio deals the two parts of a ratio, which are figures themselves.
func (d *dealer) ratio(in *progress.Input) {
	i := &in.Indicator
	i.Measure, i.Factor = kpi.PercentSign, 100
	if d.IntN(3) == 0 {
		i.Measure, i.Factor = "人/期", 1
	}
	series := [2]kpi.Series{}
	for k, most := range []int64{300, 310} {
		part := kpi.Indicator{ID: i.ID + kpi.IndicatorID(k) + 1, Code: fmt.Sprintf("%s-%d", i.Code, k), Name: "部分", Starts: 1,
			Measure: "人", Direction: kpi.Up, Kind: []kpi.Kind{kpi.Flow, kpi.Running}[d.IntN(2)]}
		in.Divides[k], series[k] = part.Kind, d.log(part, most)
		d.figures = append(d.figures, progress.Measure(progress.Input{Indicator: part, Unit: 1, AsOf: d.asOf,
			Rules: d.rules, Series: series[k]}))
	}
	i.Numerator, i.Denominator = i.ID+1, i.ID+2
	in.Numerator, in.Denominator = series[0], series[1]
}

// money deals a budget: stated or made of its income, by month or in one sum, on both sides of the supervision lines.
func (d *dealer) money() progress.Budget {
	var lines []kpi.BudgetLine
	for n, fund := range kpi.Funds[:d.IntN(5)] {
		l := kpi.BudgetLine{Fund: fund, Nature: []kpi.Nature{kpi.AnyNature, kpi.BasicSpend}[n%2],
			Opening: kpi.Amount(d.Int64N(1000)) * kpi.One, Income: kpi.Amount(d.Int64N(100_000)) * kpi.One / 100}
		if d.IntN(2) == 0 {
			full := kpi.Amount(d.Int64N(4)) * 30_000 * kpi.One / 100
			l.Full = &full
		}
		for m := range l.Months {
			if n != 1 {
				l.Months[m] = l.Budget() * kpi.Amount(d.Int64N(13)) / 100
			}
		}
		if l.Spent = l.SpentByMonth(); n == 1 {
			l.Spent = l.Budget() * kpi.Amount(d.Int64N(120)) / 100
		}
		lines = append(lines, l)
	}
	return progress.Execute(lines, d.asOf, d.rules)
}

// points deals weights, which are 100 in all where graded, and what people gave, and scores the year.
func (d *dealer) points(budget progress.Budget, graded bool) progress.Score {
	var weighed []*kpi.Target
	in := progress.ScoreInput{Rules: d.rules, Figures: d.figures, Budget: budget,
		Manual: map[kpi.IndicatorID]kpi.ManualScore{}}
	for _, f := range d.figures {
		if f.Target != nil && (!graded || f.Relied.Ok()) {
			weighed = append(weighed, f.Target)
		}
	}
	rest := kpi.Hundred - d.rules.Execution
	for n, t := range weighed {
		t.Weight = rest / kpi.Percent(len(weighed)-n)
		rest -= t.Weight
	}
	for _, f := range d.figures {
		if f.Target != nil && d.IntN(9) == 0 {
			given := f.Target.Weight / 2
			in.Manual[f.Indicator.ID] = kpi.ManualScore{Points: &given}
		}
	}
	return progress.Rate(in)
}

// The page's arithmetic is the program's: a thousand figures of all kinds, exact and approximate, at the ends of months
// and in the midst of them, on both sides of their thresholds, with budgets and points by several rules.
func TestThePageComputesAsTheProgramDoes(t *testing.T) {
	p := browsertest.Open(t, "")
	for n, at := range []kpi.AsOf{kpi.MonthEnd(kpi.Period{Year: 2022, Month: 12}),
		kpi.MonthEnd(kpi.Period{Year: 2022, Month: 6}), {Period: kpi.Period{Year: 2022, Month: 5}, Day: 17},
		{Period: kpi.Period{Year: 2022, Month: 1}, Day: 1}} {
		d := &dealer{Rand: rand.New(rand.NewPCG(1, uint64(n))), asOf: at, rules: kpi.DefaultRules}
		if n%2 == 1 {
			d.rules.Ceiling, d.rules.OverDeduction = kpi.CeilingQuotient, 20
			d.rules.Caps = []kpi.Cap{{Below: 80_00, AtMost: 69_00}, {Below: 50_00, AtMost: 39_00}}
		}
		d.deal(250)
		budget := d.money()
		score := d.points(budget, n < 2)
		pack := seal.Package{Entries: d.entries, Signing: kpi.ReportSigning{Year: 2022, Number: 1, AsOf: at.Period},
			Input: report.Input{Language: lang.For(lang.Chinese), Board: progress.Board{Year: kpi.YearInfo{Year: 2022},
				Unit: kpi.Unit{ID: 1, Name: "某县"}, AsOf: at, Rules: d.rules, Budget: budget, Score: &score,
				Areas: []progress.AreaFigures{{Area: kpi.Area{ID: 1, Name: "工作"}, Figures: d.figures}}}}}
		pack.Evidence.Zone, pack.Evidence.Language = time.UTC, pack.Input.Language
		file := filepath.Join(t.TempDir(), "index.html")
		page, err := seal.Page(pack)
		if err == nil {
			err = os.WriteFile(file, []byte(page), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		p.OpenFile(file)
		said := p.Text("#figures-said") + p.Text("#budget-said") + p.Text("#score-said")
		t.Log(said)
		if !regexp.MustCompile(`^共 350 项.*，0 项不一致。共 \d 行.*，0 行不一致。共 \d+ 行.*，0 行不一致。$`).MatchString(said) {
			var rows []string
			p.Ask(`Array.from(document.querySelectorAll("td.bad"), c => c.parentNode.innerText.replace(/\s+/g, " ")).slice(0, 12)`, &rows)
			t.Errorf("%v: %s\n%s", at, said, strings.Join(rows, "\n"))
		}
	}
}
