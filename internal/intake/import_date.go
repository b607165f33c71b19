package intake

import (
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// readDate determines the day of a figure: from its own date, the period of its heading or of the title, or the
// person's choice. It reports whether the figure is kept: an answer about its period may leave it out.
func (t *table) readDate(f *Figure, row GridRow, c ImportColumn) bool {
	year, ok := t.rowYear(f, row, c)
	if !ok {
		return true
	}
	if year != 0 && year != t.known.Year {
		f.Dated = year.End()
		t.checkYear(f)
		return true
	}
	day, ok := t.rowDay(f, row, c)
	if !ok {
		return true
	}
	if from, ok := t.beside(c, ColDate); ok {
		if cell := t.shown(row, from.Index); cell.Kind != CellEmpty {
			f.at["date"] = from.Index
			t.readDateCell(f, cell, from, c, day)
			return true
		}
		if f.at["date"] == 0 {
			f.at["date"] = from.Index
		}
	}
	if day != 0 {
		t.dayInTitle(f, c, day)
		return true
	}
	year = t.known.Year
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
	case t.title.any && t.choices.Date == "" && t.title.dated == "" && !t.yearIsOver():
		return t.askPeriod(f, "")
	default:
		f.Dated = t.undated()
		t.Dated = f.Dated
	}
	t.checkYear(f)
	return true
}

// readDateCell dates a figure by its own cell. For a period of several months it is a sum over them.
func (t *table) readDateCell(f *Figure, cell Cell, from, c ImportColumn, day int) {
	form := from.dayStyle(t.known.Year)
	read := t.dateCell(cell, form)
	if read.doubt != "" {
		read = t.dateCell(cell, t.askOrder(f, cell, from, form, read.doubt))
	}
	f.Dated = read.day
	f.check("date", read.err)
	switch s := read.span; {
	case read.err != nil:
		return
	case day != 0 && s.day == 0 && s.first == s.month:
		t.dateAs(f, span{year: s.year, month: s.month, day: day}, t.known.Year)
	case c.Role == ColValue && c.Auto == ColValue && (s.sum || s.several() && s.day == 0):
		f.Cumulative, f.Since = true, max(s.first, 1)
	case c.Role == ColValue && asOfHeading.MatchString(from.Heading) && c.done:
		f.Cumulative, f.Since = true, 1
	}
	t.checkYear(f)
}

// dayInTitle dates a figure whose row has only a day, in the month of its heading or of the title.
func (t *table) dayInTitle(f *Figure, c ImportColumn, day int) {
	s := t.title.span
	switch {
	case c.spanned:
		s = c.span
	case !t.title.found:
		s = span{}
	}
	if s.first != s.month || s.month == 0 {
		f.Refuse("date", kpi.T("date_unreadable", itoa(day)))
		return
	}
	year := t.known.Year
	if t.title.year != 0 {
		year = t.title.year
	}
	t.dateAs(f, span{year: s.year, month: s.month, day: day}, year)
	t.checkYear(f)
}

// dayStyle says how the cells of a column of days are read.
type dayStyle struct {
	year    kpi.Year
	quarter bool   // 1 is a quarter, not January
	order   string // chosen order of month and day in digits; "": none
	month   string // chosen meaning of two digits after an English month
}

func (c ImportColumn) dayStyle(year kpi.Year) dayStyle {
	return dayStyle{year: year, quarter: strings.Contains(c.Heading, "季") || strings.Contains(strings.ToLower(c.Heading),
		"quarter")}
}

// dayRead is the result of reading a cell in a column of dates.
type dayRead struct {
	day   kpi.Date
	span  span
	err   error
	doubt string // kind of the question about it; "": none
}

// dayKey is a cell and the style in which it is read.
type dayKey struct {
	Cell
	dayStyle
}

// dateCell reads a cell of a column of dates; results are cached, because the same days occur in many rows.
func (t *table) dateCell(c Cell, form dayStyle) dayRead {
	read, ok := t.days[dayKey{c, form}]
	if !ok {
		cell := c
		if text := strings.TrimSpace(foldPeriod(c.Text)); form.quarter && quarterCell.MatchString(text) {
			cell = textCell("第" + text + "季度")
		} else {
			cell, read.doubt = orderedDay(c, form)
		}
		read.span, read.day, read.err = spanCell(cell, form.year, t.known.Today, t.grid.from1904)
		if len(t.days) < maxGridRows {
			t.days[dayKey{c, form}] = read
		}
	}
	return read
}

// undated returns the day of figures without any period.
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

// yearIsOver reports whether the title names the imported year and that year is over.
func (t *table) yearIsOver() bool {
	return t.title.year == t.known.Year && t.known.Year.End() <= t.known.Today
}

// leave is the answer that leaves figures out.
const leave = "leave"

// askPeriod asks for the month of a table whose title has no readable period; written is the unreadable one or "".
func (t *table) askPeriod(f *Figure, written string) bool {
	q := Question{ID: "period", Text: kpi.T("import_ask_period", quote(written))}
	if written == "" {
		q.Text = kpi.T("import_ask_no_period")
	}
	for month := 12; month >= 1; month-- {
		p := kpi.Period{Year: t.known.Year, Month: month}
		if t.known.Today == "" || p.Start() <= t.known.Today {
			q.Options = append(q.Options, Option{p.String(), kpi.T("import_period_option", string(monthEnd(p, t.known.Today)))})
		}
	}
	q.Options = append(q.Options, Option{leave, kpi.T("import_leave_year_option")})
	f.Dated = min(t.known.Today, t.known.Year.End())
	if len(q.Options) == 1 { // the year has not begun: all its days are refused
		f.Dated = t.known.Year.End()
		return true
	}
	answer := t.ask(q)
	if answer == leave {
		why := kpi.T("import_left_period", quote(written))
		if written == "" {
			why = kpi.T("import_left_no_period")
		}
		t.leaveAsked("period", Skip{t.Header, f.Column, why})
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
	f.Dated = t.known.Today
	return t.keepsRunning(c)
}

// keepsRunning asks whether the figures of such a column are those up to today; it is false only if a person leaves
// them out.
func (t *table) keepsRunning(c ImportColumn) bool {
	id := "period:" + c.Name()
	answer := t.ask(Question{ID: id, Row: t.Header, Column: c.Index, Text: kpi.T("import_ask_running", c.Heading),
		Options: []Option{{"today", kpi.T("import_period_option", string(t.known.Today))},
			{leave, kpi.T("import_leave_column_option")}}})
	if answer == leave {
		t.leaveAsked(id, Skip{t.Header, c.Index, kpi.T("import_left_running", c.Heading)})
		return false
	}
	return true
}

// leaveAsked records, once per question, what an answer leaves out.
func (t *table) leaveAsked(id string, s Skip) {
	if !slices.Contains(t.leftBy, id) {
		t.leftBy = append(t.leftBy, id)
		t.Left = append(t.Left, s)
	}
}
