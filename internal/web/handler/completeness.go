package handler

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// getCompleteness shows who has logged what was due.
func (s Pages) getCompleteness(c *fiber.Ctx, v *middleware.Visit) error {
	found, err := middleware.Asked(s.Server, c, v, s.App.Completeness)
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, found.Year, found.Unit, kpi.AsOfToday(found.Year.Year, found.Today))
	if err != nil {
		return err
	}
	return s.Render(c, fiber.StatusOK, "completeness", page.NewCompleteness(pc, found, c.Query("sort") == "rate"))
}

func (s Pages) getLetter(c *fiber.Ctx, v *middleware.Visit) error {
	letters, err := s.Files.Letters(c, v)
	if err != nil {
		return err
	}
	return s.showLetters(c, v, v.Printer.T("letter_page.reminder"), page.LetterPath, letters)
}

func (s Pages) getBulletin(c *fiber.Ctx, v *middleware.Visit) error {
	l, err := s.Files.Bulletin(c, v)
	if err != nil {
		return err
	}
	return s.showLetters(c, v, v.Printer.T("letter_page.bulletin"), page.BulletinPath, []paper.Letter{l})
}

func (s Pages) showLetters(c *fiber.Ctx, v *middleware.Visit, title string, path func(kpi.Year) string,
	letters []paper.Letter) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	pc, err := s.Page(c, v)
	if err != nil {
		return err
	}
	for _, y := range pc.Years {
		if y.Year == year {
			pc.Year = y
		}
	}
	file := path(year) + ".docx"
	if query := c.Context().QueryArgs().String(); query != "" {
		file += "?" + query
	}
	return s.Render(c, fiber.StatusOK, "letter_show", page.NewLetter(pc, title, file, c.Queries(), letters))
}
