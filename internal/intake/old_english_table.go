package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dabiao/internal/kpi"
)

var (
	englishTargetHead = regexp.MustCompile(`(?i)\b(?:targets?|goals?|plan(?:ned)?)\b`)
	englishDoneHead   = regexp.MustCompile(`(?i)\b(?:actuals?|results?|achieved|achievement|outcomes?|outturn|delivered|` +
		`performance|done|total)\b`)
	englishUnitHead = regexp.MustCompile(`(?i)^(?:units?|measured? in|unit of measure(?:ment)?)$`)
	englishYearHead = regexp.MustCompile(`\b(20\d{2})\b`)
	englishInBraces = regexp.MustCompile(`\s*\(([^()]{1,24})\)\s*$`)
	// englishWasDone is what stands behind the noun in a name: Exhibitions staged.
	englishWasDone = regexp.MustCompile(`(?i)^(?:` + englishDone + `|run|given|taken|written|seen)$`)
	englishMoney   = map[string]kpi.Measure{"£": "GBP", "$": "USD", "€": "EUR"}
)

// englishTables takes the figures of tables beside an English text: a column of names, one of what was done this year
// and perhaps one of the targets, whatever order they stand in.
func (r *oldReader) englishTables(lines []Line) {
	for n, g := range TableGrids(lines) {
		if len(g.Rows) < 2 || r.tables[n].beside {
			continue
		}
		t := r.englishHead(g)
		if t.done < 0 {
			continue
		}
		for _, row := range g.Rows[1:] {
			if c, ok := r.englishRow(row, t); ok && len(r.claims) < MaxClaims {
				if c.Area = r.tables[n].area; !r.toldInText(c) {
					r.claims = append(r.claims, c)
				}
			}
		}
	}
}

// englishHead is which columns of a table hold what; -1 for none.
type englishHead struct{ name, target, done, unit int }

func (r *oldReader) englishHead(g Grid) englishHead {
	h := englishHead{name: 0, target: -1, done: -1, unit: -1}
	for i := range g.width() {
		head := strings.TrimSpace(g.Rows[0].Cell(i).Text)
		if m := englishYearHead.FindStringSubmatch(head); m != nil && m[1] != strconv.Itoa(int(r.year)) {
			continue
		} else if m != nil && strings.TrimSpace(strings.Replace(head, m[1], "", 1)) == "" && h.done < 0 {
			h.done = i
			continue
		}
		switch {
		case i == 0:
		case englishUnitHead.MatchString(head):
			h.unit = i
		case englishTargetHead.MatchString(head) && h.target < 0:
			h.target = i
		case englishDoneHead.MatchString(head) && h.done < 0:
			h.done = i
		}
	}
	return h
}

// englishRow is the figure that a row states.
func (r *oldReader) englishRow(row GridRow, h englishHead) (c Claim, ok bool) {
	name := strings.Join(strings.Fields(row.Cell(h.name).Text), " ")
	done := strings.TrimSpace(row.Cell(h.done).Text)
	if name == "" || SaysNoValue(done) || !englishFigure.MatchString(done) || englishFigure.FindString(done) != done ||
		len(name) > 2*maxClaimName {
		return c, false
	}
	c = Claim{Written: done, Dated: r.lastDay(), Line: row.Number, Kind: kpi.Flow}
	if c.Name, c.Measure = englishMeasured(name, done); h.unit >= 0 && row.Cell(h.unit).Text != "" {
		c.Measure = kpi.Measure(strings.TrimSpace(row.Cell(h.unit).Text))
	}
	if c.Measure == kpi.PercentSign || strings.HasPrefix(strings.ToLower(name), "average ") {
		c.Kind = kpi.Running
	}
	q, err := Quantity(done, c.Measure)
	if err != nil {
		return c, false
	}
	c.Mention = Mention{Written: done, Amount: q.Amount, Precision: q.Precision, Measure: c.Measure}
	if h.target >= 0 {
		if target := strings.TrimSpace(row.Cell(h.target).Text); target != "" && !SaysNoValue(target) {
			c.Target = target
		}
	}
	return c, true
}

// englishMeasured is a name without its measure in brackets, and what it is counted in: (days), %, £, or the noun that
// it ends with.
func englishMeasured(name, done string) (string, kpi.Measure) {
	braced := englishInBraces.FindStringSubmatch(name)
	if braced != nil {
		name = strings.TrimSpace(strings.TrimSuffix(name, braced[0]))
	}
	for sign, measure := range englishMoney {
		if strings.Contains(done, sign) || braced != nil && braced[1] == sign {
			return name, measure
		}
	}
	switch {
	case strings.HasSuffix(done, "%"):
		return name, kpi.PercentSign
	case braced != nil:
		return name, kpi.Measure(braced[1])
	}
	words := strings.Fields(strings.ToLower(name))
	for len(words) > 1 && englishWasDone.MatchString(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	stops := func(w string) bool { return w == "of" || slices.Contains(englishStops, w) }
	if at := slices.IndexFunc(words, stops); at > 0 {
		words = words[:at] // visits to schools
	}
	return name, kpi.Measure(words[len(words)-1])
}
