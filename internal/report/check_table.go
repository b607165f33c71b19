package report

import (
	"regexp"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// docTable is a table of a document written elsewhere: what its columns are called, and its rows.
type docTable struct {
	heads []string // by column, what stands above the first number in it
	rows  []docRow
}

type docRow struct {
	section SectionKey
	cells   []string
	numbers map[int]tableNumber // by column
}

// tables are a document's, in order.
func tables(lines []intake.Line) []*docTable {
	var order []*docTable
	known := map[int]*docTable{}
	for _, l := range lines {
		if l.Table == 0 {
			continue
		}
		t := known[l.Table]
		if t == nil {
			t = &docTable{}
			known[l.Table], order = t, append(order, t)
		}
		t.add(l)
	}
	return order
}

// add takes a row: one without numbers before the first number names the columns.
func (t *docTable) add(l intake.Line) {
	row := docRow{RowKey(l.Table, l.Row), l.Cells, map[int]tableNumber{}}
	for i, cell := range l.Cells {
		if n, ok := readNumber(cell); ok {
			row.numbers[i] = n
		}
	}
	if len(t.rows) > 0 || len(row.numbers) > 0 {
		t.rows = append(t.rows, row)
		return
	}
	for i, cell := range l.Cells {
		for len(t.heads) <= i {
			t.heads = append(t.heads, "")
		}
		t.heads[i] += strings.ReplaceAll(cell, "\n", "")
	}
}

func (t *docTable) head(column int) string {
	if column < len(t.heads) {
		return t.heads[column]
	}
	return ""
}

var (
	rateHead    = regexp.MustCompile(`率|比例|占比|(?i)rate|%`)
	doneHead    = regexp.MustCompile(`完成|实际|实绩|执行|支出|(?i)achieve|actual|spent|done`)
	goalHead    = regexp.MustCompile(`目标|任务|计划|预算|指标值|(?i)target|budget|planned`)
	otherHead   = regexp.MustCompile(`序号|编号|分值|权重|得分|评分|(?i)^no\.?$|weight|score|points`)
	nameHead    = regexp.MustCompile(`指标|名称|项目|内容|事项|工作|(?i)indicator|name`)
	initialHead = regexp.MustCompile(`年初|(?i)initial|opening`) // what a rate of the year's end is not of
	measureHead = regexp.MustCompile(`^(计量)?单位$|(?i)^(unit|measure)$`)
	totalRow    = regexp.MustCompile(`^(合\s*计|总\s*计|共\s*计|小\s*计|(?i:total|subtotal))$`)
	subtotalRow = regexp.MustCompile(`小\s*计|(?i)subtotal`)
	partRow     = regexp.MustCompile(`^(其中|(?i:of which))`)
)

// label is the first cell of a row that says something.
func (r docRow) label() string {
	for _, cell := range r.cells {
		if cell = strings.TrimSpace(cell); cell != "" {
			return cell
		}
	}
	return ""
}

// findings are what does not add up in the table.
func (t *docTable) findings() []Finding {
	var out []Finding
	for i, row := range t.rows {
		found := t.rates(row)
		if totalRow.MatchString(row.label()) {
			found = append(found, t.totals(i)...)
		}
		out = append(out, passage{row.section, ""}.found(found)...)
	}
	return out
}

// rates finds percentages that are the quotient of no two numbers of their row. It is said only where the
// heads, or there being two numbers alone, tell which two they ought to be of.
func (t *docTable) rates(row docRow) []Finding {
	var out []Finding
	for column := range row.cells {
		rate := row.numbers[column]
		if rate.measure != "%" || !rateHead.MatchString(t.head(column)) {
			continue
		}
		var done, goal, all []tableNumber
		for k := range row.cells {
			n, ok := row.numbers[k]
			head := t.head(k)
			if !ok || k == column || n.measure == "%" || otherHead.MatchString(head) || initialHead.MatchString(head) {
				continue
			}
			all = append(all, n)
			switch isDone := doneHead.MatchString(head); {
			case isDone && !goalHead.MatchString(head):
				done = append(done, n)
			case !isDone && goalHead.MatchString(head):
				goal = append(goal, n)
			}
		}
		if len(done) == 1 && len(goal) == 1 && !anyQuotient(all, rate) && goal[0].amount > 0 {
			out = append(out, Finding{Code: "quotient", Severity: SeverityError, Quote: rate.written,
				Text: kpi.T("check.quotient", rate.written, done[0].amount, goal[0].amount, kpi.Rate(done[0].amount, goal[0].amount))})
		}
	}
	return out
}

// totals finds columns whose total is not what stands above it: all rows, those since the total before, or
// the subtotals.
func (t *docTable) totals(at int) []Finding {
	var out []Finding
	for column := range t.rows[at].cells {
		written, ok := t.rows[at].numbers[column]
		head := t.head(column)
		if !ok || written.measure == "%" || rateHead.MatchString(head) || otherHead.MatchString(head) {
			continue
		}
		all, since, subtotals := sumOf{}, sumOf{}, sumOf{}
		for _, row := range t.rows[:at] {
			n, ok := row.numbers[column]
			switch label := row.label(); {
			case totalRow.MatchString(label):
				since = sumOf{}
				if ok && subtotalRow.MatchString(label) {
					subtotals.add(n, t.measure(row, column))
				}
			case ok && !partRow.MatchString(label):
				all.add(n, t.measure(row, column))
				since.add(n, t.measure(row, column))
			}
		}
		if all.mixed || all.count < 2 || all.is(written) || since.count > 0 && since.is(written) || subtotals.count > 0 && subtotals.is(written) {
			continue
		}
		told := all
		if since.count > 1 && since.count < all.count && subtotalRow.MatchString(t.rows[at].label()) {
			told = since
		}
		out = append(out, Finding{Code: "totals", Severity: SeverityError, Quote: written.written,
			Text: kpi.T("check.column_totals", head, written.written, told.amount)})
	}
	return out
}

// measure is a number's own, or that of its row.
func (t *docTable) measure(row docRow, column int) string {
	if n := row.numbers[column]; n.measure != "" {
		return n.measure
	}
	for i, cell := range row.cells {
		if measureHead.MatchString(t.head(i)) {
			return strings.TrimSpace(cell)
		}
	}
	return ""
}

// statements are what a row says was achieved, as prose would say it: 培训妇女人数：1259人.
func (t *docTable) statements(row docRow) []string {
	name := ""
	for i, cell := range row.cells {
		if _, number := row.numbers[i]; number || strings.TrimSpace(cell) == "" {
			continue
		}
		if head := t.head(i); nameHead.MatchString(head) && !goalHead.MatchString(head) && !doneHead.MatchString(head) {
			name = strings.ReplaceAll(strings.TrimSpace(cell), "\n", "")
		}
	}
	if name == "" || general.MatchString(name) || totalRow.MatchString(row.label()) {
		return nil
	}
	var out []string
	for column, cell := range row.cells {
		n, ok := row.numbers[column]
		head := t.head(column)
		if !ok || n.measure == "%" || !doneHead.MatchString(head) || goalHead.MatchString(head) || rateHead.MatchString(head) || otherHead.MatchString(head) {
			continue
		}
		if n.measure == "" {
			cell = n.written + t.measure(row, column)
		}
		out = append(out, name+"："+strings.TrimLeft(strings.TrimSpace(cell), "≥≤＞＜＝>=< "))
	}
	return out
}
