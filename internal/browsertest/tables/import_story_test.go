package tables

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dabiao/internal/browsertest"
)

// A table as an office keeps it: looked at, one column changed, asked about what is there already, and
// taken in; on a desk and on a phone.
func TestATableIsLookedAtAndTakenIn(t *testing.T) {
	for _, c := range []struct {
		name, added   string
		width, height int64
		before, plus  int
	}{{"desk", "11", 1440, 900, 0, 11}, {"phone", "12", 390, 844, 0, 12}} {
		t.Run(c.name, func(t *testing.T) {
			const name = "举办家政服务等培训期数"
			p := browsertest.Open(t, "staff")
			p.Size(c.width, c.height)
			p.Go("/years/2026")
			before := browsertest.Number(t, p.Row(name).Value)
			table := filepath.Join(t.TempDir(), "培训台账.csv")
			write := func(rows string) {
				t.Helper()
				if err := os.WriteFile(table, []byte("培训台账（"+c.name+"）\n指标,单位,日期,完成数,备注\n"+rows), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			good := name + ",期," + p.Program.Today() + "," + c.added + ",第一批\n"
			write(good + "没有这个指标,期," + p.Program.Today() + ",3,\n")
			p.Go("/years/2026/updates")
			p.Press("从 Excel 导入")
			p.Choose("[name=file]", table)
			if status := p.Press("上传并核对"); status != 200 {
				t.Fatalf("upload: status %d: %s", status, p.Text("main"))
			}
			if said := p.Text(".reasons"); !strings.Contains(said, "A4") || !strings.Contains(said, "没有叫“没有这个指标”的指标") {
				t.Errorf("the preview does not say why: %s", said)
			}
			if n := p.Overflow(); n > 0 {
				t.Errorf("the preview is %d px wider than the window", n)
			}
			p.Axe()
			p.Shot("import-preview-" + c.name)
			p.Put("[name=c3]", "total")
			if status := p.Follow(".import-mapping button"); status != 200 || p.Holds("[name=c3]") != "total" {
				t.Errorf("a changed column: status %d, shown %q", status, p.Holds("[name=c3]"))
			}
			write(good)
			p.Follow(".head .meta a")
			p.Choose("[name=file]", table)
			p.Press("上传并核对")
			if said := p.Text("#questions"); !strings.Contains(said, "请先回答 1 个问题") ||
				!strings.Contains(said, "表中是 "+c.added+" 期") || p.Count(".import-confirm form") != 0 {
				t.Errorf("the day has a figure, and it is asked: %q", said)
			}
			p.Axe()
			p.Shot("import-question-" + c.name)
			p.Click("#questions input[value=add]")
			if status := p.Press("按回答重新核对"); status != 200 {
				t.Fatalf("an answer: status %d: %s", status, p.Text("main"))
			}
			if status := p.Press("导入 1 条填报"); status != 200 {
				t.Fatalf("import: status %d: %s", status, p.Text("main"))
			}
			if said := p.Text(".strip-notice"); !strings.Contains(said, "记入 1 条填报") {
				t.Errorf("it says %q", said)
			}
			p.Shot("import-done-" + c.name)
			p.Go("/years/2026")
			if got := browsertest.Number(t, p.Row(name).Value); got != before+c.plus {
				t.Errorf("the board shows %d, want %d", got, before+c.plus)
			}
		})
	}
}
