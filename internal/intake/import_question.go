package intake

import (
	"maps"
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// Question is something that a table leaves open and only a person can decide. Nothing of the table is
// logged while one is unanswered.
type Question struct {
	ID          string // what is asked and where ("period", "measure:C"); the same for the same file
	Row, Column int    // place of the doubt: the row as the sheet counts, 0 for the whole table; the column from 0
	Text        kpi.Text
	Options     []Option // at least two
	Answer      string   // value of the chosen option; "" if unanswered
}

// Option is an answer to a [Question].
type Option struct {
	Value string // short, stable, the same in every language: "keep", "2026-09"
	Text  kpi.Text
}

// Ref returns the reference of the cell that the question is about, or "" for the table as a whole.
func (q Question) Ref() string {
	if q.Row == 0 {
		return ""
	}
	return cellName(q.Column, q.Row)
}

// Kind returns what is asked without the place: "measure". An answer to it applies to every question of
// the kind without an answer of its own.
func (q Question) Kind() string {
	kind, _, _ := strings.Cut(q.ID, ":")
	return kind
}

// Open reports whether the question is unanswered.
func (q Question) Open() bool { return q.Answer == "" }

func (q Question) offers(value string) bool {
	return slices.ContainsFunc(q.Options, func(o Option) bool { return o.Value == value })
}

// Settled returns the question with its answer from those by ID and kind. An answer that is not among
// the options is ignored.
func (q Question) Settled(answers map[string]string) Question {
	for _, name := range []string{q.ID, q.Kind()} {
		if answer := answers[name]; q.Open() && q.offers(answer) {
			q.Answer = answer
		}
	}
	return q
}

// ask adds a question, once however many cells ask it, and returns its answer, "" if unanswered.
func (t *table) ask(q Question) string {
	answer, asked := t.asked[q.ID]
	if !asked {
		q = q.Settled(t.choices.Answers)
		answer, t.asked[q.ID] = q.Answer, q.Answer
		t.Questions = append(t.Questions, q)
	}
	return answer
}

// OpenQuestions returns the unanswered questions.
func (r Reading) OpenQuestions() []Question {
	var open []Question
	for _, q := range r.Questions {
		if q.Open() {
			open = append(open, q)
		}
	}
	return open
}

// CheckAnswers refuses answers to questions that are not asked, and answers that are not among the
// options.
func (r Reading) CheckAnswers(answers map[string]string) error {
	var m kpi.Mistakes
	for _, name := range slices.Sorted(maps.Keys(answers)) {
		var options []string
		fits := false
		for _, q := range r.Questions {
			if q.ID != name && q.Kind() != name {
				continue
			}
			fits = fits || q.offers(answers[name])
			for _, o := range q.Options {
				if !slices.Contains(options, o.Value) {
					options = append(options, o.Value)
				}
			}
		}
		switch {
		case options == nil:
			m.Add("answers", "import_answer_unknown", name)
		case !fits:
			m.Add("answers", "import_answer_option", name, answers[name], strings.Join(options, ", "))
		}
	}
	return m.Err()
}
