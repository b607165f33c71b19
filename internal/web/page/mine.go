package page

import (
	"net/url"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// minePage lists what a person has to log: what is late, due and done.
type minePage struct {
	Layout
	Sentence string
	Meta     string
	Soon     string // a reminder shortly before the due day, or ""
	Entries  []mineEntries
	Groups   []mineGroup
	Empty    string // said instead of groups, with what to do next
	Missing  *missingView
	Own      *mineOwn
}

// mineGroup contains the rows of one state.
type mineGroup struct {
	ID, Name, Hint string
	Rows           []mineRow
}

// mineEntries lists the person's own entries that are drafts or were returned.
type mineEntries struct {
	ID, Name string
	Rows     []mineEntry
}

// mineEntry is one of them. Why says who returned it and the reason; Fix is where to correct it, "" if
// its month is locked.
type mineEntry struct{ Name, Href, Unit, Value, Dated, Why, Fix string }

// mineRow is an indicator to log.
type mineRow struct {
	Name, Href, Area string
	Value            cell
	Measure, Updated string
	Light            lightView
	Months           []layoutLink // late months, each linking to its form
	Overdue          string       // since when the first of them is late
	Log              string       // the form for today
	Due              layoutLink   // beside Months: the month that is not late yet, with its form
}

// mineOwn is the form to choose one's own indicators. Field names: own (codes), csrf.
type mineOwn struct {
	Action, CSRF, Title string
	Open                bool
	Areas               []mineOwnArea
}

type mineOwnArea struct {
	Name    string
	Choices []mineOwnChoice
}

type mineOwnChoice struct {
	Code, Name   string
	Mine, Locked bool
}

// remindDays is the number of days before the due day from which the page reminds of it.
const remindDays = 5

func NewMine(pc Context, m app.Mine) minePage {
	p := pc.Printer
	page := minePage{Layout: NewLayout(pc, p.T("mine.title"), PartLog, MinePath(m.Year.Year))}
	page.Tabs = pc.logTabs("mine")
	if m.MayOwn {
		page.Own = newMineOwn(pc, m)
	}
	var late, due, done []mineRow
	for _, ind := range m.Indicators {
		row := newMineRow(pc, m, ind)
		switch ind.Duty.Urgency() {
		case 0:
			late = append(late, row)
		case 1:
			due = append(due, row)
		default:
			done = append(done, row)
		}
	}
	for _, g := range []struct {
		id      string
		entries []app.LogEntry
	}{{"returned", m.Returned}, {"drafts", m.Drafts}} {
		if len(g.entries) > 0 {
			page.Entries = append(page.Entries, mineEntries{g.id, p.T("mine." + g.id), newMineEntries(pc, g.entries)})
		}
	}
	page.Sentence = mineSentence(p, len(m.Returned), len(late), len(due), len(done))
	switch {
	case m.Year.CheckOpen() != nil:
		page.Empty = p.T("mine.closed", int(m.Year.Year))
	case !pc.fills(m.Year):
		page.Empty = p.T("mine.to_come", int(m.Year.Year))
	case len(m.Indicators) == 0 && m.MayOwn:
		page.Empty = p.T("mine.none_owned")
	case len(m.Indicators) == 0:
		page.Empty = p.T("mine.none_of_unit", p.Name(m.Unit.Name, m.Unit.NameEn))
	}
	if page.Empty != "" {
		page.Sentence = p.T("mine.title")
		return page
	}
	page.remind(pc, m, len(due))
	for _, g := range []mineGroup{{"late", p.T("mine.late"), p.T("mine.late_hint"), late},
		{"due", p.T("mine.due", p.Month(m.Due.Month)), p.T("mine.due_hint", p.Day(m.DueDate)), due},
		{"done", p.T("mine.done", p.Month(m.Due.Month)), "", done}} {
		if len(g.Rows) > 0 {
			page.Groups = append(page.Groups, g)
		}
	}
	return page
}

// mineSentence says what there is to do, most urgent first.
func mineSentence(p lang.Printer, returned, late, due, done int) string {
	var parts []string
	for _, part := range []struct {
		key string
		n   int
	}{{"mine.part_returned", returned}, {"mine.part_late", late}, {"mine.part_due", due}} {
		if part.n > 0 {
			parts = append(parts, p.T(part.key, part.n))
		}
	}
	if len(parts) == 0 {
		return p.T("mine.sentence_done", done)
	}
	return strings.Join(parts, p.T("mine.comma"))
}

func newMineEntries(pc Context, entries []app.LogEntry) (out []mineEntry) {
	p := pc.Printer
	for _, e := range entries {
		link := pc.indicatorLink(e.Indicator)
		row := mineEntry{Name: link.Text, Href: link.Href, Unit: p.Name(e.Unit.Name, e.Unit.NameEn),
			Value: writtenValue(p, e), Dated: p.Day(e.Dated)}
		if e.Open {
			row.Fix = CorrectionPath(e.ID)
		}
		if e.Review != nil && e.Review.Reason != "" {
			row.Why = p.T("mine.why", e.Review.ByName, e.Review.Reason)
		}
		out = append(out, row)
	}
	return out
}

// remind sets the reminder: until when, and how many days that is.
func (page *minePage) remind(pc Context, m app.Mine, due int) {
	if m.Due.Year != m.Year.Year {
		return
	}
	p, days := pc.Printer, daysUntil(pc.Today, m.DueDate)
	page.Meta = untilDue(pc, m.Due, m.DueDate)
	if due > 0 && days <= remindDays {
		page.Soon = p.T("mine.soon", p.Month(m.Due.Month), due, p.Day(m.DueDate))
	}
}

// untilDue says until when a month is to be logged, and how many days that is.
func untilDue(pc Context, month kpi.Period, due kpi.Date) string {
	p, days := pc.Printer, daysUntil(pc.Today, due)
	if days == 0 {
		return p.T("mine.meta_today", p.Month(month.Month))
	}
	return p.T("mine.meta", p.Month(month.Month), p.Day(due), days)
}

// overdue says since when a month is overdue.
func overdue(pc Context, month kpi.Period, due kpi.Date) string {
	return pc.Printer.T("mine.overdue", pc.Printer.Month(month.Month), pc.Printer.Day(due), -daysUntil(pc.Today, due))
}

func daysUntil(today, day kpi.Date) int {
	return int(day.Time().Sub(today.Time()).Hours() / 24)
}

func newMineRow(pc Context, m app.Mine, ind app.MineIndicator) mineRow {
	v := pc.indicatorFigure(ind.Figure)
	row := mineRow{Name: v.Name, Href: v.Href, Value: v.Value, Measure: v.Measure, Updated: v.Updated, Light: v.Light}
	for _, a := range m.Areas {
		if a.ID == ind.Figure.Indicator.Area {
			row.Area = areaName(pc, a)
		}
	}
	row.Log = entryTo(m, ind.Figure.Indicator, "")
	months := ind.Duty.Late
	for _, month := range months {
		if p := (kpi.Period{Year: m.Year.Year, Month: month}); m.Locks.Holds(p) == nil {
			row.Overdue = overdue(pc, p, progress.DueDate(p, m.DueDay))
			break
		}
	}
	for _, month := range months {
		row.Months = append(row.Months, newMineMonth(pc, m, ind, month))
	}
	if due := ind.Duty.Due.Month; len(months) > 0 && due != 0 && !ind.Duty.Done {
		row.Due = newMineMonth(pc, m, ind, due)
	}
	return row
}

// newMineMonth leads to the form for one month, unless that is locked.
func newMineMonth(pc Context, m app.Mine, ind app.MineIndicator, month int) layoutLink {
	p, period := pc.Printer, kpi.Period{Year: m.Year.Year, Month: month}
	if m.Locks.Holds(period) != nil {
		return layoutLink{Text: p.T("mine.month_locked", p.Month(month))}
	}
	return layoutLink{Href: entryTo(m, ind.Figure.Indicator, min(period.End(), pc.Today)), Text: p.Month(month)}
}

// entryTo returns the form for an entry in an indicator on a day; "" for today.
func entryTo(m app.Mine, ind kpi.Indicator, day kpi.Date) string {
	return entryPath(m.Year.Year, ind.Code, m.Unit.Code, day)
}

// entryPath returns the form for an entry of a unit in an indicator on a day; "" for today.
func entryPath(y kpi.Year, indicator, unit string, day kpi.Date) string {
	q := url.Values{"indicator": {indicator}, "unit": {unit}}
	if day != "" {
		q.Set("date", string(day))
	}
	return EntryPath(y) + "?" + q.Encode()
}

func newMineOwn(pc Context, m app.Mine) *mineOwn {
	p := pc.Printer
	own := &mineOwn{Action: MinePath(m.Year.Year), CSRF: pc.CSRF, Title: p.T("mine.own", len(m.Indicators)),
		Open: len(m.Indicators) == 0}
	for _, a := range append([]kpi.Area{{}}, m.Areas...) {
		area := mineOwnArea{Name: areaName(pc, a)}
		for _, c := range m.Choices {
			if c.Indicator.Area == a.ID {
				area.Choices = append(area.Choices, mineOwnChoice{c.Indicator.Code, p.Name(c.Indicator.Name, c.Indicator.NameEn),
					c.Mine, c.Named})
			}
		}
		if len(area.Choices) > 0 {
			own.Areas = append(own.Areas, area)
		}
	}
	return own
}
