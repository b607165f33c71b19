// Package reporttest has two years to try documents on: an invented one and a published one. It makes
// boards and knows no document, so that report and its rooms can all use it.
package reporttest

import (
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// Year is a year's records and figures with what the office wrote about them, by place.
type Year struct {
	Office   kpi.Name
	Board    progress.Board
	Texts    map[string]string
	Outlooks map[kpi.IndicatorID]kpi.Outlook
	Incomes  []kpi.SourceIncome
	Others   []kpi.OtherMoney
	Projects []progress.ProjectScore
	Basic    *progress.BasicData
	Dated    kpi.Date
}

// Sample returns an invented year still running, with one indicator for every way a figure can stand.
func Sample(t testing.TB) Year {
	t.Helper()
	at := kpi.AsOf{Period: kpi.Period{Year: 2026, Month: 11}, Day: 23}
	figures := sampleFigures(t, at)
	points := kpi.Percent(3_50)
	board := Scored(progress.Board{
		Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen, Sample: true}, AsOf: at,
		Summary: progress.Summarize(figures),
		Areas:   progress.Arrange(Areas[:2], figures),
		Budget:  progress.Execute(sampleBudget(), at, kpi.DefaultRules),
		Said:    map[kpi.IndicatorID]kpi.Explanation{5: {Reason: "表未收齐。", Next: "月底前补报"}},
	}, map[kpi.IndicatorID]kpi.ManualScore{10: {Points: &points, Reason: "抽查一半"}})
	basic := progress.Basic(Staff(), Costs(), nil, board.Budget)
	return Year{
		Office: kpi.Name{Name: `=某县“妇联”<&>` + "\x01", NameEn: "=A County’s <Federation> & Friends\x01"},
		Board:  board,
		Texts: map[string]string{
			"problems": "一是基数不清。\r\n二是培训\x02不足。\n", "performance/ideology": "本板块由组宣部负责。",
			"goal_expected": "全面完成年度任务。", "deviation/late": "经费到位较晚，已列入下年计划。",
		},
		Outlooks: map[kpi.IndicatorID]kpi.Outlook{3: {Possibility: kpi.Possible, Causes: []kpi.Cause{kpi.CauseFunds},
			Reason: "经费到位晚", Remark: "十二月补课"}},
		Incomes:  []kpi.SourceIncome{{Source: kpi.FromNonTax, Amount: kpi.Whole(20_000)}},
		Others:   []kpi.OtherMoney{{Name: "助学捐款", Amount: kpi.Whole(150_000), Note: "某企业"}},
		Projects: []progress.ProjectScore{progress.RateProject(Project(), board)},
		Basic:    &basic,
	}
}

func sampleBudget() []kpi.BudgetLine {
	full, initial := kpi.Whole(2_500_000), kpi.Whole(2_300_000)
	return []kpi.BudgetLine{
		{Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Initial: &initial, Full: &full, Income: full,
			Spent: kpi.Whole(2_154_576), Closing: kpi.Whole(345_424)},
		{Fund: kpi.GeneralBudget, Nature: kpi.ProjectSpend, Initial: &initial, Income: kpi.Whole(300_000),
			Spent: kpi.Whole(120_000), Closing: kpi.Whole(180_000)},
		{Fund: kpi.StateCapital, Initial: &initial, Full: new(kpi.Amount), Spent: kpi.Whole(10_000),
			Opening: kpi.Whole(10_000)},
	}
}

// Scored returns a board with its score.
func Scored(b progress.Board, manual map[kpi.IndicatorID]kpi.ManualScore) progress.Board {
	b.Rules = kpi.DefaultRules
	score := progress.Rate(progress.ScoreInput{Rules: b.Rules, Figures: b.Figures(), Budget: b.Budget, Manual: manual})
	b.Score = &score
	return b
}

// Staff has every way a kind can stand; the retired have no posts.
func Staff() []kpi.StaffCount {
	n := func(n int64) *int64 { return &n }
	return []kpi.StaffCount{{Kind: kpi.Administrative, Posts: n(4), People: n(4)},
		{Kind: kpi.Institution, Posts: n(2), People: n(1)},
		{Kind: kpi.Worker, Posts: n(0), People: n(0)}, {Kind: kpi.Retired, People: n(3)}}
}

// Costs lack last year's figures of some and all initial budgets.
func Costs() []kpi.OfficialCost {
	yuan := func(n int64) *kpi.Amount { a := kpi.Whole(n); return &a }
	return []kpi.OfficialCost{{Kind: kpi.OfficialAbroad, Full: yuan(0), Spent: yuan(0)},
		{Kind: kpi.OfficialReception, Last: yuan(9_000), Full: yuan(8_000), Spent: yuan(4_000)},
		{Kind: kpi.VehiclePurchase, Full: yuan(0), Spent: yuan(0)},
		{Kind: kpi.VehicleRunning, Last: yuan(21_000), Full: yuan(20_000), Spent: yuan(15_000)}}
}

// Project has the sample's project spending: most of it of this year, the rest carried over.
func Project() kpi.Project {
	initial, chosen := kpi.Whole(2_000_000), kpi.Percent(8_50)
	return kpi.Project{Year: 2026, Code: "health", Name: "=两癌“检查”<&>", NameEn: "=Screening <&>",
		Supervisor: "某县财政局", Fund: kpi.GeneralBudget,
		Money: []kpi.ProjectMoney{{Source: kpi.FromAppropriation, Initial: &initial, Full: kpi.Whole(250_000),
			Spent: kpi.Whole(100_000)},
			{Source: kpi.FromCarriedOver, Full: kpi.Whole(50_000), Spent: kpi.Whole(20_000)}},
		Expected: "应检尽检。\n按期完成。", Achieved: "已检查一半。",
		Indicators: []kpi.ProjectIndicator{{Indicator: 1, Weight: 50_00}, {Indicator: 3, Weight: 20_00},
			{Indicator: 5, Weight: 10_00},
			{Indicator: 10, Weight: 10_00, Points: &chosen, Reason: "抽查一半"}, {Indicator: 4}}, SetBy: "liu",
		SetAt: 1_780_000_000_000}
}

// Figure returns an indicator, called x and 某数, at the end of 2026, with its only entry.
func Figure(t testing.TB, kind kpi.Kind, m kpi.Measure, decimals int, value string, target kpi.Target) progress.Figure {
	s := spec{code: "x", name: "某数", kind: kind, measure: m, decimals: decimals, value: value, target: &target}
	return s.figure(t, 1, kpi.MonthEnd(kpi.Period{Year: 2026, Month: 12}))
}

// spec is an indicator with its only entry; an empty value has none.
type spec struct {
	code, name string
	area       kpi.AreaID
	kind       kpi.Kind
	measure    kpi.Measure
	category   kpi.Category
	value      string
	quantity   kpi.Quantity
	dated      kpi.Date
	target     *kpi.Target
	decimals   int
}

func sampleFigures(t testing.TB, at kpi.AsOf) []progress.Figure {
	goal := func(sign kpi.Sign, n int64, weight kpi.Percent) *kpi.Target {
		return &kpi.Target{Sign: sign, Amount: kpi.Whole(n), Weight: weight}
	}
	level := &kpi.Target{Sign: kpi.LevelSign, Level: kpi.LevelMet, Weight: 5_00}
	specs := []spec{
		{code: "done", name: "完成的", kind: kpi.Flow, measure: "人", category: kpi.CatQuantity, value: "12000",
			target: goal(kpi.AtLeastSign, 10000, 10_00)},
		{code: "far", name: "远超的", kind: kpi.Flow, measure: "人", category: kpi.CatQuantity, value: "150",
			target: goal(kpi.AtLeastSign, 100, 10_00)},
		{code: "late", name: "滞后的", kind: kpi.Flow, measure: "人", category: kpi.CatQuantity, value: "30",
			target: goal(kpi.MoreSign, 100, 10_00)},
		{code: "unsaid", name: "=HYPERLINK(\"http://x\")", kind: kpi.Flow, measure: "场", category: kpi.CatQuality,
			value: "1", target: goal(kpi.AtLeastSign, 3, 0)},
		{code: "silent", name: "未报的", kind: kpi.Flow, measure: "场", category: kpi.CatQuality,
			target: goal(kpi.AtLeastSign, 3, 2_50)},
		{code: "zero", name: "零的", kind: kpi.Flow, measure: "起", category: kpi.CatTimeliness, value: "0"},
		{code: "ceiling", name: "上限内", kind: kpi.Standard, measure: "%", category: kpi.CatCost, value: "3.5", decimals: 2,
			target: goal(kpi.AtMostSign, 5, 5_00)},
		{code: "over", name: "超上限", kind: kpi.Money, measure: "万元", category: kpi.CatCost, value: "6",
			target: goal(kpi.LessSign, 5, 5_00)},
		{code: "about", name: "约数", kind: kpi.Flow, measure: "人次", category: kpi.CatSocial, value: "2000",
			target:   goal(kpi.AtLeastSign, 2000, 0),
			quantity: kpi.Quantity{Precision: kpi.Below, Wording: "近2000人次"}},
		{code: "level", name: "定性的", kind: kpi.Level, category: kpi.CatSatisfaction, value: "2", target: level},
		{code: "reading", name: "时点的", area: 2, kind: kpi.Running, measure: "户", category: "", value: "900",
			dated: "2026-06-30", target: goal(kpi.EqualSign, 900, 0)},
	}
	var out []progress.Figure
	for i, s := range specs {
		out = append(out, s.figure(t, kpi.IndicatorID(i+1), at))
	}
	return out
}

func (s spec) figure(t testing.TB, id kpi.IndicatorID, at kpi.AsOf) progress.Figure {
	in := progress.Input{
		Indicator: kpi.Indicator{ID: id, Code: s.code, Area: max(s.area, 1), Name: s.name, Kind: s.kind, Measure: s.measure,
			Decimals: s.decimals, Category: s.category, Direction: kpi.Up, Starts: 1},
		Target: s.target, AsOf: at, Rules: kpi.DefaultRules,
	}
	if s.value != "" {
		q := s.quantity
		q.Amount = Amount(t, s.value)
		if q.Precision == "" {
			q.Precision = kpi.Exact
		}
		u := kpi.Update{ID: 1, Dated: max(s.dated, "2026-03-01"), Quantity: q, Act: kpi.ActLog, State: kpi.StateApproved}
		if s.kind == kpi.Level {
			u.Level, u.Quantity = kpi.LevelPartly, kpi.Quantity{Precision: kpi.Exact}
		}
		in.Series = progress.Tally(s.kind, kpi.ReviewOff, []kpi.Update{u}, nil)
		in.Entries = map[kpi.UpdateID]kpi.Update{1: u}
	}
	return progress.Measure(in)
}
