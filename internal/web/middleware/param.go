package middleware

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

func DisplayParam(c *fiber.Ctx) (kpi.DisplayID, error) {
	n, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return 0, kpi.Missing("display_not_found")
	}
	return kpi.DisplayID(n), nil
}

// QuestionParam returns the question ID in the path.
func QuestionParam(c *fiber.Ctx) (kpi.QuestionID, error) {
	n, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return 0, kpi.Missing("question_not_found")
	}
	return kpi.QuestionID(n), nil
}

// AccountParam returns the sign-in name in the path.
func AccountParam(c *fiber.Ctx) string { return plainParam(c, "account") }

// plainParam returns a path parameter as it was before it was put into an address.
func plainParam(c *fiber.Ctx, name string) string {
	plain, err := url.PathUnescape(c.Params(name))
	if err != nil {
		return c.Params(name)
	}
	return plain
}

// SectionParam returns the section key in a path parameter. It may hold a slash, in the API as %2F.
func SectionParam(c *fiber.Ctx, name string) report.SectionKey {
	return report.SectionKey(plainParam(c, name))
}

func EvidenceParam(c *fiber.Ctx) (kpi.EvidenceID, error) {
	id, err := strconv.ParseInt(c.Params("id"), 10, 64)
	if err != nil {
		return 0, kpi.Missing("evidence_not_found", c.Params("id"))
	}
	return kpi.EvidenceID(id), nil
}

// EvidenceQuery reads the filters for a year's evidence.
func EvidenceQuery(c *fiber.Ctx) (app.EvidenceQuery, error) {
	year, err := YearParam(c)
	return app.EvidenceQuery{Year: year, Unit: c.Query("unit"), Area: c.Query("area"),
		Indicator: c.Query("indicator")}, err
}

// MonthQuery returns the month in ?month=, or nil without one.
func MonthQuery(c *fiber.Ctx) (*kpi.Period, error) {
	text := c.Query("month")
	if text == "" {
		return nil, nil
	}
	p, err := kpi.ParsePeriod(text)
	var m kpi.Mistakes
	m.Check("month", err)
	return &p, m.Err()
}

// Query reads the year, unit and month that a page or API call is about. A year that is not a number is
// refused as NotFound year_not_found.
func (s *Server) Query(c *fiber.Ctx) (q app.Query, err error) {
	if q.Year, err = YearParam(c); err != nil {
		return q, err
	}
	q.Unit = c.Query("unit")
	if asOf := c.Query("as_of"); asOf != "" {
		p, err := kpi.ParsePeriod(asOf)
		var m kpi.Mistakes
		if !m.Check("as_of", err) {
			return q, m.Err()
		}
		q.AsOf = &p
	}
	return q, nil
}

func YearParam(c *fiber.Ctx) (kpi.Year, error) {
	n, err := c.ParamsInt("year")
	if err != nil {
		return 0, kpi.Missing("year_not_found", pathText(c, "year"))
	}
	return kpi.Year(n), nil
}

// MonthParam reads a month of year y from the path, as 2026-03 or as a number (3, 03). Refusals:
// Invalid month_unreadable, as_of_other_year.
func MonthParam(c *fiber.Ctx, y kpi.Year) (kpi.Period, error) {
	text := pathText(c, "month")
	if p, err := kpi.ParsePeriod(text); err == nil {
		if p.Year != y {
			return p, kpi.Refuse(kpi.Invalid, "as_of_other_year", text, int(y))
		}
		return p, nil
	}
	n, err := strconv.ParseUint(text, 10, 8)
	if err != nil || n < 1 || n > 12 || len(text) > 2 {
		return kpi.Period{}, kpi.Refuse(kpi.Invalid, "month_unreadable", text)
	}
	return kpi.Period{Year: y, Month: int(n)}, nil
}

// pathText returns an unescaped path parameter for use in a message.
func pathText(c *fiber.Ctx, name string) string {
	text := c.Params(name)
	if plain, err := url.PathUnescape(text); err == nil {
		return strings.ToValidUTF8(plain, "")
	}
	return text
}

func UpdateParam(c *fiber.Ctx) (kpi.UpdateID, error) {
	n, err := c.ParamsInt("id")
	if err != nil {
		return 0, kpi.Missing("update_not_found", pathText(c, "id"))
	}
	return kpi.UpdateID(n), nil
}
