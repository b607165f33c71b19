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

// decodeOfYear reads the year of the address and decodes the body like decode.
func decodeOfYear(c *fiber.Ctx, v any) (kpi.Year, error) {
	year, err := middleware.YearParam(c)
	if err != nil {
		return year, err
	}
	return year, decode(c, v)
}

// decode reads a JSON body into v. It refuses fields that v does not have.
func decode(c *fiber.Ctx, v any) error { return decodeWithin(c, middleware.MaxForm, v) }

// decodeWithin is decode for a body of at most limit bytes.
func decodeWithin(c *fiber.Ctx, limit int64, v any) error {
	if media, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType)); c.Get(fiber.HeaderContentType) != "" &&
		(err != nil || media != fiber.MIMEApplicationJSON) {
		return middleware.ErrContentType
	}
	raw, err := middleware.Body(c, limit)
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

// bodyMistake returns a refusal that names the field in which decoding failed, if it is known.
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

// decimal is a decimal string. A JSON number is kept as it is written, so that it is not rounded.
type decimal string

// UnmarshalJSON accepts a string or a number.
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

// optional returns a figure's text and no reason, or nil and the reason why it is absent.
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
