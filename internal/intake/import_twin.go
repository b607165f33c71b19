package intake

import (
	"regexp"
	"slices"

	"dabiao/internal/kpi"
)

// One figure as reported and as verified above: 上报数 | 审核数. Either may be the one that counts. Other headings
// with 审核 (审核人, 审核日期, 核减数) are not meant.
var (
	reviewedHeading = regexp.MustCompile(`^(?:累计|本[月期次])?(?:[省市州县区乡镇街道村]+级?|上级|部门|单位|主管|业务)?(?:审核|审定|审计|核定|核实|核查|核准|复核|确认|认定|校核|验收)(?:后|的|完成)*` + reviewedEnd + `$|` +
		`^(?:actual|figure|value|number|total)?(?:verified|audited|approved|confirmed|validated|checked|reviewed)` +
		reviewedEndEn + `$`)
	reportedHeading = regexp.MustCompile(`^(?:累计|本[月期次])?(?:[省市州县区乡镇街道村]+级?|下级|基层|单位|部门|自行)?(?:上报|报送|填报|申报|自报|自评|自查|初报)(?:的|完成)*` + reviewedEnd + `$|` +
		`^(?:actual|figure|value|number|total)?(?:reported|submitted|selfreported|selfassessed|claimed)` +
		reviewedEndEn + `$`)
)

const (
	reviewedEnd   = `(?:[数值量]|数据|数量|户数|人数|人次|场次|金额|情况|结果)?`
	reviewedEndEn = `(?:actuals?|figures?|values?|numbers?|totals?|amounts?|counts?|results?|todate)?`
)

// isReviewed reports whether a plain heading is about a reported or verified figure.
func isReviewed(name string) bool {
	return reviewedHeading.MatchString(name) || reportedHeading.MatchString(name)
}

// settleTwins asks which of several columns counts that have different numbers for the same figures: 上报数 and 核定数.
// The first counts until that is answered; columns whose role a person chose are not asked about.
func (t *table) settleTwins(places []int) {
	for _, i := range places {
		c := t.Columns[i]
		_, chosen := t.choices.Roles[c.Index]
		if _, remembered := t.choices.Remembered[c.Heading]; chosen || remembered {
			return
		}
	}
	first := t.Columns[places[0]]
	if !slices.ContainsFunc(places[1:], func(i int) bool { return t.differ(first, t.Columns[i]) }) {
		return
	}
	slices.Sort(places)
	q := Question{ID: "twin:" + t.Columns[places[0]].Name(), Row: t.Header, Column: t.Columns[places[0]].Index,
		Text: kpi.T("import_ask_twin")}
	for _, i := range places {
		c := t.Columns[i]
		q.Options = append(q.Options, Option{c.Name(), kpi.T("import_column_option", c.Name(), c.Heading)})
	}
	answer := t.ask(q)
	for _, i := range places {
		if c := &t.Columns[i]; answer != "" && c.Name() != answer {
			c.Role, c.why = ColIgnore, kpi.T("import_column_second")
		} else if answer != "" {
			c.Role, c.why = first.Role, kpi.Text{}
		}
	}
}

// differ reports whether a column has another number than the first, or one where the first has none.
func (t *table) differ(first, c ImportColumn) bool {
	return slices.ContainsFunc(t.grid.Rows[t.body:], func(r GridRow) bool {
		a, b := r.Cell(first.Index), r.Cell(c.Index)
		if b.isNoValue() || a.Text == b.Text {
			return false
		}
		x, ok := plainAmount(a.Text)
		y, also := plainAmount(b.Text)
		return also && !(ok && x == y)
	})
}

// holdsFigures reports whether a column is empty or has a number.
func (t *table) holdsFigures(c ImportColumn) bool {
	empty := true
	for _, row := range t.grid.Rows[t.body:min(t.body+200, len(t.grid.Rows))] {
		cell := row.Cell(c.Index)
		if _, number := plainAmount(cell.Text); number {
			return true
		}
		empty = empty && cell.isNoValue()
	}
	return empty
}
