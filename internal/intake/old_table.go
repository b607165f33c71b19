package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"dabiao/internal/kpi"
)

// oldTable is where a table of a report stands: the area of the heading above it, and whether it is of money or staff.
type oldTable struct {
	area   string
	beside bool
}

// stands notes where a table stands, at its first row.
func (r *oldReader) stands(l Line) {
	for len(r.tables) < l.Table {
		beside := r.section == OldBasic || r.section == OldProject || r.section == OldGeneral || r.section == OldFunds ||
			r.section == OldCapital || r.section == OldInsurance || r.section == OldStaffing
		r.tables = append(r.tables, oldTable{r.area, beside})
	}
}

// levelsOf are words of the groups that finance bureaus sort indicators in; they are no areas of work.
var levelsOf = regexp.MustCompile(`^(?:产出|效益|满意度|成本|数量|质量|时效|经济|社会|生态|可持续)[^一二三]{0,6}(?:指标|效益|影响)?(?:(?:目标)?(?:完成|实现)?情况)?(?:分析)?$`)

// readTables takes the figures of tables that say what was achieved of each indicator. What the text has said
// already takes its target from there.
func (r *oldReader) readTables(lines []Line) {
	for n, g := range TableGrids(lines) {
		table, err := ReadIndicators([]Grid{g}, r.year)
		if err != nil || table.Done == "" || r.tables[n].beside {
			continue
		}
		for _, row := range table.Rows {
			if c, ok := r.tableClaim(row, r.tables[n].area); ok && !r.toldInText(c) && len(r.claims) < MaxClaims {
				r.claims = append(r.claims, c)
			}
		}
	}
}

// tableClaim is the figure that a row of a table states.
func (r *oldReader) tableClaim(row IndicatorRow, area string) (c Claim, ok bool) {
	done, name := row.Cells[IndicatorDone], strings.Join(strings.Fields(row.Cells[IndicatorName]), " ")
	measure := kpi.Measure(row.Cells[IndicatorMeasure]).Canonical()
	if name == "" || done == "" || SaysNoValue(done) || utf8.RuneCountInString(name) > maxClaimName {
		return c, false
	}
	if bareFigure.MatchString(done) {
		done += string(measure)
	}
	found := Mentions(done, append(slices.Clone(oldMeasures), measure), nil)
	if len(found) != 1 {
		return c, false
	}
	c = Claim{Name: name, Area: area, Written: found[0].Written, Mention: found[0], Dated: r.lastDay(), Line: row.Number}
	if own := row.Cells[IndicatorArea]; own != "" && !levelsOf.MatchString(own) {
		c.Area = own
	}
	if c.Measure == "" {
		c.Measure = measure
	}
	s := sentence{oldReader: r, first: len(r.claims)}
	if c.Kind = s.kindOf(c, name, ""); c.Kind == kpi.Ratio {
		c.Kind = kpi.Running
	}
	if target := row.Cells[IndicatorTarget]; target != "" && !SaysNoValue(target) {
		c.Target = target
		c.Kind = yearsWork(c.Kind, name, c.Measure)
	}
	return c, true
}

var bareFigure = regexp.MustCompile(`^[\s\d,.０-９，．]+[余多]?$`)

// toldInText reports whether the text states the same figure of the same thing; it then learns its target.
func (r *oldReader) toldInText(c Claim) bool {
	for i := range r.claims {
		told := &r.claims[i]
		same := told.Amount == c.Amount && commonCount(told.Measure) == commonCount(c.Measure)
		large := c.Amount >= kpi.Whole(100) && !c.Measure.IsRate()
		if plainName(told.Name) != plainName(c.Name) && !(same && (large || alike(told.Name, c.Name))) {
			continue
		}
		if same && told.Target == "" {
			told.Target = c.Target
		}
		return true
	}
	return false
}

// alike reports whether two names have two characters in a row in common, English ones a word.
func alike(a, b string) bool {
	if isASCII(a) && isASCII(b) { // two letters are in most words
		others := strings.Fields(strings.ToLower(b))
		return slices.ContainsFunc(strings.Fields(strings.ToLower(a)), func(w string) bool {
			return len(w) > 3 && slices.Contains(others, w)
		})
	}
	runes := []rune(a)
	for i := range max(0, len(runes)-1) {
		if strings.Contains(b, string(runes[i:i+2])) {
			return true
		}
	}
	return false
}
