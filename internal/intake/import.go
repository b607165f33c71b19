package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"dabiao/internal/kpi"
)

// Known is what the names and dates of a sheet can refer to.
type Known struct {
	Year       kpi.Year
	Today      kpi.Date
	Indicators []kpi.Indicator
	Units      []kpi.Unit
}

// Choices are the decisions of the person who imports a sheet; the zero value leaves all of them to the
// sheet.
type Choices struct {
	Sheet      int                   // number of the sheet, from 1; 0: the first with a table
	Roles      map[int]ColumnRole    // by column, from 0
	Remembered map[string]ColumnRole // by heading, from earlier imports of tables of the same shape
	Date       kpi.Date              // of figures without a date in the sheet; "": today, or the year's end
	Answers    map[string]string     // to questions, by their ID or, for all of a kind, by the kind
}

// Reading is a sheet as it was understood. Nothing in it has been checked against the records.
type Reading struct {
	Sheets    []string       // the names of all sheets; "" for CSV
	Sheet     int            // number of the sheet that was read, from 1
	Header    int            // last row of the headings
	Columns   []ImportColumn // those with a heading or with content
	Shape     string         // identifies the headings and their order: the same table of another month has the same
	Period    *kpi.Period
	Unit      string   // code of the unit in the title; "" without
	Dated     kpi.Date // date of the figures without one of their own, if there are any
	Figures   []Figure
	Totals    []Total
	Asks      []Mistake  // what does not match but does not prevent logging
	Questions []Question // what must be answered before anything is logged
	Rows      int        // rows with a figure
	Blank     int        // rows with a name but no value
	Ratios    []Figure   // stated ratios, to be compared with those computed from their parts
	Outlooks  []Figure   // forecasts for the year, from columns that a person has marked as such
	Left      []Skip     // figures that were recognized and are not logged
}

// Figure is a figure of a sheet, read as an update or refused.
type Figure struct {
	Row        int // as the sheet counts
	Column     int // of the value, from 0
	Indicator  kpi.Indicator
	Unit       string // code; "" if the sheet names none
	Part       string // part of that unit, if the row names one that is not a unit itself: a village
	Own        bool   // the unit's own part, without the units below it
	Dated      kpi.Date
	Month      bool         // whether it is for the whole month of Dated, not for that day
	Entry      kpi.UpdateID // the entry it was exported from; 0: none
	Quantity   kpi.Quantity
	Written    string // how the sheet writes the value, if in another measure; else ""
	Level      kpi.LevelValue
	Note       string
	Cumulative bool          // the value is a sum over months, not what was added
	Since      int           // first month of that sum; 1: since January
	Target     *kpi.Quantity // the target the sheet states
	Interim    bool          // whether that target is for a part of the year only: 本月任务
	Mistakes   []Mistake

	at map[string]int // the columns other fields came from
}

// Where returns the column that a field of the figure came from: indicator, unit, date, value, level,
// note.
func (f Figure) Where(field string) int {
	if column, ok := f.at[field]; ok {
		return column
	}
	return f.Column
}

// Refuse records what is wrong with a field of the figure, with its place.
func (f *Figure) Refuse(field string, text kpi.Text) {
	f.Mistakes = append(f.Mistakes, Mistake{Row: f.Row, Column: f.Where(field), Text: text})
}

// Mistake is a sentence about a cell.
type Mistake struct {
	Row, Column int // the row as the sheet counts; the column from 0
	Text        kpi.Text
}

// Ref returns the cell's reference, such as C7, or "" for a sentence about the whole table.
func (m Mistake) Ref() string {
	if m.Row == 0 {
		return ""
	}
	return cellName(m.Column, m.Row)
}

// Skip is a figure that is left out, with the reason.
type Skip = Mistake

// Total is a total of the sheet and the sum of its rows.
type Total struct {
	Row, Column      int
	Stated, Computed kpi.Amount
	Rough            bool // whether a part is approximate or could not be read
}

// Ref returns the reference of the total's cell.
func (t Total) Ref() string { return cellName(t.Column, t.Row) }

// Agrees reports whether the total is the sum of its rows.
func (t Total) Agrees() bool { return t.Stated == t.Computed }

// ReadTable finds the table in a file's sheets and reads every figure in it. Refusals, all Invalid:
// import_no_header, import_only_header, import_no_values, import_no_indicators, import_sheet_unknown.
func ReadTable(grids []Grid, known Known, choices Choices) (Reading, error) {
	var names []string
	for _, g := range grids {
		names = append(names, g.Name)
	}
	if choices.Sheet < 0 || choices.Sheet > len(grids) {
		return Reading{}, kpi.Refuse(kpi.Invalid, "import_sheet_unknown")
	}
	var first Reading
	var firstErr error
	for i, g := range grids {
		if choices.Sheet > 0 && i != choices.Sheet-1 || len(g.Rows) == 0 {
			continue
		}
		t := newTable(g, known, choices)
		err := t.read()
		t.Sheets, t.Sheet = names, i+1
		if err == nil || choices.Sheet > 0 {
			t.leaveSheets(grids, i)
			return t.Reading, err
		}
		if firstErr == nil || len(first.Columns) == 0 && len(t.Columns) > 0 {
			first, firstErr = t.Reading, err
		}
	}
	if firstErr == nil {
		firstErr = kpi.Refuse(kpi.Invalid, "import_no_header")
	}
	return first, firstErr
}

// table is a sheet being understood.
type table struct {
	Reading
	grid    Grid
	known   Known
	choices Choices
	words   *vocabulary
	merged  map[[2]int]Cell // what merged cells show beside their first, by row and column
	head    int             // index of the first row of headings
	body    int             // index of the first row below them
	title   titleWords
	stated  []statement    // what the rows above the headings say of measures
	subject *kpi.Indicator // the indicator the title names, for sheets about one alone
	sums    map[int]*columnSum
	whole   map[int]bool // columns whose own total is the sum of all rows
	totals  map[string]bool
	asked   map[string]string          // the answers to questions that were put, by their ID
	days    map[dayKey]dayRead         // what cells in columns of dates were read as
	roles   map[string]ColumnRole      // what cells below the headings would say above a column
	above   []Total                    // totals that stand above the rows they are of
	leftBy  []string                   // questions whose answer leaves something out, as far as it was noted
	besides map[int]map[ColumnRole]int // by column and role, the place of the column that goes with it; -1: none
	feet    map[string]bool            // texts, and whether they stand below figures
	book    *bookColumns
	places  map[int]bool    // columns of units, and whether a cell of theirs names one that is known
	fields  int             // of a line of a CSV; 0: not counted yet
	dittos  map[[2]int]Cell // what cells mean that stand for the one above, by row and column
	nothing map[string]int  // words that say that there is no figure, by column
	parts   int             // number of the last row that is known to be a part of one above
}

func newTable(g Grid, known Known, choices Choices) *table {
	t := &table{grid: g, known: known, choices: choices, words: newVocabulary(known), merged: map[[2]int]Cell{},
		sums: map[int]*columnSum{}, whole: map[int]bool{}, totals: map[string]bool{}, feet: map[string]bool{},
		besides: map[int]map[ColumnRole]int{},
		asked:   map[string]string{}, days: map[dayKey]dayRead{}, roles: map[string]ColumnRole{}, places: map[int]bool{},
		dittos: map[[2]int]Cell{}, nothing: map[string]int{}}
	t.spread()
	t.findDittos()
	return t
}

// maxSpread is the maximum number of rows that a merged cell is carried over.
const maxSpread = 2_000

// spread records what merged cells show besides the first.
func (t *table) spread() {
	byNumber := map[int]int{}
	for i, r := range t.grid.Rows {
		byNumber[r.Number] = i
	}
	filled := 0
	for _, m := range t.grid.merges {
		i, ok := byNumber[m.top]
		if !ok {
			continue
		}
		c := t.grid.Rows[i].Cell(m.left)
		if c.Kind == CellEmpty {
			continue
		}
		for row := m.top; row <= min(m.bottom, m.top+maxSpread); row++ {
			for column := m.left; column <= m.right && filled < maxGridCells; column++ {
				if row != m.top || column != m.left {
					t.merged[[2]int{row, column}] = c
					filled++
				}
			}
		}
	}
}

// shown returns a cell, taking merged cells and marks for "as above" into account.
func (t *table) shown(r GridRow, column int) Cell {
	if len(t.dittos) > 0 {
		if above, is := t.dittos[[2]int{r.Number, column}]; is {
			return above
		}
	}
	if c := r.Cell(column); c.Kind != CellEmpty {
		return c
	}
	return t.merged[[2]int{r.Number, column}]
}

func (t *table) read() error {
	if !t.findHeader() {
		return kpi.Refuse(kpi.Invalid, "import_no_header")
	}
	if t.body == len(t.grid.Rows) {
		return kpi.Refuse(kpi.Invalid, "import_only_header")
	}
	t.readTitle()
	t.readHeadings()
	if err := t.complete(); err != nil {
		return err
	}
	t.readBody()
	return nil
}

// complete refuses a table from which nothing can be read.
func (t *table) complete() error {
	values, names := false, t.subject != nil
	for _, c := range t.Columns {
		values = values || c.Role.value()
		names = names || c.Role == ColIndicator || c.Role == ColCode || c.Role.value() && c.Indicator != ""
	}
	switch {
	case !values:
		return kpi.Refuse(kpi.Invalid, "import_no_values")
	case !names:
		return kpi.Refuse(kpi.Invalid, "import_no_indicators")
	}
	return nil
}

// shape identifies the headings and their order.
func shape(columns []ImportColumn) string {
	var b strings.Builder
	for _, c := range columns {
		b.WriteString(plainName(c.Heading))
		b.WriteByte('\n')
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}

func cellName(column, row int) string {
	return ColumnName(column) + itoa(row)
}
