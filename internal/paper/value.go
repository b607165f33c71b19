package paper

import (
	"encoding/json"

	"dabiao/internal/kpi"
)

// Value is the exact number behind a cell's text, which may be rounded.
type Value struct {
	Amount   kpi.Amount // for a percentage, the number before the sign
	Decimals int        // number shown in the text
	Percent  bool
}

// MarshalJSON encodes the amount as a decimal string, as the API does.
func (v Value) MarshalJSON() ([]byte, error) { return json.Marshal(v.Amount.String()) }

// Calc describes how a value is computed from other cells of its table.
type Calc struct {
	Kind CalcKind
	Of   []Place
}

// Place is the row and column where a cell begins, both counted from 0. In a [Calc], negative rows are
// those of the table above: -1 is its last.
type Place struct{ Row, Column int }

// At returns the place at a row and a column, both counted from 0.
func At(row, column int) Place { return Place{Row: row, Column: column} }

// CalcKind is a kind of calculation.
type CalcKind string

// The calculations that a spreadsheet repeats: a sum, and the first of two divided by the second.
const (
	CalcSum  CalcKind = "sum"
	CalcRate CalcKind = "rate"
)

// Calculate lets spreadsheets compute a cell from others of its table and of the one above (nil: none),
// provided that this gives exactly the number printed: a rounded part or a capped total stays a plain
// number. Sums skip cells that are not numbers.
func (t *Table) Calculate(above *Table, at Place, kind CalcKind, of ...Place) {
	cells := map[Place]*Cell{}
	if above != nil {
		above.index(cells, -len(above.Rows))
	}
	t.index(cells, 0)
	result, ok := cells[at]
	if !ok || result.Value == nil {
		return
	}
	var parts []kpi.Amount
	for _, p := range of {
		if c, ok := cells[p]; ok && c.Value != nil {
			parts = append(parts, c.Value.Amount)
		}
	}
	if gives(kind, parts, result.Value.Amount) {
		result.Calc = &Calc{Kind: kind, Of: of}
	}
}

// index adds the table's cells to a map by their place, with a number added to their rows.
func (t *Table) index(cells map[Place]*Cell, rows int) {
	for _, p := range t.Place() {
		cells[Place{p.Row + rows, p.Column}] = &t.Rows[p.Row].Cells[p.index]
	}
}

// gives reports whether the calculation, rounded as a spreadsheet does, gives want.
func gives(kind CalcKind, parts []kpi.Amount, want kpi.Amount) bool {
	switch {
	case kind == CalcRate:
		return len(parts) == 2 && parts[1] > 0 && kpi.Divide(parts[0], parts[1]).Amount(4).Times(100, 1) == want
	case len(parts) == 0:
		return false
	}
	var sum kpi.Amount
	for _, p := range parts {
		sum += p
	}
	return sum == want
}
