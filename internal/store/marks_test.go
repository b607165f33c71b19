package store

import (
	"math"
	"slices"
	"testing"
)

// Whatever number somebody gives a row, what is held is as much as there are rows.
func TestANumberFarAwayTakesNoMemory(t *testing.T) {
	var m Marks
	ids := []int64{math.MinInt64, -1, 0, 1, 511, 512, 2_000_000, math.MaxInt64}
	for _, id := range ids {
		m.set(id, markOf([]byte{byte(id)}))
	}
	for _, id := range ids {
		if k, is := m.at(id); k != markOf([]byte{byte(id)}) || is != present {
			t.Errorf("%d is %v, %v", id, k, is)
		}
	}
	if !m.cover(511) || m.cover(511) || m.cover(3) {
		t.Error("what the log speaks of is not noted once")
	}
	var left []int64
	m.unsaid(func(id int64) { left = append(left, id) })
	if want := slices.DeleteFunc(ids, func(id int64) bool { return id == 511 }); !slices.Equal(left, want) {
		t.Errorf("the log speaks of all but %d, want %d", left, want)
	}
	if _, is := m.at(4096); is != absent {
		t.Error("a row that is nowhere is there")
	}
}
