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

	Grouped bool // papers print 10,780人 in their sentences, not 10780人
}

// Rate returns q as the year's pages and documents print it beside a target with sign s: rounded half
// up to two decimals of a percent, but never up to a threshold that q has not reached (79.997 % below
// 80 prints 79.99), and under every sign but ≥ never down to 100 % from above (100.003 % of a ceiling
// prints 100.01). So the printed rate leads to the same verdict as the exact one. Pass the zero Sign if
// there is no target.
func (r *RuleSet) Rate(q Quotient, s Sign) Percent {
	p, side := q.round(int64(Hundred))
	switch {
	case side < 0 && r.isThreshold(Percent(p)):
		return Percent(p - 1)
	case side > 0 && p == int64(Hundred) && s.distinguishesAbove():
		return Percent(p + 1)
	}
	return Percent(offWhole(p, side))
}

// isThreshold reports whether p is one of the thresholds.
func (r *RuleSet) isThreshold(p Percent) bool {
	for t := range r.thresholds {
		if t == p {
			return true
		}
	}
	return false
}

// thresholds yields the rates at which something is decided, besides 100 %. It is called for every printed
// rate, so it does not allocate a slice.
func (r *RuleSet) thresholds(yield func(Percent) bool) {
	for _, t := range [...]Percent{r.FarBehindBelow, r.BehindBelow, r.AheadFrom, r.OverFrom} {
		if !yield(t) {
			return
		}
	}
	for _, a := range r.Alarms {
		if !yield(a.Below) {
			return
		}
	}
	for _, c := range r.Caps {
		if !yield(c.Below) {
			return
		}
	}
}

// MoneyDecimals returns the number of decimals (2 to 6) with which spent and budget, both in 元, are
// printed in 万元 beside their rate: as many as it takes for the printed numbers, divided again, to
// fall on the same side of every threshold as the exact rate. 799,999 元 of 1,000,000 print as 79.9999
// of 100.0000, not as 80.00 of 100.00.
func (r *RuleSet) MoneyDecimals(spent, budget Amount) int {
	if budget == 0 {
		return leastMoney
	}
	exact := Divide(spent, budget)
	for decimals := leastMoney; decimals < mostMoney; decimals++ {
		if of := inTenThousand(budget, decimals); of != 0 && r.sameSide(exact, Divide(inTenThousand(spent, decimals), of)) {
			return decimals
		}
	}
	return mostMoney
}

// Decimals of money in 万元: as the forms ask, and down to the 分.
const leastMoney, mostMoney = 2, 6

func inTenThousand(yuan Amount, decimals int) Amount {
	a, _ := Yuan.In(TenThousandY, yuan)
	return a.Round(decimals)
}

func (r *RuleSet) sameSide(a, b Quotient) bool {
	for t := range r.thresholds {
		if a.Reaches(t) != b.Reaches(t) {
			return false
		}
	}
	return a.Reaches(Hundred) == b.Reaches(Hundred)
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

// CeilingRule is one of the two published ways to score an exceeded ceiling.
type CeilingRule string

// The rules; T is the target, A the achievement above it.
const (
	CeilingLinear   CeilingRule = "linear"   // weight × (1 − (A−T)/T), nothing from 2T on
	CeilingQuotient CeilingRule = "quotient" // weight × T/A
)

// Cap limits the total score while the execution rate is below a bound.
type Cap struct {
	Below  Percent // execution rate
	AtMost Percent // total points
}

// Alarm is a supervision threshold for budget execution at the end of a month.
type Alarm struct {
	Month int // 1 to 12
	Below Percent
}

// Supervision returns the latest supervision line in force at a: that of the latest month that is over
// and has one. It is nil before the first.
func (r *RuleSet) Supervision(a AsOf) *Alarm {
	last := a.Month
	if !a.Whole() {
		last--
	}
	var latest *Alarm
	for i := range r.Alarms {
		if m := r.Alarms[i].Month; m <= last && (latest == nil || m > latest.Month) {
			latest = &r.Alarms[i]
		}
	}
	return latest
}

// Below returns the supervision line in force at a if an execution rate has not reached it, else nil.
func (r *RuleSet) Below(execution Quotient, a AsOf) *Alarm {
	if alarm := r.Supervision(a); alarm != nil && !execution.Reaches(alarm.Below) {
		return alarm
	}
	return nil
}

// Grade expresses the total score in a word (评价等级).
type Grade string

// The grades.
const (
	Excellent Grade = "excellent" // 优
	Good      Grade = "good"      // 良
	Fair      Grade = "fair"      // 中
	Poor      Grade = "poor"      // 差
)

// Grade returns the grade for a total score.
func (r RuleSet) Grade(total Percent) Grade {
	switch {
	case total >= r.Excellent:
		return Excellent
	case total >= r.Good:
		return Good
	case total >= r.Fair:
		return Fair
	}
	return Poor
}

// Band is the range in which a judgement is scored. From is included; To is included only for 达成,
// whose band ends at the full weight.
type Band struct {
	From, To Percent // points
	Whole    bool    // To is included
}

// Holds reports whether points lie in the band.
func (b Band) Holds(points Percent) bool {
	return points >= b.From && (points < b.To || b.Whole && points == b.To)
}

// Band returns the range for a judgement on a given weight: 80 (incl.) to 100 % of it for 达成, 60
// (incl.) to 80 % for 部分达成, 0 to 60 % for 未达成, by default. The exact shares decide: 80 % of 3.33
// points begin at 2.67, because 2.66 is 79.88 %.
func (r RuleSet) Band(l LevelValue, weight Percent) Band {
	met, partly := r.MetFrom.part(weight), r.PartlyFrom.part(weight)
	switch l {
	case LevelMet:
		return Band{met, weight, true}
	case LevelPartly:
		return Band{partly, met, false}
	}
	return Band{0, partly, false}
}

// part returns p of some points, rounded up to a hundredth of a point: the fewest points that are p of
// them or more.
func (p Percent) part(points Percent) Percent { return (points*p + Hundred - 1) / Hundred }

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
	// ShippedRules holds both, by the names under which they are chosen.
	ShippedRules = map[string]RuleSet{"mof": DefaultRules, "cost-2021": CostRules}
)

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

// Check refuses a rule set that contradicts itself: points that do not add up to 100, thresholds out of
// order, a category under two headings or under none.
func (r RuleSet) Check() error {
	var m Mistakes
	if r.Name == "" {
		m.Add("name", "name_missing")
	}
	checkLength(&m, "name", r.Name, 100)
	checkLength(&m, "place", r.Place, 100)
	r.checkThresholds(&m)
	r.checkSplit(&m)
	for i, c := range r.Caps {
		if !within(c.Below) || !within(c.AtMost) {
			m.Add("caps", "rules_cap_range", i+1)
		}
	}
	for i, a := range r.Alarms {
		if a.Month < 1 || a.Month > 12 || !within(a.Below) {
			m.Add("alarms", "rules_alarm_range", i+1)
		}
	}
	return m.Err()
}

func within(p Percent) bool { return p >= 0 && p <= Hundred }

func (r RuleSet) checkThresholds(m *Mistakes) {
	rising := func(field string, bounds ...Percent) {
		for i, b := range bounds {
			if b < 0 || i > 0 && b <= bounds[i-1] {
				m.Add(field, "rules_order")
				return
			}
		}
	}
	rising("ahead_from", r.FarBehindBelow, r.BehindBelow, r.AheadFrom)
	rising("met_from", r.PartlyFrom, r.MetFrom, Hundred+1)
	rising("excellent", r.Fair, r.Good, r.Excellent, Hundred+1)
	if r.StaleAfter < 1 || r.StaleAfter > 12 {
		m.Add("stale_after", "rules_stale_range")
	}
	if r.DueDay < 1 || r.DueDay > 28 {
		m.Add("due_day", "rules_due_day_range")
	}
	if !contains(ExplainRules, r.Explain) {
		m.Add("explain", "rules_explain_unknown", string(r.Explain))
	}
	if r.OverFrom <= Hundred || r.OverFrom > 10*Hundred {
		m.Add("over_from", "rules_over_range")
	}
	for _, f := range []struct {
		name  string
		value Percent
	}{{"over_deduction", r.OverDeduction}, {"rate_gap", r.RateGap}, {"unspent_over", r.UnspentOver}} {
		if !within(f.value) {
			m.Add(f.name, "rules_percent_range")
		}
	}
	if r.Ceiling != CeilingLinear && r.Ceiling != CeilingQuotient {
		m.Add("ceiling", "rules_ceiling_unknown", string(r.Ceiling))
	}
}

func (r RuleSet) checkSplit(m *Mistakes) {
	heads, categories := map[Heading]bool{}, map[Category]bool{}
	for _, s := range r.Split {
		if !s.Heading.Known() || heads[s.Heading] {
			m.Add("split", "rules_heading_unknown", string(s.Heading))
		}
		heads[s.Heading] = true
		if !within(s.Points) {
			m.Add(string(s.Heading), "rules_percent_range")
		}
		for _, c := range s.Categories {
			if !c.Known() || categories[c] {
				m.Add("split", "category_unknown", string(c))
			}
			categories[c] = true
		}
	}
	if !within(r.Execution) {
		m.Add("execution", "rules_percent_range")
	}
	if len(categories) < len(Categories) {
		m.Add("split", "rules_categories_missing")
	}
	if total := r.Total(); total != Hundred {
		m.Add("execution", "rules_total", total.String())
	}
}

// YearRules is the rule set of a year and who set it.
type YearRules struct {
	RuleSet
	Year  Year
	SetBy string // empty: the shipped default, never set
	SetAt UnixMilli
}

// ManualScore is one entry in the scoring history of an indicator; the latest is in force. Points are
// nil in an entry that only explains, or that reverts an earlier score to the proposal.
type ManualScore struct {
	ID        int64
	Year      Year
	Indicator IndicatorID
	Points    *Percent
	Proposed  *Percent // what the rules proposed at that moment; nil: nothing
	Weight    Percent  // the weight at that moment
	Reason    string
	SetBy     string
	SetAt     UnixMilli
}
