package layout

import (
	"fmt"
	"testing"

	"dabiao/internal/browsertest"
)

// From a small television to a wall of 4K, in both languages: every slide's texts stand apart, its rows fill
// it and end above the foot.
func TestLongNamesFitEveryWall(t *testing.T) {
	program := office(t)
	for _, language := range []string{"zh-CN", "en"} {
		p, id := browsertest.OpenWall(t, program, language)
		if err := program.Patch("admin", fmt.Sprintf("/api/v1/displays/%d", id), map[string]string{"language": language},
			nil); err != nil {
			t.Fatal(err)
		}
		at := p.Address()
		for _, width := range []int64{1280, 1920, 3840} {
			p.Size(width, width*9/16)
			p.Go(at)
			var shown string
			if p.Ask(`document.documentElement.lang`, &shown); shown != language {
				t.Errorf("set to %s, it shows %s", language, shown)
			}
			p.Ask(`document.body.click()`, nil) // held
			for range p.Count(".wall-slide") {
				seeSlide(t, p, fmt.Sprintf("%s-%d", language, width))
				p.Keys("\u0303")
			}
		}
	}
}

func seeSlide(t *testing.T, p *browsertest.Page, what string) {
	t.Helper()
	var s struct {
		ID                string
		Rows              int
		Start, Last, Foot float64
		Size              float64 // of a name, by the height of the screen
	}
	p.Ask(`(() => {
		const slide = document.querySelector(".wall-slide.current"), rows = Array.from(slide.querySelectorAll("li"));
		return {ID: slide.id, Rows: rows.length, Start: slide.querySelector("h2").getBoundingClientRect().bottom,
			Last: Math.max(0, ...rows.map(r => r.getBoundingClientRect().bottom)),
			Foot: document.querySelector(".wall-foot").getBoundingClientRect().top,
			Size: parseFloat(getComputedStyle(slide.querySelector("h3, .wall-ov span:nth-child(2)")).fontSize) / innerHeight};
	})()`, &s)
	p.WellLaidOut(what + ", " + s.ID)
	if s.Last > s.Foot {
		t.Errorf("%s, %s: the last row ends at %v, the foot begins at %v", what, s.ID, s.Last, s.Foot)
	}
	if share := (s.Last - s.Start) / (s.Foot - s.Start); s.Rows > 2 && share < .8 {
		t.Errorf("%s, %s: the rows fill %.0f %% of the slide", what, s.ID, share*100)
	}
	if s.Size < .015 { // 16 px on a screen of 1080
		t.Errorf("%s, %s: names are %.1f %% of the screen's height", what, s.ID, s.Size*100)
	}
	p.Shot("wall-" + what + "-" + s.ID)
}
