package app_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"dabiao/internal/app"
	"dabiao/internal/kpi"
	"dabiao/internal/report"
)

// wordOf is a .docx with the given body.
func wordOf(t *testing.T, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(w, `<?xml version="1.0"?><w:document xmlns:w="w" xmlns:v="v"><w:body>%s</w:body></w:document>`, body)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func inParagraphs(lines ...string) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString("<w:p><w:r><w:t>" + line + "</w:t></w:r></w:p>")
	}
	return b.String()
}

// tenSheets is a workbook whose figures are on the seventh sheet, with merged headings in two rows; the third is
// hidden.
func tenSheets(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for n := 2; n <= 10; n++ {
		_, err := f.NewSheet(fmt.Sprintf("Sheet%d", n))
		must(err)
		must(f.SetCellStr(fmt.Sprintf("Sheet%d", n), "A1", "说明"))
	}
	for row, cells := range [][]any{{"2022年工作任务完成情况"}, {"板块", "指标名称", "计量单位", "年度", "", "备注"},
		{"", "", "", "目标", "完成数", ""}, {"培训", "培训妇女", "人次", 1200, 1259, ""}, {"培训", "举办培训", "期", 20, "２０", ""}} {
		must(f.SetSheetRow("Sheet7", fmt.Sprintf("A%d", row+1), &cells))
	}
	must(f.MergeCell("Sheet7", "A1", "F1"))
	must(f.MergeCell("Sheet7", "D2", "E2"))
	for _, column := range []string{"A", "B", "C", "F"} {
		must(f.MergeCell("Sheet7", column+"2", column+"3"))
	}
	must(f.SetCellStr("Sheet3", "A1", "指标名称"))
	must(f.SetCellStr("Sheet3", "A2", "藏起来的指标"))
	must(f.SetSheetVisible("Sheet3", false))
	var b bytes.Buffer
	must(f.Write(&b))
	return b.Bytes()
}

func gbk(t *testing.T, s string) []byte {
	t.Helper()
	out, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Whatever people hand in as an old report gives the right figures or one sentence, soon and within bounds.
func TestWhateverIsHandedInAsAnOldReportIsReadOrNamed(t *testing.T) {
	var pages []string
	for n := range 300 { // a page has 22 lines of 28 characters
		pages = append(pages, fmt.Sprintf("（%s）第%d项工作", []string{"一", "二", "三"}[n%3], n+1))
		for line := range 21 {
			pages = append(pages, fmt.Sprintf("走访第%d村困难家庭%d户，发放慰问金%d万元，群众普遍反映良好。", n*21+line, line+3, line+2))
		}
	}
	const said = "2022年绩效自评\n二、绩效情况\n（一）培训\n全年培训妇女1259人次。"
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 504)
	locked := "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	for _, c := range []struct {
		name    string
		content []byte
		key     string   // of the refusal; "": read
		rows    []string // name=figure of the first rows
	}{
		{"三百页.docx", wordOf(t, inParagraphs(pages...)), "", nil},
		{"三百页.txt", []byte(strings.Join(pages, "\n")), "", nil},
		{"扫描件.docx", wordOf(t, strings.Repeat(`<w:p><w:r><w:pict><v:shape/></w:pict></w:r></w:p>`, 30)), "old_report_empty", nil},
		{"报告.docx", []byte("%PDF-1.7\n"), "document_pdf", nil},
		{"报告.pdf", []byte("%PDF-1.7\n"), "document_pdf", nil},
		{"报告.doc", []byte(ole), "document_type", nil},
		{"报告.wps", []byte(ole), "document_type", nil},
		{"台账.et", []byte(ole), "import_old_format", nil},
		{"台账.xls", []byte(ole), "import_old_format", nil},
		{"加密.docx", []byte(ole + locked), "document_encrypted", nil},
		{"加密.xlsx", []byte(ole + locked), "import_encrypted", nil},
		{"空.docx", nil, "file_empty", nil},
		{"空.xlsx", []byte(" "), "file_empty", nil},
		{"报告.zip", []byte("PK\x03\x04"), "import_type_refused", nil},
		{"无数字.docx", wordOf(t, inParagraphs("一、工作情况", "我们认真学习，扎实工作。")), "old_report_nothing", nil},
		{"倒序.docx", wordOf(t, inParagraphs("一、存在的问题", "仅走访12户。", "二、下一步打算", "计划走访60户。", "三、工作成效",
			"（一）走访", "走访困难家庭48户。", "四、人员情况", "行政编制5名。")), "", []string{"走访困难家庭=48户"}},
		{"十张表.xlsx", tenSheets(t), "", []string{"培训妇女=1259", "举办培训=２０"}},
		{"全角.txt", []byte("全年培训妇女１，２５９人次，满意率９８．５％。"), "", []string{"培训妇女=１，２５９人次", "妇女满意率=９８．５％"}},
		{"国标.txt", gbk(t, said), "", []string{"培训妇女=1259人次"}},
		{"国标.csv", gbk(t, "指标名称,计量单位,完成数\n培训妇女,人次,1259\n"), "", []string{"培训妇女=1259"}},
		{"修订.docx", wordOf(t, `<w:p><w:r><w:t>全年培训妇女</w:t></w:r><w:del><w:r><w:delText>1180</w:delText></w:r></w:del>`+
			`<w:ins><w:r><w:t>1259</w:t></w:r></w:ins><w:r><w:t>人次。</w:t></w:r></w:p>`), "", []string{"培训妇女=1259人次"}},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		body, err := app.ReadAdoption(t.Context(), c.name, c.content, 2022)
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		t.Logf("%s: %d ms, %d MB allocated, %d rows", c.name, took.Milliseconds(),
			(after.TotalAlloc-before.TotalAlloc)>>20, len(body.Rows))
		if live := int64(after.HeapInuse) - int64(before.HeapInuse); live > 256<<20 {
			t.Errorf("%s: holds %d MB", c.name, live>>20)
		}
		var e *kpi.Error
		switch {
		case c.key == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.key != "" && (!errors.As(err, &e) || e.Text.Key != c.key || len(e.Fields) > 0):
			t.Errorf("%s: %v, want %s", c.name, err, c.key)
		case c.key == "" && len(body.Rows) == 0:
			t.Errorf("%s: no rows", c.name)
		}
		for i, want := range c.rows {
			if i >= len(body.Rows) || body.Rows[i].Name+"="+body.Rows[i].Figure != want {
				t.Errorf("%s: row %d of %v, want %s", c.name, i+1, body.Rows, want)
			}
		}
	}
}

// A count of staff without kinds is in the proposal as what was left out: 编制12名 is of nobody knows which kind.
func TestStaffWithoutKindsIsLeftOutAloud(t *testing.T) {
	text := "一、部门基本情况\n核定编制12名，实有在职人员10人。\n二、工作成效\n培训妇女300人次。"
	body, err := app.ReadAdoption(t.Context(), "", []byte(text), 2025)
	if err != nil || len(body.Staff) != 0 || len(body.Left) != 1 || body.Left[0].Key != "adoption_sums" {
		t.Errorf("%v %v %v", body.Staff, body.Left, err)
	}
}

// Income that the text does not state is concluded from what was spent, for a line needs one, and that is said.
func TestConcludedIncomeIsTold(t *testing.T) {
	const work = "\n二、工作成效\n培训妇女300人次。"
	for _, c := range []struct {
		text string
		told string
	}{
		{"一、项目支出情况\n项目支出全年预算144.2万元，实际支出136.78万元。" + work, "adoption_income"},
		{"一、项目支出情况\n项目支出136.78万元。" + work, "adoption_unfunded"},
		{"1. Budget\nBasic expenditure was $3.42 million.\n2. Reading\nWe lent 184,300 books.", "adoption_english"},
		{"1. Background\nThe library is in the park.\n2. Reading\nWe lent 184,300 books.", ""},
		{"一、项目支出情况\n项目支出本年收入144.2万元，实际支出136.78万元，年末结转7.42万元。" + work, ""},
	} {
		body, err := app.ReadAdoption(t.Context(), "", []byte(c.text), 2025)
		told := ""
		for _, left := range body.Left {
			told += left.Key
		}
		if err != nil || told != c.told {
			t.Errorf("%s: %v %v", c.text, body.Left, err)
		}
	}
}

// The words of an English report are those of the English report, not of the Chinese one.
func TestAnEnglishReportsTextsAreEnglish(t *testing.T) {
	const text = "Northfield Library, report for 2025\n\nReading\nWe lent 184,300 books in 2025, against a target of 180,000."
	body, err := app.ReadAdoption(t.Context(), "", []byte(text), 2025)
	if err != nil || body.Language != "en" || len(body.Texts) != 1 {
		t.Errorf("%q %v %v", body.Language, body.Texts, err)
	}
}

// The words of an area without figures are kept, though the report has no place of their own for them; a heading whose
// figures stand elsewhere says so.
func TestWordsOfAnAreaWithoutFiguresAreKept(t *testing.T) {
	eachBureau(t, func(b *bureau) {
		for n, c := range []struct{ text, kept string }{
			{"（二）党建。组织学习，落实责任。", "组织学习，落实责任。"},
			{"（二）满意度。群众满意度96.2%。", "群众满意度⟦"},
		} {
			year := kpi.Year(2023 + n)
			_, err := b.app.OpenYear(ctx, kpi.Operator, app.NewYear{Year: year})
			b.must(err)
			body, err := app.ReadAdoption(b.Context(), "", []byte("一、工作成效\n（一）培训。全年培训妇女300人次。\n"+c.text), year)
			b.must(err)
			id, err := b.app.StartAdoption(ctx, b.staff, year, "", body)
			b.must(err)
			_, err = b.app.MakeAdoption(ctx, b.staff, year, id, body)
			b.must(err)
			w, err := b.app.Writing(ctx, b.staff, app.Query{Year: year}, report.Performance, "zh-CN")
			b.must(err)
			if !strings.Contains(w.Text, c.kept) {
				b.Errorf("%q, want %s", w.Text, c.kept)
			}
			for _, section := range report.Build(w.Input.Input).Sections {
				for i, block := range section.Blocks {
					alone := i+1 == len(section.Blocks) || section.Blocks[i+1].Heading != nil
					if block.Heading != nil && strings.Contains(block.Heading.Text, "其他工作") && alone {
						b.Errorf("%s stands alone", block.Heading.Text)
					}
				}
			}
		}
	})
}
