package progress

import "dabiao/internal/kpi"

// Standing counts figures by status, of those whose pace can be judged: figures without a target or not yet due are
// left out.
type Standing struct {
	OnPace  int // or done, or ahead
	Behind  int
	Far     int // far behind, or over the limit
	Over    int // those of Far that are over the limit
	Unknown int // no data, out of date, or too approximate to judge
}

// Judged returns how many figures are counted.
func (s Standing) Judged() int { return s.OnPace + s.Behind + s.Far + s.Unknown }

func (s *Standing) count(l kpi.Light) {
	switch {
	case l == kpi.Done || l == kpi.Ahead || l == kpi.OnPace:
		s.OnPace++
	case l.Red():
		s.Far++
		if l == kpi.Over {
			s.Over++
		}
	case l.Late():
		s.Behind++
	case l == kpi.NoData || l == kpi.Unclear || l == kpi.Stale:
		s.Unknown++
	}
}

// MonthStandings counts the figures at the end of each month; in months to come nothing is judged. Like
// the months' lights, it needs Input.ByMonth.
func MonthStandings(figures []Figure) [12]Standing {
	var out [12]Standing
	for i := range figures {
		for m := range out {
			out[m].count(figures[i].Months[m].Light)
		}
	}
	return out
}
