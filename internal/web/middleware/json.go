package middleware

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/gofiber/fiber/v2"
)

// MIMEProblem is the media type of errors (RFC 9457).
const MIMEProblem = "application/problem+json"

// ProblemJSON is an error in the API (RFC 9457).
type ProblemJSON struct {
	Type   string         `json:"type"`
	Title  string         `json:"title"`
	Status int            `json:"status"`
	Detail string         `json:"detail"`
	Code   string         `json:"code"`
	ID     string         `json:"request_id,omitempty"`
	Errors []problemField `json:"errors,omitempty"`
}

type problemField struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (s *Server) problem(c *fiber.Ctx, a answer) error {
	p := VisitOf(c).Printer
	out := ProblemJSON{Type: "about:blank", Title: titleOf(a.status), Status: a.status, Detail: p.Text(a.sentence()),
		Code: a.text.Key, ID: a.id}
	for _, f := range a.fields {
		out.Errors = append(out.Errors, problemField{f.Name, f.Text.Key, p.Text(f.Text)})
	}
	if a.status == fiber.StatusUnauthorized {
		c.Set(fiber.HeaderWWWAuthenticate, "Bearer")
	}
	if err := s.JSON(c, a.status, out); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, MIMEProblem)
	return nil
}

// titleOf returns the English name of a status.
func titleOf(status int) string { return fiber.NewError(status).Message }

// JSON sends v as JSON.
func (s *Server) JSON(c *fiber.Ctx, status int, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("encode an answer: %w", err)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	c.Set(fiber.HeaderContentLanguage, string(VisitOf(c).Printer.Tag()))
	return c.Status(status).Send(b.Bytes())
}
