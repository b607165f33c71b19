package intake

import (
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

// bookColumns are the columns that only the program's own export of a log has: the number of an entry,
// whether it counts, and how its value was written. nil: another table.
type bookColumns struct{ entry, counts, written int }

// bookWords are the headings of those columns, in each language; the fourth is that of the answered
// entry, without which a table is not an export.
var bookWords = [][4]string{{"编号", "计入", "填报原文", "对应编号"}, {"no", "counts", "aswritten", "referstono"},
	{"no", "counts", "aswritten", "answersno"}} // as up to 0.1.0

var bookNo = []string{"否", "no"}

// findBook recognizes an export by its headings.
func (t *table) findBook() {
	at := func(name string) int {
		return slices.IndexFunc(t.Columns, func(c ImportColumn) bool { return plainName(c.Heading) == name })
	}
	for _, words := range bookWords {
		entry, counts, written, answers := at(words[0]), at(words[1]), at(words[2]), at(words[3])
		if entry < 0 || counts < 0 || written < 0 || answers < 0 {
			continue
		}
		t.book = &bookColumns{t.Columns[entry].Index, t.Columns[counts].Index, t.Columns[written].Index}
		for _, i := range []int{entry, counts, written, answers} {
			t.Columns[i].Role, t.Columns[i].why = ColIgnore, kpi.Text{}
		}
		for i := range t.Columns { // the numbers are in the indicator's own, whatever its name in English
			if t.Columns[i].Role == ColMeasure {
				t.Columns[i].Role = ColIgnore
			}
		}
	}
}

// leavesBook reports whether an exported entry does not count, and records that it is left out.
func (t *table) leavesBook(row GridRow) bool {
	if t.book == nil || !slices.Contains(bookNo, strings.ToLower(row.Cell(t.book.counts).Text)) {
		return false
	}
	t.Left = append(t.Left, Skip{row.Number, t.book.counts, kpi.T("import_book_uncounted", row.Cell(t.book.entry).Text)})
	return true
}

// bookValue returns the cell with an exported entry's value: as it was written, if that is a judgement
// or says more than the number.
func (t *table) bookValue(row GridRow, cell Cell) Cell {
	if t.book == nil {
		return cell
	}
	written := row.Cell(t.book.written)
	if q, err := Quantity(written.Text, ""); cell.Kind == CellEmpty || err == nil && q.Precision != kpi.Exact {
		return written
	}
	return cell
}

// bookEntry returns the entry that a row was exported from; 0: none.
func (t *table) bookEntry(row GridRow) kpi.UpdateID {
	if t.book == nil {
		return 0
	}
	n, _ := strconv.ParseInt(row.Cell(t.book.entry).Text, 10, 64) //nolint:errcheck // what is no number is no entry
	return kpi.UpdateID(n)
}
