package paper

import (
	"strings"

	"dabiao/internal/lang"
)

// pitchLine is the height of a line of running text in twentieths of a point.
const pitchLine = 579

// textOf returns the letterer of running text: 28 characters on a line of Chinese.
func textOf(t lang.Tag) letterer {
	if t == lang.English {
		return letterer{size: 320, latin: 60}
	}
	return letterer{size: 320 - 6, latin: 64}
}

// follow notes how far down the page a paragraph ends, as it is estimated. A heading stays with the line below it.
func (x *Markup) follow(text string, heading bool) {
	if x.text.size == 0 {
		return
	}
	lines := len(x.text.lines("　　"+strings.TrimSpace(text), TextWidth))
	if heading && x.down+(lines+1)*pitchLine > x.height {
		x.down = 0
	}
	for range lines {
		if x.down+pitchLine > x.height {
			x.down = 0
		}
		x.down += pitchLine
	}
}

// gapHeight is the height of what stands between two tables.
const gapHeight = 20

// noted goes on below small print.
func (x *Markup) noted(text string, width int) {
	for x.down += x.printed(text, width); x.down > x.height; {
		x.down -= x.height
	}
}

// printed is the height of small print.
func (x *Markup) printed(text string, width int) int {
	return len(x.letters.lines(text, width))*lineHeight + rowSpace - tightSpace
}

// notesBelow is the height of the small print that blocks begin with.
func (x *Markup) notesBelow(blocks []Block, width int) int {
	n := 0
	for _, b := range blocks {
		if b.Paragraph == nil || !b.Paragraph.Note {
			break
		}
		n += x.printed(b.Paragraph.Text(), width)
	}
	return n
}

// below is the height of what does not stand alone on a page below a table: small print, or a table of a few rows, as
// for signatures, with its own.
func (x *Markup) below(blocks []Block, fitted [][]int, table, width int) int {
	next := table + 1
	if next == len(blocks) || blocks[next].Table == nil {
		return x.notesBelow(blocks[next:], width)
	}
	t := *blocks[next].Table
	if t.Head > 0 || t.NewPage || len(t.Rows) > strayRows {
		return 0
	}
	rows := rowPages{space: rowSpace, heights: make([]int, len(t.Rows))}
	for _, c := range x.rowLines(t, fitted[next]) {
		rows.heights[c.last] = max(rows.heights[c.last], rows.lack(c, c.first, c.last))
	}
	return gapHeight + sum(rows.heights) + slack + x.notesBelow(blocks[next+1:], width)
}

// Of charts that are parted: rows on the rest of a page that are worth a chart of their own, and what an estimate of
// where a page ends may be wrong by.
const (
	leastRows = 4
	unsure    = 2 * pitchLine
)

// around is the space above and below a chart.
const around = 2 * 120

// chart draws a chart. One of rates is parted where it would leave much of a page empty, or is longer than a page: as
// many bars as have room, and the others on the next pages, all with their head and key.
func (x *Markup) chart(c Chart) {
	x.charts++
	if !c.rated() {
		x.place(drawing{Chart: c})
		return
	}
	l := c.rates(x.letters.latin)
	left := x.height - x.down - around - unsure
	for at, rows := 0, len(c.Names); at < rows; left = x.height - around {
		n := l.fits(left)
		switch {
		case n >= rows-at:
			n = rows - at
		case at == 0 && n < leastRows && left < x.height-around-unsure:
			x.down = x.height // nothing on this page
			continue
		case rows-at-n < leastRows:
			n -= leastRows
		}
		n = max(n, 1)
		part := c.from(at, at+n)
		if at > 0 {
			part.Title, x.down = lang.For(x.tag).T("report.chart.continued", c.Title), x.height
		}
		x.place(drawing{Chart: part, rateLayout: l})
		at += n
	}
}

// place draws a chart where it has room. Where that is not sure, it begins a page: what follows goes by that.
func (x *Markup) place(d drawing) {
	h := d.height() + around
	if x.down > 0 && x.down+h+unsure > x.height {
		x.down, d.turn = 0, true
	}
	d.of = x.charts
	x.draw(d)
	x.down += h
}
