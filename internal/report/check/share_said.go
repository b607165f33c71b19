package check

import (
	"regexp"
	"slices"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// shareSaid matches the words before a share of one stated thing in another: 项目支出占总支出的, 受益妇女占参训人数的比重为.
var shareSaid = regexp.MustCompile(`(\p{Han}{2,10})占(\p{Han}{2,10}?)的?(?:比重|比例|比率)?(?:为|达到?|是)?\s*$`)

var shareLike = regexp.MustCompile(`占\p{Han}{2,14}[\d.]`)

// lastRunesOf returns the end of a text.
func lastRunesOf(s string, n int) string {
	r := []rune(s)
	return string(r[max(0, len(r)-n):])
}

// completionSaid matches the words before a completion rate.
var completionSaid = regexp.MustCompile(`(?:任务|目标)?完成(?:率|比例)(?:为|达到?|是)?\s*$|` +
	`(?:完成|达到?|为|是|占|相当于)[^，,；;。]*(?:目标|任务|计划)[^，,；;。]{0,10}的\s*$`)

// completions finds completion rates that are not those of the indicator whose number stands before them.
func (c *checker) completions(s string) (out []Finding) {
	mentions := c.mentions(s)
	for i := 1; i < len(mentions); i++ {
		rate, done := mentions[i], mentions[i-1]
		for at := i - 1; at > 0 && c.roleOf(s, done) == isGoal; at-- {
			done = mentions[at-1] // 完成目标36万人次的117.22%
		}
		if rate.Measure != kpi.PercentSign || rate.Precision != kpi.Exact || done.Measure == kpi.PercentSign ||
			!completionSaid.MatchString(lastClause(s[:rate.From])) || strings.ContainsAny(s[done.To:rate.From], "；;、") {
			continue
		}
		at, ok := c.spokenOf(s, done)
		if !ok || !at.Completion.Ok() || !at.Achievement.Ok() || at.Target == nil || at.Target.Sign.Ceiling() ||
			quotient(at.Achievement.Value.Amount, at.TargetAmount().Value, rate) {
			continue
		}
		if len(quotients(s, c)) > 0 {
			continue // told by its own numbers
		}
		out = append(out, Finding{Code: "quotient", Severity: SeverityError, Quote: rate.Written,
			Indicator: at.Indicator.Code,
			Text: kpi.T("check.quotient", rate.Written, at.Achievement.Value.Amount, at.TargetAmount().Value,
				at.Completion.Value)})
	}
	return out
}

var (
	budgetNames = regexp.MustCompile(`^(?:部门)?(?:全年|年度|调整后?|本年)?(?:部门)?预算(?:数|总额|资金)?为?$`)
	spentNames  = regexp.MustCompile(`^(?:全年|本年|年度|实际|决算|累计)?(?:支出|执行)(?:数|总额|合计)?(?:共|为)*$`)
	executed    = regexp.MustCompile(`执行率(?:为|达到?|是)?\s*$`)
)

// executions finds execution rates that are not the quotient of the budget and the spending stated last. Where either
// is of a part, nothing is told.
func executions(before, text string, c *checker) (out []Finding) {
	if !strings.Contains(text, "执行率") || len(c.Board.Budget.Lines) > 0 {
		return nil // records know better
	}
	from, text := len(before), before+"。"+text
	var budget, spent *intake.Mention
	all := intake.Mentions(text, c.measures, c.names)
	for i, m := range all {
		sentence := afterLast(text[:m.From], "。；;")
		label := strings.TrimSpace(lastClause(sentence))
		switch {
		case partsSaid.MatchString(sentence):
		case m.Measure == kpi.Yuan && m.Precision == kpi.Exact && strings.Contains(label, "预算"):
			budget, spent = nil, nil
			if budgetNames.MatchString(label) {
				budget = &all[i]
			}
		case m.Measure == kpi.Yuan && m.Precision == kpi.Exact && spentNames.MatchString(label):
			spent = &all[i]
		case m.Measure == kpi.Yuan && strings.ContainsAny(label, "支付执"):
			spent = nil
		case m.From >= from && m.Measure == kpi.PercentSign && m.Precision == kpi.Exact && executed.MatchString(label) &&
			budget != nil && spent != nil && spent.Amount <= budget.Amount && !ratioShown(*spent, *budget, m):
			out = append(out, Finding{Code: "quotient", Severity: SeverityError, Quote: m.Written,
				Text: kpi.T("check.quotient", m.Written, spent.Amount, budget.Amount, kpi.Rate(spent.Amount, budget.Amount))})
		}
	}
	return out
}

// statedAs drops what only says that something is the whole of it.
var statedAs = strings.NewReplacer(blanked(strings.Fields("全年 本年 全部 总额 总数 总量 总 合计 其中 实际 共 全 数 的"))...)

// sharesSaid finds shares that are not the quotient of the two amounts stated by name before them.
func sharesSaid(before, text string, c *checker) (out []Finding) {
	if !shareLike.MatchString(text) {
		return nil
	}
	from := len(before)
	text = before + "。" + text
	mentions := intake.Mentions(text, c.measures, c.names)
	for i, rate := range mentions {
		if rate.From < from {
			continue
		}
		said := shareSaid.FindStringSubmatch(lastClause(text[:rate.From]))
		if said == nil || rate.Measure != kpi.PercentSign || rate.Precision != kpi.Exact {
			continue
		}
		part, okPart := lastNamed(text, mentions[:i], statedAs.Replace(said[1]))
		whole, okWhole := lastNamed(text, mentions[:i], statedAs.Replace(said[2]))
		if !okPart || !okWhole || oneOf(part.Measure) != oneOf(whole.Measure) || part.Amount > whole.Amount ||
			part.From == whole.From || ratioShown(part, whole, rate) {
			continue
		}
		out = append(out, Finding{Code: "quotient", Severity: SeverityError, Quote: rate.Written,
			Text: kpi.T("check.quotient", rate.Written, part.Amount, whole.Amount, kpi.Rate(part.Amount, whole.Amount))})
	}
	return out
}

// lastNamed returns the last exact number whose clause names just that.
func lastNamed(text string, mentions []intake.Mention, name string) (m intake.Mention, ok bool) {
	for _, x := range mentions {
		head := afterLast(lastClause(text[:x.From]), "。；;")
		if telling(name+"　　") && statedAs.Replace(head) == name && x.Precision == kpi.Exact && x.Amount > 0 {
			m, ok = x, true
		}
	}
	return m, ok
}

// ratioShown reports whether a rate can be the quotient of two numbers, each as exact as it was written.
func ratioShown(part, whole, rate intake.Mention) bool {
	low := kpi.Divide(part.Amount-shownTo(part), whole.Amount+shownTo(whole))
	high := kpi.Divide(part.Amount+shownTo(part), max(1, whole.Amount-shownTo(whole)))
	half := lastPlace(rate) / 2
	return high.CmpAmount((rate.Amount-half).Times(1, 100)) >= 0 && low.CmpAmount((rate.Amount+half).Times(1, 100)) <= 0
}

var (
	doneFirst = regexp.MustCompile(`已(?:经)?(\p{Han}{2})`)
	restSaid  = regexp.MustCompile(`(?:尚?未|不|待|正在|没有)(\p{Han}{2})|剩余|其余|余下|[尚还仅][余剩有欠]|留存|结存|[尚还仍]在|结余|结转|仍有`)
)

// stillIs matches what is left of a number before a semicolon too: 受理86件，审结79件；尚在审理的有7件.
var stillIs = regexp.MustCompile(`[；;][^；;]*[尚还仍]在`)

// doneSaid returns what was done to a part: 整改 of 已整改, 成功 of 调解成功; "" where it is what was not.
func doneSaid(words string) string {
	words = strings.TrimSpace(words)
	if m := doneFirst.FindStringSubmatch(words); m != nil {
		return m[1]
	}
	if restSaid.MatchString(words) {
		return ""
	}
	return lastRunes(words, 2)
}

// budgetCarried matches what is there beside the income: 上年结转64万元，收入3180万元.
var budgetCarried = regexp.MustCompile(`(?:上年|年初|上年度)(?:结转|结余)|其中`)

// rests finds what is done and what is not that do not make up the whole: 隐患2046处，已整改2039处，未整改17处.
func rests(s string, c *checker) (out []Finding) {
	mentions := slices.DeleteFunc(slices.Clone(c.mentions(s)), func(m intake.Mention) bool {
		return m.Measure == kpi.PercentSign // 受理92件，已办结88件，办结率95.65%，剩余4件
	})
	for i := 2; i < len(mentions); i++ {
		whole, done, rest := mentions[i-2], mentions[i-1], mentions[i]
		did := doneSaid(lastClause(s[whole.To:done.From]))
		left := restSaid.FindStringSubmatch(lastClause(s[done.To:rest.From]))
		if did == "" || left == nil || partsSaid.MatchString(s[whole.To:done.From]) ||
			left[1] != "" && left[1] != did || strings.ContainsAny(left[0], "转结") && budgetCarried.MatchString(s[:done.From]) ||
			oneOf(whole.Measure) != oneOf(done.Measure) ||
			oneOf(done.Measure) != oneOf(rest.Measure) || whole.Precision != kpi.Exact || done.Precision != kpi.Exact ||
			rest.Precision != kpi.Exact || whole.Amount == done.Amount+rest.Amount || done.Amount > whole.Amount {
			continue
		}
		out = append(out, Finding{Code: "totals", Severity: SeverityError, Quote: rest.Written,
			Text: kpi.T("check.totals", whole.Written, quantity(done.Amount+rest.Amount, whole.Measure))})
	}
	return out
}
