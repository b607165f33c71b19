package api

import (
	"github.com/gofiber/fiber/v2"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/web/middleware"
	"dabiao/internal/web/page"
)

// BoardJSON is the board of a year and unit.
type BoardJSON struct {
	Year       int            `json:"year"`
	State      kpi.YearState  `json:"state"`
	Sample     bool           `json:"sample"`
	Unit       string         `json:"unit"`
	UnitName   string         `json:"unit_name"`
	AsOf       string         `json:"as_of"`
	AsOfDate   *kpi.Date      `json:"as_of_date"` // null in a year to come
	AsOfReason string         `json:"as_of_date_reason,omitempty"`
	Counting   kpi.ReviewRule `json:"counting,omitempty"`
	LastUpdate *kpi.Date      `json:"last_update"`
	Summary    map[string]int `json:"summary"`
	Areas      []areaJSON     `json:"areas"`
	Budget     []budgetJSON   `json:"budget"`
	Score      *ScoreJSON     `json:"score"`
	ScoreWhy   string         `json:"score_reason,omitempty"`
}

type areaJSON struct {
	Code       string       `json:"code"`
	Name       string       `json:"name"`
	Light      kpi.Light    `json:"light"`
	LightText  string       `json:"light_text"`
	Indicators []FigureJSON `json:"indicators"`
}

// FigureJSON is an indicator at a unit. Amounts and rates are decimal strings; an absent one is null, with
// its reason beside it.
type FigureJSON struct {
	Code              string              `json:"code"`
	Name              string              `json:"name"`
	Kind              kpi.Kind            `json:"kind"`
	Measure           kpi.Measure         `json:"measure"`
	Decimals          int                 `json:"decimals"`
	Sign              kpi.Sign            `json:"sign,omitempty"`
	Target            *string             `json:"target"`
	TargetReason      string              `json:"target_reason,omitempty"`
	TargetRevised     *targetRevisionJSON `json:"target_revised,omitempty"` // after the figure's date
	Achievement       *string             `json:"achievement"`
	AchievementReason string              `json:"achievement_reason,omitempty"`
	AchievementText   string              `json:"achievement_text"`
	// what an approximate one stays below, if its wording says so
	AchievementBelow *string       `json:"achievement_below,omitempty"`
	Precision        kpi.Precision `json:"precision"`
	Level            string        `json:"level,omitempty"`
	Factor           int64         `json:"factor,omitempty"`     // for ratios: what the quotient is multiplied by
	UnitsRule        kpi.UnitsRule `json:"units_rule,omitempty"` // of rates: what is shown of the units below
	Numerator        *string       `json:"numerator,omitempty"`
	Denominator      *string       `json:"denominator,omitempty"`
	Completion       *string       `json:"completion"`
	CompletionReason string        `json:"completion_reason,omitempty"`
	Expected         *string       `json:"expected"`
	ExpectedReason   string        `json:"expected_reason,omitempty"`
	Pace             *string       `json:"pace"`
	PaceReason       string        `json:"pace_reason,omitempty"`
	Light            kpi.Light     `json:"light"`
	LightText        string        `json:"light_text"`
	Forecast         *string       `json:"forecast"`
	ForecastReason   string        `json:"forecast_reason,omitempty"`
	ReachDate        *string       `json:"reach_date"`
	ReachDateReason  string        `json:"reach_date_reason,omitempty"`
	Missing          *string       `json:"missing"`
	// of missing, needed_per_month and completion where the value is approximate: at_least, at_most, about
	MissingBound         kpi.Bound `json:"missing_bound,omitempty"`
	CompletionBound      kpi.Bound `json:"completion_bound,omitempty"`
	MissingReason        string    `json:"missing_reason,omitempty"`
	Deviation            *string   `json:"deviation"` // achievement − target, with its sign
	DeviationReason      string    `json:"deviation_reason,omitempty"`
	DeviationText        string    `json:"deviation_text,omitempty"` // as papers word it: 少93人次
	NeededPerMonth       *string   `json:"needed_per_month"`
	NeededPerMonthReason string    `json:"needed_per_month_reason,omitempty"`
	YearOverYear         *string   `json:"year_over_year"`
	YearOverYearReason   string    `json:"year_over_year_reason,omitempty"`
	// "percent" for amounts, "points" for %, "permille_points" for ‰
	YearOverYearIn      string           `json:"year_over_year_in,omitempty"`
	YearOverYearThrough string           `json:"year_over_year_through,omitempty"` // the month both years are taken to
	LastYear            *string          `json:"last_year,omitempty"`              // last year's figure then
	LastUpdate          *kpi.Date        `json:"last_update"`
	AsOf                string           `json:"as_of"`
	Owner               string           `json:"owner"`
	Partners            string           `json:"partners"`
	Explanation         *explanationJSON `json:"explanation,omitempty"` // on boards, where the figure was explained
}

// targetRevisionJSON says that the figure of an earlier day is held against a target that was revised after it.
type targetRevisionJSON struct {
	On    kpi.Date `json:"on"`
	Sign  kpi.Sign `json:"sign"`
	Value *string  `json:"value"` // before; null for a judgement
	Level string   `json:"level,omitempty"`
	Text  string   `json:"text"`
}

func newTargetRevisionJSON(p lang.Printer, f progress.Figure) *targetRevisionJSON {
	if f.Revised == nil {
		return nil
	}
	was := f.Revised.Was
	out := targetRevisionJSON{On: f.Revised.On, Sign: was.Sign, Level: string(was.Level),
		Text: p.Revised(f.Indicator, f.Target, f.Revised)}
	if f.Indicator.Kind != kpi.Level {
		value := was.Amount.String()
		out.Value = &value
	}
	return &out
}

// budgetJSON is one fund and nature; money is in 万元 as offices show it. The total has neither
// fund nor nature.
type budgetJSON struct {
	Fund            kpi.Fund    `json:"fund"`
	Nature          kpi.Nature  `json:"nature"`
	Measure         kpi.Measure `json:"measure"`
	Opening         string      `json:"opening"`
	Initial         *string     `json:"initial"`
	Budget          string      `json:"budget"`
	Income          string      `json:"income"`
	Spent           string      `json:"spent"`
	Closing         string      `json:"closing"`
	Execution       *string     `json:"execution"`
	ExecutionReason string      `json:"execution_reason,omitempty"`
	Forecast        *string     `json:"forecast"` // what is spent by the year's end at this pace
	ForecastReason  string      `json:"forecast_reason,omitempty"`
	Pace            *string     `json:"pace"`
	PaceReason      string      `json:"pace_reason,omitempty"`
	Light           kpi.Light   `json:"light"`
}

func (s API) getBoard(c *fiber.Ctx, v *middleware.Visit) error {
	b, err := middleware.Asked(s.Server, c, v, s.App.Board)
	if err != nil {
		return err
	}
	return s.JSON(c, fiber.StatusOK, newBoardJSON(v.Printer, b))
}

func newBoardJSON(p lang.Printer, b progress.Board) BoardJSON {
	out := BoardJSON{
		Year: int(b.Year.Year), State: b.Year.State, Sample: b.Year.Sample, Unit: b.Unit.Code,
		UnitName: p.Name(b.Unit.Name, b.Unit.NameEn), AsOf: b.AsOf.String(),
		Counting: b.AsOf.Counting, LastUpdate: dateOrNull(b.Summary.LastUpdate),
		Summary: map[string]int{"indicators": b.Summary.Indicators},
		Areas:   []areaJSON{}, Budget: []budgetJSON{},
	}
	if b.AsOf.Begun() {
		out.AsOfDate = dateOrNull(b.AsOf.Date())
	} else {
		out.AsOfReason = string(progress.ReasonNotYet)
	}
	for _, l := range kpi.Lights {
		out.Summary[string(l)] = b.Summary.Count(l)
	}
	for _, a := range b.Areas {
		area := areaJSON{Code: a.Area.Code, Name: p.Name(a.Area.Name, a.Area.NameEn), Light: a.Light,
			LightText: lightText(p, a.Light)}
		for _, f := range a.Figures {
			figure := newFigureJSON(p, f)
			if said, ok := b.Said[f.Indicator.ID]; ok {
				explanation := newExplanationJSON(said)
				figure.Explanation = &explanation
			}
			area.Indicators = append(area.Indicators, figure)
		}
		out.Areas = append(out.Areas, area)
	}
	for _, l := range b.Budget.Lines {
		out.Budget = append(out.Budget, newBudgetJSON(l))
	}
	if len(b.Budget.Lines) > 0 {
		out.Budget = append(out.Budget, newBudgetJSON(b.Budget.Total))
	}
	if b.Score == nil {
		out.ScoreWhy = "whole_office" // only the office as a whole is scored
	} else {
		score := newScoreJSON(p, *b.Score)
		out.Score = &score
	}
	return out
}

func newFigureJSON(p lang.Printer, f progress.Figure) FigureJSON {
	ind := f.Indicator
	out := FigureJSON{
		Code: ind.Code, Name: p.Name(ind.Name, ind.NameEn), Kind: ind.Kind, Measure: ind.Measure, Decimals: ind.Decimals,
		Factor: ind.Factor, UnitsRule: ind.Units, Precision: kpi.Exact, Level: string(f.Level()), Light: f.Light,
		LightText: p.T("light." + f.Standing()), LastUpdate: dateOrNull(f.LastUpdate), AsOf: figureAsOf(f), Owner: ind.Owner,
		Partners: ind.Partners,
	}
	if f.Target != nil {
		out.Sign = f.Target.Sign
	}
	out.TargetRevised = newTargetRevisionJSON(p, f)
	out.Target, out.TargetReason = optional(f.TargetAmount(), amountText)
	out.Achievement, out.AchievementReason = optional(achievedNumber(f), amountText)
	if f.Achievement.Ok() {
		out.AchievementText, out.Precision = p.Ungrouped().Quantity(ind, f.Achievement.Value), f.Achievement.Value.Precision
		out.AchievementBelow = upperBound(f.Achievement.Value, ind.Measure)
	}
	if ind.Kind == kpi.Ratio {
		out.Numerator, _ = optional(f.Numerator, amountText)
		out.Denominator, _ = optional(f.Denominator, amountText)
	}
	out.Completion, out.CompletionReason = optional(f.Completion, percentText)
	out.Expected, out.ExpectedReason = optional(f.Expected, amountText)
	out.Pace, out.PaceReason = optional(f.Pace, percentText)
	out.Forecast, out.ForecastReason = optional(f.Forecast, amountText)
	out.ReachDate, out.ReachDateReason = optional(f.ReachDate, func(d kpi.Date) string { return string(d) })
	out.YearOverYear, out.YearOverYearReason = optional(f.YearOverYear,
		func(c progress.Change) string { return c.By.String() })
	if c := f.YearOverYear; c.Ok() {
		before := c.Value.Before.String()
		out.LastYear, out.YearOverYearIn = &before, "percent"
		if c.Value.InPoints {
			out.YearOverYearIn = map[kpi.Measure]string{kpi.PercentSign: "points",
				kpi.PerMille: "permille_points"}[c.Value.Points(ind)]
		}
		out.YearOverYearThrough = kpi.Period{Year: f.AsOf.Year, Month: c.Value.Through}.String()
	}
	out.Missing, out.MissingReason = optional(f.Missing, amountText)
	if f.Missing.Ok() {
		out.MissingBound = f.Left()
	}
	if f.Completion.Ok() {
		out.CompletionBound = f.Bound
	}
	deviation := f.Deviation()
	out.Deviation, out.DeviationReason = optional(deviation,
		func(d progress.Deviation) string { return d.By.String() })
	if deviation.Ok() {
		out.DeviationText = p.Ungrouped().Deviation(ind, f.Target.Sign, deviation.Value.By, deviation.Value.Bound)
	}
	out.NeededPerMonth, out.NeededPerMonthReason = optional(f.NeededPerMonth, amountText)
	return out
}

// upperBound returns what an approximate figure stays below (200余: 300), or nil if its wording does not
// say.
func upperBound(q kpi.Quantity, measure kpi.Measure) *string {
	if q.Precision == kpi.Exact {
		return nil
	}
	below, ok := intake.UpperBound(q, measure)
	if !ok {
		return nil
	}
	text := below.String()
	return &text
}

// achievedNumber returns the achievement as a number. A level has one only if one was written beside it.
// A ratio has the decimals that it is shown with.
func achievedNumber(f progress.Figure) progress.Opt[kpi.Amount] {
	if f.Indicator.Kind == kpi.Level {
		if !f.Stated.Ok() && f.Achievement.Ok() { // the judgement is in level, and no number in it
			return progress.None[kpi.Amount](progress.ReasonNoPace)
		}
		return f.Stated
	}
	return progress.Opt[kpi.Amount]{Value: f.Achievement.Value.Amount, Reason: f.Achievement.Reason}
}

// figureAsOf returns the month that a figure is of: for a reading the month it was taken in, for a sum the
// board's.
func figureAsOf(f progress.Figure) string {
	if !f.Indicator.Kind.Sums() && f.Indicator.Kind != kpi.Ratio && f.LastUpdate != "" {
		return f.LastUpdate.Period().String()
	}
	return f.AsOf.String()
}

func newBudgetJSON(l progress.BudgetFigure) budgetJSON {
	out := budgetJSON{
		Fund: l.Fund, Nature: l.Nature, Measure: kpi.TenThousandY, Opening: page.TenThousand(l.Opening),
		Budget: page.TenThousand(l.Budget()), Income: page.TenThousand(l.Income), Spent: page.TenThousand(l.Spent),
		Closing: page.TenThousand(l.Closing), Light: l.Light,
	}
	if l.Initial != nil {
		initial := page.TenThousand(*l.Initial)
		out.Initial = &initial
	}
	out.Execution, out.ExecutionReason = optional(l.Execution, percentText)
	out.Forecast, out.ForecastReason = optional(l.Forecast, page.TenThousand)
	out.Pace, out.PaceReason = optional(l.Pace, percentText)
	return out
}

func lightText(p lang.Printer, l kpi.Light) string { return p.T("light." + string(l)) }

func dateOrNull(d kpi.Date) *kpi.Date {
	if d == "" {
		return nil
	}
	return &d
}
