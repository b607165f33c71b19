package chart

import "dabiao/internal/kpi"

// Tile is one rectangle of a treemap, in pixels.
type Tile struct{ X, Y, Width, Height int }

// Tiles divides a rectangle into one tile per amount, in order, each as large as its share of the sum
// and as square as possible (Bruls, Huizing and van Wijk: squarified treemaps). Amounts must be
// positive and sorted in descending order.
func Tiles(amounts []kpi.Amount, width, height int) []Tile {
	out := make([]Tile, 0, len(amounts))
	rest := Tile{0, 0, width, height}
	for len(amounts) > 0 {
		var sum kpi.Amount
		for _, a := range amounts {
			sum += a
		}
		n := rowLength(amounts, sum, rest)
		var row kpi.Amount
		for _, a := range amounts[:n] {
			row += a
		}
		out = append(out, lay(amounts[:n], row, sum, &rest)...)
		amounts = amounts[n:]
	}
	return out
}

// rowLength returns how many amounts form the next row: as many as make its worst tile squarer.
func rowLength(amounts []kpi.Amount, sum kpi.Amount, rest Tile) int {
	area := float64(rest.Width) * float64(rest.Height) / float64(sum)
	side := float64(min(rest.Width, rest.Height))
	var row float64
	last := 0.0
	for n, a := range amounts {
		row += float64(a) * area
		first, final := float64(amounts[0])*area, float64(a)*area
		worst := max(side*side*first/(row*row), row*row/(side*side*final))
		if n > 0 && worst > last {
			return n
		}
		last = worst
	}
	return len(amounts)
}

// lay places a row along the shorter side and subtracts its area from rest.
func lay(row []kpi.Amount, sum, all kpi.Amount, rest *Tile) []Tile {
	var out []Tile
	tall := rest.Width >= rest.Height
	length, depth := rest.Height, part(rest.Width, sum, all)
	if !tall {
		length, depth = rest.Width, part(rest.Height, sum, all)
	}
	at, before := 0, kpi.Amount(0)
	for _, a := range row {
		before += a
		end := part(length, before, sum)
		t := Tile{rest.X, rest.Y + at, depth, end - at}
		if !tall {
			t = Tile{rest.X + at, rest.Y, end - at, depth}
		}
		out, at = append(out, t), end
	}
	if tall {
		rest.X, rest.Width = rest.X+depth, rest.Width-depth
	} else {
		rest.Y, rest.Height = rest.Y+depth, rest.Height-depth
	}
	return out
}

// part returns a ÷ all of a length, rounded.
func part(length int, a, all kpi.Amount) int {
	return int(kpi.Whole(int64(length)).Times(int64(a), int64(all)).Round(0) / kpi.One)
}
