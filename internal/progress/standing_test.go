package progress

import (
	"testing"

	"dabiao/internal/kpi"
)

func TestFiguresAreCountedMonthByMonthByHowTheyStand(t *testing.T) {
	figure := func(lights ...kpi.Light) (f Figure) {
		for m, l := range lights {
			f.Months[m].Light = l
		}
		return f
	}
	got := MonthStandings([]Figure{
		figure(kpi.OnPace, kpi.Behind, kpi.FarBehind), figure(kpi.Ahead, kpi.Done, kpi.Over),
		figure(kpi.NotDue, kpi.NoData, kpi.Stale), figure(kpi.NoTarget, kpi.NoTarget, kpi.NoTarget),
		figure(kpi.NoData, kpi.Unclear, kpi.OnPace),
	})
	want := [12]Standing{{OnPace: 2, Unknown: 1}, {OnPace: 1, Behind: 1, Unknown: 2},
		{OnPace: 1, Far: 2, Over: 1, Unknown: 1}}
	if got != want {
		t.Errorf("%+v", got)
	}
	if got[0].Judged() != 3 || got[1].Judged() != 4 || got[3].Judged() != 0 {
		t.Errorf("judged: %d, %d, %d", got[0].Judged(), got[1].Judged(), got[3].Judged())
	}
}

// Every light is either judged, or one of the few that say why it cannot be.
func TestEveryLightIsCountedOnce(t *testing.T) {
	for _, l := range kpi.Lights {
		var s Standing
		s.count(l)
		if want := map[bool]int{true: 0, false: 1}[l == kpi.NoTarget || l == kpi.NotDue]; s.Judged() != want {
			t.Errorf("%s is counted %d times", l, s.Judged())
		}
	}
}
