package check

import (
	"strings"
	"testing"

	"dabiao/internal/report"
)

// What was kept wrongly before cannot be guessed back: the check names it, in what is kept and while it is written.
func TestAFixedFigureInsideAListIsFound(t *testing.T) {
	in := clean(t, counted{code: "screened", name: "完成两癌检查的数量", measure: "人", value: "5", target: "5"},
		counted{code: "other", name: "培训", measure: "场", value: "5", target: "5"})
	fixed := func(findings []Finding) (out []string) {
		for _, f := range findings {
			if f.Code == "token_fixed" {
				out = append(out, f.Indicator+" "+f.Quote+" "+string(f.Severity))
			}
		}
		return out
	}
	for kept, want := range map[string]string{
		"⟦each: ideology⟧⟦name⟧⟦screened·value⟧；⟦end⟧":                  "screened ⟦完成两癌检查的数量·完成数⟧ warning",
		"⟦each: all⟧⟦if: screened·reached⟧⟦name⟧⟦end⟧⟦end⟧":             "screened ⟦完成两癌检查的数量·达标⟧ warning",
		"⟦if: other·reached⟧⟦each: all⟧⟦other·target⟧⟦end⟧⟦else⟧x⟦end⟧": "other ⟦培训·目标⟧ warning",
		"⟦each: ideology⟧⟦name⟧⟦value⟧；⟦end⟧⟦screened·value⟧":           "",
		"⟦each: ideology⟧⟦year⟧⟦office⟧⟦indicators·all⟧⟦name⟧⟦end⟧":     "",
	} {
		in.Texts = map[report.SectionKey]string{report.Problems: kept}
		if got := strings.Join(fixed(Report(in)), "; "); got != want {
			t.Errorf("%s: found %q, want %q", kept, got, want)
		}
		if got := strings.Join(fixed(in.Of(report.Problems, in.Readable(kept))), "; "); got != want {
			t.Errorf("%s: while written %q, want %q", kept, got, want)
		}
	}
}
