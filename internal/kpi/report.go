package kpi

// TextVersionID identifies a version of a report's text; 0 stands for a text never written.
type TextVersionID int64

// TextPlace is a section of a year's report that people write, in one language.
type TextPlace struct {
	Year     Year
	Section  string
	Language string
}

// TextVersion is one version of a text. The latest is in force.
type TextVersion struct {
	TextPlace
	ID     TextVersionID
	Body   string
	Author string // sign-in name; empty for texts written before versions were kept
	At     UnixMilli
}

// TextDraft is an unsaved text and the version it started from.
type TextDraft struct {
	TextPlace
	Account AccountID
	Body    string
	Base    TextVersionID
	At      UnixMilli
}

// ReportCheck records that someone checked a year's report, and how many findings there were.
type ReportCheck struct {
	ID       int64
	Year     Year
	SHA256   string // of the report at that time
	Errors   int
	Warnings int
	Note     string
	Author   string
	At       UnixMilli
}

// ReportSigning is a signed, frozen version of a year's report.
type ReportSigning struct {
	ID     int64
	Year   Year
	Number int    // 1 for the first of the year
	SHA256 string // of Body
	AsOf   Period
	Body   string // everything its documents are made from, as JSON; empty in lists
	Errors int    // number of errors the check found
	Reason string // why it was signed in spite of them
	Author string
	At     UnixMilli
}

// CheckMark says that a finding of a year's check is no fault. It holds while the sentence and the figure that the
// finding is about stay as they are.
type CheckMark struct {
	Year    Year
	Finding string // its hash
	Code    string
	Said    string // the finding as it was read
	Reason  string
	Author  string
	At      UnixMilli
}

// MayCheckReport refuses actors who may not check a year's report before it is signed.
func (a Actor) MayCheckReport() error {
	if !a.is(Staff, Reviewer, Leader, Admin) || a.Unit != 0 {
		return Denied("role_may_not_check")
	}
	return nil
}

// MaySign refuses actors who may not sign a year's report.
func (a Actor) MaySign() error {
	if !a.is(Leader, Admin) {
		return Denied("role_may_not_sign")
	}
	return a.ofOffice()
}
