package paper

// Table is a grid of cells. As in HTML, the cells covered by a spanning cell are omitted.
type Table struct {
	Caption string `json:"caption"` // what it shows, for screen readers and the lists of spreadsheets
	Widths  []int  `json:"widths"`  // of the columns, as parts of the whole
	Head    int    `json:"head"`    // number of leading rows that are repeated on every page
	Rows    []Row  `json:"rows"`
	NewPage bool   `json:"-"` // begins a new page
	Key     string `json:"-"` // identifies it among the tables of its annex; "" if its index does
}

type Row struct {
	Cells []Cell `json:"cells"`
}

// Placed is a cell with its place.
type Placed struct {
	Cell
	Place
	index int // in its row
}

// Place computes the place of each cell, row by row.
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

func (t *Table) Add(cells ...Cell) { t.Rows = append(t.Rows, Row{cells}) }
