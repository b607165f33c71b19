package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

// reviewJSON is a step in the review of an entry.
type reviewJSON struct {
	Act    kpi.ReviewAct `json:"act"`
	By     string        `json:"by"`
	At     string        `json:"at"`
	Reason string        `json:"reason,omitempty"`
}

func newReviewJSON(r *kpi.Review) *reviewJSON {
	if r == nil {
		return nil
	}
	return &reviewJSON{r.Act, r.By, rfc3339(r.At), r.Reason}
}

// stepJSON is a step in an entry's history. act is log, correct, withdraw, submit, approve or return; old
// and new are values as written.
type stepJSON struct {
	Update int64   `json:"update"`
	Act    string  `json:"act"`
	Old    *string `json:"old"`
	New    *string `json:"new"`
	By     string  `json:"by"`
	ByName string  `json:"by_name"`
	At     string  `json:"at"`
	Reason string  `json:"reason,omitempty"`
}

func newStepsJSON(steps []app.HistoryStep) []stepJSON {
	out := []stepJSON{}
	for _, s := range steps {
		step := stepJSON{Update: int64(s.Entry.ID), Act: string(s.Entry.Act), By: s.By, ByName: s.ByName, At: rfc3339(s.At),
			Reason: s.Reason}
		switch {
		case s.Review != nil:
			step.Act = string(s.Review.Act)
		case s.Entry.Act != kpi.ActWithdraw:
			step.New = plainValue(s.Entry)
		}
		if s.Old != nil {
			step.Old = plainValue(*s.Old)
		}
		out = append(out, step)
	}
	return out
}

// plainValue returns an entry's value as written, or else as a decimal or the code of its level.
func plainValue(e app.LogEntry) *string {
	text := e.Quantity.Wording
	switch {
	case e.Level != "":
		text = string(e.Level)
	case text == "":
		text = e.Quantity.Amount.String()
	}
	return &text
}

func (s API) postSubmission(c *fiber.Ctx, v *middleware.Visit) error {
	id, err := middleware.UpdateParam(c)
	if err != nil {
		return err
	}
	u, err := s.App.SubmitUpdate(c.UserContext(), v.Actor, id, idempotencyKey(c))
	return s.created(c, v, u, err)
}

func (s API) postApproval(c *fiber.Ctx, v *middleware.Visit) error {
	return s.getReview(c, v, kpi.ReviewApprove)
}

func (s API) postReturn(c *fiber.Ctx, v *middleware.Visit) error {
	return s.getReview(c, v, kpi.ReviewReturn)
}

// getReview approves or returns one entry.
func (s API) getReview(c *fiber.Ctx, v *middleware.Visit, act kpi.ReviewAct) error {
	id, err := middleware.UpdateParam(c)
	if err != nil {
		return err
	}
	reason, err := optionalReason(c)
	if err != nil {
		return err
	}
	entry, err := s.App.ReviewUpdate(c.UserContext(), v.Actor,
		app.NewReview{Updates: []kpi.UpdateID{id}, Act: act, Reason: reason,
			Key: idempotencyKey(c)})
	return s.createdEntry(c, entry, err)
}

// reviewsBody is POST /reviews.
type reviewsBody struct {
	Act     kpi.ReviewAct  `json:"act"`
	Updates []kpi.UpdateID `json:"updates"`
	Reason  string         `json:"reason"`
}

type reviewsJSON struct {
	Done    []kpi.UpdateID `json:"done"`
	Skipped []skippedJSON  `json:"skipped"`
}

type skippedJSON struct {
	ID      kpi.UpdateID `json:"id"`
	Code    string       `json:"code"`
	Message string       `json:"message"`
}

func (s API) postReviews(c *fiber.Ctx, v *middleware.Visit) error {
	var b reviewsBody
	if err := decode(c, &b); err != nil {
		return err
	}
	result, err := s.App.Review(c.UserContext(), v.Actor,
		app.NewReview{Updates: b.Updates, Act: b.Act, Reason: b.Reason, Key: idempotencyKey(c)})
	if err != nil {
		return err
	}
	out := reviewsJSON{Done: append([]kpi.UpdateID{}, result.Done...), Skipped: []skippedJSON{}}
	for _, skipped := range result.Skipped {
		out.Skipped = append(out.Skipped, skippedJSON{skipped.ID, skipped.Err.Text.Key, v.Printer.Text(skipped.Err.Text)})
	}
	return s.JSON(c, fiber.StatusOK, out)
}

// reviewSettingJSON says which entries count.
type reviewSettingJSON struct {
	Rule  kpi.ReviewRule `json:"rule"`
	SetBy *string        `json:"set_by"`
	SetAt *string        `json:"set_at"`
}

func (s API) reviewSetting(c *fiber.Ctx, set kpi.ReviewSetting, err error) error {
	if err != nil {
		return err
	}
	out := reviewSettingJSON{Rule: set.Rule}
	if set.SetBy != "" {
		at := rfc3339(set.SetAt)
		out.SetBy, out.SetAt = &set.SetBy, &at
	}
	return s.JSON(c, fiber.StatusOK, out)
}

func (s API) getReviewSetting(c *fiber.Ctx, _ *middleware.Visit) error {
	set, err := s.App.ReviewSetting(c.UserContext())
	return s.reviewSetting(c, set, err)
}

func (s API) postReviewSetting(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Rule kpi.ReviewRule `json:"rule"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	set, err := s.App.SetReview(c.UserContext(), v.Actor, b.Rule)
	return s.reviewSetting(c, set, err)
}
