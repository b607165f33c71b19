package firsthour

import (
	"os"
	"strings"
	"testing"

	"dabiao/internal/browsertest"
	"dabiao/internal/programtest"
)

// From the set-up link to a year that an old report has become: its 66 indicators, their figures, staff, budget and
// texts, with one paste; a draft survives going away, a mistake loses nothing, and all of it is undone in one step.
func TestAnOfficeIsSetUpFromItsOldReport(t *testing.T) {
	report, err := os.ReadFile("../../intake/testdata/report/tuned.txt")
	if err != nil {
		t.Fatal(err)
	}
	program, link, err := programtest.Fresh()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := program.Stop(); err != nil {
			t.Error(err)
		}
	})
	p := &person{Page: browsertest.Shared(t).Open(t, program)}
	p.Size(1366, 768)
	p.Go(strings.TrimPrefix(link, program.URL))
	p.fill("[name=office]", "某县妇女联合会")
	p.fill("[name=year]", "2022")
	p.fill("[name=full_name]", "王芳")
	p.fill("[name=name]", "wangfang")
	p.fill("[name=password]", "correct horse")
	p.press("完成设置并登录", 200)
	p.press("由去年的报告建立", 200)
	see(p, "adopt-choose", "由旧报告、旧表格建立年度")
	p.paste("textarea", string(report))
	p.press("下一步：核对", 200)
	see(p, "adopt-review", "新建 66 项指标", "填报 65 个数字", "设定 1 个目标", "人员编制：行政编制 5 名")

	p.fill("#p-name-47", "“千万补贴”活动参加人数")
	p.press("存为草稿", 200)
	draft := p.Address()
	p.Go("/years/2022")
	p.Go(draft)
	if got := p.Holds("#p-name-47"); got != "“千万补贴”活动参加人数" {
		t.Errorf("the draft holds %q", got)
	}
	p.Expect(422)
	p.fill("#p-figure-1", "好几个")
	p.follow(".proposal-actions button.primary", 422)
	see(p, "adopt-mistake", "1 行需要改正，尚未保存任何内容")
	p.fill("#p-figure-1", "25名")
	p.follow(".proposal-actions button.primary", 200)
	see(p, "adopt-made", "指标 66 项", "填报 65 条", "整体撤销")
	made := p.Address()
	p.press("看板", 200)
	see(p, "adopt-board", "66 项指标")
	t.Logf("from the link to the year: %d clicks, %d keys, one report pasted", p.clicks, p.keys)
	if p.clicks > 60 {
		t.Errorf("%d clicks, more than 60", p.clicks)
	}
	p.Go("/years/2022/report")
	see(p, "adopt-report", "两癌免费检查任务数10361人，实际完成10780人", "征集清廉家书近200封")
	p.Go(made)
	p.Follow(`form[action$="/undo"] button`)
	see(p, "adopt-undone", "新建 66 项指标")
	p.Size(browsertest.Phone, 844)
	see(p, "adopt-phone", "完成数")
	p.Go("/years/2022/adopt")
	see(p, "adopt-choose-phone", "已撤销")
}
