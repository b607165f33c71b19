package kpi

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
	MaxFormColumns = 6  // of a block
	maxFormName    = 60 // characters
	maxFormMeasure = 12 // characters
	MaxFormLevel   = 3  // of a row: how far it is a part of parts
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
