package page

import (
	"fmt"
	"net/url"
	"slices"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// reviewPage lists the entries that wait for review, to be approved or returned together. The form's
// field names are update (several), reason, act (approve, return), by, key and csrf.
type reviewPage struct {
	Layout
	Hint   string
	Empty  string // shown instead of the form
	By     string
	Ways   []layoutLink // ways to group the entries
	Groups []reviewGroup
	More   string // says that there are more than the page shows
	All    layoutLink
	Action string
	Key    string
	mistakes
	Reason  Field
	Skipped []string
}

// reviewGroup contains the entries of a unit or an indicator.
type reviewGroup struct {
	ID, Name, Count string
	Rows            []reviewRow
}

type reviewRow struct {
	logRow
	What    string // indicator when grouped by unit, unit when grouped by indicator
	Ticked  bool
	Own     bool   // entered by the reviewer
	Label   string // accessible name of the checkbox
	Context []reviewFact
}

type reviewFact struct{ Name, Text string }

// ReviewInput is the query and what was typed.
type ReviewInput struct {
	By      string // "unit", or else by indicator
	All     bool
	Ticked  []kpi.UpdateID
	Reason  string
	Key     string
	Refusal *kpi.Error
}

func NewReview(pc Context, w app.Waiting, in ReviewInput) reviewPage {
	p, at := pc.Printer, ReviewPath(w.Year.Year)
	page := reviewPage{
		Layout: NewLayout(pc, p.T("review.title"), PartLog, at), Hint: p.T("review.hint_"+string(w.Rule), w.Total),
		By: in.By, Action: at, Key: in.Key,
		Reason: Field{ID: "f-reason", Name: "reason", Label: p.T("review.reason"), Hint: p.T("review.reason_hint"),
			Value: in.Reason},
	}
	page.Live = "" // no live update may clear what is ticked
	if w.Total == 0 {
		page.Empty = p.T("review.empty")
	}
	if w.Total > len(w.Entries) {
		page.More = p.T("review.more", w.Total-len(w.Entries))
	}
	byUnit := in.By == "unit"
	page.Tabs = pc.logTabs(partReview)
	page.Ways = []layoutLink{{at, p.T("review.by_indicator"), !byUnit}, {at + "?by=unit", p.T("review.by_unit"), byUnit}}
	page.All = layoutLink{Href: WithQuery(at, "tick", "all"), Text: p.T("review.all")}
	if byUnit {
		page.All.Href = WithQuery(at+"?by=unit", "tick", "all")
	}
	for _, e := range slices.Backward(w.Entries) { // the oldest first
		page.add(pc, e, in)
	}
	for i := range page.Groups {
		page.Groups[i].Count = countText(p, "review.count", len(page.Groups[i].Rows))
	}
	for _, s := range w.Skipped {
		page.Skipped = append(page.Skipped, p.Text(s.Err.Text))
	}
	page.tell(p, in.Refusal, "review", &page.Reason)
	return page
}

func (page *reviewPage) add(pc Context, e app.WaitingEntry, in ReviewInput) {
	p := pc.Printer
	unit, indicator := p.Name(e.Unit.Name, e.Unit.NameEn), p.Name(e.Indicator.Name, e.Indicator.NameEn)
	id, name, what := "i-"+e.Indicator.Code, indicator, unit
	if in.By == "unit" {
		id, name, what = "u-"+e.Unit.Code, unit, indicator
	}
	i := slices.IndexFunc(page.Groups, func(g reviewGroup) bool { return g.ID == id })
	if i < 0 {
		i = len(page.Groups)
		page.Groups = append(page.Groups, reviewGroup{ID: id, Name: name})
	}
	row := reviewRow{logRow: newLogRow(pc, e.LogEntry, nil), What: what, Own: e.Own, Context: besideFacts(p, e),
		Ticked: in.All && !e.Own || slices.Contains(in.Ticked, e.ID)}
	if e.Old != nil {
		row.Old = writtenValue(p, *e.Old)
	}
	row.Struck = e.Act == kpi.ActWithdraw
	row.Label = p.T("review.tick", indicator, unit, row.Value)
	page.Groups[i].Rows = append(page.Groups[i].Rows, row)
}

// besideFacts returns what the entry is compared with; absent numbers are omitted.
func besideFacts(p lang.Printer, e app.WaitingEntry) (facts []reviewFact) {
	add := func(key string, q progress.Opt[kpi.Quantity], args ...any) {
		if q.Ok() {
			facts = append(facts, reviewFact{p.T(key, args...), p.Value(e.Indicator, q.Value)})
		}
	}
	soFar := "review.last_reading"
	if e.Indicator.Kind.Sums() {
		soFar = "review.so_far"
	}
	if month := e.Dated.Period().Month; month > 1 {
		add(soFar, e.Context.SoFar, p.Month(month-1))
	}
	add("review.last_year", e.Context.LastYear)
	if e.Target != nil {
		facts = append(facts, reviewFact{p.T("review.target"), targetText(p, e.Indicator, *e.Target)})
	}
	return facts
}

// reviewSettingPage sets which entries count.
type reviewSettingPage struct {
	Layout
	Crumbs []layoutLink
	Set    string // by whom and when; "" if it was never set
	Form   *Form
}

func NewReviewSetting(pc Context, set kpi.ReviewSetting, typed url.Values, refusal *kpi.Error) reviewSettingPage {
	p := pc.Printer
	page := reviewSettingPage{Layout: NewLayout(pc, p.T("review.rule_title"), partPlan, ""), Crumbs: pc.settingsCrumbs()}
	if set.SetBy != "" {
		page.Set = p.T("review.rule_set", pc.person(set.SetBy), p.Time(set.SetAt, pc.zone()))
	}
	f := pc.form("review", "/review", "", p.T("review.rule_submit")).keeping("r-", typed)
	f.add(f.field("rule", "review.rule", string(set.Rule)).
		radio(texts(kpi.ReviewRules), named(p, "review.rule_", kpi.ReviewRules)).wide())
	f.refuse(refusal)
	page.Form = f
	return page
}

// historyStep is a step in the history of an entry.
type historyStep struct{ At, By, What, Reason string }

func newHistory(pc Context, steps []app.HistoryStep) (rows []historyStep) {
	p := pc.Printer
	for _, s := range steps {
		row := historyStep{At: p.Time(s.At, pc.zone()), By: s.ByName, Reason: s.Reason}
		value := writtenValue(p, s.Entry)
		switch {
		case s.Review != nil:
			row.What = p.T("history."+string(s.Review.Act), value)
		case s.Old != nil:
			row.What = p.T("history."+string(s.Entry.Act), writtenValue(p, *s.Old), value)
		default:
			row.What = p.T("history."+string(s.Entry.Act), value)
		}
		rows = append(rows, row)
	}
	return rows
}

// EntryCard is an entry with its history, and the form that submits it.
type EntryCard struct {
	Indicator layoutLink
	Entry     logRow
	History   []historyStep
	Submit    *submitForm // nil if there is nothing to submit, the month is locked, or for others than its author
}

// UpdatePage shows an entry and its history.
type UpdatePage struct {
	Layout
	EntryCard
	Package layoutLink // of an office below that made the entry; no Href where none did
}

// FromPackage leads to what the entry's package says; nowhere for an entry that no package made.
func (u *UpdatePage) FromPackage(pc Context, e app.LogEntry, t kpi.TakenPackage) {
	if t.ID != 0 {
		u.Package = layoutLink{Href: fmt.Sprintf("%s?month=%d", figureHref(t.ID, e.Indicator.Code), e.Dated.Period().Month),
			Text: pc.Printer.T("package.entry_from", e.Unit.Names(), t.Number)}
	}
}

// submitForm submits a draft, or again what was returned. Field names: key, csrf.
type submitForm struct{ Action, CSRF, Key, Submit, Hint string }

func NewEntryCard(pc Context, e app.LogEntry, history []app.HistoryStep, key string) EntryCard {
	p := pc.Printer
	card := EntryCard{Indicator: pc.indicatorLink(e.Indicator), Entry: newLogRow(pc, e, nil),
		History: newHistory(pc, history)}
	if e.Author == pc.Actor.Name && e.AnsweredBy == 0 && e.Locked == nil &&
		(e.State == kpi.StateDraft || e.State == kpi.StateReturned) {
		card.Submit = &submitForm{Action: submissionPath(e.ID), CSRF: pc.CSRF, Key: key,
			Submit: p.T("submit.button_" + string(e.State)), Hint: p.T("submit.hint_" + string(e.State))}
	}
	return card
}

func ReviewPath(y kpi.Year) string { return yearPath(y, "review") }

func updatePath(id kpi.UpdateID) string { return fmt.Sprintf("/updates/%d", id) }

func submissionPath(id kpi.UpdateID) string { return fmt.Sprintf("/updates/%d/submission", id) }
