package check

import (
	"regexp"
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

var (
	totalRow    = regexp.MustCompile(`^(合\s*计|总\s*计|共\s*计|小\s*计|总\s*分|总\s*得\s*分|得分合计|自评总分|评价总分|(?i:total|subtotal|total score))\s*([（(][^）)]*[）)])?\s*[:：]?$`)
	subtotalRow = regexp.MustCompile(`小\s*计|(?i)subtotal`)
	partRow     = regexp.MustCompile(`^(其中|(?i:of which))`)
)

func (r docRow) isTotal() bool { return totalRow.MatchString(r.label()) }

// totals finds columns whose total is not the sum of what is above it, or below it if it comes first:
// of all rows, of those since the total before, or of the subtotals.
func (t *docTable) totals(at int) []Finding {
	var out []Finding
	for column := range t.rows[at].cells {
		written, ok := t.rows[at].numbers[column]
		head := t.head(column)
		ofPoints := t.isPoints(column)
		if ofPoints {
			written = written.exactly()
		}
		if !ok || t.isRate(t.rows[at], column) || written.measure == "%" && !ofPoints || !ofPoints &&
			(rateHead.MatchString(head) || otherHead.MatchString(head)) {
			continue
		}
		sums := t.sums(at, column)
		if sums.all.mixed || sums.all.count < 2 || sums.are(written) || ofPoints &&
			t.pointsElsewhere(at, column, sums.all, written) {
			continue
		}
		out = append(out, Finding{Code: "totals", Severity: SeverityError, Quote: written.written,
			Text: kpi.T("check.column_totals", head, written.written,
				sums.told(subtotalRow.MatchString(t.rows[at].label())).amount)})
	}
	return out
}

// columnSums are the sums that a total may be.
type columnSums struct {
	all, since, subtotals sumOf
	single                sumOf        // without headings, which show the sum of what is under them
	each                  []kpi.Amount // all numbers, in order
}

// sums adds up the column above a total, or below a total that comes first.
func (t *docTable) sums(at, column int) (s columnSums) {
	rows := t.rows[:at]
	if s = t.sumsOf(rows, column); s.all.count == 0 {
		rows = t.rows[at+1:]
		s = t.sumsOf(rows, column)
		for i, row := range rows {
			if row.isTotal() {
				s.since = t.sumsOf(rows[:i], column).all // up to the next total
				break
			}
		}
	}
	return s
}

func (t *docTable) sumsOf(rows []docRow, column int) (s columnSums) {
	for i, row := range rows {
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
			s.each = append(s.each, n.amount)
			if len(children(rows[i:])) == 0 {
				s.single.add(n, measure)
			}
		}
	}
	return s
}

// are reports whether a total is one of the sums: of all, of those since the total before, of the
// subtotals, or of headings that show the sum of what is under them.
func (s columnSums) are(n tableNumber) bool {
	twice := n
	twice.amount *= 2
	return s.all.is(n) || s.since.count > 0 && s.since.is(n) || s.subtotals.count > 0 && s.subtotals.is(n) ||
		s.single.count > 0 && s.single.is(n) || s.all.count > 3 && s.all.is(twice) ||
		len(s.each) < maxNested && nested(s.each, n.amount)
}

// told returns the sum that a total should have been.
func (s columnSums) told(subtotal bool) sumOf {
	switch {
	case s.since.count > 1 && s.since.count < s.all.count && subtotal:
		return s.since
	case s.single.count > 0:
		return s.single
	}
	return s.all
}

// children returns the rows below a heading, which is the first of the rows given: those that begin in
// a column further right, where the heading has nothing. 产出 | | 50 has the children | 甲 | 20 and |
// 乙 | 30.
func children(rows []docRow) []docRow {
	heading, n := rows[0].from(), 1
	for n < len(rows) && rows[n].from() > heading && !rows[n].isTotal() {
		if at := rows[n].from(); at < len(rows[0].cells) && strings.TrimSpace(rows[0].cells[at]) != "" {
			return nil // merged over the rows below, and its own row is one of them
		}
		n++
	}
	return rows[1:n]
}

// from returns the column of a row's first text that is not a number, or -1.
func (r docRow) from() int {
	for i, cell := range r.cells {
		if _, number := r.numbers[i]; !number && strings.TrimSpace(cell) != "" {
			return i
		}
	}
	return -1
}

// headed finds points of a heading that are not the sum of those under it.
func (t *docTable) headed(at int) (out []Finding) {
	row, below := t.rows[at], children(t.rows[at:])
	for column := range row.cells {
		written, ok := row.numbers[column]
		if !ok || len(below) == 0 || !t.isPoints(column) {
			continue
		}
		if sums := t.sumsOf(below, column); sums.single.count > 1 && !sums.are(written.exactly()) {
			out = append(out, Finding{Code: "totals", Severity: SeverityError, Quote: written.written,
				Text: kpi.T("check.heading_total", t.head(column), row.label(), written.written, sums.single.amount)})
		}
	}
	return out
}

const maxNested = 60 // no table seen with more rows had headings among them

// nested reports whether the numbers are headings, each followed by the numbers it is the sum of, on
// any number of levels, and the topmost add up to total: 50, 20, 30 to 50.
func nested(numbers []kpi.Amount, total kpi.Amount) bool {
	type place struct {
		at   int
		want kpi.Amount
	}
	known := map[place][]int{}
	var ends func(at int, want kpi.Amount) []int // returns where rows from at on may stop that add up to want
	ends = func(at int, want kpi.Amount) (out []int) {
		p := place{at, want}
		if found, ok := known[p]; ok {
			return found
		}
		if want == 0 {
			out = append(out, at)
		}
		if at < len(numbers) && numbers[at] >= 0 && numbers[at] <= want {
			out = append(out, ends(at+1, want-numbers[at])...)
			for _, next := range ends(at+1, numbers[at]) {
				if next > at+1 {
					out = append(out, ends(next, want-numbers[at])...)
				}
			}
		}
		slices.Sort(out)
		known[p] = slices.Compact(out)
		return known[p]
	}
	var headings func(at int, want kpi.Amount) bool
	headings = func(at int, want kpi.Amount) bool {
		if at == len(numbers) {
			return want == 0
		}
		return numbers[at] <= want && slices.ContainsFunc(ends(at+1, numbers[at]), func(next int) bool {
			return next > at+1 && headings(next, want-numbers[at])
		})
	}
	return len(numbers) > 2 && headings(0, total)
}
