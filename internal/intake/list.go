package intake

import (
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// ListRow is a row of a list, with a cell for each requested column: "" if it has none.
type ListRow struct {
	Number   int // as the program that made the file counts, from 1
	Cells    []string
	Mistakes []kpi.Text // why a cell or the whole row cannot be read
}

// List reads a plain list from a file's sheets: a table whose first row names its columns. words are
// the possible names of each column, compared without case, spaces and asterisks. The first needed
// columns must exist; heading is the key of the sentence that names them. Hidden rows are read like any
// other; rows that are empty in these columns are left out.
//
// Refusals, both Invalid: heading, and list_sheets if several sheets contain such a list.
func List(grids []Grid, heading string, needed int, words ...[]string) ([]ListRow, error) {
	var found *Grid
	for i, g := range grids {
		if len(g.Rows) == 0 || !hasHeadings(g.Rows[0], needed, words) {
			continue
		}
		if found != nil {
			return nil, kpi.Refuse(kpi.Invalid, "list_sheets", quote(found.Name), quote(g.Name))
		}
		found = &grids[i]
	}
	if found == nil {
		return nil, kpi.Refuse(kpi.Invalid, heading)
	}
	l := list{Grid: *found, at: headings(found.Rows[0], words), below: map[[2]int]Cell{}}
	l.spread()
	if err := l.unread(grids); err != nil {
		return nil, err
	}
	var rows []ListRow
	for _, r := range found.Rows[1:] {
		if row := l.row(r); len(row.Mistakes) > 0 || strings.Join(row.Cells, "") != "" {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// list is a sheet with its columns found.
type list struct {
	Grid
	at    []int           // column of each requested one; -1: none
	below map[[2]int]Cell // what merged cells show, by row and column
}

func (l *list) row(r GridRow) ListRow {
	out := ListRow{Number: r.Number}
	if why := l.ragged(r); why.Key != "" {
		out.Mistakes = append(out.Mistakes, why)
	}
	for _, column := range l.at {
		cell := l.cell(r, column)
		if why := unlisted(cell); why.Key != "" {
			out.Mistakes = append(out.Mistakes, why)
		}
		out.Cells = append(out.Cells, cell.Text)
	}
	return out
}

// cell returns the cell of a column in a row, also if it is merged with the one above.
func (l *list) cell(r GridRow, column int) Cell {
	if c := r.Cell(column); c.Kind != CellEmpty {
		return c
	}
	return l.below[[2]int{r.Number, column}]
}

// spread records what merged cells of the list's columns show below the first.
func (l *list) spread() {
	byNumber := map[int]GridRow{}
	for _, r := range l.Rows[1:] {
		byNumber[r.Number] = r
	}
	for _, m := range l.merges {
		c := byNumber[m.top].Cell(m.left)
		if c.Kind == CellEmpty || !slices.Contains(l.at, m.left) {
			continue
		}
		for row := m.top + 1; row <= min(m.bottom, m.top+maxSpread) && len(l.below) < maxGridRows; row++ {
			l.below[[2]int{row, m.left}] = c
		}
	}
}

// ragged returns why a line of a CSV cannot be divided into columns; a text without a key if it can.
func (l *list) ragged(r GridRow) kpi.Text {
	headings := l.Rows[0].fields
	if headings > 0 && len(r.Cells) > headings {
		return kpi.T("list_row_longer", len(r.Cells), headings)
	}
	why, _ := l.swallowed(r, headings)
	return why
}

// unread refuses what a list would leave out in silence: columns with something in them that it does not know, and
// other sheets with figures.
func (l *list) unread(grids []Grid) error {
	var m kpi.Mistakes
	for column := range l.width() {
		if fields := l.Rows[0].fields; fields > 0 && column >= fields {
			continue // of a CSV: the line is refused
		}
		head := l.Rows[0].Cell(column)
		filled := slices.ContainsFunc(l.Rows[1:], func(r GridRow) bool { return r.Cell(column).Kind != CellEmpty })
		if filled && !slices.Contains(l.at, column) && !slices.Contains(unlistedColumns, plainName(head.Text)) {
			m.Add("file", "list_column_unread", ColumnName(column), quote(head.Text))
		}
	}
	for _, g := range grids {
		if g.Name != l.Name && g.holdsFigures() {
			m.Add("file", "list_sheet_unread", quote(g.Name), quote(l.Name))
		}
	}
	for _, name := range l.Grid.beyond {
		m.Add("file", "list_sheet_unread", quote(name), quote(l.Name))
	}
	return m.Err()
}

// unlistedColumns are columns that nobody expects to be read.
var unlistedColumns = append([]string{"备注", "说明", "remark", "remarks", "note", "notes"}, plainColumns...)

// exactDigits is the number of digits of a number that a spreadsheet stores.
const exactDigits = 15

// unlisted returns why a cell cannot be a name or code; a text without a key if it can.
func unlisted(c Cell) kpi.Text {
	switch {
	case c.Kind == CellBroken:
		return kpi.T("import_cell_broken", c.Text)
	case c.Kind == CellDate:
		return kpi.T("list_cell_date", c.Text)
	case c.Kind == CellNumber && len(c.Text) > exactDigits:
		return kpi.T("list_cell_long", c.Text, exactDigits)
	}
	return kpi.Text{}
}

func hasHeadings(first GridRow, needed int, words [][]string) bool {
	for _, column := range headings(first, words)[:needed] {
		if column < 0 {
			return false
		}
	}
	return true
}

// headings returns the columns by the words in the first row; -1 for those that are missing.
func headings(first GridRow, words [][]string) []int {
	clean := strings.NewReplacer(" ", "", "　", "", "*", "", "＊", "", "\n", "")
	out := make([]int, len(words))
	for i, known := range words {
		out[i] = -1
		for column, cell := range first.Cells {
			for _, word := range known {
				if out[i] < 0 && strings.EqualFold(clean.Replace(cell.Text), word) {
					out[i] = column
				}
			}
		}
	}
	return out
}
