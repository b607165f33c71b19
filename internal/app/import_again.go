package app

import (
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/store"
)

// The answers to whether a figure that is there already counts.
const (
	answerAdd   = "add"   // it counts beside what is there
	answerLeave = "leave" // it is not logged
)

// sameFact is what makes two figures of a table the same entry.
type sameFact struct {
	store.FigureKey
	dated    kpi.Date
	quantity kpi.Quantity
	level    kpi.LevelValue
	note     string
}

// askTwice asks about a figure that stands in the table twice, word for word. Sums and readings may:
// they add nothing the second time.
func (p *importPlan) askTwice(l *ImportLine) {
	if l.Cumulative || !l.Indicator.Kind.Sums() {
		return
	}
	fact := sameFact{store.FigureKey{Unit: l.unit, Indicator: l.Indicator.ID}, l.Dated, l.Quantity, l.Level, l.Note}
	first, twice := p.facts[fact]
	if !twice {
		p.facts[fact] = intake.Mistake{Row: l.Row, Column: l.Column}.Ref()
		return
	}
	at := intake.Mistake{Row: l.Row, Column: l.Column}
	answer := p.ask(intake.Question{ID: "twice:" + at.Ref(), Row: l.Row, Column: l.Column,
		Text:    kpi.T("import_ask_twice", kpi.Name{Name: l.Indicator.Name, NameEn: l.Indicator.NameEn}, l.Quantity.Amount, l.Indicator.Measure, first),
		Options: []intake.Option{{Value: answerLeave, Text: kpi.T("import_answer_once")}, {Value: answerAdd, Text: kpi.T("import_answer_add")}}})
	l.Same = answer == answerLeave
}

// eachAsked is how many questions of a kind are put one by one; one more stands for the rest.
const eachAsked = 200

// ask puts a question about the records and gives back its answer; "" while it is open.
func (p *importPlan) ask(q intake.Question) string {
	kind := q.Kind()
	if p.asked[kind]++; p.asked[kind] > eachAsked {
		q.ID, q.Row, q.Text = kind, 0, kpi.T("import_ask_rest", p.asked[kind]-eachAsked)
	}
	q = q.Settled(p.answers)
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
