package report

// Table is a form or list. Cells that span leave out what they cover, as in HTML.
type Table struct {
	Widths []int `json:"widths"` // of the columns, in parts of the whole
	Head   int   `json:"head"`   // how many leading rows repeat on every page
	Rows   []Row `json:"rows"`
}

// Row is one row of cells, left to right.
type Row struct {
	Cells []Cell `json:"cells"`
}

// Cell is one cell.
type Cell struct {
	Runs    []Run `json:"runs"`
	Columns int   `json:"columns"` // how many columns it covers, at least 1
	Rows    int   `json:"rows"`    // how many rows it covers, at least 1
	Label   bool  `json:"label,omitempty"`
	Align   Align `json:"align,omitempty"`
	Number  bool  `json:"number,omitempty"` // nothing but a number, which a spreadsheet can add up
}

// Align says where a cell's text stands.
type Align string

// The alignments; the empty one is centred.
const (
	Centre Align = ""
	Left   Align = "left"
)

// number marks a cell that is nothing but a number; a dash or an empty cell stays text.
func (c Cell) number() Cell { c.Number = true; return c }

// Text is the cell without its references.
func (c Cell) Text() string { return plain(c.Runs) }

// Placed is a cell with where it starts; both counts begin at 0.
type Placed struct {
	Cell
	Row, Column int
}

// Place works out where each cell starts, row by row.
func (t Table) Place() []Placed {
	var out []Placed
	covered := map[[2]int]bool{}
	for r, row := range t.Rows {
		column := 0
		for _, c := range row.Cells {
			for covered[[2]int{r, column}] {
				column++
			}
			out = append(out, Placed{Cell: c, Row: r, Column: column})
			for i := range c.Rows {
				for j := range c.Columns {
					covered[[2]int{r + i, column + j}] = true
				}
			}
			column += c.Columns
		}
	}
	return out
}

func cell(runs ...Run) Cell { return Cell{Runs: runs, Columns: 1, Rows: 1} }

func words(s string) Cell { return cell(Run{Text: s}) }

func label(s string) Cell {
	c := words(s)
	c.Label = true
	return c
}

func (c Cell) over(columns, rows int) Cell {
	c.Columns, c.Rows = columns, rows
	return c
}

func (c Cell) left() Cell {
	c.Align = Left
	return c
}
