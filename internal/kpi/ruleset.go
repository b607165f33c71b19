package kpi

// RuleSet is what a place measures and scores by in a year. Places differ and change their rules, so
// these numbers appear nowhere else in the program. Points are in hundredths of a point, as
// [Target.Weight] is: 10_00 is 10 points.
type RuleSet struct {
	Name  string // whose rules these are: 财政部通用分值（10/50/30/10）
	Place string // where they apply; empty: not stated

	FarBehindBelow Percent     // pace ratio below which the light is 严重滞后
	BehindBelow    Percent     // … 滞后
	AheadFrom      Percent     // … 超前
	StaleAfter     int         // whole months without an entry after which a figure is 数据过期
	DueDay         int         // the day of the following month by which a month must be logged, 1 to 28
	Explain        ExplainRule // which lights require a reason and a next step

	Execution Percent // points for 预算执行率
	Split     []HeadingShare

	Ceiling       CeilingRule // how an exceeded ceiling (≤ ＜) is scored
	MetFrom       Percent     // 达成年度指标: from this share of the weight up to all of it
	PartlyFrom    Percent     // 部分达成: from this share up to MetFrom; 未达成 lies below it
	OverFrom      Percent     // completion from which an over-achievement needs a reason
	OverDeduction Percent     // points deducted for it; 0: none
	Caps          []Cap       // limits on the total for low execution rates, none by default
	Excellent     Percent     // 优 from this total on
	Good          Percent     // 良
	Fair          Percent     // 中; 差 lies below it
	RateGap       Percent     // finance warns when the score rate is above the spending rate × (1 + RateGap)
	UnspentOver   Percent     // finance warns when more than this share of the budget is unspent
	Alarms        []Alarm     // budget supervision

	Forms   Forms `json:",omitzero"` // what the year's forms ask; zero: the Ministry's
	Grouped bool  // papers print 10,780人, not 10780人
}

// Heading is a first-level heading of the self-evaluation form (一级指标).
type Heading string

// The headings.
const (
	HeadCost         Heading = "cost"         // 成本指标, since 2021 in some places
	HeadOutput       Heading = "output"       // 产出指标
	HeadBenefit      Heading = "benefit"      // 效益指标
	HeadSatisfaction Heading = "satisfaction" // 满意度指标
)

// Headings lists all headings in the form's order.
var Headings = []Heading{HeadCost, HeadOutput, HeadBenefit, HeadSatisfaction}

// Known reports whether h is one of the headings.
func (h Heading) Known() bool { return contains(Headings, h) }

// HeadingShare is the points a first-level heading carries and the second-level categories under it.
type HeadingShare struct {
	Heading    Heading
	Points     Percent
	Categories []Category
}

// ExplainRule says which late figures must be explained.
type ExplainRule string

// The rules.
const (
	ExplainRed  ExplainRule = "red"  // 严重滞后 and 超标
	ExplainLate ExplainRule = "late" // 滞后 too
	ExplainNone ExplainRule = "none" // voluntary
)

// ExplainRules lists all rules in the order shown to people.
var ExplainRules = []ExplainRule{ExplainRed, ExplainLate, ExplainNone}

// MustExplain reports whether a light requires a reason and a next step.
func (r RuleSet) MustExplain(l Light) bool {
	return r.Explain == ExplainRed && l.Red() || r.Explain == ExplainLate && l.Late()
}

// HeadingOf returns the first-level heading of a category; ok is false if it has none.
func (r RuleSet) HeadingOf(c Category) (h Heading, ok bool) {
	for _, s := range r.Split {
		if contains(s.Categories, c) {
			return s.Heading, true
		}
	}
	return "", false
}

// Points returns the points that a heading carries.
func (r RuleSet) Points(h Heading) Percent {
	for _, s := range r.Split {
		if s.Heading == h {
			return s.Points
		}
	}
	return 0
}

// Total returns the points of execution and all headings together, which must be 100.
func (r RuleSet) Total() Percent {
	sum := r.Execution
	for _, s := range r.Split {
		sum += s.Points
	}
	return sum
}

// The rule sets that ship with the program. One province's caps (below 80/70/60/50 % execution the
// total is at most 89/79/69/59) and deduction (2 points) are settings, off by default.
var (
	// DefaultRules are the Ministry of Finance's: execution 10, output 50, benefit 30, satisfaction 10.
	DefaultRules = RuleSet{
		Name:           "财政部通用分值 10/50/30/10",
		FarBehindBelow: 60_00, BehindBelow: 80_00, AheadFrom: 120_00, StaleAfter: 3, DueDay: 5, Explain: ExplainRed,
		Execution: 10_00,
		Split: []HeadingShare{
			{HeadOutput, 50_00, []Category{CatQuantity, CatQuality, CatTimeliness, CatCost}},
			{HeadBenefit, 30_00, []Category{CatEconomic, CatSocial, CatEcological, CatSustained}},
			{HeadSatisfaction, 10_00, []Category{CatSatisfaction}},
		},
		Ceiling: CeilingLinear, MetFrom: 80_00, PartlyFrom: 60_00, OverFrom: 130_00,
		Excellent: 90_00, Good: 80_00, Fair: 60_00, RateGap: 5_00, UnspentOver: 20_00,
		Alarms: []Alarm{{4, 25_00}, {6, 40_00}, {8, 60_00}, {10, 80_00}},
	}
	// CostRules are the variant of 2021 with cost as a heading of its own: execution 10, cost 20,
	// output 40, benefit 20, satisfaction 10.
	CostRules = costRules()
	// HunanRules are the Ministry's points with Hunan's forms.
	HunanRules = hunanRules()
	// ShippedRules holds all, by the names under which they are chosen.
	ShippedRules = map[string]RuleSet{"mof": DefaultRules, "cost-2021": CostRules, "hunan": HunanRules}
)

func hunanRules() RuleSet {
	r := DefaultRules
	r.Name, r.Place, r.Forms = "湖南省部门整体支出绩效评价 10/50/30/10", "湖南省", HunanForms
	r.Alarms = append([]Alarm(nil), r.Alarms...)
	return r
}

func costRules() RuleSet {
	r := DefaultRules
	r.Name = "成本指标单列 10/20/40/20/10（2021）"
	r.Split = []HeadingShare{
		{HeadCost, 20_00, []Category{CatCost}},
		{HeadOutput, 40_00, []Category{CatQuantity, CatQuality, CatTimeliness}},
		{HeadBenefit, 20_00, []Category{CatEconomic, CatSocial, CatEcological, CatSustained}},
		{HeadSatisfaction, 10_00, []Category{CatSatisfaction}},
	}
	r.Alarms = append([]Alarm(nil), r.Alarms...)
	return r
}

// Usual reports whether the points are split as in one of the shipped sets. Other splits are allowed
// but warned about.
func (r RuleSet) Usual() bool {
	for _, s := range ShippedRules {
		same := r.Execution == s.Execution
		for _, h := range Headings {
			same = same && r.Points(h) == s.Points(h)
		}
		if same {
			return true
		}
	}
	return false
}

// YearRules is the rule set of a year and who set it.
type YearRules struct {
	RuleSet
	Year  Year
	SetBy string // empty: the shipped default, never set
	SetAt UnixMilli
}
