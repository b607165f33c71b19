package kpi

// TextVersionID identifies a version of a report's text; 0 is the text that was never written.
type TextVersionID int64

// TextPlace is a place of a year's report that somebody writes text for, in one language.
type TextPlace struct {
	Year     Year
	Section  string
	Language string
}

// TextVersion is one version of a text. The latest holds.
type TextVersion struct {
	TextPlace
	ID     TextVersionID
	Body   string
	Author string // sign-in name; empty for texts from before versions were kept
	At     UnixMilli
}

// TextDraft is what somebody was writing, and which version they began from.
type TextDraft struct {
	TextPlace
	Account AccountID
	Body    string
	Base    TextVersionID
	At      UnixMilli
}

// ReportCheck says that somebody looked through a year's report, and what its check found then.
type ReportCheck struct {
	ID       int64
	Year     Year
	SHA256   string // of the report as it was
	Errors   int
	Warnings int
	Note     string
	Author   string
	At       UnixMilli
}

// ReportSigning is a signed version of a year's report, frozen.
type ReportSigning struct {
	ID     int64
	Year   Year
	Number int    // 1 for the first of the year
	SHA256 string // of Body
	AsOf   Period
	Body   string // all that its documents are made from, as JSON; empty in lists
	Errors int    // how many the check found
	Reason string // why it was signed over them
	Author string
	At     UnixMilli
}

// MayCheckReport refuses whoever does not look through a year's report before it is signed.
func (a Actor) MayCheckReport() error {
	if !a.is(Staff, Reviewer, Leader, Admin) || a.Unit != 0 {
		return Denied("role_may_not_check")
	}
	return nil
}

// MaySign refuses whoever does not sign a year's report.
func (a Actor) MaySign() error {
	if !a.is(Leader, Admin) {
		return Denied("role_may_not_sign")
	}
	return nil
}
