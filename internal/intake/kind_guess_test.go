package intake

import (
	"testing"

	"dabiao/internal/kpi"
)

// What is done over the year adds up, what there is at a time is read, whatever it is counted in and however large
// the measure is.
func TestKindsAreGuessedFromNamesAndMeasures(t *testing.T) {
	for _, c := range []struct {
		name    string
		measure kpi.Measure
		want    kpi.Kind
	}{
		{"粮食播种面积", "万亩", kpi.Flow}, {"大豆玉米带状复合种植", "亩", kpi.Flow}, {"新建高标准农田", "亩", kpi.Flow},
		{"撂荒耕地复耕", "亩", kpi.Flow}, {"土地流转面积", "亩", kpi.Running}, {"土地流转面积", "万亩", kpi.Running},
		{"生猪出栏", "万头", kpi.Flow}, {"能繁母猪存栏", "万头", kpi.Running}, {"月末在栏", "头", kpi.Running},
		{"新认证绿色食品", "个", kpi.Flow}, {"新改建农村户厕", "户", kpi.Flow}, {"新增农民专业合作社", "家", kpi.Flow},
		{"家庭农场总数", "家", kpi.Running}, {"生活污水治理村", "个", kpi.Flow}, {"快速检测样品", "个", kpi.Flow},
		{"农业科技入户", "户", kpi.Flow}, {"注册用户", "户", kpi.Running}, {"在校学生", "人", kpi.Running},
		{"建立家长学校的农村社区", "个", kpi.Running}, {"培训妇女", "人", kpi.Flow}, {"农产品抽检合格率", "%", kpi.Running},
		{"小额信贷发放", "万元", kpi.Money}, {"Active volunteers (end of month)", "people", kpi.Running},
		{"平均等待天数", "天", kpi.Running}, {"人均收入", "元", kpi.Running}, {"Average waiting time", "days", kpi.Running},
		{"Cost per client", "£", kpi.Running}, {"Personal visits", "visits", kpi.Flow},
		{"Volunteer hours given", "hours", kpi.Flow},
	} {
		if got := GuessKind(c.name, c.measure); got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.name, c.measure, got, c.want)
		}
	}
}
