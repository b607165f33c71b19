package browsertest

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// Row is an indicator as shown in a table of figures.
type Row struct{ Name, Href, Value, Target, Measure, Rate, Light string }

// Unfold opens everything that is folded on the page.
func (p *Page) Unfold() {
	p.T.Helper()
	var n int
	p.Ask(`Array.from(document.querySelectorAll("details.area"), d => d.open = true).length`, &n)
}

// Rows returns all rows of the page's tables of figures in order, including folded ones.
func (p *Page) Rows() []Row {
	p.T.Helper()
	p.Unfold()
	var rows []Row
	p.Ask(`Array.from(document.querySelectorAll("table.figures tbody tr"), tr => {
		const cell = c => tr.querySelector(".c-" + c)?.innerText.trim() ?? "";
		return {Name: cell("name"), Href: tr.querySelector(".c-name a")?.getAttribute("href") ?? "", Value: cell("value"),
			Target: cell("target"), Measure: cell("measure"), Rate: cell("rate"), Light: cell("light")};
	})`, &rows)
	return rows
}

// Row returns the row of an indicator on the page.
func (p *Page) Row(name string) Row {
	p.T.Helper()
	for _, r := range p.Rows() {
		if r.Name == name {
			return r
		}
	}
	p.T.Fatalf("no row %q on %s", name, p.Address())
	return Row{}
}

// Figure returns the achievement shown on an indicator's page.
func (p *Page) Figure() string { p.T.Helper(); return p.Text(".show-figure .reading b") }

// LogRows returns the number of log entries shown on the page.
func (p *Page) LogRows() int { p.T.Helper(); return p.Count("table.log tbody tr") }

// UndrawnCharts lists the page's charts that have not been drawn.
func (p *Page) UndrawnCharts() []string {
	p.T.Helper()
	var ids []string
	p.Ask(fmt.Sprintf(`Array.from(document.querySelectorAll("[data-chart]")).filter(
		e => e.querySelectorAll("svg path, svg rect").length < %d).map(e => e.dataset.chart)`, 5), &ids)
	return ids
}

// IsDark reports whether the page has a dark background.
func (p *Page) IsDark() bool {
	p.T.Helper()
	var dark bool
	p.Ask(`getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0) < 200`,
		&dark)
	return dark
}

// BentTables returns the number of tables on the page that are not laid out as tables, so that heads
// may be over the wrong columns. In a narrow window many are on purpose.
func (p *Page) BentTables() int {
	p.T.Helper()
	var n int
	p.Ask(`Array.from(document.querySelectorAll("main table")).filter(t => t.checkVisibility() && getComputedStyle(t).display !== "table").length`, &n)
	return n
}

// Plain returns a number without thousands separators.
func Plain(number string) string { return strings.ReplaceAll(number, ",", "") }

func Number(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.ReplaceAll(text, ",", ""))
	if err != nil {
		t.Fatalf("%q is not a number: %v", text, err)
	}
	return n
}
