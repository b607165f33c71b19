package app

import (
	"fmt"
	"slices"

	"dabiao/internal/intake"
	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// checkNew makes a row's indicator, held to what every new one is held to.
func (c *proposalCheck) checkNew(i int) {
	row := &c.rows[i]
	ind := kpi.Indicator{ID: newID(i), Code: row.Code, Name: row.Name, NameEn: row.NameEn, Kind: row.kind(),
		Measure: kpi.Measure(row.Measure).Spelled(), Direction: kpi.Up, Category: kpi.Category(row.Category),
		Definition: row.Definition, Source: row.Source, Owner: row.Owner, Partners: row.Partners, Note: row.Note, Starts: 1}
	if ind.Kind != kpi.Ratio {
		ind.Measure = ind.Measure.Canonical()
	}
	if kpi.Sign(row.Sign).Ceiling() {
		ind.Direction = kpi.Down
	}
	switch {
	case ind.Code == "":
		ind.Code = FreshCode("indicator", c.codes)
	case c.codes[ind.Code]:
		c.mistake(i, "code", "code_exists", ind.Code)
	}
	c.codes[ind.Code] = true
	ind.Area = c.area(row.Area)
	if ind.Kind == kpi.Running && (ind.Measure.IsRate() || intake.Averaged(ind.Name)) { // read, never added
		ind.Units = kpi.OwnValue
	}
	if q, err := intake.Quantity(row.Figure, ind.Measure); err == nil {
		ind.Decimals = max(ind.Decimals, decimalsOf(q.Amount))
	}
	if ind.Measure.IsRate() || ind.Kind == kpi.Money || divides(ind.Measure) {
		ind.Decimals = max(ind.Decimals, 2)
	}
	ind.Numerator = c.part(i, "numerator", row.Numerator)
	ind.Denominator = c.part(i, "denominator", row.Denominator)
	ind.PartOf = c.part(i, "part_of", row.PartOf)
	others := c.others()
	defaultFactor(&ind, others)
	c.blame(i, ind.Check())
	c.blame(i, ind.CheckAdding())
	if c.looks == nil {
		c.looks = map[string]string{}
		for _, o := range others {
			if look := intake.Look(o.Name); c.looks[look] == "" && o.ArchivedAt == 0 {
				c.looks[look] = o.Name
			}
		}
	}
	if other := c.looks[intake.Look(ind.Name)]; intake.Alike(other, ind.Name) {
		c.mistake(i, "name", "name_alike", ind.Name, other)
	}
	if len(row.Mistakes) == 0 {
		c.blame(i, ind.CheckLinks(others))
	}
	row.ind = ind
	c.checkTarget(i)
}

// newID is the ID of a row's indicator until it is stored.
func newID(i int) kpi.IndicatorID { return kpi.IndicatorID(-1 - i) }

// others are all indicators, those of the rows too, as far as links among them need.
func (c *proposalCheck) others() []kpi.Indicator {
	out := slices.Clone(c.all)
	for i, row := range c.rows {
		if row.Exists == nil && row.Do == ProposalCreate {
			out = append(out, kpi.Indicator{ID: newID(i), Code: row.Code, Name: row.Name, Kind: row.kind(),
				Measure: kpi.Measure(row.Measure).Canonical()})
		}
	}
	return out
}

// part finds what a ratio divides, by name or code, among what there is and what is proposed.
func (c *proposalCheck) part(i int, field, text string) kpi.IndicatorID {
	if text == "" {
		return 0
	}
	for _, o := range c.others() {
		if o.ID != newID(i) && (o.ArchivedAt == 0 || c.returns(o.ID)) &&
			(o.Code == text || intake.PlainName(o.Name) == intake.PlainName(text)) {
			return o.ID
		}
	}
	c.mistake(i, field, "indicator_not_found", text)
	return 0
}

func (c *proposalCheck) returns(id kpi.IndicatorID) bool {
	return slices.ContainsFunc(c.rows, func(row ProposalRow) bool {
		return row.Returns() && row.Exists.ID == id && row.Do != ProposalLeave
	})
}

// area is the area a text names, by name or code; a new one where there is none.
func (c *proposalCheck) area(text string) kpi.AreaID {
	if text == "" {
		return 0
	}
	id, ok := c.areaOf[text]
	if !ok {
		id, ok = c.areaOf[intake.PlainName(text)]
	}
	if !ok {
		id = kpi.AreaID(-1 - len(c.order))
		c.areaOf[intake.PlainName(text)], c.newArea[id] = id, text
		c.order = append(c.order, id)
	}
	return id
}

// FreshCode is a code nobody bears yet, for people who do not care what it is.
func FreshCode(prefix string, taken map[string]bool) string {
	for n := len(taken) + 1; ; n++ {
		if code := fmt.Sprintf("%s-%d", prefix, n); !taken[code] {
			return code
		}
	}
}

// result says what becomes of all rows.
func (c *proposalCheck) result() ProposalResult {
	out := ProposalResult{Year: c.year, Areas: c.areas, Rows: c.rows, Mistakes: c.reason}
	for _, id := range c.order {
		out.NewAreas = append(out.NewAreas, c.newArea[id])
	}
	type weight struct {
		category kpi.Category
		points   kpi.Percent
	}
	weights := map[kpi.IndicatorID]weight{}
	for _, ind := range c.all {
		if t := c.held[ind.ID]; t != nil && c.inYear[ind.ID] {
			weights[ind.ID] = weight{ind.Category, t.Weight}
		}
	}
	for _, row := range c.rows {
		switch {
		case len(row.Mistakes) > 0:
			out.Bad++
			continue
		case row.Do == ProposalLeave:
			out.Left++
			continue
		case row.Do == ProposalCreate:
			out.Created++
		case row.target == nil && row.InYear && row.entry == nil:
			out.Left++
		}
		if row.entry != nil {
			out.Entries++
		}
		if row.target != nil {
			out.Targets++
			weights[row.ind.ID] = weight{row.ind.Category, row.target.Weight}
		}
	}
	var all progress.Weights
	for _, w := range weights {
		all.AddWeight(w.category, w.points)
	}
	out.Weight, out.Findings = all.Total, all.Findings(c.rules)
	return out
}
