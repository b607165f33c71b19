package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
	"dabiao/internal/web/input"
	"dabiao/internal/web/middleware"
)

// splitBody asks for a decomposition by a method, or with the values given.
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

// decompositionJSON is a target and those of the units below.
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
	out := decompositionJSON{Indicator: v.Indicator.Code, Unit: v.Unit.Code, Sum: sum.String(), Left: v.Left.String(),
		Units: []partJSON{}}
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

// postSplit sets a decomposition, or with dry_run only computes it.
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
		proposal, err := s.App.ProposeSplit(c.UserContext(), v.Actor,
			app.SplitQuery{Year: year, Indicator: b.Indicator, Unit: b.Unit,
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
