package check

import (
	"regexp"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// complements are words for shares that together are all there is: what is not the one is the other. Names for one share are
// parted by bars.
var complements = [][]string{
	{"年初预算", "调整|追加|追减|年中"}, {"基本支出", "项目支出"}, {"在职", "退休|离休"}, {"男", "女"}, {"城镇|城市", "农村|乡村"},
	{"中央", "地方"}, {"财政拨款", "其他资金|其他收入"}, {"已完成|已办结", "未完成|未办结|在办"}, {"成功", "未成功|不成功"},
}

// share is a part of what stands before 其中.
type share struct {
	intake.Mention
	words string
}

// partsSaid are the words that begin what a whole is made of; kindsSaid are posts by kind in brackets behind
// them: 编制5人（行政3人，事业2人）.
var (
	partsSaid = regexp.MustCompile(`其中|(?i)of which|including`)
	kindsSaid = regexp.MustCompile(`([（(])\s*(?:行政|事业|工勤|参公)`)
	postKinds = regexp.MustCompile(`编|行政|事业|工勤|参公`)
)

// shares finds parts that stand behind 其中 and do not add up to their whole: where two of them are all there is, in
// either direction; else where parts of money or kinds of posts, said one after another, are more than it. People and
// cases may be of several sorts: 调解223起，其中成功210起，家暴16起.
func shares(s string, c *checker) []Finding {
	at := partsSaid.FindStringIndex(s)
	if kinds := kindsSaid.FindStringSubmatchIndex(s); at == nil && kinds != nil {
		at = kinds[2:4]
	}
	if at == nil {
		return nil
	}
	whole, parts, ok := wholeAndShares(s, at, intake.Mentions(s, c.measures, c.names))
	if !ok {
		return nil
	}
	sum, off := kpi.Amount(0), rounding(whole)
	for _, p := range parts {
		sum, off = sum+p.Amount, off+rounding(p.Mention)
	}
	f := Finding{Code: "totals", Severity: SeverityError, Quote: whole.Written,
		Text: kpi.T("check.part_sum", quantity(sum, whole.Measure), whole.Written)}
	switch all := areAll(parts); {
	case max(sum, whole.Amount)-min(sum, whole.Amount) <= off || !all &&
		(sum < whole.Amount || whole.Measure != kpi.Yuan && !areKinds(parts)):
		return nil
	case !all && whole.Measure == kpi.Yuan:
		f.Severity, f.Text = SeverityWarning, kpi.T("check.part_sum_over", quantity(sum, whole.Measure), whole.Written)
	}
	return []Finding{f}
}

// rounding is how far a number may be from what it shows; one without decimals was counted.
func rounding(m intake.Mention) kpi.Amount {
	if m.Decimals == 0 {
		return 0
	}
	off := kpi.One / 2
	for range m.Decimals {
		off /= 10
	}
	switch {
	case strings.Contains(m.Written, "亿"):
		off *= 100_000_000
	case strings.Contains(m.Written, "万"):
		off *= 10_000
	}
	return off
}

// wholeAndShares are the number before 其中 and those that follow it, each in the next clause and in its measure.
func wholeAndShares(s string, at []int, mentions []intake.Mention) (whole intake.Mention, parts []share, ok bool) {
	from := at[1]
	for _, m := range mentions {
		switch {
		case m.To <= at[0]:
			whole, ok = m, m.Precision == kpi.Exact && m.Measure != "" && m.Measure != kpi.PercentSign
		case m.From < at[1] || !ok:
		case oneOf(m.Measure) != oneOf(whole.Measure) || m.Precision != kpi.Exact:
			if m.Measure != kpi.PercentSign { // 占…% of a share
				return whole, parts, len(parts) > 1
			}
		case partsSaid.MatchString(s[from:m.From]): // parts of a part
			return whole, parts, len(parts) > 1
		default:
			words := s[from:m.From]
			if len(parts) > 0 && acts.MatchString(words) {
				return whole, parts, len(parts) > 1
			}
			parts, from = append(parts, share{m, words}), m.To
		}
	}
	return whole, parts, ok && len(parts) > 1
}

// oneOf is a measure with the words for a person as one: 3名, 3位, 3人.
func oneOf(m kpi.Measure) kpi.Measure {
	if m == "名" || m == "位" {
		return "人"
	}
	return m
}

// acts begin another sentence behind a comma: what follows is no share.
var acts = regexp.MustCompile(`[，,；]\s*(并|同时|另|还|共|累计|合计|总计|完成|开展|举办|发放|组织|走访|培训|覆盖|占|人均|平均|分别|实有|实际|现有|支出|收入|结余|结转|执行|剩余|截至|全年|今年|本年|年末)`)

// areAll reports whether two shares are all there is.
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

// areKinds reports whether shares are posts by kind, of which each is of one.
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

var (
	postsSaid  = regexp.MustCompile(`编制`)
	peopleSaid = regexp.MustCompile(`实有|在编|在岗|在职`)
	retired    = regexp.MustCompile(`退休|离休`)
	otherPosts = regexp.MustCompile(`编外|聘用|临聘|借调|劳务|公益|购买|临时|合同制|雇员|挂职|见习`)
)

// staffed is posts of each part of a sentence between semicolons, or of all of it where none says both: 编制：5人；实有数：6人.
func staffed(s string, c *checker) (out []Finding) {
	said := false
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == '；' || r == ';' }) {
		allowed, inPost, _ := c.postsAndPeople(part)
		if len(allowed) > 0 && len(inPost) > 0 {
			out, said = append(out, posts(part, c)...), true
		}
	}
	if !said {
		return posts(s, c)
	}
	return out
}

// posts finds more people in post than posts: 编制3名，实有4人. Who is retired has none, and who is hired beside them needs
// none. Kinds that are each said with both are held one by one.
func posts(s string, c *checker) []Finding {
	if otherPosts.MatchString(s) || compares(s) {
		return nil
	}
	allowed, inPost, gone := c.postsAndPeople(s)
	if len(allowed) == 0 || len(inPost) == 0 {
		return nil
	}
	var out []Finding
	if n := len(allowed); n > 1 && n == len(inPost) && allowed[0].To < inPost[0].From && inPost[0].To < allowed[1].From {
		for i := range allowed {
			out = append(out, overPosts(inPost[i].Amount, allowed[i].Amount, inPost[i].Written)...)
		}
		return out
	}
	sum, people := kpi.Amount(0), inPost[0].Amount
	for _, m := range allowed {
		if sum += m.Amount; wholeSaid.MatchString(m.words) {
			sum = m.Amount
			break
		}
	}
	if gone.From > inPost[0].To && partsSaid.MatchString(s[inPost[0].To:gone.From]) {
		people -= gone.Amount
	}
	return overPosts(people, sum, inPost[0].Written)
}

func overPosts(people, posts kpi.Amount, written string) []Finding {
	if people <= posts {
		return nil
	}
	return []Finding{{Code: "staffing", Severity: SeverityWarning, Quote: written,
		Text: kpi.T("check.over_posts", people, posts)}}
}

// wholeSaid is said of all posts, beside those of each kind.
var wholeSaid = regexp.MustCompile(`共|总|合计`)

// postsAndPeople are what a sentence says of posts, of people in post, and of those who retired; parts of the posts that
// were said are left out.
func (c *checker) postsAndPeople(s string) (allowed, inPost []share, gone intake.Mention) {
	from := 0
	for _, m := range intake.Mentions(s, c.measures, c.names) {
		words := s[from:m.From]
		from = m.To
		switch {
		case m.Precision != kpi.Exact || oneOf(m.Measure) != "人" && m.Measure != "个" && m.Measure != "":
		case retired.MatchString(words):
			gone = m
		case peopleSaid.MatchString(words):
			inPost = append(inPost, share{m, words})
		case postsSaid.MatchString(words) && (len(allowed) == 0 || !partsSaid.MatchString(s[allowed[0].To:m.From])):
			allowed = append(allowed, share{m, words})
		}
	}
	return allowed, inPost, gone
}
