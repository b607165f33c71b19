package handler

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getOutlooks(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showOutlooks(c, v, fiber.StatusOK, page.OutlookInput{Code: c.Query("line")})
}

// showOutlooks shows the page. A refused form is shown as it was sent.
func (s Pages) showOutlooks(c *fiber.Ctx, v *middleware.Visit, status int, in page.OutlookInput) error {
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	if in.Month.Month != 0 {
		q.AsOf = &in.Month
	}
	view, err := s.App.Outlooks(c.UserContext(), v.Actor, q)
	if err != nil {
		return err
	}
	pc, err := s.boardPage(c, v, view.Board)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "outlook")
	data := page.NewOutlook(pc, view, in)
	if err := middleware.Lost(in.Refusal, data.Form != nil); err != nil {
		return err
	}
	return s.Render(c, status, "outlook", data)
}

// postOutlook stores an indicator's outlook: 303 to its row, or 422 or 409 with the form as it was sent.
func (s Pages) postOutlook(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	n, err := input.ReadOutlook(f)
	if err == nil {
		_, err = s.App.SetOutlook(c.UserContext(), v.Actor, year, n)
	}
	return middleware.Posted(c, err, page.WithQuery(doneAt(page.OutlookPath(year), "saved"), "as_of", n.Month.String())+
		"#line-"+url.PathEscape(n.Indicator), func(status int, refusal *kpi.Error) error {
		said := kpi.Outlook{Possibility: n.Possibility, Causes: n.Causes, Reason: f.Get("reason"), Remark: f.Get("remark")}
		return s.showOutlooks(c, v, status, page.OutlookInput{Code: n.Indicator, Month: n.Month, Said: &said,
			Refusal: refusal})
	})
}
