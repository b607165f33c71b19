package check

import (
	"regexp"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
)

// budgetAspect is a record of a budget line that a text may state.
type budgetAspect struct {
	said *regexp.Regexp
	of   func(progress.BudgetFigure) []kpi.Amount
	key  string // of its name in the catalogue
}

var budgetAspects = []budgetAspect{
	{regexp.MustCompile(`(?:年初|上年|上年度)(?:结转|结余)`), func(l progress.BudgetFigure) []kpi.Amount {
		return []kpi.Amount{l.Opening}
	}, "opening"},
	{regexp.MustCompile(`结转|结余`), func(l progress.BudgetFigure) []kpi.Amount {
		return []kpi.Amount{l.Closing}
	}, "closing"},
	{regexp.MustCompile(`收入`), func(l progress.BudgetFigure) []kpi.Amount {
		return []kpi.Amount{l.Income, l.Budget()}
	}, "income"},
	{regexp.MustCompile(`年初预算|年初安排`), func(l progress.BudgetFigure) []kpi.Amount {
		if l.Initial == nil {
			return nil
		}
		return []kpi.Amount{*l.Initial}
	}, "initial"},
	{regexp.MustCompile(`(?:全年|调整|调整后|总|年度)预算`), func(l progress.BudgetFigure) []kpi.Amount {
		return []kpi.Amount{l.Budget()}
	}, "budget"},
	{regexp.MustCompile(`预算`), func(l progress.BudgetFigure) []kpi.Amount {
		out := []kpi.Amount{l.Budget()}
		if l.Initial != nil {
			out = append(out, *l.Initial)
		}
		return out
	}, "budget"},
	{regexp.MustCompile(`支出|支付|执行数|执行金额`), func(l progress.BudgetFigure) []kpi.Amount {
		return []kpi.Amount{l.Spent}
	}, "spent"},
}

// purse is whose money a clause speaks of.
type purse int

const (
	ofAll purse = iota
	ofBasic
	ofProjects
	ofOthers // money that is not in the records: of a course, of another office
)

var (
	// ownMoney lists the words around a sum of the budget that say nothing else.
	ownMoney = strings.NewReplacer(blanked(strings.Fields("一般公共预算财政拨款 一般公共预算拨款 一般公共预算 财政拨款 部门预算 部门整体支出 " +
		"项目经费支出 项目经费 项目资金 部门整体 部门 单位 我单位 本单位 我会 我局 基本支出 项目支出 年初预算数 年初预算 全年预算数 全年预算 调整预算数 调整后预算 年度预算 总预算 " +
		"预算收入 预算安排 预算 收入合计 收入总额 总收入 收入 支出合计 支出总额 总支出 实际支出 支出 执行率 执行数 执行 年初结转 上年结转 " +
		"年末结转 年末结余 结转结余 结转 结余 下年 继续使用 本年度 本年 全年 年度 年末 年底 当年 今年 上年 实际 安排 共计 合计 累计 总额 金额 共 为 " +
		"可用资金 支付 截至 截止 用于 已 批复 年中 调整后 调整 调增 调减 追加 核定 决算数 决算 下达 达到 达 完成 其中 数 的 度 率 整体 年初 全 总"))...)
	fundsSaid = regexp.MustCompile(`政府性基金|国有资本|社会保险基金|社保基金|专户|非税`)
	boughtFor = regexp.MustCompile(`三公|接待|培训|会议|差旅|采购|捐|补贴|救助|慰问|奖`)
)

// notSpent is what is left of a sum: 未支出7.42万元.
var notSpent = regexp.MustCompile(`未(?:支出|执行|使用|支付|拨付)|尚未|待支付`)

// partOfBudget matches the words before a part of a budget, which is named as spending is: 全年预算200万元，其中基本支出160万元.
var partOfBudget = regexp.MustCompile(`预算[^，,；;。支执决]{0,16}[，,]\s*其中[^，,；;。实执决]*(?:、[^，,；;。实执决]*)*$`)

// sectionPurse and headPurse say whose money a section of the office's own text, or the text below a heading, is about.
func sectionPurse(key report.SectionKey) purse {
	switch key {
	case report.Basic:
		return ofBasic
	case report.Project:
		return ofProjects
	case report.GovernmentFunds, report.StateCapital, report.SocialInsurance:
		return ofOthers
	}
	return ofAll
}

func headPurse(head string) purse {
	switch basic, projects := strings.Contains(head, "基本支出"), strings.Contains(head, "项目支出"); {
	case fundsSaid.MatchString(head):
		return ofOthers
	case basic && !projects:
		return ofBasic
	case projects && !basic:
		return ofProjects
	}
	return ofAll
}

// budgetSaid finds sums of the budget and execution rates that differ from the records.
func (c *checker) budgetSaid(s string, whose purse) []Finding {
	if len(c.Board.Budget.Lines) == 0 || fundsSaid.MatchString(s) {
		return nil
	}
	var out []Finding
	from, before := 0, false
	for _, m := range c.mentions(s) {
		for _, words := range clauseEnd.Split(s[from:m.From], -1) {
			if words = strings.TrimSpace(words); words == "" {
				continue
			}
			whose = c.purseOf(words, whose)
			before = !nowSaid.MatchString(words) &&
				(before || oldSaid.MatchString(words) && !strings.Contains(words, "上年结转"))
		}
		label := lastClause(s[:m.From])
		from = m.To
		if whose == ofOthers && m.Measure == kpi.Yuan && natureLast.MatchString(label) {
			out = append(out, c.nearSum(m, label)...) // 用于人员和运转的基本支出1849.89万元
		}
		if whose == ofOthers || before || c.roleOf(s, m) == isLater || growthSaid(s, m) != "" ||
			boughtFor.MatchString(label) || notSpent.MatchString(label) || partOfBudget.MatchString(s[:m.From]) {
			continue
		}
		switch {
		case m.Measure == kpi.PercentSign && strings.Contains(label, "执行率"):
			out = append(out, c.executionSaid(m, whose)...)
		case m.Measure == kpi.Yuan:
			out = append(out, c.sumSaid(m, whose, label)...)
		}
	}
	return out
}

// ownBody matches the office itself, and who gives it its budget: 县财政批复我局.
var ownBody = regexp.MustCompile(`[我本全](?:单位|部门|局|馆|会|委|办|院|校|所|站|镇|乡|中心|系统|街道)|[省市县区]?(?:本?级)?财政(?:局|部门)?`)

// natureLast matches words that end by naming one of the two natures of spending.
var natureLast = regexp.MustCompile(`(基本|项目)支出(?:共|为|达|完成)?\s*$`)

// nearSum tells of a sum of a nature of spending that is nearly what was spent, whatever else its words say.
func (c *checker) nearSum(m intake.Mention, label string) []Finding {
	whose := ofBasic
	if natureLast.FindStringSubmatch(label)[1] == "项目" {
		whose = ofProjects
	}
	for _, l := range c.linesOf(whose) {
		if misses(l.Spent, m.Amount, 20) || misspelled(l.Spent, m.Amount) {
			return c.sumSaid(m, whose, natureLast.FindString(label))
		}
	}
	return nil
}

var projectMoney = regexp.MustCompile(`项目(?:支出|经费|资金)`)

// purseOf says whose money is meant after some words, which was meant before them.
func (c *checker) purseOf(words string, was purse) purse {
	rest := withoutNumbers(yearSaid.ReplaceAllString(words, ""))
	rest = strings.NewReplacer(c.Office.Name, "", shortName(c.Office.Name, rest), "").Replace(rest)
	rest = strings.Trim(ownMoney.Replace(ownBody.ReplaceAllString(rest, "")), " 年，、。《》“”")
	basic, projects := strings.Contains(words, "基本支出"), projectMoney.MatchString(words)
	switch {
	case len([]rune(rest)) > 1:
		return ofOthers
	case basic && !projects:
		return ofBasic
	case projects && !basic:
		return ofProjects
	case strings.Contains(words, "部门") || strings.Contains(words, "单位") || strings.Contains(words, "整体"):
		return ofAll
	}
	return was
}

// linesOf returns the records that a sum may be one of.
func (c *checker) linesOf(whose purse) (out []progress.BudgetFigure) {
	b := c.Board.Budget
	if whose == ofAll {
		var general []kpi.BudgetLine
		for _, l := range b.Fund(kpi.GeneralBudget) {
			general = append(general, l.BudgetLine)
		}
		out = append(out, b.Total, progress.Execute(general, c.Board.AsOf, c.draft.Rules()).Total)
	}
	for _, l := range b.Fund(kpi.GeneralBudget) {
		if l.Nature == purseNatures[whose] {
			out = append(out, l)
		}
	}
	return out
}

func (c *checker) sumSaid(m intake.Mention, whose purse, label string) []Finding {
	for _, a := range budgetAspects {
		if !a.said.MatchString(label) {
			continue
		}
		var held []kpi.Amount
		for _, l := range c.linesOf(whose) {
			held = append(held, a.of(l)...)
		}
		least, most := span(m)
		for _, x := range held {
			if x >= least && x <= most {
				return nil
			}
		}
		if len(held) == 0 || held[0] == 0 {
			return nil
		}
		return []Finding{{Code: "budget_said", Severity: SeverityError, Quote: m.Written,
			Text: kpi.T("check.budget_said", m.Written, kpi.T("check.purse."+purseKeys[whose]),
				kpi.T("check.budget."+a.key), c.wan(held[0]))}}
	}
	return nil
}

func (c *checker) executionSaid(m intake.Mention, whose purse) []Finding {
	for _, l := range c.linesOf(whose) {
		if !l.Execution.Ok() {
			return nil
		}
		if off := m.Amount - l.Execution.Value.Amount(); max(off, -off) <= max(lastPlace(m)/2, 10_000) {
			return nil
		}
	}
	lines := c.linesOf(whose)
	if len(lines) == 0 {
		return nil
	}
	return []Finding{{Code: "budget_said", Severity: SeverityError, Quote: m.Written,
		Text: kpi.T("check.execution_said", m.Written, kpi.T("check.purse."+purseKeys[whose]), lines[0].Execution.Value)}}
}

var purseNatures = map[purse]kpi.Nature{ofBasic: kpi.BasicSpend, ofProjects: kpi.ProjectSpend, ofAll: kpi.AnyNature}

var purseKeys = map[purse]string{ofAll: "all", ofBasic: "basic", ofProjects: "projects"}

// wan writes an amount in 万元, as budgets are stated.
func (c *checker) wan(yuan kpi.Amount) kpi.Text {
	a, _ := kpi.Yuan.In(kpi.TenThousandY, yuan)
	return quantity(a, kpi.TenThousandY)
}

// balances finds carried over + income − spending ≠ what is left, where a sentence states all four.
func balances(s string, c *checker) []Finding {
	stated := map[string][]intake.Mention{}
	for _, m := range c.mentions(s) {
		label := lastClause(s[:m.From])
		if m.Measure != kpi.Yuan || m.Precision != kpi.Exact || growthSaid(s, m) != "" {
			continue
		}
		for _, a := range budgetAspects {
			if a.said.MatchString(label) {
				stated[a.key] = append(stated[a.key], m)
				break
			}
		}
	}
	if out := carriedOver(s, c); out != nil {
		return out
	}
	opening, income, spent, closing := stated["opening"], stated["income"], stated["spent"], stated["closing"]
	if len(opening) != 1 || len(income) != 1 || len(spent) != 1 || len(closing) != 1 || strings.Contains(s, "其中") {
		return nil
	}
	left := opening[0].Amount + income[0].Amount - spent[0].Amount
	off := rounding(opening[0]) + rounding(income[0]) + rounding(spent[0]) + rounding(closing[0])
	if d := left - closing[0].Amount; max(d, -d) <= off {
		return nil
	}
	return []Finding{{Code: "totals", Severity: SeverityError, Quote: closing[0].Written,
		Text: kpi.T("check.balance", opening[0].Written, income[0].Written, spent[0].Written, c.wan(left),
			closing[0].Written)}}
}

var (
	openingSaid = regexp.MustCompile(`(?:年初|上年|期初)\p{Han}{0,2}(?:结余|结转|余额|库存|存量|在册)`)
	closingSaid = regexp.MustCompile(`(?:年末|年底|期末|最后|现)\p{Han}{0,2}(?:结余|结转|余额|库存|存量|剩余|在册|余)`)
)

// carriedOver finds what is left at the end that is not what was there, came in and went out: 年初结余18万元，拨入46万元，花掉
// 51万元，年末结余13万元.
func carriedOver(s string, c *checker) []Finding {
	all := c.mentions(s)
	for i := 3; i < len(all); i++ {
		a, b, out, left := all[i-3], all[i-2], all[i-1], all[i]
		if !openingSaid.MatchString(lastClause(s[:a.From])) || !closingSaid.MatchString(lastClause(s[:left.From])) ||
			partsSaid.MatchString(s[a.To:left.From]) {
			continue
		}
		off, same := kpi.Amount(0), true
		for _, m := range []intake.Mention{a, b, out, left} {
			off, same = off+rounding(m), same && oneOf(m.Measure) == oneOf(a.Measure) && m.Precision == kpi.Exact
		}
		is := a.Amount + b.Amount - out.Amount
		if d := is - left.Amount; !same || max(d, -d) <= off {
			continue
		}
		return []Finding{{Code: "totals", Severity: SeverityError, Quote: left.Written,
			Text: kpi.T("check.balance", a.Written, b.Written, out.Written, quantity(is, left.Measure), left.Written)}}
	}
	return nil
}

var averageSaid = regexp.MustCompile(`(?:平均\s*)?每\s*(公里|平方米|公顷|千米|人次|户次|场次|批次|\p{Han})\s*(?:平均)?(?:\p{Han}{0,4}?)\s*$|` +
	`([^平年月日周季\P{Han}])均\s*(?:\p{Han}{0,4}?)\s*$`)

// averages finds averages that are not the quotient of the two counts before them: 20期、1259人，平均每期52.95人. It looks in
// the part of a sentence between semicolons first.
func averages(s string, c *checker) (out []Finding) {
	if parts := cutText(s, "；;"); len(parts) > 1 {
		for _, part := range parts {
			out = append(out, averagesIn(part, c)...)
		}
		if out != nil {
			return out
		}
	}
	return averagesIn(s, c)
}

func averagesIn(s string, c *checker) (out []Finding) {
	mentions := c.mentions(s)
	for i, m := range mentions {
		said := averageSaid.FindStringSubmatch(lastClause(s[:m.From]))
		if said == nil || m.Precision != kpi.Exact || m.Measure == "" || m.Measure == kpi.PercentSign {
			continue
		}
		per := kpi.Measure(said[1] + said[2])
		var counts, wholes []intake.Mention
		for _, x := range mentions[:i] {
			switch one := oneOf(x.Measure); {
			case x.Precision != kpi.Exact || growthSaid(s, x) != "" || c.roleOf(s, x) == isGoal:
			case one == oneOf(per), per == "次" && one != oneOf(m.Measure) && strings.HasSuffix(string(one), "次"):
				counts = append(counts, x)
			case one == oneOf(m.Measure):
				wholes = append(wholes, x)
			}
		}
		if len(counts) != 1 || len(wholes) != 1 || counts[0].Amount == 0 {
			continue
		}
		exact := kpi.Divide(wholes[0].Amount, counts[0].Amount)
		off := lastPlace(m)
		if m.Decimals > 0 {
			off = lastPlace(m) / 2
		}
		low, high := exact.CmpAmount(m.Amount-off), exact.CmpAmount(m.Amount+off)
		if low > 0 && high < 0 || m.Decimals > 0 && low >= 0 && high <= 0 {
			continue // 52.95 may be cut to 52, but 52 is never 53
		}
		out = append(out, Finding{Code: "quotient", Severity: SeverityError, Quote: m.Written,
			Text: kpi.T("check.average", m.Written, wholes[0].Written, counts[0].Written,
				quantity(exact.Amount(2), m.Measure))})
	}
	return out
}
