package kpi

// LockAct closes a month or opens it again.
type LockAct string

// The acts.
const (
	LockMonth   LockAct = "lock"
	UnlockMonth LockAct = "unlock"
)

// Lock is one closing or reopening of a month (锁定). Rows are only ever added.
type Lock struct {
	Period Period
	Act    LockAct
	Reason string
	By     string // the account's name
	ByName string // the person's
	At     UnixMilli
	Seen   UpdateID // the newest entry of the log at that moment
}

// Locks are those of a year, oldest first.
type Locks []Lock

// Last is the latest act on a month; ok is false where there was none.
func (l Locks) Last(p Period) (last Lock, ok bool) {
	for _, lock := range l {
		if lock.Period == p {
			last, ok = lock, true
		}
	}
	return last, ok
}

// CheckOpen refuses work dated in a locked month, and names who locked it.
func (l Locks) CheckOpen(d Date) error {
	if d == "" {
		return nil
	}
	if last, ok := l.Last(d.Period()); ok && last.Act == LockMonth {
		p := last.Period
		return &Error{Code: Conflict, Text: T("month_locked", int(p.Year), p.Month, last.ByName),
			Fields: []Field{{"date", T("month_locked", int(p.Year), p.Month, last.ByName)}}}
	}
	return nil
}

// Window is a span of time in which a month was open again: entries after Opened.Seen up to Until.
type Window struct {
	Opened Lock     // the act that opened it
	Until  UpdateID // 0: it is still open
}

// Reopened lists when months were open again after they had been locked, oldest first.
func (l Locks) Reopened() (windows []Window) {
	for _, lock := range l {
		switch lock.Act {
		case UnlockMonth:
			windows = append(windows, Window{Opened: lock})
		case LockMonth:
			for i := range windows {
				if windows[i].Opened.Period == lock.Period && windows[i].Until == 0 {
					windows[i].Until = lock.Seen
				}
			}
		}
	}
	return windows
}

// Locked lists the months that take no entries now, in order.
func (l Locks) Locked() (locked []Period) {
	for month := 1; month <= 12 && len(l) > 0; month++ {
		p := Period{Year: l[0].Period.Year, Month: month}
		if last, ok := l.Last(p); ok && last.Act == LockMonth {
			locked = append(locked, p)
		}
	}
	return locked
}
