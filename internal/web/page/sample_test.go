package page

import (
	"fmt"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// The invented year of the page tests: a county with five townships, up to the end of June 2026.

var sampleUnits = []kpi.Unit{
	{ID: 1, Code: "county", Name: "云溪县", NameEn: "Yunxi County"},
	{ID: 2, Code: "jingzhu", Name: "荆竹镇", NameEn: "Jingzhu Town", Parent: 1},
	{ID: 3, Code: "wenping", Name: "文坪镇", NameEn: "Wenping Town", Parent: 1},
	{ID: 4, Code: "wantou", Name: "湾头桥镇", NameEn: "Wantouqiao Town", Parent: 1},
	{ID: 5, Code: "dengyuan", Name: "邓元镇", NameEn: "Dengyuan Town", Parent: 1},
	{ID: 6, Code: "yantian", Name: "晏田乡", NameEn: "Yantian Township", Parent: 1},
}

var sampleAreas = []kpi.Area{
	{ID: 1, Code: "ideology", Name: "思想引领", NameEn: "Guidance"},
	{ID: 2, Code: "development", Name: "引领发展", NameEn: "Development"},
	{ID: 3, Code: "rights", Name: "权益保障", NameEn: "Rights protection"},
	{ID: 4, Code: "family", Name: "家庭家教家风", NameEn: "Families"},
}

// sampleSpec is one invented indicator: readings by month, "" for none; the last one may be
// approximate.
type sampleSpec struct {
	area         kpi.AreaID
	code, zh, en string
	kind         kpi.Kind
	measure      kpi.Measure
	target       int64 // 0: none
	sign         kpi.Sign
	months       []int64
	precision    kpi.Precision
	wording      string
}

var sampleSpecs = []sampleSpec{
	{1, "commended", "表彰妇女工作先进个人", "Commended individuals", kpi.Flow, "名", 25, kpi.AtLeastSign, []int64{0, 0, 25}, "", ""},
	{1, "consultations", "接受妇女咨询", "Consultations received", kpi.Flow, "人次", 150, kpi.AtLeastSign, []int64{-1, -1, 200},
		kpi.AtLeast, "200余人次"},
	{1, "leaflets", "赶集普法发放宣传单", "Leaflets handed out", kpi.Flow, "份", 3000, kpi.AtLeastSign,
		[]int64{-1, -1, 600, 200, 300, 500}, "", ""},
	{2, "screened", "农村适龄妇女“两癌”免费检查", "Two-cancer screening", kpi.Flow, "人", 10361, kpi.AtLeastSign,
		[]int64{-1, 210, 560, 400, 700, 1000}, "", ""},
	{2, "trained", "培训妇女", "Women trained", kpi.Flow, "人", 1200, kpi.AtLeastSign,
		[]int64{60, 80, 160, 140, 190, 150}, "", ""},
	{2, "users", "能量家园注册用户", "Registered users", kpi.Running, "户", 20000, kpi.AtLeastSign,
		[]int64{8200, 8760, 9105, 9640, 10120, 10412}, "", ""},
	{2, "activities", "发布活动", "Activities published", kpi.Flow, "个", 150, kpi.AtLeastSign,
		[]int64{20, 18, 31, 26, 27, 30}, "", ""},
	{2, "relief", "发放两癌救助金", "Relief money paid", kpi.Money, "元", 0, "", []int64{-1, -1, 60000, -1, 70000}, "", ""},
	{3, "disputes", "家庭纠纷调处", "Family disputes mediated", kpi.Flow, "起", 220, kpi.AtLeastSign,
		[]int64{21, 18, 20, 9, 6, 4}, "", ""},
	{3, "booklets", "维权宣传册发放", "Booklets distributed", kpi.Flow, "份", 80000, kpi.AtLeastSign,
		[]int64{-1, -1, 20000, 9000, 6200, 6000}, "", ""},
	{3, "letters", "家暴告诫令", "Admonition letters", kpi.Flow, "份", 12, kpi.AtMostSign, []int64{1, 0, 1, 0, 1, 0}, "", ""},
	{3, "coverage", "询问被害人同步录音录像覆盖", "Synchronous recording", kpi.Level, "", 3, kpi.LevelSign,
		[]int64{-1, -1, -1, -1, -1, 3}, "", "全覆盖"},
	{3, "lectures", "女童权益保护宣讲", "Girls’ rights lectures", kpi.Flow, "场次", 30, kpi.AtLeastSign, nil, "", ""},
	{4, "activities-civil", "举办新时代文明实践活动", "New-era practice events", kpi.Flow, "场", 45, kpi.AtLeastSign,
		[]int64{2, 3, 4, 3, 3, 2}, "", ""},
	{4, "parents", "建立家长学校的社区", "Communities with a parent school", kpi.Running, "个", 28, kpi.AtLeastSign,
		[]int64{20, -1, 22, -1, -1, 26}, "", ""},
	{4, "boards", "设立展板", "Display boards set up", kpi.Flow, "块", 20, kpi.AtLeastSign, []int64{-1, -1, 4, -1, 30}, "", ""},
}

var sampleAsOf = kpi.MonthEnd(kpi.Period{Year: 2026, Month: 6})

func sampleContext(tag lang.Tag) Context {
	return Context{
		Printer: lang.For(tag),
		Frame: app.Frame{Office: app.Office{Name: "云溪县妇女联合会", NameEn: "Yunxi County Women’s Federation"}, Units: sampleUnits,
			Names: map[string]string{"liu": "刘芳", "wang": "王敏"},
			Years: []kpi.YearInfo{{Year: 2026, State: kpi.YearOpen, Sample: true}, {Year: 2025, State: kpi.YearClosed},
				{Year: 2022, State: kpi.YearClosed}}},
		Actor: kpi.Actor{ID: 1, Name: "admin", Role: kpi.Admin}, ActorName: "王敏",
		Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen, Sample: true}, Unit: sampleUnits[0],
		AsOf: sampleAsOf, Today: "2026-07-03", CSRF: "csrf-token", Back: "/years/2026", Lasting: true,
	}
}

func (s sampleSpec) indicator(id int) kpi.Indicator {
	return kpi.Indicator{
		ID: kpi.IndicatorID(id), Code: s.code, Area: s.area, Name: s.zh, NameEn: s.en, Kind: s.kind, Measure: s.measure,
		Direction: kpi.Up, Starts: 1, Owner: []string{"", "办公室", "组宣部", "办公室", "组宣部"}[s.area],
		Definition: "在本县完成并登记的数量，重复的只计一次。", Source: "各乡镇月报", Category: kpi.CatQuantity,
	}
}

// updates are the spec's log entries for a unit, shares in percent of the whole.
func (s sampleSpec) updates(ind kpi.Indicator, unit kpi.UnitID, share int64) []kpi.Update {
	var out []kpi.Update
	for m, n := range s.months {
		if n < 0 {
			continue
		}
		u := kpi.Update{
			ID: kpi.UpdateID(int(ind.ID)*100 + m + 1), Indicator: ind.ID, Unit: unit, Act: kpi.ActLog, Origin: kpi.FromForm,
			Dated: kpi.Date(fmt.Sprintf("2026-%02d-28", m+1)), Quantity: kpi.Exactly(kpi.Whole(n * share / 100)),
			Author: "liu", LoggedAt: 1780000000000 + kpi.UnixMilli(m)*86400000, State: kpi.StateApproved,
		}
		if s.precision != "" {
			u.Quantity.Precision = s.precision
		}
		u.Quantity.Wording = s.wording
		if ind.Kind == kpi.Level {
			u.Level, u.Quantity.Amount = kpi.LevelOfRank(u.Quantity.Amount), kpi.Whole(100)
		}
		out = append(out, u)
	}
	return out
}

func (s sampleSpec) figure(ind kpi.Indicator, unit kpi.UnitID, share int64) progress.Figure {
	updates := s.updates(ind, unit, share)
	in := progress.Input{
		Indicator: ind, Unit: unit, Series: progress.Tally(ind.Kind, kpi.ReviewOff, updates, nil), AsOf: sampleAsOf,
		Rules: kpi.DefaultRules, ByMonth: true, Entries: map[kpi.UpdateID]kpi.Update{},
	}
	for _, u := range updates {
		in.Entries[u.ID] = u
	}
	if s.target > 0 {
		in.Target = &kpi.Target{ID: 1, Year: 2026, Sign: s.sign, Amount: kpi.Whole(s.target), Weight: 5_00,
			Document: "云妇字〔2026〕3号", Dated: "2026-01-15", SetBy: "admin"}
		if ind.Kind == kpi.Level {
			in.Target.Level = kpi.LevelMet
		}
	}
	return progress.Measure(in)
}

// sampleFigures are all indicators' figures and, computed from two of them, a ratio.
func sampleFigures() []progress.Figure {
	var out []progress.Figure
	for i, s := range sampleSpecs {
		out = append(out, s.figure(s.indicator(i+1), 1, 100))
	}
	rate := kpi.Indicator{ID: 90, Code: "success-rate", Area: 3, Name: "家庭纠纷调解成功率", NameEn: "Mediation success rate",
		Kind: kpi.Ratio, Measure: "%", Factor: 100, Decimals: 2, Direction: kpi.Up, Starts: 1, Owner: "办公室",
		Numerator: 9, Denominator: 9}
	series := func(n int64) kpi.Series {
		return kpi.Series{5: {Amount: kpi.Whole(n), Entries: 1, LastDate: "2026-06-28"}}
	}
	return append(out, progress.Measure(progress.Input{
		Indicator: rate, Unit: 1, AsOf: sampleAsOf, Rules: kpi.DefaultRules, ByMonth: true, Numerator: series(71),
		Denominator: series(78), Target: &kpi.Target{Sign: kpi.AtLeastSign, Amount: kpi.Whole(90)},
	}))
}

func sampleBoard() progress.Board {
	figures := sampleFigures()
	full := kpi.Whole(1539800)
	lines := []kpi.BudgetLine{
		{Fund: kpi.GeneralBudget, Nature: kpi.BasicSpend, Full: &full, Spent: kpi.Whole(684200), Income: full,
			Closing: full - kpi.Whole(684200)},
		{Fund: kpi.GeneralBudget, Nature: kpi.ProjectSpend},
		{Fund: kpi.GovernmentFunds}, {Fund: kpi.StateCapital}, {Fund: kpi.SocialInsurance},
	}
	return progress.Board{
		Rules: kpi.DefaultRules, Said: kpi.LatestExplanations(sampleSaid, sampleAsOf.Period),
		Worst: &progress.UnitFigures{Whole: figures[3], Units: sampleUnitFigures()},
		Alarm: progress.LatestAlarm(lines, sampleAsOf, kpi.DefaultRules),
		Year:  kpi.YearInfo{Year: 2026, State: kpi.YearOpen, Sample: true}, Unit: sampleUnits[0], AsOf: sampleAsOf,
		Summary: progress.Summarize(figures), Areas: progress.Arrange(sampleAreas, figures),
		Budget: progress.Execute(lines, sampleAsOf, kpi.DefaultRules),
	}
}

// sampleSaid explains the screening; the disputes nobody has explained.
var sampleSaid = []kpi.Explanation{
	{ID: 1, Indicator: 4, Unit: 1, Month: kpi.Period{Year: 2026, Month: 5}, Reason: "体检车还在调度。", Next: "5 月下旬到位。",
		SetBy: "liu", Author: "刘芳", SetAt: 1779000000000},
	{ID: 2, Indicator: 4, Unit: 1, Month: kpi.Period{Year: 2026, Month: 6}, Reason: "体检车 5 月下旬才到位，晏田乡尚未开检。",
		Next: "完成两乡镇集中检查", Planned: "2026-07-10", SetBy: "liu", Author: "刘芳", SetAt: 1780000000000},
}

// sampleUnitFigures are the screening's figures of the townships.
func sampleUnitFigures() []progress.UnitFigure {
	spec := sampleSpecs[3]
	ind := spec.indicator(4)
	var out []progress.UnitFigure
	for i, share := range []int64{31, 27, 24, 18, 0} {
		child := spec
		child.target = 2072
		if share == 0 {
			child.months = nil
		}
		out = append(out, progress.UnitFigure{Unit: sampleUnits[i+1], Figure: child.figure(ind, sampleUnits[i+1].ID, share)})
	}
	return out
}

// sampleView is the screening indicator with its townships and log.
func sampleView() app.IndicatorView {
	spec := sampleSpecs[3]
	ind := spec.indicator(4)
	v := app.IndicatorView{
		Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen, Sample: true}, Unit: sampleUnits[0], Area: sampleAreas[1],
		Figure: spec.figure(ind, 1, 100), MayLog: true, LogMore: true,
	}
	first, second := *v.Figure.Target, *v.Figure.Target
	first.Amount, second.ID, second.Reason, second.Dated = kpi.Whole(9800), 2, "市级下达任务数调增", "2026-03-02"
	v.Targets = []kpi.Target{first, second}
	v.Parts = []kpi.Indicator{sampleSpecs[4].indicator(5)}
	v.Children, v.Rules, v.Said = sampleUnitFigures(), kpi.DefaultRules, []kpi.Explanation{sampleSaid[1], sampleSaid[0]}
	v.Log = sampleLog(ind, spec)
	return v
}

func sampleLog(ind kpi.Indicator, spec sampleSpec) []app.LogEntry {
	var out []app.LogEntry
	for i, u := range spec.updates(ind, 1, 100) {
		out = append([]app.LogEntry{{Update: u, Indicator: ind, Unit: sampleUnits[1+i%5], AuthorName: "刘芳", Counts: true,
			Open: true}}, out...)
	}
	out[0].Note = "晏田乡、荆竹镇集中筛查两场。"
	out[0].Evidence = []kpi.Evidence{
		{ID: 7, Update: out[0].ID, Name: "6月筛查汇总表.xlsx", Size: 48213},
		{ID: 8, Update: out[0].ID, Name: "现场照片.jpg", Size: 2310021, Sensitive: true},
	}
	correction := out[1]
	correction.ID, correction.Act, correction.Answers, correction.Reason = 990, kpi.ActCorrect, out[1].ID, "重复计入 12 人"
	correction.Quantity = kpi.Exactly(kpi.Whole(688))
	out[1].AnsweredBy, out[1].Counts, out[1].Open = 990, false, false
	withdrawal := out[3]
	withdrawal.ID, withdrawal.Act, withdrawal.Answers, withdrawal.Reason = 991, kpi.ActWithdraw, out[3].ID, "填错指标"
	withdrawal.Counts, withdrawal.Open = false, false
	out[3].AnsweredBy, out[3].Counts, out[3].Open = 991, false, false
	return append([]app.LogEntry{withdrawal, correction}, out...)
}

// sampleComparison is a few indicators of the county beside a township's, which lacks one.
func sampleComparison() app.Comparison {
	c := app.Comparison{Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen, Sample: true}, Unit: sampleUnits[0],
		AsOf: sampleAsOf}
	for _, u := range []kpi.Unit{sampleUnits[0], sampleUnits[2]} {
		c.Columns = append(c.Columns, app.CompareColumn{Year: c.Year, Unit: u, AsOf: sampleAsOf})
	}
	for i, f := range sampleFigures()[:12] {
		c.Choices = append(c.Choices, f.Indicator)
		row := app.CompareRow{Code: f.Indicator.Code, Indicator: &f.Indicator, Pinned: i == 4,
			Cells: []*progress.Figure{&f, &f}}
		if i == 2 {
			row.Cells[1] = nil
		}
		c.Rows = append(c.Rows, row)
	}
	return c
}

// sampleUnitComparison is the townships by the screening.
func sampleUnitComparison() app.Comparison {
	c := app.Comparison{Year: kpi.YearInfo{Year: 2026, State: kpi.YearOpen, Sample: true}, Unit: sampleUnits[0],
		AsOf: sampleAsOf}
	ind := sampleSpecs[3].indicator(4)
	c.Columns = []app.CompareColumn{{Year: c.Year, Unit: c.Unit, AsOf: sampleAsOf, Indicator: &ind}}
	for _, u := range sampleUnitFigures() {
		c.Rows = append(c.Rows, app.CompareRow{Code: u.Unit.Code, Unit: &u.Unit, Cells: []*progress.Figure{&u.Figure}})
	}
	return c
}
