package chart

import "dabiao/internal/kpi"

// shifts is how far the labels of a chart are moved down, in pixels, so that none stands on another.
type shifts struct {
	series, marks []int
	cone          int
}

// box is the place of a text.
type box struct{ left, right, top, bottom int }

func (b box) on(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}

// The room that a text takes above and below its base, and how high a chart is in the page.
const (
	labelRise, labelFall = 13, 4
	labelGap             = labelRise + labelFall
	chartHeight          = 300
)

// widths are those of the page's charts. The library's labels are placed before its width is known; labels that do not
// overlap at these two widths do not overlap in between.
var widths = []int{720, 340}

// label is a text at a month's value.
type label struct {
	text   string
	month  int
	value  kpi.Amount
	anchor string // "": after its point, "end": before it, "middle": at it
	rise   int    // of its base above the value
}

// in is the label's place in a chart.
func (l label) in(d *plot, shift int) box {
	w, base := textWidth(l.text, 13), d.height(l.value)-l.rise+shift
	left := d.x(l.month) + 6
	switch l.anchor {
	case "end":
		left = d.x(l.month) - 8 - w
	case "middle":
		left = d.x(l.month) - w/2
	}
	return box{left - 2, left + w + 2, base - labelRise, base + labelFall}
}

// shifts places the labels one after the other, what was achieved first, each as near to its point as the
// ones before it leave room. The target's label stays where it is.
func (y Year) shifts() shifts {
	out := shifts{series: make([]int, len(y.Series)), marks: make([]int, len(y.Marks))}
	frames := make([]*plot, len(widths))
	taken := make([][]box, len(widths))
	for i, w := range widths {
		frames[i] = y.frame(w, chartHeight, 0)
		if y.Target.Value.Ok() && y.Target.Text != "" {
			taken[i] = []box{y.Target.in(frames[i])}
		}
	}
	free := func(l label, shift int) bool {
		for i, d := range frames {
			b := l.in(d, shift)
			if b.top < 0 || b.bottom > d.bottom {
				return false
			}
			for _, t := range taken[i] {
				if b.on(t) {
					return false
				}
			}
		}
		return true
	}
	place := func(l label) int {
		if l.text == "" {
			return 0
		}
		shift := nearest(func(shift int) bool { return free(l, shift) })
		for i, d := range frames {
			taken[i] = append(taken[i], l.in(d, shift))
		}
		return shift
	}
	for _, solid := range []bool{true, false} {
		for i, l := range y.Series {
			if label, ok := y.endOf(l); ok && solid == (l.Style == Solid) {
				out.series[i] = place(label)
			}
		}
		if solid && y.Cone != nil && y.Cone.From < 11 {
			out.cone = place(y.Cone.label())
		}
	}
	for i, m := range y.Marks {
		out.marks[i] = place(y.labelOf(m))
	}
	return out
}

// nearest is the smallest shift up or down that is free; 0 if none is.
func nearest(free func(shift int) bool) int {
	for by := range chartHeight {
		for _, shift := range []int{-by, by} {
			if free(shift) {
				return shift
			}
		}
	}
	return 0
}

// endOf is the label at a line's last point; ok is false for a line without points.
func (y Year) endOf(l Series) (end label, ok bool) {
	n := l.length()
	if n == 0 {
		return end, false
	}
	end = label{text: l.End, month: n - 1, value: l.Points[n-1].Value, rise: 4}
	if y.crowded(l) {
		end.anchor, end.rise = "end", 6
	}
	return end, true
}

// labelOf is a mark's label, on the side away from the achievement.
func (y Year) labelOf(m Mark) label {
	l := label{text: m.Text, month: m.Month, value: m.Value, anchor: "middle", rise: 8}
	if y.above(m) {
		l.rise = -18
	}
	return l
}

// in is the place of the level's text, above its line's start.
func (l Level) in(d *plot) box {
	left, base := d.left+6, d.height(l.Value.Value)-6
	return box{left - 2, left + textWidth(l.Text, 13) + 2, base - labelRise, base + labelFall}
}

// label is the forecast, at the end of the year.
func (c Cone) label() label { return label{text: c.Text, month: 11, value: c.Middle, rise: 4} }
