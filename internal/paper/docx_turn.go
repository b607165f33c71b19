package paper

import "slices"

// Heights of a table's text: of a line, and what a row has beside its lines.
const (
	lineHeight = 280
	rowSpace   = 2*20 + 12
)

// turns returns the heights of a table's rows, which they are given at least, and the rows that pages begin with. Text
// takes no more lines than a letterer expects, so pages turn where this says, in whatever typeface.
func (x *Markup) turns(t Table, widths []int) (heights []int, turns map[int]bool) {
	heights = make([]int, len(t.Rows))
	placed := t.Place()
	slices.SortStableFunc(placed, func(a, b Placed) int { return a.Rows - b.Rows })
	for _, c := range placed {
		width := sum(widths[c.Column:c.Column+c.Columns]) - cellMargins
		lines := x.letters.lines(x.letters.soft(c.Text(), width), width)
		last := c.Row + c.Rows - 1
		heights[last] = max(heights[last], len(lines)*lineHeight+rowSpace-sum(heights[c.Row:last]))
	}
	return heights, x.turned(t, heights)
}

// turned returns the rows that pages begin with, and goes on to where the table ends.
func (x *Markup) turned(t Table, heights []int) map[int]bool {
	head := headHeight(t, heights)
	turns := map[int]bool{}
	for i, h := range heights {
		if x.down+h > x.height && i > 0 {
			turns[i], x.down = true, head
		}
		for x.down += h; x.down > x.height; { // a row taller than a page
			x.down -= max(lineHeight, x.height-head)
		}
	}
	return turns
}

// headHeight is the height of what is repeated on each page that a table goes on on.
func headHeight(t Table, heights []int) int { return sum(heights[:min(t.Head, len(t.Rows))]) }
