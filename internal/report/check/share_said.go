package check

import (
	"regexp"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// shareSaid matches the words before a share of one stated thing in another: 项目支出占总支出的, 受益妇女占参训人数的比重为.
var shareSaid = regexp.MustCompile(`(\p{Han}{2,10})占(\p{Han}{2,10}?)的?(?:比重|比例|比率)?(?:为|达到?|是)?\s*$`)

// statedAs drops what only says that something is the whole of it.
var statedAs = strings.NewReplacer(blanked(strings.Fields("全年 本年 全部 总额 总数 总量 总 合计 其中 实际 共 全 数 的"))...)

// sharesSaid finds shares that are not the quotient of the two amounts a passage states by name before them.
func sharesSaid(text string, c *checker) (out []Finding) {
	mentions := intake.Mentions(text, c.measures, c.names)
	for i, rate := range mentions {
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
	restSaid  = regexp.MustCompile(`(?:尚?未|不|待|正在|没有)(\p{Han}{2})|剩余|其余|余下`)
)

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

// rests finds what is done and what is not that do not make up the whole: 隐患2046处，已整改2039处，未整改17处.
func rests(s string, c *checker) (out []Finding) {
	mentions := intake.Mentions(s, c.measures, c.names)
	for i := 2; i < len(mentions); i++ {
		whole, done, rest := mentions[i-2], mentions[i-1], mentions[i]
		did := doneSaid(lastClause(s[whole.To:done.From]))
		left := restSaid.FindStringSubmatch(lastClause(s[done.To:rest.From]))
		if did == "" || left == nil || partsSaid.MatchString(s[whole.To:done.From]) || left[1] != "" && left[1] != did || oneOf(whole.Measure) != oneOf(done.Measure) ||
			oneOf(done.Measure) != oneOf(rest.Measure) || whole.Precision != kpi.Exact || done.Precision != kpi.Exact ||
			rest.Precision != kpi.Exact || whole.Amount == done.Amount+rest.Amount || done.Amount > whole.Amount {
			continue
		}
		out = append(out, Finding{Code: "totals", Severity: SeverityError, Quote: rest.Written,
			Text: kpi.T("check.totals", whole.Written, quantity(done.Amount+rest.Amount, whole.Measure))})
	}
	return out
}
