package papers

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

const signPage = "/years/2026/report/sign"

// checkAndSign has the staff check the report and the leader sign it; it returns the version's number.
func checkAndSign(t *testing.T, staff, leader *browsertest.Page) (version int) {
	t.Helper()
	staff.Go(signPage)
	if status := staff.Press("确认已检查"); status != 200 || !strings.Contains(staff.Text("h2#state"), "已检查") {
		t.Fatalf("check: status %d: %s", status, staff.Text("main"))
	}
	leader.Go(signPage)
	version = leader.Count("section[aria-labelledby=versions] li") + 1
	if leader.Count("[name=reason]") > 0 {
		leader.Type("[name=reason]", "浏览器测试")
	}
	if status := leader.Press(fmt.Sprintf("签发第 %d 版", version)); status != 200 ||
		leader.Count("section[aria-labelledby=versions] li") != version {
		t.Fatalf("sign: status %d: %s", status, leader.Text("main"))
	}
	if got := leader.Text("section[aria-labelledby=changes]"); !strings.Contains(got, "签发后没有变更") {
		t.Errorf("right after signing: %s", got)
	}
	return version
}

// The report is checked and signed; a later correction shows beside what was signed and changes nothing
// in it; a new version holds it, and the two are compared.
func TestASignedReportStandsAndLaterCorrectionsShow(t *testing.T) {
	const name, code, note = "培训妇女人数", "women-trained", "浏览器测试：签发前记的一批"
	staff, leader := browsertest.Open(t, "staff"), browsertest.Open(t, "leader")
	staff.Go(indicator2026(code))
	browsertest.FillUpdate(staff, "3", note)
	browsertest.Confirm(staff) // the townships report it, too
	before := staff.Figure()
	first := checkAndSign(t, staff, leader)
	leader.Sound("report-signed")
	signed := fmt.Sprintf("/years/2026/report/signed/%d", first)
	leader.Go(signed)
	_, paper := leader.Download(`.signoff a[href$=".docx"]`)

	staff.Go(indicator2026(code))
	staff.Load("correct",
		browsertest.ClickXPath(`//table//tr[contains(., `+browsertest.Quote(note)+`)]//a[normalize-space(.)="更正"]`))
	staff.Type(browsertest.UpdateForm+`[name=value]`, "5")
	staff.Type(browsertest.UpdateForm+`[name=reason]`, "浏览器测试：漏了两人")
	browsertest.Confirm(staff)
	staff.Go(indicator2026(code))
	after := staff.Figure()
	if browsertest.Number(t, after) != browsertest.Number(t, before)+2 {
		t.Fatalf("the correction makes %s of %s", after, before)
	}
	leader.Go(signPage)
	if said := leader.Text("section[aria-labelledby=changes]"); !strings.Contains(said, name+" · 完成值") {
		t.Errorf("after the correction: %s", said)
	}
	leader.Go(signed)
	if later := strings.Join(leader.Texts(".later"), ""); !strings.Contains(later, "报告后变更") ||
		!strings.Contains(later, browsertest.Plain(after)) {
		t.Errorf("beside the frozen figure: %q", later)
	}
	leader.Axe()
	leader.Shot("report-changed")
	if _, again := leader.Download(`.signoff a[href$=".docx"]`); !bytes.Equal(again, paper) {
		t.Error("the signed paper is another after a correction")
	}

	second := checkAndSign(t, staff, leader)
	leader.Go(fmt.Sprintf("/years/2026/report/signed/%d", second))
	if n := leader.Count(".later"); n != 0 {
		t.Errorf("the new version has %d later changes", n)
	}
	leader.Press(fmt.Sprintf("与第 %d 版比较", first))
	if said := leader.Text("section[aria-labelledby=changes]"); !strings.Contains(said, browsertest.Plain(before)) ||
		!strings.Contains(said, browsertest.Plain(after)) {
		t.Errorf("the two versions compared: %s", said)
	}
	leader.Shot("report-compared")
}

func indicator2026(code string) string { return "/years/2026/indicators/" + code }
