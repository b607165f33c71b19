package board

import (
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

// What the office takes to a meeting is short: the board is two sheets of paper, of which the leaders' sheet
// comes first, an indicator with its 18 units and its log three. No text is cut off or lies over another.
func TestWhatIsPrintedIsShortAndWhole(t *testing.T) {
	t.Parallel()
	for _, language := range []string{"zh-CN", "en"} {
		p := browsertest.Open(t, "leader")
		p.Speak(language)
		printed(p, "/years/2026", 2)
		printed(p, "/years/2022", 2)
		printed(p, "/years/2026?unit=longxi", 2)
		printed(p, "/years/2026/indicators/two-cancer-screened", 3)
		printed(p, "/years/2026/budget", 2)
		printed(p, "/years/2026/score", 2)
	}
	p := browsertest.Open(t, "leader")
	printed(p, "/years/2026/overview", 1)
	printed(p, "/years/2026/completeness", 2)
	printed(p, "/years/2026/trends", 1)
	printed(p, "/years/2022/trends", 1)
	printed(p, "/years/2026/indicators/family-education-leaflets", 2)
	p = browsertest.Open(t, "staff")
	p.Speak("en")
	printed(p, "/years/2026/mine", 1)
	printed(p, "/years/2026/updates", 2)
	printed(p, "/years/2026/plan", 2)
}

// printed prints a page and looks at what stands on the paper.
func printed(p *browsertest.Page, path string, most int) {
	p.T.Helper()
	p.Go(path)
	at := path + " in " + p.Attribute("html", "lang")
	if n := p.Printed(); n > most {
		p.T.Errorf("%s takes %d sheets of paper, at most %d are meant", at, n, most)
	}
	p.OnPaper(func() {
		for _, fault := range p.Layout() {
			if !strings.HasPrefix(fault, "they touch") { // cards on paper share their lines
				p.T.Errorf("%s on paper: %s", at, fault)
			}
		}
		if n := p.Seen(".bar, main form .actions, main .button, .tabs"); n > 0 {
			p.T.Errorf("%s prints %d things that nobody can use on paper", at, n)
		}
	})
}

// The first sheet tells the leaders what is behind and shows all indicators; the tables come after it.
func TestTheFirstSheetIsTheLeaders(t *testing.T) {
	t.Parallel()
	p := browsertest.Open(t, "leader")
	p.Go("/years/2026")
	p.OnPaper(func() {
		const sheet = (297 - 10 - 12) / 25.4 * 96 // px between the margins
		for what, selector := range map[string]string{"the sentence": "h1.sentence",
			"what is behind":                ".late > li:last-child",
			"the picture of all indicators": ".ov-rows:not(.ov-free) > li:last-child"} {
			if y := p.Bottom(selector); y <= 0 || y > sheet {
				t.Errorf("%s ends at %.0f px, the first sheet at %.0f", what, y, float64(sheet))
			}
		}
		if p.Bottom(".side") < p.Bottom(".ov-card") {
			t.Error("heat map and ranking stand before the picture of all indicators")
		}
	})
}
