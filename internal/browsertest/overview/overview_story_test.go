package overview

import (
	"fmt"
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

// overlaps lists texts of the picture of all indicators that stand on one another, within a row and from
// row to row.
const overlaps = `(() => {
	const out = [], on = (a, b) => a.width && b.width && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
	const parts = li => Array.from(li.querySelectorAll(".ov-light, .ov-name, .ov-sum, .ov-bullet > svg, .ov-rate, .ov-before, .ov-trend"), e => [e, e.getBoundingClientRect()]);
	let before = null;
	for (const li of document.querySelectorAll(".ov-rows li")) {
		const all = parts(li), row = li.getBoundingClientRect();
		all.forEach(([e, a], i) => all.slice(i + 1).forEach(([f, b]) => { if (on(a, b)) { out.push(e.className + " on " + f.className + ": " + li.innerText.slice(0, 40)); } }));
		if (before && row.top < before.bottom - 1) { out.push("rows: " + li.innerText.slice(0, 40)); }
		before = row;
	}
	return out;
})()`

// longNames gives every indicator a name of 40 characters, as some offices have.
const longNames = `document.querySelectorAll(".ov-name").forEach((n, i) => { if (n.firstChild && n.closest("li")) { n.firstChild.data =
	i % 2 ? "农村适龄妇女宫颈癌乳腺癌免费检查及随访关爱帮扶服务工作任务完成情况统计总数（户）" : "Rural women screened and followed-up 2026 "; } }), 0`

// All indicators fit one screen of an office PC; on any screen nothing is wider than the window and no text
// stands on another, with long names too.
func TestAllIndicatorsAreOnePicture(t *testing.T) {
	p := browsertest.Open(t, "leader")
	path := "/years/" + p.Program.Today()[:4] + "/overview"
	for _, lang := range []string{"zh-CN", "en"} {
		p.Go("/")
		p.Click(".menu-me summary")
		p.Follow(`.prefs button[value="` + lang + `"]`)
		for _, size := range [][2]int64{{390, 844}, {1366, 768}, {1920, 1080}} {
			p.Size(size[0], size[1])
			p.Go(path)
			at := fmt.Sprintf("%s at %d px", lang, size[0])
			p.Shot("overview-" + lang + fmt.Sprintf("-%d", size[0]))
			checkPicture(t, p, at)
			if y := p.Bottom(".ov-rows:not(.ov-free) li:last-child"); size[0] > 1000 && (y <= 0 || y > float64(size[1])) {
				t.Errorf("%s: the last indicator ends at %.0f px of %d", at, y, size[1])
			}
			var n int
			p.Ask(longNames, &n)
			checkPicture(t, p, at+" with long names")
			p.Shot("overview-long-" + lang + fmt.Sprintf("-%d", size[0]))
		}
		p.Axe()
	}
	p.Go("/")
	p.Click(".menu-me summary")
	p.Follow(`.prefs button[value="zh-CN"]`)
}

func checkPicture(t *testing.T, p *browsertest.Page, at string) {
	t.Helper()
	if n := p.Overflow(); n > 0 {
		t.Errorf("%s: %d px wider than the window", at, n)
	}
	var wrong []string
	if p.Ask(overlaps, &wrong); len(wrong) > 0 {
		t.Errorf("%s: texts on one another: %q", at, wrong)
	}
}

// The board's own picture says of every indicator what its table says, and every row leads to it.
func TestThePictureAndTheTablesSayTheSame(t *testing.T) {
	p := browsertest.Open(t, "leader")
	p.Go("/")
	var rows []struct{ Href, Rate, Value string }
	p.Ask(`Array.from(document.querySelectorAll(".ov-rows li a"), a => ({Href: a.getAttribute("href"), Rate: a.querySelector(".ov-rate")?.innerText.trim() ?? "",
		Value: a.querySelector(".ov-sum b").innerText.trim()}))`, &rows)
	table := map[string]browsertest.Row{}
	for _, r := range p.Rows() {
		table[r.Href] = r
	}
	if len(rows) != len(table) || len(rows) < 20 {
		t.Errorf("%d rows in the picture, %d in the tables", len(rows), len(table))
	}
	for _, r := range rows {
		was, ok := table[r.Href]
		if !ok || r.Value != was.Value || strings.HasSuffix(r.Rate, "%") && r.Rate != was.Rate {
			t.Errorf("%s: the picture says %s, %s, the table %s, %s", r.Href, r.Value, r.Rate, was.Value, was.Rate)
		}
	}
}

// A year without targets shows what was done without a click, also on a phone.
func TestAYearWithoutTargetsShowsItsResults(t *testing.T) {
	p := browsertest.Open(t, "leader")
	p.Size(390, 844)
	p.Go("/years/2022")
	p.Shot("board-2022-phone")
	if s := p.Text("h1.sentence"); !strings.Contains(s, "10,780") {
		t.Errorf("the first line does not say what was done: %q", s)
	}
	var seen int
	p.Ask(`Array.from(document.querySelectorAll("td.c-value")).filter(td => { const r = td.getBoundingClientRect(); return td.innerText.trim() !== "—" && r.height > 0 && r.bottom <= innerHeight; }).length`, &seen)
	if seen < 8 {
		t.Errorf("%d results are seen at once on a phone, want 8", seen)
	}
}

// The second screen: units by indicator with their rank, points, years; each leads on, on any screen.
func TestTheSecondScreenHoldsUnitsPointsAndYears(t *testing.T) {
	p := browsertest.Open(t, "leader")
	path := "/years/" + p.Program.Today()[:4] + "/trends"
	for _, width := range []int64{390, 1366} {
		p.Size(width, 844)
		p.Go(path)
		p.Shot(fmt.Sprintf("trends-%d", width))
		if n := p.Overflow(); n > 0 {
			t.Errorf("at %d px: %d px wider than the window", width, n)
		}
		var narrow []string
		p.Ask(`Array.from(document.querySelectorAll(".unit-map tbody th, .history tbody th")).filter(th => th.getBoundingClientRect().width < 90).map(th => th.innerText)`, &narrow)
		if len(narrow) > 0 {
			t.Errorf("at %d px names have no room: %q", width, narrow)
		}
		p.Axe()
	}
	for _, part := range []string{".unit-map tbody td a", ".points li", ".history tbody tr"} {
		if p.Count(part) < 3 {
			t.Errorf("%d × %s", p.Count(part), part)
		}
	}
	p.Follow(".unit-map tbody td a[class]")
	if at := p.Address(); !strings.Contains(at, "/indicators/") || !strings.Contains(at, "unit=") {
		t.Errorf("a cell leads to %s", at)
	}
}
