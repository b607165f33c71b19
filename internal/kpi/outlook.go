package kpi

// Cause is a category of reasons why an indicator deviates from its plan, from the monitoring form
// (绩效运行监控表).
type Cause string

// The causes of the form.
const (
	CauseFunds     Cause = "funds"     // 经费
	CauseRules     Cause = "rules"     // 制度
	CauseStaff     Cause = "staff"     // 人员
	CauseEquipment Cause = "equipment" // 硬件
	CauseOther     Cause = "other"     // 其他
)

// Causes lists all causes in the form's order.
var Causes = []Cause{CauseFunds, CauseRules, CauseStaff, CauseEquipment, CauseOther}

// Possibility says whether the year's target can still be reached (完成可能性).
type Possibility string

// The answers of the form.
const (
	Certain    Possibility = "certain"    // 确定能
	Possible   Possibility = "possible"   // 有可能
	Impossible Possibility = "impossible" // 完全不可能
)

// Possibilities lists all answers in the form's order.
var Possibilities = []Possibility{Certain, Possible, Impossible}

// Outlook is the office's assessment, at the end of a month, of an indicator's chances. A later one
// replaces the earlier.
type Outlook struct {
	Year        Year
	Month       int // 1 to 12
	Indicator   IndicatorID
	Possibility Possibility
	Causes      []Cause
	Reason      string
	Remark      string
	SetBy       string
	SetAt       UnixMilli
}

// Expectation is a unit's estimate, at the end of a month, of the year's total (全年预计): an outlook,
// never an achievement. A later one replaces the earlier.
type Expectation struct {
	Year      Year
	Month     int // 1 to 12
	Indicator IndicatorID
	Unit      UnitID
	Quantity  Quantity
	SetBy     string
	SetAt     UnixMilli
}

// Has reports whether c is among the causes.
func (o Outlook) Has(c Cause) bool { return contains(o.Causes, c) }

// Check refuses an outlook without an answer, and one other than Certain without cause and reason.
func (o Outlook) Check() error {
	var m Mistakes
	if !contains(Possibilities, o.Possibility) {
		m.Add("possibility", "possibility_unknown", string(o.Possibility))
	}
	for _, c := range o.Causes {
		if !contains(Causes, c) {
			m.Add("causes", "cause_unknown", string(c))
		}
	}
	uncertain := o.Possibility == Possible || o.Possibility == Impossible
	if uncertain && len(o.Causes) == 0 {
		m.Add("causes", "cause_missing")
	}
	if uncertain && o.Reason == "" {
		m.Add("reason", "outlook_reason_missing")
	}
	checkLength(&m, "reason", o.Reason, MaxNote)
	checkLength(&m, "remark", o.Remark, MaxNote)
	return m.Err()
}
