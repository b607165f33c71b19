package page

import (
	"net/url"
	"strconv"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
	"dabiao/internal/report/check"
)

// signoffPage shows the state of a year's report: checked by whom, signed by whom, and what has changed
// since.
type signoffPage struct {
	Layout
	Tabs       []layoutLink
	Action     string
	Key        string // of the form that signs
	State      string
	CheckNotes []string // about the check
	Check      string   // address of the findings
	Mistakes   []string
	MayCheck   bool
	MaySign    bool // and the report has been checked in its present state
	Denied     string
	Sign       string // text of the button
	Errors     bool   // a reason is required
	Note       string
	Reason     string
	Versions   []signedRow
	Changes    changesView
	Damaged    bool // the last version is not what was signed, so nothing can be compared with it
}

type signedRow struct {
	Name, By, Over, SHA256, Href string
	Files                        []layoutLink
	Sealed                       layoutLink
	Whole                        layoutLink // with sensitive evidence; empty for who may not have it
}

// changesView lists what is no longer true; Frozen and Now are the heads of its columns.
type changesView struct {
	Frozen, Now string
	Rows        []changeRow
	None        string // shown instead of an empty table; "" if nothing was signed yet
}

type changeRow struct{ What, Href, Frozen, Now string }

func NewSignoff(pc Context, v app.SigningView, key string, typed url.Values, refusal *kpi.Error) signoffPage {
	p, year := pc.Printer, pc.Year.Year
	page := signoffPage{Layout: NewLayout(pc, p.T("signoff.title"), partReport, ""), Tabs: pc.reportTabs("sign"),
		Action: SignPath(year), Key: key, State: p.T("signoff.state", p.T("signoff.state."+string(v.State))),
		Check: CheckPath(year), MayCheck: v.MayCheck, MaySign: v.MaySign && v.Fresh,
		Sign: p.T("signoff.sign", len(v.Signings)+1), Note: typed.Get("note"), Reason: typed.Get("reason")}
	page.Errors = check.Errors(v.Findings) > 0
	page.CheckNotes = append(page.CheckNotes, p.T("signoff.found", check.Errors(v.Findings), check.Warnings(v.Findings)))
	if v.Check == nil {
		page.CheckNotes = append(page.CheckNotes, p.T("signoff.never_checked"))
	} else {
		page.CheckNotes = append(page.CheckNotes, p.T("signoff.checked_by", pc.person(v.Check.Author),
			p.Time(v.Check.At, pc.zone()), v.Check.Errors, v.Check.Warnings, v.Check.Note))
		if !v.Fresh {
			page.CheckNotes = append(page.CheckNotes, p.T("signoff.check_stale"))
		}
	}
	if !v.MaySign {
		page.Denied = p.T("signoff.may_not_sign")
	}
	if v.Damaged != nil {
		page.Damaged, page.Mistakes = true, []string{p.Text(v.Damaged.Text)}
	}
	if refusal != nil {
		page.Mistakes = append(page.Mistakes, mistakesOf(pc, refusal)...)
	}
	for i := len(v.Signings) - 1; i >= 0; i-- {
		page.Versions = append(page.Versions, newSignedRow(pc, v.Signings[i]))
	}
	if len(v.Signings) > 0 && !page.Damaged {
		page.Changes = newChanges(pc, v.Changes, v.Input.Input, p.T("signoff.col.frozen"), p.T("signoff.col.now"))
	}
	return page
}

func newSignedRow(pc Context, x kpi.ReportSigning) signedRow {
	p := pc.Printer
	row := signedRow{Name: p.T("signoff.version", x.Number),
		By: p.T("signoff.signed_by", pc.person(x.Author), p.Time(x.At, pc.zone()),
			p.T("page.as_of_month", p.Month(x.AsOf.Month))),
		SHA256: x.SHA256, Href: signedPath(x.Year, x.Number)}
	if x.Errors > 0 {
		row.Over = p.T("signoff.over_errors", x.Errors, x.Reason)
	}
	for _, format := range report.Formats {
		if format != "csv" { // CSV holds single tables only
			row.Files = append(row.Files, layoutLink{Href: row.Href + "." + format, Text: format})
		}
	}
	row.Sealed = layoutLink{Href: sealedPath(x.Year, x.Number), Text: p.T("seal.action")}
	if pc.Actor.MayOpenSensitive() == nil {
		row.Whole = layoutLink{Href: row.Sealed.Href + "?sensitive=1", Text: p.T("seal.sensitive")}
	}
	return row
}

func newChanges(pc Context, changes []report.Change, in report.Input, frozen, now string) changesView {
	p := pc.Printer
	out := changesView{Frozen: frozen, Now: now}
	if len(changes) == 0 {
		out.None = p.T("signoff.changes_none")
	}
	names := map[string]string{}
	for _, f := range in.Board.Figures() {
		names[f.Indicator.Code] = p.Name(f.Indicator.Name, f.Indicator.NameEn)
	}
	for _, c := range changes {
		row := changeRow{What: p.Text(c.What), Frozen: c.Frozen, Now: c.Now}
		switch {
		case c.Indicator != "":
			name := names[c.Indicator]
			if name == "" {
				name = c.Indicator
			}
			row.What, row.Href = name+" · "+row.What, IndicatorPath(pc.Year.Year, c.Indicator)
		case c.Section != "":
			row.What, row.Href = in.SectionName(c.Section)+" · "+row.What, EditPath(pc.Year.Year, c.Section)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// signedPage shows a version as it was signed. A figure that has changed since is followed by its
// present value.
type signedPage struct {
	reportPage
	Signed  signedRow
	Compare []layoutLink
	Changes changesView
}

func NewSigned(pc Context, v app.SignedView, against int) signedPage {
	p := pc.Printer
	page := signedPage{Signed: newSignedRow(pc, v.Signing)}
	now := p.T("signoff.against", against)
	later := map[laterKey]string{}
	if against == 0 {
		now, later = p.T("signoff.col.now"), since(p, v.Changes)
	}
	page.reportPage = newPaperPage(pc, report.Build(v.Input), later)
	page.Title, page.Tabs = page.Signed.Name, pc.reportTabs("sign")
	page.Changes = newChanges(pc, v.Changes, v.Input, p.T("signoff.col.frozen"), now)
	for _, x := range v.Signings {
		if x.Number != v.Signing.Number {
			page.Compare = append(page.Compare, layoutLink{Href: page.Signed.Href + "?against=" + strconv.Itoa(x.Number),
				Text: p.T("signoff.compare", x.Number), Current: x.Number == against})
		}
	}
	return page
}

// since returns the present values of the figures that have changed since the report.
func since(p lang.Printer, changes []report.Change) map[laterKey]string {
	out := map[laterKey]string{}
	for _, c := range changes {
		if c.Indicator != "" && c.What.Key == "signoff.change.value" {
			out[laterKey{c.Indicator, c.Frozen}] = p.T("signoff.later", c.Now)
		}
	}
	return out
}

func SignPath(y kpi.Year) string { return reportPath(y) + "/sign" }

func signedPath(y kpi.Year, number int) string {
	return reportPath(y) + "/signed/" + strconv.Itoa(number)
}

func sealedPath(y kpi.Year, number int) string {
	return reportPath(y) + "/sealed/" + strconv.Itoa(number) + ".zip"
}
