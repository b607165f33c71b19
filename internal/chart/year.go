package chart

import (
	"slices"

	"dabiao/internal/kpi"
	"dabiao/internal/progress"
)

// Year is a chart of twelve months as cumulative curves: an indicator's achievement against its plan and
// target, this year against the last, or the budget's execution against the year.
type Year struct {
	Names  [12]string
	Unit   string   // what the axis counts: 人, %
	Bars   *Series  // what each month added; nil: not drawn
	Series []Series // the value at the end of each month, drawn in this order
	Target Level
	Cone   *Cone
	Marks  []Mark
}

// Series is one curve or row of bars. Texts are shown when a month is pointed at.
type Series struct {
	Style  Style
	Points [12]progress.Opt[kpi.Amount]
	Texts  [12]string
	End    string // label of the line's last point; "" for none
}

// Style is how a line is drawn; colour is never the only difference.
type Style string

// The styles.
const (
	Solid  Style = "solid"  // what was achieved
	Dotted Style = "dotted" // the plan
	Faint  Style = "faint"  // the year before
)

// Level is a horizontal line across the chart.
type Level struct {
	Value progress.Opt[kpi.Amount]
	Text  string
}

// Cone is where the year may end, seen from the month From (0 to 11): between Low and High, at Middle
// if it continues as before.
type Cone struct {
	From              int
	Start             kpi.Amount
	Low, Middle, High kpi.Amount
	Text              string // label at its end
}

// Mark is a short line at one month, such as a supervision line.
type Mark struct {
	Month int // 0 to 11
	Value kpi.Amount
	Text  string
}

// length returns the number of months up to the last point that exists.
func (s Series) length() int {
	for n := len(s.Points); n > 0; n-- {
		if s.Points[n-1].Ok() {
			return n
		}
	}
	return 0
}

// at returns the cone's edges and middle at the end of a month; ok is false before it begins.
func (c Cone) at(m int) (low, middle, high kpi.Amount, ok bool) {
	if m < c.From || c.From >= 11 {
		return 0, 0, 0, false
	}
	along := func(end kpi.Amount) kpi.Amount {
		return c.Start + (end-c.Start).Times(int64(m-c.From), int64(11-c.From))
	}
	return along(c.Low), along(c.Middle), along(c.High), true
}

// above reports whether the achievement is above a mark.
func (y Year) above(m Mark) bool {
	for _, s := range y.Series {
		if s.Style == Solid && s.Points[m.Month].Ok() && s.Points[m.Month].Value >= m.Value {
			return true
		}
	}
	return false
}

// crowded reports whether a line's label would stand on the cone or on a series that goes on behind it:
// then it stands before its point.
func (y Year) crowded(s Series) bool {
	n := s.length()
	goesOn := func(o Series) bool { return o.Style == Faint && o.length() > n }
	return y.Cone != nil && n <= y.Cone.From+1 || s.Style == Solid && slices.ContainsFunc(y.Series, goesOn)
}

// labelRoom returns the margin needed by the labels at the ends.
func (y Year) labelRoom() int {
	room := 16
	for _, s := range y.Series {
		if s.End != "" && s.length() >= 10 && !y.crowded(s) {
			room = max(room, textWidth(s.End, 13)+20)
		}
	}
	if y.Cone != nil {
		room = max(room, textWidth(y.Cone.Text, 13)+20)
	}
	return room
}

// top returns the end of the axis: above the highest number, so that no line touches the edge, and
// round, so that the axis labels are whole.
func (y Year) top() kpi.Amount {
	high := kpi.Amount(1)
	if y.Target.Value.Ok() {
		high = max(high, y.Target.Value.Value)
	}
	curves := y.Series
	if y.Bars != nil {
		curves = append(curves[:len(curves):len(curves)], *y.Bars)
	}
	for _, s := range curves {
		for _, p := range s.Points {
			if p.Ok() {
				high = max(high, p.Value)
			}
		}
	}
	for _, m := range y.Marks {
		high = max(high, m.Value)
	}
	if y.Cone != nil {
		high = max(high, y.Cone.High)
	}
	return roundUp(high.Times(110, 100))
}

// interval divides an axis that ends at top so that its labels are whole if possible and the last one
// is top itself: ECharts' own choice puts 1,500 right below 1,600.
func interval(top kpi.Amount) kpi.Amount {
	for _, parts := range []kpi.Amount{4, 5, 3, 2, 1} {
		if top%(parts*kpi.One) == 0 {
			return top / parts
		}
	}
	return top / 4
}

// roundUp returns the next of 1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8 × 10ⁿ, numbers that divide well by
// four.
func roundUp(a kpi.Amount) kpi.Amount {
	unit := kpi.Amount(1)
	for unit < a/10 {
		unit *= 10
	}
	for _, tenths := range []kpi.Amount{10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100} {
		if unit*tenths/10 >= a {
			return unit * tenths / 10
		}
	}
	return unit * 10
}
