package check

import (
	"strings"
	"testing"

	"dabiao/internal/report"
)

// A report says nothing of problems while its own tables show indicators far behind.
func TestProblemsAreNotDeniedBesideFiguresFarBehind(t *testing.T) {
	late := counted{code: "a", name: "咨询", measure: "人次", value: "20", target: "200"}
	for _, c := range []struct {
		text string
		late []counted
		want bool
	}{
		{"", []counted{late}, true}, {"无。", []counted{late}, true}, {" 暂无", []counted{late}, true},
		{"咨询进度严重滞后，场地不足。", []counted{late}, false}, {"无固定场地，咨询滞后。", []counted{late}, false},
		{"无。", nil, false},
	} {
		in := clean(t, c.late...)
		in.Texts[report.Problems] = c.text
		if got := strings.Contains(strings.Join(found(in), ";"), "problems_denied"); got != c.want {
			t.Errorf("%q with %d late: found %v", c.text, len(c.late), got)
		}
	}
}
