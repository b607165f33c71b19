package paper

import (
	"slices"
	"strings"
)

// Columns trade width in parts of the whole, a few at once; of a long table some rows say how.
const (
	traded      = 80
	weighedRows = 120
)

// trades are how many parts columns trade at once: a line may need several.
var trades = []int{1, 2, 4, 8, 16, 32}

// roomier returns the widths with which tables are as low as can be: columns whose text breaks take width from those
// that can do without. No column becomes narrower than its floor.
func (l letterer) roomier(tables []Table, widths, floor []int, whole int) []int {
	w := weighing{letterer: l}
	for _, t := range tables {
		w.tables = append(w.tables, l.weighed(t))
	}
	best, now := w.cost(widths), slices.Clone(widths)
	for better := true; better; {
		better = false
		var next []int
		for _, n := range trades {
			part := n * whole / traded
			for from := range now {
				if now[from]-part < min(floor[from], widths[from]) {
					continue
				}
				for to := range now {
					if from == to {
						continue
					}
					now[from], now[to] = now[from]-part, now[to]+part
					if c := w.cost(now); c < best {
						best, next, better = c, slices.Clone(now), true
					}
					now[from], now[to] = now[from]+part, now[to]-part
				}
			}
		}
		if better {
			now = next
		}
	}
	return now
}

// weighing holds tables that share their columns, measured.
type weighing struct {
	letterer
	tables []weighedTable
}

// weighedTable is a table's cells, those that span fewer rows first, and the least width of each run of columns.
type weighedTable struct {
	cells   []measuredCell
	least   map[columns]int
	heights []int // of its rows, in lines, for cost
}

// columns are those that a cell covers.
type columns struct{ first, count int }

// weighed measures a table's cells: all of a table of some rows, else of rows from everywhere.
func (l letterer) weighed(t Table) weighedTable {
	out := weighedTable{least: map[columns]int{}, heights: make([]int, len(t.Rows))}
	stride := len(t.Rows)/weighedRows + 1
	for _, c := range t.Place() {
		at := columns{c.Column, c.Columns}
		out.least[at] = max(out.least[at], l.least(l.soft(c.Text(), 0)))
		if c.Row%stride == 0 && (stride == 1 || c.Rows == 1) {
			out.cells = append(out.cells, l.measured(c))
		}
	}
	slices.SortStableFunc(out.cells, func(a, b measuredCell) int { return a.Rows - b.Rows })
	return out
}

// brokenPiece is what a piece of text costs that has no room, in lines: more than any table can save. What it lacks
// counts squared, so that crowded columns share the lack.
const brokenPiece = 1000

// cost is the height of the tables in lines, with pieces of text that are broken.
func (w weighing) cost(widths []int) int {
	n := 0
	for _, t := range w.tables {
		for at, least := range t.least {
			if short := least - sum(widths[at.first:at.first+at.count]); short > 0 {
				n += brokenPiece + short*short
			}
		}
		heights := t.heights
		clear(heights)
		for _, c := range t.cells {
			width := sum(widths[c.Column:c.Column+c.Columns]) - cellMargins
			last := c.Row + c.Rows - 1
			heights[last] = max(heights[last], c.lines(width)-sum(heights[c.Row:last]))
		}
		n += sum(heights)
	}
	return n
}

// measuredCell is a cell with the widths of its pieces of text, for each of the author's lines.
type measuredCell struct {
	Placed
	size  int
	text  [][]piece
	known map[int]int // lines by width
}

// piece is the width of text that is not broken, and what parts it from the piece before on the same line, in
// hundredths of the letters' size.
type piece struct{ width, gap int }

func (l letterer) measured(c Placed) measuredCell {
	m := measuredCell{Placed: c, size: l.size, known: map[int]int{}}
	for line := range strings.SplitSeq(c.Text(), "\n") {
		var pieces []piece
		before := ""
		for _, u := range units(line) {
			p := piece{width: l.hundredths(ended(u))}
			p.gap = l.hundredths(ended(before+u)) - l.hundredths(ended(before)) - p.width
			pieces, before = append(pieces, p), u
		}
		m.text = append(m.text, pieces)
	}
	return m
}

// lines counts the lines in a cell of a width.
func (m measuredCell) lines(width int) int {
	if n, ok := m.known[width]; ok {
		return n
	}
	n := 0
	for _, pieces := range m.text {
		n++
		used := 0
		for _, p := range pieces {
			if used > 0 && (used+p.gap+p.width)*m.size/100 > width {
				n, used = n+1, 0
			}
			if used > 0 {
				used += p.gap
			}
			used += p.width
		}
	}
	m.known[width] = n
	return n
}
