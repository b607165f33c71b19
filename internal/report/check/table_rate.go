package check

import (
	"strings"

	"dabiao/internal/kpi"
)

// isRate reports whether a number is a percentage: it says so, or its column does.
func (t *docTable) isRate(row docRow, column int) bool {
	n, ok := row.numbers[column]
	head := t.head(column)
	return ok && !otherHead.MatchString(head) && rateHead.MatchString(head) &&
		(n.measure == "%" || n.measure == "" && strings.ContainsAny(head, "%％"))
}

// rates finds percentages that are the quotient of no two numbers of their row. It is said only where the
// heads, or there being two numbers alone, tell which two they ought to be of. Groups side by side have each their own.
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

// measured are the numbers between two columns that say what was achieved, what was to be, and both.
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
