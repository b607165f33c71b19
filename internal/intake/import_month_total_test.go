package intake

import (
	"strings"
	"testing"
)

// 本月累计 is what the month came to in some offices and the sum since January in others: it is known by the columns
// beside it, and asked about where it stands alone.
func TestAMonthsTotalIsKnownByItsNeighboursOrAsked(t *testing.T) {
	for heads, want := range map[string]string{
		"指标|本月累计":         "B3 trained 2026-10-31 5 sofar ? month_total:B",
		"指标|当月累计完成":       "B3 trained 2026-10-31 5 sofar ? month_total:B",
		"指标|本月累计|累计完成":    "C3 trained 2026-10-31 9 sofar",
		"指标|本月累计|本年累计":    "C3 trained 2026-10-31 9 sofar",
		"指标|当月累计|1-10月累计": "C3 trained 2026-10-31 9 sofar",
		"指标|本月完成|本月累计":    "C3 trained 2026-10-31 9 sofar",
		"指标|本月新增数|本月累计数":  "C3 trained 2026-10-31 9 sofar",
		"指标|累计完成":         "B3 trained 2026-10-31 5 sofar",
	} {
		r, err := ReadTable(grid(t, "2026年10月进度表", heads, "trained|5|9"), knownCounty, Choices{})
		if err != nil {
			t.Errorf("%s: %v", heads, err)
			continue
		}
		got := ""
		for _, s := range said(r) {
			if strings.HasPrefix(s, want[:3]) {
				got = s
			}
		}
		for _, q := range r.OpenQuestions() {
			got += " ? " + q.ID
		}
		if got != want {
			t.Errorf("%s: %v, questions %v, want %s", heads, said(r), r.OpenQuestions(), want)
		}
	}
	r, err := ReadTable(grid(t, "2026年10月进度表", "指标|本月累计", "trained|5"), knownCounty,
		Choices{Answers: map[string]string{"month_total": "month"}})
	if err != nil || len(r.OpenQuestions()) > 0 || said(r)[0] != "B3 trained 2026-10-31 5" {
		t.Errorf("answered: %v, %v", said(r), err)
	}
}
