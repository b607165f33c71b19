package report

import (
	"bytes"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper/papertest"
)

// hunan is a report with Hunan's forms and some of their rows stated.
func hunan(t *testing.T, tag lang.Tag) Input {
	t.Helper()
	in := sample(t, tag)
	in.Board.Rules.Forms = kpi.HunanForms
	in.Rows = kpi.FormValues{Amounts: map[string]kpi.Amount{"purchase.last": kpi.Whole(12_300), "public.spent": 0,
		"building1.area_approved": kpi.Whole(100), "building1.area_built": kpi.Whole(90)},
		Texts: map[string]string{"thrift": "会议一律在单位会议室开。", "special1": "妇女发展专项", "building1": "妇女儿童活动中心"}}
	return in
}

func TestHunansFormsAskWhatHunanAsks(t *testing.T) {
	d := Build(hunan(t, lang.Chinese))
	var basic, self string
	for _, a := range d.Annexes {
		switch Paper(a.Key) {
		case BasicData:
			basic = said(a.Blocks)
		case SelfEvaluation:
			self = said(a.Blocks)
		}
	}
	for _, row := range []string{"编制人数 | 实有人数", "上年决算数 | 本年预算数 | 本年决算数", "三公经费", "公务用车购置和维护经费", "项目支出",
		"业务工作经费", "妇女发展专项", "公用经费 |  |  | 0.00 |", "政府采购金额 | 1.23 |  |  |", "部门基本支出预算调整",
		"妇女儿童活动中心 | 100 | 90 | 90.00% |", "厉行节约保障措施 | 会议一律在单位会议室开。"} {
		if !strings.Contains(basic, row) {
			t.Errorf("%q is not in the basic data:\n%s", row, basic)
		}
	}
	if strings.Contains(basic, "项目二") || strings.Contains(basic, "预算类别") {
		t.Error("the basic data has rows that nobody stated, or the Ministry's")
	}
	if !strings.Contains(self, "按收入性质分 | 按支出性质分") {
		t.Errorf("the two lists do not stand side by side:\n%s", self)
	}
	m, err := BuildPaper(hunan(t, lang.Chinese), Monitoring)
	if err != nil {
		t.Fatal(err)
	}
	if text := said(m.Annexes[0].Blocks); !strings.Contains(text, "一级指标 | 二级指标 | 三级指标") ||
		!strings.Contains(text, "产出指标 | 数量指标 | ") {
		t.Errorf("the monitoring table does not go by levels:\n%s", text)
	}
}

func TestHunansFormsAreValidInEveryFormat(t *testing.T) {
	for _, tag := range lang.Tags {
		for _, p := range []Paper{WholeReport, BasicData, SelfEvaluation, Monitoring} {
			for _, format := range []string{"docx", "xlsx", "html", "json"} {
				w, err := WriterOf(format, p)
				if err != nil {
					t.Fatal(err)
				}
				var b bytes.Buffer
				if err := w.To(&b, hunan(t, tag), p); err != nil {
					t.Fatalf("%s %s %s: %v", tag, p, format, err)
				}
				if format == "docx" || format == "xlsx" {
					papertest.Valid(t, string(p)+"."+format, b.Bytes())
				}
			}
		}
	}
}

func TestWhatNobodyStatedIsNotSaidToBeNone(t *testing.T) {
	in := facts(t, lang.Chinese)
	in.Board.Budget.Lines = nil
	text := ""
	for _, s := range Build(in).Sections {
		text += said(s.Blocks)
	}
	if strings.Contains(text, "本单位无") || !strings.Contains(text, "政府性基金预算未填报。") {
		t.Errorf("without a budget it says:\n%s", text)
	}
}
