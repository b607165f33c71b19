package intake

import (
	"regexp"
	"strings"

	"dabiao/internal/kpi"
)

// monthTotal matches 累计 with a month: some offices mean the month's total, others the sum since January.
// yearTotal and monthAlone match headings beside which it can only mean the other.
var (
	monthTotal = regexp.MustCompile(`(?:本|当|该|全)月(?:份)?(?:止)?(?:完成)?累计`)
	yearTotal  = regexp.MustCompile(`(?:本年|全年|年度|年初|当年|今年|[1一][月\-—–~～至到]|至今|截至|截止).*累计|^累计|累计(?:至|到)|(?i)yeartodate|ytd|cumulative`)
	monthAlone = regexp.MustCompile(`^(?:本|当|该)月(?:份)?(?:完成|新增|实际|数|发生|合计|小计|$)`)
)

// settleMonthTotals decides, by the headings beside it, what a column headed 本月累计 contains, and asks if they do not
// tell. A person's choice is not changed.
func (t *table) settleMonthTotals() {
	for i := range t.Columns {
		c := &t.Columns[i]
		if _, chosen := t.choices.Roles[c.Index]; chosen || c.Role != ColTotal || !monthTotal.MatchString(bare(c.Heading)) {
			continue
		}
		switch {
		case t.headedBeside(*c, monthAlone):
		case t.headedBeside(*c, yearTotal), t.askMonthTotal(*c) == "month":
			c.Role = ColValue
		}
	}
}

// bare returns a heading without spaces. Unlike plainName it keeps the hyphen: 1-2月 is not 12月.
func bare(heading string) string { return strings.Join(strings.Fields(heading), "") }

// headedBeside reports whether another column of figures in the block of c has such a heading.
func (t *table) headedBeside(c ImportColumn, kind *regexp.Regexp) bool {
	for _, o := range t.Columns {
		if o.Index != c.Index && o.block == c.block && o.Role.value() && !monthTotal.MatchString(bare(o.Heading)) &&
			kind.MatchString(bare(o.Heading)) {
			return true
		}
	}
	return false
}

func (t *table) askMonthTotal(c ImportColumn) string {
	return t.ask(Question{ID: "month_total:" + c.Name(), Row: t.Header, Column: c.Index,
		Text: kpi.T("import_ask_month_total", c.Heading),
		Options: []Option{{"year", kpi.T("import_month_total_year_option")},
			{"month", kpi.T("import_month_total_month_option")}}})
}
