package kpi

// Alarm is a supervision threshold for budget execution at the end of a month.
type Alarm struct {
	Month int // 1 to 12
	Below Percent
}

// Supervision returns the latest supervision line in force at a: that of the latest month that is over
// and has one. It is nil before the first.
func (r *RuleSet) Supervision(a AsOf) *Alarm {
	last := a.Month
	if !a.Whole() {
		last--
	}
	var latest *Alarm
	for i := range r.Alarms {
		if m := r.Alarms[i].Month; m <= last && (latest == nil || m > latest.Month) {
			latest = &r.Alarms[i]
		}
	}
	return latest
}

// Below returns the supervision line in force at a if an execution rate has not reached it, else nil.
func (r *RuleSet) Below(execution Quotient, a AsOf) *Alarm {
	if alarm := r.Supervision(a); alarm != nil && !execution.Reaches(alarm.Below) {
		return alarm
	}
	return nil
}
