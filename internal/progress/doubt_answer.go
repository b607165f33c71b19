package progress

import "dabiao/internal/kpi"

// Answer is what somebody was asked about an entry, and confirmed. Whoever corrects the entry is not asked
// for the same reason again unless the correction is further out of proportion than what was confirmed: by
// what was said then, or by what would be said today about the number that was confirmed. A reason that
// would have come before the one that was asked about did not hold then; one that comes after it was
// covered by the answer.
type Answer struct {
	Amount   kpi.Amount
	Question kpi.Text
}

// raised says where among a question's arguments stand its value, what that is out of proportion to and
// whose it is; -1 is nowhere. low: small values are the odd ones.
type raised struct {
	reason             reason
	value, beside, who int
	low                bool
}

var questions = map[string]raised{
	"entry_ask_same":          {0, -1, -1, -1, false},
	"entry_ask_same_table":    {0, -1, -1, -1, false},
	"entry_ask_twin":          {byTwin, 2, -1, 0, false},
	"entry_ask_below":         {byTotal, 1, 0, -1, false},
	"entry_ask_below_again":   {byTotal, 1, 0, -1, false},
	"entry_ask_above":         {3, -1, -1, 0, false},
	"entry_ask_above_reading": {3, -1, -1, 0, false},
	"entry_ask_percent":       {firstBySize, 0, -1, -1, false},
	"entry_ask_share":         {firstBySize, 0, -1, -1, true},
	"entry_ask_ratio":         {firstBySize, 1, 2, 0, false},
	"entry_ask_target":        {5, 0, 3, 2, false},
	"entry_ask_target_total":  {5, 0, 3, 2, false},
	"entry_ask_ceiling":       {5, 0, 3, 2, false},
	"entry_ask_large":         {6, 0, 3, -1, false},
	"entry_ask_small":         {6, 0, 3, -1, true},
	"entry_ask_jump":          {6, 0, 3, -1, false},
	"entry_ask_fall":          {6, 0, 2, -1, true},
	"entry_ask_lower":         {6, 0, 2, -1, true},
	"entry_ask_higher":        {6, 0, 2, -1, false},
	"entry_ask_month":         {7, 0, 2, -1, false},
	"entry_ask_year_more":     {8, 0, 2, -1, false},
	"entry_ask_year_less":     {8, 0, 2, -1, true},
}

// answered reports whether somebody has answered a question about the entry already.
func (d *weighed) answered(r reason, question kpi.Text) bool {
	for _, a := range d.Answers {
		then, known := questions[a.Question.Key]
		switch {
		case !known || r < then.reason:
			continue
		case r == then.reason && noWorse(question, a.Question):
			return true
		case r == byTwin: // another unit's number is another question
			continue
		}
		confirmed := d.u
		confirmed.Quantity = kpi.Exactly(a.Amount)
		if today, still := d.weigh(confirmed).question(r); still && noWorse(question, today) {
			return true
		}
	}
	return false
}

// noWorse reports whether a question is about the same as an earlier one, and what it asks about no
// further out of proportion. A number that has come to be the very total of the units below is.
func noWorse(question, earlier kpi.Text) bool {
	q, e := questions[question.Key], questions[earlier.Key]
	value, beside := q.parts(question)
	was, than := e.parts(earlier)
	switch {
	case q.reason != e.reason || q.low != e.low || q.name(question) != e.name(earlier):
		return false
	case q.reason == byTwin || beside == 0 || than == 0:
		return value == was
	case q.reason == byTotal && value == beside:
		return was == than
	case q.low:
		return kpi.Divide(value, beside).Compare(kpi.Divide(was, than)) >= 0
	}
	return kpi.Divide(value, beside).Compare(kpi.Divide(was, than)) <= 0
}

// parts returns a question's value and what it is held against, 1 where it names nothing.
func (q raised) parts(question kpi.Text) (value, beside kpi.Amount) {
	amount := func(at int) kpi.Amount {
		if at < 0 || at >= len(question.Args) {
			return kpi.One
		}
		arg := question.Args[at]
		if rough, is := arg.(kpi.Text); is && len(rough.Args) == 1 { // 不少于 4,866
			arg = rough.Args[0]
		}
		a, _ := arg.(kpi.Amount) // an older question may say something else
		return a
	}
	return amount(q.value), amount(q.beside)
}

func (q raised) name(question kpi.Text) any {
	if q.who < 0 || q.who >= len(question.Args) {
		return nil
	}
	return question.Args[q.who]
}
