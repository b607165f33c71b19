package browsertest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Axe runs axe-core over the page and fails the test on every finding, however minor.
func (p *Page) Axe() {
	p.t.Helper()
	dir, err := root()
	if err != nil {
		p.t.Fatal(err)
	}
	// Handed to the browser by its debugger, which the content security policy does not bind.
	source, err := os.ReadFile(filepath.Join(dir, ".tools", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		p.t.Fatalf("axe-core is not there; run make tools: %v", err)
	}
	var findings []struct {
		ID, Impact, Help string
		Nodes            []struct{ HTML, FailureSummary string }
	}
	p.do("check accessibility", chromedp.Evaluate(string(source)+";0", nil),
		chromedp.Evaluate(`axe.run(document, {resultTypes: ["violations"], preload: false}).then(r => r.violations)`,
			&findings, func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }))
	for _, f := range findings {
		var where []string
		for _, n := range f.Nodes[:min(3, len(f.Nodes))] {
			where = append(where, fmt.Sprintf("%s\n      %s", n.HTML, strings.ReplaceAll(n.FailureSummary, "\n", "\n      ")))
		}
		p.t.Errorf("axe, %s: %s: %s (%d places)\n    %s", f.Impact, f.ID, f.Help, len(f.Nodes), strings.Join(where, "\n    "))
	}
}
