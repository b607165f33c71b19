package kpi

// QuestionID identifies a question.
type QuestionID int64

// Question is asked about one figure, which it preserves as it was, and is answered once.
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

func (q Question) Open() bool { return q.AnsweredAt == 0 }

// MayAsk refuses actors who may not ask about figures of the unit that lineage begins with. People who log
// entries answer questions instead.
func (a Actor) MayAsk(lineage []UnitID) error {
	if !a.is(Leader, Reviewer, Auditor, Admin) {
		return Denied("role_may_not_ask")
	}
	return a.within(lineage)
}

// MayAnswer refuses actors who may not log for the unit that lineage begins with.
func (a Actor) MayAnswer(lineage []UnitID) error {
	if a.MayLog(lineage) != nil {
		return Denied("role_may_not_answer")
	}
	return nil
}
