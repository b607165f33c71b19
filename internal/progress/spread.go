package progress

import "slices"

// Spread divides rows into as few parts as hold them, at most fit each, all of one length but the last: 31 rows on
// pages of 30 are 16 and 15.
func Spread[T any](rows []T, fit int) [][]T {
	if len(rows) == 0 {
		return nil
	}
	n := (len(rows) + fit - 1) / fit
	return slices.Collect(slices.Chunk(rows, (len(rows)+n-1)/n))
}
