package tables

import (
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

// A year's log is written into a file while the page says how far it is; without scripts the file comes
// as well.
func TestAYearsLogIsExported(t *testing.T) {
	p := browsertest.Open(t, "staff")
	p.Go("/years/2026/updates")
	name, file := p.Download(`.meta a[href*="format=csv"]`)
	if rows := strings.Count(string(file), "\r\n"); !strings.HasSuffix(name, ".csv") || rows < 500 {
		t.Fatalf("%s has %d rows", name, rows)
	}
	p.Until("the page says that all is written", `document.querySelector(".progress span").textContent.includes("已全部写出")`)
	p.Sound("log-book")
	plain := browsertest.Shared(t).Open(t, browsertest.Demo(t))
	plain.WithoutScripts()
	plain.SignIn("staff")
	plain.Go("/years/2026/updates")
	name, file = plain.Download(`.meta a[href*="format=xlsx"]`)
	if !strings.HasSuffix(name, ".xlsx") || !strings.Contains(browsertest.InZip(t, file, "xl/workbook.xml"), "2026年台账") {
		t.Errorf("without scripts %s comes, %d bytes", name, len(file))
	}
}
