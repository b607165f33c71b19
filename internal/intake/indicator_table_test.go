package intake

import (
	"fmt"
	"strings"
	"testing"

	"dabiao/internal/kpi"
)

// pasted is a table as it comes from a clipboard.
func pasted(t *testing.T, text string) []Grid {
	t.Helper()
	grids, err := Grids(t.Context(), "pasted.tsv", strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return grids
}

func rowText(r IndicatorRow) string {
	var parts []string
	for _, known := range []IndicatorColumn{IndicatorCode, IndicatorArea, IndicatorName, IndicatorNameEn, IndicatorMeasure,
		IndicatorKind, IndicatorSign, IndicatorTarget, IndicatorWeight, IndicatorOwner, IndicatorDefinition,
		IndicatorCategory} {
		if s := r.Cells[known]; s != "" {
			parts = append(parts, fmt.Sprintf("%s=%s", known, s))
		}
	}
	if r.Carried {
		parts = append(parts, "carried")
	}
	return strings.Join(parts, " ")
}

func TestATableOfIndicatorsIsReadByItsHeadings(t *testing.T) {
	for _, c := range []struct {
		name, table  string
		want         []string
		unread, left string
	}{
		{"plain", "工作板块\t指标名称\t计量单位\t年度目标\t分值\t责任人\n思想引领\t三八宣讲\t场\t≥12\t5\t王芳\n权益维护\t调解成功率\t%\t≥95%\t10\t李明\n",
			[]string{"area=思想引领 name=三八宣讲 measure=场 value=≥12 weight=5 owner=王芳",
				"area=权益维护 name=调解成功率 measure=% value=≥95% weight=10 owner=李明"}, "", ""},
		{"a title, numbers, blank areas, a total, a foot",
			"2026年度工作任务表\n序号\t类别\t工作任务\t单位\t任务数\t责任科室\n1\t思想引领\t1.三八宣讲\t场\t12\t组宣部\n2\t\t2、培训妇女\t人次\t1200\t\n合计\t\t\t\t1212\t\n填表人：王芳\n",
			[]string{"area=思想引领 name=三八宣讲 measure=场 value=12 owner=组宣部",
				"area=思想引领 name=培训妇女 measure=人次 value=1200 carried"}, "", "indicators_total indicators_foot"},
		{"groups as rows", "指标\t目标\n一、思想引领\n三八宣讲\t12场\n（二）权益维护\n调解成功率\t不低于95%\n",
			[]string{"area=思想引领 name=三八宣讲 value=12场", "area=权益维护 name=调解成功率 value=不低于95%"}, "", ""},
		{"headings in two rows, which say more than words known", "板块\t指标\t\t单位\t目标\t\t完成\n" +
			"\t二级指标\t三级指标\t\t年度\t季度\t全年\n群众体育\t数量指标\t举办赛事\t场\t≥24\t6\t26\n场馆\t质量指标\t投诉\t件\t≤5\t\t3\n",
			[]string{"area=群众体育 name=举办赛事 measure=场 value=≥24 category=数量指标",
				"area=场馆 name=投诉 measure=件 value=≤5 category=质量指标"}, "季度 全年", ""},
		{"headings in two rows", "指标名称\t2025年目标\t2026年目标\t\t权重\n\t\t指标值\t计量单位\t\n培训妇女\t1000\t1200\t人次\t8\n",
			[]string{"name=培训妇女 measure=人次 value=1200 weight=8"}, "2025年目标", ""},
		{"the finance bureau's",
			"一级指标\t二级指标\t三级指标\t指标性质\t年度指标值\t度量单位\t实际完成值\t分值\n产出指标\t数量指标\t培训妇女\t≥\t1200\t人次\t1259\t10\n满意度指标\t服务对象满意度指标\t群众满意度\t≥\t90\t%\t96\t10\n",
			[]string{"area=产出指标 name=培训妇女 measure=人次 sign=≥ value=1200 weight=10 category=数量指标",
				"area=满意度指标 name=群众满意度 measure=% sign=≥ value=90 weight=10 category=服务对象满意度指标"}, "实际完成值", ""},
		{"the heading of the names is unknown",
			"序号\t重点事\t计量单位\t2026年任务数\t权重\t牵头科室\t备注\n一、稳产保供\n1\t粮食播种面积\t万亩\t不少于62.5\t3\t种植业股\t\n2\t油菜播种面积\t万亩\t18.2\t2\t种植业股\t好\n",
			[]string{"area=稳产保供 name=粮食播种面积 measure=万亩 value=不少于62.5 weight=3 owner=种植业股",
				"area=稳产保供 name=油菜播种面积 measure=万亩 value=18.2 weight=2 owner=种植业股"}, "", ""},
		{"the heading of the names is unknown, and another too",
			"Priority\tKey performance measure\tUnit of measure\t2026 target\tRAG\tLead officer\tWeighting\tComments\n" +
				"Advice\tClients advised\tclients\tAt least 4,200\tgreen\tJ. Okafor\t8\t\nAdvice\tCalls abandoned\t%\tNo more than 5%\tgreen\tP. Singh\t4\t\n",
			[]string{"area=Advice name=Clients advised measure=clients value=At least 4,200 weight=8 owner=J. Okafor",
				"area=Advice name=Calls abandoned measure=% value=No more than 5% weight=4 owner=P. Singh"}, "RAG", ""},
		{"unit is who answers for it", "项目\t指标\t单位\t目标\n宣讲\t三八宣讲\t组宣部\t12场\n维权\t调解\t权益部\t20起\n",
			[]string{"area=宣讲 name=三八宣讲 value=12场 owner=组宣部", "area=维权 name=调解 value=20起 owner=权益部"}, "", ""},
		{"a measure in the heading", "指标名称\t目标（万元）\n小额贷款\t500\n", []string{"name=小额贷款 measure=万元 value=500"}, "", ""},
		{"English",
			"Area\tIndicator\tName in English\tUnit of measure\tKind\tTarget\tWeight\tOwner\tDefinition\nIdeas\t宣讲\tTalks\t场\tflow\t>=12\t5\tWang\theld on the spot\n",
			[]string{"area=Ideas name=宣讲 name_en=Talks measure=场 kind=flow value=>=12 weight=5 owner=Wang definition=held on the spot"}, "", ""},
		{"names alone", "指标名称\n三八宣讲\n培训妇女（人次）\n", []string{"name=三八宣讲", "name=培训妇女（人次）"}, "", ""},
		{"a name that begins with a number", "指标\t目标\n12338热线\t100\n100场宣讲\t100\n", []string{"name=12338热线 value=100",
			"name=100场宣讲 value=100"}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			table, err := ReadIndicators(pasted(t, c.table), 2026)
			if err != nil {
				t.Fatal(err)
			}
			var got, left []string
			for _, r := range table.Rows {
				got = append(got, rowText(r))
			}
			for _, l := range table.Left {
				left = append(left, l.Key)
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("rows:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			if s := strings.Join(table.Unread, " "); s != c.unread {
				t.Errorf("unread %q, want %q", s, c.unread)
			}
			if s := strings.Join(left, " "); s != c.left {
				t.Errorf("left %q, want %q", s, c.left)
			}
		})
	}
}

func TestATableThatIsNoneOfIndicatorsIsRefused(t *testing.T) {
	many := "指标名称\t目标\n"
	for i := range MaxIndicators + 1 {
		many += fmt.Sprintf("指标%d\t%d\n", i, i)
	}
	for text, want := range map[string]string{"甲\t乙\n1\t2\n": "indicators_heading", many: "indicators_many"} {
		_, err := ReadIndicators(pasted(t, text), 2026)
		if e, ok := err.(*kpi.Error); !ok || e.Text.Key != want {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
	}
}
