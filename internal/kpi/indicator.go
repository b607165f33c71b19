package kpi

import "strings"

// IndicatorID identifies an indicator in the database.
type IndicatorID int64

// AreaID identifies an area in the database.
type AreaID int64

// Area is a theme of work that groups indicators and orders the report (工作板块).
type Area struct {
	ID     AreaID
	Code   string // short, stable, [a-z0-9-]
	Name   string
	NameEn string
	Sort   int
}

// Kind says how an indicator's updates add up over time and over units.
type Kind string

// The kinds.
const (
	Flow     Kind = "flow"     // 累加: summed over time and units
	Running  Kind = "running"  // 时点: the last reading; never added over time; summed over units
	Ratio    Kind = "ratio"    // 比率: Σ numerator ÷ Σ denominator, two other indicators
	Money    Kind = "money"    // 金额: as Flow, in 元 or 万元
	Level    Kind = "level"    // 定性: the last judgement; does not add over units
	Standard Kind = "standard" // 标准: the last reading, met or not met; no pace
)

// Kinds lists all kinds in the order shown to people.
var Kinds = []Kind{Flow, Running, Ratio, Money, Level, Standard}

// Known reports whether k is one of the kinds.
func (k Kind) Known() bool { return contains(Kinds, k) }

// Sums reports whether updates of this kind add up over the months.
func (k Kind) Sums() bool { return k == Flow || k == Money }

// OverUnits reports whether figures of this kind can be combined over units.
func (k Kind) OverUnits() bool { return k == Flow || k == Money || k == Running }

// Direction says which way is better.
type Direction string

// The directions.
const (
	Up   Direction = "up"   // more is better
	Down Direction = "down" // less is better: a ceiling
)

// Category is the second-level heading under which the self-evaluation table scores an indicator.
type Category string

// The categories of the Ministry of Finance's form.
const (
	CatQuantity     Category = "quantity"     // 数量指标
	CatQuality      Category = "quality"      // 质量指标
	CatTimeliness   Category = "timeliness"   // 时效指标
	CatCost         Category = "cost"         // 成本指标
	CatEconomic     Category = "economic"     // 经济效益指标
	CatSocial       Category = "social"       // 社会效益指标
	CatEcological   Category = "ecological"   // 生态效益指标
	CatSustained    Category = "sustained"    // 可持续影响指标
	CatSatisfaction Category = "satisfaction" // 满意度指标
)

// Categories lists all categories in the form's order.
var Categories = []Category{CatQuantity, CatQuality, CatTimeliness, CatCost,
	CatEconomic, CatSocial, CatEcological, CatSustained, CatSatisfaction}

// Known reports whether c is one of the form's categories.
func (c Category) Known() bool { return contains(Categories, c) }

// Indicator is something counted or judged over a year (指标).
type Indicator struct {
	ID          IndicatorID
	Code        string // short, stable, [a-z0-9-]
	Area        AreaID // 0: none
	Name        string
	NameEn      string
	Kind        Kind
	Measure     Measure
	Decimals    int // shown on screen and in documents, 0 to 6
	Direction   Direction
	Category    Category
	Definition  string // 口径: what counts and what does not
	Source      string // where the number comes from
	Owner       string // the department or person responsible
	Partners    string // who works on it besides the owner (配合单位)
	Numerator   IndicatorID
	Denominator IndicatorID
	Factor      int64       `json:",omitempty"` // of a ratio's quotient, one of Factors; 0 for other kinds
	Units       UnitsRule   `json:",omitempty"` // for rates that units log themselves
	SumOf       Sum         `json:",omitempty"` // the indicators it adds up; "" if it is logged
	PartOf      IndicatorID // 其中: the whole this one is a part of
	Starts      int         // first month it is worked on, 1 to 12
	Note        string
	Sort        int
	ArchivedAt  UnixMilli // 0: in use
	OwnerAt     UnixMilli `json:"-"` // when Owner was named, if that was later than the indicator was made; else 0
}

// Names returns the indicator's names as an argument of a Text.
func (i Indicator) Names() Name { return Name{i.Name, i.NameEn} }

// NamesOwner reports whether the owner field names the person, alone or among others: 王芳、办公室.
func (i Indicator) NamesOwner(name string) bool {
	owners := strings.FieldsFunc(i.Owner, func(r rune) bool { return strings.ContainsRune("、，,；;/ ", r) })
	return name != "" && (i.Owner == name || contains(owners, name))
}

// CheckActive refuses work on an archived indicator.
func (i Indicator) CheckActive() error {
	if i.ArchivedAt != 0 {
		return Clash("indicator_archived", i.Names())
	}
	return nil
}

// Step returns the smallest difference the indicator shows: 1 with no decimals, 0.01 with two.
func (i Indicator) Step() Amount { return decimalStep(i.Decimals) }

// Kept returns the number of decimals with which an entry may be logged: as many as are shown, and for money down
// to the 分, which is stored exactly whatever is shown: 12345.67 元 are 1.234567 万元.
func (i Indicator) Kept() int {
	switch {
	case i.Kind == Money && i.Measure == TenThousandY:
		return AmountDecimals
	case i.Kind == Money:
		return max(i.Decimals, fen)
	}
	return i.Decimals
}

// Shown returns with how many decimals an amount of the indicator is written, so that every screen, paper and file
// writes it alike: a rate that is computed has all decimals of the indicator (94.10), what somebody entered and what
// adds that up only those it needs (96.5).
func (i Indicator) Shown(a Amount) int {
	if i.Divides() {
		return i.Decimals
	}
	return min(a.Round(i.Decimals).Decimals(), i.Decimals)
}

// fen is how many decimals of 元 there are.
const fen = 2

// Check refuses an indicator that contradicts itself. References to other indicators are checked by
// [Indicator.CheckLinks].
func (i Indicator) Check() error {
	var m Mistakes
	checkCode(&m, i.Code)
	if i.Name == "" {
		m.Add("name", "name_missing")
	}
	if !i.Kind.Known() {
		m.Add("kind", "kind_unknown", string(i.Kind))
	}
	if i.Measure == "" && i.Kind != Level {
		m.Add("measure", "measure_missing")
	}
	if i.Kind == Money && i.Measure != Yuan && i.Measure != TenThousandY {
		m.Add("measure", "measure_not_money", string(i.Measure))
	}
	if i.Decimals < 0 || i.Decimals > AmountDecimals {
		m.Add("decimals", "decimals_out_of_range", AmountDecimals)
	}
	if i.Direction != Up && i.Direction != Down {
		m.Add("direction", "direction_unknown", string(i.Direction))
	}
	if i.Category != "" && !i.Category.Known() {
		m.Add("category", "category_unknown", string(i.Category))
	}
	if i.Starts < 1 || i.Starts > 12 {
		m.Add("starts", "starts_out_of_range")
	}
	if isRatio, both := i.Kind == Ratio, i.Numerator != 0 && i.Denominator != 0; isRatio && !both {
		m.Add("numerator", "ratio_parts_missing")
	} else if !isRatio && (i.Numerator != 0 || i.Denominator != 0) {
		m.Add("numerator", "ratio_parts_unexpected")
	}
	i.checkFactor(&m)
	return m.Err()
}

// CheckLocked refuses changes that would reinterpret recorded figures: kind and measure once there are
// updates or targets, decimals once there are updates.
func (i Indicator) CheckLocked(old Indicator, logged, targeted bool) error {
	var m Mistakes
	why := "locked_by_targets"
	if logged {
		why = "locked_by_updates"
	}
	// A rate that was logged as if it added up may become one that units log themselves.
	mended := old.Kind == Flow && i.Kind == Running && i.Measure == old.Measure && i.Measure.IsRate()
	if (logged || targeted) && i.Kind != old.Kind && !mended {
		m.Add("kind", why)
	}
	if logged && i.SumOf != "" && old.SumOf == "" {
		m.Add("sum_of", why)
	}
	if (logged || targeted) && i.Measure != old.Measure {
		m.Add("measure", why)
	}
	if logged && i.Decimals != old.Decimals {
		m.Add("decimals", why)
	}
	return m.Err()
}

// CheckLinks refuses links between indicators that make no sense: a ratio of itself or of another
// ratio, a part of itself along any chain, people counted as a part of attendances. others holds all
// indicators; i may be among them in its old state.
func (i Indicator) CheckLinks(others []Indicator) error {
	var m Mistakes
	byID := map[IndicatorID]Indicator{}
	for _, o := range others {
		byID[o.ID] = o
	}
	if i.ID != 0 {
		byID[i.ID] = i
	}
	if i.Kind == Ratio {
		if i.Numerator != 0 && i.Numerator == i.Denominator {
			m.Add("denominator", "ratio_same_parts")
		}
		for _, ref := range []struct {
			field string
			id    IndicatorID
		}{{"numerator", i.Numerator}, {"denominator", i.Denominator}} {
			switch part := byID[ref.id]; {
			case ref.id != 0 && ref.id == i.ID:
				m.Add(ref.field, "ratio_cycle")
			case ref.id != 0 && !part.AddsUnits():
				m.Add(ref.field, "ratio_part_kind", part.Names())
			}
		}
		if !i.checkMoneyParts(&m, byID[i.Numerator], byID[i.Denominator]) {
			i.checkScales(&m, byID[i.Numerator], byID[i.Denominator])
		}
	}
	if i.PartOf != 0 {
		i.checkPart(&m, byID)
	}
	if i.SumOf != "" {
		i.checkSum(&m, byID)
	}
	for _, o := range others { // i may have become a kind that others cannot divide
		if i.ID != 0 && o.ID != i.ID && (o.Numerator == i.ID || o.Denominator == i.ID) && !i.AddsUnits() {
			m.Add("kind", "kind_divided", o.Names())
		}
		if i.ID != 0 && o.ID != i.ID && contains(o.SumOf.IDs(), i.ID) {
			if !o.holds(i) || !i.AddsUnits() || i.Kind != o.Kind {
				m.Add("kind", "kind_summed", o.Names())
			}
		}
	}
	return m.Err()
}

func (i Indicator) checkPart(m *Mistakes, byID map[IndicatorID]Indicator) {
	seen := map[IndicatorID]bool{}
	for at := i.PartOf; at != 0 && !seen[at]; at = byID[at].PartOf {
		if at == i.ID {
			m.Add("part_of", "part_of_cycle")
			return
		}
		seen[at] = true
	}
	if whole := byID[i.PartOf]; !i.Measure.PartOf(whole.Measure) {
		m.Add("part_of", "part_of_measure", i.Measure, whole.Measure, whole.Names())
	}
}

// checkCode restricts codes to what fits in an address and in a spreadsheet cell.
func checkCode(m *Mistakes, code string) {
	if code == "" || len(code) > 64 {
		m.Add("code", "code_malformed", code)
		return
	}
	for i, r := range code {
		letter := r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
		if !letter && (i == 0 || r != '-' && r != '_' && r != '.') {
			m.Add("code", "code_malformed", code)
			return
		}
	}
}

// Check refuses an area with a malformed code or without a name.
func (a Area) Check() error {
	var m Mistakes
	checkCode(&m, a.Code)
	if a.Name == "" {
		m.Add("name", "name_missing")
	}
	return m.Err()
}
