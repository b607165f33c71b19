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
	bytes.Buffer
	paint
	left, top, right, bottom int
	end                      kpi.Amount // the amount at the end of the axis
}

const pictureFont = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif"

// SVG draws the same chart as Option.
func (y Year) SVG(p Picture) []byte {
	d := &plot{paint: dayPaint, top: 28, end: y.top()}
	if p.Dark {
		d.paint = nightPaint
	}
	head, foot := 0, 0
	if p.Title != "" {
		head = 40
	}
	if p.Foot != "" {
		foot = 32
	}
	d.left = 16 + textWidth(axisText(d.end), 13)
	d.right = p.Width - max(y.labelRoom(), 16)
	d.top, d.bottom = d.top+head, p.Height-28+head
	fmt.Fprintf(d, `<svg xmlns="http://www.w3.org/2000/svg" lang="%s" width="%d" height="%d" viewBox="0 0 %[2]d %[3]d" font-family="%[4]s" font-size="13">`+"\n",
		escaped(p.Lang), p.Width, p.Height+head+foot, pictureFont)
	fmt.Fprintf(d, `<rect width="100%%" height="100%%" fill="%s"/>`+"\n", d.paper)
	if p.Title != "" {
		d.text(16, 30, d.ink, ` font-size="17" font-weight="600"`, shortened(p.Title, 17, p.Width-32))
	}
	d.axes(y)
	y.draw(d)
	if p.Foot != "" {
		d.text(16, p.Height+head+20, d.muted, "", p.Foot)
	}
	d.WriteString("</svg>\n")
	return d.Bytes()
}

func (d *plot) text(x, y int, colour, more, text string) {
	fmt.Fprintf(d, `<text x="%d" y="%d" fill="%s"%s>%s</text>`+"\n", x, y, colour, more, escaped(text))
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

func (d *plot) axes(y Year) {
	for q := range 5 {
		a := d.end.Times(int64(q), 4)
		at := d.height(a)
		fmt.Fprintf(d, `<path d="M%d %dH%d" stroke="%s"/>`+"\n", d.left, at, d.right, d.line)
		d.text(d.left-8, at+4, d.muted, ` text-anchor="end"`, axisText(a))
	}
	for m, name := range y.Names {
		if textWidth(name, 13) > (d.right-d.left)/12 && m%2 == 1 {
			continue
		}
		d.text(d.x(m), d.bottom+20, d.muted, ` text-anchor="middle"`, name)
	}
}

func (y Year) draw(d *plot) {
	if y.Bars != nil {
		width := (d.right - d.left) * 2 / 60
		for m, p := range y.Bars.Points {
			if p.Ok() && p.Value > 0 {
				fmt.Fprintf(d, `<path d="M%d %dV%dh%dV%[2]dz" fill="%[5]s"/>`+"\n", d.x(m)-width/2, d.bottom,
					d.height(p.Value), width, d.band)
			}
		}
	}
	if y.Cone != nil {
		y.Cone.draw(d)
	}
	for _, l := range y.Lines {
		l.draw(d, y.crowded(l))
	}
	if y.Target.Value.Ok() {
		at := d.height(y.Target.Value.Value)
		fmt.Fprintf(d, `<path d="M%d %dH%d" stroke="%s" stroke-width="1.5" stroke-dasharray="6 4"/>`+"\n",
			d.left, at, d.right, d.ink)
		d.text(d.left+6, at-6, d.ink, "", y.Target.Text)
	}
	for _, m := range y.Marks {
		at := d.height(m.Value)
		fmt.Fprintf(d, `<path d="M%d %dh22" stroke="%s" stroke-width="2.5"/>`+"\n", d.x(m.Month)-11, at, d.far)
		label := at - 8
		if y.above(m) {
			label = at + 18
		}
		d.text(d.x(m.Month), label, d.ink, ` text-anchor="middle"`, m.Text)
	}
}

func (c Cone) draw(d *plot) {
	_, _, _, ok := c.at(11)
	if !ok {
		return
	}
	from, to := d.x(c.From), d.x(11)
	start := d.height(c.Start)
	fmt.Fprintf(d, `<path d="M%d %dL%d %dV%dz" fill="%s" fill-opacity=".55"/>`+"\n", from, start, to,
		d.height(c.High), d.height(c.Low), d.band)
	fmt.Fprintf(d, `<path d="M%d %dL%d %d" stroke="%s" stroke-width="1.5" stroke-dasharray="5 3"/>`+"\n", from, start,
		to, d.height(c.Middle), d.bar)
	d.text(to+6, d.height(c.Middle)-4, d.muted, "", c.Text)
}

// draw draws a line; months without a number are gaps.
func (l Line) draw(d *plot, crowded bool) {
	colour, more := d.muted, ` stroke-width="1.5"`
	switch l.Style {
	case Solid:
		colour, more = d.bar, ` stroke-width="2"`
	case Dotted:
		more += ` stroke-dasharray="1.5 3" stroke-linecap="round"`
	}
	path, pen := "", "M"
	last := -1
	for m, p := range l.Points {
		if !p.Ok() {
			pen = "M"
			continue
		}
		path += fmt.Sprintf("%s%d %d", pen, d.x(m), d.height(p.Value))
		pen, last = "L", m
		if l.Style == Solid {
			fmt.Fprintf(d, `<circle cx="%d" cy="%d" r="2.5" fill="%s"/>`+"\n", d.x(m), d.height(p.Value), colour)
		}
	}
	if last < 0 {
		return
	}
	fmt.Fprintf(d, `<path d="%s" fill="none" stroke="%s"%s/>`+"\n", path, colour, more)
	if l.End != "" {
		ink := d.muted
		if l.Style == Solid {
			ink = d.ink
		}
		if crowded {
			d.text(d.x(last)-8, d.height(l.Points[last].Value)-6, ink, ` text-anchor="end"`, l.End)
			return
		}
		d.text(d.x(last)+6, d.height(l.Points[last].Value)-4, ink, "", l.End)
	}
}
