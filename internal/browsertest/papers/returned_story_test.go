package papers

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/browsertest"
	"dabiao/internal/paper/papertest"
)

// A report comes back with tracked changes and a remark, is looked at, and taken over by section; its figures
// stay figures, and the remark stands beside the text until it is done.
func TestAReportThatCameBackIsMerged(t *testing.T) {
	const rights, publication = "/years/2026/report/edit/performance/rights", "/years/2026/report/edit/publication"
	p := browsertest.Open(t, "staff")
	p.Go("/years/2026/report")
	_, word := p.Download(`.downloads a[href*="report.docx"]`)
	const by = ` w:id="7" w:author="张主席" w:date="2026-12-01T09:30:00Z"`
	run := func(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }
	back := papertest.Rewritten(t, word, strings.NewReplacer(
		run("一是做实维权服务。调处家庭纠纷"), `<w:commentRangeStart w:id="0"/>`+run("一是做实维权服务。调处家庭纠纷")+
			`<w:commentRangeEnd w:id="0"/><w:ins`+by+`>`+run("9")+`</w:ins>`, // in front of the figure
		"强化思想引领", "强化政治引领",
		"本单位无政府性基金预算支出", "本单位没有政府性基金预算支出",
		"八、下一步改进措施</w:t>", "八、下一步打算</w:t>",
		"公开情况</w:t></w:r></w:p>", `公开情况</w:t></w:r></w:p><w:p>`+run("自评结果在门户网站公开。")+`</w:p>`),
		map[string]string{"word/comments.xml": `<w:comments xmlns:w="w"><w:comment w:id="0" w:author="张主席" ` +
			`w:date="2026-12-01T09:30:00Z"><w:p><w:r><w:t>12月又调处1起，请核台账。</w:t></w:r></w:p></w:comment></w:comments>`})
	file := filepath.Join(t.TempDir(), "领导改后.docx")
	if err := os.WriteFile(file, back, 0o600); err != nil {
		t.Fatal(err)
	}

	p.Go("/years/2026/report/edit")
	p.Follow(`.meta a[href$="/report/returned"]`)
	p.Sound("returned-empty")
	p.Choose(`[name=file]`, file)
	if status := p.Press("读取并比对"); status != 200 {
		t.Fatalf("status %d: %s", status, p.Text("main"))
	}
	said := p.Text("main")
	for _, want := range []string{"已按全部接受读取", "张主席", "起 → 9", "标题“八、下一步改进措施”改成了“八、下一步打算”",
		"只改了自动生成的内容", "12月又调处1起"} {
		if !strings.Contains(said, want) {
			t.Errorf("the comparison does not say %q:\n%s", want, said)
		}
	}
	p.Sound("returned")
	p.Click(`[value="performance/ideology"]`) // this one is left out
	p.Shot("returned-chosen")
	if status := p.Press("并入勾选的内容"); status != 200 || !strings.Contains(p.Text(".strip-notice"), "已并入") {
		t.Fatalf("status %d: %s", status, p.Text("main"))
	}
	if list := p.Text(".sections"); !strings.Contains(list, "1条意见") {
		t.Errorf("the sections do not tell of the remark: %s", list)
	}
	p.Go("/years/2026/report/edit/performance/ideology")
	if text := p.Holds("[name=text]"); !strings.Contains(text, "强化思想引领") {
		t.Errorf("a section was taken over that was not ticked: %s", text)
	}
	p.Go(publication)
	if text := p.Holds("[name=text]"); text != "自评结果在门户网站公开。" {
		t.Errorf("publication: %q", text)
	}
	p.Put("[name=text]", "")
	p.Press("保存")
	p.Go(rights)
	text := p.Holds("[name=text]")
	for _, want := range []string{"调处家庭纠纷9", "起，达成协议⟦", "调解成功率⟦"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text does not say %q: %s", want, text)
		}
	}
	if note := p.Text(".remarks"); !strings.Contains(note, "请核台账") || !strings.Contains(note, "张主席") {
		t.Errorf("the note says %q", note)
	}
	p.Sound("returned-note")
	if status := p.Press("已处理"); status != 200 || p.Count(".remarks") != 0 {
		t.Errorf("done: status %d, %d lists of notes", status, p.Count(".remarks"))
	}
	p.Follow(".history li:nth-child(2) a") // for the stories after this one
	if status := p.Press("保存"); status != 200 || !strings.Contains(p.Holds("[name=text]"), "纠纷⟦") {
		t.Errorf("the text of before: status %d: %s", status, p.Holds("[name=text]"))
	}
}
