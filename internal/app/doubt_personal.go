package app

import (
	"reflect"
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// The questions about what a note says of a person.
const (
	askPersonal = "entry_ask_personal" // args: a Text that names what was found, and it with its middle hidden
	askBoth     = "entry_ask_both"     // args: another question, and this one
)

// withPersonal adds to what there is to say of an entry that its note or reason seems to say whom it is about: the log
// holds counts, and is read by the whole office. Both questions are asked at once, for one tick confirms them.
// answers are what was confirmed of the entries that it takes the place of.
func (d doubt) withPersonal(u kpi.Update, answers []progress.Answer) doubt {
	found, is := kpi.PersonalIn(u.Note + "\n" + u.Reason)
	if !is {
		return d
	}
	question := kpi.T(askPersonal, kpi.T("personal_"+string(found.Kind)), found.Shown)
	asks := !slices.ContainsFunc(answers, func(a progress.Answer) bool { return reflect.DeepEqual(a.Question, question) })
	switch {
	case !d.marked:
		return doubt{question, true, asks}
	case d.asks || asks:
		return doubt{kpi.T(askBoth, d.Text, question), true, true}
	}
	return d
}

// answersIn returns the questions in one that was kept.
func answersIn(amount kpi.Amount, question kpi.Text) (out []progress.Answer) {
	if question.Key != askBoth {
		return []progress.Answer{{Amount: amount, Question: question}}
	}
	for _, arg := range question.Args {
		if one, ok := arg.(kpi.Text); ok {
			out = append(out, progress.Answer{Amount: amount, Question: one})
		}
	}
	return out
}
