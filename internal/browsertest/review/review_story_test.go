package review

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"dabiao/internal/browsertest"
)

// box is the box of a waiting entry with this note.
func box(note string) string {
	return `//tr[contains(., ` + browsertest.Quote(note) + `)]//input[@name="update"]`
}

func TestAReviewerReturnsOneAndApprovesTheRest(t *testing.T) {
	const name, right, wrong = "暑期关爱服务活动", "浏览器测试：审核的一场", "浏览器测试：缺签到表的一场"
	staff, reviewer := browsertest.Open(t, "staff"), browsertest.Open(t, "reviewer")
	browsertest.OpenIndicator(t, staff, name)
	before := browsertest.Number(t, staff.Figure())
	for _, note := range []string{right, wrong} {
		browsertest.FillUpdate(staff, "1", note)
		if status := staff.Follow(browsertest.Submit); status != 200 {
			t.Fatalf("log: status %d", status)
		}
	}
	if got := browsertest.Number(t, staff.Figure()); got != before+2 {
		t.Fatalf("what waits is not counted: %d, want %d", got, before+2)
	}

	// With the keyboard alone: tick, write the reason, return.
	reviewer.Go("/years/2026")
	reviewer.Press("填报")
	reviewer.Do("find what waits", chromedp.Focus(`.tabs a[href$="/review"]`, chromedp.ByQuery))
	if status := reviewer.Load("open what waits", chromedp.KeyEvent(kb.Enter)); status != 200 ||
		reviewer.Text("h1") != "待审核" {
		t.Fatalf("what waits: status %d, %s", status, reviewer.Text("h1"))
	}
	reviewer.Axe()
	reviewer.Shot("review-waiting")
	waiting := reviewer.Count(`input[name=update]`)
	reviewer.Expect(422)
	reviewer.KeysOn(box(wrong), " ")
	if got := reviewer.Text("[data-ticked]"); got != "已选 1 条" {
		t.Errorf("the page says %q", got)
	}
	if status := reviewer.Load("return without a reason", chromedp.Focus(`button[value=return]`, chromedp.ByQuery),
		chromedp.KeyEvent(kb.Enter)); status != 422 {
		t.Errorf("a return without a reason: status %d", status)
	}
	var ticked []string
	reviewer.Ask(`Array.from(document.querySelectorAll("input[name=update]:checked"), b => b.closest("tr").innerText)`, &ticked)
	if len(ticked) != 1 || !strings.Contains(ticked[0], wrong) {
		t.Errorf("what was ticked is not kept: %q", ticked)
	}
	reviewer.Axe()
	reviewer.Do("write the reason", chromedp.SendKeys(`[name=reason]`, "缺签到表", chromedp.ByQuery),
		chromedp.KeyEvent(kb.Tab+kb.Tab))
	if status := reviewer.Load("return", chromedp.KeyEvent(kb.Enter)); status != 200 ||
		reviewer.Text(".strip-notice") != "已退回 1 条。" {
		t.Fatalf("return: status %d: %s", status, reviewer.Text("main"))
	}
	if got := reviewer.Count(`input[name=update]`); got != waiting-1 || strings.Contains(reviewer.Text("main"), wrong) {
		t.Errorf("%d still wait, want %d", got, waiting-1)
	}

	// The author sees the reason, corrects; the history tells it.
	browsertest.OpenIndicator(t, staff, name)
	if got := browsertest.Number(t, staff.Figure()); got != before+1 {
		t.Errorf("the returned entry still counts: %d, want %d", got, before+1)
	}
	if log := staff.Text("table.log"); !strings.Contains(log, "演示审核人退回：缺签到表") {
		t.Errorf("the log does not say why:\n%s", log)
	}
	staff.Load("correct", browsertest.ClickXPath(`//table//tr[contains(., "已退回")][contains(., `+browsertest.Quote(wrong)+`)]//a[normalize-space(.)="更正"]`))
	staff.Axe()
	staff.Shot("review-returned")
	if got := staff.Text("ol.history"); !strings.Contains(got, "退回 1 场 原因：缺签到表") {
		t.Errorf("the history says\n%s", got)
	}
	staff.Type(browsertest.UpdateForm+`[name=reason]`, "签到表已补")
	if status := staff.Follow(browsertest.Submit); status != 200 {
		t.Fatalf("correct: status %d: %s", status, staff.Text("main"))
	}

	// The rest at once, without scripts: "all" is a link, and ticks every box.
	plain := browsertest.Open(t, "reviewer")
	plain.WithoutScripts()
	plain.Go("/years/" + plain.Program.Today()[:4] + "/review")
	waiting = plain.Count(`input[name=update]`)
	plain.Follow(`[data-tick]`)
	if status := plain.Follow(`button[value=approve]`); status != 200 ||
		plain.Text(".strip-notice") != browsertest.Sprintf("已通过 %d 条。", []any{waiting}) {
		t.Errorf("approve all: status %d: %s", status, plain.Text("main"))
	}

	// Someone who was slower is told, entry by entry.
	reviewer.Click(`[data-tick]`)
	if status := reviewer.Follow(`button[value=approve]`); status != 200 || !strings.Contains(reviewer.Text(".findings"),
		"已由演示审核人审核通过") {
		t.Errorf("approve what is approved: status %d: %s", status, reviewer.Text("main"))
	}
	browsertest.OpenIndicator(t, staff, name)
	if got := browsertest.Number(t, staff.Figure()); got != before+2 {
		t.Errorf("after the review: %d, want %d", got, before+2)
	}
}

func TestADraftWaitsForItsAuthor(t *testing.T) {
	const name, note = "暑期关爱服务活动", "浏览器测试：先存一份草稿"
	p := browsertest.Open(t, "staff")
	browsertest.OpenIndicator(t, p, name)
	before := browsertest.Number(t, p.Figure())
	browsertest.FillUpdate(p, "3", note)
	if status := p.Press("存为草稿"); status != 200 {
		t.Fatalf("keep a draft: status %d", status)
	}
	if got := browsertest.Number(t, p.Figure()); got != before || !strings.Contains(p.Text("table.log"), "草稿") {
		t.Errorf("a draft counts: %d, want %d", got, before)
	}
	p.Load("open it",
		browsertest.ClickXPath(`//table//tr[contains(., `+browsertest.Quote(note)+`)]//a[normalize-space(.)="变更记录"]`))
	p.Axe()
	if status := p.Press("提交"); status != 200 {
		t.Fatalf("submit: status %d", status)
	}
	if got := browsertest.Number(t, p.Figure()); got != before+3 {
		t.Errorf("handed in: %d, want %d", got, before+3)
	}
}

func TestALockedMonthSaysWhomToAsk(t *testing.T) {
	reviewer, staff := browsertest.Open(t, "reviewer"), browsertest.Open(t, "staff")
	year := reviewer.Program.Today()[:4]
	reviewer.Go("/years/" + year + "/locks")
	reviewer.Axe()
	if !strings.Contains(reviewer.Text("table.locks"), "已锁定") {
		if status := reviewer.Press("锁定"); status != 200 {
			t.Fatalf("lock: status %d: %s", status, reviewer.Text("main"))
		}
	}
	reviewer.Shot("locks")
	browsertest.OpenIndicator(t, staff, "百场宣讲进基层活动")
	staff.Type(browsertest.UpdateForm+`[name=value]`, "2")
	staff.Put(browsertest.UpdateForm+`[name=date]`, year+"-01-12")
	staff.Expect(409)
	if status := staff.Follow(browsertest.Submit); status != 409 || !strings.Contains(staff.Text(".errors"),
		"1 月已由演示审核人锁定") {
		t.Errorf("status %d: %s", status, staff.Text("main"))
	}
	if got := staff.Holds(browsertest.UpdateForm + `[name=value]`); got != "2" {
		t.Errorf("what was typed is gone: %q", got)
	}
}
