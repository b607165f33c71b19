package api

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// importReadJSON says how a table was understood, as the page does before anything is logged.
type importReadJSON struct {
	Sheets      []string           `json:"sheets"`
	Sheet       int                `json:"sheet"` // which was read, from 1
	HeaderRow   int                `json:"header_row"`
	Period      *string            `json:"period"` // in the title
	Unit        *string            `json:"unit"`   // of the title
	Dated       *string            `json:"dated"`  // for figures without a date of their own
	Columns     []importColumnJSON `json:"columns"`
	Blank       int                `json:"blank_rows"`
	LeftOut     []importRowJSON    `json:"left_out"`
	Corrected   int                `json:"corrected"`
	Figures     []importFigureJSON `json:"lines"`
	FiguresMore int                `json:"lines_more"` // how many more there are than those listed
	Before      *importBeforeJSON  `json:"earlier_import"`
}

type importColumnJSON struct {
	Column    string  `json:"column"`
	Heading   string  `json:"heading"`
	Role      string  `json:"role"`
	Month     *int    `json:"month"`
	Unit      *string `json:"unit"`
	Indicator *string `json:"indicator"`
	Measure   *string `json:"measure"`
	Sample    string  `json:"sample"`
}

// importFigureJSON is one figure. Value is the table's figure in the indicator's measure; written is how the
// table has it, if that is another number; logged is what goes into the log.
type importFigureJSON struct {
	Row        int     `json:"row"`
	Column     string  `json:"column"`
	Indicator  string  `json:"indicator"`
	Unit       string  `json:"unit"`
	Date       string  `json:"date"`
	WholeMonth bool    `json:"whole_month"`
	Cumulative bool    `json:"cumulative"`
	Value      *string `json:"value"`
	Level      *string `json:"level"`
	Measure    string  `json:"measure"`
	Written    *string `json:"written"`
	Precision  string  `json:"precision"`
	SoFar      *string `json:"so_far"`
	Logged     *string `json:"logged"`
	Action     string  `json:"action"`
	Note       string  `json:"note"`
}

type importBeforeJSON struct {
	Name    string `json:"name"`
	At      string `json:"at"`
	By      string `json:"by"`
	Rows    int    `json:"rows"`
	Entries int    `json:"entries"`
}

// maxImportFigures bounds the figures that an answer lists.
const maxImportFigures = 1000

func newImportReadJSON(p lang.Printer, r app.ImportResult) importReadJSON {
	out := importReadJSON{Sheets: append([]string{}, r.Sheets...), Sheet: r.Sheet, HeaderRow: r.Header, Unit: some(r.Unit),
		Dated: some(string(r.Dated)), Columns: []importColumnJSON{}, Blank: r.Blank, LeftOut: importRowsJSON(p, r.Left),
		Corrected: r.Corrected, Figures: []importFigureJSON{}}
	if r.Period != nil {
		out.Period = some(r.Period.String())
	}
	for _, c := range r.Columns {
		column := importColumnJSON{Column: c.Name(), Heading: c.Heading, Role: string(c.Role), Unit: some(c.Unit),
			Indicator: some(c.Indicator), Measure: some(c.Measure()), Sample: c.Sample}
		if c.Month > 0 {
			column.Month = &c.Month
		}
		out.Columns = append(out.Columns, column)
	}
	good := r.GoodRows()
	for _, f := range r.Plan[:min(len(r.Plan), maxImportFigures)] {
		out.Figures = append(out.Figures, newImportFigureJSON(f, good[f.Row]))
	}
	out.FiguresMore = len(r.Plan) - len(out.Figures)
	if e := r.Earlier; e != nil {
		out.Before = &importBeforeJSON{e.Name, rfc3339(e.At), e.Author, e.Rows, e.Entries}
	}
	return out
}

func newImportFigureJSON(f app.ImportFigure, good bool) importFigureJSON {
	out := importFigureJSON{Row: f.Row, Column: intake.ColumnName(f.Column), Indicator: f.Indicator.Code, Unit: f.Unit,
		Date: string(f.Dated), WholeMonth: f.Month, Cumulative: f.Cumulative, Level: some(string(f.Level)),
		Measure: string(f.Indicator.Measure), Written: some(f.Written),
		Precision: string(f.Quantity.Precision), Action: "log", Note: f.Note}
	if f.Level == "" && len(f.Mistakes) == 0 {
		out.Value = some(f.Quantity.Amount.String())
	}
	if f.SoFar != nil {
		out.SoFar = some(f.SoFar.String())
	}
	switch {
	case !good:
		out.Action = "refused"
	case f.Waits:
		out.Action = "ask"
	case f.Same:
		out.Action = "none"
	case f.Corrects():
		out.Action = "correct"
	}
	if good && !f.Same && !f.Waits && f.Level == "" {
		out.Logged = some(f.Logged.Amount.String())
	}
	return out
}

func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// importSheet reads which sheet to import and the day for figures that have none.
func importSheet(c *fiber.Ctx) (sheet int, dated kpi.Date, err error) {
	var m kpi.Mistakes
	if s := c.Query("sheet"); s != "" {
		if sheet, err = strconv.Atoi(s); err != nil || sheet < 1 {
			m.Add("sheet", "import_sheet_unknown")
		}
	}
	if s := c.Query("date"); s != "" {
		dated, err = intake.Date(s)
		m.Check("date", err)
	}
	return sheet, dated, m.Err()
}
