package chart

import (
	"math/rand/v2"
	"slices"
	"testing"

	"dabiao/internal/kpi"
)

// Tiles fill the rectangle, do not overlap, and are as large as their part.
func TestTilesFillTheRectangle(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 9))
	for range 200 {
		amounts := make([]kpi.Amount, 1+dice.IntN(25))
		var sum kpi.Amount
		for i := range amounts {
			amounts[i] = kpi.Whole(1 + dice.Int64N(5000))
			sum += amounts[i]
		}
		slices.SortFunc(amounts, func(a, b kpi.Amount) int { return int(b/kpi.One - a/kpi.One) })
		const width, height = 560, 260
		covered := make([]int, width*height)
		for i, tile := range Tiles(amounts, width, height) {
			if tile.X < 0 || tile.Y < 0 || tile.X+tile.Width > width || tile.Y+tile.Height > height {
				t.Fatalf("tile %+v leaves the rectangle", tile)
			}
			for x := tile.X; x < tile.X+tile.Width; x++ {
				for y := tile.Y; y < tile.Y+tile.Height; y++ {
					covered[y*width+x]++
				}
			}
			want := float64(width*height) * float64(amounts[i]) / float64(sum)
			// whole pixels: each edge may be off by one
			if off := float64(tile.Width*tile.Height) - want; off > float64(2*(tile.Width+tile.Height)+4) || -off > float64(2*(tile.Width+tile.Height)+4) {
				t.Errorf("tile %+v has %d px, its part is %.0f", tile, tile.Width*tile.Height, want)
			}
		}
		for _, n := range covered {
			if n != 1 {
				t.Fatalf("a pixel is covered %d times: %v", n, amounts)
			}
		}
	}
}
