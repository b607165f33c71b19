package browsertest

import (
	"bytes"
	"context"
	"regexp"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// pageOfPDF is how Chromium writes down each page of a PDF.
var pageOfPDF = regexp.MustCompile(`/Type\s*/Page\b`)

// Printed returns how many sheets of A4 the page takes on paper. It fails if the paper is empty.
func (p *Page) Printed() int {
	p.T.Helper()
	var pdf []byte
	p.Do("print the page", chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).Do(ctx)
		return err
	}))
	n := len(pageOfPDF.FindAll(pdf, -1))
	if n == 0 || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		p.T.Fatalf("%s prints no page", p.Address())
	}
	return n
}

// OnPaper shows see the page in its printed form, in a window as wide as the paper between its margins.
func (p *Page) OnPaper(see func()) {
	p.T.Helper()
	p.tell("beforeprint")
	p.Do("show the page as on paper", emulation.SetEmulatedMedia().WithMedia("print"))
	p.Size(695, 1024)
	see()
	p.Do("show the page as on a screen", emulation.SetEmulatedMedia().WithMedia(""))
	p.tell("afterprint")
	p.Size(1440, 900)
}

// tell sends the page what the browser sends it before and after printing.
func (p *Page) tell(event string) {
	p.T.Helper()
	var told bool
	p.Ask(`window.dispatchEvent(new Event(`+Quote(event)+`))`, &told)
}

// Seen counts the elements that match and are shown.
func (p *Page) Seen(selector string) (n int) {
	p.T.Helper()
	p.Ask(`[...document.querySelectorAll(`+Quote(selector)+`)].filter(e => e.checkVisibility()).length`, &n)
	return n
}
