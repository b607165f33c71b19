package papers

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/browsertest"
	"dabiao/internal/paper/papertest"
)

// rewritten is a Word file with words of its text replaced and parts added.
func rewritten(t *testing.T, file []byte, replace *strings.Replacer, more map[string]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "本会版式.docx")
	if err := os.WriteFile(path, papertest.Rewritten(t, file, replace, more), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// An office begins with the sample, is told what is wrong in its file, and gets its own layout filled.
func TestAnOwnWordTemplateIsTakenAndFilled(t *testing.T) {
	p := browsertest.Open(t, "staff")
	p.Go("/years/2022/report/forms")
	p.Press("本单位的 Word 模板")
	if p.Count(".sample") > 0 {
		t.Error("the published year says that its figures are invented")
	}
	_, sample := p.Download(`.meta a[href$="/sample.docx"]`)
	p.Sound("template-empty")
	send := func(file string) int {
		t.Helper()
		p.Choose(`[name=file]`, file)
		return p.Press("上传模板")
	}
	none := strings.NewReplacer()
	p.Expect(422)
	for file, why := range map[string]string{
		rewritten(t, sample, strings.NewReplacer("⟦", "⟦没有这个指标", "完成数", "完成数"), nil):  "没有这个指标",
		rewritten(t, sample, none, map[string]string{"word/vbaProject.bin": "macro"}): "宏",
	} {
		if status := send(file); status != 422 || !strings.Contains(p.Text(".errors"), why) {
			t.Errorf("want a sentence with %s: status %d: %s", why, status, p.Text(".errors"))
		}
		if p.Count(`.papers li`) != 0 {
			t.Error("a refused file is kept")
		}
	}
	p.Sound("template-refused")
	text := filepath.Join(t.TempDir(), "notes.docx")
	if err := os.WriteFile(text, []byte("no Word file"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status := send(text); status != 422 || p.Text(".errors") == "" {
		t.Errorf("a text named .docx: status %d", status)
	}
	if status := send(rewritten(t, sample, none, nil)); status != 200 ||
		!strings.Contains(p.Text(".papers"), "本会版式.docx") {
		t.Fatalf("the good one: status %d: %s", status, p.Text("main"))
	}
	p.Sound("template-kept")
	_, filled := p.Download(`.papers-files a[href*="/filled.docx"]`)
	said := tags.ReplaceAllString(browsertest.InZip(t, filled, "word/document.xml"), "")
	if strings.Contains(said, "⟦") || !strings.Contains(said, "10780") && !strings.Contains(said, "10,780") {
		t.Errorf("the filled file says %s", said)
	}
	p.Press("删除")
	if p.Count(`.papers li`) != 0 {
		t.Error("it cannot be taken away again")
	}
}
