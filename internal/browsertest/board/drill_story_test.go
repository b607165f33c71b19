package board

import (
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

// What is behind, which, by how much, who, why and what next: on a phone without a finger moved, in the
// order of the desk.
func TestFiveSecondFactsAreInAPhonesFirstViewport(t *testing.T) {
	p := browsertest.Open(t, "leader")
	p.Size(390, 844)
	p.Go("/")
	p.Shot("board-phone-first-view")
	for what, selector := range map[string]string{"the sentence": "h1.sentence",
		"the worst indicator's name": ".late > li:first-child h3",
		"its number":                 ".late > li:first-child .reading", "its bullet": ".late > li:first-child .bullet",
		"what is missing":              ".late > li:first-child .gap",
		"the reason and the next step": ".late > li:first-child .note p:nth-child(2)", "the second one's name": ".late > li:nth-child(2) h3"} {
		if y := p.Bottom(selector); y <= 0 || y > 844 {
			t.Errorf("%s ends at %.0f px of 844", what, y)
		}
	}
	order := func(width int64) (titles []string) {
		p.Size(width, 844)
		return strings.Fields(strings.Join(p.Texts("main h2, main h3"), " | "))
	}
	if desk, phone := strings.Join(order(1440), " "), strings.Join(order(390), " "); desk != phone {
		t.Errorf("a phone says it in another order:\n%s\n%s", desk, phone)
	}
	var rising bool
	p.Ask(`(tops => tops.every((y, i) => i === 0 || y >= tops[i - 1]))(Array.from(document.querySelectorAll("main h2"), h => h.getBoundingClientRect().top))`, &rising)
	if !rising {
		t.Error("on a phone the sections do not stand in the order of the page")
	}
}

// From a figure on the board to the photo behind it: the number, then the photo. Each step has an
// address, and the way back works.
func TestFromAFigureToItsPhotoInTwoTaps(t *testing.T) {
	p := browsertest.Open(t, "leader")
	p.Go("/")
	p.Unfold()
	const screened = "/updates?indicator=two-cancer-screened"
	if status := p.Follow(`.reading a[href*="` + screened + `"]`); status != 200 {
		t.Fatalf("the number leads to status %d", status)
	}
	if !strings.Contains(p.Address(), screened) {
		t.Fatalf("the number leads to %s", p.Address())
	}
	var kind string
	p.Ask(`(() => { const a = Array.from(document.querySelectorAll(".file a")).find(a => a.textContent.endsWith(".jpg"));
		if (!a) { return "no photo in " + document.querySelector("main").innerText; }
		const r = new XMLHttpRequest(); r.open("GET", a.href, false); r.send(); return r.status + " " + r.getResponseHeader("Content-Type"); })()`, &kind)
	if kind != "200 image/jpeg" {
		t.Errorf("the photo answers %s", kind)
	}
	p.Axe()
	if status := p.Follow(".months-nav li:nth-child(3) a"); status != 200 || !strings.Contains(p.Address(), "month=") {
		t.Errorf("a month leads to %s, status %d", p.Address(), status)
	}
	p.Follow(".crumbs a:first-child")
	if got := p.Text("h1.sentence"); !strings.Contains(got, "项指标") {
		t.Errorf("the way back leads to %q", got)
	}
}

// Area, indicator, unit, month: every step down is a link, and axe finds nothing on the way.
func TestTheWayDownFromTheMap(t *testing.T) {
	p := browsertest.Open(t, "leader")
	p.Go("/")
	p.Follow(".heat tbody tr:nth-child(2) td:nth-child(6) a")
	if !strings.Contains(p.Address(), "/areas/") || !strings.Contains(p.Address(), "as_of=") {
		t.Fatalf("a cell of the map leads to %s", p.Address())
	}
	p.Axe()
	p.Shot("area")
	p.Follow(".heat tbody th a")
	if p.Count(".whole-row") != 1 {
		t.Errorf("%s does not rank its units with the whole among them", p.Address())
	}
	p.Axe()
	p.Shot("indicator-with-everything")
	p.Follow(".pareto a")
	if !strings.Contains(p.Address(), "unit=") {
		t.Errorf("a unit's bar leads to %s", p.Address())
	}
}

// Compared, ordered, pinned and saved; what was saved is there again.
func TestAComparisonIsSavedAndFoundAgain(t *testing.T) {
	p := browsertest.Open(t, "staff")
	p.Go("/years/2026")
	p.Follow(`.tabs a[href*="/compare"]`)
	p.Put(`[name=rows]`, `units`)
	p.Follow(".compare-form button")
	p.Follow(".pivot thead th:nth-child(2) a")
	p.Follow(".pivot tbody tr:nth-child(3) .pin")
	pinned := p.Text(".pivot tbody tr:first-child th")
	if p.Count(".pivot .pinned") != 1 {
		t.Errorf("nothing is pinned at %s", p.Address())
	}
	p.Axe()
	p.Shot("compare")
	p.Type("#f-name", "乡镇排名（浏览器测试）")
	p.Follow(`.card form[action*="/compare/views"] button`)
	p.Go("/years/" + p.Program.Today()[:4] + "/compare")
	p.Follow(".view-list a")
	if got := p.Text(".pivot tbody tr:first-child th"); got != pinned {
		t.Errorf("the saved comparison begins with %q, it was %q", got, pinned)
	}
	p.Size(390, 844)
	if n := p.Overflow(); n > 0 {
		t.Errorf("%d px wider than a phone", n)
	}
}

// A reason given on the indicator's page is on the board, and what was there before is kept.
func TestAReasonIsGivenAndShown(t *testing.T) {
	const reason = "银行额度 10 月用完，浏览器测试补记。"
	p := browsertest.Open(t, "staff")
	p.Go("/years/2026")
	p.Follow(`.next a[href*="business-loans"][href$="#explain"]`)
	p.Type("#explain [name=reason]", reason)
	p.Expect(422)
	if status := p.Follow("#explain form button"); status != 422 || p.Holds("#explain [name=reason]") != reason {
		t.Errorf("without a next step: status %d, the reason now says %q", status, p.Holds("#explain [name=reason]"))
	}
	p.Type("#explain [name=next]", "与县农商行补签额度")
	if status := p.Follow("#explain form button"); status != 200 {
		t.Fatalf("status %d: %s", status, p.Text("main"))
	}
	p.Axe()
	p.Go("/years/2026")
	if board := p.Text(".late"); !strings.Contains(board, reason) || !strings.Contains(board, "下一步措施：与县农商行补签额度") {
		t.Errorf("the board does not say it:\n%s", board)
	}
}
