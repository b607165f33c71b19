package kpi

// Explanation says why a figure lags and what is being done about it, in the words of the person
// responsible (偏差原因、改进措施). It belongs to one unit's figure as it was in a month; a later one
// for the same month replaces it, and all are kept.
type Explanation struct {
	ID        int64
	Indicator IndicatorID
	Unit      UnitID
	Month     Period
	Reason    string // why
	Next      string // what is done about it
	Planned   Date   // by when; "" if no day was set
	SetBy     string // sign-in name
	Author    string // the person's full name, or the sign-in name if there is none
	SetAt     UnixMilli
}

// Check refuses an explanation without a reason or a next step, or with a planned day before the month
// it is about.
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

// LatestExplanations returns, from a history in the order written, the explanations in force at the end
// of a month: for each indicator the last one written for its latest month up to then.
func LatestExplanations(history []Explanation, through Period) map[IndicatorID]Explanation {
	out := map[IndicatorID]Explanation{}
	for _, e := range history {
		if e.Month.Month <= through.Month && e.Month.Month >= out[e.Indicator].Month.Month {
			out[e.Indicator] = e
		}
	}
	return out
}
