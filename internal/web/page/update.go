package page

import (
	"strings"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/web/input"
)

// UpdateForm is the form that logs or corrects an update. Field names are those of the API: unit, date,
// value, level, note, reason; besides them evidence (file), sensitive (checkbox), key (idempotency), sure
// (the amount that was questioned, confirmed) and csrf; if the indicator can be chosen, also indicator
// and switch (show the form for the chosen indicator).
type UpdateForm struct {
	ID         string // of the heading, the target of links and the error summary
	Title      string
	Action     string
	CSRF       string
	Key        string
	Submit     string
	Draft      string // the button that saves a draft; "" if there is none
	Summary    string // shown above the form if there are mistakes
	Errors     []formError
	Indicator  Field        // its code in Value
	Indicators []formChoice // by area; empty if the form is about one indicator
	Units      []formOption // if there is only one, it cannot be chosen
	Unit       Field
	Date       Field
	Value      *Field // nil for judgements
	Measure    string
	Reads      string   // how what was typed is understood; "" for nothing or something unreadable
	Ask        *formAsk // asked before what was typed is logged
	sure       string   // the amount that was typed; "" for nothing or something unreadable
	Level      *Field   // only for judgements
	Levels     []formOption
	Note       Field
	Reason     *Field // corrections only
	Evidence   *Field // new entries only
	Photo      Field  // the same field, opening the camera
	Allowed    string // file name extensions, for the browser's dialog
}

// formChoice is a group of options.
type formChoice struct {
	Name    string
	Options []formOption
}

// formAsk is a question to be confirmed for an amount.
type formAsk struct{ Text, Sure string }

// UpdateFormInput is the input of the form for a new entry.
type UpdateFormInput struct {
	Indicator kpi.Indicator
	Year      kpi.Year
	Figure    progress.Figure
	Units     []kpi.Unit // where the actor may log, including the page's unit
	Unit      kpi.Unit   // initially chosen
	Key       string
	Typed     *input.UpdateTyped // nil for a fresh form
	Refusal   *kpi.Error         // nil without mistakes
	Below     Below
}

// Below is what the units directly below an indicator's unit have reported with all below them.
type Below struct {
	Units int
	Sum   kpi.Amount // 0 where figures of units do not add up
}

// BelowOf returns what lies below an indicator's unit.
func BelowOf(v app.IndicatorView) (b Below) {
	for _, child := range v.Children {
		if !child.Figure.Achievement.Ok() {
			continue
		}
		if b.Units++; v.Figure.Indicator.AddsUnits() {
			b.Sum += child.Figure.Achievement.Value.Amount
		}
	}
	return b
}

// hint says what the units below have reported: a sum that an entry is added to, or of rates only how many.
func (b Below) hint(p lang.Printer, ind kpi.Indicator) string {
	switch {
	case b.Units == 0 || ind.AddsUnits() && b.Sum == 0 || ind.Kind == kpi.Level:
		return ""
	case ind.AddsUnits():
		return p.T("entry.from_below", measured(p, ind, p.Amount(ind, b.Sum)))
	}
	return p.T("entry.rates_below", b.Units)
}

// NewUpdateForm returns the form for a new entry, or nil for computed indicators.
func NewUpdateForm(pc Context, in UpdateFormInput) *UpdateForm {
	if in.Indicator.Computed() {
		return nil
	}
	p := pc.Printer
	typed := input.UpdateTyped{Unit: in.Unit.Code, Date: string(formDate(in.Year, pc.Today))}
	if in.Typed != nil {
		typed = *in.Typed
	}
	f := &UpdateForm{
		ID: "log", Title: p.T("entry.log"), Submit: p.T("entry.submit"), CSRF: pc.CSRF, Key: in.Key,
		Action: IndicatorPath(in.Year, in.Indicator.Code) + "/updates",
	}
	f.Indicator.Value = in.Indicator.Code
	f.fields(p, in.Indicator, pc.Today, in.Year, typed)
	for _, u := range in.Units {
		f.Units = append(f.Units, formOption{u.Code, p.Name(u.Name, u.NameEn), u.Code == typed.Unit})
	}
	f.Unit = Field{ID: "f-unit", Name: "unit", Label: p.T("entry.unit"), Value: typed.Unit}
	if f.Value != nil {
		f.Value.Hint = valueHint(p, in.Figure)
		if below := in.Below.hint(p, in.Indicator); below != "" {
			f.Value.Hint = strings.TrimSpace(below) + p.T("entry.space") + f.Value.Hint
		}
	}
	f.files(p)
	f.Draft = p.T("entry.draft")
	f.refuse(p, in.Refusal)
	return f
}

// files adds the two ways to attach evidence: taking a photo and choosing files.
func (f *UpdateForm) files(p lang.Printer) {
	f.Evidence = &Field{ID: "f-evidence", Name: "evidence", Label: p.T("entry.evidence"),
		Hint: p.T("entry.evidence_hint"), Optional: true}
	f.Photo = Field{ID: "f-photo", Name: "evidence", Label: p.T("entry.photo")}
	f.Allowed = evidenceTypes
}

// formDate returns today's date, limited to the year.
func formDate(y kpi.Year, today kpi.Date) kpi.Date {
	switch {
	case today == "":
		return ""
	case today.Year() == y:
		return today
	case today.Year() > y:
		return y.End()
	}
	return kpi.Period{Year: y, Month: 1}.Start()
}

// fields sets the fields that new entries and corrections share.
func (f *UpdateForm) fields(p lang.Printer, ind kpi.Indicator, today kpi.Date, y kpi.Year, typed input.UpdateTyped) {
	f.Date = Field{ID: "f-date", Name: "date", Label: p.T("entry.date"), Value: typed.Date, Hint: p.T("entry.date_hint"),
		Max: string(min(today, y.End()))}
	f.Note = Field{ID: "f-note", Name: "note", Label: p.T("entry.note"), Value: typed.Note,
		Hint: p.T("entry.note_hint"), Optional: true}
	if ind.Kind == kpi.Level {
		f.Level = &Field{ID: "f-level", Name: "level", Label: p.T("entry.level")}
		for _, l := range kpi.Levels {
			f.Levels = append(f.Levels, formOption{string(l), p.T("level." + string(l)), string(l) == typed.Level})
		}
		f.sure = kpi.Amount(0).String() // an entry of a level has no other amount
		return
	}
	f.Measure = p.Measure(ind.Measure)
	f.Value = &Field{ID: "f-value", Name: "value", Label: valueLabel(p, ind), Value: typed.Value}
	if q, err := intake.Quantity(typed.Value, ind.Measure); err == nil {
		f.Reads, f.sure = ReadsText(p, ind, q), q.Amount.String()
	}
}

// valueHint states the present figure and how to write an approximate one.
func valueHint(p lang.Printer, f progress.Figure) string {
	last := p.T("entry.last_none")
	if f.Achievement.Ok() {
		key := "entry.last_reading"
		if f.Indicator.Kind.Sums() {
			key = "entry.last_sum"
		}
		last = p.T(key, measured(p, f.Indicator, p.Value(f.Indicator, f.Achievement.Value)), p.Day(f.LastUpdate))
	}
	return last + p.T("entry.value_hint")
}

// refuse shows every mistake at its field and at the top.
func (f *UpdateForm) refuse(p lang.Printer, e *kpi.Error) {
	if e == nil {
		return
	}
	f.Summary = p.Text(e.Text)
	at := map[string]*Field{"unit": &f.Unit, "date": &f.Date, "note": &f.Note, "value": f.Value, "level": f.Level,
		"reason": f.Reason, "evidence": f.Evidence, "wording": f.Value, "indicator": &f.Indicator}
	for _, mistake := range e.Fields {
		text, href := p.Text(mistake.Text), "#"+f.ID
		if field := at[mistake.Name]; field != nil {
			field.Error, href = text, "#"+field.ID
		} else if mistake.Name == "sure" {
			href, f.Ask = "#f-sure", &formAsk{Text: text, Sure: f.sure}
		}
		if text != f.Summary {
			f.Errors = append(f.Errors, formError{href, text})
		}
	}
}

// correctionPage corrects or withdraws an entry.
type correctionPage struct {
	Layout
	EntryCard
	Form     UpdateForm
	Withdraw withdrawForm
}

// withdrawForm withdraws an entry, with the reason. Field names: reason, key, csrf.
type withdrawForm struct {
	Action, CSRF, Key, Summary string
	Reason                     Field
}

// CorrectionInput is the input of the page. After a refusal it has what was typed.
type CorrectionInput struct {
	Entry       app.LogEntry
	History     []app.HistoryStep
	Key         string
	WithdrawKey string
	SubmitKey   string
	Typed       *input.UpdateTyped
	Refusal     *kpi.Error
	Withdrawing bool // whether Typed and Refusal belong to the withdrawal
}

func NewCorrection(pc Context, in CorrectionInput) correctionPage {
	p, e := pc.Printer, in.Entry
	page := correctionPage{
		Layout:    NewLayout(pc, p.T("log.correct_number", int(e.ID)), PartLog, ""),
		EntryCard: NewEntryCard(pc, e, in.History, in.SubmitKey),
	}
	typed := input.UpdateTyped{Date: string(e.Dated), Value: e.Quantity.Wording, Level: string(e.Level), Note: e.Note}
	if typed.Value == "" {
		typed.Value = e.Quantity.Amount.String()
	}
	withdrawReason := ""
	switch {
	case in.Typed != nil && in.Withdrawing:
		withdrawReason = in.Typed.Reason
	case in.Typed != nil:
		typed = *in.Typed
	}
	f := UpdateForm{ID: "correct", Title: p.T("correction.form"), Submit: p.T("correction.submit"), CSRF: pc.CSRF,
		Key: in.Key, Action: CorrectionPath(e.ID)}
	f.fields(p, e.Indicator, pc.Today, e.Dated.Year(), typed)
	f.Reason = &Field{ID: "f-reason", Name: "reason", Label: p.T("entry.reason"), Hint: p.T("entry.reason_hint"),
		Value: typed.Reason}
	if e.State == kpi.StateDraft {
		f.Draft, f.Reason.Hint, f.Reason.Optional = p.T("entry.draft"), "", true
	}
	page.Withdraw = withdrawForm{Action: withdrawalPath(e.ID), CSRF: pc.CSRF, Key: in.WithdrawKey,
		Reason: Field{ID: "f-withdraw-reason", Name: "reason", Label: p.T("entry.withdraw_reason"), Value: withdrawReason,
			Optional: e.State == kpi.StateDraft}}
	if !in.Withdrawing {
		f.refuse(p, in.Refusal)
	} else if in.Refusal != nil {
		page.Withdraw.Summary = p.Text(in.Refusal.Text)
		for _, m := range in.Refusal.Fields {
			page.Withdraw.Reason.Error = p.Text(m.Text)
		}
	}
	page.Form = f
	return page
}

// valueLabel says what number an entry takes.
func valueLabel(p lang.Printer, ind kpi.Indicator) string {
	if ind.Kind == kpi.Running && ind.Rated() {
		return p.T("entry.value_reading")
	}
	return p.T("entry.value_" + string(ind.Kind))
}
