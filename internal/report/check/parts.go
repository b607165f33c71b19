package check

import (
	"regexp"
	"slices"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// complements lists shares that together make up the whole: what is not one is the other. Alternative
// names for a share are separated by bars.
var complements = [][]string{
	{"年初预算", "调整|追加|追减|年中"}, {"基本支出", "项目支出"}, {"在职", "退休|离休"}, {"男", "女"}, {"城镇|城市", "农村|乡村"},
	{"中央", "地方"}, {"财政拨款", "其他资金|其他收入"}, {"上半年", "下半年"}, {"已完成|已办结", "未完成|未办结|在办"}, {"成功", "未成功|不成功"},
}

// share is a part of a whole.
type share struct {
	intake.Mention
	words string
}

// parting is a whole with its stated parts.
type parting struct {
	whole intake.Mention
	parts []share
	all   bool // whether they are said to be the whole
	open  bool // 等 follows: there are more
}

var (
	partsSaid = regexp.MustCompile(`其中|(?i)of which|including`)
	postKinds = regexp.MustCompile(`编|行政|事业|工勤|参公`)
	// partings match the words before the parts of a whole: some of them, after 其中 and 含, or all,
	// after 包括 and in brackets.
	partings = regexp.MustCompile(`其中|(?i:of which|including)|主要(?:包括|包含|[为是有])|包括|包含|分别[为是]|全部[为是]|具体[为是]|[，,]\s*由|[二两三四五六七八九](?:个?方面|大?块|个?部分|大?类)[，,：:]|[，,]\s*(?:共?分为?|细分为?)\p{Han}{0,6}[：:]|[（(【]\s*含?`)
	someSaid = regexp.MustCompile(`^(?:其中|主要|含|如|另|(?i:of which|including))`)
	// attached matches what may be between a whole and the words before its parts: 100人次妇女，包括.
	attached = regexp.MustCompile(`^\s*\p{Han}{0,8}\s*[，,：:]?\s*$`)
	goesOn   = regexp.MustCompile(`^[^，,；;。）)】、]{0,8}(?:等|不等)(?:[^级]|$)`)
	composed = regexp.MustCompile(`^[^，,；;。]{0,10}(?:组成|构成)`)
	brackets = regexp.MustCompile(`[（(【][^（(【）)】]*[）)】]`)
	// ranked matches the words before a rank, bounded those after a number that is a limit: 前10名,
	// 11名以上.
	ranked  = regexp.MustCompile(`(?:前|后|第|倒数|排名?|名?列|位[列居]|居)\s*$`)
	bounded = regexp.MustCompile(`^\s*(?:以上|以下|以内|之内|左右|不等|及以)`)
	// otherThan matches words that make a number a comparison and not a part: 比上年45件, 目标120人,
	// 每户11件.
	otherThan = regexp.MustCompile(`较|比|与|上年|去年|上一年|同期|目标|计划|任务|增长|下降|每|平均|人均|最|应|原`)
	// overlapping and outcomes match kinds of people and outcomes of cases of which several may apply
	// to one.
	overlapping = regexp.MustCompile(`党员|团员|民族|残疾|困难|低保|留守|单亲|脱贫|贫困|老年|老人|青年|岁|学历|大专|本科|研究生|女|男|孕|干部|骨干|代表|儿童`)
	outcomes    = regexp.MustCompile(`成功|办结|化解|达成|结案|满意|转介|涉|获`)
	classifiers = regexp.MustCompile(`^[个家所处支]$`)
	nounAfter   = regexp.MustCompile(`^\p{Han}{1,4}`)
)

// acts match the beginning of a new statement after a comma: what follows is not a part.
var acts = regexp.MustCompile(`[，,；]\s*(并|同时|另|还|共|累计|合计|总计|完成|开展|举办|发放|组织|走访|培训|覆盖|占|人均|平均|分别|实有|实际|现有|支出|收入|结余|结转|执行|剩余|截至|全年|今年|本年|年末)`)

// shares finds parts that exceed their whole, singly or together, and parts that are said to be the
// whole but fall short of it. It reads each sentence up to its full stop as one. People and cases may
// be counted in several parts: 调解223起，其中成功210起，家暴16起.
func shares(s string, c *checker) (out []Finding) {
	mentions, depth := c.mentions(s), depths(s)
	for _, at := range partings.FindAllStringIndex(s, -1) {
		p, ok := partingAt(s, at, mentions, depth)
		if !ok {
			continue
		}
		larger := false
		for _, part := range p.parts {
			if part.Amount > p.whole.Amount+rounding(p.whole) {
				larger = true
				out = append(out, Finding{Code: "part_larger", Severity: SeverityError, Quote: part.Written,
					Text: kpi.T("check.typed_part_larger", part.Written, p.whole.Written)})
			}
		}
		if !larger {
			out = append(out, slices.DeleteFunc(p.sum(), func(f Finding) bool {
				return areKinds(p.parts) && p.ofAnother(mentions)
			})...)
		}
	}
	return out
}

// ofAnother reports whether the parts are those of a number before their whole: 编制98名，在职103人，其中行政22人、事业76人.
func (p parting) ofAnother(mentions []intake.Mention) bool {
	sum := kpi.Amount(0)
	for _, part := range p.parts {
		sum += part.Amount
	}
	return slices.ContainsFunc(mentions, func(m intake.Mention) bool {
		return m.From < p.whole.From && m.Amount == sum && oneOf(m.Measure) == oneOf(p.whole.Measure)
	})
}

// sum compares the sum of the parts with their whole.
func (p parting) sum() []Finding {
	sum, off := kpi.Amount(0), rounding(p.whole)
	for _, part := range p.parts {
		if part.Precision != kpi.Exact {
			return nil
		}
		sum, off = sum+part.Amount, off+rounding(part.Mention)
	}
	f := Finding{Code: "totals", Severity: SeverityError, Quote: p.whole.Written}
	key, pair := "check.part_sum", areAll(p.parts)
	if p.all {
		key = "check.parts_sum"
	}
	switch over := sum > p.whole.Amount; {
	case len(p.parts) < 2 || max(sum, p.whole.Amount)-min(sum, p.whole.Amount) <= off:
		return nil
	case pair || over && areKinds(p.parts):
	case !over && !p.all && p.nearlyAll(sum):
		f.Severity, key = SeverityWarning, "check.parts_fewer"
	case !over && !p.all || over && p.overlap():
		return nil
	case !over:
		f.Severity, key = SeverityWarning, "check.parts_fewer"
	case !p.all:
		f.Severity, key = SeverityWarning, "check.part_sum_over"
	}
	f.Text = kpi.T(key, quantity(sum, p.whole.Measure), p.whole.Written)
	return []Finding{f}
}

// nearlyAll reports whether three parts or more are so nearly the whole that the rest is a slip rather than left out.
func (p parting) nearlyAll(sum kpi.Amount) bool {
	return (len(p.parts) > 2 || areKinds(p.parts)) && !p.open && !p.overlap() &&
		sum.Times(100, 1) >= p.whole.Amount.Times(95, 1)
}

// overlap reports whether the same person, household or case may be counted in several of the parts.
func (p parting) overlap() bool {
	for _, part := range p.parts {
		if outcomes.MatchString(part.words) ||
			(people(part.Measure) || part.Measure == "户") && overlapping.MatchString(part.words) {
			return true
		}
	}
	return false
}

func people(m kpi.Measure) bool { return oneOf(m) == "人" || m == "人次" }

// depths returns the number of brackets open at each byte of a text.
func depths(s string) []int {
	out, now := make([]int, len(s)+1), 0
	for at, r := range s {
		if strings.ContainsRune("）)】", r) && now > 0 {
			now--
		}
		for i := at; i <= len(s) && i < at+len(string(r)); i++ {
			out[i] = now
		}
		if strings.ContainsRune("（(【", r) {
			now++
		}
	}
	out[len(s)] = now
	return out
}

// partingAt returns the whole and the parts around the words at a place that introduce parts.
func partingAt(s string, at []int, mentions []intake.Mention, depth []int) (p parting, ok bool) {
	said := strings.TrimSpace(s[at[0]:at[1]])
	bracket := strings.ContainsAny(said[:1], "(") || strings.HasPrefix(said, "（") || strings.HasPrefix(said, "【")
	p.all = !someSaid.MatchString(said) && !strings.HasSuffix(said, "含")
	if next := partings.FindStringIndex(s[at[1]:]); bracket && p.all && next != nil && next[0] == 0 ||
		depth[at[1]] == depth[at[0]] && bracket {
		return p, false // the words that follow introduce the parts
	}
	level := depth[at[0]]
	if bracket {
		level++
	}
	list := s[at[1]:closing(depth, at[1], level)]
	flowing := bracket || strings.HasPrefix(strings.TrimSpace(list), "：") ||
		strings.HasPrefix(strings.TrimSpace(list), ":")
	from := at[1]
	for _, m := range mentions {
		switch gap := brackets.ReplaceAllString(s[from:max(from, m.From)], ""); {
		case m.From < at[1] || depth[m.From] > level:
			continue
		case m.From >= at[1]+len(list) || !belongs(s, gap, m, len(p.parts) > 0) || !flowing && strings.ContainsAny(gap, "；;"):
			return p.ended(s, from, said)
		case len(p.parts) > 0 && besides(s, p.whole, gap):
			return p.ended(s, from, said)
		case m.Measure == kpi.PercentSign:
		case len(p.parts) == 0:
			p.whole, ok = wholeBefore(s, at[0], level, m, mentions, depth)
			if !ok || p.all && !attached.MatchString(s[p.whole.To:at[0]]) {
				return p, false
			}
			p.parts = append(p.parts, share{m, gap})
		case oneOf(m.Measure) != oneOf(p.whole.Measure):
			if !bracket && strings.ContainsAny(gap, "，,、；;") {
				return p.ended(s, from, said)
			}
		case !sameNoun(s, p.whole, m):
			return p, false
		default:
			p.parts = append(p.parts, share{m, gap})
		}
		from = m.To
	}
	return p.ended(s, from, said)
}

var inPostSaid = regexp.MustCompile(`在职|在编|在岗`)

// besides reports whether a count of people after a comma stands beside a whole of posts or of people in post:
// 编制6名，其中行政4名、事业2名，在职5人，退休3人.
func besides(s string, whole intake.Mention, gap string) bool {
	head := afterLast(s[:whole.From], "，,；;。：:")
	return strings.HasPrefix(strings.TrimSpace(gap), "，") &&
		(postsSaid.MatchString(head) && peopleSaid.MatchString(gap) ||
			(postsSaid.MatchString(head) || inPostSaid.MatchString(head)) && retired.MatchString(gap))
}

// closing returns where the brackets around a place end.
func closing(depth []int, at, level int) int {
	for at < len(depth)-1 && depth[at] >= level {
		at++
	}
	return at
}

// belongs reports whether a number may be a part, judged by the words around it.
func belongs(s, gap string, m intake.Mention, later bool) bool {
	return !otherThan.MatchString(gap) && !partsSaid.MatchString(gap) && !bounded.MatchString(s[m.To:]) &&
		!ranked.MatchString(gap) && (!later || !acts.MatchString(gap))
}

// summedUp matches the total that is said again behind its parts: 其中新能源车30台、燃油车6台，共38台.
var summedUp = regexp.MustCompile(`^[^，,；;。\d]{0,6}[，,]\s*(?:共|合计|共计|总计)计?\s*\d`)

// ended completes a parting whose last part ends at a place. If 等 follows, the parts are not all.
func (p parting) ended(s string, at int, said string) (parting, bool) {
	if strings.HasSuffix(said, "由") && !composed.MatchString(s[at:]) {
		return p, false
	}
	p.open = goesOn.MatchString(s[at:])
	p.all = (p.all || summedUp.MatchString(s[at:])) && !p.open
	return p, len(p.parts) > 0 && (!p.all || len(p.parts) > 1)
}

// wholeBefore returns the last number before a place that a part can be of.
func wholeBefore(s string, at, level int, part intake.Mention, mentions []intake.Mention,
	depth []int) (w intake.Mention, ok bool) {
	from := max(0, strings.LastIndexAny(strings.TrimRight(s[:at], "；; "), "；;"))
	for _, m := range mentions {
		if m.From >= from && m.To <= at && depth[m.From] <= level && oneOf(m.Measure) == oneOf(part.Measure) &&
			!besideWhole(s, m) {
			w, ok = m, m.Precision == kpi.Exact && m.Measure != "" && m.Measure != kpi.PercentSign &&
				!ranked.MatchString(s[:m.From]) && !bounded.MatchString(s[m.To:])
		}
	}
	return w, ok && sameNoun(s, w, part)
}

// besideWhole reports whether a number says what was meant or by how much something changed, and has no parts:
// 新增就业1386人，任务1300人；其中….
func besideWhole(s string, m intake.Mention) bool {
	return growthSaid(s, m) != "" || distance.MatchString(lastClause(s[:m.From])) ||
		goalBefore.MatchString(lastClause(s[:m.From]))
}

// sameNoun reports whether a part counted with a classifier can be of the whole: 12个镇 of 18个乡镇,
// not of 5个站点.
func sameNoun(s string, whole, part intake.Mention) bool {
	of, is := nounAfter.FindString(s[whole.To:]), nounAfter.FindString(s[part.To:])
	return !classifiers.MatchString(string(part.Measure)) || of == "" || is == "" || strings.ContainsAny(of, is)
}

// rounding returns how far a number may be from what was written: half its last digit, or 0 without
// decimals, as it was counted then.
func rounding(m intake.Mention) kpi.Amount {
	if m.Decimals == 0 {
		return 0
	}
	return lastPlace(m) / 2
}

// lastPlace returns the value of the last digit of a number as written.
func lastPlace(m intake.Mention) kpi.Amount {
	place := kpi.One
	for range m.Decimals {
		place /= 10
	}
	if m.Decimals < 0 { // 六成
		place *= 5
	}
	switch {
	case strings.Contains(m.Written, "亿"):
		place *= 100_000_000
	case strings.Contains(m.Written, "万"):
		place *= 10_000
	}
	return place
}

// oneOf returns the measure, with 人 for all words that count persons: 3名, 3位, 3人.
func oneOf(m kpi.Measure) kpi.Measure {
	if m == "名" || m == "位" {
		return "人"
	}
	return m
}

// areAll reports whether two shares make up the whole.
func areAll(parts []share) bool {
	for _, pair := range complements {
		held := 0
		for _, names := range pair {
			for _, p := range parts {
				if holdsAny(p.words, names) {
					held++
					break
				}
			}
		}
		if held == len(pair) {
			return everyOf(parts, pair)
		}
	}
	return false
}

// areKinds reports whether the shares are kinds of posts, which do not overlap.
func areKinds(parts []share) bool {
	for _, p := range parts {
		if !postKinds.MatchString(p.words) {
			return false
		}
	}
	return true
}

// everyOf reports whether each share is one of the pair.
func everyOf(parts []share, pair []string) bool {
	for _, p := range parts {
		if !holdsAny(p.words, strings.Join(pair, "|")) {
			return false
		}
	}
	return true
}

func holdsAny(words, names string) bool {
	for name := range strings.SplitSeq(names, "|") {
		if strings.Contains(words, name) {
			return true
		}
	}
	return false
}
