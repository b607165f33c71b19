package check

import (
	"regexp"

	"dabiao/internal/kpi"
)

var (
	totalRow    = regexp.MustCompile(`^(合\s*计|总\s*计|共\s*计|小\s*计|总\s*分|总\s*得\s*分|得分合计|自评总分|评价总分|(?i:total|subtotal|total score))\s*([（(][^）)]*[）)])?\s*[:：]?$`)
	subtotalRow = regexp.MustCompile(`小\s*计|(?i)subtotal`)
	partRow     = regexp.MustCompile(`^(其中|(?i:of which))`)
)

func (r docRow) isTotal() bool { return totalRow.MatchString(r.label()) }

// totals finds columns whose total is not what stands above it, or below where it comes first: all rows, those
// since the total before, or the subtotals.
func (t *docTable) totals(at int) []Finding {
	var out []Finding
	for column := range t.rows[at].cells {
		written, ok := t.rows[at].numbers[column]
		head := t.head(column)
		ofPoints := t.isPoints(column)
		if ofPoints {
			written = written.exactly()
		}
		if !ok || t.isRate(t.rows[at], column) || written.measure == "%" && !ofPoints || !ofPoints && (rateHead.MatchString(head) || otherHead.MatchString(head)) {
			continue
		}
		sums := t.sums(at, column)
		if sums.all.mixed || sums.all.count < 2 || sums.are(written) || ofPoints && t.pointsElsewhere(at, column, sums.all, written) {
			continue
		}
		out = append(out, Finding{Code: "totals", Severity: SeverityError, Quote: written.written,
			Text: kpi.T("check.column_totals", head, written.written, sums.told(subtotalRow.MatchString(t.rows[at].label())).amount)})
	}
	return out
}

// columnSums are the sums a total may be.
type columnSums struct{ all, since, subtotals sumOf }

// sums adds up the column above a total, or below one that comes first.
func (t *docTable) sums(at, column int) (s columnSums) {
	rows := t.rows[:at]
	if s = t.sumsOf(rows, column); s.all.count == 0 {
		rows = t.rows[at+1:]
		s = t.sumsOf(rows, column)
		for i, row := range rows {
			if row.isTotal() {
				s.since = t.sumsOf(rows[:i], column).all // up to the next one
				break
			}
		}
	}
	return s
}

func (t *docTable) sumsOf(rows []docRow, column int) (s columnSums) {
	for _, row := range rows {
		n, ok := row.numbers[column]
		measure := t.measure(row, column)
		if t.isPoints(column) {
			n, measure = n.exactly(), ""
		}
		switch label := row.label(); {
		case row.isTotal():
			s.since = sumOf{}
			if ok && subtotalRow.MatchString(label) {
				s.subtotals.add(n, measure)
			}
		case ok && !partRow.MatchString(label):
			s.all.add(n, measure)
			s.since.add(n, measure)
		}
	}
	return s
}

// are reports whether a total is one of the sums, or half of all, where each heading stands with the sum of what is
// under it.
func (s columnSums) are(n tableNumber) bool {
	twice := n
	twice.amount *= 2
	return s.all.is(n) || s.since.count > 0 && s.since.is(n) || s.subtotals.count > 0 && s.subtotals.is(n) || s.all.count > 3 && s.all.is(twice)
}

// told is the sum that a total should have been.
func (s columnSums) told(subtotal bool) sumOf {
	if s.since.count > 1 && s.since.count < s.all.count && subtotal {
		return s.since
	}
	return s.all
}
