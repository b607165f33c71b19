package api

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
)

// postOutlookJSON is the body of an indicator's outlook.
type postOutlookJSON struct {
	Indicator   string   `json:"indicator"`
	Month       string   `json:"month"`
	Possibility string   `json:"possibility"`
	Causes      []string `json:"causes"`
	Reason      string   `json:"reason"`
	Remark      string   `json:"remark"`
}

func (s API) postOutlook(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	var b postOutlookJSON
	if err := decode(c, &b); err != nil {
		return err
	}
	n, err := input.ReadOutlook(url.Values{"indicator": {b.Indicator}, "month": {b.Month}, "possibility": {b.Possibility},
		"causes": b.Causes, "reason": {b.Reason}, "remark": {b.Remark}})
	if err != nil {
		return err
	}
	o, err := s.App.SetOutlook(c.UserContext(), v.Actor, year, n)
	if err != nil {
		return err
	}
	b.Reason, b.Remark, b.Causes = o.Reason, o.Remark, append([]string{}, b.Causes...)
	return s.JSON(c, fiber.StatusOK, b)
}
