package check

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/report"
)

// passage is a piece of the office's own text.
type passage struct {
	section report.SectionKey
	text    string
	topic   topic
	purse   purse // whose money it is about, where it does not say
}

// prose checks the office's own text.
func (c *checker) prose() []Finding {
	var passages []passage
	for _, key := range slices.Sorted(maps.Keys(c.Texts)) {
		passages = append(passages, passage{key, c.Texts[key], sectionTopic(key), sectionPurse(key)})
	}
	var out []Finding
	for _, p := range passages {
		out = append(out, c.passage(p, report.Stored)...)
		out = append(out, numerals([]passage{p})...)
	}
	return append(append(out, c.twice(passages, out)...), events(passages)...)
}

func (c *checker) passage(p passage, as report.Notation) []Finding {
	out := append(c.tokens(p.text, as), in(p.text, c.selected(p.text))...)
	for _, s := range sentences(p.text) {
		out = append(out, in(s, c.numbers(s, p.topic))...)
		out = append(out, in(s, quotients(s, c))...)
		out = append(out, in(s, sums(s, c))...)
		out = append(out, in(s, rests(s, c))...)
		out = append(out, in(s, c.changes(s))...)
		out = append(out, in(s, c.completions(s))...)
		out = append(out, in(s, c.dates(s))...)
		out = append(out, in(s, c.guidance(s))...)
		if p.topic != remedies {
			out = append(out, in(s, c.claims(s))...)
			out = append(out, in(s, c.budgetSaid(s, p.purse))...)
			out = append(out, in(s, balances(s, c))...)
		}
	}
	before := ""
	for _, s := range cutText(p.text, "。！？!?\n") {
		out = append(out, in(s, averages(s, c))...)
		if stillIs.MatchString(s) {
			out = append(out, without(s, rests(s, c), out)...)
		}
		out = append(out, without(s, c.derived(before, s), out)...)
		out = append(out, without(s, c.listSums(s), out)...)
		if before += "。" + s; utf8.RuneCountInString(before) > 160 {
			before = lastRunesOf(before, 160)
		}
		out = append(out, in(s, shares(s, c))...)
		out = append(out, in(s, staffed(s, c))...)
		out = append(out, in(s, staffRecord(s, c))...)
	}
	out = append(out, in(p.text, sharesSaid(c.told, p.text, c))...)
	if f := executions(c.told, p.text, c); !slices.ContainsFunc(out, func(o Finding) bool {
		return len(f) > 0 && o.Code == f[0].Code && o.Quote == f[0].Quote
	}) {
		out = append(out, in(p.text, f)...)
	}
	c.told = lastRunesOf(c.told+"。"+p.text, 600)
	return append(p.found(out), mixed(p, p.topic)...)
}

// changes finds what is wrong with the changes a sentence states, each told once.
func (c *checker) changes(s string) []Finding {
	grown, turned := growth(s, c), directions(s, c)
	if grown == nil {
		return turned
	}
	for _, f := range turned {
		if !slices.ContainsFunc(grown, func(g Finding) bool { // of the same change, which growth has told
			return strings.Index(s, g.Quote) >= strings.Index(s, f.Quote)
		}) {
			grown = append(grown, f)
		}
	}
	return grown
}

// tokens finds tokens that are no longer valid, because an indicator has left the year or two share a
// name, and tokens that print the same in each repetition of their passage: ⟦完成数⟧ used to be stored
// as one of these if an indicator's name contained its characters, and it is impossible to tell
// afterwards which was meant.
func (c *checker) tokens(text string, as report.Notation) []Finding {
	mistakes, fixed := c.draft.Tokens(text, as)
	var out []Finding
	for _, t := range mistakes {
		out = append(out, Finding{Code: "token_unknown", Severity: SeverityError, Text: t, Quote: fmt.Sprint(t.Args...)})
	}
	for _, f := range fixed {
		out = append(out, Finding{Code: "token_fixed", Severity: SeverityWarning, Indicator: f.Indicator, Quote: f.Written,
			Text: kpi.T("check.token_fixed", f.Written, f.Name)})
	}
	return out
}

// found sets the place of findings to the passage.
func (p passage) found(findings []Finding) []Finding {
	for i := range findings {
		findings[i].Section, findings[i].Fix = p.section, FixText
	}
	return findings
}

// sentences splits a text at the ends of its sentences. A period ends one only if a space follows and
// no digit precedes it, as in the number of a list. A full stop typed instead of a decimal point does
// not end a sentence.
func sentences(text string) []string { return cutText(text, "。！？；!?;\n") }

func cutText(text, ends string) []string {
	var out []string
	from := 0
	cut := func(to int) {
		if s := strings.TrimSpace(text[from:to]); s != "" {
			out = append(out, s)
		}
	}
	for at, r := range text {
		full := r == '.' && at > 0 && strings.HasPrefix(text[at+1:], " ") && (text[at-1] < '0' || text[at-1] > '9')
		if full || strings.ContainsRune(ends, r) && !intake.IsPoint(text, at) {
			cut(at)
			from = at + utf8.RuneLen(r)
		}
	}
	cut(len(text))
	return out
}

var clauseEnd = regexp.MustCompile(`[，,：:、（）()]`)

// clause returns the part of a sentence between commas that a number is in, without the number. If a
// colon precedes the number, the clause before it is included: 培训妇女人数：完成1259人.
func clause(s string, m intake.Mention) string {
	from, to, before := 0, len(s), 0
	for _, at := range clauseEnd.FindAllStringIndex(s, -1) {
		switch {
		case at[1] <= m.From && strings.ContainsAny(s[at[0]:at[1]], "：:"):
			before, from = from, at[1]
		case at[1] <= m.From:
			before, from = at[1], at[1]
		case at[0] >= m.To && at[0] < to:
			to = at[0]
		}
	}
	if core(s[from:m.From]) == "" {
		from = before
	}
	return s[from:m.From] + s[m.To:to]
}

// numbers finds typed numbers that no figure prints, with the indicators that have the same or nearly
// the same value, and numbers that contradict the indicator they are about.
func (c *checker) numbers(s string, t topic) []Finding {
	var out []Finding
	for _, m := range c.mentions(s) {
		if m.Spelled && m.Measure == kpi.PercentSign && m.Decimals < 1 {
			continue // nobody takes 六成 for a figure
		}
		if m.Odd != intake.Plain {
			out = append(out, Finding{Code: "measure", Severity: SeverityWarning, Quote: m.Written,
				Text: kpi.T("check.typed_"+string(m.Odd), m.Written)})
		}
		if c.unmeasured(s, m) {
			out = append(out, Finding{Code: "measure", Severity: SeverityWarning, Quote: m.Written,
				Text: kpi.T("check.typed_no_measure", m.Written)})
		}
		if f := c.number(s, m, t); f.Code != "bare_number" || !c.recorded(s, m) {
			out = append(out, f)
		}
	}
	return out
}

// unmeasured reports whether a clause ends with an indicator's number without saying what it counts: 走访困难儿童342。
func (c *checker) unmeasured(s string, m intake.Mention) bool {
	if m.Measure != "" || m.Odd != intake.Plain || m.Amount < kpi.Whole(2) || m.Amount >= kpi.Whole(10_000_000) {
		return false
	}
	if at := clauseEnd.FindStringIndex(s[m.To:] + "，"); strings.TrimSpace((s[m.To:] + "，")[:at[0]]) != "" {
		return false
	}
	if at, ok := c.spokenOf(s, m); ok {
		return at.Achievement.Ok() && at.Achievement.Value.Amount == m.Amount
	}
	head := core(lastClause(s[:m.From]))
	return (telling(head) || effectSaid.MatchString(head) || actSaid.MatchString(lastClause(s[:m.From]))) &&
		m.Decimals == 0 &&
		!plainNumbers.MatchString(s[:m.From]) && c.besideMeasured(s, m)
}

// actSaid matches what was done, briefly: 举办讲座52.
var actSaid = regexp.MustCompile(`^\s*\p{Han}{0,4}(?:举办|开展|组织|召开|开设|播放|巡查|办理|印发)\p{Han}{2,6}\s*$`)

// effectSaid matches who took part in what a sentence is about: 参训3150.
var effectSaid = regexp.MustCompile(`^(?:参[加与训赛会演]|受[训益助众]|惠及|服务|覆盖|走访|发放|吸引)$`)

// plainNumbers matches words before numbers that count nothing: 得分95, 排名第3.
var plainNumbers = regexp.MustCompile(`(?:分值?|数值|指数|系数|比例?|率|第|名次?|级|号|版|型|类|为|是|于|至|到|约|共|余|年|值|位|列|号码|电话|编码|代码|权重|满分)\s*$`)

// besideMeasured reports whether the number next to one has a measure, as a list has for all: 封停设备9，排查隐患317处.
func (c *checker) besideMeasured(s string, m intake.Mention) bool {
	all := c.mentions(s)
	for i, x := range all {
		if x.From == m.From {
			return i+1 < len(all) && all[i+1].Measure != "" && !all[i+1].Measure.IsRate() ||
				i > 0 && all[i-1].Measure != "" && !all[i-1].Measure.IsRate()
		}
	}
	return false
}

// number says what is wrong with a typed number; one that is still to be reached contradicts nothing.
func (c *checker) number(s string, m intake.Mention, t topic) Finding {
	f := Finding{Severity: SeverityWarning, Quote: m.Written}
	role := c.roleOf(s, m)
	at, ok := c.spokenOf(s, m)
	if t == remedies || role == isLater || role == isEarlier || role == isChange {
		at, ok = nil, false
	}
	old := c.lastYears(m)
	if old != nil && ok && at.Indicator.ID != old.Indicator.ID {
		old = nil
	}
	if role != isDone || compares(s) && !ok || partsSaid.MatchString(s[:m.From]) {
		old = nil
	}
	if ok && old == nil {
		if wrong, is := c.contradicts(m, at, role); is {
			f.Code, f.Severity, f.Indicator, f.Text = "two_values", SeverityError, at.Indicator.Code, wrong
			return f
		}
	}
	if old != nil {
		f.Code, f.Indicator = "last_year", old.Indicator.Code
		f.Text = kpi.T("check.last_year", m.Written, old.Indicator.Names(), c.said(old))
		return f
	}
	f.Code = "bare_number"
	same, near := c.holding(m)
	switch {
	case len(same) > 0:
		f.Indicator = same[0].Indicator.Code
		f.Text = kpi.T("check.bare_same", m.Written, names(same))
	case len(near) > 0:
		f.Text = kpi.T("check.bare_near", m.Written, names(near))
	default:
		f.Text = kpi.T("check.bare_number", m.Written)
	}
	return f
}

// contradicts reports whether a number contradicts the indicator it is said of: its value, or its target where the
// text speaks of that.
func (c *checker) contradicts(m intake.Mention, at *progress.Figure, r role) (kpi.Text, bool) {
	target := at.TargetAmount()
	ofTarget := m
	ofTarget.Precision = kpi.Exact
	switch {
	case r == isGoal && !target.Ok(), !denies(c.inMeasure(m, at), at.Achievement.Value):
		return kpi.Text{}, false
	case r == isGoal && denies(c.inMeasure(ofTarget, at), kpi.Exactly(target.Value)):
		said, _ := c.draft.Target(*at, true)
		return kpi.T("check.two_targets", m.Written, at.Indicator.Names(), said.Text), true
	case r == isGoal:
		return kpi.Text{}, false
	}
	return kpi.T("check.two_values", m.Written, at.Indicator.Names(), c.said(at)), true
}

// inMeasure returns a number of money in the indicator's own measure.
func (c *checker) inMeasure(m intake.Mention, f *progress.Figure) intake.Mention {
	if a, ok := m.Measure.In(f.Indicator.Measure, m.Amount); ok && f.Indicator.Measure != m.Measure {
		m.Amount = a
	}
	return m
}

// denies reports whether a number as written contradicts a quantity: 1200余 does not contradict 1259, but 近1259 and
// 超过1259 do.
func denies(m intake.Mention, q kpi.Quantity) bool {
	a := q.Amount
	least, most := span(m)
	switch {
	case m.Amount == a && (m.Precision == q.Precision || q.Precision != kpi.Exact):
		return false
	case m.Precision == kpi.AtLeast:
		return a < least
	}
	return a < least || a > most
}

func (c *checker) figure(code string) *progress.Figure {
	for i := range c.figures {
		if c.figures[i].Indicator.Code == code {
			return &c.figures[i]
		}
	}
	return nil
}

var comparing = regexp.MustCompile(`上年|去年|上一年|同比|较|比|增长|下降|目标|计划|任务|规划`)

func compares(s string) bool { return comparing.MatchString(s) }

// lastYears returns an indicator that had this value last year and has another one now.
func (c *checker) lastYears(m intake.Mention) *progress.Figure {
	for i := range c.figures {
		f := &c.figures[i]
		if y := f.YearOverYear; y.Ok() && m.Measure == base(f.Indicator.Measure) && y.Value.Before == m.Amount &&
			y.Value.Now != m.Amount {
			return f
		}
	}
	return nil
}

// holding returns the indicators with the same value in the same measure, and those within 5 % of it.
func (c *checker) holding(m intake.Mention) (same, near []*progress.Figure) {
	for i := range c.figures {
		f := &c.figures[i]
		if !f.Achievement.Ok() || f.Indicator.Kind == kpi.Level || m.Measure != "" && m.Measure != base(f.Indicator.Measure) {
			continue
		}
		a := f.Achievement.Value.Amount
		if yuan, ok := f.Indicator.Measure.In(kpi.Yuan, a); ok {
			a = yuan
		}
		target := f.TargetAmount()
		switch off := max(a, m.Amount) - min(a, m.Amount); {
		case off == 0 || target.Ok() && target.Value == m.Amount:
			same = append(same, f)
		case off <= m.Amount/20:
			near = append(near, f)
		}
	}
	return same, near
}

// names lists up to three indicators.
func names(figures []*progress.Figure) kpi.Text {
	figures = figures[:min(len(figures), 3)]
	var args []any
	for _, f := range figures {
		args = append(args, f.Indicator.Names())
	}
	return kpi.T([]string{"check.list_1", "check.list_2", "check.list_3"}[len(args)-1], args...)
}

// general matches words that are used again for each budget.
var general = regexp.MustCompile(`预算|支出|收入|结转|结余|拨款`)

// twice finds facts that the text states with two different numbers.
func (c *checker) twice(passages []passage, told []Finding) []Finding {
	type statement struct {
		fact
		intake.Mention
		sentence int
		after    intake.Mention // the number before it in its sentence
	}
	var stated []statement
	var out []Finding
	sentence := 0
	for _, p := range passages {
		for _, s := range sentences(p.text) {
			sentence++
			mentions := c.mentions(s)
			for i, m := range mentions {
				words := clause(s, m)
				now := statement{fact{core: core(awardedWhat(words)), stage: stageOf(words), amount: m.Amount, measure: m.Measure,
					precision: m.Precision},
					m, sentence, intake.Mention{}}
				if i > 0 {
					now.after = mentions[i-1]
				}
				if compares(words) || now.measure == "" || general.MatchString(words) ||
					p.topic == remedies && !thisYear.MatchString(s) ||
					c.roleOf(s, m) != isDone || strings.Contains(words, "分别") || alreadyTold(told, p.section, m.Written) ||
					i > 0 && isPair(s, mentions[i-1], m) || i+1 < len(mentions) && isPair(s, m, mentions[i+1]) {
					continue
				}
				for _, before := range stated {
					if before.sentence != sentence && before.nearEnd(now.fact) || !parallel(before.after, now.after) &&
						(before.core == now.core || before.sentence != sentence) && contradict(before.fact, now.fact) &&
						apartAsWritten(before.Mention, now.Mention) {
						out = append(out, Finding{Code: "two_values", Severity: SeverityError, Section: p.section,
							Fix: FixText, Quote: now.Written, Sentence: s,
							Text: kpi.T("check.said_twice", now.core, before.Written, now.Written)})
						break
					}
				}
				stated = append(stated, now)
			}
		}
	}
	return out
}

// parallel reports whether two numbers follow different counts of one measure: 增雨63点次，用弹438枚；防雹22点次，用弹176枚.
func parallel(a, b intake.Mention) bool {
	return a.Measure != "" && !a.Measure.IsRate() && oneOf(a.Measure) == oneOf(b.Measure) && apartAsWritten(a, b)
}

// thisYear matches what makes a number among the measures one of what was done: 今年更换管网36公里.
var thisYear = regexp.MustCompile(`今年(?:共|已)?[^年底]|本年度?共`)

// awardedWhat returns what was chosen, where who was chosen stands before that: 企业获评市级示范企业.
func awardedWhat(words string) string {
	for _, list := range [][]string{awarding, proposing} {
		for _, w := range list {
			if _, what, ok := strings.Cut(words, w); ok && telling(core(what)) {
				return w + what
			}
		}
	}
	return words
}

// alreadyTold reports whether a number was told of as contradicting an indicator.
func alreadyTold(told []Finding, section report.SectionKey, written string) bool {
	return slices.ContainsFunc(told, func(f Finding) bool {
		return f.Section == section && f.Quote == written && (f.Code == "two_values" || f.Code == "part_larger")
	})
}

// apartAsWritten reports whether two numbers cannot be the same: 8万余份 and 80600份 can.
func apartAsWritten(a, b intake.Mention) bool {
	aLeast, aMost := span(a)
	bLeast, bMost := span(b)
	return aMost < bLeast || bMost < aLeast
}

// retold reports whether two statements are one told in nearly the same words, with digits changed places: 接收安置退役
// 士兵86名, 接收退役士兵68名.
func (f fact) retold(g fact) bool {
	a, b := []byte(f.amount.String()), []byte(g.amount.String())
	slices.Sort(a)
	slices.Sort(b)
	short, long := f.core, g.core
	if len(short) > len(long) {
		short, long = long, short
	}
	return oneOf(f.measure) == oneOf(g.measure) && f.stage == g.stage && slices.Equal(a, b) && len(a) > 1 &&
		f.amount/kpi.One%10 != 0 && (likeNames(f.core, g.core) || telling(short) && inSequence(short, long) ||
		telling(sharedEnd(short, long)))
}

// nearEnd reports whether one of two statements names what the other does in more words, with nearly the same number:
// 参赛学校52所, 中小学生联赛参赛学校49所.
func (f fact) nearEnd(g fact) bool {
	short, long := f, g
	if len(short.core) > len(long.core) {
		short, long = g, f
	}
	if f.amount == g.amount && f.precision != g.precision && (f.precision == kpi.Below || g.precision == kpi.Below) {
		return telling(short.core) && strings.HasSuffix(long.core, short.core) && f.measure == g.measure
	}
	return telling(short.core) && strings.HasSuffix(long.core, short.core) && oneOf(f.measure) == oneOf(g.measure) &&
		f.measure != kpi.PercentSign && f.precision == kpi.Exact && g.precision == kpi.Exact && f.stage == g.stage &&
		f.amount != g.amount && min(f.amount, g.amount) >= kpi.Whole(10) && misses(f.amount, g.amount, 10)
}

// contradict reports whether two statements cannot both be true: one fact with two values, or more
// awarded than recommended.
func contradict(a, b fact) bool {
	if a.stage == awarded && b.stage == proposed {
		a, b = b, a
	}
	return (a.same(b) || a.retold(b)) && (a.amount != b.amount || a.precision != b.precision) &&
		(a.stage == b.stage || a.stage == proposed && b.stage == awarded && b.amount > a.amount)
}
