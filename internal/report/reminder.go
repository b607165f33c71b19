package report

import (
	"errors"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/progress"
)

// Reminders makes reminder letters (提醒函) and the ranking bulletin (通报).
type Reminders struct {
	Office       Office
	Cover        Cover // whom to ask
	Completeness progress.Completeness
	Date         kpi.Date // of the letters, chosen by whoever sends them; "" leaves it open
	Language     lang.Printer
}

// ErrNothingLate is returned if there is nobody to remind.
var ErrNothingLate = errors.New("nothing is late")

// Reminder returns the letter to one unit about its late months, or ErrNothingLate if none is.
func (r Reminders) Reminder(u progress.UnitCompleteness) (paper.Letter, error) {
	late := u.Late()
	if len(late) == 0 {
		return paper.Letter{}, ErrNothingLate
	}
	p, year := r.Language, int(r.Completeness.Year.Year)
	title := p.T("letter.reminder.title", year)
	if len(late) == 1 {
		title = p.T("letter.reminder.title_month", year, p.Month(late[0].Period.Month))
	}
	asked, logged := u.Sum(0)
	l := r.letter(title, p.T("letter.to", p.Name(u.Unit.Name, u.Unit.NameEn)))
	l.Name, l.Addressee = p.T("letter.reminder.file_name", p.Name(u.Unit.Name, u.Unit.NameEn)), u.Unit
	l.Body = append(l.Body, prosaic(p.T("letter.reminder.open", p.Date(r.Completeness.Today), year, asked, logged,
		asked-logged, r.Completeness.DueDay)))
	for i, m := range late {
		month := p.Month(m.Period.Month)
		if len(late) > 1 {
			month = numbered(p, 2, i+1, month)
		}
		l.Body = append(l.Body, prosaic(p.T("letter.reminder.item", month, p.Date(m.Due), r.names(m.Missing))))
	}
	l.Body = append(l.Body, prosaic(p.T("letter.reminder.close")), prosaic(p.T("letter.reminder.end")))
	return l, nil
}

// All returns the letters to all units that are late, in the units' order.
func (r Reminders) All() (out []paper.Letter) {
	for _, u := range r.Completeness.Units {
		if l, err := r.Reminder(u); err == nil {
			out = append(out, l)
		}
	}
	return out
}

// Bulletin ranks the units by a month, or by all months that are due if month is 0. It returns
// ErrNothingLate if nothing was due in the month, or the month is not due yet.
func (r Reminders) Bulletin(month int) (paper.Letter, error) {
	ranked := r.Completeness.Rank(month)
	if len(ranked) == 0 {
		return paper.Letter{}, ErrNothingLate
	}
	p, year := r.Language, int(r.Completeness.Year.Year)
	span := p.T("letter.bulletin.span_year", year)
	if month > 0 {
		span = p.T("letter.bulletin.span_month", year, p.Month(month))
	}
	l := r.letter(p.T("letter.bulletin.title", span), p.T("letter.bulletin.to"))
	l.Name = p.T("letter.bulletin.title", span)
	asked, logged, whole := 0, 0, []kpi.Unit{}
	var rest []kpi.Unit
	for _, u := range ranked {
		a, g := u.Sum(month)
		asked, logged = asked+a, logged+g
		if a == g {
			whole = append(whole, u.Unit)
		} else {
			rest = append(rest, u.Unit)
		}
	}
	rate := p.Percent(kpi.Rate(kpi.Whole(int64(logged)), kpi.Whole(int64(asked))))
	l.Body = append(l.Body, prosaic(p.T("letter.bulletin.open", p.Date(r.Completeness.Today), span,
		len(ranked), asked, logged, rate)))
	switch {
	case len(rest) == 0:
		l.Body = append(l.Body, prosaic(p.T("letter.bulletin.whole_all")))
	case len(whole) == 0:
		l.Body = append(l.Body, prosaic(p.T("letter.bulletin.whole_none")))
	default:
		l.Body = append(l.Body, prosaic(p.T("letter.bulletin.whole", len(whole), r.units(whole), len(rest))))
	}
	table := r.ranking(ranked, month)
	l.Body = append(l.Body, prosaic(p.T("letter.bulletin.table")), paper.Block{Table: &table})
	if len(rest) > 0 {
		l.Body = append(l.Body, prosaic(p.T("letter.bulletin.close", r.Completeness.DueDay)))
	}
	return l, nil
}

// ranking returns the bulletin's table.
func (r Reminders) ranking(ranked []progress.Ranked, month int) paper.Table {
	p := r.Language
	t := paper.Table{Widths: []int{10, 34, 16, 16, 18, 22}, Head: 1}
	head := paper.Row{}
	for _, key := range []string{"place", "unit", "asked", "logged", "rate", "late"} {
		head.Cells = append(head.Cells, paper.Label(p.T("letter.col_"+key)))
	}
	t.Rows = append(t.Rows, head)
	for _, u := range ranked {
		asked, logged := u.Sum(month)
		all, kept := u.Sum(0)
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{paper.Words(strconv.Itoa(u.Place)),
			paper.Words(p.Name(u.Unit.Name, u.Unit.NameEn)),
			paper.Words(strconv.Itoa(asked)), paper.Words(strconv.Itoa(logged)), paper.Words(p.Percent(u.Rate(month).Value)),
			paper.Words(strconv.Itoa(all - kept))}})
	}
	return t
}

func (r Reminders) letter(title, to string) paper.Letter {
	p, c := r.Language, r.Completeness
	l := paper.Letter{Title: title, To: to, From: p.Name(r.Office.Name, r.Office.NameEn), Dated: dated(p, r.Date),
		Date: r.Date, Language: p.Tag()}
	switch contact := p.Name(r.Cover.Contact, r.Cover.ContactEn); {
	case contact != "" && r.Cover.Phone != "":
		l.Contact = p.T("letter.contact", contact, r.Cover.Phone)
	case contact != "":
		l.Contact = p.T("letter.contact_name", contact)
	case r.Cover.Phone != "":
		l.Contact = p.T("letter.contact_phone", r.Cover.Phone)
	}
	if c.Year.Sample {
		l.Notice = p.T("report.sample")
	}
	return l
}

func (r Reminders) names(indicators []kpi.Indicator) string {
	var out []string
	for _, i := range indicators {
		out = append(out, r.Language.Name(i.Name, i.NameEn))
	}
	return strings.Join(out, r.Language.T("letter.and"))
}

func (r Reminders) units(units []kpi.Unit) string {
	var out []string
	for _, u := range units {
		out = append(out, r.Language.Name(u.Name, u.NameEn))
	}
	return strings.Join(out, r.Language.T("letter.and"))
}

// prosaic returns a paragraph of plain text.
func prosaic(s string) paper.Block { return paper.NewParagraph(paper.Run{Text: s}) }
