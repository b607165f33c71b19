package intake

import (
	"regexp"
	"strings"

	"golang.org/x/text/width"

	"dabiao/internal/kpi"
)

// ditto matches marks for "the same as the cell above".
var ditto = regexp.MustCompile(`^(?:〃+|″+|‶+|〞+|"+|'{2,}|“|”|“”|,,|„|do\.?|ditto|idem|同上[格行]?|同前)$`)

// dittoBegins are the first characters of these marks; most cells begin with another.
const dittoBegins = `〃″‶〞"＂'＇“”,，„dDiI同ｄＤｉＩ`

// maxDitto is the length of the longest, in bytes.
const maxDitto = 12

func isDitto(c Cell) bool {
	return c.Kind == CellText && len(c.Text) <= maxDitto && strings.ContainsRune(dittoBegins, firstRune(c.Text)) &&
		ditto.MatchString(strings.ToLower(strings.TrimSpace(width.Fold.String(c.Text))))
}

// findDittos records the cells that such marks refer to.
func (t *table) findDittos() {
	for i := 1; i < len(t.grid.Rows); i++ {
		row := t.grid.Rows[i]
		for column, c := range row.Cells {
			if above := t.shown(t.grid.Rows[i-1], column); isDitto(c) && above.Kind != CellEmpty && !isDitto(above) {
				t.dittos[[2]int{row.Number, column}] = above
			}
		}
	}
}

// sayDittos records, once for each column of names, that such marks were read. Among figures they are not.
func (t *table) sayDittos() {
	for _, c := range t.Columns {
		switch c.Role {
		case ColIndicator, ColCode, ColUnit, ColMeasure, ColDate, ColYear, ColDay, ColNote:
		default:
			continue
		}
		first, n := 0, 0
		for _, row := range t.grid.Rows[t.body:] {
			if _, is := t.dittos[[2]int{row.Number, c.Index}]; is {
				if n++; first == 0 {
					first = row.Number
				}
			}
		}
		if n > 0 {
			t.Asks = append(t.Asks, Mistake{first, c.Index, kpi.T("import_ditto_read", c.Heading, n)})
		}
	}
}
