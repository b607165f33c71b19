package intake

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"dabiao/internal/kpi"
)

var templateWordsZh = TemplateWords{Sheet: "填报", Lists: "列表", Unit: "单位名称", Indicator: "指标", Date: "日期", Value: "数值",
	Note:       "备注",
	WrongTitle: "请核对", WrongChoice: "列表里没有这一项。", WrongDate: "日期须在本年度内。",
	Measure: func(m kpi.Measure) string { return string(m) }, Name: func(name, _ string) string { return name }}

// What people choose from the template's lists is read back as what it offered.
func TestTheTemplateIsReadBack(t *testing.T) {
	var file bytes.Buffer
	if err := WriteTemplate(&file, templateWordsZh, knownCounty); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rules, err := f.GetDataValidations("填报")
	if err != nil || len(rules) != 3 {
		t.Errorf("%d lists and limits, %v", len(rules), err)
	}
	offered, err := f.GetRows("列表")
	if err != nil {
		t.Fatal(err)
	}
	row := 2
	for _, line := range offered {
		if len(line) < 2 || line[1] == "" {
			continue
		}
		for i, v := range []any{"荆竹镇", line[1], "2026-06-30", 3} {
			if err := f.SetCellValue("填报", cellName(i, row), v); err != nil {
				t.Fatal(err)
			}
		}
		row++
	}
	var filled bytes.Buffer
	if _, err := f.WriteTo(&filled); err != nil {
		t.Fatal(err)
	}
	r, err := readTable(t, "模板.xlsx", filled.Bytes(), Choices{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Figures) != row-2 || row < 8 {
		t.Errorf("%d figures of %d", len(r.Figures), row-2)
	}
	for _, figure := range r.Figures {
		if len(figure.Mistakes) > 0 || figure.Unit != "jingzhu" || figure.Dated != "2026-06-30" || figure.Cumulative {
			t.Errorf("%+v", figure)
		}
	}
}
