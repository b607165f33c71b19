package board

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"dabiao/internal/browsertest"
)

func TestTheBoardBecomesAPictureToSend(t *testing.T) {
	p := browsertest.Open(t, "leader")
	p.Go("/")
	p.Follow(`.tool a`)
	p.Until("the picture is a PNG", `document.getElementById("card").src.startsWith("data:image/png")`)
	var drawn struct {
		Width, Height, Inks int
		Name                string
	}
	p.Ask(`(() => { const i = document.getElementById("card"), c = document.createElement("canvas"); c.width = i.naturalWidth; c.height = i.naturalHeight;
		const x = c.getContext("2d"); x.drawImage(i, 0, 0); const d = x.getImageData(0, 0, c.width, c.height).data, inks = new Set();
		for (let n = 0; n < d.length; n += 4) inks.add(d[n] << 16 | d[n + 1] << 8 | d[n + 2]);
		return {width: c.width, height: c.height, inks: inks.size, name: document.getElementById("card-png").download} })()`, &drawn)
	if drawn.Width != 1080 || drawn.Height < 900 || drawn.Inks < 20 || !strings.HasSuffix(drawn.Name, ".png") {
		t.Errorf("%+v", drawn)
	}
	if text := p.Text("h1"); text != "分享图片" {
		t.Errorf("the page is headed %q", text)
	}
	p.Axe()
	p.Shot("card")
}

func TestAPublicYearIsReadWithoutASignInAndSaysNothingMore(t *testing.T) {
	for _, public := range []bool{true, false} {
		if err := browsertest.Demo(t).Post("admin", "/api/v1/years/2022/public", map[string]bool{"public": public},
			nil); err != nil {
			t.Fatal(err)
		}
		p := browsertest.Shared(t).Open(t, browsertest.Demo(t))
		if !public {
			p.Expect(404)
			if status := p.Load("open the page", chromedp.Navigate(p.Base+"/public/2022")); status != 404 {
				t.Errorf("taken back, the page answers %d", status)
			}
			continue
		}
		p.Go("/public/2022")
		if n := len(p.Texts("table.figures tbody tr")); n != 66 {
			t.Errorf("%d figures, want 66", n)
		}
		if n := p.Count(`main a`); n != 0 {
			t.Errorf("it has %d links", n)
		}
		for _, never := range []string{"佐证", "填报人", "演示"} {
			if strings.Contains(p.Text("main"), never) {
				t.Errorf("it says %q", never)
			}
		}
		for _, width := range []int64{1440, 390} {
			p.Size(width, 900)
			if p.Overflow() > 0 {
				t.Errorf("it is wider than %d px", width)
			}
			p.Axe()
		}
	}
}
