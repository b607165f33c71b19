package browsertest

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Until waits until the expression is true in the page and says how long that took.
func (p *Page) Until(what, expression string) time.Duration {
	p.t.Helper()
	start := time.Now()
	p.do("wait until "+what, chromedp.Poll(expression, nil, chromedp.WithPollingInterval(20*time.Millisecond)))
	return time.Since(start)
}

// logBesides logs an update through the API, as somebody at another machine would.
func logBesides(p *Page, indicator, value string) {
	p.t.Helper()
	update := map[string]string{"indicator": indicator, "unit": "wugang", "date": p.program.Today(), "value": value, "note": "浏览器测试：另一台电脑"}
	if err := p.program.Post("staff", "/api/v1/updates", update, nil); err != nil {
		p.t.Fatal(err)
	}
}

func TestABoardInASecondWindowFollowsAWriteWithinTwoSeconds(t *testing.T) {
	const name = "亲子诵读参与家庭"
	p := open(t, "leader")
	p.Go("/")
	p.Until("it listens", `!!document.querySelector("main[data-heard]")`)
	row := p.Row(name)
	p.Ask(`(() => { window.scrollTo({top: 300, behavior: "instant"}); document.querySelector(`+quote(`a[href="`+row.Href+`"]`)+`).focus({preventScroll: true}); document.documentElement.dataset.same = "1"; return 0 })()`, nil)
	var y float64
	p.Ask(`window.pageYOffset`, &y)
	logBesides(p, "reading-families", "3")
	took := p.Until("the figure changes", fmt.Sprintf(
		`document.querySelector(%s).closest("tr").querySelector(".c-value").innerText !== %s`, quote(`tr a[href="`+row.Href+`"]`), quote(row.Value)))
	t.Logf("the board followed after %s", took.Round(time.Millisecond))
	if took > 2*time.Second {
		t.Errorf("the board followed after %s", took)
	}
	var kept struct {
		Same, Open bool
		Y          float64
		Focus      string
	}
	p.Ask(`({same: document.documentElement.dataset.same === "1", open: Array.from(document.querySelectorAll("details.area")).every(d => d.open),
		y: window.pageYOffset, focus: document.activeElement.getAttribute("href") || document.activeElement.tagName})`, &kept)
	if !kept.Same || !kept.Open || kept.Y != y || kept.Focus != row.Href {
		t.Errorf("what the reader had was not kept (scrolled to %v): %+v", y, kept)
	}
	if ids := p.UndrawnCharts(); len(ids) > 0 {
		t.Errorf("charts without a picture: %q", ids)
	}
	p.Axe()
}

func TestAnOpenPageLeavesWhoeverIsTypingAlone(t *testing.T) {
	const note = "浏览器测试：正在填写"
	p := open(t, "staff")
	openIndicator(t, p, "接受妇女咨询")
	before := p.Figure()
	p.Type(updateForm+`[name=note]`, note)
	logBesides(p, "consultations", "2")
	time.Sleep(2500 * time.Millisecond)
	if got := p.Holds(updateForm + `[name=note]`); got != note || p.Figure() != before {
		t.Errorf("the note being typed is %q and the figure %s", got, p.Figure())
	}
	p.Put(updateForm+`[name=note]`, "")
	p.Ask(`document.activeElement.blur()`, nil)
	p.Until("the figure changes once nobody types", fmt.Sprintf(`document.querySelector(".reading b").innerText !== %s`, quote(before)))
}
