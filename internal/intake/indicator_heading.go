package intake

import (
	"slices"
	"strings"

	"dabiao/internal/kpi"
)

// IndicatorColumn is what a column of a table of indicators says, by the name forms and the API have for it.
type IndicatorColumn string

// The columns.
const (
	IndicatorCode        IndicatorColumn = "code"
	IndicatorArea        IndicatorColumn = "area"
	IndicatorName        IndicatorColumn = "name"
	IndicatorNameEn      IndicatorColumn = "name_en"
	IndicatorMeasure     IndicatorColumn = "measure"
	IndicatorKind        IndicatorColumn = "kind"
	IndicatorSign        IndicatorColumn = "sign"
	IndicatorTarget      IndicatorColumn = "value"
	IndicatorWeight      IndicatorColumn = "weight"
	IndicatorOwner       IndicatorColumn = "owner"
	IndicatorPartners    IndicatorColumn = "partners"
	IndicatorDefinition  IndicatorColumn = "definition"
	IndicatorSource      IndicatorColumn = "source"
	IndicatorCategory    IndicatorColumn = "category"
	IndicatorNumerator   IndicatorColumn = "numerator"
	IndicatorDenominator IndicatorColumn = "denominator"
	IndicatorNote        IndicatorColumn = "note"
	IndicatorDone        IndicatorColumn = "figure"
)

// indicatorWords are the plain headings each column may bear, the surest first.
var indicatorWords = []struct {
	column IndicatorColumn
	words  []string
}{
	{IndicatorCode, roleWords[ColCode]},
	{IndicatorNameEn, []string{"英文名称", "英文名", "英文", "指标英文名称", "nameen", "englishname", "english", "nameinenglish"}},
	{IndicatorName, slices.Concat([]string{"三级指标", "指标名称", "指标", "绩效指标", "考核指标", "指标内容", "指标项目"},
		roleWords[ColIndicator], []string{"工作指标", "主要指标", "工作任务名称", "年度工作任务", "具体指标", "具体任务", "考核项目", "考核事项",
			"indicators", "nameofindicator", "task", "name"})},
	{IndicatorArea, []string{"工作板块", "板块", "板块名称", "工作板块名称", "业务板块", "领域", "工作领域", "条线", "业务条线", "类别", "工作类别",
		"指标类别", "任务类别", "分类", "工作分类", "大类", "所属板块", "一级指标", "一级分类", "工作方面", "area", "areas", "category", "theme",
		"section", "group", "workarea", "priority", "objective", "strategicobjective", "goal", "domain",
		"workstream"}},
	{IndicatorCategory, []string{"二级指标", "统计分类", "绩效类别", "指标分类", "secondlevel"}},
	{IndicatorMeasure, slices.Concat(roleWords[ColMeasure], []string{"单位", "unit", "units", "度量", "计算单位", "uom"})},
	{IndicatorKind, []string{"类型", "指标类型", "统计方式", "累计方式", "汇总方式", "统计类型", "kind", "type", "indicatortype"}},
	{IndicatorSign, []string{"符号", "指标性质", "性质", "方向", "指标方向", "运算符", "比较", "要求", "sign", "direction", "comparison",
		"operator"}},
	{IndicatorTarget, slices.Concat(roleWords[ColTarget], []string{"目标任务", "任务", "任务目标", "年度计划", "全年计划", "计划任务", "年度计划数",
		"目标要求", "指标数", "考核目标", "考核标准值", "annualtarget", "plan"})},
	{IndicatorWeight, []string{"分值", "权重", "权重%", "标准分", "满分", "考核分值", "考核分", "基础分", "基准分", "分数", "赋分", "weight",
		"weights",
		"points", "score", "maximumscore", "weighting", "weightings", "weighting%"}},
	{IndicatorOwner, []string{"责任人", "责任科室", "责任股室", "责任部门", "责任单位", "牵头科室", "牵头股室", "牵头部门", "牵头单位", "负责人", "经办人",
		"责任处室", "主办科室", "主办单位", "承办科室", "承办单位", "责任内设机构", "归口科室", "具体责任人", "落实科室", "owner", "responsible",
		"lead", "leadofficer", "responsibleofficer", "responsibleperson", "officer",
		"accountable", "leadperson", "department", "responsibleoffice", "leadoffice", "incharge", "personresponsible"}},
	{IndicatorPartners, []string{"配合单位", "配合科室", "配合部门", "协办单位", "协办科室", "参与单位", "partners", "partner"}},
	{IndicatorDefinition, []string{"口径", "统计口径", "指标口径", "口径说明", "定义", "指标定义", "指标解释", "指标说明", "计算方法", "计算公式", "统计方法",
		"definition", "meaning", "description"}},
	{IndicatorSource, []string{"数据来源", "来源", "指标来源", "source", "datasource"}},
	{IndicatorNumerator, []string{"分子", "numerator"}},
	{IndicatorDenominator, []string{"分母", "denominator"}},
	{IndicatorNote, []string{"备注", "说明", "备注说明", "note", "notes", "remark", "remarks", "comment", "comments"}},
}

// indicatorParts are looked for inside headings that are no known word, in this order.
var indicatorParts = []struct {
	part   string
	column IndicatorColumn
}{
	{"英文", IndicatorNameEn}, {"指标名称", IndicatorName}, {"任务名称", IndicatorName}, {"计量单位", IndicatorMeasure},
	{"目标值", IndicatorTarget}, {"任务数", IndicatorTarget}, {"目标数", IndicatorTarget}, {"指标值", IndicatorTarget},
	{"分值", IndicatorWeight}, {"权重", IndicatorWeight}, {"责任", IndicatorOwner}, {"牵头", IndicatorOwner},
	{"配合", IndicatorPartners}, {"协办", IndicatorPartners}, {"口径", IndicatorDefinition}, {"数据来源", IndicatorSource},
	{"板块", IndicatorArea},
}

// indicatorHeading is a heading of a table of indicators as it was understood.
type indicatorHeading struct {
	column IndicatorColumn // "" for one that is not known
	rank   int             // how sure its words are, 0 the surest
	of     bool            // it names the year of the table
}

// readIndicatorHeading understands one heading. One of another year, or of what was done, is none.
func readIndicatorHeading(text string, year kpi.Year) (h indicatorHeading) {
	if len(text) > longestHeading {
		return h
	}
	p := readPeriods(text, year)
	for _, y := range p.years {
		if y != year {
			return h
		}
		h.of = true
	}
	name := plainName(text)
	names := []string{name, plainName(parenthesised.ReplaceAllString(p.text, "")),
		plainName(parenthesised.ReplaceAllString(p.bare(), ""))}
	for _, name := range names {
		for _, known := range indicatorWords {
			if at := slices.Index(known.words, name); at >= 0 {
				h.column, h.rank = known.column, at
				return h
			}
		}
	}
	if roleOfHeading(text) == colDone && !isPlan(name) {
		h.column = IndicatorDone
		return h
	}
	if n := len([]rune(name)); n == 0 || n > 24 || roleOfHeading(text) == colDone || isPlan(name) {
		return h
	}
	for _, known := range indicatorParts {
		if strings.Contains(name, known.part) {
			h.column, h.rank = known.column, 1000
			return h
		}
	}
	return h
}

// unnamedHead finds the row whose headings are known but for the one of the names (重点工作, Key performance
// indicator): at least three of them, a target and what it is counted in among them; -1 if there is none.
func (r *indicatorReader) unnamedHead() int {
	for i := range min(headerRows, len(r.Rows)) {
		at, heads := r.columns(i, i+1)
		_, target := at[IndicatorTarget]
		_, measure := at[IndicatorMeasure]
		if !target || !measure || len(at) < 3 {
			continue
		}
		r.body, r.at, r.heads = i+1, at, heads
		if r.nameColumn() >= 0 {
			return i
		}
	}
	return -1
}

// nameColumn returns the column under an unknown heading whose texts are the longest that hardly repeat: the names of
// indicators; -1 if there is none.
func (r *indicatorReader) nameColumn() int {
	best, most := -1, 0
	for column := range r.width() {
		head := r.heads[column]
		known := readIndicatorHeading(head, r.year).column != "" || slices.Contains(plainColumns, plainName(head))
		if head == "" || known {
			continue
		}
		texts, filled, length := map[string]bool{}, 0, 0
		for _, row := range r.Rows[r.body:min(r.body+MaxIndicators, len(r.Rows))] {
			if c := row.Cell(column); c.Kind == CellText && !amountLike.MatchString(c.Text) {
				filled, length, texts[c.Text] = filled+1, length+len(c.Text), true
			}
		}
		if filled > 0 && 4*len(texts) >= 3*filled && length > most {
			best, most = column, length
		}
	}
	return best
}
