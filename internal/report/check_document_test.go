package report

import (
	"bytes"
	"slices"
	"testing"

	"dabiao/internal/intake"
	"dabiao/internal/lang"
)

func TestAnOldReportIsRead(t *testing.T) {
	in := clean(t)
	found := CheckDocument(in, []string{
		"一、部门基本情况", "三、绩效情况",
		"全年培训妇女1259人，家庭纠纷调处225起，其中家暴230起。", "",
		"推荐为县级最美庭院6户，被评为县级最美庭院8户；走访困难群众37户。", "指标\t\t99",
	})
	var codes []string
	for _, f := range found.Findings {
		codes = append(codes, f.Code+" "+string(f.Section))
	}
	for _, want := range []string{"two_values paragraph/3", "part_larger paragraph/3", "two_values paragraph/5", "numeral "} {
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

// A report of ours, written to Word and read back, agrees with the figures it was written from.
func TestOurOwnReportReadBackAgrees(t *testing.T) {
	in := clean(t)
	var file bytes.Buffer
	if err := WriteDocx(&file, Build(in.Input)); err != nil {
		t.Fatal(err)
	}
	paragraphs, err := intake.Document("报告.docx", bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	found := CheckDocument(in, paragraphs)
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
		t.Errorf("only %d numbers were recognised in %q", agreed, paragraphs)
	}
	for _, f := range found.Findings {
		t.Errorf("%s: %s", f.Code, lang.For(lang.Chinese).Text(f.Text))
	}
}
