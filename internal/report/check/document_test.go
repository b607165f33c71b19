package check

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/intake"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/report"
)

func TestAnOldReportIsRead(t *testing.T) {
	in := clean(t)
	found := Document(in, textLines(
		"一、部门基本情况", "三、绩效情况",
		"全年培训妇女1259人，家庭纠纷调处225起，其中家暴230起。", "",
		"推荐为县级最美庭院6户，被评为县级最美庭院8户；走访困难群众37户。",
	))
	var codes []string
	for _, f := range found.Findings {
		codes = append(codes, f.Code+" "+string(f.Section))
	}
	for _, want := range []string{"two_values paragraph/3", "part_larger paragraph/3", "two_values paragraph/5",
		"numeral paragraph/2"} {
		if !slices.Contains(codes, want) {
			t.Errorf("%q was not found in %q", want, codes)
		}
	}
	if len(found.Numbers) != 6 {
		t.Errorf("%d numbers: %+v", len(found.Numbers), found.Numbers)
	}
	if n := found.Numbers[0]; n.Indicator != "trained" || !n.Agrees || n.Holds != "1259人" {
		t.Errorf("the first number: %+v", n)
	}
	if n := found.Numbers[1]; n.Indicator != "mediated" || n.Agrees {
		t.Errorf("the second number: %+v", n)
	}
	var names []string
	for _, p := range found.Proposed {
		names = append(names, p.Name+" "+string(p.Measure))
	}
	if !slices.Contains(names, "走访困难群众 户") || slices.Contains(names, "培训妇女 人") {
		t.Errorf("proposed: %q", names)
	}
}

func textLines(texts ...string) (lines []intake.Line) {
	for _, text := range texts {
		lines = append(lines, intake.Line{Text: text})
	}
	return lines
}

// rows is a table, its cells parted by bars.
func rows(number int, texts ...string) (lines []intake.Line) {
	for i, text := range texts {
		cells := strings.Split(text, "|")
		lines = append(lines, intake.Line{Text: strings.Join(cells, "\t"), Table: number, Row: i + 1, Cells: cells})
	}
	return lines
}

// A table of an old report is held against itself, row by row and column by column, and against the year's
// figures; what is wrong is told with table and row.
func TestTheTablesOfAnOldReportAreChecked(t *testing.T) {
	in := clean(t)
	lines := slices.Concat(textLines("二、任务完成情况"),
		rows(1, "序号|指标|单位|年度任务|已完成数|完成率", "一、妇女发展|||||", "1|培训妇女|人|1200|1259|104.92%", "2|家庭纠纷调处|起|200|225|110.00%",
			"3|走访困难群众|户|40|37|92.50%"),
		rows(2, "预算（万元）|全年预算数|全年执行数|执行率", "基本支出|250.00|215.46|86.18%", "项目支出|30.00|12.00|40.00%", "其中：培训|20.00|8.00|40.00%",
			"合计|280.00|227.46|81.24%"),
		rows(3, "乡镇|培训人数|其中妇女", "东乡|120人|60人", "西乡|80人|70人", "小计|200人|130人", "南乡|50人|20人", "合 计|260人|150人"),
		rows(4, "指标|单位|完成数", "讲座|场|12", "参加|人次|300", "合计||312"), // measures that do not add
		rows(5, "指标|分值|得分", "甲|50|48", "乙|40|39", "总分|100|97"))  // execution has its points elsewhere
	found := Document(in, lines)
	var told []string
	p := lang.For(lang.Chinese)
	for _, f := range found.Findings {
		if f.Code != "numeral" {
			told = append(told, in.SectionName(f.Section)+"："+p.Text(f.Text))
		}
	}
	for _, want := range []string{"表1第4行：“110.00%”不等于225÷200＝112.50%。", "表1第4行：正文写“225起”",
		"表3第6行：“培训人数”一栏合计写作“260人”，各行相加是250。"} {
		if !slices.ContainsFunc(told, func(s string) bool { return strings.HasPrefix(s, want) }) {
			t.Errorf("%q is not told in %q", want, told)
		}
	}
	if len(told) != 3 {
		t.Errorf("told: %q", told)
	}
	numbers := map[string]Number{}
	for _, n := range found.Numbers {
		numbers[n.Written+" "+string(n.Section)] = n
	}
	if n := numbers["1259人 row/1/3"]; n.Indicator != "trained" || !n.Agrees {
		t.Errorf("what agrees: %+v", n)
	}
	if n := numbers["225起 row/1/4"]; n.Indicator != "mediated" || n.Agrees {
		t.Errorf("what does not: %+v", n)
	}
	if n, ok := numbers["37户 row/1/5"]; !ok || n.Indicator != "" ||
		!slices.ContainsFunc(found.Proposed, func(p Proposal) bool { return p.Name == "走访困难群众" && p.Measure == "户" }) {
		t.Errorf("what no indicator holds: %+v, %+v", n, found.Proposed)
	}
}

// Our own tables, with rounded money, totals of several tables and rates of many sorts, have nothing wrong.
func TestOurOwnTablesReadBackHaveNothingWrong(t *testing.T) {
	for name, in := range years(t) {
		for _, f := range report.Papers {
			file := written(t, in, f)
			lines, err := intake.Document(t.Context(), "表.docx", bytes.NewReader(file), int64(len(file)))
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range Document(Input{Input: in}, lines).Findings {
				if slices.Contains([]string{"quotient", "totals", "two_values", "score_band", "staffing", "part_larger",
					"hidden_text"}, x.Code) {
					t.Errorf("%s %s: %s: %s", name, f, in.SectionName(x.Section), lang.For(lang.Chinese).Text(x.Text))
				}
			}
		}
	}
}

// A report of ours, written to Word and read back, agrees with the figures it was written from.
func TestOurOwnReportReadBackAgrees(t *testing.T) {
	in := clean(t)
	var file bytes.Buffer
	if err := paper.WriteDocx(&file, report.Build(in.Input)); err != nil {
		t.Fatal(err)
	}
	lines, err := intake.Document(t.Context(), "报告.docx", bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	found := Document(in, lines)
	agreed := 0
	for _, n := range found.Numbers {
		if n.Indicator != "" && !n.Agrees {
			t.Errorf("%+v", n)
		}
		if n.Agrees {
			agreed++
		}
	}
	if agreed < 3 {
		t.Errorf("only %d numbers were recognised in %+v", agreed, lines)
	}
	for _, f := range found.Findings {
		t.Errorf("%s: %s", f.Code, lang.For(lang.Chinese).Text(f.Text))
	}
}
