package papers

import (
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

// The finance system's table is copied cell by cell and column by column; a tick is kept at once.
func TestATableIsTypedOverCellByCell(t *testing.T) {
	p := browsertest.Open(t, "staff")
	p.Go("/years/2022/report/forms")
	p.Press("录入财政系统")
	p.Sound("rekey")
	p.MayCopy()
	var want string
	p.Ask(`(() => { const cell = Array.from(document.querySelectorAll("[data-cell]")).find(c => c.textContent.includes("10780")); cell.id = "cell";
		cell.closest("tr").querySelector("[name=done]").id = "tick"; return cell.textContent.trim() })()`, &want)
	p.Click("#cell")
	p.Until("it says so", `document.querySelector("[data-count]").textContent.includes("10780")`)
	if got := p.Copied(); got != want {
		t.Errorf("the clipboard holds %q, want %q", got, want)
	}
	var column []string
	p.Ask(`(() => { const cell = document.getElementById("cell"), table = cell.closest("table"); const head = table.querySelector('[data-head="' + cell.dataset.cell + '"]'); head.id = "head";
		return Array.from(table.querySelectorAll('[data-cell="' + cell.dataset.cell + '"]'), c => c.textContent.trim()) })()`, &column)
	p.Click("#head")
	p.Until("it says so", `!document.querySelector("[data-count]").textContent.includes("10780")`)
	if got := p.Copied(); got != strings.Join(column, "\n") || len(column) < 60 {
		t.Errorf("the column has %d cells, the clipboard holds\n%s", len(column), got)
	}
	p.Click("#tick")
	p.Until("the line is done", `document.getElementById("tick").closest("tr").classList.contains("done")`)
	p.Sound("rekey-ticked")
	if ticked := p.Count("tr.done"); ticked != 1 {
		t.Errorf("%d lines are done", ticked)
	}
	p.Go(p.Address())
	if n, said := p.Count("tr.done [name=done]:checked"), p.Text("tr.done"); n != 1 || !strings.Contains(said, "10780") ||
		!strings.Contains(p.Text("[data-count]"), "已录 1 行") {
		t.Errorf("after a reload %d are done: %q", n, said)
	}
}
