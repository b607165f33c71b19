package app

import (
	"errors"
	"slices"
	"strings"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
)

// proposalCheck is what the rows are checked against. What is new bears a negative ID until it is stored.
type proposalCheck struct {
	Proposal
	year    kpi.YearInfo
	root    kpi.Unit
	rules   kpi.RuleSet
	areas   []kpi.Area
	all     []kpi.Indicator
	inYear  map[kpi.IndicatorID]bool
	held    map[kpi.IndicatorID]*kpi.Target
	codes   map[string]bool
	areaOf  map[string]kpi.AreaID // by code and plain name
	newArea map[kpi.AreaID]string
	order   []kpi.AreaID   // of the new areas
	rowOf   map[string]int // the first row of a plain name
	rows    []ProposalRow
	logged  map[kpi.IndicatorID]bool // the whole office has entries of the year
	reason  []kpi.Field              // what is wrong with the reason
	looks   map[string]string        // names of indicators by what they look like; nil: not made yet

	madeAreas map[kpi.AreaID]kpi.AreaID // what was stored for the negative IDs
	targetIDs []kpi.TargetID
	entryIDs  []kpi.UpdateID
}

// conclude fills in what a row does not say.
func (c *proposalCheck) conclude(i int) {
	row := &c.rows[i]
	guess := func(field string, at *string, value string) {
		if *at == "" && value != "" {
			*at = value
			if !slices.Contains(row.Guessed, field) {
				row.Guessed = append(row.Guessed, field)
			}
		}
	}
	if intake.Undecided(row.Value) { // the words stay
		row.Note = row.note(row.Value)
	}
	goal := intake.ReadGoal(row.Value, kpi.Measure(row.Measure))
	guess("measure", &row.Measure, string(goal.Measure))
	guess("measure", &row.Measure, string(intake.MeasureOf(row.Name)))
	row.Measure = string(kpi.Measure(row.Measure).Spelled())
	if goal.Level == "" {
		row.Value = goal.Value
	} else if row.Kind == "" || row.kind() == kpi.Level {
		row.Value = string(goal.Level)
		if row.note(goal.Value) != row.Note { // the words of the judgement are not lost
			row.Note = row.note(goal.Value)
		}
	}
	if row.Exists != nil {
		row.Kind = string(row.Exists.Kind)
		if row.Measure == "" {
			row.Measure = string(row.Exists.Measure)
		}
	}
	c.concludeParts(row)
	kind := guessKind(row.ProposedIndicator, goal)
	guess("kind", &row.Kind, string(kind))
	if k := row.kind(); k != "" {
		row.Kind = string(k)
	}
	if row.Exists == nil && row.kind() == kpi.Money {
		row.inMoney()
	}
	c.concludeSign(row, goal)
	if row.Do == "" {
		row.Do = c.step(*row)
	}
	guess("category", &row.Category, string(guessCategory(row.ProposedIndicator)))
	if category := intake.CategoryOf(row.Category); category != "" {
		row.Category = string(category)
	}
}

// concludeSign settles how the target is compared: as its own text says, else the column beside it.
func (c *proposalCheck) concludeSign(row *ProposalRow, goal intake.Goal) {
	switch {
	case row.kind() == kpi.Level:
		row.Sign = string(kpi.LevelSign)
	case goal.Sign != "" && goal.Sign != kpi.LevelSign:
		row.Sign = string(goal.Sign)
	case isZero(row.Value) && (row.Sign == "" || row.Sign == string(kpi.LevelSign)) &&
		(row.Held == nil || row.Held.Sign == kpi.AtLeastSign):
		row.Sign = string(kpi.AtMostSign) // at least 0 would say nothing
		if !slices.Contains(row.Guessed, "sign") {
			row.Guessed = append(row.Guessed, "sign")
		}
	case row.Sign == "" && row.Held != nil:
		row.Sign = string(row.Held.Sign)
	case row.Sign == "" || row.Sign == string(kpi.LevelSign):
		row.Sign = string(kpi.AtLeastSign)
		if row.Exists != nil && row.Exists.Direction == kpi.Down {
			row.Sign = string(kpi.AtMostSign)
		}
		if row.Value != "" && !slices.Contains(row.Guessed, "sign") {
			row.Guessed = append(row.Guessed, "sign")
		}
	}
	if sign := intake.SignOf(row.Sign); sign != "" {
		row.Sign = string(sign)
	}
}

// isZero reports whether a target is written as the number 0.
func isZero(value string) bool {
	a, err := intake.Number(value)
	return err == nil && a == 0
}

// step is what fits a row: what is new is made, one that exists gets the target it lacks.
func (c *proposalCheck) step(row ProposalRow) ProposalStep {
	switch {
	case row.Exists == nil, row.Returns():
		return ProposalCreate
	case row.Exists.ArchivedAt != 0 && row.InYear:
	case !row.InYear || row.Held == nil && row.Value != "" || row.Figure != "" && !c.logged[row.Exists.ID]:
		return ProposalTarget
	}
	return ProposalLeave
}

// note is the row's remark with the words a judgement was asked for in.
func (p ProposedIndicator) note(words string) string {
	if words == "" || strings.Contains(p.Note+p.Definition, words) {
		return p.Note
	}
	return strings.TrimLeft(p.Note+"；"+words, "；")
}

func (p ProposedIndicator) kind() kpi.Kind {
	if k := intake.KindOf(p.Kind); k != "" {
		return k
	}
	return kpi.Kind(p.Kind)
}

// inMoney brings an amount in another scale of yuan to 万元, in which money is kept.
func (row *ProposalRow) inMoney() {
	m := kpi.Measure(row.Measure).Canonical()
	if !m.IsMoney() || m.Base() != kpi.Yuan || m == kpi.Yuan || m == kpi.TenThousandY {
		return
	}
	to := kpi.TenThousandY
	if m.Scale() == 1 {
		to = kpi.Yuan
	}
	if a, err := intake.Exact(row.Value, m); err == nil {
		a, _ = m.In(to, a)
		row.Value = a.String()
	} else if row.Value != "" {
		return
	}
	row.Measure = string(to)
	row.Guessed = append(row.Guessed, "measure", "value")
}

// divides reports whether figures in a measure have decimals, whatever its target has: what is weighed and surveyed,
// and what is counted by the ten thousand (28.6 万吨, then 13.25).
func divides(m kpi.Measure) bool {
	return m.Scale() > 1 || slices.Contains(scaled, strings.ToLower(string(m)))
}

var scaled = []string{"亩", "公顷", "平方米", "平方公里", "公里", "吨", "千克", "小时", "hours", "hour", "km", "kg", "miles",
	"tonnes", "tons", "hectares", "acres", "m²", "£", "$", "€"}

// guessKind concludes how an indicator adds up from what it is measured in.
func guessKind(p ProposedIndicator, goal intake.Goal) kpi.Kind {
	m := kpi.Measure(p.Measure).Canonical()
	switch {
	case p.Numerator != "" && p.Denominator != "":
		return kpi.Ratio
	case goal.Level != "" || m == "" && p.Value == "" && !hasDigit(p.Figure):
		return kpi.Level
	}
	return intake.GuessKind(p.Name, m)
}

// guessCategory concludes the heading of the finance bureau's form.
func guessCategory(p ProposedIndicator) kpi.Category {
	switch kind := p.kind(); {
	case strings.Contains(p.Name, "满意"):
		return kpi.CatSatisfaction
	case kind == kpi.Ratio, kind == kpi.Level, kind == kpi.Standard, kpi.Measure(p.Measure).IsRate():
		return kpi.CatQuality
	}
	return kpi.CatQuantity
}

func (c *proposalCheck) mistake(i int, field, key string, args ...any) {
	c.rows[i].Mistakes = append(c.rows[i].Mistakes, kpi.Field{Name: field, Text: kpi.T(key, args...)})
}

// proposalFields are the fields of a row that hold what indicators and targets keep in others.
var proposalFields = map[string]string{"level": "value", "units_rule": "kind", "factor": "measure", "decimals": "value"}

// blame notes a refusal's mistakes at a row, one at each field.
func (c *proposalCheck) blame(i int, err error) {
	var e *kpi.Error
	if !errors.As(err, &e) {
		return
	}
	row := &c.rows[i]
	for _, f := range e.Fields {
		if here, ok := proposalFields[f.Name]; ok {
			f.Name = here
		}
		if !slices.ContainsFunc(row.Mistakes, func(m kpi.Field) bool { return m.Name == f.Name }) {
			row.Mistakes = append(row.Mistakes, f)
		}
	}
}

// check decides what becomes of a row.
func (c *proposalCheck) check(i int) {
	row := &c.rows[i]
	switch {
	case row.Do == ProposalLeave:
		return
	case row.Do != ProposalCreate && row.Do != ProposalTarget:
		c.mistake(i, "do", "proposal_step_unknown", string(row.Do))
		return
	case row.Do == ProposalCreate && row.Exists != nil && !row.Returns():
		c.mistake(i, "do", "proposal_exists", row.Exists.Names())
		return
	case row.Do == ProposalTarget && row.Exists == nil:
		c.mistake(i, "do", "proposal_new", row.Name)
		return
	}
	var m kpi.Mistakes
	readTexts(&m, row.texts()...)
	c.blame(i, m.Err())
	if first, twice := c.rowOf[intake.PlainName(row.Name)]; twice && row.Name != "" {
		c.mistake(i, "name", "proposal_twice", row.Name, c.rows[first].Row)
	} else {
		c.rowOf[intake.PlainName(row.Name)] = i
	}
	if row.Exists != nil {
		c.checkExisting(i)
		return
	}
	c.checkNew(i)
	c.checkFigure(i)
}

// checkExisting looks at the target an existing indicator is to get.
func (c *proposalCheck) checkExisting(i int) {
	row := &c.rows[i]
	row.ind = *row.Exists
	if row.ind.ArchivedAt != 0 && row.InYear {
		c.mistake(i, "do", "indicator_archived", row.ind.Names())
		return
	}
	if m := kpi.Measure(row.Measure).Canonical(); m != "" && row.ind.Kind != kpi.Level {
		if _, _, ok := m.Conversion(row.ind.Measure); !ok {
			c.mistake(i, "measure", "proposal_measure_differs", row.ind.Names(), row.ind.Measure)
			return
		}
	}
	if row.ind.ArchivedAt != 0 && row.ind.Area == 0 { // its area went with it
		row.ind.Area = c.area(row.Area)
	}
	c.checkFigure(i)
	if row.Value == "" && row.InYear && row.entry == nil {
		c.mistake(i, "value", "number_missing")
		return
	}
	c.checkTarget(i)
	if row.target == nil || row.Held == nil || len(row.Mistakes) > 0 {
		return
	}
	if row.Weight == "" {
		row.target.Weight = row.Held.Weight
	}
	row.target.Curve = row.Held.Curve
	said := *row.target
	said.Reason, said.Document, said.Issuer, said.Dated = row.Held.Reason, row.Held.Document, row.Held.Issuer,
		row.Held.Dated
	if row.Held.Says(said) { // it holds already
		row.target = nil
		return
	}
	var e *kpi.Error
	if errors.As(row.target.CheckRevision(row.ind, row.Held), &e) {
		for _, f := range e.Fields {
			if f.Name == "reason" && len(c.reason) == 0 {
				c.reason = append(c.reason, f)
			}
		}
	}
}

// checkTarget reads the row's target in the measure of its indicator; there is none without a value.
func (c *proposalCheck) checkTarget(i int) {
	row := &c.rows[i]
	t := kpi.Target{Year: c.Year, Sign: kpi.Sign(row.Sign), Document: c.Document, Issuer: c.Issuer, Dated: c.Dated,
		Reason: c.Reason}
	var m kpi.Mistakes
	if row.Weight != "" {
		weight, err := intake.Weight(row.Weight)
		m.Check("weight", err)
		t.Weight = weight
	}
	goal := intake.ReadGoal(row.Value, row.ind.Measure)
	switch {
	case row.ind.Kind == kpi.Level && row.Value == "" && row.Weight == "":
	case row.ind.Kind == kpi.Level:
		if t.Sign, t.Level = kpi.LevelSign, goal.Level; row.Value == "" {
			t.Level, row.Value = kpi.LevelMet, string(kpi.LevelMet)
			row.Guessed = append(row.Guessed, "value")
		}
		row.target = &t
	case row.Value == "" && row.Weight != "":
		m.Add("value", "proposal_weight_alone")
	case row.Value != "":
		amount, err := intake.Exact(row.Value+valueMeasure(*row), row.ind.Measure)
		m.Check("value", err)
		if err == nil && row.Exists == nil {
			row.ind.Decimals = max(row.ind.Decimals, decimalsOf(amount))
		}
		t.Amount = amount
		row.target = &t
		if err == nil && (row.Held == nil || !row.Held.FloorOfZero()) {
			m.Merge(t.CheckFloor())
		}
	}
	if row.target != nil {
		m.Merge(t.Check(row.ind))
	}
	c.blame(i, m.Err())
}

// valueMeasure is the measure a row's value is written in, where that is another than its indicator's.
func valueMeasure(row ProposalRow) string {
	if row.Exists == nil || row.Measure == "" || kpi.Measure(row.Measure).Canonical() == row.Exists.Measure {
		return ""
	}
	return row.Measure
}

// decimalsOf is how many decimals an amount has.
func decimalsOf(a kpi.Amount) int {
	for n := range kpi.AmountDecimals {
		if a == a.Round(n) {
			return n
		}
	}
	return kpi.AmountDecimals
}
