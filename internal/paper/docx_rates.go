package paper

import (
	"strconv"
	"strings"
)

// A chart of rates has three columns: names, bars up to rateEnd percent, notes. All measures are twentieths of a point.
const (
	nameColumn = TextWidth * 35 / 100 // at most, where notes need more than a line
	noteColumn = TextWidth * 33 / 100
	leastBars  = TextWidth * 25 / 100
	rateTop    = 1000 // title and axis
	rateFoot   = 560  // the key
	rateEnd    = 140  // longer bars are cut; the note has the rate
)

// What stands beside a name and beside a note in their columns.
const (
	nameSpace = 160
	noteSpace = 200
)

// rateLayout is how a chart of rates is laid out: its letters, its columns and the height of its rows, all alike.
type rateLayout struct {
	letterer
	names, notes int
	each         int
}

// rates returns the layout in which every name and note has room: 9 or 8 points and a line for each, if that leaves
// room for bars, or 8 points and as many lines as the longest needs.
func (c Chart) rates(latin int) rateLayout {
	var l letterer
	for _, size := range []int{180, 160} {
		l = letterer{size: size, latin: latin}
		names, notes := TextWidth/5, TextWidth/5
		for i, name := range c.Names {
			names = max(names, l.width(name)+nameSpace)
			notes = max(notes, l.width(c.note(i))+noteSpace)
		}
		if names+notes <= TextWidth-leastBars {
			return rateLayout{l, names, notes, rowOf(l, 1)}
		}
	}
	out, lines := rateLayout{letterer: l, names: nameColumn, notes: noteColumn}, 1
	for i, name := range c.Names {
		lines = max(lines, len(l.lines(name, nameColumn-nameSpace)), len(out.noteLines(c.note(i))))
	}
	out.each = rowOf(l, lines)
	return out
}

// rowOf is the height of a row of so many lines.
func rowOf(l letterer, lines int) int { return lines*l.size*13/10 + 120 }

// heightOf is the height of a chart of so many rows.
func (l rateLayout) heightOf(rows int) int { return rateTop + l.each*rows + rateFoot }

// fits returns how many rows a chart has at most that is no higher than what is left.
func (l rateLayout) fits(left int) int { return max(left-l.heightOf(0), 0) / l.each }

func (c Chart) note(i int) string {
	if c.Noted == "" {
		return ""
	}
	return c.Notes[i]
}

// noteLines breaks a note where it says so, if it is too long for a line.
func (l rateLayout) noteLines(note string) []string {
	parts := strings.Split(note, noteBreak)
	if whole := strings.Join(parts, "  "); l.width(whole) <= l.notes-noteSpace {
		return []string{whole}
	}
	var out []string
	for _, p := range parts {
		out = append(out, l.lines(p, l.notes-noteSpace)...)
	}
	return out
}

// noteBreak parts a chart's note in two, which stand below each other where a line has no room for both.
const noteBreak = "  "

// ratePlot writes a bar for each name's rate, filled or hatched, a line at 100 %, a frame up to what is marked, and the
// notes at the right as labels of a series that is not seen.
func (x *Markup) ratePlot(c Chart, l rateLayout) {
	height := float64(l.heightOf(len(c.Names)))
	x.Add(`<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>`+
		`<c:x val="%.4f"/><c:y val="%.4f"/><c:w val="%.4f"/><c:h val="%.4f"/></c:manualLayout></c:layout>`,
		float64(l.names)/float64(TextWidth), rateTop/height,
		float64(TextWidth-l.names-l.notes)/float64(TextWidth), float64(l.each*len(c.Names))/height)
	x.WriteString(`<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>` + "\n")
	for i, p := range c.Parts {
		x.seriesHead(i, p.Name)
		switch {
		case p.Mark:
			x.WriteString(`<c:spPr><a:noFill/><a:ln w="12700"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr><c:invertIfNegative val="0"/>`)
		case p.Hatched:
			x.WriteString(`<c:spPr><a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="000000"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>` + outline + `</c:spPr><c:invertIfNegative val="0"/>`)
		default:
			x.WriteString(`<c:spPr><a:solidFill><a:srgbClr val="A6A6A6"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr><c:invertIfNegative val="0"/>`)
		}
		x.seriesData(c, i+2, p.number)
	}
	if c.Noted != "" {
		x.notes(c, l)
	}
	x.WriteString(`<c:gapWidth val="70"/><c:overlap val="100"/><c:axId val="111"/><c:axId val="222"/></c:barChart>` +
		nameAxis(l.size*5))
	x.Add(`<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/><c:max val="%d"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="t"/><c:majorGridlines><c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="0&quot;%%&quot;" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>`, rateEnd)
	x.WriteString(chartText(l.size*5) +
		`<c:crossAx val="111"/><c:crosses val="autoZero"/><c:majorUnit val="100"/></c:valAx>`)
}

// notes writes a series that ends at the end of the axis and bears the notes. It has no name, so that the key does not
// show it: programs do not agree which entry is the one to leave out.
func (x *Markup) notes(c Chart, l rateLayout) {
	i := len(c.Parts)
	x.Add(`<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx><c:v> </c:v></c:tx>`, i, i)
	x.WriteString(`<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:invertIfNegative val="0"/><c:dLbls>`)
	size := strconv.Itoa(l.size * 5)
	for k := range c.Names {
		x.Add(`<c:dLbl><c:idx val="%d"/><c:tx><c:rich><a:bodyPr wrap="none"/>`, k)
		for _, line := range l.noteLines(c.Notes[k]) {
			x.Add(`<a:p><a:pPr algn="l">`+textProperties(l.size*5, false)+`</a:pPr><a:r><a:rPr lang="zh-CN" sz="`+size+
				`"/><a:t>%s</a:t></a:r></a:p>`, line)
		}
		x.WriteString(`</c:rich></c:tx><c:dLblPos val="outEnd"/>` + showing(true) + `</c:dLbl>`)
	}
	x.WriteString(`<c:spPr><a:noFill/></c:spPr>` + chartText(l.size*5) + `<c:dLblPos val="outEnd"/>` + showing(true) +
		`</c:dLbls>`)
	x.seriesData(c, i+3, func(int) (string, bool) { return strconv.Itoa(rateEnd), true })
}
