package chart

import (
	"bytes"
	"fmt"

	"dabiao/internal/kpi"
)

// Picture describes a chart drawn as a self-contained picture, for documents, for sending, and for the
// page before the chart library is loaded: no script, no style sheet, nothing fetched.
type Picture struct {
	Lang          string
	Title         string // "" in the page, which has its own title
	Foot          string // unit and date; "" in the page
	Note          string // below the foot; "" without
	Width, Height int    // of the drawing without title and foot, in pixels
	Dark          bool
}

// paint is a palette of the page.
type paint struct{ paper, ink, muted, line, bar, band, far string }

var (
	dayPaint   = paint{"#fff", "#17212b", "#566270", "#e2e4df", "#26323d", "#cfd3d2", "#b23000"}
	nightPaint = paint{"#1a2128", "#e8ecef", "#9aa7b3", "#2b343d", "#dfe5e9", "#46525d", "#ff8a5c"}
)

// plot is the area between the axes, in pixels.
type plot struct {
	marks []Stroke
	paint
	left, top, right, bottom int
	end                      kpi.Amount // the amount at the end of the axis
}

// Stroke is one line, area, dot or text of a drawing. Empty attributes are left out.
type Stroke struct {
	D, R   string // of a path, of a dot
	X, Y   int    // of a dot or a text
	Text   string
	Anchor string // "middle", "end"; "" for the start
	Title  bool   // a text in larger type
	Halo   bool   // a text that interrupts the lines behind it

	Fill, Ink, Width, Dash, Opacity string
}

const pictureFont = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif"

// SVG draws the same chart as Option.
func (y Year) SVG(p Picture) []byte {
	colours := dayPaint
	if p.Dark {
		colours = nightPaint
	}
	head, foot := 0, 0
	if p.Title != "" {
		head = 40
	}
	if p.Foot != "" {
		foot = 32
	}
	if p.Note != "" {
		foot += 20
	}
	d := y.plot(p.Width, p.Height, head, colours)
	if p.Title != "" {
		d.marks = append([]Stroke{{X: 16, Y: 30, Fill: d.ink, Title: true, Text: shortened(p.Title, 17, p.Width-32)}},
			d.marks...)
	}
	if p.Foot != "" {
		d.text(16, p.Height+head+20, d.muted, "", p.Foot)
	}
	if p.Note != "" {
		d.text(16, p.Height+head+40, d.muted, "", shortened(p.Note, 13, p.Width-32))
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" lang="%s" width="%d" height="%d" viewBox="0 0 %[2]d %[3]d" font-family="%[4]s" font-size="13">`+"\n",
		escaped(p.Lang), p.Width, p.Height+head+foot, pictureFont)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" fill="%s"/>`+"\n", d.paper)
	for _, m := range d.marks {
		m.write(&b, d.paper)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// Drawing is a chart drawn into the page itself: there with the first paint, in the page's own colours.
type Drawing struct {
	Width, Height int
	Marks         []Stroke
}

// pagePaint names the colours of the style sheet.
var pagePaint = paint{"var(--card)", "var(--ink)", "var(--muted)", "var(--line)", "var(--bar)", "var(--band)",
	"var(--far)"}

// Drawing draws the same chart as Option, so many pixels wide.
func (y Year) Drawing(width, height int) Drawing {
	return Drawing{width, height, y.plot(width, height, 0, pagePaint).marks}
}

// plot draws the axes and what is between them.
func (y Year) plot(width, height, head int, colours paint) *plot {
	d := y.frame(width, height, head)
	d.paint = colours
	d.axes(y)
	y.draw(d)
	return d
}

// frame is an empty plot of the year.
func (y Year) frame(width, height, head int) *plot {
	d := &plot{end: y.top()}
	d.left = 16 + textWidth(axisText(d.end), 13)
	d.right = width - max(y.labelRoom(), 16)
	d.top, d.bottom = plotTop+head, height-plotFoot+head
	return d
}

// The room above and below a plot, in pixels, in the picture as in the chart.
const plotTop, plotFoot = 28, 28

func (m Stroke) write(b *bytes.Buffer, paper string) {
	if m.Halo { // a text of its own: not every program that opens the picture knows paint-order
		halo := m
		halo.Halo, halo.Fill, halo.Ink, halo.Width = false, paper, paper, "4"
		halo.write(b, paper)
	}
	switch {
	case m.D != "":
		fmt.Fprintf(b, `<path d="%s"`, m.D)
	case m.R != "":
		fmt.Fprintf(b, `<circle cx="%d" cy="%d" r="%s"`, m.X, m.Y, m.R)
	default:
		fmt.Fprintf(b, `<text x="%d" y="%d"`, m.X, m.Y)
	}
	if m.Title {
		b.WriteString(` font-size="17" font-weight="600"`)
	}
	for _, a := range [...][2]string{{"fill", m.Fill}, {"stroke", m.Ink}, {"stroke-width", m.Width},
		{"stroke-dasharray", m.Dash}, {"fill-opacity", m.Opacity}, {"text-anchor", m.Anchor}} {
		if a[1] != "" {
			fmt.Fprintf(b, ` %s="%s"`, a[0], a[1])
		}
	}
	if m.Text != "" {
		fmt.Fprintf(b, ">%s</text>\n", escaped(m.Text))
		return
	}
	b.WriteString("/>\n")
}

func (d *plot) add(m Stroke) { d.marks = append(d.marks, m) }

func (d *plot) text(x, y int, colour, anchor, text string) {
	if text != "" {
		d.add(Stroke{X: x, Y: y, Fill: colour, Anchor: anchor, Text: text})
	}
}

// place writes a label where it belongs, moved down by shift.
func (d *plot) place(l label, colour string, shift int) {
	if l.text == "" {
		return
	}
	x := d.x(l.month) + 6
	switch l.anchor {
	case "end":
		x = d.x(l.month) - 8
	case "middle":
		x = d.x(l.month)
	}
	d.add(Stroke{X: x, Y: d.height(l.value) - l.rise + shift, Fill: colour, Anchor: l.anchor, Text: l.text, Halo: true})
}

// x returns the horizontal middle of a month (0 to 11), height the vertical position of an amount, both
// in pixels.
func (d *plot) x(month int) int { return d.left + (d.right-d.left)*(2*month+1)/24 }

func (d *plot) height(a kpi.Amount) int {
	return d.bottom - int(int64(d.bottom-d.top)*int64(min(max(a, 0), d.end)/1000)/max(int64(d.end/1000), 1))
}

// axisText formats a number on the axis.
func axisText(a kpi.Amount) string {
	s := a.String()
	for i, end := 0, len(s); i < len(s); i++ {
		if s[i] == '.' {
			end = i
		}
		if i == len(s)-1 {
			for k := end - 3; k > 0; k -= 3 {
				s = s[:k] + "," + s[k:]
			}
			return s
		}
	}
	return s
}

// scale draws the axis of amounts.
func (d *plot) scale(unit string) {
	for q := range 5 {
		a := d.end.Times(int64(q), 4)
		at := d.height(a)
		d.add(Stroke{D: fmt.Sprintf("M%d %dH%d", d.left, at, d.right), Ink: d.line})
		d.text(d.left-8, at+4, d.muted, "end", axisText(a))
	}
	d.text(d.left-8, d.top-12, d.muted, "end", unit)
}

func (d *plot) axes(y Year) {
	d.scale(y.Unit)
	for m, name := range y.Names {
		if textWidth(name, 13) > (d.right-d.left)/12 && m%2 == 1 {
			continue
		}
		d.text(d.x(m), d.bottom+20, d.muted, "middle", name)
	}
}

// leastBar is how high the smallest month's bar is: beside a year's target it would vanish.
const leastBar = 3

func (y Year) draw(d *plot) {
	if y.Bars != nil {
		width := (d.right - d.left) * 2 / 60
		for m, p := range y.Bars.Points {
			if p.Ok() && p.Value > 0 {
				top := min(d.height(p.Value), d.bottom-leastBar)
				d.add(Stroke{D: fmt.Sprintf("M%d %dV%dh%dV%[2]dz", d.x(m)-width/2, d.bottom, top, width), Fill: d.band})
			}
		}
	}
	if y.Cone != nil {
		y.Cone.draw(d)
	}
	for _, l := range y.Series {
		l.draw(d)
	}
	if y.Target.Value.Ok() {
		at := d.height(y.Target.Value.Value)
		d.add(Stroke{D: fmt.Sprintf("M%d %dH%d", d.left, at, d.right), Ink: d.ink, Width: "1.5", Dash: "6 4"})
	}
	for _, m := range y.Marks {
		d.add(Stroke{D: fmt.Sprintf("M%d %dh22", d.x(m.Month)-11, d.height(m.Value)), Ink: d.far, Width: "2.5"})
	}
	y.write(d)
}

// write writes the labels, last, so that no line runs through them.
func (y Year) write(d *plot) {
	moved := y.shifts()
	if y.Target.Value.Ok() && y.Target.Text != "" {
		d.add(Stroke{X: d.left + 6, Y: d.height(y.Target.Value.Value) - 6, Fill: d.ink, Text: y.Target.Text, Halo: true})
	}
	if y.Cone != nil && y.Cone.From < 11 {
		d.place(y.Cone.label(), d.muted, moved.cone)
	}
	for i, l := range y.Series {
		ink := d.muted
		if l.Style == Solid {
			ink = d.ink
		}
		if end, ok := y.endOf(l); ok {
			d.place(end, ink, moved.series[i])
		}
	}
	for i, m := range y.Marks {
		d.place(y.labelOf(m), d.ink, moved.marks[i])
	}
}

func (c Cone) draw(d *plot) {
	_, _, _, ok := c.at(11)
	if !ok {
		return
	}
	from, to := d.x(c.From), d.x(11)
	start := d.height(c.Start)
	d.add(Stroke{D: fmt.Sprintf("M%d %dL%d %dV%dz", from, start, to, d.height(c.High), d.height(c.Low)), Fill: d.band,
		Opacity: ".55"})
	d.add(Stroke{D: fmt.Sprintf("M%d %dL%d %d", from, start, to, d.height(c.Middle)), Ink: d.bar, Width: "1.5",
		Dash: "5 3"})
}

// draw draws a series, with a gap for each month without a number.
func (s Series) draw(d *plot) {
	mark := Stroke{Fill: "none", Ink: d.muted, Width: "1.5"}
	switch s.Style {
	case Solid:
		mark.Ink, mark.Width = d.bar, "2"
	case Dotted:
		mark.Dash = "1.5 3"
	}
	pen := "M"
	for m, p := range s.Points {
		if !p.Ok() {
			pen = "M"
			continue
		}
		mark.D += fmt.Sprintf("%s%d %d", pen, d.x(m), d.height(p.Value))
		pen = "L"
		if s.Style == Solid {
			d.add(Stroke{X: d.x(m), Y: d.height(p.Value), R: "2.5", Fill: mark.Ink})
		}
	}
	if mark.D != "" {
		d.add(mark)
	}
}
