package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report/check"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// CheckJSON is the result of a year's check.
type CheckJSON struct {
	Year     int                `json:"year"`
	AsOf     string             `json:"as_of"`
	Errors   int                `json:"errors"`
	Findings []checkFindingJSON `json:"findings"`
}

type checkFindingJSON struct {
	Code      string         `json:"code"`
	Severity  check.Severity `json:"severity"`
	Message   string         `json:"message"`
	Section   string         `json:"section,omitempty"`
	Indicator string         `json:"indicator,omitempty"`
	Quote     string         `json:"quote,omitempty"`
	Link      string         `json:"link"`
	ID        string         `json:"id,omitempty"`
	Mark      *checkMarkJSON `json:"mark,omitempty"` // somebody found it to be no fault
}

// checkMarkJSON says why a finding is no fault.
type checkMarkJSON struct {
	Finding string `json:"finding"`
	Reason  string `json:"reason"`
	Author  string `json:"author"`
	At      string `json:"at"`
}

func newCheckMarkJSON(m kpi.CheckMark) *checkMarkJSON {
	return &checkMarkJSON{m.Finding, m.Reason, m.Author, rfc3339(m.At)}
}

// postCheckMark records that a finding is no fault, or takes that back.
func (s API) postCheckMark(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Finding string `json:"finding"`
		Reason  string `json:"reason"`
		Remove  bool   `json:"remove"`
	}
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	if b.Remove {
		if err := s.App.UnmarkFinding(c.UserContext(), v.Actor, year, b.Finding); err != nil {
			return err
		}
		return s.JSON(c, fiber.StatusCreated, checkMarkJSON{Finding: b.Finding})
	}
	m, err := s.App.MarkFinding(c.UserContext(), v.Actor, year, app.NewMark{Finding: b.Finding,
		Language: string(v.Printer.Tag()), Reason: b.Reason})
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusCreated, newCheckMarkJSON(m))
}

func (s API) getCheck(c *fiber.Ctx, v *middleware.Visit) error {
	in, err := s.CheckInput(c, v)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, newCheckJSON(v.Printer, in))
}

func newCheckJSON(p lang.Printer, in check.Input) CheckJSON {
	findings, year := check.Report(in), in.Board.Year.Year
	return CheckJSON{int(year), in.Board.AsOf.Period.String(), check.Errors(findings), findingsJSON(p, year, findings)}
}

func findingsJSON(p lang.Printer, y kpi.Year, findings []check.Finding) []checkFindingJSON {
	out := []checkFindingJSON{}
	for _, f := range findings {
		found := checkFindingJSON{Code: f.Code, Severity: f.Severity, Message: p.Text(f.Text), Section: string(f.Section),
			Indicator: f.Indicator, Quote: f.Quote, Link: page.FixPath(y, f), ID: f.ID}
		if f.Mark != nil {
			found.Mark = newCheckMarkJSON(*f.Mark)
		}
		out = append(out, found)
	}
	return out
}
