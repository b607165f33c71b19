package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

func sampleCard() Card {
	return Card{Lang: "zh-CN", Head: "某县<某局> · 2026 年度", Sample: "示例数据", AsOf: "截至2026年11月25日", Title: "需要关注", Foot: "达标",
		Sentence: []CardText{{"29 项指标，23 项达到序时进度", ""}, {"；", ""}, {"1 项严重滞后", kpi.FarBehind}, {"、", ""},
			{"2 项滞后", kpi.Behind}, {"，", ""}, {"2 项未设目标", ""}, {"。", ""}},
		Late: []CardFigure{{Name: strings.Repeat("很长的指标名称", 8), Value: "不少于4,836", Target: "/ 12,000 份", Rate: "40.30%",
			Word: "严重滞后", Light: kpi.FarBehind,
			Bar: "32.24%", Expected: "72.00%", Gap: "还差 7,164 份"}},
		All: "目标与完成", Rows: []CardRow{
			{Name: "思想引领 & 宣传", Value: "90 / 100 场", Rate: "90.00%", Light: kpi.OnPace, Bar: "72.00%", Expected: "73.10%"},
			{Name: "超期未办结件数", Value: "2 / ≤ 3 件", Rate: "余 1 件", Light: kpi.OnPace, Bar: "53.33%", Ceiling: true},
			{Name: "化肥施用量", Value: "12,000 / ≤ 18,600 吨", Rate: "余 6,600 吨", Light: kpi.OnPace, Bar: "53.33%", Ceiling: true},
			{Name: "培训", Value: "900 / 600 人", Rate: "150.00%", Light: kpi.Done, Bar: "100.00%", FarAbove: true},
			{Name: "家庭纠纷调处", Value: "362 起", Before: "上年同期 327 起", Light: kpi.NoTarget}}}
}

// Whatever the names contain, the picture is well-formed XML, refers to nothing outside itself and
// contains no code.
func TestACardStandsAlone(t *testing.T) {
	svg := sampleCard().SVG()
	for d := xml.NewDecoder(strings.NewReader(string(svg))); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, svg)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if slices.Contains([]string{"script", "style", "image", "use", "a", "foreignObject"}, e.Name.Local) {
			t.Errorf("it holds <%s>", e.Name.Local)
		}
		for _, a := range e.Attr {
			if a.Name.Local == "style" || a.Name.Local == "href" || strings.HasPrefix(a.Name.Local, "on") {
				t.Errorf("<%s> has %s", e.Name.Local, a.Name.Local)
			}
		}
	}
	for _, want := range []string{`width="1080"`, "某县&lt;某局&gt;", "思想引领 &amp; 宣传", "不少于4,836", "32.24%", "…"} {
		if !strings.Contains(string(svg), want) {
			t.Errorf("it lacks %q", want)
		}
	}
}

// What is far above its target has its own shape, and no words stand over a bar.
func TestTheRowsOfACardAreThoseOfThePage(t *testing.T) {
	svg := string(sampleCard().SVG())
	if n := strings.Count(svg, `M6 11.5V1.5M1.5 5.5L6 1l4.5 4.5`); n != 1 {
		t.Errorf("%d rows point up, want one", n)
	}
	for text, size := range map[string]string{"余 1 件": `font-size="28"`, "余 6,600 吨": `font-size="22"`} {
		line := svg[:strings.Index(svg, text)]
		if line = line[strings.LastIndex(line, "<text"):]; !strings.Contains(line, size) {
			t.Errorf("%s: %s", text, line)
		}
	}
}

func TestASentenceBreaksBehindMarks(t *testing.T) {
	var got []string
	for _, p := range pieces(sampleCard().Sentence) {
		got = append(got, p.Text+p.mark)
	}
	if want := "29 项指标，|23 项达到序时进度；|1 项严重滞后、|2 项滞后，|2 项未设目标。"; strings.Join(got, "|") != want {
		t.Errorf("%q", got)
	}
	got = nil
	for _, p := range pieces([]CardText{{"29 indicators: 18 on pace", ""}, {"; ", ""}, {"1 far behind", kpi.FarBehind},
		{".", ""}}) {
		got = append(got, p.Text+p.mark)
	}
	if want := "29 |indicators: |18 |on |pace; |1 far behind."; strings.Join(got, "|") != want {
		t.Errorf("%q", got)
	}
}

func TestEveryLightHasAShapeAndAColour(t *testing.T) {
	for _, l := range kpi.Lights {
		if cardShapes[l] == "" || cardColours[l] == "" {
			t.Errorf("%s: %q %q", l, cardShapes[l], cardColours[l])
		}
	}
}

func TestANameLongerThanALineIsBroken(t *testing.T) {
	name := strings.Repeat("很长的指标名称", 6)
	whole := ""
	for _, p := range fitting([]piece{{CardText{name, ""}, "、"}}, 50) {
		if w := textWidth(p.Text+p.mark, 50); w > cardInner {
			t.Errorf("%q is %d wide", p.Text, w)
		}
		whole += p.Text + p.mark
	}
	if whole != name+"、" {
		t.Errorf("%q", whole)
	}
}
