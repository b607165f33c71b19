package papers

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/browsertest"
)

var tags = regexp.MustCompile(`<[^>]*>`)

// A table is picked, then the month, then the kind of file: what the screen shows is in each file.
func TestATableOfAMonthIsPickedAndDownloaded(t *testing.T) {
	p := browsertest.Open(t, "leader")
	p.Go("/years/2022")
	p.Follow(`.nav a[href$="/report"]`)
	p.Press("报表")
	p.Click(`.switches details:last-child summary`)
	p.Follow(`.switches details:last-child a[href$="as_of=2022-06"]`)
	if got := p.Text(".meta"); !strings.HasPrefix(got, "截至2022年6月底") {
		t.Fatalf("the papers are of %s", got)
	}
	p.Sound("forms")
	row := `.papers a[href*="form=monitoring"][href*="/report`
	name, word := p.Download(row + `.docx"]`)
	if said := tags.ReplaceAllString(browsertest.InZip(t, word, "word/document.xml"), "|"); !strings.HasSuffix(name,
		".docx") || !strings.Contains(name, "绩效运行监控表") || !strings.Contains(said, "1—6月执行数") {
		t.Errorf("%s holds no table of June", name)
	}
	_, table := p.Download(row + `.csv"]`)
	read, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(table, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	_, workbook := p.Download(row + `.xlsx"]`)
	book, err := excelize.OpenReader(bytes.NewReader(workbook))
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := book.GetRows(book.GetSheetList()[0])
	if err != nil {
		t.Fatal(err)
	}

	if status := p.Follow(row + `"]:not([href*="."])`); status != 200 || p.Text("h1") != "绩效运行监控表" {
		t.Fatalf("the table on screen: status %d, %q", status, p.Text("h1"))
	}
	p.Sound("monitoring-table")
	var shown [][]string
	p.Ask(`Array.from(document.querySelectorAll(".paper table:last-of-type tr"), tr => Array.from(tr.cells, c => c.innerText.trim())).filter(cells => cells.length > 9)`, &shown)
	for _, name := range []string{"召开三八表彰大会", "两癌免费检查完成人数", "征集清廉家书"} {
		is := func(row []string) bool { return slices.Contains(row, name) }
		line := shown[max(0, slices.IndexFunc(shown, is))]
		if line[0] != name {
			t.Fatalf("the screen has no %s", name)
		}
		for kind, rows := range map[string][][]string{"csv": read, "xlsx": sheet} {
			i := slices.IndexFunc(rows, is)
			if i < 0 || !slices.Equal(rows[i][:3], line[:3]) {
				t.Errorf("%s of %s: %q, the screen shows %q", kind, name, rows[max(i, 0)], line)
			}
		}
	}
	p.Click(`.switches details:last-child summary`)
	p.Follow(`.switches details:last-child a[href*="as_of=2022-03"]`)
	if got := p.Text(".form-table"); p.Text("h1") != "绩效运行监控表" || !strings.Contains(got, "1—3月执行数") {
		t.Errorf("another month leads to %s: %s", p.Address(), p.Text("h1"))
	}
}

// Whether a target can be reached is said per month; the table of that month prints it.
func TestWhatIsSaidOfAMonthStandsInItsTable(t *testing.T) {
	const reason = "浏览器测试：推送要等账号年审"
	p := browsertest.Open(t, "staff")
	p.Go("/years/2026/report/monitoring?as_of=2026-09")
	p.Sound("monitoring")
	var line string
	p.Ask(`Array.from(document.querySelectorAll(".outlooks tr"), tr => tr.querySelector(".c-edit a")?.getAttribute("href") ?? "").find(h => h !== "")`, &line)
	p.Go(line)
	p.Click(`[name=possibility][value=possible]`)
	p.Expect(422)
	if status := p.Press("保存"); status != 422 || p.Count(`.errors a[href="#f-reason"]`) != 1 {
		t.Fatalf("without a reason: status %d: %s", status, p.Text(".errors"))
	}
	p.Axe()
	p.Click(`[name=causes][value=staff]`)
	p.Type(`[name=reason]`, reason)
	if status := p.Press("保存"); status != 200 {
		t.Fatalf("save: status %d: %s", status, p.Text("main"))
	}
	if said := p.Text(".outlooks"); !strings.Contains(strings.Join(p.Texts(".outlooks"), ""), reason) {
		t.Errorf("the list does not say it: %s", said)
	}
	p.Follow(`.meta a[href*="form=monitoring"]`)
	if said := p.Text(".paper"); !strings.Contains(said, reason) {
		t.Error("the table of September does not say it")
	}
	p.Go("/years/2026/report?form=monitoring&as_of=2026-08")
	if strings.Contains(p.Text(".paper"), reason) {
		t.Error("the table of August says it")
	}
}
