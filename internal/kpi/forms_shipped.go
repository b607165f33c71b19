package kpi

// The forms that ship with the program.
var (
	// MinistryForms are the Ministry of Finance's.
	MinistryForms = Forms{Name: "财政部通用表", Basic: []FormBlock{{Kind: BlockStaff}, {Kind: BlockBudget},
		{Kind: BlockIncome}, {Kind: BlockOfficial}}}
	// HunanForms are those of Hunan's departments: 基础数据表 with costs, buildings and thrift, two lists in the
	// self-evaluation, monitoring by level.
	HunanForms = Forms{Name: "湖南省部门整体支出绩效评价表", Lists: true, ByLevel: true, Basic: []FormBlock{
		{Kind: BlockInPost},
		{Kind: BlockRows, Title: "经费控制情况（万元）", TitleEn: "Control of costs (¥10,000)", Columns: []FormColumn{
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
				{Key: "cost_budget", Name: "预算投资（万元）", NameEn: "Budgeted cost (¥10,000)", Measure: TenThousandY},
				{Key: "cost_spent", Name: "实际投资（万元）", NameEn: "Actual cost (¥10,000)", Measure: TenThousandY},
				{Key: "cost_rate", Name: "投资概算控制率", NameEn: "Cost, actual ÷ budget", Of: []string{"cost_spent", "cost_budget"}},
			}, Rows: []FormRow{{Key: "building1", Name: "项目一", NameEn: "Building 1", Named: true},
				{Key: "building2", Name: "项目二", NameEn: "Building 2", Named: true}}},
		{Kind: BlockText, Title: "厉行节约保障措施", TitleEn: "Measures for thrift", Rows: []FormRow{
			{Key: "thrift", Name: "厉行节约保障措施", NameEn: "Measures for thrift"}}},
	}}
	// ShippedForms holds them by the names under which they are chosen.
	ShippedForms = map[string]Forms{"mof": MinistryForms, "hunan": HunanForms}
)
