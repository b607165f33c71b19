package kpi

import "strings"

// Forms says what a year's forms ask where places differ: the blocks of the basic data with their rows and columns,
// how the self-evaluation lists its money, and how the monitoring table orders its indicators. It belongs to a rule
// set. The zero value asks what the Ministry's forms ask.
type Forms struct {
	Name    string      `json:"name"`
	Basic   []FormBlock `json:"basic"`               // 基础数据表, in order
	Lists   bool        `json:"self_lists"`          // 自评表: sources and kinds of spending as two lists side by side
	ByLevel bool        `json:"monitoring_by_level"` // 监控表: by 一级、二级、三级指标, not by area
}

// FormBlock is a table of the basic data. What some kinds show comes from the year's records; a block of rows says
// itself which rows and columns it has.
type FormBlock struct {
	Kind    BlockKind    `json:"kind"`
	Title   string       `json:"title,omitempty"` // of a block of rows or of a text
	TitleEn string       `json:"title_en,omitempty"`
	Columns []FormColumn `json:"columns,omitempty"`
	Rows    []FormRow    `json:"rows,omitempty"`
}

// BlockKind is what a block shows.
type BlockKind string

// The kinds of blocks.
const (
	BlockStaff    BlockKind = "staff"       // posts and people by kind
	BlockInPost   BlockKind = "staff_total" // posts and people of all in post, 控制率
	BlockBudget   BlockKind = "budget"      // the budget line by line
	BlockIncome   BlockKind = "income"      // sources of income, other money
	BlockOfficial BlockKind = "official"    // 三公经费
	BlockRows     BlockKind = "rows"        // rows and columns of its own
	BlockText     BlockKind = "text"        // words, one row each
)

// BlockKinds lists all kinds.
var BlockKinds = []BlockKind{BlockStaff, BlockInPost, BlockBudget, BlockIncome, BlockOfficial, BlockRows, BlockText}

// FormColumn is a column of a block of rows: amounts in a measure or, with Of, the rate of two other columns.
type FormColumn struct {
	Key     string   `json:"key"`
	Name    string   `json:"name"`
	NameEn  string   `json:"name_en,omitempty"`
	Measure Measure  `json:"measure,omitempty"`
	Of      []string `json:"of,omitempty"` // keys of the columns whose first is divided by the second
}

// FormRow is a row of a block. Rows of a deeper level are parts of the row above them.
type FormRow struct {
	Key    string    `json:"key"`
	Name   string    `json:"name"`
	NameEn string    `json:"name_en,omitempty"`
	Level  int       `json:"level,omitempty"`
	Sum    bool      `json:"sum,omitempty"`   // its parts make up all of it
	Named  bool      `json:"named,omitempty"` // the office names it; without a name and a number it does not print
	From   RowSource `json:"from,omitempty"`  // the records it comes from; "": the office states it
}

// RowSource is where a row's amounts come from.
type RowSource string

// Sources of rows. Those with OfficialPrefix are rows of the official costs: official.total. Project spending comes
// from the budget; last year's is stated.
const (
	FromOffice     RowSource = ""
	FromProject    RowSource = "project"
	OfficialPrefix RowSource = "official."
)

// Bounds of forms: what fits on a page.
const (
	maxFormBlocks  = 20
	maxFormRows    = 60
	maxFormColumns = 6
	maxFormName    = 60
)

// YearForms is what the rule set's forms ask.
func (r RuleSet) YearForms() Forms {
	if len(r.Forms.Basic) == 0 {
		return MinistryForms
	}
	return r.Forms
}

// Shown is an amount of the column in its measure: money is kept in 元.
func (c FormColumn) Shown(a Amount) Amount {
	if c.Measure == TenThousandY {
		a, _ = Yuan.In(TenThousandY, a)
	}
	return a
}

// Kept is an amount read in the column's measure, as it is kept; ok is false if that cannot be.
func (c FormColumn) Kept(a Amount) (kept Amount, ok bool) {
	if c.Measure == TenThousandY {
		return TenThousandY.In(Yuan, a)
	}
	return a, true
}

// Check refuses forms that cannot be printed: keys that come twice, rates of columns there are none of.
func (f Forms) Check() error {
	var m Mistakes
	if len(f.Basic) > maxFormBlocks {
		m.Add("forms", "forms_size", maxFormBlocks)
	}
	rows := map[string]bool{}
	for _, b := range f.Basic {
		if !contains(BlockKinds, b.Kind) {
			m.Add("forms", "forms_block_unknown", string(b.Kind))
		}
		if len(b.Rows) > maxFormRows || len(b.Columns) > maxFormColumns {
			m.Add("forms", "forms_size", maxFormRows)
		}
		columns := map[string]bool{}
		for _, c := range b.Columns {
			checkFormKey(&m, columns, c.Key, c.Name)
		}
		for _, c := range b.Columns {
			if len(c.Of) != 0 && (len(c.Of) != 2 || !columns[c.Of[0]] || !columns[c.Of[1]]) {
				m.Add("forms", "forms_rate", c.Name)
			}
		}
		for _, row := range b.Rows {
			checkFormKey(&m, rows, row.Key, row.Name)
		}
	}
	return m.Err()
}

func checkFormKey(m *Mistakes, seen map[string]bool, key, name string) {
	if key == "" || strings.ContainsAny(key, ". \n") || seen[key] {
		m.Add("forms", "forms_key", key)
	}
	seen[key] = true
	if name == "" {
		m.Add("forms", "name_missing")
	}
	checkLength(m, "forms", name, maxFormName)
}

// FormValues is what an office states in the rows of its forms. What is not there is not stated, which is not 0.
type FormValues struct {
	Amounts map[string]Amount `json:"amounts"` // by row and column: purchase.last; money in 元
	Texts   map[string]string `json:"texts"`   // by row: its words, or its name
}

// Amount is what is stated of a row in a column; ok is false if nothing is.
func (v FormValues) Amount(row, column string) (a Amount, ok bool) {
	a, ok = v.Amounts[row+"."+column]
	return a, ok
}

// The forms that ship with the program.
var (
	// MinistryForms are the Ministry of Finance's.
	MinistryForms = Forms{Name: "财政部通用表", Basic: []FormBlock{{Kind: BlockStaff}, {Kind: BlockBudget},
		{Kind: BlockIncome}, {Kind: BlockOfficial}}}
	// HunanForms are those of Hunan's departments: 基础数据表 with costs, buildings and thrift, two lists in the
	// self-evaluation, monitoring by level.
	HunanForms = Forms{Name: "湖南省部门整体支出绩效评价表", Lists: true, ByLevel: true, Basic: []FormBlock{
		{Kind: BlockInPost},
		{Kind: BlockRows, Title: "经费控制情况（万元）", TitleEn: "Control of costs (ten thousand yuan)", Columns: []FormColumn{
			{Key: "last", Name: "上年决算数", NameEn: "Last year, final", Measure: TenThousandY},
			{Key: "budget", Name: "本年预算数", NameEn: "This year, budget", Measure: TenThousandY},
			{Key: "spent", Name: "本年决算数", NameEn: "This year, final", Measure: TenThousandY},
		}, Rows: []FormRow{
			{Key: "official", Name: "三公经费", NameEn: "Official costs", From: "official.total"},
			{Key: "vehicles", Name: "1.公务用车购置和维护经费", NameEn: "1. Official vehicles", Level: 1, From: "official.vehicles"},
			{Key: "vehicle_purchase", Name: "其中：公车购置", NameEn: "of which: purchase", Level: 2,
				From: "official.vehicle_purchase"},
			{Key: "vehicle_running", Name: "公车运行维护", NameEn: "operation", Level: 2, From: "official.vehicle_running"},
			{Key: "abroad", Name: "2.出国经费", NameEn: "2. Travel abroad", Level: 1, From: "official.abroad"},
			{Key: "reception", Name: "3.公务接待", NameEn: "3. Receptions", Level: 1, From: "official.reception"},
			{Key: "project", Name: "项目支出", NameEn: "Project spending", Sum: true, From: FromProject},
			{Key: "project_work", Name: "1.业务工作经费", NameEn: "1. Work", Level: 1},
			{Key: "project_running", Name: "2.运行维护经费", NameEn: "2. Operation and maintenance", Level: 1},
			{Key: "special1", Name: "3.省级专项资金", NameEn: "3. Provincial special fund", Level: 1, Named: true},
			{Key: "special2", Name: "省级专项资金", NameEn: "Provincial special fund", Level: 1, Named: true},
			{Key: "special3", Name: "省级专项资金", NameEn: "Provincial special fund", Level: 1, Named: true},
			{Key: "public", Name: "公用经费", NameEn: "Public expenses"},
			{Key: "office", Name: "其中：办公经费", NameEn: "of which: office expenses", Level: 1},
			{Key: "utilities", Name: "水费、电费、差旅费", NameEn: "water, electricity, travel", Level: 1},
			{Key: "meetings", Name: "会议费、培训费", NameEn: "meetings, training", Level: 1},
			{Key: "purchase", Name: "政府采购金额", NameEn: "Government procurement"},
			{Key: "adjustment", Name: "部门基本支出预算调整", NameEn: "Adjustment of the basic expenditure budget"},
		}},
		{Kind: BlockRows, Title: "楼堂馆所控制情况（当年完工项目）", TitleEn: "Control of buildings (completed in the year)",
			Columns: []FormColumn{
				{Key: "area_approved", Name: "批复规模（㎡）", NameEn: "Approved area (m²)", Measure: "㎡"},
				{Key: "area_built", Name: "实际规模（㎡）", NameEn: "Built area (m²)", Measure: "㎡"},
				{Key: "area_rate", Name: "规模控制率", NameEn: "Area, built ÷ approved", Of: []string{"area_built", "area_approved"}},
				{Key: "cost_budget", Name: "预算投资（万元）", NameEn: "Budgeted cost (10k yuan)", Measure: TenThousandY},
				{Key: "cost_spent", Name: "实际投资（万元）", NameEn: "Actual cost (10k yuan)", Measure: TenThousandY},
				{Key: "cost_rate", Name: "投资概算控制率", NameEn: "Cost, actual ÷ budget", Of: []string{"cost_spent", "cost_budget"}},
			}, Rows: []FormRow{{Key: "building1", Name: "项目一", NameEn: "Building 1", Named: true},
				{Key: "building2", Name: "项目二", NameEn: "Building 2", Named: true}}},
		{Kind: BlockText, Title: "厉行节约保障措施", TitleEn: "Measures for thrift", Rows: []FormRow{
			{Key: "thrift", Name: "厉行节约保障措施", NameEn: "Measures for thrift"}}},
	}}
	// ShippedForms holds them by the names under which they are chosen.
	ShippedForms = map[string]Forms{"mof": MinistryForms, "hunan": HunanForms}
)
