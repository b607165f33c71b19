package papers

import (
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

// toButton goes to the end of the long form at once: a page that still glides there is clicked beside it.
const toButton = `(document.querySelector(".project-form .primary").scrollIntoView({behavior: "instant", block: "center"}), true)`

// A project is entered in the browser, with a mistake first, and stands in the report as a table of
// its own with its points; the check says that the money no longer adds up, until it is removed.
func TestAProjectIsEnteredAndStandsInTheReport(t *testing.T) {
	p := browsertest.Open(t, "staff")
	p.Go("/years/2026/budget")
	if status := p.Press("项目支出：登记项目和自评"); status != 200 {
		t.Fatalf("projects: status %d", status)
	}
	before := p.Count(".project")
	if before == 0 {
		t.Fatal("the demo has no projects")
	}
	if status := p.Press("登记项目"); status != 200 {
		t.Fatalf("the form: status %d", status)
	}
	p.Axe()
	p.Type("[name=name]", "浏览器测试项目")
	p.Type("[name=code]", "browser-test")
	p.Type(`[name="money.appropriation.budget"]`, "5")
	p.Type("[name=weight_women-trained]", "90")
	p.Expect(422)
	p.Await(toButton)
	if status := p.Press("保存项目"); status != 422 || !strings.Contains(p.Text(".errors"), "未勾选该指标") {
		t.Fatalf("status %d: %s", status, p.Text("main"))
	}
	if kept := p.Holds("[name=weight_women-trained]"); kept != "90" {
		t.Errorf("the form kept %q", kept)
	}
	p.Axe()
	p.Shot("project-refused")
	p.Click("[name=in_women-trained]")
	p.Type(`[name="money.appropriation.spent"]`, "2.5")
	p.Await(toButton)
	if status := p.Press("保存项目"); status != 200 || p.Count(".project") != before+1 {
		t.Fatalf("status %d: %s", status, p.Text("main"))
	}
	if card := p.Text("#project-browser-test"); !strings.Contains(card, "50.00%") || !strings.Contains(card, "培训妇女人数") {
		t.Errorf("the project shows %s", card)
	}
	if said := p.Text(".findings"); !strings.Contains(said, "各项目全年预算合计 29 万元，预算中项目支出全年预算 24 万元") {
		t.Errorf("the page finds %s", said)
	}
	p.Axe()
	p.Shot("project-list")

	p.Go("/years/2026/report?form=project")
	if paper := p.Text("main"); !strings.Contains(paper, "浏览器测试项目") || !strings.Contains(paper, "50.00%") {
		t.Errorf("the paper has %.600s", paper)
	}
	p.Go("/years/2026/check")
	if said := p.Text("main"); !strings.Contains(said, "各项目全年预算合计 29 万元") {
		t.Errorf("the check finds %.600s", said)
	}

	p.Go("/years/2026/projects")
	p.Click("#project-browser-test summary")
	p.Type("#f-remove-browser-test", "测试完毕")
	if status := p.Follow("#remove-browser-test button"); status != 200 || p.Count(".project") != before {
		t.Fatalf("removal: status %d", status)
	}
}
