package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

func (s *Server) getWaiting(c *fiber.Ctx, v *visit) error {
	return s.showWaiting(c, v, fiber.StatusOK, reviewInput{By: c.Query("by"), All: c.Query("tick") == "all", Key: newKey()})
}

// showWaiting shows what waits; with a refusal the form comes back as it was typed.
func (s *Server) showWaiting(c *fiber.Ctx, v *visit, status int, in reviewInput) error {
	q, err := s.query(c)
	if err != nil {
		return err
	}
	waiting, err := s.App.Waiting(c.UserContext(), v.actor, q, readIDs(strings.Split(c.Query("skipped"), ".")))
	if err != nil {
		return err
	}
	pc, err := s.yearPage(c, v, waiting.Year, waiting.Unit, waiting.AsOf)
	if err != nil {
		return err
	}
	act := c.Query("act")
	if n := c.QueryInt("done"); n > 0 && v.printer.Has("review.done_"+act) {
		pc.Notice = v.printer.T("review.done_"+act, n)
	}
	return s.render(c, status, "review_list", newReviewPage(pc, waiting, in))
}

// readIDs are the entries that a form or address names; what is no number is left out.
func readIDs(texts []string) (ids []kpi.UpdateID) {
	for _, text := range texts {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && len(ids) < app.MaxReviewed {
			ids = append(ids, kpi.UpdateID(n))
		}
	}
	return ids
}

// postWaiting approves or returns the ticked entries: 303 to what still waits, with what was done and
// what was skipped, or 422 with the form as it was.
func (s *Server) postWaiting(c *fiber.Ctx, v *visit) error {
	f, year, err := s.yearForm(c, v)
	if err != nil {
		return err
	}
	in := reviewInput{By: f.Get("by"), Ticked: readIDs(f["update"]), Reason: f.Get("reason"), Key: newKey()}
	reason, err := intake.Text(in.Reason, kpi.MaxNote)
	var m kpi.Mistakes
	m.Check("reason", err)
	if err = m.Err(); err == nil {
		var result app.ReviewResult
		result, err = s.App.Review(c.UserContext(), v.actor, app.NewReview{Updates: in.Ticked, Act: kpi.ReviewAct(f.Get("act")),
			Reason: reason, Key: f.Get("key")})
		if err == nil {
			return c.Redirect(reviewedPath(year, in.By, f.Get("act"), result), fiber.StatusSeeOther)
		}
	}
	if refusal, ok := mistakes(err); ok {
		in.Refusal = refusal
		return s.showWaiting(c, v, statusOf(refusal), in)
	}
	return err
}

// reviewedPath is where what was done and what was skipped is said.
func reviewedPath(y kpi.Year, by, act string, r app.ReviewResult) string {
	q := url.Values{}
	if by != "" {
		q.Set("by", by)
	}
	if len(r.Done) > 0 {
		q.Set("done", fmt.Sprint(len(r.Done)))
		q.Set("act", act)
	}
	var skipped []string
	for _, u := range r.Skipped {
		skipped = append(skipped, fmt.Sprint(u.ID))
	}
	if len(skipped) > 0 {
		q.Set("skipped", strings.Join(skipped, "."))
	}
	if len(q) == 0 {
		return reviewPath(y)
	}
	return reviewPath(y) + "?" + q.Encode()
}

// postSubmission hands in a draft or what was returned: 303 to the indicator.
func (s *Server) postSubmission(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	id, err := updateParam(c)
	if err != nil {
		return err
	}
	update, err := s.App.SubmitUpdate(c.UserContext(), v.actor, id, f.Get("key"))
	if err != nil {
		return err
	}
	entry, err := s.App.Entry(c.UserContext(), v.actor, update.ID)
	if err != nil {
		return err
	}
	return c.Redirect(savedPath(fmt.Sprint(int(update.Dated.Year())), entry.Indicator.Code, update.ID), fiber.StatusSeeOther)
}

func (s *Server) getReviewSetting(c *fiber.Ctx, v *visit) error {
	return s.showReviewSetting(c, v, fiber.StatusOK, nil, nil)
}

func (s *Server) showReviewSetting(c *fiber.Ctx, v *visit, status int, values url.Values, refusal *kpi.Error) error {
	if err := v.actor.MayAdminister(); err != nil {
		return err
	}
	set, err := s.App.ReviewSetting(c.UserContext())
	if err != nil {
		return err
	}
	pc, err := s.unitContext(c, v)
	if err != nil {
		return err
	}
	pc.saidSaved(c, "review.rule_saved")
	return s.render(c, status, "review_setting", newReviewSettingPage(pc, set, values, refusal))
}

// postReviewSetting sets the rule: 303 to the page, or 422 or 409 with the form.
func (s *Server) postReviewSetting(c *fiber.Ctx, v *visit) error {
	f, err := s.form(c, v)
	if err != nil {
		return err
	}
	defer f.discard()
	_, err = s.App.SetReview(c.UserContext(), v.actor, kpi.ReviewRule(f.Get("rule")))
	if refusal, ok := mistakes(err); ok {
		return s.showReviewSetting(c, v, statusOf(refusal), f.Values, refusal)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/review?saved=1", fiber.StatusSeeOther)
}
