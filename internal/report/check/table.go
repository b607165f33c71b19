package check

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"dabiao/internal/intake"
	"dabiao/internal/report"
)

// docTable is a table of a document written elsewhere, or a part of one with heads of its own.
type docTable struct {
	heads     []string // by column: the texts of the rows above the first row with numbers
	rows      []docRow
	before    *docTable
	elsewhere bool // the document mentions budget execution, whose points may be in another table
}

type docRow struct {
	section report.SectionKey
	cells   []string
	numbers map[int]tableNumber // by column
}

// tables returns a document's tables in order.
func tables(lines []intake.Line) []*docTable {
	var order []*docTable
	last := map[int]*docTable{}
	elsewhere := slices.ContainsFunc(lines, func(l intake.Line) bool {
		return strings.Contains(l.Text, "执行") || strings.Contains(strings.ToLower(l.Text), "execution")
	})
	for _, l := range lines {
		if l.Table == 0 {
			continue
		}
		row := newDocRow(l)
		if t := last[l.Table]; t == nil || len(t.rows) > 0 && row.isHeads() {
			last[l.Table] = &docTable{elsewhere: elsewhere}
			if n := len(order); n > 0 {
				last[l.Table].before = order[n-1]
			}
			order = append(order, last[l.Table])
		}
		last[l.Table].add(row)
	}
	return order
}

func newDocRow(l intake.Line) docRow {
	row := docRow{report.RowKey(l.Table, l.Row), l.Cells, map[int]tableNumber{}}
	for i, cell := range l.Cells {
		if n, ok := readNumber(cell); ok {
			row.numbers[i] = n
		}
	}
	return row
}

// add adds a row. Before the first row with numbers, rows are heads, unless a row is a single text over
// all columns or contains sentences.
func (t *docTable) add(row docRow) {
	switch {
	case len(t.rows) > 0 || len(row.numbers) > 0 || !row.short():
		t.rows = append(t.rows, row)
		return
	case row.filled() == 1 && len(row.cells) > 2:
		return
	}
	for i, cell := range row.cells {
		for len(t.heads) <= i {
			t.heads = append(t.heads, "")
		}
		t.heads[i] += strings.Join(strings.Fields(cell), "")
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
	otherHead   = regexp.MustCompile(`序号|编号|分值|权重|得分|评分|系数|(?i)^no\.?$|weight|score|points`)
	nameHead    = regexp.MustCompile(`指标|名称|项目|内容|事项|工作|(?i)indicator|name`)
	initialHead = regexp.MustCompile(`年初|(?i)initial|opening`) // a year-end rate does not refer to it
	earlierHead = regexp.MustCompile(`上年|去年|历史|往年|(?i)last year|previous`)
	measureHead = regexp.MustCompile(`^(计量)?单位$|(?i)^(unit|measure)$`)
)

// isGoal and isDone report whether a column contains targets or achievements.
func (t *docTable) isGoal(column int) bool {
	head := t.head(column)
	return goalHead.MatchString(head) && !doneHead.MatchString(head) && t.counts(head)
}

func (t *docTable) isDone(column int) bool {
	head := t.head(column)
	return doneHead.MatchString(head) && !goalHead.MatchString(head) && t.counts(head)
}

func (t *docTable) counts(head string) bool {
	return !otherHead.MatchString(head) && !rateHead.MatchString(head) && !earlierHead.MatchString(head)
}

// isHeads reports whether a row consists of column heads: short texts, some of them usual names of
// columns.
func (r docRow) isHeads() bool {
	if len(r.numbers) > 0 || !r.short() {
		return false
	}
	known := map[string]bool{}
	for _, cell := range r.cells {
		for _, head := range []*regexp.Regexp{goalHead, doneHead, weightHead, scoreHead, rateHead, measureHead} {
			if head.MatchString(strings.Join(strings.Fields(cell), "")) {
				known[head.String()] = true
			}
		}
	}
	return len(known) > 1 && r.filled() > 2
}

// short reports whether no cell of a row is a sentence.
func (r docRow) short() bool {
	return !slices.ContainsFunc(r.cells, func(cell string) bool {
		return utf8.RuneCountInString(cell) > 24 && strings.ContainsAny(cell, "。；，,;")
	})
}

// filled returns the number of cells that are not empty.
func (r docRow) filled() (n int) {
	for _, cell := range r.cells {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// label returns the first cell of a row that is not empty.
func (r docRow) label() string {
	for _, cell := range r.cells {
		if cell = strings.TrimSpace(cell); cell != "" {
			return cell
		}
	}
	return ""
}

// findings returns what does not add up in the table.
func (t *docTable) findings() []Finding {
	var out []Finding
	for i, row := range t.rows {
		found := t.rates(row)
		if row.isTotal() {
			found = append(found, t.totals(i)...)
		} else {
			found = append(found, append(t.points(row), t.headed(i)...)...)
		}
		out = append(out, passage{section: row.section}.found(found)...)
	}
	return out
}

// measure returns a number's own measure, or that of its row.
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

// name returns what a number in a row is about: the nearest name before it.
func (t *docTable) name(row docRow, column int) (name string) {
	for i, cell := range row.cells[:column] {
		if _, number := row.numbers[i]; number || strings.TrimSpace(cell) == "" {
			continue
		}
		if head := t.head(i); nameHead.MatchString(head) && !goalHead.MatchString(head) && !doneHead.MatchString(head) {
			name = strings.ReplaceAll(strings.TrimSpace(cell), "\n", "")
		}
	}
	return name
}

// statements words a row's achievements as prose would: 培训妇女人数：1259人.
func (t *docTable) statements(row docRow) []string {
	var out []string
	for column, cell := range row.cells {
		n, ok := row.numbers[column]
		if !ok || n.measure == "%" || !t.isDone(column) {
			continue
		}
		name := t.name(row, column)
		if name == "" || general.MatchString(name) || row.isTotal() {
			continue
		}
		if n.measure == "" {
			cell = n.written + t.measure(row, column)
		}
		out = append(out, name+"："+strings.TrimLeft(strings.TrimSpace(cell), "≥≤＞＜＝>=< "))
	}
	return out
}
