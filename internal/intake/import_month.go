package intake

import (
	"regexp"
	"strings"

	"golang.org/x/text/width"
)

// wholeMonth reports whether a figure is for a month and not for its day: two of the same month are then the same
// figure.
func (t *table) wholeMonth(row GridRow, c ImportColumn) bool {
	if from, ok := t.beside(c, ColDay); ok && !t.shown(row, from.Index).isNoValue() {
		return false
	}
	if from, ok := t.column(ColDate); ok {
		if cell := t.shown(row, from.Index); cell.Kind != CellEmpty {
			return !namesDay(cell)
		}
	}
	return c.Month != 0 || t.title.found || strings.Contains(c.Heading, "月")
}

var dayForm = regexp.MustCompile(`\d\s*[日号]|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|^\d{8}$|^\d{5}(\.\d+)?$`)

// namesDay reports whether a date has a day.
func namesDay(c Cell) bool {
	return dayForm.MatchString(strings.TrimSpace(width.Fold.String(c.Text)))
}
