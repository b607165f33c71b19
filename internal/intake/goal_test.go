package intake

import (
	"testing"

	"dabiao/internal/kpi"
)

func TestReadGoalSplitsTargets(t *testing.T) {
	for _, c := range []struct {
		text    string
		measure kpi.Measure
		want    Goal
	}{
		{"", "", Goal{}},
		{"—", "人", Goal{}},
		{"1259", "人", Goal{Value: "1259"}},
		{"1,259 人", "人", Goal{Value: "1259"}},
		{"１，２５９", "人", Goal{Value: "1259"}},
		{"≥95%", "", Goal{Sign: ">=", Value: "95", Measure: "%"}},
		{"≥ 95 %", "%", Goal{Sign: ">=", Value: "95"}},
		{"＞＝９５％", "%", Goal{Sign: ">=", Value: "95"}},
		{"≥95", "%", Goal{Sign: ">=", Value: "95"}},
		{"不低于95.5%", "%", Goal{Sign: ">=", Value: "95.5"}},
		{"不少于1.2万人次", "", Goal{Sign: ">=", Value: "12000", Measure: "人次"}},
		{"50起以上", "起", Goal{Sign: ">=", Value: "50"}},
		{"达到50起", "", Goal{Sign: ">=", Value: "50", Measure: "起"}},
		{"3件以内", "", Goal{Sign: "<=", Value: "3", Measure: "件"}},
		{"控制在3件以内", "件", Goal{Sign: "<=", Value: "3"}},
		{"≤0.5‰", "‰", Goal{Sign: "<=", Value: "0.5"}},
		{"<= 2", "次", Goal{Sign: "<=", Value: "2"}},
		{"＜2", "次", Goal{Sign: "<", Value: "2"}},
		{"超过100", "户", Goal{Sign: ">", Value: "100"}},
		{"=12", "期", Goal{Sign: "=", Value: "12"}},
		{"at least 1,000 people", "人", Goal{Sign: ">=", Value: "1000"}},
		{"0", "起", Goal{Value: "0"}},
		{"达成", "", Goal{Sign: "level", Level: kpi.LevelMet}},
		{"部分达成", "", Goal{Sign: "level", Level: kpi.LevelPartly}},
		{"按时完成", "", Goal{Sign: "level", Level: kpi.LevelMet, Value: "按时完成"}},
		{"12月31日前完成", "", Goal{Sign: "level", Level: kpi.LevelMet, Value: "12月31日前完成"}},
		{"逐步提升", "", Goal{Sign: "level", Level: kpi.LevelMet, Value: "逐步提升"}},
		{"200余", "人", Goal{Value: "200余"}},
		{"不得超过40件", "件", Goal{Sign: "<=", Value: "40"}},
		{"不得低于3.2万头", "万头", Goal{Sign: ">=", Value: "3.2"}},
		{"完成1200人", "人", Goal{Value: "1200"}},
		{"力争达到600人", "人", Goal{Sign: ">=", Value: "600"}},
		{"确保600人以上", "人", Goal{Sign: ">=", Value: "600"}},
		{"全年完成 98%", "%", Goal{Value: "98"}},
		{"under 10", "days", Goal{Sign: "<", Value: "10"}},
		{"fewer than 5", "complaints", Goal{Sign: "<", Value: "5"}},
		{"within 2%", "%", Goal{Sign: "<=", Value: "2"}},
		{"a maximum of 30 days", "days", Goal{Sign: "<=", Value: "30"}},
		{"max 5", "cases", Goal{Sign: "<=", Value: "5"}},
		{"5 or fewer", "cases", Goal{Sign: "<=", Value: "5"}},
		{"Over 90%", "%", Goal{Sign: ">", Value: "90"}},
		{"Minimum 12", "sessions", Goal{Sign: ">=", Value: "12"}},
		{"No fewer than 85", "people", Goal{Sign: ">=", Value: "85"}},
		{"overall 90%", "%", Goal{Value: "overall 90%"}},
		{"零发生", "起", Goal{Sign: "<=", Value: "0"}},
		{"为零", "起", Goal{Sign: "<=", Value: "0"}},
		{"零死亡", "人", Goal{Sign: "<=", Value: "0"}},
		{"杜绝发生", "起", Goal{Sign: "<=", Value: "0"}},
		{"不发生", "起", Goal{Sign: "<=", Value: "0"}},
		{"Zero", "complaints", Goal{Sign: "<=", Value: "0"}},
		{"零发生", "", Goal{Sign: "level", Level: kpi.LevelMet, Value: "零发生"}},
		{"零距离服务", "次", Goal{Sign: "level", Level: kpi.LevelMet, Value: "零距离服务"}},
		{"据实", "头", Goal{}},
		{"待定", "", Goal{}},
		{"TBC", "visits", Goal{}},
		{"to be confirmed", "visits", Goal{}},
		{"全覆盖", "%", Goal{Sign: "level", Level: kpi.LevelMet, Value: "全覆盖"}},
		{"12a", "人", Goal{Value: "12a"}},
		{"10人/5期", "人", Goal{Value: "10人/5期"}},
	} {
		if got := ReadGoal(c.text, c.measure); got != c.want {
			t.Errorf("%q in %q: %+v, want %+v", c.text, c.measure, got, c.want)
		}
	}
}

func TestSignsKindsAndCategoriesAsTablesNameThem(t *testing.T) {
	for text, want := range map[string]kpi.Sign{"≥": ">=", " ＞＝ ": ">=", "不低于": ">=", "正向": ">=", "≤": "<=", "反向指标": "<=",
		"=": "=", "＝": "=", "定性": "level", "数量指标": "", "": ""} {
		if got := SignOf(text); got != want {
			t.Errorf("sign %q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]kpi.Kind{"累加": kpi.Flow, "累加：各月数相加": kpi.Flow, "累计数（时点）：取最近一次": kpi.Running,
		"ratio: numerator ÷ denominator": kpi.Ratio, "Money": kpi.Money, "定性": kpi.Level, "定量": "", "": ""} {
		if got := KindOf(text); got != want {
			t.Errorf("kind %q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]kpi.Category{"数量指标": kpi.CatQuantity, "满意度指标": kpi.CatSatisfaction,
		"服务对象满意度指标": kpi.CatSatisfaction, "quality": kpi.CatQuality, "产出指标": "", "宣传": ""} {
		if got := CategoryOf(text); got != want {
			t.Errorf("category %q: %q, want %q", text, got, want)
		}
	}
}
