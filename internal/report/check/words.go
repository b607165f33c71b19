package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// quotients finds percentages that are not the quotient of the two counts beside them.
func quotients(s string, c *checker) []Finding {
	var counts, rates []intake.Mention
	for _, m := range c.mentions(s) {
		switch {
		case m.Measure == kpi.PercentSign:
			rates = append(rates, m)
		case ageSaid.MatchString(s[m.To:]):
		default:
			counts = append(counts, m)
		}
	}
	if len(rates) != 1 || len(counts) != 2 || counts[0].Measure != counts[1].Measure ||
		!strings.ContainsAny(s, "率占") && !doneOf.MatchString(s) ||
		counts[0].Precision != kpi.Exact || counts[1].Precision != kpi.Exact || rates[0].Precision != kpi.Exact {
		return nil
	}
	if counts[1].To < rates[0].From && growthSaid(s, rates[0]) != "" || isPair(s, counts[0], counts[1]) {
		return nil // the percentage is a growth
	}
	if counts[0].To < rates[0].From && rates[0].To < counts[1].From &&
		strings.ContainsAny(s[counts[0].To:rates[0].From], "（(") {
		return nil // 人员经费1467.5万元（占七成），办案费218万元
	}
	if i := strings.Index(s, "其中"); i > rates[0].From && i < counts[0].From {
		return nil // the counts are parts of what the percentage is of
	}
	a, b, rate := counts[0].Amount, counts[1].Amount, rates[0]
	if a == 0 || b == 0 || quotient(a, b, rate) || quotient(b, a, rate) || quotient(a, a+b, rate) ||
		quotient(b, a+b, rate) || quotient(max(a, b)-min(a, b), max(a, b), rate) { // 成功210起，未成功13起; 抽检1354批次，不合格27批次
		return nil
	}
	if !c.rateIsOf(s, counts, rate) {
		return nil
	}
	n, d := min(a, b), max(a, b)
	if rate.Amount > 100*kpi.One {
		n, d = d, n
	}
	return []Finding{{Code: "quotient", Severity: SeverityError, Quote: rate.Written,
		Text: kpi.T("check.quotient", rate.Written, n, d, kpi.Rate(n, d))}}
}

// ageSaid matches what makes a number an age.
var ageSaid = regexp.MustCompile(`^\s*周?岁`)

// rateOf is the rate that a number before it is the share of: 签约率.
var rateOf = regexp.MustCompile(`(\p{Han}{2})[率度](?:为|达到?|是)?\s*$`)

// rateIsOf reports whether a rate may be the quotient of two counts: it is named after one of them, is said to be a
// share, or is nearly that. Others are of something else: 离职9人、新招11人，在岗率98.2%.
func (c *checker) rateIsOf(s string, counts []intake.Mention, rate intake.Mention) bool {
	label := lastClause(s[:rate.From])
	if of := rateOf.FindStringSubmatch(label); of == nil || doneOf.MatchString(s) || strings.Contains(label, "占") ||
		strings.Contains(s, "其中") || strings.Contains(lastClause(s[:counts[0].From])+lastClause(s[:counts[1].From]), of[1]) {
		return true
	}
	for _, is := range []kpi.Amount{kpi.Divide(counts[0].Amount, counts[1].Amount).Amount(4).Times(100, 1),
		kpi.Divide(counts[1].Amount, counts[0].Amount).Amount(4).Times(100, 1)} {
		if max(is, rate.Amount)-min(is, rate.Amount) <= 10*kpi.One {
			return true
		}
	}
	return false
}

// doneOf matches what makes a percentage a completion: 完成年度目标1200人的104.92%.
var doneOf = regexp.MustCompile(`完成\p{Han}{0,10}(?:目标|任务|计划)`)

// quotient reports whether a rate is a ÷ b, rounded to its written decimals, at most two.
func quotient(a, b kpi.Amount, rate intake.Mention) bool {
	if rate.Decimals < 0 {
		return ratioShown(intake.Mention{Amount: a}, intake.Mention{Amount: b}, rate)
	}
	return kpi.Divide(a, b).Says(rate.Amount, min(rate.Decimals, 2))
}

var (
	total = regexp.MustCompile(`(?:(?:合计|共计|总计)为?[^，,；。]{0,4}|[，,]\s*共)$`)
	// parts of another whole, or not all parts of this one
	notTotal = regexp.MustCompile(`每|不等|全年|累计|历|等|较|比|其中`)
)

// sums finds totals that are not the sum of their parts: 12人、15人，合计26人.
func sums(s string, c *checker) []Finding {
	var out []Finding
	var before []intake.Mention
	for _, m := range c.mentions(s) {
		said := total.FindString(s[:m.From])
		if sum, n := added(before, m.Measure); n > 1 && said != "" && sum != m.Amount && !strings.Contains(s, "其中") &&
			!restated(before, m) && (!strings.HasSuffix(said, "共") || !notTotal.MatchString(s[:m.From])) {
			out = append(out, Finding{Code: "totals", Severity: SeverityError, Quote: m.Written,
				Text: kpi.T("check.totals", m.Written, quantity(sum, m.Measure))})
		}
		before = append(before, m)
	}
	return out
}

// restated reports whether a total was stated before its parts, which add up to it:
// 编制6名，行政4名，事业2名，合计6名.
func restated(before []intake.Mention, total intake.Mention) bool {
	for i, m := range before {
		sum, n := added(before[i+1:], total.Measure)
		if n > 1 && sum == total.Amount { // 编制420名，在编398名，编外265名，合计663名
			return true
		}
		if m.Measure == total.Measure && m.Amount == total.Amount && n > 1 && sum == m.Amount {
			return true
		}
	}
	return false
}

func added(mentions []intake.Mention, measure kpi.Measure) (sum kpi.Amount, n int) {
	for _, m := range mentions {
		if m.Measure == measure && m.Precision == kpi.Exact {
			sum, n = sum+m.Amount, n+1
		}
	}
	return sum, n
}

var (
	upTo = regexp.MustCompile(`截[至止]到?\s*(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月`)
	// figuresSaid matches a clause about the report's figures as a whole; the last month it names is the one they are of.
	figuresSaid = regexp.MustCompile(`(?:数据|数字|统计|时点|口径)[^，,；;。“”]{0,20}?(?:\d{1,2}月\d{0,2}日?\s*(?:至|到|—|-|~)\s*)?(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月(?:\d{1,2}[日号]|底|末|份)?(?:\s*(?:至|到|—|-|~)\s*(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月)?`)
	yearSaid    = regexp.MustCompile(`(\d{4})\s*年`)
)

// readingsSaid returns the months that figures are said to be of, each as the words, the year and the month.
func readingsSaid(s string) (out [][]string) {
	out = upTo.FindAllStringSubmatch(s, -1)
	for _, m := range figuresSaid.FindAllStringSubmatch(s, -1) {
		if slices.ContainsFunc(out, func(o []string) bool { return strings.Contains(m[0], o[0]) }) {
			continue
		}
		if m[4] != "" { // 2025年1月1日至10月31日
			m[1], m[2] = m[3], m[4]
		}
		out = append(out, m)
	}
	return out
}

// dates finds as-of dates before the report's own, and last year in places where this year belongs.
func (c *checker) dates(s string) []Finding {
	var out []Finding
	year, last := int(c.Board.Year.Year), c.Board.AsOf.Month
	if c.year != year { // a document of another year is of its end
		year, last = c.year, 12
	}
	for _, m := range readingsSaid(s) {
		month, _ := strconv.Atoi(m[2]) //nolint:errcheck // the pattern is digits
		own := m[1] == "" || m[1] == strconv.Itoa(year)
		yearEnd := c.draft.YearEnd() || c.year != int(c.Board.Year.Year)
		if yearEnd && (own && month < last || !own && m[1] < strconv.Itoa(year)) {
			out = append(out, Finding{Code: "stale_reading", Severity: SeverityWarning, Quote: m[0],
				Text: kpi.T("check.stale_text", m[0], year)})
		}
	}
	for _, m := range yearSaid.FindAllStringSubmatch(s, -1) {
		if m[1] == strconv.Itoa(int(c.Board.Year.Year)-1) && !compares(s) && len(out) == 0 {
			out = append(out, Finding{Code: "last_year", Severity: SeverityNote, Quote: m[0],
				Text: kpi.T("check.last_year_date", m[0])})
		}
	}
	return out
}

// placeOf matches the place in an office's name: up to its 市, 县, 区 or 旗.
var placeOf = regexp.MustCompile(`^.{2,8}?[市县区旗]`)

// shortName finds the office's name shortened inside a text: its place followed by characters of the
// rest in their order, at least the first and another (武冈市妇联 for 武冈市妇女联合会).
func shortName(office, text string) string {
	place := placeOf.FindString(office)
	return abbreviated(place, strings.TrimPrefix(office, place), text)
}

// abbreviated finds a place in a text, followed by the rest of an office's name shortened.
func abbreviated(place, rest, text string) string {
	at := strings.Index(text, place)
	if place == "" || at < 0 {
		return ""
	}
	name, left := place, []rune(rest)
	taken := 0
	for _, r := range text[at+len(place):] {
		i := 0
		for i < len(left) && left[i] != r {
			i++
		}
		if i == len(left) || taken == 0 && i > 0 {
			break
		}
		name, left, taken = name+string(r), left[i+1:], taken+1
	}
	if taken < 2 {
		return ""
	}
	return name
}
