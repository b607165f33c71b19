package paper

// Table is a grid of cells. Cells that span leave out what they cover, as in HTML.
type Table struct {
	Caption string `json:"caption"` // what it shows, for those who hear it read and for spreadsheets' lists
	Widths  []int  `json:"widths"`  // of the columns, in parts of the whole
	Head    int    `json:"head"`    // how many leading rows repeat on every page
	Rows    []Row  `json:"rows"`
	NewPage bool   `json:"-"` // printed on a page of its own
	Key     string `json:"-"` // names it among the tables of its annex; "" for one that stays in its place
}

// Row is one row of cells, left to right.
type Row struct {
	Cells []Cell `json:"cells"`
}

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

// Add adds a row.
func (t *Table) Add(cells ...Cell) { t.Rows = append(t.Rows, Row{cells}) }
