package check

import (
	"strings"

	"dabiao/internal/kpi"
)

// isRate reports whether a number is a percentage, by its own measure or its column's head.
func (t *docTable) isRate(row docRow, column int) bool {
	n, ok := row.numbers[column]
	head := t.head(column)
	return ok && !otherHead.MatchString(head) && rateHead.MatchString(head) &&
		(n.measure == "%" || n.measure == "" && strings.ContainsAny(head, "%％"))
}

// rates finds percentages that are not the quotient of any two numbers of their row. It reports one
// only if the heads, or there being just two numbers, show which numbers it should be the quotient of.
// Groups of columns side by side are checked separately.
func (t *docTable) rates(row docRow) []Finding {
	var columns []int
	for column := range row.cells {
		if t.isRate(row, column) {
			columns = append(columns, column)
		}
	}
	var out []Finding
	for i, column := range columns {
		from, to := 0, len(row.cells)
		if len(columns) > 1 {
			to = column
		}
		if i > 0 {
			from = columns[i-1]
		}
		done, goal, all := t.measured(row, from, to)
		rate := row.numbers[column]
		if len(done) == 1 && len(goal) == 1 && !anyQuotient(all, rate) && goal[0].amount > 0 {
			out = append(out, Finding{Code: "quotient", Severity: SeverityError, Quote: rate.written,
				Text: kpi.T("check.quotient", rate.written, done[0].amount, goal[0].amount,
					kpi.Rate(done[0].amount, goal[0].amount))})
		}
	}
	return out
}

// measured returns the numbers between two columns: achievements, targets, and both.
func (t *docTable) measured(row docRow, from, to int) (done, goal, all []tableNumber) {
	for k := from; k < to; k++ {
		n, ok := row.numbers[k]
		head := t.head(k)
		if !ok || n.measure == "%" || otherHead.MatchString(head) || initialHead.MatchString(head) ||
			rateHead.MatchString(head) || earlierHead.MatchString(head) {
			continue
		}
		all = append(all, n)
		if t.isDone(k) {
			done = append(done, n)
		} else if t.isGoal(k) {
			goal = append(goal, n)
		}
	}
	return done, goal, all
}
