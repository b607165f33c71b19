package report

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"dabiao/internal/paper/papertest"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
)

func annexOf(t *testing.T, in Input, f Paper) paper.Annex {
	t.Helper()
	d, err := BuildPaper(in, f)
	if err != nil || len(d.Annexes) != 1 {
		t.Fatalf("%s: %d annexes (%v)", f, len(d.Annexes), err)
	}
	return d.Annexes[0]
}

// write makes a file of one paper.
func write(t *testing.T, in Input, f Paper, format string) []byte {
	t.Helper()
	w, err := WriterOf(format, f)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := w.To(&b, in, f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEveryFormInEveryFormatIsTheSameFileAgainAndValid(t *testing.T) {
	for _, tag := range lang.Tags {
		for name, in := range map[string]Input{"2022": facts(t, tag), "sample": sample(t, tag)} {
			for _, f := range Papers {
				for _, format := range Formats {
					file := write(t, in, f, format)
					if !bytes.Equal(file, write(t, in, f, format)) {
						t.Errorf("%s %s.%s: two exports differ", name, f, format)
					}
					if tag == lang.Chinese && name == "sample" && (format == "docx" || format == "xlsx" && f == Bulletin) {
						papertest.Valid(t, name+"-"+string(f)+"."+format, file)
					}
				}
			}
		}
	}
}

func TestEveryRowFillsItsTable(t *testing.T) {
	for name, in := range inputs(t) {
		for _, f := range Papers {
			a := annexOf(t, in, f)
			for i, b := range a.Blocks {
				if b.Table != nil {
					fillsItsTable(t, name+" "+string(f)+" "+strconv.Itoa(i), *b.Table)
					if len(b.Table.Widths) != len(a.Widths()) {
						t.Errorf("%s %s: table %d has columns of its own", name, f, i)
					}
				}
			}
		}
	}
}

func fillsItsTable(t *testing.T, name string, table paper.Table) {
	t.Helper()
	if table.Caption == "" {
		t.Errorf("%s: no caption", name)
	}
	cells := map[paper.Place]int{}
	for _, c := range table.Place() {
		for r := range c.Rows {
			for k := range c.Columns {
				cells[paper.At(c.Row+r, c.Column+k)]++
			}
		}
	}
	if want := len(table.Rows) * len(table.Widths); len(cells) != want {
		t.Errorf("%s: %d places are filled, want %d", name, len(cells), want)
	}
	for place, n := range cells {
		if n != 1 {
			t.Errorf("%s: place %v is filled %d times", name, place, n)
		}
	}
}

func TestFormsHaveTheirColumns(t *testing.T) {
	in := sample(t, lang.Chinese)
	for f, rows := range map[Paper][]string{
		Bulletin: {"序号 | 指标 | 单位 | 工作目标 | 已完成数 | 完成率 | 备注 |", "一、思想引领 |",
			"1 | 完成的 | 人 | 10000 | 12000 | 120.00% | 已完成 |", "未报的 | 场 | 3 | 未填报 | — | 未填报 |",
			"时点的 | 户 | ＝900 | 900 | 100.00% | 已完成（截至6月30日） |"},
		Monitoring: {"年度预算（万元） | 年初预算数 | 1—11月执行数 | 执行率 | 全年预计执行数 |",
			"指标 | 年度指标值 | 1—11月执行情况 | 全年预计完成情况 | 偏差原因分析 | 完成可能性 | 备注 |",
			"经费 | 制度 | 人员 | 硬件 | 其他 | 原因说明 | 确定能 | 有可能 | 完全不可能 |",
			"滞后的 | ＞100人 | 30人 | 33人 | √ |  |  |  |  | 经费到位晚 |  | √ |  | 十二月补课 |",
			"零的 | — | 0起 | 0起 |", "未报的 | ≥3场 | 未填报 | — |  |  |  |  |  | 表未收齐。 |", "有9项尚未填写完成可能性"},
		BasicData: {"预算类别（万元） | 年初结转结余 | 年初预算数 | 全年预算数 | 本年收入 | 本年支出 | 年末结转结余 | 执行率 |",
			"一般公共预算：基本支出 | 0.00 | 230.00 | 250.00 | 250.00 | 215.46 | 34.54 | 86.18% |",
			"合计 | 1.00 | 690.00 | 280.00 | 280.00 | 228.46 | 52.54 | 81.59% |", "非税收入 | 2.00 |", "其他资金：助学捐款 | 15.00 | 某企业 |",
			"人员情况（人） | 编制人数 | 实有人数 | 实有占编制 |", "在职合计 | 6 | 5 | 83.33% |", "事业 | 2 | 1 | 50.00% |", "工勤 | 0 | 0 | — |",
			"离退休 | — | 3 | — |",
			"“三公”经费合计 | — | — | 2.80 | 1.90 | 67.86% |", "公务接待费 | 0.90 | — | 0.80 | 0.40 | 50.00% |",
			"公务用车购置及运行维护费 | — | — | 2.00 | 1.50 | 75.00% |",
			"其中：公务用车购置费 | — | — | 0.00 | 0.00 | — |", "公务用车运行维护费 | 2.10 | — | 2.00 | 1.50 | 75.00% |"},
		Sources: {"编号 | 章节 | 指标、公式和数值 | 填报笔数 | 佐证材料编号 |",
			"完成率＝12000÷10000＝120.00% | 1 | 1-1-1至1-1-2 |", "1-5 | 六（一）思想引领 | 未报的：未填报 | — | — |"},
		SourceLog: {"编号 | 章节 | 指标、公式和数值 | 日期 | 填报单位 | 填报值 | 审核 | 佐证材料名称和 SHA-256 |",
			"0-1 | 一般公共预算 |", "1-1 | 六（一）思想引领 | 完成的：1笔填报，为12000人；年度目标≥10000人；完成率＝12000÷10000＝120.00% | 2026-03-01 | 某县 | 12000人 | 已审核 | 1-1-1 签到表.pdf aaaa",
			"1-1-2 （涉敏材料，不列名称） bbbb", "1-5 | 六（一）思想引领 | 未报的：未填报 | 未填报 |", "东乡 | 20人 | 共70笔，逐笔见填报记录 |"},
	} {
		text := said(annexOf(t, in, f).Blocks)
		for _, row := range rows {
			if !strings.Contains(text, row) {
				t.Errorf("%s: %q is missing in:\n%s", f, row, text)
			}
		}
	}
	if a := annexOf(t, in, Bulletin); a.Subtitle != "截至2026年11月23日" {
		t.Errorf("the bulletin is headed %q", a.Subtitle)
	}
}

func TestAFormThatIsNoneOrMakesNoSenseIsRefused(t *testing.T) {
	for _, c := range []struct {
		format string
		paper  Paper
		code   kpi.Code
	}{{"pdf", Bulletin, kpi.NotFound}, {"docx", "nonsense", kpi.NotFound}, {"csv", WholeReport, kpi.Invalid}} {
		_, err := WriterOf(c.format, c.paper)
		var e *kpi.Error
		if !errors.As(err, &e) || e.Code != c.code {
			t.Errorf("%s as %s: %v", c.paper, c.format, err)
		}
		for _, tag := range lang.Tags {
			if e != nil && !lang.For(tag).Has(e.Text.Key) {
				t.Errorf("%s says nothing of %s", tag, e.Text.Key)
			}
		}
	}
}

func TestSpreadsheetsAddUpThemselves(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(xlsx(t, sample(t, lang.Chinese))))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]struct{ formula, value string }{
		"自评表!D6":    {"SUM(D7:D10)", "690.00"},
		"自评表!H6":    {"ROUND(F6/E6,4)", "81.59%"},
		"基础数据表!C5":  {"SUM(C6:C8)", "6"},
		"基础数据表!F14": {"SUM(F11:F13)", "228.46"},
		"进度表!F5":    {"ROUND(E5/D5,4)", "120.00%"},
	} {
		sheet, at, _ := strings.Cut(cell, "!")
		formula, err := f.GetCellFormula(sheet, at)
		if err != nil {
			t.Fatal(err)
		}
		shown, err := f.GetCellValue(sheet, at)
		if err != nil {
			t.Fatal(err)
		}
		computed, err := f.CalcCellValue(sheet, at)
		if formula != want.formula || shown != want.value || formula != "" && (err != nil || computed != shown) {
			t.Errorf("%s: formula %q shows %q, computes %q (%v), want %q and %q", cell, formula, shown, computed, err,
				want.formula, want.value)
		}
	}
}

func TestFiguresInTheReportLeadToTheirSource(t *testing.T) {
	page := string(write(t, facts(t, lang.Chinese), WholeReport, "html"))
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(`id="(f-[0-9-]+)"`).FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("%s stands twice", m[1])
		}
		ids[m[1]] = true
	}
	links := regexp.MustCompile(`href="#(f-[0-9-]+)"`).FindAllStringSubmatch(page, -1)
	for _, m := range links {
		if !ids[m[1]] {
			t.Errorf("a figure leads to %s, which is not there", m[1])
		}
	}
	if len(ids) < 66 || len(links) < 66 {
		t.Errorf("%d figures with a source, %d links", len(ids), len(links))
	}
	for _, never := range []string{"<script", "http://", "https://", "javascript:", " on"} {
		if i := strings.Index(page, never); i >= 0 && never != " on" {
			t.Errorf("the page holds %q", never)
		}
	}
}

// The report's chart holds the board's own counts, in words for those who do not see it, and a workbook
// to change it by.
func TestTheChartOfAreasCountsEveryIndicator(t *testing.T) {
	in := facts(t, lang.Chinese)
	parts := papertest.Unzip(t, docx(t, in))
	chart := parts["word/charts/chart1.xml"]
	sum := 0
	for _, m := range regexp.MustCompile(`<c:numCache>.*?</c:numCache>`).FindAllString(chart, -1) {
		for _, v := range regexp.MustCompile(`<c:v>(\d+)</c:v>`).FindAllStringSubmatch(m, -1) {
			n, err := strconv.Atoi(v[1])
			if err != nil {
				t.Fatal(err)
			}
			sum += n
		}
	}
	if want := in.Board.Summary.Indicators; sum != want {
		t.Errorf("the chart counts %d indicators, the board has %d", sum, want)
	}
	if !regexp.MustCompile(`<wp:docPr id="1" name="[^"]+" descr="各板块指标完成情况（项）。思想引领：已完成 \d`).MatchString(parts["word/document.xml"]) {
		t.Error("the chart says nothing to those who do not see it")
	}
	book, err := excelize.OpenReader(strings.NewReader(parts["word/embeddings/chart1.xlsx"]))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if rows, err := book.GetRows("Sheet1"); err != nil || len(rows) != len(in.Board.Areas)+1 {
		t.Errorf("the chart's workbook: %v (%v)", rows, err)
	}
}
