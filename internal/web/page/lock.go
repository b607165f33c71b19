package page

import (
	"fmt"
	"net/url"
	"slices"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// lockPage is a year's months: which are locked, who did it, what came later.
type lockPage struct {
	Layout
	Hint    string
	Months  []lockMonth
	Lock    *plainForm // nil for those who may not, and where there is nothing to lock
	Unlock  *plainForm
	History []historyLine
	Late    logTable
}

// lockMonth is one month's state.
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
		page.History = append(page.History, historyLine{At: p.Time(l.At, pc.zone()), By: l.ByName,
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

// lockForm closes or opens one of the months; nil without any.
func lockForm(pc Context, act kpi.LockAct, months []kpi.Period, values url.Values, refusal *kpi.Error) *plainForm {
	if len(months) == 0 {
		return nil
	}
	p, name := pc.Printer, string(act)
	f := &plainForm{ID: name, Title: p.T("lock.form_" + name), Action: LockPath(months[0].Year), CSRF: pc.CSRF, Submit: p.T("lock.submit_" + name),
		Hint: p.T("lock.hint_" + name), Hidden: []formOption{{Value: "act", Text: name}}}
	mine := values.Get("act") == name
	var t typed
	if mine {
		t = TypedForm(values)
	}
	first := months[0] // the earliest that is open, the latest that is locked
	if act == kpi.UnlockMonth {
		first = months[len(months)-1]
	}
	month := t.field("month", p.T("lock.month"), first.String())
	var options []formOption
	for _, m := range months {
		options = append(options, formOption{Value: m.String(), Text: p.Month(m.Month)})
	}
	reason := t.field("reason", p.T("lock.reason"), "").words().long()
	if act == kpi.LockMonth {
		reason = reason.optional()
	}
	f.group("", "", month.choice(options...), reason)
	for i := range f.Groups[0].Fields {
		f.Groups[0].Fields[i].ID = fmt.Sprintf("f-%s-%s", name, f.Groups[0].Fields[i].Name)
	}
	if mine {
		f.refuse(p, refusal)
	}
	return f
}

func LockPath(y kpi.Year) string { return yearPath(y, "locks") }
