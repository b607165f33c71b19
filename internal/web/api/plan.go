package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
)

// indicatorChange is what PATCH changes of an indicator; a field that is not sent stays as it is.
type indicatorChange struct {
	Name        *string        `json:"name"`
	NameEn      *string        `json:"name_en"`
	Area        *string        `json:"area"`
	Kind        *kpi.Kind      `json:"kind"`
	Measure     *kpi.Measure   `json:"measure"`
	Decimals    *int           `json:"decimals"`
	Direction   *kpi.Direction `json:"direction"`
	Category    *kpi.Category  `json:"category"`
	Numerator   *string        `json:"numerator"`
	Denominator *string        `json:"denominator"`
	Factor      *int64         `json:"factor"`
	UnitsRule   *kpi.UnitsRule `json:"units_rule"`
	SumOf       *[]string      `json:"sum_of"`
	PartOf      *string        `json:"part_of"`
	Definition  *string        `json:"definition"`
	Source      *string        `json:"source"`
	Owner       *string        `json:"owner"`
	Partners    *string        `json:"partners"`
	Starts      *int           `json:"starts"`
	Note        *string        `json:"note"`
	Archived    *bool          `json:"archived"`
}

func (s API) patchIndicator(c *fiber.Ctx, v *middleware.Visit) error {
	var b indicatorChange
	if err := decode(c, &b); err != nil {
		return err
	}
	edit := app.IndicatorEdit{Name: b.Name, NameEn: b.NameEn, Area: b.Area, Definition: b.Definition, Source: b.Source,
		Owner: b.Owner, Partners: b.Partners, Note: b.Note, Numerator: b.Numerator, Denominator: b.Denominator, PartOf: b.PartOf,
		Kind: b.Kind, Measure: b.Measure, Direction: b.Direction, Category: b.Category, Decimals: b.Decimals, Starts: b.Starts,
		Factor: b.Factor, Units: b.UnitsRule, SumOf: b.SumOf, Archived: b.Archived}
	if _, err := s.App.EditIndicator(c.UserContext(), v.Actor, c.Params("code"), edit); err != nil {
		return err
	}
	all, err := s.indicatorBodies(c)
	if err != nil {
		return err
	}
	for _, i := range all {
		if i.Code == c.Params("code") {
			return s.JSON(c, fiber.StatusOK, i)
		}
	}
	return kpi.Missing("indicator_not_found", c.Params("code"))
}

func (s API) patchArea(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Name   string `json:"name"`
		NameEn string `json:"name_en"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	area, err := s.App.EditArea(c.UserContext(), v.Actor, c.Params("code"), b.Name, b.NameEn)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, areaBody{area.Code, area.Name, area.NameEn})
}

func (s API) patchUnit(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Name   string `json:"name"`
		NameEn string `json:"name_en"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	u, err := s.App.RenameUnit(c.UserContext(), v.Actor, c.Params("code"), b.Name, b.NameEn)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, unitJSON{Code: u.Code, Name: u.Name, NameEn: u.NameEn})
}

// moveUnit moves a unit; history says whether what it counted stays or moves along.
func (s API) moveUnit(c *fiber.Ctx, v *middleware.Visit) error {
	var b struct {
		Parent  string          `json:"parent"`
		History kpi.MoveHistory `json:"history"`
		Since   string          `json:"since"`
	}
	if err := decode(c, &b); err != nil {
		return err
	}
	n := app.UnitMove{Unit: c.Params("code"), Parent: b.Parent, History: b.History}
	if b.Since != "" {
		p, err := kpi.ParsePeriod(b.Since)
		var m kpi.Mistakes
		if !m.Check("since", err) {
			return m.Err()
		}
		n.Since = &p
	}
	u, err := s.App.MoveUnit(c.UserContext(), v.Actor, n)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, unitJSON{Code: u.Code, Name: u.Name, NameEn: u.NameEn, Parent: b.Parent})
}

// splitBody asks for a decomposition: by a method, or with values of its own.
type splitBody struct {
	Indicator string             `json:"indicator"`
	Unit      string             `json:"unit"`
	Method    app.SplitMethod    `json:"method"` // "hand" when values are given
	Only      []string           `json:"only"`
	Text      string             `json:"text"` // the column of method "paste"
	Values    map[string]decimal `json:"values"`
	Document  string             `json:"document"`
	Issuer    string             `json:"issuer"`
	Dated     string             `json:"dated"`
	Reason    string             `json:"reason"`
	DryRun    bool               `json:"dry_run"`
}

// decompositionJSON is a target beside those of the units below.
type decompositionJSON struct {
	Indicator        string     `json:"indicator"`
	Unit             string     `json:"unit"`
	Target           *string    `json:"target"`
	Sum              string     `json:"sum"`
	Difference       *string    `json:"difference"` // target less sum
	DifferenceReason string     `json:"difference_reason,omitempty"`
	Left             string     `json:"left"` // what could not be divided
	Units            []partJSON `json:"units"`
}

type partJSON struct {
	Unit        string  `json:"unit"`
	Value       *string `json:"value"`
	ValueReason string  `json:"value_reason,omitempty"`
	Exact       string  `json:"exact,omitempty"` // the share before rounding
	Extra       bool    `json:"extra,omitempty"` // it got a step of the remainder
	Current     *string `json:"current"`
	LastYear    *string `json:"last_year"`
}

func newDecompositionJSON(v app.SplitView) decompositionJSON {
	sum, _ := v.Sum()
	out := decompositionJSON{Indicator: v.Indicator.Code, Unit: v.Unit.Code, Sum: sum.String(), Left: v.Left.String(), Units: []partJSON{}}
	if v.Target != nil {
		out.Target, _ = optional(progress.Some(v.Target.Amount), amountText)
	}
	out.Difference, out.DifferenceReason = optional(v.Difference(), amountText)
	for _, row := range v.Rows {
		u := partJSON{Unit: row.Unit.Code, Extra: row.Extra}
		u.Value, u.ValueReason = optional(row.Amount, amountText)
		u.LastYear, _ = optional(row.LastYear, amountText)
		if row.Exact != 0 {
			u.Exact = row.Exact.String()
		}
		if row.Current != nil {
			u.Current, _ = optional(progress.Some(row.Current.Amount), amountText)
		}
		out.Units = append(out.Units, u)
	}
	return out
}

func (s API) getSplit(c *fiber.Ctx, v *middleware.Visit) error {
	year, err := middleware.YearParam(c)
	if err != nil {
		return err
	}
	view, err := s.App.Split(c.UserContext(), v.Actor, year, c.Query("indicator"), c.Query("unit"))
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, newDecompositionJSON(view))
}

// postSplit sets a decomposition, or with dry_run only works it out.
func (s API) postSplit(c *fiber.Ctx, v *middleware.Visit) error {
	var b splitBody
	year, err := decodeOfYear(c, &b)
	if err != nil {
		return err
	}
	ind, err := s.App.KnownIndicator(c.UserContext(), v.At, b.Indicator)
	if err != nil {
		return err
	}
	n, err := b.split(year, ind.Measure)
	if err != nil {
		return err
	}
	if len(b.Values) == 0 {
		proposal, err := s.App.ProposeSplit(c.UserContext(), v.Actor, app.SplitQuery{Year: year, Indicator: b.Indicator, Unit: b.Unit,
			Method: b.Method, Only: b.Only, Text: b.Text})
		if err != nil || b.DryRun {
			return s.orJSON(c, newDecompositionJSON(proposal), err)
		}
		for _, row := range proposal.Rows {
			if row.Amount.Ok() {
				n.Values[row.Unit.Code] = row.Amount.Value
			}
		}
	}
	set, err := s.App.SetSplit(c.UserContext(), v.Actor, n)
	return s.orJSON(c, newDecompositionJSON(set), err)
}

func (s API) orJSON(c *fiber.Ctx, value any, err error) error {
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, value)
}

func (b splitBody) split(year kpi.Year, measure kpi.Measure) (app.NewSplit, error) {
	n := app.NewSplit{Year: year, Indicator: b.Indicator, Unit: b.Unit, Values: map[string]kpi.Amount{},
		Document: b.Document, Issuer: b.Issuer, Reason: b.Reason}
	var m kpi.Mistakes
	for code, text := range b.Values {
		n.Values[code] = input.ReadAmount(&m, "value."+code, string(text), measure)
	}
	if b.Dated != "" {
		var err error
		n.Dated, err = kpi.ParseDate(b.Dated)
		m.Check("dated", err)
	}
	return n, m.Err()
}
