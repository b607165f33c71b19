package web

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

func (s *Server) getScore(c *fiber.Ctx, v *visit) error {
	return s.showScore(c, v, fiber.StatusOK, scoreForm{Code: c.Query("line")})
}

// showScore shows the page; with a refusal the form comes back as it was typed.
func (s *Server) showScore(c *fiber.Ctx, v *visit, status int, in scoreForm) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	view, err := s.App.Score(c.UserContext(), v.actor, q)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, view.Board.Year, view.Board.Unit, view.Board.AsOf)
	if err != nil {
		return err
	}
	pc.saidSaved(c, "score.saved")
	page := newScorePage(pc, view, in)
	if err := lost(in.Refusal, page.Form != nil); err != nil {
		return err
	}
	return s.render(c, status, "score_show", page)
}

// postScore adds a manual score: 303 to its line, or 422 or 409 with the form as it was typed.
func (s *Server) postScore(c *fiber.Ctx, v *visit) error {
	f, year, err := s.yearForm(c, v)
	if err != nil {
		return err
	}
	n, err := readScore(f.Get("indicator"), f.Get("score"), f.Get("reason"))
	if err == nil {
		_, err = s.App.ScoreIndicator(c.UserContext(), v.actor, year, n)
	}
	if refusal, ok := mistakes(err); ok {
		return s.showScore(c, v, statusOf(refusal), scoreForm{Code: n.Indicator, Typed: typedForm(f), Refusal: refusal})
	}
	if err != nil {
		return err
	}
	return c.Redirect(scorePath(year)+"?saved="+url.QueryEscape(n.Indicator)+"#line-"+url.PathEscape(n.Indicator), fiber.StatusSeeOther)
}

func typedForm(values url.Values) typed {
	t := typed{}
	for name := range values {
		t[name] = values.Get(name)
	}
	return t
}

// readScore turns what was typed into a manual score; no points let the rules' proposal hold.
func readScore(indicator, points, reason string) (app.NewScore, error) {
	n := app.NewScore{Indicator: indicator}
	var m kpi.Mistakes
	if points = strings.TrimSpace(points); points != "" {
		if p, ok := readPercent(&m, "score", points); ok {
			n.Points = &p
		}
	}
	text, err := intake.Text(reason, kpi.MaxNote)
	if m.Check("reason", err) {
		n.Reason = text
	}
	if m.Err() != nil {
		m.Merge(kpi.CheckReason(n.Reason))
	}
	return n, m.Err()
}

// withQuery adds a value to an address.
func withQuery(address, name, value string) string {
	mark := "?"
	if strings.Contains(address, "?") {
		mark = "&"
	}
	return address + mark + name + "=" + url.QueryEscape(value)
}
