package intake

import (
	"slices"

	"dabiao/internal/kpi"
)

// leaveSheets records which visible sheets with figures are not read, as a table is one sheet: those
// other than the one read (counted from 0), and those beyond the limit on how many are opened.
func (r *Reading) leaveSheets(grids []Grid, read int) {
	for i, g := range grids {
		if i != read && g.holdsFigures() {
			r.Left = append(r.Left, Skip{Text: kpi.T("import_other_sheet", g.Name, i+1)})
		}
	}
	for _, name := range grids[read].beyond {
		r.Left = append(r.Left, Skip{Text: kpi.T("import_sheet_beyond", name, maxGridSheets)})
	}
}

// OtherSheets reports whether there are sheets with figures besides the one that was read.
func (r Reading) OtherSheets() bool {
	return slices.ContainsFunc(r.Left, func(s Skip) bool { return s.Text.Key == "import_other_sheet" })
}

// holdsFigures reports whether any cell is an amount, including one stored as text; a sheet of
// explanations has none.
func (g Grid) holdsFigures() bool {
	return slices.ContainsFunc(g.Rows, func(r GridRow) bool {
		return slices.ContainsFunc(r.Cells, func(c Cell) bool {
			if c.Kind == CellText {
				_, err := Quantity(c.Text, "")
				return err == nil
			}
			return c.Kind == CellNumber || c.Kind == CellPercent
		})
	})
}
