package check

import (
	"strings"
	"testing"

	"dabiao/internal/lang"
	"dabiao/internal/report"
	"dabiao/internal/report/reporttest"
)

// An office may switch the list of what its words leave out off; it is told what nobody reads any more.
func TestFiguresThatNoTextSaysAreNamed(t *testing.T) {
	in := Input{Input: yearOf(reporttest.Published(t), lang.Chinese)}
	area := in.Board.Areas[0]
	for name, c := range map[string]struct {
		text string
		off  bool
		want string
	}{
		"listed":                      {"表彰⟦commended-individuals·value⟧。", false, ""},
		"switched off":                {"表彰⟦commended-individuals·value⟧。", true, "有6项指标正文没有写到，也没有列出：召开三八表彰大会、"},
		"switched off, without words": {"", true, ""},
		"all said":                    {"⟦each: " + area.Area.Code + "⟧⟦value⟧⟦end⟧", true, ""},
	} {
		in.Texts = map[report.SectionKey]string{report.AreaText(area.Area.Code): c.text}
		if in.Outline.Unlisted = nil; c.off {
			in.Outline.Unlisted = []string{area.Area.Code}
		}
		got := ""
		for _, f := range Report(in) {
			if f.Code == "untold" {
				got += lang.For(lang.Chinese).Text(f.Text)
			}
		}
		if (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
