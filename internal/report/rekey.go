package report

import (
	"cmp"
	"strconv"
	"strings"

	"dabiao/internal/paper"
)

// RekeyRow is a row of a paper in the cell order of another system, labels included.
type RekeyRow struct {
	Key   string // stable while the row is about the same thing
	Cells []paper.Cell
	Head  bool // a row of headings: nothing to type
}

// Printed returns all that is to be typed, so that a later change can be detected.
func (r RekeyRow) Printed() string {
	var parts []string
	for _, c := range r.Cells {
		if !c.Label {
			parts = append(parts, c.Text())
		}
	}
	return strings.Join(parts, "\t")
}

// RekeyRows returns the rows of a paper's tables, table by table. It stops at the first other block: what
// follows the paper's note is our own and not part of the form.
func RekeyRows(a paper.Annex) [][]RekeyRow {
	var out [][]RekeyRow
	for i, b := range a.Blocks {
		if b.Table == nil {
			break
		}
		var rows []RekeyRow
		for at, row := range b.Table.Rows {
			typed := RekeyRow{Key: rowKey(cmp.Or(b.Table.Key, strconv.Itoa(i)), at, row), Cells: row.Cells, Head: true}
			for _, c := range row.Cells {
				typed.Head = typed.Head && c.Label
			}
			rows = append(rows, typed)
		}
		out = append(out, rows)
	}
	return out
}

// rowKey identifies a row of a table by its indicator, else by its index.
func rowKey(table string, row int, r paper.Row) string {
	for _, c := range r.Cells {
		for _, run := range c.Runs {
			if run.Ref != nil && run.Ref.Indicator != "" {
				return table + "/" + run.Ref.Indicator
			}
		}
	}
	return table + "/" + strconv.Itoa(row)
}
