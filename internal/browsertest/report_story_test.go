package browsertest

import (
	"strings"
	"testing"
)

const problems = "/years/2026/report/edit/problems"

// A section is written with a figure from the picker, two people meet in it, the report is checked and
// signed, and a later entry shows beside what was signed.
func TestAReportIsWrittenCheckedSignedAndLaterChangesShow(t *testing.T) {
	staff := open(t, "staff")
	staff.Go(problems)
	staff.Type("[name=text]", "培训妇女")
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

	other := open(t, "admin")
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
	if said, mine := staff.Text(".conflict"), staff.Holds("[name=text]"); !strings.Contains(said, "走访困难群众37户") || !strings.Contains(mine, "培训妇女人数·完成数") {
		t.Errorf("the conflict shows %q and keeps %q", said, mine)
	}
	staff.Axe()
	staff.Shot("report-conflict")
	if status := staff.Press("保存"); status != 200 || !strings.Contains(staff.Text(".strip-notice"), "已保存") {
		t.Errorf("after putting the two together: status %d", status)
	}
	if n := staff.Count(".history li"); n != 2 {
		t.Errorf("%d versions", n)
	}

	staff.Go("/years/2026/report/sign")
	if status := staff.Press("确认已检查"); status != 200 || !strings.Contains(staff.Text("h2#state"), "已检查") {
		t.Fatalf("check: status %d: %s", status, staff.Text("main"))
	}
	leader := open(t, "leader")
	leader.Go("/years/2026/report/sign")
	if leader.Count("[name=reason]") > 0 {
		leader.Type("[name=reason]", "浏览器测试")
	}
	if status := leader.Press("签发第 1 版"); status != 200 || leader.Count(".history li") != 1 {
		t.Fatalf("sign: status %d: %s", status, leader.Text("main"))
	}
	before := leader.Text("section[aria-labelledby=changes]")
	if !strings.Contains(before, "签发后没有变更") {
		t.Errorf("right after signing: %s", before)
	}
	leader.Axe()
	leader.Shot("report-signed")

	logBesides(staff, "women-trained", "3")
	leader.Go("/years/2026/report/sign")
	if said := leader.Text("section[aria-labelledby=changes]"); !strings.Contains(said, "培训妇女人数 · 完成值") {
		t.Errorf("after another entry: %s", said)
	}
	leader.Go("/years/2026/report/signed/1")
	if later := leader.Text(".later"); !strings.Contains(later, "报告后变更") {
		t.Errorf("beside the frozen figure: %q", later)
	}
	if n := leader.Overflow(); n > 0 {
		t.Errorf("the signed report is %d px wider than the window", n)
	}
	leader.Axe()
	leader.Shot("report-changed")
}

// Every page of the report is sound on a desk and a phone, by day and by night.
func TestTheReportsPagesAreSound(t *testing.T) {
	p := open(t, "staff")
	for _, dark := range []bool{false, true} {
		p.Dark(dark)
		for _, width := range []int64{1440, 390} {
			p.Size(width, 900)
			for _, path := range []string{"/report", "/report/edit", "/report/edit/improvements", "/report/figures?q=pxfn", "/report/outline", "/report/sign", "/check", "/check/document"} {
				p.Go("/years/2022" + path)
				if n := p.Overflow(); n > 0 {
					t.Errorf("%s is %d px wider than a window of %d px", p.Address(), n, width)
				}
				p.Axe()
			}
		}
	}
}
