package intake

import (
	"regexp"
	"slices"
	"strings"
)

// ColumnRole is the meaning of a column.
type ColumnRole string

// The roles.
const (
	ColIgnore    ColumnRole = "ignore"
	ColIndicator ColumnRole = "indicator" // its name or code
	ColCode      ColumnRole = "code"      // the indicator's code
	ColUnit      ColumnRole = "unit"      // the organisation
	ColMeasure   ColumnRole = "measure"
	ColTarget    ColumnRole = "target"
	ColValue     ColumnRole = "value" // an addition; for readings the reading
	ColTotal     ColumnRole = "total" // the sum since January
	ColRate      ColumnRole = "rate"
	ColDate      ColumnRole = "date" // or a month
	ColYear      ColumnRole = "year" // of the figures; those of another year are refused
	ColDay       ColumnRole = "day"  // of the month that another column or the title names
	ColNote      ColumnRole = "note"
	ColSum       ColumnRole = "sum"     // the total of the row: compared, not counted
	ColPlan      ColumnRole = "plan"    // a plan or forecast, not an achievement
	ColOutlook   ColumnRole = "outlook" // the forecast for the year, for the monitoring table; only if chosen by a person

	colEither ColumnRole = "either" // measure or organisation: the cells decide
	colTask   ColumnRole = "task"   // indicator or target
	colDone   ColumnRole = "done"   // value or total: the period decides
)

// ColumnRoles lists those a person may choose from.
var ColumnRoles = []ColumnRole{ColIgnore, ColIndicator, ColCode, ColUnit, ColMeasure, ColDate, ColYear, ColDay,
	ColValue, ColTotal, ColTarget,
	ColRate, ColNote, ColSum, ColPlan, ColOutlook}

// Known reports whether a person may choose r.
func (r ColumnRole) Known() bool { return slices.Contains(ColumnRoles, r) }

func (r ColumnRole) value() bool { return r == ColValue || r == ColTotal }

var roleWords = map[ColumnRole][]string{
	ColIndicator: {"指标", "指标名称", "项目", "项目名称", "工作项目", "工作内容", "工作任务", "任务名称", "内容", "考核指标", "考核内容", "三级指标", "绩效指标",
		"名称", "事项", "工作事项", "指标内容", "目标任务", "重点工作", "统计项目", "indicator", "measurement", "indicatorname", "item", "name"},
	ColCode: {"代码", "指标代码", "编码", "指标编码", "code", "indicatorcode"},
	ColUnit: {"单位名称", "填报单位", "填报单位名称", "报送单位", "乡镇", "乡镇街道", "乡镇街道名称", "乡镇名称", "镇街", "镇乡街道", "街道",
		"村", "村社区", "村居", "村社区名称",
		"责任单位", "部门", "所属单位", "单位代码", "地区", "organisation", "organization", "township", "unitcode", "office"},
	colEither:  {"单位", "unit"},
	ColMeasure: {"计量单位", "计量", "度量单位", "指标单位", "measure", "unitofmeasure", "unitofmeasurement", "measurementunit", "uom"},
	colTask:    {"任务", "目标任务数及内容"},
	ColTarget: {"任务数", "工作目标", "年度指标值", "目标", "目标值", "年度目标", "年度目标值", "年度任务", "年度任务数", "全年任务", "全年任务数",
		"全年目标", "计划数", "计划", "指标值",
		"年初目标", "预期目标", "预期指标", "预期值", "目标数", "target", "goal", "targets"},
	colDone: {"完成数", "已完成数", "实际完成值", "完成值", "实际完成", "实际完成数", "实际值", "已完成", "目前完成", "目前完成数", "完成",
		"完成量", "实绩", "完成情况", "实际完成情况",
		"目标完成情况", "执行情况", "本季度完成", "本季完成", "当季", "本季", "当季度", "本季度", "当季完成", "当季度完成", "actual", "actuals",
		"achieved", "achievement", "done", "completed",
		"完成额", "完成金额", "实际完成额", "已开展", "数据", "实际",
		"实际数", "发生额", "次数", "开展次数", "开展场次", "参训人数", "受益人数", "走访数", "发放数", "统计数", "报送数", "填报数", "现有数",
		"实有数", "总数"},
	ColTotal: {"累计完成", "累计完成数", "累计", "累计数", "累计完成值", "累计完成情况", "累计到目前", "总完成数", "cumulative", "todate", "total",
		"ytd", "yeartodate"},
	ColValue: {"本月完成", "本月完成数", "本月", "当月", "当月完成", "当月完成数", "本次新增", "新增", "新增数", "本月新增", "数值", "数量",
		"数字", "本期", "本期完成", "本期完成数",
		"上报数", "填报值", "本次完成", "金额", "人数", "户数", "人次", "人次数", "户次", "户次数", "场次", "场次数", "场数", "件数", "起数", "份数", "亩数",
		"value", "amount", "quantity", "figure", "number", "added", "thismonth", "monthlyactual"},
	ColRate: {"完成率", "完成比例", "完成百分比", "进度", "完成进度", "完成率%", "比例", "rate", "completion", "completionrate"},
	ColDate: {"日期", "时间", "填报日期", "完成时间", "发生日期", "完成日期", "统计日期", "月份", "月", "期间", "统计月份", "date",
		"day", "month", "period"},
	ColYear: {"年", "年份", "年度", "所属年度", "所属年份", "统计年度", "统计年份", "报告年度", "填报年度", "数据年度", "year"},
	ColDay:  {"日", "号"},
	ColNote: {"备注", "说明", "情况说明", "完成说明", "备注说明", "工作开展情况", "主要做法", "note", "notes", "remark", "remarks", "comment"},
	ColSum:  {"合计", "总计", "小计", "共计", "全年合计", "合计数", "sum"},
	ColIgnore: {"序号", "编号", "序", "no", "上年同期", "去年同期", "同比", "增幅", "同比增长", "环比", "排名", "名次", "亮灯", "状态", "责任人", "联系人",
		"电话", "错误原因", "id", "errors",
		"分值", "权重", "得分", "自评分", "自评得分", "考核得分", "标准分", "满分", "扣分", "加分", "占全年%", "占比", "score", "weight", "points"},
}

var roleOf = func() map[string]ColumnRole {
	out := map[string]ColumnRole{}
	for role, words := range roleWords {
		for _, w := range words {
			out[w] = role
		}
	}
	return out
}()

// roleParts are searched in this order inside headings that are not in roleWords.
var roleParts = []struct {
	part string
	role ColumnRole
}{
	{"上月", ColIgnore}, {"上个月", ColIgnore}, {"上季度", ColIgnore}, {"上期", ColIgnore}, {"同期", ColIgnore}, {"去年", ColIgnore},
	{"上年", ColIgnore}, {"同比", ColIgnore}, {"完成率", ColRate}, {"任务数", ColTarget}, {"目标值", ColTarget},
	{"指标值", ColTarget}, {"工作目标", ColTarget},
	{"年度目标", ColTarget}, {"计量单位", ColMeasure}, {"累计", ColTotal}, {"本月", ColValue}, {"当月", ColValue}, {"新增", ColValue},
	{"完成数", colDone}, {"完成值", colDone}, {"完成情况", colDone}, {"单位名称", ColUnit}, {"填报单位", ColUnit},
	{"乡镇", ColUnit}, {"指标名称", ColIndicator},
	{"项目名称", ColIndicator}, {"备注", ColNote}, {"说明", ColNote},
}

// longestHeading is the length of the longest heading, in bytes; reading periods and measures in a longer text takes
// long.
const longestHeading = 600

// roleOfHeading returns the role of a heading by its words; "" if unknown.
func roleOfHeading(text string) ColumnRole {
	if len(text) > longestHeading {
		return ""
	}
	if isPart(text) {
		return ColIgnore
	}
	name := plainName(text)
	if role, ok := roleOf[name]; ok {
		return role
	}
	spoken := readPeriods(fiscalYear.ReplaceAllString(parenthesised.ReplaceAllString(text, ""), " "), anyYear).bare()
	bare := plainName(spoken)
	if role, ok := roleOf[bare]; ok && bare != "" {
		return role
	}
	if n := len([]rune(name)); n == 0 || n > 24 {
		return ""
	}
	if isReviewed(bare) {
		if ofSoFar.MatchString(text) {
			return ColTotal
		}
		return colDone
	}
	if role := roleEnglish(spoken); role != "" {
		return role
	}
	if role := dayRole(bare); role != "" {
		return role
	}
	role, name := qualified(name)
	if role != "" {
		return role
	}
	if role, ok := roleOf[name]; ok {
		return role
	}
	for _, p := range roleParts {
		if strings.Contains(name, p.part) {
			return p.role
		}
	}
	switch {
	case dueHeading.MatchString(name):
		return ColTarget
	case doneHeading.MatchString(name):
		return colDone
	}
	return ""
}

// dueHeading matches what is due (应巡次数, 应检人数), doneHeading what was done (实检人数, 巡河总次数). The verbs
// keep 应急演练次数 and 户籍总人数 out.
var (
	dueHeading  = regexp.MustCompile(`^应` + doings + `.{0,4}数$`)
	doneHeading = regexp.MustCompile(`^[实已]` + doings + `.{0,4}数$|^.{0,2}` + doings +
		`.{0,3}总(次|人次|人|户|件|场|场次)?数$|^(?:已|实际)?完成(?:户|人|次|场|件|人次|起|期|个|场次)数$`)
)

const doings = `(巡|检|查|到|参|报|办|建|训|评|收|缴|发|走访|调解|宣讲)`
