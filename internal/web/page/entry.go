package page

import (
	"fmt"
	"slices"
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/web/input"
)

// entryPage is the form for a new entry, with what helps to fill it in.
type entryPage struct {
	Layout
	Saved   *entrySaved // what was just logged; nil if nothing was
	Form    *UpdateForm
	Name    string       // the chosen indicator's; "" if none is chosen
	Href    string       // its page
	State   *figureCard  // how the indicator stands; nil if none is chosen
	Months  []entryMonth // its year; nil for judgements
	Late    string       // which of them are late, or that one is due
	Latest  []entryLatest
	Bars    []entryBar
	HabitOf string // what the table shows, and what is usual
	Next    []entryNext
	Missing *missingView // there is nothing to log yet
}

// entrySaved says what was logged and where it can be corrected.
type entrySaved struct{ Text, Correct, Elsewhere string }

type entryLatest struct{ Dated, Value, Note string }

// entryMonth is a month of the year: what was logged, or that it is late, due or locked. Day is the day its
// form is dated, "" if it takes no entry.
type entryMonth struct{ Name, Value, State, Word, Href, Day string }

// entryNext is another indicator to be logged.
type entryNext struct{ Name, Href, Word, State string }

// latestShown is how many of the latest entries are listed; all of them are drawn.
const latestShown = 6

// entryBar is an entry in the row of bars, in percent of the drawing.
type entryBar struct{ X, Y, Height string }

// EntryInput is the input of the page besides the view.
type EntryInput struct {
	Indicator      string // chosen
	Key            string
	Typed          input.UpdateTyped
	HadFiles       bool // files were sent with it, which browsers do not keep
	Refusal        *kpi.Error
	Question       *kpi.Text // about what was typed; nil: none
	Saved          *app.LogEntry
	FilesMissing   bool
	FilesElsewhere bool // one of its files is attached to another entry, too
}

func NewEntry(pc Context, v app.EntryView, in EntryInput) entryPage {
	p := pc.Printer
	page := entryPage{Layout: NewLayout(pc, p.T("entry.title"), PartLog, EntryPath(v.Year.Year)),
		Form: newEntryForm(pc, v, in)}
	page.Scripts, page.Tabs = []string{"draft.js", "entry.js"}, pc.logTabs("entry")
	page.Live = "" // no live update may replace what is being typed
	if in.Saved != nil {
		page.Saved = newEntrySaved(pc, *in.Saved, in.FilesMissing)
		if in.FilesElsewhere {
			page.Saved.Text, page.Saved.Elsewhere = page.Saved.Text+" "+pc.Printer.T("evidence.elsewhere_said"),
				EntryEvidencePath(in.Saved.ID)
		}
	}
	if v.Indicator.Code == "" {
		return page
	}
	link := pc.indicatorLink(v.Indicator)
	page.Name, page.Href = link.Text, link.Href
	card := newFigureCard(p, v.Figure, pc.indicatorFigure(v.Figure))
	page.State, page.Months, page.Late = &card, newEntryMonths(pc, v), lateText(p, v)
	page.Next = newEntryNext(pc, v)
	page.Latest, page.Bars = newEntryLatest(p, v), newEntryBars(v)
	page.HabitOf = habitText(p, v)
	return page
}

func newEntrySaved(pc Context, e app.LogEntry, filesMissing bool) *entrySaved {
	p := pc.Printer
	out := entrySaved{Correct: CorrectionPath(e.ID), Text: p.T("entry.done.logged", writtenValue(p, e),
		p.Name(e.Indicator.Name, e.Indicator.NameEn), p.Name(e.Unit.Name, e.Unit.NameEn), p.Day(e.Dated))}
	if filesMissing {
		out.Text = p.T("log.done.logged_without_files", int64(e.ID))
	}
	return &out
}

func newEntryForm(pc Context, v app.EntryView, in EntryInput) *UpdateForm {
	p, typed := pc.Printer, in.Typed
	if typed.Date == "" && in.Refusal == nil {
		typed.Date = string(v.Dated)
	}
	f := &UpdateForm{ID: "log", Title: p.T("entry.title"), Submit: p.T("entry.submit"), CSRF: pc.CSRF, Key: in.Key,
		Action: EntryPath(v.Year.Year)}
	f.Indicator = Field{ID: "f-indicator", Name: "indicator", Label: p.T("col.indicator"), Value: v.Indicator.Code}
	f.Indicators = indicatorChoices(p, v.Areas, v.Indicators, v.Indicator.Code)
	for _, u := range pc.Units {
		f.Units = append(f.Units, formOption{u.Code, p.Name(u.Name, u.NameEn), u.ID == v.Unit.ID})
	}
	f.Unit = Field{ID: "f-unit", Name: "unit", Label: p.T("entry.unit"), Value: v.Unit.Code}
	f.fields(p, v.Indicator, pc.Today, v.Year.Year, typed)
	f.files(p)
	f.Draft = p.T("entry.draft")
	if v.Indicator.Code == "" {
		f.Value, f.Level, f.Submit = nil, nil, p.T("entry.go_on")
		f.refuse(p, in.Refusal)
		return f
	}
	f.Submit = p.T("entry.submit_month", p.Month(v.Dated.Period().Month))
	if f.Value != nil {
		f.Value.Hint = entryHint(p, v)
	}
	f.refuse(p, in.Refusal)
	if in.Question != nil {
		f.Ask = &formAsk{Text: p.Text(*in.Question), Sure: f.sure}
	}
	if in.HadFiles && in.Refusal != nil {
		f.Evidence.Error = p.T("entry.files_again")
	}
	return f
}

// entryHint returns the hint below the field: the present figure, what is usual, last year's figure.
func entryHint(p lang.Printer, v app.EntryView) string {
	text := func(a kpi.Amount) string { return measured(p, v.Indicator, p.Amount(v.Indicator, a)) }
	var parts []string
	add := func(key string, args ...any) { parts = append(parts, strings.TrimSpace(p.T(key, args...))) }
	last := len(v.Latest) - 1
	if v.Below.Ok() {
		add("entry.from_below", measured(p, v.Indicator, p.Value(v.Indicator, v.Below.Value)))
	}
	switch {
	case last < 0 && v.Below.Ok():
	case last < 0:
		add("entry.last_none")
	case !v.Indicator.Kind.Sums():
		add("entry.last_reading", measured(p, v.Indicator, p.Value(v.Indicator, v.Latest[last].Quantity)),
			p.Day(v.Latest[last].Dated))
	case v.Figure.Achievement.Ok():
		add("entry.last_sum", measured(p, v.Indicator, p.Value(v.Indicator, v.Figure.Achievement.Value)),
			p.Day(v.Figure.LastUpdate))
	}
	if v.HasHabit {
		add("entry.usual", p.Amount(v.Indicator, v.Habit.Low), text(v.Habit.High))
	}
	if v.LastYear.Ok() {
		add("entry.last_year", p.Month(v.Dated.Period().Month), text(v.LastYear.Value))
	}
	add("entry.value_hint")
	return strings.Join(parts, p.T("entry.space"))
}

func newEntryLatest(p lang.Printer, v app.EntryView) []entryLatest {
	var out []entryLatest
	for i := len(v.Latest) - 1; i >= max(len(v.Latest)-latestShown, 0); i-- {
		u := v.Latest[i]
		out = append(out, entryLatest{Dated: p.Day(u.Dated),
			Value: writtenValue(p, app.LogEntry{Update: u, Indicator: v.Indicator}), Note: u.Note})
	}
	return out
}

// newEntryBars draws the latest entries from zero, the oldest at the left. It returns nothing for fewer
// than three entries and for judgements.
func newEntryBars(v app.EntryView) []entryBar {
	var most kpi.Amount
	for _, u := range v.Latest {
		most = max(most, u.Quantity.Amount)
	}
	if len(v.Latest) < 3 || most <= 0 || v.Indicator.Kind == kpi.Level {
		return nil
	}
	var out []entryBar
	for i, u := range v.Latest {
		height := max(kpi.Rate(u.Quantity.Amount, most), 100) // every bar is visible
		if u.Quantity.Amount <= 0 {
			height = 0
		}
		out = append(out, entryBar{X: fmt.Sprintf("%.2f%%", 100*float64(i)/progress.HabitEntries),
			Y: (kpi.Hundred - height).String() + "%", Height: height.String() + "%"})
	}
	return out
}

// habitText returns the heading of the table of the latest entries.
func habitText(p lang.Printer, v app.EntryView) string {
	if len(v.Latest) == 0 {
		return ""
	}
	return p.T("entry.latest", p.Name(v.Unit.Name, v.Unit.NameEn))
}

// indicatorChoices returns the indicators by area, in the board's order.
func indicatorChoices(p lang.Printer, areas []kpi.Area, indicators []kpi.Indicator, chosen string) []formChoice {
	var out []formChoice
	for _, a := range append([]kpi.Area{{}}, areas...) {
		g := formChoice{Name: p.Name(a.Name, a.NameEn)}
		if a.ID == 0 {
			g.Name = p.T("board.no_area")
		}
		for _, ind := range indicators {
			if ind.Area == a.ID {
				g.Options = append(g.Options, formOption{ind.Code, p.Name(ind.Name, ind.NameEn), ind.Code == chosen})
			}
		}
		if len(g.Options) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// logTabs returns the tabs of the pages for logging.
func (pc Context) logTabs(current string) []layoutLink {
	var out []layoutLink
	for _, tab := range []string{"mine", "entry", "grid", "import", "updates"} {
		if !pc.Fills() && fillsIn(tab) {
			continue
		}
		out = append(out, layoutLink{Href: yearPath(pc.Year.Year, tab), Text: pc.Printer.T("log.tab_" + tab),
			Current: tab == current})
	}
	p, year := pc.Printer, pc.Year.Year
	if pc.Reviews {
		out = append(out, layoutLink{ReviewPath(year), p.T("review.link", pc.Waiting), current == partReview})
	}
	return append(out, pc.paperTabs(current)...)
}

// fillsIn reports whether a page only serves to enter figures, which a closed year does not accept.
func fillsIn(tab string) bool { return tab == "entry" || tab == "grid" || tab == "import" }

func EntryPath(y kpi.Year) string { return yearPath(y, "entry") }

func MinePath(y kpi.Year) string { return yearPath(y, "mine") }

// newEntryMonths shows the year that an entry goes into, month by month: late ones lead to their form.
func newEntryMonths(pc Context, v app.EntryView) (out []entryMonth) {
	if v.Indicator.Kind == kpi.Level {
		return nil
	}
	p := pc.Printer
	for i, month := range v.Figure.Months {
		m := entryMonth{Name: p.Month(i + 1)}
		if month.Achieved.Ok() {
			m.Value = p.Amount(v.Indicator, month.Achieved.Value)
		}
		switch {
		case month.Period.Start() > pc.Today:
			m.State = "later"
		case v.Locks.Holds(month.Period) != nil:
			m.State, m.Word = "locked", p.T("lock.locked")
		case slices.Contains(v.Duty.Late, i+1):
			m.State, m.Word = "late", p.T("entry.month_late")
		case v.Duty.Due == month.Period && !v.Duty.Done:
			m.State, m.Word = "due", p.T("entry.month_due")
		}
		if m.State == "late" || m.State == "due" {
			day := min(month.Period.End(), pc.Today)
			m.Day, m.Href = string(day), entryPath(v.Year.Year, v.Indicator.Code, v.Unit.Code, day)
		}
		out = append(out, m)
	}
	return out
}

// lateText says what of the indicator is late or due.
func lateText(p lang.Printer, v app.EntryView) string {
	due := progress.DueDate(v.Duty.Due, v.DueDay)
	switch v.Duty.Urgency() {
	case 0:
		return p.T("entry.late", len(v.Duty.Late))
	case 1:
		return p.T("entry.due", p.Month(v.Duty.Due.Month), p.Day(due))
	}
	return ""
}

func newEntryNext(pc Context, v app.EntryView) (out []entryNext) {
	p := pc.Printer
	for _, ind := range v.Next {
		of, day := ind.Figure.Indicator, kpi.Date("")
		next := entryNext{Name: p.Name(of.Name, of.NameEn), State: "due", Word: p.T("entry.month_due")}
		if late := ind.Duty.Late; len(late) > 0 {
			next.State, next.Word = "late", p.T("entry.next_late", p.Month(late[0]), len(late))
			if of.Kind != kpi.Level {
				day = kpi.Period{Year: v.Year.Year, Month: late[0]}.End()
			}
		}
		next.Href = entryPath(v.Year.Year, of.Code, v.Unit.Code, day)
		out = append(out, next)
	}
	return out
}

// AfterText says what a figure comes to with the entry that is being typed; "" if that says nothing.
func AfterText(p lang.Printer, f progress.Figure) string {
	ind := f.Indicator
	switch {
	case ind.Kind == kpi.Level || !f.Achievement.Ok():
		return ""
	case !f.Completion.Ok():
		return p.T("entry.after", measured(p, ind, p.Value(ind, f.Achievement.Value)))
	}
	return p.T("entry.after_rate", measured(p, ind, p.Value(ind, f.Achievement.Value)),
		p.RateBounded(f.Bound, f.Completion.Value))
}
