package intake

import (
	"maps"
	"slices"
	"strings"

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

// Kind is what is asked, without where: "measure". An answer to it is one to every question of the
// kind that has no answer of its own.
func (q Question) Kind() string {
	kind, _, _ := strings.Cut(q.ID, ":")
	return kind
}

// Open reports whether nobody has answered yet.
func (q Question) Open() bool { return q.Answer == "" }

func (q Question) offers(value string) bool {
	return slices.ContainsFunc(q.Options, func(o Option) bool { return o.Value == value })
}

// Settled is the question with its answer out of those to IDs and kinds. An answer that is no option
// is none.
func (q Question) Settled(answers map[string]string) Question {
	for _, name := range []string{q.ID, q.Kind()} {
		if answer := answers[name]; q.Open() && q.offers(answer) {
			q.Answer = answer
		}
	}
	return q
}

// ask puts a question and returns its answer, "" while it is open. A question is put once, however
// many cells ask it.
func (t *table) ask(q Question) string {
	answer, asked := t.asked[q.ID]
	if !asked {
		q = q.Settled(t.choices.Answers)
		answer, t.asked[q.ID] = q.Answer, q.Answer
		t.Questions = append(t.Questions, q)
	}
	return answer
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

// CheckAnswers refuses answers to what is not asked, and answers that are none of the options.
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
