package wall

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"dabiao/internal/browsertest"
	"dabiao/internal/programtest"
)

// slide is the heading of the only slide that shows.
func slide(t *testing.T, p *browsertest.Page) string {
	t.Helper()
	var shown []string
	p.Ask(`Array.from(document.querySelectorAll(".wall-slide")).filter(s => getComputedStyle(s).visibility === "visible").map(s => s.querySelector("h2").innerText)`, &shown)
	if len(shown) != 1 {
		t.Errorf("%d slides show: %q", len(shown), shown)
		return ""
	}
	return shown[0]
}

func TestAWallTurnsItsSlidesAndFitsTheScreen(t *testing.T) {
	p, _ := browsertest.OpenWall(t, browsertest.Demo(t), "大厅")
	p.Axe()
	first := slide(t, p)
	p.Until("the next slide", `document.querySelector(".wall-slide.current h2").innerText !== `+browsertest.Quote(first))
	p.Ask(`document.body.click()`, nil) // held
	n := p.Count(".wall-slide")
	for range n {
		var cut []string
		p.Ask(`Array.from(document.querySelectorAll(".wall-slide.current li, .wall-head, .wall-foot")).filter(e => {
			const r = e.getBoundingClientRect();
			return r.bottom > innerHeight + 1 || r.right > innerWidth + 1 || e.scrollWidth > e.clientWidth + 1;
		}).map(e => e.innerText)`, &cut)
		if len(cut) > 0 || p.Overflow() > 0 {
			t.Errorf("%s: does not fit: %q", slide(t, p), cut)
		}
		var last, foot float64
		p.Ask(`Math.max(...Array.from(document.querySelectorAll(".wall-slide.current li"), e => e.getBoundingClientRect().bottom), 0)`, &last)
		p.Ask(`document.querySelector(".wall-foot").getBoundingClientRect().top`, &foot)
		if last > foot {
			t.Errorf("%s: the last row (%v) runs into the foot (%v)", slide(t, p), last, foot)
		}
		p.Shot("wall-" + strings.Fields(slide(t, p))[0])
		p.Ask(`dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true})) && document.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight"})) && 0`, nil)
	}
	if n < 5 {
		t.Errorf("only %d slides", n)
	}
}

func TestAWallKeepsItsFiguresWithoutTheServerAndRecovers(t *testing.T) {
	t.Parallel()
	program, err := programtest.Demo()
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := program.Stop(); err != nil {
			t.Error(err)
		}
	}()
	p, id := browsertest.OpenWall(t, program, "三楼会议室")
	p.Until("it listens", `!!document.querySelector("main[data-heard]")`)
	sentence := p.Text("h1")
	p.ExpectTrouble()
	if err := program.Kill(); err != nil {
		t.Fatal(err)
	}
	p.Until("it says that the network is lost", `!!document.querySelector(".wall-time.lost")`)
	if p.Text("h1") != sentence || p.Count("input") != 0 || !strings.HasPrefix(p.Text(".wall-time"), "网络中断") {
		t.Errorf("without the server: %q, %q", p.Text("h1"), p.Text(".wall-time"))
	}
	shown := slide(t, p)
	p.Until("it goes on turning", `document.querySelector(".wall-slide.current h2").innerText !== `+browsertest.Quote(shown))
	p.Shot("wall-lost")
	if err := program.ServeAgain(); err != nil {
		t.Fatal(err)
	}
	p.Until("it recovers by itself", `!document.querySelector(".wall-time.lost")`)
	update := map[string]string{"indicator": "family-education-leaflets", "unit": "wugang", "date": program.Today(),
		"value": "9000"}
	if err := program.Post("staff", "/api/v1/updates", update, nil); err != nil {
		t.Fatal(err)
	}
	p.Until("a new figure shows", `!Array.from(document.querySelectorAll(".wall-slide#late_1 h3"), e => e.innerText).includes("家庭教育宣传周发放资料")`)

	p.Expect(404)
	if err := program.Post("admin", "/api/v1/displays/"+strconv.Itoa(id)+"/end", map[string]string{}, nil); err != nil {
		t.Fatal(err)
	}
	p.Do("wait until an ended link goes dark", chromedp.WaitVisible(".narrow-page h1"))
	if !strings.Contains(p.Text(".narrow-page"), "大屏链接已停用") || p.Count("input[type=password]") != 0 {
		t.Errorf("an ended link says %q", p.Text("main"))
	}
}
