package web

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
)

// signingJSON is how far a year's report is.
type signingJSON struct {
	Year     int                `json:"year"`
	State    app.ReportState    `json:"state"`
	Checked  *reportCheckJSON   `json:"checked"` // the latest check; null before the first
	Fresh    bool               `json:"fresh"`   // nothing changed since that check
	Findings []checkFindingJSON `json:"findings"`
	Versions []signedJSON       `json:"versions"` // the first first
	Changes  []changeJSON       `json:"changes"`  // 报告后变更, since the last version
	Damaged  string             `json:"damaged,omitempty"`
	MayCheck bool               `json:"may_check"`
	MaySign  bool               `json:"may_sign"`
}

// reportCheckJSON is that somebody looked through a report.
type reportCheckJSON struct {
	Errors   int    `json:"errors"`
	Warnings int    `json:"warnings"`
	Note     string `json:"note,omitempty"`
	Author   string `json:"author"`
	At       string `json:"at"`
	SHA256   string `json:"sha256"` // of the report as it was
}

// signedJSON is a signed version.
type signedJSON struct {
	Number int    `json:"number"`
	AsOf   string `json:"as_of"`
	SHA256 string `json:"sha256"`
	Errors int    `json:"errors"` // found when it was checked
	Reason string `json:"reason,omitempty"`
	Author string `json:"author"`
	At     string `json:"at"`
}

// changeJSON is something that a signed version says and that is no longer so.
type changeJSON struct {
	Section   report.SectionKey `json:"section,omitempty"`
	Indicator string            `json:"indicator,omitempty"`
	What      string            `json:"what"`
	Frozen    string            `json:"frozen"`
	Now       string            `json:"now"`
}

func newReportCheckJSON(c kpi.ReportCheck) reportCheckJSON {
	return reportCheckJSON{c.Errors, c.Warnings, c.Note, c.Author, rfc3339(c.At), c.SHA256}
}

func newSignedJSON(x kpi.ReportSigning) signedJSON {
	return signedJSON{x.Number, x.AsOf.String(), x.SHA256, x.Errors, x.Reason, x.Author, rfc3339(x.At)}
}

func changesJSON(p lang.Printer, changes []report.Change) []changeJSON {
	out := []changeJSON{}
	for _, c := range changes {
		out = append(out, changeJSON{c.Section, c.Indicator, p.Text(c.What), c.Frozen, c.Now})
	}
	return out
}

func (s *Server) apiSigning(c *fiber.Ctx, v *visit) error {
	year, err := yearParam(c)
	if err != nil {
		return err
	}
	view, err := s.App.Signing(c.UserContext(), v.actor, year, string(v.printer.Tag()))
	if err != nil {
		return err
	}
	out := signingJSON{Year: int(year), State: view.State, Fresh: view.Fresh, Findings: findingsJSON(v.printer, year, view.Findings),
		Versions: []signedJSON{}, Changes: changesJSON(v.printer, view.Changes), MayCheck: view.MayCheck, MaySign: view.MaySign}
	if view.Check != nil {
		checked := newReportCheckJSON(*view.Check)
		out.Checked = &checked
	}
	for _, x := range view.Signings {
		out.Versions = append(out.Versions, newSignedJSON(x))
	}
	if view.Damaged != nil {
		out.Damaged = v.printer.Text(view.Damaged.Text)
	}
	return s.json(c, fiber.StatusOK, out)
}

// apiPostReportCheck notes that the sender looked through the report as it stands.
func (s *Server) apiPostReportCheck(c *fiber.Ctx, v *visit) error {
	var b struct {
		Note string `json:"note"`
	}
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	checked, err := s.App.CheckReport(c.UserContext(), v.actor, year, b.Note)
	if err != nil {
		return err
	}
	return s.json(c, fiber.StatusCreated, newReportCheckJSON(checked))
}

// apiPostSign signs the report as it was checked.
func (s *Server) apiPostSign(c *fiber.Ctx, v *visit) error {
	var b struct {
		Reason string `json:"reason"`
	}
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	x, err := s.App.SignReport(c.UserContext(), v.actor, year, app.NewSigning{Reason: b.Reason, Key: idempotencyKey(c)})
	if err != nil {
		return err
	}
	return s.json(c, fiber.StatusCreated, newSignedJSON(x))
}

// apiSigned is a signed version and what is no longer so: against the records, or the version ?against= names.
func (s *Server) apiSigned(c *fiber.Ctx, v *visit) error {
	view, err := s.signedView(c, v)
	if err != nil {
		return err
	}
	return s.json(c, fiber.StatusOK, struct {
		signedJSON
		Changes []changeJSON `json:"changes"`
	}{newSignedJSON(view.Signing), changesJSON(v.printer, view.Changes)})
}
