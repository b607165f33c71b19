package report

import (
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/progress"
)

func TestFormShowsWhatIsSetAndDashesWhatIsNot(t *testing.T) {
	table := said(annexOf(t, sample(t, lang.Chinese), SelfEvaluation).Blocks)
	for _, row := range []string{
		"年度资金总额 | 690.00 | 280.00 | 228.46 | 10 | 81.59% | 8.16 |",
		"按支出性质分：基本支出 | 230.00 | 250.00 | 215.46 | — | 86.18% | — |",
		"其他资金 | 230.00 | 0.00 | 1.00 | — | — | — |", "非税收入 | — | — | — | — | — | — |",
		"1—11月执行数（B）", "全面完成年度任务。",
		"远超的 | ≥100人 | 150人 | 10 | 10.00 | 多50人，原因待补 |",
		"滞后的 | ＞100人 | 30人 | 10 | 3.00 | 经费到位较晚，已列入下年计划。 |",
		"未报的 | ≥3场 | 未填报 | 2.5 |  | 原因：表未收齐；改进措施：月底前补报。 |", "零的 | — | 0起 | — | — | — |",
		"超上限 | ＜5万元 | 6万元 | 5 | 4.00 | 超出1万元，原因待补 |", "定性的 | 达成年度指标 | 部分达成 | 5 | 3.50 | 抽查一半 |",
		"总分 | 57.5 | 43.66 | 另有 2.5 分未评 |",
		"预算执行率 | 10 | 8.16 | 10 × 支出 2284576 元 ÷ 全年预算 2800000 元 = 8.16 |",
		"滞后的 | 10 | 3.00 | 未达到＞100：10 × 30 ÷ 100 = 3.00 |", "超上限 | 5 | 4.00 | 超出＜5：5 × [1 −（6 − 5）÷ 5] = 4.00 |",
		"未报的 | 2.5 | — | 尚未填报 |", "定性的 | 5 | 3.50 | 评定 3.50 分：抽查一半（部分达成：在 3（含）至 4 分之间打分） |",
	} {
		if !strings.Contains(table, row) {
			t.Errorf("%q is missing in:\n%s", row, table)
		}
	}
}

func TestPartsStandBehindTheirWhole(t *testing.T) {
	figure := func(id, of kpi.IndicatorID) progress.Figure {
		return progress.Figure{Indicator: kpi.Indicator{ID: id, PartOf: of}}
	}
	for name, c := range map[string]struct {
		in   []progress.Figure
		want []kpi.IndicatorID
	}{
		"the part came first": {[]progress.Figure{figure(2, 1), figure(3, 0), figure(1, 0)}, []kpi.IndicatorID{3, 1, 2}},
		"a part of a part": {[]progress.Figure{figure(1, 0), figure(9, 0), figure(3, 2), figure(2, 1)},
			[]kpi.IndicatorID{1, 2, 3, 9}},
		"the whole is elsewhere": {[]progress.Figure{figure(2, 7)}, []kpi.IndicatorID{2}},
		"parts of each other":    {[]progress.Figure{figure(1, 2), figure(2, 1)}, []kpi.IndicatorID{1, 2}},
	} {
		var got []kpi.IndicatorID
		for _, w := range wholes(c.in) {
			for _, f := range w.flat() {
				got = append(got, f.Indicator.ID)
			}
		}
		if len(got) != len(c.want) {
			t.Fatalf("%s: %v, want %v", name, got, c.want)
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", name, got, c.want)
				break
			}
		}
	}
}
