package intake

import (
	"slices"

	"dabiao/internal/kpi"
)

// readDate decides the day of a figure: its own date, the period of its heading, of the title, or what
// a person said. It reports whether the figure is to be kept: the answer to a question about its
// period may be to leave it out.
func (t *table) readDate(f *Figure, row GridRow, c ImportColumn) bool {
	if from, ok := t.beside(c, ColDate); ok {
		f.at["date"] = from.Index
		if cell := t.shown(row, from.Index); cell.Kind != CellEmpty {
			d, err := t.dateCell(cell)
			f.Dated = d
			f.check("date", err)
			t.checkYear(f)
			return true
		}
	}
	year := t.known.Year
	if t.title.year != 0 {
		year = t.title.year
	}
	switch {
	case c.spanned && c.span.running(year, t.known.Today):
		return t.askRunning(f, c)
	case c.spanned:
		t.dateAs(f, c.span, year)
	case t.title.found:
		t.dateAs(f, t.title.span, year)
		t.Dated = f.Dated
	case year != t.known.Year:
		f.Dated = year.End()
	case t.title.doubt != "":
		return t.askPeriod(f, t.title.doubt)
	case c.fiscal:
		return t.askPeriod(f, c.Heading)
	default:
		f.Dated = t.undated()
		t.Dated = f.Dated
	}
	t.checkYear(f)
	return true
}

// dayRead is what a cell in a column of dates was read as.
type dayRead struct {
	day kpi.Date
	err error
}

// dateCell remembers what it read before: the same days stand in many rows.
func (t *table) dateCell(c Cell) (kpi.Date, error) {
	read, ok := t.days[c]
	if !ok {
		read.day, read.err = dateCell(c, t.known.Year, t.known.Today, t.grid.from1904)
		if len(t.days) < maxGridRows {
			t.days[c] = read
		}
	}
	return read.day, read.err
}

// undated is the day of figures nothing gives a period.
func (t *table) undated() kpi.Date {
	switch {
	case t.choices.Date != "":
		return t.choices.Date
	case t.title.dated != "":
		return t.title.dated
	}
	return min(t.known.Today, t.known.Year.End())
}

func (t *table) dateAs(f *Figure, s span, year kpi.Year) {
	d, ok := s.end(year, t.known.Today)
	if !ok {
		f.Refuse("date", kpi.T("date_unreadable", itoa(s.month)+"-"+itoa(s.day)))
	}
	f.Dated = d
}

func (t *table) checkYear(f *Figure) {
	if f.Dated != "" && f.Dated.Year() != t.known.Year {
		f.Refuse("date", kpi.T("date_outside_year", string(f.Dated), int(t.known.Year)))
	}
}

// leave is the answer that leaves figures out.
const leave = "leave"

// askPeriod asks which month the figures of a table are from whose title names none that can be read.
func (t *table) askPeriod(f *Figure, written string) bool {
	q := Question{ID: "period", Text: kpi.T("import_ask_period", quote(written))}
	for month := 12; month >= 1; month-- {
		p := kpi.Period{Year: t.known.Year, Month: month}
		if t.known.Today == "" || p.Start() <= t.known.Today {
			q.Options = append(q.Options, Option{p.String(), kpi.T("import_period_option", string(monthEnd(p, t.known.Today)))})
		}
	}
	q.Options = append(q.Options, Option{leave, kpi.T("import_leave_year_option")})
	f.Dated = min(t.known.Today, t.known.Year.End())
	if len(q.Options) == 1 { // a year that has not begun: every day of it is refused
		f.Dated = t.known.Year.End()
		return true
	}
	answer := t.ask(q)
	if answer == leave {
		t.leaveAsked("period", Skip{t.Header, f.Column, kpi.T("import_left_period", quote(written))})
		return false
	}
	for _, o := range q.Options {
		if o.Value == answer {
			f.Dated = kpi.Date(o.Text.Args[0].(string))
		}
	}
	return true
}

// askRunning asks about a column for a quarter, a half or a year that is not over.
func (t *table) askRunning(f *Figure, c ImportColumn) bool {
	id := "period:" + c.Name()
	f.Dated = t.known.Today
	answer := t.ask(Question{ID: id, Row: t.Header, Column: c.Index, Text: kpi.T("import_ask_running", c.Heading),
		Options: []Option{{"today", kpi.T("import_period_option", string(t.known.Today))}, {leave, kpi.T("import_leave_column_option")}}})
	if answer == leave {
		t.leaveAsked(id, Skip{t.Header, c.Index, kpi.T("import_left_running", c.Heading)})
		return false
	}
	return true
}

// leaveAsked notes once what an answer leaves out.
func (t *table) leaveAsked(id string, s Skip) {
	if !slices.Contains(t.leftBy, id) {
		t.leftBy = append(t.leftBy, id)
		t.Left = append(t.Left, s)
	}
}
