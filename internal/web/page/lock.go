package page

import (
	"net/url"
	"slices"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// lockPage shows a year's months: which are locked, by whom, and what changed later.
type lockPage struct {
	Layout
	Hint    string
	Months  []lockMonth
	Lock    *Form // nil for those who may not lock, or if there is nothing to lock
	Unlock  *Form
	History []historyStep
	Late    logTable
}

// lockMonth is a month's state.
type lockMonth struct {
	Name, State, By, At, Reason string
	Locked                      bool
}

func NewLock(pc Context, log app.LockLog, values url.Values, refusal *kpi.Error) lockPage {
	p, y := pc.Printer, log.Year.Year
	part, tabs := pc.paper(partLocks)
	page := lockPage{Layout: NewLayout(pc, p.T("lock.title", p.T("page.year", int(y))), part, ""), Hint: p.T("lock.hint")}
	page.Tabs = tabs
	locked := log.Locks.Locked()
	open := []kpi.Period{}
	for month := 1; month <= 12; month++ {
		at := kpi.Period{Year: y, Month: month}
		isLocked := slices.Contains(locked, at)
		if at.Start() <= pc.Today && !isLocked {
			open = append(open, at)
		}
		page.Months = append(page.Months, newLockMonth(pc, log.Locks, at, isLocked))
	}
	if pc.Actor.MayLock() == nil && (log.Year.CheckOpen() == nil || refusal != nil) {
		page.Lock = lockForm(pc, kpi.LockMonth, open, values, refusal)
		page.Unlock = lockForm(pc, kpi.UnlockMonth, locked, values, refusal)
	}
	for _, l := range slices.Backward(log.Locks) {
		page.History = append(page.History, historyStep{At: p.Time(l.At, pc.zone()), By: l.ByName,
			What: p.T("lock.did_"+string(l.Act), p.Month(l.Period.Month)), Reason: l.Reason})
	}
	var late []app.LogEntry
	for _, e := range slices.Backward(log.Late) {
		late = append(late, e.LogEntry)
	}
	page.Late = logTable{newLogRows(pc, late, false), true}
	return page
}

func newLockMonth(pc Context, locks kpi.Locks, at kpi.Period, locked bool) lockMonth {
	p := pc.Printer
	m := lockMonth{Name: p.Month(at.Month), Locked: locked, State: p.T("lock.open")}
	if at.Start() > pc.Today {
		m.State = p.T("lock.not_yet")
	}
	last, any := locks.Last(at)
	switch {
	case locked:
		m.State = p.T("lock.locked")
	case any:
		m.State = p.T("lock.reopened")
	default:
		return m
	}
	m.By, m.At, m.Reason = last.ByName, p.Time(last.At, pc.zone()), last.Reason
	return m
}

// lockForm locks or reopens one of the months; it is nil if there are none.
func lockForm(pc Context, act kpi.LockAct, months []kpi.Period, values url.Values, refusal *kpi.Error) *Form {
	if len(months) == 0 {
		return nil
	}
	p, name := pc.Printer, string(act)
	f := pc.form(name, LockPath(months[0].Year), p.T("lock.form_"+name), p.T("lock.submit_"+name)).wide()
	f.Hint = p.T("lock.hint_" + name)
	f.hide("act", name)
	var typed url.Values
	mine := values.Get("act") == name
	if mine {
		typed = values
	}
	f.keeping("f-"+name+"-", typed)
	first := months[0] // the earliest open month, or the latest locked one
	if act == kpi.UnlockMonth {
		first = months[len(months)-1]
	}
	var periods, names []string
	for _, m := range months {
		periods, names = append(periods, m.String()), append(names, p.Month(m.Month))
	}
	reason := f.field("reason", "lock.reason", "").note()
	reason.Optional = act == kpi.LockMonth
	f.add(f.field("month", "lock.month", first.String()).choice(periods, names), reason)
	if mine {
		f.refuse(refusal)
	}
	return f
}

func LockPath(y kpi.Year) string { return yearPath(y, "locks") }
