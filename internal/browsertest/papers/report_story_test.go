package papers

import (
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

const problems = "/years/2026/report/edit/problems"

// A section is written with a figure from the picker, and two people meet in it.
func TestASectionIsWrittenWithALiveFigure(t *testing.T) {
	staff := browsertest.Open(t, "staff")
	staff.Go(problems)
	staff.Type("[name=text]", "培训妇女")
	staff.Until("the text is previewed, which moves what stands below",
		`document.querySelector("#preview").textContent.includes("培训妇女")`)
	staff.Type("#figure-q", "pxfn")
	if n := staff.Count(".figure-list details:not([hidden])"); n != 1 {
		t.Fatalf("pxfn finds %d figures", n)
	}
	staff.Click(".figure-list details:not([hidden]) summary")
	staff.Click(".figure-list details:not([hidden]) button")
	if got := staff.Holds("[name=text]"); got != "培训妇女⟦培训妇女人数·完成数⟧" {
		t.Fatalf("the picker wrote %q", got)
	}
	staff.Until("the draft is previewed", `document.querySelector("#preview .chip") !== null`)
	staff.Axe()
	staff.Shot("report-editor")

	other := browsertest.Open(t, "admin")
	other.Go(problems)
	other.Type("[name=text]", "另一位写的，走访困难群众37户。")
	other.Until("the typed number is marked", `document.querySelector("#preview mark") !== null`)
	if status := other.Press("保存"); status != 200 {
		t.Fatalf("save: status %d: %s", status, other.Text("main"))
	}

	staff.Expect(409)
	if status := staff.Press("保存"); status != 409 {
		t.Errorf("over another's text: status %d", status)
	}
	if said, mine := staff.Text(".conflict"), staff.Holds("[name=text]"); !strings.Contains(said, "走访困难群众37户") ||
		!strings.Contains(mine, "培训妇女人数·完成数") {
		t.Errorf("the conflict shows %q and keeps %q", said, mine)
	}
	staff.Axe()
	staff.Shot("report-conflict")
	if status := staff.Press("保存"); status != 200 || !strings.Contains(staff.Text(".strip-notice"), "已保存") {
		t.Errorf("after putting the two together: status %d: %q", status, staff.Text("main")[:300])
	}
	if n := staff.Count(".history li"); n != 2 {
		t.Errorf("%d versions", n)
	}
}
