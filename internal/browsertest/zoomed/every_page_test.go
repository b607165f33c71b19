package zoomed

import (
	"fmt"
	"testing"

	"dabiao/internal/browsertest"
)

// apart sets the distances of WCAG 2.2, 1.4.12.
const apart = `for (const rule of ["p { margin-bottom: 2em !important; }",
	"* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"]) {
	document.styleSheets[0].insertRule(rule, document.styleSheets[0].cssRules.length);
}`

// Every page of an administrator is whole where a window of 1280 pixels is enlarged to 200 and to 400 %: nothing is
// wider than the window, no text lies over another, none is cut off.
func TestEveryPageIsWholeAtFourTimesItsSize(t *testing.T) {
	for _, width := range []int64{640, 320} {
		t.Run(fmt.Sprintf("%d %%", 1280*100/width), func(t *testing.T) {
			p := browsertest.Open(t, "admin")
			browsertest.EveryPage(t, p, "/", func(name string) {
				p.Size(width, 1024*width/1280)
				p.Frame()
				if n := p.Overflow(); n > 0 {
					t.Errorf("%s is %d px wider than a window of %d px", p.Address(), n, width)
				}
				p.WellLaidOut(fmt.Sprintf("%d px", width))
				p.Shot(fmt.Sprintf("zoomed-%s-%d", name, width))
			})
		})
	}
}

// Every page is whole with the distances that readers may set.
func TestEveryPageIsWholeWithTextApart(t *testing.T) {
	p := browsertest.Open(t, "admin")
	browsertest.EveryPage(t, p, "/", func(name string) {
		p.Size(1280, 900)
		p.Ask(apart, nil)
		p.Frame()
		if n := p.Overflow(); n > 0 {
			t.Errorf("%s is %d px wider than its window", p.Address(), n)
		}
		p.WellLaidOut("text apart")
		p.Shot("apart-" + name)
	})
}
