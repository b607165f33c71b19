package kpi

// LockAct is the locking or reopening of a month.
type LockAct string

// The acts.
const (
	LockMonth   LockAct = "lock"
	UnlockMonth LockAct = "unlock"
)

// Lock records one locking or reopening of a month (锁定). Records are only ever added.
type Lock struct {
	Period Period
	Act    LockAct
	Reason string
	By     string // the account's name
	ByName string // the person's full name
	At     UnixMilli
	Seen   UpdateID // the newest log entry at that moment
}

// Locks are the lock records of one year, oldest first.
type Locks []Lock

// Last returns the latest record for a month; ok is false if there is none.
func (l Locks) Last(p Period) (last Lock, ok bool) {
	for _, lock := range l {
		if lock.Period == p {
			last, ok = lock, true
		}
	}
	return last, ok
}

// Holds returns the lock in force for a month, nil if the month is open.
func (l Locks) Holds(p Period) *Lock {
	if last, ok := l.Last(p); ok && last.Act == LockMonth {
		return &last
	}
	return nil
}

// CheckOpen refuses a date in a locked month and names who locked it.
func (l Locks) CheckOpen(d Date) error {
	if d == "" {
		return nil
	}
	return l.refuse(d.Period(), "date", "month_locked")
}

// CheckSpending refuses changes to the spending of a locked month.
func (l Locks) CheckSpending(was, is [12]Amount) error {
	for _, p := range l.Locked() {
		if was[p.Month-1] != is[p.Month-1] {
			return l.refuse(p, "months", "budget_month_locked")
		}
	}
	return nil
}

// CheckFrom refuses a change that affects every month from first on if any of them is locked.
func (l Locks) CheckFrom(first Date) error {
	for _, p := range l.Locked() {
		if p.Start() >= first {
			return l.refuse(p, "since", "move_month_locked")
		}
	}
	return nil
}

func (l Locks) refuse(p Period, field, key string) error {
	lock := l.Holds(p)
	if lock == nil {
		return nil
	}
	text := T(key, int(p.Year), p.Month, lock.ByName)
	return &Error{Code: Conflict, Text: text, Fields: []Field{{field, text}}}
}

// Window is a period in which a locked month was open again: entries after Opened.Seen up to Until.
type Window struct {
	Opened Lock      // the act that reopened it
	Until  UpdateID  // 0: still open
	Ended  UnixMilli // when it was locked again; 0: still open
}

// Reopened lists the periods in which months were open after having been locked, oldest first.
func (l Locks) Reopened() (windows []Window) {
	for _, lock := range l {
		switch lock.Act {
		case UnlockMonth:
			windows = append(windows, Window{Opened: lock})
		case LockMonth:
			for i := range windows {
				if windows[i].Opened.Period == lock.Period && windows[i].Ended == 0 {
					windows[i].Until, windows[i].Ended = lock.Seen, lock.At
				}
			}
		}
	}
	return windows
}

// Locked lists the months that are locked now, in order.
func (l Locks) Locked() (locked []Period) {
	for month := 1; month <= 12 && len(l) > 0; month++ {
		if p := (Period{Year: l[0].Period.Year, Month: month}); l.Holds(p) != nil {
			locked = append(locked, p)
		}
	}
	return locked
}
