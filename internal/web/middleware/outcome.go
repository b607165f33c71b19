package middleware

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
)

// What was sent is saved, or not, or nobody knows (see kpi.Unsettled). People are told which: who is told that nothing
// was saved types it again.

// sendAgain says whether what was sent may be sent again as it is.
type sendAgain int

const (
	sendNever    sendAgain = iota
	sendIfWanted           // nothing was saved, and nothing will be before somebody sees to it
	sendByItself           // under its key it is saved once, however often it is sent
)

// retryAfter is how many seconds to wait before sending again, maxResent how often a page does it by itself.
const (
	retryAfter = "2"
	maxResent  = 5
)

// resentField is the field of a form that counts how often its page sent it again.
const resentField = "resent"

type storedKey struct{}

// record has the request know from here on whether it stored anything.
func record(c *fiber.Ctx) {
	ctx, stored := app.Recording(c.UserContext())
	c.SetUserContext(ctx)
	c.Locals(storedKey{}, stored)
}

// storedSome reports whether a request stored anything so far: what stops everything then did not stop all of it.
func storedSome(c *fiber.Ctx) bool {
	stored, recorded := c.Locals(storedKey{}).(func() bool)
	return recorded && stored()
}

// outcomeOf says what became of a request that a fault ended.
func outcomeOf(c *fiber.Ctx, err error, id string) answer {
	stored := storedSome(c)
	away := errors.As(err, new(*kpi.Away))
	a := answer{status: fiber.StatusInternalServerError, text: kpi.T("fault", id), id: id}
	switch {
	case reads(c) && away:
		a.status, a.text = fiber.StatusServiceUnavailable, kpi.T("records_away_reading")
	case reads(c):
		a.text = kpi.T("fault_reading", id)
	case errors.As(err, new(*kpi.Unsettled)), stored && keyOf(c) != "":
		a.status, a.text = fiber.StatusServiceUnavailable, kpi.T("outcome_unknown_unkeyed", id)
		if keyOf(c) != "" {
			a.text, a.again = kpi.T("outcome_unknown", id), sendByItself
		}
	case stored:
		a.text = kpi.T("fault_after", id)
	case away:
		a.status, a.text, a.again = fiber.StatusServiceUnavailable, kpi.T("records_away"), sendByItself
	}
	return a
}

// keyOf returns the idempotency key of a request, "" if it has none.
func keyOf(c *fiber.Ctx) string {
	if f, ok := c.Locals(sentKey{}).(*sentForm); ok {
		return f.Get("key")
	}
	return c.Get("Idempotency-Key")
}
