package browsertest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axePatience is the time limit for axe on a large page on a slow machine.
const axePatience = 3 * time.Minute

// state returns a hash of everything axe looks at except colours: elements, texts, attributes,
// positions and visibility. Of a drawing it only includes what is exposed to people who cannot see it:
// the rest is colours and names that change with them.
const state = `(() => {
	let a = 0, b = 7;
	const add = s => { for (let i = 0; i < s.length; i++) { a = (a * 31 + s.charCodeAt(i)) | 0; b = (b * 131 + s.charCodeAt(i)) | 0; } };
	for (const e of document.querySelectorAll("*")) {
		const drawn = e.closest("svg") !== null, r = e.getBoundingClientRect();
		for (const {name, value} of e.attributes) {
			if (!drawn || /^(role|tabindex|aria-.*|href)$/.test(name)) { add(" " + name + "=" + value); }
		}
		add([e.tagName, r.x, r.y, r.width, r.height, e.checkVisibility({visibilityProperty: true})].join());
	}
	add(document.body.textContent);
	return [location.href, innerWidth, innerHeight, a, b].join();
})()`

// Axe runs axe-core on the page and fails the test on every finding, however minor. If the page differs
// from the last one checked only in colours, only the rules for colours are run: the others would find
// nothing new.
func (p *Page) Axe() {
	p.T.Helper()
	var now string
	if p.Ask(state, &now); now == p.axed {
		p.axe(`"color-contrast", "link-in-text-block"`)
		return
	}
	p.axe("")
	p.axed = now
}

// axe runs the named rules, or all rules if rules is "".
func (p *Page) axe(rules string) {
	p.T.Helper()
	only := ""
	if rules != "" {
		only = `, runOnly: [` + rules + `]`
	}
	// Off unless asked for: WCAG 2.2's hit areas, and names that those who speak to a page can say.
	only += `, rules: {"target-size": {enabled: true}, "label-content-name-mismatch": {enabled: true}}`
	dir, err := Root()
	if err != nil {
		p.T.Fatal(err)
	}
	// Passed to the browser by its debugger, to which the content security policy does not apply.
	source, err := os.ReadFile(filepath.Join(dir, ".tools", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		p.T.Fatalf("axe-core is not there; run make tools: %v", err)
	}
	var findings []struct {
		ID, Impact, Help string
		Nodes            []struct{ HTML, FailureSummary string }
	}
	var there bool
	load := chromedp.Evaluate(string(source)+";0", nil)
	if p.Ask(`"axe" in window`, &there); there {
		load = chromedp.Evaluate("0", nil)
	}
	p.doWithin(axePatience, "check accessibility", load,
		chromedp.Evaluate(`axe.run(document, {resultTypes: ["violations"], selectors: false, preload: false`+only+
			`}).then(r => r.violations)`,
			&findings, func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }))
	for _, f := range findings {
		var where []string
		for _, n := range f.Nodes[:min(3, len(f.Nodes))] {
			where = append(where, fmt.Sprintf("%s\n      %s", n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", "\n      ")))
		}
		p.T.Errorf("axe, %s: %s: %s (%d places)\n    %s", f.Impact, f.ID, f.Help, len(f.Nodes), strings.Join(where, "\n    "))
	}
}

// Sound checks the page in light colours at a desktop's width and in dark ones at a phone's: it must
// not be wider than the window, and axe must find nothing.
func (p *Page) Sound(name string) {
	p.T.Helper()
	for _, width := range []int64{1440, 390} {
		p.Size(width, 900)
		p.Dark(width == 390)
		if n := p.Overflow(); n > 0 {
			p.T.Errorf("%s is %d px wider than a window of %d px", p.Address(), n, width)
		}
		p.Axe()
		p.Shot(Sprintf("%s-%d", []any{name, width}))
	}
	p.Dark(false)
	p.Size(1440, 900)
}
