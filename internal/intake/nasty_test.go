package intake

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// nastyCells are what people leave in cells that were meant for something else.
var nastyCells = []string{"", " ", "万", "亿", "千", "百万", "十", "百", "万亿", "k", "K", "million", "thousand", "000", "'000",
	"’000", "w", "元", "万元", "亿元", "/", "//", "、", ",", "、、", "万、", "、万",
	"万、人", "千、万", "()", "（）", "（", "）", "[", "【】", "(万)", "单位：", "单位：万", "单位:、", "单位：（）", "金额单位：", "：", ":", "-", "—", "%",
	"‰", "％", "+", "余", "约", "近", "不足", "以上",
	"¥", "$", "€", "1", "0", "-1", "1e308", "NaN", "∞", ".", "..", "1.", ".1", "1,2", "1/2", "1:2", "月", "年", "日", "季度",
	"月底", "1月", "13月", "0月", "00月", "2026", "2026年", "26年", "99999年", "1-", "-1月", "1-月", "1-13月",
	"截至", "截至月", "截止至", "至", "到", "前", "前月", "前0个月", "前99个月", "第季度", "第9季度", "Q", "Q0", "Q9", "H", "H3", "FY", "FY2", "'",
	"''", "'26", "合计", "小计", "其中", "其中：", "1.", "一、", "（一）", "序号", "指标", "单位",
	"目标", "完成数", "完成率", "备注", "累计", "\u200b", "\ufeff", "\u00a0", "_x000D_", "=1", "=", "#REF!", "\x00", "\xff\xfe", "á",
	"🙂", "万🙂", strings.Repeat("万", 50), strings.Repeat("(", 50), strings.Repeat("1", 300),
	"2026-02-30", "2026年2月30日", "9月31日", "2026-13-01", "农历九月", "正月", "2026/9", "9/2026", "26/9/30", "1904",
	"46000", "46000.5", "第周", "第0周", "year", "ytd", "month", "ended",
	"nine months ended", "as at", "end-", "to"}

// No cell, in whatever place of a table, ends in a fault: it is read, asked about, left out or refused.
func TestNoCellOfATableIsAFault(t *testing.T) {
	t.Parallel()
	known := knownCounty
	known.Indicators = append([]kpi.Indicator{{ID: 20, Code: "bytes", Name: "数据量", Kind: kpi.Flow, Measure: "万人次"},
		{ID: 21, Code: "bare", Name: "得分", Kind: kpi.Flow, Measure: ""}}, known.Indicators...)
	layouts := map[string]string{
		"measure":        "指标,计量单位,单位名称,目标,完成数\nloans,@,荆竹镇,5,3\nduty,@,荆竹镇,5,达成\ntrained,@,荆竹镇,5,3\nbytes,@,,5,3\nbare,@,,5,3\nsettled-rate,@,,5,3\n",
		"title":          "@\n指标,单位名称,完成数\nloans,荆竹镇,3\ntrained,,3\nbytes,,3\n",
		"title and row":  "@\n单位：@\n指标,计量单位,完成数\nloans,@,3\n",
		"heading":        "指标,单位名称,完成数（@）,@\nloans,荆竹镇,3,3\nusers,荆竹镇,3,3\n",
		"beside heading": "指标,单位名称,@完成数,@目标\nloans,荆竹镇,3,3\n",
		"two headings":   "指标,@,@\n,完成数,目标数\nloans,1,2\ntrained,3,4\n",
		"value":          "指标,单位名称,目标,完成数,完成率\nloans,荆竹镇,@,@,@\nusers,,@,@,@\nduty,,@,@,@\nsettled-rate,,@,@,@\n合计,@,@,@,@\n小计,,,@\n",
		"date":           "指标,日期,完成数,备注\nloans,@,5,@\nusers,@,5,@\n",
		"names":          "指标,单位名称,完成数\n@,@,5\nloans（@）,荆竹镇@,5\n",
		"foot":           "指标,单位名称,完成数\nloans,荆竹镇,5\n@,,\n,@,@\n注：@,,\n",
		"months":         "乡镇,1月,@,合计\n荆竹镇,@,1,@\n合计,@,@,@\n",
		"groups":         "乡镇,trained,,users,\n,@,完成,任务,@\n荆竹镇,@,20,50,@\n",
	}
	for name, layout := range layouts {
		for _, cell := range nastyCells {
			text := strings.ReplaceAll(layout, "@", `"`+strings.ReplaceAll(cell, `"`, `""`)+`"`)
			if strings.Contains(layout, "（@）") || strings.Contains(layout, "@完成") || strings.Contains(layout, "：@") ||
				strings.Contains(layout, "镇@") {
				text = strings.ReplaceAll(layout, "@", strings.NewReplacer(",", "，", "\n", "", `"`, "").Replace(cell))
			}
			holds(t, name, cell, text, known)
		}
	}
}

// holds reads a table and fails with what it was when that panics.
func holds(t *testing.T, name, cell, text string, known Known) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("%s with %.40q: %v", name, cell, p)
		}
	}()
	grids, err := Grids(t.Context(), "表.csv", strings.NewReader(text), int64(len(text)))
	if err != nil {
		return
	}
	for _, choices := range []Choices{{}, {Answers: map[string]string{"measure": leave, "period": "today"}}} {
		if r, err := ReadTable(grids, known, choices); err == nil {
			for _, f := range r.Figures {
				for _, m := range f.Mistakes {
					if m.Text.Key == "" {
						t.Errorf("%s with %.40q: a mistake without words", name, cell)
					}
				}
			}
		}
	}
}

// A scale alone in the column of measures is so many of what the indicator counts.
func TestABareScaleInARowAppliesToItsFigure(t *testing.T) {
	for _, c := range []struct {
		measure kpi.Measure
		cell    string
		want    string
	}{
		{"万元", "万", "2"}, {"万元", "亿", "20000"}, {"万元", "千", "0.2"}, {"万元", "百万", "200"}, {"万元", "million", "200"}, {"万元",
			"（万）", "2"},
		{"元", "万", "20000"}, {"元", "千", "2000"}, {"亿元", "万", "0.0002"}, {"人", "万", "20000"}, {"万人", "万", "2"}, {"万人次", "千",
			"0.2"}, {"亩", "万", "20000"},
		{"公顷", "万", "20000"}, {"%", "万", "measure_mismatch"}, {"10,000 yuan", "万", "2"}, {"", "万", "measure_mismatch"},
	} {
		known := Known{Year: 2026, Today: "2026-11-23",
			Indicators: []kpi.Indicator{{ID: 1, Code: "x", Name: "x", Kind: kpi.Flow, Measure: c.measure, Decimals: 6}}}
		text := "指标,计量单位,完成数\nx," + c.cell + ",2\n"
		grids, err := Grids(t.Context(), "表.csv", strings.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		r, err := ReadTable(grids, known, Choices{})
		if err != nil {
			t.Fatal(err)
		}
		got := r.Figures[0].Quantity.Amount.String()
		if len(r.Figures[0].Mistakes) > 0 {
			got = r.Figures[0].Mistakes[0].Text.Key
		}
		if got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.cell, c.measure, got, c.want)
		}
	}
}
