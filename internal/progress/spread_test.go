package progress_test

import (
	"slices"
	"testing"

	"dabiao/internal/progress"
)

func TestSpreadDividesEvenly(t *testing.T) {
	for _, c := range []struct {
		rows, fit int
		want      []int
	}{
		{0, 6, nil}, {1, 6, []int{1}}, {6, 6, []int{6}}, {7, 6, []int{4, 3}}, {13, 6, []int{5, 5, 3}},
		{31, 30, []int{16, 15}}, {10, 2, []int{2, 2, 2, 2, 2}}, {9, 1, []int{1, 1, 1, 1, 1, 1, 1, 1, 1}},
	} {
		rows := make([]int, c.rows)
		for i := range rows {
			rows[i] = i
		}
		parts := progress.Spread(rows, c.fit)
		var got []int
		for _, part := range parts {
			got = append(got, len(part))
		}
		if !slices.Equal(got, c.want) || !slices.Equal(slices.Concat(parts...), rows) && c.rows > 0 {
			t.Errorf("%d rows by %d: %v, want %v", c.rows, c.fit, parts, c.want)
		}
	}
}
