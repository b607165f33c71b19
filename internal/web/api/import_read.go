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
	Sheets    []string           `json:"sheets"`
	Sheet     int                `json:"sheet"` // which was read, from 1
	HeaderRow int                `json:"header_row"`
	Period    *string            `json:"period"` // in the title
	Unit      *string            `json:"unit"`   // of the title
	Dated     *string            `json:"dated"`  // for figures without a date of their own
	Columns   []importColumnJSON `json:"columns"`
	Blank     int                `json:"blank_rows"`
	LeftOut   []importRowJSON    `json:"left_out"`
	Corrected int                `json:"corrected"`
	Lines     []importLineJSON   `json:"lines"`
	LinesMore int                `json:"lines_more"` // how many more there are than those listed
	Before    *importBeforeJSON  `json:"earlier_import"`
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

// importLineJSON is one figure. Value is the table's figure in the indicator's measure; written is how the
// table has it, if that is another number; logged is what goes into the log.
type importLineJSON struct {
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

// importLines bounds the figures that an answer lists.
const importLines = 1000

func newImportReadJSON(p lang.Printer, r app.ImportResult) importReadJSON {
	out := importReadJSON{Sheets: append([]string{}, r.Sheets...), Sheet: r.Sheet, HeaderRow: r.Header, Unit: some(r.Unit),
		Dated: some(string(r.Dated)), Columns: []importColumnJSON{}, Blank: r.Blank, LeftOut: importRowsJSON(p, r.Left),
		Corrected: r.Corrected, Lines: []importLineJSON{}}
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
	for _, l := range r.Lines[:min(len(r.Lines), importLines)] {
		out.Lines = append(out.Lines, newImportLineJSON(l, good[l.Row]))
	}
	out.LinesMore = len(r.Lines) - len(out.Lines)
	if e := r.Earlier; e != nil {
		out.Before = &importBeforeJSON{e.Name, rfc3339(e.At), e.Author, e.Rows, e.Entries}
	}
	return out
}

func newImportLineJSON(l app.ImportLine, good bool) importLineJSON {
	out := importLineJSON{Row: l.Row, Column: intake.ColumnName(l.Column), Indicator: l.Indicator.Code, Unit: l.Unit,
		Date: string(l.Dated), WholeMonth: l.Month, Cumulative: l.Cumulative, Level: some(string(l.Level)),
		Measure: string(l.Indicator.Measure), Written: some(l.Written),
		Precision: string(l.Quantity.Precision), Action: "log", Note: l.Note}
	if l.Level == "" && len(l.Mistakes) == 0 {
		out.Value = some(l.Quantity.Amount.String())
	}
	if l.SoFar != nil {
		out.SoFar = some(l.SoFar.String())
	}
	switch {
	case !good:
		out.Action = "refused"
	case l.Waits:
		out.Action = "ask"
	case l.Same:
		out.Action = "none"
	case l.Corrects():
		out.Action = "correct"
	}
	if good && !l.Same && !l.Waits && l.Level == "" {
		out.Logged = some(l.Logged.Amount.String())
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
