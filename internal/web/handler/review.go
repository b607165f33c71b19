package handler

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

func (s Pages) getWaiting(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showWaiting(c, v, fiber.StatusOK, page.ReviewInput{By: c.Query("by"), All: c.Query("tick") == "all",
		Key: middleware.NewKey()})
}

// showWaiting lists the entries pending review. A refused form is shown as it was typed.
func (s Pages) showWaiting(c *fiber.Ctx, v *middleware.Visit, status int, in page.ReviewInput) error {
	q, err := s.Query(c)
	if err != nil {
		return err
	}
	waiting, err := s.App.Waiting(c.UserContext(), v.Actor, q, readIDs(strings.Split(c.Query("skipped"), ".")))
	if err != nil {
		return err
	}
	pc, err := s.YearPage(c, v, waiting.Year, waiting.Unit, waiting.AsOf)
	if err != nil {
		return err
	}
	sayDone(c, &pc, "review", c.QueryInt("count"))
	return s.Render(c, status, "review_list", page.NewReview(pc, waiting, in))
}

// readIDs returns the entry IDs in a form or address. What is not a number is skipped.
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
func (s Pages) postWaiting(c *fiber.Ctx, v *middleware.Visit) error {
	f, year, err := s.YearForm(c, v)
	if err != nil {
		return err
	}
	in := page.ReviewInput{By: f.Get("by"), Ticked: readIDs(f["update"]), Reason: f.Get("reason"),
		Key: middleware.NewKey()}
	reason, err := intake.Text(in.Reason, kpi.MaxNote)
	var m kpi.Mistakes
	m.Check("reason", err)
	if err = m.Err(); err == nil {
		var result app.ReviewResult
		result, err = s.App.Review(c.UserContext(), v.Actor,
			app.NewReview{Updates: in.Ticked, Act: kpi.ReviewAct(f.Get("act")),
				Reason: reason, Key: f.Get("key")})
		if err == nil {
			return c.Redirect(reviewedPath(year, in.By, f.Get("act"), result), fiber.StatusSeeOther)
		}
	}
	if refusal, status, ok := middleware.Refusal(err); ok {
		in.Refusal = refusal
		return s.showWaiting(c, v, status, in)
	}
	return err
}

// reviewedPath returns the address of the page that reports what was done and what was skipped.
func reviewedPath(y kpi.Year, by, act string, r app.ReviewResult) string {
	q := url.Values{}
	if by != "" {
		q.Set("by", by)
	}
	if len(r.Done) > 0 {
		q.Set("done", act)
		q.Set("count", fmt.Sprint(len(r.Done)))
	}
	var skipped []string
	for _, u := range r.Skipped {
		skipped = append(skipped, fmt.Sprint(u.ID))
	}
	if len(skipped) > 0 {
		q.Set("skipped", strings.Join(skipped, "."))
	}
	if len(q) == 0 {
		return page.ReviewPath(y)
	}
	return page.ReviewPath(y) + "?" + q.Encode()
}

// postSubmission hands in a draft or what was returned: 303 to the indicator.
func (s Pages) postSubmission(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	id, err := middleware.UpdateParam(c)
	if err != nil {
		return err
	}
	update, err := s.App.SubmitUpdate(c.UserContext(), v.Actor, id, f.Get("key"))
	if err != nil {
		return err
	}
	entry, err := s.App.Entry(c.UserContext(), v.Actor, update.ID)
	if err != nil {
		return err
	}
	return c.Redirect(updateAt(page.IndicatorPath(update.Dated.Year(), entry.Indicator.Code), logged, update.ID),
		fiber.StatusSeeOther)
}

func (s Pages) getReviewSetting(c *fiber.Ctx, v *middleware.Visit) error {
	return s.showReviewSetting(c, v, fiber.StatusOK, nil, nil)
}

func (s Pages) showReviewSetting(c *fiber.Ctx, v *middleware.Visit, status int, values url.Values,
	refusal *kpi.Error) error {
	if err := v.Actor.MayAdminister(); err != nil {
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
	sayDone(c, &pc, "review")
	return s.Render(c, status, "review_setting", page.NewReviewSetting(pc, set, values, refusal))
}

// postReviewSetting sets the rule: 303 to the page, or 422 or 409 with the form.
func (s Pages) postReviewSetting(c *fiber.Ctx, v *middleware.Visit) error {
	f, err := s.Form(c, v)
	if err != nil {
		return err
	}
	defer f.Discard()
	_, err = s.App.SetReview(c.UserContext(), v.Actor, kpi.ReviewRule(f.Get("rule")))
	return middleware.Posted(c, err, doneAt("/review", "saved"), func(status int, refusal *kpi.Error) error {
		return s.showReviewSetting(c, v, status, f.Values, refusal)
	})
}
