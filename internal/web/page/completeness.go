package page

import (
	"fmt"
	"net/url"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

func completenessPath(y kpi.Year) string { return yearPath(y, "completeness") }

func LetterPath(y kpi.Year) string { return yearPath(y, "letter") }

func BulletinPath(y kpi.Year) string { return yearPath(y, "bulletin") }

// completenessPage shows by unit and month who has logged what was due.
type completenessPage struct {
	Layout
	Tabs     []layoutLink
	Hint     string
	Sort     []layoutLink
	Months   []string
	Rows     []completenessRow
	Late     []lateUnit
	Letters  string // all reminders as a Word file; "" for those who may not have it, or if nobody is late
	Bulletin []layoutLink
	Empty    string
	AllDone  string
}

type completenessRow struct {
	Unit  layoutLink
	Cells []completenessCell
	All   string // its entries of the year
	Sum   string // "74/86"
	Rate  string
}

// completenessCell is a month: a word or a fraction, and its state: "done", "late", "open" or "none".
type completenessCell struct {
	Text, State, Title string
	Href               string // what was logged, or what is missing; "" where there is neither
}

// lateUnit is what a unit still has to log, with its letter.
type lateUnit struct {
	ID, Name, Count string
	Months          []lateMonth
	Letter, File    string // "" for those who may not have it
}

// lateMonth lists a month's missing indicators.
type lateMonth struct{ Month, Due, Missing string }

func NewCompleteness(pc Context, c progress.Completeness, byRate bool) completenessPage {
	p, y := pc.Printer, c.Year.Year
	part, tabs := pc.paper("completeness")
	path := completenessPath(y)
	page := completenessPage{
		Layout: NewLayout(pc, p.T("completeness.title"), part, ""), Tabs: tabs,
		Hint: p.T("completeness.hint", p.Name(c.Unit.Name, c.Unit.NameEn), p.T("page.year", int(y)),
			p.Date(c.Today), c.DueDay),
		Sort: []layoutLink{{pc.at(path, c.Unit, kpi.Period{}), p.T("completeness.by_unit"), !byRate},
			{path + "?" + url.Values{"sort": {"rate"}, "unit": {c.Unit.Code}}.Encode(), p.T("completeness.by_rate"), byRate}},
	}
	for m := range 12 {
		page.Months = append(page.Months, p.Month(m+1))
	}
	units := slices.Clone(c.Units)
	if byRate {
		slices.SortStableFunc(units, func(a, b progress.UnitCompleteness) int {
			switch x, y := a.Rate(0).Ok(), b.Rate(0).Ok(); {
			case x && !y: // units from which nothing is due come last
				return -1
			case y && !x:
				return 1
			}
			return a.Compare(b, 0)
		})
	}
	office := pc.Actor.MayReport() == nil && c.Unit.Parent == 0 && c.Year.State != kpi.YearClosed
	for _, u := range units {
		page.Rows = append(page.Rows, pc.completenessRow(u, y))
		if late := u.Late(); len(late) > 0 {
			page.Late = append(page.Late, pc.lateUnit(u, late, y, office))
		}
	}
	switch {
	case len(c.Units) == 0:
		page.Empty = p.T("completeness.empty")
	case len(page.Late) == 0:
		page.AllDone = p.T("completeness.all_done")
	case office:
		page.Letters = LetterPath(y) + ".docx"
	}
	for m := c.LastDue(); office && m >= 1 && len(page.Bulletin) < 3; m-- {
		if len(c.Rank(m)) > 0 {
			page.Bulletin = append(page.Bulletin, layoutLink{Href: BulletinPath(y) + "?month=" + kpi.Period{Year: y,
				Month: m}.String(), Text: p.T("completeness.bulletin", p.Month(m))})
		}
	}
	return page
}

func (pc Context) completenessRow(u progress.UnitCompleteness, y kpi.Year) completenessRow {
	p := pc.Printer
	row := completenessRow{Rate: "—", Sum: "—", Unit: layoutLink{Href: logPath(y) + "?" +
		url.Values{"unit": {u.Unit.Code}}.Encode(), Text: p.Name(u.Unit.Name, u.Unit.NameEn)}}
	if rate := u.Rate(0); rate.Ok() {
		asked, logged := u.Sum(0)
		row.Rate, row.Sum = p.Percent(rate.Value), fmt.Sprintf("%d/%d", logged, asked)
	}
	row.All = row.Unit.Href
	for _, m := range u.Months {
		c := pc.completenessCell(m)
		switch {
		case m.Logged > 0:
			c.Href = logPath(y) + "?" + url.Values{"month": {m.Period.String()}, "unit": {u.Unit.Code}}.Encode()
		case m.Late():
			c.Href = "#late-" + u.Unit.Code
		}
		row.Cells = append(row.Cells, c)
	}
	return row
}

func (pc Context) completenessCell(m progress.MonthCompleteness) completenessCell {
	p := pc.Printer
	switch {
	case m.Asked == 0:
		return completenessCell{Text: "–", State: "none", Title: p.T("completeness.none")}
	case m.Logged == m.Asked:
		return completenessCell{Text: "✓", State: "done", Title: p.T("completeness.done", m.Asked)}
	case m.Late():
		return completenessCell{Text: fmt.Sprintf("%d/%d", m.Logged, m.Asked), State: "late",
			Title: p.T("completeness.late", m.Asked-m.Logged, p.Date(m.Due))}
	}
	return completenessCell{Text: fmt.Sprintf("%d/%d", m.Logged, m.Asked), State: "open",
		Title: p.T("completeness.open", p.Date(m.Due))}
}

func (pc Context) lateUnit(u progress.UnitCompleteness, late []progress.MonthCompleteness, y kpi.Year,
	office bool) lateUnit {
	p := pc.Printer
	asked, logged := u.Sum(0)
	out := lateUnit{ID: "late-" + u.Unit.Code, Name: p.Name(u.Unit.Name, u.Unit.NameEn),
		Count: p.T("completeness.late_count", asked-logged)}
	for _, m := range late {
		missing := ""
		for i, ind := range m.Missing {
			if i > 0 {
				missing += p.T("letter.and")
			}
			missing += p.Name(ind.Name, ind.NameEn)
		}
		out.Months = append(out.Months, lateMonth{p.Month(m.Period.Month), p.T("completeness.due", p.Date(m.Due)), missing})
	}
	if office {
		query := "?" + url.Values{"unit": {u.Unit.Code}}.Encode()
		out.Letter, out.File = LetterPath(y)+query, LetterPath(y)+".docx"+query
	}
	return out
}

// letterPage shows official letters as text to copy and as a Word file.
type letterPage struct {
	Layout
	From    string // the completeness page
	File    string
	Date    string     // of the letters; "" while it is open
	Kept    []pageFact // what else the address says, kept when a date is chosen
	Letters []letterText
}

type letterText struct {
	ID, Title, To, From, Dated, Contact, Notice, Text, Lang string
	Body                                                    paper.Fragment
	Rows                                                    int // of the text, for the size of its box
}

// NewLetter shows letters as the address asks for them.
func NewLetter(pc Context, title, file string, asked map[string]string, letters []paper.Letter) letterPage {
	page := letterPage{Layout: NewLayout(pc, title, partReport, ""), From: completenessPath(pc.Year.Year), File: file,
		Date: asked["date"]}
	for _, name := range []string{"unit", "month", "lang"} {
		if asked[name] != "" {
			page.Kept = append(page.Kept, pageFact{name, asked[name]})
		}
	}
	for i, l := range letters {
		page.Letters = append(page.Letters, letterText{ID: fmt.Sprintf("letter-%d", i+1), Title: l.Title, To: l.To,
			From: l.From, Dated: l.Dated, Contact: l.Contact, Notice: l.Notice, Text: l.Text(), Lang: string(l.Language),
			Body: paper.Fragment{Blocks: l.Body}, Rows: 8 + 2*len(l.Body)})
	}
	return page
}
