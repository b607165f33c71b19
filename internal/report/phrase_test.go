package report

import (
	"testing"

	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

// A sentence of a paper counts in the singular and the plural, as those on screen do.
func TestASentenceOfAPaperCounts(t *testing.T) {
	p := lang.For(lang.English)
	for n, want := range map[string]string{"1": "1 entry, total 5 people", "0": "0 entries, total 5 people",
		"12": "12 entries, total 5 people", "1,001": "1,001 entries, total 5 people"} {
		got := paper.Text(phrase(p, "report.sources.sum", paper.Live(n, &paper.Ref{Indicator: "a"}), "5 people"))
		if got != want {
			t.Errorf("%s: %q, want %q", n, got, want)
		}
	}
}
