package kpi

import "slices"

// NoticeID identifies a notice.
type NoticeID int64

// NoticeKind says what a notice reports.
type NoticeKind string

// The kinds of notices.
const (
	NoticeRed     NoticeKind = "red"     // a figure turned red
	NoticeReached NoticeKind = "reached" // a target was reached
	NoticeOverdue NoticeKind = "overdue" // nothing has been logged for longer than the rules allow
	NoticeBudget  NoticeKind = "budget"  // the execution rate is below a supervision line
)

// NoticeKinds lists all kinds.
var NoticeKinds = []NoticeKind{NoticeRed, NoticeReached, NoticeOverdue, NoticeBudget}

// NoticeHead is what a channel asks for to be sent the end of the audit log once a day. No notice is of this kind.
const NoticeHead NoticeKind = "audit_head"

// NoticeLateBackup is what a channel asks for to be told once when backups stop coming. No notice is of this kind.
const NoticeLateBackup NoticeKind = "backup_late"

// ChannelEvents lists what a channel can ask for.
var ChannelEvents = append(slices.Clone(NoticeKinds), NoticeLateBackup, NoticeHead)

// Wanted reports whether a channel can ask for k.
func (k NoticeKind) Wanted() bool { return contains(ChannelEvents, k) }

// Frozen is a figure as it was at one moment. What is nil was absent.
type Frozen struct {
	Light     Light
	Quantity  Quantity
	HasAmount bool
	Target    *Amount
	Sign      Sign     // of the target; "" where it is not known
	Rate      *Percent // completion rate, or the budget's execution rate
}

// Standing returns the word of the light as [Light.Standing] does, by the rules of the figure's year.
func (f Frozen) Standing(r RuleSet) string {
	return f.Light.Standing(f.Rate != nil && *f.Rate >= r.OverFrom)
}

// Notice reports something that happened to the whole office's figures in a year.
type Notice struct {
	ID        NoticeID
	Kind      NoticeKind
	Year      Year
	Indicator Indicator // zero for the budget
	Dated     Date
	Month     int // month of the supervision line; else 0
	Frozen
	Stands string // the word of the figure's light
	At     UnixMilli
}

// NoticeOf returns the notice due when a light changes; "" if nobody needs to be told.
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

// Overdue reports whether the light means that an entry is missing.
func (l Light) Overdue() bool { return l == NoData || l == Stale }
