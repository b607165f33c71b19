package seal

import (
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
	"dabiao/internal/report"
)

// figures is the content of figures.json: all that the page computes with, beside the entries. Amounts are decimal
// strings, rates and shares hundredths of a percent.
type figures struct {
	Year    kpi.Year `json:"year"`
	Unit    int64    `json:"unit"` // whose figures they are
	AsOf    asOf     `json:"as_of"`
	Rules   rules    `json:"rules"`
	Figures []figure `json:"figures"`
	Budget  budget   `json:"budget"`
	Score   *score   `json:"score,omitempty"` // of the whole office
}

type asOf struct {
	Month int `json:"month"`
	Day   int `json:"day"`
	Days  int `json:"days"` // of the month
}

type rules struct {
	Name           string        `json:"name"`
	FarBehindBelow kpi.Percent   `json:"far_behind_below"`
	BehindBelow    kpi.Percent   `json:"behind_below"`
	AheadFrom      kpi.Percent   `json:"ahead_from"`
	StaleAfter     int           `json:"stale_after"`
	Thresholds     []kpi.Percent `json:"thresholds"` // printed rates do not cross them
	Alarms         []limit       `json:"alarms"`     // supervision lines of the budget's execution
}

type figure struct {
	Code        string `json:"code"`
	Name        string `json:"name"`
	Area        string `json:"area"`
	Kind        string `json:"kind"`
	Measure     string `json:"measure"`
	Formula     string `json:"formula"` // in words
	Decimals    int    `json:"decimals"`
	Starts      int    `json:"starts"`
	AddsUnits   bool   `json:"adds_units"`
	Rated       bool   `json:"rated"`
	Times       int64  `json:"times"`             // of a quotient
	Most        string `json:"most,omitempty"`    // 100 in %: what is short of it prints below it
	Own         side   `json:"own"`               // for ratios, the numerator
	Divisor     *side  `json:"divisor,omitempty"` // of ratios
	Target      *goal  `json:"target"`
	Achievement string `json:"achievement"` // "" for none
	Level       string `json:"level,omitempty"`
	Text        string `json:"achievement_text"`
	Completion  *int64 `json:"completion"`
	Expected    string `json:"expected"`
	Pace        *int64 `json:"pace"`
	Light       string `json:"light"`
	LightText   string `json:"light_text"`
}

// side is one sum: the entries of some indicators, put together by a kind and a rule for units.
type side struct {
	Kind  string `json:"kind"`
	Rule  string `json:"units_rule"`
	Parts []part `json:"parts"`
}

// part is an indicator whose entries count, each × times ÷ per.
type part struct {
	Code  string `json:"code"`
	Times int64  `json:"times"`
	Per   int64  `json:"per"`
}

type goal struct {
	Sign   string        `json:"sign"`
	Amount string        `json:"amount"`
	Level  string        `json:"level,omitempty"`
	Text   string        `json:"text"`
	Curve  []kpi.Percent `json:"curve,omitempty"` // by month; none: evenly from Starts on
}

// known returns the indicators of a report, also those that are not on its board.
func known(in report.Input) map[kpi.IndicatorID]kpi.Indicator {
	out := map[kpi.IndicatorID]kpi.Indicator{}
	for _, i := range in.Gone {
		out[i.ID] = i
	}
	for _, f := range in.Board.Figures() {
		out[f.Indicator.ID] = f.Indicator
	}
	return out
}

// Sources returns the indicators whose entries the report's figures are made of, in order.
func Sources(in report.Input) []kpi.IndicatorID {
	byID, out := known(in), map[kpi.IndicatorID]bool{}
	for _, f := range in.Board.Figures() {
		for _, id := range []kpi.IndicatorID{f.Indicator.ID, f.Indicator.Numerator, f.Indicator.Denominator} {
			for _, s := range summands(byID[id], byID) {
				out[s.ID] = true
			}
		}
	}
	var ids []kpi.IndicatorID
	for id := range out {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// summands returns the logged indicators that an indicator is: itself, or those that a sum adds up; none for a ratio.
func summands(i kpi.Indicator, byID map[kpi.IndicatorID]kpi.Indicator) []kpi.Indicator {
	switch {
	case i.ID == 0 || i.Kind == kpi.Ratio:
		return nil
	case i.SumOf != "":
		return i.Summands(byID)
	}
	return []kpi.Indicator{i}
}

func sideOf(i kpi.Indicator, byID map[kpi.IndicatorID]kpi.Indicator) side {
	s := side{Kind: string(i.Kind), Rule: string(i.Units), Parts: []part{}}
	for _, x := range summands(i, byID) {
		n, d, ok := x.Measure.Conversion(i.Measure)
		if !ok {
			n, d = 0, 1 // as the log's own sum has it
		}
		s.Parts = append(s.Parts, part{x.Code, n, d})
	}
	return s
}

func (p Package) figures() figures {
	b, byID := p.Input.Board, known(p.Input)
	out := figures{Year: b.Year.Year, Unit: int64(b.Unit.ID), AsOf: asOf{b.AsOf.Month, b.AsOf.Day, b.AsOf.Days()},
		Rules: rulesOf(b.Rules), Figures: []figure{}, Budget: p.budget(), Score: p.score()}
	draft := report.NewDraft(p.Input)
	for _, a := range b.Areas {
		for _, f := range a.Figures {
			x := p.figure(f, byID)
			x.Area = p.Input.Language.Name(a.Area.Name, a.Area.NameEn)
			x.Text = draft.Achieved(f)
			if r, ok := draft.Target(f, true); ok && x.Target != nil {
				x.Target.Text = r.Text
			}
			out.Figures = append(out.Figures, x)
		}
	}
	return out
}

func rulesOf(r kpi.RuleSet) rules {
	out := rules{Name: r.Name, FarBehindBelow: r.FarBehindBelow, BehindBelow: r.BehindBelow, AheadFrom: r.AheadFrom,
		StaleAfter: r.StaleAfter, Alarms: alarmsOf(r),
		Thresholds: []kpi.Percent{r.FarBehindBelow, r.BehindBelow, r.AheadFrom, r.OverFrom}}
	for _, a := range r.Alarms {
		out.Thresholds = append(out.Thresholds, a.Below)
	}
	for _, c := range r.Caps {
		out.Thresholds = append(out.Thresholds, c.Below)
	}
	return out
}

func (p Package) figure(f progress.Figure, byID map[kpi.IndicatorID]kpi.Indicator) figure {
	i, say := f.Indicator, p.Input.Language
	x := figure{Code: i.Code, Name: say.Name(i.Name, i.NameEn), Kind: string(i.Kind), Measure: string(i.Measure),
		Formula: formula(say, i, byID), Decimals: i.Decimals, Starts: i.Starts, AddsUnits: i.AddsUnits(), Rated: i.Rated(),
		Times: i.Times(), Light: string(f.Light), LightText: say.T("light." + string(f.Light))}
	if i.Measure.Points() != "" {
		x.Most = i.Measure.All().String()
	}
	if x.Own = sideOf(i, byID); i.Kind == kpi.Ratio {
		x.Own = sideOf(byID[i.Numerator], byID)
		divisor := sideOf(byID[i.Denominator], byID)
		x.Divisor = &divisor
	}
	if t := f.Target; t != nil {
		x.Target = &goal{Sign: string(t.Sign), Amount: t.Amount.String(), Level: string(t.Level)}
		if t.Curve != nil {
			x.Target.Curve = t.Curve[:]
		}
	}
	if f.Achievement.Ok() {
		x.Achievement, x.Level = f.Achievement.Value.Amount.String(), string(f.Level())
	}
	if f.Expected.Ok() {
		x.Expected = f.Expected.Value.String()
	}
	x.Completion, x.Pace = hundredths(f.Completion), hundredths(f.Pace)
	return x
}

func hundredths(p progress.Opt[kpi.Percent]) *int64 {
	if !p.Ok() {
		return nil
	}
	n := int64(p.Value)
	return &n
}

// formula says in words how a figure is put together.
func formula(say lang.Printer, i kpi.Indicator, byID map[kpi.IndicatorID]kpi.Indicator) string {
	name := func(id kpi.IndicatorID) string { return say.Name(byID[id].Name, byID[id].NameEn) }
	switch {
	case i.Kind == kpi.Ratio:
		return say.T("seal.formula.ratio", name(i.Numerator), name(i.Denominator), int(i.Times()))
	case i.SumOf != "":
		return say.T("seal.formula.sum")
	case i.Kind == kpi.Running && i.Units != kpi.AddUnits:
		return say.T("seal.formula.units." + string(i.Units))
	}
	return say.T("seal.formula." + string(i.Kind))
}
