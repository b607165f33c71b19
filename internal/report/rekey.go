package report

import (
	"cmp"
	"strconv"
	"strings"

	"dabiao/internal/paper"
)

// RekeyLine is a row of a paper as another system asks for it: its cells in order, labels and all.
type RekeyLine struct {
	Key   string // stays the same while the row is about the same thing
	Cells []paper.Cell
	Head  bool // a row of headings: nothing to type
}

// Printed is all that is to be typed, to see whether it has changed since.
func (l RekeyLine) Printed() string {
	var parts []string
	for _, c := range l.Cells {
		if !c.Label {
			parts = append(parts, c.Text())
		}
	}
	return strings.Join(parts, "\t")
}

// RekeyLines are the rows of a paper's tables, in its order. What follows the paper's note is ours and
// no part of it.
func RekeyLines(a paper.Annex) [][]RekeyLine {
	var out [][]RekeyLine
	for i, b := range a.Blocks {
		if b.Table == nil {
			break
		}
		var lines []RekeyLine
		for r, row := range b.Table.Rows {
			line := RekeyLine{Key: rowKey(cmp.Or(b.Table.Key, strconv.Itoa(i)), r, row), Cells: row.Cells, Head: true}
			for _, c := range row.Cells {
				line.Head = line.Head && c.Label
			}
			lines = append(lines, line)
		}
		out = append(out, lines)
	}
	return out
}

// rowKey names a row of a table by its indicator, else by its place.
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
