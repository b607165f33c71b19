package paper

import "dabiao/internal/kpi"

// Cell is a cell of a table.
type Cell struct {
	Runs    []Run  `json:"runs"`
	Columns int    `json:"columns"` // how many columns it covers, at least 1
	Rows    int    `json:"rows"`    // how many rows it covers, at least 1
	Label   bool   `json:"label,omitempty"`
	Align   Align  `json:"align,omitempty"`
	Value   *Value `json:"value,omitempty"` // set if the cell is only a number
	Calc    *Calc  `json:"-"`               // how a spreadsheet computes Value from other cells
	Anchor  string `json:"anchor,omitempty"`
}

// Align is the horizontal alignment of a cell.
type Align string

// The alignments. The empty one is centered.
const (
	Centre Align = ""
	Left   Align = "left"
	Right  Align = "right"
)

// Text returns the cell's text without references.
func (c Cell) Text() string { return Text(c.Runs) }

// NewCell returns a cell of one column and one row.
func NewCell(runs ...Run) Cell { return Cell{Runs: runs, Columns: 1, Rows: 1} }

// Words returns a cell of plain text.
func Words(s string) Cell { return NewCell(Run{Text: s}) }

// Label returns a heading cell.
func Label(s string) Cell {
	c := Words(s)
	c.Label = true
	return c
}

// Over returns the cell spanning so many columns and rows, each at least 1.
func (c Cell) Over(columns, rows int) Cell {
	c.Columns, c.Rows = columns, rows
	return c
}

// AtLeft returns the cell aligned left.
func (c Cell) AtLeft() Cell {
	c.Align = Left
	return c
}

// AtRight returns the cell aligned right.
func (c Cell) AtRight() Cell {
	c.Align = Right
	return c
}

// Anchored returns the cell as the target of references to the figure of that number.
func (c Cell) Anchored(number string) Cell {
	c.Anchor = "f-" + number
	return c
}

// Counted returns the cell with the number that its text shows.
func (c Cell) Counted(a kpi.Amount, decimals int) Cell {
	c.Value = &Value{Amount: a, Decimals: decimals}
	return c
}

// Rated returns the cell with the percentage that its text shows.
func (c Cell) Rated(p kpi.Percent) Cell {
	c.Value = &Value{Amount: p.Amount(), Decimals: 2, Percent: true}
	return c
}
