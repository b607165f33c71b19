package middleware

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/spent"
)

// logSlow says of a request that took long what it waited for: the route, not the address, and nothing that was typed.
// What the client took to send its body does not make it slow.
func (s *Server) logSlow(c *fiber.Ctx, id string, took time.Duration, times *spent.Time) {
	if s.SlowAfter == 0 || took-times.Of(spent.Receiving) < s.SlowAfter {
		return
	}
	write, untold := s.slow.Another(s.App.Now())
	if !write {
		return
	}
	said := []any{"id", id, "method", c.Method(), "route", routeOf(c), "ms", took.Milliseconds()}
	if account := VisitOf(c).Actor.Name; account != "" {
		said = append(said, "account", account)
	}
	for _, part := range []struct {
		name string
		on   spent.On
	}{{"database", spent.Database}, {"lock", spent.Lock}, {"reading_queue", spent.Reading},
		{"rendering", spent.Rendering}, {"receiving", spent.Receiving}} {
		said = append(said, part.name+"_ms", times.Of(part.on).Milliseconds())
	}
	if untold > 0 {
		said = append(said, "not_logged", untold)
	}
	s.Log.Warn("slow request", said...)
}
