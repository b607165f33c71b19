package report

// Table is a form or list. Cells that span leave out what they cover, as in HTML.
type Table struct {
	Caption string `json:"caption"` // what it shows, for those who hear it read and for spreadsheets' lists
	Widths  []int  `json:"widths"`  // of the columns, in parts of the whole
	Head    int    `json:"head"`    // how many leading rows repeat on every page
	Rows    []Row  `json:"rows"`
	NewPage bool   `json:"-"` // printed on a page of its own
	Key     string `json:"-"` // names it among the tables of its form; "" for one that stays in its place
}

// Row is one row of cells, left to right.
type Row struct {
	Cells []Cell `json:"cells"`
}

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
func (c Cell) Text() string { return plain(c.Runs) }

// Placed is a cell with where it starts.
type Placed struct {
	Cell
	Place
	index int // in its row
}

// Place works out where each cell starts, row by row.
func (t Table) Place() []Placed {
	var out []Placed
	covered := map[Place]bool{}
	for r, row := range t.Rows {
		column := 0
		for index, c := range row.Cells {
			for covered[Place{r, column}] {
				column++
			}
			out = append(out, Placed{c, Place{r, column}, index})
			for i := range c.Rows {
				for j := range c.Columns {
					covered[Place{r + i, column + j}] = true
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

func (c Cell) right() Cell {
	c.Align = Right
	return c
}

// anchored lets references of the same document lead to the cell.
func (c Cell) anchored(number string) Cell {
	c.Anchor = "f-" + number
	return c
}

// row adds a row.
func (t *Table) row(cells ...Cell) { t.Rows = append(t.Rows, Row{cells}) }
