package intake

import (
	"bytes"
	"testing"
)

// What a format shows beside the digits is part of the figure.
func TestANumberIsReadAsItsFormatShowsIt(t *testing.T) {
	for _, c := range []struct {
		format string
		value  float64
		want   string
	}{
		{`0.00"亿元"`, 3.5, "3.5亿元"}, {`0"万"`, 2, "2万"}, {`0"余"`, 200, "200余"}, {`"约"0`, 200, "约200"}, {`0"户"`, 5,
			"5户"}, {`#,##0"户"`, 1205, "1205户"}, {`0"以上"`, 200, "200以上"},
		{`#,##0.0,`, 12000, "12千"}, {`0.0,"千"`, 12000, "12千"}, {`0!.0,`, 35000, "3.5万"}, {`0!.0,"万"`, 35000,
			"3.5万"}, {`0\.0,"万元"`, 35000, "3.5万元"}, {`0.00,,`, 2500000, "2.5百万"}, {`0"."0,`, 35000, "3.5万"},
		{`0;-0;"—"`, 0, "—"}, {`0;-0;"—"`, 3, "3"}, {`0;-0;;@`, 0, ""}, {`0;-0;;@`, 7, "7"}, {`0"户";"减"0"户"`, 5,
			"5户"}, {`;;;`, 5, "5"},
		{`[>=10000]0!.0,"万";0`, 35000, "3.5万"}, {`[>=10000]0!.0,"万";0`, 350,
			"350"}, {`[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0`, 350000000, "3.5亿"},
		{`G/通用格式"人"`, 12, "12人"}, {`General`, 12, "12"}, {`G/通用格式`, 12.5, "12.5"}, {`0.00E+00`, 12, "12"}, {`¥#,##0.00`, 12,
			"12"}, {`[$¥-804]#,##0`, 12, "12"}, {`"¥"#,##0`, 12, "12"},
		{`_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ `, 12.5, "12.5"}, {`[Red]0`, 12, "12"}, {`#,##0_);(#,##0)`, 12,
			"12"}, {`0.0%`, 0.5, "50%"}, {`yyyy"年"m"月"`, 46266, "2026年9月"}, {`#,##0.00`, 1234.5, "1234.5"},
		{`"RMB"0`, 5, "5"}, {`0"人次"`, 1, "1人次"},
	} {
		content := workbook(t, sheetSpec{rows: [][]any{{"x"}, {c.value}}, formats: map[string]string{"A2:A2": c.format}})
		grids, err := Grids(t.Context(), "a.xlsx", bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(grids[0].Rows) > 1 {
			got = grids[0].Rows[1].Cell(0).Text
		}
		if got != c.want {
			t.Errorf("%v as %s: %q, want %q", c.value, c.format, got, c.want)
		}
	}
}

// A figure in 万元 under such formats.
func TestFormatsSayTheMeasure(t *testing.T) {
	for _, c := range []struct {
		format, title string
		value         float64
		want          string
	}{
		{`0.00"亿元"`, "", 3.5, "35000"}, {`0"万"`, "", 2, "2"}, {`0"余"`, "", 200, "200 200余"}, {`"约"0`, "", 200,
			"200 约200"}, {`0"户"`, "", 5, "measure_mismatch"},
		{`0.00"亿元"`, "单位：亿元", 3.5, "35000 of 1000000"}, {`#,##0.00,`, "单位：元", 12000, "1.2 of 0.01"}, {`#,##0,`, "单位：千元",
			12000, "number_unreadable"},
	} {
		content := workbook(t, sheetSpec{rows: [][]any{{"2026年1-10月主要指标完成情况"}, {c.title}, {"指标名称", "全年目标", "完成数"},
			{"loans", 100, c.value}}, formats: map[string]string{"C4:C4": c.format}})
		r, err := readTable(t, "a.xlsx", content, Choices{})
		if err != nil {
			t.Fatal(err)
		}
		f := r.Figures[0]
		got := f.Quantity.Amount.String()
		if f.Target != nil && f.Target.Amount.String() != "100" {
			got += " of " + f.Target.Amount.String()
		}
		if f.Quantity.Wording != "" {
			got += " " + f.Quantity.Wording
		}
		if len(f.Mistakes) > 0 {
			got = f.Mistakes[0].Text.Key
		}
		if got != c.want {
			t.Errorf("%v as %s under %s: %s, want %s", c.value, c.format, c.title, got, c.want)
		}
	}
}
