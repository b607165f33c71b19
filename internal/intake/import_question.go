package intake

import (
	"slices"

	"dabiao/internal/kpi"
)

// Question is what a table leaves open and only a person can settle. While one is unanswered
// nothing of the table is logged.
type Question struct {
	ID          string // what is asked and where ("period", "measure:C"); the same for the same file
	Row, Column int    // where the doubt stands: the row as the sheet counts, 0 for the table as a whole; the column from 0
	Text        kpi.Text
	Options     []Option // at least two
	Answer      string   // the value of the option that was chosen; "" while open
}

// Option is one answer to a [Question].
type Option struct {
	Value string // short, stable, the same in every language: "keep", "2026-09"
	Text  kpi.Text
}

// Ref names the cell the question is about; "" when it is about the table as a whole.
func (q Question) Ref() string {
	if q.Row == 0 {
		return ""
	}
	return cellName(q.Column, q.Row)
}

// Open reports whether nobody has answered yet.
func (q Question) Open() bool { return q.Answer == "" }

// ask puts a question and returns its answer, "" while it is open. An answer that is no option is
// none. A question is put once, however many cells ask it.
func (t *table) ask(q Question) string {
	for _, asked := range t.Questions {
		if asked.ID == q.ID {
			return asked.Answer
		}
	}
	answer := t.choices.Answers[q.ID]
	if slices.ContainsFunc(q.Options, func(o Option) bool { return o.Value == answer }) {
		q.Answer = answer
	}
	t.Questions = append(t.Questions, q)
	return q.Answer
}

// OpenQuestions are the questions nobody has answered yet.
func (r Reading) OpenQuestions() []Question {
	var open []Question
	for _, q := range r.Questions {
		if q.Open() {
			open = append(open, q)
		}
	}
	return open
}
