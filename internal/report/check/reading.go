package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// role is what a number is in its sentence.
type role int

const (
	isDone    role = iota
	isGoal         // 任务数10361人, 超过1200人的目标
	isEarlier      // 上年1180人
	isLater        // 明年计划培训1500人
	isChange       // 增长5%
)

var (
	goalBefore = regexp.MustCompile(`(?:目标|任务|计划|指标|下达|设定|要求)(?:任务|目标|指标|数|值|量)*(?:为|是|是指|达到)?\s*$|` +
		`(?:计划|下达)\p{Han}{0,8}$`)
	goalBehind = regexp.MustCompile(`^\s*的?\s*(?:年度|全年|既定|预期|年初|目标|预定|绩效)*(?:目标|任务|计划|指标|要求)`)
	// futureSaid matches words after which nothing has been achieved yet.
	futureSaid = regexp.MustCompile(`拟于|拟|将|力争|争取|预计|预期|确保|下一步|下步|下阶段|下年|明年|次年|今后|下一年|来年|即将|希望|推动|年内完成\p{Han}*改造`)
	// ofEarlier matches words that make a number one of an earlier year.
	ofEarlier = regexp.MustCompile(`上年|去年|上一年|前年|同期|基期|往年|历年|以前年度`)
)

var (
	shareOfAll = regexp.MustCompile(`占[^目任计\d]{0,6}$`)
	ofRate     = regexp.MustCompile(`^\s*的\s*[\d.]+\s*[%％]`)
)

// distance matches what makes a number one of what is missing or too much: 差4场, 多419人.
var distance = regexp.MustCompile(`(?:差|少|多|缺|超|超出|补|短|超过?额?\p{Han}{0,4}(?:目标|任务|计划))(?:了|办|完成|任务)?\s*$`)

// roleOf says what a number is, from the words of its clause.
func (c *checker) roleOf(s string, m intake.Mention) role {
	head := lastClause(s[:m.From])
	tail := s[m.To:]
	switch {
	case goalBehind.MatchString(tail):
		return isGoal
	case shareOfAll.MatchString(head) && ofRate.MatchString(tail):
		return isChange // 占总数223起的94.17%
	case growthSaid(s, m) != "" || distance.MatchString(head) || averageLike.MatchString(head),
		strings.HasPrefix(strings.TrimLeft(tail, "个 "), "百分点"):
		return isChange
	case ofEarlier.MatchString(head) && !nowSaid.MatchString(head) || c.otherYear(s[:m.From]) < 0:
		return isEarlier
	case c.future(s[:m.From]):
		return isLater
	case goalBefore.MatchString(head), listsGoals(s[:m.From]):
		return isGoal
	}
	return isDone
}

var (
	goalsListed = regexp.MustCompile(`设定|下达|目标任务[为是]|目标[为是：:]`)
	doneListed  = regexp.MustCompile(`完成|实际|达到|分别|已`)
)

// listsGoals reports whether the numbers at the end of a text are targets: 年初设定培训1200人、发放80000份.
func listsGoals(before string) bool {
	goals := goalsListed.FindAllStringIndex(before, -1)
	return len(goals) > 0 && !doneListed.MatchString(before[goals[len(goals)-1][1]:])
}

// future reports whether a sentence up to a place speaks of what is still to come.
func (c *checker) future(before string) bool {
	return futureSaid.MatchString(before) || c.otherYear(before) > 0
}

// otherYear says whether the last year named is before (-1) or after (1) the report's own.
func (c *checker) otherYear(before string) int {
	own := c.year
	all := yearSaid.FindAllStringSubmatch(before, -1)
	if len(all) == 0 || own == 0 {
		return 0
	}
	year, err := strconv.Atoi(all[len(all)-1][1])
	switch {
	case err != nil || year == own:
		return 0
	case year < own:
		return -1
	}
	return 1
}

// carriers are words that say that something was done without saying what: what a clause of nothing else is about
// stands in the clause before it.
var carriers = strings.NewReplacer(blanked(strings.Fields("任务数 目标数 目标值 目标 任务 计划 实际 最终 最后 超额 圆满 " +
	"顺利 年初 年末 年底 年度 本年 今年 超过 超出 达成 高于 低于 下达 我县 我市 我单位 县妇联 已 实 际 均 数 值 是 于 " +
	"占 场均 比 较 距 离 差 尚 还 仍 少 多 近"))...)

// subject returns the core of what a number is said of: the last clause before its own that says something.
func subject(s string, m intake.Mention) string {
	before := s[:m.From]
	for cuts := clauseEnd.FindAllStringIndex(before, -1); len(cuts) > 0; cuts = cuts[:len(cuts)-1] {
		from := 0
		if n := len(cuts); n > 1 {
			from = cuts[n-2][1]
		}
		if words := carriers.Replace(core(withoutNumbers(before[from:cuts[len(cuts)-1][0]]))); words != "" {
			return words
		}
	}
	return ""
}

// ownWords returns the core of a number's clause, and what the clause before says if its own only goes on with that:
// 开展两癌免费检查，全年累计检查10708人.
func ownWords(s string, m intake.Mention, r role) (own string, carried bool) {
	words := clause(s, m)
	if r == isGoal {
		words = lastClause(s[:m.From])
	}
	own = core(words)
	left := carriers.Replace(core(withoutNumbers(words)))
	if telling(left) {
		return own, false
	}
	said := subject(s, m)
	if left == "" || telling(said) && inSequence(left, said) {
		return said, true
	}
	return own, false
}

// spokenOf returns the indicator that a number is said of, in the number's measure. It prefers one of the same stage
// of a selection: who was awarded is not who was recommended. A name that is only alike counts where the number is
// nearly the indicator's: another number may well be of something else.
func (c *checker) spokenOf(s string, m intake.Mention) (at *progress.Figure, ok bool) {
	r := c.roleOf(s, m)
	own, carried := ownWords(s, m, r)
	if before, is := c.goalOfLast(s, m, own); r == isGoal && is {
		return c.spokenOf(s, before)
	}
	if r == isGoal { // 年度下达两癌检查任务11361人
		if bare := carriers.Replace(own); telling(bare) {
			own = bare
		}
	}
	said := fact{core: own, measure: m.Measure, stage: stageOf(clause(s, m))}
	alike := 0
	whole := runesOf(s)
	for _, known := range c.facts {
		figure := c.figure(known.indicator)
		switch {
		case said.same(known) && (!carried || c.near(figure, m)):
			if said.measure != "" && oneOf(said.measure) != oneOf(known.measure) {
				continue
			}
		case oneOf(said.measure) == oneOf(known.measure) && c.near(figure, m) &&
			(likeNames(said.core, known.core) || c.onlyOne(said, known) && !c.saidBefore(s, m, known) ||
				c.alluded(s, m, known) ||
				c.spelledWrong(figure, m) && covered(runesOf(known.core), whole)*10 >= len(runesOf(known.core))*6):
			if alike++; alike > 1 && !ok {
				continue
			}
		default:
			continue
		}
		if known.stage == said.stage {
			return figure, true
		}
		if !ok {
			at, ok = figure, true
		}
	}
	return at, ok
}

// alluded reports whether a clause tells an indicator by a part of its name: the number is the indicator's own, or the
// sentence has all of the name and the number is nearly the indicator's.
func (c *checker) alluded(s string, m intake.Mention, known fact) bool {
	name, said := runesOf(known.core), runesOf(clause(s, m))
	n := covered(name, said)
	return len(name) >= 4 && m.Amount >= kpi.Whole(100) &&
		(known.amount == c.inMeasure(m, c.figure(known.indicator)).Amount && n*2 >= len(name) ||
			covered(name, runesOf(s)) == len(name) && n >= 2 && misses(known.amount, m.Amount, 20))
}

// saidBefore reports whether a sentence has an indicator's own number before another one: 年检318家，合格302家.
func (c *checker) saidBefore(s string, m intake.Mention, known fact) bool {
	return slices.ContainsFunc(intake.Mentions(s[:m.From], c.measures, c.names), func(x intake.Mention) bool {
		return x.Amount == known.amount && oneOf(x.Measure) == oneOf(known.measure)
	})
}

// misses reports whether two numbers differ by less than one part in so many.
func misses(a, b kpi.Amount, parts int64) bool {
	return max(a, b)-min(a, b) <= max(a, b).Times(1, parts)
}

// goalOfLast returns the number that a goal without a name of its own is of: 培训20期，比30期的目标少10期.
func (c *checker) goalOfLast(s string, m intake.Mention, own string) (before intake.Mention, ok bool) {
	if telling(carriers.Replace(own)) {
		return before, false
	}
	for _, x := range intake.Mentions(s[:m.From], c.measures, c.names) {
		if x.Measure == m.Measure && m.Measure != "" && m.Measure != kpi.PercentSign && c.roleOf(s, x) == isDone {
			before, ok = x, true
		}
	}
	return before, ok
}

// likeNames reports whether one name is the other with words added: 两癌检查 and 两癌免费检查, or a name at the end of a
// clause.
func likeNames(said, known string) bool {
	a, b := []rune(said), []rune(known)
	if strings.HasSuffix(said, known) {
		return len(b) >= 4
	}
	if len(b) >= 6 && len(a) <= 2*len(b) && sameRunes(known, said) { // 为妇女免费检查两癌
		return true
	}
	if strings.HasPrefix(known, said) && len(a) >= 4 { // 调解成功 of 调解成功并达成协议
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
		said, known = known, said
	}
	return len(a) >= 4 && len(a)*10 >= len(b)*6 && inSequence(said, known)
}

// onlyOne reports whether the year counts nothing else in a measure, and both names end alike: 各类培训22期 is of the
// only indicator in 期, 家政服务等培训.
func (c *checker) onlyOne(said, known fact) bool {
	if !telling(known.core) || said.measure == "" || people(said.measure) || said.measure.IsMoney() {
		return false
	}
	for _, other := range c.facts {
		if other.indicator != known.indicator && oneOf(other.measure) == oneOf(said.measure) {
			return false
		}
	}
	tail := lastRunes(known.core, 2)
	return tail != "" && strings.Contains(said.core, tail)
}

func lastRunes(s string, n int) string {
	r := []rune(s)
	if len(r) < n {
		return ""
	}
	return string(r[len(r)-n:])
}

// sameRunes reports whether a text has all characters of a name, in whatever order.
func sameRunes(name, text string) bool {
	left := []rune(text)
	for _, r := range name {
		at := slices.Index(left, r)
		if at < 0 {
			return false
		}
		left = slices.Delete(left, at, at+1)
	}
	return true
}

// inSequence reports whether all characters of part stand in whole in their order.
func inSequence(part, whole string) bool {
	rest := []rune(part)
	for _, r := range whole {
		if len(rest) > 0 && rest[0] == r {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}

// near reports whether a number is nearly what an indicator or its target is: within a fifth, or some digits of it
// changed.
func (c *checker) near(f *progress.Figure, m intake.Mention) bool {
	for _, a := range c.amountsOf(f) {
		if off := max(a, m.Amount) - min(a, m.Amount); off <= a/5 || misspelled(a, m.Amount) {
			return true
		}
	}
	return false
}

// spelledWrong reports whether a number is an indicator's with digits changed places, which is no chance.
func (c *checker) spelledWrong(f *progress.Figure, m intake.Mention) bool {
	return m.Amount >= kpi.Whole(100) && f.Achievement.Ok() && f.Achievement.Value.Amount != m.Amount &&
		misspelled(f.Achievement.Value.Amount, m.Amount)
}

// amountsOf returns an indicator's value and target, money in 元.
func (c *checker) amountsOf(f *progress.Figure) (out []kpi.Amount) {
	add := func(a kpi.Amount) {
		if yuan, ok := f.Indicator.Measure.In(kpi.Yuan, a); ok {
			a = yuan
		}
		out = append(out, a)
	}
	if f.Achievement.Ok() {
		add(f.Achievement.Value.Amount)
	}
	if t := f.TargetAmount(); t.Ok() {
		add(t.Value)
	}
	return out
}

// misspelled reports whether two numbers have the same digits in another order.
func misspelled(a, b kpi.Amount) bool {
	x, y := []byte(a.String()), []byte(b.String())
	if len(x) != len(y) || len(x) < 3 {
		return false
	}
	count := [256]int{}
	for i := range x {
		count[x[i]]++
		count[y[i]]--
	}
	return count == [256]int{}
}

// span returns the least and the most that a number as written may be.
func span(m intake.Mention) (least, most kpi.Amount) {
	a := m.Amount
	switch m.Precision {
	case kpi.AtLeast:
		if above.MatchString(m.Written) {
			a++
		}
		return a, max(2*a, a+kpi.One)
	case kpi.Below:
		return a - a/5, a - 1
	case kpi.About:
		return a - a/10, a + a/10
	}
	off := rounding(m)
	if off == 0 && strings.ContainsAny(m.Written, "万亿") {
		off = lastPlace(m) / 2
	}
	return a - off, a + off
}

// above matches marks that exclude the number itself: 超过1300人, not 1300余人.
var above = regexp.MustCompile(`^(?:超过|突破|超|逾)`)
