package api

import (
	"github.com/gofiber/fiber/v2"

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
		out = append(out, checkFindingJSON{f.Code, f.Severity, p.Text(f.Text), string(f.Section), f.Indicator, f.Quote,
			page.FixPath(y, f)})
	}
	return out
}
