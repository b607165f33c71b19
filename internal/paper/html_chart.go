package paper

import (
	"strconv"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
)

// drawing draws a chart as it is printed, as large as in the Word file.
func (x *sheetText) drawing(d drawing) {
	class := "sheet-chart"
	if d.turn {
		class, x.down = class+" sheet-turn", 0
	}
	x.down += d.height() + around
	x.picture(d, class)
}

// picture draws a chart with its numbers in words for those who do not see it. All measures are twentieths of a point.
func (x *htmlText) picture(d drawing, class string) {
	height := d.height()
	x.Add(`<svg class="%s" width="%s" height="%s" viewBox="0 0 %d %d" role="img" aria-label="%s">`+"\n", class,
		px(TextWidth), px(height), TextWidth, height, d.says())
	if !x.hatched { // every chart uses the first one's
		x.hatched = true
		x.WriteString(`<defs><pattern id="sheet-hatch" width="60" height="60" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
			`<path d="M0 0V60" stroke="#000" stroke-width="24"/></pattern></defs>` + "\n")
	}
	x.label(TextWidth/2, 300, 240, "middle", d.Title, ` font-weight="bold"`)
	if d.rated() {
		x.rateBars(d)
	} else {
		x.countBars(d)
	}
	x.WriteString("</svg>\n")
}

func (x *htmlText) label(left, base, size int, anchor, text, more string) {
	x.Add(`<text x="%d" y="%d" font-size="%d" text-anchor="%s"`, left, base, size, anchor)
	x.WriteString(more)
	x.Add(">%s</text>\n", text)
}

func (x *htmlText) bar(left, top, width, height int, fill string) {
	x.Add(`<rect x="%d" y="%d" width="%d" height="%d" fill="%s" stroke="#000" stroke-width="10"/>`+"\n", left, top, width,
		height, fill)
}

// rateBars draws bars, frames, notes, the line at 100 % and the key.
func (x *htmlText) rateBars(d drawing) {
	plot, end := TextWidth-d.names-d.notes, rateTop+d.each*len(d.Names)
	at := func(r int64) int { return d.names + int(min(r, rateEnd*100))*plot/(rateEnd*100) }
	for i, name := range d.Names {
		top, middle := rateTop+i*d.each, rateTop+i*d.each+d.each/2
		high := d.each * 10 / 17
		for _, p := range d.Parts {
			if p.Rates[i] == nil {
				continue
			}
			x.bar(d.names, top+(d.each-high)/2, at(int64(*p.Rates[i]))-d.names, high, fillOf(p))
		}
		x.column(d.lines(name, d.names-nameSpace), d.names-120, middle, d.size, "end")
		if d.Noted != "" {
			x.column(d.noteLines(d.Notes[i]), TextWidth-d.notes+80, middle, d.size, "start")
		}
	}
	for _, r := range []int64{0, 100_00} {
		x.Add(`<path d="M%d %dV%d" stroke="#000" stroke-width="25"/>`+"\n", at(r), rateTop, end)
		x.label(at(r), rateTop-80, d.size, "middle", lang.Printer{}.Share(kpi.Percent(r)), "")
	}
	x.key(d.Parts, end+380, fillOf)
}

func fillOf(p ChartPart) string {
	switch {
	case p.Mark:
		return "none"
	case p.Hatched:
		return "url(#sheet-hatch)"
	}
	return "#a6a6a6"
}

// column writes lines around the middle of a row.
func (x *htmlText) column(lines []string, left, middle, size int, anchor string) {
	pitch := size * 12 / 10
	for k, line := range lines {
		x.label(left, middle+size*35/100+k*pitch-(len(lines)-1)*pitch/2, size, anchor, line, "")
	}
}

// countBars draws each name's parts side by side, with their numbers, and the key.
func (x *htmlText) countBars(d drawing) {
	const left, top, each = TextWidth / 4, 600, 520
	most := 1
	for i := range d.Names {
		n := 0
		for _, p := range d.Parts {
			n += p.Counts[i]
		}
		most = max(most, n)
	}
	fill := map[string]string{}
	for i, p := range d.Parts {
		fill[p.Name] = "#" + shades[min(i, len(shades)-1)]
	}
	for i, name := range d.Names {
		x.column([]string{name}, left-120, top+i*each+each/2, 210, "end")
		from := left
		for k, p := range d.Parts {
			if p.Counts[i] == 0 {
				continue
			}
			width := p.Counts[i] * (TextWidth - left - 200) / most
			x.bar(from, top+i*each+95, width, 330, fill[p.Name])
			ink := ""
			if k < 2 {
				ink = ` fill="#fff"`
			}
			x.label(from+width/2, top+i*each+each/2+75, 210, "middle", strconv.Itoa(p.Counts[i]), ink)
			from += width
		}
	}
	x.key(d.Parts, top+each*len(d.Names)+500, func(p ChartPart) string { return fill[p.Name] })
}

// key says what fills mean, in the middle of a line.
func (x *htmlText) key(parts []ChartPart, base int, fill func(ChartPart) string) {
	l := letterer{size: 210, latin: 60}
	width := 0
	for _, p := range parts {
		width += l.width(p.Name) + 500
	}
	at := (TextWidth - width) / 2
	for _, p := range parts {
		x.bar(at, base-150, 150, 150, fill(p))
		x.label(at+220, base, 210, "start", p.Name, "")
		at += l.width(p.Name) + 500
	}
}
