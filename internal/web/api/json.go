package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"reflect"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/web/middleware"
)

// decodeOfYear reads the address's year and, as decode does, the body.
func decodeOfYear(c *fiber.Ctx, v any) (kpi.Year, error) {
	year, err := middleware.YearParam(c)
	if err != nil {
		return year, err
	}
	return year, decode(c, v)
}

// decode reads a JSON body into v, which must name every field that may come.
func decode(c *fiber.Ctx, v any) error {
	if media, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType)); c.Get(fiber.HeaderContentType) != "" &&
		(err != nil || media != fiber.MIMEApplicationJSON) {
		return middleware.ErrContentType
	}
	raw, err := middleware.Body(c, middleware.MaxForm)
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

func amountText(a kpi.Amount) string { return a.String() }

func percentText(p kpi.Percent) string { return p.String() }

func (s API) orJSON(c *fiber.Ctx, value any, err error) error {
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, value)
}

func rfc3339(t kpi.UnixMilli) string { return time.UnixMilli(int64(t)).UTC().Format(time.RFC3339) }
