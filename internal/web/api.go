package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"reflect"
	"strings"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// mimeProblem is the media type of errors (RFC 9457).
const mimeProblem = "application/problem+json"

// problemJSON is an error as programs read it.
type problemJSON struct {
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
	p := visitOf(c).printer
	out := problemJSON{Type: "about:blank", Title: titleOf(a.status), Status: a.status, Detail: p.Text(a.text), Code: a.text.Key, ID: a.id}
	for _, f := range a.fields {
		out.Errors = append(out.Errors, problemField{f.Name, f.Text.Key, p.Text(f.Text)})
	}
	if a.status == fiber.StatusUnauthorized {
		c.Set(fiber.HeaderWWWAuthenticate, "Bearer")
	}
	if err := s.json(c, a.status, out); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, mimeProblem)
	return nil
}

// titleOf is the short, untranslated name of a status.
func titleOf(status int) string { return fiber.NewError(status).Message }

// json answers with a value.
func (s *Server) json(c *fiber.Ctx, status int, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("encode an answer: %w", err)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	c.Set(fiber.HeaderContentLanguage, string(visitOf(c).printer.Tag()))
	return c.Status(status).Send(b.Bytes())
}

// decodeOfYear reads the address's year and, as decode does, the body.
func decodeOfYear(c *fiber.Ctx, v any) (kpi.Year, error) {
	year, err := yearParam(c)
	if err != nil {
		return year, err
	}
	return year, decode(c, v)
}

// decode reads a JSON body into v, which must name every field that may come.
func decode(c *fiber.Ctx, v any) error {
	if media, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType)); c.Get(fiber.HeaderContentType) != "" &&
		(err != nil || media != fiber.MIMEApplicationJSON) {
		return errContentType
	}
	raw, err := body(c, maxForm)
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return kpi.Refuse(kpi.Invalid, "body_missing")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return bodyMistake(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return kpi.Refuse(kpi.Invalid, "body_unreadable")
	}
	return nil
}

// bodyMistake names the field a JSON body fails in, where that can be told.
func bodyMistake(err error) error {
	var wrongType *json.UnmarshalTypeError
	var m kpi.Mistakes
	if errors.As(err, &wrongType) && wrongType.Field != "" {
		m.Add(wrongType.Field, "value_unreadable")
		return m.Err()
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		name = strings.Trim(name, `"`)
		m.Add(name, "body_field_unknown", name)
		return m.Err()
	}
	return kpi.Refuse(kpi.Invalid, "body_unreadable")
}

// decimal is a decimal string; a JSON number is taken as it is written, so that nothing is rounded
// on the way.
type decimal string

// UnmarshalJSON takes a string or a number.
func (d *decimal) UnmarshalJSON(raw []byte) error {
	var text string
	if err := json.Unmarshal(raw, &text); err == nil {
		*d = decimal(text)
		return nil
	}
	var number json.Number
	if err := json.Unmarshal(raw, &number); err != nil {
		return &json.UnmarshalTypeError{Value: string(raw), Type: reflect.TypeFor[string]()}
	}
	*d = decimal(number)
	return nil
}

// optional puts a figure into JSON: its text and no reason, or null beside the reason.
func optional[T any](o progress.Opt[T], text func(T) string) (value *string, reason string) {
	if !o.Ok() {
		return nil, string(o.Reason)
	}
	s := text(o.Value)
	return &s, ""
}

func amountText(a kpi.Amount) string   { return a.String() }
func percentText(p kpi.Percent) string { return p.String() }
