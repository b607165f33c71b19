package web

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/report"
)

// rekeyForm is the form that is typed into the finance system.
const rekeyForm = report.SelfEvaluation

// getRekey shows the self-evaluation table in its cell order, to be copied into a system that takes
// no upload.
func (s *Server) getRekey(c *fiber.Ctx, v *visit) error {
	in, err := s.reportInput(c, v)
	if err != nil {
		return err
	}
	d, err := report.BuildForm(in, rekeyForm)
	if err != nil {
		return err
	}
	done, err := s.App.Rekeyed(c.UserContext(), v.actor, in.Board.Year.Year, rekeyForm)
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, in.Board.Year, in.Board.Unit, in.Board.AsOf)
	if err != nil {
		return err
	}
	pc.saidSaved(c, "rekey.saved")
	return s.render(c, fiber.StatusOK, "rekey", newRekeyPage(pc, d.Annexes[0], done))
}

// postRekey ticks the lines in "done" and takes away those that only stand in "was": what a browser
// without script sends whole and one with a script line by line.
func (s *Server) postRekey(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	in, err := s.reportInput(c, v)
	if err != nil {
		return err
	}
	d, err := report.BuildForm(in, rekeyForm)
	if err != nil {
		return err
	}
	done, undone := rekeyChanges(f.Values, d.Annexes[0])
	year := in.Board.Year.Year
	if len(done)+len(undone) > 0 {
		if err := s.App.Rekey(c.UserContext(), v.actor, year, rekeyForm, done, undone); err != nil {
			return err
		}
	}
	back := rekeyPath(year) + "?saved=1"
	if asOf := c.Query("as_of"); asOf != "" {
		back = withQuery(back, "as_of", asOf)
	}
	return c.Redirect(back, fiber.StatusSeeOther)
}

// rekeyChanges are the lines that were ticked, with what they say, and those that no longer are.
// Lines the form does not have are passed over.
func rekeyChanges(values url.Values, a report.Annex) (done map[string]string, undone []string) {
	sent, was := map[string]bool{}, map[string]bool{}
	for _, key := range values["done"] {
		sent[key] = true
	}
	for _, key := range values["was"] {
		was[key] = true
	}
	done = map[string]string{}
	for _, lines := range report.RekeyLines(a) {
		for _, l := range lines {
			switch {
			case sent[l.Key] && !was[l.Key]:
				done[l.Key] = l.Printed()
			case was[l.Key] && !sent[l.Key]:
				undone = append(undone, l.Key)
			}
		}
	}
	return done, undone
}
