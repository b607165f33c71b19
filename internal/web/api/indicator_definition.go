package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/web/middleware"
)

// indicatorBody is the definition of an indicator, without figures.
type indicatorBody struct {
	Code        string        `json:"code"`
	Name        string        `json:"name"`
	NameEn      string        `json:"name_en,omitempty"`
	Area        string        `json:"area,omitempty"`
	Kind        kpi.Kind      `json:"kind"`
	Measure     kpi.Measure   `json:"measure"`
	Decimals    *int          `json:"decimals,omitempty"`
	Direction   kpi.Direction `json:"direction,omitempty"`
	Category    kpi.Category  `json:"category,omitempty"`
	Numerator   string        `json:"numerator,omitempty"`
	Denominator string        `json:"denominator,omitempty"`
	Factor      int64         `json:"factor,omitempty"`
	UnitsRule   kpi.UnitsRule `json:"units_rule,omitempty"`
	SumOf       []string      `json:"sum_of,omitempty"`
	PartOf      string        `json:"part_of,omitempty"`
	Definition  string        `json:"definition,omitempty"`
	Source      string        `json:"source,omitempty"`
	Owner       string        `json:"owner,omitempty"`
	Partners    string        `json:"partners,omitempty"`
	Starts      int           `json:"starts,omitempty"`
	Note        string        `json:"note,omitempty"`
	Years       []kpi.Year    `json:"years,omitempty"`
	Archived    bool          `json:"archived,omitempty"`
}

func (s API) postIndicator(c *fiber.Ctx, v *middleware.Visit) error {
	var b indicatorBody
	if err := decode(c, &b); err != nil {
		return err
	}
	ind := kpi.Indicator{Code: b.Code, Name: b.Name, NameEn: b.NameEn, Kind: b.Kind, Measure: b.Measure,
		Decimals: defaultDecimals(b), Direction: b.Direction, Category: b.Category, Definition: b.Definition,
		Source: b.Source, Owner: b.Owner, Partners: b.Partners, Starts: b.Starts, Note: b.Note, Factor: b.Factor,
		Units: b.UnitsRule}
	created, err := s.App.CreateIndicator(c.UserContext(), v.Actor, app.NewIndicator{Indicator: ind, Area: b.Area,
		Numerator: b.Numerator, Denominator: b.Denominator, SumOf: b.SumOf, PartOf: b.PartOf, Years: b.Years})
	if err != nil {
		return err
	}
	b.Measure = created.Measure
	b.Decimals = &created.Decimals
	b.Direction = created.Direction
	b.Starts = created.Starts
	b.Factor = created.Factor
	return s.JSON(c, fiber.StatusCreated, b)
}

// defaultDecimals are two for rates and money, none for counts.
func defaultDecimals(b indicatorBody) int {
	switch {
	case b.Decimals != nil:
		return *b.Decimals
	case b.Kind == kpi.Ratio || b.Kind == kpi.Money:
		return 2
	}
	return 0
}

func (s API) getIndicators(c *fiber.Ctx, _ *middleware.Visit) error {
	items, err := s.indicatorBodies(c)
	if err != nil {
		return err
	}
	return sendPage(s, c, items, func(i indicatorBody) string { return i.Code })
}

// indicatorBodies returns the indicators of all years.
func (s API) indicatorBodies(c *fiber.Ctx) ([]indicatorBody, error) {
	indicators, areas, err := s.App.Indicators(c.UserContext())
	if err != nil {
		return nil, err
	}
	areaCode, code := map[kpi.AreaID]string{}, map[kpi.IndicatorID]string{}
	for _, a := range areas {
		areaCode[a.ID] = a.Code
	}
	for _, i := range indicators {
		code[i.ID] = i.Code
	}
	out := []indicatorBody{}
	for _, i := range indicators {
		var sum []string
		for _, id := range i.SumOf.IDs() {
			sum = append(sum, code[id])
		}
		out = append(out, indicatorBody{Code: i.Code, Name: i.Name, NameEn: i.NameEn, Area: areaCode[i.Area],
			Kind: i.Kind, Measure: i.Measure, Decimals: &i.Decimals, Direction: i.Direction, Category: i.Category,
			Numerator: code[i.Numerator], Denominator: code[i.Denominator], Factor: i.Factor, UnitsRule: i.Units, SumOf: sum,
			PartOf: code[i.PartOf], Definition: i.Definition, Source: i.Source, Owner: i.Owner, Partners: i.Partners,
			Starts: i.Starts, Note: i.Note, Archived: i.ArchivedAt != 0})
	}
	return out, nil
}

// indicatorChange is the body of PATCH. A field that is not sent keeps its value.
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
		Owner: b.Owner, Partners: b.Partners, Note: b.Note, Numerator: b.Numerator, Denominator: b.Denominator,
		PartOf: b.PartOf, Kind: b.Kind, Measure: b.Measure, Direction: b.Direction, Category: b.Category,
		Decimals: b.Decimals, Starts: b.Starts, Factor: b.Factor, Units: b.UnitsRule, SumOf: b.SumOf, Archived: b.Archived}
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
