package kpi

// NoticeID identifies a notice.
type NoticeID int64

// NoticeKind says what happened.
type NoticeKind string

// The kinds of notices.
const (
	NoticeRed     NoticeKind = "red"     // a figure turned red
	NoticeReached NoticeKind = "reached" // a target was reached
	NoticeOverdue NoticeKind = "overdue" // nothing was logged for longer than the rules allow
	NoticeBudget  NoticeKind = "budget"  // the execution lies below a supervision line
)

// NoticeKinds lists all.
var NoticeKinds = []NoticeKind{NoticeRed, NoticeReached, NoticeOverdue, NoticeBudget}

// Known reports whether k is one of the kinds.
func (k NoticeKind) Known() bool { return contains(NoticeKinds, k) }

// Frozen is a figure as it stood at one moment. What is nil was absent.
type Frozen struct {
	Light     Light
	Quantity  Quantity
	HasAmount bool
	Target    *Amount
	Rate      *Percent // completion, of the budget execution
}

// Notice is something that happened to the whole office's figures in a year.
type Notice struct {
	ID        NoticeID
	Kind      NoticeKind
	Year      Year
	Indicator Indicator // zero of the budget
	Dated     Date
	Month     int // of the supervision line; else 0
	Frozen
	At UnixMilli
}

// NoticeOf is what it means that a light became another; "" when nobody need be told.
func NoticeOf(before, now Light) NoticeKind {
	switch {
	case now.Red() && !before.Red():
		return NoticeRed
	case now == Done && before != Done:
		return NoticeReached
	case now.Overdue() && !before.Overdue():
		return NoticeOverdue
	}
	return ""
}

// Overdue reports whether the light says that an entry is missing.
func (l Light) Overdue() bool { return l == NoData || l == Stale }
