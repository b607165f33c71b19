package board

import (
	"fmt"
	"testing"
	"time"

	"dabiao/internal/browsertest"
)

// logBesides logs an update through the API, as somebody at another machine would.
func logBesides(p *browsertest.Page, indicator, value string) {
	p.T.Helper()
	update := map[string]string{"indicator": indicator, "unit": "wugang", "date": p.Program.Today(), "value": value,
		"note": "浏览器测试：另一台电脑"}
	if err := p.Program.Post("staff", "/api/v1/updates", update, nil); err != nil {
		p.T.Fatal(err)
	}
}

func TestABoardInASecondWindowFollowsAWrite(t *testing.T) {
	const name = "亲子诵读参与家庭"
	p := browsertest.Open(t, "leader")
	p.Go("/")
	p.Until("it listens", `!!document.querySelector("main[data-heard]")`)
	row := p.Row(name)
	p.Ask(`(() => { window.scrollTo({top: 300, behavior: "instant"}); document.querySelector(`+browsertest.Quote(`a[href="`+row.Href+`"]`)+`).focus({preventScroll: true}); document.documentElement.dataset.same = "1"; return 0 })()`, nil)
	var y float64
	p.Ask(`window.pageYOffset`, &y)
	logBesides(p, "reading-families", "3")
	took := p.Until("the figure changes", fmt.Sprintf(
		`document.querySelector(%s).closest("tr").querySelector(".c-value").innerText !== %s`,
		browsertest.Quote(`tr a[href="`+row.Href+`"]`), browsertest.Quote(row.Value)))
	t.Logf("the board followed after %s", took.Round(time.Millisecond))
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
	p := browsertest.Open(t, "staff")
	browsertest.OpenIndicator(t, p, "接受妇女咨询")
	before := p.Figure()
	p.Type(browsertest.UpdateForm+`[name=note]`, note)
	logBesides(p, "consultations", "2")
	time.Sleep(2500 * time.Millisecond)
	if got := p.Holds(browsertest.UpdateForm + `[name=note]`); got != note || p.Figure() != before {
		t.Errorf("the note being typed is %q and the figure %s", got, p.Figure())
	}
	p.Put(browsertest.UpdateForm+`[name=note]`, "")
	p.Ask(`document.activeElement.blur()`, nil)
	p.Until("the figure changes once nobody types", fmt.Sprintf(`document.querySelector(".reading b").innerText !== %s`,
		browsertest.Quote(before)))
}
