package check

import (
	"regexp"
	"slices"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// derivation looks for the numbers that a derived one (a rate, an average) was made of. Whatever words a text uses: if
// two numbers near it give it, it holds; if the two that stand nearest to it give nearly it, it is a slip.
type derivation struct {
	*checker
	s        string
	mentions []intake.Mention
	before   string // the sentence before
}

// mostRelated is how many numbers a sentence may have whose relations are looked for.
const mostRelated = 60

// derived finds rates and averages that the numbers before them do not give. before is what the passage says before
// the sentence; averages may be of a number there.
func (c *checker) derived(before, s string) (out []Finding) {
	d := derivation{c, s, c.mentions(s), before}
	if len(d.mentions) > mostRelated {
		return nil
	}
	for i, m := range d.mentions {
		switch {
		case strings.HasPrefix(strings.TrimLeft(s[m.To:], "个 "), "百分点"):
		case m.Measure == kpi.PercentSign && growthSaid(s, m) != "":
			out = append(out, d.growthRate(i)...)
		case m.Measure == kpi.PercentSign:
			out = append(out, d.rate(i)...)
		case m.Precision == kpi.Exact && averageLike.MatchString(lastClause(s[:m.From])):
			out = append(out, d.average(i)...)
		}
	}
	return out
}

var (
	// rateNamed is the rate a number before it is the share of (合格率), shareNamed who a share is of (女性占).
	rateNamed  = regexp.MustCompile(`(\p{Han}{2})(?:[率度面]|进度|比例)(?:只|仅|已)?(?:有|为|达到?|是)?(?:了)?\s*$`)
	shareNamed = regexp.MustCompile(`(\p{Han}{0,8})占比?(?:例|重)?(?:只|仅|已|的)?(?:有|为|达到?|是)?(?:了)?\s*$`)
	moneyUsed  = regexp.MustCompile(`支出|支付|使用|已用|已付|已支|拨付|花`)
	onlyDone   = regexp.MustCompile(`(?:完成|达标|合格|建成|改造|整改)(?:了)?\s*$`)
	rateOther  = regexp.MustCompile(`增|升|提高|提升|降|减|较|(?:^|[^占])比[^例重]|目标|要求|计划|应|上年|去年|高于|低于|控制|以[内上]`)
	ofThat     = regexp.MustCompile(`^[^，,；;。、\d]{0,6}的\s*$`)
	// averageLike matches the words before an average.
	averageLike = regexp.MustCompile(`(?:平均|每|均)\p{Han}{0,8}\s*$`)
	perNamed    = regexp.MustCompile(`每(?:一|个)?(\p{Han}{1,2}?)(?:平均|[^每均]{0,6})\s*$|([^平\P{Han}])均\p{Han}{0,6}\s*$`)
)

// perDay and the like are measures that are counted by another name.
var perMeasure = map[string]kpi.Measure{"日": "天", "天": "天", "案": "件", "员": "人", "课": "节"}

// operands returns the numbers before one that it may be made of, the nearest first.
func (d derivation) operands(i int) (out []intake.Mention) {
	for at := i - 1; at >= 0; at-- {
		m := d.mentions[at]
		next := at+1 < len(d.mentions) && ofThat.MatchString(d.s[m.To:d.mentions[at+1].From])
		if r := d.roleOf(d.s, m); m.Precision == kpi.Exact && m.Measure != "" && !m.Measure.IsRate() && m.Amount > 0 &&
			!ageSaid.MatchString(d.s[m.To:]) && !bounded.MatchString(d.s[m.To:]) &&
			r != isEarlier && r != isLater && (r != isChange || next) &&
			!averageLike.MatchString(lastClause(d.s[:m.From])) {
			out = append(out, m)
		}
	}
	return out
}

// earlier returns the numbers of the sentence before, the last first.
func (d derivation) earlier() []intake.Mention {
	e := derivation{checker: d.checker, s: d.before, mentions: d.checker.mentions(d.before)}
	return e.operands(len(e.mentions))
}

// rate holds a rate against the two numbers of one measure that stand nearest before it.
func (d derivation) rate(i int) []Finding {
	rate := d.mentions[i]
	from := 0
	if i > 0 {
		from = d.mentions[i-1].To
	}
	label := lastClause(d.s[from:rate.From])
	if rateOther.MatchString(strings.ReplaceAll(label, "计划完成", "完成")) && !ofThat.MatchString(label) ||
		growthSaid(d.s, rate) != "" || ageSaid.MatchString(d.s[rate.To:]) || strings.Contains(label, "执行率") ||
		d.given(rate, strings.Contains(label, "占")) {
		return nil
	}
	before := d.operands(i)
	part, whole, ok := nearestPair(before, i > 0 && ofThat.MatchString(d.s[from:rate.From]))
	here := ok
	if !ok && len(before) > 0 {
		whole, part = d.wholeEarlier(before[0], rate)
		ok = whole.Amount > 0
	}
	if !ok || strings.ContainsAny(d.s[part.To:rate.From], "；;") {
		return nil
	}
	words := lastClause(d.s[:part.From])
	if here && whole.From > part.From {
		words = lastClause(d.s[:whole.From])
	}
	is := kpi.Divide(part.Amount, whole.Amount).Amount(4).Times(100, 1)
	off := max(is, rate.Amount) - min(is, rate.Amount)
	if saysRoughly(rate, is) {
		return nil
	}
	if !d.rateFits(label, words, off, ofThat.MatchString(d.s[from:rate.From])) {
		return nil
	}
	return []Finding{{Code: "quotient", Severity: SeverityError, Quote: rate.Written,
		Text: kpi.T("check.quotient", rate.Written, part.Amount, whole.Amount, kpi.Rate(part.Amount, whole.Amount))}}
}

// saysRoughly reports whether a rate with 超过, 近 or 约 can be said of a share.
func saysRoughly(rate intake.Mention, is kpi.Amount) bool {
	switch slack := 5 * kpi.One / 2; rate.Precision {
	case kpi.AtLeast:
		return is >= rate.Amount-slack/5
	case kpi.Below:
		return is <= rate.Amount+slack
	case kpi.About:
		return max(is, rate.Amount)-min(is, rate.Amount) <= 2*slack
	}
	return false
}

// wholeEarlier returns the whole of a part that the sentence before states: the one that comes nearest to the rate. It
// is none if one gives the rate.
func (d derivation) wholeEarlier(part, rate intake.Mention) (whole, of intake.Mention) {
	best := 10 * kpi.One
	for _, x := range d.earlier() {
		if oneOf(x.Measure) != oneOf(part.Measure) || x.Amount <= part.Amount {
			continue
		}
		if ratioShown(part, x, rate) {
			return intake.Mention{}, part
		}
		is := kpi.Divide(part.Amount, x.Amount).Amount(4).Times(100, 1)
		if off := max(is, rate.Amount) - min(is, rate.Amount); off < best {
			best, whole = off, x
		}
	}
	return whole, part
}

// given reports whether any two numbers of the sentence give a rate: one of the other, of both together, or what is
// left, unless the rate is said to be of the part (占比).
func (d derivation) given(rate intake.Mention, ofPart bool) bool {
	for i, a := range d.mentions {
		for j, b := range d.mentions {
			if i == j || oneOf(a.Measure) != oneOf(b.Measure) || b.Amount <= 0 || a.Measure == kpi.PercentSign {
				continue
			}
			both, left := a, b
			both.Amount += b.Amount
			left.Amount -= a.Amount
			if ratioShown(a, b, rate) || ratioShown(a, both, rate) || left.Amount > 0 && !ofPart && ratioShown(left, b, rate) {
				return true
			}
		}
		if a.From != rate.From && a.Measure == kpi.PercentSign {
			rest := 100*kpi.One - a.Amount - rate.Amount
			if max(rest, -rest) <= lastPlace(rate)/2 {
				return true // 占75%；…占25%
			}
		}
	}
	return false
}

// nearestPair returns the part and the whole: the two nearest numbers of one measure, of which the nearer is the part,
// unless the rate is said to be of it (占总数223起的94%).
func nearestPair(before []intake.Mention, ofLast bool) (part, whole intake.Mention, ok bool) {
	if len(before) < 2 {
		return part, whole, false
	}
	for _, x := range before[1:] {
		if oneOf(x.Measure) != oneOf(before[0].Measure) {
			continue
		}
		if ofLast {
			return x, before[0], true
		}
		return before[0], x, x.Amount >= before[0].Amount
	}
	return part, whole, false
}

// rateFits reports whether a rate is said of a part: it is named after it, or nearly what it should be.
func (d derivation) rateFits(label, words string, off kpi.Amount, ofLast bool) bool {
	near := off <= 20*kpi.One
	switch named, shared := rateNamed.FindStringSubmatch(label), shareNamed.FindStringSubmatch(label); {
	case named != nil:
		return near && (strings.Contains(words, named[1]) || moneyUsed.MatchString(named[1]) && moneyUsed.MatchString(words))
	case shared != nil:
		said := strings.Trim(shared[1], "其中的")
		return said == "" && strings.Contains(label, "占比") || near && (said == "" || strings.Contains(words, said)) ||
			off <= 3*kpi.One
	case ofLast, strings.HasPrefix(strings.TrimLeft(label, " "), "比例"), onlyDone.MatchString(label):
		return near
	}
	return false
}

// average holds an average against the nearest total and count before it.
func (d derivation) average(i int) []Finding {
	m := d.mentions[i]
	named := perNamed.FindStringSubmatch(lastClause(d.s[:m.From]))
	if named == nil || m.Measure == "" {
		return nil
	}
	per := named[1] + named[2]
	var counts, totals []intake.Mention
	for _, x := range d.operands(i) {
		if d.countsBy(x, per) && oneOf(x.Measure) != oneOf(m.Measure) || d.countsBy(x, per) && people(m.Measure) {
			counts = append(counts, x)
		} else if oneOf(x.Measure) == oneOf(m.Measure) {
			totals = append(totals, x)
		}
	}
	for _, x := range d.earlier() {
		if e := (derivation{s: d.before}); e.countsBy(x, per) && oneOf(x.Measure) != oneOf(m.Measure) {
			counts = append(counts, x)
		} else if oneOf(x.Measure) == oneOf(m.Measure) && len(totals) < 4 {
			totals = append(totals, x)
		}
	}
	if per == "日" && counts == nil {
		counts = []intake.Mention{{Amount: kpi.Whole(365), Written: "365天", Measure: "天"}}
	}
	var wrong []Finding
	for _, count := range counts {
		for _, total := range totals {
			is := kpi.Divide(total.Amount, count.Amount)
			off := max(lastPlace(m), is.Amount(6).Times(1, 100))
			if is.CmpAmount(m.Amount-off) > 0 && is.CmpAmount(m.Amount+off) < 0 {
				return nil
			}
			if is.CmpAmount(m.Amount.Times(5, 9)) < 0 || is.CmpAmount(m.Amount.Times(9, 5)) > 0 || wrong != nil {
				continue
			}
			wrong = []Finding{{Code: "quotient", Severity: SeverityError, Quote: m.Written,
				Text: kpi.T("check.average", m.Written, total.Written, count.Written, quantity(is.Amount(2), m.Measure))}}
		}
	}
	return wrong
}

// countsBy reports whether a number counts what an average is per: 16个训练点 for 每个点, 38件 for 案均.
func (d derivation) countsBy(x intake.Mention, per string) bool {
	measure := string(oneOf(x.Measure))
	return strings.HasPrefix(measure, per) || per == "次" && strings.HasSuffix(measure, per) ||
		string(perMeasure[per]) == measure || strings.HasPrefix(per, measure) ||
		strings.HasPrefix(nounAfter.FindString(d.s[min(len(d.s), x.To):]), per)
}

// without leaves out findings of numbers of a sentence that others have told of, and of those that only follow from
// such a number: 较去年同期的100件增加15件，增长10%.
func without(s string, out, told []Finding) []Finding {
	return slices.DeleteFunc(in(s, out), func(f Finding) bool {
		return slices.ContainsFunc(told, func(t Finding) bool {
			if t.Code != f.Code {
				return false
			}
			at, now := strings.LastIndex(s, t.Quote), strings.Index(s, f.Quote)
			return t.Quote == f.Quote || at >= 0 && at < now && growsOn.MatchString(s[at+len(t.Quote):now])
		})
	})
}

var growsOn = regexp.MustCompile(`^[，,]?(?:` + grew + `|` + shrank + `)(?:了|幅)?$`)
