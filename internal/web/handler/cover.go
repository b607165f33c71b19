package handler

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getCover(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showCover(c, v, fiber.StatusOK, nil, nil)
}

// showCover shows what a year's papers say of themselves. A refused form is shown as it was sent.
func (s Pages) showCover(c *fiber.Ctx, v *middleware.Visit, status int, typed url.Values, refusal *kpi.Error) error {
	pc, view, err := s.statedPage(c, v)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "cover")
	return s.Render(c, status, "cover", page.NewCover(pc, view, typed, refusal))
}

// statedPage returns the context of a page that shows what a year's papers are made from, and that.
func (s Pages) statedPage(c *fiber.Ctx, v *middleware.Visit) (pc page.Context, view app.StatedView, err error) {
	year, err := middleware.YearParam(c)
	if err != nil {
		return pc, view, err
	}
	if view, err = s.App.Stated(c.UserContext(), v.Actor, year); err != nil {
		return pc, view, err
	}
	view.Input.Language = v.Printer
	pc, err = s.boardPage(c, v, view.Input.Board)
	return pc, view, err
}

// postCover changes the cover: 303 to the page, or 422 or 409 as it was typed.
func (s Pages) postCover(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	cover, err := readCover(f)
	if err == nil {
		err = s.App.SetCover(c.UserContext(), v.Actor, year, cover)
	}
	return middleware.Posted(c, err, doneAt(page.CoverPath(year), "saved"), func(status int, refusal *kpi.Error) error {
		return s.showCover(c, v, status, f, refusal)
	})
}

// readCover reads the form of a cover. What is empty is not stated.
func readCover(f url.Values) (report.Cover, error) {
	var m kpi.Mistakes
	c := report.Cover{Title: f.Get("title"), TitleEn: f.Get("title_en"), Document: f.Get("document"),
		Contact: f.Get("contact"), Phone: f.Get("phone"), FilledBy: f.Get("filled_by"), Head: f.Get("head"),
		ContactEn: f.Get("contact_en"), FilledByEn: f.Get("filled_by_en"), HeadEn: f.Get("head_en")}
	if typed := strings.TrimSpace(f.Get("annex")); typed != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(typed, "附件"))
		if err != nil {
			m.Add("annex", "number_malformed", typed)
		}
		c.Annex = n
	}
	if typed := strings.TrimSpace(f.Get("date")); typed != "" {
		day, err := intake.Date(typed)
		m.Check("date", err)
		c.Date = day
	}
	return c, m.Err()
}
