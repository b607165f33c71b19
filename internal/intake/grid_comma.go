package intake

import (
	"regexp"
	"slices"

	"dabiao/internal/kpi"
)

// The two halves of a number with a thousands separator that split it into two cells: 1,259 without quotes.
var (
	beforeComma = regexp.MustCompile(`^[+-]?[1-9][0-9]{0,2}$`)
	behindComma = regexp.MustCompile(`^[0-9]{3}(\.[0-9]+)?$`)
	bareNumber  = regexp.MustCompile(`^[+-]?[0-9][0-9.]*$`)
)

// The possible answers about such a line.
const (
	oneNumber = "one"
	twoCells  = "two"
)

// thousands returns a row of a CSV with a split number put together, if the answers say so. Where the note is
// missing, a number with an unquoted comma leaves the row with the right number of cells: …,1,259 reads as 1 with
// the note 259. The row alone does not show which is meant, so it is asked about; until that is answered the row is
// read as it is and nothing of the table is logged.
func (t *table) thousands(row GridRow) GridRow {
	i, ok := t.halves(row)
	if !ok {
		return row
	}
	head, tail := row.Cell(i).Text, row.Cell(i+1).Text
	whole := head + t.grid.comma + tail
	answer := t.ask(Question{ID: "comma:" + cellName(i, row.Number), Row: row.Number, Column: i,
		Text: kpi.T("import_ask_comma", whole),
		Options: []Option{{oneNumber, kpi.T("import_answer_comma_one", whole)},
			{twoCells, kpi.T("import_answer_comma_two", head, tail)}}})
	if answer == oneNumber {
		row.Cells = slices.Concat(row.Cells[:i], []Cell{{whole, CellText}}, row.Cells[i+2:])
	}
	return row
}

// halves returns the column of a number that may be split: a figure of at most three digits, three digits in the
// next cell, and a note that is a bare number, as after a shift by one cell.
func (t *table) halves(row GridRow) (column int, ok bool) {
	if row.fields == 0 || t.grid.comma != "," && t.grid.comma != "，" {
		return 0, false
	}
	note, noted := t.column(ColNote)
	if !noted || !bareNumber.MatchString(row.Cell(note.Index).Text) {
		return 0, false
	}
	for _, c := range t.Columns {
		if i := c.Index; c.Role.value() && i < note.Index && beforeComma.MatchString(row.Cell(i).Text) &&
			behindComma.MatchString(row.Cell(i+1).Text) {
			return i, true
		}
	}
	return 0, false
}
