package papers

import (
	"context"
	"regexp"
	"testing"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"dabiao/internal/browsertest"
)

// printed is the page as the browser prints it to PDF.
func printed(p *browsertest.Page) (pdf []byte) {
	p.T.Helper()
	p.Do("print", chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = cdp.PrintToPDF().WithPreferCSSPageSize(true).Do(ctx)
		return err
	}))
	return pdf
}

var (
	pdfPage = regexp.MustCompile(`/Type /Page\b[^s]`)
	pdfSize = regexp.MustCompile(`/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]`)
)

// The report is seen as pages, and printed to as many, of A4.
func TestTheReportIsSeenAndPrintedAsPages(t *testing.T) {
	p := browsertest.Open(t, "staff")
	for year, fewest := range map[string]int{"2022": 12, "2026": 14} {
		p.Go("/years/" + year + "/report/pages")
		p.Until("the pages are drawn", `document.querySelectorAll(".sheet-paper").length > 0`)
		seen := p.Count(".sheet-paper") + p.Count(".sheet-cover")
		pdf := printed(p)
		if n := len(pdfPage.FindAll(pdf, -1)); n != seen || n < fewest {
			t.Errorf("%s: %d pages are seen, %d printed", year, seen, n)
		}
		for _, size := range pdfSize.FindAllSubmatch(pdf, -1) {
			if wide, high := string(size[1]), string(size[2]); wide[:3] != "594" && wide[:3] != "595" || high[:3] != "841" {
				t.Errorf("%s: a page of %s × %s points is no A4", year, wide, high)
			}
		}
		var numbers string
		p.Ask(`Array.from(document.querySelectorAll(".sheet-paper b"), b => b.textContent).slice(0, 3).join(" ")`, &numbers)
		if numbers != "— 1 — — 2 — — 3 —" {
			t.Errorf("%s: the pages are numbered %s", year, numbers)
		}
		var lines int // of the first full page of text
		p.Ask(`(() => {
			const flow = document.querySelector(".sheet-flow").getBoundingClientRect(), tops = new Set();
			const pitch = document.querySelector("[data-page='2']").getBoundingClientRect().left - flow.left;
			for (const part of document.querySelectorAll(".sheet-text, .sheet-h1, .sheet-h2")) {
				const range = document.createRange(); range.selectNodeContents(part);
				for (const box of range.getClientRects()) {
					const page = Math.floor((box.left - flow.left) / pitch);
					tops.add(page + " " + Math.round(box.top));
				}
			}
			const pages = {};
			for (const t of tops) { const page = t.split(" ")[0]; pages[page] = (pages[page] || 0) + 1; }
			return Math.max(...Object.values(pages));
		})()`, &lines)
		if lines != 22 && lines != 21 {
			t.Errorf("%s: the fullest page has %d lines", year, lines)
		}
	}
	p.Axe()
}

// The pages stand beside the editor, show the place that is written, and follow what is typed.
func TestThePagesFollowWhatIsTyped(t *testing.T) {
	p := browsertest.Open(t, "staff")
	p.Go("/years/2026/report/edit/improvements")
	p.Until("the pages are drawn", `document.querySelectorAll(".sheets-side .sheet-paper").length > 5`)
	if at := p.Text(".sheets-side .sheet-here-text"); at != "八、下一步改进措施" {
		t.Errorf("the pages show %q", at)
	}
	p.Type("[name=text]", "按月调度，逐项销号。")
	p.Until("the pages follow", `document.querySelector(".sheets-side .sheets").textContent.includes("按月调度，逐项销号。")`)
	var inSight bool
	p.Ask(`(() => { const at = document.querySelector(".sheets-side .sheet-here-text").getBoundingClientRect(),
		box = document.querySelector(".sheets-side").getBoundingClientRect();
		return at.left >= box.left && at.left < box.right && at.top >= box.top && at.top < box.bottom; })()`, &inSight)
	if !inSight {
		t.Error("the place that is written is out of sight")
	}
	if open := p.Attribute(`a[href^="/years/2026/report/pages"]`, "href"); open != "/years/2026/report/pages?place=improvements" {
		t.Errorf("the link leads to %q", open)
	}
	p.Axe()
	p.Go("/years/2026/report/edit/improvements") // the draft is the story's own
	p.Press("放弃草稿")
}
