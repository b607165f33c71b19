package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/intake"
	"dabiao/internal/web/middleware"
)

// readingJSON is the queue of files that this server reads.
type readingJSON struct {
	Files int  `json:"files"` // being read or waiting
	Ahead *int `json:"ahead"` // before the caller's own request with the key asked for; null: it does not wait
}

// readingKey is the place of a request with an idempotency key: each account's own.
func readingKey(v *middleware.Visit, key string) string { return "api " + v.Actor.Name + " " + key }

// getReading says how many files are read before one that is sent now, or before the request with the Idempotency-Key
// in ?key=.
func (s API) getReading(c *fiber.Ctx, v *middleware.Visit) error {
	var out readingJSON
	key := c.Query("key")
	all, ahead, waits := intake.Queue(readingKey(v, key))
	if out.Files = all; waits && key != "" {
		out.Ahead = &ahead
	}
	return s.JSON(c, fiber.StatusOK, out)
}
