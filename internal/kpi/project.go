package kpi

// ProjectID identifies a project in the database.
type ProjectID int64

// ProjectSource is where a project's money comes from, as the form lists it.
type ProjectSource string

// The sources of 项目支出绩效自评表.
const (
	FromAppropriation ProjectSource = "appropriation" // 当年财政拨款
	FromCarriedOver   ProjectSource = "carried_over"  // 上年结转资金
	FromOtherMoney    ProjectSource = "other"         // 其他资金
)

// ProjectSources lists all sources in the form's order.
var ProjectSources = []ProjectSource{FromAppropriation, FromCarriedOver, FromOtherMoney}

// Project is a project that part of a year's project spending (项目支出) pays for, with a
// self-evaluation of its own.
type Project struct {
	ID          ProjectID
	Year        Year
	Code        string // short, stable, [a-z0-9-], unique within a year
	Name        string
	NameEn      string
	Supervisor  string // 主管部门
	Implementer string // 实施单位
	Fund        Fund
	Money       []ProjectMoney     // at most one entry for each source, in the form's order
	Expected    string             // 年度总体目标, 预期目标
	Achieved    string             // 年度总体目标, 实际完成情况
	Indicators  []ProjectIndicator // each once
	SetBy       string
	SetAt       UnixMilli
}

// ProjectMoney is a project's money from one source, in 元. A source that nobody stated is absent.
type ProjectMoney struct {
	Source  ProjectSource
	Initial *Amount // 年初预算数; nil: not known
	Full    Amount  // 全年预算数（A）
	Spent   Amount  // 全年执行数（B）
}

// ProjectIndicator is an indicator by which a project is judged. Its weight is the project's own and
// independent of the weight of the year's target.
type ProjectIndicator struct {
	Indicator IndicatorID
	Weight    Percent  // hundredths of a point; 0: not set
	Points    *Percent // set by the scorer; nil: as the rules propose
	Reason    string   // for Points
}

// Names returns the project's names as an argument of a Text.
func (p Project) Names() Name { return Name{p.Name, p.NameEn} }

// BudgetLines returns the project's money as budget lines, one for each stated source, so that the same
// functions compute budgets and projects.
func (p Project) BudgetLines() []BudgetLine {
	var out []BudgetLine
	for _, m := range p.Money {
		out = append(out, BudgetLine{Year: p.Year, Fund: p.Fund, Nature: ProjectSpend, Initial: m.Initial,
			Full: &m.Full, Spent: m.Spent})
	}
	return out
}

// Of returns the project's money from a source; ok is false if nobody stated it.
func (p Project) Of(s ProjectSource) (m ProjectMoney, ok bool) {
	for _, m := range p.Money {
		if m.Source == s {
			return m, true
		}
	}
	return ProjectMoney{}, false
}

// Check refuses a project without code, name or fund, amounts and weights out of range, and points
// without a reason or weight. Fields are named as in the API: money.appropriation.budget,
// indicators[0].weight.
func (p Project) Check() error {
	var m Mistakes
	checkCode(&m, p.Code)
	if p.Name == "" {
		m.Add("name", "name_missing")
	}
	if !p.Fund.Known() {
		m.Add("fund", "fund_unknown", string(p.Fund))
	}
	p.checkMoney(&m)
	seen := map[IndicatorID]bool{}
	for i, in := range p.Indicators {
		at := ProjectIndicatorField(i)
		if seen[in.Indicator] {
			m.Add(at+"indicator", "project_indicator_twice")
		}
		seen[in.Indicator] = true
		in.check(&m, at)
	}
	return m.Err()
}

func (p Project) checkMoney(m *Mistakes) {
	seen := map[ProjectSource]bool{}
	zero := Amount(0)
	for _, money := range p.Money {
		at := "money." + string(money.Source) + "."
		if !contains(ProjectSources, money.Source) || seen[money.Source] {
			m.Add("money", "source_unknown", string(money.Source))
		}
		seen[money.Source] = true
		if money.Initial == nil {
			money.Initial = &zero
		}
		for _, f := range []struct {
			name   string
			amount Amount
		}{{"initial", *money.Initial}, {"budget", money.Full}, {"spent", money.Spent}} {
			switch {
			case f.amount < 0:
				m.Add(at+f.name, "number_negative")
			case f.amount > MaxAmount:
				m.Add(at+f.name, "number_too_large", f.amount.String())
			}
		}
	}
}

// ProjectIndicatorField returns the prefix of the field names of a project's i-th indicator, counted
// from 0.
func ProjectIndicatorField(i int) string { return "indicators[" + Whole(int64(i)).String() + "]." }

func (in ProjectIndicator) check(m *Mistakes, at string) {
	if in.Weight < 0 || in.Weight > Hundred {
		m.Add(at+"weight", "rules_percent_range")
	}
	checkLength(m, at+"reason", in.Reason, MaxNote)
	switch {
	case in.Points == nil:
	case in.Weight == 0:
		m.Add(at+"points", "project_points_no_weight")
	case *in.Points < 0 || *in.Points > in.Weight:
		m.Add(at+"points", "score_above_weight", in.Weight.Amount())
	case in.Reason == "":
		m.Add(at+"reason", "reason_missing")
	}
}
