package kpi

// Explanation is why a figure lags and what is done about it, in the words of whoever answers for it
// (偏差原因、改进措施). It belongs to one unit's figure as it stood in a month; a later one of the same
// month takes its place, and all are kept.
type Explanation struct {
	ID        int64
	Indicator IndicatorID
	Unit      UnitID
	Month     Period
	Reason    string // why
	Next      string // what is done about it
	Planned   Date   // by when; "" where no day was set
	SetBy     string // sign-in name
	Author    string // the person's full name, the sign-in name where there is none
	SetAt     UnixMilli
}

// Check refuses an explanation that does not explain: without a reason, without a next step, or
// planned for a day before the month it is about.
func (e Explanation) Check() error {
	var m Mistakes
	if e.Reason == "" {
		m.Add("reason", "explanation_reason_missing")
	}
	if e.Next == "" {
		m.Add("next", "explanation_next_missing")
	}
	if e.Planned != "" && e.Planned < e.Month.Start() {
		m.Add("planned", "explanation_planned_past")
	}
	return m.Err()
}

// LatestExplanations are, of a history in the order it was written, the ones that hold by the end of
// a month: of each indicator the last said of the latest month up to it.
func LatestExplanations(history []Explanation, through Period) map[IndicatorID]Explanation {
	out := map[IndicatorID]Explanation{}
	for _, e := range history {
		if e.Month.Month <= through.Month && e.Month.Month >= out[e.Indicator].Month.Month {
			out[e.Indicator] = e
		}
	}
	return out
}
