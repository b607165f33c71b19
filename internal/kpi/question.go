package kpi

// QuestionID identifies a question.
type QuestionID int64

// Question is asked about one figure, which it keeps as it stood, and answered once.
type Question struct {
	ID        QuestionID
	Year      Year
	Indicator Indicator
	Unit      Unit
	AsOf      Date
	Frozen
	Text       string
	AskedBy    string // sign-in name
	AskedAt    UnixMilli
	Answer     string
	AnsweredBy string
	AnsweredAt UnixMilli // 0: open
}

// Open reports whether the question has no answer.
func (q Question) Open() bool { return q.AnsweredAt == 0 }

// MayAsk refuses whoever does not ask about the figures of the unit that line begins with: those who
// log answer.
func (a Actor) MayAsk(line []UnitID) error {
	if !a.is(Leader, Reviewer, Auditor, Admin) {
		return Denied("role_may_not_ask")
	}
	return a.within(line)
}

// MayAnswer refuses whoever does not log for the unit that line begins with.
func (a Actor) MayAnswer(line []UnitID) error {
	if a.MayLog(line) != nil {
		return Denied("role_may_not_answer")
	}
	return nil
}
