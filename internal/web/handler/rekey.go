package handler

import (
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/paper"
	"dabiao/internal/report"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// rekeyPaper reads ?form=; without it, the self-evaluation.
func rekeyPaper(c *fiber.Ctx) (report.Paper, error) {
	f := report.Paper(c.Query("form", string(report.SelfEvaluation)))
	if !slices.Contains(page.RekeyPapers, f) {
		return f, kpi.Missing("form_unknown", string(f))
	}
	return f, nil
}

// rekeyTable returns the paper that is asked for, and the year's report that it is a table of.
func (s Pages) rekeyTable(c *fiber.Ctx, v *middleware.Visit) (which report.Paper, in report.Input, table paper.Annex,
	err error) {
	if which, err = rekeyPaper(c); err != nil {
		return which, in, table, err
	}
	if in, err = s.Files.ReportInput(c, v); err != nil {
		return which, in, table, err
	}
	d, err := report.BuildPaper(in, which)
	if err != nil {
		return which, in, table, err
	}
	return which, in, d.Annexes[0], nil
}

// getRekey shows a paper in its cell order, to be copied into a system that takes no upload.
func (s Pages) getRekey(c *fiber.Ctx, v *middleware.Visit) error {
	which, in, table, err := s.rekeyTable(c, v)
	if err != nil {
		return err
	}
	done, err := s.App.Rekeyed(c.UserContext(), v.Actor, in.Board.Year.Year, which)
	if err != nil {
		return err
	}
	pc, err := s.boardPage(c, v, in.Board)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "rekey")
	return s.Render(c, fiber.StatusOK, "rekey", page.NewRekey(pc, table, done))
}

// postRekey ticks the rows in "done" and unticks those that are only in "was". Browsers without
// scripts send all rows, the script one at a time.
func (s Pages) postRekey(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	which, in, table, err := s.rekeyTable(c, v)
	if err != nil {
		return err
	}
	done, undone := rekeyChanges(f.Values, table)
	year := in.Board.Year.Year
	if len(done)+len(undone) > 0 {
		if err := s.App.Rekey(c.UserContext(), v.Actor, year, which, done, undone); err != nil {
			return err
		}
	}
	back := page.WithQuery(doneAt(page.RekeyPath(year), "saved"), "form", string(which))
	if asOf := c.Query("as_of"); asOf != "" {
		back = page.WithQuery(back, "as_of", asOf)
	}
	return c.Redirect(back, fiber.StatusSeeOther)
}

// rekeyChanges returns the rows that were ticked, with their contents, and those that no longer are. Rows
// that the paper does not have are ignored.
func rekeyChanges(values url.Values, a paper.Annex) (done map[string]string, undone []string) {
	sent, was := map[string]bool{}, map[string]bool{}
	for _, key := range values["done"] {
		sent[key] = true
	}
	for _, key := range values["was"] {
		was[key] = true
	}
	done = map[string]string{}
	for _, rows := range report.RekeyRows(a) {
		for _, r := range rows {
			switch {
			case sent[r.Key] && !was[r.Key]:
				done[r.Key] = r.Printed()
			case was[r.Key] && !sent[r.Key]:
				undone = append(undone, r.Key)
			}
		}
	}
	return done, undone
}
