package kpi

// YearState says whether a year accepts updates.
type YearState string

// The states of a year.
const (
	YearOpen   YearState = "open"
	YearClosed YearState = "closed"
)

// YearInfo is a year the office keeps records of.
type YearInfo struct {
	Year   Year
	State  YearState
	Sample bool // invented figures: every page and document of the year says so

	ClosedAt UnixMilli // 0 while open
	OpenedAt UnixMilli `json:"-"` // when the year was set up here
}

// CheckOpen refuses work in a closed year.
func (y YearInfo) CheckOpen() error {
	if y.State != YearOpen {
		return Clash("year_closed", int(y.Year))
	}
	return nil
}

// CheckAnyOpen refuses what changes every year while each there is is closed.
func CheckAnyOpen(years []YearInfo) error {
	for _, y := range years {
		if y.State == YearOpen {
			return nil
		}
	}
	if len(years) == 0 {
		return nil
	}
	return Clash("years_closed")
}
