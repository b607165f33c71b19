package intake

import (
	"slices"

	"dabiao/internal/kpi"
)

// leaveSheets says which visible sheets with figures are not read, since a table is one sheet: those beside
// the one that was, from 0, and those beyond the bound on how many are opened.
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

// OtherSheets reports whether sheets with figures stand beside the one that was read.
func (r Reading) OtherSheets() bool {
	return slices.ContainsFunc(r.Left, func(s Skip) bool { return s.Text.Key == "import_other_sheet" })
}

// holdsFigures reports whether a cell is an amount, also one kept as text; a sheet of explanations has none.
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
