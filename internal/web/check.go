package web

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/report"
)

// checkInput gathers what a year's check looks at, in the visitor's language.
func (s *Server) checkInput(c *fiber.Ctx, v *visit) (report.CheckInput, error) {
	q, err := s.query(c)
	if err != nil {
		return report.CheckInput{}, err
	}
	in, err := s.App.Check(c.UserContext(), v.actor, q, string(v.printer.Tag()))
	in.Language = v.printer
	return in, err
}

func (s *Server) getCheck(c *fiber.Ctx, v *visit) error {
	in, err := s.checkInput(c, v)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, in.Board.Year, in.Board.Unit, in.Board.AsOf)
	if err != nil {
		return err
	}
	return s.render(c, fiber.StatusOK, "check_show", newFindingsPage(pc, in))
}

// checkJSON is what the check found.
type checkJSON struct {
	Year     int                `json:"year"`
	AsOf     string             `json:"as_of"`
	Errors   int                `json:"errors"`
	Findings []checkFindingJSON `json:"findings"`
}

type checkFindingJSON struct {
	Code      string          `json:"code"`
	Severity  report.Severity `json:"severity"`
	Message   string          `json:"message"`
	Section   string          `json:"section,omitempty"`
	Indicator string          `json:"indicator,omitempty"`
	Quote     string          `json:"quote,omitempty"`
	Link      string          `json:"link"`
}

func (s *Server) apiCheck(c *fiber.Ctx, v *visit) error {
	in, err := s.checkInput(c, v)
	if err != nil {
		return err
	}
	return s.json(c, fiber.StatusOK, newCheckJSON(v.printer, in))
}

func newCheckJSON(p lang.Printer, in report.CheckInput) checkJSON {
	findings, year := report.Check(in), in.Board.Year.Year
	return checkJSON{int(year), in.Board.AsOf.Period.String(), report.Errors(findings), findingsJSON(p, year, findings)}
}

func findingsJSON(p lang.Printer, y kpi.Year, findings []report.Finding) []checkFindingJSON {
	out := []checkFindingJSON{}
	for _, f := range findings {
		out = append(out, checkFindingJSON{f.Code, f.Severity, p.Text(f.Text), string(f.Section), f.Indicator, f.Quote, mendPath(y, f)})
	}
	return out
}
