package paper

import (
	"strconv"
	"strings"
)

// Sheets is a document as its printed pages, to be shown within a page that brings the style sheet of paper.
type Sheets struct{ Document Document }

// HTML returns cover, text and annexes in the sizes of the Word file, with the same tables and parts of charts. Where
// pages end is left to the browser. A heading of a place has its key as anchor, after "sheet-". All text is escaped;
// nothing is styled in place.
func (s Sheets) HTML() string {
	d := s.Document
	word := body(d) // it says how charts are parted
	x := sheetText{htmlText: htmlText{whole: true, link: func(Run) Link { return Link{} }}, drawn: word.drawn}
	x.letters = lettererOf(d.Language)
	x.Add(`<div class="sheets" lang="%s" tabindex="0" role="group" aria-label="%s"`, string(d.Language), d.Title)
	if d.Sample {
		x.Add(` data-notice="%s"`, d.Notice)
	}
	x.WriteString(">\n")
	if len(d.Sections) > 0 {
		x.cover(d)
	}
	for i, s := range spreads(d) {
		class, width := "sheet-flow", TextWidth
		if s.wide {
			class, width = "sheet-flow sheet-wide", wideWidth
		}
		x.Add(`<div class="%s">`+"\n", class)
		if i == 0 && len(d.Sections) > 0 {
			x.lines("p", "sheet-title", d.brokenTitle())
			x.WriteString(`<p class="sheet-gap"></p>` + "\n")
		}
		if x.height = textHeight; s.wide {
			x.height = wideHeight
		}
		x.spread(s, width)
		x.WriteString("</div>\n")
	}
	x.WriteString("</div>\n")
	return x.String()
}

// sheetText writes a document as it is printed.
type sheetText struct {
	htmlText
	drawn  []drawing
	charts int // that were written
}

func (x *sheetText) lines(tag, class, text string) {
	x.WriteString("<" + tag + ` class="` + class + `">`)
	x.text(text)
	x.WriteString("</" + tag + ">\n")
}

func (x *sheetText) cover(d Document) {
	x.WriteString(`<div class="sheet-cover">` + "\n")
	x.lines("p", "sheet-mark", d.Mark)
	x.lines("p", "sheet-title sheet-first", d.brokenTitle())
	if d.Number != "" {
		x.lines("p", "sheet-line", d.Number)
	}
	if d.Sample {
		x.lines("p", "sheet-notice", d.Notice)
	}
	x.WriteString(`<div class="sheet-space"></div><div class="sheet-below">` + "\n")
	for _, line := range append(append([]string{d.Office}, d.Lines...), d.Dated) {
		x.lines("p", "sheet-line", line)
	}
	x.WriteString("</div></div>\n")
}

func (x *sheetText) spread(s spread, width int) {
	x.ends = s.end()
	for _, section := range s.sections {
		x.Add(`<h2 class="sheet-h1" id="sheet-%s">%s</h2>`+"\n", section.Key, section.Heading)
		x.blocks(section.Blocks, width)
	}
	for i, line := range s.attached {
		class := "sheet-attached"
		if i == 0 {
			x.WriteString(`<p class="sheet-gap sheet-stays"></p>` + "\n")
			class += " sheet-attached-first"
		}
		if i < len(s.attached)-1 { // the list stays on one page
			class += " sheet-stays"
		}
		x.lines("p", class, line)
	}
	for _, a := range s.annexes {
		x.Add(`<div class="sheet-annex" id="sheet-annex-%s">`+"\n", a.Key)
		if a.Mark != "" {
			x.lines("p", "sheet-mark", a.Mark)
		}
		x.lines("h2", "sheet-title", a.Title)
		x.lines("p", "sheet-line", a.Subtitle)
		x.down = x.annexTop(a, width)
		x.blocks(a.Blocks, width)
		x.WriteString("</div>\n")
	}
}

func (x *sheetText) blocks(blocks []Block, width int) {
	fitted := x.letters.fitted(blocks, width)
	for i, b := range blocks {
		switch {
		case b.Heading != nil:
			x.Add(`<h3 class="sheet-h%d"`, b.Heading.Level)
			if b.Heading.Place != "" {
				x.Add(` id="sheet-%s"`, b.Heading.Place)
			}
			x.Add(">%s</h3>\n", b.Heading.Text)
		case b.Paragraph != nil:
			class := "sheet-text"
			if b.Paragraph.Note {
				class = "sheet-note"
			}
			if beforeCode(blocks[i+1:]) != "" || b.Paragraph == x.ends {
				class += " sheet-stays"
			}
			x.lines("p", class, b.Paragraph.Text())
			x.noted(b.Paragraph.Text(), width)
		case b.Chart != nil:
			x.charts++
			for _, d := range x.drawn {
				if d.of == x.charts {
					x.drawing(d)
				}
			}
		case b.QR != nil:
			x.codeSVG(*b.QR)
		case b.Table != nil:
			turn := false
			if i > 0 && blocks[i-1].Table != nil {
				turn = x.begins(*b.Table, fitted[i])
			}
			x.table(*b.Table, fitted[i], x.below(blocks, fitted, i, width), turn)
		}
	}
}

// px converts twentieths of a point to a browser's pixels.
func px(twentieths int) string { return strconv.FormatFloat(float64(twentieths)/15, 'f', 1, 64) }

// table writes a table with the rows' heights of the Word file. A cell that spans rows is parted into one for each row,
// as browsers do not end a page within one: its lines stand around the middle of what of it is on a page.
func (x *sheetText) table(t Table, widths []int, noted int, turn bool) {
	class := "sheet-table"
	if turn {
		class, x.down = class+" sheet-turn", 0
	}
	rows := x.turns(t, widths, noted)
	if rows.tight {
		class += " sheet-tight"
	}
	x.Add(`<table class="%s" width="%s"><colgroup>`, class, px(sum(widths)))
	for _, w := range widths {
		x.Add(`<col width="%s">`, px(w))
	}
	x.WriteString("</colgroup>\n")
	at := map[Place]sheetCell{}
	for _, c := range t.Place() {
		width := sum(widths[c.Column:c.Column+c.Columns]) - cellMargins
		text := x.letters.soft(c.Text(), width)
		parted(c, x.letters.lines(text, width), rows.turns, at)
		if c.Rows == 1 {
			at[Place{c.Row, c.Column}] = sheetCell{Placed: c, text: text}
		}
	}
	for r := range t.Rows {
		x.turnRow(t, r-1)
		x.Add(`<tr height="%s">`, px(rows.heights[r]))
		for column := 0; column < len(widths); {
			c := at[Place{r, column}]
			x.sheetCell(c)
			column += max(c.Columns, 1)
		}
	}
	x.turnRow(t, len(t.Rows)-1)
	x.WriteString("</table>\n")
}

// sheetCell is what of a cell stands in one row.
type sheetCell struct {
	Placed
	class string
	text  string
}

// parted gives each row its part of a cell.
func parted(c Placed, lines []string, turns map[int]bool, at map[Place]sheetCell) {
	for from := 0; from < c.Rows; {
		to := from + 1
		for to < c.Rows && !turns[c.Row+to] {
			to++
		}
		said := lines
		if from > 0 && !c.again() {
			said = nil
		}
		each := max((len(said)+to-from-1)/(to-from), 1)
		first := from + (to-from-(len(said)+each-1)/each)/2
		for i := from; i < to; i++ {
			part := sheetCell{Placed: c}
			if i > from {
				part.class += " sheet-goes-on"
			}
			if i < to-1 {
				part.class += " sheet-open"
			}
			if k := (i - first) * each; i >= first && k < len(said) {
				part.text = strings.Join(said[k:min(k+each, len(said))], "\n")
			}
			at[Place{c.Row + i, c.Column}] = part
		}
		from = to
	}
}

func (x *sheetText) sheetCell(c sheetCell) {
	tag, class := "td", c.class
	if c.Label && c.text != "" {
		tag = "th"
	}
	if c.Align != Centre {
		class += " " + string(c.Align)
	}
	x.WriteString("<" + tag)
	if c.Columns > 1 {
		x.Add(` colspan="%d"`, c.Columns)
	}
	if class = strings.TrimSpace(class); class != "" {
		x.Add(` class="%s"`, class)
	}
	x.WriteString(">")
	x.text(c.text)
	x.WriteString("</" + tag + ">")
}
