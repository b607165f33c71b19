package page

import (
	"slices"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

// newEntryMonths shows the year that an entry goes into, month by month: late ones lead to their form.
func newEntryMonths(pc Context, v app.EntryView) (out []entryMonth) {
	if v.Indicator.Kind == kpi.Level {
		return nil
	}
	p := pc.Printer
	for i, month := range v.Figure.Months {
		m := entryMonth{Name: p.Month(i + 1)}
		if month.Achieved.Ok() {
			m.Value = p.Amount(v.Indicator, month.Achieved.Value)
		}
		switch {
		case month.Period.Start() > pc.Today:
			m.State = "later"
		case v.Locks.Holds(month.Period) != nil:
			m.State, m.Word = "locked", p.T("lock.locked")
		case slices.Contains(v.Duty.Late, i+1):
			m.State, m.Word = "late", p.T("entry.month_late")
		case v.Duty.Due == month.Period && !v.Duty.Done:
			m.State, m.Word = "due", p.T("entry.month_due")
		}
		if m.State == "late" || m.State == "due" {
			day := min(month.Period.End(), pc.Today)
			m.Day, m.Href = string(day), entryPath(v.Year.Year, v.Indicator.Code, v.Unit.Code, day)
		}
		out = append(out, m)
	}
	return out
}

// lateText says what of the indicator is late or due.
func lateText(p lang.Printer, v app.EntryView) string {
	due := progress.DueDate(v.Duty.Due, v.DueDay)
	switch v.Duty.Urgency() {
	case 0:
		return p.T("entry.late", len(v.Duty.Late))
	case 1:
		return p.T("entry.due", p.Month(v.Duty.Due.Month), p.Day(due))
	}
	return ""
}

func newEntryNext(pc Context, v app.EntryView) (out []entryNext) {
	p := pc.Printer
	for _, ind := range v.Next {
		of, day := ind.Figure.Indicator, kpi.Date("")
		next := entryNext{Name: p.Name(of.Name, of.NameEn), State: "due", Word: p.T("entry.month_due")}
		if late := ind.Duty.Late; len(late) > 0 {
			next.State, next.Word = "late", p.T("entry.next_late", p.Month(late[0]), len(late))
			if of.Kind != kpi.Level {
				day = kpi.Period{Year: v.Year.Year, Month: late[0]}.End()
			}
		}
		next.Href = entryPath(v.Year.Year, of.Code, v.Unit.Code, day)
		out = append(out, next)
	}
	return out
}

// AfterText says what a figure comes to with the entry that is being typed; "" if that says nothing.
func AfterText(p lang.Printer, f progress.Figure) string {
	ind := f.Indicator
	switch {
	case ind.Kind == kpi.Level || !f.Achievement.Ok():
		return ""
	case !f.Completion.Ok():
		return p.T("entry.after", measured(p, ind, p.Value(ind, f.Achievement.Value)))
	}
	return p.T("entry.after_rate", measured(p, ind, p.Value(ind, f.Achievement.Value)), p.Percent(f.Completion.Value))
}
