package paper

import "dabiao/internal/kpi"

// Cell is one cell.
type Cell struct {
	Runs    []Run  `json:"runs"`
	Columns int    `json:"columns"` // how many columns it covers, at least 1
	Rows    int    `json:"rows"`    // how many rows it covers, at least 1
	Label   bool   `json:"label,omitempty"`
	Align   Align  `json:"align,omitempty"`
	Value   *Value `json:"value,omitempty"` // of a cell that is nothing but a number
	Calc    *Calc  `json:"-"`               // how a spreadsheet comes to Value from other cells
	Anchor  string `json:"anchor,omitempty"`
}

// Align says where a cell's text stands.
type Align string

// The alignments; the empty one is centred.
const (
	Centre Align = ""
	Left   Align = "left"
	Right  Align = "right"
)

// Text is the cell without its references.
func (c Cell) Text() string { return Text(c.Runs) }

// NewCell is a cell over one column and one row.
func NewCell(runs ...Run) Cell { return Cell{Runs: runs, Columns: 1, Rows: 1} }

// Words is a cell of plain words.
func Words(s string) Cell { return NewCell(Run{Text: s}) }

// Label is a cell that heads others.
func Label(s string) Cell {
	c := Words(s)
	c.Label = true
	return c
}

// Over is the cell over so many columns and rows, each at least 1.
func (c Cell) Over(columns, rows int) Cell {
	c.Columns, c.Rows = columns, rows
	return c
}

// AtLeft is the cell with its text at the left.
func (c Cell) AtLeft() Cell {
	c.Align = Left
	return c
}

// AtRight is the cell with its text at the right.
func (c Cell) AtRight() Cell {
	c.Align = Right
	return c
}

// Anchored lets references to a figure of that number lead to the cell.
func (c Cell) Anchored(number string) Cell {
	c.Anchor = "f-" + number
	return c
}

// Counted says which number a cell is.
func (c Cell) Counted(a kpi.Amount, decimals int) Cell {
	c.Value = &Value{Amount: a, Decimals: decimals}
	return c
}

// Rated says which percentage a cell is.
func (c Cell) Rated(p kpi.Percent) Cell {
	c.Value = &Value{Amount: p.Amount(), Decimals: 2, Percent: true}
	return c
}
