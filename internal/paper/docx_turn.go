package paper

import "slices"

// Heights of a table's text: of a line, and what a row has beside its lines; a tight row has no space above and below.
const (
	lineHeight = 280
	rowSpace   = 2*20 + 12
	tightSpace = 12
)

// strayRows is how many rows a table's last page must not hold alone, if setting it tighter spares them.
const strayRows = 3

// rowLayout is how a table's rows stand on pages: their heights, which they are given at least, the rows that pages
// begin with, and whether the rows are tight.
type rowLayout struct {
	heights []int
	turns   map[int]bool
	tight   bool
	end     int // how far down the page the table ends
}

// turns lays a table's rows out and goes on to where it ends; so much small print stays with its last row. Text takes
// no more lines than a letterer expects, so pages turn where this says, in whatever typeface. A few rows that would be
// alone on the last page are taken along by tight ones.
func (x *Markup) turns(t Table, widths []int, noted int) rowLayout {
	lines := x.rowLines(t, widths)
	out := x.turned(t, lines, rowSpace, noted)
	if last := out.last(); last > 0 && len(t.Rows)-last <= strayRows {
		if tight := x.turned(t, lines, tightSpace, noted); len(tight.turns) < len(out.turns) {
			out, out.tight = tight, true
		}
	}
	x.down = out.end
	return out
}

// last is the row that the last page begins with.
func (l rowLayout) last() int {
	last := 0
	for row := range l.turns {
		last = max(last, row)
	}
	return last
}

// rowCell is a cell that spans rows, in lines; one that begins again on the next page has all of them there, too.
type rowCell struct {
	first, last, lines int
	again              bool
}

// again reports whether a cell that spans rows begins again, with its text, where they go on on the next page.
func (c Placed) again() bool { return c.Label || c.Column == 0 }

// rowLines returns the lines of each cell, of those that span fewer rows first.
func (x *Markup) rowLines(t Table, widths []int) []rowCell {
	placed := t.Place()
	slices.SortStableFunc(placed, func(a, b Placed) int { return a.Rows - b.Rows })
	var out []rowCell
	for _, c := range placed {
		width := sum(widths[c.Column:c.Column+c.Columns]) - cellMargins
		lines := x.letters.lines(x.letters.soft(c.Text(), width), width)
		out = append(out, rowCell{c.Row, c.Row + c.Rows - 1, len(lines), c.Rows > 1 && c.again()})
	}
	return out
}

// slack is what programs may see otherwise of where a page ends.
const slack = 60

// turned lays rows out with so much space beside their lines, from where the page is. Where it is close whether a row
// has room, it has none, and the row before it takes that room, so that all programs turn the page there.
func (x *Markup) turned(t Table, cells []rowCell, space, noted int) rowLayout {
	p := rowPages{cells: cells, space: space, heights: make([]int, len(t.Rows))}
	for _, c := range cells {
		if !c.again {
			p.heights[c.last] = max(p.heights[c.last], p.lack(c, c.first, c.last))
		}
	}
	own := slices.Clone(p.heights)
	head, down, turns := headHeight(t, p.heights), x.down, map[int]bool{}
	for i := 0; i < len(own); i++ {
		p.heights[i] = max(own[i], p.ending(i))
		needs := p.heights[i] + slack
		if i == len(own)-1 {
			needs += noted
		}
		if i == 0 && down+p.heights[i] > x.height {
			down = 0 // it begins on the next page
		}
		if down+needs > x.height && i > p.from {
			for i-1 > p.from && down+p.goingOn(i)+slack > x.height {
				i--
				down -= p.heights[i]
			}
			more := p.goingOn(i)
			if left := x.height - down - more; left > own[i]-slack && i > t.Head {
				more += left - (own[i] - slack)
			}
			p.heights[i-1] += more
			p.from, turns[i], down = i, true, head
			p.heights[i] = max(own[i], p.ending(i))
		}
		for down += p.heights[i]; down > x.height; { // a row taller than a page
			down -= max(lineHeight, x.height-head)
		}
	}
	return rowLayout{heights: p.heights, turns: turns, end: down}
}

// rowPages are rows as they come to stand on pages, of which the one that is filled begins with a row.
type rowPages struct {
	cells   []rowCell
	space   int
	heights []int
	from    int
}

// lack is what a cell's text needs of a row beyond the rows from another on.
func (p *rowPages) lack(c rowCell, from, row int) int {
	return c.lines*lineHeight + p.space - sum(p.heights[from:row])
}

// ending is what cells that end with a row and may have begun on the page before need of it.
func (p *rowPages) ending(row int) int {
	n := 0
	for _, c := range p.cells {
		if c.again && c.last == row {
			n = max(n, p.lack(c, max(c.first, p.from), row))
		}
	}
	return n
}

// goingOn is how much more the rows above a turn need to hold the text of cells that begin again below it.
func (p *rowPages) goingOn(row int) int {
	n := 0
	for _, c := range p.cells {
		if c.again && c.first < row && row <= c.last {
			n = max(n, p.lack(c, max(c.first, p.from), row))
		}
	}
	return n
}

// headHeight is the height of what is repeated on each page that a table goes on on.
func headHeight(t Table, heights []int) int { return sum(heights[:min(t.Head, len(t.Rows))]) }

// begins reports whether a table below another begins a page: it is meant to, or its head and the first row below it
// would not stand together.
func (x *Markup) begins(t Table, widths []int) bool {
	rows := min(t.Head+1, len(t.Rows))
	first := x.turned(t, x.rowLines(t, widths), rowSpace, 0).heights[:rows]
	return t.NewPage || x.down > 0 && x.down+sum(first) > x.height && sum(first) <= x.height
}

// annexTop is how far down the page an annex's mark, title and what it covers reach.
func (x *Markup) annexTop(a Annex, width int) int {
	title := letterer{size: titleSize, latin: x.letters.latin}
	covers := letterer{size: coverSize, latin: x.letters.latin}
	down := titleLine*len(title.lines(a.Title, width)) + coverLine*len(covers.lines(a.Subtitle, width))
	if a.Mark != "" {
		down += coverLine
	}
	return down
}
