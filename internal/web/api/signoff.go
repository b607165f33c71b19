package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
)

// SigningJSON is the state of a year's report.
type SigningJSON struct {
	Year     int                `json:"year"`
	State    app.ReportState    `json:"state"`
	Checked  *ReportCheckJSON   `json:"checked"` // the latest check; null before the first
	Fresh    bool               `json:"fresh"`   // nothing changed since that check
	Findings []checkFindingJSON `json:"findings"`
	Versions []SignedJSON       `json:"versions"` // oldest first
	Changes  []ChangeJSON       `json:"changes"`  // 报告后变更, since the last version
	Damaged  string             `json:"damaged,omitempty"`
	MayCheck bool               `json:"may_check"`
	MaySign  bool               `json:"may_sign"`
}

// ReportCheckJSON records that someone checked a report.
type ReportCheckJSON struct {
	Errors   int    `json:"errors"`
	Warnings int    `json:"warnings"`
	Note     string `json:"note,omitempty"`
	Author   string `json:"author"`
	At       string `json:"at"`
	SHA256   string `json:"sha256"` // of the report as it was
}

// SignedJSON is a signed version.
type SignedJSON struct {
	Number int    `json:"number"`
	AsOf   string `json:"as_of"`
	SHA256 string `json:"sha256"`
	Errors int    `json:"errors"` // found when it was checked
	Reason string `json:"reason,omitempty"`
	Author string `json:"author"`
	At     string `json:"at"`
}

// ChangeJSON is a statement of a signed version that is no longer true.
type ChangeJSON struct {
	Section   report.SectionKey `json:"section,omitempty"`
	Indicator string            `json:"indicator,omitempty"`
	What      string            `json:"what"`
	Frozen    string            `json:"frozen"`
	Now       string            `json:"now"`
}

func newReportCheckJSON(c kpi.ReportCheck) ReportCheckJSON {
	return ReportCheckJSON{c.Errors, c.Warnings, c.Note, c.Author, rfc3339(c.At), c.SHA256}
}

func newSignedJSON(x kpi.ReportSigning) SignedJSON {
	return SignedJSON{x.Number, x.AsOf.String(), x.SHA256, x.Errors, x.Reason, x.Author, rfc3339(x.At)}
}

func changesJSON(p lang.Printer, changes []report.Change) []ChangeJSON {
	out := []ChangeJSON{}
	for _, c := range changes {
		out = append(out, ChangeJSON{c.Section, c.Indicator, p.Text(c.What), c.Frozen, c.Now})
	}
	return out
}

func (s API) getSigning(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	view, err := s.App.Signing(c.UserContext(), v.Actor, year, string(v.Printer.Tag()))
	if err != nil {
		return err
	}
	out := SigningJSON{Year: int(year), State: view.State, Fresh: view.Fresh,
		Findings: findingsJSON(v.Printer, year, view.Findings), Versions: []SignedJSON{},
		Changes: changesJSON(v.Printer, view.Changes), MayCheck: view.MayCheck, MaySign: view.MaySign}
	if view.Check != nil {
		checked := newReportCheckJSON(*view.Check)
		out.Checked = &checked
	}
	for _, x := range view.Signings {
		out.Versions = append(out.Versions, newSignedJSON(x))
	}
	if view.Damaged != nil {
		out.Damaged = v.Printer.Text(view.Damaged.Text)
	}
	return s.JSON(c, fiber.StatusOK, out)
}

// postReportCheck records that the sender checked the report in its current state.
func (s API) postReportCheck(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Note string `json:"note"`
	}
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	checked, err := s.App.CheckReport(c.UserContext(), v.Actor, year, b.Note)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusCreated, newReportCheckJSON(checked))
}

// postSign signs the report as it was checked.
func (s API) postSign(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Reason string `json:"reason"`
	}
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	x, err := s.App.SignReport(c.UserContext(), v.Actor, year, app.NewSigning{Reason: b.Reason, Key: idempotencyKey(c),
		Office: s.PublicAddress(c)})
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusCreated, newSignedJSON(x))
}

// getSigned sends a signed version and what has changed since, compared with the records or with the
// version in ?against=.
func (s API) getSigned(c *fiber.Ctx, v *middleware.Visit) error {
	view, err := s.Files.SignedView(c, v)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, struct {
		SignedJSON
		Changes []ChangeJSON `json:"changes"`
	}{newSignedJSON(view.Signing), changesJSON(v.Printer, view.Changes)})
}
