package store

import (
	"testing"

	"dabiao/internal/kpi"
)

func TestASeriesIsReadAsItWasWritten(t *testing.T) {
	var s kpi.Series
	s[0] = kpi.Tally{Amount: 1, Entries: 2, AtLeast: 3, Below: 4, About: 5, EntrySum: 6, Ended: 2, Room: 7,
		LastDate: "2026-01-31"}
	s[5] = kpi.Tally{Amount: -1 << 62, EntrySum: 1<<63 - 1}
	s[11] = kpi.Tally{LastDate: "2026-12-01"}
	text := formatSeries(&s)
	got, err := parseSeries(text, 2026)
	if err != nil || got != s {
		t.Errorf("%s: %v, %v", text, got, err)
	}
	for _, bad := range []string{"", ";;;", "1;;;;;;;;;;;;", "a,,,,,,;;;;;;;;;;;;", "1,1,1,,,1,05,x;;;;;;;;;;;;",
		"1,1,1,,,1,05,1;;;;;;;;;;;;"} {
		if _, err := parseSeries(bad, 2026); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}
