package check

import (
	"regexp"
	"strconv"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// quotients finds percentages that are not the quotient of the two counts beside them.
func quotients(s string, c *checker) []Finding {
	var counts, rates []intake.Mention
	for _, m := range intake.Mentions(s, c.measures, c.names) {
		if m.Measure == kpi.PercentSign {
			rates = append(rates, m)
		} else {
			counts = append(counts, m)
		}
	}
	if len(rates) != 1 || len(counts) != 2 || counts[0].Measure != counts[1].Measure || !strings.ContainsAny(s, "率占") ||
		counts[0].Precision != kpi.Exact || counts[1].Precision != kpi.Exact || rates[0].Precision != kpi.Exact {
		return nil
	}
	if counts[1].To < rates[0].From && growthSaid(s, rates[0]) != "" || isPair(s, counts[0], counts[1]) {
		return nil // the percentage is a growth
	}
	if i := strings.Index(s, "其中"); i > rates[0].From && i < counts[0].From {
		return nil // the counts are parts of what the percentage is of
	}
	a, b, rate := counts[0].Amount, counts[1].Amount, rates[0]
	if a == 0 || b == 0 || quotient(a, b, rate) || quotient(b, a, rate) {
		return nil
	}
	n, d := min(a, b), max(a, b)
	if rate.Amount > 100*kpi.One {
		n, d = d, n
	}
	return []Finding{{Code: "quotient", Severity: SeverityError, Quote: rate.Written,
		Text: kpi.T("check.quotient", rate.Written, n, d, kpi.Rate(n, d))}}
}

// quotient reports whether a rate is a ÷ b, rounded to its written decimals, at most two.
func quotient(a, b kpi.Amount, rate intake.Mention) bool {
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
	for _, m := range intake.Mentions(s, c.measures, c.names) {
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
	upTo     = regexp.MustCompile(`截[至止]\s*(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月`)
	yearSaid = regexp.MustCompile(`(\d{4})\s*年`)
)

// dates finds as-of dates before the report's own, and last year in places where this year belongs.
func (c *checker) dates(s string) []Finding {
	var out []Finding
	year := int(c.Board.Year.Year)
	for _, m := range upTo.FindAllStringSubmatch(s, -1) {
		month, _ := strconv.Atoi(m[2]) //nolint:errcheck // the pattern is digits
		if c.draft.YearEnd() && (month < c.Board.AsOf.Month || m[1] != "" && m[1] != strconv.Itoa(year)) {
			out = append(out, Finding{Code: "stale_reading", Severity: SeverityWarning, Quote: m[0],
				Text: kpi.T("check.stale_text", m[0], year)})
		}
	}
	for _, m := range yearSaid.FindAllStringSubmatch(s, -1) {
		if m[1] == strconv.Itoa(year-1) && !compares(s) && len(out) == 0 {
			out = append(out, Finding{Code: "last_year", Severity: SeverityNote, Quote: m[0],
				Text: kpi.T("check.last_year_date", m[0])})
		}
	}
	return out
}

var allDone = regexp.MustCompile(`(全面|圆满|全部|如期|超额|均已|顺利)完成|全部达标`)

// claims finds "all done" while indicators have no target or have missed it.
func (c *checker) claims(s string) []Finding {
	said := allDone.FindString(s)
	if said == "" {
		return nil
	}
	without, late := 0, 0
	for i := range c.figures {
		switch f := &c.figures[i]; {
		case f.Target == nil:
			without++
		case !f.Met:
			late++
		}
	}
	switch {
	case late > 0:
		return []Finding{{Code: "claims_complete", Severity: SeverityError, Quote: said,
			Text: kpi.T("check.claims_missed", said, late)}}
	case without > 0:
		return []Finding{{Code: "claims_complete", Severity: SeverityWarning, Quote: said,
			Text: kpi.T("check.claims_complete", said, without)}}
	}
	return nil
}

var under = regexp.MustCompile(`在([^，,。；]{1,40}?)的?(正确|坚强|精心|悉心|大力|统一|直接|具体|关心|业务|有力)*(领导|指导|支持|关怀|带领)(和|与|、|下)`)

// guidance finds the office's own name where that of the office above it belongs.
func (c *checker) guidance(s string) []Finding {
	for _, m := range under.FindAllStringSubmatch(s, -1) {
		for _, name := range []string{c.Office.Name, shortName(c.Office.Name, m[1]), "本单位", "我单位"} {
			if name != "" && strings.Contains(m[1], name) {
				return []Finding{{Code: "own_name", Severity: SeverityError, Quote: m[0],
					Text: kpi.T("check.own_name", m[0], name)}}
			}
		}
	}
	return nil
}

// placeOf matches the place in an office's name: up to its 市, 县, 区 or 旗.
var placeOf = regexp.MustCompile(`^.{2,8}?[市县区旗]`)

// shortName finds the office's name shortened inside a text: its place followed by characters of the
// rest in their order, at least the first and another (武冈市妇联 for 武冈市妇女联合会).
func shortName(office, text string) string {
	place := placeOf.FindString(office)
	rest, found := strings.CutPrefix(office, place)
	at := strings.Index(text, place)
	if place == "" || !found || at < 0 {
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

// numeralStyles match the ways passages are numbered; the first group is the number.
var numeralStyles = []*regexp.Regexp{
	regexp.MustCompile(`(?m)^\s*([一二三四五六七八九十]{1,3})、`),
	regexp.MustCompile(`(?m)^\s*[（(]([一二三四五六七八九十]{1,3})[）)]`),
	regexp.MustCompile(`(?m)^\s*(\d{1,2})\s*[.．、][^\d]`),
	regexp.MustCompile(`(?m)^\s*[（(](\d{1,2})[）)]`),
	regexp.MustCompile(`(?:^|[。；，、：\n])\s*([一二三四五六七八九十]{1,3})是`),
}

// numerals finds gaps in the numbers of passages: 一是…二是…四是….
func numerals(text string) []Finding {
	var out []Finding
	for _, style := range numeralStyles {
		last := 0
		for _, m := range style.FindAllStringSubmatch(text, -1) {
			n := ordinal(m[1])
			if n != 1 && n != last+1 && n != 0 {
				out = append(out, Finding{Code: "numeral", Severity: SeverityWarning, Quote: strings.TrimSpace(m[0]),
					Text: kpi.T("check.numeral", strings.Trim(m[0], " \n。；，、："), last+1)})
			}
			last = n
		}
	}
	return out
}

func ordinal(s string) int {
	a, err := intake.Number(s)
	if err != nil {
		return 0
	}
	return int(a / kpi.One)
}
