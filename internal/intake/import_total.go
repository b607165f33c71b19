package intake

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// columnSum is the sum of a column since its last total and since its last subtotal.
type columnSum struct {
	all, part kpi.Amount
	rough     bool
	any       bool // a figure was added
	measure   kpi.Measure
	mixed     bool // figures of several measures, whose total means nothing
}

// totalWord returns the word that makes a row a total.
func (t *table) totalWord(row GridRow) (word string, ok bool) {
	for _, c := range t.Columns {
		if c.Role.value() {
			break
		}
		cell := row.Cell(c.Index)
		if cell.Kind != CellText || !t.isTotal(cell.Text) {
			continue
		}
		if _, why := t.words.unit(cell.Text); why.Key == "" {
			return "", false
		}
		if _, why := t.words.indicator(cell.Text); why.Key == "" {
			return "", false
		}
		return cell.Text, true
	}
	return "", false
}

// isTotal caches its results, because the same words occur in every row.
func (t *table) isTotal(text string) bool {
	is, ok := t.totals[text]
	if !ok {
		is = isTotal(text)
		if len(t.totals) < maxGridRows {
			t.totals[text] = is
		}
	}
	return is
}

// readTotals compares a row of totals with the rows above it.
func (t *table) readTotals(row GridRow, word string) {
	for _, c := range t.Columns {
		cell := row.Cell(c.Index)
		if !c.Role.value() || cell.Kind == CellEmpty || len(c.less) > 0 {
			continue
		}
		sum := t.sums[c.Index]
		if sum == nil {
			sum = &columnSum{}
			t.sums[c.Index] = sum
		}
		computed := sum.all
		if isSubtotal(word) {
			computed = sum.part
		}
		sum.part = 0
		stated, ok := plainAmount(cell.Text)
		switch {
		case !ok || sum.mixed:
		case !sum.any && !isSubtotal(word): // it precedes its rows
			t.above = append(t.above, Total{Row: row.Number, Column: c.Index, Stated: stated})
		default:
			t.Totals = append(t.Totals, Total{row.Number, c.Index, stated, computed, sum.rough})
			t.addsAll(c.Index, !isSubtotal(word) && stated == computed && !sum.rough)
		}
	}
}

// compareAbove compares totals that precede their rows.
func (t *table) compareAbove() {
	for _, total := range t.above {
		if sum := t.sums[total.Column]; sum.any && !sum.mixed {
			total.Computed, total.Rough = sum.all, sum.rough
			t.Totals = append(t.Totals, total)
			t.addsAll(total.Column, total.Stated == total.Computed && !total.Rough)
		}
	}
}

// plainAmount returns the number in a cell, whatever its measure.
func plainAmount(text string) (kpi.Amount, bool) {
	if a, err := Number(strings.TrimSuffix(width.Fold.String(text), "%")); err == nil {
		return a, true
	}
	q, err := Quantity(text, "")
	if err != nil {
		f, err := read(text, "")
		if err != nil {
			return 0, false
		}
		a, err := f.decimal.amount(text)
		return a, err == nil
	}
	return q.Amount, true
}

// addUp adds a figure to the sum of its column, in the measure in which the column writes it.
func (t *table) addUp(c ImportColumn, cell Cell, f Figure) {
	sum := t.sums[c.Index]
	if sum == nil {
		sum = &columnSum{}
		t.sums[c.Index] = sum
	}
	if !sum.any {
		sum.measure = f.Indicator.Measure
	}
	sum.any = true
	sum.mixed = sum.mixed || f.Indicator.Measure != sum.measure || f.Indicator.Code != "" && !f.Indicator.Kind.OverUnits()
	a, err := kpi.ParseAmount(cell.Text)
	if err != nil {
		a = f.Quantity.Amount
		if written, err := Number(cell.Text); err == nil { // in the column's measure, as its total is
			a = written
		}
		sum.rough = sum.rough || len(f.Mistakes) > 0 || f.Quantity.Precision != kpi.Exact
	}
	sum.all += a
	sum.part += a
}

// compareRate asks about a stated rate that differs from the quotient beside it.
func (t *table) compareRate(f *Figure, row GridRow, of ImportColumn) {
	c, ok := t.beside(of, ColRate)
	if !ok || f.Target == nil || f.Target.Amount <= 0 {
		return
	}
	cell := row.Cell(c.Index)
	stated, ok := plainAmount(cell.Text)
	if !ok || cell.Kind == CellEmpty {
		return
	}
	exact := kpi.Divide(f.Quantity.Amount, f.Target.Amount)
	same := func(a kpi.Amount) bool { return exact.Says(a, min(a.Decimals(), 2)) }
	percent := cell.Kind == CellPercent || strings.ContainsAny(cell.Text, "%％") || strings.ContainsAny(c.Heading, "%％")
	if same(stated) || !percent && same(stated.Times(100, 1)) {
		return
	}
	if !percent && stated < 5*kpi.One {
		stated = stated.Times(100, 1)
	}
	t.Asks = append(t.Asks, Mistake{row.Number, c.Index,
		kpi.T("import_rate_differs", f.Indicator.Name, stated.String(), exact.Percent().String())})
}

// sumsRow reports whether a column of totals sums others beside it: several units, or months that make up its whole
// period. 1-10月累计 beside 10月 does not.
func (t *table) sumsRow(c ImportColumn) bool {
	soFar := ofSoFar.MatchString(c.Heading)
	units, across, last := 0, 0, 0
	var months [13]bool
	for _, o := range t.Columns {
		figures := o.Role.value() || o.Role == colDone || o.Role == ""
		if !figures || o.Index == c.Index || o.Indicator != c.Indicator || ofSoFar.MatchString(o.Heading) {
			continue
		}
		switch {
		case o.Unit != "" && c.Unit == "":
			units++
		case o.month && o.Unit == c.Unit && o.span.months() <= 6:
			across++
			for m := max(o.span.first, 1); m <= o.span.month; m++ {
				months[m], last = true, max(last, o.span.month)
			}
		}
	}
	if units > 1 || across < 2 {
		return units > 1
	}
	first := 1
	switch {
	case c.spanned:
		last = c.span.month
		if !soFar {
			first = c.span.first
		}
	case !soFar || !t.title.found:
		return true
	default:
		last = t.title.month
	}
	for m := max(first, 1); m <= last; m++ {
		if !months[m] {
			return false
		}
	}
	return true
}

// leaveAcross leaves out a column 合计 beside columns of different indicators: it belongs to none, and families plus
// lectures mean nothing. Beside one indicator it belongs to that.
func (t *table) leaveAcross(c *ImportColumn) {
	if c.Role != ColSum && c.Role != ColTotal || c.Indicator != "" || !isTotal(c.Heading) {
		return
	}
	across := map[string]bool{}
	for _, o := range t.Columns {
		if o.Indicator != "" {
			across[o.Indicator] = true
		}
	}
	switch {
	case len(across) > 1:
		c.Role, c.why = ColIgnore, kpi.T("import_column_across")
	case len(across) == 1 && t.subject == nil && roleOfHeading(c.Heading) == ColSum:
		c.Role = ColSum
	}
}

// compareRow compares the totals of a row with the figures beside it.
func (t *table) compareRow(row GridRow, figures []Figure) {
	before := -1
	for _, c := range t.Columns {
		if c.Role != ColSum {
			continue
		}
		left := before
		before = c.Index
		stated, ok := plainAmount(row.Cell(c.Index).Text)
		if row.Cell(c.Index).Kind == CellEmpty || !ok {
			continue
		}
		total, any := Total{Row: row.Number, Column: c.Index, Stated: stated}, false
		for _, f := range figures {
			if !t.adds(c, f.Column, left) {
				continue
			}
			any = true
			a, ok := plainAmount(row.Cell(f.Column).Text)
			total.Computed += a
			total.Rough = total.Rough || !ok || f.Quantity.Precision != kpi.Exact
		}
		if any {
			t.Totals = append(t.Totals, total)
		}
	}
}

// adds reports whether a row's total includes a figure's column: one of the same indicator, unit and block within
// its period; 小计 without a period includes the columns since the total before it.
func (t *table) adds(c ImportColumn, column, left int) bool {
	at := slices.IndexFunc(t.Columns, func(o ImportColumn) bool { return o.Index == column })
	if at < 0 {
		return true
	}
	o := t.Columns[at]
	switch {
	case o.block != c.block, c.Indicator != "" && o.Indicator != c.Indicator, c.Unit != "" && o.Unit != c.Unit:
		return false
	case c.spanned && o.spanned:
		return o.span.month <= c.span.month && (ofSoFar.MatchString(c.Heading) || o.span.first >= c.span.first)
	case !c.spanned && isSubtotal(c.Heading):
		return left < column && column < c.Index
	}
	return true
}

var derivedRow = regexp.MustCompile(`^(?:(?:全[县市区镇乡]|各[乡镇村]+|合计|总)?(?:平均|均值|平均数|平均值|平均水平|中位数|最高|最高值|最大值|最低|最低值|最小值)|增长率?%?|增[幅速长]%?|同比(?:增[长幅速])?%?|环比(?:增[长幅速])?%?|` +
	`占比%?|比重%?|完成率%?|[上去]年同期数?|上[月年]数?|average|mean|median|maximum|minimum|max|min|growth|share|sameperiodlastyear)$`)

// isDerived reports whether a row is derived from others: 平均, 占比, 上年同期 in the column of names.
func (t *table) isDerived(row GridRow) (column int, is bool) {
	for _, c := range t.Columns {
		cell := row.Cell(c.Index)
		if c.Role.value() {
			break
		}
		if cell.Kind == CellText && derivedRow.MatchString(plainName(cell.Text)) && !t.names(cell) {
			return c.Index, c.Role == ColUnit || c.Role == ColIndicator || c.Role == ColIgnore || c.Role == ColCode
		}
	}
	return 0, false
}
