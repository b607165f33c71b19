package api

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
)

// TargetJSON is one entry of a target's history; curve holds twelve cumulative percentages.
type TargetJSON struct {
	ID        int64          `json:"id,omitempty"`
	Indicator string         `json:"indicator"`
	Unit      string         `json:"unit"`
	Sign      kpi.Sign       `json:"sign"`
	Value     decimal        `json:"value"`
	Level     kpi.LevelValue `json:"level,omitempty"`
	Weight    decimal        `json:"weight,omitempty"`
	Document  string         `json:"document,omitempty"`
	Issuer    string         `json:"issuer,omitempty"`
	Dated     string         `json:"dated,omitempty"`
	Reason    string         `json:"reason,omitempty"`
	Curve     []decimal      `json:"curve,omitempty"`
	Holds     *bool          `json:"holds,omitempty"`
	SetBy     string         `json:"set_by,omitempty"`
	SetAt     string         `json:"set_at,omitempty"`
}

func newTargetJSON(indicator, unit string, t kpi.Target) TargetJSON {
	out := TargetJSON{ID: int64(t.ID), Indicator: indicator, Unit: unit, Sign: t.Sign, Value: decimal(t.Amount.String()),
		Level: t.Level, Weight: decimal(t.Weight.Amount().String()), Document: t.Document, Issuer: t.Issuer,
		Dated: string(t.Dated), Reason: t.Reason, SetBy: t.SetBy, SetAt: rfc3339(t.SetAt)}
	if t.Curve != nil {
		for _, p := range t.Curve {
			out.Curve = append(out.Curve, decimal(p.Amount().String()))
		}
	}
	return out
}

// getTargets lists a year's targets with their history, for one unit or for one indicator at every unit.
func (s API) getTargets(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	entries, err := s.App.Targets(c.UserContext(), v.Actor,
		app.TargetQuery{Year: year, Unit: c.Query("unit"), Indicator: c.Query("indicator")})
	if err != nil {
		return err
	}
	var out []TargetJSON
	for _, e := range entries {
		t := newTargetJSON(e.Indicator.Code, e.Unit.Code, e.Target)
		t.Holds = &e.Holds
		out = append(out, t)
	}
	return sendPage(s, c, out, func(t TargetJSON) string { return strconv.FormatInt(t.ID, 10) })
}

func (s API) postTarget(c *fiber.Ctx, v *middleware.Visit) error {
	var b TargetJSON
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	ind, err := s.App.KnownIndicator(c.UserContext(), v.At, b.Indicator)
	if err != nil {
		return err
	}
	t, err := b.target(year, ind.Measure)
	if err != nil {
		return err
	}
	set, err := s.App.SetTarget(c.UserContext(), v.Actor, app.NewTarget{Indicator: b.Indicator, Unit: b.Unit, Target: t,
		KeepWeight: b.Weight == "", KeepCurve: len(b.Curve) == 0, Key: idempotencyKey(c)})
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusCreated, newTargetJSON(b.Indicator, b.Unit, set))
}

func (b TargetJSON) target(year kpi.Year, measure kpi.Measure) (kpi.Target, error) {
	t := kpi.Target{Year: year, Sign: b.Sign, Level: b.Level, Document: b.Document, Issuer: b.Issuer, Reason: b.Reason}
	if t.Sign == "" {
		t.Sign = kpi.AtLeastSign
	}
	var m kpi.Mistakes
	if t.Sign != kpi.LevelSign {
		t.Amount = input.ReadAmount(&m, "value", string(b.Value), measure)
	}
	t.Weight = input.ReadWeight(&m, "weight", string(b.Weight))
	if b.Dated != "" {
		var err error
		t.Dated, err = kpi.ParseDate(b.Dated)
		m.Check("dated", err)
	}
	if len(b.Curve) > 0 {
		t.Curve = b.curve(&m)
	}
	return t, m.Err()
}

func (b TargetJSON) curve(m *kpi.Mistakes) *kpi.Curve {
	var curve kpi.Curve
	if len(b.Curve) != len(curve) {
		m.Add("curve", "curve_length", len(b.Curve))
		return nil
	}
	for i, text := range b.Curve {
		share, ok := input.ReadShare(m, "curve", string(text))
		if !ok {
			return nil
		}
		curve[i] = share
	}
	return &curve
}
