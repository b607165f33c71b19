package middleware

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/report/check"
)

// CheckInput gathers what a year's check looks at, in the visitor's language.
func (s *Server) CheckInput(c *fiber.Ctx, v *Visit) (check.Input, error) {
	q, err := s.Query(c)
	if err != nil {
		return check.Input{}, err
	}
	in, err := s.App.Check(c.UserContext(), v.Actor, q, string(v.Printer.Tag()))
	in.Language = v.Printer
	return in, err
}
