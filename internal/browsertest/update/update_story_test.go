package update

import (
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

func TestAStaffMemberLogsAnUpdateAndSeesItEverywhere(t *testing.T) {
	const name, note = "新媒体宣传推送", "浏览器测试：补记一批推送"
	p := browsertest.Open(t, "staff")
	p.Go("/years/2026")
	before := browsertest.Number(t, p.Row(name).Value)
	browsertest.OpenIndicator(t, p, name)
	entries := p.LogRows()
	browsertest.FillUpdate(p, "20", note)
	p.Shot("update-filled")
	if status := p.Follow(browsertest.Submit); status != 200 {
		t.Fatalf("log the update: status %d: %s", status, p.Text("main"))
	}
	if got := browsertest.Number(t, p.Figure()); got != before+20 {
		t.Errorf("the indicator shows %d, want %d", got, before+20)
	}
	if got := p.LogRows(); got != entries+1 {
		t.Errorf("the log has %d entries, want %d", got, entries+1)
	}
	if log := p.Text("table.log"); !strings.Contains(log, note) {
		t.Errorf("the log does not show the note:\n%s", log)
	}
	p.Shot("update-logged")
	p.Go("/years/2026")
	if got := browsertest.Number(t, p.Row(name).Value); got != before+20 {
		t.Errorf("the board shows %d, want %d", got, before+20)
	}
}

func TestACorrectionAndAWithdrawalAnswerAnEntryAndKeepIt(t *testing.T) {
	const name = "百场宣讲进基层活动"
	p := browsertest.Open(t, "staff")
	browsertest.OpenIndicator(t, p, name)
	before := browsertest.Number(t, p.Figure())
	browsertest.FillUpdate(p, "40", "浏览器测试：多打了一个零")
	browsertest.Confirm(p)

	if status := p.Follow("table.log tbody tr:first-child .c-actions a:first-child"); status != 200 {
		t.Fatalf("open the correction: status %d", status)
	}
	p.Axe()
	p.Expect(422)
	p.Type(browsertest.UpdateForm+`[name=value]`, "4")
	if status := p.Follow(browsertest.Submit); status != 422 {
		t.Errorf("a correction without a reason: status %d, want 422", status)
	}
	if got := p.Holds(browsertest.UpdateForm + `[name=value]`); got != "4" {
		t.Errorf("the refused correction holds %q, want 4", got)
	}
	p.Type(browsertest.UpdateForm+`[name=reason]`, "多打了一个零")
	p.Shot("correction")
	if status := p.Follow(browsertest.Submit); status != 200 {
		t.Fatalf("correct: status %d: %s", status, p.Text("main"))
	}
	if got := browsertest.Number(t, p.Figure()); got != before+4 {
		t.Errorf("after the correction the figure is %d, want %d", got, before+4)
	}
	if p.Count("table.log tr.answered") != 1 {
		t.Errorf("the corrected entry is not kept, struck through:\n%s", p.Text("table.log"))
	}

	p.Follow("table.log tbody tr:first-child .c-actions a:last-child")
	p.Type(`#withdraw [name=reason]`, "这件事没有发生")
	if status := p.Follow(`#withdraw form button`); status != 200 {
		t.Fatalf("withdraw: status %d: %s", status, p.Text("main"))
	}
	if got := browsertest.Number(t, p.Figure()); got != before {
		t.Errorf("after the withdrawal the figure is %d, want %d", got, before)
	}
	p.Shot("withdrawn")
}

func TestARefusedUpdateKeepsWhatWasTyped(t *testing.T) {
	const note = "浏览器测试：不会保存"
	p := browsertest.Open(t, "staff")
	browsertest.OpenIndicator(t, p, "举办家政服务等培训期数")
	entries, figure := p.LogRows(), p.Figure()
	browsertest.FillUpdate(p, "12..5", note)
	p.Put(browsertest.UpdateForm+`[name=date]`, "")
	p.Expect(422)
	if status := p.Follow(browsertest.Submit); status != 422 {
		t.Fatalf("an unreadable number and no date: status %d, want 422", status)
	}
	p.Shot("update-refused")
	for field, want := range map[string]string{"value": "12..5", "date": "", "note": note} {
		if got := p.Holds(browsertest.UpdateForm + `[name=` + field + `]`); got != want {
			t.Errorf("field %s holds %q, want %q as it was typed", field, got, want)
		}
	}
	told := p.Texts(".form-card .error")
	if len(told) != 2 {
		t.Errorf("two mistakes, %d sentences: %q", len(told), told)
	}
	for _, s := range told {
		if !strings.HasSuffix(s, "。") {
			t.Errorf("%q is not a whole sentence", s)
		}
	}
	if got := p.Count(`.errors li a[href^="#"]`); got != 2 {
		t.Errorf("the summary leads to %d fields, want 2", got)
	}
	p.Axe()
	browsertest.OpenIndicator(t, p, "举办家政服务等培训期数")
	if p.LogRows() != entries || p.Figure() != figure {
		t.Errorf("a refused update changed the log or the figure")
	}
}

func TestAnImpatientDoubleClickLogsOnce(t *testing.T) {
	const name = "基层妇联执委培训"
	p := browsertest.Open(t, "staff")
	browsertest.OpenIndicator(t, p, name)
	before, entries := browsertest.Number(t, p.Figure()), p.LogRows()
	browsertest.FillUpdate(p, "60", "浏览器测试：双击")
	p.FollowTwice(browsertest.Submit)
	browsertest.OpenIndicator(t, p, name)
	if got := browsertest.Number(t, p.Figure()); got != before+60 {
		t.Errorf("the figure is %d, want %d", got, before+60)
	}
	if got := p.LogRows(); got != entries+1 {
		t.Errorf("%d new entries, want 1", got-entries)
	}
}

// A browser that is sent back, or restores a tab, holds the form with the key it was given.
func TestSendingTheSameFormAgainLogsOnce(t *testing.T) {
	const name, note = "新领域妇联组织组建", "浏览器测试：返回后再次提交"
	p := browsertest.Open(t, "staff")
	browsertest.OpenIndicator(t, p, name)
	before, entries := browsertest.Number(t, p.Figure()), p.LogRows()
	key := p.Holds(browsertest.UpdateForm + `[name=key]`)
	for range 2 {
		p.Put(browsertest.UpdateForm+`[name=key]`, key)
		browsertest.FillUpdate(p, "1", note)
		p.Follow(browsertest.Submit)
	}
	browsertest.OpenIndicator(t, p, name)
	if got := browsertest.Number(t, p.Figure()); got != before+1 {
		t.Errorf("the figure is %d, want %d", got, before+1)
	}
	if got := p.LogRows(); got != entries+1 {
		t.Errorf("%d new entries, want 1", got-entries)
	}
}

func TestWithoutScriptsTheBoardHasItsNumbersAndAFormStillLogs(t *testing.T) {
	const name = "培训妇女人数"
	p := browsertest.Shared(t).Open(t, browsertest.Demo(t))
	p.WithoutScripts()
	p.SignIn("staff")
	p.Go(browsertest.Board)
	if got := len(p.Rows()); got != 66 {
		t.Errorf("%d indicators, want 66", got)
	}
	p.Shot("board-without-scripts")
	browsertest.OpenIndicator(t, p, name)
	before := browsertest.Number(t, p.Figure())
	browsertest.FillUpdate(p, "2", "浏览器测试：没有脚本")
	browsertest.Confirm(p) // the townships report it, too
	if got := browsertest.Number(t, p.Figure()); got != before+2 {
		t.Errorf("the figure is %d, want %d", got, before+2)
	}
}
