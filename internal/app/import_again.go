package app

import (
	"context"
	"errors"
	"slices"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// The answers about a figure that exists already.
const (
	answerReplace = "replace" // the table is right: the existing entry is corrected
	answerAdd     = "add"     // it counts in addition
	answerLeave   = "leave"   // it is not logged
)

// eachAsked is how many questions of a kind are put one by one; one more stands for the rest.
const eachAsked = 200

// ask puts a question about the records and gives back its answer; "" while it is open.
func (p *importPlan) ask(q intake.Question) string {
	kind := q.Kind()
	if p.asked[kind]++; p.asked[kind] > eachAsked {
		q.ID, q.Row, q.Text = kind, 0, kpi.T("import_ask_rest", p.asked[kind]-eachAsked)
	}
	if q = q.Settled(p.answers); q.Open() {
		q = q.Settled(p.usual)
	}
	if last := len(p.questions) - 1; p.asked[kind] > eachAsked+1 {
		for p.questions[last].ID != kind {
			last--
		}
		p.questions[last] = q
		return q.Answer
	}
	p.questions = append(p.questions, q)
	return q.Answer
}

// askAbout asks about a figure, where it stands.
func (p *importPlan) askAbout(f *ImportFigure, kind string, text kpi.Text, options ...intake.Option) string {
	at := intake.Mistake{Row: f.Row, Column: f.Column}
	return p.ask(intake.Question{ID: kind + ":" + at.Ref(), Row: f.Row, Column: f.Column, Text: text, Options: options})
}

func (f *ImportFigure) name() kpi.Name {
	return kpi.Name{Name: f.Indicator.Name, NameEn: f.Indicator.NameEn}
}

// sameFigure is what makes two figures of a table the same: of a month that month, else the day.
type sameFigure struct {
	store.FigureKey
	dated    kpi.Date
	month    int
	quantity kpi.Quantity
	note     string
	part     string
}

// askAgain asks about a figure that exists already, in the table or in the log. It reports whether the figure is
// settled by that. A sum so far is never asked about: it adds nothing the second time.
func (p *importPlan) askAgain(ctx context.Context, f *ImportFigure, key store.FigureKey) (bool, error) {
	switch {
	case f.Cumulative:
		return false, nil
	case f.Entry != 0 && p.exported(f, key):
		f.Same = true
		return true, nil
	case f.Indicator.Kind.Sums() && p.askTwice(f, key):
		return true, nil
	case f.Indicator.Kind == kpi.Running && f.Indicator.AddsUnits():
		if done, err := p.placeBelow(ctx, f, key); done || err != nil {
			return done, err
		}
		if done, err := p.placeReading(ctx, f, key); done || err != nil {
			return done, err
		}
	}
	return p.askHad(ctx, f, key)
}

// askTwice asks about a figure that stands in the table twice: word for word, or of one month with
// another number.
func (p *importPlan) askTwice(f *ImportFigure, key store.FigureKey) (twice bool) {
	figure := sameFigure{FigureKey: key, note: f.Note, part: f.Part}
	if f.Month {
		figure.month = f.Dated.Period().Month
	} else {
		figure.dated, figure.quantity = f.Dated, f.Quantity
	}
	first, twice := p.stated[figure]
	if !twice {
		p.stated[figure] = intake.Mistake{Row: f.Row, Column: f.Column}
		return false
	}
	answer := p.askAbout(f, "twice", kpi.T("import_ask_twice", f.name(), f.Quantity.Amount,
		f.Indicator.Measure, first.Ref()),
		intake.Option{Value: answerLeave, Text: kpi.T("import_answer_once")},
		intake.Option{Value: answerAdd, Text: kpi.T("import_answer_add")})
	f.Same, f.Waits = answer == answerLeave, answer == ""
	return true
}

// askHad asks about a figure that the log has already: of its month, where it stands for one, else of
// its day. done reports that it was asked, and nothing else is to be taken out of the figure.
func (p *importPlan) askHad(ctx context.Context, f *ImportFigure, key store.FigureKey) (done bool, err error) {
	had := p.had(f, key)
	sums := f.Indicator.Kind.Sums()
	month := f.Dated.Period().Month
	own := sumOf(had)
	var below kpi.Amount
	if f.Month && !f.Own && sums && f.Indicator.AddsUnits() {
		if below, err = p.below(ctx, key, month); err != nil {
			return false, err
		}
	}
	switch {
	case len(had) == 0 && (below == 0 || p.says[figureMonth{key, month}] && below == p.said[figureMonth{key, month}]):
		return false, nil
	case !sums && had[len(had)-1].Quantity.Amount == f.Quantity.Amount && had[len(had)-1].Level == f.Level:
		f.Same = true
		return true, nil
	}
	there := own + below
	if f.SoFar = &there; !sums {
		there = had[len(had)-1].Quantity.Amount
	}
	text := kpi.T("import_ask_had", f.name(), f.Dated.Period().Month, there, f.Indicator.Measure, f.Quantity.Amount)
	switch {
	case f.Indicator.Kind == kpi.Level:
		text, f.SoFar = kpi.T("import_ask_had_level", f.name(), string(f.Dated)), nil
	case !f.Month:
		text = kpi.T("import_ask_had_day", f.name(), string(f.Dated), there, f.Indicator.Measure, f.Quantity.Amount)
	}
	switch p.askAbout(f, "had", text, intake.Option{Value: answerReplace, Text: kpi.T("import_answer_replace")},
		intake.Option{Value: answerLeave, Text: kpi.T("import_answer_leave")},
		intake.Option{Value: answerAdd, Text: kpi.T("import_answer_beside")}) {
	case "":
		f.Waits = true
	case answerLeave:
		f.Same = true
	case answerReplace:
		return true, p.replace(ctx, f, had, below)
	}
	return true, nil
}

// had returns the entries of a figure's own unit in its month or on its day that are in force or await review.
func (p *importPlan) had(f *ImportFigure, key store.FigureKey) (out []kpi.Update) {
	for _, u := range p.logs[key] {
		standing := u.AnsweredBy == 0 && u.Act != kpi.ActWithdraw &&
			(u.State == kpi.StateApproved || u.State == kpi.StateSubmitted)
		month := f.Month && f.Indicator.Kind.Sums() && u.Dated.Period() == f.Dated.Period()
		switch {
		case standing && f.Entry != 0 && u.ID == f.Entry: // a changed export: of that entry alone
			return []kpi.Update{u}
		case standing && (month || u.Dated == f.Dated):
			out = append(out, u)
		}
	}
	return out
}

func sumOf(entries []kpi.Update) (sum kpi.Amount) {
	for _, u := range entries {
		sum += u.Quantity.Amount
	}
	return sum
}

// below returns what the units below have in a month, including this import.
func (p *importPlan) below(ctx context.Context, key store.FigureKey, month int) (kpi.Amount, error) {
	through, _, err := p.soFar(ctx, key, month)
	if err != nil {
		return 0, err
	}
	before, _, err := p.soFar(ctx, key, month-1)
	if err != nil {
		return 0, err
	}
	rest := through - before - p.self[figureMonth{key, month}]
	for _, u := range p.habits[key] {
		if u.Dated.Period() == (kpi.Period{Year: p.year, Month: month}) {
			rest -= u.Quantity.Amount
		}
	}
	return rest, nil
}

// replace makes what the log has of a figure what the table says: its first entry is corrected, any
// other withdrawn. What the units below have stays theirs.
func (p *importPlan) replace(ctx context.Context, f *ImportFigure, had []kpi.Update, below kpi.Amount) error {
	rest := f.Quantity
	if rest.Amount -= below; below != 0 {
		rest.Wording = ""
	}
	switch {
	case rest.Amount < 0:
		f.Figure.Refuse("value", kpi.T("import_below_units", below.String(), f.Quantity.Amount.String()))
		return nil
	case len(had) == 0 && rest.Amount == 0, len(had) == 1 && same(had[0], rest, f.Level):
		f.Same = true
		return nil
	}
	f.Logged, f.update.Quantity = rest, rest
	for _, u := range had {
		if _, err := p.app.answerable(ctx, p.r, p.actor, u.ID); err != nil {
			return f.refuseFault(err)
		}
		f.replaces = append(f.replaces, u)
	}
	return nil
}

func same(u kpi.Update, q kpi.Quantity, level kpi.LevelValue) bool {
	return u.Quantity.Amount == q.Amount && u.Quantity.Precision == q.Precision && u.Level == level
}

// refuseFault notes a refusal; a fault is given back.
func (f *ImportFigure) refuseFault(err error) error {
	var e *kpi.Error
	if !errors.As(err, &e) {
		return err
	}
	f.refuse(err)
	return nil
}

// exported reports whether a figure of the program's own export is in this log, though it may have
// been answered since. A number that was changed in the table is asked about like any other.
func (p *importPlan) exported(f *ImportFigure, key store.FigureKey) bool {
	return slices.ContainsFunc(p.logs[key], func(u kpi.Update) bool {
		return u.ID == f.Entry && u.Dated == f.Dated && same(u, f.Quantity, f.Level)
	})
}

// correctImport carries out what replaces entries; it gives back how many entries that made.
func (a *App) correctImport(ctx context.Context, w *store.Writer, actor kpi.Actor, f ImportFigure,
	reason string) (made int, err error) {
	first := f.replaces[0]
	n := f.update
	if n.Dated = first.Dated; n.Note == "" {
		n.Note = first.Note
	}
	if !same(first, n.Quantity, n.Level) || n.Note != first.Note {
		if _, err := a.correct(ctx, w, actor, first.ID, n, reason); err != nil {
			return made, err
		}
		made++
	}
	for _, u := range f.replaces[1:] {
		if _, err := a.withdraw(ctx, w, actor, u.ID, reason, kpi.FromImport); err != nil {
			return made, err
		}
		made++
	}
	return made, nil
}
