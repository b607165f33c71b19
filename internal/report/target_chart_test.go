package report

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"dabiao/internal/kpi"
	"dabiao/internal/lang"
	"dabiao/internal/paper"
	"dabiao/internal/paper/papertest"
	"dabiao/internal/progress"
)

// targeted is a figure of June with a target.
func targeted(name string, kind kpi.Kind, measure kpi.Measure, sign kpi.Sign, done, target int64) progress.Figure {
	in := progress.Input{Rules: kpi.DefaultRules, AsOf: kpi.MonthEnd(kpi.Period{Year: 2026, Month: 6}),
		Indicator: kpi.Indicator{ID: kpi.IndicatorID(len(name)), Code: name, Name: name, Kind: kind, Measure: measure,
			Starts: 1},
		Target: &kpi.Target{Sign: sign, Amount: kpi.Whole(target)}}
	if done >= 0 {
		in.Series = kpi.Series{5: {Amount: kpi.Whole(done), Entries: 1, LastDate: "2026-06-20"}}
	}
	return progress.Measure(in)
}

func charted(t *testing.T, tag lang.Tag, figures ...progress.Figure) paper.Chart {
	t.Helper()
	in := sample(t, tag)
	in.Board.Areas = []progress.AreaFigures{{Area: kpi.Area{ID: 1, Name: "甲"}, Figures: figures}}
	in.Board.AsOf = kpi.MonthEnd(kpi.Period{Year: 2026, Month: 6})
	b := NewDraft(in)
	return *b.targetChart(b.Board.ByTarget(), "图")
}

// Every bar says how its figure stands: parts of targets are filled, of ceilings hatched; over a ceiling is bad, under
// it no shortfall, and where nothing can be drawn the words say why.
func TestTheChartOfTargetsSaysHowEachStands(t *testing.T) {
	c := charted(t, lang.Chinese,
		targeted("培训人数", kpi.Flow, "人", kpi.AtLeastSign, 30, 100),
		targeted("超额", kpi.Flow, "人", kpi.AtLeastSign, 300, 100),
		targeted("信访超期", kpi.Flow, "件", kpi.AtMostSign, 4, 3),
		targeted("投诉", kpi.Flow, "件", kpi.AtMostSign, 2, 3),
		targeted("零投诉", kpi.Flow, "件", kpi.AtMostSign, 0, 0),
		targeted("没有填", kpi.Flow, "场", kpi.AtLeastSign, -1, 18),
		targeted("标准", kpi.Standard, "元", kpi.AtLeastSign, 500, 600),
	)
	want := []string{
		"信访超期 — 133.33% — 超出1件  4 / ≤3件",
		"标准 — — — 严重滞后  500 / 600元",
		"没有填 — — 50.00% 未填报 / 18场",
		"培训人数 30.00% — 50.00% 30.00%  30 / 100人",
		"零投诉 — — — 正常  0 / ≤0件",
		"投诉 — 66.67% — 正常  2 / ≤3件",
		"超额 300.00% — 50.00% 300.00%  300 / 100人",
	}
	var got []string
	for _, row := range c.Table().Rows[1:] {
		var cells []string
		for _, cell := range row.Cells {
			cells = append(cells, cell.Text())
		}
		got = append(got, strings.Join(cells, " "))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the chart says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// 66 targets with long names go over several pages: each name stands once and whole, on charts that fit a page.
func TestTheChartOfManyTargetsGoesOverPages(t *testing.T) {
	var figures []progress.Figure
	for i := range 66 {
		figures = append(figures, targeted(fmt.Sprintf("第%02d项", i)+strings.Repeat("维护妇女儿童合法权益宣传教育", i%4), kpi.Flow,
			"人次", kpi.AtLeastSign, int64(i), 80))
	}
	in := sample(t, lang.Chinese)
	in.Board.Areas = []progress.AreaFigures{{Area: kpi.Area{ID: 1, Name: "甲"}, Figures: figures}}
	file := docx(t, in)
	papertest.Valid(t, "many.docx", file)
	parts := papertest.Unzip(t, file)
	seen, charts := map[string]int{}, 0
	for part, content := range parts {
		if !strings.HasPrefix(part, "word/charts/chart") || !strings.Contains(content, "与目标的差距") {
			continue
		}
		charts++
		names := regexp.MustCompile(`(?s)<c:cat>.*?</c:cat>`).FindString(content)
		for _, m := range regexp.MustCompile(`<c:pt idx="\d+"><c:v>(.*?)</c:v>`).FindAllStringSubmatch(names, -1) {
			seen[m[1]]++
		}
	}
	if charts < 3 || len(seen) != 66 {
		t.Errorf("%d charts with %d names", charts, len(seen))
	}
	for _, f := range figures {
		if seen[f.Indicator.Name] != 1 {
			t.Errorf("%s stands %d times", f.Indicator.Name, seen[f.Indicator.Name])
		}
	}
	const page = (16838 - 2098 - 1984) * 635
	extent := regexp.MustCompile(`<wp:extent cx="(\d+)" cy="(\d+)"/>`)
	for _, m := range extent.FindAllStringSubmatch(parts["word/document.xml"], -1) {
		if cx, cy := number(t, m[1]), number(t, m[2]); cx != paper.TextWidth*635 || cy > page {
			t.Errorf("a chart is %d × %d", cx, cy)
		}
	}
	for _, m := range regexp.MustCompile(` sz="(\d+)"`).FindAllStringSubmatch(parts["word/charts/chart2.xml"], -1) {
		if size := number(t, m[1]); size < 800 {
			t.Errorf("letters of %d hundredths of a point", size)
		}
	}
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
