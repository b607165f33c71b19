package web

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

func (s *Server) getOutlooks(c *fiber.Ctx, v *visit) error {
	return s.showOutlooks(c, v, fiber.StatusOK, outlookInput{Code: c.Query("line")})
}

// showOutlooks shows the page; with a refusal the form comes back as it was sent.
func (s *Server) showOutlooks(c *fiber.Ctx, v *visit, status int, in outlookInput) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	if in.Month.Month != 0 {
		q.AsOf = &in.Month
	}
	view, err := s.App.Outlooks(c.UserContext(), v.actor, q)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, view.Board.Year, view.Board.Unit, view.Board.AsOf)
	if err != nil {
		return err
	}
	pc.saidSaved(c, "outlook.saved")
	page := newOutlookPage(pc, view, in)
	if err := lost(in.Refusal, page.Form != nil); err != nil {
		return err
	}
	return s.render(c, status, "outlook", page)
}

// postOutlook keeps what was said: 303 to its line, or 422 or 409 with the form as it was sent.
func (s *Server) postOutlook(c *fiber.Ctx, v *visit) error {
	f, year, err := s.yearForm(c, v)
	if err != nil {
		return err
	}
	n, err := readOutlook(f)
	if err == nil {
		_, err = s.App.SetOutlook(c.UserContext(), v.actor, year, n)
	}
	if refusal, ok := mistakes(err); ok {
		said := kpi.Outlook{Possibility: n.Possibility, Causes: n.Causes, Reason: f.Get("reason"), Remark: f.Get("remark")}
		return s.showOutlooks(c, v, statusOf(refusal), outlookInput{Code: n.Indicator, Month: n.Month, Said: &said, Refusal: refusal})
	}
	if err != nil {
		return err
	}
	return c.Redirect(outlookPath(year)+"?saved=1&as_of="+n.Month.String()+"#line-"+url.PathEscape(n.Indicator), fiber.StatusSeeOther)
}

// readOutlook reads what a form or a program says of an indicator.
func readOutlook(values url.Values) (app.NewOutlook, error) {
	n := app.NewOutlook{Indicator: values.Get("indicator"), Possibility: kpi.Possibility(values.Get("possibility")),
		Reason: values.Get("reason"), Remark: values.Get("remark")}
	for _, cause := range values["causes"] {
		n.Causes = append(n.Causes, kpi.Cause(cause))
	}
	var m kpi.Mistakes
	var err error
	n.Month, err = kpi.ParsePeriod(values.Get("month"))
	m.Check("month", err)
	return n, m.Err()
}

// postOutlookJSON is what a program says of an indicator's chances.
type postOutlookJSON struct {
	Indicator   string   `json:"indicator"`
	Month       string   `json:"month"`
	Possibility string   `json:"possibility"`
	Causes      []string `json:"causes"`
	Reason      string   `json:"reason"`
	Remark      string   `json:"remark"`
}

func (s *Server) apiPostOutlook(c *fiber.Ctx, v *visit) error {
	year, err := yearParam(c)
	if err != nil {
		return err
	}
	var b postOutlookJSON
	if err := decode(c, &b); err != nil {
		return err
	}
	n, err := readOutlook(url.Values{"indicator": {b.Indicator}, "month": {b.Month}, "possibility": {b.Possibility},
		"causes": b.Causes, "reason": {b.Reason}, "remark": {b.Remark}})
	if err != nil {
		return err
	}
	o, err := s.App.SetOutlook(c.UserContext(), v.actor, year, n)
	if err != nil {
		return err
	}
	b.Reason, b.Remark, b.Causes = o.Reason, o.Remark, append([]string{}, b.Causes...)
	return s.json(c, fiber.StatusOK, b)
}
